"""The kinds of change control: windows of time, and changes as history."""

from __future__ import annotations

from changedesk.domain.kinds import row_rules
from changedesk.domain.kinds.kind import (
    NAME_LENGTH,
    Column,
    Kind,
    Moment,
    Names,
    Recurrence,
    Text,
    ToClient,
    ToInitiative,
    Whole,
    Word,
)
from changedesk.domain.words import CHANGE_PATHS, CHANGE_STATES, OUTCOMES, RISK_LEVELS, WINDOW_KINDS

_NAME = Text(NAME_LENGTH)
_TEXT = Text()
_PLAN = Text(20_000)
_MINUTES = Whole(0, 1_000_000)

WINDOWS = Kind(
    "windows",
    "time_window",
    (
        Column("client", ToClient(), "client_id"),
        Column("kind", Word(WINDOW_KINDS), "kind", required=True),
        Column("scope", _TEXT, "scope"),
        Column("title", _TEXT, "title", required=True),
        Column("start", Moment(), "starts_at", required=True),
        Column("end", Moment(), "ends_at", required=True),
        Column("rrule", Recurrence(), "rrule"),
    ),
    key=("client", "kind", "title", "start"),
    refuses=(row_rules.SCOPE, row_rules.after("end", "start")),
)

CHANGES = Kind(
    "changes",
    "change_request",
    (
        Column("number", _NAME, "number", required=True),
        Column("client", ToClient(), "client_id", required=True),
        Column("title", _TEXT, "title", required=True),
        Column("path", Word(CHANGE_PATHS), "path", required=True),
        Column("risk", Word(RISK_LEVELS), "risk"),
        Column("services", Names(), "services"),
        Column("planned_start", Moment(), "planned_start", required=True),
        Column("planned_end", Moment(), "planned_end", required=True),
        Column("actual_start", Moment(), "actual_start"),
        Column("actual_end", Moment(), "actual_end"),
        Column("requester", _TEXT, "requester"),
        Column("implementer", _TEXT, "implementer"),
        Column("state", Word(CHANGE_STATES), "state"),
        Column("outcome", Word(OUTCOMES), "outcome"),
        Column("initiative", ToInitiative(), "initiative_id"),
    ),
    key=("client", "number"),
    refuses=(row_rules.after("planned_end", "planned_start"), row_rules.in_order("actual_start", "actual_end")),
    warns=(row_rules.OUTCOME_WITHOUT_END,),
    constants={"imported": 1, "held_here": 0},
    guarded_by=("held_here",),
    guarded_as="was made or worked on here; edit it where it is",
)

CHANGE = Kind(
    "change",
    "change_request",
    (
        Column("client", ToClient(), "client_id", required=True),
        Column("title", _TEXT, "title", required=True),
        Column("path", Word(CHANGE_PATHS), "path", required=True),
        Column("template", _NAME, "template"),
        Column("planned_start", Moment(), "planned_start", required=True),
        Column("planned_end", Moment(), "planned_end", required=True),
        Column("services", Names(), "services"),
        Column("reason", _PLAN, "reason"),
        Column("plan", _PLAN, "plan"),
        Column("test_plan", _PLAN, "test_plan"),
        Column("backout_plan", _PLAN, "backout_plan"),
        Column("backout_minutes", _MINUTES, "backout_minutes"),
        Column("outage_minutes", _MINUTES, "outage_minutes"),
        Column("risk", Word(RISK_LEVELS), "risk"),
        Column("implementer", _NAME, "implementer"),
        Column("initiative", _NAME, "initiative_id"),
        Column("milestone", _TEXT, "milestone"),
        Column("incident", _TEXT, "incident"),
    ),
    key=("title",),
    refuses=(row_rules.after("planned_end", "planned_start"),),
)
"""A change as it is written here, with all that a vote is given on."""
