"""Where the details of an error of ours go: to a file of the reader's own, never to the screen.

Only the places in the program are written down, not the values, which may belong to a client.
"""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path


def crash_file() -> Path:
    """The file for the details of errors, in the platform's folder for logs."""
    from platformdirs import user_log_path

    return user_log_path("changedesk", appauthor=False) / "errors.log"


def record(error: BaseException, file: Path | None = None) -> Path | None:
    """Append where an error happened to the file; gives the file, or None when it could not be written."""
    file = file or crash_file()
    frames = traceback.StackSummary.from_list(traceback.extract_tb(error.__traceback__))
    text = f"{datetime.now(UTC).isoformat(timespec='seconds')} {type(error).__name__}\n{''.join(frames.format())}\n"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as log:
            log.write(text)
    except OSError:
        return None
    return file
