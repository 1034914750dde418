"""Calendar: can this run then, when is the next free time, and whom does it hit?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from changedesk.screens.calendar.look import EMPTY, NO_PEOPLE, CalendarLook
from changedesk.screens.forms.request import FormRequest, open_form

if TYPE_CHECKING:
    from changedesk.screens.calendar.cards import Place
    from changedesk.services.records.records import Record

LONG = 100
"""So many characters are read in passing; a longer sentence stays until it is taken away."""
NO_SERVICE = "No service has anything in this time."
SHOWN = {
    "zoom_in": "A day is the shortest time that is shown.",
    "zoom_out": "A quarter is the longest time that is shown.",
    "today": "This week is shown already.",
}
"""Why the time stays as it is."""


class CalendarScreen(CalendarLook):
    """Weeks by services, with changes, freezes and maintenance windows; below them weeks by groups of people, with their load."""

    scope = "calendar"
    enter = "open"
    shows_forecasts = False
    CSS_PATH = "screen.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 Textual declares it so

    def blocked_reason(self, name: str) -> str | None:
        """What there is nothing to do with now."""
        rows = self.marks.rows
        if name in ("open", "next_item", "previous_item") and not self.at_people and self.chosen_item is None:
            return "Nothing is marked on this row." if self.chosen_row else "There is nothing in this time."
        if name in ("zoom_in", "zoom_out", "today") and self._is_shown(name):
            return SHOWN[name]
        if name == "other_list" and not (rows and (rows.services if self.at_people else rows.people)):
            return NO_SERVICE if self.at_people else NO_PEOPLE
        if name == "remove" and self.window_id is None:
            return "Only a window is removed: mark one with [ and ]."
        if name == "collisions" and not (rows and rows.collisions):
            runs = rows is not None and (rows.services or rows.people)
            return "Nothing collides in the time that is shown." if runs else EMPTY
        if name == "filter" and rows and rows.people:
            return None
        return super().blocked_reason(name)

    @property
    def window_id(self) -> str | None:
        """The window whose time is marked; None when a change, a client's own holiday or nothing is."""
        item = None if self.at_people else self.chosen_item
        return item.span.window or None if item is not None and item.span is not None else None

    def do_open(self) -> None:
        """Open what is marked."""
        item, group = self.chosen_item, self.chosen_group
        if self.at_people:
            if group is not None:
                from changedesk.screens.calendar.cards import LoadCard

                self.app.push_screen(LoadCard(group, self.marks.week_of(group).week, self.now))
        elif item is not None and item.change is not None:
            self.go("change", f"{item.change.id} {self.scope}")
        elif self.window_id is not None:
            open_form(self, FormRequest("windows", self.window_id, done=self._done, saved=self._mark))
        elif item is not None:
            self.go("records", "holidays")

    def do_new(self) -> None:
        """Make a window, of the client and service that are selected."""
        given = {}
        if self._meant is not None:
            client, service = self._meant
            given = {"client": client, "scope": f"service:{service}" if service else ""}
        open_form(self, FormRequest("windows", start=given, done=self._done, saved=self._mark))

    def do_remove(self) -> None:
        """Take the marked window away, after a question."""
        from changedesk.screens.calendar.asking import ask_to_remove

        item, rows = self.chosen_item, self.marks.rows
        if rows is not None and item is not None and item.span is not None and self.window_id is not None:
            window = rows.view.windows.get(self.window_id)
            ask_to_remove(self, item.span, repeats=bool(window and window.rrule), done=self._done)

    def do_find(self) -> None:
        """Find a time for a change of the selected service; where none is selected, of a client that is asked for."""
        from changedesk.screens.calendar.asking import ask_for_time
        from changedesk.screens.pick_client import pick_client

        def for_all_of(client: str | None) -> None:
            if client is not None:
                ask_for_time(self, client, None, self.show_moment)

        if self._meant is not None:
            ask_for_time(self, *self._meant, self.show_moment)
        else:
            pick_client(self, "A time for which client?", for_all_of, now=None, all_of_them=False)

    def do_collisions(self) -> None:
        """List what does not go together."""
        from changedesk.screens.calendar.cards import CollisionList

        if self.marks.rows is not None:
            self.app.push_screen(CollisionList(self.marks.rows), self._go_to)

    def do_windows(self) -> None:
        """List every window."""
        self.go("records", "windows")

    @property
    def _meant(self) -> tuple[str, str | None] | None:
        """The client and service for which something is looked for or made: of the selected row, else of the selected group."""
        row, group = self.chosen_row, self.chosen_group
        if row is not None:
            return None if row.client is None else (row.client.code, row.service)
        return None if group is None else (group.client.code, None)

    def _go_to(self, place: Place | None) -> None:
        if place is not None and place.week is not None:
            self.show_week(place.row, place.week)
        elif place is not None:
            self.show_item(place.row, place.item)

    def _mark(self, window: Record) -> None:
        """Mark the window that was made or changed where it was, so that the next key goes to it."""
        row = self.chosen_row
        if row is not None and window.id is not None:
            self.marks.mark(row.key, window.id)

    def _done(self, sentence: str) -> None:
        self.reload()
        self.say(sentence, "fine", passing=len(sentence) < LONG)
