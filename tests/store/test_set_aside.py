"""What is kept aside takes a name that nothing has, in one step: what comes to lie there meanwhile is not replaced."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from builders import a_desk
from changedesk.errors import BadInput, WrongPlace
from changedesk.interchange.files import write_whole
from changedesk.store.desk import files


def test_a_name_that_is_taken_is_left_to_what_has_it(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("one")
    (tmp_path / "kept-2").symlink_to(tmp_path / "nowhere")
    file = tmp_path / "desk"
    file.write_text("three")
    assert files.set_aside(file, tmp_path / "kept") == tmp_path / "kept-3"
    assert not file.exists()
    assert [(tmp_path / name).read_text() for name in ("kept", "kept-3")] == ["one", "three"]


def test_a_name_that_is_taken_just_now_is_not_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept").write_text("one")
    file = tmp_path / "desk"
    file.write_text("two")
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert files.set_aside(file, tmp_path / "kept") == tmp_path / "kept-2"
    assert (tmp_path / "kept").read_text() == "one"


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a file system that knows no hard links."""

    def refused(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refused)
    return tmp_path


def test_on_a_memory_stick_a_desk_is_made_and_files_are_written_and_kept_aside(stick: Path) -> None:
    with a_desk(stick):
        pass
    write_whole(stick / "out.csv", b"code\n", force=False)
    assert files.set_aside(stick / "out.csv", stick / "kept").read_bytes() == b"code\n"
    assert not (stick / "out.csv").exists()


def test_on_a_memory_stick_nothing_is_written_over_either(stick: Path) -> None:
    (stick / "kept").write_text("one")
    (stick / "new").write_text("two")
    assert files.set_aside(stick / "new", stick / "kept") == stick / "kept-2"
    with pytest.raises(BadInput, match="exists already"):
        write_whole(stick / "kept", b"three", force=False)
    assert (stick / "kept").read_text() == "one"


def test_what_lies_beside_a_desk_goes_along_under_a_name_that_is_free_for_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "kept-wal").write_text("of another")
    for part in ("", *files.JOURNALS):
        (tmp_path / f"desk{part}").write_text(part)
    assert files.set_aside(tmp_path / "desk", tmp_path / "kept", files.JOURNALS) == tmp_path / "kept-2"
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "kept-wal": "of another",
        "kept-2": "",
        "kept-2-wal": "-wal",
        "kept-2-shm": "-shm",
    }


def test_a_desk_that_cannot_be_moved_loses_what_lies_beside_it_before_a_new_one_could_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("", *files.JOURNALS):
        (tmp_path / f"desk{part}").write_text(part)
    moved = []
    monkeypatch.setattr(files, "give_name", lambda file, _: moved.append(file.name))
    files.set_aside(tmp_path / "desk", tmp_path / "kept", files.JOURNALS)
    assert moved == ["desk-wal", "desk-shm", "desk"]


def test_a_desk_that_another_program_is_replacing_is_left_to_it(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.write_text("damaged")
    with desk.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(WrongPlace, match="is being replaced"), files.alone_with(desk, desk.stat()):
            raise AssertionError("two at once")


@pytest.mark.parametrize("put", [True, False])
def test_a_desk_that_another_program_has_replaced_or_moved_is_not_the_one_that_was_damaged(
    tmp_path: Path, put: bool
) -> None:
    desk = tmp_path / "desk"
    desk.write_text("damaged")
    there = desk.stat()
    desk.rename(tmp_path / "kept")
    if put:
        desk.write_text("sound")
    with pytest.raises(WrongPlace, match="is being replaced"), files.alone_with(desk, there):
        raise AssertionError("it is another one")
