"""Which lessons of earlier changes are about the one that is being drafted (R93)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

SERVICE_WEIGHT: Final = 2
PATH_WEIGHT: Final = 1


class Taught(Protocol):
    """A lesson as far as matching looks at it: its tags are the services and the path that it is about."""

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is about."""


def relevance(tags: Iterable[str], services: Sequence[str], path: str) -> int:
    """How much a lesson has to do with a change: each service in common counts twice as much as the path.

    A lesson without tags is about the whole client, and counts as much as one of the same path.
    """
    about = frozenset(tags)
    if not about:
        return PATH_WEIGHT
    return SERVICE_WEIGHT * len(about & frozenset(services)) + PATH_WEIGHT * (path in about)


Lesson = TypeVar("Lesson", bound=Taught)


def matching(lessons: Sequence[Lesson], services: Sequence[str], path: str) -> list[Lesson]:
    """The lessons that are about a change like this, the closest first; as close ones stay in their order."""
    weighed = [(relevance(lesson.tags, services, path), lesson) for lesson in lessons]
    return [lesson for weight, lesson in sorted(weighed, key=lambda pair: -pair[0]) if weight]
