"""Beginning an initiative from a playbook: which there are, what one would give, and making it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from changedesk.domain.kinds.kind import NAME_LENGTH, TEXT_LENGTH
from changedesk.domain.plaintext import clean
from changedesk.domain.planning.playbook import Playbook
from changedesk.domain.planning.playbook_plan import PlannedInitiative, planned, staffed
from changedesk.domain.records import Client
from changedesk.domain.words import plain
from changedesk.errors import BadInput, ChangeDeskError
from changedesk.services.control.calendar.business import days_off
from changedesk.services.initiative import playbook_files
from changedesk.services.initiative.staffing import HEADS, staff
from changedesk.services.lookup import no_client
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.store import people
from changedesk.store.desk.transaction import Transaction
from changedesk.store.imports.log import next_entry
from changedesk.store.initiative import initiatives, making
from changedesk.values import dataclass

_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class PlaybookSummary:
    """A playbook in a list. ``own`` is a user's own; with a ``problem`` it cannot be used and the rest is empty.

    ``days_before`` and ``days_after`` are how long its work takes before and after go-live.
    """

    name: str
    own: bool
    title: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    days_before: int = 0
    days_after: int = 0
    activities: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """An initiative that was made: its code, and what should be said about it, as sentences."""

    code: str
    initiative_id: str
    warnings: tuple[str, ...]


def playbooks(session: Session) -> tuple[PlaybookSummary, ...]:
    """Every playbook by name, the desk's own included; one that cannot be used says why instead of hiding the others."""
    return tuple(_summary(source) for source in playbook_files.sources(session.desk.path).values())


def show_playbook(session: Session, name: str) -> Playbook:
    """One playbook with everything in it, also what an initiative does not begin with as records.

    That is the benefits (records once their baseline is measured), the metrics, and the way back.
    """
    return playbook_files.named(session.desk.path, name).playbook


def preview(session: Session, playbook: str, client: str, go_live: date) -> PlannedInitiative:
    """What :func:`new_from_playbook` would plan for a client's go-live; owners are roles still."""
    known_client(session, client)
    return _planned(session, show_playbook(session, playbook), client, go_live)


def new_from_playbook(
    session: Session,
    playbook: str,
    client: str,
    go_live: date,
    *,
    code: str | None = None,
    title: str | None = None,
) -> Made:
    """Make an initiative of a client from a playbook, its days counted from go-live, in one transaction.

    A role goes to the only one of the client, else of the desk's own organisation, who has it. Without ``code`` it gets the
    playbook's, with a number behind it when that is taken.
    """
    authorise(session, "initiative.create", client)
    customer = known_client(session, client)
    loaded = playbook_files.named(session.desk.path, playbook)
    wanted = _named(code, "code", NAME_LENGTH)
    named = _named(title, "title", TEXT_LENGTH) or loaded.playbook.title
    plan = _planned(session, loaded.playbook, client, go_live)
    by_role = staff(session, client, {a.owner for a in plan.activities if a.owner} | set(HEADS), {})
    with session.desk.write(session.actor.id) as transaction:
        head = making.Head(
            customer.id,
            _code(transaction, wanted, loaded.playbook.code),
            named,
            by_role.get("project_owner"),
            by_role.get("change_owner"),
            by_role.get("sponsor"),
        )
        origin = {"playbook": playbook, "playbook_digest": loaded.digest}
        made = write(session, transaction, head, staffed(plan, by_role), origin)
    return Made(head.code, made, (*plan.warnings, *unknowns(plan, by_role, head)))


def write(
    session: Session, transaction: Transaction, head: making.Head, plan: PlannedInitiative, origin: Mapping[str, object]
) -> str:
    """Write an initiative and tell the audit, people by id; returns the initiative's id."""
    first = next_entry(transaction.conn)
    initiative = making.write_initiative(transaction, head, plan)
    names = {"project_owner": head.project_owner, "change_owner": head.change_owner, "sponsor": head.sponsor}
    transaction.record(
        "initiative.created",
        initiative,
        {
            **origin,
            **{role: people.reference(transaction.conn, name) if name else None for role, name in names.items()},
            "client": head.client_id,
            "code": head.code,
            "go_live": plan.go_live,
            "audiences": len(plan.audiences),
            "activities": len(plan.activities),
            "targets": len(plan.targets),
            "readiness": len(plan.readiness),
            "risks": len(plan.risks),
            "digest": making.plan_digest(plan),
            # The event of the change log is the first of the transaction; of several clones each has its own entries.
            "log": [transaction.first_event, first, next_entry(transaction.conn) - 1],
            "recorded_by": session.recorded_by,
        },
    )
    return initiative


def known_client(session: Session, code: str) -> Client:
    """The client with that code in the actor's view; another one is refused with the list."""
    clients = initiatives.clients(session.desk.reader(), session.scope)
    found = next((client for client in clients if client.code == code), None)
    if found is None:
        more = f" and {len(clients) - _LISTED} more" if len(clients) > _LISTED else ""
        listed = ", ".join(client.code for client in clients[:_LISTED]) or "none yet"
        raise BadInput(f"{no_client(code)}; there is {listed}{more}", "import clients to add one")
    return found


def unknowns(plan: PlannedInitiative, by_role: Mapping[str, str], head: making.Head) -> tuple[str, ...]:
    """What is not known yet and has to be filled in, as sentences."""
    roles = dict.fromkeys((*HEADS, *(a.owner for a in plan.activities if a.owner)))
    nobody = [plain(role) for role in roles if role not in by_role]
    counted = [audience.name for audience in plan.audiences if not audience.headcount]
    said = [f"nobody is named in {head.code} as {', '.join(nobody)}"] if nobody else []
    if counted:
        said.append(f"how many people they are is not known yet: {', '.join(counted)}")
    return tuple(said)


def _planned(session: Session, playbook: Playbook, client: str, go_live: date) -> PlannedInitiative:
    try:
        holidays = days_off(session.desk.reader(), client, go_live)
        return planned(playbook, go_live, session.desk.lifecycle, today=session.today, holidays=holidays)
    except OverflowError:
        raise BadInput(f"around {go_live} there is no room in the calendar for this plan") from None


def _summary(source: playbook_files.Source) -> PlaybookSummary:
    try:
        loaded = playbook_files.load(source)
    except ChangeDeskError as error:
        return PlaybookSummary(clean(source.name), source.path is not None, problem=clean(error.sentence))
    playbook = loaded.playbook
    return PlaybookSummary(
        playbook.name,
        loaded.own,
        playbook.title,
        playbook.summary,
        playbook.tags,
        max(0, -playbook.first_day),
        max(0, playbook.last_day),
        len(playbook.activities),
    )


def _code(transaction: Transaction, wanted: str | None, usual: str) -> str:
    if wanted is None:
        return making.free_code(transaction.conn, usual, NAME_LENGTH)
    if making.code_is_taken(transaction.conn, wanted):
        free = making.free_code(transaction.conn, wanted, NAME_LENGTH)
        raise BadInput(f"the code {wanted} is taken", f"{free} is free")
    return wanted


def _named(text: str | None, what: str, limit: int) -> str | None:
    """A code or title; None when none was given."""
    if text is None:
        return None
    line = one_line(text, limit, what)
    if not line:
        raise BadInput(f"the {what} is empty", "leave it out to get the playbook's")
    return line
