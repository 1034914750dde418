"""Are people using it well? Use observed against target, and what stands against it (R20-R24, R5, R17)."""

from __future__ import annotations

from datetime import date
from typing import Final

from changedesk.domain.counted import counted, short_money
from changedesk.domain.data_age import age_of, said_age
from changedesk.domain.lag import deployment_gap
from changedesk.domain.material import Material
from changedesk.domain.measures.earned_value import change_budget_share, low_change_budget
from changedesk.domain.measures.extended import benefits_realised
from changedesk.domain.measures.fact import Fact
from changedesk.domain.people.readiness import readiness_level, readiness_of
from changedesk.domain.saying import UNKNOWN, count, day_month, in_days, percent, share_said
from changedesk.domain.usage.chance import chance_now, said_chance
from changedesk.domain.usage.counts import counted_last, newest_counts
from changedesk.domain.usage.metrics import COUNTED_METHODS, SAID_METHODS, UTILIZATION, metric_of
from changedesk.domain.words import plain
from changedesk.services.initiative import facts
from changedesk.services.initiative.facts import FactColumn

_SHOWN_AUDIENCES: Final = 3
_WIDE_GAP: Final = 20
SATISFACTION: Final = "satisfaction"
_HARD: Final = 4
READY_AT: Final = 100
FACT_LEVEL: Final = {"late": "late", "at_risk": "risk"}
"""The colour of a figure of readiness that is not enough."""


def people_column(m: Material) -> FactColumn:
    """The people column, audience by audience where use was observed."""
    answer, because = _used(m)
    others = _other_metrics(m)
    satisfied = [fact for name, fact in others if name == SATISFACTION]
    rows = [_work(m), *_ready(m), _in_use(m), *_audience_facts(m)]
    # The three that a change is judged by stand together once they are known; before that, what is aimed at comes first.
    judged, aimed = [*satisfied, _benefits(m)], [*_target(m), *_gap(m)]
    rows += [*judged, *aimed] if m.standing.went_live else [*aimed, *judged]
    rows += [fact for name, fact in others if name != SATISFACTION]
    rows += [facts.risks(m, "adoption"), _resistance(m), _workarounds(m), _money(m)]
    rows += [facts.signed(m, "people"), facts.owner(m.initiative.change_owner, "change owner")]
    return FactColumn("people", "Are people using it well?", answer, because, tuple(rows))


def _used(m: Material) -> tuple[str, str]:
    adoption = m.standing.adoption
    if m.standing.cancelled:
        return (
            "cancelled",
            "no use was observed" if adoption.percent is None else f"{percent(adoption.percent)} used it",
        )
    if (
        not m.standing.went_live
        and (m.standing.go_live is None or m.standing.go_live > m.today)
        and adoption.percent is None
    ):
        return "not yet", "not live yet"
    if adoption.percent is None:
        return "unknown", "no use has been observed"
    now = f"{percent(adoption.percent)} use it"
    if adoption.state == "relapsed":
        return "no", f"{now}: back to the old way" + (f" in {adoption.worst}" if adoption.worst else "")
    if adoption.state in ("adopted", "recovered"):
        return "yes", f"{now}, held"
    if adoption.by is not None and adoption.by < m.today:
        return "no", f"{now}, {percent(adoption.target)}{adoption.of_whom} were due {in_days(adoption.by, m.today)}"
    return "not yet", now


def _work(m: Material) -> Fact:
    share = m.standing.people.progress
    # Groups that nobody has counted yet stand as 0.
    if not m.standing.headcount:
        return Fact("People work", share_said(share), share, "nobody counted yet", "output")
    people = f"{count(m.standing.headcount)} people"
    return Fact("People work", share_said(share), share, f"for {people}", "output", shorter=(people,))


def _ready(m: Material) -> list[Fact]:
    """How many of the people are ready, until all of them are live: another number than the work that is done on them."""
    ready = m.standing.readiness
    if ready is None or all(m.went_live(audience) for audience in m.audiences):
        return []
    level = readiness_level(ready.seen, m.standing.go_live, m.today, m.thresholds, live=m.standing.went_live)
    look = FACT_LEVEL.get(level, "")
    if ready.seen is None:
        return [Fact("Ready", UNKNOWN, None, "nobody knows yet", "", look)]
    groups = readiness_of(m.audiences, m.readiness)
    share, wholly, least = 100 * (1 - ready.coverage), groups.unknown, groups.least_known
    unknown = f"{percent(share)} unknown" if share >= 0.5 or wholly else ""
    named = f", {wholly[0] if len(wholly) == 1 else counted(len(wholly), 'group')} wholly" if wholly else ""
    short: tuple[str, ...]
    if least is None or least.percent >= READY_AT:
        note, short = (f"{unknown}{named}", (unknown,)) if unknown else ("all of them", ())
    else:
        worst, after = f"{least.audience.name} {percent(least.percent)}", f"; {unknown}" if unknown else ""
        note = f"worst {worst}{after}{named}"
        short = (f"worst {worst}{after}", f"{worst}{after}", f"worst {percent(least.percent)}{after}")
    return [Fact("Ready", percent(ready.seen), ready.seen / 100, note, "", look, shorter=short)]


def _in_use(m: Material) -> Fact:
    adoption = m.standing.adoption
    age = age_of(adoption.observed_on, m.today)
    # Once the data are old, their age stands there by itself.
    note = "not observed yet" if age is None else "" if said_age(age) else in_days(adoption.observed_on, m.today)
    share = None if adoption.percent is None else adoption.percent / 100
    level = "late" if adoption.state == "relapsed" else ""
    short = ("not yet" if age is None else "",)
    return Fact("In use", percent(adoption.percent), share, note, "outcome", level, age=age, shorter=short)


def _audience_facts(m: Material) -> list[Fact]:
    """The audiences with the lowest observed use: where it breaks first."""
    newest = newest_counts(m.latest, UTILIZATION, m.audiences)
    if len(newest) < 2:
        return []
    estimated = {o.audience for o in m.latest if o.metric == UTILIZATION and o.from_percentages}
    facts = []
    for name, use in sorted(newest.items(), key=lambda one: (one[1].percent, one[0]))[:_SHOWN_AUDIENCES]:
        note = "from percentages" if name in estimated else f"{use.using:,.0f} of {use.of:,.0f}"
        age = age_of(use.day, m.today)
        facts.append(Fact(name, percent(use.percent), use.percent / 100, note, "outcome", "", True, age))
    return facts


def _target(m: Material) -> list[Fact]:
    adoption = m.standing.adoption
    if adoption.target is None:
        return []
    day = f"by {_day(adoption.by, m.today)}" if adoption.by else "without a day"
    by = f"{adoption.target_of}, {day}" if adoption.target_of else day
    chance = chance_now(adoption, m.today)
    if chance is None:
        short = (f"{day}: {adoption.target_of}",) if adoption.target_of else ()
        return [Fact("Target", percent(adoption.target), None, by, "outcome", shorter=short)]
    level, likely = "risk" if m.thresholds.unlikely(chance) else "", f"{said_chance(chance)} likely"
    return [Fact("Target", percent(adoption.target), None, f"{by}: {likely}", "outcome", level, shorter=(likely,))]


def _gap(m: Material) -> list[Fact]:
    if not m.standing.went_live:
        return []
    gap = deployment_gap(m.standing.delivery.progress, m.standing.adoption.percent)
    if gap is None:
        return []
    level = "risk" if gap >= _WIDE_GAP else ""
    note = "delivery ahead" if gap > 0 else "use ahead" if gap < 0 else ""
    return [Fact("Gap", f"{gap:.0f} points", None, note, "outcome", level)]


def _benefits(m: Material) -> Fact:
    """How much of what it is done for has come, beside use and satisfaction (R20)."""
    side = benefits_realised(m)
    if not side.known:
        return Fact("Benefits", "?", None, side.note, "outcome", shorter=side.shorter)
    return Fact(
        "Benefits", side.value, None, side.note, "outcome", age=age_of(side.as_of, m.today), shorter=side.shorter
    )


def _other_metrics(m: Material) -> list[tuple[str, Fact]]:
    """Every other metric by name, as its newest counts of all audiences; what people said of themselves stays apart."""
    rows: list[tuple[str, Fact]] = []
    for metric in sorted({o.metric for o in m.latest if o.metric != UTILIZATION}):
        nature = metric_of(metric).nature
        kind = "" if nature == "unclassed" else nature
        for whose, methods in (("", COUNTED_METHODS), ("self-reported", SAID_METHODS)):
            last = counted_last(m.latest, metric, m.audiences, methods)
            if last is not None:
                value, n, oldest = last
                name, note, age = plain(metric).capitalize(), f"n {n:,.0f}", age_of(oldest, m.today)
                rows.append((metric, Fact(name, percent(value), value / 100, note, kind, age=age, source=whose)))
    return rows


def _resistance(m: Material) -> Fact:
    still = [one for one in m.resistances if one.closed_on is None]
    if not still:
        closed = f"{len(m.resistances)} closed" if m.resistances else "none noted yet"
        return Fact("Resistance", "none open", None, closed)
    hardest = max(still, key=lambda one: (one.severity or 0, one.first_seen))
    hard = hardest.severity is not None and hardest.severity >= _HARD
    return Fact("Resistance", f"{len(still)} open", None, hardest.title, "", "risk" if hard else "")


def _workarounds(m: Material) -> Fact:
    still = [one for one in m.workarounds if one.closed_on is None]
    if not still:
        closed = f"{len(m.workarounds)} closed" if m.workarounds else "none noted yet"
        return Fact("Workarounds", "none open", None, closed)
    ends = [one.retire_by for one in still if one.retire_by is not None]
    if not ends:
        return Fact("Workarounds", f"{len(still)} open", None, "no day to retire", "", "risk")
    first = min(ends)
    coming = first >= m.today
    short = f"by {_day(first, m.today)}" if coming else f"due {in_days(first, m.today)}"
    note = f"to retire {short}" if coming else f"was to retire {in_days(first, m.today)}"
    if len(still) > 1:
        note, short = f"the first {note}", f"first {short}"
    return Fact("Workarounds", f"{len(still)} open", None, note, "", "" if coming else "late", shorter=(short,))


def _money(m: Material) -> Fact:
    """The people side's part of the budget (R5)."""
    part, whole, currency = m.initiative.change_budget, m.initiative.budget, m.initiative.currency
    share = change_budget_share(part, whole)
    if share is None or part is None or whole is None:
        missing = ("the people side's part", "their part") if part is None else ("the budget", "budget")
        return Fact("Budget", "?", None, f"{missing[0]} is unknown", shorter=(f"{missing[1]} unknown",))
    low = low_change_budget(part, whole, currency) is not None
    note = f"{short_money(part)} of {short_money(whole, currency)}"
    note, short = (f"{note}, little", f"{short_money(part)}, little") if low else (note, short_money(part, currency))
    return Fact("Budget", percent(share), None, note, "", "risk" if low else "", shorter=(short,))


def _day(day: date, today: date) -> str:
    """A day without its weekday, for short notes: ``25 Jan``, with the year when it is far."""
    said = day_month(day, today).partition(" ")[2]
    return said.rpartition(" ")[0] if 0 < (day - today).days < 300 and day.year != today.year else said
