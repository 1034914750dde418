"""What is wrong with a policy before it is kept."""

from __future__ import annotations

from changedesk.domain.control.approval import ASSESS, AUTHORIZE
from changedesk.domain.control.policy import ROLE_SEAT, Policy, Route, StepRule
from changedesk.domain.words import OUTCOMES, ROLES

Fault = tuple[str, str]
"""The field of a step that is wrong, and the sentence about it."""


def policy_problems(policy: Policy) -> list[str]:
    """What is wrong with a policy, as sentences; none when it can be kept."""
    problems = []
    for path in ("normal", "emergency"):
        if not any(route.path == path and route.steps for route in policy.routes):
            problems.append(f"there is no route with steps for {path} changes")
    for route in policy.routes:
        problems += _route_problems(route)
    strange = [outcome for outcome in policy.success if outcome not in OUTCOMES]
    if strange:
        problems.append(f"{strange[0]} is no outcome; they are {', '.join(OUTCOMES)}")
    if not policy.success:
        problems.append("no outcome counts as success: every change would be a failed one")
    return problems


def _route_problems(route: Route) -> list[str]:
    problems = []
    if route.path == "normal" and not any(step.phase == ASSESS for step in route.steps):
        problems.append("a route of normal changes has no step that assesses")
    if route.path in ("normal", "emergency") and not any(step.phase == AUTHORIZE for step in route.steps):
        problems.append(f"a route of {route.path} changes has no step that authorizes")
    phases = [step.phase for step in route.steps]
    if phases != sorted(phases):
        problems.append(f"in a route of {route.path} changes a step authorizes before one assesses")
    names = [step.name.casefold() for step in route.steps]
    twice = next((step.name for step in route.steps if names.count(step.name.casefold()) > 1), None)
    if twice:
        problems.append(f"a route of {route.path} changes has two steps {twice}")
    for step in route.steps:
        problems += [sentence for _, sentence in step_faults(step)]
    return problems


def step_faults(step: StepRule) -> list[Fault]:
    """What is wrong with one step of a policy, at its fields."""
    faults = []
    name = f"the step {step.name}"
    people = [seat for seat in step.seats if not seat.startswith(ROLE_SEAT)]
    only_people = len(people) == len(step.seats)
    roles = [seat.removeprefix(ROLE_SEAT) for seat in step.seats if seat.startswith(ROLE_SEAT)]
    unknown = [role for role in roles if role not in ROLES]
    if not step.seats:
        faults.append(("seats", f"{name} has no seats: it could never approve"))
    if unknown:
        faults.append(("seats", f"{name} has seats of a role {unknown[0]}, which is none"))
    if step.rule == "percent" and not 1 <= (step.number or 0) <= 100:
        faults.append(("number", f"{name} needs a percentage from 1 to 100"))
    if step.rule == "at_least" and (step.number or 0) < 1:
        faults.append(("number", f"{name} needs the least number of votes"))
    if step.rule == "at_least" and only_people and (step.number or 0) > len(set(people)):
        faults.append(("number", f"{name} asks for {step.number} votes of {len(set(people))} seats"))
    if only_people and step.quorum > len(set(people)):
        faults.append(
            ("quorum", f"{name} asks for {step.quorum} who approve or abstain, but has {len(set(people))} seats")
        )
    if step.deadline_hours is not None and step.deadline_hours < 1:
        faults.append(("deadline_hours", f"the deadline of {name} is at least an hour"))
    strange = [seat for seat in step.mandatory if seat not in step.seats]
    if strange:
        faults.append(("mandatory", f"{name} has no seat for {strange[0]}, who has to approve it"))
    return faults
