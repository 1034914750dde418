"""The records of what runs: tickets, services and what is agreed for them, handovers, improvements.

Same conventions as the other steps: STRICT, CHECKs, ids, ``rev``, change log by triggers.
"""

from __future__ import annotations

from changedesk.store.schema import RECORD, change_log_triggers

SERVICE_TABLES: dict[str, str] = {
    "ticket": """
        client_id TEXT REFERENCES client(id), number TEXT NOT NULL CHECK (number <> ''),
        opened_at TEXT NOT NULL, resolved_at TEXT, priority TEXT, category TEXT, service TEXT,
        initiative_id TEXT REFERENCES initiative(id), audience_id TEXT REFERENCES audience(id),
        state TEXT, title TEXT, related_change TEXT, UNIQUE (client_id, number)""",
}
"""Records of this step: table to columns beyond ``id`` and ``rev``. Moments are UTC texts to the second."""

_OTHER_TABLES = (
    # What the rows that an import changed were before it, field by field, so that it can be taken back. The import's audit
    # event holds a digest of them; they are let go after a while, and with a person whose data is erased.
    "CREATE TABLE import_before (event INTEGER NOT NULL, record TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL,"
    " value ANY, PRIMARY KEY (event, record, row_id, field)) STRICT, WITHOUT ROWID",
)

_INDEXES = (
    # Two unknown clients are not the same one to a UNIQUE; to whoever imports the same file again they are.
    "CREATE UNIQUE INDEX ticket_of_nobody ON ticket(number) WHERE client_id IS NULL",
    "CREATE INDEX ticket_of_initiative ON ticket(initiative_id, opened_at) WHERE initiative_id IS NOT NULL",
)


def service_statements() -> tuple[str, ...]:
    """The statements of this step, in order."""
    records = tuple(f"CREATE TABLE {name} ({RECORD}, {columns}) STRICT" for name, columns in SERVICE_TABLES.items())
    logs = tuple(statement for name in SERVICE_TABLES for statement in change_log_triggers(name))
    return (*records, *_OTHER_TABLES, *_INDEXES, *logs)
