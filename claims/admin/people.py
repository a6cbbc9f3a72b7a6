"""Who works on a claim: assign, reassign, until when."""

from typing import Any

from django.contrib.admin import ModelAdmin


def urls(model_admin: ModelAdmin) -> list[Any]:
    return []
