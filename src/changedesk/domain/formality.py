"""When a checkpoint looks like a formality: everything ticked at once, or without evidence, just before signing (R166)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from changedesk.domain.attention_rules import gate_name
from changedesk.domain.counted import counted
from changedesk.domain.records import Gate

SAME_MINUTE: Final = timedelta(minutes=1)
"""Ticks that lie no further apart were made in one go."""

RIGHT_BEFORE: Final = timedelta(minutes=10)
"""All of it ticked within so long before the signature was ticked for the signature."""

FEWEST: Final = 2
"""A single item is no pattern."""


def formality(gate: Gate, lane: str) -> str | None:
    """The pattern of a lane's signature in a sentence, for people to judge; None when there is none.

    All items of the lane were ticked within ten minutes before its signature, and within one minute or without any
    evidence. A side with open items was signed by a waiver, in the open, and is none.
    """
    signature = gate.signature(lane)
    items = [item for item in gate.items if item.lane == lane]
    ticks = [item.done_at for item in items if item.done_at is not None]
    if signature is None or len(items) < FEWEST or len(ticks) < len(items):
        return None
    if not timedelta(0) <= signature.signed_at - min(ticks) <= RIGHT_BEFORE:
        return None
    how = []
    if max(ticks) - min(ticks) <= SAME_MINUTE:
        how.append("within one minute")
    if not any(item.evidence and item.evidence.strip() for item in items):
        how.append("without evidence")
    if not how:
        return None
    every = "both items" if len(items) == FEWEST else f"all {counted(len(items), 'item')}"
    ticked = f"{every} of the {lane} side were ticked {' and '.join(how)}"
    return f"{gate_name(gate.name).lower()}: {ticked}, right before {signature.signer} signed"
