"""What is learned from changes: more of what a review finds, what it proposes, and the index by which the past is asked.

Same conventions as before it. Columns that a record gets later are added to its table; triggers stay as they are.
"""

from __future__ import annotations

from changedesk.domain.control import proposal
from changedesk.store.schema.desk import RECORD, change_log_triggers, one_of

_PROPOSAL = f"""
    client_id TEXT NOT NULL REFERENCES client(id), change_id TEXT NOT NULL REFERENCES change_request(id),
    about TEXT NOT NULL CHECK ({one_of("about", proposal.ABOUT)}), template TEXT, text TEXT NOT NULL CHECK (text <> ''),
    state TEXT NOT NULL CHECK ({one_of("state", proposal.STATES)}), made_by TEXT NOT NULL, made_at TEXT NOT NULL,
    decided_by TEXT, decided_at TEXT, reason TEXT,
    CHECK ((about = 'template') = (template IS NOT NULL)), CHECK ((state = 'open') = (decided_at IS NULL))"""

LEARNING_TABLES = {"learned_proposal": _PROPOSAL}
"""Records of this schema: table to columns beyond ``id`` and ``rev``."""

_COLUMNS = (
    "ALTER TABLE review ADD COLUMN incidents TEXT",
    "ALTER TABLE review ADD COLUMN downtime_minutes INTEGER CHECK (downtime_minutes >= 0)",
    # Uses before an approval say nothing about what was mended for it.
    "ALTER TABLE template ADD COLUMN approved_at TEXT",
    "ALTER TABLE template ADD COLUMN retired_why TEXT",
    # Not kept, only named: so that an index can hold it, and a median needs no look at the changes themselves.
    "ALTER TABLE change_request ADD COLUMN actual_minutes REAL"
    " GENERATED ALWAYS AS (round((julianday(actual_end) - julianday(actual_start)) * 1440, 1)) VIRTUAL",
)

_INDEXES = (
    # Everything that a base rate asks of the past lies in the index itself: twenty thousand changes in a few milliseconds.
    "CREATE INDEX change_done ON change_request(path, risk, client_id, services, outcome, actual_minutes, id)"
    " WHERE outcome IS NOT NULL",
    "CREATE INDEX change_acted_first ON change_request(state) WHERE authorisers IS NOT NULL",
    "CREATE INDEX proposal_of ON learned_proposal(client_id, state)",
    "CREATE INDEX action_open ON review_action(due) WHERE done_at IS NULL",
)


def learning_statements() -> tuple[str, ...]:
    """The statements of this step, in order."""
    tables = tuple(f"CREATE TABLE {name} ({RECORD}, {columns}) STRICT" for name, columns in LEARNING_TABLES.items())
    logs = tuple(statement for name in LEARNING_TABLES for statement in change_log_triggers(name))
    return (*_COLUMNS, *tables, *_INDEXES, *logs)
