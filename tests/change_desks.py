"""A desk on which changes are asked for, voted on, done and looked back at, each act by the person who may, at its time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from builders import NOW, a_desk, a_person, as_person, at
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking, running
from changedesk.services.control.learning import reviewing
from changedesk.services.control.rules import templates
from changedesk.services.imports.importing import import_file
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk

BODY = {
    "title": "Restart the mail service",
    "services": ("mail",),
    "plan": "Restart it.",
    "backout_plan": "Start the old one.",
    "risk": "low",
}


@dataclass
class ChangeDesk:
    """A desk with the people of alder: rita asks, ivo does, max manages changes, cora and carl sit in the CAB, ed in the ECAB."""

    desk: Desk

    def at(self, moment: datetime) -> None:
        """Let the clock stand at a moment."""
        self.desk.clock = at(moment)

    def be(self, login: str) -> Session:
        """Act for somebody."""
        return as_person(self.desk, login)

    @property
    def owner(self) -> Session:
        """The owner of the desk."""
        return open_session(self.desk)

    def draft(self, start: datetime = NOW + timedelta(days=2), client: str = "alder", **texts: str) -> str:
        """A draft of rita's; gives its number."""
        written = {
            "client": client,
            "title": "New certificate",
            "path": "normal",
            "services": "mail",
            "risk": "low",
            "plan": "Put it in.",
            "backout_plan": "Put the old one back.",
            "implementer": "ivo",
            "planned_start": start.isoformat(),
            "planned_end": (start + timedelta(hours=1)).isoformat(),
        }
        return asking.new(self.be("rita"), {**written, **texts})

    def scheduled(self, start: datetime = NOW + timedelta(days=2), **texts: str) -> str:
        """A change that may be done in its window; asked for three days before it, decided a day later."""
        self.at(start - timedelta(days=3))
        number = self.draft(start, **texts)
        asking.submit(self.be("rita"), number)
        if texts.get("path") == "emergency":
            voting.vote(self.be("ed"), number, "approve")
        elif texts.get("path") != "standard":
            voting.vote(self.be("max"), number, "approve")
            self.at(start - timedelta(days=2))
            for who in ("cora", "carl"):
                voting.vote(self.be(who), number, "approve")
        return number

    def done(self, outcome: str = "successful", days: int = 10, *, p1: bool = False, **texts: str) -> str:
        """A change that ended so many days ago, and waits for being closed."""
        start = NOW - timedelta(days=days)
        number = self.scheduled(start, **texts)
        self.at(start)
        running.start(self.be("ivo"), number)
        self.at(start + timedelta(minutes=40))
        if outcome == "backed_out":
            running.back_out(self.be("ivo"), number, "the check failed", caused_p1=p1)
        else:
            running.finish(self.be("ivo"), number, outcome, [running.Proof(text="log")], caused_p1=p1)
        self.at(NOW)
        return number

    def closed(self, outcome: str = "successful", days: int = 10, **texts: str) -> str:
        """A change that ended so many days ago, was looked at where it has to be, and is closed."""
        number = self.done(outcome, days, **texts)
        self.at(NOW - timedelta(days=days - 1))
        if outcome != "successful" or texts.get("path") == "emergency" or texts.get("risk") in ("medium", "high"):
            reviewing.review(self.be("max"), number, "Looked at.")
        reviewing.close(self.be("max"), number)
        self.at(NOW)
        return number

    def template(self, name: str = "restart", *, approved: bool = True, client: str = "alder") -> None:
        """A standard change that max proposed and cora approved, long ago."""
        self.at(NOW - timedelta(days=200))
        templates.propose(self.be("max"), client, name, BODY, allowed=("services",))
        if approved:
            templates.approve(self.be("cora"), client, name, NOW + timedelta(days=165))
        self.at(NOW)

    def used(self, outcome: str = "successful", days: int = 10, name: str = "restart", *, p1: bool = False) -> str:
        """A use of it that ended so many days ago."""
        return self.done(outcome, days, p1=p1, path="standard", template=name, title=BODY["title"], plan=BODY["plan"],
                         backout_plan=BODY["backout_plan"])  # fmt: skip

    def history(self, *rows: str) -> None:
        """Changes from a file: number, client, path, risk, services, days ago, outcome."""
        lines = [
            "number,client,title,path,risk,services,planned_start,planned_end,actual_start,actual_end,state,outcome"
        ]
        for row in rows:
            number, client, path, risk, services, days, outcome = row.split(",")
            start = NOW - timedelta(days=float(days))
            begin, end = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (start, start + timedelta(minutes=30)))
            lines.append(
                f"{number},{client},Old one,{path},{risk},{services},{begin},{end},{begin},{end},closed,{outcome}"
            )
        file = self.desk.path.with_name("history.csv")
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        report = import_file(self.owner, file, "changes")
        assert report.problems == ()


@contextmanager
def a_change_desk(folder: Path, *, demo: bool = False) -> Iterator[ChangeDesk]:
    """The desk, closed again at the end."""
    with a_desk(folder, demo=demo) as desk:
        for login, role in (
            ("rita", "requester"),
            ("ivo", "implementer"),
            ("max", "change_manager"),
            ("cora", "cab"),
            ("carl", "cab"),
            ("ed", "ecab"),
        ):
            a_person(desk, login, role, client="alder")
        a_person(desk, "dora", "change_manager")
        yield ChangeDesk(desk)
