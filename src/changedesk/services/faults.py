"""Where the details of an unexpected fault go: to a file of the user's own, never to the screen."""

from __future__ import annotations

import os
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path


def keep_traceback(error: BaseException) -> str:
    """Write the traceback, without the values of variables, to a log file that only its user may read; returns its path."""
    from platformdirs import user_log_path

    text = f"{datetime.now(UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n"
    for folder in (
        user_log_path("changedesk", appauthor=False),
        Path(tempfile.gettempdir()) / f"changedesk-{os.getuid()}",
    ):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(folder / "faults.log", os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        except OSError:
            continue
        with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        return str(folder / "faults.log")
    return "no file, because none could be written"
