"""Mapping files: what they say, what is wrong with them, and what they make of a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from changedesk.domain.file_map import FileMap
from changedesk.domain.kinds.registry import KINDS
from changedesk.errors import BadInput, Problem, RefusedFile
from changedesk.intake.mapping import parse_map
from changedesk.interchange import mapping
from changedesk.interchange.mapping import MappedRecords
from changedesk.interchange.source import opened

BASE = """
kind = "activities"
[columns]
title = "Task"
planned_end = "Finish"
"""


def a_map(more: str = "", top: str = "") -> FileMap:
    return parse_map((top + BASE + more).encode(), "map.toml")


def fault(text: str) -> str:
    with pytest.raises(BadInput) as refused:
        parse_map(text.encode(), "map.toml")
    return refused.value.message


@contextmanager
def records(tmp_path: Path, file_map: FileMap, text: str | bytes) -> Iterator[MappedRecords]:
    path = tmp_path / "theirs.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with opened(path) as source:
        yield MappedRecords(source, KINDS[file_map.kind], file_map)


def rows(tmp_path: Path, file_map: FileMap, text: str | bytes) -> list[tuple[int, list[str] | Problem]]:
    with records(tmp_path, file_map, text) as made:
        return list(made)


def test_columns_are_ours_by_the_map_and_the_others_are_left_out(tmp_path: Path) -> None:
    with records(
        tmp_path, a_map('[constants]\nlane = "delivery"\nweight = 1.5\n'), "Task,Cost,Finish\nEnrol,9,2026-12-04\n,,\n"
    ) as made:
        assert made.header == ["title", "planned_end", "lane", "weight"]
        assert list(made) == [(2, ["Enrol", "2026-12-04", "delivery", "1.5"])]
        assert made.unchanged()


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("iso", "2026-12-04", "2026-12-04"),
        ("iso", "2026-12-04T17:00:00Z", "2026-12-04"),
        ("rfc2822", "Fri, 04 Dec 2026 17:00:00 +0200", "2026-12-04"),
        ("epoch", "1796342400", "2026-12-04"),
        ("%d.%m.%Y", "04.12.2026", "2026-12-04"),
        ("%m/%d/%y %I:%M %p", "12/04/26 05:00 PM", "2026-12-04"),
    ],
)
def test_days_are_read_as_the_map_says_they_are_written(tmp_path: Path, form: str, text: str, day: str) -> None:
    assert rows(tmp_path, a_map(f'[dates]\nplanned_end = "{form}"\n'), f'Task,Finish\nEnrol,"{text}"\n') == [
        (2, ["Enrol", day])
    ]


def test_a_day_is_read_off_a_time_in_the_zone_of_the_map(tmp_path: Path) -> None:
    zoned = a_map('[dates]\nplanned_end = "iso"\nzone = "Europe/Helsinki"\n')
    assert rows(tmp_path, zoned, "Task,Finish\na,2026-12-04T23:30:00Z\nb,2026-12-04T23:30:00\n") == [
        (2, ["a", "2026-12-05"]),
        (3, ["b", "2026-12-04"]),
    ]


def test_a_day_that_is_written_otherwise_is_named_with_its_row(tmp_path: Path) -> None:
    made = rows(tmp_path, a_map('[dates]\nplanned_end = "%d.%m.%Y"\n'), "Task,Finish\nEnrol,12/04/2026\n")
    assert made == [(2, Problem(2, "planned_end", '"12/04/2026" is not written as the map says (%d.%m.%Y)'))]


def test_words_and_missing_tokens_are_turned_into_ours(tmp_path: Path) -> None:
    file_map = a_map(
        '[values.title]\n"T (old)" = "Train"\n[missing]\ntokens = ["?", "NULL"]\n[dates]\nplanned_end = "iso"\n'
    )
    made = rows(tmp_path, file_map, "Task,Finish\n T (old) ,?\nOther,NULL\n'quoted,\n")
    assert made == [(2, ["Train", ""]), (3, ["Other", ""]), (4, ["''quoted", ""])]


def test_other_delimiters_quotes_and_encodings_are_read(tmp_path: Path) -> None:
    file_map = a_map(top='encoding = "iso-8859-1"\ndelimiter = ";"\nquote = ""\n')
    assert rows(tmp_path, file_map, 'Task;Finish\r\nKäyttö 5";x\r\n'.encode("latin-1")) == [(2, ['Käyttö 5"', "x"])]
    assert rows(tmp_path, a_map(top='quote = "\'"\n'), "Task,Finish\n'a,b',x\n") == [(2, ["a,b", "x"])]


def test_what_is_not_in_the_encoding_of_the_map_is_named_with_its_row(tmp_path: Path) -> None:
    (made,) = rows(tmp_path, a_map(top='encoding = "ascii"\n'), "Task,Finish\nKäyttö,x\n")
    assert made == (
        2,
        Problem(2, "", "the row holds bytes that are not ascii; save the file as UTF-8, or name its encoding in a map"),
    )


def test_a_wrong_delimiter_is_guessed_at_in_the_refusal(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as refused, records(tmp_path, a_map(), "Task;Finish\n"):
        pass
    assert refused.value.problems[0].problem == "the columns are separated by semicolons; the map says otherwise"


def test_columns_that_the_file_lacks_or_has_twice_are_named_with_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as refused, records(tmp_path, a_map(), "Task,Task,End\n"):
        pass
    assert [problem.sentence("theirs.csv") for problem in refused.value.problems] == [
        "theirs.csv row 1, column Task: the column, which the map takes as title, is there 2 times",
        "theirs.csv row 1, column Finish: the file has no such column, which the map takes as planned_end",
        "theirs.csv row 1: the file has Task, Task, End",
    ]


EVENTS = """
kind = "activities"
last_row_wins = true
first_row = ["planned_start"]
[columns]
title = "id"
planned_start = "opened"
planned_end = "changed"
"""


def test_of_an_event_log_some_columns_come_from_the_first_row_of_a_key(tmp_path: Path) -> None:
    file_map = parse_map(EVENTS.encode(), "map.toml")
    made = rows(tmp_path, file_map, "id,opened,changed\na,1,1\nb,5,5\na,2,7\n")
    assert made == [(2, ["a", "1", "1"]), (3, ["b", "5", "5"]), (4, ["a", "1", "7"])]


def test_an_event_log_of_too_many_keys_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "KEY_LIMIT", 1)
    with pytest.raises(RefusedFile):
        rows(tmp_path, parse_map(EVENTS.encode(), "map.toml"), "id,opened,changed\na,1,1\nb,5,5\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind = ", "map.toml is not a TOML file: "),
        ('kind = "activities"', "map.toml: columns is missing"),
        ("columns = 3", "map.toml: kind is missing; columns must be a table of its own: [columns]"),
        ('kind = "pets"\n[columns]\nname = "n"', "map.toml: there is no kind pets; it is one of clients, people,"),
        (BASE + "[column]\n", "map.toml: there is no setting column; there are kind, encoding,"),
        (BASE + "weight = 3\n", "map.toml: columns.weight must be a text in quotes"),
        (BASE + 'colour = "c"\n', "map.toml: columns: activities have no colour; they have initiative, lane,"),
        (BASE + '[constants]\ntitle = "x"\n', "map.toml: title is both a column and a constant"),
        (
            BASE + '[dates]\nplanned_end = "%d.%m."\n',
            "map.toml: dates.planned_end: %d.%m. is none of iso, rfc2822, epoch,",
        ),
        (BASE + '[dates]\nplanned_end = "%Y-%Q"\n', "map.toml: dates.planned_end: %Y-%Q is none of"),
        (BASE + '[dates]\ntitle = "iso"\n', "map.toml: dates: title is no day and no time"),
        (BASE + '[dates]\nactual_end = "iso"\n', "map.toml: dates: actual_end is not among the columns"),
        (BASE + '[dates]\nzone = "Mars/Base"\n', "map.toml: dates.zone: Mars/Base is not a time zone"),
        (BASE + '[values.kind]\na = "b"\n', "map.toml: values: kind is not among the columns"),
        ('encoding = "rot13"' + BASE, "map.toml: rot13 is no encoding that is known"),
        ('encoding = "unicode_escape"' + BASE, "map.toml: unicode_escape is no encoding that is known"),
        ('delimiter = ";;"' + BASE, "map.toml: delimiter must be one character"),
        ('quote = "ab"' + BASE, "map.toml: quote must be one character"),
        ('first_row = ["planned_end"]' + BASE, "map.toml: first_row says something only where last_row_wins = true"),
        (
            'last_row_wins = true\nfirst_row = ["title"]' + BASE,
            "map.toml: first_row: title is part of what identifies a row",
        ),
        ("last_row_wins = 1" + BASE, "map.toml: last_row_wins must be true or false"),
    ],
)
def test_what_is_wrong_with_a_map_is_said_in_a_sentence(text: str, said: str) -> None:
    assert fault(text).startswith(said)


def test_a_map_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(BadInput, match="not UTF-8"):
        parse_map(b'kind = "\xff"', "map.toml")


def test_another_map_or_another_constant_has_another_digest() -> None:
    plain = a_map()
    assert plain.digest != a_map("# changed\n").digest
    bound = plain.with_constants({"initiative": "MFA"})
    assert bound.digest not in (plain.digest, plain.with_constants({"initiative": "VOIP"}).digest)
    assert dict(bound.constants) == {"initiative": "MFA"}
    assert plain.with_constants({}) is plain


def test_a_value_for_every_row_takes_the_place_of_the_column_that_the_map_named(tmp_path: Path) -> None:
    named = {"title": "Enrol", "lane": "people"}
    bound = a_map().with_constants(named)
    assert rows(tmp_path, bound, "Task,Finish\nTrain,2026-12-04\n") == [(2, ["2026-12-04", "Enrol", "people"])]
    assert bound.digest == a_map().with_constants(dict(reversed(named.items()))).digest


def test_a_file_may_do_without_an_optional_column(tmp_path: Path) -> None:
    file_map = a_map('owner = "Owner"\nkind = "Kind"\n', top='optional = ["owner"]\n')
    with records(tmp_path, file_map, "Task,Finish,Kind\nEnrol,2026-12-04,build\n") as made:
        assert made.header == ["title", "planned_end", "kind"]
    with pytest.raises(RefusedFile, match="does not fit"), records(tmp_path, file_map, "Task,Finish\na,2026-12-04\n"):
        pass
    assert "optional: activities must have title" in fault('optional = ["title"]\n' + BASE)
    assert "optional: owner is not among the columns" in fault('optional = ["owner"]\n' + BASE)


def test_a_column_is_found_in_other_capitals_when_it_is_the_only_one(tmp_path: Path) -> None:
    assert rows(tmp_path, a_map(), "TASK,finish\nEnrol,2026-12-04\n") == [(2, ["Enrol", "2026-12-04"])]
    with records(tmp_path, a_map(), "Task,TASK,Finish\nEnrol,x,2026-12-04\n") as made:
        assert list(made) == [(2, ["Enrol", "2026-12-04"])]
    with pytest.raises(RefusedFile), records(tmp_path, a_map(), "TASK,task,Finish\nEnrol,x,2026-12-04\n"):
        pass
