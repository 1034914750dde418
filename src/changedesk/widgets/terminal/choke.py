"""The one way from a widget to the terminal: only printable text passes, in as few bytes as its looks need.

Textual hands every line of every widget to ``Strip.render``. :func:`install` puts :func:`render` in its place, so that no
control, escape or bidirectional character of the data reaches the reader's terminal, whichever widget shows it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size
from rich.color import Color, ColorSystem
from rich.console import Console
from rich.style import Style
from textual.strip import Strip

from changedesk.theme import SIXTEEN, readable

RESET: Final = "\x1b[0m"
_BRIGHT: Final = (0.299, 0.587, 0.114)
"""How bright red, green and blue are beside each other."""
_SEEN: Final = 20.0
"""Ink and ground whose brightness (0 to 255) differs by less are hardly told apart."""
_SHOWN_ON_BLANKS: Final = ("4", "7", "9", "21", "53")
_OFF: Final = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "5": "25",
    "7": "27",
    "9": "29",
    "21": "24",
    "53": "55",
}
"""What switches a weight off again; one that shares this code with another is switched on anew after it."""


def harmless(text: str) -> str:
    """The text in as many columns as before, with a question mark where a character could act or hide."""
    if text.isprintable():
        return text
    return "".join(_harmless(char) for char in text)


def _harmless(char: str) -> str:
    if char.isprintable():
        return char
    if char == "\N{NO-BREAK SPACE}":
        return " "
    return "?" * get_character_cell_size(char)


class Look(NamedTuple):
    """The codes of weight, of ink and of ground, and whether they can be seen on a blank."""

    weight: str
    ink: str
    ground: str
    marks_blanks: bool


PLAIN: Final = Look("", "", "", False)
"""How a terminal writes on which nothing was set."""


@lru_cache(maxsize=4096)
def change_of_look(now: Look, then: Look) -> str:
    """The code that turns one look into another: only what differs, or all of it anew where that is shorter."""
    before, after = _codes(now.weight), _codes(then.weight)
    off = {_OFF[code] for code in before if code not in after}
    on = [code for code in after if code not in before or _OFF[code] in off]
    ink = (then.ink or "39") if then.ink != now.ink else ""
    ground = (then.ground or "49") if then.ground != now.ground else ""
    changed = _code(*sorted(off), *on, ink, ground)
    return min(changed, _code("0", then.weight, then.ink, then.ground), key=len) if changed else ""


def _codes(weight: str) -> list[str]:
    return weight.split(";") if weight else []


def _code(*parts: str) -> str:
    said = ";".join(part for part in parts if part)
    return f"\x1b[{said}m" if said else ""


@lru_cache(maxsize=4096)
def on_blank(look: Look) -> Look:
    """What of a look is seen where nothing is written."""
    return look if look.marks_blanks or not (look.weight or look.ink) else Look("", "", look.ground, False)


def system_of(console: Console) -> ColorSystem:
    """The colours of this terminal."""
    return ColorSystem.TRUECOLOR if console.color_system is None else ColorSystem(_SYSTEMS[console.color_system])


@lru_cache(maxsize=4096)
def look_of(style: Style | None, system: ColorSystem) -> Look:
    """The look of a style in these colours. Links are never passed on."""
    if style is None:
        return PLAIN
    weights = (
        ("1", style.bold),
        ("2", style.dim),
        ("3", style.italic),
        ("4", style.underline),
        ("5", style.blink),
        ("7", style.reverse),
        ("9", style.strike),
        ("21", style.underline2),
        ("53", style.overline),
    )
    weight = [code for code, on in weights if on]
    over, under = style.color, style.bgcolor
    if system is ColorSystem.STANDARD:
        told_apart = _can_be_told_apart(over, under)
        over, under = _of_sixteen(over), _of_sixteen(under)
        # Two colours that become one: what could be told apart is written so that it still can.
        ink_number, ground_number = over and over.number, under and under.number
        if ink_number is not None and ground_number is not None and (told_apart or ink_number != ground_number):
            over = Color.from_ansi(readable(ground_number, ink_number))
    ink = ";".join(over.downgrade(system).get_ansi_codes()) if over else ""
    ground = ";".join(under.downgrade(system).get_ansi_codes(False)) if under else ""
    return Look(";".join(weight), ink, ground, any(code in _SHOWN_ON_BLANKS for code in weight))


def _of_sixteen(color: Color | None) -> Color | None:
    """The colour that has this meaning on a terminal of 16 colours, else the nearest."""
    if color is None or color.triplet is None:
        return color
    number = SIXTEEN.get(color.triplet.hex)
    return color.downgrade(ColorSystem.STANDARD) if number is None else Color.from_ansi(number)


def _can_be_told_apart(over: Color | None, under: Color | None) -> bool:
    """Whether an ink can be seen on its ground where there are many colours: else it shall not be seen with few."""
    if over is None or under is None or over.triplet is None or under.triplet is None:
        return True
    apart = sum(weight * (a - b) for weight, a, b in zip(_BRIGHT, over.triplet, under.triplet, strict=True))
    return abs(apart) >= _SEEN


def render(strip: Strip, console: Console) -> str:
    """One line as the terminal gets it: printable text, and between it only the changes of look."""
    if strip._render_cache is not None:
        return strip._render_cache
    system = system_of(console)
    out: list[str] = []
    now = PLAIN
    for text, style, control in strip._segments:
        if control or not text:
            continue
        then = look_of(style, system)
        if not now.marks_blanks and not then.marks_blanks and then.ground == now.ground and not text.strip(" "):
            out.append(text)
            continue
        out.append(change_of_look(now, then))
        now = then
        out.append(harmless(text))
    if now[:3] != PLAIN[:3]:
        out.append(RESET)
    strip._render_cache = "".join(out)
    return strip._render_cache


_SYSTEMS: Final = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
    "windows": ColorSystem.WINDOWS,
}


def install() -> None:
    """Make every line of every widget pass :func:`render`. Calling it again changes nothing."""
    setattr(Strip, "render", render)  # noqa: B010 - mypy forbids to assign to a method
