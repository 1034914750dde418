"""The declaration of a step of an approval policy, as it is written in a form."""

from __future__ import annotations

from changedesk.domain.kinds.kind import NAME_LENGTH, Column, Kind, Names, Text, Whole, Word
from changedesk.domain.words import ON_TIMEOUT, STEP_RULES

_NAME = Text(NAME_LENGTH)
_VOTES = Whole(1, 1000)
STEP_PHASES = ("assess", "authorize")
"""What a step does: it judges risk and conflicts, or it lets the change happen."""

STEP = Kind(
    "policy_step",
    "policy",
    (
        Column("name", _NAME, "name", required=True),
        Column("phase", Word(STEP_PHASES), "phase", required=True),
        Column("rule", Word(STEP_RULES), "rule", required=True),
        Column("number", _VOTES, "number"),
        Column("seats", Names(), "seats", required=True),
        Column("mandatory", Names(), "mandatory"),
        Column("quorum", Whole(0, 1000), "quorum"),
        Column("deadline_hours", Whole(1, 10_000), "deadline_hours"),
        Column("on_timeout", Word(ON_TIMEOUT), "on_timeout", empty_is="escalate"),
        Column("escalate_to", _NAME, "escalate_to"),
        Column("freeze_number", _VOTES, "freeze_number"),
    ),
    key=("name",),
)
"""A step of a policy; it is kept as a part of the policy, never by itself."""
