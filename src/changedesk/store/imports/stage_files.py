"""The file of a stage: made for its user alone, locked while in use, removed when nobody comes back to it."""

from __future__ import annotations

import fcntl
import glob
import os
import time
from pathlib import Path

from changedesk.errors import DeskUnusable

_KEPT_SECONDS = 7 * 24 * 3600


def remove_stale(desk: Path) -> None:
    """Remove stages beside the desk that nobody came back to for a week."""
    oldest = time.time() - _KEPT_SECONDS
    for name in glob.glob(f"{glob.escape(str(desk))}.stage-*"):
        path = Path(name)
        try:
            if path.lstat().st_mtime >= oldest or name.endswith("-journal"):
                continue
            handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove(path)
        except BlockingIOError:
            pass
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Remove a stage; its lock must be held."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + "-journal").unlink(missing_ok=True)


def lock(path: Path) -> int:
    """Open or make the file for its user alone and lock it; whoever removes a stage holds this lock."""
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DeskUnusable(
                f"the rows cannot be staged in {path}: {os.strerror(error.errno or 0).lower()}; nothing was changed"
            ) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            named = path.lstat()
        except BlockingIOError:
            os.close(handle)
            raise DeskUnusable(
                "another program is importing this file into this desk", "wait until it is done"
            ) from None
        except FileNotFoundError:
            os.close(handle)
            continue
        opened = os.fstat(handle)
        if (named.st_ino, named.st_dev) == (opened.st_ino, opened.st_dev):
            return handle
        os.close(handle)
