from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, HashIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from claims.querysets import ArticleQuerySet
from claims.querysets.expressions import Searched
from sources import dates
from sources.addresses import AddressKey
from sources.fields import AddressField, LineField, ProseField
from sources.history import with_history
from sources.models import Publisher

MAX_TEXT_BYTES = 1024 * 1024


def _text(template: str, output_field: models.Field) -> models.Func:
    return models.Func(models.F("text"), template=template, output_field=output_field)


@with_history
class Article(models.Model):
    """A text that makes statements (schema.org NewsArticle).

    ``text`` is normalised (see sources.text) before any claim's offsets are computed in it.
    """

    title = LineField(max_length=500)
    title_note = LineField(
        max_length=500,
        blank=True,
        help_text=_("Shown to readers, if the title is inferred."),
    )
    outlet = models.ForeignKey(Publisher, models.PROTECT, null=True, blank=True, related_name="articles")
    url = AddressField(_("address"), max_length=2000, blank=True)
    # What two spellings of one address have in common: PostgreSQL computes it, whoever writes.
    url_key = models.GeneratedField(
        expression=AddressKey(models.F("url")),
        output_field=models.CharField(max_length=2000),
        db_persist=True,
    )
    byline = LineField(max_length=300, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_on_precision = dates.precision_field()
    published_on_note = LineField(
        max_length=500,
        blank=True,
        help_text=_("Shown to readers, if the date is inferred."),
    )
    language = models.CharField(
        max_length=35,
        default="en",
        help_text=_("A BCP 47 tag, such as “en”, “km” or “pt-BR”."),
    )
    text = ProseField()
    limits = ProseField(
        blank=True,
        help_text=_("Shown to readers: what this fact-check could not look at."),
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(_text("%(expressions)s IS NFC NORMALIZED", models.BooleanField()))
                & ~models.Q(text__regex=r"[\x01-\x08\x0b-\x1f\x7f-\x9f]"),
                name="article_text_normalised",
                violation_error_message=_("The text has control characters or is not in Unicode NFC."),
            ),
            models.CheckConstraint(
                condition=~models.Q(text="")  # type: ignore[arg-type]
                & LessThanOrEqual(
                    _text("octet_length(%(expressions)s)", models.IntegerField()),
                    MAX_TEXT_BYTES,
                ),
                name="article_text_size",
                violation_error_message=_("The text is empty or longer than 1 MB."),
            ),
            models.CheckConstraint(
                condition=models.Q(language__regex=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"),
                name="article_language_tag",
                violation_error_message=_("Write the language as a tag such as “en” or “pt-BR”."),
            ),
            dates.constraint("published_on", name="article_date_fits_precision"),
        ]
        # Of hashes: they find what is the same, however long it is.
        indexes = [
            HashIndex(fields=["url_key"], name="article_by_address"),
            HashIndex(fields=["text"], name="article_by_text"),
            GinIndex(Searched("title"), name="article_by_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pages:article", args=[self.pk, self.slug])

    def clean(self) -> None:
        dates.validate(self.published_on, self.published_on_precision, field="published_on")
        self.published_on = dates.floor(self.published_on, self.published_on_precision)
        size = len(self.text.encode())
        if size > MAX_TEXT_BYTES:
            raise ValidationError(
                {"text": _("This text is %(kb)d kB long; Assay takes up to 1,024 kB. Split it.") % {"kb": size // 1024}}
            )

    @property
    def published(self) -> str | None:
        """ISO 8601, reduced to what is known."""
        return dates.iso(self.published_on, self.published_on_precision)

    @property
    def slug(self) -> str:
        return slugify(self.title)[:60].strip("-") or "article"
