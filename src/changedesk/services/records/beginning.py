"""What a new record begins with in a form: what is known of it before anything is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import Final

from changedesk.domain.kinds.kind import ToAudience, ToBenefit, ToClient, ToService
from changedesk.services.records import records
from changedesk.services.records.completing import known_names
from changedesk.services.records.records import Record
from changedesk.services.session import Session

SEEN_TODAY: Final = {
    "benefit_observations": "date",
    "confidence": "date",
    "resistance": "first_seen",
    "signals": "date",
    "snapshots": "date",
    "workarounds": "first_seen",
}
"""Kinds of what is written down on the day on which it was seen, said or measured, with the column of that day."""


def begun(
    session: Session,
    form_name: str,
    initiative_code: str | None = None,
    given: Mapping[str, str] = MappingProxyType({}),
    *,
    quick: bool = False,
) -> Record:
    """A record yet to be made: with what is ``given``, what is seen seen today, and the only one where one has to be named.

    A client, an audience, a benefit or a service that the record cannot do without is no question where there is but one. In a
    ``quick`` entry, which asks for nothing else, an only audience is the one that is meant, too.
    """
    record, wanted = records.blank(session, form_name, initiative_code), records.form(form_name)
    seen = {SEEN_TODAY[form_name]: session.today.isoformat()} if form_name in SEEN_TODAY else {}
    values = {**record.values, **seen, **given}
    for field in wanted.fields:
        column = field.column
        match column.type:
            case ToAudience() if column.required or quick:
                pass
            case ToClient() | ToBenefit() if column.required:
                pass
            case ToService() if column.required and values["client"]:
                pass
            case _:
                continue
        if not values[column.name]:
            values[column.name] = _only(session, field.suggest, initiative_code, values.get("client"))
    return replace(record, values=values)


def _only(session: Session, source: str, initiative_code: str | None, client: str | None) -> str:
    """The name that completes a field where there is no other; empty where there are several, or none."""
    first = tuple(islice(known_names(session, source, initiative_code, client), 2))
    return first[0] if len(first) == 1 else ""
