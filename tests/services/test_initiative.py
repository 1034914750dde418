"""One initiative with its lanes side by side, and the two questions answered apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import TODAY, a_desk, an_initiative, found, record, staffed
from changedesk.errors import BadInput
from changedesk.services.adoption.page import adoption_page
from changedesk.services.initiative.facts import FactColumn
from changedesk.services.initiative.lists import activity_rows, audience_rows, observation_source
from changedesk.services.initiative.page import InitiativeView, initiative
from changedesk.services.records.observing import observe
from changedesk.services.session import Session, open_session
from changedesk.store.initiative import working


def _days(number: int) -> timedelta:
    return timedelta(days=number)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with staffed(a_desk(tmp_path)) as desk:
        yield open_session(desk)


def _seen(session: Session, code: str = "MFA") -> InitiativeView:
    return initiative(session, code)


def _columns(view: InitiativeView) -> tuple[FactColumn, FactColumn]:
    return view.columns


def test_both_lanes_stand_side_by_side_and_service_only_where_it_is_planned(session: Session) -> None:
    an_initiative().with_work("delivery", "planning", "Plan", TODAY).on(session.desk)
    assert [lane.lane for lane in _seen(session).lanes] == ["delivery", "people"]
    an_initiative().named("RUN").with_work("service", "operation", "Run", TODAY).on(session.desk)
    assert [lane.lane for lane in _seen(session, "RUN").lanes] == ["delivery", "people", "service"]


def test_what_is_not_planned_is_unknown_and_never_nought(session: Session) -> None:
    an_initiative().on(session.desk)
    view = _seen(session)
    assert [(lane.progress, lane.days_behind, lane.phases) for lane in view.lanes] == [(None, None, ())] * 2
    assert view.lag is None
    assert view.lag_sentence == "lag unknown: no delivery and no people plan"
    delivery, people = _columns(view)
    assert (delivery.answer, people.answer) == ("unknown", "not yet")
    assert not any(fact.value in ("0", "0 %") for fact in (*delivery.facts, *people.facts))


def test_a_phase_with_something_overdue_is_late(session: Session) -> None:
    an_initiative().with_work("delivery", "planning", "Plan", TODAY - _days(1)).with_work(
        "delivery", "execution", "Build", TODAY
    ).on(session.desk)
    assert {phase.name: phase.late for phase in _seen(session).lanes[0].phases} == {
        "planning": True,
        "execution": False,
    }


def test_what_is_cancelled_is_late_with_nothing_and_its_figures_stay(session: Session) -> None:
    one = (
        an_initiative()
        .with_work("delivery", "initiation", "Charter", TODAY - _days(61), TODAY - _days(61))
        .with_work("delivery", "planning", "Plan", TODAY - _days(30))
        .with_work("people", "impact", "Ask", TODAY - _days(50))
    )
    one.on(session.desk)
    one.named("GONE").in_state("cancelled").on(session.desk)
    running, gone = _seen(session), _seen(session, "GONE")
    assert any(phase.late for lane in running.lanes for phase in lane.phases)
    assert not any(phase.late for lane in gone.lanes for phase in lane.phases)
    assert any("was due" in lane.note for lane in running.lanes)
    assert not any("was due" in lane.note for lane in gone.lanes)
    assert "late" in {side.state for gate in running.gates for side in (gate.delivery, gate.people)}
    assert {side.state for gate in gone.gates for side in (gate.delivery, gate.people)} == {"not_due"}
    assert {fact.level for column in running.columns for fact in column.facts} > {""}
    assert {fact.level for column in gone.columns for fact in column.facts} == {""}
    assert (gone.lag, gone.lag_sentence) == (None, "cancelled")
    assert running.lanes[0].days_behind == 30
    assert {lane.days_behind for lane in gone.lanes} == {None}
    assert "30 days behind" in {fact.value for column in running.columns for fact in column.facts}
    assert not any("behind" in f"{fact.value} {fact.note}" for column in gone.columns for fact in column.facts)
    assert [column.answer for column in gone.columns] == ["cancelled", "cancelled"]
    assert {answer.word for answer in gone.measures.answers} == {"cancelled"}
    assert running.measures.constraints
    assert gone.measures.constraints == ()
    assert {light.level for light in (gone.lights.change, gone.lights.business)} == {"unknown"}
    assert {row.level for row in activity_rows(session, "MFA")} == {"done", "late"}
    assert {row.level for row in activity_rows(session, "GONE")} == {"done", "cancelled"}


@pytest.mark.requirement("R56")
@pytest.mark.requirement("R59")
@pytest.mark.parametrize(("begins", "days"), [(-61, None), (-51, None), (-50, 11), (-10, 51), (6, 67)])
def test_people_work_that_waits_for_the_handover_is_said_to_start_late_by_so_many_days(
    session: Session, begins: int, days: int | None
) -> None:
    one = (
        an_initiative()
        .with_work("delivery", "initiation", "Charter", TODAY - _days(61), TODAY - _days(61))
        .with_work("delivery", "planning", "Plan", TODAY - _days(20), TODAY - _days(20))
        .with_work("delivery", "execution", "Build", TODAY + _days(40))
        .on(session.desk)
    )
    record(
        session.desk, "activity", initiative_id=one, lane="people", phase="impact", title="Who is hit",
        planned_start=(TODAY + _days(begins)).isoformat(), planned_end=(TODAY + _days(50)).isoformat(),
    )  # fmt: skip
    view = _seen(session)
    (people,) = [lane for lane in view.lanes if lane.lane == "people"]
    late = [finding.sentence for finding in view.findings if finding.sentence.startswith("late start")]
    if days is None:
        assert (late, "late start" in people.note) == ([], False)
    else:
        verb = "begin" if begins > 0 else "began"
        assert late == [f"late start: people {verb} {days} d after charter"]
        assert late[0] in people.note


@pytest.mark.requirement("R105")
@pytest.mark.requirement("R47")
def test_a_finished_board_answers_nothing_about_use(session: Session) -> None:
    an_initiative().live().with_audience("all", 100).with_work(
        "delivery", "closure", "Close", TODAY - _days(35), TODAY - _days(35)
    ).with_work("people", "training", "Train", TODAY - _days(35), TODAY - _days(35)).on(session.desk)
    observe(session, "MFA", "all", "training", "2026-11-20", "100/100")
    delivery, people = _columns(_seen(session))
    assert (delivery.answer, delivery.because) == ("yes", "all planned work is done, on time")
    assert (people.answer, people.because) == ("unknown", "no use has been observed")


@pytest.mark.requirement("R53")
def test_each_column_asks_its_own_question_and_says_of_every_figure_what_it_is(session: Session) -> None:
    an_initiative().live().with_audience("all", 100).with_audience("few", 10).with_target(80, TODAY - _days(1)).on(
        session.desk
    )
    observe(session, "MFA", "all", "utilization", "2026-11-20", "40/100")
    observe(session, "MFA", "few", "utilization", "2026-11-20", "1/10")
    delivery, people = _columns(_seen(session))
    assert (delivery.question, people.question) == ("Was it delivered correctly?", "Are people using it well?")
    assert people.answer == "no"
    assert "80 % were due" in people.because
    assert [fact.name for fact in people.facts if fact.indent] == ["few", "all"]
    assert all(fact.kind == "outcome" for fact in people.facts if fact.name in ("In use", "Target", "Gap"))


def test_a_target_that_only_a_group_has_names_the_group(session: Session) -> None:
    one = an_initiative().live().with_audience("Sales", 10).with_audience("Desk", 10).on(session.desk)
    (sales,) = found(session.desk, "SELECT id FROM audience WHERE name = 'Sales'")[0]
    due = (TODAY - _days(1)).isoformat()
    record(session.desk, "target", initiative_id=one, audience_id=sales, metric="utilization", target=80, due=due)
    observe(session, "MFA", "Desk", "utilization", "2026-11-20", "10/10")
    observe(session, "MFA", "Sales", "utilization", "2026-11-20", "3/10")
    people = _columns(_seen(session))[1]
    (target,) = [fact for fact in people.facts if fact.name == "Target"]
    assert (target.value, target.note) == ("80 %", "Sales, by 25 Nov")
    assert people.because == "65 % use it, 80 % of Sales were due yesterday"


@pytest.mark.requirement("R86", "R132")
def test_a_missed_milestone_is_counted_against_its_baseline(session: Session) -> None:
    initiative_id = an_initiative().with_work("delivery", "execution", "Cut over", TODAY - _days(4)).on(session.desk)
    with session.desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE activity SET milestone = 1, rev = rev + 1")
        transaction.touch(initiative_id)
        transaction.record("test.made", initiative_id, {})
    fact = next(fact for fact in _columns(_seen(session))[0].facts if fact.name == "Milestones")
    assert (fact.value, fact.note) == ("100 % missed", "1 of 1: Cut over, 4 d late")


def test_an_imported_initiative_is_not_blamed_for_signatures_it_could_not_bring(session: Session) -> None:
    an_initiative().named("OLD").brought_in().live(TODAY - _days(400)).on(session.desk)
    view = _seen(session, "OLD")
    assert not any(gate.in_use for gate in view.gates)
    assert {gate.delivery.state for gate in view.gates} <= {"not_due", "unsigned"}


def test_a_wave_is_a_group_that_goes_live_on_a_day_of_its_own(session: Session) -> None:
    initiative_id = an_initiative().with_audience("first").with_audience("second").on(session.desk)
    wave = TODAY + _days(90)
    with session.desk.write("the test") as transaction:
        transaction.conn.execute(
            "UPDATE audience SET go_live = ?, rev = rev + 1 WHERE name = 'second'", (wave.isoformat(),)
        )
        transaction.touch(initiative_id)
        transaction.record("test.made", initiative_id, {})
    assert [(one.audience, one.day) for one in _seen(session).waves] == [("second", wave)]
    assert {row.audience.name: row.own_wave for row in audience_rows(session, "MFA")} == {
        "first": False,
        "second": True,
    }


def test_the_activities_are_late_done_running_or_to_come(session: Session) -> None:
    an_initiative().with_work("delivery", "planning", "Late", TODAY - _days(1)).with_work(
        "delivery", "planning", "Done", TODAY - _days(9), TODAY - _days(1)
    ).with_work("people", "training", "To come", TODAY).on(session.desk)
    assert {row.activity.title: row.level for row in activity_rows(session, "MFA")} == {
        "Late": "late",
        "Done": "done",
        "To come": "to come",
    }


def test_a_metric_that_was_observed_and_later_tested_is_one_figure_wherever_it_stands(session: Session) -> None:
    id_ = an_initiative().live().with_audience("first").with_audience("second").on(session.desk)
    for audience, ago, value, method in (
        ("first", 20, "80/100", "observed"),
        ("second", 20, "10/20", "observed"),
        ("first", 5, "40/100", "tested"),
    ):
        observe(session, "MFA", audience, "compliance", (TODAY - _days(ago)).isoformat(), value, method)
    view = _seen(session)
    (fact,) = [fact for fact in _columns(view)[1].facts if fact.name == "Compliance"]
    (reached,) = [one for one in view.reach if one.name == "compliance"]
    everybody = adoption_page(session, id_).metric("compliance").everybody
    assert everybody.percent == 100 * 50 / 120
    assert (fact.value, fact.note, reached.said) == ("42 %", "n 120", "42 %, no target")


def test_a_group_that_was_observed_and_tested_on_one_day_is_as_it_was_observed(session: Session) -> None:
    an_initiative().live().with_audience("first").with_audience("second").on(session.desk)
    for audience, value, method in (
        ("first", "90/100", "observed"),
        ("first", "30/100", "tested"),
        ("second", "70/100", "observed"),
    ):
        observe(session, "MFA", audience, "utilization", TODAY.isoformat(), value, method)
    listed = {row.audience.name: row.utilization for row in audience_rows(session, "MFA")}
    shown = {fact.name: fact.share for fact in _columns(_seen(session))[1].facts if fact.indent}
    assert listed == shown == {"first": 0.9, "second": 0.7}


def test_observations_come_newest_first_page_by_page(session: Session) -> None:
    an_initiative().live().with_audience("all").on(session.desk)
    for ago in range(5):
        observe(session, "MFA", "all", "utilization", (TODAY - _days(ago)).isoformat(), f"{ago}/10")
    source = observation_source(session, "MFA")
    assert source.count() == 5
    rows = [*source.rows(0, 2), *source.rows(2, 2), *source.rows(4, 2)]
    assert [row.date for row in rows] == [TODAY - _days(ago) for ago in range(5)]


def test_an_initiative_that_is_not_there_is_named(session: Session) -> None:
    with pytest.raises(BadInput, match="there is no initiative NOPE in view"):
        _seen(session, "NOPE")


def test_risks_are_counted_as_they_would_be_one_by_one(session: Session) -> None:
    desk = session.desk
    mfa = an_initiative().on(desk)
    rated = [
        ("delivery", 5, 5, None),
        ("delivery", 5, 5, "2026-11-01"),
        ("delivery", None, 3, None),
        ("adoption", 2, 2, None),
    ]
    for n, (kind, probability, impact, closed) in enumerate(rated * 2):
        record(desk, "risk", initiative_id=mfa, title=f"r{n}", kind=kind, probability=probability, impact=impact,
               closed_on=closed)  # fmt: skip
    every = working.risks(desk.reader(), mfa)
    for one in working.risk_counts(desk.reader(), mfa):
        alike = [r.title for r in every if (r.kind, r.score, r.closed_on is None) == (one.kind, one.score, one.open)]
        assert (one.count, one.title) == (len(alike), min(alike))
