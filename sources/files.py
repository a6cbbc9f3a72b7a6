"""Documents that have no address, kept as files that only the desk opens."""

from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models


def desk_files() -> FileSystemStorage:
    """Where they are: in the data folder, under no public address."""
    return FileSystemStorage(location=settings.DATA_DIR / "files", base_url=None, file_permissions_mode=0o600)


def file_path(source: models.Model, name: str) -> str:
    """A name of our own choosing: what the uploader called it is kept in a column, and never becomes a path."""
    return f"sources/{uuid4().hex}{PurePath(name).suffix.lower()[:10]}"
