"""Who may do what: the one table of roles and actions. Whatever it does not allow is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EVERYONE: Final = "everyone"
"""Stands in the table for anybody who is known to the desk."""

ALLOWED: Final[dict[str, frozenset[str]]] = {
    "desk.read": frozenset({EVERYONE}),
    "desk.export": frozenset({EVERYONE}),
    "desk.verify": frozenset({EVERYONE}),
    "desk.backup": frozenset({"administrator", "auditor"}),
    "desk.restore": frozenset({"administrator"}),
    "desk.import": frozenset({"administrator", "change_manager"}),
    "initiative.create": frozenset({"administrator", "change_manager", "project_owner", "change_owner"}),
    "observation.record": frozenset(
        {"administrator", "change_manager", "change_owner", "people_manager", "service_desk_lead", "trainer"}
    ),
    "desk.arrange": frozenset({"administrator", "change_manager"}),
    "initiative.edit": frozenset({"administrator", "change_manager", "project_owner", "change_owner"}),
    "habit.record": frozenset(
        {
            "administrator",
            "change_manager",
            "project_owner",
            "change_owner",
            "people_manager",
            "service_desk_lead",
            "trainer",
        }
    ),
    "impact.record": frozenset({"administrator", "change_manager", "change_owner"}),
    "stakeholder.record": frozenset({"administrator", "change_manager", "project_owner", "change_owner"}),
    "readiness.record": frozenset(
        {
            "administrator",
            "change_manager",
            "project_owner",
            "change_owner",
            "people_manager",
            "trainer",
            "service_desk_lead",
            "service_owner",
        }
    ),
    # Answers are given in confidence: those who lead the people that answered neither enter nor see single ones.
    "survey.record": frozenset({"administrator", "change_manager", "change_owner", "trainer"}),
    "survey.see": frozenset({"administrator", "change_manager", "change_owner", "trainer"}),
    "gap.assign": frozenset(
        {"administrator", "change_manager", "project_owner", "change_owner", "people_manager", "service_desk_lead"}
    ),
    "gap.snooze": frozenset({"administrator", "change_manager", "project_owner", "change_owner"}),
    "gap.waive": frozenset({"administrator", "change_manager", "change_owner"}),
    "plan.move": frozenset({"administrator", "change_manager", "project_owner", "change_owner"}),
    "plan.rebaseline": frozenset({"administrator", "change_manager", "project_owner"}),
    "checklist.tick": frozenset({"administrator", "change_manager", "project_owner", "change_owner"}),
    "checkpoint.sign": frozenset({"project_owner", "change_owner"}),
    "lane.close": frozenset({"project_owner", "change_owner"}),
}
"""Action to the roles that may do it, for records of the clients that the actor may see."""

_PLAIN: Final = {
    "desk.read": "look at this desk",
    "desk.export": "export from this desk",
    "desk.verify": "verify this desk",
    "desk.backup": "back this desk up",
    "desk.restore": "restore this desk",
    "desk.import": "import into this desk",
    "initiative.create": "make an initiative",
    "observation.record": "record an observation",
    "desk.arrange": "arrange clients, people and holidays",
    "initiative.edit": "change an initiative",
    "habit.record": "record resistance and workarounds",
    "impact.record": "record impacts and behaviours",
    "stakeholder.record": "record stakeholders and confidence",
    "readiness.record": "record readiness",
    "survey.record": "record survey answers",
    "survey.see": "see single survey answers",
    "gap.assign": "assign a gap",
    "gap.snooze": "put a gap off",
    "gap.waive": "waive a gap",
    "plan.move": "move a plan",
    "plan.rebaseline": "set a new baseline",
    "checklist.tick": "tick an item of a checkpoint",
    "checkpoint.sign": "sign a checkpoint",
    "lane.close": "close a lane",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is at the keyboard: an account of the desk or a person acted for.

    ``clients`` are the short codes of the clients whose records the actor may see, None for all of them.
    ``owns_desk`` is the owner of a personal desk.
    """

    id: str
    login: str
    name: str
    roles: frozenset[str]
    clients: frozenset[str] | None
    owns_desk: bool = False

    def sees(self, client: str) -> bool:
        """Whether records of the client are in the actor's scope."""
        return self.clients is None or client in self.clients


def refusal(actor: Actor, action: str, client: str | None = None) -> str | None:
    """Why the actor may not do it, as a sentence; None when allowed.

    ``client`` is the client whose record is concerned, None when it concerns the whole desk.
    """
    allowed = ALLOWED[action]
    if client is not None and not actor.sees(client):
        return f"{actor.login} has no access to client {client}"
    if EVERYONE in allowed or actor.owns_desk or actor.roles & allowed:
        return None
    need = " or ".join(sorted(role.replace("_", " ") for role in allowed))
    return f"{actor.login} may not {_PLAIN[action]}: that takes the role {need}"
