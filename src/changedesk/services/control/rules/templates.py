"""The catalogue of standard changes: proposed by one person, approved by another, for a time (DOMAIN 2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from changedesk.domain.control.template import Template, TemplateDraft, draft_faults, refuse_approval
from changedesk.domain.kinds.kind import NAME_LENGTH
from changedesk.domain.plaintext import clean
from changedesk.errors import BadInput, RuleRefused, Stale
from changedesk.services.beside_desk import bytes_of, text_of
from changedesk.services.lookup import client_id_in_view
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.store.control import templates
from changedesk.store.desk.transaction import Transaction


def draft_in(path: Path) -> TemplateDraft:
    """The template that stands in a TOML file (docs/standard-changes.md)."""
    from changedesk.intake.template import read_template

    return read_template(text_of(bytes_of(path), str(path)), str(path))


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
    client_id = client_id_in_view(session, client)
    if not name or name != clean(name, NAME_LENGTH).strip() or any(sign in name for sign in " /;"):
        raise BadInput("the name of a template is one word without spaces, / and ;")
    faults = draft_faults(TemplateDraft(client, name, body, allowed, max_risk, min_success))
    if faults:
        raise RuleRefused(f"{name} cannot be proposed: {'; '.join(faults)}")
    with session.desk.write(session.actor.id) as transaction:
        kept = templates.newest(transaction.conn, client, name)
        if kept is not None and kept.state == "proposed":
            raise RuleRefused(
                f"version {kept.version} of {name} is proposed already and waits for its approval",
                "approve it, or retire it first",
            )
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
                "min_success": min_success,
                "recorded_by": session.recorded_by,
            },
        )
        return version


def approve(
    session: Session, client: str, name: str, until: datetime | None = None, *, reason: str | None = None
) -> None:
    """Approve a proposed standard change, or a suspended one again, until a day on which it has to be looked at again.

    ``reason`` says what was mended; a suspended one needs it. Only uses from now on count for its success.
    """
    authorise(session, "template.approve", client)
    said = one_line(reason) or None
    with session.desk.write(session.actor.id) as transaction:
        kept = _newest(transaction, client, name)
        refused = refuse_approval(kept, session.actor.login, transaction.now)
        if refused:
            raise RuleRefused(refused)
        if kept.state == "suspended" and not said:
            raise RuleRefused(f"{name} is suspended ({kept.suspended_why}): say what was mended", "with --reason")
        if until is not None and until <= transaction.now:
            raise RuleRefused(f"the approval of {name} ends on a day to come", "say it with --until, or leave it open")
        before = templates.template(transaction.conn, client, name)
        replaced = before if before is not None and before.id != kept.id and before.state != "retired" else None
        if replaced is not None:
            _move(transaction, replaced, {"state": "retired", "retired_why": f"version {kept.version} took its place"})
        _move(
            transaction,
            kept,
            {
                "state": "approved",
                "approver": session.actor.id,
                "approved_at": transaction.now,
                "approved_until": until,
                "suspended_why": None,
            },
        )
        transaction.record(
            "template.approved",
            kept.id,
            {
                "name": name,
                "version": kept.version,
                "was": kept.state,
                "until": until,
                "reason": said,
                "retired": replaced.id if replaced else None,
                "recorded_by": session.recorded_by,
            },
        )


def retire(session: Session, client: str, name: str, reason: str) -> None:
    """Take a standard change out of the catalogue, with what is proposed for it; what was done by it stays."""
    authorise(session, "template.approve", client)
    said = one_line(reason)
    if not said:
        raise BadInput("to retire a template takes a reason", "say it with --reason")
    with session.desk.write(session.actor.id) as transaction:
        _newest(transaction, client, name)
        live = [one for one in templates.versions(transaction.conn, client, name) if one.state != "retired"]
        if not live:
            raise RuleRefused(f"the template {name} is retired already")
        for one in live:
            _move(transaction, one, {"state": "retired", "retired_why": said})
        transaction.record(
            "template.retired",
            live[0].id,
            {
                "name": name,
                "versions": [one.version for one in live],
                "reason": said,
                "recorded_by": session.recorded_by,
            },
        )


def _newest(transaction: Transaction, client: str, name: str) -> Template:
    kept = templates.newest(transaction.conn, client, name)
    if kept is None:
        raise BadInput(f"{client} has no template {name}", "changedesk template list shows them")
    return kept


def _move(transaction: Transaction, kept: Template, fields: Mapping[str, object]) -> None:
    if not templates.move_template(transaction, kept, fields):
        raise Stale(f"the template {kept.name} was changed meanwhile", "look at it again")
