"""What does not go together on a calendar, by kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.collisions import KINDS, collisions
from changedesk.domain.control.windows import Placed, Span, conflicts_of
from changedesk.domain.people.audience_load import AudienceWeek
from changedesk.domain.people.saturation import Source

AT = datetime(2026, 12, 1, 22, tzinfo=UTC)
HOUR = timedelta(hours=1)
SYDNEY = ZoneInfo("Australia/Sydney")


def change(name: str, start: float = 0, hours: float = 1, **more) -> Placed:
    given_ = {"client": "alder", "title": name, "services": ("mail",), "implementer": None, "initiative": None} | more
    return Placed(
        name, name, given_["client"], given_["title"], given_["services"], given_["implementer"], AT + start * HOUR,
        AT + (start + hours) * HOUR, "scheduled", given_["initiative"],
    )  # fmt: skip


def span(kind: str, start: float, hours: float, client: str | None = "alder", service: str | None = None) -> Span:
    return Span("w", kind, client, service, "Year end", AT + start * HOUR, AT + (start + hours) * HOUR)


def source(code: str, load: float) -> Source:
    return Source(code, code, code, load, "go-live", rated=False)


def kinds(*changes: Placed, spans=(), weeks=(), foreign=()):
    return [
        (one.kind, one.sentence) for one in collisions(changes, spans, weeks, {"alder": UTC, "cedar": SYDNEY}, foreign)
    ]


def test_two_changes_of_one_service_collide_for_as_long_as_both_run():
    (found,) = collisions([change("C1"), change("C2", 0.5, 2)], (), (), {})
    assert (found.kind, found.service, found.changes) == ("service", "mail", ("C1", "C2"))
    assert (found.start, found.end) == (AT + HOUR / 2, AT + HOUR)
    assert (found.sentence, found.name, found.level) == ("C1 and C2 both change mail", "same service", "late")
    assert kinds(change("C1"), change("C2", 1)) == []
    assert kinds(change("C1"), change("C2", services=("till",))) == []
    assert kinds(change("C1"), change("C2", client="birch")) == []


def test_a_service_in_capitals_is_no_other_service_and_no_way_around_a_freeze():
    shouted = change("C2", 0.5, services=("MAIL",))
    assert kinds(change("C1"), shouted) == [("service", "C1 and C2 both change mail")]
    freeze = span("freeze_hard", -5, 9, service="mail")
    assert kinds(shouted, spans=[freeze]) == [("freeze_hard", "C2 lies in the hard freeze Year end")]
    assert [one.kind for one in conflicts_of(shouted, [freeze], [change("C1")])] == ["freeze_hard", "service"]
    assert kinds(shouted, spans=[span("maintenance", -1, 4, service="mail")]) == []


@pytest.mark.requirement("R150")
def test_one_person_cannot_be_in_two_places():
    one, two = change("C1", implementer="nora"), change("C2", services=("till",), implementer="nora")
    assert kinds(one, two) == [("person", "nora does C1 and C2 at the same time")]
    other = change("C2", implementer="nora", client="birch")
    assert kinds(one, other) == [("person", "nora does alder/C1 and birch/C2 at the same time")]
    assert kinds(one, foreign=[other]) == [("person", "nora does C1 and another client's change at the same time")]
    assert kinds(foreign=[other, change("C3", implementer="nora", client="birch")]) == []


def test_freezes_and_maintenance_windows_are_those_of_what_is_changed():
    assert kinds(change("C1"), spans=[span("freeze_hard", -5, 9)]) == [
        ("freeze_hard", "C1 lies in the hard freeze Year end")
    ]
    assert kinds(change("C1"), spans=[span("freeze_soft", 0.5, 9)]) == [
        ("freeze_soft", "C1 lies in the soft freeze Year end")
    ]
    assert kinds(change("C1"), spans=[span("freeze_hard", 0, 9, service="till")]) == []
    assert [
        kind for kind, _ in kinds(change("C1", services=()), spans=[span("freeze_hard", 0, 9, service="till")])
    ] == ["freeze_hard"]
    assert [kind for kind, _ in kinds(change("C1"), spans=[span("freeze_hard", 0, 9, client=None)])] == ["freeze_hard"]
    assert kinds(change("C1"), spans=[span("maintenance", 5, 4)]) == [
        ("maintenance", "C1 lies outside the maintenance windows")
    ]
    assert kinds(change("C1"), spans=[span("maintenance", -1, 4)]) == []
    mail = span("maintenance", -1, 4, service="mail")
    assert kinds(change("C1"), spans=[mail]) == []
    for services in ((), ("mail", "till")):
        assert kinds(change("C1", services=services), spans=[mail])[0][0] == "maintenance"


def test_what_is_only_to_be_looked_at_is_so_on_the_calendar_and_on_the_change():
    spans = [span("maintenance", 5, 4)]
    (on_calendar,) = collisions([change("C1")], spans, [], {})
    (on_change,) = conflicts_of(change("C1"), spans, [])
    assert on_calendar.level == "at_risk"
    assert on_change.note
    assert {level for _, level in KINDS.values()} == {"late", "at_risk"}


def test_a_change_is_told_each_thing_that_it_runs_into_in_a_sentence_that_names_nothing_of_another_client():
    def said(*others, spans=(), **more):
        mine = change("C1", implementer="nora", **more)
        return [one.sentence for one in conflicts_of(mine, spans, others)]

    assert said(change("C2")) == ["C2 changes mail at the same time"]
    assert said(change("C2", services=("till",), implementer="nora")) == ["nora does C2 at the same time"]
    assert said(change("C2", client="birch", implementer="nora")) == [
        "nora does another client's change at the same time"
    ]
    assert said(spans=[span("freeze_hard", -1, 4)]) == ["hard freeze Year end"]
    assert said(spans=[span("freeze_soft", -1, 4)]) == ["soft freeze Year end"]
    mail = span("maintenance", -1, 4, service="mail")
    assert said(spans=[mail]) == []
    for services in ((), ("mail", "till")):
        assert said(spans=[mail], services=services) == ["outside the maintenance windows"]


def test_people_who_have_enough_to_bear_are_a_collision_of_their_own():
    sources = (source("MFA", 5), source("ERP", 4))
    week = AudienceWeek("alder", "nurses", date(2026, 11, 30), 9, 10, sources)
    assert kinds(weeks=[week]) == [("audience", "nurses bear 90 % of what they can: MFA and ERP")]
    also = change("C1", initiative="MFA")
    assert kinds(also, weeks=[week]) == [
        ("audience", "nurses bear 90 % of what they can: MFA and ERP, and C1 in that week")
    ]
    bearable = AudienceWeek("alder", "nurses", date(2026, 11, 30), 7.9, 10, sources)
    assert kinds(also, weeks=[bearable]) == []
    alone = AudienceWeek("alder", "nurses", date(2026, 11, 30), 9, 10, sources[:1])
    assert kinds(weeks=[alone]) == []
    assert [kind for kind, _ in kinds(also, weeks=[alone])] == ["audience"]


def test_a_week_begins_by_the_clock_of_the_client():
    week = AudienceWeek("cedar", "drivers", date(2026, 10, 5), 12, 10, (source("A", 6), source("B", 6)))
    (found,) = collisions((), (), [week], {"cedar": SYDNEY})
    # Summer time begins in Sydney on Sunday 4 October: midnight of Monday is 13:00 UTC of the day before.
    assert found.start == datetime(2026, 10, 4, 13, tzinfo=UTC)
    assert found.level == "late"


spots = st.tuples(st.integers(0, 40), st.integers(1, 10))


@given(
    st.lists(st.tuples(spots, st.sampled_from(("mail", "till")), st.sampled_from(("nora", "tom", None))), max_size=12)
)
def test_the_calendar_and_the_change_itself_see_the_same(given_):
    changes = [
        change(f"C{n}", start / 2, hours / 2, services=(service,), implementer=who)
        for n, ((start, hours), service, who) in enumerate(given_)
    ]
    spans = [
        span("freeze_soft", 3, 4),
        span("freeze_hard", 9, 2, service="mail"),
        span("maintenance", 0, 12, service="till"),
    ]
    on_calendar = {(one.kind, id_) for one in collisions(changes, spans, (), {}) for id_ in one.changes}
    of_changes = {(one.kind, c.id) for c in changes for one in conflicts_of(c, spans, changes)}
    assert on_calendar == of_changes


@pytest.mark.parametrize(
    ("load", "name"),
    [(8.8, "people nearly full"), (10.0, "people full"), (10.04, "people full"), (10.1, "people overloaded")],
)
def test_people_are_called_overloaded_only_above_what_they_can_bear(load, name):
    monday = date(2026, 11, 30)
    sources = (source("MFA", load - 1), source("ERP", 1.0))
    week = AudienceWeek("alder", "Nurses", monday, load, 10.0, sources)
    assert [one.name for one in collisions((), (), (week,), {"alder": UTC})] == [name]
