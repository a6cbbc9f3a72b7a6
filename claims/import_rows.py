"""One row of an import: the claim that it describes, or what is wrong with it, cell by cell."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from claims import anchoring, intake, locating
from claims.enums import Checkability, Form
from claims.import_names import Known, Unknown, topic_names
from claims.models import Article, Claim, Speaker, Topic
from sources import dates
from sources.tables import Line

YES = ("yes", "y", "true", "1", "x")
NO = ("", "no", "n", "false", "0")
# A claim's fields whose cells have other names.
CELLS = {"wording": "claim", "stated_on_precision": "stated_on"}
PLAIN = ("position", "stated_on_note", "occasion")
CHECKED_HERE = ("article", "speaker", "relays", "created_by", "quote_start", "quote_end")


class Fault(NamedTuple):
    """What is wrong, in a column, or in the row or file as a whole if it names none."""

    column: str
    message: str


@dataclass
class Entry:
    """What one row would do. Its claim is not saved, and names no speaker or topic that is still to be made."""

    number: int
    cells: dict[str, str]
    claim: Claim = field(default_factory=Claim)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)
    is_there: bool = False
    found_loosely: bool = False
    faults: list[Fault] = field(default_factory=list)

    @property
    def deed(self) -> tuple[Any, ...]:
        """What this row would do, to be compared."""
        place = (self.claim.article_id, self.claim.quote_start, self.claim.quote_end)
        names = [(role, speaker.pk, speaker.name) for role, speaker in self.speakers.items()]
        return (self.number, self.is_there, place, names, [topic.name for topic in self.topics], self.faults)

    @property
    def new_names(self) -> list[str]:
        """Speakers and topics that this row is among the first to name."""
        speakers = [speaker.name for speaker in self.speakers.values() if not speaker.pk]
        return list(dict.fromkeys(speakers + [topic.name for topic in self.topics if not topic.pk]))


def entry(line: Line, known: Known) -> Entry:
    """Read one row; every fault in it is found, not only the first."""
    return _Reader(line, known).read()


class _Reader:
    def __init__(self, line: Line, known: Known) -> None:
        self.cells, self.known = line.cells, known
        self.entry = Entry(line.number, line.cells)
        if line.beyond:
            self.fault("", _("This row has more cells than the first row has names."))

    def fault(self, column: str, message: object) -> None:
        self.entry.faults.append(Fault(column, str(message)))

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def read(self) -> Entry:
        article = self._article()
        place = self._place(article) if article else None
        values = {
            "wording": self.cell("claim"),
            "form": self._choice("form", Form, self._guess(article, place)),
            "checkability": self._choice("checkability", Checkability, Checkability.CHECKABLE),
            "speaker_unknown": self._speaker_unknown(),
            **self._date(),
            **{name: self.cell(name) for name in PLAIN},
        }
        self._names()
        claim = self.entry.claim = Claim(quote=self.cell("quote") or "-", **values)
        if article and place:
            claim.article = article
            claim.quote_start, claim.quote_end = place
            self._compare(claim)
        self._check(claim)
        return self.entry

    def _article(self) -> Article | None:
        try:
            return self.known.article(self.cell("article"))
        except Unknown as why:
            self.fault("article", why)
            return None

    def _place(self, article: Article) -> tuple[int, int] | None:
        """Where the quote is; said to be wrong if that is nowhere, or any of several places."""
        if not self.cell("quote"):
            self.fault("quote", _("Copy the article’s words here."))
            return None
        places, exact = locating.find(article.text, self.cell("quote"))
        self.entry.found_loosely = bool(places) and not exact
        which = self._occurrence()
        try:
            place = locating.choose(places, which=which)
        except locating.Unlocated as why:
            if which is None and len(places) > 1:
                self.fault("occurrence", self._question(article.text, places))
            elif which or not places:
                self.fault(why.name, why)
            return None
        return None if which == 0 else place

    def _occurrence(self) -> int | None:
        """Which time is meant; 0 if that cannot be told, and None if nothing is said."""
        text = self.cell("occurrence")
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 10 and int(text):
            return int(text)
        self.fault(
            "occurrence", _("Write a number: 1 for the first time that the article says this, 2 for the second.")
        )
        return 0

    @staticmethod
    def _question(text: str, places: list[tuple[int, int]]) -> str:
        """The places with the words around each, so that a person can tell them apart."""
        shown = [anchoring.context(text, *place, size=40) for place in places[:5]]
        around = "; ".join(f"{number}: “…{one.prefix}[…]{one.suffix}…”" for number, one in enumerate(shown, start=1))
        asked = _("The article says this %(number)d times. Write here which one it is: %(places)s")
        return asked % {"number": len(places), "places": around}

    def _guess(self, article: Article | None, place: tuple[int, int] | None) -> Form:
        return intake.guess_form(article.text, *place) if article and place else Form.PARAPHRASE

    def _choice(self, column: str, choices: type[models.TextChoices], default: str) -> str:
        """The value that a cell says by its value or by its label."""
        said = self.cell(column).casefold().replace("_", " ")
        if not said:
            return default
        for choice in choices:
            if said in (choice.value.replace("_", " "), str(choice.label).casefold()):
                return choice.value
        labels = ", ".join(str(choice.label) for choice in choices)
        self.fault(column, _("“%(text)s” is none of: %(labels)s.") % {"text": self.cell(column), "labels": labels})
        return default

    def _date(self) -> dict[str, Any]:
        try:
            date, precision = dates.parse(self.cell("stated_on"))
        except ValueError as error:
            self.fault("stated_on", error)
            date, precision = None, ""
        return {"stated_on": date, "stated_on_precision": precision}

    def _speaker_unknown(self) -> bool:
        said = self.cell("speaker_unknown").casefold()
        if said not in YES + NO:
            self.fault("speaker_unknown", _("Write “yes” if nobody knows who said it, or leave it empty."))
        elif said in YES and self.cell("speaker"):
            self.fault("speaker_unknown", _("Name the speaker or say that they are unknown, not both."))
        return said in YES

    def _names(self) -> None:
        for role in ("speaker", "relays"):
            try:
                if self.cell(role):
                    self.entry.speakers[role] = self.known.speaker(self.cell(role))
            except Unknown as why:
                self.fault(role, why)
        for name in topic_names(self.cells):
            try:
                topic = self.known.topic(name)
            except Unknown as why:
                self.fault("topics", why)
            else:
                if topic not in self.entry.topics:
                    self.entry.topics.append(topic)

    def _check(self, claim: Claim) -> None:
        """What the model itself says of the values; what needs the database is asked when they are saved."""
        if not claim.wording:
            self.fault("claim", _("Write what is claimed, in words that can be understood without the article."))
        most = Claim._meta.get_field("wording").max_length or 0
        if len(claim.wording) > most:
            said = {"most": most, "length": len(claim.wording)}
            self.fault("claim", _("At most %(most)d characters; these are %(length)d.") % said)
        try:
            claim.clean_fields(exclude={*CHECKED_HERE, "wording"})
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    self.fault(CELLS.get(name, name), message)

    def _compare(self, claim: Claim) -> None:
        key = (claim.article_id, claim.quote_start, claim.quote_end, claim.wording)
        self.entry.is_there = key in self.known.claims
        earlier = self.known.rows.setdefault(key, self.entry.number)
        if earlier != self.entry.number:
            self.fault("", _("This is the same claim as in row %(number)d.") % {"number": earlier})
