"""Change requests for the rules' tests, with everything that a test does not speak of left unremarkable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from builders import NOW
from changedesk.domain.control.approval import AUTHORIZE, Step, Vote
from changedesk.domain.control.request import ChangeRequest, Content

CONTENT = Content("normal", "Patch", NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2), services=("mail",))


def a_request(**fields: Any) -> ChangeRequest:
    """A draft; its window is tomorrow."""
    usual: dict[str, Any] = {
        "id": "c", "rev": 1, "client": "alder", "number": "CHG-1", "content": CONTENT, "state": "draft", "hold": None,
        "revision": 1, "round": 0, "policy": None, "panel": {}, "submitted_at": None, "opened_at": None,
        "decided_at": None, "authorisers": (), "retro_due": None, "actual_start": None, "actual_end": None,
        "outcome": None, "outcome_reason": None, "caused_p1": False, "imported": False, "held_here": True,
    }  # fmt: skip
    return ChangeRequest(**{**usual, **fields})


def a_step(order: int = 1, phase: str = AUTHORIZE, seats: tuple[str, ...] = ("nora",)) -> Step:
    """A step that one voice of its seats satisfies."""
    return Step(order, f"step {order}", phase, "any", None, seats)


def a_vote(decision: str = "approve", step: int = 1, voter: str = "nora", hours: float = 0) -> Vote:
    """A vote that counts, so many hours from now."""
    at = NOW + timedelta(hours=hours)
    return Vote(f"{voter}{step}", 1, 1, "d", step, voter, None, decision, None, at, None, None)
