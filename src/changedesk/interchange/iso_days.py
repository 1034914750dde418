"""Days and moments as canonical files hold them: in ISO 8601, a moment in UTC or by the clock of a zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from changedesk.interchange.refusing import CellRefused, quoted

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_STORED_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_OTHER_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


def day_text(text: str) -> str:
    """A day that is written in ISO 8601; one that is not is refused with how it can be read, or is to be written."""
    if _ISO_DAY.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise CellRefused(f"there is no day {text}") from None
        _refuse_other_years(text, day.year)
        return text
    if other := _OTHER_DAY.fullmatch(text):
        first, second, year = (int(part) for part in other.groups())
        readings = [iso for month, day_ in ((second, first), (first, second)) if (iso := _iso(year, month, day_))]
        if len(set(readings)) == 2:
            raise CellRefused(
                f"{quoted(text)} can be read as {readings[0]} or as {readings[1]}; write the one that is meant"
            )
        if readings:
            raise CellRefused(f"{quoted(text)} is not written as YYYY-MM-DD; write {readings[0]}")
    raise CellRefused(f"{quoted(text)} is not a day; write it as 2026-11-26")


def moment_text(text: str) -> str:
    """A moment in UTC with ``Z``, to the second; without one when the text names no zone."""
    if _STORED_MOMENT.fullmatch(text) and str(_FIRST_YEAR) <= text[:4] <= str(_LAST_YEAR) and _is_moment(text):
        return text
    if _ISO_DAY.fullmatch(text):
        raise CellRefused(f"{quoted(text)} is a day without a time; write it as {text}T14:00")
    if not _ISO_MOMENT.fullmatch(text):
        if other := _OTHER_DAY.match(text):
            day_text(other[0])  # says how the day can be read, or how it is to be written
        raise CellRefused(f"{quoted(text)} is not a time; write it as 2026-11-26T14:00Z")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CellRefused(f"there is no time {text}") from None
    _refuse_other_years(text, moment.year)
    moment = moment.replace(microsecond=0)
    return moment.isoformat() if moment.tzinfo is None else utc_text(moment)


def utc_text(moment: datetime) -> str:
    """An aware moment as a file and the desk hold it: UTC, to the second, with ``Z``."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def in_zone(text: str, zone: ZoneInfo) -> str:
    """The moment that a text without a zone names in this one; refused where clocks change and it names none, or two."""
    local = datetime.fromisoformat(text)
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        readings = [utc_text(first), utc_text(second)]
        if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
            raise CellRefused(f"there is no {text} in {zone.key}: the clocks go forward then")
        raise CellRefused(f"{text} in {zone.key} can be read as {readings[0]} or as {readings[1]}; write the one meant")
    return utc_text(first)


def local_text(text: str, zone: ZoneInfo) -> str:
    """A moment in UTC as the clock in a zone shows it, and as :func:`in_zone` reads it; with its offset where it is shown twice."""
    moment = datetime.fromisoformat(text).astimezone(zone)
    local = moment.replace(tzinfo=None)
    try:
        in_zone(local.isoformat(), zone)
    except CellRefused:
        return moment.isoformat()
    return local.isoformat()


def _refuse_other_years(text: str, year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise CellRefused(f"{text} is not between the years {_FIRST_YEAR} and {_LAST_YEAR}")


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
