"""The money, benefits, risks, decisions and habits of the demo stories agree with the stories."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest
from demo_rows import (
    Row,
    day,
    decision_acts,
    every_today,
    gate_acts,
    initiative,
    lane,
    of,
    portfolio,
    record_acts,
    rows,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from changedesk.domain.forms.registry import FORMS
from changedesk.domain.gate_rules import refuse_gate
from changedesk.domain.measures.benefits import newest, realised
from changedesk.domain.measures.earned_value import EarnedValue, earned_value
from changedesk.domain.roles import ALLOWED
from changedesk.domain.working import Benefit, BenefitObservation, Snapshot
from changedesk.interchange.rows import RowChecker
from changedesk.services.demo.acts import Act, GateAct, RecordAct

EDITED_FILES = ("audiences", "impacts", "readiness_items")
NO_MONEY = {"SRV", "ONCALL", "VOIP"}


def number(text: str) -> float | None:
    return float(text) if text else None


def figures(today: date, code: str) -> EarnedValue:
    snapshots = [
        Snapshot("", 1, day(s["date"]), *(number(s[column]) for column in list(s)[2:]))
        for s in of(today, "snapshots", code)
    ]
    work = lane(today, code, "delivery")
    return earned_value(
        snapshots,
        float(initiative(today, code)["budget"]),
        today,
        min(day(a["planned_start"]) for a in work),
        max(day(a["planned_end"]) for a in work),
    )


def benefits(today: date, code: str) -> list[Benefit]:
    return [
        Benefit(
            "",
            1,
            b["benefit"],
            b["unit"],
            float(b["baseline"]),
            float(b["target"]),
            day(b["due"]),
            b["owner"],
            number(b["dependent_share"]),
        )
        for b in of(today, "benefits", code)
    ]


def measured(today: date, code: str) -> list[BenefitObservation]:
    return [
        BenefitObservation(o["benefit"], day(o["date"]), float(o["value"]))
        for o in of(today, "benefit_observations", code)
    ]


def records(today: date, *forms: str) -> dict[tuple[str, str | None, str], Row]:
    """The records as the acts leave them, by form, initiative and title."""
    found: dict[tuple[str, str | None, str], Row] = defaultdict(dict)
    for act in record_acts(today, *forms):
        found[act.form, act.initiative, act.values.get("title", "")].update(act.values)
    return found


@every_today
@pytest.mark.requirement("R130")
@pytest.mark.parametrize(
    ("code", "cpi", "spi_t", "scope"),
    [
        ("MFA", 1.02, 0.97, 88),
        ("PSA", 1.02, 1.00, 100),
        ("ERP", 0.91, 1.00, 100),
        ("MAIL", 1.01, 1.00, 100),
        ("FWALL", 0.99, 0.99, 52),
        ("RMM", 0.97, 0.98, 64),
        ("LOB", 1.01, 1.00, 100),
        ("FILES", 1.01, 0.99, 35),
        ("ARCH", 1.02, 0.99, 22),
        ("EXP", 1.04, 0.99, 58),
        ("PWD", 1.03, 1.00, 100),
    ],
)
def test_money_and_scope_are_where_the_stories_say(today, code, cpi, spi_t, scope):
    found = figures(today, code)
    assert found.cpi == pytest.approx(cpi, abs=0.01)
    assert found.spi_t == pytest.approx(spi_t, abs=0.015)
    assert found.scope == pytest.approx(scope, abs=0.6)


@every_today
@pytest.mark.requirement("R19")
def test_mfa_has_44_of_50_done_and_41_of_120_thousand_left(today):
    last = of(today, "snapshots", "MFA")[-1]
    assert (last["scope_done"], last["scope_total"]) == ("44", "50")
    assert figures(today, "MFA").money_left == 41_000


@every_today
def test_one_project_has_spent_more_than_its_budget(today):
    codes = {row["code"] for row in rows(today, "initiatives")} - NO_MONEY
    assert {code for code in codes if (figures(today, code).money_left or 0) < 0} == {"ERP"}


@every_today
@pytest.mark.requirement("R107")
def test_running_projects_report_lately_save_the_one_whose_figures_are_stale(today):
    snapshots = Counter(row["initiative"] for row in rows(today, "snapshots"))
    codes = {row["code"] for row in rows(today, "initiatives")}
    assert codes - set(snapshots) == NO_MONEY
    assert all(4 <= count <= 8 for count in snapshots.values())
    running = {code for code in snapshots if any(not a["actual_end"] for a in lane(today, code, "delivery"))}
    ages = {code: figures(today, code).age for code in running}
    assert {code for code, age in ages.items() if age is None or age > 7} == {"FWALL"}
    assert (ages["FWALL"] or 0) > 21


@every_today
def test_figures_never_fall_and_stay_within_budget_and_scope(today):
    for code in {row["initiative"] for row in rows(today, "snapshots")}:
        series = of(today, "snapshots", code)
        for column in ("planned_value", "earned_value", "actual_cost", "scope_done", "scope_total"):
            values = [float(s[column]) for s in series]
            assert values == sorted(values), (code, column)
        budget = float(initiative(today, code)["budget"])
        assert all(float(s["planned_value"]) <= budget and float(s["earned_value"]) <= budget for s in series)


@every_today
@pytest.mark.requirement("R147")
def test_every_initiative_says_what_it_is_done_for_save_the_server_upgrade(today):
    count = Counter(row["initiative"] for row in rows(today, "benefits"))
    assert {row["code"] for row in rows(today, "initiatives")} - set(count) == {"SRV"}
    assert max(count.values()) == 2
    disbenefits = [b for b in rows(today, "benefits") if "disbenefit" in b["benefit"]]
    assert [b["initiative"] for b in disbenefits] == ["MFA"]
    assert all(0 <= float(b["dependent_share"]) <= 1 for b in rows(today, "benefits") if b["dependent_share"])


@every_today
def test_benefits_are_measured_where_people_work_with_it(today):
    live = {row["code"] for row in rows(today, "initiatives") if row["go_live_actual"]}
    assert {row["initiative"] for row in rows(today, "benefit_observations")} == live
    for code in live:
        assert all(state.percent is not None for state in newest(benefits(today, code), measured(today, code), today))


@every_today
@pytest.mark.requirement("R146")
def test_benefits_fade_where_people_went_back_and_hold_where_they_did_not(today):
    for code, fades in {"PSA": True, "ERP": True, "MAIL": True, "LOB": False, "PWD": False}.items():
        for benefit in benefits(today, code):
            values = [realised(benefit, o.value) or 0 for o in measured(today, code) if o.benefit == benefit.name]
            assert (max(values) - values[-1] > 10) is fades, benefit.name


@every_today
def test_records_are_taken_without_a_warning_on_the_day_on_which_they_were_made(today):
    full: dict[tuple[str, str | None, str], Row] = defaultdict(dict)
    for act in record_acts(today):
        kind = FORMS[act.form].kind
        if act.form in EDITED_FILES:
            # What a file brought is changed here.
            came = of(today, act.form, str(act.initiative))
            same = [row for row in came if all(row[name] == act.values.get(name, row[name]) for name in kind.key)]
            assert len(same) == 1, act
            full[act.form, act.initiative, act.values.get("title", "")] = {**same[0]}
        row = full[act.form, act.initiative, act.values.get("title", "")]
        row.update(act.values)
        if act.form == "initiatives":
            row |= {"code": "X", "title": "X", "client": "alder"}
        values = {"initiative": act.initiative or "", **row}
        names = [column.name for column in kind.columns]
        for checked in RowChecker(kind, names, act.day).check([(1, [values.get(name, "") for name in names])]):
            assert checked.values is not None, (act, checked.problems)
            assert not checked.warnings, (act, checked.warnings)


@every_today
def test_what_records_name_is_there(today):
    logins = {row["login"] for row in rows(today, "people")}
    audiences = {(row["initiative"], row["audience"]) for row in rows(today, "audiences")}
    activities = {(row["initiative"], row["title"]) for row in rows(today, "activities")}
    for act in record_acts(today):
        values = act.values
        assert {values.get("owner", ""), values.get("outcome_owner", ""), act.by} <= logins | {""}
        assert "audience" not in values or (act.initiative, values["audience"]) in audiences
        assert "milestone" not in values or (act.initiative, values["milestone"]) in activities
    assert {row["owner"] for row in rows(today, "benefits")} <= logins


@every_today
def test_whoever_records_something_may_do_it(today):
    people = {row["login"]: row for row in rows(today, "people")}
    for act in record_acts(today):
        client = initiative(today, act.initiative)["client"] if act.initiative else act.values["client"]
        assert people[act.by]["client"] in ("", client), act
        assert set(people[act.by]["roles"].split(";")) & ALLOWED[FORMS[act.form].action], act


@every_today
@pytest.mark.requirement("R134")
def test_no_checkpoint_is_signed_before_the_initiative_has_what_it_asks_for(today):
    known: dict[str, dict[str, str]] = defaultdict(dict)
    signatures = 0
    for act in portfolio(today).acts:
        if isinstance(act, RecordAct) and act.form == "initiatives":
            known[str(act.initiative)] |= act.values
        elif isinstance(act, GateAct) and act.verb == "sign":
            signatures += 1
            own = known[act.initiative]
            said = benefits(today, act.initiative)
            refused = refuse_gate(
                str(act.checkpoint), act.initiative, own.get("charter"), said, own.get("outcome_owner")
            )
            assert refused is None
    assert signatures == sum(act.verb == "sign" for act in gate_acts(today)) > 60


@every_today
@pytest.mark.requirement("R148")
def test_both_kinds_of_risk_are_named_save_where_nobody_asked(today):
    kinds: dict[str, set[str]] = defaultdict(set)
    for (_, code, _), values in records(today, "risks").items():
        kinds[str(code)].add(values["kind"])
    running = {row["code"] for row in rows(today, "initiatives")} - {"SRV", "ONCALL", "VOIP"}
    assert set(kinds) == running | {"VOIP"}
    assert {code for code in running if kinds[code] == {"delivery"}} == {"RMM", "EXP"}


@every_today
@pytest.mark.requirement("R69")
def test_decisions_are_acknowledged_after_they_were_written_and_locked_after_that(today):
    written = {(act.initiative, act.values["title"]): act for act in record_acts(today, "decisions")}
    sides: dict[tuple[str, str], set[str]] = defaultdict(set)
    locked = set()
    order: list[Act] = list(portfolio(today).acts)
    for act in decision_acts(today):
        place = (act.initiative, act.title)
        assert order.index(written[place]) < order.index(act)
        if act.side is None:
            touched = {"delivery": "touches_timing", "people": "touches_adoption"}
            wanted = {side for side, column in touched.items() if written[place].values[column] == "yes"}
            assert sides[place] >= wanted
            locked.add(place)
        else:
            sides[place].add(act.side)
    assert locked
    assert set(written) - locked


@every_today
@pytest.mark.requirement("R34")
def test_the_cutover_of_the_erp_slipped_by_what_case_teams_did(today):
    cutover = next(a for a in lane(today, "ERP", "delivery") if a["title"] == "Cutover")
    assert (day(cutover["actual_end"]) - day(cutover["planned_end"])).days == 4
    chain = [r for (_, code, _), r in records(today, "resistance").items() if code == "ERP" and r.get("milestone")]
    assert [(r["audience"], r["milestone"]) for r in chain] == [("Case teams", "Cutover")]
    assert chain[0]["issue"]
    assert day(chain[0]["first_seen"]) < day(cutover["planned_end"])


@every_today
def test_holidays_of_two_clients_fall_within_the_year_to_come(today):
    acts = record_acts(today, "holidays")
    assert {act.values["client"] for act in acts} == {"alder", "dover"}
    assert all(0 <= (day(act.values["date"]) - today).days <= 366 for act in acts)
    assert len({(act.values["client"], act.values["date"]) for act in acts}) == len(acts)


@every_today
def test_the_same_person_owns_both_sides_of_a_draft_only(today):
    alone = [r for r in rows(today, "initiatives") if r["project_owner"] == r["change_owner"]]
    assert [(row["code"], row["state"]) for row in alone] == [("ONCALL", "draft")]


@settings(deadline=None, max_examples=8)
@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_the_money_of_mfa_holds_on_any_day(today):
    found = figures(today, "MFA")
    assert found.cpi == pytest.approx(1.02, abs=0.005)
    assert found.spi_t == pytest.approx(0.97, abs=0.015)
