"""Adoption as a screen reads it, forecasts as they are kept, and what a change was worth, on a real desk."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from math import exp
from pathlib import Path

import pytest

from builders import NOW, TODAY, a_desk, an_initiative, as_person, at, found, record, staffed
from changedesk.errors import BadInput
from changedesk.interchange.report_markdown import markdown
from changedesk.services.adoption import choice, keeping, page, value
from changedesk.services.adoption.forecasts import outlook_of
from changedesk.services.door import Door
from changedesk.services.initiative.page import initiative as initiative_view
from changedesk.services.initiative.report import report
from changedesk.services.people.triage import triage
from changedesk.services.portfolio.page import portfolio
from changedesk.services.records.observing import observe
from changedesk.services.records.records import blank, check, save
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.initiative import initiatives
from changedesk.store.proving import check as proving

LIVE = TODAY - timedelta(days=70)


def counted(desk: Desk, audience: str, percents: list[float], of: int = 200, metric: str = "utilization") -> None:
    """A count a week from go-live on, written at once."""
    audience_id = found(desk, "SELECT id, initiative_id FROM audience WHERE name = ?", audience)[0]
    for n, percent in enumerate(percents):
        day = (LIVE + timedelta(days=4 + 7 * n)).isoformat()
        record(
            desk, "observation", audience_id=audience_id[0], metric=metric, method="observed", day=day,
            numerator=round(percent * of / 100), denominator=of,
        )  # fmt: skip
    with desk.write("the test") as transaction:
        transaction.touch(audience_id[1])
        transaction.record("test.made", audience_id[1], {})


def s_curve(weeks: int, ceiling: float = 60) -> list[float]:
    return [ceiling / (1 + exp(-(n - 3) * 0.8)) for n in range(weeks)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path, demo=True)) as desk:
        one = (
            an_initiative().live(LIVE).with_audience("nurses", 200).with_audience("doctors", 100)
            .with_target(80, TODAY + timedelta(days=60))
        )  # fmt: skip
        one.on(desk)
        counted(desk, "nurses", s_curve(9))
        counted(desk, "doctors", s_curve(9, 40), 100)
        yield desk


@pytest.fixture
def session(desk: Desk) -> Session:
    return open_session(desk)


def the_id(desk: Desk, code: str = "MFA") -> str:
    return str(found(desk, "SELECT id FROM initiative WHERE code = ?", code)[0][0])


def test_the_page_has_everybody_and_each_group_and_agrees_with_the_portfolio(desk: Desk, session: Session) -> None:
    read = page.adoption_page(session, the_id(desk))
    assert [one.name for one in read.use.all] == ["Everybody", "doctors", "nurses"]
    row = portfolio(session).rows(0, 1)[0]
    assert row.adopted is not None
    assert read.use.everybody.percent == pytest.approx(100 * row.adopted)
    assert read.speed.n == 2


@pytest.mark.requirement("R31")
def test_a_wave_to_come_counts_as_nobody_in_every_place_that_says_how_many_use_it(desk: Desk, session: Session) -> None:
    initiative = the_id(desk)
    record(
        desk, "audience", initiative_id=initiative, name="dealers", headcount=260,
        go_live=(TODAY + timedelta(days=40)).isoformat(),
    )  # fmt: skip
    observe(session, "MFA", "nurses", "utilization", TODAY.isoformat(), "190/200")
    use = page.adoption_page(session, initiative).use.everybody
    assert use.now is not None
    assert use.now.of == 560
    row = portfolio(session).rows(0, 1)[0]
    assert row.adopted == pytest.approx(use.now.using / 560)
    assert choice.choice(session)[0].standing.adoption.percent == pytest.approx(use.percent)
    assert choice.choice(session)[0].standing.adoption.state == use.state == "rising"
    assert [round(share, 6) for share in row.trend] == [round(one.percent / 100, 6) for one in use.measured]
    assert initiative_view(session, "MFA").columns[1].facts[1].value == f"{use.percent:.0f} %"
    shown = markdown(report(session, "MFA"))
    assert f"{use.percent:.0f} % use it" in shown
    assert proving.stale_summaries(desk) == []


def test_both_summaries_are_proved_by_one_reading_of_the_counts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read, count = initiatives.observations_of_metric, []
    monkeypatch.setattr(initiatives, "observations_of_metric", lambda *asked: (count.append(asked), read(*asked))[1])
    assert proving.stale_summaries(desk) == []
    assert len(count) == len(found(desk, "SELECT id FROM initiative"))
    for table in ("standing", "people_standing"):
        with desk.write("the test") as transaction:
            (kept,) = transaction.conn.execute(f"SELECT body FROM {table}").fetchone()
            transaction.conn.execute(f"UPDATE {table} SET body = '[]'")
            transaction.record("test.spoilt", desk.facts.id, {})
        assert proving.stale_summaries(desk) == ["MFA"]
        with desk.write("the test") as transaction:
            transaction.conn.execute(f"UPDATE {table} SET body = ?", (kept,))
            transaction.record("test.mended", desk.facts.id, {})


def test_a_group_that_went_live_since_the_newest_count_moves_no_figure_before_somebody_counts(
    desk: Desk, session: Session
) -> None:
    initiative = the_id(desk)
    before = page.adoption_page(session, initiative).use.everybody
    record(
        desk, "audience", initiative_id=initiative, name="dealers", headcount=260,
        go_live=(TODAY - timedelta(days=1)).isoformat(),
    )  # fmt: skip
    after = page.adoption_page(session, initiative).use.everybody
    assert before.now is not None
    assert after.now is not None
    assert (after.now.using, after.now.of) == (before.now.using, before.now.of + 260)
    assert after.left_out == ("dealers",)


def test_everybody_has_adopted_only_when_every_group_has(desk: Desk, session: Session) -> None:
    observe(session, "MFA", "nurses", "utilization", (TODAY - timedelta(days=7)).isoformat(), "200/200")
    observe(session, "MFA", "nurses", "utilization", TODAY.isoformat(), "200/200")
    use = page.adoption_page(session, the_id(desk)).use
    assert [(one.name, one.state) for one in use.all] == [
        ("Everybody", "rising"), ("doctors", "rising"), ("nurses", "adopted"),
    ]  # fmt: skip
    assert choice.choice(session)[0].standing.adoption.state == "rising"


@pytest.mark.requirement("R66")
def test_a_week_keeps_one_forecast_as_it_was_made(desk: Desk, session: Session) -> None:
    assert keeping.keep_week(session, the_id(desk)) == 3
    before = found(desk, "SELECT * FROM kept_forecast ORDER BY id")
    assert keeping.keep_week(session, the_id(desk)) == 0
    observe(session, "MFA", "nurses", "utilization", TODAY.isoformat(), "190/200")
    assert found(desk, "SELECT * FROM kept_forecast ORDER BY id") == before
    kind, actor = found(desk, "SELECT kind, actor FROM audit WHERE kind LIKE 'forecast%'")[0]
    assert (kind, actor) == ("forecast.kept", "changedesk")
    assert proving.check(desk, None).problems == ()
    assert proving.stale_summaries(desk) == []


@pytest.mark.parametrize("attack", ["UPDATE kept_forecast SET chance = 1", "DELETE FROM kept_forecast"])
def test_no_kept_forecast_is_ever_changed(desk: Desk, session: Session, attack: str) -> None:
    keeping.keep_week(session, the_id(desk))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), desk.write("somebody") as transaction:
        transaction.conn.execute(attack)


@pytest.mark.requirement("R66")
def test_observing_keeps_the_weeks_forecast_and_later_counts_judge_it(desk: Desk) -> None:
    desk.clock = at(NOW)
    session = open_session(desk)
    observe(session, "MFA", "nurses", "utilization", (TODAY - timedelta(days=1)).isoformat(), "118/200")
    assert len(found(desk, "SELECT 1 FROM kept_forecast")) == 3
    desk.clock = at(NOW + timedelta(days=8))
    later = open_session(desk)
    observe(later, "MFA", "nurses", "utilization", (TODAY + timedelta(days=6)).isoformat(), "119/200")
    read = page.adoption_page(later, the_id(desk))
    assert read.score.judged >= 1
    assert "Earlier ranges held" in read.score.sentence
    assert len(found(desk, "SELECT DISTINCT week FROM kept_forecast")) == 2


def test_only_forecasts_that_were_kept_leave_the_revision_of_what_shows_none_as_it_is(desk: Desk) -> None:
    door = Door(open_session(desk))
    first, shown = door.revision(), door.revision_without_forecasts()
    assert keeping.keep_all(door.session) == 1
    assert door.revision() != first
    assert door.revision_without_forecasts() == shown
    an_initiative().named("OTHER").on(desk)
    after_another = door.revision_without_forecasts()
    assert after_another != shown, "what else was written"
    counted(desk, "nurses", [61], metric="proficiency")
    desk.clock = at(NOW + timedelta(days=7))
    observe(open_session(desk), "MFA", "nurses", "utilization", (TODAY + timedelta(days=6)).isoformat(), "119/200")
    assert door.revision_without_forecasts() != after_another, "forecasts and something else between two looks"


def test_a_desk_that_was_put_in_place_is_another_one_though_only_forecasts_are_newer_in_it(
    desk: Desk, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    desk.backup_to(backup)
    with Desk(backup, desk.clock) as source:
        an_initiative().named("THERE").on(source)
        keeping.keep_all(open_session(source))
        an_initiative().named("HERE").on(desk)
        door = Door(open_session(desk))
        before = door.revision_without_forecasts()
        desk.take_over(source)
        assert door.revision_without_forecasts() != before


def test_what_is_due_is_kept_once_a_week_for_a_desk_that_nobody_opens(desk: Desk, session: Session) -> None:
    assert keeping.due(session) == (the_id(desk),)
    assert keeping.keep_all(session) == 1
    assert keeping.due(session) == ()
    desk.clock = at(NOW + timedelta(days=7))
    assert keeping.due(open_session(desk)) == (), "nothing was counted since"


def test_who_keeps_stops_at_once_when_somebody_types_and_goes_on_later(desk: Desk, session: Session) -> None:
    keeper = keeping.Keeper(session)
    assert keeper.go_on(lambda: False), "there is something left"
    assert found(desk, "SELECT 1 FROM kept_forecast") == []
    answers = iter([True, True, False])
    assert keeper.go_on(lambda: next(answers)), "stopped within the initiative, which is kept whole or not at all"
    assert found(desk, "SELECT 1 FROM kept_forecast") == []
    assert not keeper.go_on()
    assert len(found(desk, "SELECT 1 FROM kept_forecast")) == 3
    assert proving.check(desk, None).problems == ()


def test_a_desk_of_any_size_is_kept_in_few_writes(desk: Desk, session: Session) -> None:
    for code in ("A", "B", "C", "D"):
        (
            an_initiative().named(code).live(LIVE).with_audience(f"{code} nurses", 200)
            .with_target(80, TODAY + timedelta(days=60)).on(desk)
        )  # fmt: skip
        counted(desk, f"{code} nurses", s_curve(6))
    assert not keeping.Keeper(session).go_on()
    assert len(found(desk, "SELECT DISTINCT initiative_id FROM kept_forecast")) == 5
    events = found(desk, "SELECT DISTINCT event FROM change_log WHERE record = 'kept_forecast'")
    assert len(events) == 1, "one write for all: the screens look again once"
    assert proving.check(desk, None).problems == ()


@pytest.mark.requirement("R66")
def test_an_import_keeps_what_it_counted_and_leaves_many_to_others(
    desk: Desk, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keeping.keep_counted(session, (), 5) == 0
    assert keeping.keep_counted(session, (the_id(desk), "of another"), 1_000_000) == 1, "a large import is to be fast"
    monkeypatch.setattr(keeping, "FEW", 0)
    assert keeping.keep_counted(session, (the_id(desk), "of another"), 5) == 1
    monkeypatch.setattr(keeping, "FEW", 3)
    monkeypatch.setattr(keeping, "IMPORT_SECONDS", 0.0)
    assert keeping.keep_counted(session, (the_id(desk),), 5) == 1, "no time was left"
    assert found(desk, "SELECT 1 FROM kept_forecast") == []
    monkeypatch.setattr(keeping, "IMPORT_SECONDS", 60.0)
    assert keeping.keep_counted(session, (the_id(desk),), 5) == 0
    assert len(found(desk, "SELECT 1 FROM kept_forecast")) == 3


def test_the_portfolio_says_how_likely_the_target_is_without_forecasting(desk: Desk, session: Session) -> None:
    assert portfolio(session).rows(0, 1)[0].likely is None
    keeping.keep_week(session, the_id(desk))
    likely = portfolio(session).rows(0, 1)[0].likely
    question = page.adoption_page(session, the_id(desk)).use.everybody.question
    assert question is not None
    assert likely == outlook_of(question).chance
    assert choice.choice(session)[0].chance == likely


def test_an_unlikely_target_is_a_risk_and_a_reason(tmp_path: Path) -> None:
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(LIVE).with_audience("nurses", 200).with_target(95, TODAY + timedelta(days=10)).on(desk)
        counted(desk, "nurses", [10, 20, 25, 28, 30, 31, 31, 32, 32])
        session = open_session(desk)
        keeping.keep_week(session, the_id(desk))
        findings = portfolio(session).detail(the_id(desk))
        assert findings is not None
        said = [one.sentence for one in findings.findings]
        assert any("32 % use it, 95 % by 6 Dec is" in one and "likely" in one for one in said)


@pytest.mark.requirement("R64")
@pytest.mark.requirement("R1")
def test_a_relapse_is_late_on_the_portfolio_and_a_gap_of_its_own(tmp_path: Path) -> None:
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live(LIVE).with_audience("nurses", 200).with_target(80, TODAY + timedelta(days=60)).on(desk)
        counted(desk, "nurses", [30, 60, 80, 82, 81, 50, 35, 30, 30, 30])
        session = open_session(desk)
        detail = portfolio(session).detail(the_id(desk))
        assert detail is not None
        assert ("late", "relapse: nurses 30 %, were 81 %") in {(one.level, one.sentence) for one in detail.findings}
        gaps = triage(session).rows(0, 50)
        assert ("nurses", "back to the old way") in {(one.gap.audience, one.gap.name) for one in gaps}
        read = page.adoption_page(session, the_id(desk))
        assert read.use.everybody.question is None
        assert keeping.keep_week(session, the_id(desk)) == 0, "no forecast is made while people go back"


def test_another_clients_reader_sees_neither_counts_nor_forecasts(desk: Desk, session: Session) -> None:
    record(desk, "client", code="birch", name="Birch")
    birch = found(desk, "SELECT id FROM client WHERE code = 'birch'")[0][0]
    record(desk, "person", login="outsider", name="Out", client_id=birch, roles="auditor")
    outsider = as_person(desk, "outsider")
    assert choice.choice(outsider) == ()
    with pytest.raises(BadInput, match="no longer in view"):
        page.adoption_page(outsider, the_id(desk))
    with pytest.raises(BadInput, match="no longer in view"):
        value.value_page(outsider, the_id(desk))
    assert keeping.due(outsider) == ()


def test_a_count_is_entered_in_a_form_as_observe_does_it(desk: Desk, session: Session) -> None:
    opened = blank(session, "observation", "MFA")
    wrong = check(session, "observation", {**opened.values, "audience": "nurses", "value": "9/4"})
    assert "more than there are" in wrong.problems["value"]
    ahead = check(session, "observation", {**opened.values, "audience": "nurses", "value": "1/4", "date": "2027-01-01"})
    assert ahead.problems["date"] == "1 Jan 2027 is still to come; write a day that has been"
    strange = check(session, "observation", {**opened.values, "audience": "nurse", "value": "1/4"})
    assert strange.problems["audience"] == "MFA has no audience nurse; it has doctors, nurses"
    save(session, "observation", opened, {**opened.values, "audience": "nurses", "value": "120/200"})
    assert found(desk, "SELECT numerator, denominator FROM observation WHERE day = ?", TODAY.isoformat()) == [
        (120, 200)
    ]


@pytest.mark.requirement("R96")
@pytest.mark.requirement("R142")
@pytest.mark.requirement("R146")
@pytest.mark.requirement("R173")
@pytest.mark.requirement("R184")
def test_what_it_was_worth_is_one_chain_with_its_bars_curves_and_looks_back(desk: Desk, session: Session) -> None:
    one = the_id(desk)
    benefit = record(
        desk, "benefit", initiative_id=one, name="First answer", unit="minutes", baseline=46, target=20,
        due=(TODAY + timedelta(days=60)).isoformat(), owner="ann", dependent_share=0.9,
    )  # fmt: skip
    record(
        desk, "benefit_observation", benefit_id=benefit, day=(LIVE + timedelta(days=28)).isoformat(), value=32,
    )  # fmt: skip
    counted(desk, "nurses", [80], 20, "proficiency")
    opened = blank(session, "key_results", "MFA")
    save(
        session, "key_results", opened,
        {**opened.values, "objective": "Faster help", "key_result": "Half the wait", "benefit": "First answer"},
    )  # fmt: skip
    read = value.value_page(session, one)
    assert [link.name for link in read.links] == ["Approval", "Go-live", "Adoption", "Benefit"]
    assert [link.done for link in read.links] == [False, True, False, True]
    assert re.fullmatch(r"\d+ % use it, target 80 %", read.links[2].said)
    assert read.chain.product is not None
    assert read.benefits[0].way == pytest.approx(100 * 14 / 26)
    assert read.benefits[0].waiting == pytest.approx(26 * 0.9 * (1 - read.chain.product))
    assert read.speed is not None
    assert (read.speed.days, read.speed.censored) == (28, False)
    assert [look.past for look in read.looks] == [True, False, False, False]
    assert read.objectives[0].results[0].way == read.benefits[0].way


def test_a_key_result_is_shown_by_one_figure_alone(session: Session) -> None:
    opened = blank(session, "key_results", "MFA")
    both = {**opened.values, "objective": "o", "key_result": "k", "metric": "utilization", "benefit": "First answer"}
    checked = check(session, "key_results", both)
    assert (checked.problems, checked.warnings["metric"]) == (
        {},
        "a benefit is named besides: that one shows the key result",
    )


def test_a_forecast_is_of_the_data_of_its_day(desk: Desk) -> None:
    """What was counted later is not known on an earlier day: hindsight does not creep in."""
    desk.clock = at(NOW - timedelta(days=28))
    earlier = page.adoption_page(open_session(desk), the_id(desk))
    assert earlier.today == date(2026, 10, 29)
    assert all(use.day <= earlier.today for one in earlier.use.all for use in one.measured)
    assert replace(earlier, kept=()).use.everybody.measured != ()


@pytest.mark.requirement("R20")
def test_use_satisfaction_and_benefits_stand_one_after_the_other_in_the_card_of_the_people(
    desk: Desk, session: Session
) -> None:
    observe(session, "MFA", "nurses", "satisfaction", TODAY.isoformat(), "30/40", "self_reported")
    observe(session, "MFA", "nurses", "cases with a photo", TODAY.isoformat(), "3/4")
    facts = initiative_view(session, "MFA").columns[1].facts
    names = [one.name for one in facts]
    assert names[names.index("Satisfaction") + 1] == "Benefits"
    assert names.index("In use") < names.index("Satisfaction") < names.index("Target")
    benefits = facts[names.index("Benefits")]
    assert (benefits.value, benefits.kind) == ("?", "outcome")
    assert next(one for one in facts if one.name == "Cases with a photo").kind == ""
