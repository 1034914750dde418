"""``golive`` on the command line: today's load beside its band, as text for people and one document for programs."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from changedesk.cli.output import rounded, say, say_json, say_pairs, say_table
from changedesk.domain.counted import counted, listed
from changedesk.domain.early_life.day_one import DayOne
from changedesk.domain.early_life.load_forecast import DayPoint
from changedesk.domain.saying import count, day_month, day_time, go_live_said, in_hours, percent
from changedesk.services.golive import acts as golive_acts
from changedesk.services.golive import page as going_live
from changedesk.services.golive.page import GoLiveView
from changedesk.services.golive.reasons import ReasonView
from changedesk.services.session import Session

_MET = {True: "met", False: "not met", None: "not known"}
_WEEK = 7


def golive(session: Session, code: str, as_json: bool) -> int:
    """The go-live of an initiative as it stands now."""
    view = going_live.golive(session, code)
    if as_json:
        say_json(_document(view))
    else:
        _say(view)
    return 0


def confirm(session: Session, code: str, criterion: str, evidence: str) -> int:
    """Confirm an exit criterion."""
    golive_acts.confirm(session, code, criterion, evidence)
    say(f"confirmed: {code}, {criterion}, by {session.actor.login}")
    return 0


def withdraw(session: Session, code: str, criterion: str) -> int:
    """Take a confirmation back."""
    golive_acts.withdraw(session, code, criterion)
    say(f"withdrawn: {code}, {criterion}, by {session.actor.login}")
    return 0


def cause(session: Session, number: str, change: str, reason: str, client: str | None) -> int:
    """Link a ticket to the change that caused it."""
    golive_acts.link_cause(session, golive_acts.ticket_id(session, number, client), change, reason)
    say(f"linked: {number} to {change}, by {session.actor.login}")
    return 0


def _say(view: GoLiveView) -> None:
    today = view.now.date()
    live = go_live_said(view.go_live, today, went_live=view.went_live, cancelled=view.cancelled)
    people, stage = counted(view.people, "person", "people"), "cancelled" if view.cancelled else view.stage
    say(f"{view.title} ({view.code}), {view.client_name}: {live}; {people}; {stage}")
    say(_today(view))
    load = view.load
    if load.named_by_changes:
        say(f"tickets of {listed(load.named_by_changes)}, which its changes name")
    if load.excess is not None and load.excess.now:
        say(f"a lasting excess since {day_month(load.excess.since, today)}")
    if load.per_hundred_now is not None:
        before = "?" if load.per_hundred_before is None else f"{load.per_hundred_before:.1f}"
        say(f"{load.per_hundred_now:.1f} tickets a week per 100 people, {before} before go-live")
    if view.day_one is not None:
        say(_first_day(view.day_one, view.first_day))
    if load.times is not None:
        say(f"solved within {in_hours(load.times.median)} (median), 9 of 10 within {in_hours(load.times.p90)}")
    _say_tables(view)
    _say_support(view)


def _say_tables(view: GoLiveView) -> None:
    if view.load.days:
        say("")
        last = [_day(point, view) for point in view.load.days[-_WEEK:]]
        say_table(("Day", "Tickets", "Expected", "Band"), last, right=frozenset({1, 2, 3}))
    if view.open:
        say("")
        ages = [age for age, _ in view.open[0].by_age]
        rows = [
            (_rank(group.rank), count(group.count), *(count(number) for _, number in group.by_age))
            for group in view.open
        ]
        say_table(("Open", "Tickets", *ages), rows, right=frozenset(range(1, len(ages) + 2)))
    if view.reasons:
        say("")
        titles = ("Why people call", "All", "24 h", "Share", "Expected, week 1", "Answer", "Then to")
        say_table(titles, [_reason(one) for one in view.reasons], right=frozenset({1, 2, 3, 4}))
    if view.avoidable:
        share = percent(100 * view.avoidable / view.tickets)
        tickets = counted(view.tickets, "ticket")
        say(
            f"{count(view.avoidable)} of {tickets} ({share}) asked what an article answers: they could have been avoided"
        )
    for window in view.windows:
        say(f"Tickets: {window.sentence} ({window.title})")


def _say_support(view: GoLiveView) -> None:
    use, zone = view.adoption, ZoneInfo(view.zone)
    target = "no target" if use.target is None else f"target {percent(use.target)}{use.of_whom}"
    used = f"{percent(use.percent)}, {target}" if use.percent is not None else "not observed"
    say("")
    say_pairs(
        {
            "In use": used,
            "Support": view.support.sentence,
            "Workarounds": f"{count(len(view.workarounds))} open",
            "On duty": ", ".join(f"{duty.who} until {day_time(duty.end, zone, view.now)}" for duty in view.on_duty)
            or "nobody",
        }
    )
    say("")
    rows = [(one.text, _MET[one.met], one.evidence) for one in view.criteria]
    say_table(("Hypercare may end when", "", "Because"), rows)


def _rank(rank: int | None) -> str:
    return "no priority" if rank is None else f"priority {rank}"


def _reason(one: ReasonView) -> tuple[str, ...]:
    share = percent(100 * one.share)
    counts = (count(one.count), count(one.recent), share, count(one.expected))
    return one.reason, *counts, one.answer, one.escalation or "-"


def _today(view: GoLiveView) -> str:
    load = view.load
    if load.so_far is None:
        came = "?" if load.today is None else counted(load.today, "ticket")
        return f"today so far {came}; {load.unknown}"
    now = load.so_far
    return (
        f"today so far {counted(now.count, 'ticket')}, {now.expected:.0f} expected by now ({now.low} to {now.high}):"
        f" {now.state} the band"
    )


def _first_day(one: DayOne, seen: int | None) -> str:
    expected = f"{one.band.middle:,} ({one.band.low:,} to {one.band.high:,})"
    came = "" if seen is None else f"{seen:,} came, "
    return f"first workday: {came}{expected} to be expected; {'; '.join(one.rests_on)}"


def _day(point: DayPoint, view: GoLiveView) -> tuple[str, ...]:
    counted_so_far = f"{view.load.today} so far" if point.count is None else count(point.count)
    return day_month(point.day, point.day), counted_so_far, f"{point.expected:.1f}", f"{point.low} to {point.high}"


def _document(view: GoLiveView) -> dict[str, object]:
    load, now = view.load, view.load.so_far
    return {
        "as_of": view.now,
        "zone": view.zone,
        "code": view.code,
        "title": view.title,
        "client": view.client,
        "service": view.service,
        "go_live": view.go_live,
        "went_live": view.went_live,
        "days_since": view.days_since,
        "stage": view.stage,
        "people": view.people or None,
        "tickets_since_go_live": view.tickets,
        "today": {
            "count": load.today,
            "services_named_by_changes": list(load.named_by_changes),
            "expected_by_now": None if now is None else round(now.expected, 2),
            "low": None if now is None else now.low,
            "high": None if now is None else now.high,
            "state": None if now is None else now.state,
            "unknown": load.unknown,
            "hours": [
                {"hour": h.hour, "count": h.count, "expected": round(h.expected, 3), "low": h.low, "high": h.high}
                for h in load.hours
            ],
        },
        "days": [
            {"day": d.day, "count": d.count, "expected": round(d.expected, 3), "low": d.low, "high": d.high}
            for d in load.days
        ],
        "base_a_day": None if load.base is None else round(load.base, 3),
        "excess": None
        if load.excess is None
        else {"now": load.excess.now, "since": load.excess.since, "statistic_share": round(load.excess.share, 4)},
        "per_100_people_a_week": {"now": rounded(load.per_hundred_now), "before": rounded(load.per_hundred_before)},
        "resolution_hours": None
        if load.times is None
        else {"n": load.times.n, "median": round(load.times.median, 3), "p90": round(load.times.p90, 3)},
        "first_workday": {
            "expected": view.day_one.band.middle if view.day_one else None,
            "low": view.day_one.band.low if view.day_one else None,
            "high": view.day_one.band.high if view.day_one else None,
            "rests_on": list(view.day_one.rests_on) if view.day_one else [],
            "came": view.first_day,
        },
        "open": [
            {"priority": g.rank, "count": g.count, "ages": [{"age": age, "count": n} for age, n in g.by_age]}
            for g in view.open
        ],
        "reasons": [
            {
                "reason": r.reason,
                "count": r.count,
                "last_24_h": r.recent,
                "expected_first_week": r.expected,
                "script": r.script,
                "article": r.article,
                "escalation": r.escalation,
            }
            for r in view.reasons
        ],
        "without_script": view.without_script,
        "avoidable_tickets": view.avoidable if view.went_live else None,
        "windows": [
            {
                "change": w.number,
                "title": w.title,
                "start": w.start,
                "end": w.end,
                "in_window": w.in_window,
                "linked": w.linked,
            }
            for w in view.windows
        ],
        "use": {
            "percent": rounded(view.adoption.percent),
            "target": view.adoption.target,
            "target_of": view.adoption.target_of,
            "state": view.adoption.state,
        },
        "workarounds": [
            {"title": w.title, "audience": w.audience, "count": w.count, "retire_by": w.retire_by}
            for w in view.workarounds
        ],
        "support": {"sentence": view.support.sentence, "ready_percent": rounded(view.support.checklist.percent)},
        "criteria": [
            {"criterion": c.key, "text": c.text, "met": c.met, "evidence": c.evidence, "takes_a_word": c.said}
            for c in view.criteria
        ],
        "may_end": view.may_end,
        "on_duty": [
            {"who": d.who, "role": d.role, "start": d.start, "end": d.end, "contact": d.contact} for d in view.on_duty
        ],
        "next_duty": [{"who": d.who, "role": d.role, "start": d.start, "end": d.end} for d in view.next_duty],
    }
