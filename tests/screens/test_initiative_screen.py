from __future__ import annotations

from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from people_desks import flat
from shells import seen

from builders import TODAY, a_desk, an_initiative, record, staffed
from changedesk.services.door import Door
from changedesk.theme import PALETTES


@pytest.mark.requirement("R42")
@pytest.mark.requirement("R45")
async def test_both_lifecycles_stand_on_one_axis_with_their_gates_between(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        text = seen(pilot.app)
        assert "▲ MFA for everyone  alder  go-live Wed 2 Dec, in 6 d  people 23 days behind delivery" in text
        for word in ("Delivery", "People", "Execution", "Training ▲ late", "Reinforcement", "today", "1 Initiation"):
            assert word in text
        below = text.partition("\n")[2]
        assert below.index("Delivery") < below.index("Gates") < below.index("People")


@pytest.mark.requirement("R19")
@pytest.mark.requirement("R20")
@pytest.mark.requirement("R24")
@pytest.mark.requirement("R27")
async def test_both_questions_stand_with_an_answer_from_data(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "down", "enter")
        text = seen(pilot.app)
        assert "Was it delivered correctly?  yes" in text
        assert "Are people using it well?  no" in text
        strips = pilot.app.screen._compositor.render_strips()
        asked = next(strip for strip in strips if "Are people using it well?" in strip.text)
        styles = {segment.text.strip(): segment.style for segment in asked}
        trend = next(text for text in styles if len(text) > 3 and set(text) <= set("▁▂▃▄▅▆▇█"))
        colours = PALETTES["changedesk-dark"]
        assert styles["no"].color.name == colours["late"]
        assert styles[trend].color.name == colours["people"], "a trend is what people do, not how bad it is"
        assert "Schedule" in text
        assert "In use" in text


@pytest.mark.requirement("R47")
async def test_training_is_called_an_output_and_use_an_outcome(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 48)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        lines = seen(pilot.app).splitlines()
        assert next(line for line in lines if "Training  " in line and "n 1" in line).rstrip(" │").endswith("output")
        assert next(line for line in lines if "In use" in line).rstrip(" │").endswith("outcome")


@pytest.mark.requirement("R36")
@pytest.mark.requirement("R55")
@pytest.mark.requirement("R60")
async def test_the_gate_shows_two_checklists_and_two_signatures(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert "Gate 3 Execution" in seen(pilot.app)
        assert "delivery signed" in seen(pilot.app)
        assert "people: unsigned, 3 of 4 items missing" in seen(pilot.app)
        await press(pilot, "left_square_bracket")
        assert "Gate 2 Planning  signed by both" in seen(pilot.app)
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert pilot.app.screen.notice == "This is the first gate."


async def test_at_80x24_tab_goes_through_the_panels(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        seen_in = [seen(pilot.app)]
        for _ in range(3):
            await press(pilot, "tab")
            seen_in.append(seen(pilot.app))
        for words, page in (("Was it delivered", 0), ("Are people using", 1), ("Gate 3", 2)):
            assert words in seen_in[page]
            assert "Delivery" in seen_in[page]
        assert seen_in[3] == seen_in[0]


async def test_zoom_and_move_change_the_axis_and_fit_brings_it_back(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        whole = seen(pilot.app)
        await press(pilot, "plus", "plus")
        assert "23 Nov" in seen(pilot.app)
        assert "today" in seen(pilot.app)
        zoomed = seen(pilot.app)
        await press(pilot, "right")
        assert seen(pilot.app) != zoomed
        await press(pilot, "0")
        assert seen(pilot.app) == whole
        for _ in range(14):
            await press(pilot, "plus")
        assert pilot.app.screen.notice == "This is the shortest time that is shown."


async def test_what_was_zoomed_and_chosen_stays_for_the_same_initiative_only(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "plus", "left_square_bracket")
        zoomed = seen(pilot.app)
        await press(pilot, "escape", "enter")
        assert seen(pilot.app) == zoomed
        await press(pilot, "escape", "down", "enter", "escape", "up", "enter")
        assert "Gate 3 Execution" in seen(pilot.app)


async def test_all_that_an_audience_says_stands_under_the_list_on_a_small_terminal(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "u")
        assert "Target: 95 % · By: 1 Jan" in flat(pilot)


@pytest.mark.parametrize(
    ("key", "title", "words"),
    [
        ("a", "Activities", ("Managers briefed", "late", "delivery", "people", "of 32")),
        ("u", "Audiences", ("Executives", "Field nurses", "own", "95 %")),
        ("o", "Observations", ("training", "observed", "of ")),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_key_opens_a_list_and_escape_closes_it(demo: Door, size, key: str, title: str, words):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        before = seen(pilot.app)
        await press(pilot, key)
        text = seen(pilot.app)
        assert f"╭─ {title}" in text
        if key == "a":
            await press(pilot, "end")
            text += seen(pilot.app)
        for word in words:
            assert word in text
        keys = seen(pilot.app).splitlines()[-1]
        assert keys.startswith(
            {"a": " enter edit  v move in the plan  esc close ", "u": " enter edit  esc close "}.get(key, " esc close ")
        )
        assert not any(word in keys for word in ("panel", "lens", "gate", title.casefold()))
        await press(pilot, "plus")
        assert pilot.app.screen.notice == "A list is open; esc closes it."
        await press(pilot, "escape")
        assert seen(pilot.app) == before


async def test_what_has_no_column_on_a_small_screen_is_said_whole_under_the_list(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u")
        assert "Target: 95 % · By: 1 Jan 2027" in " ".join(seen(pilot.app).replace("│", " ").split())


async def test_an_observation_from_a_percentage_is_marked(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        an_initiative().live().with_audience("Office").on(staffed(desk))
        audience = desk.reader().execute("SELECT id FROM audience").fetchone()[0]
        for metric, numerator, denominator in (("utilization", 41.5, 100), ("training", 30, 100)):
            record(
                desk, "observation", audience_id=audience, metric=metric,
                day=TODAY.isoformat(), numerator=numerator, denominator=denominator, method="observed",
            )  # fmt: skip
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            await press(pilot, "enter", "o")
            lines = seen(pilot.app).splitlines()
            assert " use " in next(line for line in lines if "percent only" in line)
            assert "30 of 100" in next(line for line in lines if "training" in line)


async def test_enter_on_a_late_activity_says_in_three_more_keys_that_it_is_done(own: Door):
    async with dashboard_on(own).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "a")
        assert "5 late" in seen(pilot.app)
        await press(pilot, "enter")
        assert "Activity  people · Managers briefed" in seen(pilot.app)
        await press(pilot, *"today", "ctrl+s")
        assert "4 late" in seen(pilot.app)
        assert "Saved: activity people · Managers briefed" in seen(pilot.app)


async def test_enter_on_an_observation_says_where_counts_are_entered_and_the_list_begins_at_the_newest(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "a", "o", "enter")
        assert "What was observed is entered on Adoption, n there" in seen(pilot.app)
        first = next(line for line in seen(pilot.app).splitlines() if " training " in line)
        assert "▌" in first


@pytest.mark.parametrize(("key", "kind"), [("a", "activities"), ("u", "audiences"), ("o", "observations")])
async def test_an_empty_list_says_which_command_fills_it(tmp_path: Path, key: str, kind: str):
    with a_desk(tmp_path) as desk:
        an_initiative().on(staffed(desk))
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, "enter")
            assert seen(pilot.app).count("no plan yet") == 2
            await press(pilot, key)
            assert f"changedesk import FILE --kind {kind}" in seen(pilot.app)


async def test_the_key_2_opens_what_is_selected_and_without_a_portfolio_row_the_most_urgent(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "down", "2")
        assert "▲ PSA replacement" in seen(pilot.app)
        await press(pilot, "1", "slash", *"nothing like it", "enter", "2")
        assert "▲ PSA replacement" in seen(pilot.app)


@pytest.mark.requirement("R117")
async def test_a_third_lane_appears_when_it_has_work(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 48)) as pilot:
        await settled(pilot)
        await press(pilot, "down", "enter")
        assert "Three lanes, one initiative" in seen(pilot.app)
        assert "Service" in seen(pilot.app)


async def test_of_what_is_cancelled_nothing_new_is_planned_by_any_key(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "end", "enter")
        for keys in (("B",), ("p", "tab", "n"), ("escape", "t", "n"), ("escape", "u", "r", "enter", "n")):
            await press(pilot, *keys)
            assert "VOIP is cancelled; nothing more is planned of it." in seen(pilot.app), keys


async def test_where_nothing_was_found_no_empty_line_stands_under_the_title(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, *["down"] * 9, "enter")
        lines = [line.strip() for line in seen(pilot.app).splitlines()]
        assert lines[1].startswith("● Line-of-business app")
        assert lines[2].startswith("Risk reaches")
        await press(pilot, "1", "home", "enter")
        lines = [line.strip() for line in seen(pilot.app).splitlines()]
        assert lines[2].startswith("gate 3 Execution 6 d over")
        assert lines[3].startswith("Adoption risk")


async def test_that_an_initiative_is_closed_stands_in_its_title_on_the_smallest_terminal_too(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down", "down", "enter")
        assert "▲ Mail and files move  closed  went live" in seen(pilot.app)


async def test_what_is_cancelled_says_so_and_nothing_of_it_is_late(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "end", "enter")
        text = seen(pilot.app)
        assert "× Desk phones to softphone  alder  go-live was to be Tue 9 Feb 2027  cancelled" in text
        assert "Gate 2 Planning  cancelled" in text
        assert "late" not in text
        assert "behind" not in text
        assert "✗" not in text
        await press(pilot, "a")
        listed = seen(pilot.app)
        assert "× Plan and resources" in listed
        assert "late" not in listed
        await press(pilot, "v")
        assert "VOIP is cancelled; nothing more is planned of it." in seen(pilot.app)
        await press(pilot, "escape", "enter")
        gate = seen(pilot.app)
        assert "Gate 2 of 6 Planning  cancelled" in gate
        assert "VOIP is cancelled; its gates are signed no more" in gate
        assert "✗" not in gate
