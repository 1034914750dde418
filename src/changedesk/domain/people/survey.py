"""What people say of themselves in five elements, from knowing why to being held to it (ADKAR; DOMAIN 1.2).

Everybody goes through the elements in order, so each person's barrier is the first one that scores low. A group's barrier
is the one that most of its people stand before; it is never read off the means, which can point at an element that hardly
anybody is held up by. Groups that gave few answers are hidden, so that nobody can be told by an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.people.people_side import SurveyAnswer
from changedesk.domain.saying import percent
from changedesk.domain.words import ELEMENTS
from changedesk.values import dataclass

BARRIER_AT: Final = 3
"""An element that scores so much or less holds a person up."""

FEWEST_ANSWERS: Final = 5
"""A round of a group with fewer answers is hidden."""

Counts = tuple[int, int, int, int, int]
"""How many gave each score, from 1 to 5."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One round of one group.

    ``answers`` are people; of a hidden round only that there were some is told, and everything else is empty.
    ``rate`` is answers of headcount, 0 to 1; None where the headcount is unknown. ``barrier`` is the element that
    ``held_up`` people stand before, ``through`` is how many stand before none, ``unclear`` of how many it cannot be told
    (tools that count each element by itself keep no answers). With several equally frequent barriers the earliest counts:
    it comes first for everybody.
    """

    audience: str
    day: date
    hidden: bool
    answers: int | None
    rate: float | None
    distribution: tuple[Counts, ...]
    barrier: str | None
    held_up: int
    through: int
    unclear: int
    sentence: str


def first_barrier(scores: Sequence[int | None], limit: int = BARRIER_AT) -> tuple[bool, str | None]:
    """Whether a person's first barrier can be told, and which it is (None: no element holds this person up)."""
    for element, given in zip(ELEMENTS, scores, strict=True):
        if given is None:
            return False, None
        if given <= limit:
            return True, element
    return True, None


def profile(answers: Iterable[SurveyAnswer], headcount: int, limit: int = BARRIER_AT) -> Profile:
    """The profile of one round of one group; ``answers`` is not empty."""
    given = list(answers)
    audience, day = given[0].audience, given[0].day
    whole = [one for one in given if sum(score is not None for score in one.scores) > 1]
    single = [one for one in given if sum(score is not None for score in one.scores) == 1]
    by_element = [sum(one.answers for one in single if one.scores[n] is not None) for n in range(len(ELEMENTS))]
    people = sum(one.answers for one in whole) + max(by_element)
    if people < FEWEST_ANSWERS:
        return Profile(
            audience, day, True, None, None, (), None, 0, 0, 0, f"fewer than {FEWEST_ANSWERS} answers: hidden"
        )
    distribution = tuple(_counts(given, n) for n in range(len(ELEMENTS)))
    barriers: Counter[str] = Counter()
    through = unclear = 0
    for one in whole:
        told, element = first_barrier(one.scores, limit)
        if element is not None:
            barriers[element] += one.answers
        elif told:
            through += one.answers
        else:
            unclear += one.answers
    unclear += max(by_element)
    if max(by_element):
        # Whoever scores low on the first element stands before it: that much single counts do tell.
        first = sum(one.answers for one in single if (one.scores[0] or limit + 1) <= limit)
        barriers[ELEMENTS[0]] += first
        unclear -= first
    barrier, held_up = _most_frequent(barriers, unclear)
    rate = people / headcount if headcount > 0 else None
    sentence = _sentence(people, rate, barrier, held_up, through, unclear)
    return Profile(audience, day, False, people, rate, distribution, barrier, held_up, through, unclear, sentence)


def profiles(
    answers: Iterable[SurveyAnswer], headcounts: dict[str, int], limit: int = BARRIER_AT
) -> tuple[Profile, ...]:
    """Every round of every group, by group, the newest round first."""
    rounds: dict[tuple[str, date], list[SurveyAnswer]] = {}
    for one in answers:
        rounds.setdefault((one.audience, one.day), []).append(one)
    made = [profile(given, headcounts.get(audience, 0), limit) for (audience, _), given in rounds.items()]
    return tuple(sorted(made, key=lambda one: (one.audience, -one.day.toordinal())))


def _counts(given: Iterable[SurveyAnswer], element: int) -> Counts:
    scored: Counter[int] = Counter()
    for one in given:
        if (score := one.scores[element]) is not None:
            scored[score] += one.answers
    return (scored[1], scored[2], scored[3], scored[4], scored[5])


def _most_frequent(barriers: Counter[str], unclear: int) -> tuple[str | None, int]:
    """The most frequent barrier, unless those of whom it cannot be told could make it another one."""
    ranked = sorted(ELEMENTS, key=lambda element: (-barriers[element], ELEMENTS.index(element)))
    first, second = ranked[0], ranked[1]
    if not barriers[first] or (unclear and barriers[first] <= barriers[second] + unclear):
        return None, 0
    return first, barriers[first]


def _sentence(people: int, rate: float | None, barrier: str | None, held_up: int, through: int, unclear: int) -> str:
    asked = f"{counted(people, 'answer')}" + ("" if rate is None else f", {percent(100 * rate)} of the group")
    if barrier is not None:
        return f"{barrier} holds up {held_up} of {people}; {asked}"
    if unclear:
        return f"which element comes first cannot be told; {asked}"
    return f"nothing holds anybody up; {asked}" if through else asked
