"""What stands where a desk has nothing yet: what would stand there, which key makes it, and nothing good that is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from control_screens import flat, region, show
from dashboards import dashboard_on, door_of, press, settled
from people_desks import lines_with
from shells import seen
from textual.pilot import Pilot

from builders import TODAY, a_client, a_desk, an_initiative, found
from changedesk.screens.base import DeskScreen
from changedesk.screens.control.learning.change_kpis import ChangeKpisScreen
from changedesk.screens.golive.screen import GoLiveScreen
from changedesk.screens.initiative.screen import InitiativeScreen
from changedesk.screens.readiness.screen import ReadinessScreen
from changedesk.services.initiative.playbooks import new_from_playbook
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk

SIZES = [(80, 24), (120, 36), (160, 48)]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def one(empty: Desk) -> Desk:
    a_client(empty)
    new_from_playbook(open_session(empty), "mfa", "alder", TODAY + timedelta(days=20))
    return empty


FILES = "From a file: changedesk import FILE --kind initiatives"


def notice(pilot: Pilot[None]) -> str:
    screen = pilot.app.screen
    assert isinstance(screen, DeskScreen)
    return screen.notice


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "adoption",
            ("No initiative yet: N on the portfolio makes one.", "week by week beside plan and target", FILES),
        ),
        ("people", ("No initiative yet: N on the portfolio makes one.", FILES)),
        ("golive", ("No go-live yet.", FILES)),
        ("client", ("No client yet: C on the portfolio makes one.", "What to tell the sponsor stands here")),
        ("policies", ("No client yet: C on", "What does it require?", "How a client has its changes")),
        ("cab", ("No meeting yet. n calls one", "of the selected change stands here")),
        ("readiness", ("No gap yet. N on the portfolio makes an initiative",)),
        ("saturation", ("N on the portfolio makes one with both",)),
        ("change_kpis", ("No change has been asked for yet: n on Approvals asks for one.",)),
        ("handover", ("Nothing is handed over yet", "What still stands before it is taken over")),
    ],
)
async def test_an_empty_desk_says_what_would_stand_there_and_what_makes_it(
    empty: Desk, place: str, said: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=size) as pilot:
        await show(pilot, place)
        for words in said:
            assert words in flat(pilot), words


@pytest.mark.parametrize(
    ("place", "kind"), [("readiness", "readiness"), ("saturation", "impacts"), ("people", "initiatives")]
)
async def test_the_line_to_type_for_a_file_stands_by_itself(empty: Desk, place: str, kind: str) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        await show(pilot, place)
        lines = [line.strip("│ ") for line in seen(pilot.app).splitlines()]
        assert f"From a file: changedesk import FILE --kind {kind}" in lines


async def test_without_an_initiative_there_is_no_question_over_nothing(empty: Desk) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        await show(pilot, "adoption")
        assert "Are they using it?" not in flat(pilot)
        a_client(empty)
        new_from_playbook(open_session(empty), "mfa", "alder", TODAY + timedelta(days=20))
        pilot.app.screen.read_again()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "Are they using it?" in flat(pilot)


async def test_while_an_initiative_is_read_its_frame_says_so(one: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(InitiativeScreen, "reload", lambda _screen: None)
    async with dashboard_on(door_of(one)).run_test(size=(80, 24)) as pilot:
        await show(pilot, "initiative")
        assert "Loading ..." in flat(pilot)


@pytest.mark.parametrize(
    ("place", "screen", "said", "words"),
    [
        ("readiness", ReadinessScreen, ("Why there?", "How does the group stand?"), 3),
        ("golive", GoLiveScreen, ("What hits us today, is it normal?", "What is open?", "Is it used, who helps?"), 5),
        ("change_kpis", ChangeKpisScreen, ("Went well by client",), 1),
    ],
)
async def test_while_a_list_is_read_the_boxes_below_it_ask_their_question(
    one: Desk,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    screen: type[DeskScreen],
    said: tuple[str, ...],
    words: int,
) -> None:
    monkeypatch.setattr(screen, "reload", lambda _screen: None)
    async with dashboard_on(door_of(one)).run_test(size=(120, 36)) as pilot:
        await show(pilot, place)
        assert all(question in flat(pilot) for question in said)
        assert flat(pilot).count("Loading ...") == words


async def test_enter_in_an_empty_list_says_why_nothing_opens(empty: Desk) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        for place, said in (
            ("changes", "There is no change to open."),
            ("services", "There is no service to choose yet: n adds one."),
            ("policies", "No client yet: C on the portfolio makes one."),
            ("cab", "There is no meeting yet: n calls one."),
            ("reviews", "Nothing is owed after any change."),
        ):
            await show(pilot, place)
            await press(pilot, "enter")
            assert notice(pilot) == said, place


async def test_that_nothing_can_be_taken_back_is_no_fault(empty: Desk) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "U")
        assert notice(pilot) == "You have changed nothing yet that could be taken back."


async def test_a_list_to_choose_from_says_why_it_is_empty(empty: Desk) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "D")
        assert "No person yet: P on the portfolio makes one." in flat(pilot)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("n", "tab", "tab", "down"), "No client yet: C on the portfolio makes one."),
        (("n", "tab", "tab", "tab", "down"), "No person yet: P on the portfolio makes one."),
        (("3", "n", *["tab"] * 6, "down"), "Nothing is known yet that could stand in Services."),
    ],
)
async def test_a_field_with_nothing_to_choose_from_says_so_and_which_key_makes_the_first(
    empty: Desk, keys: tuple[str, ...], said: str
) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *keys)
        assert said in flat(pilot)


@pytest.mark.parametrize(
    ("place", "key"),
    [("readiness", "c"), ("people", "c"), ("saturation", "c"), ("changes", "c"), ("calendar", "f")],
)
async def test_where_a_client_is_chosen_an_empty_desk_says_which_key_makes_one(
    empty: Desk, place: str, key: str
) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        await show(pilot, place)
        await press(pilot, key)
        assert "No client yet: C on the portfolio makes one." in flat(pilot)
        assert "every client in view" not in flat(pilot)


async def test_a_time_is_found_for_a_client_of_which_the_calendar_has_nothing(empty: Desk) -> None:
    a_client(empty)
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        await show(pilot, "calendar")
        await press(pilot, "f", "enter")
        assert "How long does the change of alder as a whole take" in flat(pilot)


async def test_where_there_is_no_change_no_key_asks_for_one_to_be_chosen(empty: Desk) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "n")
        assert notice(pilot) == "Nothing is owed after any change."
        await press(pilot, "L", "n")
        assert notice(pilot) == "That belongs to what is owed: L shows it."
        await show(pilot, "approvals")
        await press(pilot, "right")
        assert notice(pilot) == "Nothing waits for a decision."


async def test_where_no_service_has_anything_the_groups_take_the_room_and_a_time_is_found_for_their_client(
    one: Desk,
) -> None:
    async with dashboard_on(door_of(one)).run_test(size=(80, 24)) as pilot:
        await show(pilot, "calendar")
        assert "5 of 5" in flat(pilot)
        assert "Nothing runs in this time" in flat(pilot)
        assert "week of" in region(pilot, "#people"), "the keys go to the groups, and what is said of one stands there"
        assert "tab" not in region(pilot, "#people")
        await press(pilot, "c")
        assert notice(pilot) == "Nothing collides in the time that is shown."
        await press(pilot, "f")
        assert "alder as a whole" in flat(pilot)


async def test_the_weeks_of_a_group_stay_apart_from_what_happens_in_them(one: Desk) -> None:
    async with dashboard_on(door_of(one)).run_test(size=(80, 24)) as pilot:
        await show(pilot, "calendar")
        await press(pilot, "minus", "tab", "enter")
        assert "2027  " in seen(pilot.app)
        assert not [line for line in seen(pilot.app).splitlines() if "20275" in line or "20272" in line]


async def test_what_nobody_has_looked_at_is_called_unknown_under_its_question(one: Desk) -> None:
    async with dashboard_on(door_of(one)).run_test(size=(80, 30)) as pilot:
        await show(pilot, "adoption")
        await press(pilot, "f")
        assert "Unknown: nobody has looked at it yet." in flat(pilot)
        assert "Unknown: nobody was asked yet." in flat(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_how_a_group_is_asked_is_said_to_its_last_key(one: Desk, size: tuple[int, int]) -> None:
    async with dashboard_on(door_of(one)).run_test(size=size) as pilot:
        await show(pilot, "readiness")
        if size[0] < 110:
            await press(pilot, "tab")
        assert "enter, then s" in flat(pilot)


async def test_on_the_page_of_an_initiative_a_group_is_asked_with_one_key(one: Desk) -> None:
    async with dashboard_on(door_of(one)).run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "y")
        assert "its answers are entered: s" in flat(pilot)


async def test_a_desk_with_a_checklist_alone_is_not_called_unrecorded(one: Desk) -> None:
    async with dashboard_on(door_of(one)).run_test(size=(120, 36)) as pilot:
        await press(pilot, "enter", "y")
        assert any("1 of 1 item left" in line for line in lines_with(pilot, "Service desk"))
        await press(pilot, "tab", "tab", "tab")
        assert "Not ready: “18 of 20 rehearsed calls solved by script" in flat(pilot)


async def test_a_mean_by_people_whom_nobody_counted_is_unknown_and_not_no_hit(one: Desk) -> None:
    async with dashboard_on(door_of(one)).run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "p")
        (mean,) = lines_with(pilot, "Mean by people")
        assert mean.split("people")[1].split()[:4] == ["?", "-", "?", "-"]
        await press(pilot, "end")
        assert "known once every group that was rated has a headcount" in flat(pilot)


async def test_owners_that_are_missing_have_one_name_on_the_portfolio(one: Desk) -> None:
    async with dashboard_on(door_of(one)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "no project owner, no change owner, no sponsor" in flat(pilot)


async def test_a_lane_without_an_owner_says_whose_is_missing(one: Desk) -> None:
    code = found(one, "SELECT code FROM initiative")[0][0]
    async with dashboard_on(door_of(one)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "x")
        assert notice(pilot) == f"{code} has no project owner; name one first."


async def test_what_nobody_knows_of_the_desk_is_called_unknown_and_not_unready(one: Desk) -> None:
    async with dashboard_on(door_of(one)).run_test(size=(80, 24)) as pilot:
        await show(pilot, "golive")
        await press(pilot, "tab", "tab", "tab")
        assert "1 of 1 item unknown" in flat(pilot)


async def test_beside_the_list_of_groups_only_other_lists_leave_a_forecast_without_counts_out(one: Desk) -> None:
    async with dashboard_on(door_of(one)).run_test(size=(80, 24)) as pilot:
        await show(pilot, "adoption")
        assert "no count yet, so no list of initiatives shows it" in flat(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_benefits_say_what_would_stand_there_before_one_is_named(empty: Desk, size: tuple[int, int]) -> None:
    initiative = an_initiative().with_audience("Office").on(empty)
    async with dashboard_on(door_of(empty)).run_test(size=size) as pilot:
        await settled(pilot)
        pilot.app.show_screen("value", initiative)
        await settled(pilot)
        assert "No benefit is named: what is it done for? b names one." in flat(pilot)
        assert "Of each benefit stands here what it was measured at, beside the way that was planned." in flat(pilot)
        assert "Realised against expected" not in flat(pilot), "there is no curve to show"
        assert "b new" in lines_with(pilot, "Was it worth it?")[0]


@pytest.mark.parametrize(("place", "box"), [("golive", "today"), ("client", "initiatives")])
async def test_an_empty_page_is_a_frame_from_the_first_row_and_says_whose_page_it_is(
    empty: Desk, place: str, box: str
) -> None:
    async with dashboard_on(door_of(empty)).run_test(size=(80, 24)) as pilot:
        await show(pilot, place)
        shown = seen(pilot.app).splitlines()
        frame = pilot.app.screen.query_one(f"#{box}").region
        assert frame.y == 1, "no row of what is not there stands above it"
        assert not shown[2].strip("│ "), "a blank row above the words, as in every empty list"
        assert shown[-2].startswith("╰"), "the frame goes down to the line of keys"
        assert place != "client" or "One client" in shown[1]
