"""Verbs that draw nothing load nothing that draws."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from builders import a_desk, an_initiative
from changedesk.cli import verbs

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


def test_every_verb_is_found_where_it_is_declared() -> None:
    for module, names in verbs.VERBS.items():
        assert [verb.name for verb in import_module(module).VERBS] == list(names)
    declaring = {path.stem for path in Path(verbs.__file__).parent.rglob("*_verbs.py")}
    assert declaring - {name.rpartition(".")[2] for name in verbs.VERBS} == {"learning_verbs"}, "the verbs of `change`"


@pytest.mark.parametrize(("verb", "modules"), [("policy", ["policy_verbs"]), ("status", ["reading_verbs"])])
def test_a_verb_loads_none_of_the_others(verb: str, modules: list[str]) -> None:
    """A script that calls a verb a hundred times waits a hundred times for what it imports."""
    asked = (
        "import sys; from changedesk.cli.main import run; run(sys.argv[1:]); sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked, verb, "--help"], capture_output=True, text=True, check=True)
    assert [name.rpartition(".")[2] for name in done.stderr.split() if name.endswith("_verbs")] == modules
