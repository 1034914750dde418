"""The records of change control: requests and their revisions, policies, votes, windows, meetings, reviews.

Third migration. Same conventions as before it: STRICT, CHECKs, ids, ``rev``, change log by triggers. What a decision was
made on (revisions, policies, votes, acknowledgements, evidence) is append-only. ``*_by`` and ``voter`` are ids of people.
"""

from __future__ import annotations

from changedesk.domain.words import (
    CAUSES,
    CHANGE_PATHS,
    CHANGE_STATES,
    OUTCOMES,
    REVIEW_RESULTS,
    RISK_LEVELS,
    TEMPLATE_STATES,
    VOTES,
    WINDOW_KINDS,
)
from changedesk.store.schema.desk import RECORD, change_log_triggers, one_of

_CLIENT = "client_id TEXT NOT NULL REFERENCES client(id)"
_CHANGE = "change_id TEXT NOT NULL REFERENCES change_request(id)"

CONTROL_TABLES: dict[str, str] = {
    "policy": f"""
        {_CLIENT}, version INTEGER NOT NULL CHECK (version >= 1), body TEXT NOT NULL,
        made_at TEXT NOT NULL, made_by TEXT NOT NULL, UNIQUE (client_id, version)""",
    "change_request": f"""
        {_CLIENT}, number TEXT NOT NULL CHECK (number <> ''), title TEXT NOT NULL,
        path TEXT NOT NULL CHECK ({one_of("path", CHANGE_PATHS)}), risk TEXT CHECK ({one_of("risk", RISK_LEVELS)}),
        services TEXT, planned_start TEXT NOT NULL, planned_end TEXT NOT NULL CHECK (planned_start < planned_end),
        actual_start TEXT, actual_end TEXT CHECK (actual_start IS NULL OR actual_end IS NULL OR actual_start <= actual_end),
        requester TEXT, implementer TEXT, state TEXT CHECK ({one_of("state", CHANGE_STATES)}),
        outcome TEXT CHECK ({one_of("outcome", OUTCOMES)}), initiative_id TEXT REFERENCES initiative(id),
        milestone TEXT, reason TEXT, outage_minutes INTEGER CHECK (outage_minutes >= 0),
        plan TEXT, test_plan TEXT, backout_plan TEXT, backout_minutes INTEGER CHECK (backout_minutes >= 0),
        risk_answers TEXT,
        template TEXT, template_version INTEGER, incident TEXT,
        hold TEXT, revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1), round INTEGER NOT NULL DEFAULT 0,
        policy_id TEXT REFERENCES policy(id), panel TEXT,
        submitted_at TEXT, opened_at TEXT, decided_at TEXT, authorisers TEXT, retro_due TEXT,
        outcome_reason TEXT, caused_p1 INTEGER NOT NULL DEFAULT 0 CHECK (caused_p1 IN (0, 1)),
        imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1)),
        held_here INTEGER NOT NULL DEFAULT 1 CHECK (held_here IN (0, 1)),
        UNIQUE (client_id, number)""",
    "change_revision": f"""
        {_CHANGE}, revision INTEGER NOT NULL, digest TEXT NOT NULL, content TEXT NOT NULL,
        at TEXT NOT NULL, made_by TEXT NOT NULL, UNIQUE (change_id, revision)""",
    "vote": f"""
        {_CHANGE}, revision INTEGER NOT NULL, round INTEGER NOT NULL, digest TEXT NOT NULL, step INTEGER NOT NULL,
        voter TEXT NOT NULL, on_behalf_of TEXT, decision TEXT NOT NULL CHECK ({one_of("decision", VOTES)}),
        comment TEXT, at TEXT NOT NULL, recorded_by TEXT, evidence TEXT,
        UNIQUE (change_id, revision, round, step, voter)""",
    "conflict_ack": f"""
        {_CHANGE}, revision INTEGER NOT NULL, conflict TEXT NOT NULL, by_id TEXT NOT NULL, at TEXT NOT NULL, reason TEXT,
        UNIQUE (change_id, revision, conflict)""",
    "delegation": """
        of_id TEXT NOT NULL, to_id TEXT NOT NULL CHECK (to_id <> of_id), role TEXT, starts_at TEXT NOT NULL,
        ends_at TEXT NOT NULL CHECK (starts_at < ends_at), reason TEXT, ended_at TEXT""",
    "template": f"""
        {_CLIENT}, name TEXT NOT NULL, version INTEGER NOT NULL CHECK (version >= 1),
        state TEXT NOT NULL CHECK ({one_of("state", TEMPLATE_STATES)}), body TEXT NOT NULL,
        allowed TEXT, max_risk TEXT NOT NULL CHECK ({one_of("max_risk", RISK_LEVELS)}),
        min_success REAL NOT NULL CHECK (min_success BETWEEN 0 AND 1), approved_until TEXT,
        proposer TEXT, approver TEXT, suspended_why TEXT, UNIQUE (client_id, name, version)""",
    "time_window": f"""
        client_id TEXT REFERENCES client(id), kind TEXT NOT NULL CHECK ({one_of("kind", WINDOW_KINDS)}), scope TEXT,
        title TEXT NOT NULL, starts_at TEXT NOT NULL, ends_at TEXT NOT NULL CHECK (starts_at < ends_at), rrule TEXT""",
    "implementation_step": f"""
        {_CHANGE}, position INTEGER NOT NULL, text TEXT NOT NULL, done_at TEXT, done_by TEXT, note TEXT,
        UNIQUE (change_id, position)""",
    "evidence": f"""
        {_CHANGE}, kind TEXT NOT NULL CHECK (kind IN ('text', 'file')), name TEXT, text TEXT, content BLOB,
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64), at TEXT NOT NULL, by_id TEXT NOT NULL""",
    "review": f"""
        {_CHANGE}, reviewer TEXT NOT NULL, at TEXT NOT NULL, findings TEXT NOT NULL,
        result TEXT CHECK ({one_of("result", REVIEW_RESULTS)}), cause TEXT CHECK ({one_of("cause", CAUSES)}),
        impacts TEXT, last_minute TEXT, informed TEXT, adoption_effect TEXT, proposal TEXT, UNIQUE (change_id)""",
    "review_action": f"""
        {_CHANGE}, text TEXT NOT NULL, owner TEXT, due TEXT, done_at TEXT, UNIQUE (change_id, text)""",
    "lesson": f"""
        {_CLIENT}, change_id TEXT REFERENCES change_request(id), text TEXT NOT NULL, tags TEXT, at TEXT NOT NULL""",
    "cab_meeting": f"""
        {_CLIENT}, kind TEXT NOT NULL CHECK (kind IN ('cab', 'vcab')), title TEXT NOT NULL, at TEXT NOT NULL,
        ends_at TEXT NOT NULL CHECK (at < ends_at), chair TEXT, attendees TEXT,
        state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')), opened_at TEXT, closed_at TEXT,
        UNIQUE (client_id, title, at)""",
    "cab_item": """
        meeting_id TEXT NOT NULL REFERENCES cab_meeting(id), change_id TEXT NOT NULL REFERENCES change_request(id),
        position INTEGER NOT NULL, minutes INTEGER NOT NULL CHECK (minutes >= 1), began_at TEXT, ended_at TEXT,
        decision TEXT, notes TEXT, UNIQUE (meeting_id, change_id)""",
}
"""Records of the third schema: table to columns beyond ``id`` and ``rev``."""

APPEND_ONLY = ("policy", "change_revision", "vote", "conflict_ack", "evidence", "review")
"""What was decided, and on what: written once."""

_INDEXES = (
    "CREATE UNIQUE INDEX time_window_key ON time_window(ifnull(client_id, ''), kind, title, starts_at)",
    "CREATE INDEX change_by_start ON change_request(planned_start)",
    "CREATE INDEX change_of_initiative ON change_request(initiative_id)",
    "CREATE INDEX change_waiting ON change_request(state) WHERE state IN"
    " ('draft', 'assessing', 'authorizing', 'scheduled', 'implementing', 'review')",
    "CREATE INDEX vote_of ON vote(change_id)",
    "CREATE INDEX change_of_template ON change_request(client_id, template, actual_end)",
    "CREATE INDEX evidence_of ON evidence(change_id)",
    "CREATE INDEX lesson_of ON lesson(client_id)",
    "CREATE INDEX item_of_change ON cab_item(change_id)",
    "CREATE INDEX delegation_to ON delegation(to_id)",
)


def _frozen(table: str) -> tuple[str, ...]:
    refused = f"SELECT RAISE(ABORT, '{table} is append-only'); END"
    return (
        *(
            f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb.upper()} ON {table} BEGIN {refused}"
            for verb in ("update", "delete")
        ),
        # INSERT OR REPLACE deletes without a trigger unless the connection asks for recursive ones, as ours do.
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id) BEGIN {refused}",
    )


def control_statements() -> tuple[str, ...]:
    """The statements that bring a desk from the second schema to the third, in order."""
    records = tuple(f"CREATE TABLE {name} ({RECORD}, {columns}) STRICT" for name, columns in CONTROL_TABLES.items())
    logs = tuple(statement for name in CONTROL_TABLES for statement in change_log_triggers(name))
    frozen = tuple(statement for name in APPEND_ONLY for statement in _frozen(name))
    return (*records, *_INDEXES, *logs, *frozen)
