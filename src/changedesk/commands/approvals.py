"""The commands of the approvals: decisions that wait, each on its card."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

APPROVALS: Final = (
    Command(
        "approvals.approve",
        ("a",),
        "Approve",
        "Approve the change on the card, or all that are chosen.",
        "approvals",
        "approve",
        1,
        writes=True,
        dangerous=True,
    ),
    Command(
        "approvals.reject",
        ("r",),
        "Reject",
        "Reject it; asks why.",
        "approvals",
        "reject",
        2,
        writes=True,
        dangerous=True,
    ),
    Command(
        "approvals.request_changes",
        ("c",),
        "Ask for changes",
        "Send it back to be changed; asks what.",
        "approvals",
        "changes",
        3,
        writes=True,
        dangerous=True,
    ),
    Command(
        "approvals.abstain",
        ("s",),
        "Abstain",
        "Cast a vote for neither side; the seat still counts.",
        "approvals",
        "abstain",
        5,
        writes=True,
        dangerous=True,
    ),
    Command(
        "approvals.choose",
        ("space",),
        "Choose",
        "Choose this change, or no longer; one key then votes on all that are chosen.",
        "approvals",
        "choose",
        4,
    ),
    Command(
        "approvals.read_on", ("right",), "Read on", "Show the next part of a long card.", "approvals", "read on", 6
    ),
    Command("approvals.read_back", ("left",), "Read back", "Show the part of the card before.", "approvals"),
    Command(
        "approvals.since",
        ("d",),
        "What changed",
        "Show field by field what changed since the revision that was voted on, or seen, or the one before.",
        "approvals",
        "what changed",
        7,
    ),
    Command(
        "approvals.acknowledge",
        ("v",),
        "Acknowledge conflicts",
        "Accept the conflicts of the change, for a reason that is kept.",
        "approvals",
        writes=True,
    ),
    Command(
        "approvals.open", ("enter",), "Open the change", "Show everything about the change.", "approvals", "open", 8
    ),
    Command(
        "approvals.whom",
        ("w",),
        "As whom",
        "On a personal desk: decide as one of its people, or for everybody.",
        "approvals",
        "as whom",
        9,
    ),
    Command(
        "approvals.delegate",
        ("D",),
        "Let somebody stand in",
        "Let somebody vote in your place from a day to a day.",
        "approvals",
        writes=True,
    ),
    Command(
        "approvals.remind",
        ("m",),
        "Remind",
        "Put on record that those for whom the change waits are reminded.",
        "approvals",
        writes=True,
    ),
    Command("approvals.changes", ("l",), "All changes", "List all changes in view.", "approvals", "all changes", 10),
    Command(
        "approvals.new", ("n",), "New change", "Ask for a change.", "approvals", writes=True, takes="change.create"
    ),
    Command(
        "approvals.policies",
        ("P",),
        "Clients and policies",
        "Show what the client of the change requires, and compare clients.",
        "approvals",
    ),
    Command("approvals.meetings", ("M",), "CAB meetings", "Run a meeting of the board, or call one.", "approvals"),
    Command("approvals.reviews", ("R",), "Reviews", "Show what is owed after changes.", "approvals"),
    Command("approvals.kpis", ("K",), "Figures", "Show whether change control is healthy.", "approvals"),
    Command("approvals.catalogue", ("S",), "Standard changes", "Show the catalogue.", "approvals"),
)
