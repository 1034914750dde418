"""The commands of the portfolio."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

PORTFOLIO: Final = (
    Command("portfolio.open", ("enter",), "Open", "Open the selected initiative.", "portfolio", "open", 1),
    Command(
        "portfolio.filter",
        ("/",),
        "Filter",
        "Show only initiatives that contain these words.",
        "portfolio",
        "filter",
        2,
    ),
    Command("portfolio.sort", ("s",), "Sort", "Change the order of the initiatives.", "portfolio", "sort", 3),
    Command(
        "portfolio.group",
        ("g",),
        "Group by client",
        "Put the initiatives of a client together, or not.",
        "portfolio",
        "group",
        4,
    ),
    Command(
        "portfolio.new",
        ("n",),
        "New initiative",
        "Make an initiative.",
        "portfolio",
        "new",
        5,
        writes=True,
        takes="initiative.edit",
    ),
    Command(
        "portfolio.new_from_playbook",
        ("N",),
        "New initiative from a playbook",
        "Choose a playbook, a client and a go-live; all days are counted from it.",
        "portfolio",
        "from playbook",
        6,
        writes=True,
        takes="initiative.create",
    ),
    Command("portfolio.clients", ("C",), "Clients", "List, make and change clients.", "portfolio"),
    Command("portfolio.people", ("P",), "People", "List, make and change people.", "portfolio"),
    Command("portfolio.holidays", ("H",), "Holidays", "List, make and change the holidays of clients.", "portfolio"),
    Command(
        "portfolio.policies",
        ("R",),
        "Clients and policies",
        "Show what each client requires of its changes, edit it, compare two of them.",
        "portfolio",
    ),
    Command("portfolio.meetings", ("M",), "CAB meetings", "Run a meeting of the board, or call one.", "portfolio"),
    Command(
        "portfolio.msp",
        ("m",),
        "Client (MSP)",
        "Show the client of the selected initiative as its provider sees it.",
        "portfolio",
    ),
    Command("portfolio.services", ("S",), "Services", "Show the services that run.", "portfolio"),
    Command("portfolio.trail", ("A",), "Audit trail", "See who decided what and when, and prove it.", "portfolio"),
)
