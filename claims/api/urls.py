from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from claims.api import base, docs, exports, interchange, record, reference

app_name = "api"

router = SimpleRouter(use_regex_path=False)
router.register("claims", record.ClaimViewSet, "claim")
router.register("claims/<int:id>/versions", record.VersionViewSet, "version")
router.register("changes", record.ChangeViewSet, "change")
router.register("articles", reference.ArticleViewSet, "article")
router.register("speakers", reference.SpeakerViewSet, "speaker")
router.register("sources", reference.SourceViewSet, "source")
router.register("publishers", reference.PublisherViewSet, "publisher")
router.register("ratings", reference.RatingViewSet, "rating")
router.register("topics", reference.TopicViewSet, "topic")

linked_data = [
    path("claims/<int:pk>/claimreview/", interchange.ClaimReviewView.as_view(), name="claim-claimreview"),
    path("articles/<int:pk>/annotations/", interchange.AnnotationsView.as_view(), name="article-annotations"),
]

files = [
    path("claims.ndjson", exports.ClaimLinesView.as_view(), name="claims.ndjson"),
    path("claims.csv", exports.ClaimTableView.as_view(), name="claims.csv"),
    path("changes.ndjson", exports.ChangesView.as_view(), name="changes.ndjson"),
]

urlpatterns = [
    path("v1/", include([path("", base.IndexView.as_view(), name="index"), *linked_data, *router.urls])),
    path("v1/exports/", include(files)),
    path("schema/", docs.SchemaView.as_view(), name="schema"),
    path("docs/", docs.DocsView.as_view(), name="docs"),
    # Addresses that end in a slash only, so that Django goes on adding the one that was forgotten.
    re_path(r"^(?:[\s\S]*/)?\Z", base.NothingView.as_view()),
]
