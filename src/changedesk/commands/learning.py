"""The commands of what is learned from changes: reviews and lessons, figures, the catalogue of standard changes."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

LEARNING_APP: Final = (
    Command("app.reviews", (), "Reviews and lessons", "Show what is owed after changes, and what they taught.", "app"),
    Command("app.change_kpis", (), "Change figures", "Show whether change control is healthy.", "app"),
    Command("app.catalogue", (), "Standard changes", "Show the catalogue of standard changes.", "app"),
)
"""Places that the list of commands opens from everywhere."""

REVIEWS: Final = (
    Command(
        "reviews.open",
        ("enter",),
        "Do it",
        "Review the change, close it or open what cannot close yet, say that the action is done, or decide about the proposal.",
        "reviews",
        "do it",
        1,
        writes=True,
    ),
    Command(
        "reviews.action",
        ("n",),
        "Add an action",
        "Add something to be done to the selected change.",
        "reviews",
        "action",
        2,
        writes=True,
        takes="change.review",
    ),
    Command("reviews.change", ("o",), "Open the change", "Show all about the selected change.", "reviews", "change", 8),
    Command("reviews.section", ("tab",), "Next part", "Go to the next part of the list.", "reviews", "part", 3),
    Command(
        "reviews.lessons",
        ("L",),
        "Lessons",
        "Show what changes have taught, or again what is owed.",
        "reviews",
        "lessons",
        4,
    ),
    Command("reviews.tag", ("t",), "Next tag", "Show the lessons of the next service or path.", "reviews", "tag", 5),
    Command("reviews.kpis", ("K",), "Figures", "Show whether change control is healthy.", "reviews", "figures", 6),
    Command("reviews.catalogue", ("S",), "Standard changes", "Show the catalogue.", "reviews", "standard", 7),
)

CHANGE_KPIS: Final = (
    Command(
        "change_kpis.group",
        ("g",),
        "Group",
        "Tell them apart by client, by path, or by team.",
        "change_kpis",
        "group",
        1,
    ),
    Command(
        "change_kpis.window",
        ("w",),
        "Window",
        "Look at the last 30, 90 or 365 days, or at all that the desk knows.",
        "change_kpis",
        "window",
        2,
    ),
    Command("change_kpis.panel", ("tab",), "Other list", "Go to the groups, or back.", "change_kpis", "panel", 4),
    Command("change_kpis.client", ("c",), "Client", "Look at the next client, or at all.", "change_kpis", "client", 3),
    Command("change_kpis.reviews", ("R",), "Reviews", "Show what is owed after changes.", "change_kpis", "reviews", 5),
    Command("change_kpis.catalogue", ("S",), "Standard changes", "Show the catalogue.", "change_kpis", "standard", 6),
)

CATALOGUE: Final = (
    Command(
        "catalogue.approve",
        ("a",),
        "Approve",
        "Approve what somebody else has proposed, or a suspended or expired one again.",
        "catalogue",
        "approve",
        1,
        writes=True,
        takes="template.approve",
    ),
    Command(
        "catalogue.new",
        ("n",),
        "Propose",
        "Propose a standard change.",
        "catalogue",
        "propose",
        2,
        writes=True,
        takes="template.propose",
    ),
    Command(
        "catalogue.version",
        ("enter", "e"),
        "New version",
        "Propose the next version of the selected one.",
        "catalogue",
        "new version",
        3,
        writes=True,
        takes="template.propose",
    ),
    Command(
        "catalogue.retire",
        ("x",),
        "Retire",
        "Take the selected one out of the catalogue, for a reason that is kept.",
        "catalogue",
        "retire",
        4,
        writes=True,
        takes="template.approve",
        dangerous=True,
    ),
    Command("catalogue.retired", ("A",), "All", "Show retired ones as well, or not.", "catalogue", "retired", 5),
    Command("catalogue.reviews", ("R",), "Reviews", "Show what is owed after changes.", "catalogue", "reviews", 6),
    Command("catalogue.kpis", ("K",), "Figures", "Show whether change control is healthy.", "catalogue", "figures", 7),
)

LEARNING_SCOPES: Final = {
    "reviews": "Reviews and lessons",
    "change_kpis": "Change figures",
    "catalogue": "Standard changes",
}
"""Where these commands work, and the title of each place."""
