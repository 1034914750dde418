"""Export, import into a new desk, export: the same bytes, whatever the texts."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given as supposing
from hypothesis import settings
from hypothesis import strategies as st
from import_desks import PORTFOLIO, a_desk, csv_text, everything, fill, take

from builders import FULL
from changedesk.domain.kinds.kind import (
    Column,
    Day,
    Hours,
    Kind,
    Moment,
    Number,
    Recurrence,
    ToAudience,
    ToAudiences,
    ToBenefit,
    ToClient,
    ToInitiative,
    ToService,
    Whole,
    Word,
    Words,
    YesNo,
    Zone,
)
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.words import ACTIVITY_KINDS, PHASES
from changedesk.interchange.cells import parser
from changedesk.interchange.refusing import CellRefused

BASES = ("clients", "people", "initiatives", "audiences", "benefits", "services")
"""The kinds that others point to: they are in every portfolio."""
OTHERS = tuple(name for name in KINDS if name not in BASES)
PARTS = 3
"""The others are tried a few at a time; `make faults` tries many portfolios of all kinds."""

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12),
    st.sampled_from(
        ["=1+1", "'x", "''", "' =1", "a,b", 'say "hi"', "two\r\nlines", " padded ", "-5", "+x", "@x", "é́", "日本"]
    ),
)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
MOMENTS = st.integers(-2_000_000_000, 7_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
NUMBERS = st.one_of(st.integers(0, 10**15), st.decimals(0, 10**9, places=6)).map(str)


def _cells(column: Column) -> st.SearchStrategy[str]:
    match column.type:
        case Day():
            filled = DAYS.map(lambda day: day.isoformat())
        case Moment():
            filled = MOMENTS.map(lambda moment: moment.isoformat())
        case Recurrence():
            filled = st.sampled_from(["FREQ=WEEKLY;BYDAY=SU", "FREQ=MONTHLY;BYDAY=-1SA;COUNT=12"])
        case Whole(low=low, high=high):
            filled = st.integers(low, high).map(str)
        case ToAudiences():
            filled = st.just("")
        case Number(low=0, high=100 | 1 as high):
            filled = st.decimals(0, high, places=3).map(str)
        case Number(low=0, high=high) if high < 1e12:
            filled = st.decimals(0, int(high), places=3).map(str)
        case Number():
            filled = NUMBERS
        case YesNo():
            filled = st.sampled_from(["yes", "no"])
        case Word(words=words):
            filled = st.sampled_from(words)
        case Words(words=words):
            filled = st.lists(st.sampled_from(words), max_size=3).map(";".join)
        case Zone():
            filled = st.sampled_from(["UTC", "Europe/Helsinki"])
        case Hours():
            filled = st.sampled_from(["mon-fri 08:00-18:00", "Mon-Thu 9:00-17:00; fri 9:00-15:00"])
        case _:
            filled = TEXTS
    if not column.required:
        return st.one_of(st.just(""), filled)
    return filled.filter(lambda cell: _is_taken(column, cell))


def _is_taken(column: Column, cell: str) -> bool:
    try:
        return parser(column)(cell) is not None
    except CellRefused:
        return False


def _row(
    draw: st.DrawFn,
    kind: Kind,
    initiatives: dict[str, str],
    audiences: list[tuple[str, str]],
    benefits: list[tuple[str, str]],
    services: list[tuple[str, str]],
) -> dict[str, str]:
    row = {column.name: draw(_cells(column)) for column in kind.columns}
    audience, initiative = kind.column_of_type(ToAudience), kind.column_of_type(ToInitiative)
    if initiative:
        row["initiative"] = draw(st.sampled_from([*initiatives]))
    if kind.name == "changes":
        row["client"] = initiatives[row["initiative"]]
        row["planned_start"], row["planned_end"] = sorted((row["planned_start"], row["planned_end"]))
        row["planned_end"] = f"2199{row['planned_end'][4:]}".replace("2199-02-29", "2199-02-28")
        row["actual_start"] = ""
    if kind.name == "windows":
        row["scope"] = draw(st.sampled_from(("", "service:mail", "service:='x")))
        row["end"] = f"2199{row['end'][4:]}".replace("2199-02-29", "2199-02-28")
    if audience:
        row["initiative"], row["audience"] = draw(st.sampled_from(audiences))
        if not audience.required and draw(st.booleans()):
            row["audience"] = ""
    if kind.column_of_type(ToBenefit):
        row["initiative"], row["benefit"] = draw(st.sampled_from(benefits))
    if kind.name == "tickets":
        # Its client follows from the initiative; without one it is anybody's, or nobody's.
        if draw(st.booleans()):
            row["initiative"] = row["audience"] = ""
        else:
            row["client"] = ""
    if kind.column_of_type(ToService):
        row["client"], row["service"] = draw(st.sampled_from(services))
    if kind.name == "service_periods":
        for part, whole in (
            ("csat_sat", "csat_n"),
            ("csat_n", "asked"),
            ("met", "due"),
            ("change_incidents", "incidents"),
        ):
            row[part] = draw(st.sampled_from(("", "0"))) if row[whole] else ""
        for part, whole in (("down_min", "agreed_min"), ("change_down_min", "down_min")):
            row[part] = draw(st.sampled_from(("", row[whole])))
    for start, end in (("start", "end"), ("planned_start", "planned_end")):
        if kind.name in ("service_periods", "duties", "handovers") and row.get(start) and row.get(end):
            row[start], row[end] = sorted((row[start], row[end]))
    if kind.name == "activities":
        row["phase"] = draw(st.sampled_from(PHASES[row["lane"]]))
        row["kind"] = draw(st.sampled_from(("", *ACTIVITY_KINDS[row["lane"]])))
    if kind.name == "observations":
        denominator = draw(st.integers(1, 10**6))
        row["denominator"] = str(denominator)
        row["numerator"] = str(draw(st.decimals(0, denominator, places=3)))
    if kind.name == "readiness_items" and row["about"] == "audience" and not row["audience"]:
        row["about"] = "support"
    if kind.name == "key_results" and row["metric"]:
        row["benefit"] = ""
    if kind.name == "surveys":
        row["respondent"] = row["respondent"].replace("@", "at")
        row["desire"] = row["desire"] or "3"
    if kind.name == "stakeholders":
        # The names as the desk has them; a cell that begins with an apostrophe gets one more, as in every column.
        named = parser(KINDS["audiences"].column("audience"))
        own = [str(named(name)) for code, name in audiences if code == row["initiative"] and ";" not in name]
        listed = ";".join(draw(st.lists(st.sampled_from(own), max_size=3))) if own else ""
        row["audiences"] = f"'{listed}" if listed.startswith("'") else listed
    return row


@st.composite
def portfolios(draw: st.DrawFn, kinds: Collection[str]) -> Mapping[str, str]:
    """Files of these kinds that fit together, with their columns in any order."""
    files: dict[str, str] = {}
    initiatives: dict[str, str] = {}
    audiences: list[tuple[str, str]] = []
    benefits: list[tuple[str, str]] = []
    services: list[tuple[str, str]] = []
    for kind in (kind for name, kind in KINDS.items() if name in kinds):
        count = draw(st.integers(1, 4))
        rows = [_row(draw, kind, initiatives, audiences, benefits, services) for _ in range(count)]
        if kind.name == "initiatives":
            # Codes that are the same once they are cleaned name one initiative, which is of the last row's client.
            known_as = parser(kind.column("code"))
            clients = {known_as(row["code"]): row["client"] for row in rows}
            initiatives = {row["code"]: clients[known_as(row["code"])] for row in rows}
        if kind.name == "audiences":
            audiences = [(row["initiative"], row["audience"]) for row in rows]
        if kind.name == "benefits":
            benefits = [(row["initiative"], row["benefit"]) for row in rows]
        if kind.name == "services":
            services = [(row["client"], row["service"]) for row in rows]
        names = draw(st.permutations([column.name for column in kind.columns]))
        files[kind.name] = csv_text(names, [[row[name] for name in names] for row in rows])
    return files


@pytest.mark.parametrize("others", [OTHERS] if FULL else [OTHERS[part::PARTS] for part in range(PARTS)])
@settings(max_examples=200 if FULL else 2, deadline=None)
@supposing(data=st.data())
@pytest.mark.fault("F18")
def test_export_import_export_gives_the_same_bytes(others: Collection[str], data: st.DataObject) -> None:
    files = data.draw(portfolios({*BASES, *others}))
    with tempfile.TemporaryDirectory() as folder:
        with a_desk(Path(folder, "one", "desk.db")) as session:
            fill(session, files)
            exported = everything(session)
        with a_desk(Path(folder, "two", "desk.db")) as session:
            fill(session, exported)
            assert everything(session) == exported
            for kind, content in exported.items():
                again = take(session, kind, content)
                assert (again.added, again.updated) == (0, 0)


def test_the_order_of_rows_in_a_file_does_not_matter(tmp_path: Path) -> None:
    shuffled = {}
    for kind, text in PORTFOLIO.items():
        header, *rows = text.splitlines(keepends=True)
        random.Random(7).shuffle(rows)
        shuffled[kind] = header + "".join(rows)
    with a_desk(tmp_path / "one.db") as one, a_desk(tmp_path / "two.db") as two:
        fill(one)
        fill(two, shuffled)
        assert everything(one) == everything(two)


def test_every_column_of_every_kind_can_point_only_to_kinds_before_it() -> None:
    seen: set[str] = set()
    for kind in KINDS.values():
        if kind.column_of_type(ToClient):
            assert "clients" in seen
        if kind.column_of_type(ToInitiative):
            assert "initiatives" in seen
        if kind.column_of_type(ToAudience):
            assert "audiences" in seen
        seen.add(kind.name)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_key_is_made_of_required_columns_or_of_ones_whose_absence_means_something(kind: Kind) -> None:
    for name in kind.key:
        column = kind.column(name)
        assert column.required or column.empty_is is not None or isinstance(column.type, ToAudience | ToClient)
