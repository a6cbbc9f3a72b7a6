"""What readers are told for a verification status: “verified” beside “false” would seem to say that the claim is so."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.enums import VerificationStatus

TOLD: dict[str, str | Promise] = {
    **dict(VerificationStatus.choices),
    VerificationStatus.VERIFIED: _("checked and rated"),
    VerificationStatus.UNVERIFIED: _("unproven, or not yet checked"),
}
