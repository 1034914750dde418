"""The four operational questions, each through its own lens, answered from data (R49-R53).

An answer that the data do not give is "unknown", and its sentence says what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Final

from changedesk.domain.adoption import enough_of
from changedesk.domain.counted import counted, listed
from changedesk.domain.lag import delivery_behind
from changedesk.domain.material import Material
from changedesk.domain.measures.benefits import newest, sought
from changedesk.domain.people.gaps import gaps_of
from changedesk.domain.people.support import support_readiness
from changedesk.domain.people.triage import ranked, said_shortfall
from changedesk.domain.planning.broken_links import broken_links
from changedesk.domain.records import Activity
from changedesk.domain.saying import as_sentence, day_month, in_days, percent
from changedesk.domain.usage.chance import chance_now, said_chance
from changedesk.values import dataclass

UNKNOWN: Final = "unknown"
_OVER: Final = "cancelled"
_NOTHING_MORE: Final = "It was cancelled: nothing more is to come of it."


class Lens(Enum):
    """Who asks."""

    PROJECT = "project"
    CHANGE = "change"
    SERVICE_DESK = "service desk"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its answer in a word or a few, the sentence behind it, and the evidence line by line.

    ``as_of`` is the day of the newest data behind it; None when there are none, or they have no day.
    """

    lens: Lens
    question: str
    word: str
    sentence: str
    evidence: tuple[str, ...]
    as_of: date | None


def answers(material: Material) -> tuple[Answer, ...]:
    """The four answers, in the order of :class:`Lens`; of what is cancelled nobody asks them any more."""
    made = (is_the_plan_holding(material), who_is_affected(material), day_one(material), as_promised(material))
    return (
        tuple(replace(one, word=_OVER, sentence=_NOTHING_MORE, evidence=(), as_of=None) for one in made)
        if material.standing.cancelled
        else made
    )


def is_the_plan_holding(m: Material) -> Answer:
    """Q1: dependencies, people, plan (R49). No when one of the three fails, yes only when all three are known to hold."""
    work = m.lane("delivery")
    still = [activity for activity in work if activity.actual_end is None]
    behind = delivery_behind(m.standing, m.today)
    overdue = m.overdue("delivery")
    unowned = [activity for activity in still if not activity.owner]
    broken = broken_links(m.dependencies, m.activities, m.today)
    clear = None if not m.dependencies and (still or not work) else not broken
    booked = None if not work else not unowned
    holding = None if behind is None else behind < m.thresholds.risky_lag and not overdue
    parts = (clear, booked, holding)
    plan = _schedule(behind) + (f", {counted(len(overdue), 'activity', 'activities')} overdue" if overdue else "")
    word = "no" if False in parts else UNKNOWN if None in parts else "yes"
    said = (
        _said(clear, "the dependencies hold", f"{counted(len(broken), 'dependency', 'dependencies')} broken",
              "no dependencies are recorded"),
        _said(booked, "all open work has an owner", f"{counted(len(unowned), 'open activity', 'open activities')} without an owner",
              "there is no delivery plan"),
        _said(holding, _holds(behind, m.thresholds.risky_lag), plan, "there is no delivery plan"),
    )  # fmt: skip
    evidence = [link.sentence for link in broken[:3]]
    evidence += [f"{a.title} was due {in_days(a.planned_end, m.today)}" for a in _by_end(overdue)[:3]]
    evidence += [f"nobody is named for {listed([a.title for a in _by_end(unowned)])}"] if unowned else []
    reported = [day for a in work for day in (a.actual_start, a.actual_end) if day is not None and day <= m.today]
    return Answer(
        Lens.PROJECT,
        "Are the dependencies clear, the people booked, is the plan holding?",
        word,
        as_sentence("; ".join(dict.fromkeys(said))),
        tuple(evidence),
        max(reported, default=None),
    )


def who_is_affected(m: Material) -> Answer:
    """Q2: who, which behaviours, and where it breaks first (R50)."""
    question = "Who is affected, which behaviours must shift, where will it break first?"
    if not m.audiences:
        return Answer(Lens.CHANGE, question, UNKNOWN, "Nobody has said yet who is affected.", (), None)
    sized = sorted(m.audiences, key=lambda a: (-a.headcount, a.name))
    heads = sum(audience.headcount for audience in sized)
    word = counted(heads, "person", "people") if heads else UNKNOWN
    first, why = _breaks_first(m)
    in_groups = f"in {counted(len(sized), 'audience')}"
    who = f"{word} {in_groups}" if heads else f"how many people {in_groups} is unknown"
    ticked = next((item for gate in m.gates for item in gate.items if item.key == "behaviours"), None)
    if m.behaviours:
        shift = f"behaviours: {listed([one.title for one in m.behaviours])}"
    elif ticked is not None and ticked.done_at is not None:
        shift = f"behaviours: {ticked.evidence or 'described, without evidence'}"
    else:
        shift = "which behaviours must shift is not described yet"
    groups = [f"{a.name}: {counted(a.headcount, 'person', 'people') if a.headcount else UNKNOWN}" for a in sized]
    breaks = f"it breaks first in {first}: {why}" if first else "no audience falls short so far"
    return Answer(
        Lens.CHANGE, question, word, as_sentence(f"{who}; {breaks}"), (shift, *groups), m.standing.adoption.observed_on
    )


def day_one(m: Material) -> Answer:
    """Q3: what hits the desk, and how prepared the front line is (R51). Without tickets the first half is unknown."""
    work = [a for a in m.activities if (a.kind or a.phase) in ("support_readiness", "support") and a.lane == "people"]
    done = [a for a in work if a.actual_end is not None]
    volume = _volume(m)
    support = support_readiness(m.contact_reasons, m.readiness)
    if support.checklist.percent is not None:
        word = f"{percent(support.checklist.percent)} prepared"
        front = f"the front line is {word}; {support.sentence}"
    elif work:
        share = 100 * sum(a.counted_weight for a in done) / (sum(a.counted_weight for a in work) or 1)
        word = f"{percent(share)} prepared"
        front = f"the front line is {word}, {len(done)} of {counted(len(work), 'activity', 'activities')} done"
    else:
        word = UNKNOWN
        front = "nothing is planned that prepares the front line"
    evidence = [
        f"{a.title}: {'done' if a.actual_end else 'due'} {in_days(a.last_day, m.today)}"
        for a in sorted(work, key=lambda a: (a.actual_end is not None, a.planned_end, a.title))
    ]
    if m.running and m.running.first_day:
        evidence += [f"day one: {said}" for said in m.running.first_day.rests_on]
    return Answer(
        Lens.SERVICE_DESK,
        "What hits the desk on day one, how prepared is the front line?",
        word,
        as_sentence(f"{front}; {volume}"),
        tuple(evidence),
        max((a.actual_end for a in done if a.actual_end), default=None),
    )


def _volume(m: Material) -> str:
    """What the first day brings, or brought, in tickets."""
    first = m.running.first_day if m.running else None
    seen = m.running.first_day_seen if m.running else None
    if first is None:
        return "how many tickets day one brings is unknown until tickets from before it are recorded"
    expected = f"{first.band.middle:,} ({first.band.low:,} to {first.band.high:,})"
    if seen is not None:
        return f"day one brought {counted(seen, 'ticket')}, {expected} were to be expected"
    return f"day one is expected to bring {expected} tickets"


def as_promised(m: Material) -> Answer:
    """Q4: when it works the way it was promised (R52). A day is never guessed: without a forecast there is none."""
    adoption = m.standing.adoption
    word, said = _promise(m)
    states = newest(sought(m.benefits), m.benefit_observations, m.today)
    evidence = [
        f"{state.benefit.name}: "
        + (f"{percent(state.percent)} realised" if state.percent is not None else UNKNOWN)
        + (f", due {in_days(state.benefit.due, m.today)}" if state.benefit.due else ", no day promised")
        for state in states
    ] or ["no benefit was promised in figures"]
    days = [day for day in (adoption.observed_on, *(state.as_of for state in states)) if day is not None]
    return Answer(
        Lens.BUSINESS,
        "When will it work the way we were promised?",
        word,
        as_sentence(said),
        tuple(evidence),
        max(days, default=None),
    )


def _promise(m: Material) -> tuple[str, str]:
    adoption = m.standing.adoption
    if adoption.target is None:
        return UNKNOWN, "no target of use was set, so there is nothing to hold it against"
    by = f" by {day_month(adoption.by, m.today)}" if adoption.by else ""
    promised = f"{percent(adoption.target)}{adoption.of_whom}{by}"
    if adoption.percent is None:
        missed = m.standing.went_live and adoption.by is not None and adoption.by < m.today
        tail = "nothing has been observed" if m.standing.went_live else "it is not live yet"
        return UNKNOWN if missed else "no forecast yet", f"promised: {promised}; {tail}"
    now = f"{percent(adoption.percent)} use it"
    if adoption.state == "relapsed":
        where = f" in {adoption.worst}" if adoption.worst else ""
        return "no", f"{now}, and people went back to the old way{where}; promised: {promised}"
    if adoption.aimed_use is not None and adoption.aimed_use >= adoption.target:
        return "yes", f"{now}; promised: {promised}"
    if adoption.by is not None and adoption.by < m.today:
        return "no", f"{now}; {promised} was promised; no forecast yet"
    chance = chance_now(adoption, m.today)
    return "no forecast yet" if chance is None else f"{said_chance(chance)} likely", f"{now}; promised: {promised}"


def _breaks_first(m: Material) -> tuple[str | None, str]:
    """The audience where adoption breaks first, and why: that of the first gap in the ranking (DOMAIN 2.4).

    Without one it is the audience that was seen to use it least, unless it has got there.
    """
    if m.people_standing is not None:
        first = next(
            (one.gap for one in ranked(gaps_of(m.people_standing, m.today), m.today) if one.gap.audience), None
        )
        if first is not None:
            item = f"{first.name}, " if first.kind == "readiness" else ""
            return first.audience, f"{item}{said_shortfall(first)}"
    adoption = m.standing.adoption
    if adoption.worst is not None and adoption.worst_percent is not None:
        goal = enough_of(100.0 if adoption.target is None else adoption.target)
        if adoption.state == "relapsed" or adoption.worst_percent < goal:
            return adoption.worst, f"{percent(adoption.worst_percent)} use it"
    return None, ""


def _said(part: bool | None, good: str, bad: str, unknown: str) -> str:
    return unknown if part is None else good if part else bad


def _schedule(behind: int | None) -> str:
    if behind is None or behind == 0:
        return "delivery is on plan"
    return f"delivery is {counted(abs(behind), 'day')} {'behind' if behind > 0 else 'ahead'}"


def _holds(behind: int | None, too_many: int) -> str:
    if behind is None or behind <= 0:
        return _schedule(behind)
    return f"the plan holds: delivery is {counted(behind, 'day')} behind, {too_many} would be too many"


def _by_end(activities: Sequence[Activity]) -> list[Activity]:
    return sorted(activities, key=lambda a: (a.planned_end, a.title))
