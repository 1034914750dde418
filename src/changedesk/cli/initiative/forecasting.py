"""The verb that forecasts: how use will go on, with its interval, and how often earlier forecasts held."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.cli.output import rounded, say, say_json, say_table
from changedesk.domain.counted import counted
from changedesk.domain.saying import percent
from changedesk.domain.usage.calibration import KeptForecast
from changedesk.domain.usage.chance import said_in_lists
from changedesk.domain.usage.counts import Use
from changedesk.domain.usage.forecast_words import (
    said_basis,
    said_level,
    said_likely,
    said_middle,
    said_outlook,
    said_range,
)
from changedesk.domain.usage.metrics import METRICS
from changedesk.domain.usage.outlook import Outlook
from changedesk.domain.usage.views import MetricView, SeriesView
from changedesk.errors import BadInput
from changedesk.services.adoption import forecasts, keeping
from changedesk.services.adoption.page import AdoptionPage, adoption_page, score_of
from changedesk.services.lookup import known_initiative
from changedesk.services.session import Session, authorise


def forecast(session: Session, code: str, metric: str, audience: str | None, as_json: bool) -> int:
    """The forecast of a metric, of everybody and each group or of one group."""
    page = adoption_page(session, known_initiative(session, code).id)
    view = _metric(page, metric)
    series = _series(view, code, audience)
    found = [(one, None if one.question is None else forecasts.outlook_of(one.question)) for one in series]
    kept = [one for one in page.kept if one.metric == metric and (audience is None or one.audience == audience)]
    if as_json:
        say_json(_document(page, view, found, kept))
        return 0
    say(f"{page.title} ({page.code}, {page.client}): {view.metric.title.lower()}, as of {page.today}")
    say("")
    for one, outlook in found:
        say(f"{one.name}: {_sentence(one, outlook, page)}")
    say("")
    say_table(
        ("Group", "Now", "Count", "State", "Target", "By", "Likely", "Expected", "8 of 10 futures", "Levels off"),
        [_row(one, outlook, page) for one, outlook in found],
        right=frozenset({1, 2, 4, 6}),
    )
    say("")
    say(f"{score_of((view,), kept).sentence}.")
    return 0


def keep(session: Session) -> int:
    """Keep this week's forecasts of all that is due, as cron does it for a desk that nobody opens."""
    authorise(session, "desk.read")
    if session.desk.read_only:
        raise BadInput("this desk is read-only for this account; no forecast was kept")
    done = keeping.keep_all(session)
    say(f"kept: this week's forecasts of {counted(done, 'initiative')}")
    return 0


def _metric(page: AdoptionPage, name: str) -> MetricView:
    found = next((one for one in page.metrics if one.metric.name == name), None)
    if found is None:
        known = ", ".join(one.metric.name for one in page.metrics)
        meant = "" if name in METRICS else f"; metrics are {', '.join(METRICS)} and what a desk names itself"
        raise BadInput(f"{page.code} has no count and no target of {name}; it has {known}{meant}")
    return found


def _series(view: MetricView, code: str, audience: str | None) -> Sequence[SeriesView]:
    if audience is None:
        return view.all
    found = [one for one in view.groups if one.audience == audience]
    if not found:
        names = ", ".join(one.name for one in view.groups) or "none yet"
        raise BadInput(f"{code} has no audience {audience}; it has {names}")
    return found


def _sentence(one: SeriesView, outlook: Outlook | None, page: AdoptionPage) -> str:
    if outlook is None:
        return one.reason
    by_group = one.audience is None and page.metric(one.metric.name).by_group
    said = said_outlook(outlook, page.today, sustained=one.state != "relapsed", by_group=by_group)
    in_lists = one is page.use.everybody
    lists = said_in_lists(page.newest, outlook, page.today) if in_lists else ""
    basis = said_basis(outlook, in_lists=in_lists)
    return " ".join(f"{sentence}." for sentence in (said, basis, lists) if sentence)


def _row(one: SeriesView, outlook: Outlook | None, page: AdoptionPage) -> tuple[str, ...]:
    return (
        one.name,
        percent(one.percent),
        "" if one.now is None else f"{one.now.using:,.0f}/{one.now.of:,.0f}",
        _state(one, page),
        "" if one.target is None else percent(one.target),
        "" if one.by is None else one.by.isoformat(),
        "" if outlook is None else said_likely(outlook, page.today),
        "" if outlook is None else said_middle(outlook, page.today),
        "" if outlook is None else said_range(outlook, page.today),
        said_level(one.levelled, outlook),
    )


def _state(one: SeriesView, page: AdoptionPage) -> str:
    return (page.standing(one) or "").replace("_", " ")


def _uncounted(one: SeriesView, page: AdoptionPage) -> bool:
    """Whether it could be used and nobody has counted it: that is unknown, and not nobody."""
    return one.standing(page.today) == "no_count"


def _document(
    page: AdoptionPage,
    view: MetricView,
    found: Sequence[tuple[SeriesView, Outlook | None]],
    kept: Sequence[KeptForecast],
) -> dict[str, object]:
    score = score_of((view,), kept)
    return {
        "as_of": page.today,
        "initiative": page.code,
        "title": page.title,
        "client": page.client,
        "metric": view.metric.name,
        "nature": view.metric.nature,
        "series": [_series_document(one, outlook, page) for one, outlook in found],
        "calibration": {
            "interval_percent": 80,
            "held": score.held,
            "judged": score.judged,
            "held_percent": None if score.share is None else round(100 * score.share, 1),
            "sentence": score.sentence,
        },
        "kept": [_kept_document(one) for one in kept],
    }


def _series_document(one: SeriesView, outlook: Outlook | None, page: AdoptionPage) -> dict[str, object]:
    return {
        "audience": one.audience,
        "headcount": one.headcount or None,
        "go_live": one.go_live,
        "percent": rounded(one.percent),
        "observed_on": None if one.now is None else one.now.day,
        "state": None if _uncounted(one, page) else one.state,
        "target": one.target,
        "by": one.by,
        "observed": [_use(use) for use in one.measured],
        "self_reported": [_use(use) for use in one.said],
        "relapses": list(one.relapses),
        "speed_days": None if one.speed is None else one.speed.days,
        "speed_reached": None if one.speed is None else one.speed.reached,
        "sustained_percent": None if one.sustained is None else rounded(one.sustained.share),
        "ultimate_percent": rounded(one.levelled),
        "forecast": None if outlook is None else _outlook_document(outlook),
        "reason": one.reason or None,
        "sentence": _sentence(one, outlook, page),
    }


def _outlook_document(outlook: Outlook) -> dict[str, object]:
    expected = outlook.expected
    return {
        "basis": outlook.basis,
        "counts": outlook.counts,
        "finished_roll_outs": outlook.siblings,
        "chance": None if outlook.chance is None else round(outlook.chance, 4),
        "reached": None if expected is None else expected.reached,
        "expected": None if expected is None else expected.middle,
        "expected_early": None if expected is None else expected.early,
        "expected_late": None if expected is None else expected.late,
        "never_expected": None if expected is None else expected.middle is None,
        "halfway": outlook.halfway.middle,
        "halfway_early": outlook.halfway.early,
        "halfway_late": outlook.halfway.late,
        "ceiling": {
            "p10": rounded(outlook.ceiling.low),
            "p50": rounded(outlook.ceiling.middle),
            "p90": rounded(outlook.ceiling.high),
        },
        "fan": [
            {
                "date": day.day,
                "p10": rounded(day.low),
                "p25": rounded(day.lower),
                "p50": rounded(day.middle),
                "p75": rounded(day.upper),
                "p90": rounded(day.high),
            }
            for day in outlook.fan
        ],
    }


def _kept_document(one: KeptForecast) -> dict[str, object]:
    return {
        "audience": one.audience,
        "made_on": one.made_on,
        "through": one.through,
        "revision": one.revision,
        "target": one.target,
        "by": one.by,
        "chance": None if one.chance is None else round(one.chance, 4),
        "expected": one.expected,
        "expected_early": one.expected_early,
        "expected_late": one.expected_late,
    }


def _use(use: Use) -> dict[str, object]:
    return {"date": use.day, "numerator": use.using, "denominator": use.of, "percent": rounded(use.percent)}
