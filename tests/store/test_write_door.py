"""The write door: everything or nothing, one after the other, never without an audit event."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from builders import NOW, a_client, a_desk, an_initiative, at, found, record, stranger
from changedesk.domain.plaintext import clean
from changedesk.errors import Damaged, DeskUnusable
from changedesk.store.desk import connecting, database
from changedesk.store.desk.database import Desk
from changedesk.store.ids import new_id
from changedesk.store.proving import check


def _write_and_fail(desk: Desk) -> None:
    with desk.write("me") as transaction:
        transaction.conn.execute("INSERT INTO client (id, code) VALUES (?, 'failed')", (new_id(),))
        transaction.record("test.made", "x", {})
        raise ZeroDivisionError


@pytest.mark.fault("F6")
@pytest.mark.usefixtures("durable")
def test_the_write_door_is_set_to_lose_nothing(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk, desk.write("me") as transaction:
        pragmas = {
            name: transaction.conn.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "synchronous", "foreign_keys", "recursive_triggers", "journal_mode", "trusted_schema",
                "cell_size_check", "busy_timeout",
            )
        }  # fmt: skip
        assert pragmas == {
            "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "journal_mode": "wal", "trusted_schema": 0,
            "cell_size_check": 1, "busy_timeout": 5000,
        }  # fmt: skip


def test_a_writer_holds_the_lock_from_its_first_moment(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        other = stranger(desk.path)
        other.execute("PRAGMA busy_timeout = 0")
        with desk.write("me"), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
        other.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk, pytest.raises(sqlite3.OperationalError, match="readonly"):
        desk.reader().execute("DELETE FROM audit")


@pytest.mark.parametrize("statement", ["ATTACH DATABASE ':memory:' AS x", "DETACH DATABASE main"])
def test_no_other_database_is_attached(tmp_path: Path, statement: str) -> None:
    with a_desk(tmp_path) as desk:
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            desk.reader().execute(statement)
        with pytest.raises(Damaged, match="not authorized"), desk.write("me") as transaction:
            transaction.conn.execute(statement)


def test_a_window_that_is_written_after_its_event_would_not_be_sealed_and_is_impossible(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:

        def write() -> None:
            with desk.write("me") as transaction:
                transaction.record("test.made", "x", {})
                transaction.conn.execute(
                    "INSERT INTO person (id, login, name, roles) VALUES (?, 'p', 'P', 'cab')", (new_id(),)
                )

        with pytest.raises(AssertionError, match="after the audit event that tells of them"):
            write()
        assert found(desk, "SELECT login FROM person") == []


@pytest.mark.requirement("R95")
def test_a_write_without_an_audit_event_is_impossible(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        with pytest.raises(AssertionError, match="without its audit event"), desk.write("me") as transaction:
            transaction.conn.execute("INSERT INTO client (id, code) VALUES (?, 'silent')", (new_id(),))
        assert found(desk, "SELECT code FROM client") == []
        record(desk, "client", code="told")
        assert found(desk, "SELECT code FROM client") == [("told",)]


def test_an_exception_takes_everything_back(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        before = found(desk, "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM change_log)")
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(desk)
        assert found(desk, "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM change_log)") == before
        a_client(desk)
        assert check.check(desk, None).problems == ()


def test_a_broken_rule_of_a_table_takes_everything_back(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        with pytest.raises(sqlite3.IntegrityError):
            record(desk, "lane", initiative_id="nobody", kind="people")
        assert len(found(desk, "SELECT 1 FROM audit")) == 1


@pytest.mark.fault("F8")
def test_reading_goes_on_while_something_is_written(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        with desk.write("me") as transaction:
            transaction.conn.execute("INSERT INTO client (id, code) VALUES (?, 'alder')", (new_id(),))
            assert found(desk, "SELECT code FROM client") == []
            transaction.record("test.made", "x", {})
        assert found(desk, "SELECT code FROM client") == [("alder",)]


@pytest.mark.fault("F8")
def test_a_writer_that_is_locked_out_says_so_and_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 50)
    with a_desk(tmp_path) as desk:
        other = stranger(desk.path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DeskUnusable, match="in use by another program; nothing was changed"), desk.write("me"):
            pass
        assert found(desk, "SELECT count(*) FROM audit") == [(1,)]
        other.execute("ROLLBACK")
        other.close()
        a_client(desk)


def test_a_write_inside_a_write_is_refused_and_never_waits_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 50)
    with a_desk(tmp_path) as desk:
        with desk.write("me"), pytest.raises(DeskUnusable, match="elsewhere in this program"), desk.write("me"):
            pass
        a_client(desk)


def test_replacing_a_desk_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 50)
    with a_desk(tmp_path) as desk, a_desk(tmp_path, name="other.db") as other:
        busy = stranger(desk.path)
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(DeskUnusable, match="in use"):
            desk.take_over(other)
        busy.close()
        desk.take_over(other)
        assert found(desk, "SELECT id FROM desk") == [(other.facts.id,)]


def _write_many(path: Path, name: str, count: int) -> None:
    database.BUSY_MS = 60_000  # whose turn it is is the machine's affair
    with Desk(path, at()) as desk:
        for number in range(count):
            record(desk, "client", code=f"{name}-{number}")


@pytest.mark.requirement("R95")
@pytest.mark.fault("F14")
def test_several_programs_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    a_desk(tmp_path).close()
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_many, args=(tmp_path / "desk.db", f"program-{n}", 15)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    with Desk(tmp_path / "desk.db", at()) as desk:
        assert found(desk, "SELECT count(*) FROM client") == [(45,)]
        assert check.check(desk, None) == check.Found(46, None, ())


@pytest.mark.fault("F14")
def test_several_threads_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        threads = [
            threading.Thread(target=lambda n=n: [record(desk, "client", code=f"{n}-{m}") for m in range(20)])
            for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found(desk, "SELECT count(*) FROM client") == [(80,)]
        assert check.check(desk, None) == check.Found(81, None, ())


def test_interrupting_ends_a_query_that_runs(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        begun, ended = threading.Event(), []

        def ask() -> None:
            conn = desk.reader()
            conn.set_progress_handler(lambda: begun.set(), 1000)
            try:
                conn.execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n")
            except sqlite3.OperationalError as error:
                ended.append(str(error))

        thread = threading.Thread(target=ask)
        thread.start()
        begun.wait()
        desk.interrupt()
        thread.join()
        assert ended == ["interrupted"]


def test_the_revision_changes_with_every_commit_and_only_then(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk, Desk(desk.path, at()) as other:
        first = desk.data_version()
        assert desk.data_version() == first
        a_client(other, "elsewhere")
        second = desk.data_version()
        assert second != first
        a_client(desk, "here")
        third = desk.data_version()
        assert third != second
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(other)
        assert desk.data_version() == third


def test_a_snapshot_shows_one_state_however_much_is_written_meanwhile(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk, Desk(desk.path, at()) as other:
        a_client(desk)
        with desk.snapshot() as conn:
            assert conn.execute("SELECT count(*) FROM client").fetchone() == (1,)
            a_client(other, "birch")
            assert conn.execute("SELECT count(*) FROM client").fetchone() == (1,)
        assert found(desk, "SELECT count(*) FROM client") == [(2,)]


def test_an_error_in_a_snapshot_keeps_its_own_words(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        with pytest.raises(ZeroDivisionError), desk.snapshot():
            raise ZeroDivisionError
        assert not desk.reader().in_transaction


def test_every_thread_has_a_reader_of_its_own(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        readers = [desk.reader(), desk.reader()]
        thread = threading.Thread(target=lambda: readers.append(desk.reader()))
        thread.start()
        thread.join()
        assert readers[0] is readers[1]
        assert readers[2] is not readers[0]


@pytest.mark.requirement("R95")
@pytest.mark.fault("F13")
def test_events_are_ordered_by_their_number_even_when_the_clock_goes_back(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        a_client(desk, "first")
        desk.clock = at(NOW - timedelta(days=3650))
        a_client(desk, "second")
        desk.clock = at(NOW + timedelta(days=3650))
        a_client(desk, "third")
        kinds = found(desk, "SELECT seq, substr(at, 1, 4) FROM audit ORDER BY seq")
        assert kinds == [(1, "2026"), (2, "2026"), (3, "2016"), (4, "2036")]
        assert check.check(desk, None).problems == ()


def test_a_standing_is_current_as_soon_as_the_commit_is(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        an_initiative().with_audience("all", 40).on(desk)
        assert check.stale_summaries(desk) == []
        assert found(desk, "SELECT json_extract(body, '$[20]') FROM standing") == [(40,)]


@pytest.mark.fault("F3")
def test_a_full_disk_is_said_in_one_sentence(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        with desk.write("me") as transaction:
            transaction.conn.execute(
                f"PRAGMA max_page_count = {transaction.conn.execute('PRAGMA page_count').fetchone()[0]}"
            )
        with (
            pytest.raises(DeskUnusable, match="disk is full; nothing was changed") as refused,
            desk.write("me") as transaction,
        ):
            transaction.record("test.made", "x", {"text": "y" * 1_000_000})
        assert clean(refused.value.sentence) == refused.value.sentence
        assert len(found(desk, "SELECT 1 FROM audit")) == 1


@pytest.mark.fault("F3", "F4")
@pytest.mark.parametrize(("blocks", "said"), [(0, "the disk is full; nothing was changed"), (1_000, "cannot be used")])
def test_where_a_desk_cannot_even_be_read_for_want_of_room_the_disk_is_called_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocks: int, said: str
) -> None:
    monkeypatch.setattr(connecting.os, "statvfs", lambda _: SimpleNamespace(f_bavail=blocks, f_frsize=4096))
    with pytest.raises(DeskUnusable, match=said), connecting.damage_is_said(tmp_path / "desk.db"):
        raise sqlite3.OperationalError("disk I/O error")
