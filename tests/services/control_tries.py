"""Each action of change control as somebody would try it, on a desk where all of it is under way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from builders import NOW, TODAY, found
from changedesk.services.control.approvals import acknowledging, delegating, expiry, meetings, reminding, voting
from changedesk.services.control.changes import asking, assessing, running, stepping
from changedesk.services.control.learning import reviewing
from changedesk.services.control.rules import policies, templates
from changedesk.services.records import records
from changedesk.services.session import Session
from control_desks import POLICY, START, texts
from role_desks import BODY, NUMBER

Call = Callable[[Session], object]


def _meeting(session: Session, title: str) -> object:
    end = START + timedelta(hours=1)
    return _save(
        session, "meetings", client="alder", kind="cab", title=title, at=START.isoformat(), ends_at=end.isoformat()
    )


def _save(session: Session, form: str, **values: str) -> object:
    blank = records.blank(session, form, None)
    return records.save(session, form, blank, blank.values | values)


def _first(session: Session, table: str) -> str:
    return str(found(session.desk, f"SELECT id FROM {table} ORDER BY id LIMIT 1")[0][0])


def _all(*calls: Call) -> Callable[[Session, Path], object]:
    """One after the other; the first that is refused ends it, so the first has to be one that the action is about."""

    def every(session: Session, _folder: Path) -> object:
        return [call(session) for call in calls]

    return every


def _one(do: Callable[..., Any], *words: Any, **named: Any) -> Callable[[Session, Path], object]:
    return _all(lambda session: do(session, *words, **named))


def _window(session: Session, title: str) -> object:
    return _save(
        session, "windows", client="alder", kind="freeze_soft", title=title,
        start=(NOW + timedelta(days=40)).isoformat(), end=(NOW + timedelta(days=41)).isoformat(),
    )  # fmt: skip


CHANGE_TRIES: dict[str, list[Callable[[Session, Path], object]]] = {
    "change.create": [_one(asking.new, texts(requester="rita"))],
    "change.edit": [
        _one(asking.edit, NUMBER, {"title": "Another"}),
        _one(asking.submit, NUMBER),
        _one(stepping.add_step, NUMBER, "Switch"),
    ],
    "change.assess": [
        _one(asking.assess, NUMBER, "high"),
        _one(assessing.answer, NUMBER, {}),
        _one(acknowledging.acknowledge, NUMBER, "seen"),
    ],
    "change.vote": [_one(voting.vote, NUMBER, "abstain")],
    "change.record_vote": [_one(voting.vote, NUMBER, "abstain", seat="nora", evidence="mail of 26 Nov")],
    "change.run": [
        _one(running.start, NUMBER),
        _one(running.act_first, NUMBER, ("mona",), "INC-1"),
        _one(running.finish, NUMBER, "successful", [running.Proof(text="log")]),
        _one(running.back_out, NUMBER, "it failed"),
        _one(running.add_evidence, NUMBER, running.Proof(text="log")),
        _one(stepping.do_step, NUMBER, 1),
    ],
    "change.stop": [
        _one(asking.hold, NUMBER, "wait"),
        _one(asking.release, NUMBER, "go on"),
        _one(asking.cancel, NUMBER, "not needed"),
    ],
    "change.review": [
        _one(reviewing.review, NUMBER, "looked at"),
        _one(reviewing.add_action, NUMBER, "do better", None, None),
    ],
    "change.close": [_one(reviewing.close, NUMBER)],
    "action.finish": [_one(reviewing.finish_action, NUMBER, "none")],
    "change.expire": [_one(expiry.settle_one, NUMBER)],
    "change.remind": [_one(reminding.remind, NUMBER)],
    "delegation.give": [_one(delegating.give_delegation, "nora", TODAY, TODAY + timedelta(days=2))],
    "policy.edit": [_one(policies.set_policy, "alder", POLICY)],
    "template.propose": [_one(templates.propose, "alder", "restart", BODY)],
    "template.approve": [
        _one(templates.approve, "alder", "restart"),
        _one(templates.retire, "alder", "restart", "no longer used"),
    ],
    "window.edit": [_all(lambda session: _window(session, session.actor.login))],
    "meeting.run": [
        _all(lambda session: _meeting(session, session.actor.login)),
        _all(lambda session: meetings.fill(session, _first(session, "cab_meeting"))),
        _all(lambda session: meetings.close(session, _first(session, "cab_meeting"))),
    ],
}
"""Action to every use case that asks for it."""

CHANGE_REACHES: dict[str, Callable[[Session, str], object]] = {
    "vote": lambda session, number: voting.vote(session, number, "approve"),
    "vote for somebody": lambda session, number: voting.vote(session, number, "approve", seat="nora", evidence="mail"),
    "edit": lambda session, number: asking.edit(session, number, {"title": "Mine"}),
    "assess": lambda session, number: asking.assess(session, number, "low"),
    "submit": asking.submit,
    "start": running.start,
    "finish": lambda session, number: running.finish(session, number, "failed", [running.Proof(text="x")]),
    "back out": lambda session, number: running.back_out(session, number, "because"),
    "review": lambda session, number: reviewing.review(session, number, "bad"),
    "close": reviewing.close,
    "hold": lambda session, number: asking.hold(session, number, "wait"),
    "cancel": lambda session, number: asking.cancel(session, number, "no"),
    "remind": reminding.remind,
}
"""What somebody may try with a change of another client, by its number."""
