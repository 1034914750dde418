from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from drawings import TODAY, any_day, as_text, gates, is_exactly, phases, pictures
from hypothesis import given
from hypothesis import strategies as st

from changedesk.widgets.canvas import cells
from changedesk.widgets.lane.bars import LaneBar, PhaseBar, Plot, stack
from changedesk.widgets.lane.gates import GateMark, place
from changedesk.widgets.lane.lanes import LanesPicture, Wave, draw_lanes, lanes_heights
from changedesk.widgets.time_window import SPANS, TimeWindow, bounds

windows = st.builds(TimeWindow.of, any_day.map(date.toordinal), st.sampled_from(SPANS))
widths = st.integers(60, 200)


def mfa() -> LanesPicture:
    delivery = LaneBar(
        "delivery",
        "Delivery",
        0.88,
        (
            PhaseBar("Initiation", "Init", date(2026, 9, 1), date(2026, 9, 14), 1.0),
            PhaseBar("Planning", "Plan", date(2026, 9, 15), date(2026, 10, 16), 1.0),
            PhaseBar("Execution", "Exec", date(2026, 10, 18), date(2026, 11, 29), 0.85, late=True),
            PhaseBar("Hypercare", "Care", date(2026, 12, 2), date(2026, 12, 28), 0.0),
        ),
    )
    people = LaneBar(
        "people",
        "People",
        0.41,
        (
            PhaseBar("Impact", "Impact", date(2026, 9, 20), date(2026, 10, 6), 1.0),
            PhaseBar("Communication", "Comms", date(2026, 10, 20), date(2026, 12, 12), 0.4),
            PhaseBar("Training", "Train", date(2026, 11, 1), date(2026, 12, 5), 0.25),
            PhaseBar("Reinforcement", "Reinf", date(2027, 1, 8), date(2027, 3, 28), 0.0),
        ),
        "started 19 days after the charter: late start",
    )
    marks = (
        GateMark(1, "Initiation", "Init", date(2026, 9, 14), "signed", "signed"),
        GateMark(2, "Planning", "Plan", date(2026, 10, 16), "signed", "signed"),
        GateMark(3, "Execution", "Exec", date(2026, 11, 22), "signed", "late"),
        GateMark(4, "Go-live", "Live", date(2026, 12, 2), "unsigned", "not_due"),
        GateMark(5, "30 days", "30 d", date(2027, 1, 1), "not_due", "not_due"),
        GateMark(6, "90 days", "90 d", date(2027, 3, 2), "not_due", "not_due"),
    )
    waves = (Wave("Field teams", date(2027, 1, 10)),)
    return LanesPicture((delivery, people), marks, TODAY, date(2026, 12, 2), waves, 3)


@given(pictures(), windows, widths, st.integers(0, 40))
def test_the_drawing_fills_its_place_and_nothing_more(
    picture: LanesPicture, window: TimeWindow, width: int, height: int
) -> None:
    lines = draw_lanes(picture, window, width, height)
    assert is_exactly(lines, width, height)
    assert lines == draw_lanes(picture, window, width, height)


@given(st.lists(phases(), max_size=8), windows, widths)
def test_every_phase_in_the_window_stands_on_the_columns_of_its_days(
    some: list[PhaseBar], window: TimeWindow, width: int
) -> None:
    plot = Plot(11, width, window)
    placed = stack(some, plot, 99)
    drawn = {id(bar.phase): bar for bar in placed.bars}
    for phase in some:
        days = bounds(phase.start, phase.end)
        if days and days[1] >= window.start and days[0] < window.end:
            bar = drawn[id(phase)]
            assert bar.first == 11 + max(0, window.column(days[0], width))
            last_column = min(11 + width, plot.column(days[1]) + 1)
            assert bar.first < bar.end <= max(last_column, plot.span(*days)[1])
            assert bar.first <= bar.done <= bar.end
    assert len(drawn) + placed.earlier + placed.later == sum(bounds(p.start, p.end) is not None for p in some)


@given(st.lists(phases(), max_size=8), windows, widths, st.integers(1, 4))
def test_no_phase_hides_another_and_what_has_no_row_is_counted(
    some: list[PhaseBar], window: TimeWindow, width: int, most: int
) -> None:
    placed = stack(some, Plot(0, width, window), most)
    assert placed.rows <= most
    for row in range(placed.rows):
        bars = sorted((bar for bar in placed.bars if bar.row == row), key=lambda bar: bar.first)
        assert all(one.end <= other.first for one, other in pairwise(bars))
    known = sum(bounds(phase.start, phase.end) is not None for phase in some)
    assert len(placed.bars) + placed.earlier + placed.later + placed.hidden == known


@given(gates(), windows, widths, st.lists(st.integers(0, 200), max_size=2))
def test_the_labels_of_gates_never_meet(
    marks: tuple[GateMark, ...], window: TimeWindow, width: int, obstacles: list[int]
) -> None:
    plot = Plot(11, width, window)
    placed = place(marks, plot, obstacles)
    assert all(plot.left <= group.left and group.end <= plot.right for group in placed)
    assert all(one.end < other.left for one, other in pairwise(placed))
    inside = [gate.number for gate in marks if gate.day and window.holds(gate.day)]
    assert sorted(gate.number for group in placed for gate in group.gates) == inside


@given(any_day, windows, widths)
def test_today_stands_in_its_own_column_on_every_row(today: date, window: TimeWindow, width: int) -> None:
    empty = LanesPicture(tuple(LaneBar(lane, lane.title(), None, ()) for lane in ("delivery", "people")), (), today)
    rows = as_text(draw_lanes(empty, window, width, 30))
    gutter = 11 if width >= 100 else 9
    _, height = lanes_heights(empty, window, width)
    column = gutter + window.column(today, width - gutter)
    if window.holds(today):
        assert all(row[column] == "│" for row in rows[1:height])
    else:
        assert "today" in rows[1]


@pytest.mark.requirement("R60")
def test_the_gates_stand_between_the_lanes_with_both_signatures() -> None:
    rows = as_text(draw_lanes(mfa(), mfa().window(), 118, 20))
    gate_row = next(y for y, row in enumerate(rows) if row.startswith("Gates"))
    delivery = next(y for y, row in enumerate(rows) if row.startswith("Delivery"))
    people = next(y for y, row in enumerate(rows) if row.startswith("People"))
    assert delivery < gate_row < people
    assert "1 Initiation" in rows[gate_row]
    assert "6 90 days" in rows[gate_row]
    assert rows[gate_row + 1].count("✓") == 5
    assert rows[gate_row + 1].count("✗") == 1


def test_yellow_is_the_keyboards_only_the_chosen_gate_has_it() -> None:
    picture = replace(mfa(), chosen=2)
    spans = [span for line in draw_lanes(picture, picture.window(), 118, 20) for span in line]
    inks = [span.look.ink for span in spans for sign in span.text if sign in "◆◇"]
    assert inks == ["ink", "key", "late", "ink", "ink", "ink"]


def test_both_lifecycles_share_one_axis_and_are_named_in_words() -> None:
    text = "\n".join(as_text(draw_lanes(mfa(), mfa().window(), 118, 20)))
    for word in ("Delivery", "People", "88 %", "41 %", "Planning", "Reinforcement", "today", "go-live", "Field teams"):
        assert word in text


@pytest.mark.parametrize(("days", "said"), [(1, "today║go-live"), (0, "today║go-live"), (-1, "go-live║today")])
def test_of_today_and_a_go_live_in_one_column_the_earlier_stands_left(days: int, said: str) -> None:
    picture = replace(mfa(), go_live=TODAY + timedelta(days=days), waves=())
    window = TimeWindow(TODAY - timedelta(days=300), TODAY + timedelta(days=299))
    assert said in as_text(draw_lanes(picture, window, 100, 20))[1]


def test_overlapping_phases_get_a_row_each() -> None:
    placed = stack(mfa().lanes[1].phases, Plot(0, 100, mfa().window()), 9)
    rows = {bar.phase.title: bar.row for bar in placed.bars}
    assert rows["Communication"] != rows["Training"]
    assert placed.rows == 2


def test_the_done_part_can_be_told_without_colour() -> None:
    lane = LaneBar("people", "People", 0.5, (PhaseBar("Support", "Supp", TODAY, TODAY + timedelta(days=60), 0.5),))
    picture = LanesPicture((lane,), (), TODAY - timedelta(days=5))
    rows = as_text(draw_lanes(picture, picture.window(), 100, 12))
    assert "█Support█" in rows[2]
    assert rows[2].rstrip(" ┆").endswith("▒▒▒")
    assert "▔" in rows[3]
    assert rows[3].count("▔") == pytest.approx(rows[2].count("█") + len("Support"), abs=2)


def test_a_late_phase_says_so_in_a_word_where_there_is_room() -> None:
    assert "Execution ▲ late" in as_text(draw_lanes(mfa(), mfa().window(), 118, 20))[2]
    assert "▲" in as_text(draw_lanes(mfa(), mfa().window(), 60, 9))[2]


def test_what_lies_outside_the_window_is_marked_at_its_edges() -> None:
    window = TimeWindow(date(2026, 11, 10), date(2026, 12, 20))
    rows = as_text(draw_lanes(mfa(), window, 118, 20))
    assert "‹" in rows[2]
    assert "›" in rows[2]
    assert any("‹ 1 2" in row for row in rows)
    assert any("5 6 ›" in row for row in rows)
    assert any("1 later ›" in row for row in rows)
    far = as_text(draw_lanes(mfa(), TimeWindow(date(2030, 1, 1), date(2031, 1, 1)), 118, 20))
    assert "‹ today" in far[1]


def test_gates_too_close_to_be_told_apart_stand_together_with_the_worse_signature() -> None:
    window = TimeWindow(date(2020, 1, 1), date(2030, 1, 1))
    (group,) = place(mfa().gates, Plot(0, 60, window))
    assert group.label == "1-6"
    assert [mark for mark, _ in group.marks] == ["○", "✗"]


def test_gates_without_a_day_are_said_to_have_none() -> None:
    undated = tuple(replace(gate, day=None) for gate in mfa().gates[3:])
    rows = as_text(draw_lanes(replace(mfa(), gates=undated, go_live=None), mfa().window(), 118, 20))
    assert any("no date: 4 5 6" in row for row in rows)


def test_a_lane_without_phases_says_that_there_is_no_plan() -> None:
    picture = LanesPicture(
        (LaneBar("delivery", "Delivery", None, ()), LaneBar("people", "People", None, ())), (), TODAY
    )
    rows = as_text(draw_lanes(picture, picture.window(), 80, 12))
    assert sum("no plan yet" in row for row in rows) == 2
    assert any(row.startswith("?") for row in rows)


@pytest.mark.parametrize(("width", "height"), [(118, 20), (78, 12), (78, 9), (60, 9)])
def test_in_little_room_both_lanes_and_the_gates_still_stand(width: int, height: int) -> None:
    text = "\n".join(as_text(draw_lanes(mfa(), mfa().window(), width, height)))
    assert all(word in text for word in ("Delivery", "Gates", "People", "Reinf"))


def test_phases_that_find_no_row_are_counted_beside_the_lane() -> None:
    crowd = tuple(PhaseBar(f"Phase {n}", f"P{n}", TODAY, TODAY + timedelta(days=50 + n), 0.0) for n in range(6))
    picture = replace(mfa(), lanes=(mfa().lanes[0], LaneBar("people", "People", 0.2, crowd)))
    rows = as_text(draw_lanes(picture, picture.window(), 78, 8))
    assert any("+3" in row[:14] for row in rows)


def test_in_the_least_room_the_share_of_each_lane_stands_and_all_hidden_phases_are_counted_once() -> None:
    crowd = tuple(PhaseBar(f"Phase {n}", f"P{n}", TODAY, TODAY + timedelta(days=50 + n), 0.0) for n in range(6))
    lanes = (mfa().lanes[0], LaneBar("people", "People", 0.2, crowd))
    picture = replace(mfa(), lanes=lanes)
    left = [row[:15] for row in as_text(draw_lanes(picture, picture.window(), 76, 6))]
    assert sum(" %" in row for row in left) == 2
    assert sum("phases" in row for row in left) == 1


@given(pictures(), widths)
def test_the_height_it_asks_for_is_enough_for_everything(picture: LanesPicture, width: int) -> None:
    window = picture.window()
    for height in lanes_heights(picture, window, width):
        lines = as_text(draw_lanes(picture, window, width, height))
        assert not any(cells(row[:9].strip()) and "+" in row[:9] for row in lines)


def test_a_star_that_leaves_its_neighbour_no_room_is_named_with_it() -> None:
    waves = (Wave("Ward staff", date(2027, 1, 12)), Wave("Field teams", date(2027, 1, 8)))
    rows = as_text(draw_lanes(replace(mfa(), waves=waves), mfa().window(), 118, 20))
    assert "Field teams, Ward staff" in rows[1]
    assert rows[1].count("☆") == 2
