"""A policy as lines to read: the client's profile, its rules, its routes with their steps; and what differs between two."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from changedesk.domain.control.business import RETRO_HOURS, REVIEW_DAYS, hours_said, zone_said
from changedesk.domain.control.policy import Policy
from changedesk.domain.control.policy_said import PolicyLine, policy_lines, route_said, rules_said, step_said
from changedesk.domain.counted import counted, listed
from changedesk.domain.saying import day_month
from changedesk.domain.words import plain
from changedesk.keymap import Keymap
from changedesk.screens.sheet import Sheet
from changedesk.services.control.rules.policies import PolicyVersion
from changedesk.services.control.rules.profiles import Profile
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import GLYPH, fit_spans, ink

LABEL: Final = 16
GAP: Final = 3
"""The columns of the names of fields, and those between two clients beside each other."""


def profile_lines(found: Profile, now: datetime, width: int, keymap: Keymap) -> Lines:
    """Everything that change control knows of a client."""
    sheet = Sheet(width, LABEL)
    client = found.client
    if found.retro or found.reviews:
        parts = [f"{counted(found.retro, 'approval')} afterwards" if found.retro else ""]
        parts.append(counted(found.reviews, "review") if found.reviews else "")
        sheet.plain(f"{GLYPH['late']} overdue: {' and '.join(part for part in parts if part)}", "late", bold=True)
    if found.vacant:
        gives = f"{keymap.shown('portfolio.people')} on the portfolio gives people their roles"
        nobody = f"nobody votes in {listed(found.vacant)}; {gives}"
        sheet.plain(f"{GLYPH['at_risk']} {nobody}", "risk", bold=True)
    sheet.say("Time zone", zone_said(client.timezone), "ink" if client.timezone else "explain")
    sheet.say(
        "Business hours",
        hours_said(client.business_hours),
        "ink" if client.business_hours else "explain",
    )
    maturity = f"{client.user_maturity} of 5" if client.user_maturity else "unknown"
    sheet.say(
        "Maturity", f"{maturity}: how used its people are to change", "ink" if client.user_maturity else "explain"
    )
    for label, own, default, text in (
        ("Afterwards", client.retro_hours, RETRO_HOURS, "{} h for the votes on what was begun on somebody's word"),
        ("Review", client.pir_days, REVIEW_DAYS, "within {} business days"),
    ):
        if own is None:
            sheet.say(label, f"not said, so {text.format(default)}", "explain")
        else:
            sheet.say(label, text.format(own))
    sheet.heading("Policy", version_said(found.version, found.made_at, found.made_by, now))
    _policy(sheet, found.policy)
    if found.holders:
        sheet.heading("Who holds the roles today")
    for role, who in found.holders.items():
        sheet.say(f"{plain(role)}"[: LABEL - 2], listed(list(who), 12) or "nobody", "ink" if who else "explain")
    return sheet.page()


def version_said(version: int, made_at: datetime | None, made_by: str | None, now: datetime) -> str:
    """Which version it is, when it was made and by whom."""
    if not version or made_at is None:
        return "none of its own, so the default one"
    return f"version {version}, {day_month(made_at.date(), now.date())}, by {made_by}"


def version_lines(one: PolicyVersion, width: int) -> Lines:
    """One version of a policy."""
    sheet = Sheet(width, LABEL)
    _policy(sheet, one.policy)
    return sheet.page()


def compared_lines(left: Profile, right: Profile, now: datetime, width: int) -> Lines:
    """Two clients side by side, row by row; what differs is marked."""
    half = (width - LABEL - GAP) // 2
    one, other = dict(_told(left, now)), dict(_told(right, now))
    names = fit_spans((ink(left.client.code, bold=True),), half + GAP)
    differ = sum(one.get(place) != other.get(place) for place in {**one, **other})
    legend = f"≠ {differ:,} differ{'s' if differ == 1 else ''}" if differ else "nothing differs"
    head = fit_spans((Span(legend, Look("risk" if differ else "explain")),), LABEL)
    lines: list[Sequence[Span]] = [(*head, *names, ink(right.client.code, bold=True))]
    # The steps that only the other has stand with those of the same route, not behind all that the first one has.
    places = dict.fromkeys((*one, *other))
    routes = list(dict.fromkeys(route for route, _ in places))
    for place in sorted(places, key=lambda place: routes.index(place[0])):
        route, name = place
        if route and not name:
            lines += [(), (ink(route, bold=True),)]
        absent = "not said" if not route else "no such step" if name else "no such route"
        lines += _compared(name, one.get(place, absent), other.get(place, absent), half)
    return lines


def _compared(label: str, left: str, right: str, half: int) -> Iterator[Sequence[Span]]:
    differs = left != right
    texts = (wrap(left, half) or [""], wrap(right, half) or [""])
    token = "ink" if differs else "explain"
    for number in range(max(len(lines) for lines in texts)):
        first, second = (lines[number] if number < len(lines) else "" for lines in texts)
        name = label if number == 0 else ""
        sign = "≠" if differs and number == 0 else " "
        yield (
            *fit_spans((ink(name, "explain"),), LABEL),
            *fit_spans((ink(first, token),), half),
            Span(f" {sign} ", Look("risk")),
            ink(second, token),
        )


def _told(found: Profile, now: datetime) -> Iterator[tuple[tuple[str, str], str]]:
    """What a client says and requires: the route that it belongs to, if any, and the name, under which it is compared."""
    client = found.client
    retro = RETRO_HOURS if client.retro_hours is None else client.retro_hours
    review = REVIEW_DAYS if client.pir_days is None else client.pir_days
    yield ("", "Time zone"), zone_said(client.timezone)
    yield ("", "Business hours"), hours_said(client.business_hours)
    yield ("", "Maturity"), f"{client.user_maturity} of 5" if client.user_maturity else "unknown"
    yield ("", "Afterwards"), f"{retro} h for votes that are owed"
    yield ("", "Review"), f"{review} business days"
    yield ("", "Policy"), version_said(found.version, found.made_at, found.made_by, now)
    for line in rules_said(found.policy):
        yield ("", line.name), line.text
    for route in found.policy.routes:
        title = route_said(route).capitalize()
        yield (title, ""), counted(len(route.steps), "step")
        for step in route.steps:
            yield (title, step.name), step_said(step)


def changed_lines(before: Policy, after: Policy, width: int) -> Lines:
    """What a new version changes, line by line: what goes, and what comes."""
    old, new = _plain(before), _plain(after)
    lines: list[Sequence[Span]] = []
    for line in difflib.ndiff(old, new):
        sign, text = line[:2].strip(), line[2:]
        if sign not in ("+", "-"):
            continue
        token = "fine" if sign == "+" else "late"
        for number, part in enumerate(wrap(text, width - 2)):
            lines.append((Span(f"{sign if not number else ' '} ", Look(token)), ink(part)))
    return lines or [(ink("Nothing differs from the version that holds.", "explain"),)]


def _policy(sheet: Sheet, policy: Policy) -> None:
    number = 0
    for line in policy_lines(policy):
        if line.kind == "step":
            number += 1
            sheet.say(f"  {number} {line.name}"[: LABEL - 1], line.text)
        elif line.kind == "route":
            number = 0
            sheet.heading(line.name, line.text)
        else:
            sheet.say(line.name, line.text)


def _plain(policy: Policy) -> list[str]:
    route = ""
    said = []
    for line in policy_lines(policy):
        route = line.name if line.kind == "route" else route
        said.append(_line(line, route))
    return said


def _line(line: PolicyLine, route: str) -> str:
    if line.kind == "step":
        return f"{route}, {line.name} {line.text}"
    return f"{line.name}: {line.text}".rstrip(": ")
