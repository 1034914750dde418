"""The four questions, answered from data or not at all."""

from dataclasses import replace

import pytest
from domain_builders import a_lane, a_standing, an_activity, an_adoption, day
from people_builders import a_behaviour, a_reason, an_impact, an_item, people_of
from working_builders import (
    a_benefit,
    a_full_gate,
    a_link,
    a_target,
    an_audience,
    live_material,
    material,
    seen,
)

from changedesk.domain.early_life.day_one import DayOne
from changedesk.domain.early_life.load_bands import Band
from changedesk.domain.measures.questions import (
    Lens,
    answers,
    as_promised,
    day_one,
    is_the_plan_holding,
    who_is_affected,
)
from changedesk.domain.running_side import RunningSide
from changedesk.domain.thresholds import Thresholds


def work(name, end, **other):
    return an_activity(name, planned_end=day(end), **{"owner": "pat"} | other)


def people(name, end, **other):
    return work(name, end, lane="people", **{"phase": "training", "audience": "Warehouse"} | other)


@pytest.mark.requirement("R53")
def test_each_lens_has_its_question():
    found = answers(material())
    assert tuple(answer.lens for answer in found) == tuple(Lens)
    assert all(answer.question.endswith("?") and answer.sentence.endswith(".") for answer in found)


def test_without_data_no_question_is_answered():
    empty = a_standing(delivery=a_lane(total=0.0, earned=0.0, due_on=None, next_due_on=None))
    for answer in answers(material(standing=empty)):
        assert (answer.word, answer.as_of) == ("unknown", None)


@pytest.mark.requirement("R49")
@pytest.mark.requirement("R86")
def test_the_plan_holds_when_links_owners_and_days_hold():
    m = material(
        activities=[work("a", 90, actual_end=day(90)), work("b", 120)], dependencies=[a_link("a", "b")]
    )  # fmt: skip
    found = is_the_plan_holding(m)
    assert (found.word, found.as_of, found.evidence) == ("yes", day(90), ())
    assert found.sentence == "The dependencies hold; all open work has an owner; delivery is on plan."


@pytest.mark.requirement("R49")
def test_a_plan_that_holds_some_days_late_says_how_many_would_be_too_many():
    m = material(
        activities=[work("a", 96, actual_end=day(99)), work("b", 120)],
        dependencies=[a_link("a", "b")],
        standing=a_standing(delivery=a_lane(reached_on=day(99), due_on=day(96))),
    )
    found = is_the_plan_holding(m)
    assert found.word == "yes"
    assert found.sentence.endswith("the plan holds: delivery is 3 days behind, 5 would be too many.")


def test_whoever_looks_says_how_many_days_behind_are_too_many():
    one = material(
        activities=[work("a", 96, actual_end=day(99)), work("b", 120)],
        dependencies=[a_link("a", "b")],
        standing=a_standing(delivery=a_lane(reached_on=day(99), due_on=day(96))),
        thresholds=Thresholds(risky_lag=3),
    )
    assert is_the_plan_holding(one).word == "no"
    patient = is_the_plan_holding(replace(one, thresholds=Thresholds(risky_lag=9)))
    assert patient.sentence.endswith("delivery is 3 days behind, 9 would be too many.")


@pytest.mark.parametrize(("behind", "word"), [(4, "yes"), (5, "no")])
def test_as_many_days_behind_as_would_be_too_many_are_too_many(behind, word):
    m = material(
        activities=[work("a", 96, actual_end=day(90)), work("b", 120), work("c", 95, actual_end=day(97))],
        dependencies=[a_link("a", "b")],
        standing=a_standing(delivery=a_lane(reached_on=day(99), due_on=day(99 - behind))),
    )
    found = is_the_plan_holding(m)
    assert (found.word, found.as_of) == (word, day(97))


@pytest.mark.requirement("R49")
def test_one_thing_that_fails_is_a_no_with_its_evidence():
    m = material(
        activities=[work("a", 98), work("b", 120, planned_start=day(99), owner=None)],
        dependencies=[a_link("a", "b")],
        standing=a_standing(delivery=a_lane(reached_on=day(30), due_on=day(20))),
    )
    found = is_the_plan_holding(m)
    assert found.word == "no"
    assert found.sentence == (
        "1 dependency broken; 1 open activity without an owner; delivery is 10 days behind, 1 activity overdue."
    )
    assert found.evidence == (
        "“b” is planned 1 day before “a” allows it",
        "a was due 2 d ago",
        "nobody is named for b",
    )


def test_without_recorded_dependencies_nobody_can_say_that_they_are_clear():
    found = is_the_plan_holding(material(activities=[work("a", 120)]))
    assert (found.word, found.sentence.split(";")[0]) == ("unknown", "No dependencies are recorded")


def judged(**other):
    m = material(**other)
    return replace(m, people_standing=people_of(m))


@pytest.mark.requirement("R50")
def test_before_go_live_it_breaks_first_where_the_ranking_begins():
    found = who_is_affected(
        judged(
            audiences=[an_audience(), an_audience("Office", 60)],
            impacts=[an_impact("Warehouse", 5), an_impact("Office", 2)],
            readiness=[an_item(), an_item("partial", "Office")],
        )
    )
    assert found.word == "100 people"
    assert found.sentence == "100 people in 2 audiences; it breaks first in Warehouse: Knows why, not ready."
    assert found.evidence == (
        "which behaviours must shift is not described yet",
        "Office: 60 people",
        "Warehouse: 40 people",
    )


def test_an_audience_that_nobody_has_looked_at_breaks_before_one_that_is_partly_ready():
    m = judged(audiences=[an_audience("a"), an_audience("b")], readiness=[an_item("partial", "a")])
    assert "breaks first in b: nobody has said what they need to be ready" in who_is_affected(m).sentence


@pytest.mark.requirement("R50")
def test_behaviours_that_are_recorded_are_said_before_what_a_gate_says():
    gate = a_full_gate([0], None, "scan before shelving", name="initiation", keys="behaviours")
    found = who_is_affected(judged(audiences=[an_audience()], gates=[gate], behaviours=[a_behaviour()]))
    assert found.evidence[0] == "behaviours: One queue"


@pytest.mark.requirement("R50")
@pytest.mark.parametrize(
    ("adoption", "says"),
    [
        ({"state": "rising", "worst": "Warehouse", "worst_percent": 12.0}, "it breaks first in Warehouse: 12 % use it"),
        ({"state": "relapsed", "worst": "Warehouse", "worst_percent": 90.0}, "breaks first in Warehouse: 90 %"),
        ({"state": "adopted", "worst": "Warehouse", "worst_percent": 90.0}, "no audience falls short so far"),
    ],
)
def test_after_go_live_it_breaks_where_least_use_was_observed(adoption, says):
    standing = a_standing(went_live=True, adoption=an_adoption(percent=50.0, observed_on=day(95), **adoption))
    found = who_is_affected(live_material(standing=standing, audiences=[an_audience()]))
    assert says in found.sentence
    assert found.as_of == day(95)


def test_people_who_were_never_counted_are_not_nobody():
    gate = a_full_gate([0], None, "scan before shelving", name="initiation", keys="behaviours")
    found = who_is_affected(material(audiences=[an_audience(headcount=0)], gates=[gate]))
    assert found.word == "unknown"
    assert found.sentence.startswith("How many people in 1 audience is unknown")
    assert found.evidence[0] == "behaviours: scan before shelving"
    assert "no audience falls short" in found.sentence


@pytest.mark.requirement("R51")
def test_where_the_desk_has_a_checklist_that_says_how_prepared_it_is():
    m = material(
        readiness=[an_item("ready", None, weight=3.0), an_item("unknown", None, item="Rehearsed")],
        contact_reasons=[a_reason(script="7")],
    )
    found = day_one(m)
    assert found.word == "75 % prepared"
    assert found.sentence.startswith(
        "The front line is 75 % prepared; 1 expected reason: 1 with a script, 0 with an article, 0 with an escalation path"
    )
    assert "not ready: “Rehearsed”" in found.sentence


@pytest.mark.requirement("R51")
def test_the_desk_knows_how_prepared_it_is_but_not_yet_what_hits_it():
    m = material(
        activities=[
            people("Scripts", 90, phase="support", kind="support_readiness", actual_end=day(92)),
            people("Escalation", 110, phase="support", weight=3.0),
            work("Support the build", 110),
        ]
    )
    found = day_one(m)
    assert (found.word, found.as_of) == ("25 % prepared", day(92))
    assert found.evidence == ("Escalation: due in 10 d", "Scripts: done 8 d ago")
    assert found.sentence.endswith(
        "how many tickets day one brings is unknown until tickets from before it are recorded."
    )


@pytest.mark.requirement("R51")
def test_one_piece_of_work_that_prepares_the_desk_is_said_as_one():
    found = day_one(material(activities=[people("Scripts", 90, phase="support", actual_end=day(92))]))
    assert found.sentence.startswith("The front line is 100 % prepared, 1 of 1 activity done; ")


@pytest.mark.requirement("R51")
@pytest.mark.parametrize(
    ("seen_by_then", "says"),
    [
        (None, "day one is expected to bring 1,140 (900 to 1,800) tickets"),
        (1, "day one brought 1 ticket, 1,140 (900 to 1,800) were to be expected"),
        (0, "day one brought 0 tickets, 1,140 (900 to 1,800) were to be expected"),
    ],
)
def test_what_hits_the_desk_is_said_before_day_one_and_held_against_it_after(seen_by_then, says):
    first = DayOne(Band(900, 1140, 1800), 800.0, 2, counted_by_people=True, readiness_known=True)
    found = day_one(material(running=RunningSide(first_day=first, first_day_seen=seen_by_then)))
    assert found.sentence == f"Nothing is planned that prepares the front line; {says}."
    assert found.evidence == (
        "day one: 800 a day without it",
        "day one: rests on 2 earlier go-lives and the people concerned",
    )


@pytest.mark.parametrize(("ended", "as_of"), [(100, 100), (101, 90)])
def test_the_plan_is_as_new_as_the_last_work_that_is_known_today(ended, as_of):
    work_done = [work("a", 96, actual_start=day(90), actual_end=day(ended)), work("b", 120)]
    assert is_the_plan_holding(material(activities=work_done)).as_of == day(as_of)


@pytest.mark.requirement("R51")
def test_a_desk_that_nobody_prepares_is_told_so():
    found = day_one(material())
    assert (found.word, found.sentence.split(";")[0]) == ("unknown", "Nothing is planned that prepares the front line")


def with_use(state="rising", percent=None, target=80.0, by=150, live=True):
    adoption = an_adoption(
        state=state, percent=percent, observed_on=None if percent is None else day(95), target=target,
        by=None if target is None else day(by), worst="Warehouse",
    )  # fmt: skip
    return a_standing(adoption=adoption, went_live=live)


@pytest.mark.requirement("R52")
@pytest.mark.parametrize(
    ("standing", "word"),
    [
        (with_use(percent=41.0), "no forecast yet"),
        (with_use(percent=41.0, by=90), "no"),
        (with_use(percent=85.0), "yes"),
        (with_use("relapsed", 85.0), "no"),
        (with_use(live=False), "no forecast yet"),
        (with_use(by=90), "unknown"),
        (with_use(target=None, percent=85.0), "unknown"),
    ],
)
def test_the_promise_is_held_against_what_is_observed_and_no_day_is_guessed(standing, word):
    assert as_promised(live_material(standing=standing, targets=[a_target()])).word == word


@pytest.mark.requirement("R52")
def test_where_a_forecast_is_kept_the_promise_is_as_likely_as_the_portfolio_says():
    use = an_adoption(percent=41.0, target=80.0, by=day(150), chance=0.23, chance_on=day(98))
    found = as_promised(live_material(standing=a_standing(adoption=use, went_live=True), targets=[a_target()]))
    assert found.word == "23 % likely"


@pytest.mark.requirement("R52")
def test_the_promise_shows_each_benefit_and_the_newest_day_of_the_data():
    m = live_material(
        standing=with_use(percent=41.0),
        benefits=[a_benefit(due=day(150)), a_benefit("Hours")],
        benefit_observations=[seen(97, 60)],
    )
    found = as_promised(m)
    assert found.evidence == ("Calls: 80 % realised, due in 50 d", "Hours: unknown, no day promised")
    assert found.as_of == day(97)
    assert found.sentence == "41 % use it; promised: 80 % by Fri 29 Jan 2027."
    assert as_promised(material()).evidence == ("no benefit was promised in figures",)
