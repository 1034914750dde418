"""What is wrong with a policy before it is kept."""

from __future__ import annotations

from changedesk.domain.control.approval import ASSESS, AUTHORIZE
from changedesk.domain.control.policy import ROLE_SEAT, Policy, StepRule
from changedesk.domain.words import OUTCOMES, ROLES


def policy_problems(policy: Policy) -> list[str]:
    """What is wrong with a policy before it is kept, as sentences; none when it can be."""
    problems = []
    for path in ("normal", "emergency"):
        if not any(route.path == path and route.steps for route in policy.routes):
            problems.append(f"there is no route with steps for {path} changes")
    for route in policy.routes:
        if route.path == "normal" and not any(step.phase == ASSESS for step in route.steps):
            problems.append("a route of normal changes has no step that assesses")
        if route.path in ("normal", "emergency") and not any(step.phase == AUTHORIZE for step in route.steps):
            problems.append(f"a route of {route.path} changes has no step that authorizes")
        phases = [step.phase for step in route.steps]
        if phases != sorted(phases):
            problems.append(f"in a route of {route.path} changes a step authorizes before one assesses")
        names = [step.name.casefold() for step in route.steps]
        problems += [
            f"a route of {route.path} changes has two steps {name}" for name in names if names.count(name) > 1
        ][:1]
        for step in route.steps:
            problems += step_problems(step)
    strange_outcomes = [outcome for outcome in policy.success if outcome not in OUTCOMES]
    if strange_outcomes:
        problems.append(f"{strange_outcomes[0]} is no outcome; they are {', '.join(OUTCOMES)}")
    if not policy.success:
        problems.append("no outcome counts as success: every change would be a failed one")
    return problems


def step_problems(step: StepRule) -> list[str]:
    """What is wrong with one step of a policy, as sentences."""
    problems = []
    if not step.seats:
        problems.append(f"the step {step.name} has no seats: it could never approve")
    roles = [seat.removeprefix(ROLE_SEAT) for seat in step.seats if seat.startswith(ROLE_SEAT)]
    unknown = [role for role in roles if role not in ROLES]
    if unknown:
        problems.append(f"the step {step.name} has seats of a role {unknown[0]}, which is none")
    if step.rule == "percent" and not 1 <= (step.number or 0) <= 100:
        problems.append(f"the step {step.name} needs a percentage from 1 to 100")
    if step.rule == "at_least" and (step.number or 0) < 1:
        problems.append(f"the step {step.name} needs the least number of votes")
    names = [seat for seat in step.seats if not seat.startswith(ROLE_SEAT)]
    if step.rule == "at_least" and len(names) == len(step.seats) and (step.number or 0) > len(set(names)):
        problems.append(f"the step {step.name} asks for {step.number} votes of {len(set(names))} seats")
    if len(names) == len(step.seats) and step.quorum > len(set(names)):
        problems.append(
            f"the step {step.name} asks for {step.quorum} votes of any kind, but has {len(set(names))} seats"
        )
    if step.deadline_hours is not None and step.deadline_hours < 1:
        problems.append(f"the deadline of the step {step.name} is at least an hour")
    strange = [seat for seat in step.mandatory if seat not in step.seats]
    if strange:
        problems.append(f"{strange[0]} has to approve the step {step.name} but holds no seat of it")
    return problems
