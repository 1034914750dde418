"""``triage`` on the command line: one document, always the same, and an exit status for cron."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from math import prod, sqrt
from pathlib import Path

import pytest

from builders import TODAY, a_client, a_desk, an_initiative, found, record
from changedesk.cli.main import run
from changedesk.store.desk.database import Desk

NOW = {"CHANGEDESK_NOW": "2026-11-26T14:02:00Z"}
ITEM_KEYS = ["rank", "initiative", "audience", "gap", "score", "factors", "reason", "next_action", "owner"]


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    with a_desk(tmp_path, demo=True) as desk:
        planned(desk, "MFA", 260, 4, "partial")
        planned(desk, "PSA", 24, None, "unknown", client="birch")
        yield desk.path


def planned(desk: Desk, code: str, people: int, degree: int | None, status: str, client: str = "alder") -> None:
    """An initiative that goes live in a week, with one item."""
    builder = an_initiative().named(code).of(client).planned_for(TODAY + timedelta(days=7))
    made = builder.with_audience("Nurses", people).on(desk)
    nurses = found(desk, "SELECT id FROM audience WHERE initiative_id = ?", made)[0][0]
    if degree is not None:
        record(desk, "impact", audience_id=nurses, aspect="tools", degree=degree)
    record(
        desk, "readiness", initiative_id=made, audience_id=nurses, item="Knows why", status=status, owner="chris",
        action="Ask them",
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NOW.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TZ", "UTC")


@pytest.mark.requirement("R50")
def test_the_document_has_exactly_its_keys_and_the_factors_make_the_score(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["triage", "--json", "--db", str(path)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["as_of", "items"]
    first, second = document["items"]
    assert list(first) == ITEM_KEYS
    assert [first[key] for key in ("rank", "initiative", "audience", "gap", "next_action", "owner")] == [
        1, "MFA", "Nurses", "Knows why", "Ask them", "chris",
    ]  # fmt: skip
    assert first["score"] == pytest.approx(0.8 * 260 * 0.5 / sqrt(8), abs=1e-3)
    assert prod(first["factors"].values()) == pytest.approx(first["score"], rel=1e-3)
    assert second["factors"] == {
        "severity": None, "people": 24, "shortfall": 1.0, "unknown": 1.25, "urgency": 0.3536, "irreversibility": 1.0,
    }  # fmt: skip
    assert "nobody rated how hard" in second["reason"]


def test_the_same_data_on_the_same_day_give_the_same_bytes(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for _ in range(2):
        assert run(["triage", "--json", "--db", str(path)]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


@pytest.mark.parametrize(("limit", "status"), [("1000", 0), ("36.7", 1), ("1", 1)])
def test_a_gap_that_reaches_the_score_fails(
    path: Path, limit: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["triage", "--fail-on", limit, "--db", str(path)]) == status
    out, err = capsys.readouterr()
    assert ("too much" in err) == bool(status)
    assert out.splitlines()[0].split() == [
        "#", "Score", "Initiative", "Whose", "People", "By", "Gap", "Next", "action", "Owner",
    ]  # fmt: skip


def test_the_score_that_is_shown_is_the_score_that_is_reached(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["triage", "--json", "--db", str(path)]) == 0
    first = json.loads(capsys.readouterr().out)["items"][0]["score"]
    assert run(["triage", "--fail-on", str(first), "--db", str(path)]) == 1
    assert f"a score of {first}, " in capsys.readouterr().err
    assert run(["triage", "--fail-on", str(first + 0.0001), "--db", str(path)]) == 0


def test_a_client_alone_can_be_asked_for_and_an_unknown_one_is_refused(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["triage", "--client", "birch", "--json", "--db", str(path)]) == 0
    items = json.loads(capsys.readouterr().out)["items"]
    assert [(item["rank"], item["initiative"]) for item in items] == [(1, "PSA")]
    assert run(["triage", "--client", "nobody", "--db", str(path)]) == 2
    assert "there is no client nobody in view" in capsys.readouterr().err


def test_where_nothing_is_recorded_there_is_no_gap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with a_desk(tmp_path, demo=True) as desk:
        a_client(desk)
    assert run(["triage", "--fail-on", "0.1", "--db", str(desk.path)]) == 0
    assert capsys.readouterr().out.startswith("no gaps")


def test_the_table_names_the_own_day_of_an_item_and_the_go_live_of_one_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_desk(tmp_path, demo=True) as desk:
        planned(desk, "MFA", 260, 4, "partial")
        record(
            desk, "readiness", initiative_id=found(desk, "SELECT id FROM initiative")[0][0],
            audience_id=found(desk, "SELECT id FROM audience")[0][0], item="Has a badge", status="not_ready",
            due=(TODAY + timedelta(days=3)).isoformat(),
        )  # fmt: skip
    assert run(["triage", "--db", str(desk.path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert ["in 3 d" in line for line in lines if "Has a badge" in line] == [True]
    assert ["in 7 d" in line for line in lines if "Knows why" in line] == [True]
