"""Reading a policy from a file that somebody has written."""

from __future__ import annotations

from pathlib import Path

from changedesk.domain.control.policy import Policy
from changedesk.services.beside_desk import bytes_of


def read_policy(path: Path) -> Policy:
    """The policy in a TOML file (docs/policies.md); BadInput says what is wrong with it."""
    from changedesk.intake.policy import parse_policy

    return parse_policy(bytes_of(path), str(path))
