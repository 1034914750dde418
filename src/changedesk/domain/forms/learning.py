"""The forms after changes: how one ended, the review, an action, a standard change."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from changedesk.domain.forms.form import Form, Words, form_of
from changedesk.domain.kinds.kind import Kind
from changedesk.domain.kinds.learning import ACTION, ENDING, REVIEW, TEMPLATE

_ENDING: Final[dict[str, Words]] = {
    "outcome": ("Outcome", "With issues: in place, but something went wrong on the way", ""),
    "shown_by": ("Shown by", "A document, a measurement; of what was backed out: why", ""),
    "began": ("Began", "By the client's clock; empty: when started", ""),
    "ended": ("Ended", "By the client's clock; empty: now", ""),
    "caused_p1": ("Caused a P1", "A standard change suspends its template then; empty: no", ""),
}
_REVIEW: Final[dict[str, Words]] = {
    "result": ("Objectives", "Did it do what it was for?", ""),
    "findings": ("What was found", "In a sentence or two", ""),
    "cause": ("Cause", "Where it went wrong: in the technology, in how people took it up, in both", ""),
    "impacts": ("Impact", "What people noticed while it was done", ""),
    "last_minute": ("Last minute", "What was changed at the last minute, and by whom", ""),
    "downtime_minutes": ("Downtime", "Minutes in which something really did not work; empty when nobody knows", ""),
    "incidents": ("Incidents", "The numbers of those that it caused, several with ; between them", ""),
    "caused_p1": ("A P1 among them", "A failure that caused one suspends the template that it followed", ""),
    "informed": ("Business told", "When it was taken back: did the business hear of it?", ""),
    "adoption_effect": ("Adoption", "What became of the use of what it served", ""),
    "lesson": ("Lesson", "Shown to whoever drafts the next change like it", ""),
    "action": ("To do", "What has to be done now; n adds more later", ""),
    "action_owner": ("Done by", "Who does it", "people"),
    "action_due": ("Due", "By when", ""),
    "proposal": ("Proposal", "What to change in the template or the policy; somebody accepts or declines it", ""),
    "about": ("About", "Which of both; the template that it followed when left empty, else the policy", ""),
}
_ACTION: Final[dict[str, Words]] = {
    "text": ("To do", "What has to be done", ""),
    "owner": ("Done by", "Who does it", "people"),
    "due": ("Due", "By when", ""),
}
_TEMPLATE: Final[dict[str, Words]] = {
    "client": ("Client", "Whose standard change it is", "clients"),
    "name": ("Name", "One short word, such as restart-mail; the same name is its next version", ""),
    "title": ("Title", "What its uses are called", ""),
    "services": ("Services", "What it touches, several with ; between them", ""),
    "reason": ("Why", "What it is for", ""),
    "plan": ("Plan", "What is done", ""),
    "test_plan": ("Tests", "How it is checked", ""),
    "backout_plan": ("Back-out", "How it is taken back", ""),
    "backout_minutes": ("Back-out takes", "Minutes", ""),
    "outage_minutes": ("Outage", "Minutes in which people cannot work; 0 for none", ""),
    "risk": ("Risk", "Of a use", ""),
    "max_risk": ("Risk up to", "A use with a higher one takes the normal path", ""),
    "allowed": ("Left open", "What a use may say for itself, several with ; between them", ""),
    "min_success": ("Has to go well", "Percent of the last 20 uses", ""),
}


def _form(kind: Kind, title: str, noun: str, action: str, words: dict[str, Words]) -> Form:
    """A form that shows the columns that have words; others belong to the record and are not typed."""
    shown = replace(kind, columns=tuple(column for column in kind.columns if column.name in words))
    return replace(form_of(shown, title, noun, action, words), kind=kind)


ENDING_FORM: Final = _form(ENDING, "How did it end?", "ending", "desk.read", _ENDING)
"""Whoever does the change may say it, without any role: that is asked with the change."""
REVIEW_FORM: Final = _form(REVIEW, "Review", "review", "change.review", _REVIEW)
ACTION_FORM: Final = _form(ACTION, "Action", "action", "change.review", _ACTION)
TEMPLATE_FORM: Final = _form(TEMPLATE, "Standard change", "standard change", "template.propose", _TEMPLATE)
