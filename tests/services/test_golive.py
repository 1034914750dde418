"""Go-live day: today beside its band, why people call, what was in the window of a change, when hypercare may end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, TODAY, a_client, a_desk, a_person, an_initiative, as_person, at, found, record
from changedesk.domain.early_life.desk_load import Ticket
from changedesk.domain.early_life.hypercare import SAID, Criterion
from changedesk.domain.people.people_side import ContactReason
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services.golive import acts as golive_acts
from changedesk.services.golive import page as golive
from changedesk.services.golive import tickets as golive_tickets
from changedesk.services.golive.page import GoLiveView
from changedesk.services.golive.reasons import avoidable
from changedesk.services.records.observing import observe
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from running_desk import a_change, a_service, a_ticket, of_service, people, tickets

LIVE = TODAY - timedelta(days=20)
"""A Friday: its first workday is itself."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        people(desk)
        yield desk


def view(desk: Desk, code: str = "MFA") -> GoLiveView:
    return golive.golive(open_session(desk), code)


def live_with_tickets(desk: Desk, **shape: object) -> str:
    initiative = of_service(a_service(desk)).live(LIVE).on(desk)
    tickets(desk, initiative, LIVE - timedelta(days=60), TODAY, 20, live=LIVE, surge=1.5, **shape)  # type: ignore[arg-type]
    return initiative


@pytest.mark.requirement("R13")
def test_today_stands_beside_what_was_to_be_expected_by_now(desk: Desk) -> None:
    live_with_tickets(desk)
    seen = view(desk)
    load = seen.load
    assert (seen.stage, seen.went_live, seen.days_since) == ("hypercare", True, 20)
    assert load.unknown is None
    assert load.so_far is not None
    assert load.today == load.so_far.count == sum(hour.count or 0 for hour in load.hours)
    assert load.so_far.expected < load.days[-1].expected
    assert load.days[-1].count is None
    assert [hour.count is None for hour in load.hours] == [hour > NOW.hour for hour in range(24)]
    assert load.base == pytest.approx(20 * 5.4 / 7, rel=0.15)
    assert load.per_hundred_before == pytest.approx(700 * load.base / 200)
    assert load.per_hundred_now is not None
    assert load.per_hundred_now > load.per_hundred_before
    assert not (load.excess and load.excess.now)


@pytest.mark.requirement("R64")
def test_a_lasting_excess_is_said_and_dated(desk: Desk) -> None:
    live_with_tickets(desk, more_since=TODAY - timedelta(days=8))
    excess = view(desk).load.excess
    assert excess is not None
    assert excess.now
    assert excess.since is not None
    assert abs((excess.since - (TODAY - timedelta(days=8))).days) <= 3


def test_without_tickets_nothing_is_said_to_be_normal(desk: Desk) -> None:
    of_service(a_service(desk)).live(LIVE).on(desk)
    load = view(desk).load
    assert load.unknown == "no ticket is known that belongs to it: import tickets of Mail"
    assert (load.today, load.so_far, load.days, load.base, load.per_hundred_now) == (None, None, (), None, None)


def test_tickets_from_after_go_live_alone_make_no_band(desk: Desk) -> None:
    initiative = of_service(a_service(desk)).live(LIVE).on(desk)
    tickets(desk, initiative, LIVE, TODAY, 20, live=LIVE)
    load = view(desk).load
    assert load.unknown == "no tickets from before go-live: nobody can say what is normal"
    assert load.counted_days[0][0] == LIVE


def test_without_a_service_the_tickets_of_others_from_before_are_no_load_of_nothing(desk: Desk) -> None:
    initiative = an_initiative().live(LIVE).on(desk)
    tickets(desk, initiative, LIVE - timedelta(days=60), TODAY, 20, live=LIVE)
    load = view(desk).load
    assert load.unknown == "no tickets from before go-live: nobody can say what is normal"
    assert (load.base, load.per_hundred_before, load.excess) == (None, None, None)


@pytest.mark.requirement("R51")
def test_the_first_workday_is_foretold_and_looked_back_at(desk: Desk) -> None:
    service = a_service(desk)
    live = TODAY + timedelta(days=6)
    initiative = of_service(service).planned_for(live).on(desk)
    tickets(desk, initiative, TODAY - timedelta(days=50), TODAY, 20)
    seen = view(desk)
    assert seen.stage == "before"
    assert seen.day_one is not None
    assert seen.day_one.base == pytest.approx(20, rel=0.2), "a Wednesday is foretold from Wednesdays, not from all days"
    usual = seen.day_one.band
    assert seen.day_one.asked is None
    assert usual.low < usual.high
    assert "a wide guess" in seen.day_one.grounds
    assert seen.first_day is None
    record(desk, "contact_reason", initiative_id=initiative, reason="Cannot sign in", expected=40, script="S1")
    record(desk, "contact_reason", initiative_id=initiative, reason="Lost phone", expected=40)
    seen = view(desk)
    assert seen.day_one is not None
    assert seen.day_one.asked == pytest.approx(80 * 0.3 * 1.5)
    assert seen.day_one.band.middle > usual.middle
    assert [(one.reason, one.answer) for one in seen.reasons] == [("Cannot sign in", "S1"), ("Lost phone", "no script")]


def test_what_goes_live_on_a_saturday_meets_its_people_on_monday(desk: Desk) -> None:
    saturday = TODAY - timedelta(days=12)
    assert saturday.weekday() == 5
    initiative = of_service(a_service(desk)).live(saturday).on(desk)
    tickets(desk, initiative, saturday - timedelta(days=40), TODAY, 20, live=saturday, surge=1)
    monday = (saturday + timedelta(days=2)).isoformat()
    count = found(desk, "SELECT count(*) FROM ticket WHERE substr(opened_at, 1, 10) = ?", monday)[0][0]
    assert view(desk).first_day == count


@pytest.mark.requirement("R13")
@given(
    asked=st.lists(st.sampled_from(["Lost phone", "lost phone", "No signal", "Unforeseen"])),
    written=st.sets(st.sampled_from(["Lost phone", "No signal"])),
    scripts=st.booleans(),
)
def test_avoidable_are_the_tickets_that_ask_what_an_article_answers_and_no_other(
    asked: list[str], written: set[str], scripts: bool
) -> None:
    came = [Ticket(str(n), NOW, None, None, reason, None, None, None, None) for n, reason in enumerate(asked)]
    reasons = [
        ContactReason("", 0, reason, 9, "S1" if scripts else None, "KB7" if reason in written else None, None)
        for reason in ("Lost phone", "No signal")
    ]
    folded = {one.casefold() for one in written}
    assert avoidable(came, reasons) == sum(reason.casefold() in folded for reason in asked)


@pytest.mark.requirement("R65")
@pytest.mark.requirement("R13")
def test_reasons_are_told_with_what_answers_them(desk: Desk) -> None:
    initiative = live_with_tickets(desk)
    record(
        desk, "contact_reason", initiative_id=initiative, reason="cannot sign in", expected=40, article="KB7", escalation="Ann"
    )  # fmt: skip
    record(desk, "contact_reason", initiative_id=initiative, reason="Lost phone", expected=5, script="S2")
    seen = view(desk)
    by_reason = {one.reason: one for one in seen.reasons}
    assert by_reason["Cannot sign in"].answer == "KB7"
    assert by_reason["Cannot sign in"].escalation == "Ann"
    assert by_reason["Mail is slow"].answer == "no script"
    assert by_reason["Lost phone"].count == 0
    assert seen.without_script == by_reason["Mail is slow"].count
    assert seen.unforeseen == 1
    assert seen.avoidable == by_reason["Cannot sign in"].count
    assert seen.tickets == by_reason["Cannot sign in"].count + by_reason["Mail is slow"].count


def test_what_came_in_the_window_of_a_change_was_not_caused_by_it_until_somebody_says_so(desk: Desk) -> None:
    live_with_tickets(desk)
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    a_change(desk, "C1", start, 5)
    a_change(desk, "C2", start, 5, services="Phones")
    a_change(desk, "C3", start, 5, state="cancelled")
    windows = {one.number: one for one in view(desk).windows}
    assert set(windows) == {"C1"}
    assert windows["C1"].linked == 0
    assert windows["C1"].in_window > 0
    assert "in the window of C1" in windows["C1"].sentence
    assert "caused" not in windows["C1"].sentence
    ticket = found(desk, "SELECT id, number FROM ticket WHERE opened_at LIKE '2026-11-24T1%' LIMIT 1")[0]
    session = as_person(desk, "lee")
    with pytest.raises(BadInput, match="say why"):
        golive_acts.link_cause(session, ticket[0], "C1", "")
    golive_acts.link_cause(session, golive_acts.ticket_id(session, ticket[1]), "C1", "the relay was off")
    assert next(one for one in view(desk).windows if one.number == "C1").linked == 1
    with pytest.raises(RuleRefused, match="linked to C1 already"):
        golive_acts.link_cause(session, ticket[0], "C1", "again")
    with pytest.raises(BadInput, match="alder has no change C9"):
        golive_acts.link_cause(session, ticket[0], "C9", "x")
    with pytest.raises(Denied):
        golive_acts.link_cause(as_person(desk, "pat"), ticket[0], "C1", "x")
    assert check.check(desk, None).problems == ()


def test_a_ticket_of_another_client_is_unknown(desk: Desk) -> None:
    initiative = of_service(a_service(desk, "Files", "birch")).named("B").of("birch").on(desk)
    tickets(desk, initiative, TODAY, TODAY, 5, service="Files", client="birch")
    ticket = found(desk, "SELECT id, number FROM ticket LIMIT 1")[0]
    session = as_person(desk, "lee")
    with pytest.raises(BadInput, match="no longer in view"):
        golive_acts.link_cause(session, ticket[0], "C1", "x")
    with pytest.raises(BadInput, match="there is no ticket"):
        golive_acts.ticket_id(session, ticket[1])
    with pytest.raises(BadInput, match="no initiative B"):
        golive.golive(session, "B")


def criterion(desk: Desk, key: str) -> Criterion:
    return next(one for one in view(desk).criteria if one.key == key)


@pytest.mark.requirement("R64")
def test_a_criterion_is_confirmed_with_evidence_and_the_word_can_be_taken_back(desk: Desk) -> None:
    live_with_tickets(desk)
    with pytest.raises(BadInput, match="takes what shows that it is met"):
        golive_acts.confirm(as_person(desk, "lee"), "MFA", "activity", "")
    with pytest.raises(BadInput, match="is not confirmed by anybody"):
        golive_acts.confirm(as_person(desk, "lee"), "MFA", "load", "low")
    with pytest.raises(Denied):
        golive_acts.confirm(as_person(desk, "pat"), "MFA", "activity", "mine")
    golive_acts.confirm(as_person(desk, "lee"), "MFA", "activity", "payroll ran")
    assert (criterion(desk, "activity").met, criterion(desk, "activity").evidence) == (True, "payroll ran (lee)")
    golive_acts.withdraw(as_person(desk, "lee"), "MFA", "activity")
    assert criterion(desk, "activity").met is None
    with pytest.raises(RuleRefused, match="nobody has confirmed"):
        golive_acts.withdraw(as_person(desk, "lee"), "MFA", "activity")
    kinds = [kind for (kind,) in found(desk, "SELECT kind FROM audit WHERE kind LIKE 'hypercare%' ORDER BY seq")]
    assert kinds == ["hypercare.confirmed", "hypercare.withdrawn"]


@pytest.mark.requirement("R64")
def test_hypercare_ends_when_every_criterion_is_met(desk: Desk) -> None:
    initiative = of_service(a_service(desk)).with_target(80, TODAY).live(LIVE).on(desk)
    tickets(desk, initiative, LIVE - timedelta(days=60), TODAY, 20, live=LIVE)
    session = open_session(desk)
    for key in SAID:
        golive_acts.confirm(session, "MFA", key, "seen")
    assert {one.key for one in view(desk).criteria if not one.met} == {"urgent", "use"}
    observe(session, "MFA", "all", "utilization", "2026-11-20", "150/200")
    assert (criterion(desk, "use").met, view(desk).stage) == (True, "hypercare")
    with desk.write("the test") as transaction:
        transaction.conn.execute(
            "UPDATE ticket SET resolved_at = opened_at WHERE resolved_at IS NULL AND priority < '3'"
        )
        transaction.record("test.changed", initiative, {})
    assert view(desk).may_end
    assert view(desk).stage == "over"


def test_half_a_year_after_go_live_hypercare_is_over(desk: Desk) -> None:
    live_with_tickets(desk)
    desk.clock = at(NOW + timedelta(days=161))
    assert view(desk).stage == "over"


def test_who_is_on_duty_now_and_who_comes_next(desk: Desk) -> None:
    of_service(a_service(desk)).live(LIVE).on(desk)
    for who, start, end in (
        ("lee", "2026-11-26T12:00:00Z", "2026-11-26T16:00:00Z"),
        ("night", "2026-11-26T16:00:00Z", "2026-11-27T06:00:00Z"),
        ("past", "2026-11-26T06:00:00Z", "2026-11-26T12:00:00Z"),
    ):
        record(desk, "duty", client_id=a_client(desk), who=who, starts_at=start, ends_at=end)
    record(
        desk, "duty", client_id=a_client(desk, "birch"), who="other", starts_at="2026-11-26T12:00:00Z",
        ends_at="2026-11-26T16:00:00Z",
    )  # fmt: skip
    seen = view(desk)
    assert [one.who for one in seen.on_duty] == ["lee"]
    assert [one.who for one in seen.next_duty] == ["night"]


def test_days_are_cut_by_the_clock_of_the_client(desk: Desk) -> None:
    initiative = of_service(a_service(desk)).live(LIVE).on(desk)
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE client SET timezone = 'Pacific/Auckland' WHERE code = 'alder'")
        transaction.record("test.changed", "x", {})
    tickets(desk, initiative, LIVE - timedelta(days=60), TODAY - timedelta(days=1), 20, live=LIVE)
    seen = view(desk)
    assert seen.zone == "Pacific/Auckland"
    # 14:02 UTC is already the next morning there: nothing of its today has come yet, and the hour is 3.
    assert seen.load.today == 0
    assert [hour.hour for hour in seen.load.hours if hour.count is not None] == [0, 1, 2, 3]


def test_open_tickets_are_counted_by_priority_and_age(desk: Desk) -> None:
    live_with_tickets(desk)
    seen = view(desk)
    opened = found(
        desk, "SELECT count(*) FROM ticket WHERE resolved_at IS NULL AND opened_at <= '2026-11-26T14:02:00Z'"
    )
    assert seen.open_count == opened[0][0] > 0
    assert seen.urgent == sum(group.count for group in seen.open if group.rank in (1, 2))
    a_person(desk, "ada", "auditor", client="alder")
    assert golive.golive(as_person(desk, "ada"), "MFA").open_count == seen.open_count


def test_the_tickets_of_a_service_that_only_a_change_names_are_its_load(desk: Desk) -> None:
    """A desk of files alone: initiatives have no column for their service, changes have."""
    initiative = an_initiative().with_audience("all", 200).live(LIVE).on(desk)
    tickets(desk, initiative, LIVE - timedelta(days=60), TODAY, 20, service="Mail")
    assert view(desk).load.today is None
    a_change(desk, "CHG-8", NOW - timedelta(days=20), 2, "Printing", initiative_id=initiative, state="cancelled")
    assert view(desk).load.today is None
    a_change(desk, "CHG-9", NOW - timedelta(days=20), 2, "mail", initiative_id=initiative)
    load = view(desk).load
    assert load.named_by_changes == ("Mail",)
    assert load.today
    assert load.base == pytest.approx(20 * 5.4 / 7, rel=0.15)


def test_of_the_tickets_of_a_go_live_it_is_said_how_many_are_open(desk: Desk) -> None:
    initiative = an_initiative().named("MFA", "MFA for everyone").on(desk)
    a_ticket(desk, initiative, "T1")
    a_ticket(desk, initiative, "T2")
    a_ticket(desk, initiative, "T3", resolved_at="2026-11-26T10:00:00Z", state="closed")
    listed = golive_tickets.tickets_of(open_session(desk), initiative)
    assert (listed.open, listed.total) == (2, 3)
