"""What is asked of a statement, whether its words were selected in the article or typed."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import intake
from claims.admin.annotate_names import KINDS, SpeakerField, TopicsField, labels, speakers_named
from claims.admin.quote import QuoteForm
from claims.enums import Form
from claims.models import Article, Claim, Speaker
from sources.text import normalise

SPEAKERS, TOPICS = reverse_lazy("admin:claims_speaker_names"), reverse_lazy("admin:claims_topic_names")
# What a second statement in the same words most likely shares with the first.
SHARED = ("speaker", "speaker_unknown", "position", "relays", "stated_on", "stated_on_precision", "occasion")


def _offering(addresses: Any) -> dict[str, Any]:
    """What the page's script needs to offer names."""
    return {"data-names": addresses, "data-offers": gettext_lazy("What there is")}


def _name_input(addresses: Any) -> forms.TextInput:
    return forms.TextInput(attrs=_offering(addresses) | {"autocomplete": "off"})


class StatementForm(QuoteForm):
    """Records a statement in one article.

    The words are typed, or selected: then ``start`` and ``end`` are their place. Names of speakers and topics that
    are not there yet are added if the person says so.
    """

    start = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    form = forms.ChoiceField(
        choices=[("", gettext_lazy("as its quotation marks say")), *Form.choices],
        required=False,
        label=QuoteForm.Meta.labels["form"],
    )
    wording = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=QuoteForm.Meta.labels["wording"],
        help_text=gettext_lazy("In words that can be understood without the article. Left empty, it is the quote."),
    )
    speaker = SpeakerField(required=False, max_length=320, widget=_name_input(SPEAKERS), label=gettext_lazy("Speaker"))
    new_speaker = forms.ChoiceField(choices=KINDS, required=False, widget=forms.HiddenInput)
    relays = SpeakerField(
        required=False,
        max_length=320,
        widget=_name_input(SPEAKERS),
        label=QuoteForm.Meta.labels["relays"],
        help_text=QuoteForm.Meta.help_texts["relays"],
    )
    new_relays = forms.ChoiceField(choices=KINDS, required=False, widget=forms.HiddenInput)
    topics = TopicsField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2} | _offering(TOPICS)),
        label=gettext_lazy("Topics"),
        help_text=gettext_lazy("One on each line."),
    )
    new_topics = forms.BooleanField(
        required=False, widget=forms.HiddenInput, label=gettext_lazy("Add the topics that are not there yet")
    )

    field_order = ["start", "end", "quote", "occurrence", "form", "wording", "speaker", "new_speaker"]
    field_order += ["speaker_unknown", "position", "relays", "new_relays", "stated_on", "occasion", "topics"]
    field_order += ["new_topics", "checkability"]

    class Meta(QuoteForm.Meta):
        fields = [name for name in QuoteForm.Meta.fields if name not in ("article", "stated_on_note")]

    def __init__(self, *args: Any, article: Article, by: User, like: Claim | None = None, **kwargs: Any) -> None:
        self.article, self.by = article, by
        claim = Claim(article=article, **{name: getattr(like, name) for name in SHARED if like})
        super().__init__(*args, instance=claim, **kwargs)
        topics = [topic.name for topic in like.topics.all()] if like and like.pk else []
        self.initial |= {"speaker": _label(claim.speaker), "relays": _label(claim.relays), "form": ""}
        self.initial["topics"] = "\n".join(topics)
        self.label_suffix = ""

    @property
    def is_placed(self) -> bool:
        """Whether the form knows the place of its words, and so does not ask for them."""
        return isinstance(self.fields["quote"].widget, forms.HiddenInput)

    def place(self, start: int, end: int) -> None:
        """Take the words between two offsets for the quote; raises ValidationError if that is no span."""
        quote = self.article.text[start:end]
        if not 0 <= start < end <= len(self.article.text) or not quote.strip():
            raise ValidationError(_("These are no words of the article."))
        self.fields["quote"].widget = forms.HiddenInput()
        form = intake.guess_form(self.article.text, start, end)
        wording = intake.bare_wording(quote)
        self.initial |= {"start": start, "end": end, "quote": quote, "form": form, "wording": wording}

    def fixed_article(self) -> Article:
        return self.article

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        claim = self.instance
        if claim.quote_end:
            text = (self.article.text, claim.quote_start, claim.quote_end)
            cleaned["form"] = cleaned.get("form") or intake.guess_form(*text)
            if "wording" in cleaned:
                cleaned["wording"] = normalise(cleaned["wording"]).strip() or intake.bare_wording(cleaned["quote"])
                self.refuse_twice(self.article, cleaned["wording"], by=self.by)
        self._ask_who(("speaker", "relays"))
        self._ask_which_topics()
        return cleaned

    def anchor(self, article: Article) -> None:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start is None or end is None:
            return super().anchor(article)
        self.fields["quote"].widget = forms.HiddenInput()
        typed = normalise(self.data.get(self.add_prefix("quote"), ""))
        if article.text[start:end] != typed:
            message = _("The article’s text has changed since you selected these words. Load the page anew.")
            self.add_error(None, message)
            return None
        return self.tie(article.text, start, end)

    def _ask_who(self, names: tuple[str, ...]) -> None:
        for name in names:
            missing = self.cleaned_data.get(name)
            if not isinstance(missing, str):
                continue
            if not self._may_add(name, "speaker"):
                message = _("There is no speaker named “%(name)s”. Choose one that there is, or add this one.")
                self.add_error(name, message % {"name": missing})
            self._offer(f"new_{name}", forms.RadioSelect(choices=KINDS), _("Add “%(name)s” as") % {"name": missing})

    def _ask_which_topics(self) -> None:
        missing = [topic for topic in self.cleaned_data.get("topics", []) if isinstance(topic, str)]
        if not missing:
            return
        if not self._may_add("topics", "topic"):
            names = ", ".join(_("“%s”") % name for name in missing)
            self.add_error("topics", _("There is no topic named %(names)s.") % {"names": names})
        self._offer("new_topics", forms.CheckboxInput(), _("Add the topics that are not there yet"))

    def _may_add(self, field: str, noun: str) -> bool:
        return bool(self.cleaned_data.get(f"new_{field}")) and self.by.has_perm(f"claims.add_{noun}")

    def _offer(self, field: str, widget: forms.Widget, label: str) -> None:
        if self.by.has_perm("claims.add_topic" if field == "new_topics" else "claims.add_speaker"):
            self.fields[field].widget = widget
            self[field].label = label

    def _post_clean(self) -> None:
        """The instance gets the speakers that there are; those to be added, when it is recorded."""
        self.to_add = {name: self.cleaned_data.get(name) for name in ("speaker", "relays")}
        for name, speaker in self.to_add.items():
            if isinstance(speaker, str) and name in self.cleaned_data:
                self.cleaned_data[name] = None
        super()._post_clean()

    @transaction.atomic
    def record(self) -> Claim:
        """Record the statement, and add what it names that was not there; raises Refused, ValidationError."""
        for name, speaker in self.to_add.items():
            if isinstance(speaker, str):
                kind = self.cleaned_data[f"new_{name}"]
                setattr(self.instance, name, intake.add_speaker(speaker, kind, by=self.by))
        topics = [
            intake.add_topic(topic, by=self.by) if isinstance(topic, str) else topic
            for topic in self.cleaned_data["topics"]
        ]
        return intake.record_claim(self.instance, by=self.by, topics=topics)

    def complain(self, error: ValidationError) -> None:
        """Show what was wrong at its field, or above all of them if it is of none of these."""
        for field, messages in getattr(error, "error_dict", {None: error.messages}).items():
            self.add_error(field if field in self.fields else None, messages)


def _label(speaker: Speaker | None) -> str:
    """What to type for a speaker."""
    if not speaker:
        return ""
    return next(label for one, label in labels(speakers_named(speaker.name)) if one == speaker)
