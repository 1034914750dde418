"""A form on a real terminal: what was typed outlives the session, however it ends."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
import terminals
from terminals import Terminal

from builders import a_desk, an_initiative
from changedesk.services.door import Door
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk

SAVE = "\x13"

Start = Callable[[], Terminal]


@pytest.fixture
def desk_file(tmp_path: Path) -> tuple[Path, str]:
    with a_desk(tmp_path) as desk:
        return desk.path, an_initiative().on(desk)


@pytest.fixture
def start(
    own_state: Path, tmp_path: Path, desk_file: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    monkeypatch.setattr(terminals, "PROGRAM", Path(__file__).with_name("form_program.py"))
    running: list[Terminal] = []

    def begin() -> Terminal:
        terminal = Terminal(tmp_path, str(desk_file[0]), desk_file[1])
        running.append(terminal)
        return terminal

    yield begin
    for terminal in running:
        terminal.__exit__()


@contextmanager
def the_desk(path: Path) -> Iterator[Door]:
    """The desk's door, opened by itself."""
    with Desk(path) as desk:
        yield Door(open_session(desk))


def type_a_risk(terminal: Terminal) -> None:
    """Open a new risk and type its name."""
    terminal.until(b"No risk yet")
    terminal.type("n")
    terminal.until(b"1 of 7 fields")
    terminal.type("Vendor late")
    terminal.until(b"late")


def find_it_again(terminal: Terminal, desk: Path) -> None:
    """Open a new risk again, take the draft that is offered, and choose its kind and save it in one burst."""
    terminal.until(b"No risk yet")
    terminal.type("n")
    terminal.until(b"There is a draft")
    terminal.type("d")
    terminal.until(b"Vendor late")
    terminal.type("\tdel\t" + SAVE)
    terminal.until(b"Saved: risk")
    terminal.type("q")
    assert terminal.ended() == 0
    with the_desk(desk) as door:
        assert [
            (risk.values["title"], risk.values["kind"]) for risk in records.listed(door.session, "risks", "MFA")
        ] == [("Vendor late", "delivery")]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_draft_outlives_a_session_that_is_ended_in_the_middle_of_a_word(start, desk_file, number):
    terminal = start()
    type_a_risk(terminal)
    terminal.send(number)
    assert terminal.ended() == 128 + number
    assert terminal.owed() == []
    find_it_again(start(), desk_file[0])


def test_a_draft_outlives_a_lost_terminal(start, desk_file):
    terminal = start()
    type_a_risk(terminal)
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP
    find_it_again(start(), desk_file[0])


def test_a_draft_outlives_a_session_that_is_killed(start, desk_file, tmp_path):
    terminal = start()
    type_a_risk(terminal)
    wait_for_draft(tmp_path)
    terminal.send(signal.SIGKILL)
    assert terminal.ended() == -signal.SIGKILL
    find_it_again(start(), desk_file[0])


def wait_for_draft(folder: Path) -> None:
    """Wait until the draft is on disk: the program writes it by itself a moment after a change."""
    end = monotonic() + terminals.PATIENCE
    while not any("late" in file.read_text() for file in (folder / "state").rglob("*.json")):
        assert monotonic() < end, "no draft was kept"


def test_a_whole_record_typed_in_one_burst_is_what_is_saved(start, desk_file):
    terminal = start()
    terminal.until(b"No risk yet")
    terminal.type("nVendor late\td\t3\t4\t" + SAVE)
    terminal.until(b"Saved: risk")
    with the_desk(desk_file[0]) as door:
        (risk,) = records.listed(door.session, "risks", "MFA")
    typed = {"title": "Vendor late", "kind": "delivery", "probability": "3", "impact": "4"}
    assert typed.items() <= risk.values.items()


def test_a_letter_in_a_form_sends_few_bytes(start):
    terminal = start()
    type_a_risk(terminal)
    terminal.quiet()
    assert len(terminal.answer("r")) <= 400


def test_two_sessions_on_one_record_meet_at_the_conflict(start, desk_file):
    with the_desk(desk_file[0]) as door:
        blank = records.blank(door.session, "risks", "MFA")
        risk = records.save(
            door.session, "risks", blank, {**blank.values, "title": "Vendor", "kind": "delivery", "owner": "pat"}
        )
    one, other = start(), start()
    for terminal in (one, other):
        terminal.until(b"Vendor")
        terminal.type("\r")
        terminal.until(b"1 of 7 fields")
    one.type(" late" + SAVE)
    one.until(b"Saved: risk")
    other.type(" gone" + SAVE)
    other.until(b"meanwhile")
    other.type("ms")
    other.until(b"Saved: risk")
    with the_desk(desk_file[0]) as door:
        assert records.fetch(door.session, "risks", risk.id or "").values["title"] == "Vendor gone"
