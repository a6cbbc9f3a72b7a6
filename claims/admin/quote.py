"""Tying a claim to the words it came from, by the words themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims import anchoring
from claims.models import Claim
from sources.text import normalise


class QuoteForm(forms.ModelForm):
    """Finds the quote in its article, and asks which place is meant where there are several."""

    occurrence = forms.IntegerField(
        min_value=1,
        required=False,
        label=_("Which time"),
        help_text=_("If the article says these words more than once: 1 for the first time, 2 for the second."),
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
            "position",
            "relays",
            "stated_on",
            "stated_on_precision",
            "stated_on_note",
            "occasion",
        ]
        widgets = {"quote": forms.Textarea(attrs={"rows": 3}), "wording": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"quote": _("The article’s own words, exactly.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        article, quote = cleaned.get("article"), normalise(cleaned.get("quote", "")).strip()
        if article and quote:
            cleaned["quote"] = quote
            self._anchor(anchoring.occurrences(article.text, quote), article.text)
        return cleaned

    def _anchor(self, places: list[tuple[int, int]], text: str) -> None:
        which = self.cleaned_data.get("occurrence")
        here = (self.instance.quote_start, self.instance.quote_end)
        if not places:
            self.add_error("quote", _("The article does not say this, word for word. Copy the words from its text."))
        elif which and which > len(places):
            times = ngettext("once", "%(n)s times", len(places)) % {"n": len(places)}
            self.add_error("occurrence", _("The article says this only %(times)s.") % {"times": times})
        elif which:
            self.instance.quote_start, self.instance.quote_end = places[which - 1]
        elif len(places) == 1:
            self.instance.quote_start, self.instance.quote_end = places[0]
        elif here not in places or "article" in self.changed_data:
            self.add_error("occurrence", self._question(places, text))

    @staticmethod
    def _question(places: list[tuple[int, int]], text: str) -> forms.ValidationError:
        """The places with the words around each, so that a person can tell them apart."""
        lines = [_("The article says this %(n)s times. Which one is it?") % {"n": len(places)}]
        for number, (start, end) in enumerate(places, start=1):
            around = anchoring.context(text, start, end, size=50)
            lines.append(f"{number}: …{around.prefix}{text[start:end]}{around.suffix}…")
        return forms.ValidationError([str(line) for line in lines])
