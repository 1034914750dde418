"""The catalogue of standard changes as it is looked at: what holds, what is proposed, how often it was used and how well."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from changedesk.domain.control.template import Template, Use, has_expired
from changedesk.domain.proportion import Proportion
from changedesk.errors import BadInput
from changedesk.services.session import Session, authorise
from changedesk.store import clients
from changedesk.store.control import decisions, templates
from changedesk.store.desk.database import Connection
from changedesk.values import dataclass

NEAR: Final = 30
"""Days before the end of an approval from which on it is spoken of."""
_ORDER: Final = ("suspended", "expired", "proposed", "approved", "draft", "retired")


@dataclass(frozen=True, slots=True)
class Entry:
    """One standard change: ``holds`` is the version that is used, ``proposed`` the one that waits for its approval.

    One of both is there. ``since`` are the uses since the last approval, by which it is judged; ``ever`` all of them.
    """

    client: str
    name: str
    holds: Template | None
    proposed: Template | None
    uses: tuple[Use, ...]
    since: Proportion
    ever: Proportion
    now: datetime

    @property
    def shown(self) -> Template:
        """The version that is spoken of first."""
        shown = self.holds or self.proposed
        assert shown is not None
        return shown

    @property
    def state(self) -> str:
        """Its state; an approval that has ended is ``expired``."""
        return "expired" if has_expired(self.shown, self.now) else self.shown.state


def catalogue(session: Session, client: str | None = None, *, retired: bool = False) -> tuple[Entry, ...]:
    """The standard changes of a client or of all in view: what needs somebody first, then by name."""
    authorise(session, "desk.read", client)
    scope = session.scope.narrowed(client)
    with session.desk.snapshot() as conn:
        states = ("draft", "proposed", "approved", "suspended", *(("retired",) if retired else ()))
        names = dict.fromkeys((one.client, one.name) for one in templates.in_state(conn, scope, *states))
        found = [_entry(session, conn, *name) for name in names]
    return tuple(sorted(found, key=lambda entry: (_ORDER.index(entry.state), entry.client, entry.name)))


def entry(session: Session, name: str, client: str | None = None) -> Entry:
    """One standard change by its name; one that two clients have is named with its client."""
    authorise(session, "desk.read", client)
    scope = session.scope.narrowed(client)
    with session.desk.snapshot() as conn:
        having = [code for code in clients.client_names(conn, scope) if templates.newest(conn, code, name)]
        if not having:
            raise BadInput(f"there is no template {name} in view", "changedesk template list shows them")
        if len(having) > 1:
            raise BadInput(f"{name} is a template of {' and of '.join(having)}", "name one with --client")
        return _entry(session, conn, having[0], name)


def _entry(session: Session, conn: Connection, client: str, name: str) -> Entry:
    holds = templates.template(conn, client, name)
    newest = templates.newest(conn, client, name)
    if holds is not None and holds.state in ("draft", "proposed"):
        holds = None
    success = decisions.current_policy(conn, client)[2].success
    uses = templates.uses(conn, client, name)
    since = templates.uses(conn, client, name, holds.approved_at) if holds else ()
    return Entry(
        client,
        name,
        holds,
        newest if newest is not None and newest.state in ("draft", "proposed") else None,
        uses,
        _went_well(since, success),
        _went_well(uses, success),
        session.now,
    )


def _went_well(uses: tuple[Use, ...], success: tuple[str, ...]) -> Proportion:
    return Proportion(sum(use.outcome in success for use in uses), len(uses))
