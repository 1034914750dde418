"""Portfolio: where does each initiative stand, and which one needs somebody today, and why?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.screens.adoption.keeping import Keeping
from changedesk.screens.context import Context
from changedesk.screens.filtered import FilteredScreen
from changedesk.screens.following import following
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.loading import NOT_READ
from changedesk.screens.none_yet import from_a_file
from changedesk.screens.portfolio.listing import PortfolioSource, columns, style_at
from changedesk.screens.portfolio.parts import SORT_NAMES, clock_of, detail, headline, quadrant, upcoming
from changedesk.services.portfolio.query import SORTS, PortfolioQuery
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.later import Later

if TYPE_CHECKING:
    from changedesk.services.portfolio.page import PortfolioRow, PortfolioView

AHEAD_AFTER = 0.4
"""Seconds that the list stands, or the selection rests, until the selected initiative is read: it may be opened next."""
NOTHING_HERE = (
    f"No initiative yet. {key_to('portfolio.clients')} makes the client, {key_to('portfolio.new_from_playbook')} an "
    f"initiative with its whole plan from a playbook, {key_to('portfolio.new')} one without a plan.\n"
    + from_a_file("initiatives")
)


class PortfolioScreen(FilteredScreen):
    """Every initiative by how much it needs attention, with its two lanes side by side."""

    scope = "portfolio"
    enter = "open"
    reads_subject = True
    filter_hint = "words of title, client, code, owner"
    CSS_PATH = "screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-broad")]  # noqa: RUF012 Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-low"), (30, "-high")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context, columns(style_at(0)))
        self.query_now = PortfolioQuery()
        self._view: PortfolioView | None = None
        self._wanted = ""
        self._style = style_at(0)
        self._headline = Drawing(id="headline")
        self._detail = Drawing(id="detail")
        keys = (("filter", "filter"), ("sort", "sort"), ("group", "group"))
        self._list = Box("Initiatives", keys=self.keys_of(*keys), id="initiatives")
        self._quadrant = Drawing()
        self._built = Box("Built and ready?", self._quadrant, id="quadrant")
        self._upcoming = Drawing()
        self._coming = Box("Next 14 days", self._upcoming, id="upcoming")
        self._keeping = Keeping(self)
        self._ahead = Later(self)

    @property
    def words(self) -> str:
        """The words that the list is filtered by now."""
        return self.query_now.text

    def filter_by(self, words: str) -> None:
        """Show only what contains these words."""
        self._ask(PortfolioQuery(words, self.query_now.sort, self.query_now.by_client))

    def content(self) -> Iterable[Widget]:
        """Headline, list with the detail of its selected row, and beneath them the two-by-two and what comes next."""
        yield self._headline
        with self._list:
            yield self._table
            yield self._detail
        with Horizontal(id="below"):
            yield self._built
            yield self._coming

    def _read_ahead(self) -> None:
        """Read the selected initiative, so that it stands at once when it is opened."""
        subject, ahead, state = self.subject, self.context.ahead, self.state_now()
        if self.context.door is not None and subject and self.is_current and ahead.of(subject, state) is None:
            read = partial(ahead.read, self.context.session, subject, state)
            self.run_worker(read, "ahead 0", group="ahead", thread=True, exit_on_error=False)

    def reload(self) -> None:
        """Read the portfolio as it is now."""
        query, session = self.query_now, self.context.session

        def read() -> PortfolioView:
            # Imported beside the first frame, which waits for none of it.
            from changedesk.services.portfolio.page import portfolio

            return portfolio(session, query)

        self.load("portfolio", read, self._show)

    @property
    def subject(self) -> str:
        """The id of the selected initiative."""
        return self._table.selected_key

    def open_subject(self, subject: str) -> None:
        """Select this initiative; one that was made on another screen once the list has it."""
        self._wanted = subject if subject and not self._table.select(subject) else ""

    def blocked_reason(self, name: str) -> str | None:
        """An empty list has nothing to open, sort or group."""
        if name in ("open", "sort", "group") and self._view is None:
            return NOT_READ
        if name == "open" and self._selected() is None:
            return "There is no initiative to open."
        if name in ("sort", "group") and self._view is not None and not self._view.total:
            return "There is nothing to put in order yet."
        return super().blocked_reason(name)

    # --- commands

    def do_open(self) -> None:
        """Open the selected initiative."""
        self.go("initiative", self.subject)

    def do_sort(self) -> None:
        """Take the next order."""
        order = following(SORTS, self.query_now.sort)
        self._ask(PortfolioQuery(self.query_now.text, order, self.query_now.by_client))

    def do_group(self) -> None:
        """Put the initiatives of a client together, or not."""
        self._ask(PortfolioQuery(self.query_now.text, self.query_now.sort, not self.query_now.by_client))

    def do_new(self) -> None:
        """Make an initiative."""
        open_form(self, FormRequest("initiatives", done=self._done))

    def do_new_from_playbook(self) -> None:
        """Make an initiative from a playbook, one question at a time."""
        from changedesk.screens.initiative.making import NewInitiative

        NewInitiative(self).begin()

    def do_clients(self) -> None:
        """List the clients."""
        self.go("records", "clients")

    def do_people(self) -> None:
        """List the people."""
        self.go("records", "people")

    def do_holidays(self) -> None:
        """List the holidays."""
        self.go("records", "holidays")

    def do_policies(self) -> None:
        """Show what each client requires."""
        row = self._selected()
        self.go("policies", row.client if row else "")

    def do_msp(self) -> None:
        """Show the client of the selected initiative."""
        row = self._selected()
        self.go("client", row.client if row else "")

    def do_services(self) -> None:
        """Show the services."""
        self.go("services")

    def do_meetings(self) -> None:
        """Run a meeting of the board."""
        self.go("cab")

    def do_trail(self) -> None:
        """See who decided what."""
        self.go("trail")

    # --- what happens

    def on_mount(self) -> None:
        """Some moments after the first look, what a new week asks for is kept."""
        self._keeping.begin()

    def on_resize(self, event: events.Resize) -> None:
        """Another width has other columns."""
        style = style_at(event.size.width)
        if style != self._style:
            self._style = style
            self._table.set_columns(columns(style))
            self._fill()

    # --- how it works

    def _ask(self, query: PortfolioQuery) -> None:
        """Show what was read as it is asked for now; what is being read is shown so when it has come."""
        self.query_now = query
        self._fill()

    def _show(self, view: PortfolioView) -> None:
        self._view = view
        self._headline.show(headline(view))
        self._fill()
        self._quadrant.show(quadrant(view))
        self._built.set_note(f"{view.points_over:,} closed or cancelled left out" if view.points_over else "")
        self._upcoming.show(upcoming(view))
        self._coming.set_note(clock_of(view))

    def _fill(self) -> None:
        if self._view is None:
            return
        view = self._view = self._view.asked(self.query_now)
        words = view.query.text.strip()
        empty = f"No initiative has “{words}”." if words else NOTHING_HERE
        self._table.show(PortfolioSource(view, self._style), total=view.matched, empty=empty)
        if self._wanted:
            self._table.select(self._wanted)
            self._wanted = ""
        order = SORT_NAMES[view.query.sort]
        title = f"Initiatives by {'client, then ' if view.query.by_client else ''}{order}"
        asked = (f"“{words}”" if words else "",)
        self._list.set_title(title, self.narrowed(asked, f"{view.matched:,} of {view.total:,}"), "key")
        self._follow()

    def _follow(self) -> None:
        """Say what there is to say about the selected initiative, and how far down the list one sees."""
        row = self._selected()
        self._detail.show(detail(self._view.detail(row.initiative_id) if self._view and row else None, row))
        below = self._table.more_below
        more = f"{below:,} more below  " if below else ""
        self._list.set_note(f"{more}{self._table.position_text}")
        self._ahead.call(AHEAD_AFTER, self._read_ahead)
        self.refresh_keys()

    def _selected(self) -> PortfolioRow | None:
        """The selected initiative."""
        position = self._view.position(self._table.selected_key) if self._view else None
        return None if self._view is None or position is None else self._view.rows(position, 1)[0]
