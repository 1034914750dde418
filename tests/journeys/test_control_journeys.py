"""The questions of PRODUCT.md on the side of projects and change control, each answered in so many keys from the start."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from dashboards import dashboard_on, door_to, settled
from shells import seen

pytestmark = pytest.mark.usefixtures("own_state")

ROOT = Path(__file__).resolve().parents[2]
NAMED = {"→": "right", "↓": "down", "/": "slash"}


class Journey(NamedTuple):
    """Who asks what, the keys from the start of the program, and what is seen at their end."""

    who: str
    question: str
    keys: tuple[str, ...]
    answer: str

    @property
    def row(self) -> str:
        """The journey as a row of docs/journeys.md."""
        keys = " ".join(f"`{key}`" for key in self.keys) or "none"
        return f"| {self.who} | {self.question} | {keys} | {len(self.keys)} |"


JOURNEYS = (
    Journey("consultant", "Where does each initiative stand, and why?", (), "gate 3 late: people"),
    Journey("consultant", "And client by client?", ("g",), "Alder Clinic  3 initiatives, 1 needs attention"),
    Journey("consultant", "What do I tell the sponsor on Monday?", ("enter", "R", "enter"), "report"),
    Journey("consultant", "Which work of it is late?", ("enter", "a"), "5 late, 1 running"),
    Journey("change manager", "What must I decide first?", ("3",), "CHG-0419  alder · emergency"),
    Journey("change manager", "Approve it, with all of its card read", ("3", "→", "a", "enter"), "Approvals (6)"),
    Journey("change manager", "What does not go together before the freeze?", ("4", "c"), "What does not go together?"),
    Journey("change manager", "When could a change of this service run?", ("4", "f", "enter"), "With its approval"),
    Journey("change manager", "Run the board: talk about its first change", ("M", "enter"), "▸"),
    Journey("change manager", "Which reviews are owed?", ("3", "R"), "1 overdue"),
    Journey("change manager", "Is change control healthy?", ("3", "K"), "Went well"),
    Journey("approver", "What changed since I last looked?", ("3", "↓", "↓", "d"), "revision"),
    Journey("approver", "Who stands in for me while I am away?", ("3", "D"), "Who is away?"),
    Journey("MSP", "What do two clients require differently?", ("R", "c", "enter"), "≠"),
    Journey("MSP", "The same initiative for another client", ("enter", "K"), "to which clients?"),
    Journey("service desk lead", "Which changes run this week, and whom do they hit?", ("4",), "Whom does it hit?"),
    Journey("service desk lead", "What may be done without asking?", ("3", "S"), "What may be done without asking?"),
    Journey("service desk lead", "Is the desk prepared for day one?", ("enter", "L", "L", "L"), "27 % prepared"),
    Journey("auditor", "Does the trail prove itself?", ("A", "v"), "Proven"),
)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.question)
async def test_a_question_is_answered_in_as_many_keys_as_the_docs_say(
    journey: Journey, demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with door_to(Path(shutil.copy(demo_template, tmp_path / "demo.db"))) as door:
        async with dashboard_on(door).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            for key in journey.keys:
                await pilot.press(NAMED.get(key, key))
                await settled(pilot)
            assert journey.answer in seen(pilot.app)


def test_the_docs_count_the_keys_of_every_journey() -> None:
    told = (ROOT / "docs/journeys.md").read_text(encoding="utf-8")
    assert [journey.row for journey in JOURNEYS if journey.row not in told] == []
