from __future__ import annotations

from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from shells import seen
from textual import events

from builders import a_desk, an_initiative, staffed
from changedesk.screens.portfolio.screen import PortfolioScreen
from changedesk.services.door import Door
from changedesk.services.portfolio import page


def row_order(text: str, *titles: str) -> list[str]:
    return sorted(titles, key=text.index)


@pytest.mark.requirement("R44")
@pytest.mark.requirement("R84")
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_it_shows_every_initiative_with_the_most_urgent_first(demo: Door, size):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await settled(pilot)
        text = seen(pilot.app)
        assert "Initiatives by attention" in text
        assert row_order(text, "MFA for everyone  ", "PSA replacement  ", "Server upgrade  ")[0] == "MFA for everyone  "
        assert "of 14" in text
        assert "▌ ▲ MFA for everyone" in text
        assert "Need attention" in text
        assert "7 of 14" in text


@pytest.mark.requirement("R12")
async def test_the_gap_between_delivered_and_adopted_is_one_figure(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        text = seen(pilot.app)
        assert "5 live, 1 adopted" in text
        assert "median gap" in text


@pytest.mark.requirement("R54")
async def test_the_two_by_two_and_the_fortnight_stand_below_where_there_is_room(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "Built and ready?" in seen(pilot.app)
        assert "Next 14 days" in seen(pilot.app)
        # Those that are over are no points, and are not left out without a word.
        assert "2 closed or cancelled left out" in seen(pilot.app)
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Built and ready?" not in seen(pilot.app)


async def test_the_selected_initiative_is_explained_in_sentences(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "MFA for everyone: gate 3 Execution" in seen(pilot.app)
        assert "people 23 d behind delivery, go-live in 6 d" in seen(pilot.app)
        assert "change change.owner" in seen(pilot.app)
        await press(pilot, "down")
        assert "PSA replacement: relapse: Dispatchers" in seen(pilot.app)


async def test_two_initiatives_of_one_title_are_told_apart_by_their_codes(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        for code in ("SERVER", "SERVER-2"):
            an_initiative().named(code, "Server upgrade").on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            for code in ("SERVER", "SERVER-2"):
                assert f"{code} Server upgrade: " in seen(pilot.app)
                await press(pilot, "down")


async def test_keys_that_come_before_the_list_wait_for_it(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        for key in ("down", "enter"):
            pilot.app.post_message(events.Key(key, None))
        await settled(pilot)
        assert "PSA replacement" in seen(pilot.app)
        assert "Three lanes" in seen(pilot.app)


async def test_typing_filters_and_escape_shows_all_again(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"relapse")
        text = seen(pilot.app)
        assert "“relapse”: 3 of 14" in text
        assert "Firewall standard" not in text.split("Built and ready?")[0]
        await press(pilot, "enter", "s")
        assert "Initiatives by go-live" in seen(pilot.app)
        await press(pilot, "escape")
        assert "Firewall standard" in seen(pilot.app)
        assert "relapse”" not in seen(pilot.app)


async def test_words_order_and_groups_are_asked_of_what_was_read(demo: Door, monkeypatch: pytest.MonkeyPatch):
    reads, read = [], page.portfolio
    monkeypatch.setattr(page, "portfolio", lambda session, query: (reads.append(query), read(session, query))[1])
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"relapse", "enter", "s", "g")
        assert "Initiatives by client, then go-live" in seen(pilot.app)
    assert len(reads) == 1


async def test_a_filter_that_nothing_passes_says_so(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"xyz", "enter")
        assert "No initiative has “xyz”." in seen(pilot.app)
        pilot.app.screen.perform("portfolio.open")
        assert pilot.app.screen.notice == "There is no initiative to open."


async def test_before_it_is_read_it_is_not_called_empty(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        unread = PortfolioScreen(pilot.app.context)
        reasons = {unread.blocked_reason(name) for name in ("open", "sort", "group")}
        assert reasons == {"This is not loaded yet."}


async def test_the_order_in_use_is_named(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for name in ("go-live", "change lag", "adoption", "client", "code", "attention"):
            await press(pilot, "s")
            assert f"Initiatives by {name}" in seen(pilot.app)


@pytest.mark.requirement("R108")
async def test_the_initiatives_of_a_client_can_stand_together(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 48)) as pilot:
        await settled(pilot)
        await press(pilot, "g")
        text = seen(pilot.app)
        assert "Initiatives by client, then attention" in text
        assert "alder  Alder Clinic  3 initiatives, 1 needs attention" in text
        await press(pilot, "g")
        assert "Alder Clinic  3 initiatives" not in seen(pilot.app)


async def test_what_was_filtered_sorted_and_selected_is_there_after_coming_back(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"relapse", "enter", "s", "down")
        before = seen(pilot.app)
        await press(pilot, "enter")
        assert "Three lanes" in seen(pilot.app)
        await press(pilot, "escape")
        assert seen(pilot.app) == before


async def test_an_empty_desk_says_what_would_stand_here_and_what_brings_it(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            said = " ".join(seen(pilot.app).replace("│", " ").split())
            assert "changedesk import FILE --kind initiatives" in said
            await press(pilot, "s")
            assert pilot.app.screen.notice == "There is nothing to put in order yet."
            await press(pilot, "2")
            assert "No initiative yet." in seen(pilot.app)
            await press(pilot, "a")
            assert pilot.app.screen.notice == "No initiative yet: N on the portfolio makes one."
            await pilot.resize_terminal(120, 36)
            await press(pilot, "1")
            assert "No go-live, gate, milestone or change comes." in seen(pilot.app)


async def test_data_is_never_markup_nor_an_escape_sequence(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        an_initiative().named("EVIL", "[/] [red]x[/red] \x1b]52;c;aGk=\x07").on(staffed(desk))
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            assert "[/] [red]x[/red]" in seen(pilot.app)
            assert "\x1b" not in seen(pilot.app)
            await press(pilot, "enter")
            assert "[/] [red]x[/red]" in seen(pilot.app)


async def test_what_somebody_else_writes_appears_by_itself(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        an_initiative().on(staffed(desk))
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            assert "1 of 1" in seen(pilot.app)
            an_initiative().named("NEW", "A new one").on(desk)
            pilot.app.screen.read_again()
            await settled(pilot)
            assert "A new one" in seen(pilot.app)


async def test_another_width_has_other_columns(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "In use" in seen(pilot.app)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert " Use Why it is here" in seen(pilot.app)
        assert "▌ ▲ MFA for everyone" in seen(pilot.app)
