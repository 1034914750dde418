"""Days and times as other tools write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from changedesk.interchange.refusing import CellRefused, quoted


def read_moment(text: str, form: str, zone: ZoneInfo | None) -> datetime:
    """The moment that a text names, in ``zone`` when one is given, otherwise as it is written (without a zone, if need be).

    ``form`` is ``iso`` (ISO 8601), ``rfc2822`` (as in mail), ``epoch`` (seconds since 1970, UTC) or a strptime pattern.
    Raises CellRefused when the text is not written so.
    """
    try:
        moment = _read(text, form)
    except (ValueError, TypeError, OverflowError, OSError):
        raise CellRefused(f"{quoted(text)} is not written as the map says ({form})") from None
    if zone is None:
        return moment
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _read(text: str, form: str) -> datetime:
    match form:
        case "iso":
            return datetime.fromisoformat(text)
        case "rfc2822":
            # It brings half of Python's mail and network modules along, which few files need.
            from email.utils import parsedate_to_datetime

            return parsedate_to_datetime(text)
        case "epoch":
            return datetime.fromtimestamp(float(text), UTC)
        case _:
            return datetime.strptime(text, form)  # noqa: DTZ007  # the zone is the map's
