"""Notes on a claim, and the log of requests for correction and right of reply."""

from typing import Any

from django.contrib.admin import ModelAdmin


def urls(model_admin: ModelAdmin) -> list[Any]:
    return []
