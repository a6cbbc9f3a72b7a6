"""All settings, from the environment. README.md lists the variables an operator sets."""

import secrets
from pathlib import Path

import dj_database_url
import dj_email_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config import embedded_postgres

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()

DEBUG = env.bool("DEBUG", False)
DATA_DIR = embedded_postgres.data_dir()
PORT = int(env.str("PORT", "") or 8000)
# On one database, through the API; a further one is asked to come again.
EXPORTS_AT_ONCE = int(env.str("EXPORTS_AT_ONCE", "") or 2)
# Documents carry absolute addresses and are never rewritten: set this before publishing anything real.
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
SITE_NAME = env.str("SITE_NAME", "Assay")


def secret_key() -> str:
    """The operator's key, or one made at first use and kept in the data folder."""
    if key := env.str("SECRET_KEY", ""):
        return key
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "pgtrigger",
    "pghistory",
    "sources",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.PageFiles",
    "config.middleware.PagePolicy",
    "config.public.OpenGZip",
    "config.public.OpenRecord",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.DeskSession",
    "config.middleware.DeskForms",
    "config.middleware.DeskAuthentication",
    "config.middleware.DeskMessages",
    "config.middleware.PageFrames",
    "config.middleware.DeskHistory",
]
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)
PGHISTORY_APPEND_ONLY = True

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# An empty variable, as compose files give, is one that is not set.
DATABASE_URL = env.str("DATABASE_URL", "") or embedded_postgres.url(DATA_DIR)
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
DATABASES["default"].setdefault("OPTIONS", {}).update(
    pool={"min_size": 1, "max_size": 8},
    # For claims.stored alone, whose queries are few and often the same.
    prepare_threshold=3,
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "admin:login"

# E-mail to the desk: EMAIL_URL names a server (submission://, smtp://…?ssl=true); without one it goes to the console.
EMAIL_URL = env.str("EMAIL_URL", "") or "console:"
if EMAIL_URL.partition(":")[0] not in dj_email_url.SCHEMES:
    raise ImproperlyConfigured(f"EMAIL_URL begins with one of {', '.join(sorted(dj_email_url.SCHEMES))}, and a colon.")
vars().update(dj_email_url.parse(EMAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "assay@localhost")

# A text that is too long is refused by the form, in words, and not by the server before it is looked at.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Of all that Assay says by itself; articles and claims have languages of their own.
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "") or "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"

# Each process keeps the pages that it made last (claims.pages.page).
LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": LOCAL, "pages": LOCAL | {"LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 2_000}}}

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Behind TLS (set SITE_URL to https://…) the cookies and redirects follow.
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz)$"]  # probed from inside, without TLS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if HTTPS else 0
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Requests a minute: of an address without a key (0: any number), and what a new key is given.
API_RATE_ANONYMOUS = int(env.str("API_RATE_ANONYMOUS", "") or 120)
API_RATE_KEY = int(env.str("API_RATE_KEY", "") or 1200)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["claims.api.limits.KeyAuthentication"],
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.limits.Throttle"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "claims.api.problems.handler",
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.PublicSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Assay",
    "DESCRIPTION": "The public record of checked claims: open, and to be read only. [Back to the site](/)",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "SpeakerKind": "claims.enums.SpeakerKind",
        "PublicationKind": "claims.enums.PublicationKind",
        "SourceKind": "sources.models.Kind",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "supportedSubmitMethods": ["get"]},
}
