"""What needs somebody today, and the sentence that says why (DOMAIN 2.5)."""

import re
from dataclasses import replace
from datetime import date

import pytest
from domain_builders import a_gate, a_lane, a_standing, an_adoption, day
from hypothesis import example, given
from hypothesis import strategies as st

from changedesk.domain.attention import (
    LATE_RULES,
    LEVELS,
    RISK_RULES,
    all_findings,
    attention,
    attention_key,
)
from changedesk.domain.attention_rules import (
    Attention,
    flags,
    gate_label,
    gate_name,
    near_day,
    unapproved_go_live,
    unknown,
)
from changedesk.domain.control.news import ControlNews, Unapproved
from changedesk.domain.lifecycle import parse_lifecycle
from changedesk.domain.standing import ReadinessStanding, WaveReadiness
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.words import CHECKPOINTS
from changedesk.resources import data_text

TODAY = day(100)


def trailing(days: int):
    """A people lane so many days behind; delivery stays on plan."""
    return a_lane(due_on=day(0), reached_on=day(days))


RELAPSED = an_adoption(state="relapsed", percent=60, worst="dispatchers", worst_percent=41.2, worst_was=78.0)


def a_readiness(percent: float, on: date | None = None) -> ReadinessStanding:
    """All people ready so far, going live on a day (106 unless another is named)."""
    return ReadinessStanding(percent, 1.0, 1, 0, (WaveReadiness(on or day(106), percent, ("a", "b")),))


STANDINGS = st.builds(
    a_standing,
    state=st.sampled_from(["draft", "active", "live", "closed", "cancelled"]),
    change_owner=st.sampled_from([None, "x"]),
    go_live=st.one_of(st.none(), st.integers(0, 300).map(day)),
    went_live=st.booleans(),
    people=st.one_of(st.integers(0, 40).map(trailing), st.just(a_lane(total=0.0, due_on=None, next_due_on=None))),
    gates=st.lists(
        st.builds(
            a_gate,
            name=st.sampled_from(CHECKPOINTS),
            due=st.one_of(st.none(), st.integers(50, 150).map(day)),
            in_use=st.booleans(),
            delivery_signed=st.booleans(),
            people_signed=st.booleans(),
            people_missing=st.integers(0, 4),
            delivery_missing=st.integers(0, 3),
        ),
        max_size=3,
    ).map(tuple),
    adoption=st.sampled_from(
        [
            an_adoption(),
            RELAPSED,
            an_adoption(state="relapsed"),
            an_adoption(state="rising", percent=62.0, target=80.0, by=day(130), chance=0.2, chance_on=TODAY),
            an_adoption(state="adopted", percent=86.0),
        ]
    ),
    late_start=st.booleans(),
    ends_at_go_live=st.booleans(),
    only_comms_and_training=st.booleans(),
    readiness=st.one_of(
        st.none(),
        st.builds(a_readiness, st.floats(0, 100), st.integers(90, 120).map(day)),
    ),
)


@pytest.mark.parametrize(
    ("standing", "level", "reason", "short"),
    [
        (a_standing(), "fine", "on plan", "on plan"),
        (
            a_standing(gates=(a_gate(due=day(96), delivery_signed=True),)),
            "late",
            "gate 3 Execution 4 d over: people unsigned",
            "gate 3 late: people",
        ),
        (a_standing(gates=(a_gate(due=day(96)),)), "late", "gate 3 Execution 4 d over: unsigned", "gate 3 late"),
        (
            a_standing(people=trailing(23), go_live=day(106)),
            "late",
            "people 23 d behind delivery, go-live in 6 d",
            "lag +23 d",
        ),
        (
            a_standing(people=trailing(14), go_live=day(88), went_live=True),
            "late",
            "people 14 d behind delivery, went live 12 d ago",
            "lag +14 d",
        ),
        (
            a_standing(people=trailing(14), go_live=day(88)),
            "late",
            "people 14 d behind, go-live planned 12 d ago",
            "lag +14 d",
        ),
        (a_standing(people=trailing(23)), "at_risk", "people 23 d behind delivery", "lag +23 d"),
        (a_standing(people=trailing(5)), "at_risk", "people 5 d behind delivery", "lag +5 d"),
        (a_standing(people=trailing(4)), "fine", "on plan", "on plan"),
        (
            a_standing(adoption=RELAPSED),
            "late",
            "relapse: dispatchers 41 %, were 78 %",
            "relapse: dispatchers",
        ),
        (
            a_standing(go_live=day(106), readiness=a_readiness(41)),
            "late",
            "people 41 % ready, go-live in 6 d",
            "people 41 % ready",
        ),
        (
            a_standing(go_live=day(100), readiness=a_readiness(79.4, day(100))),
            "late",
            "people 79 % ready, go-live today",
            "people 79 % ready",
        ),
        (
            a_standing(go_live=day(95), readiness=a_readiness(30, day(95))),
            "late",
            "people 30 % ready, go-live planned 5 d ago",
            "people 30 % ready",
        ),
        (a_standing(go_live=day(108), readiness=a_readiness(41, day(108))), "fine", "on plan", "on plan"),
        (a_standing(go_live=day(106), readiness=a_readiness(80)), "fine", "on plan", "on plan"),
        (
            a_standing(late_start=True, charter_on=day(0), people_begin=day(19)),
            "at_risk",
            "late start: people began 19 d after charter",
            "late start",
        ),
        (a_standing(ends_at_go_live=True), "at_risk", "people work ends at go-live", "ends at go-live"),
        (
            a_standing(only_comms_and_training=True),
            "at_risk",
            "comms and training only",
            "comms, training only",
        ),
        (
            a_standing(gates=(a_gate(due=day(104), people_missing=4),)),
            "at_risk",
            "gate 3 Execution in 4 d: 4 people items open",
            "gate 3: 4 open",
        ),
        (
            a_standing(gates=(a_gate(due=day(100), people_missing=1, delivery_missing=2),)),
            "at_risk",
            "gate 3 Execution today: 3 items open",
            "gate 3: 3 open",
        ),
        (a_standing(gates=(a_gate(due=day(115), people_missing=4),)), "fine", "on plan", "on plan"),
        (a_standing(change_owner=None), "unknown", "no change owner", "no change owner"),
        (a_standing(go_live=None), "unknown", "no go-live date", "no go-live date"),
        (
            a_standing(state="live", went_live=True, adoption=an_adoption(state="adopted", percent=86.4)),
            "fine",
            "adopted by 86 %",
            "adopted by 86 %",
        ),
        (a_standing(state="closed"), "fine", "closed", "closed"),
    ],
)
def test_the_first_rule_that_fires_is_the_reason(standing, level, reason, short):
    found = attention(standing, TODAY, Thresholds())
    assert (found.level, found.reason, found.short) == (level, reason, short)


def test_lanes_that_are_late_together_are_not_said_to_be_on_plan():
    standing = a_standing(delivery=trailing(20), people=trailing(20))
    assert attention(standing, TODAY).reason == "in step, 20 d behind plan"


def test_of_lanes_that_are_nearly_in_step_the_one_that_is_further_behind_is_said():
    lanes = {"delivery": trailing(4), "people": trailing(6)}
    assert attention(a_standing(**lanes), TODAY).reason == "in step, 6 d behind plan"


def test_how_likely_a_target_is_is_said_until_it_is_held():
    use = {"percent": 62.0, "target": 80.0, "by": day(130), "chance": 0.9, "chance_on": TODAY}
    rising, adopted = (
        attention(a_standing(adoption=an_adoption(state=state, **use)), TODAY) for state in ("rising", "adopted")
    )
    assert rising.short.startswith("90 % likely by ")
    assert adopted.short == adopted.reason == "on plan"


def test_a_plan_of_one_lane_is_a_plan():
    nothing = a_lane(earned=0.0, total=0.0, reached_on=None, due_on=None, next_due_on=None)
    assert attention(a_standing(people=nothing), TODAY).reason == "on plan"
    assert attention(a_standing(people=nothing, delivery=nothing), TODAY).reason == "no plan yet"


@pytest.mark.parametrize("delivery", [False, True])
@pytest.mark.parametrize("people", [False, True])
def test_a_checkpoint_is_signed_by_both_sides_or_it_is_not(delivery: bool, people: bool):
    assert a_gate(delivery_signed=delivery, people_signed=people).signed is (delivery and people)


def test_progress_is_what_was_earned_of_all_and_unknown_without_a_plan():
    assert a_lane(earned=1.0, total=4.0).progress == 0.25
    assert a_lane(earned=0.0, total=0.0).progress is None


def test_an_initiative_without_activities_has_no_plan_yet():
    empty = a_lane(total=0.0, earned=0.0, due_on=None, next_due_on=None, reached_on=None)
    assert attention(a_standing(delivery=empty, people=empty), TODAY).reason == "no plan yet"


def test_a_gate_that_this_desk_did_not_follow_is_no_finding():
    gates = (a_gate(due=day(1), in_use=False), a_gate("go_live", due=day(101), in_use=False, people_missing=3))
    assert all_findings(a_standing(gates=gates), TODAY) == ()


def test_a_checkpoint_is_not_late_on_its_own_day():
    assert attention(a_standing(gates=(a_gate(due=TODAY),)), TODAY).level == "fine"


def test_a_planned_go_live_that_passed_without_going_live_stays_close():
    standing = a_standing(people=trailing(20), go_live=day(20))
    assert attention(standing, TODAY).level == "late"
    assert attention(replace(standing, went_live=True), TODAY).level == "at_risk"


@given(STANDINGS)
def test_cancelled_work_is_never_a_finding(standing):
    found = attention(replace(standing, state="cancelled"), TODAY)
    assert (found.level, found.reason) == ("cancelled", "cancelled")


@pytest.mark.requirement("R22")
def test_a_closed_green_project_whose_people_went_back_is_late():
    assert attention(a_standing(state="closed", adoption=RELAPSED), TODAY).rule == "relapse"


def test_closed_work_is_judged_on_its_sustain_checkpoints_only():
    old, sustain = a_gate("execution", due=day(1)), a_gate("sustain_90", due=day(98))
    closed = a_standing(
        state="closed", gates=(old,), late_start=True, change_owner=None, people=trailing(40), go_live=day(99)
    )
    assert attention(closed, TODAY).level == "fine"
    assert attention(replace(closed, gates=(old, sustain)), TODAY).reason == "gate 6 90 days 2 d over: unsigned"


@given(STANDINGS)
def test_the_reason_is_the_first_of_all_findings_and_none_is_more_pressing(standing):
    findings = all_findings(standing, TODAY)
    levels = [LEVELS.index(f.level) for f in findings]
    assert levels == sorted(levels)
    fine = "cancelled" if standing.state == "cancelled" else "fine"
    assert attention(standing, TODAY).level == (findings[0].level if findings else fine)


FLAGS = {"late_start", "ends_at_go_live", "only_comms_and_training"}


@given(STANDINGS)
def test_a_finding_bears_the_name_of_its_rule_and_the_level_of_its_place(standing):
    levels = dict.fromkeys(LATE_RULES, "late") | dict.fromkeys(RISK_RULES, "at_risk") | {unknown: "unknown"}
    for rule, level in levels.items():
        for found in rule(standing, TODAY, Thresholds()):
            assert found.level == level
            assert found.rule in (FLAGS if rule is flags else {rule.__name__})


@pytest.mark.parametrize(
    ("go_live", "near"),
    [(114, "go-live in 14 d"), (100, "go-live today"), (95, "go-live planned 5 d ago"), (115, None), (None, None)],
)
def test_a_go_live_whose_change_is_not_authorised_is_at_risk_when_it_is_near(go_live, near):
    news = ControlNews(unapproved=(Unapproved("CHG-7", "x", "CAB open"),))
    standing = a_standing(go_live=None if go_live is None else day(go_live))
    risky = Attention("at_risk", f"CAB open: CHG-7, {near}", "unapproved_go_live", "CAB open")
    assert list(unapproved_go_live(standing, news, TODAY, 14)) == ([risky] if near else [])
    assert list(unapproved_go_live(replace(standing, went_live=True), news, TODAY, 14)) == []


@given(STANDINGS)
@example(a_standing(people=trailing(40), go_live=day(0)))
def test_reasons_fit_their_columns(standing):
    for found in (attention(standing, TODAY), *all_findings(standing, TODAY)):
        assert 0 < len(found.reason) <= 50
        assert 0 < len(found.short) <= 24


@given(STANDINGS)
def test_lag_is_said_once(standing):
    assert sum("behind delivery" in f.reason for f in all_findings(standing, TODAY)) <= 1


def test_a_very_long_audience_is_left_out_of_the_short_reason():
    adoption = replace(RELAPSED, worst="dispatchers of the northern region")
    assert attention(a_standing(adoption=adoption), TODAY).short == "relapse"


@pytest.mark.parametrize(("letters", "short"), [(15, f"relapse: {'n' * 15}"), (16, "relapse")])
def test_an_audience_is_named_in_the_short_reason_as_long_as_all_of_it_fits(letters, short):
    adoption = replace(RELAPSED, worst="n" * letters)
    assert attention(a_standing(adoption=adoption), TODAY).short == short


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 12, 31), "31 Dec 2025"),
        (date(2026, 11, 27), "27 Nov"),
        (date(2027, 1, 9), "9 Jan"),
        (date(2027, 9, 22), "22 Sep"),
        (date(2027, 9, 23), "23 Sep 2027"),
    ],
)
def test_a_day_of_another_year_needs_no_year_while_it_is_the_next_of_its_name(day, said):
    assert near_day(day, date(2026, 11, 27)) == said


def test_a_forecast_that_falls_short_is_said_with_its_use_its_target_and_its_day():
    found = attention(a_standing(adoption=replace(LIKELY, chance=0.2)), TODAY)
    assert re.fullmatch(r"\d+ % use it, \d+ % by 9 Jan is 20 % likely", found.reason)


@pytest.mark.parametrize(("days", "level"), [(None, ""), (4, ""), (5, "risk"), (13, "risk"), (14, "late")])
def test_a_lag_is_coloured_from_five_and_from_fourteen_days_on(days: int | None, level: str):
    assert Thresholds().lag_level(days) == level


def test_thresholds_can_be_set():
    standing = a_standing(people=trailing(8), go_live=day(110))
    assert attention(standing, TODAY, Thresholds(late_lag=7)).level == "late"
    assert attention(standing, TODAY, Thresholds(risky_lag=9)).level == "fine"


def test_all_rules_find_nothing_where_nothing_is_known():
    standing = a_standing(gates=(a_gate(due=None, people_missing=9),), charter_on=None, people_begin=None)
    assert [f for rule in (*LATE_RULES, *RISK_RULES, unknown) for f in rule(standing, TODAY, Thresholds())] == []


def order(*standings):
    return [s.code for s in sorted(standings, key=lambda s: attention_key(s, attention(s, TODAY), TODAY))]


def test_the_portfolio_is_ordered_by_level_then_nearness_then_lag_then_code():
    late = a_standing(code="LATE", adoption=RELAPSED)
    risk = a_standing(code="RISK", people=trailing(6))
    unknown = a_standing(code="UNKN", change_owner=None, go_live=day(101))
    near = a_standing(code="NEAR", go_live=day(103))
    passed = a_standing(code="PAST", go_live=day(97))
    trails = a_standing(code="TRAIL", people=trailing(2), go_live=day(103))
    first, second = a_standing(code="A"), a_standing(code="B")
    gate = a_standing(code="GATE", gates=(a_gate(due=day(102)),))
    shuffled = (second, near, gate, first, unknown, trails, risk, passed, late)
    assert order(*shuffled) == ["LATE", "RISK", "UNKN", "GATE", "PAST", "TRAIL", "NEAR", "A", "B"]


def test_an_initiative_without_any_day_comes_last_of_its_level():
    undated = a_standing(code="A", go_live=None)
    dated = a_standing(code="B", change_owner=None)
    assert order(undated, dated) == ["B", "A"]


def test_gates_are_called_as_in_the_lifecycle():
    lifecycle = parse_lifecycle(data_text("lifecycles", "standard.toml"))
    for number, name in enumerate(CHECKPOINTS, start=1):
        title = lifecycle.checkpoint(name).title
        assert gate_label(name) == f"gate {number} {title}"
        assert gate_name(name) == title


@pytest.mark.requirement("R63")
def test_a_wave_is_judged_by_its_own_groups_on_its_own_day():
    waves = (WaveReadiness(day(102), 40, ("Executives",)), WaveReadiness(day(130), 10, ("Wards",)))
    standing = a_standing(go_live=day(102), readiness=ReadinessStanding(25, 1.0, 3, 0, waves))
    assert [found.reason for found in all_findings(standing, TODAY) if found.rule == "not_ready"] == [
        "Executives 40 % ready, their go-live in 2 d"
    ]
    live = replace(standing, went_live=True, go_live=day(90))
    assert [found.rule for found in all_findings(live, day(129)) if found.rule == "not_ready"] == ["not_ready"]
    assert "Wards 10 % ready, their go-live tomorrow" in [found.reason for found in all_findings(live, day(129))]


def test_of_readiness_that_nobody_knows_no_figure_is_said():
    waves = (WaveReadiness(day(102), 0, ("Executives",)),)
    standing = a_standing(go_live=day(102), readiness=ReadinessStanding(0, 0.0, 3, 3, waves))
    (found,) = [one for one in all_findings(standing, TODAY) if one.rule == "not_ready"]
    assert (found.reason, found.short) == ("people not known to be ready, go-live in 2 d", "readiness unknown")


RISING = an_adoption(state="rising", percent=62.0, target=80.0, by=day(130))
LIKELY = replace(RISING, chance=0.5, chance_on=TODAY)


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (a_standing(went_live=True, adoption=RISING), "62 % use it, 80 % due Sat 9 Jan 2027"),
        (a_standing(state="live", adoption=RISING), "62 % use it, 80 % due Sat 9 Jan 2027"),
        (a_standing(adoption=RISING), "on plan"),
        (a_standing(went_live=True), "on plan"),
        (a_standing(went_live=True, adoption=replace(RISING, by=TODAY)), "62 % use it, 80 % due Thu 10 Dec"),
        (a_standing(went_live=True, adoption=replace(RISING, by=day(99))), "62 % use it, 80 % were due Wed 9 Dec"),
        (a_standing(went_live=True, adoption=replace(RISING, target=None)), "62 % use it"),
        (a_standing(went_live=True, adoption=replace(RISING, by=None)), "62 % use it"),
        (a_standing(went_live=True, adoption=LIKELY), "62 % use it, 80 % by Sat 9 Jan 2027 is 50 % likely"),
    ],
)
def test_where_people_work_with_it_the_use_is_said_and_what_is_still_to_come(standing, reason):
    found = attention(standing, TODAY)
    assert (found.level, found.reason) == ("fine", reason)


@pytest.mark.parametrize(
    ("chance", "rule", "short"),
    [
        (0.5, "fine", "50 % likely by 9 Jan"),
        (0.49, "unlikely_target", "49 % likely by 9 Jan"),
        (None, "fine", "on plan"),
    ],
)
def test_a_target_that_is_less_than_half_likely_is_at_risk(chance, rule, short):
    found = attention(a_standing(adoption=replace(LIKELY, chance=chance)), TODAY)
    assert (found.rule, found.short) == (rule, short)


def test_a_relapse_is_said_with_as_much_as_is_known_of_it():
    def said(**known):
        return attention(a_standing(adoption=replace(RELAPSED, **known)), TODAY).reason

    assert said(worst_was=None) == "relapse: dispatchers 41 %"
    assert said(worst_percent=None) == "relapse: dispatchers"
    assert said(worst=None) == "relapse"


def test_of_the_checkpoints_to_come_the_nearest_is_asked_about():
    def asked(*gates):
        return [found.reason for found in all_findings(a_standing(gates=gates), TODAY)]

    near, far = a_gate("go_live", due=day(103), people_missing=2), a_gate("sustain_30", due=day(110), people_missing=1)
    assert asked(far, near) == ["gate 4 Go-live in 3 d: 2 people items open"]
    assert asked(replace(near, people_missing=0), far) == []
    assert asked(a_gate(due=day(114), delivery_missing=1)) == ["gate 3 Execution in 14 d: 1 delivery item open"]


def test_a_late_start_is_said_by_its_days_as_far_as_they_are_known():
    def said(charter_on, people_begin):
        standing = a_standing(late_start=True, charter_on=charter_on, people_begin=people_begin)
        return attention(standing, TODAY).reason

    assert said(None, day(19)) == "late start: people work began after planning"
    assert said(day(0), day(110)) == "late start: people begin 110 d after charter"
    assert said(day(0), TODAY) == "late start: people began 100 d after charter"
    assert said(day(0), day(10)) == "late start: people work began after planning", "ten days are allowed"
    assert said(day(0), day(11)) == "late start: people began 11 d after charter"
    assert said(day(110), day(105)) == "late start: people work begins after planning"


def test_cancelled_work_stands_after_all_that_has_a_day():
    cancelled = a_standing(code="A", state="cancelled", go_live=day(101))
    assert order(cancelled, a_standing(code="B", go_live=day(190))) == ["B", "A"]


@pytest.mark.parametrize(
    ("lag", "go_live", "went_live", "level"),
    [
        (14, 130, False, "late"),
        (14, 131, False, "at_risk"),
        (13, 106, False, "at_risk"),
        (14, 70, True, "late"),
        (14, 69, True, "at_risk"),
    ],
)
def test_people_work_two_weeks_behind_is_late_within_thirty_days_of_go_live(lag, go_live, went_live, level):
    standing = a_standing(people=trailing(lag), go_live=day(go_live), went_live=went_live)
    assert attention(standing, TODAY).level == level


def test_people_have_to_be_ready_a_week_before_their_go_live_and_afterwards_nobody_asks_any_more():
    def late(on, **fields):
        return attention(a_standing(go_live=on, readiness=a_readiness(30, on), **fields), TODAY).level == "late"

    assert [late(day(107)), late(day(108))] == [True, False]
    assert [late(TODAY), late(TODAY, went_live=True)] == [True, False]


def test_of_a_planned_go_live_that_has_passed_it_is_asked_whether_it_came():
    empty = a_lane(total=0.0, earned=0.0, due_on=None, next_due_on=None, reached_on=None)
    for lane in (empty, trailing(0)):
        found = attention(a_standing(delivery=lane, people=lane, go_live=day(77), went_live=False), TODAY)
        assert (found.level, found.short) == ("fine", "did it go live?")
        assert re.fullmatch(r"go-live planned \w+ \d+ \w+( \d{4})?: did it go live\?", found.reason)
    assert attention(a_standing(go_live=day(100), went_live=False), TODAY).reason == "on plan"


def test_of_several_waves_the_next_one_is_said_and_called_one():
    first, second = WaveReadiness(day(100), 58, ("Executives",)), WaveReadiness(day(120), 20, ("Wards",))
    ready = ReadinessStanding(41, 1, 3, 0, (first,))
    assert a_standing(go_live=day(100), readiness=ready).people_said[0] == "people 58 % ready"
    in_waves = replace(ready, waves=(first, second))
    assert a_standing(go_live=day(100), readiness=in_waves).people_said[0] == "wave 58 % ready"
