"""The records of the people side: impacts, readiness, stakeholders, surveys, and what was decided about gaps.

Same conventions as the schemas before: STRICT, CHECKs, ids, ``rev``, change log by triggers.
"""

from __future__ import annotations

from changedesk.domain.words import (
    ASPECTS,
    CHECKPOINTS,
    CONFIDENCE_OF,
    ELEMENTS,
    READINESS_ABOUT,
    READINESS_KINDS,
    READINESS_STATUSES,
    RESISTANCE_ACTIONS,
    SIGNING_LANES,
    WORKAROUND_KINDS,
)
from changedesk.store.schema.desk import OF_INITIATIVE, RECORD, change_log_triggers, is_day, one_of

_AUDIENCE = "audience_id TEXT NOT NULL REFERENCES audience(id)"
_ANY_AUDIENCE = "audience_id TEXT REFERENCES audience(id)"


def _rating(column: str) -> str:
    return f"{column} INTEGER CHECK ({column} BETWEEN 1 AND 5)"


PEOPLE_SIDE_TABLES: dict[str, str] = {
    "impact": f"""
        {_AUDIENCE}, aspect TEXT NOT NULL CHECK ({one_of("aspect", ASPECTS)}),
        degree INTEGER NOT NULL CHECK (degree BETWEEN 0 AND 5), yesterday TEXT, tomorrow TEXT,
        UNIQUE (audience_id, aspect)""",
    "readiness": f"""
        {OF_INITIATIVE}, about TEXT NOT NULL DEFAULT 'audience' CHECK ({one_of("about", READINESS_ABOUT)}),
        {_ANY_AUDIENCE}, item TEXT NOT NULL, status TEXT NOT NULL CHECK ({one_of("status", READINESS_STATUSES)}),
        kind TEXT CHECK ({one_of("kind", READINESS_KINDS)}), weight REAL CHECK (weight >= 0),
        due TEXT CHECK ({is_day("due")}), checkpoint TEXT CHECK ({one_of("checkpoint", CHECKPOINTS)}),
        lane TEXT NOT NULL DEFAULT 'people' CHECK ({one_of("lane", SIGNING_LANES)}),
        owner TEXT, evidence TEXT, action TEXT, CHECK (about <> 'audience' OR audience_id IS NOT NULL)""",
    "contact_reason": f"""
        {OF_INITIATIVE}, reason TEXT NOT NULL, expected INTEGER CHECK (expected >= 0),
        script TEXT, article TEXT, escalation TEXT, UNIQUE (initiative_id, reason)""",
    "stakeholder": f"""
        {OF_INITIATIVE}, name TEXT NOT NULL, role TEXT, audience_ids TEXT, {_rating("power")}, {_rating("interest")},
        stance_now INTEGER CHECK (stance_now BETWEEN -2 AND 2), stance_wanted INTEGER CHECK (stance_wanted BETWEEN -2 AND 2),
        coalition INTEGER CHECK (coalition IN (0, 1)), last_act TEXT, last_act_on TEXT CHECK ({is_day("last_act_on")}),
        owner TEXT, UNIQUE (initiative_id, name)""",
    "survey_answer": f"""
        {_AUDIENCE}, day TEXT NOT NULL CHECK ({is_day("day")}), respondent TEXT NOT NULL,
        {", ".join(map(_rating, ELEMENTS))}, answers INTEGER CHECK (answers >= 1),
        UNIQUE (audience_id, day, respondent)""",
    "confidence": f"""
        {OF_INITIATIVE}, whose TEXT NOT NULL CHECK ({one_of("whose", CONFIDENCE_OF)}),
        day TEXT NOT NULL CHECK ({is_day("day")}), score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5), comment TEXT,
        UNIQUE (initiative_id, whose, day)""",
    "behaviour": f"""
        {OF_INITIATIVE}, {_ANY_AUDIENCE}, title TEXT NOT NULL, standard TEXT, metric TEXT,
        UNIQUE (initiative_id, title)""",
    "expected_resistance": f"""
        {OF_INITIATIVE}, {_ANY_AUDIENCE}, title TEXT NOT NULL, cause TEXT,
        action TEXT CHECK ({one_of("action", RESISTANCE_ACTIONS)}), answer TEXT, UNIQUE (initiative_id, title)""",
    "gap_mark": f"""
        {OF_INITIATIVE}, gap TEXT NOT NULL CHECK (gap <> ''), owner TEXT,
        waiver TEXT, waived_by TEXT, waived_at TEXT, waived_until TEXT CHECK ({is_day("waived_until")}),
        snoozed_by TEXT, snoozed_until TEXT CHECK ({is_day("snoozed_until")}),
        UNIQUE (initiative_id, gap),
        CHECK ((waiver IS NULL) = (waived_by IS NULL) AND (waiver IS NULL) = (waived_at IS NULL)
            AND (waiver IS NULL) = (waived_until IS NULL)),
        CHECK ((snoozed_by IS NULL) = (snoozed_until IS NULL))""",
}
"""Records of this schema: table to columns beyond ``id`` and ``rev``. ``waived_by`` and ``snoozed_by`` are ids of people,
``audience_ids`` are ids of audiences with ``;`` between them, in their order."""

_OTHERS = (
    "CREATE UNIQUE INDEX readiness_key ON readiness(initiative_id, ifnull(audience_id, ''), item)",
    "ALTER TABLE audience ADD COLUMN capacity REAL CHECK (capacity > 0)",
    "ALTER TABLE client ADD COLUMN saturation_capacity REAL CHECK (saturation_capacity > 0)",
    f"ALTER TABLE workaround ADD COLUMN kind TEXT CHECK ({one_of('kind', WORKAROUND_KINDS)})",
    "ALTER TABLE workaround ADD COLUMN tolerated INTEGER CHECK (tolerated IN (0, 1))",
    # What the ranking of gaps is made of, kept current in the transaction that changes it, as standings are.
    "CREATE TABLE people_standing (initiative_id TEXT PRIMARY KEY NOT NULL REFERENCES initiative(id),"
    " client_id TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX people_standing_of_client ON people_standing(client_id)",
)


def people_side_statements() -> tuple[str, ...]:
    """The statements that add the people side to a desk, in order."""
    records = tuple(f"CREATE TABLE {name} ({RECORD}, {columns}) STRICT" for name, columns in PEOPLE_SIDE_TABLES.items())
    logs = tuple(statement for name in PEOPLE_SIDE_TABLES for statement in change_log_triggers(name))
    return (*records, *_OTHERS, *logs)
