"""What the tests of drawings share: reading a drawing as text, and arbitrary initiatives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from changedesk.widgets.canvas import Line, cells
from changedesk.widgets.lane.bars import LaneBar, PhaseBar
from changedesk.widgets.lane.gates import SIGNATURES, GateMark
from changedesk.widgets.lane.lanes import LanesPicture, Wave

TODAY = date(2026, 11, 26)


def as_text(lines: Sequence[Line]) -> list[str]:
    """The rows as plain text."""
    return ["".join(span.text for span in line) for line in lines]


def is_exactly(lines: Sequence[Line], width: int, height: int) -> bool:
    """Whether a drawing fills its place and nothing more."""
    return len(lines) == height and all(cells(row) == width for row in as_text(lines))


any_day = st.one_of(
    st.dates(),
    st.integers(-4000, 4000).map(lambda days: TODAY + timedelta(days=days)),
    st.integers(-200, 200).map(lambda days: TODAY + timedelta(days=days)),
)
shares = st.floats(0, 1)
words = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.sampled_from(["Initiation", "Planning", "Execution", "Training", "日本語の段階", "[/] markup", ""])


@st.composite
def phases(draw: st.DrawFn) -> PhaseBar:
    start = draw(st.none() | any_day)
    end = draw(st.none() | any_day)
    if start and draw(st.booleans()):
        room = (date.max - start).days
        end = start + timedelta(days=min(room, draw(st.sampled_from([0, 1, 6, 30, 3650]))))
    return PhaseBar(draw(names), draw(names)[:4], start, end, draw(shares), draw(st.booleans()))


@st.composite
def gates(draw: st.DrawFn) -> tuple[GateMark, ...]:
    days = draw(st.lists(st.none() | any_day, max_size=6))
    state = st.sampled_from(sorted(SIGNATURES))
    return tuple(
        GateMark(number, draw(names), draw(names)[:4], day, draw(state), draw(state))
        for number, day in enumerate(days, start=1)
    )


@st.composite
def pictures(draw: st.DrawFn) -> LanesPicture:
    titles = ("Delivery", "People", "Service")[: draw(st.integers(2, 3))]
    lanes = tuple(
        LaneBar(
            title.lower(),
            title,
            draw(st.none() | shares),
            tuple(draw(st.lists(phases(), max_size=6))),
            draw(st.sampled_from(["", "started 19 days after the charter: late start"])),
        )
        for title in titles
    )
    waves = tuple(Wave(draw(names), day) for day in draw(st.lists(any_day, max_size=3)))
    go_live, chosen = draw(st.none() | any_day), draw(st.none() | st.just(1))
    return LanesPicture(lanes, draw(gates()), draw(any_day), go_live, waves, chosen)
