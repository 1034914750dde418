"""A policy while it is edited: its rules, routes and steps as rows, and the edits that a key makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, TypeVar

from changedesk.domain.control.policy import Policy, Route, StepRule
from changedesk.domain.control.policy_said import route_said, rules_said, step_said
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell

COLUMNS: Final = (Column("", 2, tight=True), Column("Rule, route, step", 24, share=1), Column("", 24, share=4))
RULES: Final = ("lead_hours", "records_votes", "success", "review_sample")
"""The rules of a client, in the order in which they are told."""

T = TypeVar("T")
Place = tuple[str, int, int]
"""What a row is: ``rule`` with its number, ``route`` with its own, ``step`` with that of its route and its own; from 0."""


def place_of(key: str) -> Place:
    """What stands under the key of a row."""
    kind, first, second = (*key.split("/"), "0", "0")[:3]
    return kind, int(first or 0), int(second or 0)


def key_of(kind: str, first: int, second: int = 0) -> str:
    """The key of a row."""
    return f"{kind}/{first}/{second}"


def policy_rows(policy: Policy) -> ListSource:
    """The policy as rows that can be selected."""
    return ListSource(_rows(policy))


def _rows(policy: Policy) -> Iterator[Row]:
    for number, line in enumerate(rules_said(policy)):
        yield Row(key_of("rule", number), ((), cell(line.name), cell(line.text, "explain")))
    for number, route in enumerate(policy.routes):
        said = "the first route that fits is taken" if number == 0 else ""
        name = route_said(route).capitalize()
        yield Row(key_of("route", number), (cell("▾", "explain"), cell(name, bold=True), cell(said, "faint")))
        for place, step in enumerate(route.steps):
            row = (cell(f"{place + 1}", "explain"), cell(f"  {step.name}"), cell(step_said(step), "explain"))
            yield Row(key_of("step", number, place), row)


def selected_text(policy: Policy, key: str) -> str:
    """All of what is selected, in words."""
    kind, first, second = place_of(key)
    if kind == "step" and first < len(policy.routes) and second < len(policy.routes[first].steps):
        step = policy.routes[first].steps[second]
        return f"{step.name}: {step_said(step)}"
    if kind == "route" and first < len(policy.routes):
        return f"{route_said(policy.routes[first]).capitalize()}; a change takes the first route that fits."
    lines = list(rules_said(policy))
    return f"{lines[first].name}: {lines[first].text}" if kind == "rule" else ""


def with_route(policy: Policy, number: int, route: Route, *, new: bool = False) -> Policy:
    """The policy with this route at that place, in the place of the one there or before it."""
    routes = policy.routes
    return replace(policy, routes=(*routes[:number], route, *routes[number + (0 if new else 1) :]))


def with_step(policy: Policy, number: int, place: int, step: StepRule, *, new: bool = False) -> Policy:
    """The policy with this step at that place of a route, in the place of the one there or before it."""
    route = policy.routes[number]
    steps = (*route.steps[:place], step, *route.steps[place + (0 if new else 1) :])
    return with_route(policy, number, replace(route, steps=steps))


def without(policy: Policy, key: str) -> Policy:
    """The policy without a step, or without a route and all its steps; rules cannot be removed."""
    kind, first, second = place_of(key)
    if kind == "route":
        return replace(policy, routes=policy.routes[:first] + policy.routes[first + 1 :])
    if kind == "step":
        route = policy.routes[first]
        return with_route(policy, first, replace(route, steps=route.steps[:second] + route.steps[second + 1 :]))
    return policy


def moved(policy: Policy, key: str, step: int) -> tuple[Policy, str]:
    """The policy with a route or a step one place earlier or later, and its key then; the same where it is at the end."""
    kind, first, second = place_of(key)
    if kind == "route":
        to = first + step
        if not 0 <= to < len(policy.routes):
            return policy, key
        return replace(policy, routes=_swapped(policy.routes, first, to)), key_of("route", to)
    if kind == "step":
        steps, to = policy.routes[first].steps, second + step
        if not 0 <= to < len(steps):
            return policy, key
        route = replace(policy.routes[first], steps=_swapped(steps, second, to))
        return with_route(policy, first, route), key_of("step", first, to)
    return policy, key


def _swapped(items: tuple[T, ...], one: int, other: int) -> tuple[T, ...]:
    kept = list(items)
    kept[one], kept[other] = kept[other], kept[one]
    return tuple(kept)
