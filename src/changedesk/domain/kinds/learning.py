"""What is written in a form after changes: how one ended, a review, an action that it asks for, a standard change."""

from __future__ import annotations

from changedesk.domain.control.proposal import ABOUT
from changedesk.domain.control.template import OPEN_FIELDS
from changedesk.domain.kinds.kind import (
    NAME_LENGTH,
    Column,
    Day,
    Kind,
    Moment,
    Names,
    Number,
    Text,
    ToClient,
    Whole,
    Word,
    Words,
    YesNo,
)
from changedesk.domain.words import CAUSES, OUTCOMES, REVIEW_RESULTS, RISK_LEVELS

_NAME = Text(NAME_LENGTH)
_TEXT = Text()
_LONG = Text(2_000)
_PLAN = Text(20_000)
_MINUTES = Whole(0, 1_000_000)

ENDING = Kind(
    "ending",
    "change_request",
    (
        Column("change", _TEXT, ""),
        Column("client", ToClient(), ""),
        Column("outcome", Word(OUTCOMES), "outcome", required=True),
        Column("shown_by", _TEXT, "", required=True),
        Column("began", Moment(), ""),
        Column("ended", Moment(), ""),
        Column("caused_p1", YesNo(), "caused_p1"),
    ),
    key=("change",),
)
"""How and when a change ended, and what shows it; a change that was taken back says why instead."""

REVIEW = Kind(
    "review",
    "review",
    (
        Column("change", _TEXT, ""),
        Column("result", Word(REVIEW_RESULTS), "result", required=True),
        Column("findings", _LONG, "findings", required=True),
        Column("cause", Word(CAUSES), "cause"),
        Column("impacts", _LONG, "impacts"),
        Column("last_minute", _LONG, "last_minute"),
        Column("downtime_minutes", _MINUTES, "downtime_minutes"),
        Column("incidents", Names(), "incidents"),
        Column("caused_p1", YesNo(), ""),
        Column("informed", YesNo(), "informed"),
        Column("adoption_effect", _LONG, "adoption_effect"),
        Column("lesson", _LONG, ""),
        Column("action", _TEXT, ""),
        Column("action_owner", _NAME, ""),
        Column("action_due", Day(), ""),
        Column("proposal", _LONG, "proposal"),
        Column("about", Word(ABOUT), ""),
    ),
    key=("change",),
)
"""The review of a change with all that DOMAIN 1.5 asks, and what follows from it."""

ACTION = Kind(
    "review_action",
    "review_action",
    (
        Column("change", _TEXT, ""),
        Column("text", _TEXT, "text", required=True),
        Column("owner", _NAME, "owner"),
        Column("due", Day(), "due"),
    ),
    key=("change",),
)

TEMPLATE = Kind(
    "template",
    "template",
    (
        Column("client", ToClient(), "client_id", required=True),
        Column("name", _NAME, "name", required=True),
        Column("title", _TEXT, "", required=True),
        Column("services", Names(), ""),
        Column("reason", _PLAN, ""),
        Column("plan", _PLAN, "", required=True),
        Column("test_plan", _PLAN, ""),
        Column("backout_plan", _PLAN, "", required=True),
        Column("backout_minutes", _MINUTES, ""),
        Column("outage_minutes", _MINUTES, ""),
        Column("risk", Word(RISK_LEVELS), "", required=True),
        Column("max_risk", Word(RISK_LEVELS), "max_risk", required=True),
        Column("allowed", Words(OPEN_FIELDS), "allowed"),
        Column("min_success", Number(0, 100), "min_success", required=True),
    ),
    key=("client", "name"),
)
"""A standard change as it is proposed: its body, what a use may alter, how well it has to go (percent)."""
