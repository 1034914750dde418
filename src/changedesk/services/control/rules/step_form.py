"""A step of a policy in a form: checked like any record, and handed back; it is kept with the policy that it is part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from changedesk.domain.control.policy import ROLE_SEAT, StepRule
from changedesk.domain.control.policy_problems import step_faults
from changedesk.domain.kinds.policy import STEP
from changedesk.domain.kinds.row_rules import Cell
from changedesk.domain.words import ROLES
from changedesk.errors import BadInput, Problem, RefusedFile
from changedesk.interchange.rows import RowChecker
from changedesk.services.records.completing import known_names
from changedesk.services.records.records import Checked, Record
from changedesk.services.session import Session
from changedesk.services.zones import zones

_NAMES = tuple(column.name for column in STEP.columns)
_SEVERAL = ("seats", "mandatory")


def blank(session: Session, initiative_code: str | None = None) -> Record:
    """A step yet to be written."""
    del session, initiative_code
    return Record(None, 0, {column.name: column.empty_is or "" for column in STEP.columns})


def fetch(session: Session, record_id: str) -> Record:
    """No step is a record by itself."""
    del session
    raise BadInput(f"a step is edited in its policy, not as {record_id}")


def check(session: Session, values: Mapping[str, str]) -> Checked:
    """What the rules say of the values."""
    cells, problems = _cells(session, values)
    found = {problem.column: problem.problem for problem in problems}
    if cells is not None:
        found |= dict(reversed(step_faults(_rule(cells))))
    return Checked(found, {})


def save(session: Session, record: Record, values: Mapping[str, str]) -> Record:
    """The step as it was written; refused when it cannot be part of a policy. Nothing is written to the desk."""
    checked = check(session, values)
    if checked.problems:
        raise RefusedFile("the step was not taken", [Problem(0, *pair) for pair in checked.problems.items()])
    return Record(record.id, record.rev, dict(values))


def suggestions(session: Session, source: str, values: Mapping[str, str]) -> Iterable[str]:
    """Logins, and for seats the roles as well."""
    del values
    people = known_names(session, "people")
    return [*people, *(f"{ROLE_SEAT}{role}" for role in ROLES)] if source == "seats" else people


def step_of(session: Session, values: Mapping[str, str]) -> StepRule:
    """The step that was written in a form."""
    cells, problems = _cells(session, values)
    if cells is None:
        raise RefusedFile("the step was not taken", problems)
    return _rule(cells)


def texts_of(step: StepRule) -> dict[str, str]:
    """A step as a form shows it."""
    return {name: _text(getattr(step, name)) for name in _NAMES}


def _cells(session: Session, values: Mapping[str, str]) -> tuple[dict[str, Cell] | None, list[Problem]]:
    checker = RowChecker(STEP, _NAMES, session.today, zones(session))
    row = next(iter(checker.check([(0, [values.get(name, "") for name in _NAMES])])), None)
    if row is None:
        return None, [
            Problem(0, column.name, f"{column.name} is missing") for column in STEP.columns if column.required
        ]
    return (None if row.values is None else dict(zip(_NAMES, row.values, strict=True))), list(row.problems)


def _rule(cells: Mapping[str, Cell]) -> StepRule:
    values: dict[str, object] = {name: cell for name, cell in cells.items() if cell is not None}
    for name in _SEVERAL:
        values[name] = tuple(dict.fromkeys(str(values.get(name, "")).split(";"))) if values.get(name) else ()
    return StepRule(**values)  # type: ignore[arg-type]  # checked cell by cell


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value in (None, 0) else str(value)
