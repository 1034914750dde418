"""Change control of the demo: policies, standard changes, lives of changes, each act by the person who did it, at its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from changedesk.domain.control.policy import DEFAULT_POLICY
from changedesk.domain.control.review import is_sampled
from changedesk.services.demo_story import Story
from changedesk.services.session import Session

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


@dataclass(frozen=True, slots=True)
class Clocks:
    """Turns days counted from today, and hours on a client's wall, into moments."""

    now: datetime
    zones: Mapping[str, ZoneInfo]

    def at(self, client: str, days: float, hour: str) -> datetime:
        """That hour on that day; without an hour so many days, and parts of days, from now."""
        if not hour:
            return self.now + timedelta(days=days)
        zone = self.zones[client]
        day: date = self.now.astimezone(zone).date() + timedelta(days=int(days))
        return datetime.combine(day, time.fromisoformat(hour), zone).astimezone(UTC)


def clocks(portfolio: Story, now: datetime) -> Clocks:
    """The clocks of the demo's clients."""
    return Clocks(now, {one["client"]: ZoneInfo(one["timezone"]) for one in portfolio["clients"]})


def control_acts(story: Story, when: Clocks) -> Iterator[ControlAct]:
    """Everything of change control that people did, client by client, in no particular order."""
    for policy in story["policies"]:
        yield ControlAct(when.at(policy["client"], policy["day"], "09:00"), policy["by"], partial(_set_policy, policy))
    for template in story["templates"]:
        yield from _template_acts(story, template, when)
    for change in story["changes"]:
        yield from _life(change, when)
    for meeting in story["meetings"]:
        called = when.at(meeting["client"], *meeting["called"])
        yield ControlAct(called + timedelta(minutes=1), meeting["by"], partial(_call, meeting, when))
    for given in story["delegations"]:
        first = when.now.date() + timedelta(days=given["day"])
        until = when.now.date() + timedelta(days=given["until"])
        at = datetime.combine(first, time(8), UTC)
        yield ControlAct(at, given["by"], partial(_delegate, given["to"], first, until, given["reason"]))


def _set_policy(story: Story, session: Session) -> None:
    from changedesk.domain.control.policy import policy_from
    from changedesk.services.control import policies

    body = {name: value for name, value in story.items() if name not in ("client", "by", "day")}
    policies.set_policy(session, story["client"], policy_from(body))


def _call(meeting: Mapping[str, Any], when: Clocks, session: Session) -> None:
    from changedesk.services import records
    from changedesk.services.control import meetings

    texts = {name: str(meeting[name]) for name in ("client", "kind", "title", "chair", "attendees")}
    times = {name: when.at(meeting["client"], *meeting[name]).isoformat() for name in ("at", "ends_at")}
    saved = records.save(session, "meetings", records.blank(session, "meetings"), {**texts, **times})
    meetings.fill(session, saved.id or "")


def _delegate(to: str, first: date, until: date, reason: str, session: Session) -> None:
    from changedesk.services.control import voting

    voting.give_delegation(session, to, first, until, reason=reason)


def _template_acts(story: Story, template: Story, when: Clocks) -> Iterator[ControlAct]:
    client, name = template["client"], template["name"]
    proposed = when.at(client, template["day"], "10:00")
    until = when.now + timedelta(days=template["approved_for"] + template["day"])
    yield ControlAct(proposed, template["by"], partial(_propose, template))
    yield ControlAct(proposed + timedelta(hours=5), template["approver"], partial(_approve, client, name, until))
    board = story["boards"][client]
    uses = template["uses"]
    for place, outcome in enumerate(uses, 1):
        days = template["day"] + 14 + (-14 - template["day"]) * place // (len(uses) + 1)
        change = {
            "number": f"{name[:3].upper()}-{client[:1].upper()}{place:02d}",
            "client": client,
            "path": "standard",
            "template": name,
            "start": [days, "12:15"],
            "minutes": 45,
            "services": [board["services"][place % len(board["services"])]]
            if "services" in template["allowed"]
            else template["body"].get("services", []),
            "requester": board["requester"],
            "implementer": board["implementers"][place % len(board["implementers"])],
            "life": [[days, "11:30", "new"], [days, "11:40", "submit"], [days, "12:16", "start"], _end(days, outcome)],
        }
        yield from _life(change, when)
        looked_at = outcome != "successful" or is_sampled(f"{client}/{change['number']}", DEFAULT_POLICY.review_sample)
        reviewed = [_review(story, place, outcome, days, board["manager"])] if looked_at else []
        yield from _life({**change, "life": [*reviewed, [days + 1, "16:00", "close", board["manager"]]]}, when)


def _end(days: float, outcome: str) -> list[object]:
    if outcome == "backed_out":
        return [days, "12:41", "back_out", "The check failed; taken back as the template says"]
    return [days, "12:32", "finish", outcome, "Done as the template says; the check is in the ticket"]


def _review(story: Story, place: int, outcome: str, days: float, manager: str) -> list[object]:
    found = [one for one in story["reviews"] if one["outcome"] == outcome]
    return [days + 1, "15:00", "review", manager, found[place % len(found)]]


def _propose(story: Story, session: Session) -> None:
    from changedesk.services.control import templates

    body = {name: tuple(value) if isinstance(value, list) else value for name, value in story["body"].items()}
    templates.propose(
        session, story["client"], story["name"], body, allowed=tuple(story["allowed"]), max_risk=story["max_risk"]
    )


def _approve(client: str, name: str, until: datetime, session: Session) -> None:
    from changedesk.services.control import templates

    templates.approve(session, client, name, until)


def _life(change: Mapping[str, Any], when: Clocks) -> Iterator[ControlAct]:
    """The acts of one change in their order; those of its requester and implementer are by them."""
    client = change["client"]
    life = list(change["life"])
    if life and life[0][2] == "act_first":
        before = when.at(client, life[0][0], life[0][1]) - timedelta(minutes=6)
        yield ControlAct(before, change["requester"], partial(_new, change, when))
    for days, hour, verb, *rest in life:
        at = when.at(client, days, hour)
        match verb:
            case "new":
                yield ControlAct(at, change["requester"], partial(_new, change, when))
            case "submit":
                yield ControlAct(at, change["requester"], partial(_submit, change))
            case "assess":
                yield ControlAct(at, change.get("manager", "change.manager"), partial(_assess, change, *rest))
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
                yield ControlAct(at, rest[0], partial(_give_review, change, rest[1]))
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
    from changedesk.services.control import asking

    start = when.at(change["client"], *change["start"])
    texts = {name: str(change[name]) for name in _TEXTS if name in change}
    texts["services"] = ";".join(change["services"])
    texts["planned_start"] = start.isoformat()
    texts["planned_end"] = (start + timedelta(minutes=change["minutes"])).isoformat()
    asking.new(session, texts, change["number"])


def _submit(change: Mapping[str, Any], session: Session) -> None:
    from changedesk.services.control import asking

    asking.submit(session, _named(change))


def _assess(change: Mapping[str, Any], risk: str, comment: str, session: Session) -> None:
    from changedesk.services.control import asking

    asking.assess(session, _named(change), risk, comment)


def _edit(change: Mapping[str, Any], texts: Mapping[str, str], session: Session) -> None:
    from changedesk.services.control import asking

    asking.edit(session, _named(change), texts)


def _vote(change: Mapping[str, Any], decision: str, comment: str, session: Session) -> None:
    from changedesk.services.control import voting

    voting.vote(session, _named(change), decision, comment=comment or None)


def _hold(change: Mapping[str, Any], reason: str, session: Session) -> None:
    from changedesk.services.control import asking

    asking.hold(session, _named(change), reason)


def _act_first(change: Mapping[str, Any], authoriser: str, session: Session) -> None:
    from changedesk.services.control import running

    running.act_first(session, _named(change), (authoriser,), None)


def _start(change: Mapping[str, Any], session: Session) -> None:
    from changedesk.services.control import running

    running.start(session, _named(change))


def _finish(change: Mapping[str, Any], outcome: str, evidence: str, session: Session) -> None:
    from changedesk.services.control import running

    running.finish(session, _named(change), outcome, [running.Proof(text=evidence)])


def _back_out(change: Mapping[str, Any], reason: str, session: Session) -> None:
    from changedesk.services.control import running

    running.back_out(session, _named(change), reason)


def _give_review(change: Mapping[str, Any], found: Mapping[str, str], session: Session) -> None:
    from changedesk.services.control import reviewing

    reviewing.review(
        session,
        _named(change),
        found["findings"],
        result=found["result"],
        cause=found["cause"],
        lesson=found["lesson"],
    )


def _close(change: Mapping[str, Any], session: Session) -> None:
    from changedesk.services.control import reviewing

    reviewing.close(session, _named(change))
