"""The trail and the bundle of one change: what is seen by whom, and what is handed over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from builders import a_client, a_desk, a_person, an_initiative, as_person, found, record, tampered
from changedesk.errors import BadInput
from changedesk.services import trail, trail_words
from changedesk.services.control.approvals import meetings
from changedesk.services.control.changes import asking
from changedesk.services.control.changes.listing import Wanted, change_source
from changedesk.services.session import PROGRAM, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving.check import check
from control_desks import a_control_desk, at_the_board

TEXTS = {
    "title": "Patch `it` [/]",
    "path": "normal",
    "planned_start": "2026-11-27T10:00:00Z",
    "planned_end": "2026-11-27T11:00:00Z",
    "backout_plan": "restore",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        for client in ("alder", "birch"):
            a_client(desk, client)
            a_person(desk, f"req.{client}", "requester", "change_manager", client=client)
            asking.new(open_session(desk, f"req.{client}"), {**TEXTS, "client": client}, f"C-{client}")
        yield desk


def test_events_are_found_by_every_word_and_come_newest_first(desk: Desk) -> None:
    page = trail.trail(open_session(desk), "created C-birch")
    assert [row.subject for row in page.rows] == ["C-birch"]
    everything = trail.trail(open_session(desk))
    assert [row.seq for row in everything.rows] == sorted((row.seq for row in everything.rows), reverse=True)
    assert everything.count == found(desk, "SELECT count(*) FROM audit")[0][0]
    assert trail.trail(open_session(desk), "100%").count == 0


@pytest.mark.parametrize("words", ["übergabe", "ÜBERGABE straße", "Ämter C-ü"])
def test_events_and_changes_are_found_in_whatever_capitals_beyond_ascii(desk: Desk, words: str) -> None:
    session = open_session(desk, "req.alder")
    asking.new(session, {**TEXTS, "client": "alder", "title": "Übergabe der ÄMTER in der Straße"}, "C-Ü")
    assert {row.subject for row in trail.trail(session, words).rows} == {"C-Ü"}
    assert [line.number for line in change_source(session, Wanted()).having(words).rows(0, 9)] == ["C-Ü"]


def test_a_program_reads_numbers_truths_and_times_of_an_event_as_what_they_are() -> None:
    body = (
        '{"authorised":true,"due":"2026-11-26T10:00:00Z","began":"2026-11-25T09:57:00+00:00","revision":2,"to":"ben"}'
    )
    assert trail_words.exact(body) == {
        "authorised": True,
        "due": "2026-11-26T10:00:00Z",
        "began": "2026-11-25T09:57:00Z",
        "revision": 2,
    }


@pytest.mark.requirement("R108")
def test_whoever_belongs_to_a_client_sees_the_events_of_that_client_alone(desk: Desk) -> None:
    rows = trail.trail(open_session(desk, "req.alder")).rows
    assert {row.client for row in rows} == {"alder"}
    assert not [row for row in rows if "birch" in row.subject + row.body]


def test_a_bundle_holds_the_record_the_events_and_a_page_and_never_writes_over_anything(
    desk: Desk, tmp_path: Path
) -> None:
    session = open_session(desk)
    names = trail.bundle(session, "C-alder", tmp_path / "out")
    assert names == ["README.md", "change.json", "events.json"]
    events = json.loads((tmp_path / "out" / "events.json").read_text())
    assert events[0]["event"] == "change created"
    assert (events[0]["says"]["number"], events[0]["says"]["revision"]) == ("C-alder", 1)
    page = (tmp_path / "out" / "README.md").read_text()
    assert "Patch \\`it\\` \\[/\\]" in page
    with pytest.raises(BadInput, match="exists already"):
        trail.bundle(session, "C-alder", tmp_path / "out")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadInput, match="exists already"):
        trail.bundle(session, "C-alder", tmp_path / "link")
    with pytest.raises(BadInput, match=r"^/proc/out cannot be made"):
        trail.bundle(session, "C-alder", Path("/proc/out"))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE change_request SET state = 'scheduled' WHERE number = 'C-alder'", "C-alder is scheduled"),
        ("UPDATE change_request SET revision = 9 WHERE number = 'C-alder'", "revision 9"),
        ("UPDATE change_revision SET content = '{}'", "is not what was voted on"),
        ("UPDATE change_request SET title = 'another'", "the content of the change C-alder is not what event"),
        ("UPDATE change_request SET requester = 'x'", "the content of the change C-alder is not what event"),
        ("UPDATE change_request SET planned_start = '2026-11-01T00:00:00Z'", "is not what event"),
        ("DELETE FROM change_revision", ""),
        (
            "INSERT INTO delegation (id, of_id, to_id, starts_at, ends_at)"
            " SELECT '01M8BHRM600CFCJ6JWBBBPVQAZ', id, 'mona', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'"
            " FROM account",
            "the delegation 01M8BHRM600CFCJ6JWBBBPVQAZ is not what its event says, or has none",
        ),
        (
            "INSERT INTO vote (id, change_id, revision, round, digest, step, voter, decision, at)"
            " SELECT '01M8BHRM600CFCJ6JWBBBPVQAZ', id, 1, 1, 'd', 1, 'x', 'approve', 't' FROM change_request LIMIT 1",
            "has no audit event",
        ),
    ],
)
def test_what_was_changed_past_the_write_door_is_found(desk: Desk, statement: str, said: str) -> None:
    desk.close()
    tampered(desk.path, statement, guards=False)
    with Desk(desk.path) as again:
        problems = " ".join(check(again, None).problems)
    assert said in problems
    assert "was taken away" in problems


@pytest.mark.requirement("R91")
def test_a_meeting_is_known_by_its_board_and_day_and_its_changes_by_their_numbers(tmp_path: Path) -> None:
    with a_control_desk(tmp_path / "control") as desk:
        number = at_the_board(desk)
        meeting = a_meeting(desk, a_client(desk), "2026-11-27T14:00:00Z")
        meetings.fill(as_person(desk, "mona"), meeting)
        (row,) = trail.trail(open_session(desk), "meeting agenda").rows
        assert (row.subject, row.says) == ("CAB 2026-11-27", (("added", number),))
        assert meeting not in f"{row.subject}{row.says}"


def test_the_day_of_a_meeting_is_that_of_its_client(desk: Desk) -> None:
    far = record(desk, "client", code="kiwi", name="Kiwi", timezone="Pacific/Auckland")
    meeting = a_meeting(desk, far, "2026-11-26T20:00:00Z")
    with desk.write("the test") as transaction:
        transaction.record("meeting.closed", meeting, {"undecided": []})
    assert trail.trail(open_session(desk), "meeting closed").rows[0].subject == "CAB 2026-11-27"


def test_no_event_of_the_desk_itself_and_of_what_has_a_name_shows_an_id(desk: Desk) -> None:
    one = an_initiative().on(desk)
    decision = record(desk, "decision", initiative_id=one, title="Who trains", touches_timing=0, touches_adoption=1)
    with desk.write("the test") as transaction:
        transaction.record("decision.locked", decision, {"initiative": one})
        transaction.record("denied", desk.facts.id, {"action": "desk.import"})
    denied, locked = trail.trail(open_session(desk)).rows[:2]
    assert (locked.subject, locked.says) == ("Who trains", (("initiative", "MFA"),))
    assert denied.subject == "this desk"


def a_meeting(desk: Desk, client: str, begins: str) -> str:
    """A meeting of this client's board that begins at this instant."""
    ends = (datetime.fromisoformat(begins) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return record(
        desk, "cab_meeting", client_id=client, kind="cab", title="CAB", at=begins, ends_at=ends, state="planned"
    )


def test_a_program_finds_a_day_of_go_live_under_the_name_of_the_column(desk: Desk) -> None:
    with desk.write(PROGRAM) as transaction:
        transaction.record("initiative.made", desk.facts.id, {"go_live": "2026-12-02"})
    found = next(row for row in trail.trail(open_session(desk), "").rows if row.what == "initiative made")
    assert (dict(found.says), found.facts) == ({"go-live": "2026-12-02"}, {"go_live": "2026-12-02"})


@pytest.mark.parametrize("words", ["", "kept"])
def test_what_the_program_has_written_down_itself_can_be_left_out(desk: Desk, words: str) -> None:
    with desk.write(PROGRAM) as transaction:
        transaction.record("forecast.kept", desk.facts.id, {"forecasts": 2})
    session = open_session(desk)
    everything = trail.event_numbers(session, words)
    of_people = trail.event_numbers(session, words, of_people=True)
    left_out = trail.events(session, [number for number in everything if number not in of_people])
    assert [row.who for row in left_out] == [PROGRAM]
