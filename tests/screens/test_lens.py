"""The lens: who asks, what is answered, and that it stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from shells import seen

from builders import TODAY, a_desk, an_initiative, staffed
from changedesk.domain.measures.questions import Answer, Lens
from changedesk.screens.initiative.lens import draw_lens, lens_after, lens_lines, lens_title
from changedesk.services.door import Door
from changedesk.services.records.observing import observe
from changedesk.services.session import open_session
from changedesk.widgets.canvas import LEFT_OUT, Span

TITLES = {
    "project": "What the project asks",
    "change": "What the change side asks",
    "service desk": "What the service desk asks",
    "business": "What the business asks",
}
QUESTIONS = {
    "project": "Are the dependencies clear",
    "change": "Who is affected",
    "service desk": "What hits the desk on day one",
    "business": "When will it work the way we were",
}


@pytest.mark.parametrize(
    ("word", "token"),
    [
        ("yes", "fine"),
        ("no", "late"),
        ("not yet", "risk"),
        ("no forecast yet", "risk"),
        ("unknown", "explain"),
        ("cancelled", "explain"),
        ("34 % likely", "ink"),
    ],
)
def test_an_answer_has_the_colour_of_what_it_means_and_what_is_over_calls_for_nobody(word: str, token: str):
    assert lens_title(Answer(Lens.BUSINESS, "When?", word, "So.", (), TODAY))[1:] == (word, token)


def test_the_lenses_go_round():
    seen_lenses = [None]
    for _ in range(5):
        seen_lenses.append(lens_after(seen_lenses[-1]))
    assert seen_lenses == [None, *Lens, None]


@pytest.mark.requirement("R49")
@pytest.mark.requirement("R50")
@pytest.mark.requirement("R51")
@pytest.mark.requirement("R52")
@pytest.mark.requirement("R53")
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_each_lens_asks_its_question_and_is_named_at_the_right_of_the_title(demo: Door, size):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        without = seen(pilot.app)
        assert "lens:" not in without
        for lens, title in TITLES.items():
            await press(pilot, "L")
            text = seen(pilot.app)
            assert text.splitlines()[1].rstrip().endswith(f"lens: {lens}")
            assert title in text
            assert QUESTIONS[lens] in text
        await press(pilot, "L")
        assert seen(pilot.app) == without


async def test_at_80x24_the_lens_is_a_page_and_its_column_the_next_one(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "tab", "tab", "L")
        assert "What the project asks" in seen(pilot.app)
        await press(pilot, "tab")
        assert "Was it delivered correctly?" in seen(pilot.app)
        await press(pilot, "L")
        assert "What the change side asks" in seen(pilot.app)
        await press(pilot, "tab")
        assert "Are people using it well?" in seen(pilot.app)


async def test_the_lens_stays_from_one_initiative_to_the_next_and_through_a_reload(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "L", "L", "escape", "down", "enter")
        assert "PSA replacement" in seen(pilot.app)
        assert "lens: change" in seen(pilot.app)
        pilot.app.screen.read_again()
        await settled(pilot)
        assert "What the change side asks" in seen(pilot.app)
        await press(pilot, "a", "L")
        assert pilot.app.screen.notice == "A list is open; esc closes it."


async def test_the_age_of_the_data_behind_an_answer_is_said(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        an_initiative().live().with_audience("Office", 40).with_target(80, TODAY).on(staffed(desk))
        day = (TODAY - timedelta(days=25)).isoformat()
        observe(open_session(desk), "MFA", "Office", "utilization", day, "4/10")
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            await press(pilot, "enter")
            assert "25 d old" in next(line for line in seen(pilot.app).splitlines() if "In use" in line)
            await press(pilot, "L", "L")
            assert "newest data: 25 d old" in seen(pilot.app)


def test_what_has_no_room_is_counted_and_the_age_of_the_data_stays():
    answer = Answer(Lens.CHANGE, "Who?", "9 people", "Nine.", tuple(f"group {n}" for n in range(9)), TODAY)
    draw = draw_lens(answer, TODAY, "space")
    lines = ["".join(span.text for span in line) for line in draw(36, 5)]
    assert lines == ["Who?", "Nine.", "· group 0", "8 more lines; space shows all of it", "newest data: today"]
    assert draw(30, 5)[3] == (Span("8 more lines", LEFT_OUT),)
    assert len(draw(30, 1)) == 1
    assert draw(30, 0) == ()
    assert len(lens_lines(answer, TODAY, 30)) == 12


async def test_what_a_lens_says_is_read_to_its_end_on_a_small_terminal(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "space")
        assert pilot.app.screen.notice == "This reads on in what a lens says: L looks through one."
        await press(pilot, "L", "L")
        answer = pilot.app.screen.shown.measures.answer(Lens.CHANGE)
        assert "more lines; space shows all of it" in seen(pilot.app)
        await press(pilot, "space")
        read = seen(pilot.app)
        await press(pilot, "end")
        read = " ".join((read + seen(pilot.app)).replace("│", " ").split())
        for said in (answer.question, answer.sentence, *answer.evidence):
            assert said in read
        await press(pilot, "escape")
        assert "lens: change" in seen(pilot.app)


async def test_without_an_initiative_there_is_nothing_to_look_at(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            for key in ("L", "m", "O"):
                await press(pilot, "2", key)
                assert pilot.app.screen.notice == "No initiative yet: N on the portfolio makes one."
