"""The approval policy of a client as somebody writes it in TOML, checked setting by setting, each fault said in a sentence."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from changedesk.domain.control.policy import Policy, Route, StepRule
from changedesk.domain.plaintext import clean
from changedesk.domain.words import CHANGE_PATHS, ON_TIMEOUT, OUTCOMES, RISK_LEVELS, STEP_RULES
from changedesk.errors import BadInput
from changedesk.intake.tables import read_table

_SAID: Final = 5
_HOURS: Final = 10_000
_Name = Annotated[str, Field(min_length=1, max_length=100)]
_Names = Annotated[list[_Name], Field(max_length=200)]
_Count = Annotated[int, Field(ge=1, le=1000)]


class _Step(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: _Name
    phase: Literal["assess", "authorize"]
    rule: Literal["any", "at_least", "majority", "all", "percent"] = "any"
    number: _Count | None = None
    seats: _Names
    mandatory: _Names = []
    quorum: Annotated[int, Field(ge=0, le=1000)] = 0
    deadline_hours: Annotated[int, Field(ge=1, le=_HOURS)] | None = None
    on_timeout: Literal["escalate", "reject"] = "escalate"
    escalate_to: _Name | None = None
    freeze_number: _Count | None = None

    def rule_of(self) -> StepRule:
        """The step of the domain."""
        return StepRule(
            clean(self.name),
            self.phase,
            self.rule,
            _texts(self.seats),
            self.number,
            _texts(self.mandatory),
            self.quorum,
            self.deadline_hours,
            self.on_timeout,
            clean(self.escalate_to) if self.escalate_to else None,
            self.freeze_number,
        )


class _Route(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    path: Literal["normal", "emergency"]
    risks: list[Literal["low", "medium", "high"]] = []
    services: _Names = []
    steps: Annotated[list[_Step], Field(max_length=20)]


class _Policy(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    records_votes: bool = False
    lead_hours: Annotated[int, Field(ge=0, le=_HOURS)] = 0
    review_sample: Annotated[int, Field(ge=0, le=10_000)] = 10
    success: list[Literal["successful", "with_issues", "failed", "backed_out"]] = ["successful"]
    routes: Annotated[list[_Route], Field(max_length=100)]


_WORDS: Final = {
    "path": CHANGE_PATHS[1:],
    "risks": RISK_LEVELS,
    "phase": ("assess", "authorize"),
    "rule": STEP_RULES,
    "on_timeout": ON_TIMEOUT,
    "success": OUTCOMES,
}


def parse_policy(data: bytes, name: str) -> Policy:
    """The policy in the bytes of a TOML file; ``name`` is what sentences call it. Raises BadInput, the faults in one sentence.

    Whether such a policy can be kept is for the rules of the domain.
    """
    raw = read_table(data, name)
    try:
        model = _Policy.model_validate(raw)
    except ValidationError as error:
        faults = [_said(fault["loc"], fault["type"]) for fault in error.errors()]
        more = f"; and {len(faults) - _SAID} more" if len(faults) > _SAID else ""
        raise BadInput(f"{name}: {'; '.join(faults[:_SAID])}{more}", "see docs/policies.md") from None
    return Policy(
        tuple(
            Route(route.path, tuple(step.rule_of() for step in route.steps), tuple(route.risks), _texts(route.services))
            for route in model.routes
        ),
        model.records_votes,
        model.lead_hours,
        tuple(model.success),
        model.review_sample,
    )


def _texts(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(name) for name in names))


def _said(place: tuple[int | str, ...], fault: str) -> str:
    """A fault with its place as it is counted by people: ``routes 1, steps 2, rule``."""
    parts = [str(part + 1) if isinstance(part, int) else part for part in place]
    where = clean(" ".join(parts), 80)
    key = next((part for part in reversed(place) if isinstance(part, str)), "")
    match fault:
        case "missing":
            return f"{where} is missing"
        case "extra_forbidden":
            return f"there is no setting {where}"
        case "literal_error":
            return f"{where} is one of {', '.join(_WORDS.get(key, ()))}"
        case "string_type" | "string_too_short" | "string_too_long":
            return f"{where} must be a text in quotes, of 1 to 100 characters"
        case "int_type" | "int_from_float" | "greater_than_equal" | "less_than_equal":
            return f"{where} must be a whole number, and a sensible one"
        case "bool_type":
            return f"{where} must be true or false"
        case "list_type" | "too_long":
            return f"{where} must be a list in brackets, and no endless one"
        case _:
            return f"{where} cannot be understood"
