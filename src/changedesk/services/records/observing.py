"""Recording one observation: so many of so many people, on a day."""

from __future__ import annotations

import re
from datetime import date

from changedesk.domain.kinds.kind import NAME_LENGTH
from changedesk.domain.plaintext import clean
from changedesk.domain.records import Initiative
from changedesk.domain.usage.metrics import COUNTED_METHODS, UTILIZATION
from changedesk.domain.words import METHODS
from changedesk.errors import BadInput
from changedesk.services.adoption import keeping
from changedesk.services.lookup import known_initiative, refuse_unknown
from changedesk.services.session import Session, authorise
from changedesk.services.zones import latest_day
from changedesk.store.initiative import initiatives, observations

_LISTED = 20
_COUNT = re.compile(r"\d{1,12}(?:\.\d{1,9})?", re.ASCII)


def parse_counts(text: str) -> tuple[float, float]:
    """``412/1240`` as numerator and denominator; decimals are allowed, a rate lies between 0 and 1 (invariant 18)."""
    parts = text.split("/")
    if len(parts) != 2 or not all(_COUNT.fullmatch(part.strip()) for part in parts):
        raise BadInput(f"the value {text!r} is not a count out of a count", "write it as 412/1240")
    numerator, denominator = (float(part) for part in parts)
    if denominator <= 0:
        raise BadInput(f"the value {text!r} counts out of nothing: the denominator must be above 0")
    if numerator > denominator:
        raise BadInput(f"the value {text!r} counts more than there are: the numerator must not exceed the denominator")
    return numerator, denominator


def parse_day(text: str) -> date:
    """A day written as YYYY-MM-DD."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise BadInput(f"{text!r} is no date", "write it as 2026-11-26")


def known_audience(session: Session, initiative: Initiative, audience: str) -> str:
    """The id of an audience of the initiative; another name is refused with those that it has."""
    known = {a.name: a.id for a in initiatives.audiences(session.desk.reader(), initiative.id)}
    if audience not in known:
        more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
        listed = ", ".join([*known][:_LISTED]) or "none yet"
        raise BadInput(f"{initiative.code} has no audience {audience}; it has {listed}{more}")
    return known[audience]


def observe(
    session: Session, code: str, audience: str, metric: str, day: str, value: str, method: str = "observed"
) -> str:
    """Record an observation; the same audience, metric, day and method again replaces the value and keeps the old one in the audit.

    Returns what happened: ``added``, ``updated`` or ``unchanged``.
    """
    numerator, denominator = parse_counts(value)
    on = parse_day(day)
    refuse_unknown("method", method, METHODS)
    metric = clean(metric).strip()
    if not metric or len(metric) > NAME_LENGTH:
        raise BadInput(f"the metric needs a name of at most {NAME_LENGTH} characters")
    initiative = known_initiative(session, code)
    authorise(session, "observation.record", initiative.client, initiative.id)
    if on > latest_day(session, initiative.client):
        raise BadInput(f"{on} is in the future; an observation is of a day that has been")
    group = known_audience(session, initiative, audience)
    with session.desk.write(session.actor.id) as transaction:
        before = observations.value(transaction.conn, group, metric, method, on)
        if before == (numerator, denominator):
            return "unchanged"
        observations.write(transaction.conn, group, metric, method, on, numerator, denominator)
        transaction.touch(initiative.id)
        transaction.record(
            "observation.recorded",
            initiative.id,
            {
                "audience": group,
                "metric": metric,
                "day": on,
                "method": method,
                "value": [numerator, denominator],
                "before": list(before) if before else None,
                "recorded_by": session.recorded_by,
            },
        )
    if metric == UTILIZATION and method in COUNTED_METHODS:
        # What was known this week is forecast from as it is now; a forecast that the week has already stays.
        keeping.keep_week(session, initiative.id)
    return "updated" if before else "added"
