"""A file that comes in: opened safely, named by the digest of its bytes, and watched while it is read."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from changedesk.errors import BadInput
from changedesk.values import dataclass

SIZE_LIMIT = 2 * 1024**3
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """An open file with its size in bytes and the SHA-256 of its content, in hexadecimal."""

    file: BinaryIO
    size: int
    digest: str
    changed_at: int

    def untouched(self) -> bool:
        """Whether nobody wrote to the file since the digest was made."""
        now = os.fstat(self.file.fileno())
        return (now.st_size, now.st_mtime_ns) == (self.size, self.changed_at)


@contextmanager
def opened(path: Path | None) -> Iterator[Source]:
    """Open a file for reading; None is standard input. What cannot be read twice is kept in a temporary file meanwhile."""
    if path is None:
        with _spooled(sys.stdin.buffer) as file:
            yield _known(file, "standard input")
        return
    try:
        raw = path.open("rb")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {os.strerror(error.errno or 0).lower()}") from None
    with raw:
        if stat.S_ISREG(os.fstat(raw.fileno()).st_mode):
            yield _known(raw, str(path))
        else:
            with _spooled(raw) as file:
                yield _known(file, str(path))


@contextmanager
def _spooled(stream: BinaryIO) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as file:
        size = 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            _refuse_size(size, "the input")
            file.write(chunk)
        yield file


def _refuse_size(size: int, name: str) -> None:
    if size > SIZE_LIMIT:
        raise BadInput(f"{name} is larger than 2 GiB", "import it in parts")


def _known(file: BinaryIO, name: str) -> Source:
    file.flush()
    before = os.fstat(file.fileno())
    _refuse_size(before.st_size, name)
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    file.seek(0)
    return Source(file, before.st_size, digest.hexdigest(), before.st_mtime_ns)


class WatchedBytes(io.RawIOBase):
    """The bytes of a source as they are read: how many so far, and whether they are still those of the digest."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._digest = hashlib.sha256()
        self.done = 0

    def readable(self) -> bool:
        """Always: it is a source."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # the base takes any buffer, we two
        """Fill the buffer with the next bytes."""
        chunk = self._source.file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._digest.update(chunk)
        self.done += len(chunk)
        return len(chunk)

    def unchanged(self) -> bool:
        """Whether all bytes came and were the ones that the digest was made of."""
        return self._digest.hexdigest() == self._source.digest
