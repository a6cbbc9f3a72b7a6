"""Assay's settings with nothing kept: what a page costs when it is made."""

from config.settings import *  # noqa: F403

NOTHING = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {"default": NOTHING, "pages": NOTHING}
