"""The lives of the demo's changes, step by step, each by the person who took it, at its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from changedesk.services.demo.clocks import Clocks
from changedesk.services.session import Session
from changedesk.values import dataclass

Deed = Callable[[Session], object]


@dataclass(frozen=True, slots=True)
class ControlAct:
    """Something that somebody did at a moment; ``by`` is a login, None the desk's owner."""

    at: datetime
    by: str | None
    do: Deed = field(compare=False)

    @property
    def day(self) -> date:
        """The day on which it was done, in UTC."""
        return self.at.date()


def life_of(change: Mapping[str, Any], when: Clocks) -> Iterator[ControlAct]:
    """The acts of one change in their order; those of its requester and implementer are by them."""
    client = change["client"]
    start = when.at(client, *change["start"])
    life = list(change["life"])
    if life and life[0][2] == "act_first":
        before = when.at(client, life[0][0], life[0][1]) - timedelta(minutes=6)
        yield ControlAct(before, change["requester"], partial(_new, change, when))
    for days, hour, verb, *rest in life:
        # A step of the work itself is told in minutes from its planned start.
        at = start + timedelta(minutes=hour) if days == "start" else when.at(client, days, hour)
        match verb:
            case "new":
                yield ControlAct(at, change["requester"], partial(_new, change, when))
            case "submit":
                yield ControlAct(at, change["requester"], partial(_submit, change))
            case "assess":
                yield ControlAct(at, change.get("manager", "change.manager"), partial(_assess, change, *rest))
            case "answer":
                yield ControlAct(at, change.get("manager", "change.manager"), partial(_answer, change, *rest))
            case "edit":
                yield ControlAct(at, change["requester"], partial(_edit, change, *rest))
            case "vote":
                yield ControlAct(at, rest[0], partial(_vote, change, *rest[1:]))
            case "hold":
                yield ControlAct(at, change["requester"], partial(_hold, change, *rest))
            case "act_first":
                yield ControlAct(at, change["implementer"], partial(_act_first, change, *rest))
            case "start":
                yield ControlAct(at, change["implementer"], partial(_start, change))
            case "finish":
                yield ControlAct(at, change["implementer"], partial(_finish, change, *rest))
            case "back_out":
                yield ControlAct(at, change["implementer"], partial(_back_out, change, *rest))
            case "review":
                yield ControlAct(at, rest[0], partial(_give_review, change, rest[1], when))
            case "close":
                yield ControlAct(at, rest[0], partial(_close, change))
            case _:
                raise AssertionError(f"the demo has no act {verb}")


def _named(change: Mapping[str, Any]) -> str:
    return f"{change['client']}/{change['number']}"


_TEXTS = (
    "client",
    "title",
    "path",
    "template",
    "reason",
    "plan",
    "test_plan",
    "backout_plan",
    "backout_minutes",
    "outage_minutes",
    "risk",
    "implementer",
    "initiative",
    "milestone",
    "incident",
)


def _new(change: Mapping[str, Any], when: Clocks, session: Session) -> None:
    from changedesk.services.control.changes import asking

    start = when.at(change["client"], *change["start"])
    texts = {name: str(change[name]) for name in _TEXTS if name in change}
    texts["services"] = ";".join(change["services"])
    texts["planned_start"] = start.isoformat()
    texts["planned_end"] = (start + timedelta(minutes=change["minutes"])).isoformat()
    asking.new(session, texts, change["number"])


def _submit(change: Mapping[str, Any], session: Session) -> None:
    from changedesk.services.control.changes import asking

    asking.submit(session, _named(change))


def _assess(change: Mapping[str, Any], risk: str, comment: str, session: Session) -> None:
    from changedesk.services.control.changes import asking

    asking.assess(session, _named(change), risk, comment)


def _answer(change: Mapping[str, Any], answers: Mapping[str, str], comment: str, session: Session) -> None:
    from changedesk.services.control.changes import assessing

    assessing.answer(session, _named(change), answers, comment=comment or None)


def _edit(change: Mapping[str, Any], texts: Mapping[str, str], session: Session) -> None:
    from changedesk.services.control.changes import asking

    asking.edit(session, _named(change), texts)


def _vote(change: Mapping[str, Any], decision: str, comment: str, session: Session) -> None:
    from changedesk.services.control.approvals import voting

    voting.vote(session, _named(change), decision, comment=comment or None)


def _hold(change: Mapping[str, Any], reason: str, session: Session) -> None:
    from changedesk.services.control.changes import asking

    asking.hold(session, _named(change), reason)


def _act_first(change: Mapping[str, Any], authoriser: str, session: Session) -> None:
    from changedesk.services.control.changes import running

    running.act_first(session, _named(change), (authoriser,), None)


def _start(change: Mapping[str, Any], session: Session) -> None:
    from changedesk.services.control.changes import running

    running.start(session, _named(change))


def _finish(change: Mapping[str, Any], outcome: str, evidence: str, session: Session) -> None:
    from changedesk.services.control.changes import running

    p1 = bool(change.get("caused_p1"))
    running.finish(session, _named(change), outcome, [running.Proof(text=evidence)], caused_p1=p1)


def _back_out(change: Mapping[str, Any], reason: str, session: Session) -> None:
    from changedesk.services.control.changes import running

    running.back_out(session, _named(change), reason, caused_p1=bool(change.get("caused_p1")))


def _give_review(change: Mapping[str, Any], found: Mapping[str, Any], when: Clocks, session: Session) -> None:
    from changedesk.services.control.learning import reviewing

    today = when.now.date()
    actions = [
        reviewing.NewAction(text, owner, today + timedelta(days=due)) for text, owner, due in found.get("actions", [])
    ]
    reviewing.review(
        session,
        _named(change),
        found["findings"],
        result=found["result"],
        cause=found["cause"],
        lesson=found.get("lesson"),
        informed=found.get("informed"),
        proposal=found.get("proposal"),
        about=found.get("about"),
        incidents=found.get("incidents", ()),
        downtime_minutes=found.get("downtime"),
        actions=actions,
    )


def _close(change: Mapping[str, Any], session: Session) -> None:
    from changedesk.services.control.learning import reviewing

    reviewing.close(session, _named(change))
