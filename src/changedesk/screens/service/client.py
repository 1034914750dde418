"""Client: what go-lives left behind at one client, what that costs its provider, and what there is to say on Monday."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.screens.context import Context
from changedesk.screens.exporting import ask_for_file
from changedesk.screens.following import following
from changedesk.screens.listed import ListScreen
from changedesk.screens.none_yet import NO_CLIENT
from changedesk.screens.pick_client import pick_client
from changedesk.screens.service.client_parts import COLUMNS, EMPTY, cards, exceptions, initiative_rows, points
from changedesk.services.lookup import client_of, clients_in_view
from changedesk.services.service.client_view import ClientView, client_view
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.rows import ListSource

NARROW: Final = 100

Read = tuple[tuple[str, ...], ClientView | None]


class ClientScreen(ListScreen):
    """One client of a provider; no figure of another one can get in."""

    scope = "client"
    home = "portfolio"
    enter = "open"
    CSS_PATH = "client.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        keymap = context.config.keymap
        self._client = self._asked = ""
        self._clients: tuple[str, ...] = ()
        self._view: ClientView | None = None
        self._cards = Drawing(id="cards")
        keys = [KeyHint(keymap.shown("client.open"), "open")]
        self._box = Box("One client: what did go-lives leave behind?", keys=keys, id="initiatives")
        self._points = Drawing()
        self._points_box = Box(
            "What is there to say?",
            token="people",
            keys=[KeyHint(keymap.shown("client.export"), "into a file")],
            id="points",
        )
        self._open = Drawing()
        self._open_box = Box("What should only we see?", token="service", id="open")

    def content(self) -> Iterable[Widget]:
        """Cards, initiatives, and under them what to say and what is ours to see."""
        yield self._cards
        with self._box:
            yield self._table
        with Horizontal(id="below"):
            with self._points_box:
                yield self._points
            with self._open_box:
                yield self._open

    def reload(self) -> None:
        """Read the client as it is now; without one, the first."""
        session, asked, shown = self.context.session, self._asked, self._client

        def read() -> Read:
            clients = tuple(one.code for one in clients_in_view(session))
            # What other screens hand over may be an initiative, or something else: then the client stays.
            of_initiative = "" if asked in clients else client_of(session, asked)
            wanted = (asked, of_initiative, shown)
            chosen = next((one for one in wanted if one in clients), next(iter(clients), ""))
            return clients, client_view(session, chosen) if chosen else None

        self.load("client", read, self._show)

    def open_subject(self, subject: str) -> None:
        """Show the client with this code, or that of this initiative; what else is selected elsewhere leaves it as it is."""
        if subject and subject != (self._asked or self._client):
            self._asked, self._view = subject, None
            self.begin_anew()

    def blocked_reason(self, name: str) -> str | None:
        """What takes a client, or a second one."""
        if name in ("next", "previous", "choose") and self._clients:
            # They go on from the one that was asked for, whether it is here already or not.
            return None if len(self._clients) > 1 else "This is the only client."
        if self._view is None:
            return self.lacks("client", NO_CLIENT)
        if name == "open" and not self._table.selected_key:
            return EMPTY
        return None

    # --- commands

    def do_open(self) -> None:
        """Show the selected initiative."""
        self.go("initiative", self._table.selected_key)

    def do_next(self) -> None:
        """Show the next client."""
        self._step(1)

    def do_previous(self) -> None:
        """Show the client before this one."""
        self._step(-1)

    def do_choose(self) -> None:
        """Choose a client by its name."""

        def chosen(client: str | None) -> None:
            self.open_subject(client or "")

        pick_client(self, "Which client?", chosen, now=self._client, all_of_them=False)

    def do_services(self) -> None:
        """Show the services."""
        self.go("services")

    def do_export(self) -> None:
        """Write the talking points."""
        view, session = self._view, self.context.session
        if view is None:
            return

        def write(form: str, path: Path, force: bool) -> None:
            from changedesk.services.initiative import report

            report.write_talking_points(session, view, form, path, force=force)

        text = f"What there is to say to {view.client_name}; no other client's rows, and not what it costs us."
        ask_for_file(self, "Write the talking points", text, f"{view.client}-talking-points.md", write)

    # --- what happens

    def on_resize(self) -> None:
        """On a narrow terminal what to say has the whole width."""
        self._open_box.display = self.size.width >= NARROW

    # --- how it works

    def _step(self, step: int) -> None:
        beside = following(self._clients, self._asked or self._client, step)
        self.keys_wait_for(lambda: self.open_subject(beside))

    def _show(self, read: Read) -> None:
        self._clients, view = read
        self._view = view
        self._cards.display = view is not None
        self._cards.show(cards(view))
        self._points.show(points(view))
        self._open.show(exceptions(view))
        if view is None:
            self._table.show(ListSource(), empty=NO_CLIENT)
            return
        self._client, self._asked = view.client, ""
        place = f"{self._clients.index(view.client) + 1} of {len(self._clients)}"
        self._box.set_title(f"{view.client_name}: what did go-lives leave behind?", place, "explain")
        self._table.show(initiative_rows(view), empty=EMPTY)
        self._follow()

    def _follow(self) -> None:
        self._box.set_note(self._table.position_text)
        self.refresh_keys()
