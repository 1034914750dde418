"""Tables of the command line: aligned whatever is written in them, short enough to be read, whole for programs."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from changedesk.cli.output import say_table

TITLES = ("Code", "Initiative", "Client", "Why it is here")
ROWS = [
    ("MFA", "MFA for everyone", "alder", "on plan"),
    ("KIT", "日本語の長いタイトル", "alder", "on plan"),
    ("LONG", "word " * 40, "alder", "because " * 20),
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def table(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, rows: Any = ROWS) -> list[str]:
    monkeypatch.setattr(sys, "stdout", stream)
    say_table(TITLES, rows)
    return stream.getvalue().splitlines()


def test_wide_letters_push_no_column_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    _, usual, wide = table(io.StringIO(), monkeypatch, ROWS[:2])
    assert usual.index("alder") == wide.index("alder") + len("日本語の長いタイトル")


def test_at_a_terminal_a_long_title_leaves_the_table_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    head, *_, long = table(Terminal(), monkeypatch)
    assert "…  alder" in long
    assert head.index("Client") < 60
    assert long.endswith("because"), "the last column may wrap"


def test_a_program_gets_every_text_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ("word " * 40).strip() in table(io.StringIO(), monkeypatch)[-1]
