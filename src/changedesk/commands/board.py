"""The commands of the board's meetings, and of the audit trail."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

CAB: Final = (
    Command(
        "cab.begin",
        ("enter", "b"),
        "Begin",
        "Talk about the selected change: its time runs.",
        "cab",
        "begin",
        1,
        writes=True,
        takes="meeting.run",
    ),
    Command(
        "cab.approve", ("a",), "Approve", "Write down who of those present approves.", "cab", "approve", 2, writes=True
    ),
    Command("cab.reject", ("r",), "Reject", "Write down who rejects, and why.", "cab", "reject", 3, writes=True),
    Command(
        "cab.changes",
        ("c",),
        "Ask for changes",
        "Write down who asks for what.",
        "cab",
        "ask changes",
        4,
        writes=True,
    ),
    Command("cab.abstain", ("s",), "Abstain", "Write down who abstains.", "cab", "abstain", 5, writes=True),
    Command(
        "cab.fill",
        ("f",),
        "Fill the agenda",
        "Put on it what waits for this board.",
        "cab",
        "fill",
        6,
        writes=True,
        takes="meeting.run",
    ),
    Command(
        "cab.earlier",
        ("[",),
        "Earlier",
        "Move the selected change up on the agenda.",
        "cab",
        "order",
        7,
        writes=True,
        takes="meeting.run",
    ),
    Command(
        "cab.later",
        ("]",),
        "Later",
        "Move the selected change down on the agenda.",
        "cab",
        "order",
        7,
        writes=True,
        takes="meeting.run",
    ),
    Command(
        "cab.off",
        ("x",),
        "Take off",
        "Take the selected change off the agenda.",
        "cab",
        writes=True,
        takes="meeting.run",
    ),
    Command("cab.minutes", ("m",), "Minutes", "Read the minutes as they stand.", "cab", "minutes", 8),
    Command("cab.meetings", ("o",), "Other meetings", "Choose another meeting.", "cab", "meetings", 9),
    Command(
        "cab.new",
        ("n",),
        "New meeting",
        "Call a meeting, or a ballot with a deadline.",
        "cab",
        "new",
        10,
        writes=True,
        takes="meeting.run",
    ),
    Command(
        "cab.close",
        ("E",),
        "End the meeting",
        "What is undecided stays so.",
        "cab",
        "end",
        11,
        writes=True,
        takes="meeting.run",
        dangerous=True,
    ),
)

TRAIL: Final = (
    Command(
        "trail.filter",
        ("/",),
        "Find",
        "Show only events that have these words.",
        "trail",
        "find",
        1,
    ),
    Command(
        "trail.people",
        ("p",),
        "People only",
        "Leave out what the program itself has written down, each week's forecasts, or show it again.",
        "trail",
        "people only",
        2,
    ),
    Command("trail.verify", ("v",), "Verify", "Prove the chain, the file and every decision.", "trail", "verify", 3),
    Command(
        "trail.bundle",
        ("b",),
        "Hand over a change",
        "Write everything about the change of this event into a new folder: JSON, a page to read, its files.",
        "trail",
        "hand over",
        4,
    ),
)
