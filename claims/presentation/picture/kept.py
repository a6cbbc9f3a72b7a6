"""Pictures are drawn once: as files in the data folder, named by what they are made from."""

import hashlib
import os
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings

from claims.presentation.picture import fonts
from claims.presentation.picture.drawing import drawn
from claims.presentation.picture.faces import Face
from claims.presentation.picture.palette import COLOURS

# How every whole PNG file ends.
END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def png(face: Face) -> bytes:
    """The picture, from its file or else drawn; that a file cannot be kept costs time, and nothing else."""
    path = settings.DATA_DIR / "pictures" / release() / f"{name(face)}.png"
    with suppress(OSError):
        content = path.read_bytes()
        if content.endswith(END):
            return content
    content = drawn(face)
    with suppress(OSError):
        _keep(path, content)
    return content


def name(face: Face) -> str:
    """Other for every other picture."""
    return hashlib.sha256(repr((face, release())).encode()).hexdigest()[:32]


@cache
def release() -> str:
    """Eight digits that change with the code that draws, its colours, and the fonts that it finds."""
    digest = hashlib.sha256(repr((COLOURS, fonts.files(), fonts.is_shaped())).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all, however many do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(made, path)
    except OSError:
        os.unlink(made)
        raise
