"""The mark of a claim: a shape and a word that say at a glance where it stands, told apart without colour."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from claims.enums import VerificationStatus

# A coin, filled the more the truer. The shapes are drawn in templates/claims/_mark.html.
STEPS = ("empty", "quarter", "half", "most", "full")
# All of them, as they are listed.
SHAPES = (*reversed(STEPS), "open", "beyond", "waiting", "retracted")


class Mark(NamedTuple):
    """``shape`` names a drawing and, in the style sheet, a colour; ``word`` is what readers are told."""

    shape: str
    word: str

    @property
    def key(self) -> str:
        """What tells it from others, for scripts."""
        return f"{self.shape} {self.word}"


def of_document(document: dict[str, Any]) -> Mark:
    """The mark of a published document."""
    status = document["verification_status"]
    if status == VerificationStatus.RETRACTED or not document["rating"]:
        return of_status(status)
    return of_rating(**document["rating"])


def of_rating(*, name: str, value: int | None, best: int | None, worst: int | None, **_rest: Any) -> Mark:
    """A rating's mark, by its place on the newsroom's own scale, however many steps that has."""
    if value is None or best is None or worst is None:
        return Mark("open", name)
    place = (value - worst) / (best - worst) if best > worst else 1
    return Mark(STEPS[round(place * (len(STEPS) - 1))], name)


def of_status(status: str) -> Mark:
    """The mark of a claim that has no rating, or none any more."""
    if status == VerificationStatus.RETRACTED:
        return Mark("retracted", _("Retracted"))
    if status == VerificationStatus.NOT_CHECKABLE:
        return Mark("beyond", _("Not checkable"))
    return Mark("waiting", _("Not yet checked"))
