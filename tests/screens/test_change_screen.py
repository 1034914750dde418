"""Change: its path, what it needs, every act by its key with the reason when not, and what another client would require."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from control_screens import dashboard, flat, notice, region, show, write
from dashboards import press, settled
from shells import seen
from textual.pilot import Pilot

from builders import NOW, TODAY, a_client, an_initiative, as_person, found
from changedesk.screens.control.approvals.card_parts import told
from changedesk.screens.control.approvals.queue import ApprovalsScreen
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.sheet import Sheet
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking, running
from changedesk.services.control.rules import policies, templates
from changedesk.services.control.situation import find
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from control_desks import START, STRICT, a_change, a_control_desk, at_the_board, clock_at, later, scheduled, submitted

SIZES = [(80, 24), (120, 36), (160, 48)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        an_initiative().with_work("delivery", "execution", "Cut over", TODAY + timedelta(days=60)).on(desk)
        yield desk


async def open_change(pilot: Pilot[None], desk: Desk, number: str) -> None:
    ((change_id,),) = found(desk, "SELECT id FROM change_request WHERE number = ?", number)
    await show(pilot, "change", change_id)


def state(desk: Desk, number: str) -> str:
    return str(found(desk, "SELECT state FROM change_request WHERE number = ?", number)[0][0])


@pytest.mark.parametrize("size", SIZES)
async def test_one_sees_where_it_is_and_what_it_needs(desk: Desk, size: tuple[int, int]):
    number = at_the_board(desk, initiative="MFA", milestone="Cut over")
    voting.vote(as_person(desk, "sam"), number, "approve", comment="fine by me")
    async with dashboard(desk).run_test(size=size) as pilot:
        await open_change(pilot, desk, number)
        text = flat(pilot)
        for words in (
            f"{number} Mail relay upgrade",
            "draft › assessing › ▸authorizing › scheduled › implementing › review › closed",
            "What does it need? 1 missing",
            "✗ 1 vote of the step CAB (one of ben, nora)",
            "✓ no hard freeze is in its window",
            "sam ✓",
            "sam: fine by me",
            "✓ none with freezes or other changes",
            "change authorised ◆ no business ready ◆ no",
        ):
            assert words in text, words
        assert "…" not in seen(pilot.app)


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (lambda desk: a_change(desk), "▸draft › assessing"),
        (lambda desk: a_change(desk, path="emergency", incident="INC-1"), "▸draft › authorizing › scheduled"),
        (lambda desk: scheduled(desk), "authorizing › ▸scheduled › implementing"),
    ],
)
async def test_each_path_has_its_own_states(desk: Desk, make, path: str):
    number = make(desk)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        assert path in flat(pilot)


async def test_what_was_rejected_or_cancelled_came_no_further(desk: Desk):
    rejected, cancelled = at_the_board(desk), a_change(desk)
    for who in ("nora", "sam"):
        voting.vote(as_person(desk, who), rejected, "reject", comment="no")
    asking.cancel(as_person(desk, "rita"), cancelled, "not needed")
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, rejected)
        assert "draft › assessing › authorizing › ▸rejected" in flat(pilot)
        await open_change(pilot, desk, cancelled)
        assert "draft › ▸cancelled" in flat(pilot)
        assert "Nothing: it is over." in flat(pilot)


async def test_the_panels_take_turns_where_there_is_room_for_one(desk: Desk):
    number = at_the_board(desk)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        assert "1 of 3 panels" in seen(pilot.app)
        assert "What is it?" in seen(pilot.app), "what the first panel leaves shows what the change is"
        assert "2 of 3 panels" not in seen(pilot.app)
        assert "tab next panel" in seen(pilot.app), "the line of keys is full of what can be done with the change"
        await press(pilot, "tab")
        assert "2 of 3 panels" in seen(pilot.app)
        assert "What does it need?" not in seen(pilot.app)
        assert "install, switch, watch" in flat(pilot)
        await press(pilot, "tab")
        assert "What happened?" in seen(pilot.app)
        assert "handed in → assessing" in flat(pilot)
        assert "mona voted: approve → authorizing" in flat(pilot)
        await press(pilot, "tab")
        assert "What does it need?" in seen(pilot.app)


async def test_a_key_that_is_refused_says_the_rule(desk: Desk):
    number = a_change(desk)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await open_change(pilot, desk, number)
        for key, reason in (
            ("v", f"{number} is a draft: no vote is open on it."),
            ("g", f"{number} is a draft; only a scheduled change starts."),
            ("f", f"{number} is a draft; only one that is being done can end."),
            ("b", f"{number} is a draft; only one that is being done can end."),
            ("R", f"{number} is a draft; a review comes after it was done and before it closes."),
            ("C", f"{number} is a draft; only one that was done and looked at closes."),
            ("t", f"{number} is a draft; its steps are done while it is being done."),
            ("a", f"{number} has no conflict that waits to be acknowledged."),
            ("I", "It serves no initiative."),
        ):
            await press(pilot, key)
            assert notice(pilot) == reason
    async with dashboard(desk, "sam").run_test(size=(120, 36)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "e")
        assert notice(pilot) == "sam may not edit this change: that takes the role change manager, or its requester."


async def test_only_what_can_be_done_now_stands_in_the_line_of_keys(desk: Desk):
    number = a_change(desk)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await open_change(pilot, desk, number)
        keys = seen(pilot.app).splitlines()[-1]
        assert "e edit  S submit  A assess" in keys
        assert "finish" not in keys


async def test_it_is_edited_in_its_form_with_dates_as_people_write_them(desk: Desk):
    number = a_change(desk)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "e")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.body.go_to(form.body.entry("planned_end"))
        form.body.current.line.select_all()
        await write(pilot, "4 dec 06:00", "ctrl+s")
        assert notice(pilot) == "Saved: change Mail relay upgrade."
        assert "revision 2" in seen(pilot.app)
        assert "Wed 2 Dec 14:02 - Fri 4 Dec 06:00" in flat(pilot)


async def test_undo_takes_an_edit_back_by_a_revision(desk: Desk):
    number = a_change(desk, by="rita")
    asking.edit(as_person(desk, "rita"), number, {"reason": "other"})
    async with dashboard(desk, "rita").run_test(size=(120, 36)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "U")
        assert f"why of {number} edited; taken back by a revision 3, on which nobody has voted" in flat(pilot)
        await press(pilot, "y")
        assert notice(pilot) == f"Taken back: {number} is revision 3 now."
        assert "the old relay is out of support" in flat(pilot)


async def test_its_page_and_the_card_of_it_say_in_the_same_words_what_nobody_has_said(desk: Desk):
    number = at_the_board(desk, reason="", plan="", test_plan="", services="")
    unsaid = (
        "Why nobody has said why",
        "Services none named: every freeze concerns it",
        "Tests nothing is said about tests",
        "Plan no plan is written down",
    )
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        card = region(pilot, "#card")
        await open_change(pilot, desk, number)
        page = region(pilot, "#content")
        assert [words for words in unsaid if words not in card or words not in page] == []


def test_what_nobody_has_said_is_a_risk_until_it_is_over(desk: Desk):
    number = a_change(desk, test_plan="")

    def colour() -> str:
        sheet = Sheet(60, 10)
        told(sheet, find(open_session(desk), number), "test_plan")
        return next(span.look.ink for span in sheet.page()[0] if "nothing is said about tests" in span.text)

    assert colour() == "risk"
    asking.cancel(as_person(desk, "rita"), number, "not needed")
    assert colour() == "explain"


async def test_hold_stops_it_and_another_reason_lets_it_go(desk: Desk):
    number = scheduled(desk)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "h")
        assert "Say why it is held; it does not start until it is let go." in flat(pilot)
        await write(pilot, "vendor is late", "enter")
        assert "on hold: vendor is late" in flat(pilot)
        clock_at(desk, START)
        pilot.app.screen.minute_passed()
        await settled(pilot)
        await press(pilot, "g")
        assert notice(pilot) == f"{number} cannot start: it is on hold: vendor is late."
        await press(pilot, "h")
        await write(pilot, "vendor is back", "enter")
        assert notice(pilot) == f"{number} goes on."


async def test_what_is_being_done_is_held_from_being_closed_and_ends_as_before(desk: Desk):
    number = scheduled(desk)
    clock_at(desk, START)
    running.start(as_person(desk, "ivan"), number)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "h")
        assert "Say why it is held; it does not close until it is let go." in flat(pilot)
        await write(pilot, "vendor is late", "enter")
    running.finish(as_person(desk, "ivan"), number, "successful", [running.Proof(text="log")])
    assert state(desk, number) == "review"


async def test_steps_are_planned_and_ticked_one_after_the_other(desk: Desk):
    number = scheduled(desk)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        for text in ("install", "switch"):
            await press(pilot, "i")
            await write(pilot, text, "enter")
        clock_at(desk, START)
        pilot.app.screen.minute_passed()
        await settled(pilot)
        await press(pilot, "g", "y", "t")
        await write(pilot, "took 5 min", "enter")
        assert "✓ 1 install, desk.owner Wed 2 Dec 14:02 · took 5 min ○ 2 switch" in flat(pilot)
        await press(pilot, "t", "enter")
        await press(pilot, "t")
        assert notice(pilot) == "Every step is done."


async def test_whose_word_is_asked_for_begins_with_those_who_vote_afterwards(desk: Desk):
    number = a_change(desk, path="emergency", incident="INC-7", planned_start=NOW.isoformat())
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "g")
        text = flat(pilot)
        assert max(text.index(seat) for seat in ("nora", "sam", "ben")) < text.index("ivan")


@pytest.mark.requirement("R79")
async def test_what_another_client_would_require_stands_beside_it(desk: Desk):
    a_client(desk, "birch")
    policies.set_policy(open_session(desk), "birch", STRICT)
    number = at_the_board(desk)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "W", "enter")
        text = flat(pilot)
        assert f"{number}: alder and birch" in text
        assert "Assessment: a missed deadline rejects there, and is only told here" in text
        assert "policy version 1" in text


async def test_an_emergency_is_begun_on_the_word_of_somebody_who_neither_asks_nor_does_it(desk: Desk):
    number = a_change(desk, path="emergency", incident="INC-7", planned_start=NOW.isoformat())
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "g")
        await write(pilot, "ivan")
        assert "asks for it or does it, and cannot allow it" in flat(pilot)
        await press(pilot, "enter", *["backspace"] * 4)
        await write(pilot, "nora", "enter")
        assert notice(pilot) == f"{number} is being done on the word of nora; the votes are owed."
        assert "draft › ▸implementing › review › closed" in flat(pilot)


async def test_unauthorised_stays_unauthorised(desk: Desk):
    number = a_change(desk, path="emergency", incident="INC-7", planned_start=NOW.isoformat())
    running.act_first(as_person(desk, "ivan"), number, ["nora"], None)
    later(desk, hours=25)
    voting.vote(as_person(desk, "ben"), number, "approve")
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        assert "unauthorised: what was begun without leave stays so" in flat(pilot)


async def test_from_its_initiative_one_asks_for_a_change_and_lists_those_that_serve_it(desk: Desk):
    async with dashboard(desk, "rita").run_test(size=(120, 36)) as pilot:
        await show(pilot, "initiative")
        await press(pilot, "C")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        assert (form.body.values["initiative"], form.body.values["client"]) == ("MFA", "alder")
        form.body.go_to(form.body.entry("title"))
        await write(pilot, "Cut over", "tab", "tab", "tab")
        await write(pilot, "2 dec 06:00", "tab")
        await write(pilot, "2 dec 08:00", "ctrl+s")
        assert "Cut over" in flat(pilot)
        assert "Serves MFA everywhere" in flat(pilot)
        await press(pilot, "I", "c")
        assert "Changes that serve MFA" in seen(pilot.app)
        assert "CHG-0001" in seen(pilot.app)
        await press(pilot, "escape")
        assert "Two lanes" in seen(pilot.app)


@pytest.mark.requirement("R101")
@pytest.mark.requirement("R106")
async def test_the_initiative_its_plan_and_its_gate_say_how_far_the_change_is(desk: Desk):
    number = at_the_board(desk, initiative="MFA", milestone="Cut over")
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "initiative")
        assert f"Change ◆ not authorised {number}: CAB open" in region(pilot, "#delivery")
        assert "Business ◆ not ready" in region(pilot, "#people")
        await press(pilot, "a")
        assert f"{number} CAB open" in flat(pilot)
        await press(pilot, "escape", *["right_square_bracket"] * 3, "enter")
        text = flat(pilot)
        assert "Gate 4 of 6 Go-live" in text
        assert f"change authorised ◆ no {number}: CAB open" in text
        assert "business ready ◆ no" in text
        for who in ("nora", "sam"):
            voting.vote(as_person(desk, who), number, "approve")
        await show(pilot, "initiative")
        await settled(pilot)
        assert "Change ● authorised" in region(pilot, "#delivery")


async def test_a_vote_leads_to_the_card(desk: Desk):
    number = submitted(desk)
    async with dashboard(desk, "mona").run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "v")
        assert isinstance(pilot.app.screen, ApprovalsScreen)
        assert number in region(pilot, "#card")


async def test_a_vote_given_elsewhere_is_written_down_with_what_shows_it(desk: Desk):
    number = at_the_board(desk)
    async with dashboard(desk, "mona").run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "V")
        assert "Whose vote?" in flat(pilot)
        await write(pilot, "sam", "enter", "r")
        await press(pilot, "enter")
        assert "To reject takes a reason." in flat(pilot)
        await write(pilot, "not in december", "enter")
        await press(pilot, "enter")
        assert "A vote is written down with what shows it." in flat(pilot)
        await write(pilot, "mail of 25 Nov", "enter")
        assert notice(pilot) == f"Written down: sam reject, {number} is authorizing now."
        assert "sam: not in december" in flat(pilot)
        assert "written down by mona (mail of 25 Nov)" in flat(pilot)
        # Whoever has voted is not asked for again, and leaving half way writes nothing.
        await press(pilot, "V")
        assert "sam" not in flat(pilot)
        await write(pilot, "ben", "enter", "escape")
    assert found(desk, "SELECT comment, evidence FROM vote WHERE evidence IS NOT NULL") == [
        ("not in december", "mail of 25 Nov")
    ]


@pytest.mark.parametrize(
    ("policy", "who", "reason"),
    [
        (STRICT, "mona", "The policy of alder does not let anybody write down the votes of others."),
        (None, "sam", "sam may not record the vote of somebody else: that takes the role change manager."),
    ],
    ids=["policy", "role"],
)
async def test_a_vote_is_written_down_only_where_the_policy_and_the_role_allow_it(desk: Desk, policy, who, reason):
    if policy:
        policies.set_policy(open_session(desk), "alder", policy)
    number = at_the_board(desk)
    async with dashboard(desk, who).run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "V")
        assert notice(pilot) == reason


async def test_where_all_is_seen_no_key_goes_between_the_panels(desk: Desk):
    number = at_the_board(desk)
    async with dashboard(desk).run_test(size=(160, 48)) as pilot:
        await open_change(pilot, desk, number)
        assert "tab panel" not in seen(pilot.app)
        await press(pilot, "tab")
        assert "All panels are shown." in seen(pilot.app)


async def test_the_keys_go_to_the_panel_that_is_longer_than_its_box(desk: Desk):
    number = at_the_board(desk)
    async with dashboard(desk).run_test(size=(120, 18)) as pilot:
        await open_change(pilot, desk, number)
        assert "↑ ↓" not in seen(pilot.app)
        await press(pilot, "tab")
        before = re.search(r"↑ ↓ (\d+) of \d+ lines", seen(pilot.app))
        await press(pilot, "down")
        after = re.search(r"↑ ↓ (\d+) of \d+ lines", seen(pilot.app))
        assert before
        assert after
        assert int(after[1]) == int(before[1]) + 1


async def test_how_and_when_it_ended_is_said_in_one_form(desk: Desk):
    number = a_change(desk, path="emergency")
    running.act_first(as_person(desk, "ivan"), number, ["nora"], "INC-1")
    async with dashboard(desk, "ivan").run_test(size=(120, 36)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "f")
        await write(pilot, "s", "tab")
        await write(pilot, "the relay answers", "tab")
        await write(pilot, "thu 26 nov 15:30", "tab")
        await write(pilot, "26 nov 13:10", "ctrl+s")
        assert state(desk, number) == "implementing"
        assert f"{number} cannot have begun Thu 26 Nov 15:30: that is still to come" in flat(pilot)
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.body.go_to(form.body.entry("began"))
        form.body.current.line.select_all()
        await write(pilot, "26 nov 12:30", "ctrl+s")
        assert notice(pilot) == f"{number} was successful."
        assert "Ran Thu 26 Nov 12:30 to 13:10" in flat(pilot)
        assert "ran Thu 26 Nov 12:30 to 13:10, said afterwards → review" in flat(pilot)
    ((began, ended),) = found(desk, "SELECT actual_start, actual_end FROM change_request")
    assert (began, ended) == ("2026-11-26T12:30:00Z", "2026-11-26T13:10:00Z")


async def test_that_a_failure_suspends_its_standard_change_is_said_with_it(desk: Desk):
    body = {"title": "Restart", "plan": "restart", "backout_plan": "start again", "risk": "low", "services": ["mail"]}
    templates.propose(as_person(desk, "ivan"), "alder", "restart", body)
    templates.approve(as_person(desk, "mona"), "alder", "restart")
    number = a_change(desk, **{**body, "services": "mail"}, path="standard", template="restart")
    asking.submit(open_session(desk), number)
    clock_at(desk, START)
    running.start(as_person(desk, "ivan"), number)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "f")
        await write(pilot, "f", "tab")
        await write(pilot, "the node stayed down", *["tab"] * 3)
        await write(pilot, "y", "ctrl+s")
        assert notice(pilot) == (
            f"{number} failed; the standard change restart is suspended: {number} failed and caused a P1."
        )


async def test_what_was_taken_back_is_said_with_its_reason_and_enter_whatever_was_typed_of_another_end(desk: Desk):
    number = scheduled(desk)
    clock_at(desk, START)
    running.start(as_person(desk, "ivan"), number)
    async with dashboard(desk, "ivan").run_test(size=(80, 24)) as pilot:
        await open_change(pilot, desk, number)
        await press(pilot, "f")
        await write(pilot, "w", "tab")
        await write(pilot, "nearly", "escape", "k")
        await press(pilot, "b")
        await write(pilot, "the check failed", "enter")
        assert notice(pilot) == f"{number} was backed out."
        assert "was backed out: the check failed" in flat(pilot)


async def test_of_a_change_with_which_nothing_was_done_here_it_is_said_what_will_stand_there(desk: Desk):
    client = a_client(desk)
    with desk.write("the test") as transaction:
        transaction.conn.execute(
            "INSERT INTO change_request (id, client_id, number, title, path, planned_start, planned_end, state, imported,"
            " held_here) VALUES (?, ?, 'OLD-1', 'Old change', 'normal', '2026-12-01T20:00:00Z', '2026-12-01T22:00:00Z',"
            " 'scheduled', 1, 0)",
            ("1" * 26, client),
        )
        transaction.record("test.made", client, {})
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await open_change(pilot, desk, "OLD-1")
        assert "Nothing yet on this desk." in flat(pilot)
