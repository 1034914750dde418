"""Which lessons of earlier changes matter for the one that is being drafted (R93, R104)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from changedesk.domain.counted import listed
from changedesk.domain.service.names import all_folded, each_once, folded, shared
from changedesk.values import dataclass

SHOWN: Final = 5
"""Nobody reads more while drafting."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something that a change taught, about the services and the path of that change; None is no path that is known."""

    id: str
    client: str
    number: str | None
    text: str
    services: tuple[str, ...]
    path: str | None
    at: datetime

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is about, as it is shown: its services, then its path."""
        return self.services if self.path is None else (*self.services, self.path)


@dataclass(frozen=True, slots=True)
class Tag:
    """What lessons are about: a service, or a path. A service that is called as a path is has a tag of its own."""

    name: str
    is_path: bool = False

    def is_of(self, lesson: Lesson) -> bool:
        """Whether a lesson has it."""
        return lesson.path == self.name if self.is_path else bool(shared((self.name,), lesson.services))


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
                ("service", bool(shared(services, lesson.services))),
                ("client", lesson.client == client),
                ("path", path is not None and path == lesson.path),
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


def tags_of(lessons: Sequence[Lesson]) -> tuple[tuple[Tag, int], ...]:
    """Every tag with how many lessons it has: services first, the most frequent first, then the paths; capitals make no other."""
    known = Counter(name for lesson in lessons for name in all_folded(lesson.services))
    paths = Counter(lesson.path for lesson in lessons if lesson.path is not None)
    counts = [(Tag(name), known[folded(name)]) for name in each_once(n for lesson in lessons for n in lesson.services)]
    counts += [(Tag(path, is_path=True), count) for path, count in paths.items()]
    return tuple(sorted(counts, key=lambda counted: (counted[0].is_path, -counted[1], counted[0].name.casefold())))
