"""Policies, deadlines and reminders on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import found
from changedesk.cli.main import run
from changedesk.services.control.rules.profiles import profile
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from control_desks import POLICY, a_control_desk, submitted

FILE = """
lead_hours = 48
success = ["successful", "with_issues"]
[[routes]]
path = "normal"
[[routes.steps]]
name = "Assessment"
phase = "assess"
seats = ["role:change_manager"]
[[routes.steps]]
name = "CAB"
phase = "authorize"
rule = "percent"
number = 60
seats = ["nora", "sam", "ben"]
mandatory = ["sam"]
deadline_hours = 72
on_timeout = "reject"
[[routes]]
path = "emergency"
[[routes.steps]]
name = "ECAB"
phase = "authorize"
seats = ["role:cab"]
freeze_number = 2
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def told(desk: Desk, capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> tuple[str, str]:
    assert run([*words, "--db", str(desk.path)]) == status
    output = capsys.readouterr()
    return output.out, output.err


def written(folder: Path, text: str) -> str:
    file = folder / "policy.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_policy_is_read_by_people_and_by_programs(desk: Desk, capsys: pytest.CaptureFixture[str]):
    text, _ = told(desk, capsys, "policy", "show", "alder")
    for words in ("alder  Alder: version 1", "no minimum", "authorizes: at least 2 of the CAB; within 72 h"):
        assert words in text
    document = json.loads(told(desk, capsys, "policy", "show", "alder", "--json")[0])
    assert (document["version"], document["records_votes"], len(document["routes"])) == (1, True, 2)
    assert document["holders"]["cab"] == ["ben", "nora", "sam"]
    assert document["overdue"] == {"retro": 0, "review": 0}


def test_a_seat_of_a_login_that_nobody_has_is_said_and_long_names_of_steps_stand_apart_from_their_text(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    text = FILE.replace('seats = ["role:cab"]', 'seats = ["role:cab", "sma"]').replace(
        '"ECAB"', '"Somebody who is awake"'
    )
    _, warned = told(desk, capsys, "policy", "set", "alder", written(tmp_path, text))
    assert warned == "changedesk: nobody in view has the login sma, which holds a seat of the policy\n"
    shown, _ = told(desk, capsys, "policy", "show", "alder")
    assert "    Somebody who is awake  authorizes: any one of the CAB and sma" in shown


def test_a_policy_file_becomes_the_next_version_and_comes_out_the_same(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    said, _ = told(desk, capsys, "policy", "set", "alder", written(tmp_path, FILE))
    assert said == "alder: policy version 2; changes that were submitted keep the one that they have\n"
    shown, _ = told(desk, capsys, "policy", "show", "alder", "--toml")
    told(desk, capsys, "policy", "set", "alder", written(tmp_path, shown))
    assert profile(open_session(desk), "alder").version == 2
    made_at = json.loads(told(desk, capsys, "policy", "show", "alder", "--json")[0])["made_at"]
    assert re.fullmatch(r"[\d-]{10}T[\d:]{8}Z", made_at), "to the second, as every other time of a document"
    (event,) = found(desk, "SELECT body FROM audit WHERE kind = 'policy.set' ORDER BY seq DESC LIMIT 1")
    assert json.loads(event[0])["body"]["lead_hours"] == 48


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("lead_hours = 48", "lead_hours = -1"), "lead_hours must be a whole number, and a sensible one"),
        (
            ('rule = "percent"', 'rule = "most"'),
            "routes 1 steps 2 rule is one of any, at_least, majority, all, percent",
        ),
        (("number = 60", "number = 160"), "the step CAB needs a percentage from 1 to 100"),
        (('mandatory = ["sam"]', 'mandatory = ["pat"]'), "the step CAB has no seat for pat, who has to approve it"),
        (('phase = "assess"', ""), "routes 1 steps 1 phase is missing"),
        (('path = "emergency"', 'path = "standard"'), "routes 2 path is one of normal, emergency"),
        (("lead_hours = 48", "leed_hours = 48"), "there is no setting leed_hours"),
        (('seats = ["role:cab"]', "seats = []"), "the step ECAB has no seats: it could never approve"),
        (('seats = ["role:cab"]', 'seats = ["role:boss"]'), "the step ECAB has seats of a role boss, which is none"),
        (("lead_hours", "[lead_hours"), "is not a TOML file"),
        (('name = "CAB"', 'name = "assessment"'), "has two steps"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], said: str
):
    file = written(tmp_path, FILE.replace(*change, 1) if change[0] in FILE else FILE)
    assert run(["policy", "set", "alder", file, "--db", str(desk.path)]) in (1, 2)
    assert said in capsys.readouterr().err
    assert profile(open_session(desk), "alder").version == 1


def test_the_default_is_version_0_in_its_file_and_is_taken_as_that(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    told(desk, capsys, "import", "--kind", "clients", written(tmp_path, "client\nbirch\n"))
    out, _ = told(desk, capsys, "policy", "show", "birch", "--toml")
    assert out.startswith("# Approval policy of birch, version 0, the policy of clients that have none of their own\n")
    _, error = told(desk, capsys, "policy", "set", "birch", written(tmp_path, out), "--version", "1", status=1)
    assert "birch has no policy of its own yet, which is version 0" in error
    told(desk, capsys, "policy", "set", "birch", written(tmp_path, out), "--version", "0")


def test_a_version_that_was_not_read_is_not_written_over(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = written(tmp_path, FILE)
    told(desk, capsys, "policy", "set", "alder", file, "--version", "1")
    _, error = told(
        desk, capsys, "policy", "set", "alder", written(tmp_path, FILE.replace("48", "24")), "--version", "1", status=1
    )
    assert "the policy of alder is version 2 by now" in error
    _, error = told(desk, capsys, "policy", "set", "alder", str(tmp_path / "none.toml"), status=2)
    assert "none.toml cannot be read" in error
    _, error = told(desk, capsys, "policy", "show", "nowhere", status=2)
    assert "there is no client nowhere in view" in error


def test_reminders_go_with_what_is_due(desk: Desk, capsys: pytest.CaptureFixture[str]):
    number = submitted(desk)
    _, error = told(desk, capsys, "approvals", "--remind", status=2)
    assert "--remind goes with --due" in error
    out, error = told(desk, capsys, "approvals", "--due", "--remind", "--json")
    assert error == f"changedesk: {number}: reminded: mona\n"
    assert [one["number"] for one in json.loads(out)] == [number]
    _, error = told(desk, capsys, "approvals", "--due", "--remind")
    assert error == ""
    assert found(desk, "SELECT count(*) FROM audit WHERE kind = 'change.reminded'") == [(1,)]


def test_who_may_not_edit_a_policy_is_refused(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    _, error = told(desk, capsys, "policy", "set", "alder", written(tmp_path, FILE), "--as", "nora", status=1)
    assert "nora may not edit approval policies" in error
    assert POLICY.lead_hours == 0
