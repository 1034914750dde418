"""The commands of clients and their approval policies."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

POLICIES: Final = (
    Command(
        "policies.open",
        ("enter", "e"),
        "Edit the policy",
        "Edit the policy of the selected client; it becomes a new version.",
        "policies",
        "edit",
        1,
    ),
    Command(
        "policies.filter", ("/",), "Filter", "Show only clients that contain these words.", "policies", "filter", 7
    ),
    Command(
        "policies.compare", ("c",), "Compare", "Show another client's policy beside this one.", "policies", "compare", 2
    ),
    Command(
        "policies.versions",
        ("v",),
        "Versions",
        "Show an earlier version, when it was made and by whom.",
        "policies",
        "versions",
        3,
    ),
    Command(
        "policies.profile",
        ("p",),
        "Profile",
        "Change the client's zone, hours and terms.",
        "policies",
        "profile",
        4,
        writes=True,
    ),
    Command(
        "policies.read_on", ("right",), "Read on", "Show the next part of a long policy.", "policies", "read on", 5
    ),
    Command("policies.read_back", ("left",), "Read back", "Show the part before.", "policies"),
    Command(
        "policies.changes", ("l",), "Changes", "List the changes of the selected client.", "policies", "changes", 6
    ),
)

POLICY: Final = (
    Command(
        "policy.edit",
        ("enter", "e"),
        "Edit",
        "Change the selected step, route or rule.",
        "policy",
        "edit",
        1,
        writes=True,
        takes="policy.edit",
    ),
    Command(
        "policy.new_step",
        ("n",),
        "New step",
        "Add a step after the selected one.",
        "policy",
        "new step",
        2,
        writes=True,
        takes="policy.edit",
    ),
    Command(
        "policy.new_route",
        ("N",),
        "New route",
        "Add a route for some changes, before the selected one.",
        "policy",
        "new route",
        3,
        writes=True,
        takes="policy.edit",
    ),
    Command(
        "policy.remove",
        ("x",),
        "Remove",
        "Remove the selected step or route from the draft.",
        "policy",
        "remove",
        4,
        writes=True,
        takes="policy.edit",
    ),
    Command(
        "policy.up",
        ("[",),
        "Earlier",
        "Move the selected step or route towards the first.",
        "policy",
        "move",
        5,
        writes=True,
        takes="policy.edit",
    ),
    Command(
        "policy.down",
        ("]",),
        "Later",
        "Move the selected step or route towards the last.",
        "policy",
        "move",
        5,
        writes=True,
        takes="policy.edit",
    ),
    Command(
        "policy.save",
        ("ctrl+s",),
        "Save",
        "Keep it as the next version, after what changes has been shown.",
        "policy",
        "save",
        6,
        writes=True,
        takes="policy.edit",
        dangerous=True,
    ),
)
