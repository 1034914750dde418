"""Which lessons of earlier changes matter for the one that is being drafted (R93, R104)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from changedesk.domain.counted import listed
from changedesk.domain.service.names import each_once, folded, shared
from changedesk.domain.words import CHANGE_PATHS
from changedesk.values import dataclass

SHOWN: Final = 5
"""Nobody reads more while drafting."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something that a change taught. ``tags`` are what it is about: services, and the path of the change."""

    id: str
    client: str
    number: str | None
    text: str
    tags: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """A lesson with what it has in common with the draft: ``client``, ``service``, ``path``, strongest first."""

    lesson: Lesson
    same: tuple[str, ...]

    @property
    def why(self) -> str:
        """What it has in common, in words."""
        return f"same {listed(self.same)}"


def matching(
    lessons: Iterable[Lesson], client: str, services: Collection[str], path: str | None, limit: int = SHOWN
) -> tuple[Match, ...]:
    """The lessons that matter for such a change, the nearest first, then the newest.

    A lesson of one of its services matters whoever's it was; one without that only when client and path are the same. One
    without tags is about its whole client. What was taught more than once is told once, as the nearest tells it.
    """
    found: list[Match] = []
    for lesson in lessons:
        same = tuple(
            name
            for name, holds in (
                ("service", bool(shared(services, lesson.tags))),
                ("client", lesson.client == client),
                ("path", path is not None and path in lesson.tags),
            )
            if holds
        )
        about_client = "client" in same and ("path" in same or not lesson.tags)
        if "service" in same or about_client:
            found.append(Match(lesson, same))
    nearest: dict[str, Match] = {}
    for match in sorted(found, key=_nearest):
        nearest.setdefault(match.lesson.text.casefold(), match)
    return tuple(nearest.values())[:limit]


def _nearest(match: Match) -> tuple[bool, bool, bool, float, str]:
    same = match.same
    return (
        "service" not in same,
        "client" not in same,
        "path" not in same,
        -match.lesson.at.timestamp(),
        match.lesson.id,
    )


def tags_of(lessons: Sequence[Lesson]) -> tuple[tuple[str, int], ...]:
    """Every tag with how many lessons it has: services first, the most frequent first, then the paths; capitals make no other."""
    known = Counter(tag for lesson in lessons for tag in {folded(tag) for tag in lesson.tags})
    counts = {tag: known[folded(tag)] for tag in each_once(tag for lesson in lessons for tag in lesson.tags)}
    return tuple(sorted(counts.items(), key=lambda tag: (tag[0] in CHANGE_PATHS, -tag[1], tag[0].casefold())))
