"""Documents that have no address, kept as files that only the desk opens."""

import re
import zipfile
from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from sources.text import normalise_line

LARGEST = 20 * 1024 * 1024
NAME_LENGTH = 200

# What each kind of file begins with; those without a beginning are looked into.
BEGINNINGS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
}
# The part that makes a zip archive a document of this kind.
PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".odt": "content.xml", ".ods": "content.xml"}
TEXTS = (".txt", ".csv", ".eml")
EXTENSIONS = (*BEGINNINGS, *PARTS, *TEXTS)
HEADER = re.compile(rb"(?:From |[!-9;-~]+:)")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Marks that turn the direction of writing, and so can make a name look as if it ended otherwise.
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def desk_files() -> FileSystemStorage:
    """Where they are: in the data folder, under no public address."""
    return FileSystemStorage(location=settings.DATA_DIR / "files", base_url=None, file_permissions_mode=0o600)


def file_path(source: models.Model, name: str) -> str:
    """A name of our own choosing: what the uploader called it is kept in a column, and never becomes a path."""
    return f"sources/{uuid4().hex}{PurePath(name).suffix.lower()[:10]}"


def shown_name(name: str) -> str:
    """What the uploader called a file, as it can be shown: one line, no folders, not too long, ending as it ends."""
    line = BIDI.sub("", normalise_line(name)).replace("\\", "/").rpartition("/")[2].strip()
    ending = PurePath(line).suffix[:10]
    return line if len(line) <= NAME_LENGTH else line[: NAME_LENGTH - len(ending) - 1].rstrip() + "…" + ending


def check(file: File) -> None:
    """Raise ValidationError for a file of another kind than the desk takes, or one that is not what its name says."""
    extension = PurePath(shown_name(file.name or "")).suffix.lower()
    if extension not in EXTENSIONS:
        kinds = ", ".join(kind.lstrip(".") for kind in EXTENSIONS)
        raise ValidationError(_("A file of this kind is not taken here. These are: %(kinds)s.") % {"kinds": kinds})
    if not file.size:
        raise ValidationError(_("The file is empty."))
    if file.size > LARGEST:
        sizes = {"size": filesizeformat(file.size), "largest": filesizeformat(LARGEST)}
        raise ValidationError(_("The file has %(size)s; the largest that is taken has %(largest)s.") % sizes)
    file.seek(0)
    is_so = _is_of_kind(file, extension)
    file.seek(0)
    if not is_so:
        raise ValidationError(
            _("The file’s name ends in %(extension)s, but what is in it is something else, or damaged.")
            % {"extension": extension}
        )


def _is_of_kind(file: File, extension: str) -> bool:
    if extension in PARTS:
        return _is_archive_with(file, PARTS[extension], extension)
    if extension in TEXTS:
        return _is_text(file, extension)
    head = file.read(16)
    return head.startswith(BEGINNINGS[extension]) and (extension != ".webp" or head[8:12] == b"WEBP")


def _is_archive_with(file: File, part: str, extension: str) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if extension in (".odt", ".ods"):
                kind = {".odt": b"text", ".ods": b"spreadsheet"}[extension]
                with archive.open("mimetype") as stated:
                    stated_kind = stated.read(100).strip()
                return part in names and stated_kind == b"application/vnd.oasis.opendocument." + kind
            return {"[Content_Types].xml", part} <= names
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, ValueError):
        return False


def _is_text(file: File, extension: str) -> bool:
    text = b"".join(file.chunks())
    if extension == ".eml" and not HEADER.match(text):
        return False
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(text, "utf-16")
    return not CONTROLS.search(text) and not text.startswith(b"%PDF-")


def _decodes(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
