"""The figures of a service hold for all counts there can be, and at their edges (DOMAIN 1.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles
from statistics import variance as sample_variance

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from changedesk.domain.service import kpis
from changedesk.domain.service.running import Agreement, Service, ServicePeriod
from changedesk.domain.service.window import (
    Kept,
    judged,
    level_agreed,
    rolling,
    said_metric,
    total_cost_of,
    window,
)
from changedesk.domain.words import AGREEMENT_METRICS

MINUTES = st.floats(0, 50_000)
COUNTS = st.integers(0, 500)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@st.composite
def periods(draw: st.DrawFn, known: bool = True) -> ServicePeriod:
    agreed = draw(st.floats(1, 50_000))
    down = agreed * draw(st.floats(0, 1))
    failures, answers, due = draw(COUNTS), draw(COUNTS), draw(COUNTS)
    whole = ServicePeriod(
        date(2026, draw(st.integers(1, 12)), 1), date(2026, 12, 28),
        agreed_min=agreed, down_min=down, failures=failures, restored_min=draw(MINUTES), repaired_min=draw(MINUTES),
        incidents=draw(COUNTS), csat_sat=draw(st.integers(0, answers)), csat_n=answers, asked=answers + draw(COUNTS),
        due=due, met=draw(st.integers(0, due)), cost=draw(MINUTES), planned_cost=draw(MINUTES), releases=draw(COUNTS),
    )  # fmt: skip
    if known:
        return whole
    gone = draw(st.sets(st.sampled_from(["down_min", "failures", "csat_n", "asked", "due", "cost", "incidents"])))
    return replace(whole, **dict.fromkeys(gone))


@pytest.mark.requirement("R181")
@pytest.mark.requirement("R114")
@given(periods())
def test_availability_is_the_share_of_the_agreed_time(period: ServicePeriod) -> None:
    value = kpis.availability(period.agreed_min, period.down_min)
    assert value is not None
    assert 0 <= value <= 100
    assert kpis.availability(period.agreed_min, 0) == 100
    assert kpis.availability(period.agreed_min, period.agreed_min + 1) == 0
    assert kpis.availability(0, 0) is kpis.availability(None, 1) is kpis.availability(1, None) is None


@pytest.mark.requirement("R182")
@given(st.floats(0, 1e6), COUNTS)
def test_the_time_between_failures_takes_two_of_them_and_is_else_a_lower_bound(agreed: float, failures: int) -> None:
    found, more = kpis.mtbf(agreed, 0, failures), kpis.mtbf(agreed, 0, failures + 1)
    assert found is not None
    assert more is not None
    assert found.at_least == (failures < 2)
    assert more.hours <= found.hours <= agreed / 60
    assert kpis.mtbf(agreed, 0, None) is kpis.mtbf(None, 0, 2) is kpis.mtbf(agreed, None, 2) is None
    assert kpis.mtbf(6_000, 1_200, 4) == kpis.BetweenFailures(20, at_least=False)
    assert kpis.mtbf(6_000, 1_200, 1) == kpis.BetweenFailures(40, at_least=True)


@pytest.mark.requirement("R120")
@pytest.mark.requirement("R182")
def test_repairing_and_restoring_are_two_things() -> None:
    assert (kpis.mttr(120, 2), kpis.mtrs(300, 2)) == (1, 2.5)
    assert kpis.mtrs(300, 0) is kpis.mtrs(None, 2) is kpis.mttr(0, None) is kpis.mttr(None, 2) is None
    between = kpis.mtbf(6_000, 0, 2)
    assert between is not None
    assert kpis.mtbsi(between, 2.5) == kpis.BetweenFailures(52.5, at_least=False)
    assert kpis.mtbsi(between, None) is kpis.mtbsi(None, 1) is None


@pytest.mark.requirement("R112")
@pytest.mark.requirement("R121")
@given(COUNTS, COUNTS, COUNTS)
def test_satisfaction_says_how_many_answered(satisfied: int, more: int, silent: int) -> None:
    answers = satisfied + more
    found = kpis.csat(satisfied, answers, answers + silent)
    assert (found is None) == (answers == 0)
    if found:
        assert 0 <= found.percent <= 100
        assert found.n == answers
        assert found.response == pytest.approx(100 * answers / (answers + silent))
    assert kpis.csat(None, 3) is None
    assert kpis.csat(3, 4) == kpis.Csat(75, 4, None)


@pytest.mark.requirement("R119")
@given(COUNTS, COUNTS)
def test_attainment_is_what_was_met_of_what_was_due(met: int, due: int) -> None:
    assert kpis.sla_attainment(met, due) == (pytest.approx(100 * min(met, due) / due) if due else None)
    assert kpis.sla_attainment(None, due) is kpis.sla_attainment(met, None) is None


@pytest.mark.requirement("R113")
@pytest.mark.requirement("R143")
@pytest.mark.requirement("R179")
def test_the_total_cost_has_a_horizon_and_a_currency_or_is_no_figure() -> None:
    found = kpis.total_cost(10_000, 500, None, 100, 36, "EUR")
    assert found is not None
    assert (found.amount, found.currency, found.months) == (31_600, "EUR", 36)
    assert (found.unknown, found.at_least) == (("change",), True)
    assert dict(found.parts)["non-adoption support"] == 3_600
    assert kpis.total_cost(1, 1, 1, 1, None, "EUR") is kpis.total_cost(1, 1, 1, 1, 36, None) is None
    assert kpis.total_cost(None, None, None, None, 36, "EUR") is None


@given(MINUTES, MINUTES, MINUTES, MINUTES, st.integers(1, 120))
def test_every_part_makes_the_total_cost_greater(a: float, b: float, c: float, d: float, months: int) -> None:
    whole, without = kpis.total_cost(a, b, c, d, months, "EUR"), kpis.total_cost(a, b, c, None, months, "EUR")
    assert whole is not None
    assert without is not None
    assert whole.amount >= without.amount
    assert (whole.at_least, without.at_least) == (False, True)


def incident(title: str | None, day: int, over: int | None = None, **more: str) -> kpis.Incident:
    opened = NOON + timedelta(days=day)
    return kpis.Incident(
        more.get("service"), more.get("category"), title, opened, None if over is None else NOON + timedelta(days=over)
    )


@pytest.mark.requirement("R125")
def test_what_comes_back_within_a_month_was_patched() -> None:
    assert kpis.repeat_ratio([]) is None
    assert kpis.repeat_ratio([incident(None, 0)]) is None
    again = [incident("Printer 12 jams", 0, 1), incident("printer 7 jams!", 20, 21), incident("Printer jams", 60, 61)]
    assert kpis.repeat_ratio(again) == pytest.approx(1 / 3)
    assert kpis.repeat_ratio([incident("Mail", 0), incident("Mail", 90)]) == 0.5
    for told_apart in ("service", "category"):
        two = [incident("Mail", 0, 1, **{told_apart: "a"}), incident("Mail", 2, 3, **{told_apart: "b"})]
        assert kpis.repeat_ratio(two) == 0


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 90), st.integers(0, 9)), min_size=1, max_size=30))
def test_the_repeated_share_is_a_share_and_the_first_of_a_kind_never_counts(rows: list[tuple[str, int, int]]) -> None:
    ratio = kpis.repeat_ratio([incident(title, day, day + took) for title, day, took in rows])
    assert ratio is not None
    assert 0 <= ratio <= 1 - len({title for title, _, _ in rows}) / len(rows) + 1e-9
    assume(len({(title, day) for title, day, _ in rows}) == len(rows))
    assert kpis.repeat_ratio([incident(title, day, day + took) for title, day, took in rows[::-1]]) == ratio


@pytest.mark.requirement("R125")
@pytest.mark.parametrize(("day", "share"), [(31, 0.5), (32, 0.0)])
def test_a_month_after_the_end_is_still_a_repeat_and_a_day_later_no_more(day: int, share: float) -> None:
    assert kpis.repeat_ratio([incident("Mail", 0, 1), incident("Mail", day, day + 1)]) == share


@pytest.mark.requirement("R124")
@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=40))
def test_the_spread_is_the_middle_the_slow_tenth_and_the_variance_of_its_values(values: list[float]) -> None:
    found = kpis.spread(values)
    assert found is not None
    assert (found.n, found.median) == (len(values), pytest.approx(median(values), abs=1e-6))
    assert found.p90 == kpis.percentile(sorted(values), 0.9)
    assert found.variance == (None if len(values) == 1 else pytest.approx(sample_variance(values), abs=1e-6))
    assert kpis.spread([]) is None


@pytest.mark.requirement("R126")
@given(st.lists(st.tuples(st.floats(1, 1e5), st.floats(0, 1e5)), min_size=1, max_size=24))
def test_costs_that_are_off_both_ways_have_an_error_and_less_bias(pairs: list[tuple[float, float]]) -> None:
    found = kpis.forecast_error(pairs)
    assert found is not None
    assert found.error >= abs(found.bias) - 1e-9
    planned, actual = (sum(column) for column in zip(*pairs, strict=True))
    assert found.error == pytest.approx(100 * sum(abs(a - p) for p, a in pairs) / planned)
    assert found.bias == pytest.approx(100 * (actual - planned) / planned)
    assert kpis.forecast_error([(p, p) for p, _ in pairs]) == kpis.ForecastError(0, 0)
    assert kpis.forecast_error([*pairs, (None, 3.0), (4.0, None)]) == found
    assert kpis.forecast_error([(None, 1.0)]) is kpis.forecast_error([]) is None


@pytest.mark.requirement("R115")
def test_a_reduction_is_against_what_there_was() -> None:
    assert kpis.reduction(40, 30) == 25
    assert kpis.reduction(40, 50) == -25
    assert kpis.reduction(0, 3) is kpis.reduction(None, 3) is kpis.reduction(3, None) is None


@pytest.mark.requirement("R123")
@given(st.lists(periods(known=False), min_size=1, max_size=14))
def test_a_window_divides_sums_by_sums_and_takes_what_is_known(found: list[ServicePeriod]) -> None:
    whole = window(found)
    assert whole is not None
    known = [p for p in found if p.down_min is not None]
    if known:
        agreed, down = sum(p.agreed_min or 0 for p in known), sum(p.down_min or 0 for p in known)
        assert whole.availability == pytest.approx(100 * (agreed - down) / agreed, abs=1e-6)
        singles = [kpis.availability(p.agreed_min, p.down_min) or 0 for p in known]
        assert min(singles) - 1e-6 <= (whole.availability or 0) <= max(singles) + 1e-6
    else:
        assert whole.availability is None
    answers = sum(p.csat_n or 0 for p in found if p.csat_n is not None)
    assert (whole.csat is None) == (answers == 0)
    windows = rolling(found)
    assert len(windows) == len(found)
    assert all(1 <= one.periods <= 3 for one in windows)
    assert rolling(found, 1)[-1] == window([max(found, key=lambda p: p.start)]) or len({p.start for p in found}) < len(
        found
    )
    assert window([]) is None


@pytest.mark.requirement("R111")
@pytest.mark.requirement("R180")
@given(st.integers(900, 1000), st.integers(0, 100), st.integers(-2, 2) | st.integers(-500, 500))
def test_a_figure_on_its_target_keeps_it_and_one_on_its_tolerance_is_tolerated(
    tenths: int, hundredths: int, beside: int
) -> None:
    value = 10 * tenths - hundredths + beside
    assume(0 <= value <= 10_000)
    agreed = Agreement("a", "SLA", "availability", tenths / 10, hundredths / 100, None)
    month = ServicePeriod(date(2026, 1, 1), date(2026, 1, 31), agreed_min=10_000, down_min=10_000 - value)
    kept = judged(agreed, window([month]))
    assert kept.value == pytest.approx(value / 100)
    assert kept.state == ("missed" if beside < 0 else "kept" if beside >= hundredths else "tolerated")
    strict = replace(agreed, tolerance=None)
    assert judged(strict, window([month])).state == ("kept" if beside >= hundredths else "missed")
    assert judged(agreed, None).state == "unknown"


def test_less_is_better_of_hours_and_incidents_and_a_low_bound_says_nothing() -> None:
    figures = window(
        [ServicePeriod(date(2026, 1, 1), date(2026, 1, 31), agreed_min=6000, down_min=0, failures=1, restored_min=90)]
    )
    assert figures is not None
    assert judged(Agreement("a", "OLA", "mtrs", 2, 0, None), figures).state == "kept"
    assert judged(Agreement("a", "OLA", "mtrs", 1, 0.4, None), figures).state == "missed"
    assert judged(Agreement("a", "OLA", "mtbf", 40, None, None), figures).state == "kept"
    assert judged(Agreement("a", "OLA", "mtbf", 60, None, None), figures).state == "unknown"


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_a_percentile_lies_between_two_values(values: list[float], share: float) -> None:
    assume(values)
    ordered = sorted(values)
    assert ordered[0] <= kpis.percentile(ordered, share) <= ordered[-1] + 1e-9
    if len(values) > 1:
        tenths = quantiles(values, n=10, method="inclusive")
        assert kpis.percentile(ordered, 0.9) == pytest.approx(tenths[8], abs=1e-6)
        assert kpis.percentile(ordered, 0.5) == pytest.approx(median(values), abs=1e-6)


def month_of(n: int, **known: float) -> ServicePeriod:
    return ServicePeriod(date(2026, n, 1), date(2026, n, 28), **known)  # type: ignore[arg-type]


def test_a_period_that_does_not_say_how_many_is_no_period_without_any() -> None:
    figures = window([month_of(1, incidents=30, cost=900), month_of(2), month_of(3, incidents=20, releases=0)])
    assert figures is not None
    assert (figures.incidents, figures.cost, figures.releases, figures.down_min) == (50, 900, 0, None)
    kept = judged(Agreement("a", "SLA", "incidents", 24, None, None), figures)
    assert (kept.value, kept.state) == (25, "missed"), "of incidents less is better"
    run = total_cost_of(
        Service("s", 1, "alder", "mail", None, "operation", None, "EUR", 10, None, 40.0), figures, None, None
    )
    assert run is not None
    assert run.parts == (("run", 9000),)


def test_the_rate_of_response_takes_that_it_is_known_of_every_answer_how_many_were_asked() -> None:
    asked = month_of(1, csat_sat=8, csat_n=10, asked=20)
    both, part = window([asked, asked]), window([asked, month_of(2, csat_sat=1, csat_n=5)])
    assert both is not None
    assert both.csat == kpis.csat(16, 20, 40)
    assert part is not None
    assert part.csat == kpis.csat(9, 15)


def test_whatever_can_be_agreed_has_a_figure() -> None:
    known = {"agreed_min": 6000, "down_min": 60, "failures": 3, "restored_min": 180, "csat_sat": 1, "csat_n": 2}
    figures = window([month_of(1, **known, due=4, met=3, incidents=7)])
    assert figures is not None
    found = {metric: figures.value(metric) for metric in AGREEMENT_METRICS}
    assert found == {
        "availability": 99, "mtrs": 1, "mtbf": pytest.approx(33), "csat": 50, "sla_attainment": 75, "incidents": 7,
    }  # fmt: skip


def test_a_window_reaches_from_its_first_day_to_its_last_and_misses_what_was_due_and_not_met() -> None:
    figures = window([month_of(2, due=10, met=9), month_of(1, due=10, met=5)])
    assert figures is not None
    assert (figures.start, figures.end, figures.sla) == (date(2026, 1, 1), date(2026, 2, 28), 70)


def test_the_support_of_those_who_do_not_use_it_costs_its_hours_and_without_their_price_is_unknown() -> None:
    mail = Service("s", 1, "alder", "mail", None, "operation", None, "EUR", 12, 1000.0, 40.0)
    priced = total_cost_of(mail, None, None, 5.0)
    unpriced = total_cost_of(replace(mail, hour_rate=None), None, None, 5.0)
    assert priced is not None
    assert unpriced is not None
    assert priced.parts == (("acquisition", 1000), ("non-adoption support", 2400))
    assert unpriced.parts == (("acquisition", 1000),)


def test_a_figure_is_said_in_the_unit_of_its_metric() -> None:
    said = {"availability": "99.92 %", "mtrs": "1,099.9 h", "mtbf": "1,099.9 h", "incidents": "1,100 a period"}
    assert {metric: said_metric(metric, 99.92 if "%" in text else 1099.9) for metric, text in said.items()} == said
    assert said_metric("csat", 91.2) == "91 %"
    assert said_metric("mtrs", None) == "?"


def test_a_figure_is_drawn_against_what_the_customer_was_promised():
    def agreed(kind: str, target: float, metric: str = "availability") -> Kept:
        return judged(Agreement(kind, kind, metric, target, None, None), None)

    behind = (agreed("UC", 99.9), agreed("OLA", 99.95))
    assert level_agreed((*behind, agreed("SLA", 99.5), agreed("SLA", 1, "mtrs")), "availability") == 99.5
    assert level_agreed(behind, "availability") == 99.95
    assert level_agreed(behind, "csat") is None
