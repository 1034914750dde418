"""The clock of this computer, in summer and in winter: what ``astimezone()`` knows of one moment, for every moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final


class OwnClock(tzinfo):
    """The computer's own time zone, whatever it is called and wherever the system keeps it."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """How far it is ahead of UTC at a time on the wall; None when nobody says which time."""
        if moment is None:
            return None
        # By way of the moment: astimezone() would move a time that a clock skips before it says how far it is ahead.
        wall = moment.replace(tzinfo=None)
        return wall.replace(tzinfo=UTC) - datetime.fromtimestamp(wall.timestamp(), UTC)

    def dst(self, _moment: datetime | None) -> timedelta | None:
        """How much of that is summer time is not known to the system."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """What it is called then."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """What the wall shows at a moment; an hour that comes twice says which one it is."""
        local = moment.replace(tzinfo=UTC).astimezone()
        first = local.replace(tzinfo=None, fold=0)
        again = first.astimezone().utcoffset() != local.utcoffset()
        return first.replace(tzinfo=self, fold=int(again))


OWN_CLOCK: Final = OwnClock()
