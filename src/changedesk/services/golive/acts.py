"""What people say on and after go-live day: that a criterion is met, and that a change caused a ticket."""

from __future__ import annotations

from changedesk.domain.counted import counted
from changedesk.domain.early_life import hypercare
from changedesk.domain.plaintext import clean
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.lookup import known_initiative
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.store.service import handing_over, tickets


def confirm(session: Session, code: str, criterion: str, evidence: str) -> None:
    """Confirm an exit criterion of hypercare, with what shows it."""
    initiative = known_initiative(session, code)
    authorise(session, "hypercare.confirm", initiative.client, initiative.id)
    if criterion not in hypercare.SAID:
        raise BadInput(f"{criterion} is not confirmed by anybody; those that are: {', '.join(hypercare.SAID)}")
    shown = one_line(evidence)
    if not shown:
        raise BadInput("to confirm a criterion takes what shows that it is met", "say it with --evidence")
    with session.desk.write(session.actor.id) as transaction:
        handing_over.write_word(transaction, initiative.id, criterion, shown)
        transaction.record(
            "hypercare.confirmed",
            initiative.id,
            {"criterion": criterion, "evidence": shown, "recorded_by": session.recorded_by},
        )


def withdraw(session: Session, code: str, criterion: str) -> None:
    """Take the confirmation of an exit criterion back."""
    initiative = known_initiative(session, code)
    authorise(session, "hypercare.confirm", initiative.client, initiative.id)
    with session.desk.write(session.actor.id) as transaction:
        if not handing_over.remove_word(transaction, initiative.id, criterion):
            raise RuleRefused(f"nobody has confirmed {criterion}")
        transaction.record(
            "hypercare.withdrawn",
            initiative.id,
            {"criterion": criterion, "recorded_by": session.recorded_by},
        )


def ticket_id(session: Session, number: str, client: str | None = None) -> str:
    """The ticket of that number; ``client`` where two clients use it."""
    authorise(session, "desk.read")
    found = tickets.numbered(session.desk.reader(), session.scope.narrowed(client), number)
    if not found:
        raise BadInput(f"there is no ticket {clean(number, 60)} in view")
    if len(found) > 1:
        raise BadInput(f"{clean(number, 60)} is a ticket of {counted(len(found), 'client')}", "say whose with --client")
    return found[0]


def link_cause(session: Session, ticket_id: str, change: str, reason: str) -> None:
    """Say that a change has caused a ticket, and why one thinks so: the only way in which that is ever said."""
    found = tickets.ticket_in_view(session.desk.reader(), session.scope, ticket_id)
    if found is None:
        raise BadInput("this ticket is no longer in view")
    ticket, client = found
    authorise(session, "ticket.link", client, ticket_id)
    why = one_line(reason)
    if not why:
        raise BadInput("say why you think that the change caused it")
    change_id = tickets.change_id(session.desk.reader(), client, change)
    if change_id is None:
        raise BadInput(f"{client} has no change {clean(change, 60)}", "changedesk change list shows them")
    with session.desk.write(session.actor.id) as transaction:
        if not tickets.write_cause(transaction, ticket_id, change_id, why):
            raise RuleRefused(f"{ticket.number} is linked to {change} already")
        transaction.record(
            "ticket.linked", ticket_id, {"change": change_id, "reason": why, "recorded_by": session.recorded_by}
        )
