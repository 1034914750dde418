"""Where a desk lies, and opening it: all that stands between the command and the first frame."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from changedesk.errors import BadInput
from changedesk.store.desk.database import Clock, Desk
from changedesk.store.desk.files import read_header
from changedesk.store.desk.migrate import SCHEMA

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199
"""The years of a clock: from the first one that computers count, to the last one of which a record can be."""


def default_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the desk lies when nobody says: ``CHANGEDESK_DB``, else the platform's folder for a user's data."""
    if named := environment.get("CHANGEDESK_DB"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("changedesk", appauthor=False) / "desk.db"


def fixed_clock(environment: Mapping[str, str]) -> Clock | None:
    """The clock that ``CHANGEDESK_NOW`` sets for a demo desk, None when it is not set."""
    text = environment.get("CHANGEDESK_NOW")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"CHANGEDESK_NOW is {text!r}, which is no ISO 8601 time", "write it as 2026-11-26T14:02:00Z"
        ) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadInput(f"CHANGEDESK_NOW is {text!r}; clocks go from {FIRST_YEAR} to {LAST_YEAR}")
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return lambda: moment


def upgrade_ahead(path: Path) -> str | None:
    """What to say before a desk of an older program is opened, which takes some seconds once; None when it takes none."""
    try:
        is_plain = stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        # Whoever opens it says why it cannot be read.
        return None
    if not is_plain:
        return None
    schema = read_header(path).schema
    if not 0 < schema < SCHEMA:
        return None
    return (
        f"{path} is brought from schema {schema} to {SCHEMA}, once; a copy is kept beside it,"
        " and every summary is made anew, which can take some seconds ..."
    )


def open_desk(path: Path, environment: Mapping[str, str] = os.environ, *, read_only: bool = False) -> Desk:
    """Open a desk, ``read_only`` for looking alone.

    Only a demo desk takes its clock from ``CHANGEDESK_NOW``, so that no real decision gets a made-up time.
    """
    clock = fixed_clock(environment)
    desk = Desk(path, read_only=read_only)
    if clock is not None:
        if not desk.facts.demo:
            desk.close()
            raise BadInput("CHANGEDESK_NOW sets the clock of demo desks only", "unset it to use this desk")
        desk.clock = clock
    return desk
