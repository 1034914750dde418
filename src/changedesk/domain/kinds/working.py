"""What is written down while an initiative is worked on: risks, decisions, resistance, workarounds, and days off."""

from __future__ import annotations

from changedesk.domain.kinds import row_rules
from changedesk.domain.kinds.kind import Column, Day, Kind, Text, ToAudience, ToClient, ToInitiative, Whole, Word, YesNo
from changedesk.domain.words import RESISTANCE_ACTIONS, RISK_KINDS, WORKAROUND_KINDS

_TEXT = Text()
_INITIATIVE = Column("initiative", ToInitiative(), "initiative_id", required=True)

RISKS = Kind(
    "risks",
    "risk",
    (
        _INITIATIVE,
        Column("title", _TEXT, "title", required=True),
        Column("kind", Word(RISK_KINDS), "kind", required=True),
        Column("probability", Whole(1, 5), "probability"),
        Column("impact", Whole(1, 5), "impact"),
        Column("owner", _TEXT, "owner"),
        Column("response", _TEXT, "response"),
        Column("closed_on", Day(has_been=True), "closed_on"),
    ),
    key=("initiative", "title"),
)

DECISIONS = Kind(
    "decisions",
    "decision",
    (
        _INITIATIVE,
        Column("title", _TEXT, "title", required=True),
        Column("touches_timing", YesNo(), "touches_timing", required=True),
        Column("touches_adoption", YesNo(), "touches_adoption", required=True),
    ),
    key=("initiative", "title"),
    guarded_by=("delivery_ack", "people_ack", "locked_at"),
    guarded_as="was acknowledged or locked as it is; record another decision",
)

RESISTANCE = Kind(
    "resistance",
    "resistance",
    (
        _INITIATIVE,
        Column("title", _TEXT, "title", required=True),
        Column("audience", ToAudience(), "audience_id"),
        Column("first_seen", Day(has_been=True), "first_seen", required=True),
        Column("severity", Whole(1, 5), "severity"),
        Column("cause", _TEXT, "cause"),
        Column("owner", _TEXT, "owner"),
        Column("action", Word(RESISTANCE_ACTIONS), "action"),
        Column("issue", _TEXT, "issue"),
        Column("milestone", _TEXT, "milestone"),
        Column("outcome", _TEXT, "outcome"),
        Column("closed_on", Day(has_been=True), "closed_on"),
    ),
    key=("initiative", "title"),
    warns=(row_rules.in_order("first_seen", "closed_on"),),
)

WORKAROUNDS = Kind(
    "workarounds",
    "workaround",
    (
        _INITIATIVE,
        Column("title", _TEXT, "title", required=True),
        Column("audience", ToAudience(), "audience_id"),
        Column("kind", Word(WORKAROUND_KINDS), "kind"),
        Column("first_seen", Day(has_been=True), "first_seen", required=True),
        Column("count", Whole(0, 1_000_000_000), "count"),
        Column("tolerated", YesNo(), "tolerated"),
        Column("owner", _TEXT, "owner"),
        Column("retire_by", Day(), "retire_by"),
        Column("closed_on", Day(has_been=True), "closed_on"),
    ),
    key=("initiative", "title"),
    warns=(row_rules.in_order("first_seen", "closed_on"),),
)

HOLIDAYS = Kind(
    "holidays",
    "holiday",
    (
        Column("client", ToClient(), "client_id", required=True),
        Column("date", Day(), "day", required=True),
        Column("title", _TEXT, "title", required=True),
    ),
    key=("client", "date"),
)
