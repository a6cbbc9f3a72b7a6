"""What every public page has in common."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View


class Page(TemplateResponseMixin, ContextMixin, View):
    """A view with a title, a description and one address of its own, for its head and for those who link to it."""

    title: object = ""
    description: object = ""

    def get_title(self) -> str:
        return str(self.title)

    def get_description(self) -> str:
        return str(self.description)

    def get_address(self) -> str:
        """The path by which this page should be known."""
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.get_title(),
            description=self.get_description(),
            canonical=settings.SITE_URL + self.get_address(),
            **kwargs,
        )


class SluggedPage(Page):
    """A page whose address holds a slug: all other spellings are sent to the current one for good."""

    subject: Any

    def get_subject(self) -> Any:
        """What the page is about; raises Http404 if that is not public."""
        raise NotImplementedError

    def get_spelling(self) -> str:
        """The path that this request should have used."""
        return self.get_address()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.subject = self.get_subject()
        if request.path != self.get_spelling():
            return redirect(self.get_spelling(), permanent=True)
        return super().get(request, *args, **kwargs)
