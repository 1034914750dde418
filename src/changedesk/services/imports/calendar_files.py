"""Taking in calendars of other tools (ICS): their events become windows, all of a file or nothing of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from changedesk.domain.file_map import FileMap
from changedesk.domain.kinds.control import WINDOWS
from changedesk.errors import BadInput
from changedesk.services.imports.importing import ImportReport, Wanted, refuse_read_only, take
from changedesk.services.session import Session, authorise
from changedesk.services.zones import zones

CALENDAR = "calendar"
"""The kind of file that is a calendar of another tool."""
_MAPPED = frozenset({"client", "kind", "scope", "title"})


def import_calendar(
    session: Session,
    source: Path | None,
    *,
    client: str | None = None,
    mapping: FileMap | None = None,
    wanted: Wanted | None = None,
) -> ImportReport:
    """Take the events of a calendar as windows; None is standard input.

    ``client`` is whose they are, empty for every client; None leaves it to the calendar and the ``mapping``. The report says
    ``calendar``; its rows are the lines of the file on which events begin.
    """
    from changedesk.interchange.ics_windows import CalendarMap, CalendarRecords
    from changedesk.interchange.source import opened

    authorise(session, "desk.import")
    if mapping is not None:
        _refuse_map(mapping)
    refuse_read_only(session)
    with opened(source) as file:
        records = CalendarRecords(file, CalendarMap(client, mapping), zones(session))
        # The clock of a client decides about rows, as a map does.
        told = {
            "digest": file.digest,
            "map": mapping.digest if mapping else "",
            "client": "-" if client is None else f"={client}",
            "zone": zones(session)(client or None, None).key,
        }
        report = take(session, WINDOWS, file, records, told, wanted or Wanted())
    warnings = (*report.warnings, *records.warnings)
    return replace(report, kind=CALENDAR, warnings=warnings, warning_count=report.warning_count + len(records.warnings))


def _refuse_map(mapping: FileMap) -> None:
    if mapping.kind != WINDOWS.name:
        raise BadInput(f"{mapping.name} is a map for {mapping.kind}; the events of a calendar are {WINDOWS.name}")
    strange = sorted((set(mapping.columns) | set(mapping.constants)) - _MAPPED)
    if strange:
        raise BadInput(
            f"the map names {strange[0]}, which a calendar says itself; a map of one names {', '.join(sorted(_MAPPED))}"
        )
    if mapping.dates:
        raise BadInput("the map says how days are written; a calendar writes them in one way only")
