"""A policy in words."""

from __future__ import annotations

from changedesk.domain.control.policy import ROLE_SEAT, Route, StepRule
from changedesk.domain.words import plain


def rule_said(step: StepRule) -> str:
    """The rule of a step in words, whoever holds its seats: ``at least 2``, ``majority``, ``60 %``."""
    match step.rule:
        case "any":
            return "any one"
        case "at_least":
            return f"at least {step.number}"
        case "percent":
            return f"{step.number} %"
        case _:
            return step.rule


def seat_said(seat: str) -> str:
    """A seat in words: a login, or everybody with a role."""
    return f"everybody who is {plain(seat.removeprefix(ROLE_SEAT))}" if seat.startswith(ROLE_SEAT) else seat


def route_said(route: Route) -> str:
    """For which changes a route is: ``normal, high risk, of mail``."""
    risks = f", {' or '.join(route.risks)} risk" if route.risks else ""
    services = f", of {', '.join(route.services)}" if route.services else ""
    return f"{route.path}{risks}{services}"
