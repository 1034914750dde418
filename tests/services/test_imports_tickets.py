"""Tickets as a service desk exported them: what identifies one, whose it is, what is odd and what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from import_desks import PORTFOLIO, a_desk, given, take

from changedesk.errors import RuleRefused
from changedesk.services.imports import undo as import_undo
from changedesk.services.session import Session

HEADER = "id,opened_at,resolved_at,client,initiative,audience\n"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        yield session


@pytest.mark.requirement("R13")
def test_a_ticket_is_known_by_its_client_and_number(session: Session) -> None:
    assert given(session, "tickets").decode().splitlines()[1:] == [
        "INC2,2026-11-21T08:00:00Z,,,,,,MFA,,,,",
        "INC3,2026-11-21T10:00:00Z,,,,,,,,,Whose?,",
        "INC1,2026-11-20T08:00:00Z,2026-11-20T09:30:00Z,2,sign-in,mail,alder,MFA,nurses,closed,Locked out,C7",
        "INC1,2026-11-20T08:00:00Z,,P3,,,birch,,,open,Same number elsewhere,",
    ]
    report = take(session, "tickets", "id,opened_at,client,state\nINC1,2026-11-20T08:00Z,birch,closed\n")
    assert (report.added, report.updated) == (0, 1)


def test_a_ticket_of_no_client_is_the_same_one_when_it_comes_again(session: Session) -> None:
    report = take(session, "tickets", "id,opened_at,state\nINC3,2026-11-21T10:00Z,closed\nINC3,2026-11-21T10:00Z,\n")
    assert (report.read, report.added, report.unchanged) == (2, 0, 1)


def test_a_time_without_a_zone_is_in_the_clients_zone(session: Session) -> None:
    take(session, "tickets", HEADER + "INC8,2026-11-21T10:00,,alder,,\nINC9,2026-11-21T10:00,,,MFA,\n")
    assert b"INC8,2026-11-21T08:00:00Z" in given(session, "tickets")
    assert b"INC9,2026-11-21T08:00:00Z" in given(session, "tickets")


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("T,2026-11-21T10:00Z,,alder,NONE,", "initiative", "there is no initiative NONE on this desk"),
        ("T,2026-11-21T10:00Z,,alder,MFA,cooks", "audience", "initiative MFA has no audience cooks"),
        ("T,2026-11-21T10:00Z,,alder,,nurses", "audience", "name the initiative that the audience belongs to"),
        ("T,2026-11-21T10:00Z,,birch,MFA,", "initiative", "initiative MFA belongs to another client"),
        ("T,2026-11-21T10:00Z,,larch,MFA,", "initiative", "initiative MFA belongs to another client"),
        ("T,2026-11-21,,alder,,", "opened_at", '"2026-11-21" is a day without a time; write it as 2026-11-21T14:00'),
        (",2026-11-21T10:00Z,,alder,,", "id", "id is missing"),
        ("T,2026-11-31T10:00:00Z,,alder,,", "opened_at", "there is no time 2026-11-31T10:00:00Z"),
    ],
)
def test_what_a_ticket_cannot_be_is_refused_with_its_place(session: Session, row: str, column: str, said: str) -> None:
    (problem,) = take(session, "tickets", HEADER + row + "\n").problems
    assert (problem.row, problem.column, problem.problem) == (2, column, said)


def test_what_is_odd_but_possible_is_a_warning_and_is_taken(session: Session) -> None:
    report = take(
        session,
        "tickets",
        HEADER
        + "A,2026-11-21T10:00Z,2026-11-21T09:59Z,alder,,\nB,2026-11-29T10:00Z,,alder,,\nC,2026-11-27T00:30Z,,,,\n",
    )
    assert (report.added, report.problems) == (3, ())
    assert [(warning.row, warning.column, warning.problem) for warning in report.warnings] == [
        (2, "resolved_at", "resolved at lies before opened at"),
        (3, "opened_at", "2026-11-29T10:00:00Z is in the future"),
    ]


def test_an_initiative_stays_with_the_client_of_its_tickets(session: Session) -> None:
    move = "code,title,client\nMFA,MFA everywhere,birch\n"
    (problem,) = take(session, "initiatives", move).problems
    assert (problem.row, problem.column) == (2, "client")
    assert problem.problem == "MFA has tickets of alder, and stays with that client"
    take(session, "tickets", HEADER + "INC1,2026-11-20T08:00:00Z,,alder,,\n")
    assert take(session, "initiatives", move).updated == 1, "what has no client of its own goes along"
    take(session, "tickets", HEADER + "INC9,2026-11-20T08:00:00Z,,birch,MFA,\n")
    number = next(one.number for one in import_undo.imports(session) if one.kind == "initiatives")
    with pytest.raises(RuleRefused, match="MFA would leave the client of its changes and tickets"):
        import_undo.undo_import(session, number)


def test_tickets_leave_the_standing_of_their_initiative_alone(session: Session) -> None:
    before = session.desk.reader().execute("SELECT * FROM standing").fetchall()
    take(session, "tickets", HEADER + "T,2026-11-21T10:00Z,,alder,MFA,\n")
    assert session.desk.reader().execute("SELECT * FROM standing").fetchall() == before
