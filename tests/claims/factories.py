"""Desk rows and publications for tests, made through the same functions as the desk's own."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils.text import slugify

from claims import editing, intake, publishing, roles, workflow
from claims.enums import Form, PublicationKind, SpeakerKind, Stance
from claims.models import Article, Claim, Evidence, Publication, Rating, SitePage, Speaker, Topic
from sources.models import Kind, Publisher, Source

numbers = count(1)

ONE_SOURCE = "It is the register itself."
SCALE = {"true": ("True", 3), "mixed": ("Mixed", 2), "false": ("False", 1), "unproven": ("Unproven", None)}


def user(*role_names: str, username: str = "", **fields: Any) -> User:
    """An account with these roles; one with no name given is new each time."""
    if not Group.objects.filter(name=roles.ADMINISTRATOR).exists():
        roles.set_up()
    username = username or f"{'-'.join(role_names) or 'nobody'}-{next(numbers)}"
    made = User.objects.create_user(username, password="password", is_staff=True, **fields)
    made.groups.set(Group.objects.filter(name__in=role_names))
    return made


def rating(slug: str = "true") -> Rating:
    name, value = SCALE[slug]
    defaults = {"name": name, "value": value, "definition": f"When a claim is {name.lower()}."}
    return Rating.objects.get_or_create(slug=slug, defaults=defaults)[0]


def whole_scale() -> None:
    for slug in SCALE:
        rating(slug)


def topic(name: str = "Health") -> Topic:
    return Topic.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def speaker(name: str = "", **fields: Any) -> Speaker:
    return Speaker.objects.create(name=name or f"Speaker {next(numbers)}", **{"kind": SpeakerKind.PERSON} | fields)


def site_page(slug: str = "about", **fields: Any) -> SitePage:
    return SitePage.objects.create(slug=slug, **{"title": "About us", "text": "We **check** claims."} | fields)


def publisher(name: str = "The Daily Planet") -> Publisher:
    return Publisher.objects.get_or_create(name=name)[0]


def source(**fields: Any) -> Source:
    number = next(numbers)
    defaults = {
        "title": f"Source {number}",
        "url": f"https://example.org/sources/{number}",
        "publisher": publisher(),
        "kind": Kind.DATASET,
        "published_on_precision": "",
    }
    return Source.objects.create(**defaults | fields)


def article(text: str = "", **fields: Any) -> Article:
    number = next(numbers)
    defaults = {
        "title": f"Article {number}",
        "outlet": publisher(),
        "url": f"https://example.org/articles/{number}",
        "published_on_precision": "",
    }
    author = fields.pop("by", None) or user()
    text = (
        text or f"It rained {number} days in May. The mayor said that {number} trees were planted.\n\nNobody objected."
    )
    return intake.add_article(Article(text=text, **defaults | fields), by=author)


def claim(quote: str = "", *, article: Article | None = None, topics: tuple[str, ...] = (), **fields: Any) -> Claim:
    """A new claim on the first place of ``quote`` (by default its first sentence) in an article."""
    article = article or globals()["article"]()
    quote = quote or article.text.partition(".")[0]
    start = article.text.index(quote)
    defaults = {"wording": f"{quote} ({next(numbers)})", "form": Form.NARRATION, "stated_on": "2022-07-12"}
    if "speaker" not in fields:
        fields["speaker"] = speaker()
    made = Claim(article=article, quote_start=start, quote_end=start + len(quote), **defaults | fields)
    return intake.record_claim(made, by=article.created_by, topics=[topic(name) for name in topics])


def evidence(claim: Claim, **fields: Any) -> Evidence:
    defaults = {"stance": Stance.SUPPORTS, "finding": "It says the same."}
    return Evidence.objects.create(claim=claim, source=fields.pop("source", None) or source(), **defaults | fields)


def researched(claim: Claim | None = None, *, by: User | None = None, **assessment: Any) -> Claim:
    """A claim being researched, assessed and with one piece of evidence."""
    claim = claim or globals()["claim"]()
    by = by or user("researcher")
    if claim.workflow_status == "new":
        workflow.research(claim, by=by)
        evidence(claim)
    if "rating" not in assessment:
        assessment["rating"] = rating()
    defaults = {"summary": "It is so.", "explanation": "The **data** say so.", "one_source_reason": ONE_SOURCE}
    editing.assess(claim, by=by, **defaults | assessment)
    return claim


def in_review(
    claim: Claim | None = None, *, by: User | None = None, kind: str = "verdict", note: str = "", **assessment: Any
) -> Claim:
    by = by or user("researcher")
    claim = researched(claim, by=by, **assessment)
    workflow.submit(claim, by=by, kind=kind, note=note)
    return claim


def approved(claim: Claim | None = None, **submission: Any) -> Claim:
    claim = in_review(claim, **submission)
    workflow.approve(claim, by=user("reviewer", first_name="Rita", last_name="Reviewer"))
    return claim


def published(claim: Claim | None = None, **submission: Any) -> Claim:
    """A claim with a published verdict (or what ``kind`` says)."""
    claim = approved(claim, **submission)
    publishing.publish(claim, by=user("publisher"), kind=claim.proposed_kind, note=claim.proposed_note)
    claim.refresh_from_db()
    return claim


def amended(
    claim: Claim, *, kind: str = PublicationKind.CORRECTION, note: str = "A figure was wrong.", **assessment: Any
) -> Publication:
    """A further publication of a published claim."""
    workflow.reopen(claim, by=user("researcher"))
    published(claim, kind=kind, note=note, **assessment)
    return Publication.objects.of(claim.pk).last()


def listed(claim: Claim | None = None) -> Claim:
    """A claim that readers see as tracked and not yet checked."""
    claim = claim or globals()["claim"]()
    publishing.list_claim(claim, by=user("publisher"))
    return claim


def at_status(status: str) -> Claim:
    """A claim anywhere along the workflow."""
    makers = {
        "new": claim,
        "researching": researched,
        "in_review": in_review,
        "approved": approved,
        "published": published,
    }
    if status != "dropped":
        return makers[status]()
    dropped = researched()
    workflow.drop(dropped, by=user("publisher"))
    return dropped
