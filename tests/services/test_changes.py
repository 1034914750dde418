"""Changes on the three paths through the command line: what is written, what is refused and why, and what is shown."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from builders import a_desk
from changedesk.cli.main import run

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
PEOPLE = (
    "login,name,client,roles\nreq,R,alder,requester\nimpl,I,alder,implementer\ncm,C,alder,change_manager\n"
    "cab1,A,alder,cab;ecab\ncab2,B,alder,cab\ncab3,D,alder,cab\nsub,S,alder,service_desk_lead\naud,U,alder,auditor\n"
)

WHOLE = (
    "--client", "alder", "--title", "x", "--path", "normal",
    "--start", "2026-12-01T10:00Z", "--end", "2026-12-01T11:00Z",
)  # fmt: skip


class Desk:
    """A desk at the command line, with a clock that is set by hand."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "desk.db"
        self._capsys = capsys
        # A demo desk takes its clock from the environment, so that no test waits for a real one.
        monkeypatch.setenv("CHANGEDESK_NOW", NOW.isoformat())
        a_desk(folder, demo=True).close()
        people = folder / "people.csv"
        people.write_text(PEOPLE)
        self.ok("import", str(people), "--kind", "people")

    def run(self, *words: str, by: str | None = None) -> tuple[int, str, str]:
        person = ("--as", by) if by else ()
        status = run([*words, "--db", str(self.path), *person])
        out, err = self._capsys.readouterr()
        return status, out, err

    def ok(self, *words: str, by: str | None = None) -> str:
        status, out, err = self.run(*words, by=by)
        assert status == 0, err
        return out.strip()

    def refused(self, *words: str, by: str | None = None, status: int = 1) -> str:
        found, out, err = self.run(*words, by=by)
        assert found == status, (found, out, err)
        assert out == ""
        return err

    def new(self, path: str = "normal", hours: float = 0.0, **more: str) -> str:
        start = NOW + timedelta(hours=hours)
        options = {
            "--client": "alder", "--title": "Patch [/] it", "--path": path, "--service": "mail",
            "--start": start.isoformat(), "--end": (start + timedelta(hours=1)).isoformat(),
            "--implementer": "impl", "--backout": "restore", "--plan": "patch",
        } | {f"--{name}": value for name, value in more.items()}  # fmt: skip
        return self.ok("change", "new", *[word for pair in options.items() for word in pair], by="req")

    def show(self, number: str) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self.ok("change", "show", number, "--json"))
        return shown

    def vote(self, number: str, *who: str) -> None:
        for one in who:
            self.ok("change", "vote", number, "--approve", by=one)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, capsys, monkeypatch)


def _scheduled(desk: Desk, **more: str) -> str:
    number = desk.new(risk="low", **more)
    desk.ok("change", "submit", number, by="req")
    desk.vote(number, "cm", "cab1", "cab2")
    return number


@pytest.mark.requirement("R87", "R89", "R99")
def test_a_normal_change_goes_from_draft_to_closed(desk: Desk) -> None:
    number = desk.new()
    assert desk.show(number)["state"] == "draft"
    desk.ok("change", "submit", number, by="req")
    assert desk.show(number)["missing"] == ["the risk is not assessed", "1 vote of the step Assessment (cm)"]
    desk.ok("change", "assess", number, "--risk", "low", by="cm")
    desk.vote(number, "cm")
    assert desk.show(number)["state"] == "authorizing"
    desk.vote(number, "cab1")
    assert desk.show(number)["approval"] == "pending"
    desk.vote(number, "cab2")
    shown = desk.show(number)
    assert (shown["state"], shown["approval"], shown["revision"]) == ("scheduled", "approved", 2)
    desk.ok("change", "start", number, by="impl")
    desk.ok("change", "finish", number, "--outcome", "successful", "--evidence", "log", by="impl")
    desk.ok("change", "close", number, by="cm")
    assert desk.show(number)["state"] == "closed"
    assert json.loads(desk.ok("verify", "--json"))["ok"]


def test_a_vote_that_leads_nowhere_says_what_holds_the_change(desk: Desk) -> None:
    number = desk.new(backout="")
    desk.ok("change", "submit", number, by="req")
    said = desk.ok("change", "vote", number, "--approve", by="cm")
    lacking = "the risk is not assessed and the back-out plan is missing"
    assert said == f"{number}: approve, now assessing, held back because {lacking}"
    refused = desk.refused("change", "vote", number, "--approve", by="cab1")
    assert f"{number} is assessing: no vote is open on it, because {lacking}" in refused


@pytest.mark.requirement("R14", "R87")
def test_an_emergency_begun_on_somebodys_word_owes_its_votes(desk: Desk) -> None:
    number = desk.new("emergency")
    assert "incident" in desk.refused("change", "start", number, "--act-first", "--authoriser", "cab1", by="impl")
    words = ("change", "start", number, "--act-first", "--incident", "INC-1")
    assert "cannot allow it" in desk.refused(*words, "--authoriser", "impl", by="impl")
    desk.ok(*words, "--authoriser", "cab1", by="impl")
    assert desk.show(number)["retro_due"] is not None
    desk.ok("change", "finish", number, "--outcome", "successful", "--evidence", "log", by="impl")
    desk.ok("change", "review", number, "--findings", "fine", by="cm")
    assert "somebody's word" in desk.refused("change", "close", number, by="cm")
    desk.vote(number, "cab1")
    desk.ok("change", "close", number, by="cm")
    assert desk.show(number)["authorised"] is True


@pytest.mark.requirement("R14", "R95")
def test_what_was_begun_without_leave_is_called_so_wherever_it_is_shown(desk: Desk) -> None:
    number = desk.new("emergency")
    desk.ok("change", "start", number, "--act-first", "--incident", "INC-1", "--authoriser", "cab1", by="impl")
    assert "unauthorised" not in desk.ok("change", "show", number)
    for seat in desk.show(number)["steps"][0]["seats"]:
        desk.ok("change", "vote", number, "--reject", "--comment", "nobody was asked", by=seat)
    shown = desk.ok("change", "show", number)
    assert "Begun      on the word of cab1\n" in shown
    assert "Leave      unauthorised: what was begun without leave stays so" in shown


def _emergency(desk: Desk) -> str:
    """An emergency that is being done, on somebody's word; its client's clock is two hours ahead of UTC."""
    clients = desk.path.with_name("clients.csv")
    clients.write_text("client,timezone\nalder,Europe/Helsinki\n")
    desk.ok("import", str(clients), "--kind", "clients")
    number = desk.new("emergency")
    desk.ok("change", "start", number, "--act-first", "--incident", "I", "--authoriser", "cab1", by="impl")
    return number


@pytest.mark.parametrize(
    ("end", "verb"), [(("finish", "--outcome", "successful", "--evidence", "log"), "finished"),
                      (("back-out", "--reason", "it failed"), "backed_out")],
)  # fmt: skip
def test_when_an_emergency_really_ran_is_said_afterwards_by_the_clients_clock(
    desk: Desk, end: tuple[str, ...], verb: str
) -> None:
    number = _emergency(desk)
    word, *rest = end
    desk.ok("change", word, number, *rest, "--began", "2026-11-21T02:10", "--ended", "2026-11-21T01:00Z", by="impl")
    shown = desk.show(number)
    assert (shown["actual_start"], shown["actual_end"]) == ("2026-11-21T00:10:00Z", "2026-11-21T01:00:00Z")
    assert "Ran        Sat 21 Nov 02:10 to 03:00\n" in desk.ok("change", "show", number) + "\n"
    with closing(sqlite3.connect(desk.path)) as conn:
        at, body = conn.execute("SELECT at, body FROM audit WHERE kind = ?", (f"change.{verb}",)).fetchone()
    assert at == "2026-11-26T09:00:00.000Z"
    told = json.loads(body)
    assert (told["began"], told["ended"], told["said"]) == (
        "2026-11-21T00:10:00Z", "2026-11-21T01:00:00Z", ["began", "ended"],
    )  # fmt: skip
    exported = desk.ok("export", "--kind", "changes", "--format", "csv", "-")
    assert "2026-11-21T00:10:00Z,2026-11-21T01:00:00Z" in exported
    assert json.loads(desk.ok("verify", "--json"))["ok"]


def test_an_end_that_cannot_be_is_refused_in_one_sentence_and_nothing_is_kept(desk: Desk) -> None:
    number = _emergency(desk)
    finish = ("change", "finish", number, "--outcome", "successful", "--evidence", "log")
    ahead = desk.refused(*finish, "--ended", "2026-11-26T09:01Z", by="impl")
    assert ahead == f"changedesk: {number} cannot have ended Thu 26 Nov 11:01: that is still to come\n"
    before = desk.refused(*finish, "--began", "2026-11-21T02:10", "--ended", "2026-11-21T02:00", by="impl")
    assert before == (f"changedesk: {number} cannot have ended Sat 21 Nov 02:00, before it began Sat 21 Nov 02:10\n")
    assert "is not a time" in desk.refused(*finish, "--began", "yesterday", by="impl", status=2)
    assert desk.show(number)["state"] == "implementing"


def test_a_normal_change_is_not_said_to_have_begun_before_it_was_decided(desk: Desk) -> None:
    number = _scheduled(desk)
    desk.ok("change", "start", number, by="impl")
    finish = ("change", "finish", number, "--outcome", "successful", "--evidence", "log")
    said = desk.refused(*finish, "--began", "2026-11-26T08:50Z", by="impl")
    assert said == f"changedesk: {number} cannot have begun Thu 26 Nov 08:50: it was decided Thu 26 Nov 09:00\n"
    desk.ok(*finish, "--ended", "2026-11-26T09:00Z", by="impl")


def test_a_refused_emergency_stays_unauthorised_and_counted(desk: Desk) -> None:
    number = desk.new("emergency")
    desk.ok("change", "start", number, "--act-first", "--incident", "I", "--authoriser", "cab1", by="impl")
    desk.ok("change", "finish", number, "--outcome", "successful", "--evidence", "log", by="impl")
    for who in ("cab1", "cab2", "cab3"):
        status, _, _ = desk.run("change", "vote", number, "--reject", "--comment", "no", by=who)
        assert status in (0, 1)
    desk.ok("change", "review", number, "--findings", "was not needed", by="cm")
    desk.ok("change", "close", number, by="cm")
    assert desk.show(number)["authorised"] is False
    assert desk.show(number)["state"] == "closed"


def test_an_edit_voids_the_votes_also_when_the_text_is_edited_back(desk: Desk) -> None:
    number = _scheduled(desk)
    assert desk.ok("change", "edit", number, "--plan", "other", by="req") == f"{number}: revision 2"
    desk.ok("change", "edit", number, "--plan", "patch", by="req")
    shown = desk.show(number)
    assert (shown["state"], shown["revision"], shown["approval"]) == ("assessing", 3, "pending")
    assert not any(vote["counts"] for vote in shown["votes"])
    assert desk.ok("change", "edit", number, "--plan", "patch", by="req") == f"{number}: revision 3"


def test_a_vote_says_one_thing(desk: Desk) -> None:
    number = desk.new(risk="low")
    desk.ok("change", "submit", number, by="req")
    for words in ((), ("--approve", "--reject", "--comment", "no"), ("--abstain", "--approve")):
        status, _, said = desk.run("change", "vote", number, *words, by="cm")
        assert (status, said) == (
            2,
            "changedesk: a vote is one of --approve, --reject, --request-changes and --abstain\n",
        )
    assert not desk.show(number)["votes"]


def test_a_stale_revision_is_refused_with_the_newer_one_named(desk: Desk) -> None:
    number = desk.new(risk="low")
    desk.ok("change", "submit", number, by="req")
    desk.ok("change", "edit", number, "--plan", "other", "--revision", "1", by="req")
    said = desk.refused("change", "edit", number, "--plan", "third", "--revision", "1", by="req")
    assert "revision 2" in said
    assert "revision 2" in desk.refused("change", "vote", number, "--approve", "--revision", "1", by="cm")


def test_requester_and_implementer_never_vote_nor_does_anybody_for_them(desk: Desk) -> None:
    number = desk.new(risk="low", implementer="cab1")
    desk.ok("change", "submit", number, by="req")
    assert "own change" in desk.refused("change", "vote", number, "--approve", by="req")
    desk.vote(number, "cm")
    assert "own change" in desk.refused("change", "vote", number, "--approve", by="cab1")
    (board,) = [step for step in desk.show(number)["steps"] if step["phase"] == "authorize"]
    assert board["seats"] == ["cab2", "cab3"]


def test_one_person_votes_once_and_only_with_a_seat(desk: Desk) -> None:
    number = desk.new(risk="low")
    desk.ok("change", "submit", number, by="req")
    assert "holds no seat" in desk.refused("change", "vote", number, "--approve", by="cab1")
    desk.vote(number, "cm", "cab1")
    assert "already" in desk.refused("change", "vote", number, "--approve", by="cab1")
    assert "holds no seat" in desk.refused("change", "vote", number, "--approve", by="aud")


def test_standing_in_is_recorded_and_never_doubles_a_vote(desk: Desk) -> None:
    today = NOW.date()
    desk.ok("delegate", "--to", "sub", "--from-date", str(today), "--until", str(today + timedelta(days=3)), by="cab1")
    number = desk.new(risk="low")
    desk.ok("change", "submit", number, by="req")
    desk.vote(number, "cm")
    assert [one["for"] for one in json.loads(desk.ok("approvals", "--json", by="sub"))] == ["cab1"]
    desk.ok("change", "vote", number, "--approve", "--for", "cab1", by="sub")
    vote = desk.show(number)["votes"][-1]
    assert (vote["voter"], vote["on_behalf_of"]) == ("sub", "cab1")
    assert "cast already by sub" in desk.refused("change", "vote", number, "--approve", by="cab1")
    assert json.loads(desk.ok("approvals", "--json", by="sub")) == []
    days = str(today + timedelta(days=40))
    assert "30 days" in desk.refused("delegate", "--to", "sub", "--from-date", str(today), "--until", days, by="cab2")


def test_nobody_of_another_client_is_let_stand_in(desk: Desk) -> None:
    until = str(NOW.date() + timedelta(days=3))
    others = desk.path.with_name("others.csv")
    others.write_text("client,name\nbirch,Birch\n")
    desk.ok("import", str(others), "--kind", "clients")
    others.write_text("login,name,client,roles\nout,O,birch,cab\n")
    desk.ok("import", str(others), "--kind", "people")
    said = desk.refused("delegate", "--to", "out", "--from-date", str(NOW.date()), "--until", until, by="cab1")
    assert "out has no access to client alder, and could not vote there for cab1" in said
    desk.ok("delegate", "--to", "aud", "--from-date", str(NOW.date()), "--until", until, by="cab1")


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (("edit", "--plan", "x"), "impl"),
        (("edit", "--plan", "x"), "cab1"),
        (("edit", "--plan", "x"), "aud"),
        (("submit",), "impl"),
        (("assess", "--risk", "low"), "req"),
        (("start",), "req"),
        (("start",), "cab1"),
        (("close",), "req"),
        (("review", "--findings", "x"), "impl"),
        (("cancel", "--reason", "x"), "aud"),
    ],
)
@pytest.mark.requirement("R95")
def test_who_may_not_is_denied_and_the_denial_is_kept(desk: Desk, words: tuple[str, ...], who: str) -> None:
    number = desk.new(risk="low")
    before = json.loads(desk.ok("verify", "--json"))["links"]
    assert "may not" in desk.refused("change", words[0], number, *words[1:], by=who)
    assert json.loads(desk.ok("verify", "--json"))["links"] == before + 1
    assert desk.show(number)["revision"] == 1


def test_a_rejected_change_says_so_and_an_edit_makes_a_draft_of_it(desk: Desk) -> None:
    number = desk.new(risk="low")
    desk.ok("change", "submit", number, by="req")
    assert "takes a comment" in desk.refused("change", "vote", number, "--reject", by="cm", status=2)
    desk.ok("change", "vote", number, "--reject", "--comment", "not now", by="cm")
    assert desk.show(number)["state"] == "rejected"
    desk.ok("change", "edit", number, "--plan", "later", by="req")
    assert desk.show(number)["state"] == "draft"


def test_asking_for_changes_brings_it_back_and_no_vote_survives_it(desk: Desk) -> None:
    number = desk.new(risk="low")
    desk.ok("change", "submit", number, by="req")
    desk.vote(number, "cm", "cab1")
    desk.ok("change", "vote", number, "--request-changes", "--comment", "say how long", by="cab2")
    assert desk.show(number)["state"] == "draft"
    desk.ok("change", "submit", number, by="req")
    shown = desk.show(number)
    assert (shown["state"], shown["revision"]) == ("assessing", 1)
    assert not any(vote["counts"] for vote in shown["votes"])


def test_a_held_change_does_not_start_and_a_cancelled_one_is_over(desk: Desk) -> None:
    number = _scheduled(desk)
    desk.ok("change", "hold", number, "--reason", "wait", by="req")
    assert "on hold: wait" in desk.refused("change", "start", number, by="impl")
    desk.ok("change", "release", number, "--reason", "go", by="req")
    desk.ok("change", "cancel", number, "--reason", "no", by="req")
    assert "cancelled" in desk.refused("change", "start", number, by="impl")


def test_a_change_starts_from_fifteen_minutes_before_its_window_to_its_end(desk: Desk) -> None:
    early, soon, late = _scheduled_at(desk, 0.3), _scheduled_at(desk, 0.2), _scheduled_at(desk, -1.5)
    assert "the window begins" in desk.refused("change", "start", early, by="impl")
    assert "the window ended" in desk.refused("change", "start", late, by="impl")
    desk.ok("change", "start", soon, by="impl")


def _scheduled_at(desk: Desk, hours: float) -> str:
    number = desk.new(hours=hours, risk="low")
    desk.ok("change", "submit", number, by="req")
    desk.vote(number, "cm", "cab1", "cab2")
    return number


def test_a_hard_freeze_blocks_all_but_an_emergency_of_two_people(desk: Desk, tmp_path: Path) -> None:
    now = NOW
    file = tmp_path / "windows.csv"
    file.write_text(
        "client,kind,scope,title,start,end\n"
        f"alder,freeze_hard,service:mail,Year end,{now.isoformat()},{(now + timedelta(hours=9)).isoformat()}\n"
    )
    desk.ok("import", str(file), "--kind", "windows")
    number = desk.new(risk="low")
    desk.ok("change", "submit", number, by="req")
    desk.vote(number, "cm", "cab1", "cab2")
    shown = desk.show(number)
    assert shown["state"] == "authorizing"
    assert any("hard freeze Year end" in sentence for sentence in shown["missing"])
    urgent = desk.new("emergency", incident="INC-9")
    desk.ok("change", "submit", urgent, by="req")
    desk.vote(urgent, "cab1")
    assert desk.show(urgent)["state"] == "authorizing"
    desk.vote(urgent, "cab2")
    assert desk.show(urgent)["state"] == "scheduled"
    desk.ok("change", "start", urgent, by="impl")


@pytest.mark.requirement("R92")
def test_evidence_may_be_a_file_and_is_kept_with_its_hash(desk: Desk, tmp_path: Path) -> None:
    number = _scheduled(desk)
    desk.ok("change", "start", number, by="impl")
    proof = tmp_path / "log.txt"
    proof.write_bytes(b"done")
    desk.ok("change", "finish", number, "--outcome", "with_issues", "--evidence", f"@{proof}", by="impl")
    (kept,) = desk.show(number)["evidence"]
    assert kept["name"] == "log.txt"
    assert kept["sha256"] == sha256(b"done").hexdigest()
    assert "review is missing" in desk.refused("change", "close", number, by="cm")


@pytest.mark.requirement("R85")
def test_a_change_that_did_not_go_well_is_reviewed_by_somebody_else_before_it_closes(desk: Desk) -> None:
    number = _scheduled(desk)
    desk.ok("change", "start", number, by="impl")
    desk.ok("change", "back-out", number, "--reason", "slow", by="impl")
    desk.ok("change", "review", number, "--findings", "measure first", "--cause", "technical", by="cm")
    desk.ok("change", "close", number, by="cm")
    assert desk.show(number)["outcome"] == "backed_out"


def test_a_number_of_two_clients_is_written_with_its_client(desk: Desk) -> None:
    words = ("--title", "x", "--path", "normal", "--start", "2026-12-01T10:00Z", "--end", "2026-12-01T11:00Z")
    desk.new(number="C-1")
    assert "already" in desk.run("change", "new", "--client", "alder", *words, "--number", "C-1", by="req")[2]
    assert "no client" in desk.refused("change", "new", "--client", "elm", *words, status=2)


@pytest.mark.parametrize(
    "words",
    [
        ("--start", "2026-12-01T10:00Z", "--end", "2026-12-01T09:00Z"),
        ("--start", "tomorrow", "--end", "2026-12-01T09:00Z"),
        ("--start", "2026-12-01T10:00Z"),
        ("--start", "2026-12-01T10:00Z", "--end", "2026-12-01T11:00Z", "--backout-minutes", "soon"),
        ("--start", "2026-12-01T10:00Z", "--end", "2026-12-01T11:00Z", "--initiative", "NONE"),
        ("--start", "2026-12-01T10:00Z", "--end", "2026-12-01T11:00Z", "--template", "none"),
    ],
)
def test_bad_input_gets_a_sentence_and_leaves_no_change(desk: Desk, words: tuple[str, ...]) -> None:
    said = desk.refused(
        "change", "new", "--client", "alder", "--title", "x", "--path", "normal", *words, by="req", status=2
    )
    assert said.startswith("changedesk: ")
    assert json.loads(desk.ok("change", "list", "--json")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "a change needs --client, --title, --path, --start and --end"),
        (("--client", "alder", "--title", "x", "--path", "normal", "--start", "2026-12-01T10:00Z"), "needs --end"),
        (("--client", "alder", "--path", "standard", "--template", "reboot"), "a change needs --start and --end"),
        ((*WHOLE, "--start", "tomorrow"), "changedesk: --start: "),
        ((*WHOLE, "--backout-minutes", "soon"), "changedesk: --backout-minutes: "),
        ((*WHOLE, "--end", "2026-12-01T09:00Z"), "changedesk: --end: planned end does not lie after planned start"),
    ],
)
def test_what_is_missing_or_wrong_is_named_by_the_option_that_is_typed(
    desk: Desk, words: tuple[str, ...], said: str
) -> None:
    refused = desk.refused("change", "new", *words, by="req", status=2)
    assert said in refused
    assert "_" not in refused


def test_an_edit_is_refused_by_the_option_that_is_typed(desk: Desk) -> None:
    number = desk.new()
    refused = desk.refused("change", "edit", number, "--start", "never", by="req", status=2)
    assert "changedesk: --start: " in refused
    assert "planned_start" not in refused


def test_imported_changes_are_history_that_no_vote_here_has_touched(desk: Desk, tmp_path: Path) -> None:
    now = NOW
    file = tmp_path / "changes.csv"
    file.write_text(
        "number,client,title,path,planned_start,planned_end,state,implementer\n"
        f"OLD-1,alder,Old,normal,{now.isoformat()},{(now + timedelta(hours=1)).isoformat()},scheduled,impl\n"
    )
    desk.ok("import", str(file), "--kind", "changes")
    shown = desk.show("OLD-1")
    assert (shown["imported"], shown["state"], shown["approval"], shown["votes"]) == (True, "scheduled", "pending", [])
    assert "vote" in desk.refused("change", "start", "OLD-1", by="impl")
    desk.vote("OLD-1", "cm", "cab1", "cab2")
    assert desk.show("OLD-1")["approval"] == "approved"
    desk.ok("change", "start", "OLD-1", by="impl")
    assert "worked on here" in desk.run("import", str(file), "--kind", "changes")[2]
    assert desk.show("OLD-1")["state"] == "implementing"


@pytest.mark.parametrize("client", ["beta", "beta/north"])
def test_client_and_number_name_one_change_whatever_else_a_name_holds(desk: Desk, tmp_path: Path, client: str) -> None:
    header = "number,client,title,path,planned_start,planned_end\n"
    times = "normal,2026-12-01T10:00Z,2026-12-01T11:00Z\n"
    lookalike = f"{client}/C1"
    file = tmp_path / "changes.csv"
    file.write_text(f"{header}C1,{client},Ours,{times}C1,alder,Theirs,{times}{lookalike},alder,Named alike,{times}")
    desk.ok("import", str(file), "--kind", "changes")
    assert f"write alder/C1 or {client}/C1" in desk.refused("change", "show", "C1", status=2)
    assert desk.show(f"{client}/C1")["title"] == "Ours"
    assert desk.show(f"alder/{lookalike}")["title"] == "Named alike"
