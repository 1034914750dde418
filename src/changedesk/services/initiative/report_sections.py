"""The sections of the sponsor's report, each made of what is known; one that has nothing to say is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.counted import counted, listed
from changedesk.domain.measures.benefits import newest
from changedesk.domain.measures.risks import band
from changedesk.domain.people.gaps import Gap
from changedesk.domain.people.readiness import Readiness
from changedesk.domain.records import Activity
from changedesk.domain.report import Block, Bullets, Prose, Section, Table, Verdict, Verdicts
from changedesk.domain.saying import UNKNOWN, count, day_month, in_days, percent, share_said
from changedesk.domain.standing import ReadinessStanding
from changedesk.domain.working import Benefit, BenefitObservation, Risk
from changedesk.services.golive.page import GoLiveView
from changedesk.services.initiative.facts import FactColumn
from changedesk.services.initiative.lists import AudienceRow
from changedesk.services.initiative.page import InitiativeView, SideView
from changedesk.services.initiative.report_charts import lane_chart, load_chart, use_chart
from changedesk.services.people.page import PeoplePage
from changedesk.services.service.handing_over import HandoverView
from changedesk.values import dataclass

NEXT_STEPS = 8
"""So many of the next activities are named."""
GAPS = 5
"""So many gaps, the first ones, are named."""
REASONS = 6
"""So many reasons to call are named."""
_ANSWERS = {"yes": "fine", "no": "late", "not yet": "at_risk"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a report is made of. ``levels`` are observed use by week in percent, ``gaps`` the most pressing first."""

    view: InitiativeView
    desk: GoLiveView
    people: PeoplePage
    handover: HandoverView
    groups: tuple[AudienceRow, ...]
    activities: tuple[Activity, ...]
    levels: tuple[tuple[date, float], ...]
    risks: Sequence[Risk]
    benefits: Sequence[Benefit]
    benefit_observations: Sequence[BenefitObservation]
    gaps: tuple[Gap, ...]


def sections(known: Known) -> tuple[Section, ...]:
    """All sections in the order in which a sponsor asks."""
    made = (
        _in_short(known.view),
        _asked(known.view),
        _plan(known),
        _changes(known.view),
        _use(known),
        _support(known),
        _risks(known),
        _decisions(known.view),
        _next(known),
        _questions(known.view),
        _lasting(known),
        _blind(known.view),
    )
    return tuple(section for section in made if section.blocks)


def _in_short(view: InitiativeView) -> Section:
    others = view.findings[1:]  # the first one is the headline
    findings = Bullets(tuple(f.sentence for f in others), tuple(f.level for f in others))
    verdicts = Verdicts(tuple(_verdict(column) for column in view.columns))
    return Section("In short", (findings, verdicts) if others else (verdicts,))


def _verdict(column: FactColumn) -> Verdict:
    facts = tuple((("  " if f.indent else "") + f.name, f.value, f.explained) for f in column.facts)
    return Verdict(column.question, column.answer, column.because, _ANSWERS.get(column.answer, "unknown"), facts)


def _asked(view: InitiativeView) -> Section:
    """What waits for somebody: decisions that cannot lock, checkpoints that are not signed."""
    items = [f"Decision: {one.waits_for}." for one in view.measures.waiting]
    for gate in view.gates:
        for side in (gate.delivery, gate.people):
            if side.state in ("late", "unsigned") and gate.in_use:
                items.append(_unsigned(gate.title, side, gate.due, view.today))
    return Section("What waits for you", (Bullets(tuple(items)),) if items else ())


def _unsigned(title: str, side: SideView, due: date | None, today: date) -> str:
    left = [item.text for item in side.items if not item.done]
    open_items = f"; open: {', '.join(left)}" if left else "; every item is ticked"
    return f"{title}: the {side.lane} side has not signed, due {in_days(due, today)}{open_items}."


def _plan(known: Known) -> Section:
    view = known.view
    if not view.lanes:
        return Section("Plan", ())
    said = [f"{view.lag_sentence.capitalize()}."]
    late = [a for a in known.activities if a.state(view.today, cancelled=view.cancelled) == "late"]
    if late:
        worst = min(late, key=lambda a: a.planned_end)
        said.append(
            f"{counted(len(late), 'activity', 'activities')} overdue, the oldest is {worst.title},"
            f" due {in_days(worst.planned_end, view.today)}."
        )
    return Section("Delivery and people, side by side", (lane_chart(view), Prose(" ".join(said))))


def _changes(view: InitiativeView) -> Section:
    """The changes that serve it, with both lights of the go-live; neither light stands for the other."""
    if not view.changes:
        return Section("Changes", ())
    rows = tuple(
        (one.number, one.title, one.words, day_month(one.planned_start.date(), view.today)) for one in view.changes
    )
    lights = " ".join(
        f"{name}: {light.word} ({light.sentence})."
        for name, light in (("Change authorised", view.lights.change), ("Business ready", view.lights.business))
    )
    return Section("Changes", (Prose(lights), Table(("Change", "Title", "How far", "Planned"), rows)))


def _use(known: Known) -> Section:
    view = known.view
    blocks: list[Block] = []
    chart = use_chart(known.levels, view, known.desk.adoption)
    groups = Table(
        ("Group", "People", "Live", "Use it", "Seen", "Goal", "By"),
        tuple(
            (
                row.audience.name,
                count(row.audience.headcount or None),
                day_month(row.go_live, view.today),
                share_said(row.utilization),
                in_days(row.observed_on, view.today) if row.observed_on else "never",
                share_said(row.target) if row.target is not None else "none",
                day_month(row.by, view.today) if row.by else "-",
            )
            for row in known.groups
        ),
        frozenset({1, 3, 5}),
    )
    if view.readiness is not None and not view.went_live:
        blocks.append(Prose(_ready(view.readiness, view.groups_ready)))
    if chart is not None:
        blocks.append(chart)
    if known.groups:
        blocks.append(groups)
    realised = newest(known.benefits, known.benefit_observations, view.today)
    benefits = Table(
        ("Benefit", "From", "Now", "To", "On the way", "Due"),
        tuple(
            (
                state.benefit.said,
                _amount(state.benefit.baseline, state.benefit.unit),
                _amount(state.value, state.benefit.unit),
                _amount(state.benefit.target, state.benefit.unit),
                percent(state.percent),
                day_month(state.benefit.due, view.today) if state.benefit.due else "-",
            )
            for state in realised
        ),
        frozenset({1, 2, 3, 4}),
    )
    if realised:
        blocks.append(benefits)
    title = "Is it used, and what does it bring" if view.went_live else "Who it is for, and what it is to bring"
    return Section(title, tuple(blocks))


def _ready(ready: ReadinessStanding, groups: Readiness) -> str:
    """How ready people are, the least ready of the groups that somebody knows, and of which groups nobody knows anything."""
    least = groups.least_known
    if least is None:
        return "Nobody knows yet how ready people are."
    named = f"the least ready group is {least.audience.name} with {percent(least.percent)}"
    said = f"{percent(ready.percent)} ready by people; {named}."
    return f"{said} Of {listed(groups.unknown)} nobody knows anything yet." if groups.unknown else said


def _support(known: Known) -> Section:
    desk, today = known.desk, known.view.today
    if desk.load.unknown is not None and not desk.reasons and not desk.tickets:
        return Section("Service desk", ())
    said = []
    if desk.load.per_hundred_now is not None:
        before = desk.load.per_hundred_before
        beside = f", {before:.1f} before go-live" if before is not None else ""
        said.append(f"{desk.load.per_hundred_now:.1f} tickets a week for every 100 people{beside}.")
    if desk.load.excess is not None and desk.load.excess.now:
        said.append(f"More than was to be expected since {day_month(desk.load.excess.since, today)}.")
    if desk.day_one is not None and desk.first_day is None:
        one = desk.day_one.band
        said.append(f"The first workday is expected to bring {one.middle:,} tickets ({one.low:,} to {one.high:,}).")
    if desk.load.unknown is not None:
        said.append(f"{desk.load.unknown.capitalize()}.")
    if desk.stage == "hypercare":
        met = sum(one.met is True for one in desk.criteria)
        said.append(
            f"Early-life support goes on: {met} of {counted(len(desk.criteria), 'exit criterion', 'exit criteria')} met."
        )
    chart = load_chart(desk)
    blocks: list[Block] = [chart] if chart is not None else []
    if said:
        blocks.append(Prose(" ".join(said)))
    if desk.reasons:
        blocks.append(_reasons(desk))
    return Section("What it brings to the service desk", tuple(blocks))


def _reasons(desk: GoLiveView) -> Table:
    """Why people call; before go-live what they are expected to ask."""
    shown = desk.reasons[:REASONS]
    if not desk.went_live:
        asked = tuple((one.reason, count(one.expected), one.answer, one.escalation or "-") for one in shown)
        return Table(("What people will ask", "Expected in week 1", "Answer", "Then to"), asked, frozenset({1}))
    rows = tuple(
        (one.reason, count(one.count), percent(100 * one.share), count(one.expected), one.answer) for one in shown
    )
    titles = ("Why people call", "Calls", "Share", "Expected in week 1", "Answer")
    return Table(titles, rows, frozenset({1, 2, 3}))


def _risks(known: Known) -> Section:
    rows = tuple(
        (r.title, r.kind, _rated(r), r.owner or "nobody", r.response or "none yet")
        for r in known.risks
        if r.closed_on is None
    )
    return Section("Risks", (Table(("Risk", "Kind", "Rated", "Owner", "Response"), rows),) if rows else ())


def _rated(risk: Risk) -> str:
    return f"{band(risk.score)} ({risk.score})" if risk.score is not None else "not rated"


def _decisions(view: InitiativeView) -> Section:
    rows = []
    for one in view.measures.decisions:
        decision = one.decision
        touches = ["timing"] * decision.touches_timing + ["adoption"] * decision.touches_adoption
        acks = [name for name in (decision.delivery_ack, decision.people_ack) if name]
        locked = f"locked {day_month(decision.locked_at.date(), view.today)}" if decision.locked_at else "open"
        rows.append((decision.title, " and ".join(touches) or "-", ", ".join(acks) or "nobody yet", locked))
    table = Table(("Decision", "Touches", "Acknowledged by", "State"), tuple(rows))
    return Section("Decisions", (table,) if rows else ())


def _next(known: Known) -> Section:
    view = known.view
    still = () if view.cancelled else (a for a in known.activities if a.actual_end is None)
    coming = sorted(still, key=lambda a: (a.planned_end, a.title))
    steps = tuple(
        (a.title, a.lane, a.owner or "nobody", day_month(a.planned_end, view.today), in_days(a.planned_end, view.today))
        for a in coming[:NEXT_STEPS]
    )
    gaps = tuple(
        (
            gap.name,
            gap.audience or "-",
            gap.action,
            gap.owner or "nobody",
            "now" if gap.at_once else day_month(gap.due, view.today),
        )
        for gap in known.gaps[:GAPS]
    )
    blocks: list[Block] = []
    if steps:
        blocks.append(Table(("Next", "Lane", "Who", "Due", "When"), steps))
    if gaps:
        more = f" The first {len(gaps)} of {len(known.gaps)}." if len(known.gaps) > len(gaps) else ""
        blocks.append(Prose(f"What is missing, the most pressing first.{more}"))
        blocks.append(Table(("Gap", "Group", "What to do", "Who", "By"), gaps))
    return Section("Next steps", tuple(blocks))


def _questions(view: InitiativeView) -> Section:
    rows = tuple((one.lens.value, one.question, one.word, one.sentence) for one in view.measures.answers)
    return Section("Four questions", (Table(("Who asks", "Question", "Answer", "Because"), rows),))


def _lasting(known: Known) -> Section:
    rows = tuple(
        (
            one.name,
            _side(one.project.value, one.project.note),
            one.lasting_name,
            _side(one.lasting.value, one.lasting.note),
        )
        for one in known.view.measures.extended
    )
    table = Table(("The project", "Now", "What lasts", "Now"), rows)
    said = []
    for series in known.people.confidence:
        if series.latest is not None:
            moved = f", {'up' if series.moved > 0 else 'down'} {abs(series.moved)}" if series.moved else ""
            said.append(f"Confidence of the {series.whose}: {series.latest} of 5{moved}.")
    handover = known.handover
    if handover.handover.service is not None:
        done = f"{handover.handover.done} of {len(handover.handover.items)} items"
        accepted = (
            f"taken over by {handover.handover.accepted_by}" if handover.handover.accepted_by else "not taken over yet"
        )
        said.append(f"Handover to {handover.handover.service}: {done}, {accepted}.")
    return Section("What lasts", (table, *((Prose(" ".join(said)),) if said else ())))


def _side(value: str, note: str) -> str:
    return f"{value}: {note}" if note else value


def _blind(view: InitiativeView) -> Section:
    rows = tuple(f"{spot.sentence} {spot.to_do}" for spot in view.measures.blind_spots)
    return Section("What nobody looks at yet", (Bullets(rows),) if rows else ())


def _amount(value: float | None, unit: str | None) -> str:
    return UNKNOWN if value is None else f"{value:,.6g} {unit or ''}".strip()
