"""Texts that attack and that nobody cleaned: no command prints, and no file that it writes holds, a byte of them (F17, F18)."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from builders import NOW, found, made_once
from changedesk.domain.kinds.registry import KINDS
from changedesk.services.opening import open_desk
from command_line import Shell
from hostile import acting, attacked

LONGEST = 20_000_000
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
SAID = (
    "status", "show MFA", "triage", "services", "approvals", "calendar", "imports", "golive MFA", "handover", "handover MFA",
    "client alder", "forecast MFA", "change list", "change kpis", "change reviews", "audit list", "template list", "cab list",
    "policy show alder", "change lessons {number}", "change show {number}", "change like {number}", "services {service}",
)  # fmt: skip
"""Every verb that reads; each with ``--json`` too."""
PAGES = (
    "report MFA -", "report MFA - --format html", "cab minutes {meeting}", "policy show alder --toml", "doctor", "verify",
    "export --kind windows --format ics -", "export --kind changes --format ics -",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = made_once(tmp_path_factory, "attacked", lambda path: attacked(demo_template, path))
    return Path(shutil.copy(made, tmp_path_factory.mktemp("attacked") / "desk.db"))


@pytest.fixture
def shell(desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("CHANGEDESK_NOW", NOW.isoformat())
    return Shell(desk, capsys)


def _words(desk: Path, line: str) -> list[str]:
    with open_desk(desk) as open_:
        named = {
            "number": found(open_, "SELECT number FROM change_request WHERE reason IS NOT NULL LIMIT 1")[0][0],
            "service": found(open_, "SELECT name FROM service LIMIT 1")[0][0],
            "meeting": found(open_, "SELECT id FROM cab_meeting LIMIT 1")[0][0],
        }
    return [word.format(**named) for word in line.split()]


@pytest.mark.fault("F17", "F21")
@pytest.mark.parametrize("line", [*SAID, *(f"{line} --json" for line in SAID), *PAGES])
def test_no_command_prints_what_acts(shell: Shell, desk: Path, line: str) -> None:
    status, out = shell.give(*_words(desk, line))
    assert status == (1 if line in ("verify", "doctor") else 0), shell.said
    assert out or shell.said
    assert not acting(out.replace("\r\n", "\n")) | acting(shell.said)
    assert "<b>" not in out or "html" not in line


@pytest.mark.fault("F17", "F18")
@pytest.mark.parametrize("kind", KINDS)
def test_no_export_holds_what_acts_on_a_terminal_or_in_a_spreadsheet(shell: Shell, kind: str) -> None:
    for form in ("csv", "json"):
        assert not acting(shell("export", "--kind", kind, "--format", form, "-"))
    rows = shell("export", "--kind", kind, "--format", "csv", "-").splitlines()
    limit = csv.field_size_limit(LONGEST)
    try:
        cells = [cell for row in csv.reader(rows) for cell in row if cell.startswith(("=", "+", "-", "@"))]
    finally:
        csv.field_size_limit(limit)
    assert all(map(NUMBER.fullmatch, cells)), cells


@pytest.mark.fault("F17")
def test_no_file_of_a_bundle_holds_what_acts(shell: Shell, desk: Path, tmp_path: Path) -> None:
    shell(*_words(desk, "audit bundle {number}"), str(tmp_path / "all"))
    for file in (tmp_path / "all").iterdir():
        if file.is_file():
            assert not acting(file.read_text(encoding="utf-8")), file.name
