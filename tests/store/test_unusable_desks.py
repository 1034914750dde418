"""What is no desk, or cannot be reached, is one sentence, exit 3, and not touched."""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import OWNER, a_client, a_desk, at, files_beside, found
from changedesk.cli.dashboard import open_dashboard
from changedesk.cli.invocation import split_options
from changedesk.cli.main import run
from changedesk.errors import DeskUnusable
from changedesk.store.desk import files
from changedesk.store.desk.creating import create_desk
from changedesk.store.desk.database import Desk

VERBS = (
    ["status"], ["show", "MFA"], ["verify"], ["doctor"], ["checkpoint", "end.json"], ["backup", "copy.db"],
    ["observe", "MFA", "--audience", "a", "--metric", "m", "--date", "2026-11-01", "--value", "1/2"],
    ["sign", "MFA", "--checkpoint", "planning", "--lane", "people"],
    ["import", "none.csv", "--kind", "clients"], ["export", "-", "--kind", "clients"],
)  # fmt: skip


def _another_program(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE bookmarks (url TEXT)")
    conn.commit()
    conn.close()


def _no_tables(path: Path) -> None:
    """A database that says it is a desk and is none."""
    _another_program(path)
    raw = bytearray(path.read_bytes())
    raw[60:64], raw[68:72] = struct.pack(">I", 1), struct.pack(">I", 0x43684465)
    path.write_bytes(raw)


def _link(path: Path) -> None:
    create_desk(path.with_name("real.db"), kind="personal", demo=False, owner=OWNER, clock=at())
    path.symlink_to(path.with_name("real.db"))


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "there is no desk at"),
    "empty": (lambda path: path.write_bytes(b""), "is not a desk, or is damaged"),
    "a letter": (lambda path: path.write_text("Dear Sir,\n" * 100), "is not a desk, or is damaged"),
    "another program's": (_another_program, "is a database of another program"),
    "without tables": (_no_tables, "is damaged"),
    "a folder": (lambda path: path.mkdir(), "is no file"),
    "a pipe": (lambda path: os.mkfifo(path), "is no file"),
    "a link": (_link, "is a symbolic link"),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "is a symbolic link"),
}


WRONG_PLACES = {"a folder", "a pipe", "a link", "a link to nothing"}
"""Naming such a place is wrong use; what is named rightly and cannot be used ends with 3."""


def _state(folder: Path) -> dict[str, tuple[int, bytes | None]]:
    return {
        entry.name: (entry.lstat().st_mtime_ns, entry.read_bytes() if entry.is_file() else None)
        for entry in folder.iterdir()
    }


@pytest.mark.parametrize("what", UNUSABLE)
@pytest.mark.fault("F7")
def test_what_is_no_desk_is_refused_in_one_sentence_and_not_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    make, said = UNUSABLE[what]
    path = tmp_path / "desk.db"
    make(path)
    before = _state(tmp_path)
    for verb in VERBS:
        assert run([*verb, "--db", str(path)]) == (2 if what in WRONG_PLACES else 3), verb
        out, err = capsys.readouterr()
        assert out == ""
        assert said in err
        assert err.startswith("changedesk: ")
        assert err.count("\n") == 1
        assert "Traceback" not in err
    assert _state(tmp_path) == before


@pytest.mark.parametrize("path", ["x" * 300, "desk.db/desk.db"])
@pytest.mark.fault("F7")
def test_a_path_that_cannot_be_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    a_desk(tmp_path).close()
    assert run(["status", "--db", str(tmp_path / path)]) == 2
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("error", [PermissionError(13, "x"), OSError(5, "x")])
@pytest.mark.fault("F7")
def test_a_file_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    a_desk(tmp_path).close()

    def fail(*_: object, **__: object) -> None:
        raise error

    for call in ("open", "lstat"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, call, fail)
            with pytest.raises(DeskUnusable, match="cannot be read: ") as refused:
                Desk(tmp_path / "desk.db")
            assert refused.value.exit_status == 3


@pytest.mark.fault("F7")
def test_the_dashboard_says_of_a_desk_in_a_folder_of_others_what_every_verb_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "x")

    monkeypatch.setattr(Path, "lstat", fail)
    monkeypatch.setattr(Path, "stat", fail)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with pytest.raises(DeskUnusable, match=r"desk\.db cannot be read: permission denied"):
        open_dashboard(split_options(["--db", str(tmp_path / "desk.db")])[0])


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_file_system_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    a_desk(tmp_path).close()
    mounts = f"rootfs / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\nbroken\n"
    read_text = Path.read_text
    monkeypatch.setattr(
        Path, "read_text", lambda self, **kw: mounts if str(self) == "/proc/mounts" else read_text(self, **kw)
    )
    with pytest.raises(DeskUnusable, match=f"lies on a network file system \\({kind}\\)"):
        Desk(tmp_path / "desk.db")
    with pytest.raises(DeskUnusable, match="network file system"):
        create_desk(tmp_path / "new.db", kind="personal", demo=False, owner=OWNER, clock=at())


def test_a_local_disk_inside_a_network_one_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_desk(tmp_path).close()
    mounts = f"server:/x / nfs rw 0 0\n/dev/sda1 {tmp_path} ext4 rw 0 0\n"
    read_text = Path.read_text
    monkeypatch.setattr(
        Path, "read_text", lambda self, **kw: mounts if str(self) == "/proc/mounts" else read_text(self, **kw)
    )
    files.refuse_unsafe_place(tmp_path / "desk.db")


def _read_only(monkeypatch: pytest.MonkeyPatch, *fixed: Path) -> None:
    """As if these could not be written; rights alone would not stop an administrator who runs the tests."""
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) not in fixed and access(path, mode))


@pytest.mark.parametrize("which", ["file", "folder", "both"])
@pytest.mark.fault("F7")
def test_a_desk_that_cannot_be_written_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], which: str
) -> None:
    path = tmp_path / "desk.db"
    with a_desk(tmp_path) as desk:
        a_client(desk)
    fixed = {"file": [path], "folder": [tmp_path], "both": [path, tmp_path]}[which]
    before = path.read_bytes()
    _read_only(monkeypatch, *fixed)
    with Desk(path, at()) as desk:
        assert desk.read_only
        assert found(desk, "SELECT code FROM client") == [("alder",)]
        with pytest.raises(DeskUnusable, match="read-only for this account; nothing was changed"), desk.write("me"):
            pass
    for verb in (["status"], ["verify"], ["doctor"]):
        assert run([*verb, "--db", str(path)]) in (0, 1)
    assert "access: read-only for this account" in capsys.readouterr().out
    assert path.read_bytes() == before


@pytest.mark.fault("F7")
def test_whoever_only_reads_a_shared_desk_keeps_nobody_of_its_group_from_writing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_desk(tmp_path, "shared") as desk:
        path = desk.path
    path.chmod(0o640)
    with monkeypatch.context() as reader:
        _read_only(reader, path)
        with Desk(path, at()) as desk:
            assert found(desk, "SELECT count(*) FROM client") == [(0,)]
            beside = {part: path.with_name(path.name + part).stat() for part in files.JOURNALS}
    assert {part: stat.S_IMODE(one.st_mode) for part, one in beside.items()} == {"-wal": 0o660, "-shm": 0o660}
    assert {one.st_gid for one in beside.values()} == {path.stat().st_gid}


def test_what_was_committed_last_is_read_although_the_folder_is_fixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_desk(tmp_path) as writer:
        a_client(writer)
        assert "desk.db-wal" in files_beside(writer.path)
        _read_only(monkeypatch, writer.path, tmp_path)
        with Desk(writer.path, at()) as desk:
            assert found(desk, "SELECT code FROM client") == [("alder",)]


@pytest.mark.parametrize("why", ["the account may not", "nobody asked to"])
def test_an_older_desk_that_is_not_to_be_changed_is_refused_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    path = tmp_path / "desk.db"
    a_desk(tmp_path).close()
    raw = bytearray(path.read_bytes())
    raw[60:64] = struct.pack(">I", 0)
    path.write_bytes(raw)
    if why == "the account may not":
        _read_only(monkeypatch, path)
    with pytest.raises(DeskUnusable, match="older schema 0 and may not be changed"):
        Desk(path, at(), read_only=why == "nobody asked to")
    assert path.read_bytes() == bytes(raw)
    assert [entry.name for entry in tmp_path.iterdir()] == ["desk.db"]
