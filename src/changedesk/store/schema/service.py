"""The records of what runs: tickets, services and what is agreed for them, handovers, improvements.

Same conventions as the other steps: STRICT, CHECKs, ids, ``rev``, change log by triggers. Moments are UTC texts to the
second where files bring them, to the millisecond where the desk makes them. ``*_by`` are ids of people.
"""

from __future__ import annotations

from changedesk.domain.words import (
    AGREEMENT_KINDS,
    AGREEMENT_METRICS,
    IMPROVEMENT_KINDS,
    IMPROVEMENT_STATES,
    SERVICE_STATES,
    SIGNAL_KINDS,
)
from changedesk.store.schema.desk import OF_INITIATIVE, RECORD, change_log_triggers, is_day, one_of

_OF_SERVICE = "service_id TEXT NOT NULL REFERENCES service(id)"
_CLIENT = "client_id TEXT NOT NULL REFERENCES client(id)"


def _amounts(*columns: str) -> str:
    return ", ".join(f"{column} REAL CHECK ({column} >= 0)" for column in columns)


def _counts(*columns: str) -> str:
    return ", ".join(f"{column} INTEGER CHECK ({column} >= 0)" for column in columns)


SERVICE_TABLES: dict[str, str] = {
    "ticket": """
        client_id TEXT REFERENCES client(id), number TEXT NOT NULL CHECK (number <> ''),
        opened_at TEXT NOT NULL, resolved_at TEXT, priority TEXT, category TEXT, service TEXT,
        initiative_id TEXT REFERENCES initiative(id), audience_id TEXT REFERENCES audience(id),
        state TEXT, title TEXT, related_change TEXT, UNIQUE (client_id, number)""",
    "ticket_cause": """
        ticket_id TEXT NOT NULL REFERENCES ticket(id), change_id TEXT NOT NULL REFERENCES change_request(id),
        reason TEXT NOT NULL, linked_at TEXT NOT NULL, linked_by TEXT NOT NULL, UNIQUE (ticket_id, change_id)""",
    "service": f"""
        {_CLIENT}, name TEXT NOT NULL CHECK (name <> ''), owner TEXT,
        state TEXT NOT NULL DEFAULT 'operation' CHECK ({one_of("state", SERVICE_STATES)}), objective TEXT, currency TEXT,
        horizon_months INTEGER CHECK (horizon_months >= 1), {_amounts("acquisition_cost", "hour_rate")},
        UNIQUE (client_id, name)""",
    "agreement": f"""
        {_OF_SERVICE}, kind TEXT NOT NULL CHECK ({one_of("kind", AGREEMENT_KINDS)}),
        metric TEXT NOT NULL CHECK ({one_of("metric", AGREEMENT_METRICS)}), target REAL NOT NULL CHECK (target >= 0),
        {_amounts("tolerance")}, partner TEXT, UNIQUE (service_id, kind, metric)""",
    "service_period": f"""
        {_OF_SERVICE}, start_on TEXT NOT NULL CHECK ({is_day("start_on")}), end_on TEXT NOT NULL CHECK ({is_day("end_on")}),
        {_amounts("agreed_min", "down_min", "restored_min", "repaired_min", "change_down_min", "cost", "planned_cost")},
        {_counts("failures", "incidents", "change_incidents", "csat_sat", "csat_n", "asked", "releases", "due", "met")},
        UNIQUE (service_id, start_on), CHECK (start_on <= end_on),
        CHECK (down_min <= agreed_min), CHECK (csat_sat <= csat_n), CHECK (csat_n <= asked), CHECK (met <= due)""",
    "service_signal": f"""
        {_OF_SERVICE}, limitation TEXT NOT NULL, kind TEXT NOT NULL CHECK ({one_of("kind", SIGNAL_KINDS)}),
        day TEXT NOT NULL CHECK ({is_day("day")}), detail TEXT NOT NULL, reference TEXT,
        UNIQUE (service_id, limitation, kind, day, detail)""",
    "improvement": f"""
        {_OF_SERVICE}, limitation TEXT NOT NULL, kind TEXT CHECK ({one_of("kind", IMPROVEMENT_KINDS)}),
        owner TEXT, due TEXT CHECK ({is_day("due")}),
        state TEXT NOT NULL DEFAULT 'proposed' CHECK ({one_of("state", IMPROVEMENT_STATES)}),
        decided_at TEXT, decided_by TEXT, reason TEXT, evidence TEXT,
        implemented_on TEXT CHECK ({is_day("implemented_on")}), initiative_id TEXT REFERENCES initiative(id),
        UNIQUE (service_id, limitation)""",
    "support_hours": f"""
        {OF_INITIATIVE}, day TEXT NOT NULL CHECK ({is_day("day")}), {_amounts("technical", "behavioural")},
        UNIQUE (initiative_id, day)""",
    "security_exception": f"""
        {OF_INITIATIVE}, title TEXT NOT NULL, opened_on TEXT NOT NULL CHECK ({is_day("opened_on")}), owner TEXT,
        expires_on TEXT CHECK ({is_day("expires_on")}), closed_on TEXT CHECK ({is_day("closed_on")}),
        UNIQUE (initiative_id, title)""",
    "duty": f"""
        {_CLIENT}, who TEXT NOT NULL, role TEXT, starts_at TEXT NOT NULL, ends_at TEXT NOT NULL, contact TEXT,
        UNIQUE (client_id, who, starts_at), CHECK (starts_at <= ends_at)""",
    "handover": f"""
        {OF_INITIATIVE}, planned_start TEXT CHECK ({is_day("planned_start")}),
        planned_end TEXT CHECK ({is_day("planned_end")}), started_on TEXT CHECK ({is_day("started_on")}),
        {_amounts("planned_hours", "spent_hours")},
        accepted_at TEXT, accepted_by TEXT, recorded_by TEXT, digest TEXT,
        UNIQUE (initiative_id), CHECK ((accepted_at IS NULL) = (accepted_by IS NULL))""",
    "handover_item": f"""
        {OF_INITIATIVE}, item TEXT NOT NULL, done_at TEXT, done_by TEXT, evidence TEXT,
        rejected_at TEXT, rejected_by TEXT, reason TEXT, UNIQUE (initiative_id, item)""",
    "exit_word": f"""
        {OF_INITIATIVE}, criterion TEXT NOT NULL, said_at TEXT NOT NULL, said_by TEXT NOT NULL, evidence TEXT NOT NULL,
        UNIQUE (initiative_id, criterion)""",
}
"""Records of this step: table to columns beyond ``id`` and ``rev``."""

_OTHER_TABLES = (
    # What the rows that an import changed were before it, field by field, so that it can be taken back. The import's audit
    # event holds a digest of them; they are let go after a while, and with a person whose data is erased.
    "CREATE TABLE import_before (event INTEGER NOT NULL, record TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL,"
    " value ANY, PRIMARY KEY (event, record, row_id, field)) STRICT, WITHOUT ROWID",
)

_NEW_COLUMNS = (
    "ALTER TABLE initiative ADD COLUMN service_id TEXT REFERENCES service(id)",
    "ALTER TABLE initiative ADD COLUMN origin_improvement_id TEXT REFERENCES improvement(id)",
)

_INDEXES = (
    # Two unknown clients are not the same one to a UNIQUE; to whoever imports the same file again they are.
    "CREATE UNIQUE INDEX ticket_of_nobody ON ticket(number) WHERE client_id IS NULL",
    "CREATE INDEX ticket_of_initiative ON ticket(initiative_id, opened_at) WHERE initiative_id IS NOT NULL",
    "CREATE INDEX initiative_of_service ON initiative(service_id) WHERE service_id IS NOT NULL",
    "CREATE INDEX ticket_cause_of_change ON ticket_cause(change_id)",
)


def service_statements() -> tuple[str, ...]:
    """The statements of this step, in order."""
    records = tuple(f"CREATE TABLE {name} ({RECORD}, {columns}) STRICT" for name, columns in SERVICE_TABLES.items())
    logs = tuple(statement for name in SERVICE_TABLES for statement in change_log_triggers(name))
    return (*records, *_OTHER_TABLES, *_NEW_COLUMNS, *_INDEXES, *logs)
