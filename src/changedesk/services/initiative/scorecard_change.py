"""The two lights of an initiative in its scorecard, one in each column, with the changes that serve it (R101, R106)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from changedesk.domain.control.lights import Light
from changedesk.domain.control.serving import Serving
from changedesk.domain.counted import counted
from changedesk.domain.measures.fact import Fact
from changedesk.services.control.lights import Lights
from changedesk.services.initiative.facts import FactColumn

_SIGNS: Final = {"late": ("▲", "late"), "at_risk": ("◆", "risk"), "fine": ("●", "fine"), "unknown": ("○", "")}
_CHANGE: Final = {True: "authorised", False: "not authorised", None: "unknown"}
_BUSINESS: Final = {True: "ready", False: "not ready", None: "unknown"}
PLACE: Final = 1
"""Behind the first fact: where room is short, both lights are among those that are seen."""


def with_changes(
    columns: tuple[FactColumn, FactColumn], changes: Sequence[Serving], lights: Lights, *, went_live: bool
) -> tuple[FactColumn, FactColumn]:
    """Both columns with their light; of what went live without a change there is nothing to say."""
    if went_live and not changes:
        return columns
    delivery, people = columns
    return (
        _with(delivery, _light("Change", lights.change, _CHANGE, _others(changes))),
        _with(people, _light("Business", lights.business, _BUSINESS, "")),
    )


def _with(column: FactColumn, fact: Fact) -> FactColumn:
    return replace(column, facts=(*column.facts[:PLACE], fact, *column.facts[PLACE:]))


def _light(name: str, light: Light, words: dict[bool | None, str], more: str) -> Fact:
    sign, token = _SIGNS[light.level]
    note, *shorter = (f"{said}{more}" for said in (light.sentence, *light.shorter))
    return Fact(name, f"{sign} {words[light.on]}", None, note, "output", token, shorter=tuple(shorter))


def _others(changes: Sequence[Serving]) -> str:
    """The changes that serve it besides the go-live that the light is about; where none is, the light has counted them."""
    others = [one for one in changes if not one.is_go_live]
    if len(others) == 1:
        return f"; {others[0].number}: {others[0].words}"
    return f"; {counted(len(others), 'more change')}" if 0 < len(others) < len(changes) else ""
