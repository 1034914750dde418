"""What to do first about a gap: what the playbook says, else the next work of the plan, else what has helped elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.people.standing import GroupStanding, NextWork, OpenItem

_BY_KIND: Final[Mapping[str, str]] = {
    "message": "Let their own manager say why it changes, in person",
    "training": "Train them on their own work, and watch one of them do it",
    "practice": "Let them try it where nothing can break",
    "briefing": "Brief the managers, and let them rehearse the first objections",
    "commitment": "Ask for one visible act with a date",
    "script": "Write the script with the desk and try it in ten calls",
    "escalation": "Name who takes over, and call that number once",
    "article": "Write the article from the questions of the pilot",
    "access": "Hand it out and see each of them sign in",
}
"""By what is to be ready."""

_BY_ABOUT: Final[Mapping[str, str]] = {
    "audience": "Sit with three of them and see what is missing",
    "manager": "Brief the managers, and let them rehearse the first objections",
    "sponsor": "Ask for one visible act with a date",
    "support": "Go through it with the desk and name who finishes it",
    "service": "Go through it with the service owner and name who finishes it",
}
"""By who is to be ready, where nobody said what."""


_WHO_KNOWS: Final[Mapping[str, str]] = {
    "audience": "their manager",
    "manager": "the managers",
    "sponsor": "the sponsor",
    "support": "the service desk",
    "service": "the service owner",
}
"""Whom to ask about what nobody knows."""


def item_action(item: OpenItem, next_work: NextWork | None) -> str:
    """What to do about an item that is not ready; of one that nobody knows, first to find out."""
    if item.action:
        return item.action
    if item.status == "unknown":
        if item.owner:
            # Said of the owner, who may be the reader: nobody is told to ask themselves.
            return f"{item.owner} finds out, and records what shows it"
        whom = f"the manager of {item.audience}" if item.audience else _WHO_KNOWS[item.about]
        return f"Ask {whom}, and record what shows it"
    if item.about == "audience" and next_work is not None:
        return f"Finish what is planned for them: {next_work.title}"
    return _BY_KIND.get(item.kind or "") or _BY_ABOUT[item.about]


def unassessed_action(audience: str) -> str:
    """What to do about a group that nobody has looked at."""
    return f"Ask the managers of {audience} what has to be true before go-live, and record it"


def training_action(roles: int) -> str:
    """What to do when no training is made for the roles that are hit."""
    whose = "the role that is hit" if roles == 1 else f"each of {counted(roles, 'role')}"
    return f"Plan a training on their own work for {whose}"


def adoption_action(group: GroupStanding) -> str:
    """What to do where use is behind its plan, or nobody has looked."""
    if group.percent is None:
        return "Count how many of them use it"
    if group.old_way:
        return f"Retire the old way: {group.old_way}"
    if group.next_work is not None:
        return f"Finish what is planned for them: {group.next_work.title}"
    return "Watch five of them work, and ask what stops them"


def relapse_action(group: GroupStanding) -> str:
    """What to do where people went back."""
    if group.old_way:
        return f"Take the old way away: {group.old_way}"
    return "Find out with their manager what pulls them back, and count again next week"
