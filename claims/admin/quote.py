"""Tying a claim to the words it came from, by the words themselves."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims import anchoring, intake, locating
from claims.enums import Anchor
from claims.models import Article, Claim
from sources.forms import PartialDatesForm
from sources.text import normalise


class QuoteForm(PartialDatesForm):
    """Finds the quote in its article, and asks which place is meant where there are several.

    ``said`` is what a person should be told of a quote that was found in other words than they typed.
    """

    partial_dates = ("stated_on",)
    # Filled in beside those of Meta, by the quote and the date.
    columns = ("stated_on_precision", "quote_start", "quote_end", "quote_prefix", "quote_suffix")
    columns += ("anchor", "found_start", "found_end")
    said = ""

    occurrence = forms.IntegerField(
        min_value=1, required=False, label=_("Which of these places is meant?"), widget=forms.HiddenInput
    )

    class Meta:
        model = Claim
        fields = [
            "article",
            "quote",
            "form",
            "wording",
            "checkability",
            "topics",
            "speaker",
            "speaker_unknown",
            "position",
            "relays",
            "stated_on",
            "stated_on_note",
            "occasion",
        ]
        widgets = {"quote": forms.Textarea(attrs={"rows": 3}), "wording": forms.Textarea(attrs={"rows": 2})}
        labels = {
            "quote": _("The article’s words"),
            "form": _("How the article gives them"),
            "wording": _("The claim"),
            "speaker_unknown": _("The speaker is unknown"),
            "relays": _("Passing on the words of"),
            "stated_on": _("Said on"),
            "stated_on_note": _("Where the date comes from"),
        }
        help_texts = {
            "quote": _("Copied from its text. White space and the kind of quotation marks do not matter."),
            "relays": _("If the speaker repeats what somebody else said: who that is."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        article = cleaned.get("article") or self.fixed_article()
        if cleaned.get("speaker") and cleaned.get("speaker_unknown"):
            self.add_error("speaker_unknown", _("Name the speaker or say that they are unknown, not both."))
        if article and cleaned.get("quote") and not self._is_adrift():
            self.anchor(article)
        return cleaned

    def fixed_article(self) -> Article | None:
        """The article, where the form does not ask for it."""
        return None

    def _is_adrift(self) -> bool:
        """Words that the article lost are looked for where its corrections are dealt with, not here."""
        untouched = not {"article", "quote"} & set(self.changed_data)
        return bool(self.instance.pk) and not self.instance.is_anchored and untouched

    def anchor(self, article: Article) -> None:
        """Tie the claim to the quote's place, or ask for it."""
        found = locating.find(article.text, self.cleaned_data["quote"])
        claim = self.instance
        here = None if "article" in self.changed_data else (claim.quote_start, claim.quote_end)
        try:
            place = locating.choose(found.places, which=self.cleaned_data.get("occurrence"), here=here)
        except locating.Unlocated as why:
            self.add_error(why.name, str(why))
            self._ask(found.places, article.text)
        else:
            self.tie(article.text, *place)
            quote = self.cleaned_data["quote"]
            self.said = "" if found.exact else _("The article’s own words are: %(quote)s") % {"quote": quote}

    def tie(self, text: str, start: int, end: int) -> None:
        self.cleaned_data["quote"] = text[start:end]
        claim = self.instance
        claim.quote_start, claim.quote_end = start, end
        claim.quote_prefix, claim.quote_suffix = anchoring.context(text, start, end)
        claim.anchor, claim.found_start, claim.found_end = Anchor.EXACT, None, None

    def refuse_twice(self, article: Article, wording: str, *, by: User) -> None:
        """Tell of a claim that is there in the same words. Who has just recorded it pressed twice, and is led there."""
        claim = self.instance
        there = intake.same_claim(article, claim.quote_start, claim.quote_end, normalise(wording).strip())
        if there and not intake.just_recorded(there, by=by):
            self.add_error(None, intake.RecordedAlready(there))

    def _ask(self, places: list[tuple[int, int]], text: str) -> None:
        """Show the places, each with the words around it, so that a person can tell them apart."""
        if 1 < len(places) <= locating.MANY:
            choices = [(number, _in_context(text, *place)) for number, place in enumerate(places, start=1)]
            self.fields["occurrence"].widget = forms.RadioSelect(choices=choices)


def _in_context(text: str, start: int, end: int) -> SafeString:
    around = anchoring.context(text, start, end, size=50)
    return format_html('<span dir="auto">…{}<mark>{}</mark>{}…</span>', around.prefix, text[start:end], around.suffix)
