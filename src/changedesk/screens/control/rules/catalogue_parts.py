"""From the catalogue of standard changes to the rows of a list, and all about the selected one under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.control.template import Template
from changedesk.domain.counted import counted
from changedesk.domain.proportion import Proportion, said_interval, said_share
from changedesk.domain.saying import day_month, in_days
from changedesk.domain.words import plain
from changedesk.screens.labelled import said
from changedesk.services.control.rules.catalogue import NEAR, Entry
from changedesk.widgets.canvas import Line, Span
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import ink

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Name", 18, share=1),
    Column("Client", 10, from_width=100, priority=3),
    Column("Standard change", 16, share=3, priority=2),
    Column("State", 10),
    Column("Uses", 4, align="right"),
    Column("Went well", 16, align="right"),
    Column("Until", 11, from_width=96, priority=1),
)
INTERVAL: Final = 10
"""The columns of an interval with its distance from the share, so that shares stand under one another."""
EMPTY: Final = f"No standard change yet: {key_to('catalogue.new')} proposes the first one."
SIGN: Final = {
    "approved": ("●", "fine"),
    "proposed": ("◆", "risk"),
    "expired": ("▲", "late"),
    "suspended": ("▲", "late"),
    "draft": ("○", "unknown"),
    "retired": ("○", "faint"),
}


def key_of(entry: Entry) -> str:
    """Under which an entry stands in the list."""
    return f"{entry.client}/{entry.name}"


def rows(entries: Sequence[Entry], today: date) -> ListSource:
    """The standard changes, what needs somebody first."""
    return ListSource(_row(entry, today) for entry in entries)


def _row(entry: Entry, today: date) -> Row:
    glyph, token = SIGN[entry.state]
    quiet = entry.state == "retired"
    waits = f"{entry.state}, v{entry.proposed.version} waits" if entry.proposed and entry.holds else entry.state
    return Row(
        key_of(entry),
        (
            cell(glyph, token),
            cell(entry.name, "explain" if quiet else "ink"),
            cell(entry.client, "explain"),
            cell(str(entry.shown.body.get("title", "")), "explain"),
            cell(waits if len(waits) <= 10 else entry.state, token if token != "fine" else "ink"),
            cell(str(len(entry.uses)), "explain"),
            _went(entry.ever),
            cell(_until(entry.shown, today), _until_token(entry, today)),
        ),
    )


def _went(share: Proportion) -> tuple[Span, ...]:
    if not share.whole:
        return cell("?", "unknown")
    return (ink(said_share(share)), ink(f"{said_interval(share):>{INTERVAL}}", "explain"))


def _until(shown: Template, today: date) -> str:
    if shown.state != "approved":
        return ""
    return in_days(shown.approved_until.date(), today) if shown.approved_until else "open"


def _until_token(entry: Entry, today: date) -> str:
    until = entry.shown.approved_until
    if entry.state == "expired":
        return "late"
    return "risk" if until is not None and (until.date() - today).days <= NEAR else "explain"


def detail(entry: Entry | None, today: date, width: int) -> tuple[Line, ...]:
    """All about a standard change: why it is as it is, what it does, what a use may say for itself, how it went."""
    if entry is None:
        return ()
    shown = entry.shown
    lines: list[Line] = [*said("State", _state(entry, today), width, SIGN[entry.state][1])]
    if entry.proposed is not None and entry.holds is not None:
        waits = f"version {entry.proposed.version}, proposed by {entry.proposed.proposer}, for somebody to approve it"
        lines += said("Waits", waits, width, "risk")
    body = shown.body
    for label, name in (("Plan", "plan"), ("Back-out", "backout_plan")):
        if body.get(name):
            lines += said(label, str(body[name]), width)
    services = body.get("services")
    touches = ", ".join(map(str, services)) if isinstance(services, tuple) else "nothing by name"
    lines += said("Touches", f"{touches}; risk {_risk(entry)}", width, "explain")
    left = ", ".join(plain(name) for name in shown.allowed) or "only the window and the people"
    lines += said("Left open", left, width, "explain")
    lines += said("Uses", _uses(entry), width, "explain")
    return tuple(lines)


def _state(entry: Entry, today: date) -> str:
    shown = entry.shown
    said = f"version {shown.version}, {entry.state}"
    if entry.state == "suspended":
        return f"{said}: {shown.suspended_why}"
    if entry.state == "retired":
        return f"{said}: {shown.retired_why or 'no reason was kept'}"
    if entry.state == "proposed":
        return f"{said} by {shown.proposer}; somebody else approves it"
    until = f" until {day_month(shown.approved_until.date(), today)}" if shown.approved_until else ""
    return f"{said} by {shown.approver}{until}; proposed by {shown.proposer}"


def _risk(entry: Entry) -> str:
    """The risk of a use, and up to which one a use may be."""
    risk, most = entry.shown.body.get("risk", "?"), entry.shown.max_risk
    return f"{risk}, never more" if risk == most else f"{risk}, at most {most}"


def _uses(entry: Entry) -> str:
    if not entry.uses:
        return "none yet"
    last = ", ".join(f"{use.number} {plain(use.outcome)}" for use in entry.uses[:3])
    since = ""
    if entry.since.whole != entry.ever.whole:
        since = f"; since its approval {counted(entry.since.whole, 'use')}, {said_share(entry.since)} went well"
    return f"{said_share(entry.ever)} of {entry.ever.whole} went well{since}. The last: {last}"
