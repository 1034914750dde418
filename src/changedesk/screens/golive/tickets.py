"""The tickets of a go-live, in the place of its panels while they are open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from textual.widget import Widget

from changedesk.keymap import Keymap
from changedesk.screens.golive.ticket_rows import NO_TICKET, ticket_columns, ticket_detail, ticket_rows
from changedesk.screens.none_yet import from_a_file
from changedesk.services.golive.tickets import TicketList, TicketRow
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable


class GoLiveTickets:
    """The list, and the change of the selected ticket under it; ``follow`` is called when another one is selected."""

    def __init__(self, keymap: Keymap, follow: Callable[[], None]) -> None:
        self._found: TicketList | None = None
        self.table = FollowedTable(ticket_columns(None), follow)
        self._box = Box("Tickets", keys=[KeyHint(keymap.shown("app.back"), "close")], id="tickets")
        self._detail = Drawing(id="ticket")

    def widgets(self) -> Iterable[Widget]:
        """The box with the list."""
        with self._box:
            yield self.table
            yield self._detail

    @property
    def is_open(self) -> bool:
        """Whether they are shown."""
        return self._box.display

    @is_open.setter
    def is_open(self, is_open: bool) -> None:
        self._box.display = is_open

    @property
    def selected(self) -> TicketRow | None:
        """The selected ticket."""
        rows = self._found.rows if self._found else ()
        return next((row for row in rows if row.ticket.id == self.table.selected_key), None)

    def show(self, found: TicketList, now: datetime) -> None:
        """Show what was read."""
        self._found = found
        self.table.set_columns(ticket_columns(found))
        self.table.show(ticket_rows(found, now), empty=f"{NO_TICKET}\n{from_a_file('tickets')}")
        listed = f", {len(found.rows):,} listed" if len(found.rows) < found.total else ""
        said = f"{found.open:,} open of {found.total:,}{listed}" if found.total else "none known"
        self._box.set_title("Tickets, what is open first", said, "explain")

    def follow(self) -> None:
        """Say what there is to say about the selected one."""
        self._box.set_note(self.table.position_text)
        found, key = self._found, self.table.selected_key
        self._detail.show(lambda width, height: ticket_detail(found, key, width)[:height])
