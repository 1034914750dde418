"""Lines of text in files that somebody writes: short enough, harmless, and never empty."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, StringConstraints

from changedesk.domain.kinds.kind import NAME_LENGTH, TEXT_LENGTH
from changedesk.domain.plaintext import clean


def _one_line(text: str) -> str:
    """One harmless line; a text of nothing but spaces is none."""
    line = clean(text).strip()
    if not line:
        raise ValueError("it is empty")
    return line


HARMLESS: Final = AfterValidator(_one_line)
"""Makes a text one harmless line, and refuses an empty one."""
Line = Annotated[str, StringConstraints(max_length=NAME_LENGTH), HARMLESS]
"""A line as short as a name."""
Text = Annotated[str, StringConstraints(max_length=TEXT_LENGTH), HARMLESS]
"""A line that says more."""
