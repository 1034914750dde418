"""Who may do what: the one table of roles and actions. Whatever it does not allow is refused."""

from __future__ import annotations

from typing import Final

from changedesk.domain.words import plain
from changedesk.values import dataclass

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
    "change.create": frozenset(
        {
            "administrator",
            "change_manager",
            "change_owner",
            "implementer",
            "project_owner",
            "requester",
            "service_desk_lead",
            "service_owner",
        }
    ),
    "change.edit": frozenset({"change_manager"}),
    "change.assess": frozenset({"change_manager"}),
    "change.vote": frozenset({EVERYONE}),
    "change.record_vote": frozenset({"change_manager"}),
    "change.run": frozenset({"change_manager"}),
    "change.stop": frozenset({"change_manager"}),
    "change.review": frozenset({"change_manager"}),
    "change.close": frozenset({"change_manager"}),
    "action.finish": frozenset({"change_manager"}),
    "change.expire": frozenset({EVERYONE}),
    "change.remind": frozenset({"administrator", "change_manager"}),
    "delegation.give": frozenset({EVERYONE}),
    "policy.edit": frozenset({"administrator", "change_manager"}),
    "template.propose": frozenset({"administrator", "change_manager", "implementer", "service_owner"}),
    "template.approve": frozenset({"change_manager", "cab"}),
    "window.edit": frozenset({"administrator", "change_manager"}),
    "meeting.run": frozenset({"change_manager"}),
    "service.edit": frozenset({"administrator", "change_manager", "service_owner", "service_desk_lead"}),
    "service.propose": frozenset(
        {
            "administrator",
            "change_manager",
            "project_owner",
            "change_owner",
            "people_manager",
            "service_owner",
            "service_desk_lead",
        }
    ),
    "service.decide": frozenset({"administrator", "change_manager", "service_owner"}),
    "support.record": frozenset(
        {"administrator", "change_manager", "project_owner", "change_owner", "service_owner", "service_desk_lead"}
    ),
    "handover.tick": frozenset(
        {"administrator", "change_manager", "project_owner", "change_owner", "service_owner", "service_desk_lead"}
    ),
    "handover.accept": frozenset({"service_owner"}),
    "hypercare.confirm": frozenset({"administrator", "change_manager", "service_owner", "service_desk_lead"}),
    "ticket.link": frozenset({"administrator", "change_manager", "service_owner", "service_desk_lead"}),
}
"""Action to the roles that may do it, for records of the clients that the actor may see."""

ADMINISTRATORS_ONLY: Final = "only an administrator gives or takes the role administrator"

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
    "checklist.tick": "tick an item of a gate",
    "checkpoint.sign": "sign a gate",
    "lane.close": "close a lane",
    "change.create": "ask for a change",
    "change.edit": "edit this change",
    "change.assess": "assess a change",
    "change.vote": "vote",
    "change.record_vote": "record the vote of somebody else",
    "change.run": "start or end this change",
    "change.stop": "cancel, hold or release this change",
    "change.review": "review a change",
    "change.close": "close a change",
    "action.finish": "say that this action is done",
    "change.expire": "write down that a deadline has passed",
    "change.remind": "remind of votes and reviews",
    "delegation.give": "let somebody stand in",
    "policy.edit": "edit approval policies",
    "template.propose": "propose a standard change",
    "template.approve": "approve a standard change",
    "window.edit": "set freezes and maintenance windows",
    "meeting.run": "run a CAB meeting",
    "service.edit": "change a service",
    "service.propose": "record signals and propose improvements",
    "service.decide": "decide on an improvement",
    "support.record": "record what support does",
    "handover.tick": "work on a handover",
    "handover.accept": "take a service over",
    "hypercare.confirm": "confirm a criterion of hypercare",
    "ticket.link": "say that a change caused a ticket",
}

OWN: Final[dict[str, str]] = {
    "change.edit": "its requester",
    "change.run": "its implementer",
    "change.stop": "its requester",
    "action.finish": "its owner",
    "change.remind": "its requester",
}
"""Actions that belong to somebody by name, whatever the roles."""


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

    @property
    def administers(self) -> bool:
        """Whether the actor may make others administrators, or no longer."""
        return self.owns_desk or "administrator" in self.roles

    def sees(self, client: str) -> bool:
        """Whether records of the client are in the actor's scope."""
        return self.clients is None or client in self.clients


def refusal(actor: Actor, action: str, client: str | None = None, *, own: bool = False) -> str | None:
    """Why the actor may not do it, as a sentence; None when allowed.

    ``client`` is the client whose record is concerned, None when it concerns the whole desk. ``own``: the record names
    the actor as the one whose it is.
    """
    allowed = ALLOWED[action]
    if client is not None and not actor.sees(client):
        return f"{actor.login} has no access to client {client}"
    if own or EVERYONE in allowed or actor.owns_desk or actor.roles & allowed:
        return None
    need = " or ".join(plain(role) for role in sorted(allowed))
    also = f", or {OWN[action]}" if action in OWN else ""
    return f"{actor.login} may not {_PLAIN[action]}: that takes the role {need}{also}"
