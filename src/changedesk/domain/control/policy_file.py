"""A policy as a TOML file: the same that is read back, so that one is written, changed and set again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from changedesk.domain.control.policy import Policy, Route, StepRule


def policy_toml(policy: Policy, client: str, version: int) -> str:
    """The text of the file. Settings that say what is so anyway are left out."""
    return "\n".join(_lines(policy, client, version)) + "\n"


def _lines(policy: Policy, client: str, version: int) -> Iterator[str]:
    own = "" if version else ", the policy of clients that have none of their own"
    yield f"# Approval policy of {client}, version {version}{own}"
    yield f"records_votes = {_value(policy.records_votes)}"
    yield f"lead_hours = {policy.lead_hours}"
    yield f"review_sample = {policy.review_sample}"
    yield f"success = {_value(policy.success)}"
    for route in policy.routes:
        yield from _route(route)


def _route(route: Route) -> Iterator[str]:
    yield from ("", "[[routes]]", f"path = {_value(route.path)}")
    if route.risks:
        yield f"risks = {_value(route.risks)}"
    if route.services:
        yield f"services = {_value(route.services)}"
    for step in route.steps:
        yield from _step(step)


def _step(step: StepRule) -> Iterator[str]:
    yield from ("", "[[routes.steps]]")
    usual = StepRule("", "", "", ())
    for name in StepRule.__slots__:
        value = getattr(step, name)
        if value != getattr(usual, name):
            yield f"{name} = {_value(value)}"


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            # What JSON writes of a text is a basic string of TOML, too.
            return json.dumps(value)
        case Iterable():
            return f"[{', '.join(_value(one) for one in value)}]"
        case _:
            raise TypeError(f"a policy has no {type(value).__name__}")
