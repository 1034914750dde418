"""The commands of a gate, and of the decisions beside it."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

GATE: Final = (
    Command(
        "gate.tick",
        ("enter", "space"),
        "Tick",
        "Say what shows that the item is done, and tick it; again renews it.",
        "gate",
        "tick",
        1,
        writes=True,
        takes="checklist.tick",
    ),
    Command(
        "gate.sign",
        ("S",),
        "Sign",
        "Sign this gate for the side of the selected item.",
        "gate",
        "sign",
        2,
        writes=True,
        dangerous=True,
    ),
    Command("gate.other_side", ("tab",), "Other side", "Go to the items of the other side.", "gate", "other side", 3),
    Command("gate.previous", ("[",), "Previous gate", "Show the gate before this one.", "gate", "gate", 4),
    Command("gate.next", ("]",), "Next gate", "Show the gate after this one.", "gate", "gate", 4),
    Command(
        "gate.close_lane",
        ("c",),
        "Close the lane",
        "Close the lane of the selected item; over a rule only with a reason.",
        "gate",
        "close lane",
        5,
        writes=True,
        takes="lane.close",
        dangerous=True,
    ),
    Command(
        "gate.owners",
        ("e",),
        "Name the owners",
        "Change who owns delivery and people, or say when it went live, in the form of the initiative.",
        "gate",
        "owners",
        8,
        writes=True,
    ),
    Command("gate.decisions", ("D",), "Decisions", "Acknowledge and lock the decisions.", "gate", "decisions", 6),
    Command("gate.ready", ("y",), "Readiness", "Show what is not ready, group by group.", "gate", "ready", 7),
    Command("gate.hit", ("p",), "Who is hit", "Show impact, stakeholders and resistance.", "gate"),
)

DECISIONS: Final = (
    Command(
        "decisions.delivery",
        ("d",),
        "Acknowledge for delivery",
        "Say that the delivery side knows of it.",
        "decisions",
        "delivery knows",
        1,
        writes=True,
    ),
    Command(
        "decisions.people",
        ("p",),
        "Acknowledge for people",
        "Say that the people side knows of it.",
        "decisions",
        "people know",
        2,
        writes=True,
    ),
    Command(
        "decisions.lock",
        ("L",),
        "Lock",
        "Lock the decision once every side that it touches knows of it.",
        "decisions",
        "lock",
        3,
        writes=True,
        dangerous=True,
    ),
)
