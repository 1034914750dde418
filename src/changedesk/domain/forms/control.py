"""The forms of change control: a change with all that a vote is given on, a step of a policy, windows of time."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from changedesk.domain.forms.form import Form, Words, form_of
from changedesk.domain.kinds.control import CHANGE, WINDOWS
from changedesk.domain.kinds.kind import Column, Text
from changedesk.domain.kinds.policy import STEP

_WORDS: Final[dict[str, Words]] = {
    "client": ("Client", "Whose change it is", "clients"),
    "title": ("Title", "What is changed", ""),
    "path": ("Path", "standard: by template; normal: by vote; emergency: now", ""),
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
    "backout_plan": ("Back-out", "How it is taken back", ""),
    "backout_minutes": ("Back-out takes", "Minutes until everything is as it was", ""),
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

_STEP_WORDS: Final[dict[str, Words]] = {
    "name": ("Name", "What the step is called, such as CAB", ""),
    "phase": ("Does", "assess: judges risk and conflicts; authorize: lets it happen", ""),
    "rule": ("Rule", "How many approvals are enough", ""),
    "number": ("Number", "Of votes for at least, of percent for percent", ""),
    "seats": ("Seats", "Logins or role:cab, several with ; between them", "seats"),
    "mandatory": ("Has to approve", "Seats without whose approval nothing passes", "seats"),
    "quorum": ("Quorum", "How many have to approve or abstain; empty: none", ""),
    "deadline_hours": ("Deadline", "Hours from when the step begins to wait", ""),
    "on_timeout": ("When missed", "escalate: somebody is told; reject: it is rejected; it never approves", ""),
    "escalate_to": ("Then told", "Who is told; empty: the change managers", "people"),
    "freeze_number": ("In a freeze", "Votes that an emergency needs inside a hard freeze; 2 at least", ""),
}

STEP_FORM: Final[Form] = form_of(STEP, "Step", "step", "policy.edit", _STEP_WORDS)

_WINDOW = replace(WINDOWS, columns=(*WINDOWS.columns, Column("approved_by", Text(), "approved_by")))
"""A window as it is made here. Files that other people rely on keep their columns, so that who approved it stays here."""

_WINDOW_WORDS: Final[dict[str, Words]] = {
    "client": ("Client", "Empty: every client", "clients"),
    "kind": ("Kind", "A hard freeze blocks, a soft one is accepted by name", ""),
    "scope": ("Scope", "Empty: the whole client; or service:NAME", "scopes"),
    "title": ("Title", "What it is called", ""),
    "start": ("From", "By the client's clock: fri 18:00", ""),
    "end": ("To", "By the client's clock", ""),
    "rrule": ("Repeats", "every sun, every 2 weeks, first sat; empty: once", "rules"),
    "approved_by": ("Approved by", "Who decided on it", "people"),
}

WINDOW_FORM: Final[Form] = form_of(_WINDOW, "Window", "window", "window.edit", _WINDOW_WORDS)

CONTROL_FORMS: Final[tuple[Form, ...]] = (CHANGE_FORM, STEP_FORM, WINDOW_FORM)
