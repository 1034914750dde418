"""What the users of PRODUCT.md ask, each answered in so many keys from the start of the program."""

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
    Journey("service desk lead", "What hits us today, is it normal?", ("8",), "within the band"),
    Journey("service desk lead", "The same for the wall", ("8", "f"), "open P1 and P2"),
    Journey(
        "service desk lead", "Which tickets are open, the urgent ones first?", ("8", "t"), "Tickets, what is open first"
    ),
    Journey("service desk lead", "Can we leave hypercare?", ("8",), "Can we leave hypercare? 1 of 9 met"),
    Journey("service desk lead", "And what is missing for it?", ("8", "tab", "tab"), "Hypercare may end when"),
    Journey(
        "service desk lead",
        "Confirm the first criterion that waits",
        ("8", "tab", "tab", "enter"),
        "Users can do their work",
    ),
    Journey("service desk lead", "Note an old way that came up in a call", ("8", "w"), "What people do instead"),
    Journey("service desk lead", "Is it handed over?", ("8", "h"), "Can operations run it?"),
    Journey("change manager", "Which readiness gap first, and why?", ("5",), "nobody knows: counts a quarter more"),
    Journey("change manager", "I take care of it", ("5", "o", "enter"), "takes care of it"),
    Journey("change manager", "It is ready, and this shows it", ("5", "d"), "A document, a count, a name"),
    Journey("change manager", "Is everybody ready there?", ("5", "tab"), "41 % of 1,240 people are ready"),
    Journey("change manager", "Whom does too much hit at once?", ("5", "S", "tab"), "meet in Engineers"),
    Journey("change manager", "Who is hit how hard, and who stands behind it?", ("6", "enter"), "Ward staff hardest"),
    Journey("change manager", "What does the plan leave out?", ("6", "t", "tab", "tab"), "19 d after charter"),
    Journey(
        "MSP", "What did go-lives leave behind at this client?", ("m",), "Alder Clinic: what did go-lives leave behind?"
    ),
    Journey("MSP", "And at another one, found by its name?", ("m", "c"), "type to find one"),
    Journey("MSP", "Which service needs somebody first?", ("S",), "SLA missed: availability"),
    Journey("MSP", "Is that service still good, and where does it go?", ("S", "enter"), "Where is it going?"),
    Journey("sponsor", "What did it bring so far?", ("enter", "V"), "Was it worth it?"),
    Journey("sponsor", "The report on one page, from the go-live", ("8", "p", "enter"), "Written: "),
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
