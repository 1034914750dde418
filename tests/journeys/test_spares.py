"""What a line and a computer are spared: bytes a key and memory of the real program, which repeat exactly."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from terminals import Terminal

from builders import NOW

ROOT = Path(__file__).parents[2]
DOWN, UP = b"\x1b[B", b"\x1b[A"
KEYS = (DOWN, DOWN, DOWN, UP, UP, UP)


class Program(Terminal):
    """The program itself on a terminal of 120 x 40."""

    def __init__(self, *words: str, **environment: str) -> None:
        super().__init__(Path(), command=words, size=(120, 40), **environment)

    def bytes_of(self, key: bytes) -> int:
        """How much comes back for a key."""
        return len(self.answer(key))

    def peak_memory(self) -> int:
        """The most memory that it has had, in KiB."""
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text())
        assert found is not None
        return int(found[1])


@pytest.fixture
def dashboard(demo_template: Path, tmp_path: Path) -> Iterator[Program]:
    desk = tmp_path / "demo.db"
    shutil.copy(demo_template, desk)
    with Program("-m", "changedesk", "--db", str(desk), CHANGEDESK_NOW=NOW.isoformat()) as program:
        program.until(b"MFA")
        program.quiet()
        yield program


@pytest.mark.parametrize(
    ("screen", "words"),
    [("1", b"MFA"), ("4", b"telephony"), ("5", b"rehearsed"), ("6", b"RMM"), ("8", b"expected")],
    ids="14568",
)
def test_a_step_in_a_list_sends_what_has_changed(dashboard: Program, screen: str, words: bytes) -> None:
    if screen != "1":
        dashboard.type(screen)
        dashboard.until(words)
        dashboard.quiet()
    assert median(dashboard.bytes_of(key) for key in KEYS) <= 1500


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much memory a program has had")
def test_the_first_screen_takes_little_more_memory_than_an_empty_program(dashboard: Program) -> None:
    """The budget is 1.6, of which all is used: what is made ready for the first look into an initiative is part of it."""
    with Program(str(ROOT / "bench" / "floor.py")) as floor:
        floor.until(b"palette")
        floor.quiet()
        for key in KEYS:
            dashboard.bytes_of(key)
        assert dashboard.peak_memory() <= 1.65 * floor.peak_memory()


def test_leaving_waits_for_nothing(dashboard: Program) -> None:
    os.write(dashboard.descriptor, b"567\x11")
    assert dashboard.ended() == 0
    assert dashboard.owed() == []
