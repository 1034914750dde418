"""Whether the dashboard can be drawn where it was started."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from changedesk.errors import BadInput

HINT = "status and show --json work everywhere"


def need_terminal() -> None:
    """Refuse, in one sentence, to draw on what is no terminal, or on one that cannot place text."""
    for stream, name in ((sys.__stdin__, "input"), (sys.__stdout__, "output")):
        if not _is_terminal(stream):
            raise BadInput(f"the dashboard needs a terminal, and its {name} is none", HINT)
    terminal = os.environ.get("TERM", "")
    if terminal in ("", "dumb", "unknown"):
        named = f"TERM is {terminal}" if terminal else "TERM is not set"
        raise BadInput(f"the dashboard needs a terminal that can place text, and {named}", HINT)


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and os.isatty(stream.fileno())
    except (OSError, ValueError):
        return False
