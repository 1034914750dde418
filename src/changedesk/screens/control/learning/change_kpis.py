"""Is change control healthy? The figures with their intervals, and each of them by client, path and team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.control.kpis import GROUPS
from changedesk.screens.context import Context
from changedesk.screens.control.learned_screen import LearnedScreen
from changedesk.screens.control.learning.change_kpis_parts import (
    BY_KEY,
    FIGURE_COLUMNS,
    GROUP_COLUMNS,
    GroupRows,
    detail_lines,
    figure_rows,
    rows_of_groups,
    said_window,
)
from changedesk.screens.following import following
from changedesk.screens.listed import in_order
from changedesk.services.control.learning.kpis import KpiView, kpi_view
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.table import VirtualTable

WINDOWS: Final = (365, 90, 30, None)
"""The windows in days, in the order in which a key goes through them; None is everything."""
EMPTY: Final = f"No change has been asked for yet: {key_to('approvals.new')} on Approvals asks for one."
ORDER: Final = "most changes first"
ONE_CLIENT: Final = "There is no second client with a change to tell apart."


class ChangeKpisScreen(LearnedScreen):
    """The figures of change control; the list below tells the selected one apart by group."""

    scope = "change_kpis"
    home = "approvals"
    CSS_PATH = "change_kpis.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context, FIGURE_COLUMNS)
        self._view: KpiView | None = None
        self._rows: GroupRows = {}
        self._window = 0
        self._client: str | None = None
        self._clients: tuple[str, ...] = ()
        self._by = next(iter(GROUPS))
        self._meaning = Drawing(id="meaning")
        keys = (("window", "window"), ("client", "client"))
        self._box = Box("Is change control healthy?", keys=self.keys_of(*keys), id="figures")
        self._groups = FollowedTable(GROUP_COLUMNS, self._say_order, empty="")
        by_key = self.keys_of(("group", "group"))
        self._group_box = Box(self._of_groups(next(iter(BY_KEY))), keys=by_key, id="groups")

    def content(self) -> Iterable[Widget]:
        """The figures, what the selected one means, and the groups."""
        with self._box:
            yield self._table
            yield self._meaning
        with self._group_box:
            yield self._groups

    def reload(self) -> None:
        """Work the figures out anew."""
        session, client, days = self.context.session, self._client, WINDOWS[self._window]

        def read() -> tuple[KpiView, GroupRows]:
            view = kpi_view(session, client, days)
            return view, rows_of_groups(view)

        self.load("kpis", read, self._show)

    def blocked_reason(self, name: str) -> str | None:
        """One client alone is all of them."""
        if name == "panel" and not self._groups.line_count and not self._groups.has_focus:
            return EMPTY
        alone = self._client is None and len(self._clients) < 2
        return self.lacks("kpis", ONE_CLIENT) if name == "client" and alone else None

    # --- commands

    def do_group(self) -> None:
        """Tell them apart by something else."""
        self._by = following(list(GROUPS), self._by)
        self._follow()

    def do_window(self) -> None:
        """Look at another stretch of time."""
        self._window = (self._window + 1) % len(WINDOWS)
        self.reload()

    def do_client(self) -> None:
        """Look at the next client, after the last one at all of them."""
        self._narrow(following((None, *self._clients), self._client))

    def do_panel(self) -> None:
        """Go to the other list."""
        (self._table if self._groups.has_focus else self._groups).focus()

    # --- what happens

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        """Enter on a client looks at that one, on a figure at its groups."""
        if event.table is self._table:
            self._groups.focus()
        elif self._by == "client":
            self._narrow(None if self._client == event.key else event.key)

    # --- how it works

    def _narrow(self, client: str | None) -> None:
        """Work them out for this client, or for all of them."""
        self._client, self._view = client, None
        self.begin_anew()

    def _show(self, read: tuple[KpiView, GroupRows]) -> None:
        self._view, self._rows = read
        view = self._view
        if view.client is None:
            self._clients = tuple(view.success)
        self._table.show(figure_rows(view))
        self._follow()

    def _follow(self) -> None:
        """Say what the selected figure is, and tell it apart by group."""
        view, figure = self._view, self._table.selected_key
        if view is None or figure not in BY_KEY:
            return
        whose = view.client or "all clients"
        self._box.set_title("Is change control healthy?", f"{whose}, {said_window(WINDOWS[self._window])}", "explain")
        self._meaning.show(lambda width, height: detail_lines(view, figure, width)[:height])
        self._groups.set_columns((GROUP_COLUMNS[0]._replace(title=self._by.capitalize()), *GROUP_COLUMNS[1:]))
        self._groups.show(self._rows[figure, self._by], empty=EMPTY)
        self._group_box.set_title(self._of_groups(figure))
        self._say_order()

    def _of_groups(self, figure: str) -> str:
        return f"{BY_KEY[figure].name} by {self._by}"

    def _say_order(self) -> None:
        self._group_box.set_note(in_order(ORDER, self._groups))
