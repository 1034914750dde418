"""Calendar: can this run then, when is the next free time, and whom does it hit?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from changedesk.screens.base import DeskScreen
from changedesk.screens.calendar_parts import PeopleLines, ServiceLines, axis_width, columns
from changedesk.screens.calendar_rows import CalendarRows, Item, PeopleRow, ServiceRow, first_to_mark, rows_of, week_at
from changedesk.screens.calendar_words import GONE, NOTHING, city, draw_words, item_words, week_words
from changedesk.screens.context import Context
from changedesk.screens.form_request import FormRequest, open_form
from changedesk.widgets.box import Box
from changedesk.widgets.calendar_axis import MONTH, Axis, beginning, heading, moved, said_days, zoomed
from changedesk.widgets.calendar_track import draw_legend
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.followed_table import FollowedTable
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.time_window import TimeWindow

if TYPE_CHECKING:
    from textual.widgets import Input

    from changedesk.screens.calendar_cards import Place

EMPTY = "Nothing is planned in this time: ← → move it, n makes a window."
NO_PEOPLE = "No initiative asks anything of a group in this time."


class CalendarScreen(DeskScreen):
    """Weeks by services, with changes, freezes and maintenance windows; below them weeks by groups of people, with their load."""

    scope = "calendar"
    CSS_PATH = "calendar.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._words = ""
        self._window = beginning(context.clock().date(), MONTH)
        self._rows: CalendarRows | None = None
        self._marked: dict[str, str] = {}
        self._week: date | None = None
        self._width = 0
        self._told = ("", "")
        self._services = FollowedTable((), self._follow, empty="Loading ...", id="list")
        self._people = FollowedTable((), self._follow, empty="Loading ...")
        self._detail = Drawing(id="detail")
        self._legend = Drawing(lambda width, _height: (draw_legend(width),), id="legend")
        keymap = context.config.keymap
        keys = [
            KeyHint(keymap.shown(f"calendar.{name}"), word)
            for name, word in (("filter", "filter"), ("find", "find a time"))
        ]
        self._service_box = Box("What runs when?", keys=keys, id="services")
        there = [KeyHint(keymap.shown("calendar.other_list"), "go there")]
        self._people_box = Box("Whom does it hit?", keys=there, token="people", id="people")
        self._filter: Input | None = None

    def content(self) -> Iterable[Widget]:
        """The services with what is marked on the selected one, and the people."""
        with self._service_box:
            yield self._services
            yield self._detail
            yield self._legend
        with self._people_box:
            yield self._people

    def reload(self) -> None:
        """Read the time that is shown, as it is now."""
        services, words, window = self.context.services, self._words, self._window
        axis = Axis(window, self._zone, 1)

        def read() -> CalendarRows:
            return rows_of(services.calendar.look(axis.since, axis.until), words)

        self.load("calendar", read, self._show)

    def blocked_reason(self, command_id: str) -> str | None:
        """What there is nothing to do with now."""
        name = command_id.partition(".")[2]
        if name in ("open", "next_item", "previous_item") and not self._on_people and self._item is None:
            return "Nothing is marked on this row."
        if name == "remove" and self._window_id is None:
            return "Only a window is removed: mark one with [ and ]."
        if name == "find" and (self._row is None or self._row.client is None):
            return "Choose a client or one of its services first."
        if name == "collisions" and not (self._rows and self._rows.collisions):
            return "Everything goes together in the time that is shown."
        return None

    # --- commands: moving

    def do_earlier(self) -> None:
        """A week back."""
        self._look_at(moved(self._window, -1))

    def do_later(self) -> None:
        """A week on."""
        self._look_at(moved(self._window, 1))

    def do_zoom_in(self) -> None:
        """A shorter time, around what is marked."""
        self._look_at(zoomed(self._window, -1, self._around))

    def do_zoom_out(self) -> None:
        """A longer time."""
        self._look_at(zoomed(self._window, 1, self._around))

    def do_today(self) -> None:
        """This week."""
        self._look_at(beginning(self.context.clock().date(), self._window.days))

    def do_previous_item(self) -> None:
        """What comes before on this row."""
        self._mark_other(-1)

    def do_next_item(self) -> None:
        """What comes next on this row."""
        self._mark_other(1)

    def do_other_list(self) -> None:
        """Go to the people, or back."""
        (self._services if self._on_people else self._people).focus()

    # --- commands: doing

    def do_open(self) -> None:
        """Open what is marked."""
        row, item, group = self._row, self._item, self._group
        if self._on_people:
            if group is not None:
                from changedesk.screens.calendar_cards import LoadCard

                self.app.push_screen(LoadCard(group, self._shown_week, self._now))
        elif item is not None and item.change is not None:
            from changedesk.screens.calendar_cards import open_change

            open_change(self, item.change)
        elif row is not None and item is not None and item.span is not None:
            if not item.span.window:
                self.go("records", "holidays")
            else:
                open_form(self, FormRequest("windows", item.span.window, done=self._done))

    def do_new(self) -> None:
        """Make a window, of the client and service that are selected."""
        row = self._row
        given = {}
        if row is not None and row.client is not None:
            given = {"client": row.client.code, "scope": f"service:{row.service}" if row.service else ""}
        open_form(self, FormRequest("windows", start=given, done=self._done))

    def do_remove(self) -> None:
        """Take the marked window away, after a question."""
        from changedesk.screens.calendar_asking import ask_to_remove

        item = self._item
        if item is not None and item.span is not None and self._window_id:
            window = self._rows.view.windows.get(item.span.window) if self._rows else None
            ask_to_remove(self, item.span, repeats=bool(window and window.rrule), done=self._done)

    def do_find(self) -> None:
        """Find a time for a change of the selected service."""
        from changedesk.screens.calendar_asking import ask_for_time

        row = self._row
        if row is not None and row.client is not None:
            ask_for_time(self, row.client.code, row.service, self.show_moment)

    def do_collisions(self) -> None:
        """List what does not go together."""
        from changedesk.screens.calendar_cards import CollisionList

        if self._rows is not None:
            self.app.push_screen(CollisionList(self._rows), self._go_to)

    def do_windows(self) -> None:
        """List every window."""
        self.go("records", "windows")

    def do_filter(self) -> None:
        """Open the line in which the filter is typed."""
        if self._filter is None:
            from textual.widgets import Input

            self._filter = Input(self._words, placeholder="words of client, service, group of people", compact=True)
            self._service_box.mount(self._filter, before=self._services)
        self._filter.display = True
        self._filter.focus()

    def do_back(self) -> None:
        """Take the filter away, or go back."""
        if self._filter is not None and (self._filter.display or self._words):
            self._filter.display = False
            self._filter.value = ""
            self._services.focus()
            return
        super().do_back()

    def show_moment(self, moment: datetime) -> None:
        """Show the week that a moment lies in, at the zoom there is."""
        self._look_at(beginning(moment.astimezone(self._zone).date(), self._window.days))

    # --- what happens

    def on_mount(self) -> None:
        """The keys go to the services."""
        super().on_mount()
        self._services.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Another width has another axis."""
        if event.size.width != self._width:
            self._width = event.size.width
            self._fill()

    def on_descendant_focus(self) -> None:
        """What is said follows the list that has the keys."""
        self._people.renew_selected()
        self._follow()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while the words are typed."""
        event.stop()
        if event.value != self._words:
            self._words = event.value
            if self._rows is not None:
                self._show(rows_of(self._rows.view, self._words))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The keys go to the list again; the filter stays."""
        event.stop()
        event.input.display = False
        self._services.focus()

    def on_virtual_table_row_opened(self, event: FollowedTable.RowOpened) -> None:
        """Enter opens what is marked."""
        event.stop()
        self.perform("calendar.open")

    # --- what is selected

    @property
    def _on_people(self) -> bool:
        return self._people.has_focus

    @property
    def _row(self) -> ServiceRow | None:
        return self._rows.service(self._services.selected_key) if self._rows else None

    @property
    def _item(self) -> Item | None:
        row = self._row
        if row is None:
            return None
        key = self._marked.get(row.key, "")
        marked = next((item for item in row.items if item.key == key), None)
        if marked is None and row.items:
            key = first_to_mark(row, self._now)
            marked = next(item for item in row.items if item.key == key)
        return marked

    @property
    def _window_id(self) -> str | None:
        item = self._item
        return item.span.window or None if item is not None and item.span is not None and not self._on_people else None

    @property
    def _group(self) -> PeopleRow | None:
        return self._rows.group(self._people.selected_key) if self._rows else None

    @property
    def _shown_week(self) -> date | None:
        group = self._group
        return None if group is None else week_at(group, self._week).week

    @property
    def _now(self) -> datetime:
        return self._rows.view.now if self._rows else self.context.clock()

    @property
    def _zone(self) -> tzinfo:
        """The clock of the axis: that of the only client that is shown, else the reader's own."""
        own = self.context.clock().tzinfo
        assert own is not None
        return self._rows.zone if self._rows is not None and self._rows.zone is not None else own

    @property
    def _around(self) -> date:
        """The day that stays in view when the time is made shorter or longer."""
        item = self._item
        today = self.context.clock().date()
        day = item.start.astimezone(self._zone).date() if item is not None else today
        return day if self._window.holds(day) else today if self._window.holds(today) else self._window.start

    def _mark_other(self, step: int) -> None:
        if self._on_people:
            group = self._group
            if group is not None:
                mondays = [week.week for week in group.weeks]
                place = mondays.index(week_at(group, self._week).week) + step
                self._week = mondays[min(max(place, 0), len(mondays) - 1)]
                self._people.renew_selected()
        else:
            row, item = self._row, self._item
            if row is not None and item is not None:
                place = row.items.index(item) + step
                self._marked[row.key] = row.items[min(max(place, 0), len(row.items) - 1)].key
                self._services.renew_selected()
        self._follow()

    def _marked_on(self, key: str) -> str:
        """What is marked on a row: something on the selected one, nothing on others."""
        item = self._item if key == self._services.selected_key else None
        return item.key if item else ""

    def _week_marked_on(self, key: str) -> date | None:
        return self._shown_week if self._on_people and key == self._people.selected_key else None

    def _go_to(self, place: Place | None) -> None:
        """Select a row or a group, and mark something on it."""
        if place is None:
            return
        if place.week is not None:
            self._week = place.week
        else:
            self._marked[place.row] = place.item
        table = self._services if place.week is None else self._people
        table.focus()
        table.select(place.row)
        table.renew_selected()

    # --- showing

    def _look_at(self, window: TimeWindow) -> None:
        if window != self._window:
            self._window = window
            self.reload()

    def _done(self, sentence: str) -> None:
        self.reload()
        self.say(sentence, "fine", passing=len(sentence) < 100)

    def _show(self, rows: CalendarRows) -> None:
        before, first = self._zone, self._rows is None
        self._rows = rows
        if self._zone != before:
            # Another clock begins its days at other moments.
            self.reload()
        self._fill()
        worst = next((row.key for row in rows.services if row.level == "late"), "")
        if first and worst:
            self._services.select(worst)

    @property
    def _axis(self) -> Axis:
        return Axis(self._window, self._zone, axis_width(self.size.width))

    def _fill(self) -> None:
        rows = self._rows
        if rows is None or not self.size.width:
            return
        axis = self._axis
        self._services.set_columns(columns("Service", self.size.width, heading(axis, rows.view.now)))
        self._people.set_columns(columns("Group", self.size.width, "share of what they can bear, week by week"))
        none = f"Nothing here has “{self._words.strip()}”." if self._words.strip() else EMPTY
        self._services.show(ServiceLines(rows, axis, self._marked_on), empty=none)
        self._people.show(PeopleLines(rows, axis, self._week_marked_on), empty=NO_PEOPLE)
        self._service_box.set_title("What runs when?", self._said_window(), "explain")
        self._follow()

    def _said_window(self) -> str:
        """The days that are shown, and whose clock it is when it is not the reader's."""
        days = said_days(self._window)
        zone, own = self._zone, self.context.clock().tzinfo
        now = self._now
        if zone is own or now.astimezone(zone).utcoffset() == now.astimezone(own).utcoffset():
            return days
        return f"{days}, {city(zone)} time"

    def _follow(self) -> None:
        """Say what there is to say about what is marked."""
        rows = self._rows
        if rows is None:
            return
        if self._on_people:
            group = self._group
            said = [(GONE, "explain")] if group is None else week_words(group, week_at(group, self._week), self._now)
            note = ""
        else:
            row, item = self._row, self._item
            note = ""
            if row is None:
                said = [("", "explain")]
            elif item is None:
                said = [(NOTHING.format(row.name), "explain")]
            else:
                said = item_words(row, item, rows, self.context.clock().tzinfo)
                note = f"{row.items.index(item) + 1} of {len(row.items)} on this row  "
        if self._told != (self._services.selected_key, self._people.selected_key):
            self._told = (self._services.selected_key, self._people.selected_key)
            self._services.renew_selected()
            self._people.renew_selected()
        self._detail.show(draw_words(said))
        self._service_box.set_note(f"{note}{self._services.position_text}")
        self._people_box.set_note(self._people.position_text)
        if self.is_attached:
            self.refresh_keys()
