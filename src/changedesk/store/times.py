"""Days and instants as they are stored."""

from __future__ import annotations

from datetime import UTC, date, datetime

from changedesk.errors import Damaged


def instant(moment: datetime) -> str:
    """An instant as text: UTC, to the millisecond, with ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seconds(moment: datetime) -> str:
    """An instant as files hold it: UTC, to the second, with ``Z``."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def stored_instant(text: str) -> datetime:
    """A stored instant; Damaged when the text is none."""
    try:
        return datetime.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise _damaged(text) from error


def stored_day(text: str) -> date:
    """A stored day; Damaged when the text is none."""
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise _damaged(text) from error


def day(text: str | None) -> date | None:
    """A stored day, or None where there is none."""
    return None if text is None else stored_day(text)


def _damaged(text: object) -> Damaged:
    return Damaged(
        f"the desk is damaged: {text!r} stands where a day belongs", "restore a backup with: changedesk restore"
    )
