"""Exports: exact bytes, safe in a spreadsheet, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from import_desks import PORTFOLIO, a_desk, everything, given, take

from changedesk.domain.kinds.registry import KINDS
from changedesk.errors import BadInput
from changedesk.services.imports.exports import export
from changedesk.services.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path / "desk" / "desk.db", PORTFOLIO) as owner:
        yield owner


def test_an_export_has_all_columns_in_order_and_rows_by_key(session: Session) -> None:
    assert given(session, "observations").decode() == (
        "initiative,audience,metric,date,numerator,denominator,method\n"
        "FILES,all,utilization,2026-11-13,37.5,100,observed\n"
        "MFA,nurses,utilization,2026-11-20,12,1208,observed\n"
        "MFA,nurses,utilization,2026-11-20,9,1208,self_reported\n"
    )
    assert given(session, "activities").decode().splitlines() == [
        "initiative,lane,phase,title,kind,audience,owner,planned_start,planned_end,actual_start,actual_end,weight,milestone",
        "FILES,service,transition,Hand over,handover,all,,,2026-12-24,,,0.5,yes",
        "MFA,delivery,execution,Enrol,build,,,2026-09-01,2026-10-01,,,3,no",
        "MFA,people,training,Train,training,executives,,,2026-11-01,,,,",
    ]


def test_json_has_the_same_columns_with_numbers_as_numbers_and_null_for_unknown(session: Session) -> None:
    rows = json.loads(given(session, "activities", "json"))
    header = given(session, "activities").decode().splitlines()[0].split(",")
    assert [list(row) for row in rows] == [header] * 3
    assert (rows[0]["weight"], rows[0]["milestone"], rows[1]["weight"], rows[2]["weight"]) == (0.5, "yes", 3, None)
    assert json.loads(given(session, "people", "json"))[0]["roles"] == "change_manager;cab"
    assert json.loads(given(session, "targets", "json"))[0]["audience"] is None


def test_an_empty_desk_exports_its_headers_and_empty_lists(tmp_path: Path) -> None:
    with a_desk(tmp_path / "empty.db") as session:
        assert given(session, "clients") == b"client,name,timezone,user_maturity,business_hours,retro_hours,pir_days\n"
        assert json.loads(given(session, "clients", "json")) == []


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("-5", "-5"),
        ("+358401234567", "+358401234567"),
        ("'s-Hertogenbosch", "''s-Hertogenbosch"),
        ("''quoted", "''quoted"),
        ("'=1+1", "'=1+1"),
        ("\t=1", "'=1"),
        ("two\nlines", "two lines"),
        ("\x1b]52;c;x\x07", "]52;c;x"),
    ],
)
@pytest.mark.fault("F18")
def test_no_cell_of_an_export_is_run_by_a_spreadsheet(session: Session, cell: str, written: str) -> None:
    take(session, "clients", f'client,name\nelm,"{cell}"\n')
    (line,) = [line for line in given(session, "clients").decode().splitlines() if line.startswith("elm")]
    assert line.split(",")[1] == written
    exported = given(session, "clients")
    assert take(session, "clients", exported).unchanged == 3
    assert given(session, "clients") == exported


@pytest.mark.parametrize(
    "number", ["0.1", "12.50", "0.000001", "123456789012345.5", "1e2", "-0", "007", "1000000000000000"]
)
def test_numbers_are_written_in_their_shortest_form_without_an_exponent(session: Session, number: str) -> None:
    report = take(session, "initiatives", f"code,title,client,budget\nMFA,MFA everywhere,alder,{number}\n")
    if number == "1e2":
        assert report.refused == 1
        return
    (line,) = [line for line in given(session, "initiatives").decode().splitlines() if line.startswith("MFA")]
    written = line.split(",")[8]
    assert "e" not in written
    assert float(written) == float(number)
    assert written == (written.rstrip("0").rstrip(".") if "." in written else written)


def test_a_file_is_written_for_its_user_alone_and_never_over_another_without_force(
    session: Session, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    export(session, "clients", "csv", out)
    assert out.read_bytes() == given(session, "clients")
    assert out.stat().st_mode & 0o777 == 0o600
    out.write_text("precious")
    with pytest.raises(BadInput, match="exists already"):
        export(session, "clients", "csv", out)
    assert out.read_text() == "precious"
    out.chmod(0o640)
    export(session, "clients", "csv", out, force=True)
    assert out.read_bytes() == given(session, "clients")
    assert out.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk", "out.csv"]


@pytest.mark.fault("F20")
def test_links_folders_devices_and_missing_folders_are_no_targets(session: Session, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("keep me")
    (tmp_path / "link").symlink_to(precious)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    for name, sentence in (
        ("link", "symbolic link"),
        ("dangling", "symbolic link"),
        ("pipe", "device"),
        ("desk", "folder"),
        ("none/out.csv", "no folder"),
        ("precious/out.csv", "not a directory"),
    ):
        with pytest.raises(BadInput, match=sentence):
            export(session, "clients", "csv", tmp_path / name, force=True)
    with pytest.raises(BadInput, match="device"):
        export(session, "clients", "csv", Path("/dev/null"), force=True)
    assert precious.read_text() == "keep me"


@pytest.mark.fault("F20")
def test_the_desk_itself_is_never_written_over(session: Session, tmp_path: Path) -> None:
    before = everything(session)
    os.link(session.desk.path, tmp_path / "other-name.db")
    for target in (
        session.desk.path,
        session.desk.path.with_name("desk.db-wal"),
        session.desk.path.parent / ".." / "desk" / "desk.db",
        tmp_path / "other-name.db",
    ):
        with pytest.raises(BadInput, match="the desk itself"):
            export(session, "clients", "csv", target, force=True)
    assert everything(session) == before


def test_an_export_that_fails_leaves_nothing_behind(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("changedesk.services.imports.exports.csv_chunks", failing)
    with pytest.raises(BadInput, match="no space left"):
        export(session, "clients", "csv", tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]


def test_unknown_formats_are_said(session: Session) -> None:
    with pytest.raises(BadInput, match="the formats are csv, json"):
        given(session, "clients", "ics")


def test_every_kind_can_be_exported_both_ways(session: Session) -> None:
    for kind in KINDS:
        assert given(session, kind).count(b"\n") == len(json.loads(given(session, kind, "json"))) + 1
