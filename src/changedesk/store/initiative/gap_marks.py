"""What was decided about gaps, on disk: who takes care of one, and until when it is waived or put off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from changedesk.store.ids import new_id
from changedesk.store.times import instant

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction


def write_owner(transaction: Transaction, initiative_id: str, gap: str, owner: str | None) -> None:
    """Name who takes care of a gap; None takes the name away."""
    _write(transaction, initiative_id, gap, owner=owner)


def write_waiver(transaction: Transaction, initiative_id: str, gap: str, reason: str, until: date) -> None:
    """Waive a gap in the actor's name, now; another waiver of it is replaced."""
    _write(
        transaction,
        initiative_id,
        gap,
        waiver=reason,
        waived_by=transaction.actor,
        waived_at=instant(transaction.now),
        waived_until=until.isoformat(),
    )


def write_delay(transaction: Transaction, initiative_id: str, gap: str, until: date) -> None:
    """Put a gap off in the actor's name."""
    _write(transaction, initiative_id, gap, snoozed_by=transaction.actor, snoozed_until=until.isoformat())


def write_reopening(transaction: Transaction, initiative_id: str, gap: str) -> None:
    """Take waiver and delay away."""
    nothing = dict.fromkeys(("waiver", "waived_by", "waived_at", "waived_until", "snoozed_by", "snoozed_until"))
    _write(transaction, initiative_id, gap, **nothing)


def _write(transaction: Transaction, initiative_id: str, gap: str, **fields: str | None) -> None:
    names = ", ".join(fields)
    marks = ", ".join("?" * len(fields))
    changes = ", ".join(f"{name} = excluded.{name}" for name in fields)
    transaction.conn.execute(
        f"INSERT INTO gap_mark (id, initiative_id, gap, {names}) VALUES (?, ?, ?, {marks})"
        f" ON CONFLICT (initiative_id, gap) DO UPDATE SET rev = rev + 1, {changes}",
        (new_id(), initiative_id, gap, *fields.values()),
    )
    transaction.touch(initiative_id)
