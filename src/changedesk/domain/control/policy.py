"""Approval policies: which steps a change takes, by path, risk and service, and who holds their seats.

A policy is versioned and never retroactive: a change keeps the version that it was submitted under (invariant 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Final

from changedesk.domain.control.approval import ASSESS, AUTHORIZE, Step, needed
from changedesk.domain.control.request import Content
from changedesk.domain.service.names import shared
from changedesk.values import dataclass

ROLE_SEAT: Final = "role:"
"""A seat that everybody with a role holds: ``role:cab``."""
LEAST_IN_FREEZE: Final = 2
"""So many different people at least take an emergency through a hard freeze."""


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step as a policy has it. Seats are logins or ``role:ROLE``; ``freeze_number`` is the least of votes in a hard freeze."""

    name: str
    phase: str
    rule: str
    seats: tuple[str, ...]
    number: int | None = None
    mandatory: tuple[str, ...] = ()
    quorum: int = 0
    deadline_hours: int | None = None
    on_timeout: str = "escalate"
    escalate_to: str | None = None
    freeze_number: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """The steps for changes of a path; empty ``risks`` or ``services`` stand for any. The first route that fits is taken."""

    path: str
    steps: tuple[StepRule, ...]
    risks: tuple[str, ...] = ()
    services: tuple[str, ...] = ()

    def fits(self, content: Content) -> bool:
        """Whether a change takes this route; one whose risk is not known yet takes the route of any risk, else the highest."""
        if content.path != self.path:
            return False
        if self.services and not shared(self.services, content.services):
            return False
        return not self.risks or content.risk in self.risks


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a client's policy.

    ``records_votes``: a change manager may write down votes of people without an account, with evidence. ``lead_hours``
    is the least time between submitting and the window. ``success`` are the outcomes that count as success.
    """

    routes: tuple[Route, ...]
    records_votes: bool = False
    lead_hours: int = 0
    success: tuple[str, ...] = ("successful",)
    review_sample: int = 10
    """One standard change in so many is reviewed even when it went well."""


DEFAULT_POLICY: Final = Policy(
    routes=(
        Route(
            "normal",
            (
                StepRule("Assessment", ASSESS, "any", ("role:change_manager",), deadline_hours=48),
                StepRule("CAB", AUTHORIZE, "majority", ("role:cab",), deadline_hours=72),
            ),
        ),
        Route(
            "emergency",
            (
                StepRule(
                    "ECAB",
                    AUTHORIZE,
                    "at_least",
                    ("role:ecab", "role:cab"),
                    number=1,
                    deadline_hours=4,
                    freeze_number=2,
                ),
            ),
        ),
    )
)
"""The policy of a client that has none of its own."""


def route_of(policy: Policy, content: Content) -> Route | None:
    """The route of a change; None when the policy has none for it (a standard change takes none)."""
    fitting = [route for route in policy.routes if route.fits(content)]
    if fitting:
        return fitting[0]
    if content.risk is None:
        # Not assessed yet: the strictest reading, so that nothing is let through that a known risk would hold.
        guesses = (route_of(policy, replace(content, risk=risk)) for risk in ("high", "medium", "low"))
        return next((route for route in guesses if route is not None), None)
    return None


def roles_of(policy: Policy) -> frozenset[str]:
    """The roles that hold seats anywhere in the policy."""
    return frozenset(
        seat.removeprefix(ROLE_SEAT)
        for route in policy.routes
        for step in route.steps
        for seat in (*step.seats, *step.mandatory)
        if seat.startswith(ROLE_SEAT)
    )


def vacant_steps(policy: Policy, panel: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The steps of which nobody holds a seat, in the order of the policy: no change gets past them."""
    steps = (step for route in policy.routes for step in route.steps)
    return tuple(dict.fromkeys(step.name for step in steps if not _held(step.seats, panel, frozenset())))


def steps_of(
    policy: Policy, content: Content, panel: Mapping[str, Sequence[str]], *, in_freeze: bool = False
) -> tuple[Step, ...]:
    """The steps that a change takes, with the people who hold their seats.

    ``panel`` is who has each role. Whoever asks for the change or does it holds no seat by role; a seat by name stays,
    and bars the step where it is needed. In a hard freeze an emergency needs the votes of two different people, whatever
    the rule of the step asks for.
    """
    route = route_of(policy, content)
    if route is None:
        return ()
    barred = frozenset(who for who in (content.requester, content.implementer) if who)
    steps = []
    for order, rule in enumerate(route.steps, 1):
        step = Step(
            order,
            rule.name,
            rule.phase,
            rule.rule,
            rule.number,
            _held(rule.seats, panel, barred),
            _held(rule.mandatory, panel, frozenset()),
            rule.quorum,
            rule.deadline_hours,
            rule.on_timeout,
            rule.escalate_to,
            tuple(seat.removeprefix(ROLE_SEAT) for seat in rule.seats if seat.startswith(ROLE_SEAT)),
        )
        least = max(rule.freeze_number or 0, LEAST_IN_FREEZE)
        if in_freeze and content.path == "emergency" and rule.phase == AUTHORIZE and needed(step) < least:
            step = replace(step, rule="at_least", number=least)
        steps.append(step)
    return tuple(steps)


def _held(seats: Iterable[str], panel: Mapping[str, Sequence[str]], barred: frozenset[str]) -> tuple[str, ...]:
    held: list[str] = []
    for seat in seats:
        if seat.startswith(ROLE_SEAT):
            held += [who for who in panel.get(seat.removeprefix(ROLE_SEAT), ()) if who not in barred]
        else:
            held.append(seat)
    return tuple(dict.fromkeys(held))


def policy_document(policy: Policy) -> dict[str, object]:
    """A policy as plain values, as it is kept."""
    return asdict(policy)


def policy_from(document: Mapping[str, object]) -> Policy:
    """The policy that :func:`policy_document` made."""
    routes = document["routes"]
    assert isinstance(routes, list | tuple)
    rest = {name: value for name, value in document.items() if name != "routes"}
    if "success" in rest:
        rest["success"] = _texts(rest["success"])
    return Policy(tuple(_route(route) for route in routes), **rest)  # type: ignore[arg-type]  # checked when it was written


def _route(document: Mapping[str, object]) -> Route:
    steps = document["steps"]
    assert isinstance(steps, list | tuple)
    return Route(
        str(document["path"]),
        tuple(_step(step) for step in steps),
        _texts(document.get("risks")),
        _texts(document.get("services")),
    )


def _step(document: Mapping[str, object]) -> StepRule:
    values = dict(document)
    for name in ("seats", "mandatory"):
        values[name] = _texts(values.get(name))
    return StepRule(**values)  # type: ignore[arg-type]  # checked when it was written


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()
