"""The commands of an initiative."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

INITIATIVE: Final = (
    Command("initiative.next_panel", ("tab",), "Next panel", "Go to the next panel.", "initiative", "panel", 1),
    Command(
        "initiative.activities",
        ("a",),
        "Activities",
        "List the activities of all lanes.",
        "initiative",
        "activities",
        2,
    ),
    Command(
        "initiative.audiences",
        ("u",),
        "Audiences",
        "List the audiences with their waves and targets.",
        "initiative",
        "audiences",
        3,
    ),
    Command(
        "initiative.observations",
        ("o",),
        "Observations",
        "List what was observed, newest first.",
        "initiative",
        "observations",
        4,
    ),
    Command(
        "initiative.lens",
        ("L",),
        "Next lens",
        "Look with the eyes of the project, the change side, the service desk, the business, or all.",
        "initiative",
        "lens",
        5,
    ),
    Command(
        "initiative.measures",
        ("m",),
        "Measures",
        "Show the six measures twice, the blind spots, risks, decisions and the project's figures.",
        "initiative",
        "measures",
        5,
    ),
    Command(
        "initiative.who_owns",
        ("O",),
        "Who owns this?",
        "Find out in three questions whether delivery, people or both own a piece of work.",
        "initiative",
    ),
    Command(
        "initiative.previous_gate", ("[",), "Previous gate", "Show the gate before this one.", "initiative", "gate", 6
    ),
    Command("initiative.next_gate", ("]",), "Next gate", "Show the gate after this one.", "initiative", "gate", 6),
    Command(
        "initiative.zoom_in", ("+", "="), "Zoom in", "Show a shorter time with more detail.", "initiative", "zoom", 7
    ),
    Command("initiative.zoom_out", ("-",), "Zoom out", "Show a longer time.", "initiative", "zoom", 7),
    Command(
        "initiative.earlier", ("left", "h"), "Earlier", "Move the time axis to earlier days.", "initiative", "move", 8
    ),
    Command("initiative.later", ("right", "l"), "Later", "Move the time axis to later days.", "initiative", "move", 8),
    Command(
        "initiative.fit", ("0",), "Whole time", "Show the whole initiative on the time axis.", "initiative", "all", 9
    ),
    Command(
        "initiative.edit",
        ("e",),
        "Edit",
        "Change the initiative itself: title, owners, dates, budget.",
        "initiative",
        "edit",
        5,
        writes=True,
    ),
    Command(
        "initiative.records",
        ("r",),
        "Records",
        "List, make and change what belongs to the initiative: activities, risks, decisions, benefits and more.",
        "initiative",
        "records",
        5,
    ),
    Command(
        "initiative.workaround",
        ("w",),
        "Note a workaround",
        "Note an old way that people keep using: w, what it is, enter.",
        "initiative",
        "workaround",
        10,
        writes=True,
    ),
    Command(
        "initiative.gate",
        ("enter", "G"),
        "Open the gate",
        "Open the gate that is shown: tick its items with evidence, and sign it.",
        "initiative",
        "gate",
        6,
    ),
    Command(
        "initiative.move",
        ("v",),
        "Move in the plan",
        "Move the selected activity or milestone, and what hangs on it; it shows first what that breaks.",
        "initiative",
        writes=True,
    ),
    Command(
        "initiative.value",
        ("V",),
        "Benefits and value",
        "Show what it was to bring, and what of that has come.",
        "initiative",
    ),
    Command(
        "initiative.report",
        ("p",),
        "Report",
        "Write the sponsor's report into a file: one page of HTML that can be printed, or Markdown.",
        "initiative",
    ),
    Command("initiative.decisions", ("D",), "Decisions", "Acknowledge and lock the decisions.", "initiative"),
    Command(
        "initiative.baseline",
        ("B",),
        "Set a new baseline",
        "Measure all work against the plan as it now stands, for a reason that is kept.",
        "initiative",
        writes=True,
        dangerous=True,
    ),
    Command(
        "initiative.close_delivery",
        ("x",),
        "Close the delivery lane",
        "Close it when its work is done; over a rule only with a reason.",
        "initiative",
        writes=True,
        dangerous=True,
    ),
    Command(
        "initiative.close_people",
        ("X",),
        "Close the people lane",
        "Close it when the new way has stuck; over a rule only with a reason.",
        "initiative",
        writes=True,
        dangerous=True,
    ),
    Command(
        "initiative.clone",
        ("K",),
        "Clone to other clients",
        "Make the same initiative for other clients, and compare what each of them demands.",
        "initiative",
        writes=True,
    ),
)
