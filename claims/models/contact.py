from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import ContactKind, Outcome
from claims.models.claim import Claim
from sources.fields import LineField, ProseField
from sources.history import with_history


@with_history
class Contact(models.Model):
    """A request for correction that came in, or a right of reply that the desk gave (IFCN: open corrections).

    Those marked public are part of the claim's document, and so are reviewed and published with it.
    """

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=18, choices=ContactKind.choices)
    party = LineField(_("who"), max_length=300, help_text=_("Who asked for the correction, or was asked to reply."))
    on = models.DateField(_("when"))
    summary = ProseField(_("what was said"), blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.PENDING)
    public = models.BooleanField(
        default=False, help_text=_("Readers see who, when, what was said and what came of it, once it is published.")
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="contact_kind_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="contact_outcome_known"),
            models.CheckConstraint(condition=~Q(party=""), name="contact_says_who"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.party}"
