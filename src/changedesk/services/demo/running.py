"""What runs in the demo: services with their months, what fell short of them, handovers, hours of support, and who is on duty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal

from changedesk.services.demo.acts import RecordAct
from changedesk.services.demo.story import Row, Story, in_days, past_workday, read_story, texts, workday
from changedesk.values import dataclass

PLACE: Final = "running"
"""The folder of the demo with what is told of running services."""
_SERVICES: Final = "services"
_ANSWERS: Final = 40
_ASKED: Final = 110


def running_story() -> Story:
    """The services of the demo."""
    return read_story(_SERVICES, PLACE)


def services(told: Story) -> Iterator[Row]:
    """The services themselves."""
    for service in told["services"]:
        yield texts({"state": "operation", **service})


def agreements(told: Story) -> Iterator[Row]:
    """What is agreed of them."""
    for service in told["services"]:
        for agreement in service["agreements"]:
            yield texts({**agreement, "client": service["client"], "service": service["service"]})


def periods(told: Story, today: date) -> Iterator[Row]:
    """The last twelve whole months of each service, made of its lists."""
    for service in told["services"]:
        if "down" not in service:
            continue
        start = today.replace(day=1)
        for n in range(11, -1, -1):
            end = start - timedelta(days=1)
            start = end.replace(day=1)
            yield _period(service, n, start, end)


def _period(service: Mapping[str, Any], n: int, start: date, end: date) -> Row:
    failures, down = service["failures"][n], service["down"][n]
    incidents, changes = service["incidents"][n], service["changes"][n]
    due = round(incidents * 1.4)
    return texts(
        {
            "client": service["client"],
            "service": service["service"],
            "start": start,
            "end": end,
            "agreed_min": service["agreed_hours"] * 60,
            "down_min": down,
            "failures": failures,
            "restored_min": round(down * 1.3) if failures else 0,
            "repaired_min": round(down * 0.7) if failures else 0,
            "incidents": incidents,
            "change_incidents": changes,
            "change_down_min": round(down * 0.6) if changes and failures else 0,
            "csat_sat": round(_ANSWERS * service["satisfied"][n] / 100),
            "csat_n": _ANSWERS,
            "asked": _ASKED,
            "cost": round(service["cost"] * (1 + service["overrun"][n] / 100)),
            "planned_cost": service["cost"],
            "releases": service["releases"][n],
            "due": due,
            "met": round(due * service["in_time"][n] / 100),
        }
    )


def signals(told: Story, today: date) -> Iterator[Row]:
    """What fell short, as it was seen."""
    for limitation in told["signals"]:
        for days, kind, detail, reference in limitation["seen"]:
            day = past_workday(today + timedelta(days=days), today)
            yield texts({**limitation, "kind": kind, "date": day, "detail": detail, "reference": reference})


def duties(told: Story, today: date) -> Iterator[Row]:
    """Who is on duty, shift by shift, by the clock of the client."""
    for rota in told["duties"]:
        first, last = rota["days"]
        for offset in range(first, last + 1):
            for who, role, hour, hours, contact in rota["shifts"]:
                start = datetime.combine(today + timedelta(days=offset), time(hour))  # the client's clock
                shift = {"start": start.isoformat(), "end": (start + timedelta(hours=hours)).isoformat()}
                yield texts({"client": rota["client"], "who": who, "role": role, "contact": contact, **shift})


def changes(told: Story, today: date) -> Iterator[Row]:
    """Changes of the past, as another tool kept them."""
    for change in told["changes"]:
        days, hour = change["from"]
        start = datetime.combine(today + timedelta(days=days), time(hour))  # the client's clock
        end = start + timedelta(hours=change["hours"])
        times = {"planned_start": start, "planned_end": end, "actual_start": start, "actual_end": end}
        yield texts({**change, "state": "closed", **{name: when.isoformat() for name, when in times.items()}})


def support_hours(story: Story, today: date) -> Iterator[Row]:
    """The hours of support week by week after a go-live; a week that has not begun has none."""
    live, told = in_days(today, story.get("went_live")), story.get("hours")
    if live is None or told is None:
        return
    for week, (technical, behavioural) in enumerate(zip(told["technical"], told["behavioural"], strict=True)):
        day = live + timedelta(weeks=week)
        if day <= today:
            yield texts({"initiative": story["code"], "date": day, "technical": technical, "behavioural": behavioural})


def security_exceptions(story: Story, today: date) -> Iterator[Row]:
    """The exceptions that an initiative left behind."""
    for one in story.get("security_exceptions", []):
        days = {name: workday(today, one[name]) for name in ("opened_on", "expires_on", "closed_on") if name in one}
        yield texts({**one, "initiative": story["code"], **days})


@dataclass(frozen=True, slots=True)
class RunningAct:
    """What somebody decided about what runs: ``what`` is the item, the criterion, or service and limitation.

    ``said`` is the evidence, the reason, or the code of the initiative that an improvement went into.
    """

    day: date
    client: str
    verb: Literal["tick", "send_back", "accept", "confirm", "approve", "reject", "implement", "into"]
    code: str
    what: str
    said: str
    by: str | None


def running_acts(story: Story, today: date) -> Iterator[RunningAct | RecordAct]:
    """The handover of a story and what was confirmed of its exit criteria."""
    code, client = story["code"], story["client"]
    handover = story.get("handover")
    if handover is not None:
        yield _plan(story, handover, today)
        owner = story["project_owner"]
        for item, days, evidence in handover["done"]:
            yield RunningAct(workday(today, days), client, "tick", code, item, evidence, owner)
        for item, days, reason in handover.get("sent_back", []):
            yield RunningAct(workday(today, days), client, "send_back", code, item, reason, None)
        if "accepted" in handover:
            yield RunningAct(workday(today, handover["accepted"]), client, "accept", code, "", "", None)
    for word in story.get("exit_words", []):
        day = workday(today, word["day"])
        yield RunningAct(day, client, "confirm", code, word["criterion"], word["evidence"], word["by"])


def _plan(story: Story, handover: Mapping[str, Any], today: date) -> RecordAct:
    start, end = (workday(today, days) for days in handover["planned"])
    planned, spent = handover["hours"]
    values = {"planned_start": start, "planned_end": end, "planned_hours": planned, "spent_hours": spent or None}
    first = min((days for _, days, _ in handover["done"]), default=-1)
    day = min(workday(today, first), past_workday(today - timedelta(days=1), today))
    return RecordAct(day - timedelta(days=1), "handovers", story["code"], texts(values), story["project_owner"])


def improvement_acts(told: Story, today: date) -> Iterator[RunningAct | RecordAct]:
    """What was proposed for services, and what became of it."""
    for one in told["improvements"]:
        place = f"{one['service']}\n{one['limitation']}"
        due = workday(today, one["due"]) if "due" in one else None
        values = {name: one.get(name) for name in ("client", "service", "limitation", "kind", "owner")}
        yield RecordAct(workday(today, one["day"]), "improvements", None, texts({**values, "due": due}), one["by"])
        if "approved" in one:
            days, by = one["approved"]
            yield RunningAct(workday(today, days), one["client"], "approve", "", place, "", by)
        if "into" in one:
            days, by, code = one["into"]
            yield RunningAct(workday(today, days), one["client"], "into", "", place, code, by)
        if "implemented" in one:
            days, by, evidence = one["implemented"]
            yield RunningAct(workday(today, days), one["client"], "implement", "", place, evidence, by)
        if "rejected" in one:
            days, by, reason = one["rejected"]
            yield RunningAct(workday(today, days), one["client"], "reject", "", place, reason, by)
