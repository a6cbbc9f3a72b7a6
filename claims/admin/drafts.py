"""What is typed and not saved yet, kept for the one who typed it; and previews of Markdown."""

from typing import Any

from django.contrib.admin import ModelAdmin


def urls(model_admin: ModelAdmin) -> list[Any]:
    return []
