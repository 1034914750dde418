"""Forecasts as they were made, week by week, and what a figure is there for: objectives with their key results.

Same conventions as before it. A kept forecast is never changed and never taken away: how often forecasts were right is
computed from them (R66).
"""

from __future__ import annotations

from changedesk.store.schema.desk import OF_INITIATIVE, RECORD, append_only, change_log_triggers, is_day

_KEPT_FORECAST = f"""
    {OF_INITIATIVE}, audience_id TEXT REFERENCES audience(id), metric TEXT NOT NULL,
    week TEXT NOT NULL CHECK ({is_day("week")} AND strftime('%w', week) = '1'),
    made_on TEXT NOT NULL CHECK ({is_day("made_on")} AND made_on >= week),
    through TEXT CHECK ({is_day("through")} AND through <= made_on),
    revision TEXT NOT NULL CHECK (length(revision) = 64), basis TEXT NOT NULL CHECK (basis IN ('data', 'prior')),
    target REAL CHECK (target BETWEEN 0 AND 100), due TEXT CHECK ({is_day("due")}),
    chance REAL CHECK (chance BETWEEN 0 AND 1), expected TEXT CHECK ({is_day("expected")}),
    expected_early TEXT CHECK ({is_day("expected_early")}), expected_late TEXT CHECK ({is_day("expected_late")}),
    ceiling TEXT NOT NULL, fan TEXT NOT NULL"""

_KEY_RESULT = f"""
    {OF_INITIATIVE}, objective TEXT NOT NULL CHECK (objective <> ''), title TEXT NOT NULL CHECK (title <> ''),
    metric TEXT, benefit_id TEXT REFERENCES benefit(id), owner TEXT, UNIQUE (initiative_id, objective, title)"""

ADOPTION_TABLES = {"kept_forecast": _KEPT_FORECAST, "key_result": _KEY_RESULT}
"""Records of this schema: table to columns beyond ``id`` and ``rev``. Days of ``expected`` that are missing are never."""

_INDEXES = (
    "CREATE UNIQUE INDEX kept_forecast_key ON kept_forecast(initiative_id, metric, ifnull(audience_id, ''), week)",
)


def adoption_statements() -> tuple[str, ...]:
    """The statements of this step, in order."""
    tables = tuple(f"CREATE TABLE {name} ({RECORD}, {columns}) STRICT" for name, columns in ADOPTION_TABLES.items())
    logs = tuple(statement for name in ADOPTION_TABLES for statement in change_log_triggers(name))
    return (*tables, *_INDEXES, *logs, *append_only("kept_forecast"))
