"""When a decision may lock: not before every side that it touches knows it (R57, R69)."""

from __future__ import annotations

from typing import Final

from changedesk.domain.working import Decision

SIDES: Final = ("delivery", "people")

_OWNERS: Final = {"delivery": "project owner", "people": "change owner"}
_TOUCHED: Final = {"delivery": "timing", "people": "adoption"}


def sides_touched(decision: Decision) -> tuple[str, ...]:
    """The lanes whose acknowledgement it takes: delivery when it touches timing, people when it touches adoption."""
    touches = {"delivery": decision.touches_timing, "people": decision.touches_adoption}
    return tuple(side for side in SIDES if touches[side])


def sides_missing(decision: Decision) -> tuple[str, ...]:
    """The lanes that it touches and that have not acknowledged it."""
    return tuple(side for side in sides_touched(decision) if not acknowledged_by(decision, side))


def acknowledged_by(decision: Decision, side: str) -> str | None:
    """Who acknowledged it for a lane."""
    return decision.delivery_ack if side == "delivery" else decision.people_ack


def refuse_lock(decision: Decision) -> str | None:
    """Why the decision cannot lock yet, as a sentence; None when it can.

    One that touches timing and adoption takes both acknowledgements, from two people (R69); one that touches either
    takes that side's; one that touches neither takes none.
    """
    if decision.locked_at is not None:
        return f"{decision.title} is locked already"
    missing = sides_missing(decision)
    if missing:
        touched = " and ".join(_TOUCHED[side] for side in sides_touched(decision))
        waits = " and the ".join(f"{_OWNERS[side]}'s" for side in missing)
        return f"{decision.title} touches {touched}: it locks after the {waits} acknowledgement"
    if len(sides_touched(decision)) == 2 and decision.delivery_ack == decision.people_ack:
        return f"{decision.delivery_ack} acknowledged {decision.title} for both sides; that takes two people"
    return None


def refuse_ack(
    decision: Decision, side: str, who: str, project_owner: str | None, change_owner: str | None
) -> str | None:
    """Why ``who`` cannot acknowledge the decision for a side (``delivery`` or ``people``), as a sentence; None when possible.

    Each side that it touches is acknowledged by its own owner, once, and never both by one person.
    """
    if decision.locked_at is not None:
        return f"{decision.title} is locked; what is locked is no longer acknowledged"
    if side not in sides_touched(decision):
        return f"{decision.title} does not touch {_TOUCHED[side]}; the {side} side has nothing to acknowledge"
    already = acknowledged_by(decision, side)
    if already:
        return f"the {side} side has acknowledged {decision.title} already, {already} for it"
    owner = project_owner if side == "delivery" else change_owner
    if not owner:
        return f"there is no {_OWNERS[side]} to acknowledge {decision.title}; name one first"
    if who != owner:
        return f"the {side} side of {decision.title} is acknowledged by the {_OWNERS[side]} {owner}, not by {who}"
    if acknowledged_by(decision, "people" if side == "delivery" else "delivery") == who:
        return f"{who} acknowledged the other side of {decision.title}; the two come from two people"
    return None
