"""An article as it comes in: its text pasted or read out of a file, and what the file tells of itself."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from claims import intake, reading
from claims.models import Article
from sources import dates
from sources.forms import PartialDatesForm
from sources.meanwhile import MeanwhileForm
from sources.text import normalise

FILE_HELP = _("A .txt, .md, .html or .docx file of up to 10 MB: its readable text is taken out.")


class TextFile(forms.FileField):
    """A file that text is read out of; cleans to a Reading, or None without a file."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ",".join(reading.ENDINGS)})
        super().__init__(**{"required": False, "help_text": FILE_HELP, "widget": widget} | kwargs)

    def clean(self, data: Any, initial: Any = None) -> reading.Reading | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            # One byte over the limit is enough to be refused for it.
            return reading.read(file.name, file.read(reading.MAX_FILE_BYTES + 1))
        except reading.Unreadable as error:
            raise forms.ValidationError(str(error), "unreadable") from error


def pasted_or_read(form: forms.Form) -> reading.Reading | None:
    """What was pasted as ``text`` or chosen as ``file``: exactly one of them, or ``form`` says so and this is None."""
    pasted, read = normalise(form.cleaned_data.get("text", "")).strip(), form.cleaned_data.get("file")
    if form.has_error("file") or form.has_error("text"):
        return None
    if pasted and read:
        form.add_error("file", _("Paste the text or choose a file, not both."))
    elif not pasted and not read:
        form.add_error("text", _("Paste the text here, or choose a file."))
    else:
        try:
            reading.check_size(pasted)
        except reading.Unreadable as error:
            form.add_error("text", str(error))
        else:
            return read or reading.Reading(pasted)
    return None


class ArticleForm(MeanwhileForm, PartialDatesForm):
    """What is known of an article that is there already; its text has a page of its own (claims.admin.texts)."""

    partial_dates = ("published_on",)

    class Meta:
        model = Article
        fields = ["title", "title_note", "outlet", "url", "byline", "published_on", "published_on_note", "language"]
        fields += ["limits"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "title_note", "byline", "published_on_note", "text", "limits"):
            if name in self.fields:
                self.fields[name].widget.attrs["dir"] = "auto"


class NewArticleForm(ArticleForm):
    """Takes what the editor left empty from the file, and points out an article that is there already (``twins``)."""

    OPTIONAL = ("title", "language", "text")

    file = TextFile(label=_("Or a file"))
    by: User
    anyway = forms.BooleanField(required=False, label=_("Add it all the same"))

    class Meta(ArticleForm.Meta):
        fields = [*ArticleForm.Meta.fields, "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.twins: list[Article] = []
        self.taken: list[str] = []
        for name in self.OPTIONAL:
            self.fields[name].required = False
        self.initial["language"] = ""
        self.fields["title"].help_text = _("Left empty: what the file says.")
        tags = _("A tag such as “en”, “km” or “pt-BR”. Left empty: what the file says, or “en”.")
        self.fields["language"].help_text = tags

    def clean(self) -> dict[str, Any]:
        read = pasted_or_read(self)
        if read:
            self._take(read)
        cleaned = super().clean()
        cleaned["language"] = cleaned.get("language") or Article._meta.get_field("language").default
        if not cleaned.get("title") and not self.has_error("title"):
            self.add_error("title", _("Give the article its title."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.cleaned_data.get("text") and not self.has_error("file"):
            self._look_for_twins()

    def full_clean(self) -> None:
        super().full_clean()
        read = self.is_bound and self.cleaned_data.get("file")
        if read and self.errors and not self.has_error("file"):
            self._keep(read)

    def _take(self, read: reading.Reading) -> None:
        """What the file says goes where the editor said nothing."""
        self.cleaned_data["text"] = read.text
        said = {name: getattr(read, name) for name in ("title", "byline", "url", "language")}
        said["published_on"] = dates.parse(read.published_on)
        for name, value in said.items():
            empty = self.cleaned_data.get(name) in ("", (None, "")) and not self.has_error(name)
            if empty and value not in ("", (None, "")):
                self.cleaned_data[name] = value
                self.taken.append(name)

    def _look_for_twins(self) -> None:
        """One that the same person has just added is this one: the button was pressed twice."""
        alike = Article.objects.same_as(self.cleaned_data.get("url") or "", self.cleaned_data["text"])
        self.twins = list(alike.select_related("outlet").defer("text")[:5])
        if self.twins and not self.cleaned_data.get("anyway") and not intake.just_added(self.instance, by=self.by):
            self.add_error(None, _("This article seems to be there already."))

    def _keep(self, read: reading.Reading) -> None:
        """No browser chooses a file a second time: shown again, the form has what was read out of it."""
        self.data = self.data.copy()
        for name in ("text", *self.taken):
            self.data[self.add_prefix(name)] = getattr(read, name)
        self.files = self.files.copy()
        self.files.pop(self.add_prefix("file"), None)
