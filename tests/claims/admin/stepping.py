"""Taking a claim's steps as a browser does."""

from django.urls import reverse

from claims.models import Claim


def address(claim, step):
    return reverse("admin:claims_claim_step", args=[claim.pk, step])


def take(client, user, claim, step, **fields):
    """Open the step's page and press its button."""
    client.force_login(user)
    page = client.get(address(claim, step))
    shown = page.context["seen"] if page.context and "seen" in page.context else ""
    return client.post(address(claim, step), {"seen": shown} | fields)


def standing(claim):
    return Claim.objects.values_list("workflow_status", flat=True).get(pk=claim.pk)
