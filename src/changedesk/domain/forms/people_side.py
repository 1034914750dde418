"""The forms of the people side: impacts, readiness, stakeholders, surveys and what goes with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from changedesk.domain.forms.form import Form, Words, form_of
from changedesk.domain.kinds import people_side as kinds
from changedesk.domain.kinds.kind import Column, Text

_IMPACT = replace(
    kinds.IMPACTS,
    columns=(
        *kinds.IMPACTS.columns,
        Column("yesterday", Text(), "yesterday"),
        Column("tomorrow", Text(), "tomorrow"),
    ),
)

_SCORE: Final = "1 not at all, 5 fully"
_WHO: Final[Words] = ("Audience", "Who; empty: everybody", "audiences")

_IMPACT_WORDS: Final[Mapping[str, Words]] = {
    "audience": ("Audience", "Whom it hits", "audiences"),
    "aspect": ("Aspect", "What of their work it changes", ""),
    "degree": ("Degree", "0 not at all, 5 as hard as can be", ""),
    "yesterday": ("Yesterday", "How it was done", ""),
    "tomorrow": ("Tomorrow", "How it will be done", ""),
}

_READINESS_WORDS: Final[Mapping[str, Words]] = {
    "about": ("About", "A group itself, or what it leans on", ""),
    "audience": ("Audience", "The group, when it is about one; empty: no group", "audiences"),
    "item": ("What", "What has to be true, so that it can be checked", ""),
    "status": ("Status", "unknown counts as not ready", ""),
    "kind": ("Kind", "What kind of work gets it ready", ""),
    "weight": ("Weight", "How much it counts; empty: 1", ""),
    "due": ("Due", "By when", ""),
    "checkpoint": ("Gate", "The gate that asks for it", ""),
    "lane": ("Lane", "Which side answers for it at the gate", ""),
    "owner": ("Owner", "Who gets it ready", "people"),
    "evidence": ("Evidence", "What shows it", ""),
    "action": ("Next action", "What to do first while it is not ready", ""),
}

_REASON_WORDS: Final[Mapping[str, Words]] = {
    "reason": ("Reason", "Why people will call", ""),
    "expected": ("Expected", "Contacts in the first week", ""),
    "script": ("Script", "Where the desk's script is", ""),
    "article": ("Article", "Where people read it themselves", ""),
    "escalation": ("Escalation", "Who takes over, and how", ""),
}

_STAKEHOLDER_WORDS: Final[Mapping[str, Words]] = {
    "stakeholder": ("Who", "A login or a name", "people"),
    "role": ("Role", "What this person is", ""),
    "audiences": ("Speaks to", "Audiences that hear it from this person, ; between them", "audiences"),
    "power": ("Power", "1 little, 5 decides", ""),
    "interest": ("Interest", "1 little, 5 much", ""),
    "stance_now": ("Stance now", "-2 against it, 0 neutral, 2 for it in the open", ""),
    "stance_wanted": ("Stance wanted", "-2 to 2", ""),
    "coalition": ("In the coalition", "Stands for it together with the sponsor", ""),
    "last_act": ("Last visible act", "What people saw this person do for it", ""),
    "last_act_on": ("Seen on", "The day of that", ""),
    "owner": ("Contact", "Who keeps in touch", "people"),
}

_SURVEY_WORDS: Final[Mapping[str, Words]] = {
    "audience": ("Audience", "Who was asked", "audiences"),
    "date": ("Round", "One day for all answers of a round", ""),
    "respondent": ("Respondent", "A number that tells this answer from others; never a name", ""),
    "awareness": ("Awareness", f"Knows why it changes: {_SCORE}", ""),
    "desire": ("Desire", f"Wants it: {_SCORE}", ""),
    "knowledge": ("Knowledge", f"Knows how: {_SCORE}", ""),
    "ability": ("Ability", f"Can do it: {_SCORE}", ""),
    "reinforcement": ("Reinforcement", f"Is held to it: {_SCORE}", ""),
    "answers": ("Answers", "How many answered exactly so; empty: 1", ""),
}

_CONFIDENCE_WORDS: Final[Mapping[str, Words]] = {
    "whose": ("Whose", "Of whom it is", ""),
    "date": ("On", "The day it was said", ""),
    "score": ("Confidence", "1 none, 5 full", ""),
    "comment": ("Comment", "In their own words", ""),
}

_BEHAVIOUR_WORDS: Final[Mapping[str, Words]] = {
    "behaviour": ("Behaviour", "What people do differently", ""),
    "audience": _WHO,
    "standard": ("Standard", "What counts as doing it", ""),
    "metric": ("Metric", "What shows it: utilization (how many use it), proficiency, compliance, satisfaction", ""),
}

_EXPECTED_WORDS: Final[Mapping[str, Words]] = {
    "title": ("What", "What people will say or do", ""),
    "audience": _WHO,
    "cause": ("Cause", "Why", ""),
    "action": ("Action", "What kind of answer helps", ""),
    "answer": ("Answer", "What to do", ""),
}

PEOPLE_SIDE: Final[tuple[Form, ...]] = (
    form_of(_IMPACT, "Impact", "impact", "impact.record", _IMPACT_WORDS),
    form_of(kinds.READINESS_ITEMS, "Readiness item", "readiness item", "readiness.record", _READINESS_WORDS),
    form_of(kinds.CONTACT_REASONS, "Contact reason", "contact reason", "readiness.record", _REASON_WORDS),
    form_of(kinds.STAKEHOLDERS, "Stakeholder", "stakeholder", "stakeholder.record", _STAKEHOLDER_WORDS),
    form_of(kinds.SURVEYS, "Survey answer", "answer", "survey.record", _SURVEY_WORDS),
    form_of(kinds.CONFIDENCE, "Confidence", "confidence", "stakeholder.record", _CONFIDENCE_WORDS),
    form_of(kinds.BEHAVIOURS, "Behaviour", "behaviour", "impact.record", _BEHAVIOUR_WORDS),
    form_of(kinds.EXPECTED_RESISTANCE, "Expected resistance", "expectation", "impact.record", _EXPECTED_WORDS),
)
"""The forms of the people side."""
