"""Risk totals by kind, and how resistance moves a milestone."""

from dataclasses import replace

import pytest
from domain_builders import an_activity, day
from hypothesis import given
from hypothesis import strategies as st
from working_builders import TODAY, a_resistance, a_risk, counts_of

from changedesk.domain.measures.risks import band, risk_totals
from changedesk.domain.people.causes import causal_chains, heard

RISKS = st.lists(
    st.builds(
        a_risk,
        st.text("abc", min_size=1),
        st.sampled_from(["delivery", "adoption"]),
        st.none() | st.integers(1, 5),
        st.none() | st.integers(1, 5),
        closed_on=st.none() | st.just(day(1)),
    ),
    unique_by=lambda risk: risk.id,
)


@pytest.mark.requirement("R17")
def test_each_kind_has_its_own_total():
    risks = [a_risk("a"), a_risk("b", p=5, i=5), a_risk("c", closed_on=day(1)), a_risk("d", "adoption", None, 3)]
    delivery, adoption = risk_totals(counts_of(risks))
    assert (delivery.total, delivery.open, delivery.named, delivery.worst.title, delivery.band) == (
        37,
        2,
        3,
        "b",
        "severe",
    )
    assert (adoption.total, adoption.open, adoption.unscored, adoption.band) == (None, 1, 1, "unknown")


def test_nothing_open_is_nothing_and_nothing_named_is_unknown():
    delivery, adoption = risk_totals(counts_of([a_risk(closed_on=day(1))]))
    assert (delivery.total, delivery.band) == (0, "low")
    assert (adoption.total, adoption.band) == (None, "unknown")


@pytest.mark.requirement("R17")
def test_open_risks_without_a_rating_are_counted_beside_those_that_have_one():
    risks = [a_risk("a", p=2, i=2), a_risk("b", p=2, i=2), a_risk("c", p=None), a_risk("d", p=None, closed_on=day(1))]
    delivery, _ = risk_totals(counts_of(risks))
    assert (delivery.open, delivery.unscored, delivery.named, delivery.total) == (3, 1, 4, 8)
    assert delivery.band == "low"


@given(RISKS)
def test_totals_do_not_depend_on_the_order_and_split_all_risks(risks):
    totals = risk_totals(counts_of(risks))
    assert totals == risk_totals(counts_of(list(reversed(risks))))
    assert sum(total.named for total in totals) == len(risks)
    assert sum(total.total or 0 for total in totals) == sum(r.score or 0 for r in risks if r.closed_on is None)


@pytest.mark.parametrize(
    ("score", "word"), [(1, "low"), (4, "low"), (5, "medium"), (10, "high"), (15, "severe"), (25, "severe"), (None, "unknown")]
)  # fmt: skip
def test_a_score_has_a_word(score, word):
    assert band(score) == word


@pytest.mark.requirement("R34")
def test_a_chain_leads_from_the_resistance_to_the_slip_of_the_milestone():
    pilot = an_activity("Pilot done", planned_end=day(60), baseline_end=day(50), actual_end=day(62), milestone=True)
    (chain,) = causal_chains([a_resistance(issue="Old list kept", milestone="Pilot done")], [pilot], TODAY)
    by_id = causal_chains([a_resistance(issue="Old list kept", milestone="m1")], [replace(pilot, id="m1")], TODAY)
    assert by_id[0].steps == chain.steps, "whichever way it was named, its title is said"
    assert (chain.slip_days, chain.done) == (12, True)
    assert chain.sentence == "Warehouse: Scanners feel slower -> Old list kept -> Pilot done slipped 12 days"


@pytest.mark.requirement("R34")
@pytest.mark.parametrize(
    ("plan", "days", "ends"),
    [
        ({"planned_end": day(120), "baseline_end": day(119)}, 1, "m slips 1 day"),
        ({"planned_end": day(90), "baseline_end": day(90)}, 10, "m slips 10 days"),
        ({"planned_end": day(120)}, 0, "m holds so far"),
        ({"planned_end": day(90), "actual_end": day(90)}, 0, "m held"),
    ],
)
def test_the_slip_is_measured_from_the_baseline(plan, days, ends):
    (chain,) = causal_chains([a_resistance(milestone="m")], [an_activity("m", **plan)], TODAY)
    assert (chain.slip_days, chain.sentence.split(" -> ")[-1]) == (days, ends)


def test_the_greatest_slip_comes_first_and_what_came_to_nothing_is_no_chain():
    work = [an_activity("m", planned_end=day(110), baseline_end=day(100))]
    found = causal_chains(
        [a_resistance(title="x"), a_resistance(issue="i"), a_resistance(milestone="?"), a_resistance(milestone="m")],
        work,
        TODAY,
    )
    assert [chain.slip_days for chain in found] == [10, None, None]
    assert any(chain.sentence.endswith("?, which is not in the plan") for chain in found)


@pytest.mark.requirement("R33")
def test_the_lead_time_is_the_days_left_to_act_before_go_live():
    assert a_resistance(first_seen=day(10)).lead_days(day(60)) == 50
    assert a_resistance(first_seen=day(70)).lead_days(day(60)) == -10
    assert a_resistance().lead_days(None) is None


@pytest.mark.requirement("R33")
def test_open_resistance_says_how_early_it_was_heard_and_what_is_done_about_it_the_least_time_first():
    early = a_resistance(first_seen=day(10), action="training")
    late = a_resistance(title="No work app", audience=None, first_seen=day(62))
    over = a_resistance(title="Solved", closed_on=day(30))
    assert [one.sentence for one in heard([early, over, late], day(60))] == [
        "No work app; heard 2 days after go-live; no corrective action is chosen yet",
        "Warehouse: Scanners feel slower; heard 50 days before go-live; corrective action: training",
    ]
    assert [one.lead for one in heard([early, late], None)] == [None, None]
    assert "there is no go-live to count to" in heard([early], None)[0].sentence
    assert "heard on the day of go-live" in heard([early], day(10))[0].sentence
