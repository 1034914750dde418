"""What one learns from changes as JSON documents: questions, risk, base rate, lessons, what is owed, figures.

Scripts read these names: they are kept from version to version.
"""

from __future__ import annotations

from changedesk.cli.output import utc
from changedesk.domain.control.base_rate import BaseRate
from changedesk.domain.control.kpis import GROUPS, RATES, Kpis
from changedesk.domain.control.lead_time import LeadTime
from changedesk.domain.control.lessons import Lesson
from changedesk.domain.control.proposal import LearnedProposal
from changedesk.domain.control.review import OpenAction
from changedesk.domain.control.risk import Questionnaire
from changedesk.domain.proportion import Proportion
from changedesk.services.control.changes.assessing import RiskView
from changedesk.services.control.learning.kpis import KpiView
from changedesk.services.control.learning.reviews import Owed, ReviewsView


def questions_document(asked: Questionnaire) -> dict[str, object]:
    """The questions that are asked, with their answers and rules."""
    return {
        "name": asked.name,
        "title": asked.title,
        "matrix": [list(row) for row in asked.matrix],
        "questions": [
            {
                "key": question.key,
                "text": question.text,
                "about": question.about,
                "weight": question.weight,
                "answers": [
                    {"word": answer.word, "text": answer.text, "points": answer.points} for answer in question.answers
                ],
            }
            for question in asked.questions
        ],
        "rules": [
            {
                "level": rule.level,
                "why": rule.why,
                "at_least": dict(rule.at_least),
                "services": list(rule.services),
            }
            for rule in asked.rules
        ],
    }


def risk_document(view: RiskView) -> dict[str, object]:
    """What the answers make of a change, for ``change show --json``."""
    found = view.assessment
    return {
        "questionnaire": view.questionnaire.name,
        "answers": dict(view.answers),
        "impact": found.impact,
        "likelihood": found.likelihood,
        "score": found.score,
        "level": found.level,
        "by_rule": found.by_rule,
        "factors": list(found.factors),
        "doubt": view.doubt,
    }


def rate_document(rate: BaseRate) -> dict[str, object]:
    """A base rate as a document."""
    return {
        "n": rate.n,
        "outcomes": dict(rate.counts),
        "unauthorised": rate.unauthorised,
        "success": _share(rate.success),
        "median_minutes": rate.median_minutes,
        "same": list(rate.same),
        "given_up": list(rate.given_up),
        "exactly": rate.exactly,
    }


def lesson_document(lesson: Lesson) -> dict[str, object]:
    """A lesson as a document."""
    return {
        "client": lesson.client,
        "number": lesson.number,
        "text": lesson.text,
        "tags": list(lesson.tags),
        "at": utc(lesson.at),
    }


def owed_document(view: ReviewsView) -> dict[str, object]:
    """What is owed after changes."""
    return {
        "reviews": [_owed(one) for one in view.reviews],
        "to_close": [_owed(one) for one in view.to_close],
        "actions": [_action(one) for one in view.actions],
        "proposals": [_proposal(one) for one in view.proposals],
        "suspended": [{"client": one.client, "template": one.name, "why": one.suspended_why} for one in view.suspended],
        "outcomes_90_days": dict(view.outcomes),
        "causes_90_days": dict(view.causes),
    }


def _owed(one: Owed) -> dict[str, object]:
    return {
        "client": one.change.client,
        "number": one.change.number,
        "title": one.title,
        "outcome": one.change.outcome,
        "why": one.why,
        "due": utc(one.due),
        "overdue": one.overdue,
        "missing": list(one.missing),
    }


def _action(one: OpenAction) -> dict[str, object]:
    action = one.action
    return {
        "id": action.id,
        "client": one.client,
        "number": one.number,
        "text": action.text,
        "owner": action.owner,
        "due": utc(action.due),
    }


def _proposal(one: LearnedProposal) -> dict[str, object]:
    return {
        "id": one.id,
        "client": one.client,
        "number": one.number,
        "about": one.about,
        "template": one.template,
        "text": one.text,
        "made_by": one.made_by,
        "made_at": utc(one.made_at),
    }


def figures_document(view: KpiView, client: str | None) -> dict[str, object]:
    """The figures of change control, of one client or of all in view."""
    return {
        "client": client,
        "since": utc(view.window.since),
        "until": utc(view.window.until),
        "counts_as_success": {code: list(words) for code, words in view.success.items()},
        **_figures(view.whole),
        "by": {by: {name: _figures(found) for name, found in view.groups[by].items()} for by in GROUPS},
        "months": [{"month": f"{month.since:%Y-%m}", **_figures(found)} for month, found in view.months],
    }


def _figures(found: Kpis) -> dict[str, object]:
    return {
        **{name: _share(getattr(found, name)) for name in RATES},
        "approval_hours": _lead(found.lead),
        "downtime_minutes": found.downtime,
        "downtime_known": found.downtime_known,
        "cancelled": found.cancelled,
        "rejected": found.rejected,
    }


def _lead(lead: LeadTime) -> dict[str, object]:
    return {
        "p50": lead.p50,
        "p80": lead.p80,
        "longest": lead.longest if lead.n else None,
        "n": lead.n,
        "waiting": lead.undecided,
    }


def _share(share: Proportion) -> dict[str, object]:
    low, high = share.interval or (None, None)
    return {
        "part": share.part,
        "n": share.whole,
        "percent": share.percent,
        "low": None if low is None else 100 * low,
        "high": None if high is None else 100 * high,
    }
