"""Verbs that draw nothing load nothing that draws."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from builders import a_desk, an_initiative

LOADED = """
import json, sys
from changedesk.cli.main import run
status = run(sys.argv[1:])
heavy = {"textual", "rich", "plotext", "pydantic", "sqlite_utils", "asyncio"}
sys.stderr.write(json.dumps([status, sorted(heavy & {name.split(".")[0] for name in sys.modules})]))
"""

OBSERVE = ["observe", "MFA", "--audience", "all", "--metric", "utilization", "--date", "2026-11-20", "--value", "1/2"]


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["triage"],
        ["show", "MFA", "--json"],
        ["forecast", "MFA", "--json"],
        OBSERVE,
        ["golive", "MFA"],
        ["report", "MFA", "--format", "html", "-"],
        ["client", "alder"],
        ["services"],
        ["handover", "MFA"],
        ["imports"],
        ["verify"],
        ["doctor"],
    ],
    ids=lambda words: words[0],
)
def test_a_verb_that_draws_nothing_loads_nothing_that_draws(tmp_path: Path, words: list[str]) -> None:
    with a_desk(tmp_path) as desk:
        an_initiative().with_audience("all").on(desk)
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words, "--db", str(desk.path)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stderr) == [0, []]
