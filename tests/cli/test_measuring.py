"""The measures in ``show``: the document's figures are those of the screen, unknown is null, and the text has them in short."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import TODAY, a_desk, an_initiative, at, record, staffed
from changedesk.cli.main import run
from changedesk.services.initiative.page import InitiativeView, initiative
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed desk with one initiative that nothing is known of, and one with money, risks and decisions."""
    with staffed(a_desk(tmp_path, demo=True)) as desk:
        an_initiative().named("BARE").on(desk)
        one = (
            an_initiative()
            .with_fields(budget=120_000, change_budget=9_600, currency="EUR")
            .with_audience("Office", 40)
            .with_work("delivery", "execution", "Build", TODAY + timedelta(days=10))
            .on(desk)
        )
        for ago, planned, earned, spent in ((40, 40_000, 40_000, 39_000), (9, 80_000, 76_000, 79_000)):
            record(
                desk, "snapshot", initiative_id=one, day=(TODAY - timedelta(days=ago)).isoformat(), planned_value=planned,
                earned_value=earned, actual_cost=spent, scope_done=44, scope_total=50,
            )  # fmt: skip
        record(desk, "risk", initiative_id=one, title="Vendor late", kind="delivery", probability=3, impact=4)
        record(desk, "decision", initiative_id=one, title="Wave 2 first", touches_timing=1, touches_adoption=1)
        record(
            desk, "resistance", initiative_id=one, title="Slower", first_seen="2026-11-01", issue="Nobody is trained"
        )  # fmt: skip
    return desk.path


@pytest.fixture(autouse=True)
def at_the_tests_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line's clock stands where the builders' does."""
    monkeypatch.setenv("CHANGEDESK_NOW", at()().isoformat())


def shown(path: Path, capsys: pytest.CaptureFixture[str], code: str = "MFA", *more: str) -> str:
    assert run(["show", code, *more, "--db", str(path)]) == 0
    return capsys.readouterr().out


def document(path: Path, capsys: pytest.CaptureFixture[str], code: str = "MFA") -> dict[str, Any]:
    return dict(json.loads(shown(path, capsys, code, "--json")))


def on_the_screen(path: Path) -> InitiativeView:
    with Desk(path, at()) as desk:
        return initiative(open_session(desk), "MFA")


@pytest.mark.requirement("R19")
@pytest.mark.requirement("R24")
def test_the_documents_figures_are_those_of_the_screen(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, view = document(path, capsys), on_the_screen(path)
    facts = {fact.name: fact for fact in view.columns[0].facts}
    figures = found["measures"]
    assert facts["Scope"].value == "44 of 50"
    assert figures["scope_percent"] == 88
    assert facts["Schedule"].value == f"SPI(t) {figures['spi_t']:.2f}"
    assert facts["Schedule"].note == f"{-figures['sv_t_days']:.0f} days behind by value"
    assert facts["Budget"].value == f"CPI {figures['cpi']:.2f}"
    assert facts["Budget"].note == f"{figures['budget_left'] / 1000:.0f}k left of 120k EUR"
    assert facts["Budget"].age == figures["age_days"] == 9
    assert figures["as_of"] == (TODAY - timedelta(days=9)).isoformat()
    shares = {fact.name: fact.value for fact in view.columns[1].facts}
    assert shares["Budget"] == f"{figures['change_budget_percent']:.0f} %"
    assert [one["sentence"] for one in found["blind_spots"]] == [s.sentence for s in view.measures.blind_spots]
    assert [one["answer"] for one in found["questions"]] == [one.word for one in view.measures.answers]
    ages = {fact["name"]: fact["age_days"] for fact in found["answers"]["delivery"]["facts"]}
    assert ages["Scope"] == 9


def test_the_document_has_risks_decisions_and_chains(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(path, capsys)
    assert (found["risks"]["delivery"]["total"], found["risks"]["adoption"]["total"]) == (12, None)
    assert found["risks"]["delivery"]["risks"][0]["title"] == "Vendor late"
    (decision,) = found["decisions"]
    assert decision["waits_for"].endswith("the project owner's and the change owner's acknowledgement")
    assert [chain["sentence"] for chain in found["causal_chains"]] == ["Slower -> Nobody is trained"]
    assert [one["lens"] for one in found["questions"]] == ["project", "change", "service desk", "business"]


@pytest.mark.parametrize(
    ("words", "rows", "name"),
    [
        (["status"], "initiatives", "headcount"),
        (["client", "alder"], "initiatives", "people"),
        (["forecast", "BARE"], "series", "headcount"),
        (["golive", "BARE"], None, "people"),
    ],
)
def test_people_whom_nobody_counted_are_unknown_in_every_document(
    path: Path, capsys: pytest.CaptureFixture[str], words: list[str], rows: str | None, name: str
) -> None:
    assert run([*words, "--json", "--db", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one[name] for one in (found[rows] if rows else [found]) if one.get("code", "BARE") == "BARE"] == [None]


def test_what_is_not_known_is_null(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(path, capsys, "BARE")
    zero_counts = {"milestones_due", "milestones_missed"}
    assert all(value is None for name, value in found["measures"].items() if name not in zero_counts)
    assert found["headcount"] is None
    assert len(found["extended"]) == 6
    values = [fact["value"] for side in found["answers"].values() for fact in side["facts"]]
    assert None in values
    assert "?" not in values
    for measure in found["extended"]:
        for side in ("project", "lasting"):
            assert measure[side]["note"]
    assert found["extended"][0]["project"]["value"] is None


def test_the_text_has_a_short_section_of_each(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(path, capsys)
    for words in (
        "CPI 0.96  41k left of 120k EUR  9 d old",
        "Fit for purpose",
        "88 % delivered (9 d old)",
        "Who is affected, which behaviours must shift, where will it break first? 40 people",
        "There is no charter. Say where the approved one is.",
        "Delivery risk: 12, 1 open; worst: Vendor late (high, 12)",
        "Adoption risk: unknown, 0 open",
        "Decisions that wait",
        "Slower -> Nobody is trained",
    ):
        assert words in text
    bare = shown(path, capsys, "BARE")
    assert "Decisions that wait" not in bare
    assert "How resistance" not in bare
