"""The board on the command line: what comes on its agenda, what stands in its minutes, and votes that were written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import as_person
from changedesk.cli.main import run
from changedesk.services.control.approvals import voting
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from control_desks import START, a_control_desk, at_the_board


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def told(desk: Desk, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run([*words, "--db", str(desk.path)]) == 0
    return capsys.readouterr().out


def test_what_waits_for_the_board_comes_on_its_agenda_once_and_stands_in_its_minutes(
    desk: Desk, capsys: pytest.CaptureFixture[str]
):
    number, session = at_the_board(desk), open_session(desk)
    blank = records.blank(session, "meetings")
    times = {"at": START.isoformat(), "ends_at": (START + timedelta(hours=1)).isoformat()}
    values = {"client": "alder", "kind": "cab", "title": "CAB of the week", **times}
    meeting = records.save(session, "meetings", blank, {**blank.values, **values}).id or ""
    assert number not in told(desk, capsys, "cab", "minutes", meeting)
    assert told(desk, capsys, "cab", "fill", meeting) == "1 put on the agenda\n"
    assert told(desk, capsys, "cab", "fill", meeting) == "0 put on the agenda\n"
    assert number in told(desk, capsys, "cab", "minutes", meeting)


@pytest.mark.requirement("R94")
def test_a_vote_that_somebody_wrote_down_says_who_and_what_shows_it(desk: Desk, capsys: pytest.CaptureFixture[str]):
    number = at_the_board(desk)
    voting.vote(as_person(desk, "mona"), number, "approve", seat="nora", evidence="mail of 26 Nov")
    assert "nora approve, written down by mona (mail of 26 Nov)" in told(desk, capsys, "change", "show", number)
