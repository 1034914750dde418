"""What the verbs say by which one learns from changes: risk, base rate, lessons, reviews, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from changedesk.cli.control.learning_documents import (
    figures_document,
    lesson_document,
    owed_document,
    questions_document,
    rate_document,
)
from changedesk.cli.output import say, say_json, say_table
from changedesk.domain.control.base_rate import said_base_rate, said_likeness, said_success
from changedesk.domain.control.kpis import RATES, said_counted
from changedesk.domain.control.lead_time import said_hours
from changedesk.domain.control.lessons import Match
from changedesk.domain.control.looking_back import said_minutes
from changedesk.domain.proportion import said_interval, said_share
from changedesk.domain.saying import day_month
from changedesk.errors import BadInput
from changedesk.services.control.changes import assessing, base_rate
from changedesk.services.control.learning import kpis, learned, reviewing, reviews
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.records.observing import parse_day
from changedesk.services.session import Session

KPI_NAMES: Mapping[str, str] = {
    "success": "Went well",
    "with_issues": "With issues",
    "failed": "Failed or backed out",
    "incident": "Caused an incident",
    "emergency": "Emergencies",
    "unauthorised": "Without leave",
    "outside": "Outside maintenance",
}
"""What the shares are called where people read them."""


# --- risk


def assess(session: Session, number: str, answers: Sequence[str], risk: str | None, comment: str | None) -> int:
    """Record the risk from the answers."""
    level, revision = assessing.answer(session, number, _answers(answers), risk=risk, comment=comment)
    say(f"{number}: risk {level}, revision {revision}")
    view = assessing.risk_view(session, number)
    for factor in view.assessment.factors:
        say(f"  {factor}")
    return 0


def _answers(words: Sequence[str]) -> dict[str, str]:
    """``question=word`` each, or a file of them; later ones win."""
    from changedesk.services.control.changes.risk_files import answers_in

    found: dict[str, str] = {}
    for word in words:
        key, equals, answer = word.partition("=")
        if equals and not Path(word).is_file():
            found[key.strip()] = answer.strip()
        else:
            found |= answers_in(Path(word))
    return found


def questions(session: Session, client: str | None, as_json: bool) -> int:
    """The questions that are asked, with their answers."""
    refuse_unknown_client(session, client)
    asked = assessing.questionnaire_of(session, client)
    if as_json:
        say_json(questions_document(asked))
        return 0
    for question in asked.questions:
        say(f"{question.key}  {question.text}")
        for answer in question.answers:
            say(f"  {answer.word:<12} {answer.text} ({question.about} {answer.points})")
    return 0


# --- what the past says


def like(session: Session, number: str, as_json: bool) -> int:
    """How changes like this one have ended."""
    rate = base_rate.of_change(session, number)
    if as_json:
        say_json(rate_document(rate))
        return 0
    say(said_base_rate(rate))
    if rate.n:
        say(said_success(rate))
        say(f"half of them took {said_minutes(rate.median_minutes)} or less")
    say(said_likeness(rate))
    return 0


def lessons(session: Session, number: str | None, client: str | None, as_json: bool) -> int:
    """The lessons that matter for a change, or all of them."""
    if number is not None:
        matches = learned.lessons_for(session, number)
        if as_json:
            say_json([{**lesson_document(match.lesson), "same": list(match.same)} for match in matches])
            return 0
        _say_matches(matches)
        return 0
    refuse_unknown_client(session, client)
    known = learned.lessons(session, client)
    if as_json:
        say_json([lesson_document(lesson) for lesson in known])
        return 0
    for lesson in known:
        say(f"{lesson.client} {lesson.number or ''}  {lesson.text}  [{', '.join(lesson.tags)}]")
    if not known:
        say("no lesson yet")
    return 0


def _say_matches(matches: Sequence[Match]) -> None:
    if not matches:
        say("no lesson of a change like it")
    for match in matches:
        say(f"{match.lesson.client} {match.lesson.number or ''}  {match.lesson.text}  ({match.why})")


# --- what is owed


def owed(session: Session, client: str | None, as_json: bool) -> int:
    """Reviews that are due, actions that are open, proposals that nobody has decided about."""
    refuse_unknown_client(session, client)
    view = reviews.reviews_view(session, client)
    if as_json:
        say_json(owed_document(view))
        return 0
    today = session.today
    for one in view.reviews:
        late = ", overdue" if one.overdue else ""
        day = day_month(one.due.date() if one.due else None, today)
        say(f"review    {one.change.client} {one.change.number}  due {day}{late}: {one.why}  {one.title}")
    for one in view.to_close:
        say(f"close     {one.change.client} {one.change.number}  {'; '.join(one.missing) or 'nothing is missing'}")
    for action in view.actions:
        due = day_month(action.action.due.date() if action.action.due else None, today)
        who = action.action.owner or "nobody"
        say(f"action    {action.client} {action.number}  {action.action.text}  {who}, due {due}  {action.action.id}")
    for proposal in view.proposals:
        say(f"proposal  {proposal.client} {proposal.number}  {proposal.target}: {proposal.text}  {proposal.id}")
    for template in view.suspended:
        say(f"suspended {template.client} {template.name}  {template.suspended_why}")
    if not (view.reviews or view.to_close or view.actions or view.proposals or view.suspended):
        say("nothing is owed after any change")
    return 0


def add_action(session: Session, number: str, text: str, owner: str | None, due: str | None) -> int:
    """Add an action of a review; its id is the only thing on standard output."""
    say(reviewing.add_action(session, number, text, owner, parse_day(due) if due else None))
    return 0


def finish_action(session: Session, number: str, action: str) -> int:
    """An action is done."""
    reviewing.finish_action(session, number, action)
    say(f"{number}: done")
    return 0


def decide(
    session: Session, proposal: str, accepted: bool, reason: str | None, owner: str | None, due: str | None
) -> int:
    """Accept a proposal, or decline it."""
    if accepted:
        action = learned.accept(session, proposal, owner, parse_day(due) if due else None)
        say(f"accepted; the action is {action}")
        return 0
    if owner or due:
        raise BadInput("--owner and --due go with --accept")
    learned.decline(session, proposal, reason or "")
    say("declined")
    return 0


# --- figures


def figures(session: Session, client: str | None, days: int | None, as_json: bool) -> int:
    """The figures of change control."""
    refuse_unknown_client(session, client)
    view = kpis.kpi_view(session, client, days)
    if as_json:
        say_json(figures_document(view, client))
        return 0
    whose = client or "all clients in view"
    say(f"{whose}, {'as far back as the desk knows' if days is None else f'the last {days} days'}")
    say_table(
        ("", "Share", "95 %", "Of"),
        [
            (
                KPI_NAMES[name],
                said_share(getattr(view.whole, name)),
                said_interval(getattr(view.whole, name)),
                f"{getattr(view.whole, name).part} of {getattr(view.whole, name).whole}",
            )
            for name in RATES
        ],
        right=frozenset({1, 2}),
    )
    say(said_counted(view.success))
    lead = view.whole.lead
    say(
        f"Approval: half within {said_hours(lead.p50, lead.longest)}, 80 % within {said_hours(lead.p80, lead.longest)}"
        f" of business hours ({lead.n} submitted, {lead.undecided} still wait)"
    )
    say(f"Downtime by changes: {said_minutes(view.whole.downtime)}, said of {view.whole.downtime_known}")
    say(f"Not done: {view.whole.cancelled} cancelled, {view.whole.rejected} rejected")
    return 0
