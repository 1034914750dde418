"""A single count in a form: so many of so many, recorded as ``observe`` does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from changedesk.domain.kinds.adoption import COUNT
from changedesk.domain.usage.metrics import METRICS
from changedesk.errors import BadInput
from changedesk.services.lookup import known_initiative
from changedesk.services.records import observing
from changedesk.services.records.records import Checked, Record
from changedesk.services.records.texts import by_column, parsed, taken
from changedesk.services.session import Session
from changedesk.store import records


def blank(session: Session, initiative_code: str | None = None) -> Record:
    """A count of today, of an initiative."""
    code = known_initiative(session, initiative_code or "").code
    values = dict.fromkeys((column.name for column in COUNT.columns), "")
    given = {"initiative": code, "date": session.today.isoformat(), "metric": "utilization", "method": "observed"}
    return Record(None, 0, values | given)


def fetch(session: Session, record_id: str) -> Record:  # noqa: ARG001 - as every form is asked
    """A count is entered again, not opened: the same day replaces it, and the audit keeps the old one."""
    raise BadInput("a count is entered anew: the same group, metric, day and method replaces it")


def check(session: Session, values: Mapping[str, str]) -> Checked:
    """What the rules say of what was written."""
    problems = by_column(parsed(session, COUNT, values)[1])
    if values.get("value") and "value" not in problems:
        try:
            observing.parse_counts(values["value"])
        except BadInput as refused:
            problems["value"] = refused.sentence
    if values.get("audience") and "audience" not in problems:
        try:
            observing.known_audience(session, known_initiative(session, values["initiative"]), values["audience"])
        except BadInput as refused:
            problems["audience"] = refused.sentence
    return Checked(problems, {})


def save(session: Session, record: Record, values: Mapping[str, str]) -> Record:
    """Record the count."""
    cells = {name: str(value) for name, value in taken(session, COUNT, values, "count").items() if value is not None}
    observing.observe(
        session,
        values["initiative"],
        cells["audience"],
        cells["metric"],
        cells["date"],
        cells["value"],
        cells["method"],
    )
    return Record(record.id, record.rev, dict(values))


def suggestions(session: Session, source: str, values: Mapping[str, str]) -> Iterable[str]:
    """The groups of the initiative, or the metrics that have a fixed meaning."""
    if source == "metrics":
        return [*METRICS]
    record = known_initiative(session, values.get("initiative", ""))
    return records.names(session.desk.reader(), "audience", "name", session.scope, record.id)
