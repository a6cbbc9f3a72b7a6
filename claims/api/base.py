"""What every view of the API does: it reads only, speaks JSON only, and refuses parameters that it does not know."""

from functools import lru_cache
from typing import Any

from django.http import Http404, QueryDict
from django_filters import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from claims.api import limits, schema
from claims.selection import Selection


class FirstRenderer(BaseContentNegotiation):
    """The view's first renderer, whatever the client would rather have."""

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class GivenFilters(DjangoFilterBackend):
    """The view's filter set with no more than the filters that the request names: the rest costs and does nothing."""

    def filter_queryset(self, request: Request, selection: Selection, view: "PublicViewSet") -> Selection:
        given = view.filterset_class.base_filters.keys() & request.GET.keys()
        return super().filter_queryset(request, selection, view) if given else selection

    def get_filterset(self, request: Request, selection: Selection, view: "PublicViewSet") -> FilterSet:
        given = view.filterset_class.base_filters.keys() & request.GET.keys()
        return _narrowed(view.filterset_class, frozenset(given))(request.GET, selection, request=request)


@lru_cache(maxsize=1024)
def _narrowed(filterset: type[FilterSet], names: frozenset[str]) -> type[FilterSet]:
    narrowed = type(filterset.__name__, (filterset,), {})
    narrowed.base_filters = {name: made for name, made in filterset.base_filters.items() if name in names}
    return narrowed


class PublicView(limits.Limited, APIView):
    http_method_names = ["get", "head", "options"]
    content_negotiation_class = FirstRenderer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.GET and request.method in ("GET", "HEAD"):
            refuse_unknown(request.GET, self.known_parameters())

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(NotFound() if isinstance(exc, Http404) else exc)

    def known_parameters(self) -> set[str]:
        return set()


class PublicViewSet(PublicView, GenericViewSet):
    filterset_class: type[FilterSet] | None = None

    def known_parameters(self) -> set[str]:
        if self.detail:
            return set()
        filters = self.filterset_class.base_filters if self.filterset_class else ()
        return {*self.paginator.parameters, *filters}


class IndexView(PublicView):
    """Where things are."""

    lists = {
        "claims": "claim",
        "changes": "change",
        "articles": "article",
        "speakers": "speaker",
        "sources": "source",
        "publishers": "publisher",
        "ratings": "rating",
        "topics": "topic",
    }

    @schema.of_index
    def get(self, request: Request) -> Response:
        links = {name: reverse(f"api:{noun}-list", request=request) for name, noun in self.lists.items()}
        for name in ("claims.ndjson", "claims.csv", "changes.ndjson", "schema", "docs"):
            links[name] = reverse(f"api:{name}", request=request)
        return Response(links)


class NothingView(PublicView):
    """Every other address under the API's."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound

    def known_parameters(self) -> set[str]:
        """Any: it is the address that is wrong."""
        return set(self.request.GET)


def refuse_unknown(given: QueryDict, known: set[str]) -> None:
    """Raise a 400 that names each parameter that would otherwise be silently without effect."""
    unknown = sorted(given.keys() - known)
    if unknown:
        known_names = ", ".join(sorted(known)) or "none"
        raise ValidationError(
            {name: [f"There is no such parameter here. There is: {known_names}."] for name in unknown}
        )
