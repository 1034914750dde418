"""Saturation: how much change each group bears in which week, over all initiatives, and where they meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from textual import events
from textual.widget import Widget

from changedesk.screens.context import Context
from changedesk.screens.listed import ListScreen, in_order
from changedesk.screens.loading import NOT_READ
from changedesk.screens.people.saturation_parts import (
    EMPTY,
    UNWRAPPED,
    SaturationRows,
    columns,
    detail_in,
    detail_lines,
    key_of,
    longest_detail,
    saturation_rows,
    shown_weeks,
    title_answer,
)
from changedesk.screens.pick_client import pick_client
from changedesk.services.people.saturation import SaturationView, saturation
from changedesk.widgets.drawing import Drawing

if TYPE_CHECKING:
    from changedesk.domain.people.saturation import GroupLoad

NO_GROUP: Final = "There is no group to choose: nothing is asked of anybody in these weeks."
NO_COLLISION: Final = "No two initiatives ask nearly all of the same group in these weeks."
NOTHING_ASKED: Final = "Nothing is asked of this group in the chosen week."
ABOVE: Final = 1
"""The row between the list and the detail."""
ORDER: Final = "percent of what they can bear · by client, the heaviest first"


class SaturationScreen(ListScreen):
    """Groups by weeks as a heat map, what makes up the chosen week, and the collisions."""

    scope = "saturation"
    home = "people"
    enter = "open"
    shows_forecasts = False
    CSS_PATH = "saturation.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: SaturationView | None = None
        self._rows: SaturationRows | None = None
        self._client: str | None = None
        self._week = 0
        self._from = ""
        self._longest = 0
        self._detail = Drawing(id="detail")
        keys = (("collisions", "collision"), ("client", "client"))
        self._box = self.boxed("How much change does each group bear?", self._detail, *keys, id="saturation")

    def content(self) -> Iterable[Widget]:
        """The heat map, and the chosen week of the selected group."""
        yield self._box

    def reload(self) -> None:
        """Read the load as it is now."""
        session, client = self.context.session, self._client
        self.load("saturation", lambda: saturation(session, client), self._show)

    @property
    def subject(self) -> str:
        """The initiative that weighs most in the chosen week."""
        return self._heaviest

    def open_subject(self, subject: str) -> None:
        """Remember where one came from: ``/readiness``."""
        self._from = subject.partition("/")[2]

    def blocked_reason(self, name: str) -> str | None:
        """What there is nothing of."""
        if self._view is None and name not in ("client", "calendar"):
            return NOT_READ
        if name == "open":
            return None if self._heaviest else NOTHING_ASKED if self._table.selected_key else NO_GROUP
        if name in ("earlier", "later") and not self._table.selected_key:
            return NO_GROUP
        if name == "earlier" and self._week == 0:
            return "This is the first week that is shown."
        if name == "later" and self._week >= len(self._weeks) - 1:
            return "This is the last week that is shown."
        if name == "collisions" and not (self._view and self._view.collisions):
            return NO_COLLISION
        return None

    # --- commands

    def do_open(self) -> None:
        """Show who is hit by what weighs most in the chosen week."""
        self.go("hit", f"{self._heaviest}/{self.scope}")

    def do_earlier(self) -> None:
        """Choose the week before."""
        self._week -= 1
        self._fill()

    def do_later(self) -> None:
        """Choose the week after."""
        self._week += 1
        self._fill()

    def do_collisions(self) -> None:
        """Go to the next group in which initiatives meet, in its heaviest week."""
        view = self._view
        if view is None:
            return
        keys = [key_of(one.client, one.audience, one.site) for one in view.collisions]
        here = self._table.selected_key
        place = (keys.index(here) + 1) % len(keys) if here in keys else 0
        one = view.collisions[place]
        inside = [n for n, monday in enumerate(self._weeks) if one.first <= monday <= one.last]
        self._week = inside[0] if inside else self._week
        self._fill()
        self._table.select(keys[place])
        self._follow()

    def do_client(self) -> None:
        """Choose by client."""

        def chosen(client: str | None) -> None:
            self._client, self._view, self._rows = client, None, None
            self.begin_anew()

        pick_client(self, "Whose groups?", chosen, now=self._client)

    def do_calendar(self) -> None:
        """Show the calendar."""
        self.go("calendar")

    def leave(self) -> None:
        """Go back to where one came from."""
        self.go(self._from or "people")

    # --- what happens

    def on_resize(self, _event: events.Resize) -> None:
        """Another width has other weeks."""
        self._fill()

    # --- how it works

    @property
    def _weeks(self) -> Sequence[date]:
        view, rows = self._view, self._rows
        return shown_weeks(view, self.size.width, rows.longest) if view is not None and rows is not None else ()

    @property
    def _group(self) -> GroupLoad | None:
        return self._rows.group(self._table.selected_key) if self._rows is not None else None

    @property
    def _heaviest(self) -> str:
        group = self._group
        sources = group.weeks[self._week].sources if group is not None and self._week < len(group.weeks) else ()
        return sources[0].initiative_id if sources else ""

    def _show(self, view: SaturationView) -> None:
        self._view, self._rows = view, saturation_rows(view)
        self._longest = longest_detail(view) + ABOVE
        # Of all weeks of all groups: it stays while one moves among them.
        answer, token = title_answer(view)
        whose = f"{self._client}: " if self._client else ""
        self._box.set_title("How much change does each group bear?", f"{whose}{answer}", token)
        self._fill()

    def _fill(self) -> None:
        view = self._view
        if view is None or self._rows is None:
            return
        weeks = self._weeks
        self._week = min(self._week, max(0, len(weeks) - 1))
        # The list has the rows that no detail of these groups needs, whichever is selected.
        self._detail.styles.max_height = self._longest if self.size.width >= UNWRAPPED else None
        self._table.set_columns(columns(weeks))
        self._rows = self._rows.at(self._week, len(weeks))
        self._table.show(self._rows, total=len(view.groups), empty=EMPTY)
        self._follow()

    def _follow(self) -> None:
        view, week = self._view, self._week
        if view is None:
            return
        group = self._group
        self._detail.show(lambda width, height: detail_in(detail_lines(view, group, week, width), height))
        self._box.set_note(in_order(ORDER, self._table))
        self.refresh_keys()
