"""The commands of the people side: which gap first, who is hit, what is planned for people, how much they bear."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

READINESS: Final = (
    Command(
        "readiness.open",
        ("enter",),
        "Open",
        "Show how ready the initiative of the selected gap is.",
        "readiness",
        "open",
        1,
    ),
    Command(
        "readiness.done",
        ("d",),
        "Done",
        "Say that it is ready, and what shows it.",
        "readiness",
        "done",
        2,
        writes=True,
        takes="readiness.record",
    ),
    Command(
        "readiness.assign",
        ("o",),
        "Assign",
        "Choose who takes care of it.",
        "readiness",
        "owner",
        3,
        writes=True,
        takes="gap.assign",
    ),
    Command(
        "readiness.waive",
        ("w",),
        "Waive",
        "Waive it until a day, for a reason that is kept with your name.",
        "readiness",
        "waive",
        4,
        writes=True,
        takes="gap.waive",
    ),
    Command(
        "readiness.snooze",
        ("z",),
        "Put off",
        "Put it off for some days; it still stands before a signature.",
        "readiness",
        "put off",
        5,
        writes=True,
        takes="gap.snooze",
    ),
    Command(
        "readiness.reopen",
        ("b",),
        "Bring back",
        "Bring a gap back that was waived or put off.",
        "readiness",
        "bring back",
        10,
        writes=True,
    ),
    Command(
        "readiness.edit",
        ("e",),
        "Edit",
        "Open the record that closes it: the item itself, or the one that is missing.",
        "readiness",
        "edit",
        8,
        writes=True,
    ),
    Command("readiness.filter", ("/",), "Filter", "Show only gaps that contain these words.", "readiness", "filter", 6),
    Command(
        "readiness.mine",
        ("m",),
        "Mine",
        "Show only gaps that you own, then those that nobody owns, then all.",
        "readiness",
        "mine",
        9,
    ),
    Command("readiness.client", ("c",), "Client", "Show only gaps of one client, or of all.", "readiness"),
    Command(
        "readiness.initiative",
        ("i",),
        "Initiative",
        "Show only gaps of the selected one's initiative, or of all.",
        "readiness",
    ),
    Command(
        "readiness.aside",
        ("a",),
        "Set aside",
        "Show what was waived or put off, or again the gaps.",
        "readiness",
        "set aside",
        11,
    ),
    Command(
        "readiness.pockets",
        ("l",),
        "Low readiness",
        "Show the pockets of low readiness of all initiatives, or again the gaps.",
        "readiness",
        "pockets",
        12,
    ),
    Command(
        "readiness.panel",
        ("tab",),
        "Next panel",
        "Show the next panel: why it ranks there, the group, what is new.",
        "readiness",
        "panel",
        7,
    ),
    Command(
        "readiness.hit",
        ("h",),
        "Who is hit",
        "Show impact, stakeholders and resistance of the initiative.",
        "readiness",
    ),
    Command(
        "readiness.saturation",
        ("S",),
        "Saturation",
        "Show how much change each group bears in which week.",
        "readiness",
    ),
)

READY: Final = (
    Command("ready.next", ("tab", "]"), "Next part", "Show the next part.", "ready", "part", 1),
    Command("ready.previous", ("[",), "Part before", "Show the part before.", "ready"),
    Command("ready.more", ("space",), "Read on", "Show what has no room below the list.", "ready"),
    Command("ready.edit", ("enter", "e"), "Edit", "Change the selected record.", "ready", "edit", 2, writes=True),
    Command("ready.new", ("n",), "New", "Make a record of the part that is shown.", "ready", "new", 3, writes=True),
    Command("ready.done", ("d",), "Done", "Say that the selected item is ready, and what shows it.", "ready", "done", 4,
            writes=True, takes="readiness.record"),
    Command("ready.survey", ("s",), "Survey answer", "Enter an answer of the selected group to the five questions.",
            "ready", "survey", 8, writes=True, takes="survey.record"),
    Command("ready.hit", ("h",), "Who is hit", "Show impact, stakeholders and resistance.", "ready", "who is hit", 5),
    Command("ready.plan", ("t",), "Change plan", "Show what is planned for people.", "ready", "plan", 6),
    Command("ready.records", ("r",), "Records", "List all kinds of records of the initiative.", "ready"),
    Command("ready.initiative", ("I",), "Initiative", "Show the initiative.", "ready", "initiative", 7),
)  # fmt: skip

PEOPLE: Final = (
    Command("people.open", ("enter",), "Open", "Show who is hit, and who stands behind it.", "people", "open", 1),
    Command("people.filter", ("/",), "Filter", "Show only initiatives that contain these words.", "people", "filter", 2),
    Command("people.client", ("c",), "Client", "Show only one client, or all.", "people", "client", 3),
    Command("people.plan", ("t",), "Change plan", "Show what is planned for people.", "people", "plan", 4),
    Command("people.ready", ("y",), "Readiness", "Show how ready its people are.", "people", "ready", 5),
    Command("people.saturation", ("S",), "Saturation", "Show how much change each group bears in which week.", "people",
            "saturation", 6),
)  # fmt: skip

HIT: Final = (
    Command("hit.next", ("tab", "]"), "Next part", "Show the next part.", "hit", "part", 1),
    Command("hit.previous", ("[",), "Part before", "Show the part before.", "hit"),
    Command("hit.more", ("space",), "Read on", "Show what has no room below the list.", "hit"),
    Command("hit.edit", ("enter", "e"), "Edit", "Change what is selected.", "hit", "edit", 2, writes=True),
    Command("hit.new", ("n",), "New", "Make a record of the part that is shown.", "hit", "new", 3, writes=True),
    Command("hit.left", ("left",), "Aspect to the left", "Choose the aspect to the left.", "hit", "aspect", 4),
    Command("hit.right", ("right",), "Aspect to the right", "Choose the aspect to the right.", "hit", "aspect", 4),
    Command("hit.close", ("c",), "Close", "Say that the selected entry is over as of today.", "hit", "close", 5,
            writes=True),
    Command("hit.workaround", ("w",), "Note a workaround", "Note an old way: w, what it is, enter.", "hit",
            "workaround", 6, writes=True, takes="habit.record"),
    Command("hit.ready", ("y",), "Readiness", "Show how ready its people are.", "hit", "ready", 7),
    Command("hit.plan", ("t",), "Change plan", "Show what is planned for people.", "hit", "plan", 8),
    Command("hit.records", ("r",), "Records", "List all kinds of records of the initiative.", "hit"),
    Command("hit.initiative", ("I",), "Initiative", "Show the initiative.", "hit", "initiative", 9),
)  # fmt: skip

CHANGE_PLAN: Final = (
    Command("change_plan.next", ("tab", "]"), "Next part", "Show the next part.", "change_plan", "part", 1),
    Command("change_plan.previous", ("[",), "Part before", "Show the part before.", "change_plan"),
    Command("change_plan.more", ("space",), "Read on", "Show what has no room below the list.", "change_plan"),
    Command("change_plan.edit", ("enter", "e"), "Edit", "Change what is selected.", "change_plan", "edit", 2,
            writes=True),
    Command("change_plan.new", ("n",), "New", "Plan something for the selected group, or add a behaviour.",
            "change_plan", "new", 3, writes=True),
    Command("change_plan.close", ("c",), "Close", "Say that the selected activity is done as of today.", "change_plan",
            "close", 4, writes=True),
    Command("change_plan.tie", ("m",), "Milestone", "Let the selected activity move with a milestone, or with none.",
            "change_plan", "milestone", 5, writes=True),
    Command("change_plan.hit", ("h",), "Who is hit", "Show impact, stakeholders and resistance.", "change_plan",
            "who is hit", 5),
    Command("change_plan.ready", ("y",), "Readiness", "Show how ready its people are.", "change_plan", "ready", 6),
    Command("change_plan.records", ("r",), "Records", "List all kinds of records of the initiative.", "change_plan"),
    Command("change_plan.initiative", ("I",), "Initiative", "Show the initiative.", "change_plan", "initiative", 7),
)  # fmt: skip

SATURATION: Final = (
    Command("saturation.open", ("enter",), "Open", "Show who is hit by what weighs most in the chosen week.",
            "saturation", "open", 1),
    Command("saturation.earlier", ("left",), "Week before", "Choose the week before.", "saturation", "week", 2),
    Command("saturation.later", ("right",), "Week after", "Choose the week after.", "saturation", "week", 2),
    Command("saturation.collisions", ("tab",), "Next collision", "Go to the next group in which initiatives meet.",
            "saturation", "collision", 3),
    Command("saturation.client", ("c",), "Client", "Show only groups of one client, or of all.", "saturation",
            "client", 4),
    Command("saturation.calendar", ("K",), "Calendar", "Show the calendar.", "saturation", "calendar", 5),
)  # fmt: skip

PEOPLE_APP: Final = (
    Command("app.saturation", (), "Saturation", "Show how much change each group bears in which week.", "app"),
)
"""Places that the list of commands opens from everywhere."""

PEOPLE_SCOPES: Final = {
    "ready": "Readiness of an initiative",
    "hit": "Impact and stakeholders",
    "change_plan": "Change plan",
    "saturation": "Saturation",
}
"""Where these commands work besides the main screens, and the title of each place."""
