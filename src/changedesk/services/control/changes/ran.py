"""When a change really ran, as somebody says it afterwards: read by the client's clock, held against what was in force then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from changedesk.domain.control.ran import Ran, refuse_ran
from changedesk.domain.control.situation import Situation
from changedesk.domain.control.windows import hard_freezes
from changedesk.errors import BadInput
from changedesk.interchange.iso_days import in_zone, moment_text
from changedesk.interchange.refusing import CellRefused
from changedesk.services.control.situation import find, spans
from changedesk.services.session import Session
from changedesk.services.zones import client_zone
from changedesk.store.desk.database import Connection
from changedesk.store.scope import Scope
from changedesk.store.times import instant
from changedesk.store.trail import audit

_MOMENT: Final = timedelta(seconds=1)
_HOLDS: Final = ("change.held", "change.released")


def ran_said(session: Session, number: str, began: str | None, ended: str | None) -> Ran:
    """The two moments as they were written, those without a zone by the clock of the client."""
    zone = client_zone(session, find(session, number).client)

    def read(name: str, text: str | None) -> datetime | None:
        if text is None:
            return None
        try:
            moment = moment_text(text.strip())
            return datetime.fromisoformat(moment if moment.endswith("Z") else in_zone(moment, zone))
        except CellRefused as refused:
            raise BadInput(f"{name}: {refused.args[0]}") from None

    return Ran(read("began", began), read("ended", ended))


def ran_refused(conn: Connection, s: Situation, ran: Ran) -> tuple[str, str] | None:
    """Which of both moments cannot be, and why; None when the change may have run then."""
    if not ran.said:
        return None
    change = s.change
    began, _ = ran.times(change, s.now)
    around = spans(conn, Scope(frozenset({change.client})), began, began + _MOMENT)
    frozen = hard_freezes(around, change.client, change.content.services, began, began + _MOMENT)
    return refuse_ran(s, ran, frozen, held=_held(conn, change.id, began))


def _held(conn: Connection, change_id: str, moment: datetime) -> bool:
    """Whether the change was on hold at a moment, as its events tell."""
    last = [event for event in audit.events(conn, change_id) if event.at <= instant(moment) and event.kind in _HOLDS]
    return bool(last) and last[-1].kind == "change.held"
