"""What is said where a desk has nothing yet: which key makes the first."""

from __future__ import annotations

from typing import Final

from changedesk.commands import key_to

NO_CLIENT: Final = f"No client yet: {key_to('portfolio.clients')} on the portfolio makes one."
NO_PERSON: Final = f"No person yet: {key_to('portfolio.people')} on the portfolio makes one."
NO_INITIATIVE: Final = f"No initiative yet: {key_to('portfolio.new_from_playbook')} on the portfolio makes one."


def from_a_file(kind: str) -> str:
    """How the rows of a kind come from a file."""
    return f"From a file: changedesk import FILE --kind {kind}"
