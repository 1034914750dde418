"""What stands in the field of a form: from the text that a person types to the value as in a file, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from changedesk.domain.control.recurrence_entry import HOW_TO_REPEAT, rule_read, rule_said
from changedesk.domain.day_entry import HOW_TO_WRITE, HOW_TO_WRITE_PAST, day_of, day_said, day_written, parse_day
from changedesk.domain.kinds.kind import (
    CellType,
    Day,
    Moment,
    Names,
    Number,
    Recurrence,
    ToAudiences,
    Whole,
    Word,
    Words,
    YesNo,
)
from changedesk.domain.moment_entry import HOW_TO_WRITE_MOMENT, moment_said, moment_written, parse_moment
from changedesk.domain.saying import UNKNOWN
from changedesk.domain.words import plain
from changedesk.values import dataclass

BETWEEN: Final = ";"
"""What stands between the words of a field that takes several."""
RANGE: Final = 100
"""Up to here the ends of a range say what is meant; beyond, they are only what the desk can hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A typed text: its ``value`` as in a canonical file, what it means exactly, and why it is none.

    A text that means nothing keeps itself as its value: nothing that was typed is lost.
    """

    value: str
    meaning: str = ""
    problem: str = ""


def entered(kind: CellType, text: str, today: date, begins: datetime | None = None) -> Entry:
    """What a person means by a text in a field of this type; ``begins`` is the day or the moment from which it is read."""
    bare = text.strip()
    if not bare:
        return Entry("")
    match kind:
        case Day(has_been=has_been):
            day = parse_day(bare, today, has_been=has_been, begins=begins.date() if begins else None)
            if day is None:
                return Entry(bare, problem=f"This is no day: {HOW_TO_WRITE_PAST if has_been else HOW_TO_WRITE}.")
            return Entry(day.isoformat(), day_said(day, today))
        case Moment():
            return _moment(bare, today, begins)
        case Recurrence():
            rule = rule_read(bare, today)
            return Entry(bare, problem=f"This is no rule: {HOW_TO_REPEAT}.") if rule is None else Entry(rule)
        case Word(words=words):
            return _one(bare, words)
        case Words(words=words):
            entries = [_one(part.strip(), words) for part in bare.split(BETWEEN) if part.strip()]
            problem = next((entry.problem for entry in entries if entry.problem), "")
            return Entry(BETWEEN.join(dict.fromkeys(entry.value for entry in entries)), problem=problem)
        case YesNo():
            return _one(bare, ("yes", "no"))
        case Whole(unknown=int(unknown)) if bare in (UNKNOWN, str(unknown)):
            return Entry(str(unknown), "nobody knows yet")
        case _:
            return Entry(bare)


def is_unknown(kind: CellType, value: str) -> bool:
    """Whether a value of the desk says that nobody knows it: nothing, or the number that stands for it."""
    return not value or (isinstance(kind, Whole) and value == str(kind.unknown))


def written(kind: CellType, value: str) -> str:
    """A value of the desk as it stands in its field; unknown is empty, or ``?`` where something has to stand there."""
    match kind:
        case Whole() if value and is_unknown(kind, value):
            return UNKNOWN
        case Day():
            return day_written(day) if (day := day_of(value)) else value
        case Moment():
            return moment_written(local) if (local := wall_clock(value)) else value
        case Recurrence():
            return rule_said(value)
        case Word():
            return plain(value)
        case Words():
            return f"{BETWEEN} ".join(plain(part.strip()) for part in value.split(BETWEEN) if part.strip())
        case _:
            return value


def words_of(kind: CellType) -> tuple[str, ...]:
    """The closed list of words that a field takes, as people read them; empty where any text may stand."""
    match kind:
        case Word(words=words) | Words(words=words):
            return tuple(plain(word) for word in words)
        case YesNo():
            return ("yes", "no")
        case _:
            return ()


def narrowed(kind: CellType, lane: str) -> CellType:
    """What a field takes beside this lane: a phase or a kind of activity belongs to one."""
    words = dict(kind.by_lane).get(lane) if isinstance(kind, Word) else None
    return kind if words is None else Word(words)


def beginning(words: Sequence[str], text: str) -> tuple[str, ...]:
    """The words that begin with this text, then those in which a later word does."""
    wanted = text.strip().casefold()
    first = [word for word in words if word.casefold().startswith(wanted)]
    later = [word for word in words if word not in first and f" {wanted}" in f" {word.casefold()}"]
    return (*first, *later)


def how_to_write(kind: CellType) -> str:
    """How a value is written, for the field while it is empty; nothing where any text may stand."""
    match kind:
        case Day(has_been=True):
            return "as fri, -2w or 2 nov"
        case Day():
            return "as fri, +2w or 2 dec"
        case Moment():
            return "as 2 dec 06:00"
        case Recurrence():
            return "as daily, every sun, every 2 weeks"
        case Word():
            return "one word: ↓ lists them"
        case YesNo():
            return "yes or no"
        case Words() | Names() | ToAudiences():
            return "several with ; between"
        case Whole(low=low, high=high) if high <= RANGE:
            return f"{low} to {high}"
        case Whole():
            return "a whole number"
        case Number():
            return "a number"
        case _:
            return ""


def is_short(kind: CellType) -> bool:
    """Whether what stands in the field is short, so that there is room beside it."""
    return isinstance(kind, Day | Moment | Word | YesNo | Whole | Number)


def _moment(text: str, today: date, begins: datetime | None) -> Entry:
    """A moment by the wall clock of the record's client; one with a zone, as where clocks change, keeps it."""
    moment = parse_moment(text, today, begins)
    if moment is not None:
        return Entry(moment.isoformat(), moment_said(moment, today))
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    if exact is None or exact.tzinfo is None:
        return Entry(text, problem=f"This is no time: {HOW_TO_WRITE_MOMENT}.")
    return Entry(text, f"{moment_said(exact, today)} at {exact:%z} from UTC")


def wall_clock(value: str) -> datetime | None:
    """A moment without a zone from its text; None when it is none, or has one."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is None else None


def read_from(kind: CellType, value: str, today: date) -> datetime | None:
    """From when the end of a period is read whose beginning, of this type, has this value; None is from today.

    What was planned to begin by now ends in what is to come; where it has been, or begins later, its end comes after that.
    """
    begins = wall_clock(value)
    planned = isinstance(kind, Day) and not kind.has_been
    return None if begins and planned and begins.date() <= today else begins


def _one(text: str, words: tuple[str, ...]) -> Entry:
    """The word of the list that a text is, or the only one that it begins."""
    exact = next((word for word in words if plain(text.casefold()) == plain(word)), None)
    if exact is not None:
        return Entry(exact)
    begun = [word for word in words if plain(word).casefold().startswith(plain(text.casefold()))]
    if len(begun) == 1:
        return Entry(begun[0], plain(begun[0]))
    shown = ", ".join(plain(word) for word in begun or words)
    return Entry(text, problem=f"One of: {shown}.")
