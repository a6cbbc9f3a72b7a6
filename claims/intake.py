"""What comes onto the desk: articles, the statements found in them, and the speakers and topics these name."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import anchoring, workflow
from claims.enums import Form, SpeakerKind, WorkflowStatus
from claims.locating import DOUBLE
from claims.models import Article, Claim, Speaker, Topic
from claims.refusals import Refused, refusals_of_database
from sources.text import normalise_line

LONGEST_QUOTE = 20_000  # characters; as the trigger claim_quote_length has it
# What may end a quotation that each mark begins. Swedish and Finnish use ” and » at both ends, German » and «.
ENDS = {
    '"': '"',
    "“": "”",
    "”": "”",
    "„": "“”",
    "«": "»",
    "»": "«»",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‹": "›",
}
# Left open at the end of a paragraph, these go on in the next: newspapers open each paragraph of a long quotation.
MAY_GO_ON = "“„«「『"
BEFORE_A_QUOTATION = " \t\n\u00a0\u202f([{—–-:"
PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n")

# Held to the end of a transaction by whoever adds a name, or an article, so that two cannot add the same at once.
NAMES_LOCK = 4170551786
ARTICLES_LOCK = 4170551789

MAY_NOT_ADD = {
    "speaker": gettext_lazy("Your role does not allow you to add a speaker."),
    "topic": gettext_lazy("Your role does not allow you to add a topic."),
}

Named = TypeVar("Named", Speaker, Topic)


class AddedAlready(Refused):
    """The article is on the desk already, as ``article``."""

    def __init__(self, article: Article) -> None:
        super().__init__(_("“%(title)s” is there already: this is it.") % {"title": article}, rule="article_added_once")
        self.article = article


class RecordedAlready(ValidationError):
    """The statement is recorded already, as ``claim``."""

    def __init__(self, claim: Claim) -> None:
        super().__init__({"wording": _("This claim is recorded already, in these words and this wording.")})
        self.claim = claim


def add_article(article: Article, *, by: User) -> Article:
    """Add an article, its text normalised; raises ValidationError naming the fields that are wrong."""
    article.created_by = by
    article.full_clean()
    with pghistory.context(user=by.pk):
        article.save()
    return article


@transaction.atomic
def add_article_once(article: Article, *, by: User, anyway: bool = False) -> Article:
    """Add an article as ``add_article`` does; raises AddedAlready if its address or its text is there.

    With ``anyway`` only if ``by`` has just added this very article.
    """
    _wait_for(ARTICLES_LOCK)
    there = just_added(article, by=by)
    if not there and not anyway:
        there = Article.objects.same_as(article.url, article.text).order_by("pk").first()
    if there:
        raise AddedAlready(there)
    return add_article(article, by=by)


def just_added(article: Article, *, by: User) -> Article | None:
    """The same article if ``by`` has added it within the last minute, as whoever presses a button twice has."""
    since = timezone.now() - workflow.A_MOMENT
    same = Article.objects.filter(title=article.title, url=article.url, text=article.text)
    return same.filter(created_by=by, created_at__gt=since).order_by("pk").first()


@transaction.atomic
def record_claim(claim: Claim, *, by: User, topics: Iterable[Topic] = ()) -> Claim:
    """Record a statement found in an article, once; raises ValidationError naming what is wrong.

    ``quote_start`` and ``quote_end`` say where it is; the quote is read from the article.
    """
    start, end, text = claim.quote_start, claim.quote_end, claim.article.text
    if not 0 <= start < end <= len(text):
        message = _("The span %(start)d to %(end)d does not lie inside the article’s text.")
        raise ValidationError({"quote": message % {"start": start, "end": end}})
    if end - start > LONGEST_QUOTE:
        message = _("A statement has at most 20,000 characters: choose the words that make it, and not the whole text.")
        raise ValidationError({"quote": message})
    claim.quote = text[start:end]
    claim.quote_prefix, claim.quote_suffix = anchoring.context(text, start, end)
    claim.created_by = by
    claim.full_clean()
    # Held until this is recorded, so that two cannot record the same at once.
    list(Article.objects.filter(pk=claim.article_id).select_for_update(no_key=True).values("pk"))
    if there := same_claim(claim.article, start, end, claim.wording):
        raise RecordedAlready(there)
    with pghistory.context(user=by.pk), refusals_of_database():
        claim.save()
        claim.topics.set(topics)
    return claim


def same_claim(article: Article, start: int, end: int, wording: str) -> Claim | None:
    """What is recorded of these words in this wording, unless it was dropped."""
    same = Claim.objects.filter(article=article, quote_start=start, quote_end=end, wording=wording)
    return same.exclude(workflow_status=WorkflowStatus.DROPPED).order_by("pk").first()


def just_recorded(claim: Claim, *, by: User) -> bool:
    """Whether ``by`` has recorded it within the last minute, as whoever presses a button twice has."""
    return claim.created_by_id == by.pk and claim.created_at > timezone.now() - workflow.A_MOMENT


@transaction.atomic
def add_speaker(name: str, kind: str = SpeakerKind.PERSON, *, by: User) -> Speaker:
    """Add a speaker, or give the one who has this very name already, whatever its capitals.

    Raises ValidationError naming what is wrong, Refused if ``by`` may not add speakers.
    """
    _check_may_add("speaker", by)
    speaker = Speaker(name=normalise_line(name), kind=kind)
    known = Speaker.objects.current().filter(name__iexact=speaker.name).order_by("pk").first()
    return known or _added(speaker, by)


@transaction.atomic
def add_topic(name: str, *, by: User) -> Topic:
    """Add a topic, its slug made from its name, or give the one of this very name, whatever its capitals."""
    _check_may_add("topic", by)
    topic = Topic(name=normalise_line(name))
    known = Topic.objects.filter(name__iexact=topic.name).order_by("pk").first()
    topic.slug = _free_slug(topic.name)
    return known or _added(topic, by)


def _check_may_add(noun: str, by: User) -> None:
    if not by.has_perm(f"claims.add_{noun}"):
        raise Refused(str(MAY_NOT_ADD[noun]), rule=f"claims.add_{noun}")
    _wait_for(NAMES_LOCK)


def _wait_for(lock: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def _added(named: Named, by: User) -> Named:
    named.full_clean()
    with pghistory.context(user=by.pk), refusals_of_database():
        named.save()
    return named


def _free_slug(name: str) -> str:
    """Of ASCII letters, for addresses; names in other scripts are numbered."""
    stem = slugify(name)[:50].strip("-") or "topic"
    taken = set(Topic.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in _numbered(stem) if slug not in taken)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def guess_form(text: str, start: int, end: int) -> Form:
    """Direct quote if the span's first and last words stand between quotation marks, else paraphrase."""
    first, last = _core(text, start, end)
    around = _paragraphs_around(text, first, last)
    quoted = list(_quotations(text, *around))
    for place in (first, last - 1):
        if not any(begin < place < stop for begin, stop in quoted):
            return Form.PARAPHRASE
    return Form.DIRECT_QUOTE


def bare_wording(quote: str) -> str:
    """A quote as a first wording of its claim: on one line, without the marks of the quotation it begins or ends.

    Marks around words in the middle, as in a “record” year, stay.
    """
    line = normalise_line(quote)
    inner = line.strip(DOUBLE + " ")
    if inner == line:
        return line
    marked_through = any(mark in inner for mark in DOUBLE)
    bare = "".join(letter for letter in inner if letter not in DOUBLE) if marked_through else inner
    return normalise_line(bare).removesuffix(",")


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space, marks and stops at its ends; all of it if it is nothing else."""
    first, last = start, end
    while first < last and not text[first].isalnum():
        first += 1
    while last > first and not text[last - 1].isalnum():
        last -= 1
    return (first, last) if first < last else (start, end)


def _paragraphs_around(text: str, start: int, end: int) -> tuple[int, int]:
    begins = [found.end() for found in PARAGRAPH_END.finditer(text, 0, start)]
    after = PARAGRAPH_END.search(text, end)
    return begins[-1] if begins else 0, after.start() if after else len(text)


def _quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the marks at both ends of each outermost quotation in paragraphs of a text."""
    opened: int | None = None
    for place in range(start, end):
        mark = text[place]
        if opened is None:
            if mark in ENDS and _begins(text, place, start):
                opened = place
        elif mark in ENDS[text[opened]] and not _is_apostrophe(text, place, end):
            yield opened, place
            opened = None
        elif mark == "\n" and text[opened] not in MAY_GO_ON and PARAGRAPH_END.match(text, place):
            opened = None
    if opened is not None and text[opened] in MAY_GO_ON:
        yield opened, end


def _begins(text: str, place: int, start: int) -> bool:
    """Whether the mark begins a quotation: those that end one too do so only before a word and after a gap."""
    if text[place] in "“„«「『":
        return True
    after_gap = place == start or text[place - 1] in BEFORE_A_QUOTATION
    return after_gap and not text[place + 1 : place + 2].isspace()


def _is_apostrophe(text: str, place: int, end: int) -> bool:
    return text[place] == "’" and place + 1 < end and text[place + 1].isalnum()
