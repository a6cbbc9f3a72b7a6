"""The OpenAPI schema, and a page to read it on that is served from here and works under the site's CSP."""

from typing import Any

from django.urls import reverse, reverse_lazy
from drf_spectacular import renderers
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import refuse_unknown
from claims.api.limits import Limited


class SchemaView(Limited, SpectacularAPIView):
    """JSON unless YAML is asked for. It has no parameters: those of the view that it is made of get into its answer."""

    http_method_names = ["get", "head", "options"]
    renderer_classes = (
        renderers.OpenApiJsonRenderer2,
        renderers.OpenApiJsonRenderer,
        *SpectacularAPIView.renderer_classes,
    )

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown(request.GET, set())


class DocsView(Limited, SpectacularSwaggerSplitView):
    """The same whatever it is asked with, but for its own ``script``."""

    schema = None
    http_method_names = ["get", "head"]
    template_name = "api/docs.html"
    url_self = reverse_lazy("api:docs")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().get(request, *args, **kwargs)
        # Nothing is sent but GET, and what is the same for everybody has no secret of anybody's.
        response.data["csrf_token"] = ""
        return response

    def _get_schema_url(self, request: Request) -> str:
        return reverse("api:schema")
