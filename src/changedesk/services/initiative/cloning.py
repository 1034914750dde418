"""The same change for several clients: cloning an initiative, and comparing what each client's profile demands."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from changedesk.domain.closing import SUSTAIN_DAYS
from changedesk.domain.kinds.kind import NAME_LENGTH
from changedesk.domain.planning.cloned_plan import PeopleSide, cloned
from changedesk.domain.planning.playbook_plan import PlannedInitiative
from changedesk.domain.records import Client, Initiative
from changedesk.errors import BadInput
from changedesk.services.control.calendar.business import days_off
from changedesk.services.initiative.playbooks import Made, known_client, unknowns, write
from changedesk.services.initiative.staffing import HEADS, refuse_owners, staff
from changedesk.services.lookup import known_initiative
from changedesk.services.session import Session, authorise
from changedesk.store import people
from changedesk.store.desk.transaction import Transaction
from changedesk.store.initiative import initiatives, making, people_side, working
from changedesk.values import dataclass

_NUMBERED: Final = re.compile(r"-\d{1,2}$")


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One thing that clients may want differently: a value for each client asked about, None where it is not known."""

    demand: str
    values: tuple[str | None, ...]

    @property
    def differs(self) -> bool:
        """Whether the clients want different things, as far as is known."""
        return len({value for value in self.values if value is not None}) > 1


def compare_clients(session: Session, clients: Sequence[str]) -> tuple[ProfileRow, ...]:
    """What each client's profile demands, side by side, in the order of ``clients`` (R79)."""
    profiles = [known_client(session, code) for code in clients]
    return (
        ProfileRow("time zone", tuple(profile.timezone for profile in profiles)),
        ProfileRow("business hours", tuple(profile.business_hours for profile in profiles)),
        ProfileRow("user maturity, 1 to 5", tuple(_number(profile.user_maturity) for profile in profiles)),
        ProfileRow("hours for a retrospective approval", tuple(_number(profile.retro_hours) for profile in profiles)),
        ProfileRow("business days for a review", tuple(_number(profile.pir_days) for profile in profiles)),
    )


def clone(session: Session, code: str, clients: Sequence[str], go_live: date | None = None) -> tuple[Made, ...]:
    """Make the same initiative for other clients, all of them or none; one for each client, in the order named.

    The plan with its links, the groups with their impacts and what has to be ready, the resistance to expect and the
    targets are copied and move with the go-live (None: it stays). Observations, actual days, how ready anything was,
    stakeholders, signatures, risks, budget and, for another client, headcounts, sites and the first client's own people
    are not.
    """
    source = known_initiative(session, code)
    for client in clients:
        authorise(session, "initiative.create", client, source.id)
    customers = [known_client(session, client) for client in clients]
    _refuse_senseless(source, clients, go_live)
    with session.desk.write(session.actor.id) as transaction:
        return tuple(_clone(session, transaction, source, customer, go_live) for customer in customers)


def _clone(
    session: Session, transaction: Transaction, source: Initiative, customer: Client, go_live: date | None
) -> Made:
    plan = _moved(session, transaction, source, customer.code, go_live)
    heads = _heads(session, source, customer.code)
    head = making.Head(
        customer.id,
        making.free_code(transaction.conn, _NUMBERED.sub("", source.code) or source.code, NAME_LENGTH),
        source.title,
        heads.get("project_owner"),
        heads.get("change_owner"),
        heads.get("sponsor"),
    )
    plan = _with_people_of(session, source, customer.code, plan, heads)
    made = write(session, transaction, head, plan, {"cloned_from": source.id})
    return Made(head.code, made, (*plan.warnings, *unknowns(replace(plan, activities=()), heads, head)))


def _moved(
    session: Session, transaction: Transaction, source: Initiative, client: str, go_live: date | None
) -> PlannedInitiative:
    old = source.go_live_planned or source.go_live_actual
    conn = transaction.conn
    try:
        if go_live is not None:
            # The last checkpoint has to have a day, whatever the plan holds.
            go_live + timedelta(days=SUSTAIN_DAYS)
        return cloned(
            initiatives.activities(conn, source.id),
            initiatives.audiences(conn, source.id),
            initiatives.targets(conn, source.id),
            working.dependencies(conn, source.id),
            PeopleSide(
                people_side.impacts(conn, source.id),
                people_side.readiness(conn, source.id),
                people_side.expectations(conn, source.id),
                people_side.behaviours(conn, source.id),
                people_side.contact_reasons(conn, source.id),
            ),
            old,
            go_live or old,
            keep_counts=client == source.client,
            today=session.today,
            holidays=days_off(conn, client, go_live or old or session.today),
        )
    except OverflowError:
        raise BadInput(f"around {go_live} there is no room in the calendar for this plan") from None


def _heads(session: Session, source: Initiative, client: str) -> dict[str, str]:
    """Who leads the clone: the same people where they may, else whoever has the role at the client."""
    names = {"project_owner": source.project_owner, "change_owner": source.change_owner, "sponsor": source.sponsor}
    ours = _people_for(session, source, client, [name for name in names.values() if name])
    heads = staff(session, client, HEADS, {role: name for role, name in names.items() if name in ours and name})
    refuse_owners(heads)
    return heads


def _with_people_of(
    session: Session, source: Initiative, client: str, plan: PlannedInitiative, heads: Mapping[str, str]
) -> PlannedInitiative:
    """The plan with the clone's people: whoever led it there is replaced by whoever leads it here."""
    ours = _people_for(session, source, client, {a.owner for a in plan.activities if a.owner})
    successors = {
        name: heads.get(role)
        for role, name in zip(HEADS, (source.project_owner, source.change_owner, source.sponsor), strict=True)
        if name
    }
    activities = tuple(
        replace(a, owner=a.owner if a.owner in ours else successors.get(a.owner or "")) for a in plan.activities
    )
    return replace(plan, activities=activities)


def _people_for(session: Session, source: Initiative, client: str, names: Collection[str]) -> set[str]:
    """Those of ``names`` who may be taken along to a client: everybody at home, elsewhere the desk's own people only."""
    if client == source.client:
        return set(names)
    own = {person.login for person in people.people(session.desk.reader(), session.scope) if person.client is None}
    return own & set(names)


def _refuse_senseless(source: Initiative, clients: Sequence[str], go_live: date | None) -> None:
    if not clients:
        raise BadInput(f"no client is named for a clone of {source.code}")
    if twice := [client for n, client in enumerate(clients) if client in clients[:n]]:
        raise BadInput(f"the client {twice[0]} is named twice; a clone makes one initiative for each")
    if go_live is not None and source.go_live is None:
        raise BadInput(f"{source.code} has no go-live to count from", "give it one first, or clone it without")


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
