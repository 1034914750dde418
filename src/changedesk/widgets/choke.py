"""The one way from a widget to the terminal: only printable text passes, in as few bytes as its looks need.

Textual hands every line of every widget to ``Strip.render``. :func:`install` puts :func:`render` in its place, so that no
control, escape or bidirectional character of the data reaches the reader's terminal, whichever widget shows it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.cells import get_character_cell_size
from rich.color import Color, ColorSystem
from rich.console import Console
from rich.style import Style
from textual.strip import Strip

from changedesk.theme import SIXTEEN, readable

_RESET: Final = "\x1b[0m"
_SHOWN_ON_BLANKS: Final = ("4", "7", "9", "21", "53")


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


@lru_cache(maxsize=4096)
def _codes(style: Style | None, system: ColorSystem) -> tuple[str, str, str, bool]:
    """The codes of weight, of ink and of ground, and whether they can be seen on a blank. Links are never passed on."""
    if style is None:
        return "", "", "", False
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
        over, under = _of_sixteen(over), _of_sixteen(under)
        if over is not None and under is not None and over.number is not None and under.number is not None:
            over = Color.from_ansi(readable(under.number, over.number))
    ink = ";".join(over.downgrade(system).get_ansi_codes()) if over else ""
    ground = ";".join(under.downgrade(system).get_ansi_codes(False)) if under else ""
    return ";".join(weight), ink, ground, any(code in _SHOWN_ON_BLANKS for code in weight)


def _of_sixteen(color: Color | None) -> Color | None:
    """The colour that has this meaning on a terminal of 16 colours."""
    number = SIXTEEN.get(color.triplet.hex) if color is not None and color.triplet is not None else None
    return color if number is None else Color.from_ansi(number)


def render(strip: Strip, console: Console) -> str:
    """One line as the terminal gets it: printable text, and between it only the changes of look."""
    if strip._render_cache is not None:
        return strip._render_cache
    system = ColorSystem.TRUECOLOR if console.color_system is None else ColorSystem(_SYSTEMS[console.color_system])
    out: list[str] = []
    weight = ink = ground = ""
    marked = False
    for text, style, control in strip._segments:
        if control or not text:
            continue
        to_weight, to_ink, to_ground, to_marked = _codes(style, system)
        if not marked and not to_marked and to_ground == ground and not text.strip(" "):
            out.append(text)
            continue
        if to_weight != weight or (ink and not to_ink) or (ground and not to_ground):
            codes = ";".join(part for part in ("0", to_weight, to_ink, to_ground) if part)
            out.append(f"\x1b[{codes}m")
        elif changed := ";".join(
            part for part in (to_ink if to_ink != ink else "", to_ground if to_ground != ground else "") if part
        ):
            out.append(f"\x1b[{changed}m")
        weight, ink, ground, marked = to_weight, to_ink, to_ground, to_marked
        out.append(harmless(text))
    if weight or ink or ground:
        out.append(_RESET)
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
