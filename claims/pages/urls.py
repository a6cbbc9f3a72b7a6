from django.contrib.sitemaps import views as sitemaps
from django.urls import path
from django.views.decorators.http import require_safe

from claims.pages import probes
from claims.pages.articles import ArticleListView, ArticleView
from claims.pages.claims import ClaimListView
from claims.pages.data_feed import ClaimReviewFeedView
from claims.pages.embed import CardView, OEmbedView
from claims.pages.feeds import ClaimFeedView, CorrectionFeedView
from claims.pages.home import HomeView
from claims.pages.outlets import OutletListView, OutletView
from claims.pages.pictures import SitePictureView, VersionPictureView
from claims.pages.ratings import RatingsView
from claims.pages.sitemap import SITEMAPS
from claims.pages.sources import SourceListView, SourceView
from claims.pages.speakers import SpeakerListView, SpeakerView
from claims.pages.topics import TopicListView, TopicView
from claims.pages.trust import CorrectionsView, LedgerView, SitePageView
from claims.pages.verdict import ClaimView, VersionView

app_name = "pages"

OF_SITEMAPS = {"sitemaps": SITEMAPS}

# An address without its slug, or with another, redirects to the one with it.
urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("claims/", ClaimListView.as_view(), name="claims"),
    path("claims/<int:pk>/", ClaimView.as_view(), name="claim-by-id"),
    path("claims/<int:pk>-<str:slug>/", ClaimView.as_view(), name="claim"),
    path("claims/<int:pk>-<str:slug>/card/", CardView.as_view(), name="card"),
    path("claims/<int:pk>-<str:slug>/v<int:version>/", VersionView.as_view(), name="version"),
    path("claims/<int:pk>-<str:slug>/v<int:version>.png", VersionPictureView.as_view(), name="version-picture"),
    path("articles/", ArticleListView.as_view(), name="articles"),
    path("articles/<int:pk>/", ArticleView.as_view(), name="article-by-id"),
    path("articles/<int:pk>-<str:slug>/", ArticleView.as_view(), name="article"),
    path("speakers/", SpeakerListView.as_view(), name="speakers"),
    path("speakers/<int:pk>/", SpeakerView.as_view(), name="speaker-by-id"),
    path("speakers/<int:pk>-<str:slug>/", SpeakerView.as_view(), name="speaker"),
    path("topics/", TopicListView.as_view(), name="topics"),
    path("topics/<slug:slug>/", TopicView.as_view(), name="topic"),
    path("sources/", SourceListView.as_view(), name="sources"),
    path("sources/<int:pk>/", SourceView.as_view(), name="source-by-id"),
    path("sources/<int:pk>-<str:slug>/", SourceView.as_view(), name="source"),
    path("outlets/", OutletListView.as_view(), name="outlets"),
    path("outlets/<int:pk>/", OutletView.as_view(), name="outlet-by-id"),
    path("outlets/<int:pk>-<str:slug>/", OutletView.as_view(), name="outlet"),
    path("ratings/", RatingsView.as_view(), name="ratings"),
    path("corrections/", CorrectionsView.as_view(), name="corrections"),
    path("ledger/", LedgerView.as_view(), name="ledger"),
    path("oembed/", OEmbedView.as_view(), name="oembed"),
    path("feeds/claims.atom", ClaimFeedView.as_view(), name="claim-feed"),
    path("feeds/corrections.atom", CorrectionFeedView.as_view(), name="correction-feed"),
    path("feeds/claimreview.json", ClaimReviewFeedView.as_view(), name="claimreview-feed"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("favicon.ico", probes.favicon, name="favicon"),
    path("robots.txt", probes.robots, name="robots"),
    path("picture-<slug:digits>.png", SitePictureView.as_view(), name="site-picture"),
    path("sitemap.xml", require_safe(sitemaps.index), OF_SITEMAPS | {"sitemap_url_name": "pages:sitemap"}, "sitemaps"),
    path("sitemap-<section>.xml", require_safe(sitemaps.sitemap), OF_SITEMAPS, "sitemap"),
    path("<slug:slug>/", SitePageView.as_view(), name="site-page"),
]
