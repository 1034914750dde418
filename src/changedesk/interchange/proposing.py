"""A map proposed for a file of another tool: which column is which by its name and its cells, how it writes days.

It is a draft for a person to look over. Where two readings are possible neither is chosen: both stand in a comment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from changedesk.domain.column_names import likeness
from changedesk.domain.kinds.kind import (
    CellType,
    Column,
    Day,
    Kind,
    Moment,
    Number,
    ToAudience,
    ToBenefit,
    ToClient,
    ToInitiative,
    ToService,
    Whole,
    Word,
    Words,
    YesNo,
)
from changedesk.domain.plaintext import clean
from changedesk.interchange.cells import parser
from changedesk.interchange.moments import read_moment
from changedesk.interchange.refusing import CellRefused
from changedesk.interchange.sampling import Sample

PATTERNS: Final = (
    "iso",
    "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y",
    "%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y", "%m-%d-%Y %H:%M",
    "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y",
    "%m/%d/%Y %I:%M %p", "%d/%m/%Y %I:%M %p", "%m/%d/%y %I:%M %p",
    "%d/%b/%y %I:%M %p", "%d/%b/%y", "%d %b %Y %H:%M", "%d %B %Y", "%B %d, %Y %I:%M %p", "%b %d, %Y",
    "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "rfc2822", "epoch",
)  # fmt: skip
"""The ways of writing days that are tried, as a map names them."""

BLANKS: Final = ("?", "-", "--", "n/a", "N/A", "NA", "NULL", "null", "(null)", "None", "none", "NaN", "nan", "#MULTIVALUE",
                 "#N/A", "unknown", "0000-00-00", "0000-00-00 00:00:00")  # fmt: skip
"""Cells by which other tools say that they do not know."""

ALIKE: Final = 0.65
"""Names that are less alike than this are no match."""

_POINTS: Final = (ToClient, ToInitiative, ToAudience, ToBenefit, ToService)
"""What points to records of the desk is proposed under its own name only: codes of theirs are seldom ours."""
_NAMED: Final = 0.9
"""A group that has to be there is known by what people call it, and so is the column in which it stands."""
_SAMPLED: Final = 300
_YEARS: Final = (1970, 2100)
_FEW: Final = 12


def propose(kind: Kind, sample: Sample) -> str:
    """The text of a mapping file for rows of this kind, or of what is known of one, with what to look at in comments."""
    found = matched(kind, sample)
    lines = [f'kind = "{kind.name}"']
    if sample.encoding:
        lines.append(f'encoding = "{sample.encoding}"  # the file is not UTF-8: look whether names are spelt right')
    if sample.delimiter != ",":
        lines.append(f"delimiter = {_quoted(sample.delimiter)}")
    lines += _event_log(kind, sample, found)
    lines += ["", "[columns]"]
    for column in kind.columns:
        if column.name in found:
            lines.append(f"{column.name} = {_quoted(sample.header[found[column.name]])}")
        elif column.required and column.empty_is is None:
            option = {ToInitiative: ", or say --initiative CODE", ToClient: ", or say --client CODE"}.get(
                type(column.type), ""
            )
            lines.append(
                f'# {column.name} = ""  # must be there: name its column, or give a value below [constants]{option}'
            )
    left = [name for place, name in enumerate(sample.header) if place not in found.values() and name.strip()]
    lines += [f"# not used: {', '.join(_quoted(name) for name in left)}"] if left else []
    lines += _dates(kind, sample, found)
    for column in kind.columns:
        lines += _values(column, sample, found)
    lines += _missing(sample, found)
    return "\n".join(lines) + "\n"


def matched(kind: Kind, sample: Sample) -> dict[str, int]:
    """Column of ours to the place of theirs, the surest first, each of theirs once."""
    scores = []
    for column in kind.columns:
        for place, name in enumerate(sample.header):
            score = likeness(column.name, name)
            by_name = isinstance(column.type, ToAudience) and column.required
            wanted = _NAMED if by_name else 1.0 if isinstance(column.type, _POINTS) else ALIKE
            if score >= wanted and (fit := _fit(column.type, sample.column(place)[:_SAMPLED])) > 0:
                scores.append((0.75 * score + 0.25 * fit, column.required, -place, column.name))
    found: dict[str, int] = {}
    for _, _, place, ours in sorted(scores, reverse=True):
        if ours not in found and -place not in found.values():
            found[ours] = -place
    return found | _only_days(kind, sample, found)


def _only_days(kind: Kind, sample: Sample, found: Mapping[str, int]) -> dict[str, int]:
    """A day that must be there and was not found by its name is the only column of days, where there is one only."""
    wanted = [c.name for c in kind.columns if c.required and isinstance(c.type, Day | Moment) and c.name not in found]
    free = [
        place
        for place in range(len(sample.header))
        if place not in found.values() and date_forms(sample.column(place)[:_SAMPLED])
    ]
    return {wanted[0]: free[0]} if len(wanted) == len(free) == 1 else {}


def date_forms(cells: Sequence[str]) -> tuple[str, ...]:
    """The ways of writing in which every one of the cells can be read; empty cells and words for unknown left out."""
    texts = [text for text in dict.fromkeys(cells) if text not in BLANKS][:_SAMPLED]
    return tuple(form for form in PATTERNS if texts and all(_reads(text, form) for text in texts))


def _reads(text: str, form: str) -> bool:
    if form == "epoch" and not (text.isdigit() and 9 <= len(text) <= 10):
        return False
    try:
        moment = read_moment(text, form, None)
    except CellRefused:
        return False
    return _YEARS[0] <= moment.year <= _YEARS[1]


def _fit(kind: CellType, cells: Sequence[str]) -> float:
    """How well cells look like values of a type: 0 not at all, 1 like nothing else."""
    filled = [text for text in cells if text not in BLANKS]
    if not filled:
        return 0.5
    match kind:
        case Day() | Moment():
            return 1.0 if date_forms(filled) else 0.0
        case Whole() | Number():
            column = Column("", kind, "")
            return sum(_parses(column, text) for text in filled) / len(filled)
        case Word() | Words() | YesNo():
            return 0.5 if len({*filled}) <= _FEW else 0.0
        case _:
            return 0.5 if not date_forms(filled) else 0.1


def _parses(column: Column, text: str) -> bool:
    try:
        parser(column)(text)
    except CellRefused:
        return False
    return True


def _event_log(kind: Kind, sample: Sample, found: dict[str, int]) -> Iterator[str]:
    """A key that comes again and again is that of an event log: its last row is its state."""
    places = [found[name] for name in kind.key if name in found]
    if not places or any(kind.column(name).required and name not in found for name in kind.key):
        return
    keys = Counter(tuple(row[place] for place in places) for row in sample.rows)
    if len(keys) > 0.9 * len(sample.rows):
        return
    yield "last_row_wins = true  # several rows a key: the last one is its state"
    first = next((c.name for c in kind.columns if isinstance(c.type, Moment) and c.name in found), None)
    if first is not None:
        yield f'first_row = ["{first}"]'


def _dates(kind: Kind, sample: Sample, found: dict[str, int]) -> Iterator[str]:
    dated = [c for c in kind.columns if isinstance(c.type, Day | Moment) and c.name in found]
    if not dated:
        return
    yield from ("", "[dates]")
    by_column = {c.name: [text for text in sample.column(found[c.name]) if text not in BLANKS] for c in dated}
    others = [forms for cells in by_column.values() if len(forms := date_forms(cells)) == 1]
    for column in dated:
        cells = by_column[column.name]
        # A column in which nothing stands yet is written like the others.
        forms = date_forms(cells) if cells or not others else others[0]
        if len(forms) == 1 or forms[:1] == ("iso",):
            yield f'{column.name} = "{forms[0]}"'
        elif forms:
            both = " or ".join(f'"{form}"' for form in forms)
            yield f"# {column.name} = {both}  # the first rows fit both: take out the one that is wrong"
        else:
            shown = _quoted(cells[0]) if cells else "not there yet"
            yield f'# {column.name} = "%d.%m.%Y %H:%M"  # say how it is written; the first one is {shown}'
    if any(isinstance(column.type, Moment) for column in dated):
        yield '# zone = "Europe/Helsinki"  # of times without one; left out: that of each row\'s client'


def _values(column: Column, sample: Sample, found: dict[str, int]) -> Iterator[str]:
    """Words of theirs that are none of ours."""
    if not isinstance(column.type, Word | Words | YesNo) or column.name not in found:
        return
    words = ("yes", "no") if isinstance(column.type, YesNo) else column.type.words
    strange = [word for word in dict.fromkeys(sample.column(found[column.name])) if word not in words]
    if not strange:
        return
    yield from ("", f"[values.{column.name}]", f"# ours: {', '.join(words)}")
    for word in strange[: 2 * _FEW]:
        alike = next((ours for ours in words if likeness(ours, word) >= 0.8), None)
        yield f"{_quoted(word)} = {_quoted(alike)}" if alike else f'# {_quoted(word)} = ""'


def _missing(sample: Sample, found: dict[str, int]) -> Iterator[str]:
    used = {text for place in found.values() for text in sample.column(place)}
    tokens = [blank for blank in BLANKS if blank in used]
    if tokens:
        yield from ("", "[missing]", f"tokens = [{', '.join(_quoted(token) for token in tokens)}]")


def _quoted(text: str) -> str:
    """A text as a TOML string."""
    return '"' + clean(text, 200).replace("\\", "\\\\").replace('"', '\\"') + '"'
