"""From what a person writes in a form or on the command line to the content of a change, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from changedesk.domain.control.request import ChangeRequest, Content
from changedesk.domain.control.template import Template
from changedesk.domain.kinds.control import CHANGE
from changedesk.domain.kinds.row_rules import Cell
from changedesk.errors import Problem, RefusedFile
from changedesk.interchange.cells import as_typed
from changedesk.interchange.iso_days import local_text, utc_text
from changedesk.interchange.rows import RowChecker
from changedesk.services.session import Session
from changedesk.services.zones import client_zone, zones

NAMES: Final = tuple(column.name for column in CHANGE.columns)
"""What can be written of a change, by name."""


def texts_of(change: ChangeRequest, zone: ZoneInfo) -> dict[str, str]:
    """A change as a form shows it: times by the clock of its client."""
    content = change.content
    texts = {"client": change.client}
    for name in NAMES[1:]:
        value = getattr(content, name)
        if isinstance(value, datetime):
            texts[name] = local_text(utc_text(value), zone)
        elif isinstance(value, tuple):
            texts[name] = ";".join(value)
        else:
            texts[name] = "" if value is None else str(value)
    return texts


def checked(session: Session, texts: Mapping[str, str]) -> tuple[dict[str, Cell] | None, list[Problem], list[Problem]]:
    """The cells of what was written, what is refused and what is odd, in the words of the rules."""
    checker = RowChecker(CHANGE, NAMES, session.today, zones(session))
    row = next(iter(checker.check([(0, [as_typed(texts.get(name, "")) for name in NAMES])])), None)
    if row is None:
        missing = [column.name for column in CHANGE.columns if column.required]
        return None, [Problem(0, name, f"{name} is missing") for name in missing], []
    cells = None if row.values is None else dict(zip(NAMES, row.values, strict=True))
    return cells, list(row.problems), list(row.warnings)


def read(session: Session, texts: Mapping[str, str], base: Content | None) -> Content:
    """The content that was written; what a form does not show stays as it is in ``base``. Raises RefusedFile."""
    cells, problems, _ = checked(session, texts)
    if cells is None:
        raise RefusedFile("the change was not saved", problems)
    values: dict[str, object] = {name: cells[name] for name in NAMES[1:]}
    values["services"] = tuple(str(cells["services"]).split(";")) if cells["services"] else ()
    for name in ("planned_start", "planned_end"):
        values[name] = datetime.fromisoformat(str(cells[name]))
    start = base or Content(str(values["path"]), "", values["planned_start"], values["planned_end"])  # type: ignore[arg-type]  # just parsed
    return replace(start, **values)  # type: ignore[arg-type]  # checked cell by cell


def filled_from(template: Template, texts: Mapping[str, str]) -> dict[str, str]:
    """What was written, completed by the body of a template where nothing was."""
    body = {
        name: ";".join(value) if isinstance(value, tuple) else str(value)
        for name, value in template.body.items()
        if name in NAMES and value is not None
    }
    return {name: texts.get(name) or body.get(name, "") for name in NAMES}


def zone_of(session: Session, client: str) -> ZoneInfo:
    """The zone in which times of a client's changes are written."""
    return client_zone(session, client)


def json_text(value: Mapping[str, object]) -> str:
    """Plain values as the desk keeps them in one field."""
    return json.dumps(value, sort_keys=True)
