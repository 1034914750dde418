"""The records of the work on an initiative: money, risks, decisions, benefits, resistance, what depends on what.

Second migration. Same conventions as the first: STRICT, CHECKs, ids, ``rev``, change log by triggers.
"""

from __future__ import annotations

from changedesk.domain.words import DEPENDENCIES, RESISTANCE_ACTIONS, RISK_KINDS
from changedesk.store.schema.desk import OF_INITIATIVE, RECORD, change_log_triggers, is_day, one_of

_AUDIENCE = "audience_id TEXT REFERENCES audience(id)"

WORKING_TABLES: dict[str, str] = {
    "snapshot": f"""
        {OF_INITIATIVE}, day TEXT NOT NULL CHECK ({is_day("day")}),
        planned_value REAL CHECK (planned_value >= 0), earned_value REAL CHECK (earned_value >= 0),
        actual_cost REAL CHECK (actual_cost >= 0), scope_done REAL CHECK (scope_done >= 0),
        scope_total REAL CHECK (scope_total >= 0), UNIQUE (initiative_id, day)""",
    "benefit": f"""
        {OF_INITIATIVE}, name TEXT NOT NULL, unit TEXT, baseline REAL NOT NULL, target REAL NOT NULL,
        due TEXT CHECK ({is_day("due")}), owner TEXT, dependent_share REAL CHECK (dependent_share BETWEEN 0 AND 1),
        UNIQUE (initiative_id, name)""",
    "benefit_observation": f"""
        benefit_id TEXT NOT NULL REFERENCES benefit(id), day TEXT NOT NULL CHECK ({is_day("day")}), value REAL NOT NULL,
        UNIQUE (benefit_id, day)""",
    "risk": f"""
        {OF_INITIATIVE}, title TEXT NOT NULL, kind TEXT NOT NULL CHECK ({one_of("kind", RISK_KINDS)}),
        probability INTEGER CHECK (probability BETWEEN 1 AND 5), impact INTEGER CHECK (impact BETWEEN 1 AND 5),
        owner TEXT, response TEXT, closed_on TEXT CHECK ({is_day("closed_on")}), UNIQUE (initiative_id, title)""",
    "decision": f"""
        {OF_INITIATIVE}, title TEXT NOT NULL, touches_timing INTEGER NOT NULL CHECK (touches_timing IN (0, 1)),
        touches_adoption INTEGER NOT NULL CHECK (touches_adoption IN (0, 1)),
        delivery_ack TEXT, delivery_ack_at TEXT, people_ack TEXT, people_ack_at TEXT, locked_at TEXT,
        UNIQUE (initiative_id, title)""",
    "resistance": f"""
        {OF_INITIATIVE}, {_AUDIENCE}, title TEXT NOT NULL, cause TEXT,
        severity INTEGER CHECK (severity BETWEEN 1 AND 5), first_seen TEXT NOT NULL CHECK ({is_day("first_seen")}),
        owner TEXT, action TEXT CHECK ({one_of("action", RESISTANCE_ACTIONS)}), outcome TEXT,
        issue TEXT, milestone TEXT, closed_on TEXT CHECK ({is_day("closed_on")}), UNIQUE (initiative_id, title)""",
    "workaround": f"""
        {OF_INITIATIVE}, {_AUDIENCE}, title TEXT NOT NULL, count INTEGER CHECK (count >= 0),
        first_seen TEXT NOT NULL CHECK ({is_day("first_seen")}), owner TEXT,
        retire_by TEXT CHECK ({is_day("retire_by")}), closed_on TEXT CHECK ({is_day("closed_on")}),
        UNIQUE (initiative_id, title)""",
    "dependency": f"""
        {OF_INITIATIVE}, predecessor_id TEXT NOT NULL REFERENCES activity(id),
        successor_id TEXT NOT NULL REFERENCES activity(id) CHECK (successor_id <> predecessor_id),
        kind TEXT NOT NULL CHECK ({one_of("kind", DEPENDENCIES)}), lag_days REAL NOT NULL,
        UNIQUE (predecessor_id, successor_id)""",
    "holiday": f"""
        client_id TEXT NOT NULL REFERENCES client(id), day TEXT NOT NULL CHECK ({is_day("day")}), title TEXT NOT NULL,
        UNIQUE (client_id, day)""",
}
"""Records of the second schema: table to columns beyond ``id`` and ``rev``. ``delivery_ack`` and ``people_ack`` are ids."""

_NEW_COLUMNS = (
    "ALTER TABLE initiative ADD COLUMN charter TEXT",
    "ALTER TABLE initiative ADD COLUMN outcome_owner TEXT",
    "ALTER TABLE initiative ADD COLUMN change_budget REAL CHECK (change_budget >= 0)",
    "ALTER TABLE activity ADD COLUMN source_key TEXT",
)


_NEVER_REPLACED = tuple(
    # INSERT OR REPLACE deletes without a trigger unless the connection asks for recursive ones, as ours do.
    f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table}"
    f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = new.{key}) BEGIN"
    f" SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table, key in (("audit", "seq"), ("change_log", "seq"), ("signature", "id"))
)


def working_statements() -> tuple[str, ...]:
    """The statements that bring a desk from the first schema to the second, in order."""
    records = tuple(f"CREATE TABLE {name} ({RECORD}, {columns}) STRICT" for name, columns in WORKING_TABLES.items())
    logs = tuple(statement for name in WORKING_TABLES for statement in change_log_triggers(name))
    return (*records, *_NEW_COLUMNS, *logs, *_NEVER_REPLACED)
