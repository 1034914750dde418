"""The page of adoption figures: how fast, how lasting, how able, what goes around it, and how often forecasts held."""

from __future__ import annotations

from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.saying import count, day_month, in_days, percent
from changedesk.domain.usage.chance import said_chance
from changedesk.domain.usage.counts import Use
from changedesk.domain.usage.forecast_words import said_day
from changedesk.domain.usage.kpis import PERIOD, SUSTAINED_FROM
from changedesk.domain.usage.survival import Median
from changedesk.domain.usage.views import MetricView, SeriesView
from changedesk.screens.preview import Preview
from changedesk.screens.sheet import Sheet
from changedesk.services.adoption.page import AdoptionPage
from changedesk.widgets.page import Lines

LABEL: Final = 26
KEPT_SHOWN: Final = 8
"""So many earlier forecasts are listed, the newest first."""
UNSEEN: Final = {"compliance": "nobody has looked at it yet", "satisfaction": "nobody was asked yet"}


def figures_page(page: AdoptionPage) -> Preview:
    """All figures of one initiative's adoption as a page to read."""
    return Preview(f"Adoption of {page.title}", lambda width: figures_lines(page, width), ())


def figures_lines(page: AdoptionPage, width: int) -> Lines:
    """The lines of the page for a width."""
    sheet = Sheet(width, LABEL)
    _speed(sheet, page)
    _lasting(sheet, page)
    _able(sheet, page)
    for name, heading in (("compliance", "Does the work go the new way?"), ("satisfaction", "Are people content?")):
        _sampled(sheet, page, name, heading)
    _around(sheet, page)
    _outputs(sheet, page)
    _kept(sheet, page)
    return sheet.page()


def _speed(sheet: Sheet, page: AdoptionPage) -> None:
    sheet.heading("How fast is it taken up?", "days from a group's own go-live to 80 % of its target")
    if not page.speed.n:
        sheet.say("", "Unknown until a group is counted after its go-live.", "unknown")
        return
    sheet.say("Half of the groups", said_median(page.speed, "group"))
    for one in page.use.groups:
        if one.speed is not None:
            planned = "" if one.speed.planned is None else f", {count(one.speed.planned)} d planned"
            ratio = "" if one.speed.ratio is None else f", {one.speed.ratio:.1f} × the plan"
            sheet.say(one.name, f"{one.speed.said}{planned}{ratio}", "ink" if one.speed.reached else "explain")


def _lasting(sheet: Sheet, page: AdoptionPage) -> None:
    sheet.heading("Does it last?", "the last 30 days against the best 30")
    known = False
    for one in page.use.all:
        parts = []
        if one.sustained is not None:
            now, peak = percent(one.sustained.now), percent(one.sustained.peak)
            parts.append(f"{percent(one.sustained.share)} of its best ({now} against {peak})")
        if one.levelled is not None:
            parts.append(f"levelled off at {percent(one.levelled)}")
        if one.relapses:
            parts.append(f"went back on {', '.join(said_day(day, page.today) for day in one.relapses)}")
        if parts:
            known = True
            sheet.say(one.name, "; ".join(parts), "late" if one.state == "relapsed" else "ink")
    if not known:
        sheet.say("", _not_lasting_yet(page), "unknown")


def _not_lasting_yet(page: AdoptionPage) -> str:
    """Why it cannot be said whether it lasts."""
    if page.go_live is None or (page.today - page.go_live).days < SUSTAINED_FROM:
        return f"Known from {SUSTAINED_FROM} days after go-live on."
    return f"Unknown: nobody was counted in the last {PERIOD} days."


def _able(sheet: Sheet, page: AdoptionPage) -> None:
    sheet.heading("Are people able?", "of those who were looked at, and how sure that is")
    if not page.able:
        sheet.say("", "Unknown: nobody was tested or watched at it.", "unknown")
    for one in page.able:
        found = one.found
        low = percent(found.low).removesuffix(" %")
        sheet.say(
            one.group,
            f"{percent(found.seen)} of {found.of:,.0f}, {' and '.join(one.methods)};"
            f" the true share is about {percent(found.rate)} (80 % sure: {low} - {percent(found.high)})",
        )
    for said in _self_reported(page, "proficiency"):
        sheet.say(said[0], said[1], "explain")
    for role in page.competency:
        sheet.say(
            f"Until able: {role.role}", f"{said_median(role.median, 'person', 'people')} from the start of training"
        )


def _sampled(sheet: Sheet, page: AdoptionPage, name: str, heading: str) -> None:
    metric = page.metric(name)
    if metric.metric.name != name:
        return
    sheet.heading(heading, _goal(metric, page))
    said = _self_reported(page, name)
    if not said and all(one.now is None for one in metric.groups):
        sheet.say("", f"Unknown: {UNSEEN[name]}.", "unknown")
    for one in metric.groups:
        if one.now is not None:
            around = f"; {percent(100 - one.now.percent)} go around it" if name == "compliance" else ""
            sheet.say(one.name, f"{_use(one.now)}{around}, {in_days(one.now.day, page.today)}")
    for label, words in said:
        sheet.say(label, words, "explain")


def _around(sheet: Sheet, page: AdoptionPage) -> None:
    """Old ways and exceptions, and whether they pile up (R2)."""
    sheet.heading("Do old ways go?", "what was noted as a workaround, exceptions among them")
    ways = page.old_ways
    token = "unknown" if not ways.known else "risk" if ways.arrow == "↑" or ways.overdue else "ink"
    sheet.say("", f"{ways.sentence}.", token)


def _self_reported(page: AdoptionPage, name: str) -> list[tuple[str, str]]:
    """What people say of themselves: always apart, and always called so."""
    metric = page.metric(name)
    if metric.metric.name != name:
        return []
    return [
        (one.name, f"○ {_use(one.said[-1])} by their own word, {in_days(one.said[-1].day, page.today)}")
        for one in metric.groups
        if one.said
    ]


def _outputs(sheet: Sheet, page: AdoptionPage) -> None:
    """What was done, and what this desk counts besides: neither says that anybody uses it (R47)."""
    for nature, heading, note in (
        ("output", "What was done for it", "outputs: they never count as use"),
        ("unclassed", "What else is counted", "neither output nor outcome"),
    ):
        metrics = [one for one in page.metrics if one.metric.nature == nature]
        if any(one.now for metric in metrics for one in metric.groups):
            sheet.heading(heading, note)
        for metric in metrics:
            for one in metric.groups:
                if one.now is not None:
                    sheet.say(f"{metric.metric.title}, {one.name}", _use(one.now), "explain")


def _kept(sheet: Sheet, page: AdoptionPage) -> None:
    sheet.heading("Were earlier forecasts right?", "each week's is kept as it was made")
    sheet.say("", f"{page.score.sentence}.")
    own = [one for one in page.kept if one.audience is None and one.target is not None]
    for one in own[: -KEPT_SHOWN - 1 : -1]:
        expected = said_day(one.expected, page.today)
        early, late = said_day(one.expected_early, page.today), said_day(one.expected_late, page.today)
        goal = f"{percent(one.target)} by {said_day(one.by, page.today)}" if one.by else percent(one.target)
        likely = "" if one.chance is None else f" {said_chance(one.chance)} likely,"
        when = (
            "as good as reached"
            if one.expected and one.expected <= one.made_on
            else f"expected {expected} ({early} - {late})"
        )
        sheet.say(day_month(one.made_on, page.today), f"{goal}:{likely} {when}", "explain")


def said_median(median: Median, one: str, many: str = "") -> str:
    """A median time with its interval: ``35 days (80 % sure: 20 - 60), 3 of 5 groups are there``; censored ``> 63 d``."""
    there = f"{count(median.ended)} of {counted(median.n, one, many)} there"
    if median.value is None:
        return f"> {median.beyond:,.0f} d, {there}"
    low = "?" if median.low is None else f"{median.low:,.0f}"
    high = "open" if median.high is None else f"{median.high:,.0f}"
    return f"{median.value:,.0f} d (80 % sure: {low} - {high}), {there}"


def _goal(metric: MetricView, page: AdoptionPage) -> str:
    series: SeriesView = metric.everybody
    whose = next((one for one in metric.all if one.target is not None), series)
    if whose.target is None:
        return "no target is set"
    by = "" if whose.by is None else f" by {said_day(whose.by, page.today)}"
    return f"target {percent(whose.target)}{by}" + (f" for {whose.audience}" if whose.audience else "")


def _use(use: Use) -> str:
    return f"{percent(use.percent)} of {use.of:,.0f}"
