"""The forms of what runs: services, what is agreed and what was measured, signals, improvements, support, handovers."""

from __future__ import annotations

from typing import Final

from changedesk.domain.forms.form import Form, Words, form_of
from changedesk.domain.kinds import service as kinds
from changedesk.domain.kinds.kind import Kind

_CLIENT: Final[Words] = ("Client", "Whose service it is", "clients")
_SERVICE: Final[Words] = ("Service", "Its name", "services")
_OF_SERVICE: Final[dict[str, Words]] = {"client": _CLIENT, "service": _SERVICE}

_HELP: Final[dict[str, dict[str, Words]]] = {
    "services": {
        "client": _CLIENT,
        "service": ("Service", "What it is called", ""),
        "owner": ("Owner", "Answers for it in operations", "people"),
        "state": ("State", "Where in its life it is", ""),
        "objective": ("Objective", "What of the client it serves", ""),
        "currency": ("Currency", "Such as EUR; without it there is no total cost", ""),
        "horizon_months": ("Horizon", "Months over which its total cost is counted", ""),
        "acquisition_cost": ("Acquisition", "What it cost to get it, in its currency", ""),
        "hour_rate": ("Support hour", "What an hour of support costs, in its currency", ""),
    },
    "agreements": {
        **_OF_SERVICE,
        "kind": ("Kind", "SLA: with the client, OLA: within the house, UC: with a supplier", ""),
        "metric": ("Metric", "Percent, hours, or incidents a month", ""),
        "target": ("Target", "In the unit of its metric", ""),
        "tolerance": ("Tolerance", "How far off it may be and still be accepted, in the same unit", ""),
        "partner": ("With", "Who has promised it", ""),
    },
    "service_periods": {
        **_OF_SERVICE,
        "start": ("From", "The first day", ""),
        "end": ("To", "The last day, which counts too", ""),
        "agreed_min": ("Agreed", "Minutes of service time, agreed maintenance left out", ""),
        "down_min": ("Down", "Minutes of it in which it was not there", ""),
        "failures": ("Failures", "How often it failed", ""),
        "restored_min": ("Restored", "Minutes from failure to full service, in all", ""),
        "repaired_min": ("Repaired", "Minutes from failure to the end of the repair, in all", ""),
        "incidents": ("Incidents", "How many there were", ""),
        "change_incidents": ("Of changes", "Incidents that somebody linked to a change", ""),
        "change_down_min": ("Down by changes", "Minutes, among those above", ""),
        "csat_sat": ("Satisfied", "Answers of 4 or 5 of 5", ""),
        "csat_n": ("Answers", "How many answered", ""),
        "asked": ("Asked", "How many were asked", ""),
        "cost": ("Cost", "Of running it in these days, in its currency", ""),
        "planned_cost": ("Planned cost", "What that was to be, in the same currency", ""),
        "releases": ("Releases", "How many there were", ""),
        "due": ("Due", "What had to be done by a time, open and late included", ""),
        "met": ("Met", "Of it, what was done in time", ""),
    },
    "signals": {
        **_OF_SERVICE,
        "limitation": ("Limitation", "What falls short; signals of one limitation speak together", ""),
        "kind": ("Kind", "Where it showed", ""),
        "date": ("Seen on", "The day it showed", ""),
        "detail": ("What", "What was seen", ""),
        "reference": ("Where", "A ticket, a problem record, a dashboard", ""),
    },
    "improvements": {
        **_OF_SERVICE,
        "limitation": ("Limitation", "As its signals name it", ""),
        "kind": ("Changes", "How it is done, what it runs on, or what it can do", ""),
        "owner": ("Owner", "Takes care of it", "people"),
        "due": ("Due", "The day by which it is to be there", ""),
    },
    "support_hours": {
        "date": ("From", "The day from which the hours count, as a rule a Monday", ""),
        "technical": ("On technology", "Hours spent on what is broken or set up wrongly", ""),
        "behavioural": ("On behaviour", "Hours spent on what people do with it", ""),
    },
    "security_exceptions": {
        "title": ("Exception", "What is allowed although the rule says no", ""),
        "opened_on": ("Since", "The day from which it holds", ""),
        "owner": ("Owner", "Closes it", "people"),
        "expires_on": ("Until", "When it ends by itself", ""),
        "closed_on": ("Closed", "The day it was closed", ""),
    },
    "duties": {
        "client": ("Client", "Whom they are there for", "clients"),
        "who": ("Who", "Who is there", "people"),
        "role": ("Role", "Such as first line, duty manager", ""),
        "start": ("From", "When it begins, by the client's clock", ""),
        "end": ("To", "When it ends, by the client's clock", ""),
        "contact": ("Reach", "A number or an address", ""),
    },
    "handovers": {
        "planned_start": ("Planned from", "The first day of the handover", ""),
        "planned_end": ("Planned to", "Its last day", ""),
        "started_on": ("Began", "The day it was begun", ""),
        "planned_hours": ("Planned hours", "Work in hours, of all who hand over and take over", ""),
        "spent_hours": ("Hours so far", "Of that work, what is done", ""),
    },
}
"""Kind and column to label, help and what completes it."""


def _form(kind: Kind, title: str, noun: str, action: str) -> Form:
    return form_of(kind, title, noun, action, _HELP[kind.name])


SERVICE_FORMS: Final[tuple[Form, ...]] = (
    _form(kinds.SERVICES, "Service", "service", "service.edit"),
    _form(kinds.AGREEMENTS, "Agreement", "agreement", "service.edit"),
    _form(kinds.SERVICE_PERIODS, "Service period", "period", "service.edit"),
    _form(kinds.SIGNALS, "Signal", "signal", "service.propose"),
    _form(kinds.IMPROVEMENTS, "Improvement", "improvement", "service.propose"),
    _form(kinds.SUPPORT_HOURS, "Support hours", "entry", "support.record"),
    _form(kinds.SECURITY_EXCEPTIONS, "Security exception", "exception", "support.record"),
    _form(kinds.DUTIES, "Duty", "duty", "support.record"),
    _form(kinds.HANDOVERS, "Handover", "handover", "handover.tick"),
)
"""The forms of what runs."""
