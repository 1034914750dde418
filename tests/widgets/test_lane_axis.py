from datetime import date
from itertools import pairwise

from drawings import any_day
from hypothesis import given
from hypothesis import strategies as st

from changedesk.widgets.lane.axis import ticks
from changedesk.widgets.time_window import SPANS, TimeWindow

windows = st.builds(TimeWindow.of, any_day.map(date.toordinal), st.integers(1, 2 * SPANS[-1]))


@given(windows, st.integers(8, 200))
def test_labels_never_overlap_and_stay_on_the_axis(window: TimeWindow, width: int) -> None:
    marks = ticks(window, width)
    assert all(0 <= mark.column < width and mark.column + len(mark.label) <= width for mark in marks)
    assert all(one.column + len(one.label) < other.column for one, other in pairwise(marks))


def labels(start: date, end: date, width: int) -> list[str]:
    return [mark.label for mark in ticks(TimeWindow(start, end), width) if mark.label]


def test_the_unit_follows_the_zoom() -> None:
    assert labels(date(2026, 11, 23), date(2026, 12, 7), 110)[:2] == ["Mon 23", "Tue 24"]
    assert labels(date(2026, 11, 1), date(2026, 12, 31), 110)[:2] == ["2 Nov", "9 Nov"]
    assert labels(date(2026, 9, 1), date(2027, 3, 30), 110)[:5] == ["Sep", "Oct", "Nov", "Dec", "Jan 2027"]
    assert labels(date(2025, 1, 1), date(2028, 1, 1), 110)[:5] == ["2025", "Q2", "Q3", "Q4", "2026"]
    assert labels(date(2020, 1, 1), date(2040, 1, 1), 110)[:3] == ["2020", "2021", "2022"]
    assert labels(date(2000, 1, 1), date(2100, 1, 1), 60)[:3] == ["2000", "2010", "2020"]


def test_the_month_in_which_the_window_begins_is_named_at_its_edge() -> None:
    first, second = ticks(TimeWindow(date(2026, 9, 10), date(2027, 3, 30)), 110)[:2]
    assert (first.column, first.label, first.line) == (0, "Sep", False)
    assert (second.label, second.line) == ("Oct", True)
