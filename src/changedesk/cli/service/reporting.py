"""``report`` and ``client`` on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from changedesk.cli.output import rounded, say, say_json, say_pairs, say_table
from changedesk.domain.saying import UNKNOWN, count, day_month, percent, whole
from changedesk.services.initiative import report as reports
from changedesk.services.service import client_view
from changedesk.services.service.client_view import ClientView
from changedesk.services.session import Session

_STREAM = "-"


def report(session: Session, code: str, form: str, dest: str, force: bool) -> int:
    """Write the report; where it went is said unless it went to standard output."""
    made = reports.report(session, code)
    reports.write_report(session, made, form, _target(dest), force=force)
    if dest != _STREAM:
        say(f"written: {dest}")
    return 0


def talking_points(session: Session, code: str, form: str, dest: str, force: bool) -> int:
    """Write what there is to say to a client."""
    view = client_view.client_view(session, code)
    reports.write_talking_points(session, view, form, _target(dest), force=force)
    if dest != _STREAM:
        say(f"written: {dest}")
    return 0


def client(session: Session, code: str, as_json: bool) -> int:
    """One client as its provider sees it."""
    view = client_view.client_view(session, code)
    if as_json:
        say_json(_document(view))
        return 0
    say(f"{view.client_name} ({view.client})")
    say("")
    say_table(
        ("Code", "Initiative", "Go-live", "In use", "Load now", "Before", "Hours tech", "Hours people", "Exceptions"),
        [
            (
                one.code,
                one.title,
                day_month(one.go_live, view.today),
                percent(one.use) if one.use is not None else "-",
                _load(one.load_now),
                _load(one.load_before),
                whole(one.technical, "h"),
                whole(one.behavioural, "h"),
                count(one.open_exceptions),
            )
            for one in view.initiatives
        ],
        right=frozenset({3, 4, 5, 6, 7, 8}),
    )
    say("")
    say_pairs(
        {
            "Load": f"{_load(view.load_now)} tickets a week per 100 people, {_load(view.load_before)} before go-live",
            "Hours": f"{whole(view.technical, 'h')} on technology, {whole(view.behavioural, 'h')} on behaviour",
            "Non-adoption costs": view.margin_said,
            "Confidence": ", ".join(f"{one.code} {one.whose} {one.score} of 5" for one in view.confidence)
            or "never asked",
            "Services": ", ".join(f"{row.name}: {row.why}" for row in view.services) or "none recorded",
        }
    )
    if view.talking_points:
        say("")
        say("What to say:")
        for point in view.talking_points:
            say(f"  {point}")
    return 0


def _target(dest: str) -> Path | BinaryIO:
    return sys.stdout.buffer if dest == _STREAM else Path(dest)


def _load(rate: float | None) -> str:
    return UNKNOWN if rate is None else f"{rate:.1f}"


def _document(view: ClientView) -> dict[str, object]:
    return {
        "as_of": view.today,
        "client": view.client,
        "name": view.client_name,
        "load_per_100_people_a_week": {"now": rounded(view.load_now), "before": rounded(view.load_before)},
        "hours": {"technical": view.technical, "behavioural": view.behavioural},
        "non_adoption": [
            {"currency": currency or None, "amount": round(amount, 2)} for currency, amount in view.margins
        ],
        "non_adoption_unknown": list(view.margin_unknown),
        "initiatives": [
            {
                "code": one.code,
                "title": one.title,
                "state": one.state,
                "go_live": one.go_live,
                "went_live": one.went_live,
                "people": one.people or None,
                "use_percent": rounded(one.use),
                "target_percent": one.target,
                "load_now": rounded(one.load_now),
                "load_before": rounded(one.load_before),
                "excess_since": one.excess_since,
                "technical_hours": one.technical,
                "behavioural_hours": one.behavioural,
                "non_adoption_cost": rounded(one.margin),
                "currency": one.currency,
                "disruption_minutes": one.disruption_min,
                "open_exceptions": one.open_exceptions,
            }
            for one in view.initiatives
        ],
        "confidence": [
            {"initiative": c.code, "whose": c.whose, "score": c.score, "moved": c.moved, "day": c.day}
            for c in view.confidence
        ],
        "exceptions": [
            {
                "initiative": e.initiative,
                "title": e.title,
                "opened_on": e.opened_on,
                "expires_on": e.expires_on,
                "owner": e.owner,
            }
            for e in view.exceptions
        ],
        "services": [{"service": row.name, "level": row.level, "reason": row.why} for row in view.services],
        "talking_points": list(view.talking_points),
    }
