"""No byte of the data acts on the reader's terminal, whichever widget shows it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.filter import monochrome_style
from textual.strip import Strip

from changedesk.theme import PALETTES
from changedesk.widgets.terminal.choke import PLAIN, change_of_look, harmless, look_of, render

CONSOLE = Console(force_terminal=True, color_system="truecolor", legacy_windows=False)
SGR = re.compile(r"\x1b\[[0-9;]*m")
SGR_CODE = re.compile(r"\d+")
ATTACKS = [
    "\x1b]52;c;aGk=\x07",
    "\x1b]0;title\x07",
    "\x1b[2J\x1b[H",
    "\x9b2J",
    "\x90q\x9c",
    "\u202egnp.exe",
    "line\r\nline",
    "\x08\x08\x08",
]


def sent(*segments: Segment) -> str:
    return render(Strip(list(segments)), CONSOLE)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.fault("F17")
def test_an_attack_reaches_the_terminal_as_dead_text_at_most(attack):
    assert SGR.sub("", sent(Segment(f"a{attack}b", Style(color="#ff0000")))).isprintable()


def test_a_link_in_a_style_is_not_passed_on():
    assert "\x1b]8" not in sent(Segment("text", Style(link="http://x\x07")))


@given(st.text())
def test_only_colours_and_printable_text_come_out(text):
    assert SGR.sub("", sent(Segment(text, Style(bold=True, bgcolor="#000000")))).isprintable()


@given(st.text())
def test_a_line_keeps_its_width(text):
    one_by_one = sum(cell_len(char) for char in text)
    assert sum(cell_len(char) for char in harmless(text)) == one_by_one


def test_text_that_is_printable_comes_out_as_it_is():
    assert SGR.sub("", sent(Segment("Zoë [/] 山田 ▲"))) == "Zoë [/] 山田 ▲"


def test_only_the_change_between_two_looks_is_sent():
    red = Style(color="#ff0000", bgcolor="#101010")
    blue = Style(color="#0000ff", bgcolor="#101010")
    line = sent(Segment("a", red), Segment("  ", blue), Segment("b", blue), Segment("c", blue))
    assert line == "\x1b[38;2;255;0;0;48;2;16;16;16ma  \x1b[38;2;0;0;255mbc\x1b[0m"


def test_a_weight_that_ends_is_switched_off():
    bold, plain = Style(color="#ff0000", bold=True), Style(color="#ff0000")
    assert sent(Segment("a", bold), Segment("b", plain)) == "\x1b[1;38;2;255;0;0ma\x1b[22mb\x1b[0m"


colours = st.sampled_from([None, "#ff0000", "#00ff00"])
styles = st.builds(
    Style,
    color=colours,
    bgcolor=colours,
    **{name: st.booleans() for name in ("bold", "dim", "italic", "underline", "underline2", "reverse", "strike")},
)
OFF = {"22": "12", "23": "3", "24": ("4", "21"), "25": "5", "27": "7", "29": "9", "39": ("ink",), "49": ("ground",)}


def written_as(codes: str, state: dict[str, str]) -> dict[str, str]:
    """How a terminal writes that wrote in this state and is told these codes (ECMA-48)."""
    state, rest = dict(state), iter(SGR_CODE.findall(codes))
    for code in rest:
        if code == "0":
            state.clear()
        elif code in ("38", "48"):
            state["ink" if code == "38" else "ground"] = ";".join(next(rest) for _ in range(4))
        elif code in OFF:
            for name in OFF[code]:
                state.pop(name, None)
        else:
            state[code] = "on"
    return state


@given(st.lists(styles, min_size=2, max_size=6))
def test_whatever_look_follows_another_the_terminal_writes_in_that_one(wanted):
    looks = [PLAIN, *(look_of(style, ColorSystem.TRUECOLOR) for style in wanted)]
    state: dict[str, str] = {}
    for before, look in pairwise(looks):
        codes = change_of_look(before, look)
        state = written_as(codes, state)
        assert state == written_as(change_of_look(PLAIN, look), {})
        assert len(codes) <= len("\x1b[0;m") + sum(len(part) + 1 for part in look[:3])


@pytest.mark.parametrize(("token", "code"), [("people", "95"), ("fine", "92"), ("service", "96"), ("late", "91")])
def test_sixteen_colours_keep_the_meaning_of_each(token, code):
    sixteen = Console(force_terminal=True, color_system="standard", legacy_windows=False)
    dark = PALETTES["changedesk-dark"]
    text = Segment("41 %", Style(color=dark[token], bgcolor=dark["ground"]))
    assert render(Strip([text]), sixteen).startswith(f"\x1b[{code};40m")


def test_the_selection_is_the_same_in_the_two_dark_themes():
    sixteen = Console(force_terminal=True, color_system="standard", legacy_windows=False)
    for name in ("changedesk-dark", "changedesk-contrast"):
        row = Segment("row", Style(color=PALETTES[name]["ink"], bgcolor=PALETTES[name]["selection"]))
        assert render(Strip([row]), sixteen).startswith("\x1b[97;44m")


@pytest.mark.parametrize("without_colour", [False, True])
@pytest.mark.parametrize("ground", ["ground", "raised", "selection"])
@pytest.mark.parametrize("theme", PALETTES)
def test_whatever_is_written_can_be_seen_on_every_ground_of_sixteen_colours(theme, ground, without_colour):
    palette = PALETTES[theme]
    for token in ("ink", "explain", "faint", "delivery", "people", "service", "late", "risk", "fine", "unknown", "key"):
        style = Style(color=palette[token], bgcolor=palette[ground])
        look = look_of(monochrome_style(style) if without_colour else style, ColorSystem.STANDARD)
        assert look.ink != str(int(look.ground) - 10), token


def test_on_white_nothing_is_written_in_a_pale_colour():
    light = PALETTES["changedesk-light"]
    for token in ("service", "risk", "fine", "key"):
        assert look_of(Style(color=light[token], bgcolor=light["ground"]), ColorSystem.STANDARD).ink == "30"
    assert look_of(Style(color=light["delivery"], bgcolor=light["ground"]), ColorSystem.STANDARD).ink == "34"


@pytest.mark.parametrize("token", ["service", "key", "fine", "risk"])
@pytest.mark.parametrize("theme", PALETTES)
def test_what_is_written_in_the_colour_of_the_ground_on_a_pale_bar_or_cursor_is_black(theme, token):
    palette = PALETTES[theme]
    assert look_of(Style(color=palette["ground"], bgcolor=palette[token]), ColorSystem.STANDARD).ink == "30"


def test_the_light_selection_can_be_seen_with_sixteen_colours():
    light = PALETTES["changedesk-light"]
    row, beside = (
        look_of(Style(color=light["people"], bgcolor=light[ground]), ColorSystem.STANDARD)
        for ground in ("selection", "ground")
    )
    assert (row.ink, row.ground) == ("30", "47")
    assert beside.ground == "107"


@pytest.mark.parametrize("theme", PALETTES)
def test_what_shall_not_be_seen_stays_unseen_with_sixteen_colours(theme):
    palette = PALETTES[theme]
    for token in ("delivery-dim", "people-dim"):
        look = look_of(Style(color=palette[token], bgcolor=palette[token]), ColorSystem.STANDARD)
        assert look.ink == str(int(look.ground) - 10)


@pytest.mark.parametrize("theme", PALETTES)
def test_what_is_drawn_over_a_band_is_white_on_its_own_colour_with_sixteen_colours(theme):
    palette = PALETTES[theme]
    for token in ("ink", "people"):
        look = look_of(Style(color=palette[token], bgcolor=palette["band"]), ColorSystem.STANDARD)
        assert (look.ink, look.ground) == ("97", "45")
