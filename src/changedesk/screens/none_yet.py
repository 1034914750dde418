"""What is said where a desk has nothing yet: which key makes the first."""

from __future__ import annotations

from typing import Final

NO_CLIENT: Final = "No client yet: C on the portfolio makes one."
NO_PERSON: Final = "No person yet: P on the portfolio makes one."
NO_INITIATIVE: Final = "No initiative yet: N on the portfolio makes one."


def from_a_file(kind: str) -> str:
    """How the rows of a kind come from a file."""
    return f"From a file: changedesk import FILE --kind {kind}"
