"""The changes that serve an initiative in its scorecard, and its two lights, one in each column (R101, R106)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from changedesk.domain.control.lights import BUSINESS_LIGHT, CHANGE_LIGHT, Light
from changedesk.domain.control.serving import Serving
from changedesk.domain.counted import counted
from changedesk.services.control.lights import Lights
from changedesk.services.facts import Fact, FactColumn

_TOKENS: Final = {"late": "late", "at_risk": "risk", "fine": "fine", "unknown": ""}


def with_changes(
    columns: tuple[FactColumn, FactColumn], changes: Sequence[Serving], lights: Lights, *, went_live: bool
) -> tuple[FactColumn, FactColumn]:
    """Both columns with what change control says; once it went live without a change, there is nothing to say."""
    if went_live and not changes:
        return columns
    delivery, people = columns
    own = [_change(changes)] if changes else []
    own.append(_light(CHANGE_LIGHT, lights.change))
    return (
        replace(delivery, facts=(*delivery.facts, *own)),
        replace(people, facts=(*people.facts, _light(BUSINESS_LIGHT, lights.business))),
    )


def _change(changes: Sequence[Serving]) -> Fact:
    """The change that is its go-live, or else the next one; how many there are besides."""
    first, more = changes[0], len(changes) - 1
    others = f"; {counted(more, 'more change')}" if more else ""
    return Fact("Change", first.number, None, f"{first.words}{others}", "output", _TOKENS[first.level])


def _light(name: str, light: Light) -> Fact:
    return Fact(name[:1].upper() + name[1:], light.word, None, light.sentence, "", _TOKENS[light.level])
