"""The OpenAPI schema, and a page to read it on that is served from here and works under the site's CSP."""

from typing import Any

from drf_spectacular import renderers
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import refuse_unknown
from claims.api.limits import Limited


class Strict:
    """Mixed into a view, refuses parameters that it does not know: theirs find their way into what they answer."""

    parameters: frozenset[str] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        refuse_unknown(request.GET, set(self.parameters))


class SchemaView(Limited, Strict, SpectacularAPIView):
    """JSON unless YAML is asked for."""

    http_method_names = ["get", "head", "options"]
    renderer_classes = (
        renderers.OpenApiJsonRenderer2,
        renderers.OpenApiJsonRenderer,
        *SpectacularAPIView.renderer_classes,
    )


class DocsView(Limited, Strict, SpectacularSwaggerSplitView):
    http_method_names = ["get", "head"]
    parameters = frozenset({"script"})

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().get(request, *args, **kwargs)
        # Nothing is sent but GET, and what is the same for everybody has no secret of anybody's.
        response.data["csrf_token"] = ""
        return response

    schema = None
    url_name = "api:schema"
    template_name = "api/docs.html"
