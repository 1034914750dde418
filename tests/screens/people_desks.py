"""A small desk whose people side a test has made, and the real dashboard on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from dashboards import dashboard_on, settled
from shells import seen
from textual.pilot import Pilot

from builders import TODAY, a_client, a_desk, an_initiative, found, staffed
from changedesk.app import DeskApp
from changedesk.domain.words import ELEMENTS
from changedesk.services.door import Door
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk

SIZES = [(80, 24), (120, 36), (160, 48)]
SCORES = {"awareness": 4, "desire": 2, "knowledge": 4, "ability": 4, "reinforcement": 4}


def in_days(days: int) -> date:
    """A day so many days from the tests' today."""
    return TODAY + timedelta(days=days)


@dataclass
class PeopleDesk:
    """A desk with initiatives by their code; what a test adds goes through the forms that people use."""

    desk: Desk
    door: Door
    ids: dict[str, str] = field(default_factory=dict)

    def app(self) -> DeskApp:
        """The dashboard on it."""
        return dashboard_on(self.door)

    def initiative(self, code: str = "MFA", client: str = "alder", days: int = 7, **groups: int) -> str:
        """An initiative that goes live in so many days, with its groups and their headcounts."""
        builder = an_initiative().named(code, f"{code} for all").of(client).planned_for(in_days(days))
        for name, headcount in groups.items():
            builder = builder.with_audience(name, headcount)
        self.ids[code] = builder.on(self.desk)
        return self.ids[code]

    def add(self, form: str, code: str = "MFA", **values: object) -> str:
        """A record of a form, as its screen saves it."""
        record = records.blank(self.door.session, form, code)
        texts = {name: "" if value is None else str(value) for name, value in values.items()}
        return str(records.save(self.door.session, form, record, {**record.values, **texts}).id)

    def item(
        self, item: str, code: str = "MFA", audience: str = "nurses", status: str = "not_ready", **more: object
    ) -> str:
        """An item of readiness about a group."""
        return self.add("readiness_items", code, about="audience", audience=audience, item=item, status=status, **more)

    def answers(self, audience: str, people: int, code: str = "MFA", day: date = TODAY, **scores: int) -> None:
        """So many people of a group who answered the five questions alike."""
        given = {element: (SCORES | scores)[element] for element in ELEMENTS}
        self.add("surveys", code, audience=audience, date=day, respondent="1", answers=people, **given)

    def values(self, form: str, code: str = "MFA") -> list[dict[str, str]]:
        """What the desk has of a form."""
        return [record.values for record in records.listed(self.door.session, form, code)]

    def events(self, kind: str) -> int:
        """How often the trail has an event of a kind."""
        return int(found(self.desk, "SELECT count(*) FROM audit WHERE kind = ?", kind)[0][0])


@contextmanager
def a_people_desk(folder: Path) -> Iterator[PeopleDesk]:
    """The desk, closed again at the end."""
    with a_desk(folder) as desk:
        staffed(desk)
        a_client(desk, "birch")
        yield PeopleDesk(desk, Door(open_session(desk)))


async def show(pilot: Pilot[None], name: str, subject: str = "") -> None:
    """Go to a screen."""
    pilot.app.show_screen(name, subject)  # type: ignore[attr-defined]
    await settled(pilot)


def flat(pilot: Pilot[None]) -> str:
    """What is seen, with every run of blanks and frames as one blank."""
    return " ".join(seen(pilot.app).replace("│", " ").replace("─", " ").split())


def lines_with(pilot: Pilot[None], words: str) -> list[str]:
    """The lines in which these words stand."""
    return [line for line in seen(pilot.app).splitlines() if words in line]
