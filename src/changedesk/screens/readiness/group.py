"""The group beside the ranking: it follows what is selected, from one initiative to another only when the keys rest."""

from __future__ import annotations

from functools import partial

from changedesk.screens.base import DeskScreen
from changedesk.screens.readiness.panels import ReadinessPanels
from changedesk.services.people.readiness import ReadinessPage, readiness_page
from changedesk.widgets.later import FOLLOWS_AFTER, LATE, Later


class FollowedGroup:
    """Reads each initiative once for all its gaps, and shows the group in the panel that is its own."""

    def __init__(self, screen: DeskScreen, panels: ReadinessPanels) -> None:
        self._screen = screen
        self._panels = panels
        self._known: dict[str, ReadinessPage] = {}
        self._initiative = ""
        self._audience: str | None = None
        self._shown_of = ""
        self._later = Later(screen)

    def forget(self) -> None:
        """What was read is no longer what stands on the desk."""
        self._known = {}

    def follow(self, initiative: str, audience: str | None) -> None:
        """Another row is selected, about a group of an initiative (its id; empty: nothing is selected)."""
        self._initiative, self._audience = initiative, audience
        self._later.forget()
        if not initiative or initiative == self._shown_of or not self._shown_of:
            self._show(self._known.get(initiative))
            if initiative and initiative not in self._known:
                self._read()
        else:
            self._later.call(FOLLOWS_AFTER, self._read)

    def _show(self, page: ReadinessPage | None) -> None:
        self._shown_of = self._initiative
        self._panels.show_group(page, self._audience, anything=bool(self._initiative))

    def _read(self) -> None:
        """Read the initiative of what is selected; that it takes time is said when it does."""
        initiative, session = self._initiative, self._screen.context.session

        def shown(page: ReadinessPage) -> None:
            self._known[initiative] = page
            if self._initiative == initiative:
                self._later.forget()
                self._show(page)

        if initiative in self._known:
            self._show(self._known[initiative])
        else:
            self._later.call(LATE, partial(self._show, None))
            self._screen.load("group", lambda: readiness_page(session, initiative), shown)
