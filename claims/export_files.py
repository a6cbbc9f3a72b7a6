"""The public record as dated, compressed files with checksums, for a host of static files."""

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple, cast

import orjson
from django.utils import timezone

from claims import exporting
from claims.models.publication import GENESIS, Publication
from claims.moments import Moment
from claims.selection import Selection

INDEX, CHECKSUMS = "index.json", "SHA256SUMS"
TOLD_EVERY = 64 * 2**20  # bytes
AS_INDEX = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS

Tell = Callable[[str], None]


class File(NamedTuple):
    name: str
    size: int
    sha256: str


class Summed:
    """A file to write to, and the checksum of what was written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.sum = file, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.sum.update(data)
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()


def write(folder: Path, *, level: int, tell: Tell) -> bool:
    """Write the record as it is now; False, and nothing done, where it is there already.

    The files stand under their names when all are complete, the index last. Earlier days' are left where they are.
    """
    moment = Moment.now()
    head = _head(moment)
    if _is_there(folder, head):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".export-", dir=folder) as temporary:
        made = Path(temporary)
        files = [_compressed(made / f"{name}.gz", chunks, level, tell) for name, chunks in _contents(moment)]
        (made / CHECKSUMS).write_text(_checksums(files))
        (made / INDEX).write_bytes(_index(head | {"claims": moment.claims}, files))
        for name in (*(file.name for file in files), CHECKSUMS, INDEX):
            os.replace(made / name, folder / name)
    return True


def _contents(moment: Moment) -> Iterator[tuple[str, Iterator[bytes]]]:
    everything, stamp = Selection(as_of=moment), exporting.stamp(moment)
    yield f"claims-{stamp}.ndjson", exporting.ndjson(everything)
    yield f"claims-{stamp}.csv", exporting.table(everything)
    yield f"changes-{stamp}.ndjson", exporting.changes(moment)


def _compressed(path: Path, chunks: Iterator[bytes], level: int, tell: Tell) -> File:
    done = told = 0
    with path.open("wb") as file:
        summed = Summed(file)
        # No name and no time in it: the same content gives the same bytes.
        with gzip.GzipFile("", "wb", level, cast(IO[bytes], summed), mtime=0) as compressed:
            for chunk in chunks:
                done += compressed.write(chunk)
                if done - told >= TOLD_EVERY:
                    tell(f"{path.name}: {done:,} bytes so far")
                    told = done
        file.flush()
        os.fsync(file.fileno())
    tell(f"{path.name}: {done:,} bytes, {summed.size:,} compressed")
    return File(path.name, summed.size, summed.sum.hexdigest())


def _head(moment: Moment) -> dict[str, Any]:
    newest = Publication.objects.filter(pk=moment.entry).values_list("hash", flat=True).first()
    return {"sequence": moment.entry, "hash": newest or GENESIS}


def _index(about: dict[str, Any], files: list[File]) -> bytes:
    told = about | {"written_at": timezone.now(), "files": [file._asdict() for file in files]}
    return orjson.dumps(told, option=AS_INDEX)


def _checksums(files: list[File]) -> str:
    return "".join(f"{file.sha256}  {file.name}\n" for file in files)


def _is_there(folder: Path, head: dict[str, Any]) -> bool:
    """Whether the folder has all files of this head, sound."""
    with suppress(OSError, orjson.JSONDecodeError, KeyError, TypeError):
        index = orjson.loads((folder / INDEX).read_bytes())
        if {name: index[name] for name in head} != head:
            return False
        files = [File(**file) for file in index["files"]]
        summed = (folder / CHECKSUMS).read_text() == _checksums(files)
        return summed and all(_sum(folder / file.name) == file.sha256 for file in files)
    return False


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
