"""A day of each of the three users of PRODUCT.md, in one session on a real terminal, by the keys of commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from eyes import AtTheScreen

from builders import at, found
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check

pytestmark = pytest.mark.usefixtures("own_state")


@pytest.fixture
def desk_file(demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo portfolio, in a folder in which reports may be written."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(demo_template, tmp_path / "desk.db"))


@contextmanager
def a_day(desk: Path, size: tuple[int, int]) -> Iterator[AtTheScreen]:
    """A session from its first screen to its end, which gives the terminal back and leaves a desk that proves itself."""
    with AtTheScreen(desk, size) as screen:
        screen.shows("gate 3 late: people")
        yield screen
        screen.press("ctrl+q")
        assert screen.ended() == 0
        assert screen.owed() == []
    with Desk(desk, at()) as left:
        assert check.check(left, None).problems == ()


def kept(desk: Path, query: str) -> list[tuple[object, ...]]:
    """What of a day is on the desk when it is over."""
    with Desk(desk, at()) as left:
        return found(left, query)


@pytest.mark.requirement("R51")
def test_the_service_desk_lead_on_go_live_day(desk_file: Path) -> None:
    with a_day(desk_file, (120, 36)) as screen:
        screen.give("app.golive", "within the band", "1 of 9 met")
        screen.give("golive.tickets", "Tickets, what is open first", "AC-MFA-00725")
        screen.press("escape", "What is open?")
        screen.give("golive.workaround", "What people do instead")
        screen.write("Codes on a slip of paper", "ctrl+s", "3: Codes")
        screen.press("tab", "tab panel  enter confirm")
        screen.press("enter", "Is this met?", "Users can do their work")
        screen.write("ward round", "enter", "2 of 9 met")
        screen.give("golive.wall", "open P1 and P2", "2 of 9 exit criteria met")
        screen.press("escape", "Why do people call")
        screen.give("golive.handover", "Can operations run it?")
    assert kept(desk_file, "SELECT count(*) FROM workaround WHERE title = 'Codes on a slip of paper'") == [(1,)]
    assert kept(desk_file, "SELECT count(*) FROM exit_word WHERE evidence = 'ward round'") == [(1,)]


@pytest.mark.requirement("R50")
@pytest.mark.requirement("R88")
def test_the_change_manager_before_the_freeze(desk_file: Path) -> None:
    with a_day(desk_file, (80, 24)) as screen:
        screen.give("app.readiness", "Which gap first?", "nobody knows: counts a quarter more")
        screen.give("readiness.assign", "Who takes care of it?", "you")
        screen.press("enter", "takes care of it: ")
        screen.give("readiness.done", "what shows it?")
        screen.write("called at 02:10", "enter", "1 of 53")
        screen.give("app.approvals", "CHG-0419", "shows the rest")
        screen.give("approvals.read_on", "Your vote counts on revision 1")
        screen.give("approvals.approve", "has a seat that waits")
        screen.press("enter", "Approvals (6)")
        screen.give("app.calendar", "What runs when?")
        screen.give("calendar.collisions", "CHG-0422 lies in the hard freeze", "esc close")
        screen.press("escape", "Whom does it hit?")
        screen.give("calendar.find", "How long does the change")
        screen.press("enter", "With its approval")
    assert kept(desk_file, "SELECT count(*) FROM readiness WHERE evidence = 'called at 02:10'") == [(1,)]
    votes = "SELECT v.decision FROM vote v JOIN change_request c ON c.id = v.change_id WHERE c.number = 'CHG-0419'"
    assert kept(desk_file, votes) == [("approve",)]


@pytest.mark.requirement("R12")
@pytest.mark.requirement("R52")
def test_the_consultant_in_a_train_before_monday(desk_file: Path) -> None:
    with a_day(desk_file, (80, 24)) as screen:
        screen.give("portfolio.group", "Alder Clinic  3 initiatives, 1 needs attention")
        screen.press("enter", "Two lanes, one initiative", "people 23 days behind delivery")
        screen.give("initiative.lens")
        screen.give("app.adoption", "Are they using it?", "80 % by 25 Jan: 6 % likely")
        screen.give("app.portfolio", "Why it is here")
        screen.press("enter", "Two lanes, one initiative")
        screen.give("initiative.report", "MFA-report.html")
        screen.press("enter", "Written: ")
    page = (desk_file.parent / "MFA-report.html").read_text(encoding="utf-8")
    assert "MFA for everyone" in page
    assert "23 days" in page
