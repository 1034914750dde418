"""The kinds of files about running services: tickets, what services are agreed to do and did, what it costs to support them."""

from __future__ import annotations

from typing import Final

from changedesk.domain.kinds import row_rules
from changedesk.domain.kinds.kind import (
    NAME_LENGTH,
    Column,
    Day,
    Kind,
    Moment,
    Number,
    Text,
    ToAudience,
    ToClient,
    ToInitiative,
    ToService,
    Whole,
    Word,
)
from changedesk.domain.words import (
    AGREEMENT_KINDS,
    AGREEMENT_METRICS,
    IMPROVEMENT_KINDS,
    SERVICE_STATES,
    SIGNAL_KINDS,
)

_NAME: Final = Text(NAME_LENGTH)
_TEXT: Final = Text()
_AMOUNT: Final = Number(0, 1e15)
_MINUTES: Final = Number(0, 1e9)
_HOURS: Final = Number(0, 1e6)
_COUNT: Final = Whole(0, 1_000_000_000)
_INITIATIVE: Final = Column("initiative", ToInitiative(), "initiative_id", required=True)
_CLIENT: Final = Column("client", ToClient(), "client_id", required=True)
_OF_SERVICE_CLIENT: Final = Column("client", ToClient(), "", required=True)
_SERVICE: Final = Column("service", ToService(), "service_id", required=True)

TICKETS = Kind(
    "tickets",
    "ticket",
    (
        Column("id", _NAME, "number", required=True),
        Column("opened_at", Moment(), "opened_at", required=True),
        Column("resolved_at", Moment(), "resolved_at"),
        Column("priority", _NAME, "priority"),
        Column("category", _NAME, "category"),
        Column("service", _NAME, "service"),
        Column("client", ToClient(), "client_id"),
        Column("initiative", ToInitiative(), "initiative_id"),
        Column("audience", ToAudience(), "audience_id"),
        Column("state", _NAME, "state"),
        Column("title", _TEXT, "title"),
        Column("related_change", _NAME, "related_change"),
    ),
    key=("client", "id"),
    refuses=(row_rules.goes_with("audience", "initiative"),),
    warns=(row_rules.in_order("opened_at", "resolved_at"), row_rules.moment_not_ahead("opened_at")),
    in_standing=False,
    clientless_is_shared=False,
)
"""Tickets of a service desk as it exported them; priority and state are the desk's own words."""

SERVICES = Kind(
    "services",
    "service",
    (
        _CLIENT,
        Column("service", _NAME, "name", required=True),
        Column("owner", _TEXT, "owner"),
        Column("state", Word(SERVICE_STATES), "state", empty_is="operation"),
        Column("objective", _TEXT, "objective"),
        Column("currency", _NAME, "currency"),
        Column("horizon_months", Whole(1, 600), "horizon_months"),
        Column("acquisition_cost", _AMOUNT, "acquisition_cost"),
        Column("hour_rate", _AMOUNT, "hour_rate"),
    ),
    key=("client", "service"),
    in_standing=False,
)
"""Services of clients, with what their total cost is counted with."""

AGREEMENTS = Kind(
    "agreements",
    "agreement",
    (
        _OF_SERVICE_CLIENT,
        _SERVICE,
        Column("kind", Word(AGREEMENT_KINDS), "kind", required=True),
        Column("metric", Word(AGREEMENT_METRICS), "metric", required=True),
        Column("target", _AMOUNT, "target", required=True),
        Column("tolerance", _AMOUNT, "tolerance"),
        Column("partner", _TEXT, "partner"),
    ),
    key=("client", "service", "kind", "metric"),
    in_standing=False,
)
"""What was agreed of a service: with the client, within the house, with a supplier."""

SERVICE_PERIODS = Kind(
    "service_periods",
    "service_period",
    (
        _OF_SERVICE_CLIENT,
        _SERVICE,
        Column("start", Day(has_been=True), "start_on", required=True),
        Column("end", Day(begins="start"), "end_on", required=True),
        Column("agreed_min", _MINUTES, "agreed_min"),
        Column("down_min", _MINUTES, "down_min"),
        Column("failures", _COUNT, "failures"),
        Column("restored_min", _MINUTES, "restored_min"),
        Column("repaired_min", _MINUTES, "repaired_min"),
        Column("incidents", _COUNT, "incidents"),
        Column("change_incidents", _COUNT, "change_incidents"),
        Column("change_down_min", _MINUTES, "change_down_min"),
        Column("csat_sat", _COUNT, "csat_sat"),
        Column("csat_n", _COUNT, "csat_n"),
        Column("asked", _COUNT, "asked"),
        Column("cost", _AMOUNT, "cost"),
        Column("planned_cost", _AMOUNT, "planned_cost"),
        Column("releases", _COUNT, "releases"),
        Column("due", _COUNT, "due"),
        Column("met", _COUNT, "met"),
    ),
    key=("client", "service", "start"),
    refuses=(
        row_rules.in_order("start", "end"),
        row_rules.not_more("down_min", "agreed_min"),
        row_rules.not_more("change_down_min", "down_min"),
        row_rules.not_more("change_incidents", "incidents"),
        row_rules.not_more("csat_sat", "csat_n"),
        row_rules.not_more("csat_n", "asked"),
        row_rules.not_more("met", "due"),
    ),
    warns=(row_rules.not_more("repaired_min", "restored_min"),),
    in_standing=False,
)
"""What a service did in a period, as counts and minutes; every figure is made of them."""

SIGNALS = Kind(
    "signals",
    "service_signal",
    (
        _OF_SERVICE_CLIENT,
        _SERVICE,
        Column("limitation", _TEXT, "limitation", required=True),
        Column("kind", Word(SIGNAL_KINDS), "kind", required=True),
        Column("date", Day(has_been=True), "day", required=True),
        Column("detail", _TEXT, "detail", required=True),
        Column("reference", _TEXT, "reference"),
    ),
    key=("client", "service", "limitation", "kind", "date", "detail"),
    in_standing=False,
)
"""Signs that a service falls short; those of one limitation speak together."""

IMPROVEMENTS = Kind(
    "improvements",
    "improvement",
    (
        _OF_SERVICE_CLIENT,
        _SERVICE,
        Column("limitation", _TEXT, "limitation", required=True),
        Column("kind", Word(IMPROVEMENT_KINDS), "kind"),
        Column("owner", _TEXT, "owner"),
        Column("due", Day(), "due"),
    ),
    key=("client", "service", "limitation"),
    in_standing=False,
)
"""What is to be better about a service; decisions about it are made on the desk and never loaded into it."""

SUPPORT_HOURS = Kind(
    "support_hours",
    "support_hours",
    (
        _INITIATIVE,
        Column("date", Day(has_been=True), "day", required=True),
        Column("technical", _HOURS, "technical"),
        Column("behavioural", _HOURS, "behavioural"),
    ),
    key=("initiative", "date"),
    in_standing=False,
)
"""Hours of support after a go-live from that day on: on technology, and on what people do with it (R16)."""

SECURITY_EXCEPTIONS = Kind(
    "security_exceptions",
    "security_exception",
    (
        _INITIATIVE,
        Column("title", _TEXT, "title", required=True),
        Column("opened_on", Day(has_been=True), "opened_on", required=True),
        Column("owner", _TEXT, "owner"),
        Column("expires_on", Day(), "expires_on"),
        Column("closed_on", Day(has_been=True), "closed_on"),
    ),
    key=("initiative", "title"),
    warns=(row_rules.in_order("opened_on", "closed_on"),),
    in_standing=False,
)
"""Exceptions from a rule of security that an initiative left behind (R2)."""

DUTIES = Kind(
    "duties",
    "duty",
    (
        _CLIENT,
        Column("who", _TEXT, "who", required=True),
        Column("role", _TEXT, "role"),
        Column("start", Moment(), "starts_at", required=True),
        Column("end", Moment(), "ends_at", required=True),
        Column("contact", _TEXT, "contact"),
    ),
    key=("client", "who", "start"),
    refuses=(row_rules.in_order("start", "end"),),
    in_standing=False,
)
"""Who is on duty for a client, from when to when, and how to reach them."""

HANDOVERS = Kind(
    "handovers",
    "handover",
    (
        _INITIATIVE,
        Column("planned_start", Day(), "planned_start"),
        Column("planned_end", Day(begins="planned_start"), "planned_end"),
        Column("started_on", Day(has_been=True), "started_on"),
        Column("planned_hours", _HOURS, "planned_hours"),
        Column("spent_hours", _HOURS, "spent_hours"),
    ),
    key=("initiative",),
    refuses=(row_rules.in_order("planned_start", "planned_end"),),
    in_standing=False,
    plans=True,
)
"""The plan of a handover, and what it has taken; its checklist and its acceptance are decisions made on the desk."""
