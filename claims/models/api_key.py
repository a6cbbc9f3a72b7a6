from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sources.fields import LineField
from sources.history import with_history


def usual_limit() -> int:
    return settings.API_RATE_KEY


@with_history
class ApiKey(models.Model):
    """What a partner shows to be let through faster than anonymous readers are.

    Of the secret only its SHA-256 is kept, and its first characters, to tell keys apart by. Unsalted and quick is right
    here: a secret has 256 random bits, so that there is nothing to guess, and it is looked up by its hash.
    """

    name = LineField(_("name"), max_length=100, help_text=_("Who it is for, and what they use it for."))
    contact = LineField(
        _("contact"), max_length=300, blank=True, help_text=_("Whom to write to about it; only the desk sees this.")
    )
    per_minute = models.PositiveIntegerField(
        _("requests a minute"),
        default=usual_limit,
        validators=[MinValueValidator(1)],
        help_text=_("In no minute are more let through. A change counts from the next request on."),
    )
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    once = models.UUIDField(unique=True, null=True, editable=False, help_text="Of the form that it was issued with.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="api_key_says_whose"),
            models.CheckConstraint(condition=Q(per_minute__gte=1), name="api_key_lets_something_through"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_key_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class ApiKeyUse(models.Model):
    """What the limit of a key is kept by; claims_spend (0012_api_keys.sql) writes it, and it has no history.

    ``counts`` are the requests let through in each of the sixty-one seconds up to ``second``, in seconds since 1970.
    """

    key = models.OneToOneField(ApiKey, models.CASCADE, primary_key=True, related_name="use")
    second = models.BigIntegerField(default=0)
    counts = ArrayField(models.IntegerField(), default=list)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.key)


class ApiKeyDay(models.Model):
    """How often a key was used on a day, in UTC."""

    pk = models.CompositePrimaryKey("key", "day")
    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="days")
    day = models.DateField()
    requests = models.PositiveBigIntegerField(help_text="All of them, the refused ones too.")
    refusals = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key} {self.day}"
