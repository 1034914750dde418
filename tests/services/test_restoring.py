"""Putting a backup in place of a desk only reads it: not a byte of it changes, of whatever schema it is."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import OWNER, a_client, a_desk, an_initiative, at, files_beside, found
from changedesk.errors import BadInput, Denied, DeskUnusable, WrongPlace
from changedesk.services import desks
from changedesk.services import session as sessions
from changedesk.services.session import open_session
from changedesk.store.desk import database, files, migrate
from changedesk.store.desk.database import Desk


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup, alone in its folder."""
    (tmp_path / "kept").mkdir()
    copy = tmp_path / "kept" / "copy.db"
    with a_desk(tmp_path / "first") as desk:
        an_initiative().on(desk)
        desk.backup_to(copy)
    return copy


@pytest.fixture
def newer(backup: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The program is newer than the backup by one step."""
    older = files.read_header(backup).schema
    monkeypatch.setattr(migrate, "SCHEMA", older + 1)
    monkeypatch.setattr(database, "SCHEMA", older + 1)
    step = ("0099_test", lambda conn: conn.execute("CREATE TABLE later (x TEXT) STRICT") and None)
    monkeypatch.setattr(migrate, "_STEPS", (*migrate._STEPS, step))
    return older + 1


@pytest.mark.parametrize("in_place", [True, False])
def test_a_backup_of_an_older_schema_stays_as_it_is_and_the_desk_gets_the_new_one(
    tmp_path: Path, backup: Path, newer: int, in_place: bool
) -> None:
    path = tmp_path / "second" / "desk.db"
    if in_place:
        with a_desk(path.parent) as desk:
            a_client(desk, "replaced")
    before = backup.read_bytes()
    desks.restore(path, backup)
    assert backup.read_bytes() == before
    assert files_beside(backup) == {"copy.db"}
    assert files.read_header(path).schema == newer
    with Desk(path, at()) as desk:
        assert found(desk, "SELECT code FROM client") == [("alder",)]
        assert found(desk, "SELECT count(*) FROM later") == [(0,)]
        told = found(desk, "SELECT kind FROM audit ORDER BY seq DESC LIMIT 2")
        assert told == [("desk.restored",), ("desk.migrated",)]
        assert desks.verify(open_session(desk)).ok
    assert not list(path.parent.glob(".*")), "the copy that was upgraded is gone"


def test_what_still_stands_in_the_log_beside_a_copy_is_restored_and_stays_there(tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "copy.db"
    raw.parent.mkdir()
    with a_desk(tmp_path / "first") as desk:
        a_client(desk, "late")
        for part in ("", "-wal"):
            shutil.copyfile(f"{desk.path}{part}", f"{raw}{part}")
    before = {part: Path(f"{raw}{part}").read_bytes() for part in ("", "-wal")}
    assert before["-wal"]
    desks.restore(tmp_path / "second" / "desk.db", raw)
    assert {part: Path(f"{raw}{part}").read_bytes() for part in ("", "-wal")} == before
    with Desk(tmp_path / "second" / "desk.db", at()) as desk:
        assert found(desk, "SELECT code FROM client") == [("late",)]


def test_a_backup_that_is_refused_is_named_and_leaves_nothing_behind(tmp_path: Path, backup: Path) -> None:
    raw = bytearray(backup.read_bytes())
    raw[4096:8192] = b"\xff" * 4096
    backup.write_bytes(raw)
    with pytest.raises((DeskUnusable, BadInput)) as refused:
        desks.restore(tmp_path / "new" / "deeper" / "desk.db", backup)
    assert str(refused.value).startswith(str(backup))
    assert ".part" not in refused.value.sentence
    assert not (tmp_path / "new").exists()
    assert backup.read_bytes() == raw
    assert files_beside(backup) == {"copy.db"}


def test_a_disk_that_is_read_only_is_named_by_the_desk_and_not_by_the_copy(
    tmp_path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", read_only)
    monkeypatch.setattr(Path, "unlink", read_only)
    with pytest.raises(WrongPlace) as refused:
        desks.restore(tmp_path / "desk.db", backup)
    assert refused.value.message == f"{tmp_path / 'desk.db'} cannot be made: read-only file system"


def test_a_stranger_is_told_of_by_the_desk_in_place_and_not_by_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_desk(tmp_path, "shared") as desk:
        desk.backup_to(tmp_path / "copy.db")
        before = (tmp_path / "copy.db").read_bytes()
        monkeypatch.setattr(sessions, "operating_system_login", lambda: "mallory")
        with pytest.raises(Denied, match="mallory is not known"):
            desks.restore(desk.path, tmp_path / "copy.db")
        assert (tmp_path / "copy.db").read_bytes() == before
        assert found(desk, "SELECT kind FROM audit ORDER BY seq DESC LIMIT 1") == [("denied",)]
        monkeypatch.setattr(sessions, "operating_system_login", lambda: OWNER)
        assert desks.verify(open_session(desk)).ok


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """The name of a desk that was moved while its last writes stood in the log beside it, which stayed."""
    path = tmp_path / "left" / "desk.db"
    with a_desk(path.parent) as desk:
        a_client(desk, "late")
        log = path.with_name("desk.db-wal").read_bytes()
    path.unlink()
    path.with_name("desk.db-wal").write_bytes(log)
    return path


def test_the_log_of_a_desk_that_is_gone_is_not_played_back_into_another(left: Path, backup: Path) -> None:
    log = left.with_name("desk.db-wal").read_bytes()
    for make in (lambda: desks.restore(left, backup), lambda: desks.new_desk(left, "personal")):
        with pytest.raises(
            WrongPlace, match=r"desk\.db-wal holds the last writes of a desk that is not there any more"
        ):
            make()
        assert files_beside(left) == {"desk.db-wal"}
        assert left.with_name("desk.db-wal").read_bytes() == log


def test_an_empty_log_holds_nothing_back(left: Path, backup: Path) -> None:
    left.with_name("desk.db-wal").write_bytes(b"")
    assert desks.restore(left, backup).kept is None


def test_what_lies_beside_a_damaged_desk_is_kept_with_it_and_replaces_nothing(
    left: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "_stamp", lambda: "20261126T140200Z")
    log = left.with_name("desk.db-wal").read_bytes()
    left.write_bytes(b"rubbish")
    taken = left.with_name("desk.db.before-restore-20261126T140200Z-wal")
    taken.write_bytes(b"of another")
    kept = desks.restore(left, backup).kept
    assert kept is not None
    assert kept.read_bytes() == b"rubbish"
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == log
    assert taken.read_bytes() == b"of another"
    with Desk(left, at()) as desk:
        assert desks.verify(open_session(desk)).ok


def test_a_journal_beside_a_damaged_desk_goes_along_with_it_and_stops_no_restore(left: Path, backup: Path) -> None:
    left.write_bytes(b"rubbish")
    left.with_name("desk.db-journal").write_bytes(b"a step that was never finished")
    kept = desks.restore(left, backup).kept
    assert kept is not None
    assert kept.with_name(f"{kept.name}-journal").read_bytes() == b"a step that was never finished"
    with Desk(left, at()) as desk:
        assert desks.verify(open_session(desk)).ok
