"""What another client would require of a change: its steps and terms beside those of the client whose change it is (R79)."""

from __future__ import annotations

from dataclasses import replace

from changedesk.domain.control.approval import Step, said
from changedesk.domain.control.business import RETRO_HOURS, REVIEW_DAYS
from changedesk.domain.control.policy import Policy, roles_of, steps_of
from changedesk.domain.control.request import Content
from changedesk.domain.counted import counted, listed
from changedesk.services.control.situation import find, policy_of
from changedesk.services.lookup import client_id_in_view
from changedesk.services.session import Session, authorise
from changedesk.store import clients
from changedesk.store.control import decisions
from changedesk.store.desk.database import Connection
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class RequiredStep:
    """A step that a client asks for: its name, its rule in words, who votes, who has to, and for how long it may wait."""

    name: str
    rule: str
    seats: tuple[str, ...]
    mandatory: tuple[str, ...]
    deadline_hours: int | None
    on_timeout: str


@dataclass(frozen=True, slots=True)
class Required:
    """What a client requires of a change: the version of its policy, its steps, its least time, its hours afterwards."""

    client: str
    version: int
    steps: tuple[RequiredStep, ...]
    lead_hours: int
    retro_hours: int
    review_days: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One change under the policies of two clients, and in what they differ, as sentences."""

    number: str
    here: Required
    there: Required
    differences: tuple[str, ...]


def elsewhere(session: Session, number: str, client: str) -> Elsewhere:
    """A change as its own client and as another one would have it."""
    with session.desk.snapshot() as conn:
        change = find(session, number, conn)
        authorise(session, "desk.read", change.client)
        authorise(session, "desk.read", client)
        client_id_in_view(session, client)
        policy = policy_of(conn, change)
        version = decisions.policy_version(conn, change.policy)
        current = decisions.current_policy(conn, change.client)
        here = _required(conn, change.client, policy, current[1] if version is None else version, change.content)
        _, there_version, there_policy = decisions.current_policy(conn, client)
        # Other people do it there: nobody is barred from its seats.
        content = replace(change.content, requester=None, implementer=None)
        there = _required(conn, client, there_policy, there_version, content)
    return Elsewhere(change.number, here, there, tuple(differences(here, there)))


def differences(here: Required, there: Required) -> list[str]:
    """In what two clients differ about one change, as sentences about the other one."""
    other, found = there.client, []
    if len(there.steps) != len(here.steps):
        found.append(f"{other} asks for {counted(len(there.steps), 'step')}, not {len(here.steps)}")
    by_name = {step.name.casefold(): step for step in here.steps}
    for step in there.steps:
        mine = by_name.get(step.name.casefold())
        if mine is None:
            found.append(f"{other} has a step {step.name}: {step.rule}")
            continue
        if mine.rule != step.rule:
            found.append(f"{step.name}: {step.rule} instead of {mine.rule}")
        if mine.deadline_hours != step.deadline_hours:
            found.append(f"{step.name}: {_hours(step.deadline_hours)} instead of {_hours(mine.deadline_hours)}")
        if mine.on_timeout != step.on_timeout:
            means = f"{_means(step.on_timeout)} there, and {_means(mine.on_timeout)} here"
            found.append(f"{step.name}: a missed deadline {means}")
        if set(mine.mandatory) != set(step.mandatory):
            have = "have" if len(step.mandatory) > 1 else "has"
            found.append(f"{step.name}: {listed(step.mandatory) or 'nobody'} {have} to approve")
    theirs = {step.name.casefold() for step in there.steps}
    found += [f"{other} has no step {step.name}" for name, step in by_name.items() if name not in theirs]
    if here.lead_hours != there.lead_hours:
        found.append(f"{other} asks for {there.lead_hours} h before the window, not {here.lead_hours}")
    if here.retro_hours != there.retro_hours:
        found.append(f"{other} gives {there.retro_hours} h for the votes on an emergency, not {here.retro_hours}")
    if here.review_days != there.review_days:
        found.append(
            f"{other} gives {counted(there.review_days, 'business day')} for the review, not {here.review_days}"
        )
    return found


def _required(conn: Connection, client: str, policy: Policy, version: int, content: Content) -> Required:
    panel = decisions.holders(conn, client, roles_of(policy))
    terms = clients.terms(conn, client)
    steps = steps_of(policy, content, panel)
    retro = RETRO_HOURS if terms.retro_hours is None else terms.retro_hours
    review = REVIEW_DAYS if terms.review_days is None else terms.review_days
    return Required(client, version, tuple(_step(step) for step in steps), policy.lead_hours, retro, review)


def _step(step: Step) -> RequiredStep:
    return RequiredStep(step.name, said(step), step.seats, step.mandatory, step.deadline_hours, step.on_timeout)


def _hours(hours: int | None) -> str:
    return "no deadline" if hours is None else f"{hours} h"


def _means(on_timeout: str) -> str:
    return "rejects" if on_timeout == "reject" else "is only told"
