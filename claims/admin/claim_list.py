"""The list of claims: what it shows, filters and searches, and what can be done to many at once."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext_lazy as _

from claims import people
from claims.admin import claim_filters as by
from claims.admin import many
from claims.admin.many import name_of
from claims.models import Claim
from claims.querysets.claims import ONGOING
from sources.paging import LongList

WORDS = 12


class Claims(ChangeList):
    def apply_select_related(self, claims: QuerySet) -> QuerySet:
        return claims.for_list()

    def get_ordering(self, request: HttpRequest, claims: QuerySet) -> list[Any]:
        """As on the desk's front page, if it is one of its lists; by due date, if that was asked for; or the newest."""
        if self.params.get("desk"):
            return list(claims.query.order_by)
        return ["due_on", "pk"] if self.params.get("due") else ["-pk"]

    @property
    def narrowed(self) -> int:
        """How many filters there are in force."""
        return sum(len(spec.used_parameters) for spec in self.filter_specs)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of filters keeps of the address without having a box for it."""
        boxes = {"q", "o", *(name for spec in self.filter_specs for name in spec.expected_parameters())}
        return [(name, value) for name, value in self.params.items() if name not in boxes]


class ClaimList(LongList):
    """Mixed into ClaimAdmin. Every question that it asks has an index, and none counts all claims."""

    actions = many.ACTIONS
    change_list_template = "admin/claims/claim/change_list.html"
    list_display = ["statement", "status", "speaker_name", "outlet", "rating", "assigned", "due"]
    list_filter = [
        by.DeskFilter,
        by.StatusFilter,
        by.AssigneeFilter,
        by.DueFilter,
        by.RatingFilter,
        by.AnchorFilter,
        by.CheckabilityFilter,
        by.SpeakerFilter,
        by.OutletFilter,
        by.TopicFilter,
        by.StatedFilter,
    ]
    empty_value_display = format_html('<span class="list-none">{}</span>', "–")
    list_per_page = 50
    list_max_show_all = 0
    ordering = ["-pk"]
    sortable_by = []
    search_fields = ["wording"]
    search_help_text = _("Words in the claim or its quote, or the speaker’s name; quotation marks keep words together.")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Claims")} | (extra_context or {}))

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return Claims

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(people.ASSIGN)

    def get_search_results(self, request: HttpRequest, claims: QuerySet, words: str) -> tuple[QuerySet, bool]:
        """Claims that have each of the words in their wording, quote or speaker's name."""
        for word in list(smart_split(words.replace("\0", " ")))[:WORDS]:
            is_quoted = word[0] == word[-1] and word[0] in "\"'" and word[1:]
            bare = unescape_string_literal(word).strip() if is_quoted else word
            if any(sign.isalnum() for sign in bare):
                claims = claims.with_words(bare)
        return claims, False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """All but deleting: a claim that is not wanted is dropped, one at a time, and says why."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.display(description=_("claim"))
    def statement(self, claim: Claim) -> SafeString:
        return format_html('<span dir="auto" class="list-wording">{}</span>', claim.wording)

    @admin.display(description=_("status"))
    def status(self, claim: Claim) -> SafeString:
        label = claim.get_workflow_status_display()
        shown = format_html('<span class="status status-{}">{}</span>', claim.workflow_status, label)
        if claim.is_anchored:
            return shown
        return format_html('{} <span class="list-late">{}</span>', shown, claim.get_anchor_display())

    @admin.display(description=_("speaker"))
    def speaker_name(self, claim: Claim) -> SafeString | str | None:
        if claim.speaker_unknown:
            return _("unknown")
        return format_html("<bdi>{}</bdi>", claim.speaker.name) if claim.speaker else None

    @admin.display(description=_("article"))
    def outlet(self, claim: Claim) -> SafeString:
        outlet = claim.article.outlet.name if claim.article.outlet else ""
        return format_html('<bdi>{}</bdi><br><bdi class="quiet">{}</bdi>', claim.article.title, outlet)

    @admin.display(description=_("rating"))
    def rating(self, claim: Claim) -> str | None:
        assessment = getattr(claim, "assessment", None)
        return assessment.rating.name if assessment and assessment.rating else None

    @admin.display(description=_("assigned to"))
    def assigned(self, claim: Claim) -> SafeString | None:
        return format_html("<bdi>{}</bdi>", name_of(claim.assignee)) if claim.assignee else None

    @admin.display(description=_("due"))
    def due(self, claim: Claim) -> SafeString | None:
        if not claim.due_on:
            return None
        is_late = claim.due_on < timezone.localdate() and claim.workflow_status in ONGOING
        shown = format_html('<time datetime="{}">{}</time>', claim.due_on, date_format(claim.due_on, "j M Y"))
        return format_html('<span class="list-late">{} ({})</span>', shown, _("overdue")) if is_late else shown
