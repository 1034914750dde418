"""The demo portfolio tells its stories on every day of the year."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from demo_rows import (
    TODAYS,
    Row,
    day,
    days_to,
    every_today,
    gate_acts,
    initiative,
    lane,
    of,
    portfolio,
    rows,
    signed,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from changedesk.domain.adoption import adoption_standing
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.records import Observation, Target
from changedesk.domain.words import (
    ACTIVITY_KINDS,
    INITIATIVE_STATES,
    METHODS,
    OUTCOME_METRICS,
    OUTPUT_METRICS,
    PHASES,
    ROLES,
)
from changedesk.interchange.rows import RowChecker
from changedesk.resources import data_text
from changedesk.services.demo.acts import GateAct, RecordAct
from changedesk.services.demo.portfolio import demo_portfolio, moment_of
from changedesk.services.demo.story import past_workday, planned_workday

CAST = {
    "requester",
    "implementer",
    "change.manager",
    "cab.network",
    "cab.security",
    "cab.business",
    "service.desk",
    "project.owner",
    "change.owner",
    "auditor",
}

LAGS = {"MFA": 23, "PSA": 9, "FWALL": 11, "RMM": 4, "LOB": 3, "FILES": -1, "ARCH": -2, "PWD": 0, "MAIL": 0}


def progress(activities: Sequence[Row]) -> float:
    total = sum(int(a["weight"]) for a in activities)
    return 100 * sum(int(a["weight"]) for a in activities if a["actual_end"]) / total


def days_behind(activities: Sequence[Row], today: date) -> int:
    """Days behind by the rule written down for the product, computed here from the rows alone."""
    done = [a for a in activities if a["actual_end"]]
    earned = sum(int(a["weight"]) for a in done)
    reached = max((day(a["actual_end"]) for a in done), default=None)
    ends = sorted({day(a["planned_end"]) for a in activities})
    planned = {end: sum(int(a["weight"]) for a in activities if day(a["planned_end"]) <= end) for end in ends}
    behind = []
    if reached is not None:
        behind.append((reached - next(end for end in ends if planned[end] >= earned)).days)
    coming = [end for end in ends if planned[end] > earned]
    if coming:
        behind.append((today - coming[0]).days)
    return max(behind)


def percents(today: date, code: str, audience: str) -> list[float]:
    return [
        100 * int(o["numerator"]) / int(o["denominator"])
        for o in of(today, "observations", code)
        if o["audience"] == audience and o["metric"] == "utilization" and o["method"] == "observed"
    ]


def used_by(today: date, code: str) -> float:
    latest = {o["audience"]: o for o in of(today, "observations", code) if o["metric"] == "utilization"}
    counted = latest.values()
    return 100 * sum(int(o["numerator"]) for o in counted) / sum(int(o["denominator"]) for o in counted)


def checklists() -> dict[tuple[str, str], set[str]]:
    lifecycle = tomllib.loads(data_text("lifecycles", "standard.toml"))
    return {
        (checkpoint["name"], side): {item["key"] for item in checkpoint[side]}
        for checkpoint in lifecycle["checkpoints"]
        for side in ("delivery", "people")
    }


def test_the_same_day_gives_the_same_bytes():
    one, other = demo_portfolio(TODAYS[0]), demo_portfolio(TODAYS[0])
    assert all(one.files[kind] == other.files[kind] for kind in KINDS if kind in one.files)
    assert [(moment_of(act), act.by) for act in one.acts] == [(moment_of(act), act.by) for act in other.acts]


@every_today
def test_there_are_five_clients_and_fourteen_initiatives_with_short_titles(today):
    assert [row["client"] for row in rows(today, "clients")] == ["alder", "birch", "cedar", "dover", "internal"]
    assert len(rows(today, "initiatives")) == 14
    assert all(len(row["title"]) <= 24 for row in rows(today, "initiatives"))


def test_clients_differ_in_time_zone_and_maturity():
    clients = rows(TODAYS[0], "clients")
    assert len({ZoneInfo(client["timezone"]).key for client in clients}) >= 3
    assert {client["user_maturity"] for client in clients} == {"1", "2", "3", "4", "5"}


def test_alder_has_exactly_the_cast_that_others_rely_on():
    assert {person["login"] for person in rows(TODAYS[0], "people") if person["client"] == "alder"} == CAST


def test_files_stand_in_import_order_with_unique_sorted_keys():
    files = portfolio(TODAYS[0]).files
    assert list(files) == [kind for kind in KINDS if kind in files]
    for today in TODAYS:
        for kind in files:
            keys = [tuple(row[column] for column in KINDS[kind].key) for row in rows(today, kind)]
            assert keys == sorted(set(keys)), kind


def test_no_cell_needs_the_guard_against_spreadsheets():
    for kind in portfolio(TODAYS[0]).files:
        for row in rows(TODAYS[0], kind):
            texts = [cell for cell in row.values() if not cell.lstrip("-").isdigit()]
            assert not any(cell.startswith(("=", "+", "-", "@", "'", "\t")) for cell in texts)


@every_today
def test_the_import_finds_nothing_odd_in_any_row(today):
    for kind, text in portfolio(today).files.items():
        header, *records = csv.reader(io.StringIO(text))
        assert header == [column.name for column in KINDS[kind].columns]
        for row in RowChecker(KINDS[kind], header, today).check(enumerate(records, 2)):
            assert row.values is not None, row.problems
            assert not row.warnings


@every_today
def test_every_reference_resolves(today):
    clients = {row["client"] for row in rows(today, "clients")}
    logins = {row["login"] for row in rows(today, "people")}
    assert {row["client"] for row in rows(today, "people")} <= clients | {""}
    audiences = {(row["initiative"], row["audience"]) for row in rows(today, "audiences")}
    codes = {row["code"] for row in rows(today, "initiatives")}
    for row in rows(today, "initiatives"):
        assert row["client"] in clients
        assert {row[who] for who in ("project_owner", "change_owner", "sponsor")} <= logins | {""}
        assert row["project_owner"] != row["change_owner"] or not (
            signed(today, row["code"], "delivery") or signed(today, row["code"], "people")
        )
    for kind in ("activities", "targets", "observations", "snapshots", "benefits", "benefit_observations"):
        for row in rows(today, kind):
            assert row["initiative"] in codes
            assert not row.get("audience") or (row["initiative"], row["audience"]) in audiences
    assert {row["owner"] for row in rows(today, "activities")} <= logins
    # What the program keeps by itself is nobody's act.
    assert {act.by for act in portfolio(today).acts} - {None} <= logins


def test_every_word_is_of_the_field():
    today = TODAYS[0]
    for person in rows(today, "people"):
        assert set(person["roles"].split(";")) <= set(ROLES)
    edits = [
        act.values for act in demo_portfolio(today).acts if isinstance(act, RecordAct) and act.form == "initiatives"
    ]
    edited = {values["state"] for values in edits if "state" in values}
    assert {row["state"] for row in rows(today, "initiatives")} | edited == set(INITIATIVE_STATES)
    for activity in rows(today, "activities"):
        assert activity["phase"] in PHASES[activity["lane"]]
        assert activity["kind"] in ACTIVITY_KINDS[activity["lane"]]
        assert activity["milestone"] in ("yes", "no")
    metrics = {*OUTCOME_METRICS, *OUTPUT_METRICS}
    assert {row["metric"] for row in rows(today, "targets")} <= metrics
    assert {row["metric"] for row in rows(today, "observations")} == metrics
    assert {row["method"] for row in rows(today, "observations")} == set(METHODS)


@every_today
def test_nothing_that_happened_lies_in_the_future(today):
    for activity in rows(today, "activities"):
        assert all(day(activity[when]) <= today for when in ("actual_start", "actual_end") if activity[when])
        assert activity["actual_start"] or not activity["actual_end"]
        assert not activity["actual_end"] or activity["actual_start"] <= activity["actual_end"]
    for kind in ("observations", "snapshots", "benefit_observations"):
        assert all(day(o["date"]) <= today for o in rows(today, kind))
    assert all(moment_of(act).date() <= today for act in portfolio(today).acts)
    assert all(day(i["go_live_actual"]) <= today for i in rows(today, "initiatives") if i["go_live_actual"])


@every_today
def test_every_day_is_within_the_years_that_the_demo_covers(today):
    dated = ("go_live_planned", "go_live_actual", "go_live", "planned_start", "planned_end", "date", "by", "due")
    for kind in portfolio(today).files:
        for row in rows(today, kind):
            # A period of a service counts what was due in it.
            dates = [row[column][:10] for column in dated if row.get(column) and not row[column].isdigit()]
            assert all(-1300 <= days_to(today, cell) <= 400 for cell in dates)


@every_today
def test_work_is_planned_on_workdays_save_the_go_live_itself(today):
    for activity in rows(today, "activities"):
        assert activity["planned_start"] <= activity["planned_end"]
        if activity["planned_end"] != initiative(today, activity["initiative"])["go_live_planned"]:
            assert day(activity["planned_end"]).weekday() < 5


@every_today
@pytest.mark.requirement("R47")
def test_use_is_counted_only_after_an_audience_went_live_and_training_before(today):
    for code in {o["initiative"] for o in rows(today, "observations")}:
        waves = {a["audience"]: a["go_live"] for a in of(today, "audiences", code)}
        for o in of(today, "observations", code):
            live = waves[o["audience"]] or initiative(today, code)["go_live_actual"]
            if o["metric"] == "training":
                assert not live or o["date"] <= live
            else:
                assert live
                assert o["date"] > live


@every_today
def test_counts_are_out_of_people_who_are_there(today):
    heads = {(a["initiative"], a["audience"]): int(a["headcount"]) for a in rows(today, "audiences")}
    for o in rows(today, "observations"):
        assert 0 <= int(o["numerator"]) <= int(o["denominator"])
        assert 0 < int(o["denominator"]) <= heads[o["initiative"], o["audience"]]


@every_today
@pytest.mark.requirement("R60")
def test_signatures_close_complete_checklists_or_name_a_waiver(today):
    items = checklists()
    ticked: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    signers: dict[tuple[str, str], set[str]] = defaultdict(set)
    done: set[tuple[str, str, str]] = set()
    for act in gate_acts(today):
        if act.verb == "close":
            continue
        place = (act.initiative, act.checkpoint, act.lane)
        owner = initiative(today, act.initiative)["project_owner" if act.lane == "delivery" else "change_owner"]
        assert act.by == owner
        assert place not in done, f"{place} is touched after its signature"
        if act.verb == "tick":
            assert act.item in items[act.checkpoint, act.lane]
            assert act.item not in ticked[place]
            assert act.evidence
            assert act.waiver is None
            ticked[place].add(act.item)
        else:
            assert act.item is None
            assert bool(act.waiver) == (ticked[place] != items[act.checkpoint, act.lane])
            signers[act.initiative, act.checkpoint].add(act.by)
            done.add(place)
    assert {len(people) for people in signers.values()} == {1, 2}


@every_today
def test_decisions_come_in_the_order_of_their_days(today):
    moments = [moment_of(act) for act in portfolio(today).acts]
    assert moments == sorted(moments)


@every_today
def test_nobody_works_on_an_initiative_after_it_was_cancelled(today):
    cancelled = set()
    for act in (act for act in portfolio(today).acts if isinstance(act, GateAct | RecordAct)):
        assert act.initiative not in cancelled, f"{act} comes after the end"
        if isinstance(act, RecordAct) and act.values.get("state") == "cancelled":
            cancelled.add(act.initiative)
    assert cancelled == {"VOIP"}


@every_today
@pytest.mark.parametrize(("code", "lag"), LAGS.items())
def test_change_lags_are_those_of_the_stories(today, code, lag):
    people, delivery = (days_behind(lane(today, code, name), today) for name in ("people", "delivery"))
    assert people - delivery == pytest.approx(lag, abs=1)
    assert lag == 0 or (people - delivery) * lag > 0


@every_today
@pytest.mark.parametrize(
    ("code", "delivery", "people"),
    [
        ("MFA", 88, 41),
        ("PSA", 100, 55),
        ("ERP", 100, 62),
        ("MAIL", 100, 100),
        ("FWALL", 71, 48),
        ("RMM", 64, 52),
        ("LOB", 100, 80),
        ("FILES", 35, 36),
        ("ARCH", 22, 25),
        ("PWD", 100, 93),
    ],
)
def test_lanes_are_as_far_as_the_stories_say(today, code, delivery, people):
    assert progress(lane(today, code, "delivery")) == pytest.approx(delivery, abs=1.5)
    assert progress(lane(today, code, "people")) == pytest.approx(people, abs=1.5)


@every_today
def test_plans_are_as_rich_as_their_stories_need(today):
    lanes = Counter((a["initiative"], a["lane"]) for a in rows(today, "activities"))
    for row in rows(today, "initiatives"):
        assert 8 <= lanes[row["code"], "delivery"] <= 18
        assert 7 <= lanes[row["code"], "people"] <= 14 or row["code"] == "SRV"
    assert sum(side == "service" for _, side in lanes) >= 3


@every_today
@pytest.mark.requirement("R72")
def test_mfa_goes_live_in_six_days_with_executives_not_ready(today):
    assert days_to(today, initiative(today, "MFA")["go_live_planned"]) == 6
    trained = [o for o in of(today, "observations", "MFA") if o["audience"] == "Executives"][-1]
    assert 8 * int(trained["numerator"]) <= int(trained["denominator"])
    assert "execution" in signed(today, "MFA", "delivery")
    assert "execution" not in signed(today, "MFA", "people")


@every_today
@pytest.mark.requirement("R31")
def test_dispatchers_had_it_and_went_back(today):
    use = percents(today, "PSA", "Dispatchers")
    assert len(use) >= 14
    assert max(use) > 80
    assert use[-1] < 40
    assert days_to(today, initiative(today, "PSA")["go_live_actual"]) == -12


@every_today
@pytest.mark.requirement("R1")
@pytest.mark.parametrize(("code", "ago", "last"), [("MAIL", -95, 29), ("ERP", -94, 29)])
def test_three_months_after_a_finished_project_people_are_back_in_the_old_way(today, code, ago, last):
    assert days_to(today, initiative(today, code)["go_live_actual"]) == ago
    assert all(a["actual_end"] for a in lane(today, code, "delivery"))
    assert used_by(today, code) == pytest.approx(last, abs=5)
    assert all(max(percents(today, code, a["audience"])) > 75 for a in of(today, "audiences", code))


@every_today
@pytest.mark.requirement("R48")
def test_the_finished_migration_and_the_agents_end_their_people_work_at_go_live(today):
    for code in ("MAIL", "RMM"):
        last = max(a["planned_end"] for a in lane(today, code, "people"))
        assert last <= initiative(today, code)["go_live_planned"]
    assert initiative(today, "MAIL")["state"] == "closed"
    assert len(signed(today, "MAIL", "delivery")) == len(signed(today, "MAIL", "people")) == 6


@every_today
@pytest.mark.requirement("R65")
def test_one_plan_is_nothing_but_communication_and_training(today):
    only = {
        row["code"]
        for row in rows(today, "initiatives")
        if {a["kind"] for a in lane(today, row["code"], "people")} == {"communication", "training"}
    }
    assert only == {"EXP"}


@every_today
@pytest.mark.requirement("R59")
def test_people_work_begins_with_the_project_save_in_the_two_late_stories(today):
    late = set()
    for row in rows(today, "initiatives"):
        people = [day(a["planned_start"]) for a in lane(today, row["code"], "people")]
        charter = min(day(a["planned_start"]) for a in lane(today, row["code"], "delivery"))
        if people and (min(people) - charter).days > 10:
            late.add(row["code"])
    assert late == {"MFA", "FWALL"}


@every_today
@pytest.mark.requirement("R30")
def test_units_do_not_know_the_new_approval_path_of_the_firewall(today):
    assert days_to(today, initiative(today, "FWALL")["go_live_planned"]) == 20
    planning = max(a["planned_end"] for a in lane(today, "FWALL", "delivery") if a["phase"] == "planning")
    assert min(a["planned_start"] for a in lane(today, "FWALL", "people")) > planning
    latest = {o["audience"]: o for o in of(today, "observations", "FWALL")}
    unaware = [o for o in latest.values() if int(o["numerator"]) / int(o["denominator"]) < 0.2]
    assert len(unaware) == 2


@every_today
@pytest.mark.requirement("R9")
def test_shadow_spreadsheets_slow_the_line_of_business_app(today):
    assert days_to(today, initiative(today, "LOB")["go_live_actual"]) == -31
    assert used_by(today, "LOB") == pytest.approx(57, abs=6)
    assert percents(today, "LOB", "Planners") == sorted(percents(today, "LOB", "Planners"))


@every_today
def test_the_server_upgrade_has_no_change_owner_and_no_date(today):
    assert initiative(today, "SRV")["change_owner"] == ""
    assert initiative(today, "SRV")["go_live_planned"] == ""
    assert lane(today, "SRV", "people") == []


@every_today
@pytest.mark.requirement("R46")
def test_the_password_manager_is_used_for_three_years(today):
    for audience in of(today, "audiences", "PWD"):
        use = percents(today, "PWD", audience["audience"])
        assert len(use) == 156
        assert min(use[20:]) > 80
    assert len(signed(today, "PWD", "people")) == 6


@every_today
def test_due_checkpoints_are_signed_where_all_is_well(today):
    for code in ("FILES", "ARCH", "LOB", "PWD", "EXP"):
        phases = {"initiation": "initiation", "planning": "planning", "execution": "execution"}
        for checkpoint, phase in phases.items():
            due = max(a["planned_end"] for a in lane(today, code, "delivery") if a["phase"] == phase)
            if day(due) < today:
                assert checkpoint in signed(today, code, "delivery")
                assert checkpoint in signed(today, code, "people")


@settings(deadline=None, max_examples=8)
@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_the_stories_hold_on_any_day(today):
    for code, lag in LAGS.items():
        people, delivery = (days_behind(lane(today, code, name), today) for name in ("people", "delivery"))
        assert abs(people - delivery - lag) <= 1
    assert percents(today, "PSA", "Dispatchers")[-1] < 40


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 3))
def test_past_workdays_are_workdays_and_not_to_come(day, later):
    today = day + timedelta(days=later)
    assert past_workday(day, today) <= today
    assert past_workday(day, today).weekday() < 5


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_planned_workdays_are_at_most_a_day_away(day):
    assert planned_workday(day).weekday() < 5
    assert abs((planned_workday(day) - day).days) <= 1


@every_today
@pytest.mark.parametrize(
    ("code", "state"),
    [("MAIL", "relapsed"), ("ERP", "relapsed"), ("PSA", "relapsed"), ("LOB", "rising"), ("PWD", "adopted")],
)
def test_the_product_sees_the_stories_in_the_counts_alone(today, code, state):
    observations = defaultdict(list)
    for o in of(today, "observations", code):
        count = (int(o["numerator"]), int(o["denominator"]), o["method"])
        observations[o["audience"]].append(Observation("", 1, o["audience"], o["metric"], day(o["date"]), *count))
    targets = [
        Target("", t["audience"] or None, t["metric"], float(t["target"]), day(t["by"]))
        for t in of(today, "targets", code)
    ]
    heads = {a["audience"]: int(a["headcount"]) for a in of(today, "audiences", code)}
    assert adoption_standing(observations, heads, targets).state == state
