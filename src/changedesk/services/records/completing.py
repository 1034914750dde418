"""Names that complete what is typed in the field of a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from changedesk.domain.control.recurrence_entry import USUAL
from changedesk.domain.control.windows import SERVICE_SCOPE
from changedesk.domain.usage.metrics import METRICS
from changedesk.services.lookup import known_initiative
from changedesk.services.records.records import OWN_WAY, form, own_way
from changedesk.services.session import Session
from changedesk.store import records
from changedesk.store.control import calendar

_SUGGESTED = 8
_SOURCES = {
    "people": ("person", "login"),
    "clients": ("client", "code"),
    "audiences": ("audience", "name"),
    "benefits": ("benefit", "name"),
    "services": ("service", "name"),
    "milestones": ("activity", "title"),
}

_READ: Mapping[str, Callable[[Session, str | None], Sequence[str]]] = {
    "scopes": lambda session, client: [
        f"{SERVICE_SCOPE}{name}" for name in calendar.services(session.desk.reader(), session.scope.narrowed(client))
    ],
    "rules": lambda *_: USUAL,
    "metrics": lambda *_: [*METRICS],
}
"""What completes a field and is no column of one table."""


def suggestions(
    session: Session,
    form_name: str,
    column: str,
    text: str,
    initiative_code: str | None = None,
    values: Mapping[str, str] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Names that complete what was typed: those that begin with it, then those that hold it.

    ``values`` are what stands in the other fields, for forms in which one narrows another.
    """
    wanted = form(form_name)
    source = next((field.suggest for field in wanted.fields if field.column.name == column), "")
    if not source:
        return ()
    known: Iterable[str]
    if form_name in OWN_WAY:
        of = {"initiative": initiative_code} if initiative_code else {}
        known = own_way(form_name).suggestions(session, source, {**of, **values})
    else:
        known = known_names(session, source, initiative_code, values.get("client") or None)
    return _first(known, text.casefold())


def _first(known: Iterable[str], typed: str) -> tuple[str, ...]:
    """The first names that complete what was typed; the others are not read any more once enough begin with it."""
    begin: dict[str, None] = {}
    hold: dict[str, None] = {}
    for one in known:
        place = one.casefold().find(typed)
        if place == 0:
            begin[one] = None
            if len(begin) == _SUGGESTED:
                break
        elif place > 0:
            hold[one] = None
    return tuple(dict.fromkeys((*begin, *hold)))[:_SUGGESTED]


def known_names(
    session: Session, source: str, initiative_code: str | None = None, client: str | None = None
) -> Iterable[str]:
    """All the names that a field may be completed with, in order; where a form names a client, its services alone."""
    if source in _READ:
        return _READ[source](session, client)
    table, name = _SOURCES[source]
    of_initiative = table in ("audience", "benefit", "activity")
    initiative = known_initiative(session, initiative_code).id if of_initiative and initiative_code else None
    if of_initiative and initiative is None:
        return []
    scope = session.scope.narrowed(client) if table == "service" else session.scope
    return records.names(session.desk.reader(), table, name, scope, initiative)
