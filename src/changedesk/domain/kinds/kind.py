"""What a kind of record is: its columns and their types, what identifies a row, and the rules between its cells."""

from __future__ import annotations

from dataclasses import field
from typing import Final

from changedesk.domain.kinds.row_rules import RowRule, not_after_today
from changedesk.values import dataclass

NAME_LENGTH: Final = 100
TEXT_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text of at most ``limit`` characters."""

    limit: int = TEXT_LENGTH


@dataclass(frozen=True, slots=True)
class Zone:
    """The name of a time zone, such as ``Europe/Helsinki``."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Business hours by weekday, such as ``mon-fri 08:00-18:00``."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a closed list."""

    words: tuple[str, ...]
    by_lane: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Those of each lane, where the lane of the row says which are meant."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a closed list with ``;`` between them."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from ``low`` to ``high``; ``unknown`` is the one that stands for a number that nobody knows."""

    low: int
    high: int
    unknown: int | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number from ``low`` to ``high``, decimals allowed."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, YYYY-MM-DD: the next such day, where somebody writes one without a year or a weekday.

    ``has_been`` says that it is one on which something happened: the last such day, and none that lies ahead. ``begins`` is the
    column of the day on which the period begins that this one ends: the first such day from there on.
    """

    has_been: bool = False
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, stored in UTC to the second; one that is written without a zone is in the zone of the row's client."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule of recurrence as calendars write it: ``FREQ=WEEKLY;BYDAY=SU`` (RFC 5545)."""


@dataclass(frozen=True, slots=True)
class Names:
    """Free names with ``;`` between them, each of at most ``limit`` characters."""

    limit: int = NAME_LENGTH


@dataclass(frozen=True, slots=True)
class YesNo:
    """``yes`` or ``no``."""


@dataclass(frozen=True, slots=True)
class ToClient:
    """The short code of a client; one that is not known yet is made at its first mention."""


@dataclass(frozen=True, slots=True)
class ToInitiative:
    """The code of an initiative that the desk has."""


@dataclass(frozen=True, slots=True)
class ToAudience:
    """The name of an audience that the row's initiative has."""


@dataclass(frozen=True, slots=True)
class ToAudiences:
    """The names of audiences that the row's initiative has, with ``;`` between them, in their order."""


@dataclass(frozen=True, slots=True)
class ToBenefit:
    """The name of a benefit that the row's initiative has."""


@dataclass(frozen=True, slots=True)
class ToService:
    """The name of a service that the row's client has."""


CellType = (
    Text
    | Zone
    | Hours
    | Word
    | Words
    | Names
    | Whole
    | Number
    | Day
    | Moment
    | Recurrence
    | YesNo
    | ToClient
    | ToInitiative
    | ToAudience
    | ToAudiences
    | ToBenefit
    | ToService
)


def has_been(kind: CellType) -> bool:
    """Whether a cell of this type is a day on which something happened."""
    return isinstance(kind, Day) and kind.has_been


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files and its ``field`` in the desk.

    ``field`` is empty where the desk knows the value through another column. ``empty_is`` is what an empty cell or a
    missing column means; otherwise an empty cell is unknown and a missing column leaves what is there alone.
    """

    name: str
    type: CellType
    field: str
    required: bool = False
    empty_is: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its columns in canonical order, what identifies a row, and the rules between its cells.

    ``seen_with`` is the action that looking at single rows takes beyond looking at the desk: answers that people gave in
    confidence are for whoever runs the survey.
    """

    name: str
    table: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refuses: tuple[RowRule, ...] = ()
    warns: tuple[RowRule, ...] = ()
    constants: dict[str, int | str] = field(default_factory=dict)
    """Fields that every new record gets, from a file or a form."""
    in_standing: bool = True
    """Whether the standing of an initiative is made of its rows, too."""
    plans: bool = False
    """Whether a record says what is to come of an initiative or is asked for it; of a cancelled one nobody enters new ones."""
    clientless_is_shared: bool = True
    """Whether a row of no client belongs to the desk's own organisation, for everybody to see; otherwise nobody knows whose
    it is, and only who may see every client sees it."""
    seen_with: str = ""
    guarded_by: tuple[str, ...] = ()
    """Fields of which one that is set, and not 0, says that people here rest on the record as it is: no form and no file
    may change it."""
    guarded_as: str = ""
    """What has been done with such a record, as the rest of a sentence about it."""

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def odd(self) -> tuple[RowRule, ...]:
        """The rules on what is odd but possible: those of the kind, and that no day that has been lies ahead."""
        return (*self.warns, *(not_after_today(column.name) for column in self.columns if has_been(column.type)))

    @property
    def belongs_to_initiative(self) -> bool:
        """Whether every record is one of an initiative; those that name a client may name an initiative besides."""
        return self.column_of_type(ToInitiative) is not None and self.column_of_type(ToClient) is None

    @property
    def service_column(self) -> Column | None:
        """The column that holds the name of a service of the row's client: one that it is about, or the one that it is."""
        return self.column("service") if self.table == "service" else self.column_of_type(ToService)

    def column_of_type(
        self,
        wanted: type[ToClient] | type[ToInitiative] | type[ToAudience] | type[ToBenefit] | type[ToService],
    ) -> Column | None:
        """The column that points to a client, an initiative, or a part of one: an audience, a benefit, a service."""
        return next((column for column in self.columns if isinstance(column.type, wanted)), None)
