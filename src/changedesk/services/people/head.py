"""What stands above every page of an initiative's people side, and the records that all of them are made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from changedesk.domain.records import Audience, Initiative
from changedesk.services.lookup import initiative_in_view
from changedesk.services.session import Session, authorise
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import initiatives
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """Whose page it is, on which day, and when it goes live or went live."""

    today: date
    initiative_id: str
    code: str
    title: str
    client: str
    go_live: date | None
    went_live: bool
    cancelled: bool
    change_owner: str | None
    sponsor: str | None
    headcount: int


@dataclass(frozen=True, slots=True)
class Opened:
    """An initiative that is being looked at: one state of the desk, its record and its groups."""

    conn: Connection
    record: Initiative
    audiences: tuple[Audience, ...]
    head: Head


@contextmanager
def opened(session: Session, initiative_id: str) -> Iterator[Opened]:
    """Look at the people side of an initiative; everything inside is one state of the desk."""
    authorise(session, "desk.read")
    seen = initiative_in_view(session, initiative_id)
    with session.desk.snapshot() as conn:
        record = initiatives.initiative_by_id(conn, session.scope, seen.id) or seen
        audiences = initiatives.audiences(conn, record.id)
        yield Opened(
            conn,
            record,
            audiences,
            Head(
                session.today,
                record.id,
                record.code,
                record.title,
                record.client,
                record.go_live,
                record.go_live_actual is not None,
                record.cancelled,
                record.change_owner,
                record.sponsor,
                sum(audience.headcount for audience in audiences),
            ),
        )
