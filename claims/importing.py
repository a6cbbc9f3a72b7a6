"""Claims from a table that somebody filled in elsewhere: first what it would do, then all of it or nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import intake, merging
from claims.import_names import Known
from claims.import_rows import Entry, Fault, entry
from claims.models import Article, Claim, Speaker, Topic
from claims.refusals import Refused
from sources import tables

PERMISSION = "claims.import_claim"
# What a table may have, in the order of the template; all but those NEEDED may be left out or empty.
COLUMNS = {
    "quote": gettext_lazy("The article’s own words, copied from its text."),
    "claim": gettext_lazy("The statement in words that need no article to be understood. “wording” means the same."),
    "occurrence": gettext_lazy("Which time, if the article says these words more than once: 1, 2, 3 …"),
    "form": gettext_lazy("Direct quote, paraphrase or narration; guessed from the quotation marks if it is empty."),
    "speaker": gettext_lazy("Who said it, by name, or by number (#12) if several have it. A new name is added."),
    "speaker_unknown": gettext_lazy("“yes” if nobody knows who said it."),
    "position": gettext_lazy("The speaker’s position when it was said."),
    "relays": gettext_lazy("Whose words the speaker passes on. A new name is added."),
    "stated_on": gettext_lazy("When it was said, as much as is known: 2022-07-12, 2022-07 or 2022."),
    "stated_on_note": gettext_lazy("Where that date comes from. Readers see this."),
    "occasion": gettext_lazy("Where or in what it was said."),
    "checkability": gettext_lazy("Checkable, opinion, prediction or too vague to check; checkable if it is empty."),
    "topics": gettext_lazy("Several are parted by “;”. A new one is added."),
    "article": gettext_lazy("Its address or number, if it is not the one chosen above."),
}
NEEDED = ("quote", "claim")
OTHER_NAMES = {"wording": "claim"}
MAX_BYTES = 1024 * 1024
MAX_ROWS = 1000
# Imports wait for one another: a second press of the button finds what the first one did. This lock's own number.
ONE_AT_A_TIME = 4170551788


@dataclass(frozen=True)
class Plan:
    """What an import would do, row by row; ``faults`` are those of the file as a whole."""

    text: str
    article: Article | None
    entries: list[Entry]
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.faults and not self.faulty

    @property
    def is_done(self) -> bool:
        """Whether it would record nothing, since all that it describes is there."""
        return self.is_sound and not self.recorded

    @property
    def faulty(self) -> list[Entry]:
        return [row for row in self.entries if row.faults]

    @property
    def recorded(self) -> list[Entry]:
        return [row for row in self.entries if not row.faults and not row.is_there]

    @property
    def kept(self) -> list[Entry]:
        """Rows whose claims are there already, and stay as they are."""
        return [row for row in self.entries if not row.faults and row.is_there]

    @property
    def new_speakers(self) -> list[Speaker]:
        named = {id(one): one for row in self.recorded for one in row.speakers.values()}
        return [one for one in named.values() if not one.pk]

    @property
    def new_topics(self) -> list[Topic]:
        named = {id(one): one for row in self.recorded for one in row.topics}
        return [one for one in named.values() if not one.pk]

    @property
    def digest(self) -> str:
        """The same for two plans that would do the same."""
        return hashlib.sha256(repr([row.deed for row in self.entries]).encode()).hexdigest()


def read(data: bytes) -> str:
    """An uploaded file's text; raises tables.Unreadable, in words for people."""
    if len(data) > MAX_BYTES:
        raise tables.Unreadable(_("This file is larger than 1 MB. Split it, and import one part after the other."))
    return tables.decode(data)


def plan(text: str, article: Article | None, *, by: User) -> Plan:
    """What importing a table would do now; ``article`` is for the rows that name none. Changes nothing.

    Raises tables.Unreadable, and Refused if ``by`` may not import.
    """
    if not by.has_perm(PERMISSION):
        raise Refused(_("Your role does not allow you to import claims."), rule=PERMISSION)
    table = tables.read(text, [*COLUMNS, *OTHER_NAMES]).renamed(OTHER_NAMES)
    if faults := list(_faults(table)):
        return Plan(text, article, [], faults)
    known = Known(table, article, by=by)
    return Plan(text, article, [entry(line, known) for line in table.lines])


@transaction.atomic
def carry_out(shown: Plan, *, by: User) -> list[Claim]:
    """Record the claims of a sound plan, all of them or, raising Refused, none; the desk must still be as planned."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    merging.take_turns()
    article = Article.objects.filter(pk=shown.article.pk).first() if shown.article else None
    now = plan(shown.text, article, by=by)
    if not now.is_sound or now.digest != shown.digest:
        raise changed()
    with pghistory.context(user=by.pk, step="import"):
        try:
            return _record(now, by)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), rule="import_all_or_nothing") from error


def changed() -> Refused:
    said = _("Something on the desk has changed since this was shown. Nothing was recorded: look at it again.")
    return Refused(said, rule="import_as_shown")


def _record(now: Plan, by: User) -> list[Claim]:
    speakers = {id(one): intake.add_speaker(one.name, one.kind, by=by) for one in now.new_speakers}
    topics = {id(one): intake.add_topic(one.name, by=by) for one in now.new_topics}
    claims = []
    for row in now.recorded:
        claim = row.claim
        for role, speaker in row.speakers.items():
            setattr(claim, role, speakers.get(id(speaker), speaker))
        named = [topics.get(id(topic), topic) for topic in row.topics]
        claims.append(intake.record_claim(claim, by=by, topics=named))
    return claims


def _faults(table: tables.Table) -> Iterator[Fault]:
    """What is wrong with the file as a whole, so that its rows cannot be read."""
    known = ", ".join(COLUMNS)
    for name, times in Counter(table.columns).items():
        if name and name not in COLUMNS:
            yield Fault(name, _("There is no such column. There is: %(known)s.") % {"known": known})
        elif name and times > 1:
            yield Fault(name, _("There are %(times)d columns of this name.") % {"times": times})
    for name in NEEDED:
        if name not in table.columns:
            yield Fault(name, _("This column is missing. The first row has the columns’ names."))
    if not table.lines:
        yield Fault("", _("There is no row under the columns’ names."))
    if len(table.lines) > MAX_ROWS:
        said = {"rows": len(table.lines), "most": MAX_ROWS}
        yield Fault("", _("There are %(rows)d rows; %(most)d can be imported at once. Split the file.") % said)
