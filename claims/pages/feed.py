"""What every feed has in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.generic.base import View


class FeedView(View):
    """A view for programs: it reads only, and refuses parameters that would otherwise be silently without effect."""

    http_method_names = ["get", "head", "options"]
    content_type: str
    parameters: frozenset[str] = frozenset()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        unknown = sorted(request.GET.keys() - self.parameters)
        if unknown and request.method in ("GET", "HEAD"):
            return refusal({name: [_("There is no such parameter here.")] for name in unknown})
        return super().dispatch(request, *args, **kwargs)


def refusal(faults: dict[str, list[str]]) -> HttpResponse:
    """A 400 that says in plain text what is wrong with which parameter."""
    lines = [f"{name}: {fault}\n" for name, found in faults.items() for fault in found]
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8", status=400)
