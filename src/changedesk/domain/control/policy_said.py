"""A policy in words: the rules of a client, and for which changes it asks for which steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from changedesk.domain.control.policy import LEAST_IN_FREEZE, ROLE_SEAT, Policy, Route, StepRule
from changedesk.domain.counted import listed
from changedesk.domain.words import plain


class PolicyLine(NamedTuple):
    """One line of a policy: ``kind`` is rule (of the client), route, or step (of the route before it)."""

    kind: str
    name: str
    text: str


def policy_lines(policy: Policy) -> Iterator[PolicyLine]:
    """The whole policy, line by line."""
    yield from rules_said(policy)
    for route in policy.routes:
        yield PolicyLine("route", route_said(route).capitalize(), "" if route.steps else "no steps")
        for step in route.steps:
            yield PolicyLine("step", step.name, step_said(step))


def rules_said(policy: Policy) -> Iterator[PolicyLine]:
    """What holds for every change of the client."""
    lead = f"{policy.lead_hours} h between submitting and the window" if policy.lead_hours else "no minimum"
    yield PolicyLine("rule", "Lead time", lead)
    recorded = "a change manager may write down, with evidence" if policy.records_votes else "nobody may write down"
    yield PolicyLine("rule", "Votes of others", recorded)
    yield PolicyLine("rule", "Went well", f"what ended {' or '.join(plain(outcome) for outcome in policy.success)}")
    sample = (
        f"1 standard change in {policy.review_sample}" if policy.review_sample else "no standard change that went well"
    )
    yield PolicyLine("rule", "Spot checks", sample)


def route_said(route: Route) -> str:
    """For which changes a route is: ``normal changes, high risk, of mail``."""
    risks = f", {' or '.join(route.risks)} risk" if route.risks else ""
    services = f", of {', '.join(route.services)}" if route.services else ""
    return f"{route.path} changes{risks}{services}"


def step_said(step: StepRule) -> str:
    """A step in one sentence: who decides how, who has to, by when, and what happens then."""
    parts = [f"{'assesses' if step.phase == 'assess' else 'authorizes'}: {rule_said(step)} of {seats_said(step.seats)}"]
    if step.mandatory:
        parts.append(f"{seats_said(step.mandatory)} has to approve")
    if step.quorum:
        parts.append(f"{step.quorum} have to approve or abstain")
    if step.deadline_hours:
        parts.append(f"within {step.deadline_hours} h, else {timeout_said(step)}")
    if step.freeze_number:
        parts.append(f"{max(step.freeze_number, LEAST_IN_FREEZE)} in a hard freeze")
    return "; ".join(parts)


def rule_said(step: StepRule) -> str:
    """The rule of a step in words, whoever holds its seats: ``at least 2``, ``majority``, ``60 %``."""
    match step.rule:
        case "any":
            return "any one"
        case "at_least":
            return f"at least {step.number or '?'}"
        case "percent":
            return f"{step.number or '?'} %"
        case _:
            return step.rule


def timeout_said(step: StepRule) -> str:
    """What a missed deadline means; it never approves."""
    if step.on_timeout == "reject":
        return "it is rejected"
    return f"{step.escalate_to} is told" if step.escalate_to else "the change managers are told"


def seats_said(seats: tuple[str, ...]) -> str:
    """Seats in words: logins, and everybody with a role."""
    return listed([seat_said(seat) for seat in seats], 12) if seats else "nobody"


def seat_said(seat: str) -> str:
    """A seat in words: a login, or everybody with a role."""
    if not seat.startswith(ROLE_SEAT):
        return seat
    role = seat.removeprefix(ROLE_SEAT)
    said = plain(role)
    return f"the {said}" if said.isupper() else f"the {said}s"
