"""The tables of a desk.

Every table is STRICT with its rules as CHECKs; every record has an id that is unique everywhere and a ``rev`` that
counts its changes. Triggers leave a row in ``change_log`` for each insert, update and delete of a record, with the
number of the audit event of the same transaction: nothing that writes records can forget it. That number stands in
``write_door`` while the write door is open and is missing otherwise, so a stray program's change is refused.
"""

from __future__ import annotations

from changedesk.domain.words import (
    ACTIVITY_KINDS,
    CHECKPOINTS,
    INITIATIVE_STATES,
    LANES,
    METHODS,
    PHASES,
    SIGNING_LANES,
)


def one_of(column: str, words: tuple[str, ...]) -> str:
    """A condition: the column holds one of the words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def is_day(column: str) -> str:
    """A condition: the column holds a real calendar day as ISO text."""
    return f"date({column}) IS {column}"


_PHASE_FITS_LANE = " OR ".join(f"(lane = '{lane}' AND {one_of('phase', phases)})" for lane, phases in PHASES.items())
_KIND_FITS_LANE = " OR ".join(
    f"(lane = '{lane}' AND {one_of('kind', kinds)})" for lane, kinds in ACTIVITY_KINDS.items()
)

RECORD = "id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 26), rev INTEGER NOT NULL DEFAULT 1 CHECK (rev >= 1)"
OF_INITIATIVE = "initiative_id TEXT NOT NULL REFERENCES initiative(id)"

RECORD_TABLES: dict[str, str] = {
    "client": """
        code TEXT NOT NULL UNIQUE CHECK (code <> ''),
        name TEXT, timezone TEXT, business_hours TEXT,
        user_maturity INTEGER CHECK (user_maturity BETWEEN 1 AND 5),
        retro_hours INTEGER CHECK (retro_hours >= 0), pir_days INTEGER CHECK (pir_days >= 0)""",
    "person": """
        login TEXT NOT NULL UNIQUE CHECK (login <> ''),
        name TEXT NOT NULL, email TEXT, client_id TEXT REFERENCES client(id), roles TEXT""",
    "account": """
        os_login TEXT NOT NULL UNIQUE CHECK (os_login <> ''), roles TEXT NOT NULL""",
    "initiative": f"""
        client_id TEXT NOT NULL REFERENCES client(id),
        code TEXT NOT NULL UNIQUE CHECK (code <> ''), title TEXT NOT NULL,
        project_owner TEXT, change_owner TEXT, sponsor TEXT,
        go_live_planned TEXT CHECK ({is_day("go_live_planned")}), go_live_actual TEXT CHECK ({is_day("go_live_actual")}),
        budget REAL, currency TEXT, state TEXT CHECK ({one_of("state", INITIATIVE_STATES)}),
        imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1))""",
    "lane": f"""
        {OF_INITIATIVE}, kind TEXT NOT NULL CHECK ({one_of("kind", LANES)}),
        closed_at TEXT, closure_basis TEXT, UNIQUE (initiative_id, kind)""",
    "audience": f"""
        {OF_INITIATIVE}, name TEXT NOT NULL, role TEXT, site TEXT,
        headcount INTEGER NOT NULL CHECK (headcount >= 0), go_live TEXT CHECK ({is_day("go_live")}),
        UNIQUE (initiative_id, name)""",
    "activity": f"""
        {OF_INITIATIVE}, lane TEXT NOT NULL, phase TEXT NOT NULL, title TEXT NOT NULL, kind TEXT,
        audience_id TEXT REFERENCES audience(id), owner TEXT,
        planned_start TEXT CHECK ({is_day("planned_start")}), planned_end TEXT NOT NULL CHECK ({is_day("planned_end")}),
        actual_start TEXT CHECK ({is_day("actual_start")}), actual_end TEXT CHECK ({is_day("actual_end")}),
        weight REAL CHECK (weight >= 0), percent_complete REAL CHECK (percent_complete BETWEEN 0 AND 100),
        milestone INTEGER CHECK (milestone IN (0, 1)),
        baseline_start TEXT, baseline_end TEXT, baseline_weight REAL,
        UNIQUE (initiative_id, lane, title), CHECK ({_PHASE_FITS_LANE}), CHECK (kind IS NULL OR {_KIND_FITS_LANE})""",
    "target": f"""
        {OF_INITIATIVE}, audience_id TEXT REFERENCES audience(id), metric TEXT NOT NULL,
        target REAL NOT NULL CHECK (target BETWEEN 0 AND 100), due TEXT NOT NULL CHECK ({is_day("due")})""",
    "checklist": f"""
        {OF_INITIATIVE}, checkpoint TEXT NOT NULL CHECK ({one_of("checkpoint", CHECKPOINTS)}),
        lane TEXT NOT NULL CHECK ({one_of("lane", SIGNING_LANES)}), item TEXT NOT NULL,
        done_at TEXT, done_by TEXT, evidence TEXT, UNIQUE (initiative_id, checkpoint, lane, item)""",
    "signature": f"""
        {OF_INITIATIVE}, checkpoint TEXT NOT NULL CHECK ({one_of("checkpoint", CHECKPOINTS)}),
        lane TEXT NOT NULL CHECK ({one_of("lane", SIGNING_LANES)}), signer TEXT NOT NULL, signed_at TEXT NOT NULL,
        waiver TEXT, digest TEXT NOT NULL, recorded_by TEXT""",
}
"""Records of a desk: table to columns beyond ``id`` and ``rev``. ``signer`` and ``done_by`` are ids of people."""

_OBSERVATION = f"""CREATE TABLE observation (
    id TEXT NOT NULL CHECK (length(id) = 26), rev INTEGER NOT NULL DEFAULT 1 CHECK (rev >= 1),
    audience_id TEXT NOT NULL REFERENCES audience(id), metric TEXT NOT NULL,
    method TEXT NOT NULL CHECK ({one_of("method", METHODS)}), day TEXT NOT NULL CHECK ({is_day("day")}),
    numerator REAL NOT NULL, denominator REAL NOT NULL,
    CHECK (denominator > 0 AND numerator >= 0 AND numerator <= denominator),
    PRIMARY KEY (audience_id, metric, method, day)) STRICT, WITHOUT ROWID"""
"""A million rows: they lie in the order in which charts read them, so that no second index is needed."""

RECORDS = (*RECORD_TABLES, "observation")
"""Every table whose rows are records with ``id`` and ``rev``."""

_INDEXES = (
    "CREATE INDEX initiative_of_client ON initiative(client_id)",
    "CREATE UNIQUE INDEX target_key ON target(initiative_id, ifnull(audience_id, ''), metric)",
    "CREATE INDEX signature_of ON signature(initiative_id, checkpoint)",
)

_OTHER_TABLES = (
    "CREATE TABLE desk (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, kind TEXT NOT NULL"
    " CHECK (kind IN ('personal', 'shared')), demo INTEGER NOT NULL CHECK (demo IN (0, 1)), created_at TEXT NOT NULL) STRICT",
    "CREATE TABLE write_door (one INTEGER PRIMARY KEY CHECK (one = 1), event INTEGER) STRICT",
    "INSERT INTO write_door VALUES (1, NULL)",
    # Names of people who are no rows of ``person``: the audit names them by this id, so that a name can be erased.
    "CREATE TABLE mention (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY CHECK (seq >= 1), at TEXT NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL,"
    " subject TEXT NOT NULL, body TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL UNIQUE) STRICT",
    "CREATE INDEX audit_subject ON audit(subject, seq)",
    "CREATE TABLE change_log (seq INTEGER PRIMARY KEY, event INTEGER NOT NULL, record TEXT NOT NULL, row_id TEXT NOT NULL,"
    " base_rev INTEGER NOT NULL, op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete'))) STRICT",
    # What the portfolio shows of an initiative, kept current in the transaction that changes what it is made of.
    "CREATE TABLE standing (initiative_id TEXT PRIMARY KEY NOT NULL REFERENCES initiative(id), client_id TEXT NOT NULL,"
    " body TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX standing_of_client ON standing(client_id)",
)


def change_log_triggers(table: str) -> tuple[str, ...]:
    """The triggers by which no change of a record goes unlogged."""
    return tuple(
        f"CREATE TRIGGER {table}_{op} AFTER {op.upper()} ON {table} BEGIN INSERT INTO change_log"
        f" (event, record, row_id, base_rev, op) SELECT event, '{table}', {row}.id, {base}, '{op}' FROM write_door; END"
        for op, row, base in (("insert", "new", "0"), ("update", "new", "old.rev"), ("delete", "old", "old.rev"))
    )


def append_only(table: str) -> tuple[str, ...]:
    """The triggers by which no row of a table is ever changed or taken away."""
    return tuple(
        f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb.upper()} ON {table} BEGIN"
        f" SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("update", "delete")
    )


def desk_statements() -> tuple[str, ...]:
    """The statements that make an empty desk, in order."""
    records = tuple(f"CREATE TABLE {name} ({RECORD}, {columns}) STRICT" for name, columns in RECORD_TABLES.items())
    logs = tuple(statement for name in RECORDS for statement in change_log_triggers(name))
    frozen = tuple(statement for name in ("audit", "change_log", "signature") for statement in append_only(name))
    return (*records, _OBSERVATION, *_OTHER_TABLES, *_INDEXES, *logs, *frozen)
