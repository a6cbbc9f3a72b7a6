"""What a reviewer reads: the document that would be published beside the last one that was."""

from typing import Any

from django.contrib.admin import ModelAdmin


def urls(model_admin: ModelAdmin) -> list[Any]:
    return []
