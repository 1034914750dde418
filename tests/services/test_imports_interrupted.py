"""Imports that are stopped half-way: repeated or resumed, they end as one clean import does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from import_desks import PORTFOLIO, a_desk, everything, leftovers, take

from changedesk.errors import BadInput, DeskUnusable
from changedesk.interchange.rows import RowChecker
from changedesk.services.imports.importing import import_file
from changedesk.services.session import Session

MANY = "initiative,audience,metric,date,numerator,denominator\n" + "".join(
    f"MFA,nurses,use{n},2026-11-0{1 + n % 9},{n % 100},100\n" for n in range(500)
)


class Stopped(Exception):
    """Somebody pressed Ctrl+C."""


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("changedesk.store.imports.staging.BATCH", 50)


def _interrupt(session: Session, after: int = 4) -> None:
    calls = iter(range(after))

    def progress(_done: int, _total: int) -> None:
        if next(calls, None) is None:
            raise Stopped

    with pytest.raises(Stopped):
        take(session, "observations", MANY, progress=progress)


@pytest.fixture
def clean(tmp_path: Path) -> dict[str, bytes]:
    """What one clean import makes."""
    with a_desk(tmp_path / "clean" / "desk.db", PORTFOLIO) as session:
        take(session, "observations", MANY)
        return everything(session)


@pytest.mark.fault("F15")
def test_an_interrupted_import_changes_nothing_and_goes_on_where_it_stopped(
    tmp_path: Path, clean: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        before = everything(session)
        _interrupt(session)
        assert everything(session) == before
        (stage,) = leftovers(session)
        assert (tmp_path / stage).stat().st_mode & 0o777 == 0o600
        seen = []
        check = RowChecker.check

        def counting(checker: RowChecker, records: object) -> object:
            for row in check(checker, records):  # type: ignore[arg-type]
                seen.append(row.number)
                yield row

        monkeypatch.setattr(RowChecker, "check", counting)
        report = take(session, "observations", MANY)
        assert (report.read, report.added) == (500, 500)
        assert len(seen) == 250
        assert everything(session) == clean
        assert leftovers(session) == []


def test_problems_found_before_the_interruption_are_still_told(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        bad = MANY.replace("use3,2026-11-04,3,", "use3,2026-11-04,3000,")
        with pytest.raises(Stopped):
            take(session, "observations", bad, progress=lambda *_: (_ for _ in ()).throw(Stopped()))
        report = take(session, "observations", bad)
        assert [(p.row, p.column) for p in report.problems] == [(5, "numerator")]
        assert (report.read, report.refused, report.added) == (500, 1, 0)


@pytest.mark.parametrize(
    "damage", [b"", b"rubbish", b"SQLite format 3\0" + b"\0" * 5000], ids=["empty", "rubbish", "zeros"]
)
def test_a_damaged_stage_is_thrown_away(tmp_path: Path, clean: dict[str, bytes], damage: bytes) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        _interrupt(session)
        (stage,) = leftovers(session)
        (tmp_path / stage).write_bytes(damage)
        assert take(session, "observations", MANY).added == 500
        assert everything(session) == clean


def test_a_stage_with_holes_in_it_is_thrown_away(tmp_path: Path, clean: dict[str, bytes]) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        _interrupt(session)
        (stage,) = leftovers(session)
        content = bytearray((tmp_path / stage).read_bytes())
        content[8192:12288] = b"\xff" * 4096
        (tmp_path / stage).write_bytes(content)
        assert take(session, "observations", MANY).added == 500
        assert everything(session) == clean


def test_another_file_does_not_go_on_with_the_stage_of_this_one(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        _interrupt(session)
        assert take(session, "observations", MANY + "MFA,nurses,more,2026-11-01,1,100\n").added == 501
        assert len(leftovers(session)) == 1


def test_two_imports_of_one_file_do_not_mix(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        file = tmp_path / "same.csv"
        file.write_text(MANY)

        def second(_done: int, _total: int) -> None:
            with pytest.raises(DeskUnusable, match="is importing this file"):
                import_file(session, file, "observations")

        assert import_file(session, file, "observations", progress=second).added == 500


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        before = everything(session)
        file = tmp_path / "growing.csv"
        file.write_text(MANY * 40)

        def grow(_done: int, _total: int) -> None:
            with file.open("a") as more:
                more.write("MFA,nurses,late,2026-11-01,1,100\n")

        with pytest.raises(BadInput, match="changed while it was read"):
            import_file(session, file, "observations", progress=grow)
        assert everything(session) == before


def test_stages_that_nobody_came_back_to_are_removed_after_a_week(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        _interrupt(session)
        (stage,) = leftovers(session)
        take(session, "clients", PORTFOLIO["clients"])
        assert leftovers(session) == [stage]
        os.utime(tmp_path / stage, (0, 0))
        take(session, "clients", PORTFOLIO["clients"])
        assert leftovers(session) == []


def test_a_link_in_place_of_the_stage_is_refused(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        _interrupt(session)
        (stage,) = leftovers(session)
        (tmp_path / stage).unlink()
        (tmp_path / "precious").write_text("keep me")
        (tmp_path / stage).symlink_to(tmp_path / "precious")
        with pytest.raises(DeskUnusable, match="cannot be staged"):
            take(session, "observations", MANY)
        assert (tmp_path / "precious").read_text() == "keep me"
