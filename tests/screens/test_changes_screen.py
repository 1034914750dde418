"""The list of changes: by words, state and client, in any order, however many there are; and the form with its lessons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from control_screens import dashboard, flat, notice, region, show, write
from dashboards import dashboard_on, press, settled
from shells import seen

from builders import NOW, a_client, an_initiative, as_person, found
from changedesk.screens.control.changes.change import ChangeScreen
from changedesk.screens.control.changes.change_form import ChangeFormScreen
from changedesk.screens.control.changes.listing import change_row
from changedesk.screens.forms.conflict import Conflict
from changedesk.services.control.changes import asking, running
from changedesk.services.control.learning import reviewing
from changedesk.services.door import Door
from changedesk.store.control import listing
from changedesk.store.control.listing import Listed
from changedesk.store.desk.database import Desk
from control_desks import a_change, a_control_desk, at_the_board, later, scheduled

SIZES = [(80, 24), (120, 36), (160, 48)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def brought(desk: Desk, many: int) -> None:
    """So many changes that a file has brought, one an hour, all over."""
    client = a_client(desk, "birch")
    with desk.write("the test") as transaction:
        rows = (
            (
                f"{number:026d}", client, f"OLD-{number:05d}", f"Old change {number}", "normal",
                (NOW - timedelta(hours=number + 2)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                (NOW - timedelta(hours=number + 1)).strftime("%Y-%m-%dT%H:%M:%SZ"), "closed", "successful",
            )
            for number in range(many)
        )  # fmt: skip
        transaction.conn.executemany(
            "INSERT INTO change_request (id, client_id, number, title, path, planned_start, planned_end, state, outcome,"
            " imported, held_here) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0)",
            rows,
        )
        transaction.record("test.made", client, {"many": many})


@pytest.mark.parametrize("size", SIZES)
async def test_open_changes_come_first_by_their_next_window(desk: Desk, size: tuple[int, int]):
    soon = at_the_board(desk, title="Soon", planned_start=(NOW + timedelta(days=1)).isoformat())
    late = a_change(desk, title="Late")
    asking.cancel(as_person(desk, "rita"), a_change(desk, title="Never"), "no")
    async with dashboard(desk).run_test(size=size) as pilot:
        await show(pilot, "changes")
        text = seen(pilot.app)
        assert "Changes, open, by earliest window" in text
        assert text.index(soon) < text.index(late)
        assert "Never" not in text
        assert "2 of 2" in text


async def test_what_is_over_is_told_from_the_last_window_back_unless_another_order_was_chosen(desk: Desk):
    brought(desk, 3)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "changes")
        await press(pilot, "s")
        await write(pilot, "closed and", "enter")
        text = seen(pilot.app)
        assert "Changes, over, by latest window" in text
        assert text.index("OLD-00000") < text.index("OLD-00002")
        await press(pilot, "s")
        await write(pilot, "draft", "enter")
        assert "Changes, draft, by earliest window" in seen(pilot.app)
        await press(pilot, "o", "s")
        await write(pilot, "closed and", "enter")
        assert "Changes, over, by number" in seen(pilot.app)


@pytest.mark.parametrize(
    ("state", "hours_ago", "said"),
    [("scheduled", 1, "window over"), ("scheduled", -1, "scheduled"), ("implementing", 1, "implementing")],
)
def test_what_was_never_begun_in_its_window_is_not_simply_scheduled(state: str, hours_ago: int, said: str):
    ended = NOW - timedelta(hours=hours_ago)
    one = Listed(
        "1", "CHG-1", "alder", "Mail relay", "normal", state, False, "low", (), ended - timedelta(hours=2), ended,
        None, None, False, "UTC",
    )  # fmt: skip
    shown = ["".join(span.text for span in cell) for cell in change_row(one, NOW).cells]
    assert shown[5] == said


async def test_of_what_is_held_over_its_window_both_are_said_with_its_state_once(desk: Desk):
    asking.hold(as_person(desk, "rita"), scheduled(desk), "vendor is late")
    later(desk, days=30)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "changes")
        assert "scheduled, on hold, its window is over" in flat(pilot)


async def test_changes_are_found_by_words_state_client_and_order(desk: Desk):
    brought(desk, 30)
    number = a_change(desk, title="Mail relay upgrade")
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "changes")
        await press(pilot, "s", "up", "enter")
        assert "31" in region(pilot, "#changes")
        await press(pilot, "slash")
        await write(pilot, "relay ALDER", "enter")
        assert "“relay ALDER”: 1 change, esc shows all" in flat(pilot)
        assert number in seen(pilot.app)
        await press(pilot, "escape", "c")
        await write(pilot, "birch", "enter")
        assert "Changes of birch" in seen(pilot.app)
        assert number not in seen(pilot.app)
        await press(pilot, "s")
        await write(pilot, "draft", "enter")
        assert "No change is like that; esc shows more." in seen(pilot.app)
        await press(pilot, "c", "up", "up", "enter", "o", "o")
        assert "by state" in seen(pilot.app)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ChangeScreen)


async def test_a_window_of_next_year_stands_whole_with_its_year(desk: Desk):
    a_change(
        desk,
        planned_start="2027-01-12T14:00:00Z",
        planned_end="2027-01-12T16:00:00Z",
        title="Replace the old relay of the whole house",
    )
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "changes")
        assert "12 Jan 2027 14:00-16:00" in seen(pilot.app)


async def test_letters_are_looked_for_in_what_the_first_one_has_read(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    brought(desk, 30)
    reads, read = [], listing.texts
    monkeypatch.setattr(listing, "texts", lambda *asked: (reads.append(1), read(*asked))[1])
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "changes")
        await press(pilot, "s", "up", "enter", "slash", *"change 2")
        assert "“change 2”: 12 changes, esc shows all" in flat(pilot)
        assert len(reads) == 1
        # Read anew for another order, they have the words that were typed.
        await press(pilot, "enter", "o")
        assert "“change 2”: 12 changes, esc shows all" in flat(pilot)


async def test_one_chooses_beginning_with_what_is_shown(desk: Desk):
    brought(desk, 30)
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "changes")
        await press(pilot, "s")
        assert "▌ open" in flat(pilot)
        await press(pilot, "escape", "c", "down", "down", "enter")
        assert "of birch" in seen(pilot.app)
        await press(pilot, "c")
        assert "▌ birch" in flat(pilot)


async def test_a_window_is_told_by_the_clock_of_its_client_and_says_by_whose(demo: Door):
    app = dashboard_on(demo)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "3", "l", "slash", *"0432", "enter")
        assert "Window, client's time" in seen(app)
        assert "Sat 28 Nov 20:00-21:00 New York time" in flat(pilot)
        assert "○ not assessed" in seen(app)


async def test_under_the_list_no_label_is_parted_from_what_it_names(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "R", "l")
        assert "services backup" in seen(pilot.app)
        assert "services │" not in seen(pilot.app)


async def test_a_percent_sign_and_an_underline_are_only_letters(desk: Desk):
    a_change(desk, title="100% TLS")
    a_change(desk, title="plain")
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "changes")
        await press(pilot, "slash")
        await pilot.press("%")
        await press(pilot, "enter")
        assert "1 of 1" in seen(pilot.app)


async def test_five_thousand_changes_are_paged(desk: Desk):
    brought(desk, 5_000)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "changes", "client birch")
        assert "of 5,000" in seen(pilot.app)
        await press(pilot, "end")
        assert "OLD-04999" in seen(pilot.app)
        await press(pilot, "slash")
        await write(pilot, "change 2345", "enter")
        assert "1 of 1" in seen(pilot.app)


async def test_an_empty_list_says_how_the_first_one_is_made(desk: Desk):
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "changes")
        assert "No change yet: n asks for the first one." in seen(pilot.app)
        assert "From a file: changedesk import FILE --kind changes" in seen(pilot.app)
        assert found(desk, "SELECT count(*) FROM change_request") == [(0,)]


# --- the form


@pytest.mark.requirement("R93")
@pytest.mark.parametrize("size", SIZES)
async def test_lessons_of_changes_like_it_stand_beside_the_form(desk: Desk, size: tuple[int, int]):
    number = scheduled(desk)
    later(desk, days=6)
    running.start(as_person(desk, "ivan"), number)
    running.finish(as_person(desk, "ivan"), number, "with_issues", [running.Proof(text="queue stood")])
    reviewing.review(as_person(desk, "mona"), number, "the queue stood", lesson="Drain the queue before the switch")
    async with dashboard(desk, "rita").run_test(size=size) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, ChangeFormScreen)
        assert "Changes like it" in seen(pilot.app)
        assert "Drain the queue before the switch" in flat(pilot)
        assert f"{number}, Wed 2 Dec" in flat(pilot)
        edges = [line.count("╯") for line in seen(pilot.app).splitlines() if "╯" in line]
        assert edges == ([1, 1] if size[0] < 110 else [2]), "side by side both boxes end on one line"


async def test_a_change_is_asked_for_by_keyboard_and_opened(desk: Desk):
    async with dashboard(desk, "rita").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "n")
        for text in ("Mail relay", "", "", "2 dec 06:00", "2 dec 08:00", "mail; web"):
            await write(pilot, text, "tab")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, ChangeScreen)
        assert "CHG-0001 Mail relay" in flat(pilot)
    content = found(desk, "SELECT services, planned_start, requester FROM change_request")
    assert content == [("mail;web", "2026-12-02T06:00:00Z", "rita")]


async def test_a_service_is_completed_among_several(desk: Desk):
    a_change(desk, services="mail relay;web shop")
    async with dashboard(desk, "rita").run_test(size=(80, 24)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "n")
        form = pilot.app.screen
        form.body.go_to(form.body.entry("services"))
        await write(pilot, "mai", "tab")
        await press(pilot, "shift+tab")
        await write(pilot, "; we", "tab")
        assert form.body.values["services"] == "mail relay; web shop"


async def test_what_is_wrong_stands_beside_its_field(desk: Desk):
    async with dashboard(desk, "rita").run_test(size=(120, 36)) as pilot:
        await show(pilot, "approvals")
        await press(pilot, "n", "shift+tab")
        await write(pilot, "nowhere", "tab")
        await press(pilot, "ctrl+s")
        assert "There is no client nowhere in view." in flat(pilot)
        assert notice(pilot) == "Not saved yet: look at Client."


async def test_two_who_edit_the_same_field_see_both_and_choose(desk: Desk):
    number = a_change(desk)
    ((change_id,),) = found(desk, "SELECT id FROM change_request")
    async with dashboard(desk, "rita").run_test(size=(120, 36)) as pilot:
        await show(pilot, "change", change_id)
        await press(pilot, "e")
        form = pilot.app.screen
        form.body.go_to(form.body.entry("backout_minutes"))
        form.body.current.line.select_all()
        await write(pilot, "20")
        asking.edit(as_person(desk, "mona"), number, {"backout_minutes": "45"})
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Conflict)
        assert "mona changed this change meanwhile" in flat(pilot)
        await press(pilot, "m", "s")
        assert "revision 3" in seen(pilot.app)
    assert found(desk, "SELECT backout_minutes, revision FROM change_request") == [(20, 3)]


async def test_the_approvals_lead_to_all_changes_also_after_those_of_one_initiative(demo: Door):
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "c")
        assert "Changes that serve MFA" in seen(app)
        await press(pilot, "3", "l")
        assert "Changes, open, by earliest window" in seen(app)
        await press(pilot, "slash", *"wire", "enter", "3", "l")
        assert "“wire”:" in seen(app), "a list of all changes stays as it was left"


async def test_the_changes_of_an_initiative_whose_code_has_a_blank_are_its_own(desk: Desk):
    an_initiative().named("ERP 2").on(desk)
    number = a_change(desk, initiative="ERP 2")
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "c")
        assert "Changes that serve ERP 2" in seen(pilot.app)
        assert number in seen(pilot.app)


async def test_all_that_a_field_at_the_lower_edge_says_is_seen(desk: Desk):
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "changes")
        await press(pilot, "n", *["tab"] * 15)
        assert "17 of 18 fields" in seen(pilot.app)
        assert "needs both lights" in seen(pilot.app)


async def test_an_initiative_that_no_change_serves_says_how_it_gets_one(desk: Desk):
    code = found(desk, "SELECT code FROM initiative WHERE id = ?", an_initiative().on(desk))[0][0]
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "changes", f"initiative {code} x")
        assert f"No change serves {code} in this list: n asks for one, esc leads back." in flat(pilot)
