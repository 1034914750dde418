"""Learning from changes on the command line: risk, base rate, review, actions, proposals, figures, standard changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import at
from change_desks import a_change_desk
from command_line import Shell


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("CHANGEDESK_NOW", at()().isoformat())
    with a_change_desk(tmp_path, demo=True) as board:
        board.history(
            *(f"H-{n},alder,normal,low,mail,{40 + n},successful" for n in range(11)),
            "H-99,alder,normal,low,mail,90,failed",
        )
        board.template()
        board.draft()
        board.done("with_issues")
    return Shell(board.desk.path, capsys)


MILD = ("people=nobody", "business=comfort", "data=none", "done_before=often", "tested=same", "parts=one",
        "timing=window", "habits=nothing", "desk=scripts")  # fmt: skip


def test_a_risk_is_assessed_from_answers_in_words_and_in_a_file(shell: Shell, tmp_path: Path) -> None:
    words = [word for answer in MILD for word in ("--answers", answer)]
    shell("change", "assess", "CHG-0001", *words, by="max", status=1)
    assert "1 of 10 questions are not answered (backout)" in shell.said
    file = tmp_path / "answers.toml"
    file.write_text('backout = "never"\ntested = "like"\n', encoding="utf-8")
    out = shell("change", "assess", "CHG-0001", *words, "--answers", str(file), "--comment", "looked", by="max")
    assert out.splitlines()[:2] == [
        "CHG-0001: risk high, revision 2",
        "  it cannot be taken back: high, whatever the sum says",
    ]
    shown = shell.json("change", "show", "CHG-0001")
    assert (shown["risk"], shown["risk_answers"]["tested"]) == ("high", "like")
    assert (shown["risk_assessment"]["by_rule"], shown["risk_assessment"]["score"]) == (True, 2)
    text = shell("change", "show", "CHG-0001")
    assert "Risk       high, 2 of 25: it cannot be taken back, whatever the sum says\n" in text
    assert "Past       85 % of 13 like it went well (58-96 %): 1 with issues, 1 failed; same path and service," in text
    shell("change", "assess", "CHG-0001", "--answers", "backout=switch", "--risk", "medium", by="max")
    assert shell.json("change", "show", "CHG-0001")["risk"] == "medium"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say the --risk, or give --answers"),
        (("--answers", "people"), "people cannot be read"),
        (("--answers", "people=most"), "most does not answer people"),
    ],
)
def test_what_is_no_answer_is_refused(shell: Shell, words: tuple[str, ...], said: str) -> None:
    shell("change", "assess", "CHG-0001", *words, by="max", status=2)
    assert said in shell.said


def test_a_file_with_a_mistake_names_its_key(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("people = 3\n", encoding="utf-8")
    shell("change", "assess", "CHG-0001", "--answers", str(tmp_path / "a.toml"), by="max", status=2)
    assert "a.toml, people: a text in quotes is wanted" in shell.said


def test_the_questions_are_told_with_their_answers(shell: Shell) -> None:
    document = shell.json("change", "questions", "--client", "alder")
    assert len(document["questions"]) == 10
    assert document["rules"][0]["at_least"] == {"backout": "never"}
    assert "nobody is stopped if it fails" in shell("change", "questions")


def test_changes_like_it_are_counted(shell: Shell) -> None:
    like = shell.json("change", "like", "CHG-0001")
    assert (like["n"], like["outcomes"]["successful"], like["same"]) == (13, 11, ["client", "path", "service", "risk"])
    assert like == shell.json("change", "show", "CHG-0001")["base_rate"]
    assert shell("change", "like", "CHG-0001").startswith(
        "13 like it: 11 successful, 1 with issues, 1 failed\n85 % went well"
    )


def test_a_review_with_everything_then_its_action_its_proposal_and_its_lesson(shell: Shell) -> None:
    shell(
        "change", "review", "CHG-0002", "--findings", "The phones were silent.", "--result", "needs_further_change",
        "--cause", "adoption", "--impacts", "Nobody could call.", "--last-minute", "another engineer", "--informed", "yes",
        "--adoption-effect", "went back to own phones", "--incident", "INC-7", "--incident", "INC-8", "--downtime", "20",
        "--lesson", "Tell the desk.", "--proposal", "Add a call test", by="max",
    )  # fmt: skip
    review = shell.json("change", "show", "CHG-0002")["review"]
    assert (review["incidents"], review["downtime_minutes"], review["cause"]) == (["INC-7", "INC-8"], 20, "adoption")
    owed = shell.json("change", "reviews")
    assert (owed["reviews"], [one["number"] for one in owed["to_close"]]) == ([], ["CHG-0002"])
    (proposal,) = owed["proposals"]
    shell("change", "proposal", proposal["id"], "--decline", by="max", status=2)
    shell("change", "proposal", proposal["id"], "--accept", "--decline", "--reason", "x", by="max", status=2)
    action = shell("change", "proposal", proposal["id"], "--accept", "--due", "2026-12-04", by="max").split()[-1]
    other = shell("change", "action", "CHG-0002", "--text", "Write it", "--owner", "ivo", by="max").strip()
    assert [one["id"] for one in shell.json("change", "reviews")["actions"]] == [action, other]
    shell("change", "action-done", "CHG-0002", other, by="ivo")
    shell("change", "action-done", "CHG-0002", action, by="ivo", status=1)
    assert [one["text"] for one in shell.json("change", "lessons", "CHG-0001")] == ["Tell the desk."]
    assert "Tell the desk." in shell("change", "lessons", "--client", "alder")
    shell("change", "close", "CHG-0002", by="max")
    figures = shell.json("change", "kpis", "--days", "30")
    assert (figures["with_issues"]["percent"], figures["downtime_minutes"], figures["incident"]["part"]) == (100, 20, 1)


def test_figures_have_n_interval_and_window(shell: Shell) -> None:
    figures = shell.json("change", "kpis", "--client", "alder", "--days", "365")
    assert figures["success"]["n"] == 12
    assert figures["success"]["low"] < figures["success"]["percent"] < figures["success"]["high"]
    assert figures["since"] == "2025-11-26T14:02:00Z"
    assert figures["outside"] == {"part": 0, "n": 0, "percent": None, "low": None, "high": None}
    assert set(figures["by"]) == {"client", "path", "team"}
    assert len(figures["months"]) == 12
    said = shell("change", "kpis")
    assert "Went well" in said
    assert "What counts as a success: “successful”." in said


TEMPLATE = """
name = "clear-queue"
client = "alder"
allowed = ["services"]
[body]
title = "Clear the print queue"
risk = "low"
plan = "Stop, clear, start."
backout_plan = "Start the spooler again."
"""


def test_a_standard_change_from_its_proposal_to_its_end(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "clear.toml"
    file.write_text(TEMPLATE, encoding="utf-8")
    shell("template", "propose", str(file), by="rita", status=1)
    shell("template", "propose", str(file), by="max")
    shell("template", "approve", "clear-queue", "--until", "2027-06-30", by="max", status=1)
    assert "whoever proposed a template does not approve it" in shell.said
    shell("template", "approve", "clear-queue", "--until", "2027-06-30", by="cora")
    number = shell(
        "change", "new", "--client", "alder", "--path", "standard", "--template", "clear-queue", "--title", "Clear the print queue",
        "--start", "2026-11-27T10:00Z", "--end", "2026-11-27T11:00Z", "--service", "print", by="rita",
    ).strip()  # fmt: skip
    assert shell("change", "submit", number, by="rita") == f"{number}: scheduled\n"
    listed = shell.json("template", "list")
    assert [(one["name"], one["state"]) for one in listed] == [("clear-queue", "approved"), ("restart", "approved")]
    shown = shell.json("template", "show", "clear-queue")
    assert (shown["approver"], shown["allowed"], shown["approved_until"]) == (
        "cora",
        ["services"],
        "2027-06-30T00:00:00Z",
    )
    assert "for a risk up to low" in shell("template", "show", "clear-queue")
    shell("template", "retire", "clear-queue", "--reason", "nobody prints", by="cora")
    assert len(shell.json("template", "list")) == 1
    assert shell.json("template", "list", "--all")[-1]["retired_why"] == "nobody prints"
