"""The settings under test, without what only costs time there."""

from config.settings import *  # noqa: F403
from config.settings import CACHES, DATA_DIR, STORAGES

STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# In a transaction that is never committed the record does not seem to change; tests of pages that are kept keep them.
CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# Tests of the limits set one of their own.
API_RATE_ANONYMOUS = 10_000_000
