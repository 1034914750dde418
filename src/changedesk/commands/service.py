"""The commands of what runs: handovers, services and their improvement, clients, imports."""

from __future__ import annotations

from typing import Final

from changedesk.commands.command import Command

SERVICE_APP: Final = (
    Command("app.services", (), "Services", "Show the services that run, those that need somebody first.", "app"),
    Command("app.handover", (), "Handover", "Show whether operations can run what was built.", "app"),
    Command("app.client", (), "Client (MSP)", "Show one client as its provider sees it, with talking points.", "app"),
    Command("app.imports", (), "Imports", "Show what came in from files, and take an import back.", "app"),
)
"""Places that the list of commands opens from everywhere."""

HANDOVER: Final = (
    Command(
        "handover.tick",
        ("enter",),
        "Done, with evidence",
        "Say that the selected item is there, and what shows it.",
        "handover",
        "done",
        1,
        writes=True,
        takes="handover.tick",
    ),
    Command(
        "handover.send_back",
        ("r",),
        "Send back",
        "As the service owner, send the selected item back for a reason.",
        "handover",
        "send back",
        2,
        writes=True,
        takes="handover.accept",
    ),
    Command(
        "handover.take_over",
        ("a",),
        "Take over",
        "As the service owner, take the service over: from then on it is operated.",
        "handover",
        "take over",
        3,
        writes=True,
        takes="handover.accept",
        dangerous=True,
    ),
    Command(
        "handover.list", ("l",), "All handovers", "List every handover, or go back to this one.", "handover", "list", 4
    ),
    Command("handover.previous", ("[",), "Previous", "Show the handover before this one.", "handover", "handover", 5),
    Command("handover.next", ("]",), "Next", "Show the handover after this one.", "handover", "handover", 5),
    Command(
        "handover.plan",
        ("e",),
        "Plan",
        "Plan the days and hours of the handover, and say what it took.",
        "handover",
        "plan",
        6,
        writes=True,
        takes="handover.tick",
    ),
    Command("handover.service", ("s",), "Services", "Show the services that run.", "handover", "services", 7),
    Command(
        "handover.open", ("i",), "Initiative", "Show the initiative that is handed over.", "handover", "initiative", 8
    ),
)

SERVICES: Final = (
    Command("services.open", ("enter",), "Open", "Show the selected service.", "services", "open", 1),
    Command(
        "services.new", ("n",), "New service", "Add a service.", "services", "new", 2, writes=True, takes="service.edit"
    ),
    Command("services.edit", ("e",), "Edit", "Change the selected service.", "services", "edit", 3, writes=True),
    Command(
        "services.client", ("c",), "Client", "Show only the services of one client, or of all.", "services", "client", 4
    ),
    Command(
        "services.remove",
        ("x",),
        "Remove",
        "Remove the selected service, when nothing is linked to it.",
        "services",
        writes=True,
        takes="service.edit",
        dangerous=True,
    ),
    Command("services.handover", ("h",), "Handovers", "Show what is handed over to them.", "services", "handovers", 5),
    Command(
        "services.clients", ("m",), "Client (MSP)", "Show its client as its provider sees it.", "services", "msp", 6
    ),
)

SERVICE: Final = (
    Command("service.panel", ("tab",), "Next panel", "Go to the next panel.", "service", "panel", 1),
    Command(
        "service.step",
        ("enter",),
        "Next step",
        "Take the next step with the selected improvement: propose it, approve it, say that it is implemented.",
        "service",
        "next step",
        2,
        writes=True,
    ),
    Command(
        "service.initiate",
        ("i",),
        "New initiative",
        "Turn the selected improvement into an initiative that carries its evidence.",
        "service",
        "initiate",
        3,
        writes=True,
        takes="service.decide",
    ),
    Command(
        "service.reject",
        ("x",),
        "Reject",
        "Reject the selected improvement for a reason that is kept.",
        "service",
        "reject",
        4,
        writes=True,
        takes="service.decide",
    ),
    Command(
        "service.signal",
        ("n",),
        "New signal",
        "Note that the service fell short.",
        "service",
        "signal",
        5,
        writes=True,
        takes="service.propose",
    ),
    Command(
        "service.period",
        ("p",),
        "New period",
        "Add the figures of a period.",
        "service",
        "period",
        6,
        writes=True,
        takes="service.edit",
    ),
    Command(
        "service.agree",
        ("g",),
        "New agreement",
        "Add what was agreed.",
        "service",
        "agreement",
        7,
        writes=True,
        takes="service.edit",
    ),
    Command("service.edit", ("e",), "Edit", "Change the service itself.", "service", "edit", 8, writes=True),
    Command("service.project", ("o",), "Its initiative", "Show the initiative that an improvement became.", "service"),
)

CLIENT: Final = (
    Command("client.previous", ("[",), "Previous client", "Show the client before this one.", "client", "client", 2),
    Command("client.next", ("]",), "Next client", "Show the next client.", "client", "client", 2),
    Command("client.choose", ("c",), "Client", "Choose a client by its name.", "client", "choose", 5),
    Command("client.open", ("enter",), "Open", "Show the selected initiative.", "client", "open", 1),
    Command(
        "client.export",
        ("x",),
        "Talking points",
        "Write the talking points into a file, as Markdown or HTML; they hold no other client's rows and no margin.",
        "client",
        "into a file",
        3,
    ),
    Command("client.services", ("s",), "Services", "Show the services of this client.", "client", "services", 4),
)

IMPORTS: Final = (
    Command(
        "imports.undo",
        ("x",),
        "Take back",
        "Take the selected import back, wholly: as long as nothing has touched its rows since.",
        "imports",
        "take back",
        1,
        writes=True,
        takes="desk.import",
        dangerous=True,
    ),
    Command(
        "imports.watch",
        ("w",),
        "Watch a folder",
        "Import the files of a folder again whenever they grow, as long as the dashboard is open; again to stop.",
        "imports",
        "watch",
        2,
        writes=True,
        takes="desk.import",
    ),
)

SERVICE_SCOPES: Final = {
    "handover": "Handover",
    "services": "Services",
    "service": "Service",
    "client": "Client (MSP)",
    "imports": "Imports",
}
"""Where these commands work, and the title of each place."""
