"""What an initiative is made of, as kinds of files: clients, people, the plan, targets and what was observed."""

from __future__ import annotations

from collections.abc import Mapping

from changedesk.domain.kinds import row_rules
from changedesk.domain.kinds.kind import (
    NAME_LENGTH,
    Column,
    Day,
    Hours,
    Kind,
    Number,
    Text,
    ToAudience,
    ToBenefit,
    ToClient,
    ToInitiative,
    Whole,
    Word,
    Words,
    YesNo,
    Zone,
)
from changedesk.domain.words import ACTIVITY_KINDS, INITIATIVE_STATES, LANES, METHODS, PHASES, ROLES

_NAME = Text(NAME_LENGTH)
_TEXT = Text()
_AMOUNT = Number(0, 1e15)
_SIGNED = Number(-1e15, 1e15)
_INITIATIVE = Column("initiative", ToInitiative(), "initiative_id", required=True)


def _of_its_lane(by_lane: Mapping[str, tuple[str, ...]]) -> Word:
    return Word(tuple(dict.fromkeys(word for words in by_lane.values() for word in words)), tuple(by_lane.items()))


CLIENTS = Kind(
    "clients",
    "client",
    (
        Column("client", _NAME, "code", required=True),
        Column("name", _TEXT, "name"),
        Column("timezone", Zone(), "timezone"),
        Column("user_maturity", Whole(1, 5), "user_maturity"),
        Column("business_hours", Hours(), "business_hours"),
        Column("retro_hours", Whole(0, 10_000), "retro_hours"),
        Column("pir_days", Whole(0, 10_000), "pir_days"),
    ),
    key=("client",),
)

PEOPLE = Kind(
    "people",
    "person",
    (
        Column("login", _NAME, "login", required=True),
        Column("name", _TEXT, "name", required=True),
        Column("email", _TEXT, "email"),
        Column("client", ToClient(), "client_id"),
        Column("roles", Words(ROLES), "roles"),
    ),
    key=("login",),
)

INITIATIVES = Kind(
    "initiatives",
    "initiative",
    (
        Column("code", _NAME, "code", required=True),
        Column("title", _TEXT, "title", required=True),
        Column("client", ToClient(), "client_id", required=True),
        Column("project_owner", _TEXT, "project_owner"),
        Column("change_owner", _TEXT, "change_owner"),
        Column("sponsor", _TEXT, "sponsor"),
        Column("go_live_planned", Day(), "go_live_planned"),
        Column("go_live_actual", Day(has_been=True), "go_live_actual"),
        Column("budget", _AMOUNT, "budget"),
        Column("currency", _NAME, "currency"),
        Column("state", Word(INITIATIVE_STATES), "state"),
    ),
    key=("code",),
    constants={"imported": 1},
)

AUDIENCES = Kind(
    "audiences",
    "audience",
    (
        _INITIATIVE,
        Column("audience", _NAME, "name", required=True),
        Column("role", _TEXT, "role"),
        Column("site", _TEXT, "site"),
        Column("headcount", Whole(0, 1_000_000_000, unknown=0), "headcount", required=True),
        Column("go_live", Day(), "go_live"),
    ),
    key=("initiative", "audience"),
    plans=True,
)

ACTIVITIES = Kind(
    "activities",
    "activity",
    (
        _INITIATIVE,
        Column("lane", Word(LANES), "lane", required=True),
        Column("phase", _of_its_lane(PHASES), "phase", required=True),
        Column("title", _TEXT, "title", required=True),
        Column("kind", _of_its_lane(ACTIVITY_KINDS), "kind"),
        Column("audience", ToAudience(), "audience_id"),
        Column("owner", _TEXT, "owner"),
        Column("planned_start", Day(), "planned_start"),
        Column("planned_end", Day(begins="planned_start"), "planned_end", required=True),
        Column("actual_start", Day(has_been=True), "actual_start"),
        Column("actual_end", Day(has_been=True), "actual_end"),
        Column("weight", _AMOUNT, "weight"),
        Column("milestone", YesNo(), "milestone"),
    ),
    key=("initiative", "lane", "title"),
    plans=True,
    refuses=(row_rules.fits_lane("phase", "a phase", PHASES), row_rules.fits_lane("kind", "a kind", ACTIVITY_KINDS)),
    warns=(
        row_rules.in_order("planned_start", "planned_end"),
        row_rules.in_order("actual_start", "actual_end"),
    ),
)

TARGETS = Kind(
    "targets",
    "target",
    (
        _INITIATIVE,
        Column("audience", ToAudience(), "audience_id"),
        Column("metric", _NAME, "metric", required=True),
        Column("target", Number(0, 100), "target", required=True),
        Column("by", Day(), "due", required=True),
    ),
    key=("initiative", "audience", "metric"),
    plans=True,
)

OBSERVATIONS = Kind(
    "observations",
    "observation",
    (
        Column("initiative", ToInitiative(), "", required=True),
        Column("audience", ToAudience(), "audience_id", required=True),
        Column("metric", _NAME, "metric", required=True),
        Column("date", Day(has_been=True), "day", required=True),
        Column("numerator", _AMOUNT, "numerator", required=True),
        Column("denominator", _AMOUNT, "denominator", required=True),
        Column("method", Word(METHODS), "method", empty_is="observed"),
    ),
    key=("initiative", "audience", "metric", "date", "method"),
    refuses=(row_rules.OF_SOMEBODY, row_rules.COUNTS),
)

SNAPSHOTS = Kind(
    "snapshots",
    "snapshot",
    (
        _INITIATIVE,
        Column("date", Day(has_been=True), "day", required=True),
        Column("planned_value", _AMOUNT, "planned_value"),
        Column("earned_value", _AMOUNT, "earned_value"),
        Column("actual_cost", _AMOUNT, "actual_cost"),
        Column("scope_done", _AMOUNT, "scope_done"),
        Column("scope_total", _AMOUNT, "scope_total"),
    ),
    key=("initiative", "date"),
    warns=(row_rules.not_more("scope_done", "scope_total"),),
)

BENEFITS = Kind(
    "benefits",
    "benefit",
    (
        _INITIATIVE,
        Column("benefit", _NAME, "name", required=True),
        Column("unit", _NAME, "unit"),
        Column("baseline", _SIGNED, "baseline", required=True),
        Column("target", _SIGNED, "target", required=True),
        Column("due", Day(), "due"),
        Column("owner", _TEXT, "owner"),
        Column("dependent_share", Number(0, 1), "dependent_share"),
    ),
    key=("initiative", "benefit"),
    plans=True,
    warns=(row_rules.BASELINE_IS_TARGET,),
)

BENEFIT_OBSERVATIONS = Kind(
    "benefit_observations",
    "benefit_observation",
    (
        Column("initiative", ToInitiative(), "", required=True),
        Column("benefit", ToBenefit(), "benefit_id", required=True),
        Column("date", Day(has_been=True), "day", required=True),
        Column("value", _SIGNED, "value", required=True),
    ),
    key=("initiative", "benefit", "date"),
)
