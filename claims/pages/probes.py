"""What load balancers and supervisors ask."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """So does the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type=PLAIN, status=503)
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = settings.SITE_URL + reverse("pages:sitemaps")
    return HttpResponse(f"User-agent: *\nDisallow: /admin/\n\nSitemap: {sitemap}\n", content_type=PLAIN)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask for the icon by its old name, as they do on the desk."""
    return HttpResponseRedirect(static("claims/favicon.svg"))
