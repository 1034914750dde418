"""Who may import what: roles, and the clients that a person is limited to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from import_desks import PORTFOLIO, a_desk, everything, given, take

from changedesk.errors import BadInput, Denied, DeskUnusable
from changedesk.services.imports import undo as import_undo
from changedesk.services.records import records
from changedesk.services.session import Session, open_session


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        yield session


@pytest.fixture
def limited(owner: Session) -> Session:
    """A change manager of client alder alone."""
    return open_session(owner.desk, "limited")


def _denials(session: Session) -> int:
    return int(session.desk.reader().execute("SELECT count(*) FROM audit WHERE kind = 'denied'").fetchone()[0])


FOREIGN = [
    ("clients", "client,name\nbirch,Taken\n"),
    ("clients", "client,name\nlarch,New\n"),
    ("people", "login,name,client\nnew,New,birch\n"),
    ("people", "login,name,client\nnew,New,\n"),
    ("people", "login,name\nnew,New\n"),
    ("people", "login,name,client\nann,Ann,alder\n"),
    ("people", "login,name\nann,Other\n"),
    ("initiatives", "code,title,client\nNEW,New,birch\n"),
    ("initiatives", "code,title,client\nFILES,Moved,alder\n"),
    ("audiences", "initiative,audience,headcount\nFILES,all,1\n"),
    ("activities", "initiative,lane,phase,title,planned_end\nFILES,service,transition,Hand over,2027-01-01\n"),
    ("targets", "initiative,metric,target,by\nFILES,use,1,2027-01-01\n"),
    ("observations", "initiative,audience,metric,date,numerator,denominator\nFILES,all,use,2026-11-01,1,2\n"),
    ("tickets", "id,opened_at,client\nINC9,2026-11-21T10:00Z,birch\n"),
    ("tickets", "id,opened_at,initiative\nINC9,2026-11-21T10:00Z,FILES\n"),
    ("tickets", "id,opened_at\nINC9,2026-11-21T10:00Z\n"),
    ("tickets", "id,opened_at,initiative\nINC9,2026-11-21T10:00Z,\n"),
]


@pytest.mark.parametrize(("kind", "text"), FOREIGN)
def test_rows_of_other_clients_are_refused_and_the_denial_is_told(
    owner: Session, limited: Session, kind: str, text: str
) -> None:
    before, denials = everything(owner), _denials(owner)
    report = take(limited, kind, text)
    assert report.refused == 1
    assert "access to" in report.problems[0].problem
    assert everything(owner) == before
    assert _denials(owner) == denials + 1


OWN = [
    ("clients", "client,name\nalder,Alder\n"),
    ("people", "login,name,client\nnew,New,alder\n"),
    ("people", "login,name\nlimited,Li\n"),
    ("initiatives", "code,title,client\nNEW,New,alder\n"),
    ("audiences", "initiative,audience,headcount\nMFA,executives,1\n"),
    ("observations", "initiative,audience,metric,date,numerator,denominator\nMFA,nurses,use,2026-11-01,1,2\n"),
    ("tickets", "id,opened_at,client\nINC9,2026-11-21T10:00Z,alder\n"),
    ("tickets", "id,opened_at,initiative\nINC9,2026-11-21T10:00Z,MFA\n"),
]


@pytest.mark.parametrize(("kind", "text"), OWN)
def test_rows_of_the_own_client_are_taken(limited: Session, kind: str, text: str) -> None:
    report = take(limited, kind, text)
    assert (report.refused, report.added + report.updated) == (0, 1)


def test_the_own_rows_are_taken_when_the_others_are_skipped(limited: Session) -> None:
    report = take(limited, "audiences", "initiative,audience,headcount\nFILES,all,1\nMFA,new,5\n", skip_refused=True)
    assert (report.added, report.refused) == (1, 1)


def test_without_the_role_nothing_is_imported(owner: Session) -> None:
    take(owner, "people", "login,name,roles\nreader,Reader,auditor\n")
    with pytest.raises(Denied, match="may not import"):
        take(open_session(owner.desk, "reader"), "clients", "client\nlarch\n")


def test_a_desk_that_cannot_be_written_refuses_an_import(owner: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner.desk, "read_only", True)
    with pytest.raises(DeskUnusable, match="read-only"):
        take(owner, "clients", "client\nlarch\n")


def test_an_export_holds_only_what_its_reader_may_see(owner: Session, limited: Session) -> None:
    for kind in ("clients", "initiatives", "audiences", "activities", "targets", "observations"):
        assert b"birch" not in given(limited, kind)
        assert b"FILES" not in given(limited, kind)
        assert given(limited, kind) == given(owner, kind, client="alder")
    mine = given(limited, "tickets")
    assert (mine.count(b"\n"), b"Whose?" in mine, b"birch" in mine) == (3, False, False)
    assert mine == given(owner, "tickets", client="alder")
    assert b"ann" in given(limited, "people")
    assert b"ann" not in given(owner, "people", client="alder")


def test_an_export_of_a_client_out_of_reach_is_denied(owner: Session, limited: Session) -> None:
    with pytest.raises(Denied, match="no access to client birch"):
        given(limited, "initiatives", client="birch")
    with pytest.raises(BadInput, match="no client larch"):
        given(owner, "initiatives", client="larch")


def test_somebody_without_any_client_in_reach_sees_nothing(owner: Session) -> None:
    nobody = replace(owner, actor=replace(owner.actor, clients=frozenset()))
    assert given(nobody, "initiatives").count(b"\n") == 1
    assert take(nobody, "audiences", "initiative,audience,headcount\nMFA,executives,1\n").refused == 1


def test_only_an_administrator_gives_or_takes_the_role_of_one(owner: Session) -> None:
    take(owner, "people", "login,name,roles\nmax,Max,change_manager\nada,Ada,administrator\n")
    made = import_undo.imports(owner)[0].number
    manager, administrator = open_session(owner.desk, "max"), open_session(owner.desk, "ada")
    before, denials = everything(owner), _denials(owner)
    with pytest.raises(Denied, match="only an administrator"):
        import_undo.undo_import(manager, made)
    for text, named in (
        ("login,name,roles\nmax,Max,change_manager;administrator\n", ["max"]),
        ("login,name,roles\nada,Ada,auditor\nnew,New,administrator\n", ["ada", "new"]),
    ):
        report = take(manager, "people", text)
        assert [(problem.column, problem.problem) for problem in report.problems] == [
            ("roles", f"only an administrator gives or takes the role administrator: {login}") for login in named
        ]
        assert take(manager, "people", text, dry_run=True).problems == report.problems
    person = next(one for one in records.listed(manager, "people") if one.values["login"] == "max")
    with pytest.raises(Denied, match="only an administrator"):
        records.save(manager, "people", person, person.values | {"roles": "administrator"})
    assert everything(owner) == before
    assert _denials(owner) == denials + 6
    take(manager, "people", "login,name,roles\nada,Ada A.,administrator\nmax,Max,change_manager;cab\n")
    take(administrator, "people", "login,name,roles\nmax,Max,administrator\n")
    assert b"max,Max,,,administrator" in given(owner, "people")
