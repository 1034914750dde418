"""The stage beside a desk: kept, locked, resumed and removed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from changedesk.domain.kinds.initiative import CLIENTS, INITIATIVES, OBSERVATIONS, TARGETS
from changedesk.errors import DeskUnusable, Problem
from changedesk.store.desk.creating import create_desk
from changedesk.store.imports import stage_sql
from changedesk.store.imports.stage_files import remove_stale
from changedesk.store.imports.staging import Stage

NOW = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)
DIGEST = "ab" * 32
COLUMNS = CLIENTS.columns[:2]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk [1].db"
    create_desk(path, kind="personal", demo=False, owner="owner", clock=lambda: NOW)
    return path


def _stage(desk: Path) -> Stage:
    return Stage(desk, CLIENTS, COLUMNS, DIGEST)


def test_a_stage_has_the_kind_and_the_digest_in_its_name_and_is_for_its_user_alone(desk: Path) -> None:
    stage = _stage(desk)
    assert stage.path.name == "desk [1].db.stage-clients-abababababababab"
    assert stage.path.stat().st_mode & 0o777 == 0o600
    stage.discard()
    assert not stage.path.exists()


def test_a_closed_stage_knows_how_far_it_was(desk: Path) -> None:
    stage = _stage(desk)
    assert (stage.through, stage.read) == (1, 0)
    stage.add(4, 3, [(2, "larch", None), (4, "elm", "Elm")], [Problem(3, "client", "is missing")], [])
    stage.close()
    again = _stage(desk)
    assert (again.through, again.read) == (4, 3)
    outcome = again.resolve(None, administers=True, skip_refused=True)
    assert (outcome.read, outcome.refused, outcome.added) == (3, 1, 2)
    assert again.problems(10) == ((Problem(3, "client", "is missing"),), 1)
    again.discard()


def test_a_stage_of_other_columns_is_begun_anew(desk: Path) -> None:
    stage = _stage(desk)
    stage.add(2, 1, [(2, "larch", None)], [], [])
    stage.close()
    other = Stage(desk, CLIENTS, CLIENTS.columns[:1], DIGEST)
    assert (other.through, other.read) == (1, 0)
    other.discard()


def test_a_stage_in_use_is_refused_to_others_and_not_removed(desk: Path) -> None:
    stage = _stage(desk)
    with pytest.raises(DeskUnusable, match="another program is importing"):
        _stage(desk)
    remove_stale(desk)
    assert stage.path.exists()
    stage.discard()


def test_nothing_counts_while_a_row_is_refused(desk: Path) -> None:
    stage = _stage(desk)
    stage.add(3, 2, [(2, "larch", None)], [Problem(3, "client", "is missing")], [])
    outcome = stage.resolve(None, administers=True, skip_refused=False)
    assert (outcome.refused, outcome.added, outcome.unchanged) == (1, 0, 0)
    stage.discard()


def test_resolving_twice_says_the_same(desk: Path) -> None:
    stage = Stage(desk, INITIATIVES, INITIATIVES.columns[:3], DIGEST)
    stage.add(2, 1, [(2, "MFA", "MFA", "alder")], [], [])
    first = stage.resolve(("birch",), administers=True, skip_refused=False)
    assert first == stage.resolve(("birch",), administers=True, skip_refused=False)
    assert (first.denied, first.refused) == (1, 1)
    assert stage.problems(10)[1] == 1
    stage.discard()


def test_a_record_is_meant_by_its_key_alone() -> None:
    assert stage_sql.is_meant(OBSERVATIONS, stage_sql.JOINED) == (
        't."audience_id" = p.id AND t."metric" = s."metric" AND t."day" = s."date" AND t."method" = s."method"'
    )
    assert 't."audience_id" IS p.id' in stage_sql.is_meant(TARGETS, stage_sql.JOINED)
