"""The commands of the calendar."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

CALENDAR: Final = (
    Command(
        "calendar.open",
        ("enter",),
        "Open",
        "Open the change or window that is marked on its row.",
        "calendar",
        "open",
        1,
    ),
    Command(
        "calendar.previous_item",
        ("[",),
        "Previous on the row",
        "Mark what comes before on this row.",
        "calendar",
        "on row",
        2,
    ),
    Command(
        "calendar.next_item", ("]",), "Next on the row", "Mark what comes next on this row.", "calendar", "on row", 2
    ),
    Command(
        "calendar.earlier",
        ("left", "h"),
        "Earlier",
        "Go a week back; by days when a day is shown.",
        "calendar",
        "week",
        3,
    ),
    Command(
        "calendar.later", ("right", "l"), "Later", "Go a week on; by days when a day is shown.", "calendar", "week", 3
    ),
    Command("calendar.zoom_in", ("+", "="), "Zoom in", "Show a month, a week, a day.", "calendar", "zoom", 4),
    Command("calendar.zoom_out", ("-",), "Zoom out", "Show a week, a month, a quarter.", "calendar", "zoom", 4),
    Command(
        "calendar.find",
        ("f",),
        "Find a time",
        "When a change of this service could run: the next free time, and the earliest that its approval can be there for.",
        "calendar",
        "find a time",
        5,
    ),
    Command(
        "calendar.collisions",
        ("c",),
        "Collisions",
        "List what does not go together in the time that is shown.",
        "calendar",
        "collisions",
        6,
    ),
    Command(
        "calendar.new",
        ("n",),
        "New window",
        "Make a freeze, a maintenance window or a holiday.",
        "calendar",
        "new",
        7,
        writes=True,
        takes="window.edit",
    ),
    Command(
        "calendar.filter",
        ("/",),
        "Filter",
        "Show only clients, services and people that have these words.",
        "calendar",
        "filter",
        8,
    ),
    Command("calendar.today", ("0",), "Today", "Go back to this week.", "calendar"),
    Command("calendar.other_list", ("tab",), "Other list", "Go to the people, or back to the services.", "calendar"),
    Command(
        "calendar.remove",
        ("x",),
        "Remove the window",
        "Take the marked window off the calendar, after a question.",
        "calendar",
        writes=True,
        takes="window.edit",
        dangerous=True,
    ),
    Command(
        "calendar.windows", ("w",), "All windows", "List every freeze, maintenance window and holiday.", "calendar"
    ),
)
