"""A change as a document: the same for scripts, and in what is handed over about it."""

from __future__ import annotations

from datetime import datetime

from changedesk.domain.control.request import ChangeRequest
from changedesk.services.control.reading import ChangeView
from changedesk.store.times import seconds


def row_document(change: ChangeRequest) -> dict[str, object]:
    """A change as a line of ``change list --json``."""
    content = change.content
    return {
        "number": change.number,
        "client": change.client,
        "title": content.title,
        "path": content.path,
        "state": change.state,
        "hold": change.hold is not None,
        "hold_reason": change.hold,
        "revision": change.revision,
        "risk": content.risk,
        "services": list(content.services),
        "planned_start": utc(content.planned_start),
        "planned_end": utc(content.planned_end),
        "actual_start": utc(change.actual_start),
        "actual_end": utc(change.actual_end),
        "requester": content.requester,
        "implementer": content.implementer,
        "initiative": content.initiative,
        "outcome": change.outcome,
        "imported": change.imported,
    }


def document(view: ChangeView) -> dict[str, object]:
    """The document of ``change show --json`` and of the evidence bundle."""
    change, content, s = view.change, view.change.content, view.s
    return {
        **row_document(change),
        "milestone": content.milestone,
        "reason": content.reason,
        "outage_minutes": content.outage_minutes,
        "plan": content.plan,
        "test_plan": content.test_plan,
        "backout_plan": content.backout_plan,
        "backout_minutes": content.backout_minutes,
        "template": content.template,
        "template_version": content.template_version,
        "incident": content.incident,
        "risk_answers": dict(content.risk_answers),
        "digest": change.digest,
        "policy_version": view.policy_version,
        "conflicts": [
            {
                "kind": conflict.kind,
                "key": conflict.key,
                "sentence": conflict.sentence,
                "start": utc(conflict.start),
                "end": utc(conflict.end),
                "blocks": conflict.blocks,
                "acknowledged_by": conflict.acknowledged_by,
                "reason": conflict.reason,
            }
            for conflict in s.conflicts
        ],
        "steps": [
            {
                "order": step.step.order,
                "name": step.step.name,
                "phase": step.step.phase,
                "rule": step.step.rule,
                "rule_said": step.rule,
                "seats": list(step.step.seats),
                "mandatory": list(step.step.mandatory),
                "result": step.result,
                "due": utc(step.due),
            }
            for step in view.steps
        ],
        "votes": [
            {
                "step": vote.step,
                "voter": vote.voter,
                "on_behalf_of": vote.on_behalf_of,
                "decision": vote.decision,
                "comment": vote.comment,
                "revision": vote.revision,
                "counts": vote.counts,
                "recorded_by": vote.recorded_by,
                "evidence": vote.evidence,
                "at": utc(vote.at),
            }
            for vote in s.votes
        ],
        "approval": s.approval,
        "authorised": s.authorised,
        "authorisers": list(change.authorisers),
        "retro_due": utc(change.retro_due),
        "retro_overdue": s.retro_overdue,
        "go_live_checkpoint": None
        if s.light is None
        else {"initiative": s.light.initiative, "delivery": s.light.delivery, "people": s.light.people},
        "outcome_reason": change.outcome_reason,
        "evidence": [
            {
                "kind": one.kind,
                "name": one.name,
                "text": one.text,
                "sha256": one.sha256,
                "at": utc(one.at),
                "by": one.by,
            }
            for one in view.evidence
        ],
        "review": None
        if s.review is None
        else {
            "reviewer": s.review.reviewer,
            "at": utc(s.review.at),
            "findings": s.review.findings,
            "result": s.review.result,
            "cause": s.review.cause,
            "impacts": s.review.impacts,
            "last_minute": s.review.last_minute,
            "informed": s.review.informed,
            "adoption_effect": s.review.adoption_effect,
            "incidents": list(s.review.incidents),
            "downtime_minutes": s.review.downtime_minutes,
            "proposal": s.review.proposal,
        },
        "actions": [
            {
                "id": action.id,
                "text": action.text,
                "owner": action.owner,
                "due": utc(action.due),
                "done_at": utc(action.done_at),
            }
            for action in view.actions
        ],
        "review_wanted": view.review_wanted,
        "missing": list(view.missing),
    }


def utc(moment: datetime | None) -> str | None:
    """A moment as documents have it: UTC, to the second, with ``Z``; unknown is null."""
    return None if moment is None else seconds(moment)
