"""Pictures are drawn once: as files in the data folder, named by what they are made from."""

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings

from claims.presentation.picture import fonts
from claims.presentation.picture.drawing import drawn
from claims.presentation.picture.faces import Face
from claims.presentation.picture.palette import COLOURS

LEFT_FREE = 2**30  # bytes
# How every whole PNG file ends.
END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def png(face: Face) -> bytes:
    """The picture, from its file or else drawn; that a file cannot be kept costs time, and nothing else."""
    digits = name(face)
    path = settings.DATA_DIR / "pictures" / release() / digits[:2] / f"{digits}.png"
    with suppress(OSError):
        content = path.read_bytes()
        if content.endswith(END):
            return content
    content = drawn(face)
    with suppress(OSError):
        _keep(path, content)
    return content


def name(face: Face) -> str:
    """Other for every other picture of a release."""
    return hashlib.sha256(repr(face).encode()).hexdigest()[:32]


@cache
def release() -> str:
    """Eight digits that change with the code that draws, its colours, and the fonts that it finds."""
    digest = hashlib.sha256(repr((COLOURS, fonts.files(), fonts.is_shaped())).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all, however many do so at once; not where there is hardly room for what cannot be redrawn."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(settings.DATA_DIR).free < LEFT_FREE:
        return
    release_folder = path.parents[1]
    if not release_folder.exists():
        _forget_others(release_folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(made, path)
    except OSError:
        os.unlink(made)
        raise


def _forget_others(release_folder: Path) -> None:
    """What earlier releases drew is drawn anew by this one."""
    for other in release_folder.parent.glob("*"):
        shutil.rmtree(other, ignore_errors=True)
