"""What entries of the change log are sealed with: a digest of their row, as the event that tells of it has left it.

An event names one digest over the entries before it and their seals (:mod:`changedesk.store.trail.sealing`), so that it stays
as short for a million rows as for one.
"""

from __future__ import annotations

from changedesk.store.schema.desk import append_only


def seal_statements() -> tuple[str, ...]:
    """The statements of this step, in order."""
    return (
        "CREATE TABLE row_seal (entry INTEGER PRIMARY KEY, digest BLOB NOT NULL CHECK (length(digest) = 32)) STRICT",
        *append_only("row_seal"),
        "CREATE TRIGGER row_seal_refuses_replace BEFORE INSERT ON row_seal"
        " WHEN EXISTS (SELECT 1 FROM row_seal WHERE entry = new.entry) BEGIN"
        " SELECT RAISE(ABORT, 'row_seal is append-only'); END",
    )
