"""Go-lives, reports, clients, services, handovers and improvements by command: text for people, one document for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import NOW, TODAY, a_client, a_desk, record
from changedesk.cli.main import run
from changedesk.services.opening import open_desk
from running_desk import a_change, a_service, an_improvement, of_service, people, tickets

LIVE = TODAY - timedelta(days=20)

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    with a_desk(tmp_path, demo=True) as desk:
        people(desk)
        service = a_service(desk, state="transition")
        initiative = of_service(service).live(LIVE).with_target(80, TODAY).on(desk)
        tickets(desk, initiative, LIVE - timedelta(days=60), TODAY, 20, live=LIVE, surge=1)
        a_change(desk, "C1", NOW - timedelta(days=2, hours=5), 5)
        an_improvement(desk, service)
        record(desk, "service_period", service_id=service, start_on="2026-10-01", end_on="2026-10-31", agreed_min=100.0)
        yield desk.path


@pytest.fixture
def say(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    monkeypatch.setenv("CHANGEDESK_NOW", "2026-11-26T14:02:00Z")

    def said(*words: str, by: str | None = None) -> tuple[int, str, str]:
        status = run([*words, "--db", str(path), *(["--as", by] if by else [])])
        out, err = capsys.readouterr()
        return status, out, err

    return said


def document(say: Say, *words: str) -> Any:
    status, out, _ = say(*words, "--json")
    assert status == 0
    return json.loads(out)


def test_golive_says_today_beside_its_band_and_names_no_cause(say: Say) -> None:
    status, out, _ = say("golive", "MFA")
    assert status == 0
    assert "today so far" in out
    assert "expected by now" in out
    assert "in the window of C1" in out
    assert "caused" not in out
    assert "Hypercare may end when" in out


def test_golive_says_on_which_day_a_duty_ends(path: Path, say: Say) -> None:
    with open_desk(path) as desk:
        record(
            desk, "duty", client_id=a_client(desk), who="lee", starts_at="2026-11-26T12:00:00Z",
            ends_at="2026-11-30T09:00:00Z",
        )  # fmt: skip
    assert "lee until Mon 30 Nov 09:00" in " ".join(say("golive", "MFA")[1].split())


def test_golive_as_a_document_has_every_figure_or_null(say: Say) -> None:
    found = document(say, "golive", "MFA")
    assert found["today"]["state"] in ("within", "above", "below")
    assert len(found["today"]["hours"]) == 24
    assert found["days"][-1]["count"] is None
    first = found["first_workday"]
    assert first["low"] < first["expected"] < first["high"]
    assert {one["criterion"] for one in found["criteria"]} >= {"load", "urgent", "use", "owner", "activity"}
    assert document(say, "golive", "MFA") == found


def test_a_criterion_and_a_cause_take_a_persons_word(say: Say) -> None:
    status, _, err = say("golive", "MFA", "--confirm", "activity", by="lee")
    assert (status, "say it with --evidence" in err) == (2, True)
    assert say("golive", "MFA", "--confirm", "activity", "--evidence", "payroll", by="lee")[:2] == (
        0,
        "confirmed: MFA, activity, by lee\n",
    )
    assert say("golive", "MFA", "--withdraw", "activity", by="lee")[0] == 0
    assert say("cause", "T00001", "--change", "C1", "--reason", "the relay", by="lee")[:2] == (
        0,
        "linked: T00001 to C1, by lee\n",
    )
    assert say("cause", "T00001", "--change", "C1", "--reason", "x", by="pat")[0] == 1
    assert say("cause", "NONE", "--change", "C1", "--reason", "x")[0] == 2


@pytest.mark.parametrize(
    ("name", "named", "begins"),
    [
        ("mfa.html", (), "<!doctype html>"),
        ("mfa.HTM", (), "<!doctype html>"),
        ("mfa.md", (), "# "),
        ("mfa", (), "# "),
        ("mfa.html", ("--format", "md"), "# "),
    ],
)
def test_a_report_has_the_format_that_the_name_of_its_file_promises(
    say: Say, tmp_path: Path, name: str, named: tuple[str, ...], begins: str
) -> None:
    file = tmp_path / name
    assert say("report", "MFA", *named, str(file))[0] == 0
    assert file.read_text().casefold().startswith(begins)


def test_a_report_goes_to_a_file_or_to_standard_output(say: Say, tmp_path: Path) -> None:
    status, out, _ = say("report", "MFA", "-")
    assert (status, out.splitlines()[0]) == (0, "# MFA everywhere")
    target = tmp_path / "r.html"
    assert say("report", "MFA", "--format", "html", str(target))[:2] == (0, f"written: {target}\n")
    assert target.read_text().startswith("<!doctype html>")
    status, _, err = say("report", "MFA", "--format", "html", str(target))
    assert (status, "exists already" in err) == (2, True)
    assert say("report", "NOPE", "-")[0] == 2
    assert say("report", "MFA", "--format", "html", str(target), "--force")[0] == 0


def test_a_client_is_shown_with_what_to_say_to_it(say: Say) -> None:
    status, out, _ = say("client", "alder")
    assert status == 0
    assert "Alder (alder)" in out
    assert "What to say:" in out
    found = document(say, "client", "alder")
    assert found["load_per_100_people_a_week"]["before"] > 0
    assert found["non_adoption"] == []
    assert found["non_adoption_unknown"] == ["MFA"]
    status, out, _ = say("client", "alder", "--talking-points", "-")
    assert (status, out.splitlines()[0]) == (0, "# Talking points for Alder")
    assert say("client", "nowhere")[0] == 2


def test_tickets_that_write_the_service_in_capitals_change_no_figure(say: Say, tmp_path: Path) -> None:
    asked = [["golive", "MFA"], ["client", "alder"], ["services", "Mail"], ["report", "MFA", "-"]]
    asked += [[*words, "--json"] for words in asked[:3]]
    before = [say(*words) for words in asked]
    file = tmp_path / "tickets.csv"
    assert say("export", "--kind", "tickets", str(file))[0] == 0
    rows = file.read_text(encoding="utf-8").split(",Mail,")
    assert len(rows) > 100
    file.write_text(",MAIL,".join(rows[:99]) + ",mail," + ",Mail,".join(rows[99:]), encoding="utf-8")
    assert say("import", str(file), "--kind", "tickets")[0] == 0
    assert [say(*words) for words in asked] == before
    assert say("services", "MAIL") == say("services", "Mail")


def test_services_are_listed_and_one_is_shown(say: Say) -> None:
    assert "Mail" in say("services")[1]
    assert document(say, "services")["services"][0]["service"] == "Mail"
    assert "Slow" in say("services", "Mail")[1]
    assert document(say, "services", "Mail")["improvements"][0]["systemic"] is True
    assert say("services", "Phones")[0] == 2
    assert say("services", "--client", "nowhere")[0] == 2


def test_a_service_is_handed_over_by_command(say: Say) -> None:
    assert document(say, "handover")[0]["code"] == "MFA"
    items = [one["item"] for one in document(say, "handover", "MFA")["items"]]
    assert say("handover", "MFA", "--tick", items[0], by="pat")[0] == 2
    for item in items:
        assert say("handover", "MFA", "--tick", item, "--evidence", "wiki", by="pat")[0] == 0
    assert document(say, "status")["initiatives"][0]["handover_percent"] == 100
    assert say("handover", "MFA", "--send-back", items[0], "--reason", "too thin", by="sam")[0] == 0
    assert say("handover", "MFA", "--accept", by="sam")[0] == 1
    assert say("handover", "MFA", "--tick", items[0], "--evidence", "thick", by="pat")[0] == 0
    assert say("handover", "MFA", "--accept", by="pat")[0] == 1
    assert say("handover", "MFA", "--accept", by="sam")[:2] == (0, "taken over: MFA, by sam\n")
    assert "taken over by sam" in say("handover", "MFA")[1]


def test_whoever_takes_over_before_the_go_live_is_told_beside_the_data(say: Say, path: Path) -> None:
    with open_desk(path) as desk:
        of_service(a_service(desk, "Files")).named("NEW").planned_for(None).on(desk)
    told = "NEW has not gone live: nobody uses yet what is taken over"
    assert document(say, "handover", "NEW")["early"] == told
    assert told in say("handover", "NEW")[1]
    for item in document(say, "handover", "NEW")["items"]:
        assert say("handover", "NEW", "--tick", item["item"], "--evidence", "wiki", by="pat")[0] == 0
    done = (0, "taken over: NEW, by sam\n", f"changedesk: {told}\n")
    assert say("handover", "NEW", "--accept", by="sam") == done


def test_an_improvement_becomes_an_initiative_by_command(say: Say) -> None:
    named = ("Slow", "--client", "alder", "--service", "Mail")
    assert say("improvement", "initiate", *named)[0] == 1
    assert say("improvement", "approve", *named)[0] == 0
    status, out, _ = say("improvement", "initiate", *named)
    assert (status, len(out.split())) == (0, 1)
    assert "Slow" in say("show", out.strip())[1]
    assert say("improvement", "implement", *named, "--evidence", "done")[0] == 0
    assert say("improvement", "reject", *named, "--reason", "no")[0] == 1


def test_a_retired_service_is_called_that_and_not_fine_as_on_its_screen(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text("client,service,state\nalder,Fax gateway,retired\n", encoding="utf-8")
    assert say("import", str(file), "--kind", "services")[0] == 0
    (retired,) = [line for line in say("services")[1].splitlines() if "Fax gateway" in line]
    assert retired.startswith("- retired")
    assert say("services", "Fax gateway")[1].startswith("- retired  Fax gateway")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("golive", "MFA", "--confirm", "activity"), "what shows that it is met (say it with --evidence)"),
        (("golive", "MFA", "--evidence", "x"), "--evidence goes with --confirm"),
        (("golive", "MFA", "--confirm", "activity", "--withdraw", "activity"), "two acts; give one of them"),
        (
            ("handover", "MFA", "--tick", "documentation"),
            "takes evidence, which shows that it is done (say it with --evidence)",
        ),
        (("handover", "MFA", "--send-back", "documentation"), "takes a reason (say it with --reason)"),
        (("handover", "MFA", "--evidence", "x"), "--evidence goes with --tick"),
        (("handover", "MFA", "--reason", "x"), "--reason goes with --send-back"),
        (("handover", "MFA", "--tick", "documentation", "--accept"), "--tick and --accept are acts of their own"),
        (("handover", "MFA", "--tick", "", "--accept"), "--tick and --accept are acts of their own"),
        (("handover", "--tick", ""), "--tick needs the CODE of an initiative"),
        (("handover", "--accept"), "--accept needs the CODE of an initiative (changedesk handover lists them)"),
        (("status", "--client", "nobody"), "no client nobody in view (changedesk export --kind clients - lists them)"),
    ],
)
def test_an_act_that_lacks_something_names_the_option_that_says_it(say: Say, words: tuple[str, ...], said: str) -> None:
    status, out, err = say(*words)
    assert (status, out) == (2, "")
    assert said in err
