"""Reading a policy from a file that somebody has written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from changedesk.domain.control.policy import Policy
from changedesk.errors import BadInput

LARGEST: Final = 1_000_000
"""So many bytes a policy may have."""


def read_policy(path: Path) -> Policy:
    """The policy in a TOML file (docs/policies.md); BadInput says what is wrong with it."""
    from changedesk.intake.policy import parse_policy

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {os.strerror(error.errno or 0).lower()}") from None
    if len(data) > LARGEST:
        raise BadInput(f"{path} has more than {LARGEST:,} bytes, which no policy needs")
    return parse_policy(data, str(path))
