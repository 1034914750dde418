"""The two lights of a go-live: the change is authorised, the business is ready; neither stands for the other (R106)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from changedesk.domain.control.serving import Serving
from changedesk.domain.counted import counted
from changedesk.domain.records import Gate
from changedesk.domain.saying import count
from changedesk.domain.words import CHECKPOINTS
from changedesk.values import dataclass

CHANGE_LIGHT: Final = "change authorised"
BUSINESS_LIGHT: Final = "business ready"
NEAR: Final = 7
"""So many days before the checkpoint is due a light that is off is late, no longer only at risk."""


@dataclass(frozen=True, slots=True)
class Light:
    """One light: ``on`` is None while nobody can say. ``level`` is late, at_risk, fine or unknown, ``sentence`` the reason.

    ``shorter`` are forms of that sentence for less room, the longest first.
    """

    on: bool | None
    level: str
    sentence: str
    shorter: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """yes, no, or ? where it is unknown."""
        return "?" if self.on is None else "yes" if self.on else "no"


def change_light(serving: Sequence[Serving], due: date | None, today: date) -> Light:
    """Whether the changes that are the go-live of an initiative are authorised: all of them, on their present revision."""
    asked = [one for one in serving if one.is_go_live and one.state not in ("cancelled", "rejected")]
    if not asked:
        refused = next((one for one in serving if one.is_go_live and one.state == "rejected"), None)
        if refused is not None:
            return Light(False, _off(due, today), f"{refused.number} was rejected")
        others = sum(not one.is_go_live for one in serving)
        if others:
            said = counted(others, "change")
            short = (f"no go-live among {said}", "none for go-live")
            return Light(None, "unknown", f"{said}, none tied to the go-live", short)
        return Light(None, "unknown", "no change asks for this go-live yet", ("none asks for it yet",))
    unauthorised = next((one for one in asked if one.authorised is False), None)
    if unauthorised is not None:
        return Light(False, "late", f"{unauthorised.number} was done without leave")
    waiting = [one for one in asked if one.approval != "approved"]
    if waiting:
        return Light(False, _off(due, today), f"{waiting[0].number}: {waiting[0].words}")
    return Light(True, "fine", f"{asked[0].number}: {asked[0].words}")


def business_light(gate: Gate, due: date | None, today: date) -> Light:
    """Whether the go-live gate has both signatures: delivery says that it works, people that they can use it."""
    gate_number = CHECKPOINTS.index(gate.name) + 1
    if gate.signed:
        return Light(True, "fine", f"gate {gate_number} signed by both lanes", (f"gate {gate_number} signed",))
    lanes = [lane for lane, signed in gate.state_by_lane.items() if not signed]
    missing = sum(len(gate.missing(lane)) for lane in lanes)
    side = f": {lanes[0]}" if len(lanes) == 1 else ""
    left = f"{count(missing)} open" if missing else "unsigned"
    items = f", {left}" if missing else ""
    short = (f"gate {gate_number}: {left}", left)
    return Light(False, _off(due, today), f"gate {gate_number}{side} unsigned{items}", short)


def _off(due: date | None, today: date) -> str:
    return "late" if due is not None and (due - today).days <= NEAR else "at_risk"
