"""Names of files on disk: given in one step, never over another file, and there after a power cut."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

_NO_LINKS: Final = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)
"""What a file system without hard links says, such as that of a memory stick."""


def give_name(file: Path, path: Path) -> None:
    """Give a file another name in place of its own; raises FileExistsError where something has that name already."""
    try:
        os.link(file, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # The name is claimed first, so that nothing is written over.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.replace(file, path)
    else:
        file.unlink()
    sync_names(path.parent)


def sync_names(folder: Path) -> None:
    """See to it that the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
