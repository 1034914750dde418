"""Change control of the demo: policies, standard changes, lives of changes, each act by the person who did it, at its time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from changedesk.services.demo.clocks import Clocks
from changedesk.services.demo.homes import Homes
from changedesk.services.demo.lives import ControlAct, life_of
from changedesk.services.demo.story import Story
from changedesk.services.demo.templates import template_acts
from changedesk.services.session import Session


def control_acts(story: Story, when: Clocks, homes: Homes) -> Iterator[ControlAct]:
    """Everything of change control that people did, client by client, in no particular order.

    A change of the story that is to be done in a maintenance window (``window``) is planned for the first one that is
    long enough.
    """
    for policy in story["policies"]:
        yield ControlAct(when.at(policy["client"], policy["day"], "09:00"), policy["by"], partial(_set_policy, policy))
    for template in story["templates"]:
        yield from template_acts(story, template, when, homes)
    for change in story["changes"]:
        yield from life_of(_planned(change, homes), when)
    for meeting in story["meetings"]:
        called = when.at(meeting["client"], *meeting["called"])
        yield ControlAct(called + timedelta(minutes=1), meeting["by"], partial(_call, meeting, when))
    for given in story["delegations"]:
        first = when.now.date() + timedelta(days=given["day"])
        until = when.now.date() + timedelta(days=given["until"])
        at = datetime.combine(first, time(8), UTC)
        yield ControlAct(at, given["by"], partial(_delegate, given["to"], first, until, given["reason"]))


def _planned(change: Mapping[str, Any], homes: Homes) -> Mapping[str, Any]:
    if not change.get("window"):
        return change
    start = homes.near(change["client"], change["services"], change["start"][0], change["minutes"], lambda _: 0)
    return {**change, "start": list(start)} if start else change


def _set_policy(story: Story, session: Session) -> None:
    from changedesk.domain.control.policy import policy_from
    from changedesk.services.control.rules import policies

    body = {name: value for name, value in story.items() if name not in ("client", "by", "day")}
    policies.set_policy(session, story["client"], policy_from(body))


def _call(meeting: Mapping[str, Any], when: Clocks, session: Session) -> None:
    from changedesk.services.control.approvals import meetings
    from changedesk.services.records import records

    texts = {name: str(meeting[name]) for name in ("client", "kind", "title", "chair", "attendees")}
    times = {name: when.at(meeting["client"], *meeting[name]).isoformat() for name in ("at", "ends_at")}
    saved = records.save(session, "meetings", records.blank(session, "meetings"), {**texts, **times})
    meetings.fill(session, saved.id or "")


def _delegate(to: str, first: date, until: date, reason: str, session: Session) -> None:
    from changedesk.services.control.approvals import delegating

    delegating.give_delegation(session, to, first, until, reason=reason)
