"""``forecast``: the same as the screen says, one JSON document, null for what nobody knows, and a sentence for wrong use."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import TODAY, a_desk, an_initiative, at, staffed
from changedesk.cli.main import run
from changedesk.services.records.observing import observe
from changedesk.services.session import open_session


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHANGEDESK_NOW", at()().isoformat())
    with staffed(a_desk(tmp_path, demo=True)) as desk:
        live = TODAY - timedelta(days=42)
        an_initiative().live(live).with_audience("Nurses", 200).with_audience("Doctors", 90).with_target(
            80, TODAY + timedelta(days=66)
        ).on(desk)
        session = open_session(desk)
        for week, using in enumerate((10, 30, 60, 90, 110)):
            observe(
                session,
                "MFA",
                "Nurses",
                "utilization",
                (live + timedelta(days=4 + 7 * week)).isoformat(),
                f"{using}/200",
            )
        observe(session, "MFA", "Nurses", "training", TODAY.isoformat(), "200/200")
        observe(session, "MFA", "Nurses", "satisfaction", TODAY.isoformat(), "20/30", "self_reported")
    return desk.path


def document(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run(["forecast", "MFA", *words, "--json", "--db", str(path)]) == 0
    return dict(json.loads(capsys.readouterr().out))


@pytest.mark.requirement("R66")
def test_the_document_has_counts_forecast_and_how_often_forecasts_held(path, capsys):
    told = document(path, capsys)
    everybody, doctors, nurses = told["series"]
    assert (everybody["audience"], doctors["audience"], nurses["audience"]) == (None, "Doctors", "Nurses")
    assert nurses["percent"] == 55
    assert nurses["observed"][-1] == {
        "date": (TODAY - timedelta(days=10)).isoformat(), "numerator": 110.0, "denominator": 200.0, "percent": 55.0,
    }  # fmt: skip
    fan = nurses["forecast"]["fan"]
    assert all(day["p10"] <= day["p25"] <= day["p50"] <= day["p75"] <= day["p90"] for day in fan)
    assert 0 <= nurses["forecast"]["chance"] <= 1
    assert (doctors["percent"], doctors["forecast"]) == (None, None)
    assert doctors["reason"].startswith("Nobody has counted it")
    assert set(told["calibration"]) == {"interval_percent", "held", "judged", "held_percent", "sentence"}
    assert told["kept"], "observing has kept them"


def test_the_same_desk_and_day_give_the_same_bytes(path, capsys):
    assert document(path, capsys) == document(path, capsys)


def test_one_group_and_one_metric(path, capsys):
    (nurses,) = document(path, capsys, "--audience", "Nurses")["series"]
    assert nurses["audience"] == "Nurses"
    training = document(path, capsys, "--metric", "training")
    assert training["nature"] == "output"
    assert all(one["forecast"] is None for one in training["series"])
    said = document(path, capsys, "--metric", "satisfaction", "--audience", "Nurses")["series"][0]
    assert (said["percent"], len(said["self_reported"]), said["observed"]) == (None, 1, [])


def test_the_text_says_the_sentence(path, capsys):
    assert run(["forecast", "MFA", "--db", str(path)]) == 0
    out = capsys.readouterr().out
    assert "Nurses: 80 % by 31 Jan: " in out
    assert "likely, expected" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["forecast", "NOPE"], "no initiative NOPE"),
        (["forecast", "MFA", "--audience", "Porters"], "it has Doctors, Nurses"),
        (["forecast", "MFA", "--metric", "compliance"], "no count and no target of compliance"),
        (["forecast"], "needs the code of an initiative, or --keep"),
        (["forecast", "MFA", "--keep"], "needs the code of an initiative, or --keep"),
    ],
)
def test_wrong_use_is_one_sentence(path, capsys, words, said):
    assert run([*words, "--db", str(path)]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_keep_keeps_what_is_due(path, capsys):
    assert run(["forecast", "--keep", "--db", str(path)]) == 0
    assert capsys.readouterr().out == "kept: this week's forecasts of 0 initiatives\n"
