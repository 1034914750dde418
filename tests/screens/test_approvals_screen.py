"""Approvals: the queue, the card that has to be read, votes in somebody's name, several at once, and standing in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from control_screens import dashboard, flat, notice, region, show, write
from dashboards import dashboard_on, press, settled
from shells import seen
from textual import events
from textual.pilot import Pilot

from builders import NOW, TODAY, a_person, an_initiative, as_person, found
from changedesk.screens.calendar.screen import CalendarScreen
from changedesk.screens.control.approvals import decision_card, queue
from changedesk.screens.control.approvals.decision_card import DecisionCard
from changedesk.screens.control.approvals.queue import ApprovalsScreen
from changedesk.screens.control.approvals.queue_parts import NOTHING_WAITS
from changedesk.screens.control.changes.change import ChangeScreen
from changedesk.screens.control.changes.listing import ChangesScreen
from changedesk.screens.loading import NOT_READ
from changedesk.screens.portfolio.screen import PortfolioScreen
from changedesk.services.control.approvals import voting
from changedesk.services.control.approvals.card import card
from changedesk.services.control.changes import asking, running
from changedesk.services.control.changes.running import Proof
from changedesk.services.door import Door
from changedesk.store.desk.database import Desk
from changedesk.widgets.lists.followed_table import FollowedTable
from control_desks import STRICT, a_change, a_control_desk, at_the_board, brought, later, submitted

SIZES = [(80, 24), (120, 36), (160, 48)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        an_initiative().with_work("delivery", "execution", "Cut over", TODAY + timedelta(days=60)).on(desk)
        yield desk


def votes(desk: Desk) -> list[tuple[str, str]]:
    return found(desk, "SELECT p.login, v.decision FROM vote v JOIN person p ON p.id = v.voter ORDER BY v.rowid")


@pytest.mark.requirement("R88")
@pytest.mark.parametrize("size", SIZES)
async def test_the_card_shows_all_that_a_vote_is_given_on(desk: Desk, size: tuple[int, int]):
    at_the_board(desk, initiative="MFA", milestone="Cut over", incident="")
    async with dashboard(desk).run_test(size=size) as pilot:
        await show(pilot, "approvals")
        await press(pilot, *["right"] * 2)
        parts = []
        await press(pilot, "left", "left", "left")
        for _ in range(3):
            parts.append(region(pilot, "#card"))
            await press(pilot, "right")
        text = " ".join(parts)
        for words in (
            "Mail relay upgrade",
            "the old relay is out of support",
            "Wed 2 Dec 14:02-16:02, no outage",
            "mail",
            "Cut over",
            "business ready ◆ no",
            "gate 4 unsigned",
            "◆ medium",
            "switch the old relay back on, 10 min",
            "sent 40 mails in the lab",
            "✓ none with freezes or other changes",
            "mona ✓",
            "nora ○",
            "at least 2 of 3",
            "install, switch, watch",
            "rita asks, ivan does it",
            "Your vote counts on revision 1, as shown here.",
        ):
            assert words in text, words
        assert "…" not in text


@pytest.mark.requirement("R106")
async def test_the_card_has_two_lights_and_never_one(desk: Desk):
    at_the_board(desk, initiative="MFA", milestone="Cut over")
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        assert "change authorised ◆ no business ready ◆ no" in region(pilot, "#card")


@pytest.mark.requirement("R88")
async def test_a_vote_key_works_only_when_all_of_the_card_was_shown(desk: Desk):
    at_the_board(desk, plan="step by step. " * 60)
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        assert "→ shows the rest; then the vote keys work" in region(pilot, "#card")
        for key in ("a", "r", "c", "s", "space"):
            await press(pilot, key)
            assert notice(pilot) == "Read the card to its end first: → shows the rest."
        assert votes(desk) == [("mona", "approve")]
        await press(pilot, "right", "right", "right", "right")
        assert "Your vote counts on revision 1, as shown here." in region(pilot, "#card")
        await press(pilot, "left", "left", "a")
        assert votes(desk) == [("mona", "approve"), ("nora", "approve")]


async def test_the_card_before_stays_under_its_own_name_until_the_next_one_is_here(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    for title in ("Mail relay upgrade", "Spare line"):
        at_the_board(desk, title=title)
    shows, held = DecisionCard.show, []
    monkeypatch.setattr(decision_card, "LATE", 60)
    async with dashboard(desk, "nora").run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        first = region(pilot, "#card")
        monkeypatch.setattr(DecisionCard, "show", lambda where, card: held.append(lambda: shows(where, card)))
        await press(pilot, "down", "a")
        assert notice(pilot) == NOT_READ
        assert "Your vote counts on revision 1" in first
        assert region(pilot, "#card") == first
        assert ("nora", "approve") not in votes(desk), "a vote now would count on nothing that is shown"
        held[-1]()
        await settled(pilot)
        assert "Spare line" in region(pilot, "#card")
        assert "Your vote counts on revision 1" in region(pilot, "#card")


async def test_that_nothing_waits_is_said_no_longer_when_another_process_brings_something(desk: Desk):
    async with dashboard(desk, "nora").run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "a")
        assert notice(pilot) == NOTHING_WAITS
        at_the_board(desk)
        pilot.app.screen.read_again()
        await settled(pilot)
        assert "CHG-0001" in region(pilot, "#queue")
        assert notice(pilot) == ""


async def test_keys_wait_for_the_queue_also_when_deadlines_are_settled_before_it_is_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    shows, held = ApprovalsScreen._show, []
    monkeypatch.setattr(ApprovalsScreen, "_show", lambda screen, queue: held.append(lambda: shows(screen, queue)))
    at_the_board(desk)
    async with dashboard(desk, "nora").run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        screen = pilot.app.screen
        assert isinstance(screen, ApprovalsScreen)
        assert screen.waits_before(events.Key("down", None))
        held[-1]()
        screen.after_load()
        assert not screen.waits_before(events.Key("down", None))


async def test_a_held_key_reads_only_the_first_card_and_the_last(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    for number in range(6):
        at_the_board(desk, title=f"Relay {number}")
    monkeypatch.setattr("changedesk.widgets.later.RESTED", 0.01)
    names = []
    async with dashboard(desk, "nora").run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        monkeypatch.setattr(queue, "card", lambda session, *args: (names.append(args[0]), card(session, *args))[1])
        for _ in range(5):
            pilot.app.screen.query_one(FollowedTable).action_move(1)
        await settled(pilot)
        assert len(names) == 2
        assert "Relay 5" in region(pilot, "#card")


async def test_a_new_revision_has_to_be_read_again(desk: Desk):
    number = at_the_board(desk, plan="step by step. " * 60)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "right", "right", "right", "right")
        asking.edit(as_person(desk, "rita"), number, {"reason": "clearer"})
        pilot.app.screen.read_again()
        await settled(pilot)
        assert "→ shows the rest" in region(pilot, "#card")


async def test_a_vote_says_what_came_of_it_and_the_settled_one_leaves_by_itself(desk: Desk):
    first, second = at_the_board(desk), at_the_board(desk)
    voting.vote(as_person(desk, "sam"), first, "approve")
    async with dashboard(desk, "nora").run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        assert "3 Approvals (2)" in seen(pilot.app)
        await press(pilot, "a")
        assert notice(pilot) == f"Approved {first} as nora: scheduled now."
        assert first not in region(pilot, "#queue")
        assert "3 Approvals (1)" in seen(pilot.app)
        await press(pilot, "s")
        assert notice(pilot) == f"Abstained on {second} as nora: authorizing now."
        assert "Nothing waits." in region(pilot, "#queue")
        await press(pilot, "a")
        assert notice(pilot) == "Nothing waits for a decision."


async def test_a_vote_after_which_nothing_moves_says_what_is_missing(desk: Desk):
    number = submitted(desk, backout_plan="")
    async with dashboard(desk, "mona").run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "a")
        held = "the back-out plan is missing"
        assert notice(pilot) == f"Approved {number} as mona: assessing now, held back because {held}."


async def test_rejecting_and_asking_for_changes_ask_why(desk: Desk):
    first, second = at_the_board(desk), at_the_board(desk)
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "c")
        assert "Say what has to be changed; the requester reads it." in flat(pilot)
        await press(pilot, "enter")
        assert "To send it back takes a reason." in flat(pilot)
        await write(pilot, "smaller steps", "enter")
        assert notice(pilot) == f"Sent back {first} as nora: draft now."
        await press(pilot, "r", "escape")
        assert votes(desk)[-1] == ("nora", "request_changes")
        await press(pilot, "r")
        await write(pilot, "not in december", "enter")
        assert notice(pilot) == f"Rejected {second} as nora: authorizing now."
    assert found(desk, "SELECT comment FROM vote WHERE decision = 'reject'") == [("not in december",)]


async def test_the_owner_of_a_desk_chooses_as_whom_and_it_is_recorded(desk: Desk):
    number = at_the_board(desk)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        assert "Waits for anybody" in seen(pilot.app)
        await press(pilot, "a")
        assert f"Approve {number} as whom?" in flat(pilot)
        assert "sam Sam has a seat that waits" in flat(pilot)
        await write(pilot, "sam", "enter")
        assert notice(pilot) == f"Approved {number} as sam: authorizing now."
        await press(pilot, "w")
        assert "nora Nora 1 waiting" in flat(pilot)
        await write(pilot, "nora", "enter")
        assert "Waits for nora" in seen(pilot.app)
        await press(pilot, "a")
        assert notice(pilot) == f"Approved {number} as nora: scheduled now."
        await press(pilot, "escape")
        assert "Waits for anybody" in seen(pilot.app)
    assert found(desk, "SELECT count(*) FROM vote WHERE recorded_by IS NOT NULL") == [(3,)]


async def test_on_a_shared_desk_one_decides_for_oneself(desk: Desk):
    at_the_board(desk)
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "w")
        assert notice(pilot) == "On a shared desk everybody decides for themselves."


async def test_several_are_chosen_and_voted_on_each_looked_at_anew(desk: Desk):
    numbers = [at_the_board(desk) for _ in range(3)]
    async with dashboard(desk, "nora").run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "space", "space", "space")
        assert "3 changes chosen" in seen(pilot.app)
        assert "a r c s vote on the 3 changes chosen" in region(pilot, "#counts")
        asking.edit(as_person(desk, "rita"), numbers[1], {"reason": "clearer"})
        asking.cancel(as_person(desk, "rita"), numbers[2], "not needed")
        await press(pilot, "a")
        assert "Each is looked at anew" in flat(pilot)
        assert f"{numbers[0]} Mail relay upgrade; {numbers[1]}" in flat(pilot)
        await press(pilot, "y")
        text = flat(pilot)
        assert "As nora: 1 of 3 voted" in text
        assert f"✓ {numbers[0]} approved, authorizing now" in text
        assert f"✗ {numbers[1]} {numbers[1]} is revision 2 by now" in text
        assert f"✗ {numbers[2]} {numbers[2]} is cancelled" in text
        await press(pilot, "escape")
        assert "chosen" not in region(pilot, "#queue")
    assert votes(desk)[-1] == ("nora", "approve")


async def test_what_was_chosen_can_be_let_go_again(desk: Desk):
    first = at_the_board(desk)
    second = at_the_board(desk, title="Not read to its end", reason="why " * 200)
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        assert first in region(pilot, "#card")
        await press(pilot, "right", "right", "space")
        assert "1 change chosen" in seen(pilot.app)
        assert second in region(pilot, "#card")
        assert f"a r c s vote on {first}, which is chosen" in region(pilot, "#counts")
        await press(pilot, "escape")
        assert "chosen" not in region(pilot, "#foot")
        assert "shows the rest; then the vote keys work" in region(pilot, "#counts")


async def test_d_shows_what_changed_since_the_revision_that_was_voted_on(desk: Desk):
    number = at_the_board(desk)
    voting.vote(as_person(desk, "nora"), number, "approve")
    asking.edit(as_person(desk, "rita"), number, {"backout_minutes": "90"})
    voting.vote(as_person(desk, "mona"), number, "approve")
    asking.edit(as_person(desk, "rita"), number, {"services": "mail;web"})
    voting.vote(as_person(desk, "mona"), number, "approve")
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "d")
        text = flat(pilot)
        assert f"{number}: revision 1 to 3" in text
        assert "Services - mail + mail, web" in text
        assert "Back-out, minutes - 10 + 90" in text


async def test_a_change_as_it_was_first_written_has_nothing_to_show(desk: Desk):
    number = at_the_board(desk)
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "d")
        assert notice(pilot) == f"{number} is as it was first written."


async def test_the_change_manager_acknowledges_conflicts_on_the_card(desk: Desk):
    number = submitted(desk)
    submitted(desk)
    async with dashboard(desk, "mona").run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        assert "changes mail at the same time, not acknowledged" in region(pilot, "#card")
        await press(pilot, "v")
        await write(pilot, "one team does both", "enter")
        assert notice(pilot) == f"{number}: 2 conflicts acknowledged."
        assert "seen by mona: one team does both" in region(pilot, "#card")
        await press(pilot, "v")
        assert notice(pilot) == "No conflict of this change waits to be acknowledged."


async def delegate(pilot: Pilot[None], until: str, *keys: str) -> None:
    """Let mona stand in for nora, in every role, as far as the day until which she does."""
    await press(pilot, "D")
    await write(pilot, "nora", "enter")
    await write(pilot, "mona", "enter")
    await press(pilot, "enter")
    await write(pilot, until, *keys)


async def test_somebody_is_let_stand_in_and_the_queue_says_for_whom_and_until_when(desk: Desk):
    at_the_board(desk)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await delegate(pilot, "+40d")
        assert "30 days at most" in flat(pilot)
        await press(pilot, "escape")
        await delegate(pilot, "+4d", "enter")
        assert notice(pilot) == "Delegated: mona stands in for nora."
    async with dashboard(desk, "mona").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        assert "standing in for nora until Mon 30 Nov" in region(pilot, "#foot")
        await press(pilot, "right", "a")
    assert found(desk, "SELECT count(*) FROM vote WHERE on_behalf_of IS NOT NULL") == [(1,)]


async def test_only_who_could_vote_there_is_offered_to_stand_in(desk: Desk):
    a_person(desk, "abel", client="birch")
    a_person(desk, "otto")
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "D")
        await write(pilot, "nora", "enter")
        text = flat(pilot)
        assert "Who stands in for nora?" in text
        assert ("otto" in text, "mona" in text, "abel" in text) == (True, True, False)


async def test_on_a_personal_desk_one_looks_and_votes_as_somebody_who_only_stands_in(desk: Desk):
    at_the_board(desk)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        await delegate(pilot, "+4d", "enter")
        await press(pilot, "w")
        await write(pilot, "mona", "enter")
        assert "standing in for nora until Mon 30 Nov" in region(pilot, "#foot")
        await press(pilot, "a")
    assert found(desk, "SELECT count(*) FROM vote WHERE on_behalf_of IS NOT NULL") == [(1,)]


async def test_a_vote_afterwards_is_given_on_how_it_ran(desk: Desk):
    number = a_change(desk, path="emergency", incident="INC-7", planned_start=NOW.isoformat())
    running.act_first(as_person(desk, "ivan"), number, ["nora"], None)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        assert "Ran since Thu 26 Nov " in region(pilot, "#card")
        running.finish(as_person(desk, "ivan"), number, "with_issues", [Proof("two mails came late")])
        pilot.app.screen.read_again()  # type: ignore[attr-defined]
        await settled(pilot)
        assert ", with issues Services" in region(pilot, "#card")


async def test_a_vote_afterwards_is_given_on_what_it_ran_into(desk: Desk):
    submitted(desk, title="Other", planned_start=NOW.isoformat())
    number = a_change(desk, path="emergency", incident="INC-7", planned_start=NOW.isoformat())
    running.act_first(as_person(desk, "ivan"), number, ["nora"], None)
    running.finish(as_person(desk, "ivan"), number, "successful", [Proof("mail flows")])
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        assert "CHG-0001 changes mail at the same time" in " ".join(region(pilot, "#card").split())


async def test_a_window_that_is_over_is_said_before_the_vote(desk: Desk):
    ends = (NOW + timedelta(hours=2)).isoformat()
    submitted(desk, path="emergency", incident="INC-7", planned_start=NOW.isoformat(), planned_end=ends)
    later(desk, hours=3)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        assert "▲ Thu 26 Nov 14:02-16:02, over, no outage" in region(pilot, "#card")


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("size", SIZES)
async def test_an_overdue_approval_is_red_here_and_said_on_every_screen(desk: Desk, size: tuple[int, int]):
    number = a_change(desk, path="emergency", incident="INC-7", planned_start=NOW.isoformat(), initiative="MFA")
    running.act_first(as_person(desk, "ivan"), number, ["nora"], None)
    later(desk, hours=28)
    async with dashboard(desk).run_test(size=size) as pilot:
        await settled(pilot)
        assert "▲ 1 overdue" in seen(pilot.app).splitlines()[0]
        assert "approval afterwards overdue" in " ".join(seen(pilot.app).split())
        for name in ("initiative", "approvals", "policies", "changes"):
            await show(pilot, name)
            assert "▲ 1 overdue" in seen(pilot.app).splitlines()[0], name
        await show(pilot, "approvals")
        assert "4 h over" in region(pilot, "#queue")
        await press(pilot, "right")
        assert "over by 4 h" in region(pilot, "#card")


@pytest.mark.requirement("R91")
async def test_a_deadline_that_has_passed_is_settled_when_the_queue_is_opened(tmp_path: Path):
    with a_control_desk(tmp_path, STRICT) as desk:
        number = at_the_board(desk)
        later(desk, hours=73)
        async with dashboard(desk).run_test(size=(80, 24)) as pilot:
            await show(pilot, "approvals")
            assert notice(pilot) == f"Deadlines have passed: {number} rejected."
            assert "Nothing waits." in region(pilot, "#queue")


async def test_a_desk_that_is_open_read_only_settles_nothing_and_refuses_votes(tmp_path: Path):
    with a_control_desk(tmp_path, STRICT) as desk:
        number = at_the_board(desk)
        later(desk, hours=73)
        async with dashboard(desk, read_only=True).run_test(size=(80, 24)) as pilot:
            await show(pilot, "approvals")
            assert number in region(pilot, "#queue")
            for key in ("a", "r", "c", "s", "v", "D", "m", "n"):
                await press(pilot, key)
                assert notice(pilot) == "This desk is open read-only.", key
        assert found(desk, "SELECT state FROM change_request") == [("authorizing",)]


async def test_those_who_have_not_voted_are_reminded(desk: Desk):
    number = at_the_board(desk)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "m")
        assert notice(pilot) == f"Reminded of {number}: ben, nora, sam."
        await press(pilot, "m")
        assert "within the last 12 hours" in notice(pilot)


async def test_enter_opens_the_change_and_its_vote_key_leads_back_to_the_card(desk: Desk):
    submitted(desk)
    at_the_board(desk)
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ChangeScreen)
        await press(pilot, "v")
        assert "Waits for you" in seen(pilot.app)
        await press(pilot, "l")
        assert isinstance(pilot.app.screen, ChangesScreen)


async def test_esc_leads_back_to_the_change_whose_vote_key_led_here_and_never_in_a_circle(desk: Desk):
    at_the_board(desk)
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "changes")
        await press(pilot, "enter", "v")
        assert isinstance(pilot.app.screen, ApprovalsScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ChangeScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ApprovalsScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PortfolioScreen)


async def test_esc_after_a_vote_key_of_the_calendar_leads_all_the_way_back(desk: Desk):
    at_the_board(desk)
    change = found(desk, "SELECT id FROM change_request")[0][0]
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "change", f"{change} calendar")
        await press(pilot, "v", "escape", "escape")
        assert isinstance(pilot.app.screen, CalendarScreen)


async def test_a_switch_of_screens_forgets_the_change_that_led_here(desk: Desk):
    at_the_board(desk, initiative="MFA")
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "changes")
        await press(pilot, "enter", "v", "1", "3", "escape")
        assert isinstance(pilot.app.screen, PortfolioScreen)


async def test_an_empty_queue_says_which_keys_lead_on(desk: Desk):
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        assert "l lists all changes, n asks for one." in region(pilot, "#card")
        for key in ("space", "d", "a"):
            await press(pilot, key)
            assert notice(pilot) == "Nothing waits for a decision."


async def test_an_empty_queue_says_in_which_states_the_changes_are_that_ask_for_no_vote(desk: Desk):
    a_change(desk), a_change(desk), at_the_board(desk)
    async with dashboard(desk, "ivan").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        said = " ".join(region(pilot, "#card").split())
        assert "Nothing waits for you. 3 changes ask no vote of you: 2 draft, 1 authorizing." in said


async def test_what_a_file_has_brought_undecided_is_said_and_can_be_voted_on_from_its_page(desk: Desk):
    change = brought(desk)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        assert "Files brought 1 undecided change. It waits for nobody" in region(pilot, "#card")
        await show(pilot, "change", change)
        await press(pilot, "v")
        assert isinstance(pilot.app.screen, ApprovalsScreen)
        assert "OLD-1" in region(pilot, "#queue")
        assert "OLD-1" in region(pilot, "#card")


async def test_deadlines_name_the_clock_that_they_are_told_by(demo: Door):
    app = dashboard_on(demo)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "3", "down", "down")
        text = region(pilot, "#card")
        assert "until Fri 27 Nov 12:00 Berlin time" in text
        assert "Sat 28 Nov 09:00 Berlin time; rejected after that" in text
