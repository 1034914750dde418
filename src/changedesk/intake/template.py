"""The guard of a template file: a standard change as somebody wrote it down, to be proposed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from changedesk.domain.control.template import TemplateDraft
from changedesk.domain.kinds.kind import NAME_LENGTH
from changedesk.intake.faults import fault, refused
from changedesk.intake.lines import HARMLESS, Line, Text
from changedesk.intake.tables import read_table

_Name = Annotated[str, StringConstraints(max_length=NAME_LENGTH, pattern=r"^[^\s/;]+$")]
_Plan = Annotated[str, StringConstraints(max_length=20_000), HARMLESS]
_Minutes = Annotated[int, Field(ge=0, le=1_000_000)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class BodyTable(_Table):
    """The ``[body]``: what every use of the template has."""

    title: Text
    risk: str
    backout_plan: _Plan
    plan: _Plan
    reason: _Plan | None = None
    test_plan: _Plan | None = None
    services: Annotated[list[Line], Field(max_length=100)] = []
    backout_minutes: _Minutes | None = None
    outage_minutes: _Minutes | None = None


class TemplateFile(_Table):
    """A whole template file."""

    name: _Name
    client: Line | None = None
    allowed: Annotated[list[str], Field(max_length=30)] = []
    max_risk: str = "low"
    min_success: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.95
    body: BodyTable


def read_template(text: str, file: str) -> TemplateDraft:
    """The template in a TOML text. BadInput names ``file``, the key and the reason."""
    table = read_table(text, file)
    try:
        model = TemplateFile.model_validate(table)
    except ValidationError as error:
        raise refused(file, [_worded(fault(details)) for details in error.errors()]) from error
    body = {name: value for name, value in model.body.model_dump().items() if value not in (None, [])}
    if model.body.services:
        body["services"] = tuple(model.body.services)
    return TemplateDraft(model.client, model.name, body, tuple(model.allowed), model.max_risk, model.min_success)


def _worded(found: tuple[str, str]) -> tuple[str, str]:
    key, reason = found
    return key, "a name is one word without spaces, / and ;" if key == "name" and "pattern" in reason else reason
