"""A meeting of the board on the screen: the agenda fills itself, votes of those present are written down, minutes follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from control_screens import flat
from dashboards import dashboard_on, press, settled
from shells import seen
from textual.widgets import Input

from changedesk.errors import RuleRefused
from changedesk.screens.base import DeskScreen
from changedesk.screens.control.approvals.cab_parts import as_read
from changedesk.screens.records.trail import TrailSource
from changedesk.services.control.approvals import meetings
from changedesk.services.control.reading import change_view
from changedesk.services.door import Door
from changedesk.services.session import PROGRAM
from changedesk.services.trail import event_numbers, events

SIZES = [(80, 24), (120, 36), (160, 48)]


def notice(app: object) -> str:
    """What is said at the lower edge."""
    screen = app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, DeskScreen)
    return screen.notice


@pytest.mark.requirement("R91")
@pytest.mark.parametrize("size", SIZES)
async def test_a_meeting_shows_its_agenda_and_all_that_decides_about_the_chosen_change(
    demo: Door, size: tuple[int, int]
) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "M")
        text = seen(app)
        for words in (
            "Ballot on the ERP interface",
            "CHG-0434",
            "Back-out",
            "waits for katrin.vogel",
            "Missing",
            "12:00 Berlin time",
        ):
            assert words in text, words
        assert "✓ dmitri.petrov does another client's change at the same time, seen by" in flat(pilot), "as on its card"


@pytest.mark.parametrize(
    ("key", "title"), [("2", "MFA for everyone"), ("7", "PSA replacement"), ("8", "PSA replacement")]
)
async def test_a_meeting_is_about_no_initiative_and_leads_to_every_main_screen(
    demo: Door, key: str, title: str
) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "M", key)
        assert title in seen(app)
        assert "no longer in view" not in seen(app)


@pytest.mark.parametrize("keys", [("3",), ("3", "l")])
async def test_the_board_is_one_key_from_approvals_and_from_the_list_of_changes(
    demo: Door, keys: tuple[str, ...]
) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *keys, "M")
        assert "Ballot on the ERP interface" in seen(app)


@pytest.mark.requirement("R91")
async def test_the_votes_of_those_present_schedule_the_change_and_stand_in_the_minutes(own: Door) -> None:
    app = dashboard_on(own)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "M", "o", *"week", "enter", "f")
        assert "CHG-0402" in seen(app)
        table = app.screen.query_one("VirtualTable")
        meeting = next(one for one in meetings.listed(own.session) if one.title == "CAB of the week")
        item = next(
            one for one in meetings.meeting_view(own.session, meeting.id).agenda if one.item.number == "CHG-0402"
        )
        table.select(item.item.id)  # type: ignore[attr-defined]
        await settled(pilot)
        await press(pilot, "enter", "a", "space", "down", "enter", "enter")
        assert change_view(own.session, "CHG-0402").change.state == "scheduled"
        await press(pilot, "m")
        assert "Result" in seen(app)
        assert "cab" in meetings.minutes(own.session, meeting.id)


async def test_a_meeting_that_was_called_is_the_one_that_is_prepared(own: Door) -> None:
    app = dashboard_on(own)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "M", "n", *"alder", "tab", *"cab", "tab", *"Extra board", "tab")
        await press(pilot, *"mon 14:00", "tab", *"15:00", "ctrl+s")
        assert "Extra board  alder, begins Mon 30 Nov 14:00, planned, 0 of 60 min" in seen(app)
        await press(pilot, "f")
        assert "CHG-0402" in seen(app)


async def test_a_change_that_is_talked_about_is_not_begun_once_more(own: Door) -> None:
    app = dashboard_on(own)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "M", "enter")
        told = len(event_numbers(own.session, "", of_people=False))
        await press(pilot, "enter")
        assert notice(app) == "The time of CHG-0434 runs already."
        meeting = meetings.listed(own.session)[0].id
        meetings.begin(own.session, meeting, meetings.meeting_view(own.session, meeting).agenda[0].item.id)
    assert len(event_numbers(own.session, "", of_people=False)) == told


async def test_what_is_said_of_a_meeting_has_room_on_every_width(demo: Door) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "M")
        assert "dover, ballot until Fri 27 Nov 12:00 Berlin time, open" in seen(app)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "Ballot on the ERP interface  until Fri 27 Nov 12:00 Berlin time, open" in seen(app)


async def test_one_change_that_is_still_undecided_is_told_of_as_one(own: Door) -> None:
    async with dashboard_on(own).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "M", "o", *"week", "enter", "enter", "E")
        assert "Still undecided: CHG-0421. It stays so." in flat(pilot)


async def test_a_meeting_ends_after_a_question_and_is_not_changed_afterwards(own: Door) -> None:
    app = dashboard_on(own)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "M", "o", *"week", "enter", "f", "enter", "E", "y")
        assert meetings.listed(own.session)[-1].state == "closed"
        await press(pilot, "o", *"week", "enter", "a")
        assert "over" in notice(app)


async def test_what_a_meeting_cannot_do_yet_or_any_more_is_refused_at_the_key(own: Door) -> None:
    app = dashboard_on(own)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "M", "o", *"week", "enter", "E")
        assert notice(app) == "CAB of the week cannot end: it begins with the first change that is talked about."
        await press(pilot, "enter", "x")
        assert notice(app) == "CHG-0421 was talked about already: it stays in the minutes."


async def test_a_ballot_runs_to_its_deadline_and_time_approves_nothing(own: Door) -> None:
    app = dashboard_on(own)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "M", "E")
        assert notice(app) == (
            "Ballot on the ERP interface cannot end: its ballot is open until Fri 27 Nov 12:00 Berlin time."
        )
        with pytest.raises(RuleRefused, match="open until Fri 27 Nov 12:00"):
            meetings.close(own.session, meetings.listed(own.session)[0].id)
        assert change_view(own.session, "CHG-0434").s.approval == "pending"


@pytest.mark.requirement("R95")
@pytest.mark.parametrize("size", SIZES)
async def test_the_trail_is_found_by_words_and_proven_by_a_key(demo: Door, size: tuple[int, int]) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "A")
        assert "Who decided what" in seen(app)
        await press(pilot, "slash", *"CHG-0402", "enter")
        text = seen(app)
        assert "CHG-0402" in text
        assert "CHG-0419" not in text.split("What it says")[0]
        await press(pilot, "v")
        assert "links hold" in seen(app)
        await press(pilot, "slash", *"nothing-has-this", "enter")
        assert "No event is like that" in seen(app)


async def test_events_are_looked_for_once_however_many_pages_of_them_are_seen(
    demo: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, pages, shown = [], [], "changedesk.screens.records.trail"
    monkeypatch.setattr(
        f"{shown}.event_numbers", lambda *asked, **how: (looked.append(asked[1]), event_numbers(*asked, **how))[1]
    )
    monkeypatch.setattr(f"{shown}.events", lambda *asked: (pages.append(len(asked[1])), events(*asked))[1])
    monkeypatch.setattr(f"{shown}.PAGE_ROWS", 20)
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "A", "slash", *"change", "enter", "end", "home")
        assert looked == ["", "change"]
        assert len(pages) >= 4
        assert max(pages) == 20
        numbers = event_numbers(demo.session, "change")
        source = TrailSource(demo.session, "change", of_people=False)
        assert [source.position(str(number)) for number in (numbers[0], numbers[-1], 10**9)] == [
            0,
            len(numbers) - 1,
            None,
        ]
        assert source.found(str(numbers[-1])).seq == numbers[-1]


async def test_an_event_that_says_more_than_has_room_is_read_to_its_seal(demo: Door) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "A", "slash", *"CHG-0435 created", "enter")
        assert "Seal" not in seen(app)
        assert "6 of " in seen(app).split("What it says")[1]
        assert "→ read on" in seen(app).split("What it says")[1].splitlines()[0]
        await press(pilot, *["right"] * 4)
        assert "Seal" in seen(app).split("What it says")[1]
        await press(pilot, "right")
        assert notice(app) == "That is all of it."
        await press(pilot, *["left"] * 4)
        assert "Event " in seen(app).split("What it says")[1]


async def test_of_an_event_that_is_seen_whole_no_key_is_said_to_show_more(demo: Door) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        await press(pilot, "A", "slash", *"CHG-0432 held", "enter")
        said = seen(app).split("What it says")[1]
        assert "Seal" in said
        assert "read on" not in said.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "state"), [("CHG-0432 held", "scheduled, as before"), ("CHG-0419 finished", "implementing → review")]
)
async def test_what_became_of_the_state_of_a_change_stands_in_one_line(demo: Door, words: str, state: str) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        await press(pilot, "A", "slash", *words, "enter")
        said = " ".join(seen(app).split("What it says")[1].split())
        assert f"State {state}" in said
        assert " From " not in said


@pytest.mark.requirement("R95", "R100")
async def test_everything_about_a_change_is_handed_over_from_the_trail_by_a_key(demo: Door, tmp_path: Path) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "A", "slash", *"CHG-0419 finished", "enter", "b")
        assert "Hand over CHG-0419" in seen(app)
        app.screen.query_one(Input).value = str(tmp_path / "for the auditor")
        await press(pilot, "enter")
        assert "4 files about CHG-0419" in notice(app)
        await press(pilot, "slash", *["backspace"] * 20, *"delegation", "enter", "b")
        assert notice(app).endswith("not about a change: only a change can be handed over.")
    assert sorted(path.name for path in (tmp_path / "for the auditor").iterdir()) == [
        "README.md",
        "change.json",
        "events.json",
        "files",
    ]


async def test_meetings_begin_by_the_clocks_of_their_clients_and_minutes_are_read_without_signs(demo: Door) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "M", "o")
        assert "Mon 23 Nov 10:00 Berlin time" in seen(app)
        await press(pilot, "escape", "m")
        text = seen(app)
        assert "Result: authorizing, missing" in text
        assert "#" not in text
        assert "**" not in text


def test_a_line_of_the_minutes_keeps_what_its_writer_meant() -> None:
    assert as_read("## 1. CHG-7 Mail \\#2") == ("1. CHG-7 Mail #2", True)
    assert as_read("- Result: **1 of 2 \\*sure\\***") == ("- Result: 1 of 2 *sure*", True)
    assert as_read("") == ("", False)


async def test_what_the_program_writes_down_itself_is_left_out_of_the_trail_by_a_key(own: Door) -> None:
    with own.session.desk.write(PROGRAM) as transaction:
        transaction.record("forecast.kept", own.session.desk.facts.id, {"forecasts": 2})
    app = dashboard_on(own)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "A")
        assert "forecast kept" in seen(app)
        await press(pilot, "p")
        assert "people only: " in flat(pilot)
        assert "forecast kept" not in seen(app)
        await press(pilot, "escape")
        assert "forecast kept" in seen(app)
        assert "esc shows all" not in flat(pilot)


@pytest.mark.parametrize(
    ("where", "lit"),
    [
        ("M", "3 Approvals"),
        ("A", "1 Portfolio"),
        ("C", "1 Portfolio"),
        ("P", "1 Portfolio"),
        ("H", "1 Portfolio"),
        ("4 w", "4 Calendar"),
        ("enter r enter", "2 Initiative"),
    ],
)
async def test_every_list_lights_the_tab_that_it_belongs_to(demo: Door, where: str, lit: str) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *where.split())
        assert f"{lit}  " in seen(app).splitlines()[0] or f"{lit} (" in seen(app).splitlines()[0]


async def test_a_meeting_with_nothing_on_its_agenda_ends_without_the_word_that_all_is_decided(own: Door) -> None:
    app = dashboard_on(own)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "M", "x", "y")
        await settled(pilot)
        assert "Nothing on the agenda." in flat(pilot)
        await press(pilot, "E")
        assert "Nothing is on the agenda." in flat(pilot)
        assert "decided" not in flat(pilot).partition("End Ballot")[2].partition("yes, end it")[0]


@pytest.mark.parametrize(("key", "end"), [("[", "first"), ("]", "last")])
async def test_what_stands_at_an_end_of_the_agenda_says_so_when_it_cannot_be_moved_on(
    demo: Door, key: str, end: str
) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "M", key)
        assert notice(app) == f"CHG-0434 is the {end} on the agenda."


async def test_a_card_that_is_longer_than_its_place_says_so_and_is_read_on(demo: Door) -> None:
    app = dashboard_on(demo)
    async with app.run_test(size=(80, 22)) as pilot:
        await settled(pilot)
        await press(pilot, "M")
        assert "→ read on" in seen(app)
        assert "of 12 lines" in seen(app)
        assert "1 vote of the step Plant" not in seen(app)
        await press(pilot, "right")
        assert "1 vote of the step Plant" in seen(app)
        assert "12 of 12 lines" in seen(app)
        await press(pilot, "right")
        assert notice(app) == "That is all of it."
