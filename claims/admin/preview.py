"""The public page as it would be published."""

from typing import Any

from django.contrib.admin import ModelAdmin


def urls(model_admin: ModelAdmin) -> list[Any]:
    return []
