from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views import defaults

from claims.api import problems

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("claims.api.urls")),
    path("v1alpha1/", include("claims.api.fact_check_tools")),
    path("", include("claims.pages.urls")),
]


def handler500(request: HttpRequest) -> HttpResponse:
    """Programs get a problem that they can read, people a page."""
    return problems.server_error(request) if request.path.startswith("/api/") else defaults.server_error(request)
