"""From the meaning of a colour to the style of the current theme, and from spans of text to a line of a widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from changedesk.domain.plaintext import drawn
from changedesk.theme import DEFAULT_THEME, HIGH_CONTRAST, PALETTES
from changedesk.widgets.canvas import Look, Span, cells, fit

GLYPH: Final[Mapping[str, str]] = {"late": "▲", "at_risk": "◆", "fine": "●", "unknown": "○", "cancelled": "×"}
"""The sign of each level of attention, so that it never speaks by colour alone."""

LEVEL_TOKEN: Final[Mapping[str, str]] = {
    "late": "late",
    "at_risk": "risk",
    "fine": "fine",
    "unknown": "unknown",
    "cancelled": "explain",
}
"""The colour of each level of attention."""

SPARKS: Final = "▁▂▃▄▅▆▇█"
"""Columns by eighths of a line."""
HIGHEST: Final = 6
"""The highest column in a list leaves the upper edge free, so that rows under each other stay apart."""

LOADING: Final = Span("Loading ...", Look("explain"))
"""What stands where something is still being read."""
UNREAD: Final = Span("Could not be read.", Look("explain"))
"""What stands there once that has failed; why, the notice says."""
UNREAD_CLASS: Final = "-unread"
"""The mark of a screen on which what is still missing could not be read."""

TEXT_LIMIT: Final = 2000
"""So many characters of a text are looked at when it is put on one line."""


class Paint:
    """The styles of one theme: ``paint["late"]``, or ``paint.style(Look("ink", "selection", bold=True))``.

    An empty ground means the ground of the screen. In ``mono`` no colour is seen: what is late or at risk is then as
    bright as what matters, and bold, so that it does not stand back behind what is fine. In ``unread`` nothing is being
    read: what waits says that it could not be.
    """

    def __init__(self, palette: Mapping[str, str], *, mono: bool = False, unread: bool = False) -> None:
        self._awaited = UNREAD if unread else LOADING
        self._palette = {**palette, "late": palette["ink"], "risk": palette["ink"]} if mono else palette
        self._bold = frozenset({"late", "risk"}) if mono else frozenset[str]()
        self._styles: dict[tuple[Look, str], Style] = {}

    def __getitem__(self, token: str) -> Style:
        return self.style(Look(token))

    def style(self, look: Look, behind: str = "ground") -> Style:
        """The style of a look; ``behind`` is the ground of looks that have none of their own."""
        known = self._styles.get((look, behind))
        if known is None:
            known = Style.from_color(
                Color.parse(self._palette[look.ink]), Color.parse(self._palette[look.ground or behind])
            )
            if look.bold or look.ink in self._bold:
                known += Style(bold=True)
            self._styles[look, behind] = known
        return known

    def strip(self, spans: Iterable[Span], width: int, behind: str = "ground") -> Strip:
        """A line of exactly ``width`` columns: the spans, then blanks. What is too long is cut by column."""
        # The very span, and no text that happens to say the same.
        now = (self._awaited if span is LOADING else span for span in spans)
        segments = [Segment(text, self.style(look, behind)) for text, look in now if text]
        return Strip(segments).adjust_cell_length(width, self.style(Look(), behind))

    def blank(self, width: int, behind: str = "ground") -> Strip:
        """An empty line."""
        return Strip.blank(width, self.style(Look(), behind))


@lru_cache(maxsize=8)
def _paint(theme: str, mono: bool, unread: bool) -> Paint:
    return Paint(PALETTES.get(theme, PALETTES[DEFAULT_THEME]), mono=mono, unread=unread)


def paint_of(widget: Widget) -> Paint:
    """The paint of the theme and the screen in which the widget is shown now. Ask again at each drawing: themes change."""
    return _paint(widget.app.theme, widget.app.no_color, widget.screen.has_class(UNREAD_CLASS))


def grounds_are_alike(widget: Widget) -> bool:
    """Whether a raised ground can hardly be told from that of the screen: few colours, none, or those of high contrast."""
    app = widget.app
    return app.no_color or app.theme == HIGH_CONTRAST or app.console.color_system == "standard"


def ink(text: str, token: str = "ink", *, bold: bool = False) -> Span:
    """A span of text from data, made harmless, in a colour by its meaning."""
    return Span(drawn(text, TEXT_LIMIT), Look(token, "", bold))


def width_of(spans: Iterable[Span]) -> int:
    """How many columns the spans take."""
    return sum(cells(text) for text, _ in spans)


def fit_spans(spans: Sequence[Span], width: int, align: str = "left") -> tuple[Span, ...]:
    """The spans in exactly ``width`` columns: shortened after a whole word with ``…``, or padded with blanks.

    ``align`` is where they stand then: left, right or center.
    """
    used = width_of(spans)
    if used > width:
        spans = _shortened(spans, width)
        used = width_of(spans)
    spare = width - used
    if not spare:
        return tuple(spans)
    before = spare if align == "right" else spare // 2 if align == "center" else 0
    padded = (Span(" " * before, Look()), *spans, Span(" " * (spare - before), Look()))
    return tuple(span for span in padded if span.text)


def _shortened(spans: Sequence[Span], width: int) -> tuple[Span, ...]:
    kept: list[Span] = []
    left = width
    for index, (text, look) in enumerate(spans):
        size = cells(text)
        more = any(following.text.strip() for following in spans[index + 1 :])
        if size > left or (size == left and more):
            kept.append(Span(fit(f"{text} …", left), look))
            break
        kept.append(Span(text, look))
        left -= size
    return tuple(kept)


def bar(share: float | None, width: int, token: str) -> tuple[Span, ...]:
    """A bar one line high: the filled part in its colour, the rest a thin line. ``share`` is 0 to 1; None draws no bar."""
    if share is None:
        return (Span("┈" * width, Look("faint")),) if width > 0 else ()
    halves = round(min(max(share, 0.0), 1.0) * width * 2)
    if share > 0 and halves == 0:
        halves = 1
    full, half = divmod(halves, 2)
    rest = width - full - half
    spans = (Span("━" * full + "╾" * half, Look(token)), Span("─" * rest, Look("line")))
    return tuple(span for span in spans if span.text)


def sparkline(values: Sequence[float], width: int) -> str:
    """The values, oldest first, as small columns from 0 to 1; more values than columns are averaged."""
    if not values or width <= 0:
        return ""
    count = min(width, len(values))
    columns = []
    for index in range(count):
        part = values[index * len(values) // count : max((index + 1) * len(values) // count, 1)]
        mean = sum(part) / len(part)
        columns.append(column_of(mean))
    return "".join(columns)


def column_of(share: float) -> str:
    """A share (0 to 1; what lies beyond is drawn as these) as one column of a list."""
    return SPARKS[min(max(round(share * HIGHEST), 0), HIGHEST)]
