"""The two lights as they are drawn: the name of each, its word with sign and colour, and what is missing."""

from __future__ import annotations

from changedesk.domain.control.lights import BUSINESS_LIGHT, CHANGE_LIGHT, Light
from changedesk.services.control.lights import Lights
from changedesk.widgets.canvas import Look, Span
from changedesk.widgets.one_line import Part
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN


def light_word(light: Light) -> str:
    """The sign of a light and its word: ``◆ no``."""
    return f"{GLYPH[light.level]} {light.word}"


def light_spans(name: str, light: Light) -> tuple[Span, ...]:
    """A light in few words: ``business ready ▲ no``."""
    return (Span(f"{name} ", Look("explain")), Span(light_word(light), Look(LEVEL_TOKEN[light.level], "", True)))


def lights_parts(lights: Lights) -> tuple[Part, ...]:
    """Both lights on one line, each with its reason as far as there is room."""
    parts = []
    for rank, (name, light) in enumerate(((CHANGE_LIGHT, lights.change), (BUSINESS_LIGHT, lights.business))):
        parts.append(Part(name, Look("explain"), 0))
        parts.append(Part(light_word(light), Look(LEVEL_TOKEN[light.level], "", True), 0))
        parts.append(Part(light.sentence, Look("explain"), 1 + rank))
    return tuple(parts)
