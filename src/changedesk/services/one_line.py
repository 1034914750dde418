"""What somebody says with an act, in one harmless line: refused where it is too long, never cut off unsaid."""

from __future__ import annotations

from typing import Final

from changedesk.domain.kinds.kind import TEXT_LENGTH
from changedesk.domain.plaintext import clean
from changedesk.domain.saying import count
from changedesk.errors import BadInput

_MUCH: Final = 4
"""A text of so many times what is allowed is too long, whatever is left of it when it is cleaned: it is not looked through."""


def one_line(text: str | None, limit: int = TEXT_LENGTH, what: str = "text") -> str:
    """The text without what could act or hide; empty where nothing was written, or nothing is left of it.

    ``what`` is how it is called when it has more than ``limit`` characters, which is BadInput.
    """
    written = (text or "").strip()
    line = written if len(written) > _MUCH * limit else clean(written).strip()
    if len(line) > limit:
        raise BadInput(f"the {what} has {count(len(line))} characters; {count(limit)} are allowed")
    return line
