"""The measures of an initiative on a real desk: what the columns, the lenses and the page are made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import TODAY, a_desk, a_person, an_initiative, record, staffed
from changedesk.domain.measures.fact import Fact
from changedesk.domain.measures.questions import Lens
from changedesk.errors import BadInput
from changedesk.services.initiative.page import initiative
from changedesk.services.records.observing import observe
from changedesk.services.session import Session, open_session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with staffed(a_desk(tmp_path)) as desk:
        yield open_session(desk)


def _ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def _with_money(session: Session, budget: float | None = 120_000, change: float | None = 9_600) -> str:
    return (
        an_initiative()
        .with_fields(budget=budget, change_budget=change, currency="EUR")
        .with_work("delivery", "planning", "Plan", TODAY - timedelta(days=60), TODAY - timedelta(days=60))
        .with_work("delivery", "execution", "Build", TODAY + timedelta(days=10))
        .on(session.desk)
    )


def _snapshot(session: Session, initiative: str, days_ago: int = 0, **figures: float | None) -> None:
    record(session.desk, "snapshot", initiative_id=initiative, day=_ago(days_ago), **figures)


def _fact(session: Session, name: str, column: int = 0) -> Fact:
    return next(fact for fact in initiative(session, "MFA").measures.columns[column].facts if fact.name == name)


def _risk(session: Session, initiative: str, title: str, kind: str, *rating: int, **other: Any) -> None:
    probability, impact = rating or (None, None)
    record(
        session.desk, "risk", initiative_id=initiative, title=title, kind=kind, probability=probability, impact=impact,
        **other,
    )  # fmt: skip


@pytest.mark.requirement("R19")
@pytest.mark.requirement("R129")
@pytest.mark.requirement("R130")
@pytest.mark.requirement("R131")
def test_scope_schedule_and_budget_stand_with_value_note_and_age(session: Session) -> None:
    one = _with_money(session)
    _snapshot(session, one, 40, planned_value=40_000, earned_value=40_000, actual_cost=39_000)
    _snapshot(
        session, one, 9, planned_value=80_000, earned_value=76_000, actual_cost=79_000, scope_done=44, scope_total=50
    )
    scope, schedule, budget = (_fact(session, name) for name in ("Scope", "Schedule", "Budget"))
    assert (scope.value, scope.share, scope.age) == ("44 of 50", 0.88, 9)
    assert (budget.value, budget.note, budget.age) == ("CPI 0.96", "41k left of 120k EUR", 9)
    figures = initiative(session, "MFA").measures.figures
    assert figures.spi_t is not None
    assert (schedule.value, schedule.age) == (f"SPI(t) {figures.spi_t:.2f}", 9)
    assert schedule.note.endswith("behind by value")
    assert (figures.spi, figures.cv, figures.sv) == (0.95, -3_000, -4_000)


@pytest.mark.requirement("R131")
@pytest.mark.requirement("R130")
def test_a_ratio_to_nothing_is_not_defined_and_one_of_the_unknown_is_unknown(session: Session) -> None:
    one = _with_money(session)
    assert (_fact(session, "Budget").value, _fact(session, "Scope").value) == ("?", "?")
    assert _fact(session, "Schedule").note == "SPI unknown: no snapshot"
    _snapshot(session, one, 3, planned_value=0, earned_value=0, actual_cost=0)
    assert _fact(session, "Budget").value == "CPI n/a"
    assert _fact(session, "Schedule").value == "SPI n/a"
    _snapshot(session, one, 2, planned_value=10, earned_value=None, actual_cost=10)
    assert (_fact(session, "Budget").value, _fact(session, "Schedule").value) == ("CPI ?", "SPI ?")


def test_money_beyond_the_budget_is_late_and_money_without_a_budget_is_only_spent(session: Session) -> None:
    one = _with_money(session)
    _snapshot(session, one, 1, planned_value=110_000, earned_value=100_000, actual_cost=125_000)
    over = _fact(session, "Budget")
    assert (over.note, over.level) == ("5k over 120k EUR", "late")
    other = an_initiative().named("OTHER").on(session.desk)
    _snapshot(session, other, 1, planned_value=10, earned_value=10, actual_cost=1_250)
    notes = [fact.note for fact in initiative(session, "OTHER").measures.columns[0].facts if fact.name == "Budget"]
    assert notes == ["1.2k spent, no budget"]


@pytest.mark.requirement("R132")
def test_milestones_missed_are_those_due_and_a_coming_slip_is_named(session: Session) -> None:
    _with_money(session)
    with session.desk.write("the test") as transaction:
        transaction.conn.execute(
            "UPDATE activity SET milestone = 1, baseline_end = ?, rev = rev + 1 WHERE title = 'Build'", (_ago(-4),)
        )
        transaction.touch(transaction.conn.execute("SELECT id FROM initiative").fetchone()[0])
        transaction.record("test.made", "x", {})
    fact = _fact(session, "Milestones")
    assert (fact.value, fact.note, fact.level) == ("none due yet", "Build, 6 d late", "risk")
    assert initiative(session, "MFA").measures.milestones.percent is None


@pytest.mark.requirement("R17")
def test_each_side_has_its_own_risks_and_a_side_without_any_is_unknown(session: Session) -> None:
    one = _with_money(session)
    for column in (0, 1):
        assert _fact(session, "Risks", column).value == "?"
    _risk(session, one, "Vendor late", "delivery", 3, 4)
    _risk(session, one, "Nobody knows", "delivery")
    _risk(session, one, "Refusal", "adoption", 5, 5)
    _risk(session, one, "Old one", "adoption", 1, 1, closed_on=_ago(3))
    delivery, adoption = (_fact(session, "Risks", column) for column in (0, 1))
    assert (delivery.value, delivery.note, delivery.level) == ("2 open", "1 high: Vendor late; 1 not rated", "risk")
    assert (adoption.value, adoption.note, adoption.level) == ("1 open", "1 severe: Refusal", "late")
    assert [(total.kind, total.total) for total in initiative(session, "MFA").measures.risk_totals] == [
        ("delivery", 12),
        ("adoption", 25),
    ]


@pytest.mark.requirement("R5")
@pytest.mark.parametrize(
    ("budget", "change", "value", "note", "level"),
    [
        (120_000, 9_600, "8 %", "9.6k of 120k EUR, little", "risk"),
        (120_000, 18_000, "15 %", "18k of 120k EUR", ""),
        (120_000, None, "?", "the people side's part is unknown", ""),
        (None, 9_600, "?", "the budget is unknown", ""),
    ],
)
def test_the_people_sides_part_of_the_budget_stands_in_its_column(
    session: Session, budget: float | None, change: float | None, value: str, note: str, level: str
) -> None:
    _with_money(session, budget, change)
    fact = _fact(session, "Budget", 1)
    assert (fact.value, fact.note, fact.level) == (value, note, level)


def test_resistance_and_old_ways_are_counted_while_they_are_open(session: Session) -> None:
    one = _with_money(session)
    assert _fact(session, "Resistance", 1).value == _fact(session, "Workarounds", 1).value == "none open"
    for title, severity, closed in (("Slower", 2, None), ("Distrust", 4, None), ("Gone", 5, _ago(1))):
        record(
            session.desk, "resistance", initiative_id=one, title=title, severity=severity, first_seen=_ago(20),
            closed_on=closed,
        )  # fmt: skip
    record(session.desk, "workaround", initiative_id=one, title="Paper", first_seen=_ago(9), retire_by=_ago(2))
    resistance, workaround = _fact(session, "Resistance", 1), _fact(session, "Workarounds", 1)
    assert (resistance.value, resistance.note, resistance.level) == ("2 open", "Distrust", "risk")
    assert (workaround.value, workaround.note, workaround.level) == ("1 open", "was to retire 2 d ago", "late")


def test_the_age_of_what_was_observed_goes_with_it(session: Session) -> None:
    an_initiative().live().with_audience("all", 100).with_audience("few", 10).with_target(
        80, TODAY + timedelta(days=60)
    ).on(session.desk)
    observe(session, "MFA", "all", "utilization", _ago(25), "40/100")
    observe(session, "MFA", "few", "utilization", _ago(12), "1/10")
    observe(session, "MFA", "all", "satisfaction", _ago(30), "4/10")
    ages = {
        fact.name: fact.age for fact in initiative(session, "MFA").measures.columns[1].facts if fact.age is not None
    }
    assert ages == {"In use": 12, "few": 12, "all": 25, "Satisfaction": 30}
    assert _fact(session, "In use", 1).note == ""
    assert _fact(session, "Target", 1).note == "by 25 Jan"


@pytest.mark.requirement("R49")
@pytest.mark.requirement("R50")
@pytest.mark.requirement("R51")
@pytest.mark.requirement("R52")
@pytest.mark.requirement("R53")
def test_each_lens_has_its_own_question_answered_from_the_desk(session: Session) -> None:
    one = an_initiative().with_audience("Warehouse", 40).with_target(80, date(2027, 1, 29)).on(session.desk)
    ids = [
        record(
            session.desk, "activity", initiative_id=one, lane="delivery", phase="execution", title=title, owner="pat",
            planned_start=start, planned_end=end, baseline_end=end,
        )
        for title, start, end in (("Build", _ago(-1), _ago(-9)), ("Test", _ago(-5), _ago(-12)))
    ]  # fmt: skip
    record(
        session.desk, "dependency", initiative_id=one, predecessor_id=ids[0], successor_id=ids[1], kind="FS", lag_days=0
    )
    found = initiative(session, "MFA").measures
    assert [answer.lens for answer in found.answers] == list(Lens)
    assert found.answer(Lens.PROJECT).word == "no"
    assert "1 dependency broken" in found.answer(Lens.PROJECT).sentence
    assert found.answer(Lens.CHANGE).word == "40 people"
    assert found.answer(Lens.SERVICE_DESK).word == "unknown"
    assert found.answer(Lens.BUSINESS).word == "no forecast yet"


@pytest.mark.requirement("R107")
@pytest.mark.requirement("R69")
def test_what_the_desk_does_not_say_is_a_blind_spot_with_what_to_do(session: Session) -> None:
    one = _with_money(session)
    record(session.desk, "decision", initiative_id=one, title="Wave 2 first", touches_timing=1, touches_adoption=1)
    found = initiative(session, "MFA").measures
    rules = [spot.rule for spot in found.blind_spots]
    assert {"no_charter", "no_outcome_owner", "no_benefit", "no_snapshot", "low_change_budget"} <= set(rules)
    assert all(spot.to_do for spot in found.blind_spots)
    (waiting,) = found.waiting
    assert waiting.waits_for == (
        "Wave 2 first touches timing and adoption: it locks after the project owner's and the change owner's acknowledgement"
    )
    with session.desk.write("the test") as transaction:
        transaction.conn.execute(
            "UPDATE initiative SET charter = 'SP-12', outcome_owner = 'ops', change_budget = 18000, rev = rev + 1"
        )
        transaction.touch(one)
        transaction.record("test.made", one, {})
    later = {spot.rule for spot in initiative(session, "MFA").measures.blind_spots}
    assert set(rules) - later == {"no_charter", "no_outcome_owner", "low_change_budget"}


@pytest.mark.requirement("R7")
@pytest.mark.parametrize(("change_owner", "warned"), [("pat", True), ("chris", False)])
def test_a_project_manager_who_also_owns_the_people_side_is_warned_of(
    session: Session, change_owner: str, warned: bool
) -> None:
    an_initiative().owned_by("pat", change_owner).on(session.desk)
    found = [spot.sentence for spot in initiative(session, "MFA").measures.blind_spots if spot.rule == "one_owner"]
    assert found == (["pat owns both sides."] if warned else [])


@pytest.mark.requirement("R133")
def test_the_people_of_the_desk_are_the_competencies_that_the_plan_has_to_get_by_with(session: Session) -> None:
    an_initiative().with_work("people", "training", "Course", TODAY + timedelta(days=9)).on(session.desk)
    a_person(session.desk, "other", "trainer", client="birch")

    def said() -> list[str]:
        return [one.sentence for one in initiative(session, "MFA").measures.constraints if one.kind == "competencies"]

    assert said() == ["No trainer is known for alder; 1 open activity takes one."]
    a_person(session.desk, "jo", "trainer", client="alder")
    assert said() == ["jo is the only trainer; 1 open activity takes one."]


@pytest.mark.requirement("R33")
def test_resistance_is_measured_by_the_days_it_left_to_act(session: Session) -> None:
    one = an_initiative().on(session.desk)
    for title, days_ago, action in (("Slower", 20, "training"), ("Too small", 2, None)):
        record(session.desk, "resistance", initiative_id=one, title=title, first_seen=_ago(days_ago), action=action)
    assert [(h.resistance.title, h.lead) for h in initiative(session, "MFA").measures.heard] == [
        ("Too small", 62),
        ("Slower", 80),
    ]


@pytest.mark.requirement("R34")
def test_resistance_that_moved_a_milestone_is_a_chain(session: Session) -> None:
    one = _with_money(session)
    record(
        session.desk, "resistance", initiative_id=one, title="Slower", first_seen=_ago(20), issue="Nobody is trained",
        milestone="Build",
    )  # fmt: skip
    (chain,) = initiative(session, "MFA").measures.chains
    assert chain.sentence == "Slower -> Nobody is trained -> Build holds so far"


@pytest.mark.requirement("R141")
@pytest.mark.requirement("R142")
@pytest.mark.requirement("R146")
def test_benefits_of_the_desk_are_measured_against_their_baseline(session: Session) -> None:
    one = an_initiative().live().on(session.desk)
    benefit = record(session.desk, "benefit", initiative_id=one, name="Calls", baseline=100, target=50)
    record(session.desk, "benefit_observation", benefit_id=benefit, day=_ago(6), value=60)
    found = {measure.lasting_name: measure.lasting for measure in initiative(session, "MFA").measures.extended}
    assert found["Benefits realised"].value == "80 %"
    assert found["Speed to value"].value == "24 days"
    assert found["Operational reliability"].value == "unknown"


def test_measures_of_what_is_not_in_view_are_refused(session: Session) -> None:
    with pytest.raises(BadInput, match="there is no initiative NOPE in view"):
        initiative(session, "NOPE")
