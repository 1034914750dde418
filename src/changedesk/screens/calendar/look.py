"""Looking at the calendar: the time that is shown, the lists on it, and in words what is marked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Final

from textual import events
from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.screens.calendar.marks import CalendarMarks, first_row
from changedesk.screens.calendar.parts import PeopleLines, ServiceLines, axis_width, columns
from changedesk.screens.calendar.rows import CalendarRows, Item, PeopleRow, ServiceRow, rows_of
from changedesk.screens.calendar.words import NOTHING, Words, city, draw_words, item_words, week_words
from changedesk.screens.context import Context
from changedesk.screens.filtered import FilteredScreen
from changedesk.services.control.calendar.page import calendar
from changedesk.widgets.box import Box
from changedesk.widgets.calendar.axis import MONTH, Axis, beginning, heading, moved, said_days, zoomed
from changedesk.widgets.calendar.track import draw_legend
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.time_window import TimeWindow

TITLE: Final = "What runs when?"
PEOPLE: Final = "Whom does it hit?"
EMPTY: Final = (
    f"Nothing runs in this time: {key_to('calendar.earlier')} {key_to('calendar.later')} move it, "
    f"{key_to('calendar.new')} makes a window."
)
NO_PEOPLE: Final = "No initiative asks anything of a group in this time."
OF_PEOPLE: Final = "% of what they can bear, week by week"


class CalendarLook(FilteredScreen):
    """The calendar as far as it is looked at: moving, zooming, marking, filtering."""

    filter_hint = "words of client, service, group of people"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.marks = CalendarMarks()
        self._words = ""
        self._window = beginning(context.clock().date(), MONTH)
        self._told = ("", "")
        self._people = FollowedTable((), self._follow)
        self._detail = Drawing(id="detail")
        self._group_detail = Drawing(id="group-detail")
        self._legend = Drawing(lambda width, _height: (draw_legend(width),), id="legend")
        keys = self.keys_of(("filter", "filter"), ("find", "find a time"))
        self._service_box = Box(TITLE, keys=keys, id="services")
        self._people_box = Box(PEOPLE, token="people", id="people")
        self._name_way()

    @property
    def words(self) -> str:
        """The words that the list is filtered by now."""
        return self._words

    def filter_by(self, words: str) -> None:
        """Show only what contains these words."""
        self._words = words
        if self.marks.rows is not None:
            self._put(self.marks.rows.having(words))

    def content(self) -> Iterable[Widget]:
        """The services and the people, with what is said of what is marked."""
        with self._service_box:
            yield self._table
            yield self._detail
            yield self._legend
        with self._people_box:
            yield self._people
            yield self._group_detail

    def reload(self) -> None:
        """Read the time that is shown, as it is now."""
        self._read(quick=True)

    # --- what is selected

    @property
    def at_people(self) -> bool:
        """Whether the keys go to the groups of people."""
        return self._people.has_focus

    @property
    def chosen_row(self) -> ServiceRow | None:
        """The selected client or service."""
        return self.marks.row(self._table.selected_key)

    @property
    def chosen_item(self) -> Item | None:
        """What is marked on it."""
        return self.marks.item(self.chosen_row)

    @property
    def chosen_group(self) -> PeopleRow | None:
        """The selected group."""
        return self.marks.group(self._people.selected_key)

    @property
    def now(self) -> datetime:
        """The moment at which the calendar was read."""
        return self.marks.rows.view.now if self.marks.rows else self.context.clock()

    # --- commands

    def do_earlier(self) -> None:
        """A week back."""
        self.look_at(moved(self._window, -1))

    def do_later(self) -> None:
        """A week on."""
        self.look_at(moved(self._window, 1))

    def do_zoom_in(self) -> None:
        """A shorter time, around what is marked."""
        self.look_at(zoomed(self._window, -1, self._around))

    def do_zoom_out(self) -> None:
        """A longer time."""
        self.look_at(zoomed(self._window, 1, self._around))

    def do_today(self) -> None:
        """This week."""
        self.look_at(beginning(self.context.clock().date(), self._window.days))

    def _is_shown(self, name: str) -> bool:
        """Whether a command that shows another time would show the one that is shown."""
        if name == "today":
            return beginning(self.context.clock().date(), self._window.days) == self._window
        return zoomed(self._window, -1 if name == "zoom_in" else 1, self._around).days == self._window.days

    def do_previous_item(self) -> None:
        """What comes before on this row."""
        self._mark_other(-1)

    def do_next_item(self) -> None:
        """What comes next on this row."""
        self._mark_other(1)

    def do_other_list(self) -> None:
        """Go to the people, or back."""
        (self._table if self.at_people else self._people).focus()

    def look_at(self, window: TimeWindow) -> None:
        """Show another time."""
        if window != self._window:
            self._window = window
            self.reload()

    def show_moment(self, moment: datetime) -> None:
        """Show the week that a moment lies in, at the zoom there is."""
        self.look_at(beginning(moment.astimezone(self._zone).date(), self._window.days))

    def show_item(self, row: str, item: str) -> None:
        """Select a row, and mark something on it."""
        self.marks.mark(row, item)
        self._table.focus()
        self._table.select(row)
        self._table.renew_selected()

    def show_week(self, group: str, monday: date) -> None:
        """Select a group, and mark a week of it."""
        self.marks.week = monday
        self._people.focus()
        self._people.select(group)
        self._people.renew_selected()

    # --- what happens

    def on_resize(self, _event: events.Resize) -> None:
        """Another width has another axis."""
        self._fill()

    def on_descendant_focus(self) -> None:
        """What is said follows the list that has the keys."""
        self._people.renew_selected()
        self._name_way()
        self._follow()

    # --- showing

    def _name_way(self) -> None:
        """Name at the people how one comes to them, and from them back to the services, where there are any."""
        key = self.context.config.keymap.shown("calendar.other_list")
        nowhere = self.at_people and self.has_class("-idle")
        self._people_box.set_keys(() if nowhere else [KeyHint(key, "go back" if self.at_people else "go there")])

    def _read(self, *, quick: bool) -> None:
        session, words = self.context.session, self._words
        since, until = (moment.astimezone(self._zone) for moment in self._span)
        self.load("calendar", lambda: rows_of(calendar(session, since, until, quick=quick), words), self._show)

    @property
    def _zone(self) -> tzinfo:
        """The clock of the axis: that of the only client that is shown, else the reader's own."""
        own = self.context.clock().tzinfo
        assert own is not None
        return self.marks.rows.zone or own if self.marks.rows is not None else own

    @property
    def _span(self) -> tuple[datetime, datetime]:
        """The moments at which the time that is shown begins and ends."""
        axis = Axis(self._window, self._zone, 1)
        return axis.since, axis.until

    @property
    def _around(self) -> date:
        """The day that stays in view when the time is made shorter or longer."""
        item, today = self.chosen_item, self.context.clock().date()
        day = item.start.astimezone(self._zone).date() if item is not None else today
        return day if self._window.holds(day) else today if self._window.holds(today) else self._window.start

    def _mark_other(self, step: int) -> None:
        row, group = self.chosen_row, self.chosen_group
        if self.at_people and group is not None:
            self.marks.mark_other_week(group, step)
            self._people.renew_selected()
        elif not self.at_people and row is not None:
            self.marks.mark_other(row, step)
            self._table.renew_selected()
        self._follow()

    def _marked_on(self, key: str) -> str:
        """What is marked on a row as it is drawn: something on the selected one, nothing on others."""
        item = self.chosen_item if key == self._table.selected_key else None
        return item.key if item else ""

    def _week_marked_on(self, key: str) -> date | None:
        group = self.chosen_group
        return self.marks.week_of(group).week if self.at_people and group is not None and group.key == key else None

    def _show(self, rows: CalendarRows) -> None:
        first = self.marks.rows is None
        if not self._put(rows if rows.words == self._words else rows.having(self._words)) and rows.view.unread:
            self._read(quick=False)
        if first:
            self._table.select(first_row(rows))
            if not rows.services and rows.people:
                self._people.focus()

    def _put(self, rows: CalendarRows) -> bool:
        """Show some rows; whether all is read anew, because the days of their clock begin at other moments."""
        before, self.marks.rows = self._span, rows
        others = self._span != before
        if others:
            self.reload()
        self._fill()
        return others

    def _fill(self) -> None:
        rows, width = self.marks.rows, self.size.width
        if rows is None or not width:
            return
        axis = Axis(self._window, self._zone, axis_width(width))
        words, days = self._words.strip(), heading(axis, rows.view.now)
        # Where no service has anything, the groups take the room, with the days over them and what is said of them.
        alone = not rows.services and bool(rows.people)
        self.set_class(alone, "-idle")
        self._table.set_columns(columns("Service", width, days))
        self._table.show(
            ServiceLines(rows, axis, self._marked_on), empty=f"Nothing here has “{words}”." if words else EMPTY
        )
        self._people.set_columns(columns("Group", width, days if alone else OF_PEOPLE))
        self._people_box.set_title(PEOPLE, OF_PEOPLE if alone else "", "explain")
        unread = rows.view.unread
        empty = f"Reading what is asked of {unread:,} groups ..." if unread else NO_PEOPLE
        self._people.show(PeopleLines(rows, axis, self._week_marked_on), empty=empty)
        self._name_way()
        told = self.narrowed((f"“{words}”" if words else "",), self._said_window)
        self._service_box.set_title(TITLE, told or self._said_window, "key" if told else "explain")
        self._follow()

    @property
    def _said_window(self) -> str:
        """The days that are shown, and whose clock it is when it is not the reader's."""
        zone, now = self._zone, self.now
        same = now.astimezone(zone).utcoffset() == now.astimezone(self.context.clock().tzinfo).utcoffset()
        return said_days(self._window) if same else f"{said_days(self._window)}, {city(zone)} time"

    def _follow(self) -> None:
        """Say what there is to say about what is marked, and paint the marks of rows that are selected anew."""
        if self.marks.rows is None:
            return
        selected = (self._table.selected_key, self._people.selected_key)
        if self._told != selected:
            self._told = selected
            self._table.renew_selected()
            self._people.renew_selected()
        said, place = self._said(self.marks.rows)
        (self._group_detail if self.has_class("-idle") else self._detail).show(draw_words(said))
        self._service_box.set_note(f"{place}{self._table.position_text}")
        self._people_box.set_note(self._people.position_text)
        self.refresh_keys()

    def _said(self, rows: CalendarRows) -> tuple[list[Words], str]:
        """What is said of what is marked, and which one of its row it is."""
        row, item, group = self.chosen_row, self.chosen_item, self.chosen_group
        if self.at_people:
            return [] if group is None else week_words(group, self.marks.week_of(group), self.now), ""
        if row is None:
            return [], ""
        if item is None:
            return [(self.keyed(NOTHING).format(row.name), "explain")], ""
        place = f"{row.items.index(item) + 1} of {len(row.items)} on this row  ·  rows "
        return item_words(row, item, rows, self.context.clock().tzinfo), place
