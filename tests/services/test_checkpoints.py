"""The end of the chain is kept outside the desk by itself, and never written over by an end that does not follow from it."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from builders import a_client, a_desk, as_person, free_hand
from changedesk.cli.main import run
from changedesk.services import checkpoints, desks, trail
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import running
from changedesk.services.door import open_door
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from control_desks import START, a_control_desk, at_the_board, clock_at, submitted

pytestmark = pytest.mark.requirement("R95")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def kept(desk: Desk, folder: Path | None = None) -> int:
    """Up to which event the end is kept; 0 when it is not."""
    file = checkpoints.kept_file(desk, folder)
    return json.loads(file.read_text())["seq"] if file.exists() else 0


def end(desk: Desk) -> int:
    return check.chain_end(desk).seq


def keeping(session: Session) -> Session:
    """As in a dashboard: it is kept on each approval."""
    return replace(session, checkpoints=session.desk.path.parent)


def cut(path: Path, events: int) -> None:
    """Take the last events away, as somebody with the file might."""
    conn = free_hand(path)
    conn.execute("DELETE FROM audit WHERE seq > (SELECT max(seq) FROM audit) - ?", (events,))
    conn.close()


def test_it_is_kept_when_a_change_is_approved_and_not_before(desk: Desk):
    number = at_the_board(desk)
    voting.vote(keeping(as_person(desk, "nora")), number, "approve")
    assert kept(desk) == 0
    assert voting.vote(keeping(as_person(desk, "sam")), number, "approve") == "scheduled"
    assert kept(desk) == end(desk) > 0


def test_it_is_kept_when_an_emergency_gets_its_votes_afterwards(desk: Desk):
    number = submitted(desk, path="emergency", incident="INC-1")
    voting.vote(keeping(as_person(desk, "nora")), number, "approve")
    assert kept(desk) == end(desk)
    clock_at(desk, START)
    running.start(keeping(as_person(desk, "ivan")), number)
    assert kept(desk) < end(desk), "a start is no approval"


def test_where_it_cannot_be_kept_the_decision_stands(desk: Desk, tmp_path: Path):
    number = at_the_board(desk)
    voting.vote(as_person(desk, "nora"), number, "approve")
    nowhere = tmp_path / "no such folder"
    assert voting.vote(replace(as_person(desk, "sam"), checkpoints=nowhere), number, "approve") == "scheduled"
    said = checkpoints.keep_at_end(desk, lambda: nowhere)
    assert said == f"the end of the audit chain is not kept: there is no folder {nowhere}"


def test_a_cut_chain_does_not_get_a_new_end(desk: Desk):
    assert checkpoints.keep_end(desk) is None
    before = kept(desk)
    cut(desk.path, 2)
    said = checkpoints.keep_end(desk)
    assert said is not None
    assert said.startswith(f"event {before} of the checkpoint is missing: the end of the chain was cut off; ")
    assert kept(desk) == before
    assert not trail.verified(keeping(open_session(desk))).holds
    assert [finding.well for finding in desks.doctor(open_session(desk)) if finding.what == "kept end"] == [False]


def test_a_link_in_its_place_is_never_written_through(desk: Desk, tmp_path: Path):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    checkpoints.kept_file(desk).symlink_to(victim)
    assert "is no checkpoint of a desk" in str(checkpoints.keep_end(desk))
    assert victim.read_text() == "precious"
    assert not trail.verified(open_session(desk)).holds


@pytest.mark.parametrize(("kind", "rights"), [("personal", 0o600), ("shared", 0o660)])
def test_who_may_write_the_desk_may_write_it(tmp_path: Path, kind: str, rights: int):
    with a_desk(tmp_path, kind) as desk:
        assert checkpoints.keep_end(desk) is None
        assert stat.S_IMODE(checkpoints.kept_file(desk).stat().st_mode) == rights


def test_each_command_that_wrote_keeps_it_and_one_that_reads_does_not(desk: Desk, capsys: pytest.CaptureFixture[str]):
    path = str(desk.path)
    assert run(["status", "--db", path]) == 0
    assert kept(desk) == 0
    people = desk.path.with_name("people.csv")
    people.write_text("login,name,client\nann,Ann,alder\n")
    assert run(["import", str(people), "--kind", "people", "--db", path]) == 0
    assert kept(desk) == end(desk) > 0
    assert run(["verify", "--checkpoint", str(checkpoints.kept_file(desk)), "--db", path]) == 0
    assert capsys.readouterr().err == ""


def test_it_lies_where_the_configuration_says(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config, folder = tmp_path / "config.toml", tmp_path / "stick"
    config.write_text('checkpoints = "stick"\n')
    people = tmp_path / "people.csv"
    people.write_text("login,name,client\nann,Ann,alder\n")
    words = ["import", str(people), "--kind", "people", "--db", str(desk.path), "--config", str(config)]
    assert run(words) == 0, "what was written stays written while the stick is not there"
    assert capsys.readouterr().err == (
        f"changedesk: the end of the audit chain is not kept: there is no folder {folder}\n"
    )
    folder.mkdir()
    people.write_text("login,name,client\nbea,Bea,alder\n")
    assert run(words) == 0
    assert kept(desk, folder) == end(desk)
    assert kept(desk) == 0


def test_a_dashboard_keeps_it_when_it_is_left(desk: Desk):
    door = open_door(desk.path)
    assert door.close() is None
    assert kept(desk) == 0, "nothing was written"
    door = open_door(desk.path)
    a_client(door.session.desk, "birch")
    assert door.close() is None
    assert kept(desk) == end(desk)


def test_a_backup_that_is_put_back_on_purpose_gets_its_own_end(desk: Desk, tmp_path: Path):
    copy = tmp_path / "copy.db"
    desks.back_up(open_session(desk), copy)
    a_client(desk, "birch")
    assert checkpoints.keep_end(desk) is None
    desk.close()
    desks.restore(desk.path, copy)
    with Desk(desk.path) as restored:
        assert kept(restored) == end(restored)
        assert checkpoints.keep_end(restored) is None
        assert len(list(tmp_path.glob("*.checkpoint.before-restore-*"))) == 1


def test_a_mistake_in_the_settings_does_not_keep_a_desk_from_coming_back_and_is_said(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    config, copy = tmp_path / "config.toml", tmp_path / "copy.db"
    config.write_text("checkpoints = 7\n")
    desks.back_up(open_session(desk), copy)
    a_client(desk, "birch")
    desk.close()
    words = ["--db", str(desk.path), "--config", str(config)]
    assert run(["restore", str(copy), *words]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"restored {desk.path}; the desk that was there is kept as ")
    assert said.err == (
        f"changedesk: the end of the audit chain is not kept: {config}, checkpoints = 7: a text in quotes is wanted\n"
    )


def test_doctor_finds_a_mistake_in_the_settings(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = tmp_path / "config.toml"
    config.write_text("checkpoints = 7\n")
    desk.close()
    words = ["doctor", "--db", str(desk.path), "--config", str(config)]
    assert run(words) == 1
    looked = [line for line in capsys.readouterr().out.splitlines() if line.startswith("LOOK")]
    assert looked == [
        "LOOK  kept end: not looked at, where it lies is not known:"
        f" {config}, checkpoints = 7: a text in quotes is wanted"
    ]
    config.write_text("")
    assert run(words) == 0
