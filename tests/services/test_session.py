"""Who acts: the owner of a personal desk or somebody acted for, the account of a shared one, and nobody else."""

from __future__ import annotations

import os
import pwd
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from builders import OWNER, a_desk, a_person, as_person, at, found
from changedesk.domain.thresholds import DEFAULT_THRESHOLDS
from changedesk.errors import BadInput, Denied
from changedesk.services import session as sessions
from changedesk.services.door import Door
from changedesk.services.session import authorise, chosen, open_session, operating_system_login
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check


def _with_roles(desk: Desk, login: str, roles: str | None) -> None:
    with desk.write(OWNER) as transaction:
        transaction.conn.execute("UPDATE person SET roles = ? WHERE login = ?", (roles, login))
        transaction.record("updated", login, {})


def _as_account(monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    monkeypatch.setattr(sessions, "operating_system_login", lambda: login)


def test_a_personal_desk_belongs_to_its_owner(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        session = open_session(desk)
        assert (session.actor.login, session.actor.owns_desk, session.actor.clients) == (OWNER, True, None)
        assert session.recorded_by is None
        assert session.now == desk.clock()


def test_the_owner_acts_for_a_person_and_is_named_as_the_one_who_records(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        a_person(desk, "ann", "change_owner", "trainer", client="alder")
        session = as_person(desk, "ann")
        assert session.actor.roles == {"change_owner", "trainer"}
        assert session.actor.clients == {"alder"}
        assert not session.actor.owns_desk
        assert session.recorded_by == open_session(desk).actor.id


def test_nobody_acts_for_somebody_unknown(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk, pytest.raises(BadInput, match="nobody on this desk has the login eve"):
        open_session(desk, "eve")


def test_the_maker_of_a_shared_desk_is_its_first_administrator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_desk(tmp_path, "shared") as desk:
        _as_account(monkeypatch, OWNER)
        actor = open_session(desk).actor
        assert (actor.roles, actor.clients, actor.owns_desk) == ({"administrator"}, None, False)


def test_a_person_of_a_shared_desk_is_whoever_the_operating_system_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_desk(tmp_path, "shared") as desk:
        a_person(desk, "ann", client="alder")
        _as_account(monkeypatch, "ann")
        assert open_session(desk).actor.clients == {"alder"}


def test_the_maker_of_a_shared_desk_holds_the_roles_that_they_were_given_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_desk(tmp_path, "shared") as desk:
        a_person(desk, OWNER, "project_owner")
        _as_account(monkeypatch, OWNER)
        actor = open_session(desk).actor
        assert (actor.roles, actor.clients) == ({"administrator", "project_owner"}, None)


@pytest.mark.requirement("R95")
def test_a_role_counts_from_when_it_is_given_until_it_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_desk(tmp_path, "shared") as desk:
        a_person(desk, "ann", "auditor")
        _as_account(monkeypatch, "ann")
        session = open_session(desk)
        with pytest.raises(Denied, match="ann may not sign a gate"):
            authorise(session, "checkpoint.sign")
        _with_roles(desk, "ann", "change_owner")
        authorise(session, "checkpoint.sign")
        _with_roles(desk, "ann", None)
        with pytest.raises(Denied, match="ann may not sign a gate"):
            authorise(session, "checkpoint.sign")


def test_an_open_dashboard_follows_what_its_person_may_do_and_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_desk(tmp_path, "shared") as desk:
        a_person(desk, "ann")
        _as_account(monkeypatch, "ann")
        door = Door(open_session(desk))
        door.revision()
        _with_roles(desk, "ann", "change_owner")
        door.revision()
        assert door.session.actor.roles == {"change_owner"}
        with desk.write(OWNER) as transaction:
            transaction.conn.execute("DELETE FROM person WHERE login = 'ann'")
            transaction.record("undone", "person", {})
        door.revision()
        assert (door.session.actor.roles, door.session.actor.clients) == (frozenset(), frozenset())


@pytest.mark.requirement("R95")
def test_a_stranger_is_turned_away_from_a_shared_desk_and_that_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_desk(tmp_path, "shared") as desk:
        _as_account(monkeypatch, "mallory")
        for _ in range(2):
            with pytest.raises(Denied, match="mallory is not known to this desk"):
                open_session(desk)
        events = found(desk, "SELECT kind, actor, body FROM audit WHERE seq > 1")
        mention = found(desk, "SELECT id FROM mention WHERE name = 'mallory'")[0][0]
        assert events == [("denied", mention, '{"action":"desk.open"}')] * 2
        assert check.check(desk, None).problems == ()


@pytest.mark.requirement("R95")
def test_nobody_acts_for_another_on_a_shared_desk_not_even_its_administrator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_desk(tmp_path, "shared") as desk:
        a_person(desk, "ann")
        _as_account(monkeypatch, OWNER)
        with pytest.raises(Denied, match="--as works on a personal desk only"):
            open_session(desk, "ann")
        account = found(desk, "SELECT id FROM account")[0][0]
        assert found(desk, "SELECT actor, body FROM audit WHERE kind = 'denied'") == [
            (account, '{"action":"desk.act_for"}')
        ]


def test_the_account_comes_from_the_system_and_never_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody.else")
    assert operating_system_login() == pwd.getpwuid(os.getuid()).pw_name

    def unknown(_uid: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert operating_system_login() == f"uid-{os.getuid()}"


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Auckland", 27), ("Pacific/Honolulu", 26), (None, 26)],
)
def test_today_is_the_day_on_the_readers_wall(tmp_path: Path, zone: str | None, day: int) -> None:
    with a_desk(tmp_path) as desk:
        desk.clock = at(datetime(2026, 11, 26, 12, 30, tzinfo=UTC))
        assert open_session(desk, choices=lambda: chosen(zone, DEFAULT_THRESHOLDS)).today == date(2026, 11, day)
