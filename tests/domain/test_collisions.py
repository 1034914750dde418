"""What does not go together on a calendar, by kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control import collisions as rules
from changedesk.domain.control.collisions import CROWD, KINDS, collisions
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


@given(
    st.lists(
        st.tuples(
            st.tuples(st.integers(0, 6), st.integers(1, 4)),
            st.sampled_from(("mail", "till")),
            st.sampled_from(("nora", "tom", None)),
            st.sampled_from(("alder", "birch")),
        ),
        max_size=24,
    )
)
def test_each_two_are_named_where_few_meet_and_a_crowd_is_counted(given_):
    changes = [
        change(f"C{n:02}", start / 2, hours / 2, services=(service,), implementer=who, client=client)
        for n, ((start, hours), service, who, client) in enumerate(given_)
    ]
    mine, foreign = ([c for c in changes if c.client == client] for client in ("alder", "birch"))
    told = {
        "service": (mine, lambda one, other: one.services == other.services),
        "person": (changes, lambda one, other: one.implementer is not None and one.implementer == other.implementer),
    }
    expected = []
    for kind, (all_, alike) in told.items():
        for c in all_:
            running = [
                o for o in all_
                if (o.start, o.number) < (c.start, c.number) and c.start < o.end and alike(o, c)
            ]  # fmt: skip
            met = [(c,)] if len(running) > 3 else [(o, c) for o in running]
            last = [max(o.end for o in running)] if len(running) > 3 else [o.end for o in running]
            expected += [
                (kind, c.start, min(c.end, end), tuple(o.id for o in both if o in mine))
                for both, end in zip(met, last, strict=True)
            ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "CROWD", 3)
        found = collisions(mine, (), (), {}, foreign)
    assert sorted((one.kind, one.start, one.end, one.changes) for one in found) == sorted(
        one for one in expected if one[-1]
    )
    of_changes = {(one.kind, c.id) for c in mine for one in conflicts_of(c, (), changes)}
    assert {(one.kind, id_) for one in found for id_ in one.changes} == of_changes


def test_thousands_of_changes_at_one_time_are_no_millions_of_collisions():
    found = collisions([change(f"C{n:04}", implementer="nora") for n in range(2000)], (), (), {})
    pairs = CROWD * (CROWD + 1) // 2
    assert len(found) == 2 * (pairs + 2000 - CROWD - 1)
    said = {one.sentence for one in found}
    assert {"C0049 and C0050 both change mail", "C0051 and 51 others all change mail"} <= said
    assert {
        "nora does C0049 and C0050 at the same time",
        "nora does C1999 and 1,999 other changes at the same time",
    } <= said
    assert {id_ for one in found for id_ in one.changes} == {f"C{n:04}" for n in range(2000)}


@pytest.mark.parametrize(
    ("load", "name"),
    [(8.8, "people nearly full"), (10.0, "people full"), (10.04, "people full"), (10.1, "people overloaded")],
)
def test_people_are_called_overloaded_only_above_what_they_can_bear(load, name):
    monday = date(2026, 11, 30)
    sources = (source("MFA", load - 1), source("ERP", 1.0))
    week = AudienceWeek("alder", "Nurses", monday, load, 10.0, sources)
    assert [one.name for one in collisions((), (), (week,), {"alder": UTC})] == [name]
