"""The real dashboard on a desk of its own, with a form open: ``form_program.py LOG DESK INITIATIVE``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import changedesk.process
from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.services.door import open_door


def main() -> int:
    """Open the records of risks at once, as ``r i`` on the initiative does."""
    door = open_door(Path(sys.argv[2]))
    factories = changedesk.process.screens_by_name()

    def records(context: Context) -> DeskScreen:
        screen = factories["records"](context)
        screen.open_subject(f"risks {sys.argv[3]}")
        return screen

    changedesk.process.screens_by_name = lambda: {**factories, "portfolio": records}
    return changedesk.process.run(
        Context(
            door=door,
            clock=lambda: datetime(2026, 11, 26, 14, 2, tzinfo=UTC),
            changed=door.revision,
            log_file=Path(sys.argv[1]),
        )
    )


if __name__ == "__main__":
    sys.exit(main())
