"""The catalogue of standard changes: proposed by one person, approved by another, for a time (DOMAIN 2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from changedesk.domain.control.request import CONTENT_FIELDS
from changedesk.domain.control.template import Template, refuse_approval
from changedesk.domain.words import RISK_LEVELS
from changedesk.errors import BadInput, RuleRefused, Stale
from changedesk.services.session import Session, authorise
from changedesk.store import clients
from changedesk.store.control import templates


def propose(
    session: Session,
    client: str,
    name: str,
    body: Mapping[str, object],
    *,
    allowed: tuple[str, ...] = (),
    max_risk: str = "low",
    min_success: float = 0.95,
) -> int:
    """Propose a standard change, or a new version of one; gives the version. Until it is approved the old one holds."""
    authorise(session, "template.propose", client)
    client_id = clients.client_id(session.desk.reader(), session.scope, client)
    if client_id is None:
        raise BadInput(f"there is no client {client} on this desk")
    strange = [field for field in (*body, *allowed) if field not in CONTENT_FIELDS]
    if strange:
        raise BadInput(f"{strange[0]} is no field of a change; they are {', '.join(CONTENT_FIELDS)}")
    if max_risk not in RISK_LEVELS:
        raise BadInput(f"{max_risk} is no risk; it is one of {', '.join(RISK_LEVELS)}")
    if not body.get("backout_plan"):
        raise RuleRefused(f"the template {name} says how the change is taken back, or it cannot be proposed")
    with session.desk.write(session.actor.id) as transaction:
        kept = templates.newest(transaction.conn, client, name)
        version = kept.version + 1 if kept else 1
        draft = Template(
            "",
            1,
            client,
            name,
            version,
            "proposed",
            dict(body),
            allowed,
            max_risk,
            min_success,
            None,
            session.actor.login,
            None,
            None,
        )
        template_id = templates.write_template(transaction, client_id, draft)
        transaction.record(
            "template.proposed",
            template_id,
            {
                "client": client_id,
                "name": name,
                "version": version,
                "body": dict(body),
                "allowed": list(allowed),
                "max_risk": max_risk,
                "recorded_by": session.recorded_by,
            },
        )
        return version


def approve(session: Session, client: str, name: str, until: datetime | None = None) -> None:
    """Approve a proposed or suspended standard change, until a day on which it has to be looked at again."""
    authorise(session, "template.approve", client)
    with session.desk.write(session.actor.id) as transaction:
        kept = templates.newest(transaction.conn, client, name)
        if kept is None:
            raise BadInput(f"{client} has no template {name}")
        refused = refuse_approval(kept, session.actor.login)
        if refused:
            raise RuleRefused(refused)
        if until is not None and until <= transaction.now:
            raise RuleRefused("an approval ends in the future")
        fields = {
            "state": "approved",
            "approver": session.actor.id,
            "approved_until": until,
            "suspended_why": None,
        }
        before = templates.template(transaction.conn, client, name)
        if before is not None and before.id != kept.id:
            templates.move_template(transaction, before, {"state": "retired"})
        if not templates.move_template(transaction, kept, fields):
            raise Stale(f"the template {name} was changed meanwhile", "look at it again")
        transaction.record(
            "template.approved",
            kept.id,
            {
                "name": name,
                "version": kept.version,
                "until": until,
                "retired": before.id if before and before.id != kept.id else None,
                "recorded_by": session.recorded_by,
            },
        )
