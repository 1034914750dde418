"""Killed at any step, a command has happened wholly or not at all, and what it confirmed is there (F1, F2, F12)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import FULL, a_client, a_desk, a_person, an_initiative, at, found, stranger
from changedesk.cli.main import run
from changedesk.store.desk import creating, database, migrate
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from changedesk.store.trail import sealing

Counted = Callable[[str, object], None]
POINTS = 100_000 if FULL else 5
"""At how many steps each command is killed; `make faults` tries every one."""

CHANGE = (
    "change new --client alder --title Relay --path normal --start 2099-12-02T09:00Z --end 2099-12-02T10:00Z "
    "--service mail --plan swap --test tried --backout back --backout-minutes 5"
)
WRITES = {
    "observe": "observe MFA --audience all --metric utilization --date 2026-11-20 --value 7/200",
    "sign": "--as pat sign MFA --checkpoint initiation --lane delivery --waiver tried",
    "change": CHANGE,
    "import": "import {place}/../../seen.csv --kind observations",
    "new": "new --playbook server-upgrade --client alder --go-live 2099-03-01 --code SRV",
}
FILES = {
    "checkpoint": "checkpoint {place}/end.json",
    "backup": "backup {place}/copy.db",
    "export": "export --kind observations --format csv {place}/out.csv",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A desk with an initiative, and a file to import."""
    rows = "".join(f"MFA,all,use{n},2026-11-0{1 + n % 9},{n % 100},100\n" for n in range(60))
    (tmp_path / "seen.csv").write_text(f"initiative,audience,metric,date,numerator,denominator\n{rows}")
    with a_desk(tmp_path, name="base.db") as desk:
        an_initiative().with_audience("all", 200).on(desk)
        a_person(desk, "pat", "project_owner", client="alder")
    return tmp_path / "base.db"


def _stopped(base: Path, words: str) -> list[tuple[Path, int]]:
    """Where each run took place and how it ended, the whole one first."""
    folder = base.parent / "runs"
    folder.mkdir()
    spec = folder / "spec.json"
    spec.write_text(json.dumps({"desk": str(base), "folder": str(folder), "points": POINTS, "words": words.split()}))
    stopper = Path(__file__).with_name("stopper.py")
    said = subprocess.run([sys.executable, stopper, spec], capture_output=True, text=True, check=True).stdout
    runs = [json.loads(line) for line in said.splitlines()]
    assert runs[0]["status"] == 0, (folder / "whole" / "said.txt").read_text()
    assert len(runs) > min(POINTS, 4)
    return [(folder / one["place"], one["status"]) for one in runs]


def holds(path: Path) -> tuple[int, int]:
    """How many events and changes a sound desk holds."""
    with Desk(path, at()) as desk:
        assert check.check(desk, None).problems == ()
        return found(desk, "SELECT count(*) FROM audit")[0][0], found(desk, "SELECT count(*) FROM change_log")[0][0]


@pytest.mark.fault("F1", "F2", "F15")
@pytest.mark.parametrize("words", WRITES.values(), ids=WRITES)
def test_a_write_that_is_killed_has_happened_wholly_or_not_at_all(
    base: Path, words: str, record_property: Counted
) -> None:
    before = holds(base)
    (whole, _), *stopped = _stopped(base, words)
    record_property("runs", len(stopped))
    after = holds(whole / "desk.db")
    assert after > before
    for place, status in stopped:
        assert status == -9
        assert holds(place / "desk.db") in (before, after), place.name
        confirmed = (place / "said.txt").read_text()
        assert not confirmed or holds(place / "desk.db") == after, place.name


@pytest.mark.fault("F2")
@pytest.mark.parametrize("words", FILES.values(), ids=FILES)
def test_a_file_whose_writing_is_killed_is_whole_or_not_there(base: Path, words: str, record_property: Counted) -> None:
    before = holds(base)
    name = words.split("/")[-1]
    (whole, _), *stopped = _stopped(base, words)
    record_property("runs", len(stopped))
    for place, _status in stopped:
        written = place / name
        if written.exists():
            same = name == "copy.db" or written.read_bytes() == (whole / name).read_bytes()
            assert same, place.name
            assert name != "copy.db" or holds(written) == before
        assert holds(place / "desk.db")[1] == before[1]


@pytest.mark.fault("F2", "F12")
@pytest.mark.parametrize("older", [2, migrate.SEALS_SINCE - 1, migrate.SCHEMA - 1])
def test_a_desk_whose_upgrade_is_killed_is_old_or_new_and_never_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Counted, older: int
) -> None:
    base = tmp_path / "base.db"
    with monkeypatch.context() as earlier:
        for module in (migrate, database, creating):
            earlier.setattr(module, "SCHEMA", older, raising=False)
        earlier.setattr(migrate, "_STEPS", migrate._STEPS[:older])
        if older < migrate.SEALS_SINCE:
            earlier.setattr(sealing, "seal", lambda _conn, _after: {})
        creating.create_desk(base, kind="personal", demo=False, owner="desk.owner", clock=at())
        if older > 2:
            with Desk(base, at()) as desk:
                an_initiative().on(desk)
            with stranger(base) as conn:
                conn.execute("UPDATE standing SET body = '[]'")
                conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            conn.close()
    (_, _), *stopped = _stopped(base, "status")
    record_property("runs", len(stopped))
    for place, _status in stopped:
        assert run(["status", "--db", str(place / "desk.db")]) == 0, place.name
        holds(place / "desk.db")
        with Desk(place / "desk.db", at()) as desk:
            assert check.stale_summaries(desk) == [], place.name
            assert found(desk, "SELECT count(*) FROM audit WHERE kind = 'desk.migrated'") == [(1,)], place.name
            a_client(desk)
