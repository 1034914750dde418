"""Imports into a desk: what is taken, counted, kept and told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from import_desks import PORTFOLIO, a_desk, everything, given, leftovers, take

from changedesk.errors import BadInput, DeskUnusable
from changedesk.services.imports.importing import import_file


@pytest.mark.fault("F16")
def test_a_second_import_of_a_file_leaves_everything_as_it_is(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        before, events = everything(session), session.desk.reader().execute("SELECT count(*) FROM audit").fetchone()
        for kind, text in PORTFOLIO.items():
            report = take(session, kind, text)
            assert (report.added, report.updated, report.refused) == (0, 0, 0)
            assert report.unchanged == report.read
        assert everything(session) == before
        assert session.desk.reader().execute("SELECT count(*) FROM audit").fetchone() == events
        assert leftovers(session) == []


def test_a_client_is_made_at_its_first_mention(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        take(session, "initiatives", "code,title,client\nA,One,larch\nB,Two,larch\n")
        assert given(session, "clients").splitlines()[1:] == [b"larch,larch,UTC,,,,"]


def test_a_person_can_be_moved_to_a_client_that_is_yet_to_be_made(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        take(session, "people", "login,name\nann,Ann\n")
        report = take(session, "people", "login,name,client\nann,Ann,larch\n")
        assert (report.added, report.updated) == (0, 1)
        assert given(session, "people").splitlines()[1:] == [b"ann,Ann,,larch,"]


def test_the_last_row_of_a_key_wins(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        header = "initiative,audience,metric,date,numerator,denominator\n"
        report = take(
            session,
            "observations",
            header + "MFA,executives,use,2026-11-01,1,32\nMFA,executives,use,2026-11-01,2.0,32\n",
        )
        assert (report.read, report.added) == (2, 1)
        assert b"MFA,executives,use,2026-11-01,2,32,observed\n" in given(session, "observations")


def test_an_update_counts_its_revision_and_only_where_something_differs(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        report = take(session, "audiences", "initiative,audience,headcount\nMFA,executives,33\nMFA,nurses,1208\n")
        assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
        rows = (
            session.desk.reader().execute("SELECT name, headcount, rev, go_live FROM audience ORDER BY name").fetchall()
        )
        assert ("executives", 33, 2, None) in rows
        assert ("nurses", 1208, 1, "2026-12-09") in rows


def test_observations_are_updated_in_place(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        changed = PORTFOLIO["observations"].replace(",12,1208,", ",13,1208,")
        report = take(session, "observations", changed)
        assert (report.added, report.updated, report.unchanged) == (0, 1, 2)
        revs = session.desk.reader().execute("SELECT numerator, rev FROM observation ORDER BY 1").fetchall()
        assert revs == [(9, 1), (13, 2), (37.5, 1)]


def test_a_missing_column_leaves_alone_and_an_empty_cell_makes_unknown(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        take(session, "clients", "client,name\nalder,Alder\n")
        assert b"alder,Alder,Europe/Helsinki,2,,,\n" in given(session, "clients")
        take(session, "clients", "timezone,client\n,alder\n")
        assert b"alder,Alder,,2,,,\n" in given(session, "clients")


def test_targets_without_an_audience_are_known_again(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        report = take(session, "targets", "initiative,metric,target,by\nMFA,utilization,85,2027-01-31\n")
        assert (report.added, report.updated) == (0, 1)


@pytest.mark.requirement("R84")
def test_an_import_is_one_audit_event_with_digest_and_counts_and_no_names(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        take(session, "people", "login,name\nann,Ann Secret\n")
        kind, subject, body = (
            session.desk.reader().execute("SELECT kind, subject, body FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        )
        told = json.loads(body)
        assert (kind, subject) == ("import", session.desk.facts.id)
        assert (told["kind"], told["added"], told["read"], len(told["digest"])) == ("people", 1, 1, 64)
        assert "Secret" not in body


@pytest.mark.requirement("R19")
def test_an_imported_initiative_has_both_lanes_and_the_service_lane_only_when_used(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        lanes = session.desk.reader().execute(
            "SELECT i.code, l.kind FROM lane l JOIN initiative i ON i.id = l.initiative_id ORDER BY 1, 2"
        )
        assert lanes.fetchall() == [
            ("FILES", "delivery"),
            ("FILES", "people"),
            ("FILES", "service"),
            ("MFA", "delivery"),
            ("MFA", "people"),
        ]


def test_the_first_plan_is_the_baseline_until_planning_is_signed(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        moved = PORTFOLIO["activities"].replace("2026-10-01,3", "2026-10-15,5")
        assert take(session, "activities", moved).updated == 1
        query = "SELECT planned_end, baseline_start, baseline_end, baseline_weight FROM activity WHERE title = ?"
        conn = session.desk.reader()
        assert conn.execute(query, ("Enrol",)).fetchone() == ("2026-10-15", "2026-09-01", "2026-10-01", 3)
        assert conn.execute(query, ("Train",)).fetchone() == ("2026-11-01", None, "2026-11-01", 1)
        with session.desk.write(session.actor.id) as transaction:
            for lane in ("delivery", "people"):
                transaction.conn.execute(
                    "INSERT INTO signature (id, initiative_id, checkpoint, lane, signer, signed_at, digest)"
                    " SELECT new_id(), id, 'planning', ?, 'x', '2026-11-01T00:00:00.000Z', 'd' FROM initiative WHERE code = 'MFA'",
                    (lane,),
                )
            transaction.record("signed", "x", {})
        take(session, "activities", "initiative,lane,phase,title,planned_end\nMFA,people,training,Late,2026-12-01\n")
        assert conn.execute(query, ("Late",)).fetchone() == ("2026-12-01", None, None, None)


def test_what_is_odd_but_possible_is_taken_with_a_warning(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        report = take(
            session,
            "activities",
            "initiative,lane,phase,title,planned_start,planned_end,actual_start,actual_end\n"
            "MFA,people,training,Odd,2026-12-02,2026-12-01,2026-11-20,2027-01-01\n",
        )
        assert (report.added, report.refused) == (1, 0)
        assert [(w.row, w.column) for w in report.warnings] == [(2, "planned_end"), (2, "actual_end")]


def test_a_dry_run_counts_and_changes_nothing(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        before = everything(session)
        report = take(
            session, "audiences", "initiative,audience,headcount\nMFA,new,3\nMFA,executives,1\n", dry_run=True
        )
        assert (report.added, report.updated) == (1, 1)
        assert everything(session) == before
        assert leftovers(session) == []


def test_standard_input_is_taken_like_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(b"client\nlarch\n")

    monkeypatch.setattr("sys.stdin", Piped())
    with a_desk(tmp_path / "desk.db") as session:
        assert import_file(session, None, "clients").added == 1


def test_files_from_spreadsheets_in_utf_16_are_read(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        assert take(session, "clients", "client,name\r\nlarch,Lärche\r\n".encode("utf-16")).added == 1
        assert take(session, "clients", "client,name\r\nlarch,Lärche\r\n".encode("utf-8-sig")).unchanged == 1


def test_an_unknown_kind_or_a_missing_file_is_said(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        with pytest.raises(BadInput, match="there is no kind cakes"):
            import_file(session, tmp_path / "x", "cakes")
        with pytest.raises(BadInput, match="no such file"):
            import_file(session, tmp_path / "x", "clients")
        with pytest.raises(BadInput, match="is a directory"):
            import_file(session, tmp_path, "clients")


def test_a_desk_that_keeps_changing_is_given_up_without_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("changedesk.store.imports.applying.is_as_seen", lambda *_: False)
    with a_desk(tmp_path / "desk.db") as session:
        with pytest.raises(DeskUnusable, match="keep changing"):
            take(session, "clients", "client\nlarch\n")
        assert given(session, "clients").count(b"\n") == 1


def test_a_write_of_another_between_comparing_and_applying_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from changedesk.store.imports.staging import Stage

    with a_desk(tmp_path / "desk.db") as session:
        resolve, calls = Stage.resolve, []

        def disturbed(stage: Stage, *args: object, **options: object) -> object:
            outcome = resolve(stage, *args, **options)  # type: ignore[arg-type]
            if not calls:
                with session.desk.write(session.actor.id) as transaction:
                    transaction.conn.execute("INSERT INTO client (id, code) VALUES (new_id(), 'larch')")
                    transaction.record("test", "x", {})
            calls.append(outcome)
            return outcome

        monkeypatch.setattr(Stage, "resolve", disturbed)
        report = take(session, "clients", "client,name\nlarch,Larch\n")
        assert (report.added, report.updated, len(calls)) == (0, 1, 2)
