from django.urls import include, path
from rest_framework.routers import DefaultRouter

from bench.stock.views import ClaimViewSet
from config.urls import urlpatterns as site

router = DefaultRouter()
router.register("claims", ClaimViewSet)

urlpatterns = [path("api/v1/", include(router.urls)), *site]
