"""The gate page: both checklists with evidence, both signatures, and what is missing before each."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from control_screens import flat, write
from dashboards import dashboard_on, door_of, press, settled
from shells import seen
from textual.pilot import Pilot

from builders import NOW, TODAY, a_desk, an_initiative, as_person, found, record, staffed, tick_all
from changedesk.app import DeskApp
from changedesk.screens.context import Context
from changedesk.screens.initiative.gate_parts import fitted
from changedesk.screens.initiative.lane_talk import REASON, WHY
from changedesk.screens.registry import screens_by_name
from changedesk.services.door import Door
from changedesk.services.initiative import gates
from changedesk.services.initiative.signing import close_for, sign_for
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.widgets.canvas import Look, Span

SIZES = [(80, 24), (120, 36), (160, 48)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().with_work("delivery", "planning", "Plan", TODAY).with_work(
            "people", "training", "Train", TODAY + timedelta(days=20)
        ).on(desk)
        yield desk


async def at_gate(pilot: Pilot[None], number: int) -> None:
    """The page of that gate."""
    await settled(pilot)
    await press(pilot, "enter", "enter", *["right_square_bracket"] * (number - 1))


@pytest.mark.requirement("R35")
@pytest.mark.requirement("R36")
@pytest.mark.requirement("R55")
@pytest.mark.parametrize("size", SIZES)
async def test_enter_opens_the_gate_with_both_checklists_and_what_is_missing(desk: Desk, size: tuple[int, int]):
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await at_gate(pilot, 1)
        text = seen(pilot.app)
        for words in (
            "Gate 1 of 6 Initiation",
            "Delivery 0 of 3 done",
            "People 0 of 4 done",
            "Charter with objective and scope boundary approved",
            "Leaders who will sponsor it named",
            "Delivery ○ not signed; S signs as pat, the project owner, recorded by you",
            "3 of 3 items are open.",
            "MFA has no charter and no benefit; say where the approved one is",
            "Signing over this takes a waiver.",
            "7 of 7",
        ):
            assert words in flat(pilot)
        assert "…" not in text


async def test_a_gate_after_go_live_says_the_key_to_where_the_day_is_entered_and_opens_it_there(desk: Desk):
    app = dashboard_on(door_of(desk), keys={"gate.owners": "E", "gate.sign": "Z"})
    async with app.run_test(size=(120, 36)) as pilot:
        await at_gate(pilot, 5)
        said = "“Went live” says when it did. E opens the form."
        assert flat(pilot).count(said) == 2
        await press(pilot, "Z")
        assert flat(pilot).count(said) == 3
        await press(pilot, "E")
        await write(pilot, TODAY.isoformat(), "ctrl+s")
        assert "Delivery ○ not signed; Z signs as pat" in flat(pilot)
    assert found(desk, "SELECT go_live_actual FROM initiative") == [(TODAY.isoformat(),)]


@pytest.mark.parametrize(("by", "selected"), [("a click", "delivery/plan"), ("a key", "delivery/charter")])
async def test_whoever_goes_elsewhere_while_a_tick_is_written_stays_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, by: str, selected: str
):
    tick, let = gates.tick, threading.Event()
    monkeypatch.setattr(gates, "tick", lambda *asked: (let.wait(30), tick(*asked))[1])
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_gate(pilot, 2)
        await press(pilot, "down", "space")
        await pilot.press("enter")
        if by == "a click":
            pilot.app.screen._table.select(selected)
        else:
            await pilot.press("left_square_bracket")
        while pilot.app.screen._table.selected_key != selected:
            await pilot.pause()
        let.set()
        await settled(pilot)
        assert pilot.app.screen._table.selected_key == selected
    assert [item for (item,) in found(desk, "SELECT item FROM checklist")] == ["test_strategy"]


async def test_a_tick_asks_what_shows_it_and_goes_to_the_next_open_item(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_gate(pilot, 2)
        await press(pilot, "space")
        assert "What shows it?" in seen(pilot.app)
        await write(pilot, "plan v3 agreed", "enter")
        text = seen(pilot.app)
        assert "Delivery  1 of 3 done" in text
        assert "plan v3 agreed" in text
        assert "▌ ✗ Test strategy agreed" in text
        await press(pilot, "up")
        assert "done Thu 26 Nov by desk.owner; plan v3 agreed" in seen(pilot.app)
        await press(pilot, "enter")
        assert "ticking it again renews who, when and what" in seen(pilot.app)
        await press(pilot, "escape")
        assert found(desk, "SELECT evidence FROM checklist") == [("plan v3 agreed",)]


@pytest.mark.requirement("R60")
async def test_s_signs_the_chosen_side_in_its_owners_name_after_another_key(desk: Desk):
    me = open_session(desk)
    for lane in ("delivery", "people"):
        tick_all(me, "MFA", "planning", lane)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_gate(pilot, 2)
        await press(pilot, "S")
        text = seen(pilot.app)
        assert "Signed as pat, the project owner, recorded by you." in text
        await press(pilot, "S", "enter", "escape")
        assert found(desk, "SELECT count(*) FROM signature") == [(0,)]
        await press(pilot, "S", "y")
        assert pilot.app.screen.notice == "Signed: the delivery side of gate 2 Planning, by pat."
        await press(pilot, "tab", "S")
        assert "the plan becomes the baseline" in flat(pilot)
        await press(pilot, "y")
        assert "signed by both" in seen(pilot.app)
        assert "signed Thu 26 Nov by chris, recorded by desk.owner" in seen(pilot.app)
        await press(pilot, "S")
        assert pilot.app.screen.notice == "The people side of gate 2 Planning is signed already."


async def test_whoever_signs_the_last_gate_early_reads_how_much_use_it_looks_back_on(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(TODAY - timedelta(days=12)).on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await at_gate(pilot, 6)
            assert "· 12 of 90 days of use so far." in flat(pilot)
            await press(pilot, "S")
            await write(pilot, "Agreed with the sponsor", "enter")
            assert "It looks back on 12 of 90 days of use so far." in flat(pilot)
            await press(pilot, "y")
            assert "signed Thu 26 Nov by pat, recorded by desk.owner, after 12 of 90 days of use, waived:" in flat(
                pilot
            )


async def test_a_gate_opens_at_the_side_that_is_the_readers_own_to_sign(desk: Desk):
    async with dashboard_on(Door(as_person(desk, "chris"))).run_test(size=(80, 24)) as pilot:
        await at_gate(pilot, 2)
        await press(pilot, "S")
        assert "Sign the people side of gate 2 Planning" in flat(pilot)


async def test_the_initiative_goes_on_to_the_gate_that_is_next_once_the_one_that_was_has_both_signatures(desk: Desk):
    me = open_session(desk)
    for lane in ("delivery", "people"):
        tick_all(me, "MFA", "initiation", lane)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert "Gate 1 Initiation" in seen(pilot.app)
        for lane in ("delivery", "people"):
            sign_for(me, "MFA", "initiation", lane, waiver="Agreed with the sponsor.")
        await press(pilot, "escape", "enter")
        assert "Gate 2 Planning" in seen(pilot.app)


async def test_a_gate_opens_at_the_side_that_is_still_to_be_signed_and_the_signed_one_names_the_key_to_it(desk: Desk):
    me = open_session(desk)
    for lane in ("delivery", "people"):
        tick_all(me, "MFA", "planning", lane)
    sign_for(me, "MFA", "planning", "delivery")
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_gate(pilot, 2)
        await press(pilot, "tab", "S")
        signed = "The delivery side of gate 2 Planning is signed already; tab goes to the people side."
        assert pilot.app.screen.notice == signed
        await press(pilot, "tab", "S")
        assert "Sign the people side of gate 2 Planning" in flat(pilot)


@pytest.mark.requirement("R166")
async def test_a_formality_is_named_and_a_changed_list_voids_the_signature(desk: Desk):
    me = open_session(desk)
    tick_all(me, "MFA", "planning", "delivery")
    sign_for(me, "MFA", "planning", "delivery")
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_gate(pilot, 2)
        await press(pilot, "home")
        assert "Looks like a formality: planning: all 3 items of the delivery side were ticked within" in seen(
            pilot.app
        )
        await press(pilot, "enter")
        assert "The signature on this list stops counting." in seen(pilot.app)
        await write(pilot, "other", "enter")
        await press(pilot, "home")
        assert "Signed Thu 26 Nov by pat, recorded by desk.owner, and no longer counts" in seen(pilot.app)


@pytest.mark.requirement("R134")
async def test_signing_over_a_gap_asks_for_the_reason_first(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_gate(pilot, 1)
        await press(pilot, "S")
        text = flat(pilot)
        assert "MFA has no charter and no benefit; say where the approved one is and what it is done for" in text
        await press(pilot, "enter")
        assert "A waiver takes a reason." in seen(pilot.app)
        await write(pilot, "pilot only", "enter")
        assert "because: pilot only" in seen(pilot.app)
        await press(pilot, "y")
        assert found(desk, "SELECT lane, waiver FROM signature") == [("delivery", "pilot only")]
        assert "waived: pilot only" in flat(pilot)


async def test_all_that_one_would_sign_over_is_read_before_the_reason_however_low_the_terminal(desk: Desk):
    (initiative,) = found(desk, "SELECT id FROM initiative")[0]
    for number in range(40):
        record(
            desk, "readiness", initiative_id=initiative, about="support", item=f"Answer {number:02} rehearsed with the desk",
            status="not_ready", checkpoint="planning", lane="delivery", weight=90 - number,
        )  # fmt: skip
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_gate(pilot, 2)
        await press(pilot, "S")
        assert "40 items of readiness for planning are not ready: Answer 00 rehearsed" in flat(pilot)
        assert "16 of 28 lines" in flat(pilot)
        assert REASON in flat(pilot)
        assert WHY not in flat(pilot)
        await pilot.press("b", *["down"] * 9)
        await settled(pilot)
        assert "Answer 39 rehearsed with the desk" in flat(pilot)
        assert WHY in flat(pilot)


@pytest.mark.requirement("R140")
async def test_without_an_owner_of_the_outcome_the_page_says_the_key_that_enters_one_and_opens_it_there(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(TODAY - timedelta(days=100)).on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await at_gate(pilot, 6)
            assert "more lines" not in flat(pilot)
            said = "no owner of the outcome; name who answers for it in operations."
            assert f"{said} e opens the form." in flat(pilot)
            await press(pilot, "e", *"pat", "ctrl+s")
            assert "no owner of the outcome" not in flat(pilot)
    assert found(desk, "SELECT outcome_owner FROM initiative") == [("pat",)]


@pytest.mark.requirement("R36")
async def test_without_an_owner_the_page_says_why_nobody_signs(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        an_initiative().owned_by("pat", None).on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await at_gate(pilot, 1)
            refused = "MFA has no change owner; both are named before any gate is signed."
            refused += " e opens the form."
            assert refused in flat(pilot)
            await press(pilot, "S")
            assert pilot.app.screen.notice == refused
            await press(pilot, "e", *"kim", "ctrl+s")
            assert found(desk, "SELECT change_owner FROM initiative") == [("kim",)]
            assert "has no change owner" not in flat(pilot)


@pytest.mark.requirement("R22")
@pytest.mark.requirement("R46")
@pytest.mark.requirement("R48")
async def test_the_people_lane_closes_over_a_rule_only_with_a_reason(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(TODAY - timedelta(days=10)).with_work("people", "training", "Train", TODAY).on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, "enter", "ctrl+p", *"people", "enter")
            text = flat(pilot)
            assert "MFA went live 10 d ago; the people lane closes 90 days after go-live at the earliest" in text
            await write(pilot, "client leaves", "enter")
            assert "Closed as chris, the change owner, recorded by you." in seen(pilot.app)
            await press(pilot, "y")
            assert pilot.app.screen.notice == "Closed: the people lane of MFA, by chris."
            assert "closed Thu 26 Nov" in seen(pilot.app)
            await press(pilot, "ctrl+p", *"people", "enter")
            assert pilot.app.screen.notice == "The people lane of MFA is closed already."
            await press(pilot, "ctrl+p", *"delivery lane", "enter")
            await write(pilot, "client leaves", "enter")
            await press(pilot, "y")
            assert pilot.app.screen.notice.endswith("Both lanes are closed now; e closes the initiative, by its state.")


@pytest.mark.requirement("R140")
async def test_a_delivery_lane_whose_outcome_nobody_answers_for_takes_a_reason_too(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().with_work("delivery", "closure", "Closed out", TODAY, TODAY).brought_in().on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, "enter", "ctrl+p", *"delivery lane", "enter")
            assert "MFA has no owner of the outcome; name who answers for it in operations" in flat(pilot)
            await write(pilot, "client leaves", "enter")
            await press(pilot, "y")
            assert pilot.app.screen.notice == "Closed: the delivery lane of MFA, by pat."


@pytest.mark.requirement("R57")
@pytest.mark.requirement("R69")
@pytest.mark.parametrize("size", SIZES)
async def test_a_decision_is_acknowledged_by_both_sides_and_then_locked(desk: Desk, size: tuple[int, int]):
    initiative = found(desk, "SELECT id FROM initiative")[0][0]
    record(
        desk, "decision", initiative_id=initiative, title="Wards go first", touches_timing=1, touches_adoption=1
    )  # fmt: skip
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "D")
        text = seen(pilot.app)
        assert "Wards go first" in text
        assert text.count("not yet") == 2
        assert "it locks after the project owner's" in flat(pilot)
        await press(pilot, "L")
        assert "touches timing and adoption" in pilot.app.screen.notice
        await press(pilot, "d", "y", "p", "y")
        assert pilot.app.screen.notice == "Acknowledged by chris for the people side: Wards go first."
        await press(pilot, "L", "y")
        assert pilot.app.screen.notice == "Locked: Wards go first."
        assert "locked Thu 26 Nov" in seen(pilot.app)
        await press(pilot, "escape")
        assert "Two lanes" in seen(pilot.app)


async def test_the_gates_follow_each_other_and_escape_goes_back_to_the_initiative(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_gate(pilot, 1)
        await press(pilot, "left_square_bracket")
        assert pilot.app.screen.notice == "This is the first gate."
        await press(pilot, *["right_square_bracket"] * 5)
        assert "Gate 6 of 6" in seen(pilot.app)
        await press(pilot, "right_square_bracket")
        assert pilot.app.screen.notice == "This is the last gate."
        await press(pilot, "escape")
        assert "Two lanes, one initiative" in seen(pilot.app)


async def test_a_desk_that_is_open_read_only_refuses_with_the_reason(desk: Desk):
    door = door_of(desk)
    context = Context(door=door, clock=lambda: NOW, changed=door.revision, read_only=True)
    app = DeskApp(replace(context), screens_by_name())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "N")
        assert pilot.app.screen.notice == "This desk is open read-only."
        await press(pilot, "enter", "enter")
        for key in ("space", "enter", "S", "c"):
            await press(pilot, key)
            assert pilot.app.screen.notice == "This desk is open read-only.", key


def test_what_has_no_room_under_the_signatures_is_counted():
    lines = tuple((Span(f"line {number}", Look()),) for number in range(6))
    assert fitted(lines, 6, "more") == lines
    kept = fitted(lines, 4, "more lines")
    assert [line[0].text.strip() for line in kept] == ["line 0", "line 1", "line 2", "3 more lines"]
    assert kept[-1][0].look.ink == "explain", "who signs over them may not overlook it"


async def test_beside_the_handover_it_says_how_the_handover_stands_on_this_desk(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_gate(pilot, 5)
        await press(pilot, "down")
        stands = "On this desk the handover stands so: 0 of 9 items are there, nobody has taken it over."
        assert stands in flat(pilot)
        await press(pilot, "enter")
        assert stands in flat(pilot), "it is said where one ticks it, and refuses nothing"


async def test_the_reason_for_which_a_lane_was_closed_over_what_was_missing_stands_on_its_gates(desk: Desk):
    made = an_initiative().named("LIVE").live(TODAY - timedelta(days=10)).on(desk)
    close_for(open_session(desk), "LIVE", "people", "the client leaves")
    app = dashboard_on(door_of(desk))
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        app.show_screen("gate", made)
        await settled(pilot)
        assert (
            "the lane is closed since Thu 26 Nov by chris, recorded by desk.owner, over what was missing: the client leaves"
            in flat(pilot)
        )
