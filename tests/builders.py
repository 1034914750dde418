"""Real desks in temporary folders, and what lies on them, each with everything unremarkable that a test does not name."""

from __future__ import annotations

import fcntl
import functools
import os
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from changedesk.services.session import Session, open_session
from changedesk.store.desk import files
from changedesk.store.desk.creating import create_desk
from changedesk.store.desk.database import Clock, Desk
from changedesk.store.ids import new_id

NOW = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)
TODAY = NOW.date()
OWNER = "desk.owner"

FULL = os.environ.get("FAULTS") == "full"
"""Whether the faults are tried at full size: ``make faults``."""


def at(moment: datetime = NOW) -> Clock:
    """A clock that stands still."""
    return lambda: moment


def a_desk(
    folder: Path, kind: str = "personal", *, owner: str = OWNER, name: str = "desk.db", demo: bool = False
) -> Desk:
    """A new desk, open, its clock standing still; of one kind all are copies of the first that a process has made."""
    path = folder / name
    files.make_folder(folder, shared=kind == "shared")
    files.new_file(path, 0o660 if kind == "shared" else 0o600)
    path.write_bytes(_blank(kind, owner, demo))
    return Desk(path, at())


@functools.cache
def _blank(kind: str, owner: str, demo: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        create_desk(path, kind=kind, demo=demo, owner=owner, clock=at())
        return path.read_bytes()


def record(desk: Desk, table: str, **values: Any) -> str:
    """Write one record through the write door; returns its id."""
    values = {"id": new_id()} | values
    with desk.write("the test") as transaction:
        marks = ", ".join("?" * len(values))
        transaction.conn.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
        if initiative := values.get("initiative_id"):
            transaction.touch(initiative)
        if table == "initiative":
            transaction.touch(values["id"])
        transaction.record("test.made", values["id"], {"table": table})
    return str(values["id"])


def found(desk: Desk, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What a query finds on the desk."""
    return desk.reader().execute(query, values).fetchall()


def a_client(desk: Desk, code: str = "alder") -> str:
    """The client of that code, made when it is not there yet."""
    rows = found(desk, "SELECT id FROM client WHERE code = ?", code)
    return rows[0][0] if rows else record(desk, "client", code=code, name=code.title())


def a_person(desk: Desk, login: str, *roles: str, client: str | None = None) -> str:
    """Somebody with these roles, of one client or of the desk's own organisation."""
    client_id = a_client(desk, client) if client else None
    return record(desk, "person", login=login, name=login.title(), client_id=client_id, roles=";".join(roles) or None)


def as_person(desk: Desk, login: str) -> Session:
    """A session of a personal desk that acts for the person."""
    return open_session(desk, login)


@dataclass(frozen=True)
class InitiativeBuilder:
    """An initiative with both owners, followed on this desk from its beginning, going live in 60 days."""

    code: str = "MFA"
    client: str = "alder"
    project_owner: str | None = "pat"
    change_owner: str | None = "chris"
    go_live_planned: date | None = TODAY + timedelta(days=60)
    go_live_actual: date | None = None
    imported: bool = False
    title: str = "MFA everywhere"
    activities: tuple[tuple[str, str, str, date, date | None], ...] = ()
    audiences: tuple[tuple[str, int], ...] = ()
    targets: tuple[tuple[float, date], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    def live(self, on: date = TODAY - timedelta(days=30)) -> InitiativeBuilder:
        """It went live on that day."""
        return replace(self, go_live_planned=on, go_live_actual=on)

    def planned_for(self, on: date | None) -> InitiativeBuilder:
        """It is to go live on that day; None is on no day that anybody has named."""
        return replace(self, go_live_planned=on)

    def brought_in(self) -> InitiativeBuilder:
        """It came in by an import, without the decisions made elsewhere."""
        return replace(self, imported=True)

    def in_state(self, state: str) -> InitiativeBuilder:
        """With its state stated."""
        return replace(self, extra={"state": state})

    def with_fields(self, **fields: Any) -> InitiativeBuilder:
        """With these columns of its record."""
        return replace(self, extra=self.extra | fields)

    def named(self, code: str, title: str = "Another one") -> InitiativeBuilder:
        """Another code and title."""
        return replace(self, code=code, title=title)

    def of(self, client: str) -> InitiativeBuilder:
        """For another client."""
        return replace(self, client=client)

    def owned_by(self, project_owner: str | None, change_owner: str | None) -> InitiativeBuilder:
        """Other owners, or none."""
        return replace(self, project_owner=project_owner, change_owner=change_owner)

    def with_work(
        self, lane: str, phase: str, title: str, planned_end: date, actual_end: date | None = None
    ) -> InitiativeBuilder:
        """An activity more."""
        return replace(self, activities=(*self.activities, (lane, phase, title, planned_end, actual_end)))

    def with_audience(self, name: str, headcount: int = 100) -> InitiativeBuilder:
        """An audience more."""
        return replace(self, audiences=(*self.audiences, (name, headcount)))

    def with_target(self, percent: float, by: date) -> InitiativeBuilder:
        """A target of utilization for all audiences."""
        return replace(self, targets=(*self.targets, (percent, by)))

    def on(self, desk: Desk) -> str:
        """Write it to the desk; returns its id."""
        initiative = record(
            desk, "initiative", client_id=a_client(desk, self.client), code=self.code, title=self.title,
            project_owner=self.project_owner, change_owner=self.change_owner, imported=int(self.imported),
            go_live_planned=_text(self.go_live_planned), go_live_actual=_text(self.go_live_actual), **self.extra,
        )  # fmt: skip
        for lane in ("delivery", "people", "service"):
            record(desk, "lane", initiative_id=initiative, kind=lane)
        for lane, phase, title, planned, actual in self.activities:
            record(
                desk, "activity", initiative_id=initiative, lane=lane, phase=phase, title=title,
                planned_end=planned.isoformat(), actual_end=_text(actual), baseline_end=planned.isoformat(),
            )  # fmt: skip
        for name, headcount in self.audiences:
            record(desk, "audience", initiative_id=initiative, name=name, headcount=headcount)
        for percent, by in self.targets:
            record(
                desk, "target", initiative_id=initiative, metric="utilization", target=percent, due=by.isoformat()
            )  # fmt: skip
        return initiative


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def an_initiative() -> InitiativeBuilder:
    """An initiative to be shaped and put on a desk."""
    return InitiativeBuilder()


def staffed(desk: Desk) -> Desk:
    """The two owners whom :func:`an_initiative` names, and a change manager, all of alder."""
    a_person(desk, "pat", "project_owner", client="alder")
    a_person(desk, "chris", "change_owner", client="alder")
    a_person(desk, "max", "change_manager", client="alder")
    return desk


def tick_all(session: Session, code: str, checkpoint: str, lane: str) -> None:
    """Tick every item of a lane's checklist."""
    from changedesk.services.initiative import gates

    for item in session.desk.lifecycle.checkpoint(checkpoint).items(lane):
        gates.tick(session, code, checkpoint, lane, item.key, "seen")


def stranger(path: Path) -> sqlite3.Connection:
    """Another program that opens the desk's file by itself."""
    return sqlite3.connect(path, isolation_level=None)


def free_hand(path: Path) -> sqlite3.Connection:
    """Somebody who takes the guards away first and can then change anything."""
    conn = stranger(path)
    _drop_guards(conn)
    return conn


def tampered(path: Path, statement: str, *values: object, guards: bool = True) -> None:
    """Change the file by another program that puts the guards back afterwards, as somebody careful would."""
    conn = stranger(path)
    rules = _drop_guards(conn)
    assert conn.execute(statement, values).rowcount != 0
    if guards:
        # Together: a disk takes its time over each by itself.
        conn.executescript(f"BEGIN; {'; '.join(rules)}; COMMIT")
    conn.close()


def _drop_guards(conn: sqlite3.Connection) -> list[str]:
    found = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    conn.executescript(f"BEGIN; {' '.join(f'DROP TRIGGER {name};' for name, _ in found)} COMMIT")
    return [sql for _, sql in found]


def files_beside(path: Path) -> set[str]:
    """The names of all files in the desk's folder."""
    return {entry.name for entry in path.parent.iterdir()}


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A desk that all processes which run tests share, made by the first that asks for it; nobody writes to it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"once-{name}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            make(folder / "desk.db")
            (folder / "made").touch()
    return folder / "desk.db"
