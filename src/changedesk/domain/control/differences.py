"""What changed between two revisions of a change, field by field, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from changedesk.domain.control.request import CONTENT_FIELDS, Content
from changedesk.domain.words import plain
from changedesk.values import dataclass

LABELS: Final[dict[str, str]] = {
    "path": "Path",
    "title": "Title",
    "planned_start": "Window from",
    "planned_end": "Window to",
    "services": "Services",
    "reason": "Why",
    "outage_minutes": "Outage, minutes",
    "plan": "Plan",
    "test_plan": "Tests",
    "backout_plan": "Back-out",
    "backout_minutes": "Back-out, minutes",
    "risk": "Risk",
    "risk_answers": "Risk factors",
    "requester": "Asked by",
    "implementer": "Done by",
    "initiative": "Serves",
    "milestone": "Milestone",
    "template": "Template",
    "template_version": "Template version",
    "incident": "Incident",
}
"""What each field of a change is called, everywhere that it is shown."""

ASKED: Final = ("requester", "implementer", "reason", "plan", "test_plan", "backout_plan", "incident")
"""The fields that say who wants what and how it is to be done, in the order in which a page tells them."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that was changed: what it is called, what stood there and what stands there now; empty was nothing."""

    name: str
    label: str
    before: str
    after: str


def differences(before: Content, after: Content, said: Callable[[datetime], str]) -> tuple[FieldChange, ...]:
    """The fields in which two revisions differ, in the order of the form; ``said`` puts a moment into words."""
    return tuple(
        FieldChange(name, LABELS[name], value_said(getattr(before, name), said), value_said(getattr(after, name), said))
        for name in CONTENT_FIELDS
        if getattr(before, name) != getattr(after, name)
    )


def fields_said(content: Content, names: Iterable[str], said: Callable[[datetime], str]) -> tuple[tuple[str, str], ...]:
    """What is known of these fields: what each is called, and its value in words."""
    told = ((LABELS[name], value_said(getattr(content, name), said)) for name in names)
    return tuple((label, value) for label, value in told if value)


def value_said(value: object, said: Callable[[datetime], str]) -> str:
    """The value of a field as a person reads it; empty when it is unknown."""
    match value:
        case None:
            return ""
        case datetime():
            return said(value)
        case tuple():
            return ", ".join(
                f"{plain(one[0])} {plain(one[1])}" if isinstance(one, tuple) else str(one) for one in value
            )
        case _:
            return str(value)
