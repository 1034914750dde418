"""Services: what runs for whom, is it still good, and which one needs somebody?"""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.screens.context import Context
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.listed import ListScreen
from changedesk.screens.pick_client import pick_client
from changedesk.screens.question import ask_first
from changedesk.screens.service.services_parts import COLUMNS, detail, none_yet, rows
from changedesk.services.service.listing import ServiceRow, ServicesView, services_view
from changedesk.widgets.drawing import Drawing

NONE_CHOSEN = f"There is no service to choose yet: {key_to('services.new')} adds one."


class ServicesScreen(ListScreen):
    """Every service in view, those that need somebody first."""

    scope = "services"
    home = "golive"
    enter = "open"
    CSS_PATH = "services.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._view: ServicesView | None = None
        self._client: str | None = None
        self._clients: tuple[str, ...] = ()
        self._detail = Drawing(id="service-detail")
        keys = (("open", "open"), ("new", "new"), ("client", "client"))
        self._box = self.boxed("Which service needs somebody?", self._detail, *keys, token="service", id="services")

    def content(self) -> Iterable[Widget]:
        """The list, and the selected service in a few sentences."""
        yield self._box

    def reload(self) -> None:
        """Read the services as they are now."""
        session, client = self.context.session, self._client
        self.load("services", lambda: services_view(session, client), self._show)

    def blocked_reason(self, name: str) -> str | None:
        """What takes a service that is not there."""
        if name in ("open", "edit", "remove", "clients"):
            return None if self._table.selected_key else self.lacks("services", NONE_CHOSEN)
        if name == "client" and len(self._clients) < 2:
            return "All services are those of one client."
        return None

    # --- commands

    def do_open(self) -> None:
        """Show the selected service."""
        self.go("service", self._table.selected_key)

    def do_new(self) -> None:
        """Add a service."""
        start = {"client": self._client} if self._client else {}
        open_form(self, FormRequest("services", start=start, done=self._done))

    def do_edit(self) -> None:
        """Change the selected service."""
        open_form(self, FormRequest("services", self._table.selected_key, done=self._done))

    def do_client(self) -> None:
        """Choose by client."""

        def chosen(client: str | None) -> None:
            self._client, self._view = client, None
            self.begin_anew()

        pick_client(self, "Whose services?", chosen, now=self._client)

    def do_remove(self) -> None:
        """Remove the selected service after a question."""
        chosen, session = self._chosen, self.context.session
        if chosen is None:
            return

        def remove() -> None:
            from changedesk.services.service import improving

            self.load(
                "remove",
                lambda: improving.remove_service(session, chosen.service_id),
                lambda _: self._done(f"Removed: {chosen.name}"),
            )

        text = "A service to which anything is linked stays: it outlives its projects."
        ask_first(self, f"Remove {chosen.name}?", text, "remove it", remove)

    def do_handover(self) -> None:
        """Show the handovers."""
        self.go("handover")

    def do_clients(self) -> None:
        """Show the client of the selected service as its provider sees it."""
        chosen = self._chosen
        if chosen is not None:
            self.go("client", chosen.client)

    # --- how it works

    @property
    def _chosen(self) -> ServiceRow | None:
        found = self._view.rows if self._view else ()
        return next((row for row in found if row.service_id == self._table.selected_key), None)

    def _show(self, view: ServicesView) -> None:
        self._view = view
        if self._client is None:
            self._clients = tuple(sorted({row.client for row in view.rows}))
        self._table.show(rows(view), empty=none_yet(view))
        whose = f" of {self._client}" if self._client else ""
        needing = f"{view.needing} of {len(view.rows)}{whose}" if view.rows else ""
        self._box.set_title("Which service needs somebody?", needing, "risk" if view.needing else "fine")
        self._follow()

    def _follow(self) -> None:
        view, chosen = self._view, self._chosen
        if view is None:
            return
        self._detail.show(lambda width, height: detail(chosen, view, width)[:height])
        self._box.set_note(self._table.position_text)
        self.refresh_keys()
