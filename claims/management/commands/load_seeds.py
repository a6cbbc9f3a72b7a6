"""Load the article and its fact-check in seeds/, the way the desk would: written by one, approved by another."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from claims import editing, intake, publishing, seed_files, workflow
from claims.enums import PublicationKind
from claims.models import Article, Claim, Evidence, Rating, Speaker, Topic
from sources import dates
from sources.models import Publisher, Source

Entry = dict[str, Any]


class Command(BaseCommand):
    help = "Load the article and fact-check in seeds/ through review and publication; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "seeds")
        parser.add_argument("--author", default="researcher", help="username of who writes and submits")
        parser.add_argument("--reviewer", default="reviewer", help="username of who approves")
        parser.add_argument("--publisher", default="publisher", help="username of who publishes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seed = seed_files.read(options["folder"])
        except seed_files.SeedError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from None
        self.author, self.reviewer, self.publisher = (
            self.user(options[role], role) for role in ("author", "reviewer", "publisher")
        )
        if Article.objects.filter(text=seed["text"], title=seed["article"]["title"]).exists():
            self.stdout.write("The seed article is there already.")
            return
        with transaction.atomic():
            self.load(seed)
        self.stdout.write(f"Published {len(seed['statements'])} statements of “{seed['article']['title']}”.")

    def user(self, name: str, role: str) -> User:
        try:
            return User.objects.get(username=name)
        except User.DoesNotExist:
            raise CommandError(f"There is no user “{name}”: name one with --{role}.") from None

    def load(self, seed: Entry) -> None:
        for rating in seed["ratings"]:
            Rating.objects.get_or_create(slug=rating["slug"], defaults=rating)
        self.sources = {entry["id"]: source(entry) for entry in seed["sources"]}
        self.speakers = {entry["id"]: self.speaker(entry) for entry in seed["speakers"]}
        self.positions = {entry["id"]: entry.get("position", "") for entry in seed["speakers"]}
        article = self.article(seed)
        for number, statement in enumerate(seed["statements"], start=1):
            self.statement(article, statement)
            if self.stdout.isatty():
                self.stdout.write(f"\r  {number} of {len(seed['statements'])} statements", ending="")
        if self.stdout.isatty():
            self.stdout.write("")

    def speaker(self, entry: Entry) -> Speaker:
        note = entry.get("note", "")
        if read := [self.sources[key].title for key in entry.get("position_sources", [])]:
            note += f" (On the position: {'; '.join(read)}.)"
        return Speaker.objects.create(name=entry["name"], kind=entry["kind"], note=note)

    def article(self, seed: Entry) -> Article:
        fields = dict(seed["article"], outlet=publisher(seed["article"]["outlet"]))
        return intake.add_article(Article(text=seed["text"], **with_date(fields, "published_on")), by=self.author)

    def statement(self, article: Article, entry: Entry) -> None:
        claim = self.claim(article, entry)
        rating = Rating.objects.get(slug=entry["rating"]) if "rating" in entry else None
        workflow.research(claim, by=self.author)
        editing.assess(
            claim,
            by=self.author,
            rating=rating,
            summary=entry["summary"],
            explanation=entry["explanation"],
            needed=entry.get("needed", ""),
            one_source_reason=entry.get("one_source_reason", ""),
            notes=desk_notes(entry),
        )
        for rank, piece in enumerate(entry.get("evidence", []), start=1):
            fields = piece | {"source": self.sources[piece["source"]]}
            Evidence.objects.create(claim=claim, rank=rank, **fields)
        kind = PublicationKind.VERDICT if rating else PublicationKind.LISTING
        workflow.submit(claim, by=self.author, kind=kind)
        workflow.approve(claim, by=self.reviewer)
        publishing.publish(claim, by=self.publisher, kind=kind)

    def claim(self, article: Article, entry: Entry) -> Claim:
        fields = {key: entry[key] for key in ("form", "checkability", "stated_on_note", "occasion") if key in entry}
        claim = Claim(
            article=article,
            quote_start=entry["start"],
            quote_end=entry["end"],
            wording=entry["claim"],
            speaker=self.speakers[entry["speaker"]],
            position=self.positions[entry["speaker"]],
            relays=self.speakers.get(entry.get("relays")),
            **fields,
            **with_date({"stated_on": entry.get("stated_on", "")}, "stated_on"),
        )
        return intake.record_claim(claim, by=self.author, topics=[topic(name) for name in entry["topics"]])


def with_date(fields: Entry, name: str) -> Entry:
    date, precision = dates.parse(fields.get(name, ""))
    return fields | {name: date, f"{name}_precision": precision}


def publisher(name: str) -> Publisher:
    return Publisher.objects.get_or_create(name=name)[0]


def topic(name: str) -> Topic:
    return Topic.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def source(entry: Entry) -> Source:
    fields = {key: value for key, value in entry.items() if key != "id"}
    fields = with_date(fields | {"publisher": publisher(entry["publisher"])}, "published_on")
    return Source.objects.get_or_create(url=entry.get("url", ""), defaults=fields)[0]


def desk_notes(entry: Entry) -> str:
    notes = [f"Confidence: {entry['confidence']}."] if "confidence" in entry else []
    notes += entry.get("checks", [])
    if related := entry.get("related_to"):
        notes.append(f"Related statements: {', '.join(related)}.")
    return "\n".join(notes)
