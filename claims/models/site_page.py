from django.core.exceptions import ValidationError
from django.db import models
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from sources.fields import LineField, ProseField
from sources.history import with_history

# Beginnings of other addresses, which are answered in other ways than pages are.
TAKEN = ("admin", "api", "feeds", "healthz", "oembed", "readyz", "static", "v1alpha1")


def is_free(slug: str) -> None:
    """A page at an address that is something else's would never be seen."""
    if slug in TAKEN or resolve(f"/{slug}/").view_name != "pages:site-page":
        raise ValidationError(
            _("The site itself has something at /%(slug)s/: choose another address."), params={"slug": slug}
        )


@with_history
class SitePage(models.Model):
    """A page about the newsroom itself, such as how it works and who pays for it.

    The IFCN's code of principles asks for such pages, and an application to it points at their addresses.
    """

    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        validators=[is_free],
        help_text=_("The page is at this address, such as “about”, “method”, “funding” or “contact”."),
    )
    title = LineField(_("title"), max_length=150)
    summary = LineField(_("summary"), max_length=300, blank=True, help_text=_("One sentence, under the title."))
    text = ProseField(_("text"), help_text=_("Markdown, as in explanations."))
    place = models.PositiveSmallIntegerField(
        _("place"), default=0, help_text=_("Pages with lower numbers come first in the foot of every page.")
    )

    class Meta:
        ordering = ["place", "slug"]
        verbose_name = _("page about the newsroom")
        verbose_name_plural = _("pages about the newsroom")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pages:site-page", args=[self.slug])
