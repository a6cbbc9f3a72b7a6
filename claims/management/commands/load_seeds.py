"""Load the article and its fact-check in seeds/, the way the desk would: written by one, approved by another."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from claims import editing, intake, publishing, seed_files, workflow
from claims.enums import PublicationKind
from claims.models import Article, Claim, Evidence, Rating, SitePage, Speaker, Topic
from sources import catalogue, dates
from sources.models import Source

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
        try:
            with transaction.atomic():
                self.load(seed)
        except seed_files.SeedError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from None
        self.stdout.write(f"Published {len(seed['statements'])} statements of “{seed['article']['title']}”.")

    def user(self, name: str, role: str) -> User:
        try:
            return User.objects.get(username=name)
        except User.DoesNotExist:
            raise CommandError(f"There is no user “{name}”: name one with --{role}.") from None

    def load(self, seed: Entry) -> None:
        for entry in seed["ratings"]:
            with faults_of("ratings", entry):
                rating(entry)
        self.sources, self.speakers = {}, {}
        for entry in seed["sources"]:
            with faults_of("sources", entry):
                self.sources[entry["id"]] = self.source(entry)
        for entry in seed["speakers"]:
            with faults_of("speakers", entry):
                self.speakers[entry["id"]] = self.speaker(entry)
        self.positions = {entry["id"]: entry.get("position", "") for entry in seed["speakers"]}
        with faults_of("article", {}):
            article = self.article(seed)
        for number, statement in enumerate(seed["statements"], start=1):
            with faults_of("statements", statement):
                self.statement(article, statement)
            if self.stdout.isatty():
                self.stdout.write(f"\r  {number} of {len(seed['statements'])} statements", ending="")
        if self.stdout.isatty():
            self.stdout.write("")
        if not SitePage.objects.exists():
            for entry in seed["pages"]:
                with faults_of("pages", entry):
                    checked(SitePage(**entry))

    def speaker(self, entry: Entry) -> Speaker:
        note = entry.get("note", "")
        if read := [self.sources[key].title for key in entry.get("position_sources", [])]:
            note += f" (On the position: {'; '.join(read)}.)"
        return checked(Speaker(name=entry["name"], kind=entry["kind"], note=note))

    def source(self, entry: Entry) -> Source:
        """One without an address is another than all the others."""
        fields = {key: value for key, value in entry.items() if key not in ("id", "publisher")}
        described = Source(**with_date(fields, "published_on"))
        return catalogue.find_or_add(described, by=self.author, publisher=entry["publisher"])

    def article(self, seed: Entry) -> Article:
        outlet = catalogue.find_or_add_publisher(seed["article"]["outlet"], by=self.author)
        fields = dict(seed["article"], outlet=outlet)
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
            editing.put_evidence(Evidence(claim=claim, rank=rank, **fields), by=self.author)
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


def checked(row: Any) -> Any:
    """A row, saved if it is sound; raises ValidationError naming what is wrong."""
    row.full_clean()
    row.save()
    return row


def rating(entry: Entry) -> Rating:
    return Rating.objects.filter(slug=entry["slug"]).first() or checked(Rating(**entry))


def topic(name: str) -> Topic:
    return Topic.objects.filter(slug=slugify(name)).first() or checked(Topic(slug=slugify(name), name=name))


@contextmanager
def faults_of(part: str, entry: Entry) -> Iterator[None]:
    """Name the file, entry and field of what a model refuses."""
    try:
        yield
    except ValidationError as error:
        place = ": ".join([f"{part}.yaml", *filter(None, [entry.get("id") or entry.get("slug")])])
        faults = error.message_dict.items() if hasattr(error, "error_dict") else [("entry", error.messages)]
        lines = [f"{place}, {field}: {' '.join(messages)}" for field, messages in faults]
        raise seed_files.SeedError("\n".join(lines)) from None


def desk_notes(entry: Entry) -> str:
    notes = [f"Confidence: {entry['confidence']}."] if "confidence" in entry else []
    notes += entry.get("checks", [])
    if related := entry.get("related_to"):
        notes.append(f"Related statements: {', '.join(related)}.")
    return "\n".join(notes)
