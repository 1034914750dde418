"""Adoption on the screen: the chart of the selected group, its forecast in words, all groups, and why there is none."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from shells import seen

from builders import TODAY, a_desk, an_initiative, found, record, staffed
from changedesk.app import DeskApp
from changedesk.charts.drawing import draw
from changedesk.domain.usage.counts import Use
from changedesk.domain.usage.metrics import metric_of
from changedesk.domain.usage.outlook import Asked, Expected, FanDay, Outlook, Spread
from changedesk.domain.usage.views import SeriesView
from changedesk.errors import Damaged
from changedesk.screens.adoption import choosing, forecasts
from changedesk.screens.adoption import keeping as beside
from changedesk.screens.adoption.chart import chart_of, first_window
from changedesk.screens.adoption.parts import named_line
from changedesk.screens.adoption.words import beyond
from changedesk.screens.base import DeskScreen
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.loading import NOT_READ
from changedesk.screens.none_yet import NO_INITIATIVE
from changedesk.services.adoption.choice import choice
from changedesk.services.adoption.forecasts import outlook_of
from changedesk.services.door import Door
from changedesk.services.records.observing import observe
from changedesk.services.session import open_session
from changedesk.widgets.time_window import TimeWindow

SIZES = ((80, 24), (120, 36), (160, 48))


async def opened(pilot, code: str = "") -> str:
    """The screen, on the initiative with this code."""
    await settled(pilot)
    app = pilot.app
    subject = ""
    if code:
        rows = choice(app.context.session)
        subject = next(row.standing.initiative_id for row in rows if row.standing.code == code)
    app.show_screen("adoption", subject)
    await settled(pilot)
    return seen(app)


def flat(app: DeskApp) -> str:
    return " ".join(seen(app).replace("│", " ").split())


@pytest.mark.requirement("R21")
@pytest.mark.requirement("R31")
@pytest.mark.requirement("R145")
@pytest.mark.parametrize("size", SIZES)
async def test_a_rising_initiative_shows_counts_fan_target_and_the_sentence(demo: Door, size):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        text = await opened(pilot, "LOB")
        assert "Are they using it?  Use: Everybody" in text
        for mark in ("●", "░", "▒", "┄", "go-live"):
            assert mark in text
        said = flat(pilot.app)
        assert "80 % by 1 Feb: " in said
        assert " likely, expected " in said
        assert "Now 52 % (120 of 229) use it" in said
        for group in ("Everybody", "Planners", "Sales", "Warehouse"):
            assert group in text


@pytest.mark.requirement("R1")
@pytest.mark.requirement("R64")
@pytest.mark.parametrize("size", SIZES)
async def test_a_relapse_is_marked_and_its_forecast_suspended(demo: Door, size):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        text = await opened(pilot, "PSA")
        assert "▼" in text
        assert "▲ relapsed" in text
        assert "Suspended: Dispatchers went back to the old way" in flat(pilot.app)
        assert "░" not in "".join(text.splitlines()[2:10])


async def test_what_was_cancelled_says_so_and_is_not_forecast(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "end", "enter", "7")
        said = flat(pilot.app)
        assert "go-live was to be Tue 9 Feb 2027 × cancelled" in said
        assert "Cancelled: how its use would go on is not forecast." in said
        assert "likely," not in said
        assert "was to go live" in said
        assert "·· plan" not in said
        await press(pilot, "v", "b")
        assert "VOIP is cancelled; nothing more is planned of it." in flat(pilot.app)
        assert "not live yet" not in flat(pilot.app)


async def test_the_selected_group_is_drawn(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await opened(pilot, "PSA")
        await press(pilot, "end")
        assert "Use: Service desk" in seen(pilot.app)
        assert "80 % by 13 Jan: " in flat(pilot.app)
        await press(pilot, "up")
        assert "Nobody has counted it since it went live 12 d ago" in flat(pilot.app)


@pytest.mark.requirement("R47")
@pytest.mark.requirement("R105")
async def test_metrics_go_round_and_self_reports_are_drawn_apart(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await opened(pilot, "PSA")
        titles = []
        for _ in range(5):
            await press(pilot, "m")
            titles.append(seen(pilot.app).splitlines()[2].split("?")[1].split("─")[0].strip())
            if titles[-1].startswith("Satisfaction"):
                assert "○ said by themselves" in seen(pilot.app)
                assert "say so themselves" in flat(pilot.app)
                assert "Only what people say of themselves" in flat(pilot.app)
            if titles[-1].startswith("Training"):
                assert "An output" in flat(pilot.app)
        names = [title.split(":")[0] for title in titles]
        assert names == ["Proficiency", "Compliance", "Satisfaction", "Training", "Use"]


async def test_two_initiatives_are_compared_from_their_go_live(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await opened(pilot, "ERP")
        await press(pilot, "c")
        assert "is held: choose another group, or another initiative." in flat(pilot.app)
        await opened(pilot, "LOB")
        text = seen(pilot.app)
        assert "◆" in text
        assert "4 w" in text
        assert "both from their go-live: after 3 weeks" in flat(pilot.app)
        await press(pilot, "escape")
        assert "today" in seen(pilot.app)


async def test_the_time_that_is_shown_moves_by_keys(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        first = await opened(pilot, "LOB")
        await press(pilot, "+")
        narrow = seen(pilot.app)
        assert narrow != first
        await press(pilot, "right")
        assert seen(pilot.app) != narrow
        await press(pilot, "0")
        assert seen(pilot.app) == first


async def test_an_initiative_is_chosen_from_a_list(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "i")
        text = seen(pilot.app)
        assert "Which initiative?" in text
        assert "▲ relapsed" in text
        assert "○ not live" in text
        assert "PWD" in text
        await press(pilot, "home", "enter")
        assert "Are they using it?" in seen(pilot.app)
        await press(pilot, "i", "escape")
        assert "Are they using it?" in seen(pilot.app)


@pytest.mark.requirement("R97")
@pytest.mark.requirement("R11")
@pytest.mark.parametrize("size", SIZES)
async def test_the_page_of_figures_has_speed_lasting_ability_and_bypass(demo: Door, size):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await opened(pilot, "PSA")
        await press(pilot, "f")
        told, before = "", ""
        while (page := seen(pilot.app)) != before:
            told, before = f"{told} {' '.join(page.split())}", page
            await press(pilot, "pagedown")
        for words in (
            "How fast is it taken up?",
            "Does it last?",
            "Are people able?",
            "go around it",
            "Earlier ranges held",
        ):
            assert words in told
        assert "of 19, tested" in told
        assert "by their own word" in told


async def test_the_page_of_figures_is_as_high_as_what_it_says_and_tells_how_far_one_sees(demo: Door):
    async with dashboard_on(demo).run_test(size=(160, 48)) as pilot:
        await opened(pilot, "MFA")
        await press(pilot, "f")
        lines = seen(pilot.app).splitlines()
        last = next(place for place, line in enumerate(lines) if "No range of an earlier forecast" in line)
        assert "╰──" in lines[last + 1], "the box ends with what it says"
        assert "read on" not in seen(pilot.app)
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await opened(pilot, "PSA")
        await press(pilot, "f")
        assert " lines ─" in seen(pilot.app)
        assert "read on" in seen(pilot.app)


async def test_a_count_is_entered_by_key_and_seen_at_once(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(TODAY - timedelta(days=20)).with_audience("Nurses", 200).with_target(
            80, TODAY + timedelta(days=60)
        ).on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            text = await opened(pilot)
            assert "Nobody has counted it" in text
            await press(pilot, "n")
            assert isinstance(pilot.app.screen, FormScreen)
            await press(pilot, *"50/200")
            await press(pilot, "ctrl+s")
            assert "25 %" in seen(pilot.app)
            assert "1 of 4 counts so far, so no list of initiatives shows it" in flat(pilot.app)


async def test_the_group_that_was_counted_is_completed_from_those_of_the_initiative(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(TODAY - timedelta(days=20)).with_audience("Nurses", 200).with_audience("Offices", 9).on(
            desk
        )
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await opened(pilot)
            await press(pilot, "n", *"Off", "enter")
            form = pilot.app.screen
            assert isinstance(form, FormScreen)
            assert form.values["audience"] == "Offices"
            assert form.notice == ""


async def test_without_an_initiative_the_screen_says_so(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            assert "No initiative yet: N on the portfolio makes one." in await opened(pilot)
            await press(pilot, "m", "c", "f", "v", "n")
            assert "No initiative yet: N on the portfolio makes one." in seen(pilot.app)


async def test_what_a_group_is_called_is_never_markup(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(TODAY - timedelta(days=40)).with_audience("[/] [b]desk", 20).on(desk)
        session = open_session(desk)
        for week in range(5):
            day = (TODAY - timedelta(days=36 - 7 * week)).isoformat()
            observe(session, "MFA", "[/] [b]desk", "utilization", day, f"{week * 3}/20")
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            assert "[/] [b]desk" in await opened(pilot)


@pytest.mark.requirement("R3")
@pytest.mark.requirement("R96")
@pytest.mark.requirement("R142")
@pytest.mark.requirement("R147")
@pytest.mark.parametrize("size", SIZES)
async def test_benefits_and_value_show_the_chain_the_bars_and_the_curve(demo: Door, size):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await opened(pilot, "PSA")
        await press(pilot, "v")
        text = seen(pilot.app)
        for words in (
            "Approval",
            "Go-live",
            "Adoption",
            "Benefit",
            "Speed",
            "Proficiency",
            "First answer",
            "Time nobody bills",
        ):
            assert words in text
        told = flat(pilot.app)
        assert "90 % of it depends on people" in told
        assert "Speed to value" in told
        await press(pilot, "tab", "end")
        assert "by compliance" in seen(pilot.app)
        await press(pilot, "escape")
        assert "Are they using it?" in seen(pilot.app)


async def test_on_a_low_terminal_nothing_of_the_chain_is_cut_and_the_page_below_has_room_to_be_read(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await opened(pilot, "PSA")
        await press(pilot, "v")
        top = "\n".join(seen(pilot.app).splitlines()[2:11])
        assert "…" not in top
        for words in ("plan signed by", "both sides", "31 % use it,", "slipping back", "= 28 % expected"):
            assert words in top
        await press(pilot, "tab")
        assert "Was it worth it?" not in seen(pilot.app)
        for words in ("Speed to value", "Looking back", "to come"):
            assert words in seen(pilot.app)
        await press(pilot, "tab")
        text = seen(pilot.app)
        assert "Was it worth it?" in text
        assert chart_rows(text) >= 8
        await press(pilot, "down")
        await settled(pilot)
        assert "Realised ● against expected ··  Time nobody bills" in seen(pilot.app)
        await press(pilot, "tab")
        for words in ("What becomes of it?", "Was it worth it?", "Does it last?"):
            assert words in seen(pilot.app)


@pytest.mark.requirement("R146")
@pytest.mark.parametrize(("size", "rows"), [((120, 36), 8), ((160, 48), 17)])
async def test_the_curve_of_a_benefit_has_all_the_rows_that_the_screen_has_left(demo: Door, size, rows):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await opened(pilot, "PSA")
        await press(pilot, "v")
        await settled(pilot)
        assert chart_rows(seen(pilot.app)) >= rows
        assert "Speed to value" in seen(pilot.app)
        await press(pilot, "tab")
        assert "by compliance" in seen(pilot.app), "all of the page is seen"


def chart_rows(text: str) -> int:
    """The rows that the curve has, without the line of words above it and the days below it."""
    lines = text.splitlines()
    title = next(n for n, line in enumerate(lines) if "Realised ● against expected" in line)
    end = next(n for n, line in enumerate(lines) if n > title and "╰" in line)
    return end - title - 3


async def test_on_a_low_terminal_the_frame_names_every_sign_of_the_chart(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await opened(pilot, "LOB")
        edge = next(line for line in seen(pilot.app).splitlines() if "8 of 10" in line)
        for words in ("● observed", "━━ expected", "▒ 1 of 2", "░ 8 of 10", "·· plan", "┄◎ target"):
            assert words in edge
        await opened(pilot, "MFA")
        assert "┊ wave" in next(line for line in seen(pilot.app).splitlines() if "8 of 10" in line)
        assert "today  go-live" in seen(pilot.app).splitlines()[3]
        await pilot.resize_terminal(120, 36)
        await settled(pilot)
        assert seen(pilot.app).count("▒ 1 of 2") == 1, "in a line of their own, and no longer in the frame"
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "▒ 1 of 2" in seen(pilot.app), "also when the terminal became lower"
        await opened(pilot, "PSA")
        assert "▼ went back" in seen(pilot.app).splitlines()[11]


async def test_a_cell_says_why_there_is_no_forecast_yet(demo: Door):
    def row(app: DeskApp, name: str) -> str:
        return next(
            line for line in seen(app).splitlines() if name in line and "╮" not in line and "Suspended" not in line
        )

    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await opened(pilot, "PSA")
        assert "suspended" in row(pilot.app, "  Dispatchers ")
        assert "no count yet" in row(pilot.app, "  Partner technicians ")
        await press(pilot, "m")
        assert "2 of 4 counts" in row(pilot.app, "  Dispatchers ")
        await press(pilot, "m", "m")
        assert any("Service desk" in line and "own word only" in line for line in seen(pilot.app).splitlines())
        await press(pilot, "m")
        assert "an output" in row(pilot.app, "  Dispatchers ")


@pytest.mark.requirement("R47")
async def test_what_a_desk_counts_besides_is_called_neither_output_nor_outcome(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(TODAY - timedelta(days=40)).with_audience("Field service, south and west", 200).on(desk)
        group = found(desk, "SELECT id FROM audience")[0][0]
        for metric in ("training", "cases with attachment"):
            record(
                desk, "observation", audience_id=group, metric=metric, method="observed",
                day=(TODAY - timedelta(days=9)).isoformat(), numerator=8, denominator=10,
            )  # fmt: skip
        async with dashboard_on(door_of(desk)).run_test(size=(80, 36)) as pilot:
            await opened(pilot, "MFA")
            await press(pilot, "f")
            lines = [line.strip("│ ") for line in seen(pilot.app).splitlines()]
            done, other = (
                next(n for n, line in enumerate(lines) if text in line) for text in ("done for it", "What else")
            )
            assert lines[done + 1] == "Training, Field service, south and west"
            assert lines[done + 2] == "80 % of 10"
            assert lines[other + 1] == "Cases with attachment, Field service, south and west"


async def test_a_long_title_leaves_room_for_whose_it_is_and_since_when(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().named("CRM", "CRM: the whole of sales, inside sales and all dealers on the new system").live(
            TODAY - timedelta(days=40)
        ).with_audience("dealers", 20).on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            head = (await opened(pilot, "CRM")).splitlines()[1]
            assert "…" in head
            assert head.rstrip().endswith(", 40 d ago  ○ no count")
            await press(pilot, "v")
            assert seen(pilot.app).splitlines()[1].rstrip().endswith("nobody owns the outcome")


async def test_a_group_before_its_own_go_live_is_not_live_and_not_uncounted(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        initiative = an_initiative().live(TODAY - timedelta(days=40)).with_audience("nurses", 20).on(desk)
        later = (TODAY + timedelta(days=30)).isoformat()
        record(desk, "audience", initiative_id=initiative, name="dealers", headcount=9, go_live=later)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            lines = (await opened(pilot, "MFA")).splitlines()
            assert "○ not live" in next(line for line in lines if "  dealers " in line and "○" in line)
            assert "○ no count" in next(line for line in lines if "  nurses " in line and "○" in line)


async def test_what_a_pilot_uses_before_go_live_is_seen_and_is_called_not_live_everywhere(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().planned_for(TODAY + timedelta(days=9)).with_audience("nurses", 20).on(desk)
        observe(open_session(desk), "MFA", "nurses", "utilization", TODAY.isoformat(), "7/20")
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            lines = (await opened(pilot, "MFA")).splitlines()
            assert "adopted" not in lines[1]
            assert all("○ not live" in line for line in lines if "Everybody  " in line or "nurses  " in line)
            await press(pilot, "i")
            (row,) = [line for line in seen(pilot.app).splitlines() if "▌ MFA" in line]
            assert "35 %" in row
            assert "○ not live" in row


async def test_a_disbenefit_is_called_one(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await opened(pilot, "MFA")
        await press(pilot, "v", "]")
        assert "A disbenefit: what is borne for the rest, up to 12 seconds a sign-in" in flat(pilot.app)


@pytest.mark.requirement("R66")
async def test_the_weeks_forecasts_are_kept_beside_the_dashboard_while_nobody_types(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(beside, "FIRST", 0.01)
    monkeypatch.setattr(beside, "REST", 0.01)
    with staffed(a_desk(tmp_path)) as desk:
        live = TODAY - timedelta(days=40)
        an_initiative().live(live).with_audience("nurses", 200).with_target(80, TODAY + timedelta(days=60)).on(desk)
        nurses = found(desk, "SELECT id FROM audience")[0][0]
        for week, using in enumerate((20, 50, 80, 100, 110)):
            day = (live + timedelta(days=4 + 7 * week)).isoformat()
            record(
                desk, "observation", audience_id=nurses, metric="utilization", method="observed", day=day,
                numerator=using, denominator=200,
            )  # fmt: skip
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            while not found(desk, "SELECT 1 FROM kept_forecast"):
                await pilot.pause()
                await settled(pilot)
        assert found(desk, "SELECT count(*) FROM kept_forecast") == [(2,)]


async def test_where_only_something_else_is_counted_it_says_how_to_see_it(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live().with_audience("nurses", 200).on(desk)
        session = open_session(desk)
        observe(session, "MFA", "nurses", "proficiency", TODAY.isoformat(), "7/12", "tested")
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await opened(pilot, "MFA")
            assert "m shows what is counted here: proficiency." in flat(pilot.app)


async def test_what_is_still_to_be_kept_is_said_over_the_choice(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live().with_audience("nurses", 200).on(desk)
        open_session(desk)
        nurses = found(desk, "SELECT id FROM audience")[0][0]
        day = TODAY.isoformat()
        record(
            desk, "observation", audience_id=nurses, metric="utilization", method="observed", day=day,
            numerator=9, denominator=200,
        )  # fmt: skip
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await opened(pilot, "MFA")
            await press(pilot, "i")
            assert "1 forecast of this week still to come" in flat(pilot.app)


async def test_a_forecast_that_is_being_made_is_not_begun_again_by_what_others_write(demo: Door, monkeypatch):
    asked: list[Asked] = []
    may_answer = threading.Event()

    def slowly(question: Asked) -> Outlook:
        asked.append(question)
        may_answer.wait(30)
        return outlook_of(question)

    monkeypatch.setattr(forecasts, "outlook_of", slowly)
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        rows = choice(pilot.app.context.session)
        pilot.app.show_screen(
            "adoption", next(row.standing.initiative_id for row in rows if row.standing.code == "PSA")
        )
        screen = pilot.app.screen
        while len(asked) < 2:
            await pilot.pause()
        for _ in range(2):
            screen.reload()
            while any(worker.group == "adoption" and not worker.is_finished for worker in pilot.app.workers):
                await pilot.pause()
            await pilot.pause()
        may_answer.set()
        await settled(pilot)
        assert len(asked) == len(set(asked)) >= 2


async def test_an_initiative_without_groups_says_what_would_bring_some_and_never_a_key_that_does_nothing(
    tmp_path: Path,
):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(TODAY - timedelta(days=73)).on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await opened(pilot, "MFA")
            assert "No count yet" not in flat(pilot.app)
            assert "open the initiative and list its audiences" in flat(pilot.app)
            await press(pilot, "f")
            assert "nobody was counted in the last 30 days" in flat(pilot.app)
            await press(pilot, "escape", "v")
            assert "Unknown as a whole while nobody knows speed, use and proficiency." in flat(pilot.app)


def test_a_group_that_counts_as_adopted_below_its_target_says_from_which_share_on():
    def said(share: int, target: float) -> str:
        use = Use(0, TODAY, float(share), 100.0)
        return beyond(
            SeriesView("Office", metric_of("utilization"), 100, TODAY, (use,), (), (), target, None, "adopted", None, (),
                       None, None, None, None, "")
        )  # fmt: skip

    assert said(60, 75.0) == "Adopted is said from 60 % on, 80 % of the target."
    assert said(80, 75.0) == ""


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_of_groups_says_what_adopted_means_where_a_target_is_still_ahead(tmp_path: Path, size):
    with staffed(a_desk(tmp_path)) as desk:
        nurses = an_initiative().live(TODAY - timedelta(days=40)).with_audience("nurses", 100)
        nurses.with_target(80, TODAY).on(desk)
        for days in (15, 8, 1):
            day = (TODAY - timedelta(days=days)).isoformat()
            observe(open_session(desk), "MFA", "nurses", "utilization", day, "70/100")
        async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
            said = await opened(pilot, "MFA")
            assert "● adopted" in said
            assert " ● adopted: 80 % of its target in 2 counts  2 of 2 ─╯" in said
        observe(open_session(desk), "MFA", "nurses", "utilization", TODAY.isoformat(), "90/100")
        later = an_initiative().named("LATER").planned_for(TODAY + timedelta(days=9)).with_audience("nurses", 100)
        later.with_target(99, TODAY).on(desk)
        observe(open_session(desk), "LATER", "nurses", "utilization", "2026-11-20", "90/100")
        observe(open_session(desk), "LATER", "nurses", "utilization", "2026-11-25", "90/100")
        async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
            for code in ("MFA", "LATER"):
                assert "adopted: 80 %" not in await opened(pilot, code)


async def test_a_curve_without_a_measurement_leaves_its_rows_to_what_is_read_below(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await opened(pilot, "MFA")
        await press(pilot, "v")
        await settled(pilot)
        assert "┄ baseline 9 and target 1" in seen(pilot.app)
        assert chart_rows(seen(pilot.app)) == 5
        assert "What is it for?" in seen(pilot.app)


async def test_an_initiative_is_found_by_some_letters_also_while_the_list_is_open(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await opened(pilot, "MFA")
        await press(pilot, "/")
        assert "Which initiative?" in seen(pilot.app)
        await press(pilot, "e", "x", "p", "enter")
        assert "Expense claims app" in flat(pilot.app)
        await press(pilot, "i", "/")
        await press(pilot, "p", "s", "a", "enter")
        assert "Who takes it up?" in flat(pilot.app), "the list has made room again"
        assert "PSA" in flat(pilot.app)
        await press(pilot, "/", "escape")
        assert "PSA" in flat(pilot.app), "who leaves it has chosen nothing"


async def test_where_only_groups_have_a_target_everybody_is_not_said_to_be_without_one(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        text = await opened(pilot, "EXP")
        assert "only groups have a target" in flat(pilot.app)
        assert next(line for line in text.splitlines() if "▌ Everybody" in line).rstrip(" │").endswith("by group")
        assert next(line for line in text.splitlines() if " Partners" in line).rstrip(" │").endswith("no target")


def test_at_the_head_of_a_narrow_screen_the_client_gives_way_before_a_word_is_cut():
    head = partial(named_line, "Passwort-Tresor", "NOR-009", "nordmeer")
    assert "".join(span.text for span in head(60)) == "Passwort-Tresor  NOR-009  nordmeer  "
    assert "".join(span.text for span in head(33)) == "Passwort-…  NOR-009  nordmeer  "
    assert "".join(span.text for span in head(30)) == "Passwort-Tresor  NOR-009  "


def test_the_day_of_the_target_is_seen_where_just_the_target_is_expected():
    by = TODAY + timedelta(days=60)
    use = Use(0, TODAY, 79.0, 100.0)
    series = SeriesView("Office", metric_of("utilization"), 100, TODAY, (use,), (), (), 80.0, by, "adopted", None, (),
                        None, None, None, None, "")  # fmt: skip
    fan = tuple(FanDay(TODAY + timedelta(days=n), *[80.0] * 5) for n in range(90))
    soon = Expected(by, by, by)
    outlook = Outlook("data", fan, Spread(80.0, 80.0, 80.0), 80.0, by, 0.5, soon, 9, 0, soon)
    window = TimeWindow.fit([TODAY, by + timedelta(days=30)], TODAY)
    drawn = draw(chart_of(series, outlook, window, TODAY, ()), 70, 8)
    assert "".join(run.text for row in drawn for run in row).count("◎") == 1


def test_of_years_the_chart_begins_with_the_last_one_and_with_the_last_counts_where_those_are_older():
    def shown(*ago: int) -> TimeWindow:
        uses = tuple(Use(0, TODAY - timedelta(days=days), 5.0, 10.0) for days in ago)
        series = SeriesView("Office", metric_of("utilization"), 10, uses[0].day, uses, (), (), None, None, None, None, (),
                            None, None, None, None, "")  # fmt: skip
        return first_window(series, TODAY)

    assert shown(900, 30).holds(TODAY)
    old = shown(4000, 3102)
    assert old.holds(TODAY - timedelta(days=3102))
    assert not old.holds(TODAY)


async def test_who_chooses_before_the_list_is_read_is_not_told_that_it_is_empty(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await opened(pilot, "LOB")
        screen = pilot.app.screen
        screen.perform("adoption.choose")
        screen.perform("adoption.choose")
        assert screen.notice == NOT_READ


async def test_a_step_to_what_could_not_be_read_is_not_made_up_for_by_the_next(demo: Door, monkeypatch):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "right_square_bracket")
        second = flat(pilot.app)
        await press(pilot, "left_square_bracket")

        def unread(_session):
            raise Damaged("It cannot be read.")

        with monkeypatch.context() as broken:
            broken.setattr(choosing, "choice", unread)
            await press(pilot, "right_square_bracket")
            assert "It cannot be read." in flat(pilot.app)
        await press(pilot, "escape", "right_square_bracket")
        assert flat(pilot.app) == second


async def test_where_nothing_can_be_chosen_the_keys_to_choose_are_faint_and_no_list_opens(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await opened(pilot)
            screen = pilot.app.screen
            assert isinstance(screen, DeskScreen)
            for name, key in (("choose", "i"), ("choose", "enter"), ("find", "/")):
                assert screen.reason_against(f"adoption.{name}") == screen.keyed(NO_INITIATIVE)
                await press(pilot, key)
                assert pilot.app.screen is screen
                assert screen.notice == screen.keyed(NO_INITIATIVE)
                assert "Which initiative?" not in seen(pilot.app)
                screen.be_quiet()


async def test_a_step_where_there_is_no_other_initiative_says_so(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await opened(pilot)
            await press(pilot, "right_square_bracket")
            assert "This is the only initiative." in seen(pilot.app)
