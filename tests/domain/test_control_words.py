"""What change control says: overdue duties, lights, acts and their reasons, lessons, differences, policies as files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from control_builders import CONTENT, a_request
from domain_builders import a_lane, a_standing, day
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW
from changedesk.domain.attention import LEVELS, all_findings, attention
from changedesk.domain.control.acts import refuse, why_not
from changedesk.domain.control.approval import ASSESS, AUTHORIZE
from changedesk.domain.control.differences import ASKED, LABELS, differences, fields_said
from changedesk.domain.control.lights import business_light, change_light
from changedesk.domain.control.meeting import Item, Meeting, agenda, minutes_for, refuse_close, refuse_off, refuse_votes
from changedesk.domain.control.news import OpenExceptions, Owed, Unapproved, sorted_news
from changedesk.domain.control.policy import Policy, Route, StepRule
from changedesk.domain.control.policy_file import policy_toml
from changedesk.domain.control.policy_problems import policy_problems, step_faults
from changedesk.domain.control.policy_said import policy_lines, rule_said, step_said
from changedesk.domain.control.request import CONTENT_FIELDS
from changedesk.domain.control.serving import Serving
from changedesk.domain.control.situation import Situation
from changedesk.domain.records import ChecklistItem, Gate, Signature
from changedesk.domain.roles import Actor
from changedesk.domain.saying import day_time, length
from changedesk.domain.words import ON_TIMEOUT, OUTCOMES, RISK_LEVELS, ROLES, STEP_RULES
from changedesk.intake.policy import parse_policy

TODAY = NOW.date()


def a_serving(**fields: object) -> Serving:
    usual: dict[str, object] = {
        "id": "c", "number": "CHG-1", "title": "Cut over", "path": "normal", "state": "authorizing", "hold": False,
        "milestone": "Cut over", "is_go_live": True, "approval": "pending", "authorised": None, "step": "CAB",
        "due": None, "planned_start": NOW, "words": "CAB open", "level": "at_risk",
    }  # fmt: skip
    return Serving(**{**usual, **fields})  # type: ignore[arg-type]


# --- what is overdue


def owed(kind: str = "retro", hours: float = 4, initiative: str | None = "i") -> Owed:
    return Owed(kind, f"CHG-{hours}", "alder", initiative, NOW - timedelta(hours=hours))


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    ("kind", "said"), [("retro", "approval afterwards overdue by 4 h"), ("review", "review overdue by 4 h")]
)
def test_a_duty_that_is_overdue_makes_its_initiative_late_and_says_by_how_much(kind: str, said: str):
    news = sorted_news(NOW, [owed(kind)], ()).about("i")
    found = attention(a_standing(), day(100), news=news)
    assert (found.level, found.reason) == ("late", f"CHG-4: {said}")
    assert len(found.short) <= 24


@pytest.mark.requirement("R2")
@pytest.mark.parametrize(
    ("counts", "said", "short"),
    [
        ((3, 1, 0), "security exceptions ↑ 3 open, 1 a month ago", "exceptions ↑ 3"),
        ((2, 2, 1), "security exceptions → 2 open, 2 a month ago, 1 past its day", "exception past its day"),
        ((12, 11, 2), "security exceptions ↑ 12 open, 11 a month ago, 2 past their day", "exceptions ↑ 12"),
    ],
)
@pytest.mark.parametrize("state", ["live", "closed"])
def test_security_exceptions_that_get_worse_put_their_initiative_at_risk(counts, said, short, state):
    news = sorted_news(NOW, (), (), [OpenExceptions("i", *counts)]).about("i")
    found = attention(a_standing(state=state), day(100), news=news)
    assert (found.level, found.reason, found.short) == ("at_risk", said, short)
    assert len(found.short) <= 24


@pytest.mark.parametrize("counts", [(0, 0, 0), (1, 1, 0), (1, 4, 0)])
def test_security_exceptions_that_do_not_get_worse_say_nothing(counts):
    assert sorted_news(NOW, (), (), [OpenExceptions("i", *counts)]).about("i").exceptions == ()


def test_what_is_not_due_yet_says_nothing():
    news = sorted_news(NOW, [Owed("retro", "CHG-1", "alder", "i", NOW)], ())
    assert news.overdue == ()
    assert attention(a_standing(), day(100), news=news.about("i")).level == "fine"


def test_a_closed_initiative_is_still_late_by_what_its_changes_owe_and_a_cancelled_one_never():
    news = sorted_news(NOW, [owed("review")], ()).about("i")
    assert attention(a_standing(state="closed"), day(100), news=news).level == "late"
    assert attention(a_standing(state="cancelled"), day(100), news=news).level != "late"


def test_a_go_live_without_leave_is_a_risk_once_it_is_near():
    news = sorted_news(NOW, (), [Unapproved("CHG-2", "i", "CAB open")]).about("i")
    near, far = a_standing(go_live=day(114)), a_standing(go_live=day(115))
    assert attention(near, day(100), news=news).reason == "CAB open: CHG-2, go-live in 14 d"
    assert attention(far, day(100), news=news).level == "fine"
    assert attention(replace(near, went_live=True), day(100), news=news).level == "fine"


@given(
    hours=st.lists(st.integers(-50, 50), max_size=4),
    waiting=st.booleans(),
    lag=st.integers(0, 40),
    go_live=st.integers(90, 200),
)
def test_findings_stand_by_level_whatever_control_has_to_say(hours: list[int], waiting: bool, lag: int, go_live: int):
    told = sorted_news(NOW, [owed("retro", hour) for hour in hours], [Unapproved("C", "i", "CAB open")] * waiting)
    standing = a_standing(go_live=day(go_live), people=a_lane(due_on=day(0), reached_on=day(lag)))
    levels = [LEVELS.index(one.level) for one in all_findings(standing, day(100), news=told.about("i"))]
    assert levels == sorted(levels)
    assert len(told.overdue) == sum(hour > 0 for hour in hours)
    dues = [one.due for one in told.overdue]
    assert dues == sorted(dues)


def test_news_are_counted_by_client_and_kind():
    told = sorted_news(NOW, [owed(), owed("review", 2, None)], ())
    assert (told.count("retro"), told.count("review")) == (1, 1)
    assert told.about("nobody").overdue == ()


@given(st.integers(0, 10**7))
def test_a_length_is_never_nothing_and_grows_with_what_it_says(seconds: int):
    number, unit = length(timedelta(seconds=seconds)).replace(",", "").split()
    factor = {"min": 60, "h": 3600, "d": 86400}[unit]
    assert int(number) >= 1
    assert int(number) * factor <= max(seconds, 60)


# --- the two lights


def a_gate(delivery: bool, people: bool) -> Gate:
    signed = [lane for lane, has in (("delivery", delivery), ("people", people)) if has]
    return Gate("go_live", TODAY, True, (), tuple(Signature("go_live", lane, lane, NOW, None, True) for lane in signed))


@pytest.mark.requirement("R106")
@given(
    approval=st.sampled_from(["approved", "pending", "rejected"]),
    delivery=st.booleans(),
    people=st.booleans(),
    state=st.sampled_from(["authorizing", "scheduled", "implementing"]),
)
def test_neither_light_says_anything_of_the_other(approval: str, delivery: bool, people: bool, state: str):
    change = change_light([a_serving(approval=approval, state=state)], TODAY, TODAY)
    business = business_light(a_gate(delivery, people), TODAY, TODAY)
    assert change.on == (approval == "approved")
    assert business.on == (delivery and people)
    assert change.level == ("fine" if change.on else "late")
    assert business.sentence
    missing = [side for side, signed in (("delivery", delivery), ("people", people)) if not signed]
    if not missing:
        assert business.sentence == "gate 4 signed by both lanes"
    if missing:
        whose = f": {missing[0]}" if len(missing) == 1 else ""
        assert business.sentence.startswith(f"gate 4{whose} unsigned"), (
            "a light names its gate, another one may be signed"
        )


def test_a_change_light_is_unknown_without_a_change_and_off_by_a_single_one():
    assert change_light([], TODAY, TODAY).word == "?"
    assert change_light([a_serving(is_go_live=False)], TODAY, TODAY).on is None
    both = [a_serving(approval="approved", words="authorised"), a_serving(number="CHG-2")]
    assert change_light(both, TODAY, TODAY).sentence == "CHG-2: CAB open"
    assert (
        change_light([a_serving(state="rejected", approval="rejected")], TODAY, TODAY).sentence == "CHG-1 was rejected"
    )
    unauthorised = a_serving(approval="approved", authorised=False)
    assert change_light([unauthorised], TODAY, TODAY).level == "late"


@pytest.mark.requirement("R106")
@pytest.mark.parametrize(("days", "level"), [(7, "late"), (8, "at_risk"), (-1, "late"), (None, "at_risk")])
def test_a_light_that_is_off_is_late_from_a_week_before_its_day_on(days: int | None, level: str):
    due = None if days is None else TODAY + timedelta(days=days)
    assert change_light([a_serving()], due, TODAY).level == level
    assert change_light([a_serving(state="rejected")], due, TODAY).level == level
    assert business_light(a_gate(delivery=True, people=False), due, TODAY).level == level


@pytest.mark.requirement("R106")
def test_the_light_of_the_business_names_the_side_that_has_not_signed_and_what_is_open_on_it():
    open_items = tuple(ChecklistItem("go_live", lane, "k", "Told", None, None, None) for lane in ("delivery", "people"))

    def said(*, delivery: bool, people: bool) -> str:
        return business_light(replace(a_gate(delivery, people), items=open_items), TODAY, TODAY).sentence

    assert said(delivery=True, people=False) == "gate 4: people unsigned, 1 open"
    assert said(delivery=False, people=False) == "gate 4 unsigned, 2 open"
    assert business_light(a_gate(delivery=False, people=True), TODAY, TODAY).sentence == "gate 4: delivery unsigned"


def test_a_change_that_was_given_up_asks_for_no_go_live():
    assert change_light([a_serving(state="cancelled")], TODAY, TODAY).word == "?"
    instead = [a_serving(state="rejected"), a_serving(number="CHG-2", approval="approved", words="authorised")]
    assert change_light(instead, TODAY, TODAY).sentence == "CHG-2: authorised"


# --- acts and their reasons


def test_whose_it_is_may_do_it_whatever_the_roles():
    content = replace(CONTENT, requester="rita", implementer="ivan")
    s = Situation(a_request(content=content), NOW)
    rita = Actor("1", "rita", "rita", frozenset(), frozenset({"alder"}))
    ivan = Actor("2", "ivan", "ivan", frozenset(), frozenset({"alder"}))
    assert why_not("edit", s, rita) is None
    assert "may not edit" in (why_not("edit", s, ivan) or "")
    assert why_not("plan_step", s, ivan) is None
    assert "does not review" in (
        refuse("review", Situation(a_request(content=content, state="review"), NOW), "ivan") or ""
    )


# --- differences


def said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%d %H:%M}"


def test_every_field_of_a_change_has_a_name_and_shows_its_difference():
    assert set(LABELS) == set(CONTENT_FIELDS)
    after = replace(
        CONTENT, services=("mail", "web"), risk="high", planned_start=NOW, risk_answers=(("users", "many"),)
    )
    found = {one.name: (one.before, one.after) for one in differences(CONTENT, after, said)}
    assert found == {
        "services": ("mail", "mail, web"),
        "risk": ("", "high"),
        "planned_start": ("27 14:02", "26 14:02"),
        "risk_answers": ("", "users many"),
    }
    assert differences(CONTENT, CONTENT, said) == ()


def test_what_is_known_of_a_change_is_told_field_by_field_and_what_is_not_is_left_out():
    content = replace(
        CONTENT, services=("mail", "web"), initiative="MFA", milestone="Pilot", risk=None, requester="rita",
        implementer="ivan", reason="Sign-in fails", plan="Turn it on", test_plan=None, backout_plan=None, incident="INC-9",
    )  # fmt: skip
    assert fields_said(content, ("services", "initiative", "milestone", "risk", "planned_start", *ASKED), said) == (
        ("Services", "mail, web"),
        ("Serves", "MFA"),
        ("Milestone", "Pilot"),
        ("Window from", "27 14:02"),
        ("Asked by", "rita"),
        ("Done by", "ivan"),
        ("Why", "Sign-in fails"),
        ("Plan", "Turn it on"),
        ("Incident", "INC-9"),
    )


# --- policies


@pytest.mark.parametrize(("rule", "words"), [("percent", "? %"), ("at_least", "at least ?")])
def test_a_step_whose_number_nobody_has_given_yet_says_so(rule: str, words: str):
    assert rule_said(StepRule("CAB", "authorize", rule, ("nora",))) == words


@pytest.mark.parametrize(("asked", "said"), [(None, ""), (1, "; 2 in a hard freeze"), (3, "; 3 in a hard freeze")])
def test_what_a_step_takes_in_a_freeze_is_said_as_it_counts(asked: int | None, said: str):
    step = StepRule("ECAB", AUTHORIZE, "any", ("nora",), freeze_number=asked)
    assert step_said(step) == f"authorizes: any one of nora{said}"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "authorizes: any one of nora"),
        ({"phase": ASSESS}, "assesses: any one of nora"),
        ({"rule": "all", "seats": ("nora", "role:cab")}, "authorizes: all of nora and the CAB"),
        (
            {"rule": "at_least", "number": 2, "seats": ("role:service_owner",)},
            "authorizes: at least 2 of the service owners",
        ),
        ({"rule": "percent", "number": 60, "seats": ()}, "authorizes: 60 % of nobody"),
        ({"mandatory": ("role:cab",)}, "authorizes: any one of nora; the CAB has to approve"),
        ({"quorum": 3}, "authorizes: any one of nora; 3 have to approve or abstain"),
        ({"deadline_hours": 4}, "authorizes: any one of nora; within 4 h, else the change managers are told"),
        ({"deadline_hours": 4, "escalate_to": "mona"}, "authorizes: any one of nora; within 4 h, else mona is told"),
        ({"deadline_hours": 4, "on_timeout": "reject"}, "authorizes: any one of nora; within 4 h, else it is rejected"),
    ],
)
def test_a_step_says_who_decides_how_and_by_when(fields: dict[str, Any], said: str):
    step = StepRule(**{"name": "CAB", "phase": AUTHORIZE, "rule": "any", "seats": ("nora",), **fields})
    assert step_said(step) == said


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"lead_hours": 24}, "Lead time: 24 h between submitting and the window"),
        ({"lead_hours": 0}, "Lead time: no minimum"),
        ({"records_votes": True}, "Votes of others: a change manager may write down, with evidence"),
        ({"records_votes": False}, "Votes of others: nobody may write down"),
        ({"success": ("successful", "with_issues")}, "Went well: what ended successful or with issues"),
        ({"review_sample": 5}, "Spot checks: 1 standard change in 5"),
        ({"review_sample": 0}, "Spot checks: no standard change that went well"),
    ],
)
def test_what_holds_for_every_change_of_a_client_is_said_rule_by_rule(rules: dict[str, Any], said: str):
    assert said in [f"{line.name}: {line.text}" for line in policy_lines(Policy((), **rules)) if line.kind == "rule"]


@pytest.mark.parametrize(
    ("route", "said"),
    [
        (Route("normal", ()), ("Normal changes", "no steps")),
        (Route("emergency", (StepRule("ECAB", AUTHORIZE, "any", ("nora",)),)), ("Emergency changes", "")),
        (Route("normal", (), ("medium", "high")), ("Normal changes, medium or high risk", "no steps")),
        (Route("normal", (), ("low",), ("mail", "web")), ("Normal changes, low risk, of mail, web", "no steps")),
    ],
)
def test_a_route_says_for_which_changes_it_is(route: Route, said: tuple[str, str]):
    assert [(line.name, line.text) for line in policy_lines(Policy((route,))) if line.kind == "route"] == [said]


_NAMES = st.sampled_from(["nora", "sam", "ben", *(f"role:{role}" for role in ROLES)])
_TEXT = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=12)


@st.composite
def steps(draw: st.DrawFn, phase: str) -> StepRule:
    seats = tuple(draw(st.lists(_NAMES, min_size=1, max_size=5, unique=True)))
    rule = draw(st.sampled_from(STEP_RULES))
    return StepRule(
        f"{phase} {draw(_TEXT)}",
        phase,
        rule,
        seats,
        draw(st.integers(1, 100)) if rule in ("at_least", "percent") else None,
        tuple(draw(st.lists(st.sampled_from(seats), max_size=2, unique=True))),
        draw(st.integers(0, 3)),
        draw(st.one_of(st.none(), st.integers(1, 500))),
        draw(st.sampled_from(ON_TIMEOUT)),
        draw(st.one_of(st.none(), st.just("mona"))),
        draw(st.one_of(st.none(), st.integers(1, 5))),
    )


@st.composite
def routes(draw: st.DrawFn, path: str) -> Route:
    first = (draw(steps(ASSESS)),) if path == "normal" else ()
    return Route(
        path,
        (*first, draw(steps(AUTHORIZE))),
        tuple(draw(st.lists(st.sampled_from(RISK_LEVELS), unique=True, max_size=2))),
        tuple(draw(st.lists(_TEXT, unique=True, max_size=2))),
    )


POLICIES = st.builds(
    Policy,
    st.tuples(routes("normal"), routes("emergency")),
    st.booleans(),
    st.integers(0, 500),
    st.lists(st.sampled_from(OUTCOMES), min_size=1, unique=True).map(tuple),
    st.integers(0, 100),
)


@given(POLICIES)
def test_a_policy_comes_back_from_its_file_as_it_was(policy: Policy):
    assert parse_policy(policy_toml(policy, "alder", 1).encode(), "alder.toml") == policy


@given(POLICIES)
def test_a_policy_is_told_step_by_step(policy: Policy):
    lines = list(policy_lines(policy))
    assert sum(line.kind == "step" for line in lines) == sum(len(route.steps) for route in policy.routes)
    assert all(line.name for line in lines)


@given(POLICIES)
def test_a_policy_with_a_fault_in_a_step_is_never_kept(policy: Policy):
    faults = [sentence for route in policy.routes for step in route.steps for _, sentence in step_faults(step)]
    assert set(faults) <= set(policy_problems(policy))


def test_what_a_policy_lacks_is_said():
    assert policy_problems(Policy(())) == [
        "there is no route with steps for normal changes",
        "there is no route with steps for emergency changes",
    ]
    assert policy_problems(Policy((Route("normal", ()), Route("emergency", ())))) == [
        "there is no route with steps for normal changes",
        "there is no route with steps for emergency changes",
        "a route of normal changes has no step that assesses",
        "a route of normal changes has no step that authorizes",
        "a route of emergency changes has no step that authorizes",
    ]


LOOK, LEAVE = StepRule("Look", ASSESS, "any", ("a",)), StepRule("Leave", AUTHORIZE, "any", ("b",))
SOUND = Policy((Route("normal", (LOOK, LEAVE)), Route("emergency", (LEAVE,))))


@pytest.mark.parametrize(
    ("policy", "problem"),
    [
        (SOUND, None),
        (
            replace(SOUND, routes=(*SOUND.routes, Route("normal", (LEAVE,)))),
            "a route of normal changes has no step that assesses",
        ),
        (
            replace(SOUND, routes=(*SOUND.routes, Route("normal", (LOOK,)))),
            "a route of normal changes has no step that authorizes",
        ),
        (
            replace(SOUND, routes=(*SOUND.routes, Route("emergency", (LOOK,)))),
            "a route of emergency changes has no step that authorizes",
        ),
        (
            replace(SOUND, routes=(*SOUND.routes, Route("normal", (LEAVE, LOOK)))),
            "in a route of normal changes a step authorizes before one assesses",
        ),
        (
            replace(SOUND, routes=(*SOUND.routes, Route("emergency", (LEAVE, replace(LEAVE, name="LEAVE"))))),
            "a route of emergency changes has two steps Leave",
        ),
        (replace(SOUND, success=()), "no outcome counts as success: every change would be a failed one"),
        (
            replace(SOUND, success=("successful", "fine")),
            f"fine is no outcome; they are {', '.join(OUTCOMES)}",
        ),
    ],
)
def test_a_single_fault_of_a_policy_is_the_only_one_that_is_said(policy: Policy, problem: str | None):
    assert policy_problems(policy) == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, None),
        ({"seats": ()}, ("seats", "the step CAB has no seats: it could never approve")),
        ({"seats": ("role:boss",)}, ("seats", "the step CAB has seats of a role boss, which is none")),
        ({"rule": "percent", "number": 100}, None),
        ({"rule": "percent", "number": 1}, None),
        ({"rule": "percent", "number": 101}, ("number", "the step CAB needs a percentage from 1 to 100")),
        ({"rule": "percent", "number": None}, ("number", "the step CAB needs a percentage from 1 to 100")),
        ({"rule": "at_least", "number": None}, ("number", "the step CAB needs the least number of votes")),
        ({"rule": "at_least", "number": 2}, None),
        ({"rule": "at_least", "number": 3}, ("number", "the step CAB asks for 3 votes of 2 seats")),
        ({"rule": "at_least", "number": 9, "seats": ("a", "role:cab")}, None),
        ({"quorum": 2}, None),
        ({"quorum": 3}, ("quorum", "the step CAB asks for 3 who approve or abstain, but has 2 seats")),
        ({"quorum": 9, "seats": ("role:cab",)}, None),
        ({"deadline_hours": 1}, None),
        ({"deadline_hours": 0}, ("deadline_hours", "the deadline of the step CAB is at least an hour")),
        ({"mandatory": ("b",)}, None),
        ({"mandatory": ("c",)}, ("mandatory", "the step CAB has no seat for c, who has to approve it")),
    ],
)
def test_a_step_that_could_never_do_what_it_says_is_a_fault_of_its_field(fields: dict[str, Any], fault: Any):
    usual: dict[str, Any] = {"name": "CAB", "phase": AUTHORIZE, "rule": "any", "seats": ("a", "b"), **fields}
    assert step_faults(StepRule(**usual)) == ([fault] if fault else [])


# --- meetings


BEGIN = datetime(2026, 11, 26, 14, tzinfo=UTC)
BOARD = Meeting("m", 1, "alder", "cab", "CAB", BEGIN, BEGIN + timedelta(hours=2), None, (), "open", None, None)


@pytest.mark.requirement("R91")
@given(st.permutations(range(7)))
def test_on_the_agenda_the_next_weeks_come_first_then_the_riskiest_then_the_earliest(order: list[int]):
    week = timedelta(days=7)
    wanted = [
        ("CHG-7", "high", week - timedelta(seconds=1)),
        ("CHG-3", None, timedelta(days=1)),
        ("CHG-6", "medium", timedelta(days=1)),
        ("CHG-4", "medium", timedelta(days=2)),
        ("CHG-5", "medium", timedelta(days=2)),
        ("CHG-2", "low", timedelta(days=1)),
        ("CHG-1", "high", week),
    ]
    asked = [
        a_request(number=number, state="authorizing", content=replace(CONTENT, risk=risk, planned_start=BEGIN + later))
        for number, risk, later in wanted
    ]
    waiting = asked[0]
    elsewhere = [
        replace(waiting, client="birch"),
        replace(waiting, state="assessing"),
        replace(waiting, state="scheduled"),
        replace(waiting, hold="the vendor is on strike"),
    ]
    found = agenda([*(asked[place] for place in order), *elsewhere], BOARD)
    assert [one.number for one in found] == [number for number, _, _ in wanted]


@pytest.mark.requirement("R91")
def test_an_item_gets_time_by_its_risk_and_one_that_nobody_assessed_as_much_as_the_riskiest():
    assert [minutes_for(risk) for risk in ("low", "medium", "high", None)] == [4, 8, 15, 15]
    item = Item("i", 1, "c", "CHG-1", "Patch", 1, 4, None, None, None, None)
    assert item.taken(BEGIN) == timedelta(0)
    begun = replace(item, began_at=BEGIN)
    assert begun.taken(BEGIN + timedelta(minutes=3)) == timedelta(minutes=3)
    assert replace(begun, ended_at=BEGIN + timedelta(minutes=2)).taken(BEGIN + timedelta(hours=1)) == timedelta(
        minutes=2
    )


@pytest.mark.parametrize(
    ("kind", "state", "minutes", "why"),
    [
        ("cab", "open", 1, None),
        ("cab", "planned", 1, "it begins with the first change that is talked about"),
        ("cab", "planned", 120, None),
        ("cab", "closed", 1, "it is closed already"),
        ("vcab", "planned", 119, "its ballot is open until ENDS Berlin time"),
        ("vcab", "open", 119, "its ballot is open until ENDS Berlin time"),
        ("vcab", "planned", 120, None),
        ("vcab", "closed", 120, "it is closed already"),
    ],
)
def test_people_close_a_meeting_once_it_has_begun_and_a_ballot_runs_to_its_deadline(kind, state, minutes, why):
    meeting = replace(BOARD, kind=kind, state=state)
    now = BEGIN + timedelta(minutes=minutes)
    berlin = ZoneInfo("Europe/Berlin")
    said = why and why.replace("ENDS", day_time(meeting.ends_at, berlin, now))
    assert refuse_close(meeting, berlin, now, undecided=True) == said
    if meeting.kind == "vcab" and state != "closed":
        assert refuse_close(meeting, berlin, now, undecided=False) is None, "everything is decided"


def test_a_meeting_with_nothing_to_talk_about_ends_from_its_begin_on():
    berlin = ZoneInfo("Europe/Berlin")
    early = BEGIN - timedelta(minutes=1)
    called = f"it was called for {day_time(BEGIN, berlin, early)} Berlin time"
    assert (
        refuse_close(replace(BOARD, kind="cab", state="planned"), berlin, early, undecided=False, empty=True) == called
    )
    assert refuse_close(replace(BOARD, kind="cab", state="planned"), berlin, BEGIN, undecided=False, empty=True) is None


def test_a_ballot_takes_votes_from_its_begin_on_and_people_whenever_they_sit_together():
    berlin = ZoneInfo("Europe/Berlin")
    early = BEGIN - timedelta(minutes=1)
    opens = f"its ballot opens {day_time(BEGIN, berlin, early)} Berlin time"
    assert refuse_votes(replace(BOARD, kind="vcab"), berlin, early) == opens
    assert refuse_votes(replace(BOARD, kind="vcab"), berlin, BEGIN) is None
    assert refuse_votes(replace(BOARD, kind="cab"), berlin, early) is None


def test_a_clock_that_is_the_readers_own_is_not_named():
    early = BEGIN - timedelta(minutes=1)
    assert refuse_votes(replace(BOARD, kind="vcab"), UTC, early) == f"its ballot opens {day_time(BEGIN, UTC, early)}"


def test_what_was_talked_about_stays_on_the_agenda():
    item = Item("i", 1, "c", "CHG-1", "Patch", 1, 4, None, None, None, None)
    assert refuse_off(item) is None
    assert refuse_off(replace(item, began_at=BEGIN)) == "CHG-1 was talked about already: it stays in the minutes"


@pytest.mark.parametrize(
    ("kind", "state", "hours", "word"),
    [
        ("vcab", "planned", -1, "planned"),
        ("vcab", "planned", 0, "open"),
        ("cab", "planned", 1, "not begun yet"),
        ("cab", "open", 1, "open"),
        ("vcab", "closed", 1, "closed"),
    ],
)
def test_a_ballot_is_open_from_its_begin_on_and_a_meeting_once_somebody_began(kind, state, hours, word):
    begin = datetime(2026, 11, 26, 14, tzinfo=UTC)
    meeting = Meeting("m", 1, "alder", kind, "CAB", begin, begin + timedelta(hours=2), None, (), state, None, None)
    assert meeting.standing(begin + timedelta(hours=hours)) == word


@pytest.mark.requirement("R106")
def test_a_light_is_yes_no_or_unknown_in_a_word():
    done = a_serving(approval="approved", authorised=False)
    lights = [change_light(serving, TODAY, TODAY) for serving in ([done], [a_serving(state="rejected")], [])]
    assert [light.word for light in lights] == ["no", "no", "?"]
    assert change_light([a_serving(approval="approved")], TODAY, TODAY).word == "yes"
    beside = a_serving(state="rejected", is_go_live=False)
    assert change_light([beside], TODAY, TODAY).sentence == "1 change, none tied to the go-live"
