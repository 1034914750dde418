"""Desks as a whole: where they lie, whose clock they have, proving, keeping and putting back."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import (
    OWNER,
    a_client,
    a_desk,
    a_person,
    an_initiative,
    as_person,
    at,
    files_beside,
    found,
    free_hand,
    stranger,
)
from changedesk.errors import BadInput, Denied, DeskUnusable
from changedesk.services import checkpoints, desks, opening
from changedesk.services import session as sessions
from changedesk.services.session import Session, open_session
from changedesk.store.desk import database
from changedesk.store.desk.database import Desk


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path) as desk:
        an_initiative().on(desk)
        yield open_session(desk)


def test_a_desk_lies_where_the_environment_says_or_in_the_users_own_folder(tmp_path: Path) -> None:
    assert opening.default_path({"CHANGEDESK_DB": str(tmp_path / "x.db")}) == tmp_path / "x.db"
    assert opening.default_path({}).parts[-2:] == ("changedesk", "desk.db")
    assert opening.default_path({"CHANGEDESK_DB": ""}).parts[-2:] == ("changedesk", "desk.db")


@pytest.mark.parametrize(
    "text", ["2026-11-26T14:02:00Z", "2026-11-26T15:02:00+01:00", "2026-11-26T14:02:00", "2026-11-26 14:02"]
)
def test_a_set_clock_stands_still_in_utc_unless_it_names_a_zone(text: str) -> None:
    clock = opening.fixed_clock({"CHANGEDESK_NOW": text})
    assert clock is not None
    assert clock() == datetime(2026, 11, 26, 14, 2, tzinfo=UTC)
    assert opening.fixed_clock({}) is None


def test_a_clock_that_is_no_time_is_refused() -> None:
    with pytest.raises(BadInput, match="CHANGEDESK_NOW is 'noon', which is no ISO 8601 time"):
        opening.fixed_clock({"CHANGEDESK_NOW": "noon"})


@pytest.mark.fault("F13")
@pytest.mark.parametrize("year", ["0001", "1969", "2200", "9999"])
def test_a_clock_of_a_year_that_no_record_can_be_of_is_refused(year: str) -> None:
    with pytest.raises(BadInput, match="clocks go from 1970 to 2199"):
        opening.fixed_clock({"CHANGEDESK_NOW": f"{year}-12-30T00:00:00Z"})


def test_only_a_demo_desk_takes_a_set_clock(tmp_path: Path) -> None:
    now = {"CHANGEDESK_NOW": "2020-01-01"}
    a_desk(tmp_path).close()
    a_desk(tmp_path, name="demo.db", demo=True).close()
    with pytest.raises(BadInput, match="sets the clock of demo desks only"):
        opening.open_desk(tmp_path / "desk.db", now)
    with opening.open_desk(tmp_path / "demo.db", now) as desk:
        assert desk.clock().year == 2020
    with opening.open_desk(tmp_path / "desk.db", {}) as desk:
        assert desk.clock is database.system_clock


def test_a_checkpoint_is_a_file_that_a_later_proof_can_be_held_against(session: Session) -> None:
    kept = session.desk.path.with_name("end.json")
    checkpoints.write_checkpoint(session, kept)
    assert set(json.loads(kept.read_text())) == {"desk", "seq", "hash", "at"}
    a_client(session.desk, "later")
    assert desks.verify(session, kept).ok
    with pytest.raises(BadInput, match="exists already"):
        checkpoints.write_checkpoint(session, kept)
    conn = free_hand(session.desk.path)
    conn.execute("DELETE FROM audit WHERE seq >= ?", (json.loads(kept.read_text())["seq"],))
    conn.close()
    assert "the end of the chain was cut off" in desks.verify(session, kept).problems[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"7", b"\xff", b"[" * 100_000, b'{"desk":"x","seq":99999999999999999999,"hash":"","at":""}',
     b'{"desk":"x","seq":-1,"hash":"","at":""}', b'{"desk":"x","seq":Infinity,"hash":"","at":""}',
     b'{"desk":"x","seq":[],"hash":"","at":""}'],
)  # fmt: skip
def test_a_checkpoint_that_is_none_is_refused(session: Session, content: bytes) -> None:
    kept = session.desk.path.with_name("end.json")
    kept.write_bytes(content)
    with pytest.raises(BadInput, match="is no checkpoint of a desk"):
        desks.verify(session, kept)
    with pytest.raises(BadInput, match="cannot be read"):
        desks.verify(session, kept.with_name("absent"))


def test_a_backup_is_a_desk_of_its_own(session: Session) -> None:
    copy = session.desk.path.with_name("copy.db")
    desks.back_up(session, copy)
    with Desk(copy, at()) as desk:
        assert desk.facts == session.desk.facts
        assert desks.verify(open_session(desk)).ok
    for target, said in (
        ("copy.db", "exists already"),
        ("none/copy.db", "there is no folder"),
        ("desk.db", "exists already"),
    ):
        with pytest.raises(BadInput, match=said):
            desks.back_up(session, session.desk.path.parent / target)


def test_restoring_puts_the_backup_in_place_and_keeps_what_was_there(session: Session, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    desks.back_up(session, copy)
    a_client(session.desk, "later")
    session.desk.close()
    before = copy.read_bytes()
    kept = desks.restore(session.desk.path, copy).kept
    assert kept is not None
    with Desk(session.desk.path, at()) as desk:
        assert [code for (code,) in found(desk, "SELECT code FROM client")] == ["alder"]
        assert found(desk, "SELECT kind FROM audit ORDER BY seq DESC LIMIT 1") == [("desk.restored",)]
        assert desks.verify(open_session(desk)).ok
    with Desk(kept, at()) as desk:
        assert {code for (code,) in found(desk, "SELECT code FROM client")} == {"alder", "later"}
    assert copy.read_bytes() == before


def test_restoring_works_while_others_have_the_desk_open(session: Session, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    desks.back_up(session, copy)
    a_client(session.desk, "later")
    revision = session.desk.data_version()
    desks.restore(session.desk.path, copy)
    assert session.desk.data_version() != revision
    assert found(session.desk, "SELECT code FROM client") == [("alder",)]
    a_client(session.desk, "afterwards")
    assert desks.verify(session).ok


def test_restoring_makes_a_desk_where_there_was_none(session: Session, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    desks.back_up(session, copy)
    assert desks.restore(tmp_path / "new" / "desk.db", copy).kept is None
    with Desk(tmp_path / "new" / "desk.db", at()) as desk:
        assert desks.verify(open_session(desk)).ok


@pytest.mark.parametrize("damage", [b"", b"rubbish"])
def test_restoring_over_a_damaged_desk_keeps_its_bytes(session: Session, tmp_path: Path, damage: bytes) -> None:
    copy = tmp_path / "copy.db"
    desks.back_up(session, copy)
    session.desk.close()
    session.desk.path.write_bytes(damage)
    kept = desks.restore(session.desk.path, copy).kept
    assert kept is not None
    assert kept.read_bytes() == damage
    with Desk(session.desk.path, at()) as desk:
        assert desks.verify(open_session(desk)).ok


def test_a_checkpoint_is_read_in_bounds(session: Session, tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(b" " * 1_000_001)
    for file, said in ((large, "is larger than 1,000,000 bytes"), (tmp_path, "is no file")):
        with pytest.raises(BadInput, match=said):
            desks.verify(session, file)


def test_two_restores_in_one_second_keep_both_desks_that_were_there(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    desks.back_up(session, copy)
    session.desk.close()
    monkeypatch.setattr(desks, "_stamp", lambda: "20261126T140200Z")
    kept = []
    for damage in (b"rubbish", b"other rubbish"):
        session.desk.path.write_bytes(damage)
        kept.append(desks.restore(session.desk.path, copy).kept)
    assert [one and one.read_bytes() for one in kept] == [b"rubbish", b"other rubbish"]
    aside = [name for name in files_beside(session.desk.path) if ".checkpoint.before-restore" in name]
    assert len(aside) == 1, "the first restore found no end that was kept, the second the one of the first"


def test_a_backup_that_does_not_prove_itself_is_not_put_in_place(session: Session, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    desks.back_up(session, copy)
    conn = free_hand(copy)
    conn.execute("UPDATE audit SET actor = 'somebody' WHERE seq = 1")
    conn.close()
    before = files_beside(copy)
    with pytest.raises(BadInput, match=r"does not verify .*; nothing was changed"):
        desks.restore(session.desk.path, copy)
    assert files_beside(copy) == before


def test_restoring_waits_for_nobody_for_ever(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy.db"
    desks.back_up(session, copy)
    monkeypatch.setattr(database, "BUSY_MS", 50)
    busy = stranger(session.desk.path)
    busy.execute("BEGIN IMMEDIATE")
    with pytest.raises(DeskUnusable, match="in use"):
        desks.restore(session.desk.path, copy)
    busy.close()
    assert desks.verify(session).ok


def test_a_stranger_puts_no_shared_desk_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_desk(tmp_path, "shared") as desk:
        desk.backup_to(tmp_path / "copy.db")
        monkeypatch.setattr(sessions, "operating_system_login", lambda: "mallory")
        for target in (tmp_path / "new.db", desk.path):
            with pytest.raises(Denied, match="mallory is not known"):
                desks.restore(target, tmp_path / "copy.db")
    assert not (tmp_path / "new.db").exists()
    monkeypatch.setattr(sessions, "operating_system_login", lambda: OWNER)
    desks.restore(tmp_path / "new.db", tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o660


def test_only_an_administrator_replaces_a_shared_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_desk(tmp_path, "shared") as desk:
        a_person(desk, "ann", "change_manager", "auditor")
        desk.backup_to(tmp_path / "copy.db")
        monkeypatch.setattr(sessions, "operating_system_login", lambda: "ann")
        with pytest.raises(Denied, match="restore this desk: that takes the role administrator"):
            desks.restore(desk.path, tmp_path / "copy.db")
        assert found(desk, "SELECT kind FROM audit ORDER BY seq DESC LIMIT 1") == [("denied",)]


def test_the_doctor_says_what_is_not_well(session: Session, tmp_path: Path) -> None:
    assert all(finding.well for finding in desks.doctor(session))
    session.desk.path.chmod(0o644)
    (tmp_path / "desk.db.stage-clients-x").write_text("")
    findings = {finding.what: finding for finding in desks.doctor(session)}
    assert {what for what, finding in findings.items() if not finding.well} == {"rights", "imports"}
    assert findings["rights"].said.startswith("644: others can read it; chmod 600 ")


def test_a_shared_desk_says_what_keeps_other_accounts_from_opening_it(tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    folder.mkdir(mode=0o770)
    told = desks.new_desk(folder / "desk.db", "shared")
    assert told is not None
    assert told.endswith(f"chgrp GROUP {folder} {folder / 'desk.db'}, then chmod 2770 {folder}")
    with Desk(folder / "desk.db") as desk:
        (group,) = [one for one in desks.doctor(open_session(desk)) if one.what == "group"]
        assert (group.well, group.said) == (False, told)
        folder.chmod(0o2770)
        (group,) = [one for one in desks.doctor(open_session(desk)) if one.what == "group"]
        assert group.well
    assert desks.new_desk(tmp_path / "new" / "desk.db", "shared") is None


def test_a_person_acted_for_may_not_copy_the_desk(session: Session, tmp_path: Path) -> None:
    a_person(session.desk, "ann", "project_owner")
    with pytest.raises(Denied):
        desks.back_up(as_person(session.desk, "ann"), tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
