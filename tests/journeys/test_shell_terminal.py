"""However a session ends, the terminal is given back, and no byte of the data ever acts on it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminals import PROGRAM, Terminal

STARTED = b"row 9"

Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[Terminal] = []

    def begin(*words: str, **options: object) -> Terminal:
        terminal = Terminal(tmp_path, *words, **options)
        running.append(terminal)
        return terminal

    yield begin
    for terminal in running:
        terminal.__exit__()


@pytest.mark.parametrize("keys", ["q", "\x11"])
@pytest.mark.fault("F19")
def test_quitting_gives_everything_back(start, keys):
    terminal = start()
    terminal.until(STARTED)
    terminal.type(keys)
    assert terminal.ended() == 0
    assert terminal.owed() == []


@pytest.mark.fault("F19")
def test_a_program_that_hangs_while_it_is_left_ends_all_the_same_and_gives_everything_back(start):
    terminal = start("stuck")
    terminal.until(STARTED)
    terminal.type("\x11")
    assert terminal.ended() == 0
    assert terminal.owed() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
@pytest.mark.fault("F19")
def test_a_signal_ends_it_with_its_number_and_gives_everything_back(start, number):
    terminal = start()
    terminal.until(STARTED)
    terminal.send(number)
    assert terminal.ended() == 128 + number
    assert terminal.owed() == []


@pytest.mark.fault("F19")
def test_a_lost_terminal_ends_it(start):
    terminal = start()
    terminal.until(STARTED)
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP


@pytest.mark.fault("F19")
def test_stopped_it_gives_the_terminal_back_and_going_on_it_draws_itself_again(start):
    terminal = start()
    terminal.until(STARTED)
    terminal.send(signal.SIGTSTP)
    terminal.stopped()
    assert terminal.owed() == []
    terminal.send(signal.SIGCONT)
    terminal.until(STARTED)
    terminal.type("q")
    assert terminal.ended() == 0


def test_bytes_that_are_no_text_are_passed_over(start):
    terminal = start()
    terminal.until(STARTED)
    terminal.type(b"\xff\xfe\x80\xc3")
    terminal.type("\x1b[B")
    terminal.until(b"row 1")
    terminal.type("q")
    assert terminal.ended() == 0


def test_an_error_of_ours_gives_the_terminal_back_and_says_one_sentence_without_values(start, tmp_path):
    terminal = start("crash")
    terminal.until(STARTED)
    terminal.type("/")
    assert terminal.ended() == 1
    assert terminal.owed() == []
    assert b"Traceback" not in terminal.out
    assert b"secret" not in terminal.out
    assert b"had to stop because of an error of its own" in terminal.out
    assert "KeyError" in (tmp_path / "errors.log").read_text()


@pytest.mark.fault("F17")
def test_text_that_attacks_the_terminal_arrives_dead_in_the_list_and_in_a_notice(start):
    terminal = start("attack")
    terminal.until(b"gnp.exe [/] 9")
    terminal.type("s")
    terminal.until(b"gnp.exe")
    terminal.type("q")
    assert terminal.ended() == 0
    assert b"\x1b]" not in terminal.out
    assert b"\x9b2J" not in terminal.out
    assert "\u202e".encode() not in terminal.out
    assert b"\x07" not in terminal.out


def test_a_key_sends_few_bytes(start):
    terminal = start(size=(120, 40))
    terminal.until(STARTED)
    terminal.quiet()
    terminal.type("\x1b[B")
    terminal.until(b"row 1")
    assert len(terminal.quiet()) <= 1500


def test_what_is_for_a_network_is_not_loaded_for_the_dashboard(tmp_path):
    started = f"from changedesk.cli.main import run; status = run(['--db', {str(tmp_path / 'desk.db')!r}])"
    listing = f"import sys; {started}; print(status, 'textual' in sys.modules, 'ssl' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", listing], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["2", "True", "False"]


def test_no_colour_means_shades_of_grey_and_the_signs_and_words_stay(start):
    terminal = start(NO_COLOR="1")
    sent = terminal.until(STARTED)
    colours = re.findall(rb"38;2;(\d+);(\d+);(\d+)", sent)
    assert colours
    assert all(red == green == blue for red, green, blue in colours)


def test_a_locale_without_these_characters_still_gets_them_as_utf_8(start):
    terminal = start(LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    terminal.until("▌".encode())
    terminal.type("q")
    assert terminal.ended() == 0


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_place_text_is_refused_in_one_sentence(start, term):
    terminal = start(TERM=term)
    assert terminal.ended() == 2
    assert terminal.out.count(b"\n") == 1
    assert b"needs a terminal that can place text" in terminal.out


@pytest.mark.fault("F19")
def test_without_a_terminal_it_refuses_in_one_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(tmp_path / "log")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "needs a terminal" in done.stderr
    assert done.stdout == ""


def test_before_the_first_frame_nothing_is_imported_that_it_does_not_show():
    listing = "import sys, changedesk.cli.dashboard, changedesk.screens.portfolio.screen; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"pydantic", "sqlite_utils", "plotext", "click", "numpy", "statistics", "zoneinfo", "tomllib"}
    # The schema is for making a desk, forms are for whoever types, and what reads begins once the frame stands.
    late = {"store.schema", "domain.kinds", "domain.forms", "services.portfolio.page", "services.initiative"}
    assert not loaded & {f"changedesk.{name}" for name in late}
    assert sum(name.startswith("changedesk.") for name in loaded) <= 111
