"""An initiative that was just made is taken back with all that was made with it, as long as nobody has built on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import TODAY, a_client, a_desk, an_initiative, as_person, found, record, staffed
from changedesk.errors import RuleRefused
from changedesk.services import desks
from changedesk.services.initiative.cloning import clone
from changedesk.services.initiative.playbooks import new_from_playbook, playbooks
from changedesk.services.records import records, undoing
from changedesk.services.service import improving
from changedesk.services.session import Session, open_session
from changedesk.services.trail import trail
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from running_desk import a_service, an_improvement

GO_LIVE = TODAY + timedelta(days=125)
TELLING = ("audit", "change_log", "row_seal", "mention", "sqlite_sequence")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().named("OLD").with_work("people", "training", "Train", TODAY).on(desk)
        a_client(desk, "birch")
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return open_session(desk)


def held(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those that tell what happened."""
    tables = [name for (name,) in found(desk, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    return {name: found(desk, f"SELECT * FROM {name} ORDER BY 1") for name in tables if name not in TELLING}


def last(session: Session) -> undoing.LastChange:
    return undoing.last_change(session)


def test_every_playbook_is_taken_back_to_the_last_row(desk: Desk, owner: Session) -> None:
    before = held(desk)
    for playbook in playbooks(owner):
        made = new_from_playbook(owner, playbook.name, "alder", GO_LIVE)
        events = found(desk, "SELECT count(*) FROM audit")[0][0]
        change = last(owner)
        assert change.removes
        assert change.sentence.startswith(f"initiative {made.code} made, with {playbook.activities} activities and ")
        assert undoing.undo(owner, change.seq) == f"taken back: {change.sentence}"
        assert held(desk) == before
        told = found(desk, "SELECT kind, subject, body FROM audit WHERE seq > ?", events)
        assert [(kind, subject) for kind, subject, _ in told] == [("initiative.undone", made.initiative_id)]
        assert json.loads(told[0][2])["undoes"] == change.seq
    assert check.check(desk, None).problems == ()
    assert check.stale_summaries(desk) == []
    with pytest.raises(RuleRefused, match="nothing yet that could be taken back"):
        last(owner)


def test_its_code_is_free_again_and_the_trail_still_names_it(desk: Desk, owner: Session) -> None:
    new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    undoing.undo(owner, last(owner).seq)
    undone, made = trail(owner).rows[:2]
    assert (undone.what, undone.subject, made.what, made.subject) == (
        "initiative undone", "MFA", "initiative created", "MFA",
    )  # fmt: skip
    assert new_from_playbook(owner, "mfa", "alder", GO_LIVE).code == "MFA"


def test_clones_are_taken_back_one_by_one_and_the_first_stays(desk: Desk, owner: Session) -> None:
    before = held(desk)
    codes = [copy.code for copy in clone(owner, "OLD", ["birch", "alder"])]
    for code in reversed(codes):
        assert last(owner).sentence == f"initiative {code} made, with 1 activity"
        undoing.undo(owner, last(owner).seq)
    assert held(desk) == before


def _counted(desk: Desk, owner: Session, initiative: str) -> None:
    group = found(desk, "SELECT id FROM audience WHERE initiative_id = ? ORDER BY id", initiative)[0][0]
    record(desk, "observation", audience_id=group, metric="use", method="observed", day="2026-11-20",
           numerator=1, denominator=2)  # fmt: skip


def _asked_for(desk: Desk, owner: Session, initiative: str) -> None:
    record(desk, "decision", initiative_id=initiative, title="Go", touches_timing=1, touches_adoption=1)


def _moved(desk: Desk, owner: Session, initiative: str) -> None:
    with desk.write("somebody") as transaction:
        transaction.conn.execute("UPDATE activity SET weight = 2 WHERE initiative_id = ?", (initiative,))
        transaction.touch(initiative)
        transaction.record("test.moved", initiative, {})


@pytest.mark.parametrize(
    ("built", "said"),
    [
        (_counted, "1 observation depends on it"),
        (_asked_for, "1 decision depends on it"),
        (_moved, "rows changed since"),
    ],
)
def test_what_somebody_has_built_on_stays_with_the_reason(desk: Desk, owner: Session, built: Any, said: str) -> None:
    made = new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    change = last(owner)
    built(desk, owner, made.initiative_id)
    before = held(desk)
    with pytest.raises(RuleRefused, match=f"the initiative MFA that you made cannot be taken back: .*{said}"):
        last(owner)
    with pytest.raises(RuleRefused, match=f"MFA cannot be taken back: .*{said}"):
        undoing.undo(owner, change.seq)
    assert held(desk) == before


def test_what_was_changed_in_it_and_taken_back_is_no_obstacle(desk: Desk, owner: Session) -> None:
    before = held(desk)
    made = new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    head = records.fetch(owner, "initiatives", made.initiative_id)
    records.save(owner, "initiatives", head, head.values | {"title": "Another"})
    blank = records.blank(owner, "risks", made.code)
    records.save(owner, "risks", blank, blank.values | {"title": "Late vendor", "kind": "delivery"})
    for said in ("risk Late vendor made", "title of initiative MFA changed", "initiative MFA made"):
        assert last(owner).sentence.startswith(said)
        undoing.undo(owner, last(owner).seq)
    assert held(desk) == before


def test_one_that_an_improvement_became_stays(desk: Desk, owner: Session) -> None:
    improvement = an_improvement(desk, a_service(desk))
    improving.approve(owner, improvement)
    improving.initiate(owner, improvement, playbook="server-upgrade", go_live=GO_LIVE)
    with pytest.raises(RuleRefused, match="cannot be taken back: 1 improvement depends on it"):
        last(owner)


def test_nobody_takes_back_what_another_one_made(desk: Desk, owner: Session) -> None:
    new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    pat = as_person(desk, "pat")
    with pytest.raises(RuleRefused, match="you have changed nothing yet"):
        last(pat)
    with pytest.raises(RuleRefused):
        undoing.undo(pat, last(owner).seq)
    assert desks.verify(owner).ok


def test_one_made_before_this_was_kept_says_so(desk: Desk, owner: Session) -> None:
    new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    with desk.write(owner.actor.id) as transaction:
        body = {"code": "OLD", "client": "x", "activities": 1, "audiences": 0}
        transaction.record("initiative.created", "x", body)
    with pytest.raises(RuleRefused, match="that you made cannot be taken back: it was made by an earlier version"):
        last(owner)
