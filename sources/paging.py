"""Lists of the desk that grow with its work: none looks at all there is."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

COUNTED = 1000


class CappedPaginator(Paginator):
    """Looks so far and no further, once: whoever has more before them than that narrows the list down."""

    object_list: Any

    @cached_property
    def keys(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[: COUNTED + 1])

    @cached_property
    def count(self) -> int:
        return min(len(self.keys), COUNTED)

    @property
    def goes_on(self) -> bool:
        """Whether there are more than are counted."""
        return len(self.keys) > COUNTED

    def page(self, number: int | str) -> Page:
        start = (self.validate_number(number) - 1) * self.per_page
        keys = self.keys[start : min(start + self.per_page, COUNTED)]
        return Page(self.object_list.filter(pk__in=keys), self.validate_number(number), self)


class LongList(admin.ModelAdmin):
    paginator = CappedPaginator
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
