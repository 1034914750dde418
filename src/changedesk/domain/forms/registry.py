"""The forms by which records are made and changed: each follows the declaration of its kind, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from changedesk.domain.control.business import STANDARD
from changedesk.domain.forms.adoption import COUNT_FORM, KEY_RESULT_FORM
from changedesk.domain.forms.control import CONTROL_FORMS
from changedesk.domain.forms.form import Form, form_of
from changedesk.domain.forms.learning import ACTION_FORM, ENDING_FORM, REVIEW_FORM, TEMPLATE_FORM
from changedesk.domain.forms.people_side import PEOPLE_SIDE
from changedesk.domain.forms.service import SERVICE_FORMS
from changedesk.domain.kinds import initiative, working
from changedesk.domain.kinds.kind import Column, Kind, Number, Text, ToService, Word
from changedesk.domain.kinds.meetings import MEETINGS_FORM
from changedesk.domain.words import BENEFIT_KINDS

_INITIATIVE = replace(
    initiative.INITIATIVES,
    columns=(
        *initiative.INITIATIVES.columns,
        Column("charter", Text(), "charter"),
        Column("outcome_owner", Text(), "outcome_owner"),
        Column("change_budget", Number(0, 1e15), "change_budget"),
        Column("service", ToService(), "service_id"),
    ),
    constants={},
)

_CLIENT = replace(
    initiative.CLIENTS,
    columns=(*initiative.CLIENTS.columns, Column("capacity", Number(0.1, 1000), "saturation_capacity")),
)

_AUDIENCE = replace(
    initiative.AUDIENCES, columns=(*initiative.AUDIENCES.columns, Column("capacity", Number(0.1, 1000), "capacity"))
)

_BENEFIT = replace(
    initiative.BENEFITS, columns=(*initiative.BENEFITS.columns, Column("kind", Word(BENEFIT_KINDS), "kind"))
)

_HELP: Final[dict[tuple[str, str], tuple[str, str, str]]] = {
    ("clients", "client"): ("Code", "Short name, unique on this desk", ""),
    ("clients", "name"): ("Name", "What the organisation is called", ""),
    ("clients", "timezone"): ("Time zone", "Such as Europe/Helsinki; empty: UTC", ""),
    ("clients", "user_maturity"): ("Maturity", "1 new to change, 5 practised", ""),
    ("clients", "business_hours"): ("Business hours", f"Such as mon-fri 08:00-18:00; empty: {STANDARD}", ""),
    ("clients", "retro_hours"): (
        "Afterwards, hours",
        "Until when an emergency that was begun needs its votes; empty: 24",
        "",
    ),
    ("clients", "pir_days"): ("Review, days", "Business days until the review after a change is due; empty: 5", ""),
    ("clients", "capacity"): ("Load it can bear", "Of a group in a week, where one heavy change is 10; empty: 10", ""),
    ("people", "login"): ("Login", "The account's name", ""),
    ("people", "name"): ("Name", "As people say it", ""),
    ("people", "email"): ("E-mail", "Where mail reaches them", ""),
    ("people", "client"): ("Client", "Empty: our own staff", "clients"),
    ("people", "roles"): ("Roles", "What they may do here, several with ; between them", ""),
    ("initiatives", "code"): ("Code", "Short and unique, such as MFA", ""),
    ("initiatives", "title"): ("Title", "What it is called", ""),
    ("initiatives", "client"): ("Client", "Whose initiative it is", "clients"),
    ("initiatives", "project_owner"): ("Project owner", "Answers for delivery", "people"),
    ("initiatives", "change_owner"): (
        "Change owner",
        "Answers for people using it; somebody else than the project owner",
        "people",
    ),
    ("initiatives", "sponsor"): ("Sponsor", "Stands behind it in person", "people"),
    ("initiatives", "go_live_planned"): ("Go-live planned", "The day people start to use it", ""),
    ("initiatives", "go_live_actual"): ("Went live", "The day they did", ""),
    ("initiatives", "budget"): ("Budget", "Of the whole initiative, in its currency", ""),
    ("initiatives", "currency"): ("Currency", "Such as EUR", ""),
    ("initiatives", "state"): ("State", "Where it stands; empty: set by its dates", ""),
    ("initiatives", "charter"): ("Charter", "Where the approved charter lies", ""),
    ("initiatives", "outcome_owner"): ("Outcome owner", "Answers for the outcome when the project is over", "people"),
    ("initiatives", "service"): ("Service", "What it becomes, or changes, in operations", "services"),
    ("initiatives", "change_budget"): ("People budget", "Its part for people work, in the same currency", ""),
    ("audiences", "audience"): ("Audience", "A group by what it does", ""),
    ("audiences", "role"): ("Role", "What its people do", ""),
    ("audiences", "site"): ("Site", "Where they work", ""),
    ("audiences", "headcount"): ("People", "How many there are; ? while nobody knows", ""),
    ("audiences", "go_live"): ("Own go-live", "When it is a wave of its own", ""),
    ("audiences", "capacity"): (
        "Load it can bear",
        "In a week, a heavy change is 10; empty: the client's",
        "",
    ),
    ("activities", "lane"): ("Lane", "Whose work it is: that of delivery, of people, or of the service", ""),
    ("activities", "phase"): ("Phase", "One of its lane", ""),
    ("activities", "title"): ("Title", "What is done", ""),
    ("activities", "kind"): ("Kind", "One of its lane", ""),
    ("activities", "audience"): ("Audience", "Whom it is for; empty: everybody", "audiences"),
    ("activities", "owner"): ("Owner", "Who does it", "people"),
    ("activities", "planned_start"): ("Planned from", "Its first day", ""),
    ("activities", "planned_end"): ("Planned to", "Its last day", ""),
    ("activities", "actual_start"): ("Began", "The day it was begun", ""),
    ("activities", "actual_end"): ("Done", "The day it was finished: it earns its weight then", ""),
    ("activities", "weight"): ("Weight", "How much it counts; empty: 1", ""),
    ("activities", "milestone"): ("Milestone", "Whether other work depends on its day", ""),
    ("targets", "audience"): ("Audience", "Empty: everybody", "audiences"),
    ("targets", "metric"): ("Metric", "utilization (how many use it), proficiency, compliance, satisfaction", ""),
    ("targets", "target"): ("Target", "Percent of those who could", ""),
    ("targets", "by"): ("By", "The day by which it is to be reached", ""),
    ("snapshots", "date"): ("As of", "The day of these figures", ""),
    ("snapshots", "planned_value"): ("Planned value", "What the work due so far was to cost, in its currency", ""),
    ("snapshots", "earned_value"): ("Earned value", "What the work done so far was to cost, in the same currency", ""),
    ("snapshots", "actual_cost"): ("Actual cost", "What it has cost, in the same currency", ""),
    ("snapshots", "scope_done"): ("Scope done", "In any unit, the same each time", ""),
    ("snapshots", "scope_total"): ("Scope in all", "In the same unit", ""),
    ("benefits", "benefit"): ("Benefit", "What it is done for, as a measure", ""),
    ("benefits", "kind"): ("Kind", "A disbenefit is borne for the rest: its target is a limit", ""),
    ("benefits", "unit"): ("Unit", "Such as minutes a ticket", ""),
    ("benefits", "baseline"): ("Baseline", "The value before, in that unit", ""),
    ("benefits", "target"): ("Target", "The value to reach; below the baseline it is to fall", ""),
    ("benefits", "due"): ("Due", "The day by which it is to be reached", ""),
    ("benefits", "owner"): ("Owner", "Who answers for it", "people"),
    ("benefits", "dependent_share"): ("Depends on people", "0 to 1: the share that comes only if people use it", ""),
    ("benefit_observations", "benefit"): ("Benefit", "Which one was measured", "benefits"),
    ("benefit_observations", "date"): ("Measured on", "The day of the value", ""),
    ("benefit_observations", "value"): ("Value", "In the unit of the benefit", ""),
    ("risks", "title"): ("Risk", "What may go wrong", ""),
    ("risks", "kind"): ("Kind", "delivery: the project owner's; adoption: the change owner's", ""),
    ("risks", "probability"): ("Probability", "1 hardly, 5 nearly sure", ""),
    ("risks", "impact"): ("Impact", "1 hardly felt, 5 stops it", ""),
    ("risks", "owner"): ("Owner", "Who watches it", "people"),
    ("risks", "response"): ("Response", "What is done about it", ""),
    ("risks", "closed_on"): ("Closed", "When it is over", ""),
    ("decisions", "title"): ("Decision", "What is decided", ""),
    ("decisions", "touches_timing"): ("Touches timing", "Does it move dates?", ""),
    ("decisions", "touches_adoption"): ("Touches adoption", "Does it change what people have to do?", ""),
    ("resistance", "title"): ("What", "What people say or do", ""),
    ("resistance", "audience"): ("Audience", "Who", "audiences"),
    ("resistance", "first_seen"): ("First seen", "The day it came to light", ""),
    ("resistance", "severity"): ("Severity", "1 a remark, 5 stops the change", ""),
    ("resistance", "cause"): ("Cause", "Why", ""),
    ("resistance", "owner"): ("Owner", "Who takes care of it", "people"),
    ("resistance", "action"): ("Action", "What kind of answer it gets", ""),
    ("resistance", "issue"): ("Came to", "What came of it", ""),
    ("resistance", "milestone"): ("Slipped", "The milestone that it moved", "milestones"),
    ("resistance", "outcome"): ("Outcome", "How it ended", ""),
    ("resistance", "closed_on"): ("Closed", "When it was over", ""),
    ("workarounds", "title"): ("Old way", "What people do instead", ""),
    ("workarounds", "audience"): ("Audience", "Who", "audiences"),
    ("workarounds", "kind"): ("Kind", "shadow process: an old way that is kept alive beside the new one", ""),
    ("workarounds", "first_seen"): ("First seen", "The day it came to light", ""),
    ("workarounds", "count"): ("How many", "People or cases", ""),
    ("workarounds", "tolerated"): ("Tolerated", "Does a manager let it pass?", ""),
    ("workarounds", "owner"): ("Owner", "Who retires it", "people"),
    ("workarounds", "retire_by"): ("Retire by", "The day by which it is to be gone", ""),
    ("workarounds", "closed_on"): ("Gone", "When it was over", ""),
    ("holidays", "client"): ("Client", "Who does not work on it", "clients"),
    ("holidays", "date"): ("Day", "On which nobody works", ""),
    ("holidays", "title"): ("Name", "What the day is called", ""),
}
"""Kind and column to label, help and what completes it."""


def _form(kind: Kind, title: str, noun: str, action: str) -> Form:
    words = {column: said for (name, column), said in _HELP.items() if name == kind.name}
    return form_of(kind, title, noun, action, words)


FORMS: Final[Mapping[str, Form]] = {
    form.kind.name: form
    for form in (
        _form(_CLIENT, "Client", "client", "desk.arrange"),
        _form(initiative.PEOPLE, "Person", "person", "desk.arrange"),
        _form(working.HOLIDAYS, "Holiday", "holiday", "desk.arrange"),
        _form(_INITIATIVE, "Initiative", "initiative", "initiative.edit"),
        _form(_AUDIENCE, "Audience", "audience", "initiative.edit"),
        _form(initiative.ACTIVITIES, "Activity", "activity", "initiative.edit"),
        _form(initiative.TARGETS, "Target", "target", "initiative.edit"),
        _form(initiative.SNAPSHOTS, "Project snapshot", "snapshot", "initiative.edit"),
        _form(_BENEFIT, "Benefit", "benefit", "initiative.edit"),
        _form(initiative.BENEFIT_OBSERVATIONS, "Measured value", "measured value", "initiative.edit"),
        _form(working.RISKS, "Risk", "risk", "initiative.edit"),
        _form(working.DECISIONS, "Decision", "decision", "initiative.edit"),
        MEETINGS_FORM,
        _form(working.RESISTANCE, "Resistance", "entry", "habit.record"),
        _form(working.WORKAROUNDS, "Workaround", "workaround", "habit.record"),
        *PEOPLE_SIDE,
        *CONTROL_FORMS,
        COUNT_FORM,
        KEY_RESULT_FORM,
        ENDING_FORM,
        REVIEW_FORM,
        ACTION_FORM,
        TEMPLATE_FORM,
        *SERVICE_FORMS,
    )
}
"""Every form by the name of its kind."""

PEOPLE_COLUMNS: Final = frozenset(
    {"project_owner", "change_owner", "sponsor", "outcome_owner", "owner", "chair", "stakeholder", "approved_by", "who"}
)
"""Columns that name somebody: the audit holds ids in their place."""
