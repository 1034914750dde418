"""What reading commands print for programs: one JSON document, keys in snake_case, times in UTC, unknown as null."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from builders import NOW
from command_line import Shell

READING = (
    "status", "show MFA", "triage", "calendar", "--as cab.network approvals", "approvals --due", "forecast PSA",
    "golive LOB", "change list", "change show CHG-0402", "change kpis", "change reviews", "change lessons",
    "change like CHG-0402", "change questions", "verify", "doctor", "services", "services Sign-in", "client alder",
    "handover", "handover MFA", "imports", "audit list --limit 2000", "cab list", "policy show alder", "template list",
)  # fmt: skip
BY_NAME = ("/counts_as_success", "/by/client", "/by/path", "/by/team")
"""Parts of a document whose keys are names of the desk's own."""


@pytest.fixture
def shell(
    demo_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    monkeypatch.setenv("CHANGEDESK_NOW", NOW.isoformat())
    return Shell(Path(shutil.copy(demo_template, tmp_path / "desk.db")), capsys)


def _no_number(word: str) -> NoReturn:
    raise AssertionError(word)


def _parts(document: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every key with where it stands, and every text."""
    if isinstance(document, dict):
        for key, value in document.items():
            if place not in BY_NAME:
                yield f"{place}/", key
            yield from _parts(value, f"{place}/{key}")
    elif isinstance(document, list):
        for value in document:
            yield from _parts(value, place)
    elif isinstance(document, str):
        yield place, document


@pytest.mark.parametrize("verb", READING)
def test_a_document_has_plain_keys_and_times_in_utc(shell: Shell, verb: str) -> None:
    document = json.loads(shell(*verb.split(), "--json"), parse_constant=_no_number)
    parts = [*_parts(document)]
    assert parts, "of a document with nothing in it nothing is known"
    for place, text in parts:
        if place.endswith("/"):
            assert re.fullmatch(r"[a-z][a-z0-9_]*", text), (place, text)
        elif re.match(r"\d{4}-\d\d-\d\dT", text):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text), (place, text)
