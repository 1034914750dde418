"""The form of a change request: what a vote is given on, field by field."""

from __future__ import annotations

from typing import Final

from changedesk.domain.form import Form, Words, form_of
from changedesk.domain.kinds_control import CHANGE

_WORDS: Final[dict[str, Words]] = {
    "client": ("Client", "Whose change it is", "clients"),
    "title": ("Title", "What is changed", ""),
    "path": ("Path", "standard: by an approved template; normal: by the board; emergency: now", ""),
    "template": ("Template", "The standard change that it follows; it fills in what is left empty", "templates"),
    "planned_start": ("Window from", "By the client's clock", ""),
    "planned_end": ("Window to", "By the client's clock", ""),
    "services": (
        "Services",
        "What it touches, several with ; between them; none: every freeze is in its way",
        "services",
    ),
    "reason": ("Why", "What it is for", ""),
    "plan": ("Plan", "What is done", ""),
    "test_plan": ("Tests", "What was tried, and how it is checked afterwards", ""),
    "backout_plan": ("Roll-back", "How it is taken back", ""),
    "backout_minutes": ("Roll-back takes", "Minutes", ""),
    "outage_minutes": ("Outage", "Minutes in which people cannot work; 0 for none", ""),
    "risk": ("Risk", "As far as it is known; the assessment says it", ""),
    "implementer": ("Done by", "Neither this person nor the requester votes", "people"),
    "initiative": ("Serves", "The initiative that needs it", "initiatives"),
    "milestone": (
        "Milestone",
        "The activity of the initiative that it is; its go-live needs both lights",
        "milestones",
    ),
    "incident": ("Incident", "The incident or threat behind an emergency", ""),
}
"""Column to label, help and what completes it."""

CHANGE_FORM: Final[Form] = form_of(CHANGE, "Change", "change", "change.create", _WORDS)
