"""Initiative: was it delivered correctly, and are the people using it? Two lanes, one initiative."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.screens.initiative_layout import SIDE_BY_SIDE, Arrangement, Wants, arrange
from changedesk.screens.initiative_lists import LISTS
from changedesk.screens.initiative_parts import (
    ANSWER_TOKENS,
    facts,
    gate,
    gate_rows,
    gate_title,
    lanes_picture,
    title,
)
from changedesk.services.initiative import InitiativeView
from changedesk.services.portfolio import PortfolioQuery
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Look, Span
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lanes import draw_lanes, lanes_heights
from changedesk.widgets.table import VirtualTable
from changedesk.widgets.time_window import TimeWindow

FRAME_ROWS = 2
HIGH = 30
PAN = 0.25
NOTHING_HERE = "No initiative yet. One command brings them: changedesk import FILE --kind initiatives"
NONE_SHOWN = "There is no initiative to show."
LIST_OPEN = "A list is open; Esc closes it."
AXIS = ("zoom_in", "zoom_out", "earlier", "later", "fit", "previous_gate", "next_gate", "next_panel")


class InitiativeScreen(DeskScreen):
    """One initiative with its lanes side by side, the facts that answer the two questions, and its gates."""

    scope = "initiative"
    CSS_PATH = "initiative.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._subject = ""
        self._view: InitiativeView | None = None
        self._window: TimeWindow | None = None
        self._gate = 0
        self._page = 0
        self._open_list = ""
        self._arrangement: Arrangement | None = None
        self._title = Drawing(id="title")
        self._lanes = Drawing()
        self._lanes_box = Box("Two lanes, one initiative", keys=self._keys("zoom_in", "earlier", "fit"), id="lanes")
        self._facts = (Drawing(), Drawing())
        self._fact_boxes = (Box("", token="delivery", id="delivery"), Box("", token="people", id="people"))
        self._facts_row = Horizontal(id="facts")
        self._gate_drawing = Drawing()
        self._gate_box = Box("", keys=self._keys("next_gate"), id="gate")
        self._table = VirtualTable((), empty="Loading ...")
        self._list_box = Box("", keys=(KeyHint("esc", "close"),), id="list")

    def content(self) -> Iterable[Widget]:
        """Title, lanes, facts and gate; a list takes their place when it is open."""
        yield self._title
        with self._lanes_box:
            yield self._lanes
        with self._facts_row:
            for box, drawing in zip(self._fact_boxes, self._facts, strict=True):
                with box:
                    yield drawing
        with self._gate_box:
            yield self._gate_drawing
        with self._list_box:
            yield self._table

    def reload(self) -> None:
        """Read the initiative as it is now; without a subject, the one that needs most attention."""
        services, subject = self.context.services, self._subject

        def read() -> InitiativeView | None:
            wanted = subject or next((row.initiative_id for row in services.portfolio(PortfolioQuery()).rows(0, 1)), "")
            return services.initiative(wanted) if wanted else None

        self.load("initiative", read, self._show)
        if self._open_list:
            self._load_list()

    @property
    def subject(self) -> str:
        """The id of the initiative that is shown."""
        return self._subject

    def open_subject(self, subject: str) -> None:
        """Show this initiative; what was zoomed, chosen and opened stays only for the same one."""
        if subject == self._subject:
            return
        self._subject = subject
        self._view = self._window = None
        self._page = 0
        if self.is_attached:
            self._close_list()
            self.reload()

    def blocked_reason(self, command_id: str) -> str | None:
        """What there is no room or no sense for now."""
        name = command_id.removeprefix("initiative.")
        if name == command_id:
            return None
        if self._view is None or self._window is None:
            return NONE_SHOWN
        if name in AXIS and self._open_list:
            return LIST_OPEN
        reasons = {
            "zoom_in": (self._window.zoom_in() == self._window, "This is the shortest time that is shown."),
            "zoom_out": (self._window.zoom_out() == self._window, "This is the longest time that is shown."),
            "previous_gate": (self._gate == 0, "This is the first gate."),
            "next_gate": (self._gate == len(self._view.gates) - 1, "This is the last gate."),
            "next_panel": (self._arrangement is None or self._arrangement.pages == 1, "All panels are shown."),
        }
        blocked, reason = reasons.get(name, (False, ""))
        return reason if blocked else None

    # --- commands

    def do_next_panel(self) -> None:
        """Show the next panel under the lanes."""
        self._page += 1
        self._arrange()

    def do_zoom_in(self) -> None:
        """Show a shorter time around today."""
        if self._window and self._view:
            self._look_at(self._window.zoom_in(self._view.today))

    def do_zoom_out(self) -> None:
        """Show a longer time around today."""
        if self._window and self._view:
            self._look_at(self._window.zoom_out(self._view.today))

    def do_earlier(self) -> None:
        """Move to earlier days."""
        self._look_at(self._window and self._window.pan(-PAN))

    def do_later(self) -> None:
        """Move to later days."""
        self._look_at(self._window and self._window.pan(PAN))

    def do_fit(self) -> None:
        """Show the whole initiative."""
        if self._view:
            self._look_at(lanes_picture(self._view, None).window())

    def do_previous_gate(self) -> None:
        """Show the gate before this one."""
        self._choose_gate(self._gate - 1)

    def do_next_gate(self) -> None:
        """Show the gate after this one."""
        self._choose_gate(self._gate + 1)

    def do_activities(self) -> None:
        """List the activities."""
        self._show_list("activities")

    def do_audiences(self) -> None:
        """List the audiences."""
        self._show_list("audiences")

    def do_observations(self) -> None:
        """List the observations."""
        self._show_list("observations")

    def do_back(self) -> None:
        """Close the list, or go back to the portfolio."""
        if self._open_list:
            self._close_list()
            return
        super().do_back()

    # --- what happens

    def on_resize(self, event: events.Resize) -> None:
        """Another size has another arrangement."""
        del event
        self._arrange()

    def on_virtual_table_scrolled(self) -> None:
        """Say how far down the list one sees."""
        self._list_box.set_note(self._table.position_text)

    # --- how it works

    def _keys(self, *names: str) -> tuple[KeyHint, ...]:
        """The keys of a box; those that belong together stand together."""
        together = {"zoom_in": "zoom_out", "earlier": "later", "next_gate": "previous_gate"}
        words = {"zoom_in": "zoom", "earlier": "move", "fit": "all", "next_gate": "gate"}
        shown = self.context.config.keymap.shown
        hints = []
        for name in names:
            keys = sorted(shown(f"initiative.{n}") for n in (name, together.get(name, name)))
            hints.append(KeyHint(" ".join(dict.fromkeys(keys)), words[name]))
        return tuple(hints)

    def _show(self, view: InitiativeView | None) -> None:
        same = self._view is not None and view is not None and self._view.initiative_id == view.initiative_id
        self._view = view
        if view is None:
            self._title.show(lambda _width, _height: ((Span(NOTHING_HERE, Look("explain")),),))
            return
        self._subject = view.initiative_id
        if not same:
            self._gate = view.current_gate
            self._window = lanes_picture(view, None).window()
        self._title.show(title(view))
        for box, drawing, column in zip(self._fact_boxes, self._facts, view.columns, strict=True):
            box.set_title(column.question, column.answer, ANSWER_TOKENS.get(column.answer, "explain"))
            drawing.show(facts(column))
        many = {2: "Two", 3: "Three"}.get(len(view.lanes), str(len(view.lanes)))
        self._lanes_box.set_title(f"{many} lanes, one initiative")
        self._choose_gate(min(self._gate, len(view.gates) - 1))
        self._arrange()

    def _choose_gate(self, number: int) -> None:
        if self._view is None:
            return
        self._gate = number
        self._gate_box.set_title(*gate_title(self._view.gates[number], self._view.today))
        self._gate_drawing.show(gate(self._view, number))
        self._look_at(self._window)

    def _look_at(self, window: TimeWindow | None) -> None:
        if self._view is None or window is None:
            return
        self._window = window
        picture = lanes_picture(self._view, self._view.gates[self._gate].number)
        self._lanes.show(lambda width, height: draw_lanes(picture, window, width, height))

    def _arrange(self) -> None:
        """Give each panel its rows, or the list the whole place."""
        view, (width, height) = self._view, self.size
        if not width:
            return
        title_rows = 2 if height >= HIGH else 1
        self._title.styles.height = title_rows
        inner = width - 4
        self._arrangement = self._shares(view, width, inner, height - FRAME_ROWS - title_rows) if view else None
        shares = None if self._open_list else self._arrangement
        self._list_box.display = bool(self._open_list)
        boxes: tuple[tuple[Box, int], ...] = (
            (self._lanes_box, shares.lanes if shares else 0),
            (self._fact_boxes[0], shares.delivery if shares else 0),
            (self._fact_boxes[1], shares.people if shares else 0),
            (self._gate_box, shares.gate if shares else 0),
        )
        for box, rows in boxes:
            box.display = rows > 0
            box.styles.height = rows
        self._facts_row.display = bool(shares and (shares.delivery or shares.people))
        self._facts_row.set_class(width < SIDE_BY_SIDE, "-stacked")
        self.refresh_keys()

    def _shares(self, view: InitiativeView, width: int, inner: int, height: int) -> Arrangement:
        picture = lanes_picture(view, None)
        least, natural = lanes_heights(picture, picture.window(), inner)
        delivery, people = (len(column.facts) + 1 for column in view.columns)
        gates = max(gate_rows(view, number, inner) for number in range(len(view.gates)))
        return arrange(width, height, Wants(least, natural, delivery, people, gates), self._page)

    def _show_list(self, name: str) -> None:
        self._open_list = name
        self._table.set_columns(LISTS[name].columns)
        self._list_box.set_title(LISTS[name].name)
        self._arrange()
        self._table.focus()
        self._load_list()

    def _load_list(self) -> None:
        kind, services, subject = LISTS[self._open_list], self.context.services, self._subject

        def show(found: object) -> None:
            if self._view is not None and LISTS.get(self._open_list) is kind:
                self._table.show(kind.source(found, self._view.today), empty=kind.empty)

        self.load("list", lambda: kind.read(services, subject), show)

    def _close_list(self) -> None:
        self._open_list = ""
        self.set_focus(None)
        self._arrange()
