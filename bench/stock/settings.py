"""The site's settings, with another set of addresses."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.stock.urls"
