"""Only the cells that differ go out, and the terminal shows what it would have shown of the whole."""

from __future__ import annotations

import re

import pyte
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from changedesk.widgets.terminal import choke
from changedesk.widgets.terminal.sent import DifferentCells, Sent

COLUMNS, ROWS = 24, 4
SCREEN, ANOTHER = "one screen", "another one"
CONSOLE = Console(force_terminal=True, color_system="truecolor", legacy_windows=False)
STYLES = [
    None,
    Style(color="#ff0000", bgcolor="#101010"),
    Style(color="#00ff00", bgcolor="#101010"),
    Style(color="#ff0000", bgcolor="#303030", bold=True),
    Style(color="#0000ff", underline=True, bgcolor="#101010"),
    Style(reverse=True),
    Style(bgcolor="#303030"),
    Style(dim=True),
    Style(bold=True),
]


@pytest.fixture(scope="module", autouse=True)
def choked():
    """Lines go out as those of the program do."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Strip, "render", choke.render)
        yield


def a_line(parts: list[tuple[str, Style | None]]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts]).adjust_cell_length(COLUMNS)


lines = st.lists(
    st.tuples(st.text("ab  ━é漢\u0301\x1b", min_size=1, max_size=9), st.sampled_from(STYLES)), max_size=5
).map(a_line)
frames = st.lists(lines, min_size=ROWS, max_size=ROWS)
spans = st.dictionaries(
    st.integers(0, ROWS - 1), st.tuples(st.integers(0, COLUMNS - 1), st.integers(1, COLUMNS)), min_size=1
)


class Terminal:
    """A terminal that is told what goes out, and the bytes of it."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self.screen)
        self._stream.feed("\x1b[?7l")  # as the program has it: what is too long for its line does not go on in the next

    def write(self, text: str) -> None:
        self._stream.feed(text.replace("\n", "\r\n"))

    @property
    def cells(self) -> list[list[tuple[object, ...]]]:
        """What is seen: of a blank its ground, and what marks it."""
        shown = []
        for y in range(ROWS):
            row = [self.screen.buffer[y][x] for x in range(COLUMNS)]
            shown.append(
                [
                    (c.data, c.bg, c.underscore, c.reverse, *((c.fg, c.bold) if c.data.strip() or c.reverse else ()))
                    for c in row
                ]
            )
        return shown


def full(frame: list[Strip]) -> LayoutUpdate:
    return LayoutUpdate([[strip] for strip in frame], Region(0, 0, COLUMNS, ROWS))


def partial(frame: list[Strip], where: dict[int, tuple[int, int]]) -> ChopsUpdate:
    # What Textual draws anew it cuts at places of its own: here in the middle of the line.
    chops = [dict(zip((0, 12), strip.divide([12, COLUMNS]), strict=True)) for strip in frame]
    placed = [(y, min(pair), max(*pair, min(pair) + 1)) for y, pair in sorted(where.items())]
    return ChopsUpdate(chops, placed, [[12, COLUMNS]] * ROWS)


@given(frames, st.lists(st.tuples(frames, spans), min_size=1, max_size=4))
@example([a_line([])] * ROWS, [([a_line([("a" * 11 + "a\u0301a", None)])] * ROWS, {0: (0, 13)})])
@example(
    [a_line([])] * ROWS,
    [
        ([a_line([("a" * 11 + "a\u0301a", None)])] * ROWS, {0: (12, 13)}),
        ([a_line([])] * ROWS, {0: (0, 12)}),
    ],
)
@example(
    [a_line([])] * ROWS,
    [
        ([a_line([("a" * COLUMNS, None)]), *[a_line([("\u0301a", None)])] * (ROWS - 1)], {0: (0, 24), 1: (0, 24)}),
        ([a_line([("a" * COLUMNS, None)]), *[a_line([])] * (ROWS - 1)], {0: (0, 24)}),
    ],
)
def test_the_terminal_shows_the_same_as_if_all_had_been_sent(first, changes):
    plain, spared, sent = Terminal(), Terminal(), Sent()
    plain.write(full(first).render_segments(CONSOLE))
    spared.write(DifferentCells(full(first), sent, SCREEN).render_segments(CONSOLE))
    for frame, where in changes:
        plain.write(partial(frame, where).render_segments(CONSOLE))
        spared.write(DifferentCells(partial(frame, where), sent, SCREEN).render_segments(CONSOLE))
        assert spared.cells == plain.cells


def everything(frame: list[Strip]) -> ChopsUpdate:
    return partial(frame, dict.fromkeys(range(ROWS), (0, COLUMNS)))


def test_what_is_drawn_again_as_it_was_costs_nothing():
    frame = [a_line([("same words", STYLES[1])])] * ROWS
    sent = Sent()
    assert DifferentCells(everything(frame), sent, SCREEN).render_segments(CONSOLE)
    assert DifferentCells(everything(frame), sent, SCREEN).render_segments(CONSOLE) == ""


@given(frames, frames, spans, st.sampled_from([SCREEN, ANOTHER]))
def test_what_is_called_shown_already_would_change_nothing(first, then, where, screen):
    sent, terminal = Sent(), Terminal()
    terminal.write(DifferentCells(full(first), sent, SCREEN).render_segments(CONSOLE))
    for update in (partial(then, where), partial(first, where), full(first), full(then)):
        different = DifferentCells(update, sent, screen)
        is_shown, before = different.is_shown(CONSOLE), terminal.cells
        terminal.write(out := different.render_segments(CONSOLE))
        assert is_shown == (out == "")
        assert not is_shown or terminal.cells == before


def test_one_letter_costs_one_letter():
    sent = Sent()
    DifferentCells(everything([a_line([("ready", STYLES[1])])] * ROWS), sent, SCREEN).render_segments(CONSOLE)
    other = [a_line([("ready", STYLES[1])])] * (ROWS - 1) + [a_line([("reads", STYLES[1])])]
    out = DifferentCells(everything(other), sent, SCREEN).render_segments(CONSOLE)
    assert "\x1b[4;5Hs" in out
    assert re.sub(r"\x1b\[[0-9;]*[mHC]", "", out) == "s"


def test_blanks_are_written_with_whatever_look_stands_on_their_ground():
    sent = Sent()
    DifferentCells(everything([a_line([("a" * COLUMNS, STYLES[1])])] * ROWS), sent, SCREEN).render_segments(CONSOLE)
    half = [a_line([(" " * COLUMNS, STYLES[1])])] * 2 + [a_line([("b" * COLUMNS, STYLES[2])])] * 2
    out = DifferentCells(everything(half), sent, SCREEN).render_segments(CONSOLE)
    assert len(re.findall(r"\x1b\[[0-9;]*m", out)) == 2, "one colour, and the end"


def test_a_colour_that_comes_again_is_set_once():
    sent = Sent()
    DifferentCells(everything([a_line([("", None)])] * ROWS), sent, SCREEN).render_segments(CONSOLE)
    table = [a_line([("name ", STYLES[1]), ("late", STYLES[2])])] * ROWS
    out = DifferentCells(everything(table), sent, SCREEN).render_segments(CONSOLE)
    assert out.count("m") == out.count("name") + 3, "two colours and the end, whatever the number of rows"


@given(frames, st.lists(st.tuples(st.sampled_from([SCREEN, ANOTHER]), frames, spans), min_size=1, max_size=4))
@example([a_line([("a" * COLUMNS, None)])] * ROWS, [(SCREEN, [a_line([("\u0301a", None)])] * ROWS, {0: (0, 24)})])
def test_a_frame_that_is_laid_out_anew_shows_the_same_as_the_whole_of_it(first, changes):
    plain, spared, sent = Terminal(), Terminal(), Sent()
    plain.write(full(first).render_segments(CONSOLE))
    spared.write(DifferentCells(full(first), sent, SCREEN).render_segments(CONSOLE))
    for screen, frame, where in changes:
        for update in (full(frame), partial(frame, where)):
            plain.write(update.render_segments(CONSOLE))
            spared.write(DifferentCells(update, sent, screen).render_segments(CONSOLE))
            assert spared.cells == plain.cells


def test_a_screen_that_is_laid_out_anew_sends_what_has_moved():
    frame = [a_line([("words", STYLES[1])])] * ROWS
    sent = Sent()
    DifferentCells(full(frame), sent, SCREEN).render_segments(CONSOLE)
    assert DifferentCells(full(frame), sent, SCREEN).render_segments(CONSOLE) == ""
    out = DifferentCells(full([*frame[1:], a_line([("wards", STYLES[1])])]), sent, SCREEN).render_segments(CONSOLE)
    assert re.sub(r"\x1b\[[0-9;]*[mH]", "", out) == "a"


@pytest.mark.parametrize("what", ["another screen", "another place", "forgotten"])
def test_what_may_stand_on_the_terminal_otherwise_is_sent_whole(what):
    frame = [a_line([("words", STYLES[1])])] * ROWS
    sent = Sent()
    DifferentCells(full(frame), sent, SCREEN).render_segments(CONSOLE)
    update = full(frame)
    if what == "another place":
        update = LayoutUpdate(update.strips, Region(0, 0, COLUMNS + 1, ROWS))
    if what == "forgotten":
        sent.forget()
    screen = ANOTHER if what == "another screen" else SCREEN
    assert "words" in DifferentCells(update, sent, screen).render_segments(CONSOLE)
