"""What other tools call our columns, and how much a name of theirs looks like one of ours."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

CALLED: Final[dict[str, tuple[str, ...]]] = {
    "id": ("number", "key", "ticket", "ticket id", "incident id", "issue key", "case", "reference", "problem number"),
    "opened_at": ("opened", "created", "created at", "created date", "open time", "opening date", "reported", "requested",
                  "submitted", "start", "created time", "date time"),
    "resolved_at": ("resolved", "solved", "solved at", "resolved time", "resolution date", "finished", "finished date",
                    "completed", "closed at", "close time", "done"),
    "priority": ("prio", "severity", "impact", "urgency"),
    "category": ("type", "issue type", "ticket type", "contact reason", "topic", "subcategory"),
    "service": ("product", "component", "system", "application", "business service", "cmdb ci", "ci name"),
    "client": ("customer", "company", "organization", "organisation", "account", "tenant"),
    "initiative": ("project", "programme"),
    "audience": ("group", "user group", "team", "department", "dept", "unit"),
    "state": ("status", "incident state", "stage", "sub status"),
    "title": ("summary", "subject", "short description", "name", "task name", "description", "symptom"),
    "related_change": ("change", "caused by", "related change", "rfc", "change request"),
    "planned_start": ("start", "start date", "begin", "from"),
    "planned_end": ("finish", "end", "due", "due date", "deadline", "until", "to"),
    "actual_start": ("actual start", "started"),
    "actual_end": ("actual finish", "completed", "done"),
    "owner": ("assigned to", "assignee", "responsible", "resource names"),
    "milestone": ("is milestone",),
    "site": ("location", "office", "branch", "plant"),
    "headcount": ("people", "users", "size", "count", "employees", "staff", "persons", "heads", "fte"),
    "login": ("user", "user name", "account", "uid"),
    "email": ("mail", "e mail"),
    "code": ("short name", "abbreviation", "key"),
    "date": ("day", "as of", "period", "month", "week"),
    "numerator": ("active", "active users", "value", "using", "used", "in use", "users"),
    "denominator": ("total", "eligible", "eligible users", "population", "of"),
    "metric": ("kpi", "measure", "indicator"),
    "value": ("amount", "result"),
    "budget": ("budgeted cost", "total budget"),
    "actual_cost": ("cost", "spent", "ac", "acwp"),
    "planned_value": ("pv", "bcws"),
    "earned_value": ("ev", "bcwp"),
}  # fmt: skip
"""Our columns to names under which other tools export the same, in plain words."""

_WORD: Final = re.compile(r"[a-z]+|[0-9]+")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def likeness(ours: str, theirs: str) -> float:
    """How much a column name of theirs looks like one of ours, 0 to 1: the best over all that it may be called.

    Our own name counts most, then the others in the order in which they stand.
    """
    wanted = _words(theirs)
    called = (ours, *CALLED.get(ours, ()))
    return max(_alike(_words(name), wanted) * (1 - 0.01 * n) for n, name in enumerate(called))


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_HUMP.sub(" ", name).casefold()))


def _alike(called: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    shared = len({*called} & {*theirs}) / len({*called} | {*theirs})
    # One name within the other says more than as many letters in common.
    within = 0.85 if {*called} <= {*theirs} else 0.0
    letters = SequenceMatcher(None, " ".join(called), " ".join(theirs)).ratio()
    return max(shared, within * (0.6 + 0.4 * shared), 0.9 * letters if letters > 0.75 else 0.0)
