"""How hard a change hits, 0 to 5: a column that grows and a colour that warms, so that neither speaks alone."""

from __future__ import annotations

from typing import Final

from changedesk.domain.saying import percent
from changedesk.widgets.canvas import Line, Look, Span

GLYPHS: Final = ("·", "▁", "▂", "▄", "▆", "█")
"""The sign of each degree."""

TOKENS: Final = ("faint", "explain", "people", "risk", "late", "late")
"""The colour of each degree."""

NOT_RATED: Final = "?"


def heat_cell(degree: int | None, *, chosen: bool = False, rated: bool = True) -> Line:
    """A degree as its sign and its figure, three cells wide; the chosen one has the mark of the keyboard before it.

    ``rated`` says whether anybody looked at the group at all: then what has no degree does not hit it as far as is known.
    """
    mark = Span("▸" if chosen else " ", Look("key", "", True))
    if degree is None:
        return (mark, Span(" -" if rated else f" {NOT_RATED}", Look("faint")))
    return (mark, Span(f"{GLYPHS[degree]}{degree}", Look(TOKENS[degree], "", chosen or degree > 3)))


def share_cell(share: float, level: str, *, chosen: bool = False) -> Line:
    """The load of a week as a share of what a group can bear, in percent, and the sign of too much; six cells wide."""
    mark = Span("▸" if chosen else " ", Look("key", "", True))
    if share <= 0:
        return (mark, Span("   · ", Look("faint")))
    token, sign = {"late": ("late", "▲"), "at_risk": ("risk", "◆"), "fine": ("people", " ")}[level]
    return (mark, Span(f"{percent(100 * share).removesuffix(' %'):>4}{sign}", Look(token, "", level == "late")))
