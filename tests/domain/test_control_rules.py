"""Digests, delegations, freezes, standard changes, business hours: the smaller rules of change control."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW
from changedesk.domain.control.approval import Step, needed, why_unsatisfiable
from changedesk.domain.control.business import (
    RETRO_HOURS,
    REVIEW_DAYS,
    STANDARD_HOURS,
    BusinessCalendar,
    hours_said,
    parse_hours,
)
from changedesk.domain.control.delegation import Delegation, covers, refuse_delegation, refuse_deputy, runs
from changedesk.domain.control.policy import (
    DEFAULT_POLICY,
    Policy,
    Route,
    StepRule,
    policy_document,
    policy_from,
    roles_of,
    route_of,
    steps_of,
    vacant_steps,
)
from changedesk.domain.control.policy_problems import policy_problems
from changedesk.domain.control.request import (
    CONTENT_FIELDS,
    Content,
    changed_fields,
    content_document,
    content_from,
    digest_of,
)
from changedesk.domain.control.template import Use, why_suspended
from changedesk.domain.control.windows import Conflict, Placed, Span, conflicts_of, hard_freezes
from changedesk.domain.people.audience_load import AudienceWeek
from changedesk.domain.people.saturation import Source
from changedesk.domain.words import STEP_RULES

HOUR = timedelta(hours=1)
BASE = Content("normal", "Patch", NOW + HOUR, NOW + 2 * HOUR, services=("mail",), plan="p", backout_plan="b")


def _other(name: str) -> Any:
    match name:
        case "planned_start" | "planned_end":
            return getattr(BASE, name) + timedelta(minutes=7)
        case "services":
            return ("mail", "print")
        case "risk_answers":
            return (("users", "many"),)
        case "outage_minutes" | "backout_minutes" | "template_version":
            return 77
        case "path":
            return "emergency"
        case _:
            return "something else"


@pytest.mark.parametrize("name", CONTENT_FIELDS)
def test_every_field_of_a_change_is_part_of_what_is_voted_on(name: str) -> None:
    other = replace(BASE, **{name: _other(name)})
    assert digest_of("alder", "id", 1, BASE) != digest_of("alder", "id", 1, other)
    assert changed_fields(BASE, other) == (name,)


def test_the_revision_the_client_and_the_change_are_part_of_it_too() -> None:
    same = digest_of("alder", "id", 1, BASE)
    assert same == digest_of("alder", "id", 1, replace(BASE))
    assert (
        len(
            {
                same,
                digest_of("alder", "id", 2, BASE),
                digest_of("birch", "id", 1, BASE),
                digest_of("alder", "x", 1, BASE),
            }
        )
        == 4
    )


def test_a_content_reads_back_as_it_was_kept() -> None:
    full = replace(BASE, **{name: _other(name) for name in CONTENT_FIELDS if name != "path"})
    assert content_from(content_document(full)) == full


def test_a_content_that_was_kept_before_a_field_was_thought_of_leaves_it_unknown() -> None:
    kept = content_document(BASE)
    for name in ("services", "risk_answers", "incident"):
        del kept[name]
    assert content_from(kept) == replace(BASE, services=(), risk_answers=(), incident=None)


def test_what_was_voted_on_years_ago_still_has_its_digest() -> None:
    """Written down once: another digest of the same content would void every vote on every desk."""
    nine = datetime(2026, 11, 27, 9, tzinfo=timezone(HOUR))
    content = Content(
        "normal", "Patch é", nine, nine + 2 * HOUR, ("mail", "print"), outage_minutes=5, risk_answers=(("users", "many"),)
    )  # fmt: skip
    assert digest_of("alder", "c", 2, content) == "435c6d2320c1940498f1a8e043384ddc4477fcc3c02be2bd96d0fa578a7ef015"


# --- standing in


@given(st.integers(-50, 50), st.integers(1, 30))
def test_a_delegation_runs_from_its_first_moment_up_to_its_last_but_not_at_it(offset: int, days: int) -> None:
    start = NOW + timedelta(days=offset)
    given_ = Delegation("", "ann", "bea", None, start, start + timedelta(days=days))
    assert runs(given_, start)
    assert not runs(given_, given_.end)
    assert not runs(given_, start - timedelta(microseconds=1))


@given(st.integers(-5, 60))
def test_a_delegation_ends_within_thirty_days(days: int) -> None:
    refused = refuse_delegation("ann", "bea", NOW, NOW + timedelta(days=days), NOW)
    assert (refused is None) == (1 <= days <= 30)


@pytest.mark.parametrize(
    ("role", "seats", "phase", "taken"),
    [
        (None, (), "assess", True),
        ("cab", ("cab",), "authorize", True),
        ("ecab", ("cab",), "authorize", False),
        ("cab", ("change_manager",), "assess", False),
        ("cab", (), "authorize", True),
        ("ecab", (), "authorize", True),
        ("change_manager", (), "assess", True),
        ("cab", (), "assess", False),
        ("sponsor", (), "authorize", False),
    ],
)
def test_standing_in_as_one_role_takes_in_seats_of_that_role_and_those_by_name_on_its_board(
    role: str | None, seats: tuple[str, ...], phase: str, taken: bool
) -> None:
    panel = dict.fromkeys(("cab", "ecab", "change_manager", "sponsor"), ("ann",))
    step = Step(1, "A step", phase, "any", None, ("ann",), roles=seats)
    given_ = Delegation("", "ann", "bea", role, NOW, NOW + HOUR)
    assert covers(given_, step, panel) == taken


def test_nobody_stands_in_for_themselves_or_after_the_end() -> None:
    end = NOW + HOUR
    assert refuse_delegation("ann", "ann", NOW, end, NOW) == "nobody stands in for themselves"
    assert refuse_delegation("ann", "bea", end, end, NOW) == "a delegation ends after it begins"
    assert refuse_delegation("ann", "bea", NOW, end, end) == "this delegation would be over already"
    assert refuse_delegation("ann", "bea", NOW, end, end - timedelta(microseconds=1)) is None
    longest = NOW + timedelta(days=30)
    assert refuse_delegation("ann", "bea", NOW, longest, NOW) is None
    assert refuse_delegation("ann", "bea", NOW, longest + timedelta(microseconds=1), NOW) == (
        "a delegation runs for 30 days at most"
    )


@pytest.mark.parametrize(
    ("clients", "seen", "refused"),
    [
        ({"alder"}, {"birch"}, "bea has no access to client alder, and could not vote there for ann"),
        ({"alder"}, {"alder"}, None),
        ({"alder"}, None, None),
        (None, {"birch"}, None),
    ],
)
def test_nobody_stands_in_who_could_never_vote_there(clients, seen, refused) -> None:
    of, to = (frozenset(some) if some else None for some in (clients, seen))
    assert refuse_deputy("ann", of, "bea", to) == refused


def test_the_clients_of_whoever_nobody_can_stand_in_for_are_named_in_order() -> None:
    said = refuse_deputy("ann", frozenset(("elm", "birch", "dover", "alder", "cedar")), "bea", frozenset(("fir",)))
    assert said == "bea has no access to client alder, birch, cedar, dover, elm, and could not vote there for ann"


# --- freezes


@given(
    st.sampled_from(["alder", "birch"]),
    st.lists(st.sampled_from(["mail", "print"]), max_size=2, unique=True),
    st.sampled_from([None, "alder", "birch"]),
    st.sampled_from([None, "mail", "print"]),
    st.integers(-5, 5),
)
def test_a_freeze_holds_for_its_client_and_service_and_a_change_without_services_meets_every_one(
    client: str, services: list[str], of: str | None, service: str | None, offset: int
) -> None:
    start = NOW + offset * HOUR
    span = Span("w", "freeze_hard", of, service, "Year end", start, start + 2 * HOUR)
    found = hard_freezes([span], client, services, NOW, NOW + 2 * HOUR)
    concerned = of in (None, client) and (service is None or not services or service in services)
    assert bool(found) == (concerned and abs(offset) < 2)


def test_the_freeze_that_comes_first_is_named_first() -> None:
    late, early, also = (
        Span(title, "freeze_hard", None, None, title, NOW + hours * HOUR, NOW + 9 * HOUR)
        for hours, title in ((2, "Year end"), (1, "Audit"), (2, "Stocktaking"))
    )
    assert hard_freezes([late, early, also], "alder", (), NOW, NOW + 9 * HOUR) == [early, also, late]


def test_windows_that_only_touch_do_not_meet() -> None:
    span = Span("w", "freeze_hard", None, None, "Year end", NOW, NOW + HOUR)
    assert not span.meets(NOW - HOUR, NOW)
    assert not span.meets(NOW + HOUR, NOW + 2 * HOUR)


def test_a_collision_is_said_from_both_sides_and_keeps_other_clients_to_itself() -> None:
    one = Placed("1", "CHG-1", "alder", "A", ("mail",), "tunde", NOW, NOW + HOUR, "scheduled")
    other = Placed("2", "CHG-2", "birch", "B", ("mail",), "tunde", NOW, NOW + HOUR, "scheduled")
    same = replace(other, client="alder", id="3", number="CHG-3")
    assert [c.kind for c in conflicts_of(one, (), (one, same))] == ["service", "person"]
    assert [c.kind for c in conflicts_of(same, (), (one, same))] == ["service", "person"]
    (conflict,) = conflicts_of(one, (), (one, other))
    assert conflict.kind == "person"
    assert "CHG-2" not in conflict.sentence
    assert "birch" not in conflict.sentence


def test_people_who_bear_nearly_all_they_can_are_a_conflict_of_each_change_that_is_part_of_it() -> None:
    full = AudienceWeek(
        "alder", "dispatchers", NOW.date(), 8.0, 10.0, (Source("i", "MFA", "MFA", 8.0, "go-live", True),)
    )
    part_of_it = Placed("1", "CHG-1", "alder", "A", ("mail",), None, NOW, NOW + HOUR, "scheduled", "MFA")
    (found,) = conflicts_of(part_of_it, (), (), [full])
    assert (found.kind, found.open) == ("audience", True)
    assert found.sentence == "dispatchers bear 80 % of what they can in that week"
    assert conflicts_of(part_of_it, (), (), [replace(full, load=7.9)]) == []
    assert conflicts_of(replace(part_of_it, initiative="DESK"), (), (), [full]) == []
    assert conflicts_of(replace(part_of_it, initiative=None), (), (), [full]) == []


def test_outside_the_maintenance_windows_the_next_one_that_begins_is_named() -> None:
    change = Placed("1", "CHG-1", "alder", "A", ("mail",), None, NOW, NOW + HOUR, "scheduled")
    before, soon, later = (
        Span(str(hours), "maintenance", "alder", None, "Night", NOW + hours * HOUR, NOW + (hours + 4) * HOUR)
        for hours in (-5, 3, 30)
    )
    (found,) = conflicts_of(change, (later, before, soon), ())
    assert found.sentence == f"outside the maintenance windows; the next one begins {NOW + 3 * HOUR:%Y-%m-%d %H:%M}Z"
    assert (found.kind, found.note, found.blocks, found.open) == ("maintenance", True, False, False)
    assert [one.sentence for one in conflicts_of(change, (before,), ())] == ["outside the maintenance windows"]
    around = replace(before, start=NOW, end=NOW + HOUR)
    assert conflicts_of(change, (around, later), ()) == []
    assert conflicts_of(change, (replace(later, client="birch"),), ()) == []


def test_only_a_conflict_that_neither_blocks_nor_is_a_note_waits_for_somebody_to_have_seen_it() -> None:
    seen = Conflict("service", "k", "CHG-2 changes mail at the same time", NOW, NOW + HOUR)
    assert seen.open
    assert not replace(seen, blocks=True).open
    assert not replace(seen, note=True).open
    assert not replace(seen, acknowledged_by="mona").open


# --- standard changes


def _uses(outcomes: str, p1: int | None = None) -> list[Use]:
    words = {"s": "successful", "i": "with_issues", "f": "failed", "b": "backed_out"}
    return [Use(f"C{n}", words[letter], n == p1) for n, letter in enumerate(outcomes)]


@pytest.mark.parametrize(
    ("outcomes", "p1", "suspended"),
    [
        ("", None, False),
        ("f", None, False),
        ("f", 0, True),
        ("s", 0, False),
        ("fsb", None, True),
        ("iiii", None, False),
        ("s" * 20, None, False),
        ("f" + "s" * 19, None, False),
        ("ff" + "s" * 18, None, True),
        ("f" + "s" * 30, 0, True),
        ("s" * 20 + "ffff", None, False),
    ],
)
def test_a_template_suspends_itself_by_its_last_uses(outcomes: str, p1: int | None, suspended: bool) -> None:
    assert (why_suspended(_uses(outcomes, p1), 0.95) is not None) == suspended


@given(st.text("sifb", max_size=40), st.integers(0, 39))
def test_a_worse_end_never_lets_a_suspended_template_go_on(outcomes: str, place: int) -> None:
    worse = outcomes[:place] + "f" + outcomes[place + 1 :]
    if why_suspended(_uses(outcomes), 0.95) is not None and place < len(outcomes):
        assert why_suspended(_uses(worse), 0.95) is not None


# --- policies


def test_a_policy_reads_back_as_it_was_kept_and_the_one_of_everybody_is_sound() -> None:
    assert policy_from(policy_document(DEFAULT_POLICY)) == DEFAULT_POLICY
    stored = json.loads(json.dumps(policy_document(DEFAULT_POLICY)))
    assert policy_from(stored) == DEFAULT_POLICY
    del stored["success"]
    assert policy_from(stored) == DEFAULT_POLICY, "a policy from before it could say what success is"
    assert policy_problems(DEFAULT_POLICY) == []


def test_without_a_route_there_are_no_steps() -> None:
    assert steps_of(DEFAULT_POLICY, replace(BASE, path="standard"), {"cab": ("bea",)}) == ()


def test_whoever_asks_or_does_holds_no_seat_by_role() -> None:
    content = replace(BASE, requester="ann", implementer="bea")
    steps = steps_of(DEFAULT_POLICY, content, {"change_manager": ("ann", "cal"), "cab": ("bea", "dot")})
    assert [step.seats for step in steps] == [("cal",), ("dot",)]


def test_of_a_step_without_a_seat_it_is_said_which_role_would_hold_one() -> None:
    found = [steps_of(DEFAULT_POLICY, replace(BASE, path=path), {})[-1] for path in ("normal", "emergency")]
    assert [why_unsatisfiable(step, frozenset()) for step in found] == [
        f"nobody holds a seat of the step {name}: it takes somebody with the role {roles} who neither asks for this change"
        " nor does it"
        for name, roles in (("CAB", "CAB"), ("ECAB", "ECAB or CAB"))
    ]
    named = Step(1, "CAB", "authorize", "any", None, ())
    assert "somebody whom the client's policy names" in (why_unsatisfiable(named, frozenset()) or "")


def test_an_emergency_in_a_freeze_needs_two() -> None:
    content = replace(BASE, path="emergency")
    panel = {"ecab": ("ann",), "cab": ("bea", "cal")}
    assert steps_of(DEFAULT_POLICY, content, panel)[0].number == 1
    assert steps_of(DEFAULT_POLICY, content, panel, in_freeze=True)[0].number == 2


# --- business hours


def test_a_client_that_has_not_said_otherwise_has_a_day_for_votes_afterwards_and_five_for_a_review() -> None:
    assert (RETRO_HOURS, REVIEW_DAYS) == (24, 5)


DUBLIN = ZoneInfo("Europe/Dublin")
MOMENTS = st.integers(0, 525_600).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "text", [None, "", "  ", "always", "mon-fri", "mon-fri 18:00-08:00", "mon-xyz 08:00-09:00", "mon 08:70-09:00"]
)
def test_hours_that_nobody_can_read_or_has_said_are_none(text: str | None) -> None:
    assert parse_hours(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri 08:00-18:00", dict.fromkeys(range(5), ((8, 10),))),
        ("sun 9:30-12:00", {6: ((9.5, 2.5),)}),
        ("fri-mon 10:00-12:00", dict.fromkeys((4, 5, 6, 0), ((10, 2),))),
        ("tue-tue 00:00-24:00", {1: ((0, 24),)}),
        ("Mon-Fri  08:00-18:00 ; sat 10:00-12:00", {**dict.fromkeys(range(5), ((8, 10),)), 5: ((10, 2),)}),
        ("mon 13:00-17:00; mon 08:00-12:00", {0: ((8, 4), (13, 4))}),
        ("mon-tue 08:00-12:00; tue 12:00-13:00", {0: ((8, 4),), 1: ((8, 4), (12, 1))}),
        ("mon 08:00-18:00, mon 09:00-10:00", None),
        ("mon-fri 08:00-18:00; fri 08:00-14:00", None),
        ("mon 08:00-08:01", {0: ((8, 1 / 60),)}),
        ("mon 08:00-08:00", None),
        ("mon 09:00-08:59", None),
        ("mon 07:59-08:59", {0: ((7 + 59 / 60, 1),)}),
        ("mon 08:00-24:01", None),
        ("mon 08:60-10:00", None),
        ("mon 08:00-09:60", None),
        ("mon-son 08:00-09:00", None),
        ("mon 08:00-09:00 tue 08:00-09:00", None),
    ],
)
def test_hours_are_read_as_they_are_written(text: str, days: dict[int, tuple[tuple[float, float], ...]] | None) -> None:
    hours = parse_hours(text)
    if days is None:
        assert hours is None
        return
    assert hours is not None
    found = {
        day: tuple((begin.hour + begin.minute / 60, length / HOUR) for begin, length in stretches)
        for day, stretches in enumerate(hours)
        if stretches
    }
    assert found == days


def test_the_hours_that_are_shown_are_those_that_are_gone_by() -> None:
    assert hours_said("mon-thu 08:00-18:00") == "mon-thu 08:00-18:00"
    assert hours_said(None) == hours_said(" ") == "not said, so mon-fri 09:00-17:00"
    assert hours_said("8-16") == "8-16 cannot be read, so mon-fri 09:00-17:00"
    assert parse_hours("mon-fri 09:00-17:00") == STANDARD_HOURS


def test_a_day_on_which_the_clocks_change_ends_by_the_clock() -> None:
    hours = parse_hours("sun-mon 00:00-24:00")
    assert hours is not None
    calendar = BusinessCalendar(hours, DUBLIN, frozenset())
    lengths = []
    for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26)):
        ((begin, end),) = calendar.openings(day)
        lengths.append((end - begin) / HOUR)
    assert lengths == [23, 25, 24]
    assert calendar.openings(date(2026, 10, 27)) == ()


def test_a_client_that_never_works_has_no_business_time_and_no_day_that_follows() -> None:
    never = BusinessCalendar(((),) * 7, DUBLIN, frozenset())
    assert never.between(NOW, NOW + 100 * HOUR) == timedelta(0)
    assert never.after(NOW, HOUR) == never.after_days(NOW, 5) == NOW


def test_business_time_begins_in_the_middle_of_a_day_and_goes_on_after_the_night() -> None:
    hours = parse_hours("mon-fri 09:00-17:00")
    assert hours is not None
    calendar = BusinessCalendar(hours, UTC, frozenset({date(2026, 11, 27)}))
    thursday, monday = (datetime(2026, 11, day, 16, tzinfo=UTC) for day in (26, 30))
    assert calendar.between(thursday, monday) == 8 * HOUR
    assert calendar.between(monday, thursday) == timedelta(0)
    assert calendar.after(thursday, HOUR) == thursday + HOUR, "the hour is over with the day, not in the next one"
    assert calendar.after(thursday, 2 * HOUR) == monday - 6 * HOUR
    assert calendar.after_days(thursday, 1) == monday + HOUR
    assert calendar.after_days(thursday, 2) == monday + 25 * HOUR


def test_a_break_at_noon_is_no_business_time_and_the_day_ends_with_its_last_stretch() -> None:
    hours = parse_hours("mon-fri 08:00-12:00; mon-fri 13:00-17:00")
    assert hours is not None
    calendar = BusinessCalendar(hours, UTC, frozenset())
    thursday = datetime(2026, 11, 26, 11, tzinfo=UTC)
    assert calendar.between(thursday, thursday + 24 * HOUR) == 8 * HOUR
    assert calendar.after(thursday, 2 * HOUR) == thursday + 3 * HOUR
    assert calendar.after_days(thursday, 1) == thursday + 30 * HOUR


@given(MOMENTS, st.integers(0, 60 * 24 * 20))
def test_business_time_adds_up_and_is_never_more_than_time(begin: datetime, minutes: int) -> None:
    assert STANDARD_HOURS is not None
    calendar = BusinessCalendar(STANDARD_HOURS, DUBLIN, frozenset({date(2026, 12, 25)}))
    end = begin + timedelta(minutes=minutes)
    middle = begin + timedelta(minutes=minutes // 2)
    whole = calendar.between(begin, end)
    assert timedelta(0) <= whole <= end - begin
    assert calendar.between(begin, middle) + calendar.between(middle, end) == whole


@given(MOMENTS, st.integers(1, 60 * 60))
def test_so_much_business_time_later_so_much_has_gone_by(begin: datetime, minutes: int) -> None:
    assert STANDARD_HOURS is not None
    calendar = BusinessCalendar(STANDARD_HOURS, DUBLIN, frozenset())
    later = calendar.after(begin, timedelta(minutes=minutes))
    assert calendar.between(begin, later) == timedelta(minutes=minutes)


def test_a_review_is_due_at_the_end_of_the_fifth_business_day_over_a_holiday() -> None:
    hours = parse_hours("mon-fri 08:00-18:00")
    assert hours is not None
    calendar = BusinessCalendar(hours, DUBLIN, frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
    due = calendar.after_days(datetime(2026, 12, 21, 12, tzinfo=UTC), 5)
    assert due == datetime(2026, 12, 30, 18, tzinfo=UTC)


@pytest.mark.requirement("R90")
@given(
    risk=st.sampled_from([None, "low", "medium", "high"]),
    routed=st.frozensets(st.sampled_from(["low", "medium", "high"]), min_size=1),
)
def test_the_risk_chooses_the_route_and_an_unknown_one_takes_none_that_asks_for_it(
    risk: str | None, routed: frozenset[str]
) -> None:
    alone = Route("normal", (StepRule("Alone", "authorize", "any", ("role:change_manager",)),), tuple(sorted(routed)))
    board = Route("normal", (StepRule("Board", "authorize", "majority", ("role:cab",)),))
    assert route_of(Policy((alone, board)), replace(BASE, risk=risk)) is (alone if risk in routed else board)


def _route(*risks: str, services: tuple[str, ...] = ()) -> Route:
    return Route("normal", (StepRule("Board", "authorize", "majority", ("role:cab",)),), risks, services)


@pytest.mark.requirement("R90")
def test_while_the_risk_is_not_known_the_strictest_route_holds() -> None:
    low, medium, high = _route("low"), _route("medium"), _route("high")
    unknown = replace(BASE, risk=None)
    assert route_of(Policy((low, medium, high)), unknown) is high
    assert route_of(Policy((low, medium)), unknown) is medium
    assert route_of(Policy((low,)), unknown) is low
    assert route_of(Policy(()), unknown) is None
    assert route_of(Policy((low, high)), replace(BASE, risk="medium")) is None, "a risk that is known is not guessed"
    assert route_of(Policy((low, high)), replace(BASE, risk=None, path="emergency")) is None


@pytest.mark.requirement("R90")
def test_a_route_for_services_is_for_changes_of_one_of_them_and_the_first_that_fits_is_taken() -> None:
    mail, any_service = _route(services=("mail", "print")), _route()
    policy = Policy((mail, any_service))
    assert route_of(policy, replace(BASE, services=("web", "mail"))) is mail
    assert route_of(policy, replace(BASE, services=("Mail",))) is mail, "a capital is no way around its votes"
    assert route_of(policy, replace(BASE, services=("web",))) is any_service
    assert route_of(policy, replace(BASE, services=())) is any_service
    assert route_of(Policy((any_service, mail)), replace(BASE, services=("mail",))) is any_service


@pytest.mark.parametrize(
    ("rule", "number", "freeze_number", "asked"),
    [
        ("any", None, None, ("at_least", 2)),
        ("at_least", 1, None, ("at_least", 2)),
        ("at_least", 3, None, ("at_least", 3)),
        ("at_least", 1, 4, ("at_least", 4)),
        ("any", None, 1, ("at_least", 2)),
        ("majority", None, None, ("at_least", 2)),
        ("all", None, None, ("at_least", 2)),
        ("percent", 50, 3, ("at_least", 3)),
    ],
)
def test_in_a_freeze_only_leave_for_an_emergency_takes_more_people(
    rule: str, number: int | None, freeze_number: int | None, asked: tuple[str, int]
) -> None:
    leave = StepRule("ECAB", "authorize", rule, ("role:cab",), number, freeze_number=freeze_number)
    look = StepRule("Look", "assess", rule, ("role:cab",), number, freeze_number=freeze_number)
    policy = Policy((Route("emergency", (look, leave)), Route("normal", (leave,))))
    first, second = steps_of(policy, replace(BASE, path="emergency"), {"cab": ("bea",)}, in_freeze=True)
    assert ((first.rule, first.number), (second.rule, second.number)) == ((rule, number), asked)
    assert (first.order, second.order) == (1, 2)
    for content, in_freeze in ((BASE, True), (replace(BASE, path="emergency"), False)):
        last = steps_of(policy, content, {"cab": ("bea",)}, in_freeze=in_freeze)[-1]
        assert (last.rule, last.number) == (rule, number)


@pytest.mark.requirement("R90")
@given(
    st.sampled_from(STEP_RULES), st.integers(1, 100), st.none() | st.integers(1, 5), st.integers(1, 6), st.booleans()
)
def test_a_freeze_never_takes_fewer_votes_than_usual_and_never_one_alone(
    rule: str, number: int, freeze_number: int | None, seats: int, by_role: bool
) -> None:
    people = tuple(f"p{n}" for n in range(seats))
    held = ("role:cab",) if by_role else people
    leave = StepRule("ECAB", "authorize", rule, held, number, freeze_number=freeze_number)
    policy = Policy((Route("emergency", (leave,)),))
    content = replace(BASE, path="emergency")
    (usual,), (frozen,) = (steps_of(policy, content, {"cab": people}, in_freeze=freeze) for freeze in (False, True))
    assert needed(frozen) == max(needed(usual), freeze_number or 0, 2)
    assert frozen.seats == usual.seats


def test_a_step_knows_the_roles_that_hold_its_seats_beside_those_by_name() -> None:
    mixed = Policy((Route("normal", (StepRule("CAB", "authorize", "any", ("nora", "role:cab")),)),))
    assert steps_of(mixed, BASE, {})[0].roles == ("cab",)


def test_seats_are_those_of_a_role_and_those_by_name_each_once_and_who_is_needed_stays_needed() -> None:
    rule = StepRule("CAB", "authorize", "all", ("role:cab", "ann", "bea", "role:ecab"), mandatory=("role:cab", "ann"))
    policy = Policy((Route("normal", (rule,)),))
    content = replace(BASE, requester="ann", implementer="cal")
    (step,) = steps_of(policy, content, {"cab": ("bea", "cal"), "change_manager": ("dot",)})
    assert step.seats == ("bea", "ann")
    assert step.mandatory == ("bea", "cal", "ann"), "a step that needs the one who does it can never be satisfied"
    assert roles_of(policy) == {"cab", "ecab"}


def test_a_step_is_vacant_when_nobody_holds_any_of_its_seats() -> None:
    cab = StepRule("CAB", "authorize", "all", ("role:cab", "role:ecab"))
    office, chief = replace(cab, name="Office", seats=("role:office",)), replace(cab, name="Chief", seats=("ann",))
    policy = Policy((Route("normal", (cab, office, chief)), Route("emergency", (office,))))
    assert vacant_steps(policy, {"ecab": ("bea",), "office": ()}) == ("Office",)
    assert vacant_steps(policy, {}) == ("CAB", "Office")


@pytest.mark.requirement("R90")
def test_a_client_without_a_policy_of_its_own_has_one_with_deadlines_and_lets_nobody_write_down_votes_of_others() -> (
    None
):
    steps = {
        route.path: [(step.name, step.rule, step.deadline_hours) for step in route.steps]
        for route in DEFAULT_POLICY.routes
    }
    assert steps == {
        "normal": [("Assessment", "any", 48), ("CAB", "majority", 72)],
        "emergency": [("ECAB", "at_least", 4)],
    }
    assert (DEFAULT_POLICY.records_votes, DEFAULT_POLICY.lead_hours, DEFAULT_POLICY.review_sample) == (False, 0, 10)
    assert all(
        step.quorum == 0 and step.on_timeout == "escalate" for route in DEFAULT_POLICY.routes for step in route.steps
    )
