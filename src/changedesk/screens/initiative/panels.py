"""The panels of the Initiative screen: title, lanes, the two columns of facts, the gate; what each shows, and its rows."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.measures.questions import Lens
from changedesk.keymap import Keymap
from changedesk.screens.initiative.layout import SIDE_BY_SIDE, Arrangement, Wants, arrange
from changedesk.screens.initiative.lens import COLUMN_OF, answer_token, draw_lens, lens_lines, lens_title
from changedesk.screens.initiative.parts import (
    facts,
    gate,
    gate_rows,
    gate_title,
    lanes_picture,
    reach_strip,
    title,
)
from changedesk.services.initiative.page import InitiativeView
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.drawing import Drawing, awaited
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lane.lanes import draw_lanes, lanes_heights
from changedesk.widgets.paint import ink, sparkline
from changedesk.widgets.time_window import TimeWindow

HIGH = 30
"""From so many rows on, what was found stands under the title."""
EMPTY_ROWS = 4
REACH_ROWS = 1
TREND = 12
"""The columns of the last weeks' use beside the answer."""
NOTHING_HERE = (
    "No initiative yet. Its two lanes, its gates with both signatures and the facts behind them will stand here. "
    f"{key_to('app.portfolio')} shows the portfolio; there {key_to('portfolio.new_from_playbook')} makes one from a "
    f"playbook, {key_to('portfolio.new')} one without a plan. Or: changedesk import FILE --kind initiatives"
)
LANE_COUNTS = {2: "Two", 3: "Three"}


class InitiativePanels:
    """The widgets that show an initiative, without its lists."""

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self._title = Drawing(awaited, id="title")
        self._reach = Drawing(id="reach")
        self._lanes = Drawing()
        self._lanes_box = Box("Two lanes, one initiative", keys=_axis_keys(keymap), id="lanes")
        self._facts = (Drawing(), Drawing())
        self._fact_boxes = (
            Box("", token="delivery", keys=(_hint(keymap, "lens", "lens"),), id="delivery"),
            Box("", token="people", keys=(_hint(keymap, "measures", "measures"),), id="people"),
        )
        self._lens: Lens | None = None
        self._more = keymap.shown("initiative.more")
        self._lens_panel = Drawing()
        self._lens_box = Box("", keys=(_hint(keymap, "lens", "lens"),), id="lens")
        self._facts_row = Horizontal(id="facts")
        self._gate = Drawing()
        self._gate_box = Box("", keys=_gate_keys(keymap), id="gate")

    def widgets(self) -> Iterable[Widget]:
        """The widgets, from top to bottom."""
        yield self._title
        yield self._reach
        with self._lanes_box:
            yield self._lanes
        with self._facts_row:
            with self._lens_box:
                yield self._lens_panel
            for box, drawing in zip(self._fact_boxes, self._facts, strict=True):
                with box:
                    yield drawing
        with self._gate_box:
            yield self._gate

    def show(self, view: InitiativeView | None, lens: Lens | None = None) -> None:
        """Show an initiative through a lens, or say that there is none and what would stand here."""
        self._lens = lens
        if view is None:
            nothing = self._keymap.said(NOTHING_HERE)
            self._title.show(
                lambda width, _height: tuple((Span(line, Look("explain")),) for line in wrap(nothing, width))
            )
            return
        self._title.show(title(view, lens))
        self._reach.show(reach_strip(view))
        if lens is not None:
            answer = view.measures.answer(lens)
            asks, word, token = lens_title(answer)
            self._lens_box.set_title(asks, word, token)
            self._lens_panel.show(draw_lens(answer, view.today, self._more))
        for box, drawing, column in zip(self._fact_boxes, self._facts, view.columns, strict=True):
            # The answer may be red; the trend is only what people do.
            trend = (
                (ink(f"  {sparkline([*view.trend], TREND)}", "people"),)
                if column.lane == "people" and view.trend
                else ()
            )
            box.set_title(column.question, column.answer, answer_token(column.answer), *trend)
            drawing.show(facts(column))
        self._lanes_box.set_title(f"{LANE_COUNTS.get(len(view.lanes), str(len(view.lanes)))} lanes, one initiative")

    def show_axis(self, view: InitiativeView, window: TimeWindow, number: int) -> None:
        """Show the lanes in this stretch of time, and the gate with this index."""
        picture = lanes_picture(view, view.gates[number].number)
        self._lanes.show(lambda width, height: draw_lanes(picture, window, width, height))
        self._gate_box.set_title(*gate_title(view, number))
        self._gate.show(gate(view, number, self._keymap))

    def arrange(self, view: InitiativeView | None, width: int, height: int, page: int, shown: bool) -> int:
        """Give each panel its rows of ``height``; only the title when not ``shown``. How many pages there are to go through."""
        nothing_found = view is not None and not view.findings
        title_rows = 2 if height >= HIGH and not nothing_found else 1 if view else EMPTY_ROWS
        self._title.styles.height = title_rows
        self._reach.display = view is not None and shown
        self._reach.styles.height = REACH_ROWS
        shares = (
            _shares(view, self._lens, width, height - title_rows - REACH_ROWS, page)
            if view and shown
            else Arrangement(0, 0, 0, 0, 1)
        )
        left, right = self._fact_boxes
        if self._lens is not None:
            left, right = self._lens_box, self._fact_boxes[COLUMN_OF[self._lens]]
        heights = {
            self._lanes_box: shares.lanes,
            self._gate_box: shares.gate,
            left: shares.delivery,
            right: shares.people,
        }
        for box in (self._lanes_box, self._gate_box, self._lens_box, *self._fact_boxes):
            rows = heights.get(box, 0)
            box.display = rows > 0
            box.styles.height = rows
        self._facts_row.display = bool(shares.delivery or shares.people)
        self._facts_row.set_class(width < SIDE_BY_SIDE, "-stacked")
        return shares.pages


def _shares(view: InitiativeView, lens: Lens | None, width: int, height: int, page: int) -> Arrangement:
    inner = width - 4
    picture = lanes_picture(view, None)
    least, natural = lanes_heights(picture, picture.window(), inner)
    left, right = (len(column.facts) + 1 for column in view.columns)
    if lens is not None:
        column = width // 2 - 4 if width >= SIDE_BY_SIDE else inner
        left, right = len(lens_lines(view.measures.answer(lens), view.today, column)), (left, right)[COLUMN_OF[lens]]
    gates = max(gate_rows(view, number, inner) for number in range(len(view.gates)))
    return arrange(width, height, Wants(least, natural, left, right, gates), page)


def _axis_keys(keymap: Keymap) -> tuple[KeyHint, ...]:
    return (
        _hint(keymap, "zoom", "zoom_in", "zoom_out"),
        _hint(keymap, "move", "earlier", "later"),
        _hint(keymap, "all", "fit"),
    )


def _gate_keys(keymap: Keymap) -> tuple[KeyHint, ...]:
    return (_hint(keymap, "gate", "previous_gate", "next_gate"),)


def _hint(keymap: Keymap, word: str, *names: str) -> KeyHint:
    return KeyHint(" ".join(keymap.shown(f"initiative.{name}") for name in names), word)
