"""A map proposed for a file that nobody has described: what fits is named, what is doubtful is left to a person."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from changedesk.domain.column_names import likeness
from changedesk.domain.kinds.registry import KINDS
from changedesk.interchange.proposing import date_forms, propose
from changedesk.interchange.sampling import Sample, sample
from changedesk.interchange.source import opened


def seen(tmp_path: Path, text: str | bytes) -> Sample | None:
    path = tmp_path / "theirs.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with opened(path) as source:
        return sample(source)


def proposal(tmp_path: Path, kind: str, text: str | bytes) -> str:
    found = seen(tmp_path, text)
    assert found is not None
    return propose(KINDS[kind], found)


def test_columns_are_found_by_name_and_by_what_stands_in_them(tmp_path: Path) -> None:
    said = proposal(
        tmp_path,
        "tickets",
        "Ticket ID;Created;Solved at;Prio;Summary;Owner\nA-1;31.01.2026 10:00;NULL;2;Locked out;Ann\nA-2;01.02.2026 11:00;;1;x;\n",
    )
    made = tomllib.loads(said)
    assert made["delimiter"] == ";"
    assert made["columns"] == {
        "id": "Ticket ID", "opened_at": "Created", "resolved_at": "Solved at", "priority": "Prio", "title": "Summary",
    }  # fmt: skip
    assert made["dates"] == {"opened_at": "%d.%m.%Y %H:%M", "resolved_at": "%d.%m.%Y %H:%M"}
    assert '# not used: "Owner"' in said
    assert made["missing"] == {"tokens": ["NULL"]}


def test_an_order_of_day_and_month_is_never_guessed(tmp_path: Path) -> None:
    said = proposal(tmp_path, "tickets", "id,opened\n1,01/02/2026 10:00\n2,03/04/2026 10:00\n")
    assert "dates" not in {key for key, value in tomllib.loads(said).items() if value}
    assert '# opened_at = "%d/%m/%Y %H:%M" or "%m/%d/%Y %H:%M"' in said
    assert date_forms(["01/02/2026 10:00", "13/02/2026 10:00"]) == ("%d/%m/%Y %H:%M",)


def test_several_rows_of_a_key_are_an_event_log(tmp_path: Path) -> None:
    rows = "".join(f"INC{n // 3},2026-01-0{n % 3 + 1} 10:00,s{n % 3}\n" for n in range(30))
    made = tomllib.loads(proposal(tmp_path, "tickets", "number,opened_at,state\n" + rows))
    assert (made["last_row_wins"], made["first_row"]) == (True, ["opened_at"])


def test_a_day_without_a_telling_name_is_the_only_column_of_days(tmp_path: Path) -> None:
    made = tomllib.loads(proposal(tmp_path, "tickets", "Problem Number;Stamp\n1;2026-01-05T10:00:00+01:00\n"))
    assert made["columns"]["opened_at"] == "Stamp"


def test_words_that_are_none_of_ours_are_listed_to_be_translated(tmp_path: Path) -> None:
    said = proposal(tmp_path, "initiatives", "Code,Title,Client,Status\nA,One,alder,Active\nB,Two,alder,On hold\n")
    assert '"Active" = "active"' in said
    assert '# "On hold" = ""' in said
    assert "# ours: draft, active, live, closed, cancelled" in said


def test_what_must_be_there_and_was_not_found_is_said(tmp_path: Path) -> None:
    said = proposal(tmp_path, "people", "Login,Phone\nann,1\n")
    assert '# name = ""  # must be there' in said


def test_references_to_records_are_proposed_under_their_own_name_only(tmp_path: Path) -> None:
    said = proposal(tmp_path, "tickets", "id,opened_at,project,group,client\n1,2026-01-01,P,G,alder\n")
    assert {*tomllib.loads(said)["columns"]} == {"id", "opened_at", "client"}


def test_the_group_that_was_counted_is_known_by_what_a_spreadsheet_calls_it(tmp_path: Path) -> None:
    said = proposal(tmp_path, "observations", "Day,Department,Used,Total\n2026-11-20,Wards,20,412\n")
    wanted = {"audience": "Department", "date": "Day", "numerator": "Used", "denominator": "Total"}
    assert tomllib.loads(said)["columns"] == wanted
    assert "or say --initiative CODE" in said
    made = tomllib.loads(proposal(tmp_path, "audiences", "Dept;Employees;Location\nWards;412;Porto\n"))
    assert made["columns"] == {"audience": "Dept", "headcount": "Employees", "site": "Location"}


def test_letters_of_another_alphabet_are_a_proposal_to_look_at(tmp_path: Path) -> None:
    said = proposal(tmp_path, "people", "login,name\nann,Ännä\n".encode("windows-1252"))
    assert 'encoding = "windows-1252"  # the file is not UTF-8' in said


@pytest.mark.parametrize("content", [b"", b"one column\nonly\n", b"\x00\xff\x00\xff" * 40, b'a,b\n"never closed\n'])
def test_what_is_no_table_gets_no_proposal(tmp_path: Path, content: bytes) -> None:
    assert seen(tmp_path, content) is None


def test_a_hostile_header_stays_a_text_of_the_map(tmp_path: Path) -> None:
    said = proposal(tmp_path, "people", 'login,name,"x""\n[constants]\nroles = ""cab"\x1b[2J\nann,Ann,1\n')
    made = tomllib.loads(said)
    assert {*made} == {"kind", "columns"}
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("headers", "column", "proposed"),
    [
        (("Prio", "Priority"), "priority", "Priority"),
        (("Priority code", "Notes"), "priority", "Priority code"),
        (("Priorty", "Notes"), "priority", "Priorty"),
        (("Priorty", "Priority"), "priority", "Priority"),
        (("Priority code", "Priority"), "priority", "Priority"),
        (("Statuses", "Status"), "state", "Status"),
        (("CIs", "Product name"), "service", "Product name"),
        (("Property", "Notes"), "priority", None),
        (("Date", "Notes"), "resolved_at", None),
    ],
)
def test_of_several_columns_the_one_whose_name_is_closest_is_proposed(
    tmp_path: Path, headers: tuple[str, str], column: str, proposed: str | None
) -> None:
    said = proposal(tmp_path, "tickets", f"Number,Opened,{','.join(headers)}\nA-1,2026-01-31,,\n")
    assert tomllib.loads(said)["columns"].get(column) == proposed


def test_our_own_name_counts_more_than_what_others_call_it() -> None:
    assert likeness("priority", "Priority") > likeness("priority", "Severity") > likeness("priority", "Colour")
    assert likeness("related_change", "caused_by") > likeness("related_change", "rfc")
    assert likeness("id", "!!!") == 0
