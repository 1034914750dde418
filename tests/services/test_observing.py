"""Recording what was observed: so many of so many, on a day that has been."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TODAY, a_desk, an_initiative, found
from changedesk.errors import BadInput
from changedesk.services.initiative.lists import audience_rows
from changedesk.services.initiative.page import initiative
from changedesk.services.records.observing import observe, parse_counts, parse_day
from changedesk.services.session import Session, open_session
from changedesk.store.proving import check


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path) as desk:
        an_initiative().live().with_audience("nurses", 1240).with_audience("doctors", 90).with_target(
            80, TODAY + timedelta(days=30)
        ).on(desk)
        yield open_session(desk)


def _values(session: Session) -> list[tuple[object, ...]]:
    return found(session.desk, "SELECT day, method, numerator, denominator, rev FROM observation ORDER BY day, method")


def _events(session: Session) -> int:
    return int(found(session.desk, "SELECT count(*) FROM audit")[0][0])


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_count_out_of_a_count_is_taken_exactly_when_it_is_a_rate(numerator: int, denominator: int) -> None:
    if numerator <= denominator:
        assert parse_counts(f"{numerator}/{denominator}") == (numerator, denominator)
    else:
        with pytest.raises(BadInput, match="counts more than there are"):
            parse_counts(f"{numerator}/{denominator}")


@pytest.mark.parametrize(
    ("text", "value"), [("412/1240", (412, 1240)), (" 1 / 2 ", (1, 2)), ("37.5/100", (37.5, 100)), ("0/1", (0, 1))]
)
def test_values_that_are_taken(text: str, value: tuple[float, float]) -> None:
    assert parse_counts(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1/2/3",
        "/",
        "a/b",
        "-1/2",
        "1/-2",
        "1e3/1e4",
        "nan/1",
        "inf/inf",
        "١/٢",
        "1,5/2",
        "0x1/2",
        "1/0",
        "2/1",
        "1_0/20",
        "1" * 13 + "/1",
    ],
)
def test_values_that_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="the value"):
        parse_counts(text)


@pytest.mark.parametrize(
    "text", ["", "26.11.2026", "2026-13-01", "2026-02-30", "20261126", "2026-W48-4", "٢٠٢٦-١١-٢٦", "2026-11-26T00:00"]
)
def test_days_that_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is no date"):
        parse_day(text)


def test_an_observation_is_added_then_unchanged_then_replaced(session: Session) -> None:
    key = ("MFA", "nurses", "utilization", "2026-11-20")
    assert observe(session, *key, "400/1240") == "added"
    before = _events(session)
    version = session.desk.data_version()
    assert observe(session, *key, "400/1240") == "unchanged"
    assert (_events(session), session.desk.data_version()) == (before, version)
    assert observe(session, *key, "412/1240") == "updated"
    assert _values(session) == [("2026-11-20", "observed", 412, 1240, 2)]


@pytest.mark.requirement("R95")
def test_a_replaced_value_stays_in_the_audit(session: Session) -> None:
    for value in ("400/1240", "412/1240"):
        observe(session, "MFA", "nurses", "utilization", "2026-11-20", value)
    bodies = [
        json.loads(text)
        for (text,) in found(session.desk, "SELECT body FROM audit WHERE kind = 'observation.recorded' ORDER BY seq")
    ]
    assert [(body["before"], body["value"]) for body in bodies] == [
        (None, ["400.0", "1240.0"]),
        (["400.0", "1240.0"], ["412.0", "1240.0"]),
    ]
    assert bodies[0]["audience"] == found(session.desk, "SELECT id FROM audience WHERE name = 'nurses'")[0][0]


def test_the_future_cannot_be_observed(session: Session) -> None:
    observe(session, "MFA", "nurses", "utilization", TODAY.isoformat(), "1/2")
    with pytest.raises(BadInput, match="2026-11-27 is in the future"):
        observe(session, "MFA", "nurses", "utilization", "2026-11-27", "1/2")


def test_an_unknown_audience_is_refused_with_the_known_ones(session: Session) -> None:
    with pytest.raises(BadInput, match=r"MFA has no audience porters; it has doctors, nurses$"):
        observe(session, "MFA", "porters", "utilization", "2026-11-20", "1/2")
    an_initiative().named("BARE").on(session.desk)
    with pytest.raises(BadInput, match="it has none yet"):
        observe(session, "BARE", "porters", "utilization", "2026-11-20", "1/2")


def test_a_list_of_audiences_stays_a_sentence(session: Session) -> None:
    many = an_initiative().named("MANY")
    for number in range(25):
        many = many.with_audience(f"a{number:02}", 1)
    many.on(session.desk)
    with pytest.raises(BadInput, match=r"a18, a19 and 5 more$"):
        observe(session, "MANY", "porters", "utilization", "2026-11-20", "1/2")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "NOPE"}, "there is no initiative NOPE in view"),
        ({"method": "guessed"}, "there is no method guessed; it is one of observed, tested, self_reported"),
        ({"metric": " "}, "the metric needs a name"),
        ({"metric": "\x1b\u202e"}, "the metric needs a name"),
        ({"metric": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is_written(
    session: Session, changed: dict[str, str], said: str
) -> None:
    words = {
        "code": "MFA",
        "audience": "nurses",
        "metric": "utilization",
        "day": "2026-11-20",
        "value": "1/2",
    } | changed
    before = _events(session)
    with pytest.raises(BadInput, match=said):
        observe(session, **words)
    assert (_values(session), _events(session)) == ([], before)


def test_a_metric_is_stored_as_harmless_text(session: Session) -> None:
    observe(session, "MFA", "nurses", " calls\x1b]0;x\x07\n per day ", "2026-11-20", "1/2")
    assert found(session.desk, "SELECT metric FROM observation") == [("calls]0;x  per day",)]


@pytest.mark.requirement("R47")
@pytest.mark.requirement("R105")
def test_what_people_say_of_themselves_is_not_mixed_into_use(session: Session) -> None:
    observe(session, "MFA", "nurses", "utilization", "2026-11-13", "10/100")
    before = initiative(session, "MFA")
    observe(session, "MFA", "nurses", "utilization", "2026-11-20", "99/100", "self_reported")
    observe(session, "MFA", "nurses", "training", "2026-11-20", "100/100")
    after = initiative(session, "MFA")
    assert (after.level, after.trend, after.columns[1].answer) == (before.level, before.trend, before.columns[1].answer)
    in_use = next(fact for fact in after.columns[1].facts if fact.name == "In use")
    assert in_use.value == "10 %"
    assert [row.utilization for row in audience_rows(session, "MFA") if row.audience.name == "nurses"] == [0.1]
    training = next(fact for fact in after.columns[1].facts if fact.name == "Training")
    assert training.kind == "output"


observations = st.lists(
    st.tuples(
        st.sampled_from(["nurses", "doctors"]),
        st.sampled_from(["utilization", "proficiency", "training"]),
        st.integers(0, 60),
        st.integers(0, 20),
        st.sampled_from(["observed", "tested", "self_reported"]),
    ),
    max_size=10,
)


@settings(max_examples=40)
@given(observations)
def test_whatever_is_observed_the_kept_summary_is_what_the_records_say(
    recorded: list[tuple[str, str, int, int, str]],
) -> None:
    with TemporaryDirectory() as folder, a_desk(Path(folder)) as desk:
        an_initiative().live().with_audience("nurses", 20).with_audience("doctors", 20).on(desk)
        session = open_session(desk)
        for audience, metric, ago, count, method in recorded:
            observe(session, "MFA", audience, metric, (TODAY - timedelta(days=ago)).isoformat(), f"{count}/20", method)
        assert check.stale_summaries(desk) == []
        assert check.check(desk, None).problems == ()
