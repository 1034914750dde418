"""Following a folder: what has kept still is taken, what grows is waited for, what is refused is told once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders import a_client, a_desk, a_person, as_person, found
from changedesk.cli.transfer import watching as command
from changedesk.cli.transfer.exchanging import Wanted
from changedesk.errors import BadInput, Denied
from changedesk.services.imports.watching import PATIENCE, FolderWatch, Taken, follow
from changedesk.services.session import Session, open_session

HEADER = "id,opened_at,client\n"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path) as desk:
        a_client(desk)
        yield open_session(desk)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "exports"
    made.mkdir()
    return made


class Export:
    """A program that writes its export into the folder, a row at a time; every write has a later time of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ticks = 0
        self.text = HEADER
        self.write("")

    def write(self, more: str) -> None:
        self.text += more
        self.path.write_text(self.text)
        self.ticks += 1
        os.utime(self.path, (self.ticks, self.ticks))

    def add(self, number: int) -> None:
        self.write(f"INC{number},2026-11-20T08:00Z,alder\n")


def numbers(session: Session) -> list[str]:
    return [row[0] for row in found(session.desk, "SELECT number FROM ticket ORDER BY number")]


def test_a_file_is_taken_once_it_has_kept_still_and_again_when_it_grew(session: Session, folder: Path) -> None:
    export = Export(folder / "tickets.csv")
    export.add(1)
    watch = FolderWatch(session, folder, "tickets")
    assert watch.poll() == ()
    (taken,) = watch.poll()
    assert (taken.path.name, taken.report.added if taken.report else None, taken.refused) == ("tickets.csv", 1, None)
    assert watch.poll() == ()
    export.add(2)
    assert watch.poll() == ()
    assert numbers(session) == ["INC1"]
    (taken,) = watch.poll()
    assert taken.report is not None
    assert (taken.report.added, taken.report.unchanged) == (1, 1)
    assert numbers(session) == ["INC1", "INC2"]


def test_a_file_that_never_keeps_still_is_tried_after_a_while_and_half_a_row_is_not_spoken_of(
    session: Session, folder: Path
) -> None:
    export = Export(folder / "tickets.csv")
    watch = FolderWatch(session, folder, "tickets")
    for number in range(PATIENCE):
        export.add(number)
        assert watch.poll() == ()
    export.write("INC9,2026-11-2")
    assert watch.poll() == ()
    export.write("0T08:00Z,alder\n")
    for number in range(10, 10 + PATIENCE):
        assert watch.poll() == ()
        export.add(number)
    (taken,) = watch.poll()
    assert taken.report is not None
    assert taken.report.added == 2 * PATIENCE + 1


def test_what_is_refused_is_told_once_and_taken_when_it_is_mended(session: Session, folder: Path) -> None:
    export = Export(folder / "tickets.csv")
    export.write("INC1,noon,alder\n")
    watch = FolderWatch(session, folder, "tickets")
    assert watch.poll() == ()
    (taken,) = watch.poll()
    assert taken.refused is not None
    assert watch.poll() == ()
    export.text = HEADER
    export.add(1)
    watch.poll()
    (taken,) = watch.poll()
    assert taken.refused is None
    strange = folder / "other.csv"
    strange.write_text("a;b\n1;2\n")
    watch.poll()
    (taken,) = watch.poll()
    assert (taken.path.name, taken.report) == ("other.csv", None)


def test_only_files_that_look_like_exports_are_taken(session: Session, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(HEADER + "INC7,2026-11-20T08:00Z,alder\n")
    (folder / "link.csv").symlink_to(elsewhere)
    (folder / ".part.csv").write_text(HEADER + "INC8,2026-11-20T08:00Z,alder\n")
    (folder / "notes.md").write_text("notes")
    (folder / "sub.csv").mkdir()
    watch = FolderWatch(session, folder, "tickets")
    assert (watch.poll(), watch.poll()) == ((), ())


def test_the_loop_waits_between_looks_and_ends_when_it_is_enough(session: Session, folder: Path) -> None:
    export = Export(folder / "tickets.csv")
    told: list[Taken] = []
    steps: list[Callable[[], None]] = [lambda: export.add(1), lambda: None, lambda: export.add(2), lambda: None]

    def wait() -> bool:
        if not steps:
            return False
        steps.pop(0)()
        return True

    follow(FolderWatch(session, folder, "tickets"), wait, told.append)
    assert [one.report.added if one.report else None for one in told] == [1, 1]


def test_the_command_ends_well_on_an_interrupt(
    session: Session, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = Export(folder / "tickets.csv")
    export.add(1)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise KeyboardInterrupt
        if len(waits) == 1:
            (folder / "bad.csv").write_text("one\n")

    assert command.run_watch(session, folder, Wanted("tickets"), 2.5, wait) == 0
    out, err = capsys.readouterr()
    assert out == "tickets.csv: 1 read, 1 added, 0 updated, 0 unchanged\n"
    assert "the columns do not fit" in err
    assert waits == [2.5, 2.5, 2.5]


def test_a_folder_that_is_none_and_a_person_who_may_not_are_refused(session: Session, folder: Path) -> None:
    with pytest.raises(BadInput, match="there is no folder"):
        FolderWatch(session, folder / "none", "tickets")
    with pytest.raises(BadInput, match="there is no kind cats"):
        FolderWatch(session, folder, "cats")
    a_person(session.desk, "rita", "auditor", client="alder")
    with pytest.raises(Denied, match="may not import"):
        FolderWatch(as_person(session.desk, "rita"), folder, "tickets")
