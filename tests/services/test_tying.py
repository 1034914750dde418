"""People work is tied to the milestone that it prepares: nothing moves by that, and everything does with the milestone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from builders import a_desk, a_person, an_initiative, as_person, found, record, staffed
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services.initiative import plans
from changedesk.services.people import change_plan
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check

LIVE = date(2026, 12, 12)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as made:
        initiative = an_initiative().planned_for(LIVE).on(made)
        for lane, title, days, milestone in (
            ("delivery", "Switched on", 0, 1), ("delivery", "Built", -20, 0), ("people", "Managers briefed", -10, 0),
        ):  # fmt: skip
            end = (LIVE + timedelta(days=days)).isoformat()
            phase = "execution" if lane == "delivery" else "training"
            record(
                made, "activity", initiative_id=initiative, lane=lane, phase=phase, title=title, planned_end=end,
                milestone=milestone,
            )  # fmt: skip
        with made.write("the test") as transaction:
            transaction.touch(initiative)
            transaction.record("test.made", initiative, {})
        yield made


@pytest.fixture
def session(desk: Desk) -> Session:
    return open_session(desk)


def id_of(desk: Desk, title: str) -> str:
    return str(found(desk, "SELECT id FROM activity WHERE title = ?", title)[0][0])


def step(session: Session) -> tuple[str | None, int | None, date]:
    """The milestone of the briefing, how far from it, and when it ends."""
    page = change_plan.change_plan_page(session, found(session.desk, "SELECT id FROM initiative")[0][0])
    (one,) = [step for step in page.plan.steps if step.activity.title == "Managers briefed"]
    return one.milestone, one.offset, one.activity.planned_end


@pytest.mark.requirement("R62")
def test_tied_work_keeps_its_day_and_moves_with_its_milestone(desk: Desk, session: Session) -> None:
    plans.tie(session, "MFA", id_of(desk, "Managers briefed"), id_of(desk, "Switched on"))
    assert step(session) == ("Switched on", -10, LIVE - timedelta(days=10))
    plans.move(session, "MFA", id_of(desk, "Switched on"), LIVE + timedelta(days=7))
    assert step(session) == ("Switched on", -10, LIVE - timedelta(days=3))
    assert found(desk, "SELECT count(*) FROM audit WHERE kind = 'plan.tied'") == [(1,)]
    assert check.check(desk, None).problems == ()


def test_tied_to_none_it_stays(desk: Desk, session: Session) -> None:
    plans.tie(session, "MFA", id_of(desk, "Managers briefed"), id_of(desk, "Switched on"))
    plans.tie(session, "MFA", id_of(desk, "Managers briefed"), None)
    plans.move(session, "MFA", id_of(desk, "Switched on"), LIVE + timedelta(days=7))
    assert step(session) == (None, None, LIVE - timedelta(days=10))


def test_what_cannot_be_tied_says_why(desk: Desk, session: Session) -> None:
    briefed, built, live = (id_of(desk, title) for title in ("Managers briefed", "Built", "Switched on"))
    for activity, milestone, said in (
        (built, live, "only people work is tied here"),
        (briefed, built, "Built is no milestone"),
    ):
        with pytest.raises(RuleRefused, match=said):
            plans.tie(session, "MFA", activity, milestone)
    with pytest.raises(BadInput, match="no longer there"):
        plans.tie(session, "MFA", briefed, "nothing")


def test_only_who_may_move_a_plan_ties_it(desk: Desk) -> None:
    a_person(desk, "aud", "auditor", client="alder")
    with pytest.raises(Denied):
        plans.tie(as_person(desk, "aud"), "MFA", id_of(desk, "Managers briefed"), id_of(desk, "Switched on"))
