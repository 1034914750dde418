"""What an initiative itself must have before a checkpoint is signed (R134, R140, R147, invariant 15).

Who may sign, and with which items done, is :func:`changedesk.domain.gates.refuse_signature`'s to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.measures.benefits import sought
from changedesk.domain.working import Benefit

CLOSING: Final = "closing"
"""Stands for the closing of the initiative, which is no checkpoint but asks the same of it as the last one."""


def lacks_outcome_owner(checkpoint: str, outcome_owner: str | None) -> bool:
    """Whether this checkpoint asks for an owner of the outcome whom nobody has named (R140)."""
    return checkpoint in ("sustain_90", CLOSING) and not (outcome_owner and outcome_owner.strip())


def refuse_gate(
    checkpoint: str, code: str, charter: str | None, benefits: Sequence[Benefit], outcome_owner: str | None
) -> str | None:
    """Why neither lane may sign the checkpoint of initiative ``code`` yet, as a sentence; None when both may.

    ``initiation`` takes a reference to the charter (R134) and a benefit (R147); ``go_live`` a benefit, whose baseline
    was taken before (invariant 15); a disbenefit is none. ``sustain_90`` and :data:`CLOSING` take an owner of the outcome,
    because accountability moves to operations (R140).
    """
    aims = sought(benefits)
    if checkpoint == "initiation":
        gaps = [] if charter and charter.strip() else [("no charter", "where the approved one is")]
        gaps += [] if aims else [("no benefit", "what it is done for, with its baseline and target,")]
        if gaps:
            missing, asked = (" and ".join(words) for words in zip(*gaps, strict=True))
            return f"{code} has {missing}; say {asked} before initiation is signed"
    if checkpoint == "go_live" and not aims:
        return f"{code} has no benefit with a baseline; after go-live the baseline can no longer be measured"
    if lacks_outcome_owner(checkpoint, outcome_owner):
        return f"{code} has no owner of the outcome; name who answers for it in operations"
    return None
