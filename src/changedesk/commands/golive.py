"""The commands of the Go-live screen."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

GOLIVE: Final = (
    Command(
        "golive.next_panel",
        ("tab",),
        "Next panel",
        "Go to the next panel: why people call, what is open, when hypercare may end, people and support.",
        "golive",
        "panel",
        1,
    ),
    Command(
        "golive.answer",
        ("enter",),
        "Answer",
        "Confirm the selected exit criterion with evidence, or say what answers the selected reason.",
        "golive",
        "answer",
        2,
        writes=True,
    ),
    Command(
        "golive.workaround",
        ("w",),
        "Note a workaround",
        "Note an old way that people keep using: w, what it is, enter.",
        "golive",
        "workaround",
        3,
        writes=True,
        takes="habit.record",
    ),
    Command(
        "golive.previous",
        ("[",),
        "Previous go-live",
        "Show the go-live before this one in the list: the latest first, then those to come.",
        "golive",
        "go-live",
        4,
    ),
    Command("golive.next", ("]",), "Next go-live", "Show the go-live after this one.", "golive", "go-live", 4),
    Command(
        "golive.choose",
        ("c",),
        "Choose a go-live",
        "Choose a go-live from the list of all: a few letters of its name, code, client or month find it.",
        "golive",
        "go-live",
        4,
    ),
    Command(
        "golive.wall",
        ("f",),
        "Wall",
        "Fill the whole terminal with what is read from two metres, or show everything again.",
        "golive",
        "wall",
        5,
    ),
    Command(
        "golive.bell",
        ("b",),
        "Bell",
        "Ring when today leaves its band, when a lasting excess begins, or when an urgent ticket comes. It is off at first.",
        "golive",
        "bell",
        8,
    ),
    Command(
        "golive.withdraw",
        ("x",),
        "Take a confirmation back",
        "Say that the selected exit criterion is not met after all.",
        "golive",
        "withdraw",
        9,
        writes=True,
        takes="hypercare.confirm",
    ),
    Command(
        "golive.tickets",
        ("t",),
        "Tickets",
        "List the tickets, what is open first; there a cause can be named.",
        "golive",
        "tickets",
        6,
    ),
    Command(
        "golive.reason",
        ("n",),
        "New reason",
        "Say why people will call, and what answers it.",
        "golive",
        writes=True,
        takes="readiness.record",
    ),
    Command(
        "golive.duty",
        ("d",),
        "Duty",
        "Say who is on duty, from when until when.",
        "golive",
        "duty",
        7,
        writes=True,
        takes="support.record",
    ),
    Command(
        "golive.report",
        ("p",),
        "Report",
        "Write the sponsor's report into a file: one page of HTML that can be printed, or Markdown.",
        "golive",
    ),
    Command("golive.records", ("r",), "Records", "List the records of this initiative.", "golive", "records", 12),
    Command(
        "golive.open", ("i",), "Initiative", "Show the initiative behind this go-live.", "golive", "initiative", 10
    ),
    Command(
        "golive.handover", ("h",), "Handover", "Show its handover to the service that stays.", "golive", "handover", 11
    ),
)
"""What can be done on go-live day and in the weeks after it."""
