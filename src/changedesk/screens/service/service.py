"""One service: is it still good, how did that come about, and what is to be better?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.words import plain
from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.labelled import explained
from changedesk.screens.service.service_parts import (
    BETTER_COLUMNS,
    BY_KEY,
    FIGURE_COLUMNS,
    LIMITATION,
    NO_FIGURE,
    NOTHING,
    better_detail,
    better_rows,
    chart_of,
    figure_detail,
    figure_rows,
    signals_said,
    state_said,
)
from changedesk.screens.service.service_talk import ask_to_approve, ask_to_initiate, ask_to_reject, ask_what_shows_it
from changedesk.screens.service.services_parts import loop_line
from changedesk.services.lookup import known_initiative
from changedesk.services.service.improving import Began
from changedesk.services.service.listing import services_view
from changedesk.services.service.page import ImprovementView, ServiceView, service_view
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.figures.chart import chart_drawing
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import ListSource
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, fit_spans, ink, width_of

NONE_SHOWN: Final = f"There is no service to show: {key_to('services.new')} in the list of services adds one."
NARROW, LOW = 100, 30
"""Below so many columns or rows figures and improvements take turns."""
NO_TREND: Final = "A trend takes two periods in which this was measured."


class ServiceScreen(DeskScreen):
    """One service with its figures, their trends, and the loop by which it stays good."""

    scope = "service"
    home = "golive"
    enter = "step"
    CSS_PATH = "service.tcss"
    AUTO_FOCUS = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._service = ""
        self._view: ServiceView | None = None
        self._on_better = False
        self._title = Drawing(id="title")
        self._figures = FollowedTable(FIGURE_COLUMNS, self._follow)
        self._meaning = Drawing(id="meaning")
        period = self.keys_of(("period", "period"))
        self._figures_box = Box("Is it still good?", token="service", keys=period, id="figures")
        self._chart = Drawing()
        self._chart_box = Box("Where is it going?", token="service", id="chart")
        self._better = FollowedTable(BETTER_COLUMNS, self._follow)
        self._why = Drawing(id="why")
        keys = self.keys_of(("signal", "signal"), ("step", "next step"))
        self._better_box = Box("What is to be better?", token="service", keys=keys, id="better")
        self._above = Horizontal(id="above")

    def content(self) -> Iterable[Widget]:
        """Title and loop, figures beside their trend, and what is to be better."""
        yield self._title
        with self._above:
            with self._figures_box:
                yield self._figures
                yield self._meaning
            with self._chart_box:
                yield self._chart
        with self._better_box:
            yield self._better
            yield self._why

    def reload(self) -> None:
        """Read the service as it is now; without one, the first in the list."""
        session, wanted = self.context.session, self._service

        def read() -> ServiceView | None:
            chosen = wanted or next((row.service_id for row in services_view(session).rows), "")
            return service_view(session, chosen) if chosen else None

        self.load("service", read, self._show)

    def open_subject(self, subject: str) -> None:
        """Show this service."""
        if subject and subject != self._service:
            self._service, self._view = subject, None
            self.begin_anew()

    def blocked_reason(self, name: str) -> str | None:
        """What the rules say against it."""
        if name == "panel":
            return None
        if self._view is None:
            return self.lacks("service", NONE_SHOWN)
        one = self._chosen
        if name in ("step", "initiate", "reject", "project") and self.focused is not self._better:
            return f"Choose what is to be better first: {key_to('service.panel')} goes there."
        if name == "step":
            if self._better.selected_key.startswith(LIMITATION):
                return None
            if one is None:
                return NOTHING
            return one.refused_approval if one.improvement.state == "proposed" else one.refused_implementation
        if name in ("initiate", "reject", "project") and one is None:
            return f"Propose an improvement for it first: {key_to('service.step')} does."
        if name == "initiate" and one is not None and one.improvement.state != "approved":
            return one.refused_initiation
        if name == "reject" and one is not None:
            return one.refused_rejection
        if name == "project" and one is not None and not one.improvement.initiative:
            return "No initiative answers this yet."
        return None

    # --- commands

    def do_panel(self) -> None:
        """Go to the figures, or to what is to be better."""
        self._on_better = not self._on_better
        self._arrange()

    def do_step(self) -> None:
        """Propose, approve, or say that it is implemented."""
        view, one, key = self._view, self._chosen, self._better.selected_key
        if view is None:
            return
        if key.startswith(LIMITATION):
            start = {"client": view.service.client, "service": view.service.name, "limitation": key[len(LIMITATION) :]}
            open_form(self, FormRequest("improvements", start=start, done=self._done))
        elif one is not None and one.improvement.state == "proposed":
            ask_to_approve(self, one, self._done)
        elif one is not None:
            ask_what_shows_it(self, one, self._done)

    def do_initiate(self) -> None:
        """Make an initiative of the selected improvement."""
        one = self._chosen
        if one is not None:
            ask_to_initiate(self, one, self._began)

    def do_reject(self) -> None:
        """Reject the selected improvement."""
        one = self._chosen
        if one is not None:
            ask_to_reject(self, one, self._done)

    def do_signal(self) -> None:
        """Note that the service fell short."""
        key = self._better.selected_key if self.focused is self._better else ""
        limitation = {"limitation": key[len(LIMITATION) :]} if key.startswith(LIMITATION) else {}
        self._form("signals", limitation)

    def do_period(self) -> None:
        """Add the figures of a period."""
        self._form("service_periods", {})

    def do_agree(self) -> None:
        """Add what was agreed."""
        self._form("agreements", {})

    def do_edit(self) -> None:
        """Change the service itself."""
        if self._view is not None:
            open_form(self, FormRequest("services", self._view.service.id, done=self._done))

    def do_project(self) -> None:
        """Show the initiative that the improvement became."""
        one, session = self._chosen, self.context.session
        code = one.improvement.initiative if one else None
        if code:
            self.load("project", lambda: known_initiative(session, code).id, lambda found: self.go("initiative", found))

    def leave(self) -> None:
        """Go back to the list."""
        self.go("services")

    # --- what happens

    def on_resize(self) -> None:
        """Another size shows other panels."""
        self._arrange()

    # --- how it works

    @property
    def _chosen(self) -> ImprovementView | None:
        found = self._view.improvements if self._view else ()
        return next((one for one in found if one.improvement.id == self._better.selected_key), None)

    def _form(self, name: str, start: dict[str, str]) -> None:
        if self._view is not None:
            service = self._view.service
            whose = {"client": service.client, "service": service.name}
            open_form(self, FormRequest(name, start=whose | start, done=self._done))

    def _began(self, began: Began) -> None:
        self._done(f"{began.code} has begun; it carries the evidence. {key_to('service.project')} shows it.")

    def _show(self, view: ServiceView | None) -> None:
        self._view = view
        if view is None:
            self._service = ""
            self._figures.show(ListSource(), empty=NONE_SHOWN)
            self._better.show(ListSource(), empty="")
            return
        self._service = view.service.id
        self._title.show(lambda width, _height: _title(view, width))
        level, why = view.row.level, view.row.why
        stands = (why, "explain") if view.row.state == "retired" else (f"{GLYPH[level]} {why}", LEVEL_TOKEN[level])
        self._figures_box.set_title("Is it still good?", *stands)
        self._figures.show(figure_rows(view), empty=NO_FIGURE)
        self._better_box.set_title("What is to be better?", signals_said(view), "explain")
        self._better.show(better_rows(view), empty=NOTHING)
        self._arrange()

    def _arrange(self) -> None:
        one = self.size.width < NARROW or self.size.height < LOW
        self._above.display = not one or not self._on_better
        self._better_box.display = not one or self._on_better
        self._above.set_class(self.size.width < NARROW, "-stacked")
        self.give_keys(self._better if self._on_better else self._figures)
        self._follow()

    def _follow(self) -> None:
        view, key = self._view, self._figures.selected_key
        if view is None:
            return
        self._meaning.show(lambda width, height: figure_detail(view, key, width)[:height])
        chart = chart_of(view, key)
        name = BY_KEY[key].name if key in BY_KEY else ""
        self._chart_box.set_title(f"Where is it going? {name}".rstrip())
        if chart is not None:
            self._chart.show(chart_drawing(chart))
        else:
            self._chart.show(explained(NO_TREND))
        better = self._better.selected_key
        self._why.show(lambda width, height: better_detail(view, better, width)[:height])
        self._figures_box.set_note(self._figures.position_text)
        self._better_box.set_note(self._better.position_text)
        self.refresh_keys()


def _title(view: ServiceView, width: int) -> tuple[Line, ...]:
    name = (ink(f" {view.service.name}", bold=True), ink(f" · {view.client_name} · ", "explain"))
    said = fit_spans((*name, ink(state_said(view, width - width_of(name)), "explain")), width)
    loop = view.row.loop
    whole = (ink(" "), *loop_line(loop.station), ink(f"   {loop.sentence}", "explain"))
    # Where the whole loop has no room, the station alone says it, and the sentence stays whole.
    station = ink(f"● {plain(loop.station)}", "service", bold=True)
    brief = (ink(" In the loop ", "explain"), station, ink(f"   {loop.sentence}", "explain"))
    return said, fit_spans(whole if width_of(whole) < width else brief, width)
