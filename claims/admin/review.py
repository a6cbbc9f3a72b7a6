"""What a reviewer reads: the document that would be published beside the last one that was, and what to say of it."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.urls import path

from claims.admin import desk_steps, discussion, steps
from claims.admin.reviewed import people


class ReviewView(steps.StepView):
    """Approve and Request changes, both asked on one page below what they are about."""

    template_name = "admin/claims/claim/review.html"
    decisions = ("approve", "request-changes")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        forms = {name: self._form(name, context) for name in self.decisions}
        barred = {name: desk_steps.refusal(name, self.claim, self.request.user) for name in self.decisions}
        return context | {
            "decisions": [(name, desk_steps.DESK_STEPS[name], forms[name], barred[name]) for name in self.decisions],
            "refusal": "" if not all(barred.values()) else barred["request-changes"],
            "seen": "" if all(barred.values()) else steps.seen(self.claim),
            "reviews": self.claim.reviews.select_related("reviewer"),
            **people(self.claim),
            **discussion.talk(self.request, self.claim, back="review"),
        }

    def _form(self, name: str, context: dict[str, Any]) -> Any:
        if name == self.name:
            return context["form"]
        return desk_steps.DESK_STEPS[name].form(claim=self.claim, auto_id=f"id_{name}_%s")


class ReviewPage(ReviewView):
    """The page by its own address: what it asks goes to the addresses of the steps."""

    http_method_names = ["get", "head", "options"]


def urls(model_admin: ModelAdmin) -> list[Any]:
    """Listed before the steps': it answers for the two that are a review."""

    def view(of: type[ReviewView]) -> Any:
        return model_admin.admin_site.admin_view(of.as_view(model_admin=model_admin))

    found = [path(f"<int:pk>/{name}/step/", view(ReviewView), {"name": name}) for name in ReviewView.decisions]
    return [*found, path("<int:pk>/review/", view(ReviewPage), {"name": "approve"}, name="claims_claim_review")]
