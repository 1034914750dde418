"""What the calendar adds: who approved a window, and the ways to the changes of a stretch of time.

Same conventions as the schemas before it.
"""

from __future__ import annotations


def calendar_statements() -> tuple[str, ...]:
    """The statements that add the calendar to a desk, in order."""
    return (
        "ALTER TABLE time_window ADD COLUMN approved_by TEXT",
        # Both ends and the state stand in the index: of twenty thousand changes only those that are shown are read.
        "DROP INDEX change_by_start",
        "CREATE INDEX change_on_calendar ON change_request(planned_end, planned_start, state)",
        "CREATE INDEX change_submitted ON change_request(client_id, path, submitted_at) WHERE submitted_at IS NOT NULL",
    )
