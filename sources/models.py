"""Publishers and the external documents that evidence comes from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources import dates
from sources.addresses import AddressKey
from sources.fields import AddressField, LineField, ProseField
from sources.files import desk_files, file_path
from sources.history import with_history
from sources.naming import name


class Kind(models.TextChoices):
    ACADEMIC_STUDY = "academic_study", _("academic study")
    BLOG = "blog", _("blog")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    DATASET = "dataset", _("dataset")
    GOVERNMENT = "government", _("government")
    INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental body")
    INTERVIEW = "interview", _("interview or correspondence")
    LEGAL = "legal", _("law or court document")
    NEWS_REPORT = "news_report", _("news report")
    OFFICIAL_RECORD = "official_record", _("official record")
    POLITICAL_PARTY = "political_party", _("political party")
    PRESS_RELEASE = "press_release", _("press release")
    SOCIAL_MEDIA = "social_media", _("social media post")
    STATE_MEDIA = "state_media", _("state media")
    OTHER = "other", _("other")


class Independence(models.TextChoices):
    """How a source stands to those whose statement it is used to check."""

    PRIMARY = "primary", _("primary record")
    INDEPENDENT = "independent", _("independent")
    PARTLY_INDEPENDENT = "partly_independent", _("partly independent")
    INDEPENDENT_COMPILATION = "independent_compilation", _("independent compilation")
    OFFICIAL_FIGURES = "official_figures", _("official figures")
    SECONDARY = "secondary", _("secondary")
    SAME_ORIGIN = "same_origin", _("same origin as the statement")


class Access(models.TextChoices):
    OPEN = "open", _("open to all")
    REGISTRATION = "registration", _("needs registration")
    PAYWALL = "paywall", _("behind a paywall")
    ARCHIVED = "archived", _("read in an archived copy")
    OFFLINE = "offline", _("not online")


@with_history
class Publisher(models.Model):
    """Who published an article or a source (schema.org Organization)."""

    name = LineField(max_length=300, unique=True)
    url = AddressField(_("home page"), max_length=2000, blank=True)
    same_as = ArrayField(
        AddressField(max_length=2000),
        blank=True,
        default=list,
        help_text=_("Addresses that say who this is, such as its Wikidata page; separated by commas."),
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SourceQuerySet(models.QuerySet):
    def at(self, url: str) -> "SourceQuerySet":
        """The source at an address, however that is spelt; none for an empty one."""
        return self.exclude(url_key="").filter(url_key=AddressKey(models.Value(url)))


@with_history
class Source(models.Model):
    """An external document that evidence comes from (schema.org CreativeWork)."""

    title = LineField(max_length=500)
    url = AddressField(_("address"), max_length=2000, blank=True)
    # What two spellings of one address have in common: PostgreSQL computes it, whoever writes.
    url_key = models.GeneratedField(
        expression=AddressKey(models.F("url")),
        output_field=models.CharField(max_length=2000),
        db_persist=True,
    )
    file = models.FileField(
        storage=desk_files,
        upload_to=file_path,
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("For a document that has no address. The desk alone can open it."),
    )
    file_name = LineField(max_length=200, blank=True, editable=False)
    publisher = models.ForeignKey(Publisher, models.PROTECT, null=True, blank=True, related_name="sources")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    published_on = models.DateField(null=True, blank=True)
    published_on_precision = dates.precision_field()
    published_on_note = LineField(
        max_length=500,
        blank=True,
        help_text=_("Shown to readers. Where the date comes from, if it is inferred."),
    )
    access = models.CharField(max_length=12, choices=Access.choices, default=Access.OPEN)
    independence = models.CharField(max_length=25, choices=Independence.choices, blank=True)
    independence_note = ProseField(
        blank=True,
        help_text=_("Shown to readers. What they should know about how this source stands to the claim."),
    )
    abstract = ProseField(blank=True, help_text=_("What the document says, in a sentence or two."))

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["url_key"],
                condition=~models.Q(url_key=""),
                name="source_url_once",
                violation_error_message=_("A source with this address is already there: use that one."),
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="source_has_title"),
            dates.constraint("published_on", name="source_date_fits_precision"),
        ]
        indexes = [models.Index(fields=["title", "id"], name="source_by_title")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        dates.validate(self.published_on, self.published_on_precision, field="published_on")
        self.published_on = dates.floor(self.published_on, self.published_on_precision)

    @property
    def published(self) -> str | None:
        """ISO 8601, reduced to what is known."""
        return dates.iso(self.published_on, self.published_on_precision)


name(Publisher, _("publisher"), _("publishers"), name=_("name"), same_as=_("same as"))
name(
    Source,
    _("source"),
    _("sources"),
    title=_("title"),
    file=_("file"),
    publisher=_("publisher"),
    kind=_("kind"),
    published_on=_("published on"),
    published_on_note=_("published on note"),
    access=_("access"),
    independence=_("independence"),
    independence_note=_("independence note"),
    abstract=_("abstract"),
)
