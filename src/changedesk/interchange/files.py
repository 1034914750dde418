"""Files that go out: written whole under a passing name, synced, then named; never over another file by accident."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from changedesk.errors import BadInput
from changedesk.naming import give_name, sync_names


def write_whole(path: Path, data: bytes, *, force: bool, mode: int = 0o600) -> None:
    """Write a file, all of it or nothing; an existing one is replaced only with ``force`` and keeps its rights.

    ``mode`` are the rights of a new one.
    """
    write_chunks(path, (data,), force=force, mode=mode)


def write_chunks(path: Path, chunks: Iterable[bytes], *, force: bool, mode: int = 0o600) -> None:
    """Write a file chunk by chunk; it gets its name when all of it is on disk. Raises BadInput when it cannot be written."""
    rights = _refuse_target(path, force, mode)
    passing = path.with_name(f".{path.name[:100]}.{token_hex(8)}.part")
    try:
        try:
            handle = os.open(passing, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
            with open(handle, "wb", buffering=1 << 18) as file:
                os.fchmod(handle, rights)
                for chunk in chunks:
                    file.write(chunk)
                file.flush()
                os.fsync(handle)
            _name(passing, path, force)
        finally:
            passing.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {os.strerror(error.errno or 0).lower()}") from None


def _refuse_target(path: Path, force: bool, mode: int) -> int:
    """Refuse what must not be written over; returns the rights that the file gets."""
    if not path.name or path.name == "..":
        raise BadInput(f"{path} names no file")
    try:
        there = path.lstat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise BadInput(f"there is no folder {path.parent}") from None
        return mode
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {os.strerror(error.errno or 0).lower()}") from None
    if stat.S_ISLNK(there.st_mode):
        raise BadInput(f"{path} is a symbolic link, which is never written through", "name the file it points to")
    if stat.S_ISDIR(there.st_mode):
        raise BadInput(f"{path} is a folder", "name a file in it")
    if not stat.S_ISREG(there.st_mode):
        raise BadInput(f"{path} is a device and no file", "name a file, or - for standard output")
    if not force:
        raise BadInput(f"{path} exists already", "write over it with --force, or name another file")
    return stat.S_IMODE(there.st_mode)


def _name(passing: Path, path: Path, force: bool) -> None:
    if force:
        os.replace(passing, path)
        sync_names(path.parent)
    else:
        try:
            give_name(passing, path)
        except FileExistsError:
            raise BadInput(f"{path} exists already", "write over it with --force, or name another file") from None
