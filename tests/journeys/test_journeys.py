"""What the users of PRODUCT.md ask, each answered by the keys that docs/journeys.md says, from the start of the program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from dashboards import dashboard_on, door_to, settled
from hands import PAGE, Hands
from shells import seen

pytestmark = pytest.mark.usefixtures("own_state")

NAMED = {"→": "right", "↓": "down"}
ROW = re.compile(r"^\| [^|]+ \| (?P<question>[^|]+) \| (?P<keys>none|[^|]*`[^|]*) \| (?P<count>\d+) \|$", re.MULTILINE)
PRESSED = re.compile(r"`(?P<key>[^`]+)`|“(?P<words>[^”]+)”")
"""A key as it is written on the page, or words that are typed."""


class Journey(NamedTuple):
    """A question, how it is answered, and how many keys that is said to take."""

    question: str
    keys: str
    count: int


JOURNEYS = tuple(Journey(row["question"], row["keys"], int(row["count"])) for row in ROW.finditer(PAGE))
ANSWERS = {
    "Where does each initiative stand, and why?": "gate 3 late: people",
    "And client by client?": "Alder Clinic  3 initiatives, 1 needs attention",
    "What do I tell the sponsor on Monday?": "report",
    "Which work of it is late?": "5 late, 1 running",
    "What must I decide first?": "CHG-0419  alder · emergency",
    "Approve it, with all of its card read": "Approvals (6)",
    "What does not go together before the freeze?": "What does not go together?",
    "When could a change of this service run?": "With its approval",
    "Run the board: talk about its first change": "▸",
    "Which reviews are owed?": "1 overdue",
    "Is change control healthy?": "Went well",
    "What changed since I last looked?": "revision",
    "Somebody stands in for me while I am away": "Delegated: cab.security stands in for cab.network",
    "What do two clients require differently?": "≠",
    "The same initiative for another client": "Made MFA-2 from MFA",
    "Which changes run this week, and whom do they hit?": "Whom does it hit?",
    "What may be done without asking?": "What may be done without asking?",
    "Is the desk prepared for day one?": "27 % prepared",
    "Does the trail prove itself?": "Proven",
    "What hits us today, is it normal?": "within the band",
    "The same for the wall": "open P1 and P2",
    "Which tickets are open, the urgent ones first?": "Tickets, what is open first",
    "Can we leave hypercare?": "Can we leave hypercare? 1 of 9 met",
    "And what is missing for it?": "Hypercare may end when",
    "Confirm the first criterion that waits": "2 of 9 met",
    "Note an old way that came up in a call": "Saved: workaround slips of paper",
    "Is it handed over?": "Can operations run it?",
    "Which readiness gap first, and why?": "nobody knows: counts a quarter more",
    "I take care of it": "takes care of it",
    "It is ready, and this shows it": "1 of 53",
    "Is everybody ready there?": "41 % of 1,240 people are ready",
    "Whom does too much hit at once?": "meet in Engineers",
    "Who is hit how hard, and who stands behind it?": "Ward staff hardest",
    "What does the plan leave out?": "19 d after charter",
    "What did go-lives leave behind at this client?": "Alder Clinic: what did go-lives leave behind?",
    "And at another one, found by its name?": "Dover Foods: what did go-lives leave behind?",
    "Which service needs somebody first?": "SLA missed: availability",
    "Is that service still good, and where does it go?": "Where is it going?",
    "What did it bring so far?": "Was it worth it?",
    "The report on one page, from the go-live": "Written: ",
}
"""What is seen at the end of each, by its question."""


def test_every_question_of_the_page_has_an_answer() -> None:
    assert [journey.question for journey in JOURNEYS] == list(ANSWERS)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.question)
async def test_a_question_is_answered_by_the_keys_that_the_page_says(
    journey: Journey, demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with door_to(Path(shutil.copy(demo_template, tmp_path / "demo.db"))) as door:
        async with dashboard_on(door).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            hands = Hands(pilot)
            for pressed in PRESSED.finditer(journey.keys):
                if pressed["words"]:
                    await hands.write(pressed["words"])
                else:
                    await hands.press(NAMED.get(pressed["key"], pressed["key"]))
            assert ANSWERS[journey.question] in seen(pilot.app)
            assert hands.keys == journey.count
