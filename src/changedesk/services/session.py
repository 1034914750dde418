"""Who acts on which desk: set once, then every use case asks :func:`authorise` before anything else."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from changedesk.domain.roles import Actor, refusal
from changedesk.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds
from changedesk.errors import BadInput, Denied
from changedesk.services.own_clock import OWN_CLOCK
from changedesk.store import people
from changedesk.store.desk.database import Desk
from changedesk.store.scope import Scope
from changedesk.values import dataclass

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

PROGRAM: Final = "changedesk"
"""Who has written down, in the audit, what nobody decided: the program itself."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever reads has chosen: their time zone, None is the computer's own, and what needs their attention."""

    zone: ZoneInfo | None = None
    thresholds: Thresholds = DEFAULT_THRESHOLDS


def chosen(timezone: str | None, thresholds: Thresholds) -> Choices:
    """The choices of a configuration; ``timezone`` is an IANA name."""
    if timezone is None:
        return Choices(None, thresholds)
    from zoneinfo import ZoneInfo

    return Choices(ZoneInfo(timezone), thresholds)


@dataclass(frozen=True, slots=True)
class Session:
    """An actor at an open desk."""

    desk: Desk
    actor: Actor
    recorded_by: str | None = None
    """The account that records for the actor: the owner of a personal desk, when acting for somebody else."""
    checkpoints: Path | None = None
    """The folder in which the end of the audit chain is kept on each approval; None where it is kept at the end only."""
    choices: Callable[[], Choices] = Choices
    """Gives what the actor has chosen; asked only where a day is named or a figure judged."""

    @property
    def scope(self) -> Scope:
        """The clients that every query of this session is limited to."""
        return Scope(self.actor.clients)

    @property
    def zone(self) -> ZoneInfo | None:
        """The reader's time zone; None is the computer's own."""
        return self.choices().zone

    @property
    def thresholds(self) -> Thresholds:
        """From which figure on something needs the actor's attention."""
        return self.choices().thresholds

    @property
    def now(self) -> datetime:
        """The desk's clock, in UTC."""
        return self.desk.clock()

    @property
    def wall_clock(self) -> datetime:
        """The desk's clock in the reader's time zone."""
        return self.now.astimezone(self.zone or OWN_CLOCK)

    @property
    def today(self) -> date:
        """The day by the reader's own wall clock."""
        return self.wall_clock.date()


def operating_system_login() -> str:
    """The account that runs this program, from the system and never from the environment."""
    uid = os.getuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid-{uid}"


def open_session(
    desk: Desk,
    acting_for: str | None = None,
    checkpoints: Path | None = None,
    choices: Callable[[], Choices] = Choices,
) -> Session:
    """Begin to act at a desk.

    A personal desk belongs to its owner, who may act for a person of it; on a shared desk everybody is the account that
    the operating system knows, and nobody may act for another.
    """
    conn = desk.reader()
    login = operating_system_login()
    if desk.facts.kind == "personal":
        if acting_for is None:
            return Session(desk, people.owner(conn), None, checkpoints, choices)
        actor = people.actor_for_person(conn, acting_for)
        if actor is None:
            raise BadInput(f"nobody on this desk has the login {acting_for}", "import people, or leave --as out")
        return Session(desk, actor, people.owner(conn).id, checkpoints, choices)
    if acting_for is not None:
        _keep_denial(desk, login, "desk.act_for")
        raise Denied(f"--as works on a personal desk only; on this shared desk {login} acts as {login}")
    actor = people.actor_for_account(conn, login) or people.actor_for_person(conn, login)
    if actor is None:
        _keep_denial(desk, login, "desk.open")
        raise Denied(f"{login} is not known to this desk", "ask an administrator to import a person with that login")
    return Session(desk, actor, None, checkpoints, choices)


def _keep_denial(desk: Desk, login: str, action: str) -> None:
    """Somebody was turned away at the door: the audit names whoever it was by the id of the first mention."""
    if desk.read_only:
        return
    with desk.write(desk.facts.id) as transaction:
        transaction.actor = people.reference(transaction.conn, login)
        transaction.record("denied", desk.facts.id, {"action": action})


def renewed(session: Session) -> Session:
    """The session with what its actor may do and see by now: who acts stays, what the desk says of them counts at once."""
    return replace(session, actor=people.as_of_now(session.desk.reader(), session.actor))


def authorise(
    session: Session, action: str, client: str | None = None, subject: str = "", *, own: bool = False
) -> None:
    """Let the action pass or refuse it with the reason; every refusal is an audit event of its own.

    What counts is what the actor may do by now: a role may have been taken since the session began. ``own``: the record
    names the actor as the one whose it is.
    """
    reason = refusal(renewed(session).actor, action, client, own=own)
    if reason is None:
        return
    if not session.desk.read_only:
        with session.desk.write(session.actor.id) as transaction:
            transaction.record("denied", subject or session.desk.facts.id, {"action": action})
    raise Denied(reason)
