"""The kinds of files about running services: tickets, what services are agreed to do and did, what it costs to support them."""

from __future__ import annotations

from typing import Final

from changedesk.domain import row_rules
from changedesk.domain.kind import (
    NAME_LENGTH,
    Column,
    Kind,
    Moment,
    Text,
    ToAudience,
    ToClient,
    ToInitiative,
)

_NAME: Final = Text(NAME_LENGTH)
_TEXT: Final = Text()

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
