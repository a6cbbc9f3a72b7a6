"""The OpenAPI schema, and a page to read it on that is served from here and works under the site's CSP."""

from drf_spectacular import renderers
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from claims.api.limits import Limited


class SchemaView(Limited, SpectacularAPIView):
    """JSON unless YAML is asked for."""

    http_method_names = ["get", "head", "options"]
    renderer_classes = (
        renderers.OpenApiJsonRenderer2,
        renderers.OpenApiJsonRenderer,
        *SpectacularAPIView.renderer_classes,
    )


class DocsView(Limited, SpectacularSwaggerSplitView):
    http_method_names = ["get", "head"]
    url_name = "api:schema"
    template_name = "api/docs.html"
