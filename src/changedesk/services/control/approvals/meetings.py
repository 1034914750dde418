"""The board's meetings: the agenda filled by rule, items timed, decisions as votes of those present, minutes (R91)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, tzinfo

from changedesk.domain.control.meeting import Item, Meeting, agenda, minutes_for, refuse_close, refuse_off, refuse_votes
from changedesk.domain.saying import day_time
from changedesk.domain.words import plain
from changedesk.errors import BadInput, ChangeDeskError, RuleRefused, Stale
from changedesk.interchange.minutes import MinutesItem, minutes_page
from changedesk.services.control.approvals import voting
from changedesk.services.control.approvals.waiting import Docket
from changedesk.services.control.reading import ChangeView, view_of
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.services.zones import client_zone
from changedesk.store import people
from changedesk.store.control import meetings, requests
from changedesk.store.desk.database import Connection
from changedesk.store.desk.transaction import Transaction
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item with the change that it is about."""

    item: Item
    view: ChangeView


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with its agenda, at a moment; ``zone`` is that of its client."""

    meeting: Meeting
    agenda: tuple[AgendaItem, ...]
    now: datetime
    zone: tzinfo

    @property
    def undecided(self) -> tuple[AgendaItem, ...]:
        """What the board still has to vote on."""
        return tuple(
            one for one in self.agenda if one.view.s.approval == "pending" and one.view.change.state == "authorizing"
        )

    @property
    def late(self) -> bool:
        """A ballot whose deadline has passed with votes still open: it is told to whoever it escalates to."""
        return (
            self.meeting.kind == "vcab"
            and self.meeting.state != "closed"
            and self.now > self.meeting.ends_at
            and bool(self.undecided)
        )

    def end_refused(self, wall: datetime) -> str | None:
        """Why it cannot end now, at the reader's time; None when it can."""
        refused = refuse_close(self.meeting, self.zone, wall, undecided=bool(self.undecided), empty=not self.agenda)
        return f"{self.meeting.title} cannot end: {refused}" if refused else None

    def votes_refused(self, wall: datetime) -> str | None:
        """Why no vote can be written down now, at the reader's time; None when one can."""
        return _votes_refused(self.meeting, self.zone, wall)


def _votes_refused(meeting: Meeting, zone: tzinfo, wall: datetime) -> str | None:
    refused = refuse_votes(meeting, zone, wall)
    return f"{meeting.title} takes no votes yet: {refused}" if refused else None


def listed(session: Session) -> tuple[Meeting, ...]:
    """The meetings in view, those to come first."""
    authorise(session, "desk.read")
    return meetings.meetings(session.desk.reader(), session.scope)


def meeting_view(session: Session, meeting_id: str) -> MeetingView:
    """One meeting with its agenda."""
    with session.desk.snapshot() as conn:
        meeting = _known(session, conn, meeting_id)
        authorise(session, "desk.read", meeting.client)
        found = []
        for item in meetings.items(conn, meeting.id):
            change = requests.by_id(conn, session.scope, item.change_id)
            if change is not None:
                found.append(AgendaItem(item, view_of(session, conn, change)))
        return MeetingView(meeting, tuple(found), session.now, client_zone(session, meeting.client))


def fill(session: Session, meeting_id: str) -> int:
    """Put every change whose votes the board owes on the agenda, by rule; gives how many are new on it."""
    with _running(session, meeting_id) as (transaction, meeting):
        there = meetings.items(transaction.conn, meeting.id)
        known = {item.change_id for item in there}
        votes = Docket(session, transaction.conn).votes(meeting.client)
        waiting = agenda((one.change for one in votes), meeting)
        last = max((item.position for item in there), default=0)
        fresh = [change for change in waiting if change.id not in known]
        for place, change in enumerate(fresh, last + 1):
            meetings.add_item(transaction, meeting.id, change.id, place, minutes_for(change.content.risk))
        if fresh:
            transaction.record("meeting.agenda", meeting.id, {"added": [change.id for change in fresh]})
        return len(fresh)


def move_item(session: Session, meeting_id: str, item_id: str, step: int) -> None:
    """Move an item earlier (-1) or later (1) on the agenda."""
    with _running(session, meeting_id) as (transaction, meeting):
        order = list(meetings.items(transaction.conn, meeting.id))
        place = next((n for n, item in enumerate(order) if item.id == item_id), None)
        if place is None or not 0 <= place + step < len(order):
            return
        order.insert(place + step, order.pop(place))
        for position, item in enumerate(order, 1):
            if item.position != position:
                meetings.write_item(transaction, item.id, {"position": position})
        transaction.record("meeting.reordered", meeting.id, {"order": [item.change_id for item in order]})


def take_off(session: Session, meeting_id: str, item_id: str) -> None:
    """Take a change off the agenda; what was talked about stays in the minutes."""
    with _running(session, meeting_id) as (transaction, meeting):
        item = _item(transaction.conn, meeting, item_id)
        if refused := refuse_off(item):
            raise RuleRefused(refused)
        meetings.take_item_off(transaction, item.id)
        transaction.record("meeting.taken_off", meeting.id, {"change": item.change_id})


def begin(session: Session, meeting_id: str, item_id: str) -> None:
    """Begin to talk about an item: its time runs, and that of the one before ends. The first one opens the meeting.

    One whose time runs already goes on, and nothing is written. A ballot that takes no votes yet is not begun.
    """
    with _running(session, meeting_id) as (transaction, meeting):
        if too_early := _votes_refused(meeting, client_zone(session, meeting.client), session.wall_clock):
            raise RuleRefused(too_early)
        item = _item(transaction.conn, meeting, item_id)
        if item.runs:
            return
        for other in meetings.items(transaction.conn, meeting.id):
            if other.runs:
                meetings.write_item(transaction, other.id, {"ended_at": transaction.now})
        meetings.write_item(transaction, item.id, {"began_at": item.began_at or transaction.now, "ended_at": None})
        _open(transaction, meeting)
        transaction.record("meeting.item_begun", meeting.id, {"change": item.change_id})


def _open(transaction: Transaction, meeting: Meeting, voted: Sequence[str] = ()) -> None:
    """From its first change on a meeting is open, and those who vote in it are present, whoever was expected."""
    fields: dict[str, object] = {}
    if meeting.state == "planned":
        fields = {"state": "open", "opened_at": transaction.now}
    if came := [who for who in voted if who not in meeting.attendees]:
        fields["attendees"] = ";".join((*meeting.attendees, *came))
    if fields and not meetings.write_meeting(transaction, meeting, fields):
        raise Stale("the meeting was changed meanwhile", "look at it again")


@dataclass(frozen=True, slots=True)
class Cast:
    """What became of the vote of one who was present: the state of the change after it, or why it was refused."""

    who: str
    state: str | None
    refused: str | None


def decide(
    session: Session, meeting_id: str, item_id: str, votes: Mapping[str, str], notes: str = ""
) -> tuple[Cast, ...]:
    """Take the votes of those present, each on the content that was on the table, each looked at by itself.

    ``votes`` are login to vote. Votes of others are written down by a change manager where the client's policy allows it;
    on a personal desk its owner records them. The first ones open the meeting.
    """
    view = meeting_view(session, meeting_id)
    authorise(session, "meeting.run", view.meeting.client, meeting_id)
    # Each vote stands for itself once it is cast: what refuses them all is asked before the first.
    _refuse_closed(view.meeting)
    found = next((one for one in view.agenda if one.item.id == item_id), None)
    if found is None:
        raise BadInput(f"this change is not on the agenda of {view.meeting.title}", "put it there first")
    if too_early := view.votes_refused(session.wall_clock):
        raise RuleRefused(too_early)
    notes = one_line(notes)
    # The day on which they sat, which need not be the one for which they were called, nor the one of the writing down.
    sat = view.meeting.opened_at or view.now
    came = "present at" if view.meeting.kind == "cab" else "ballot"
    evidence = f"{came} {view.meeting.title}, {sat.astimezone(view.zone):%Y-%m-%d}"
    change = found.view.change
    results = []
    for who, decision in votes.items():
        try:
            state = _cast(session, f"{change.client}/{change.number}", who, decision, change.revision, notes, evidence)
        except ChangeDeskError as refused:
            results.append(Cast(who, None, refused.sentence))
        else:
            results.append(Cast(who, state, None))
    with _running(session, meeting_id) as (transaction, meeting):
        now = requests.by_id(transaction.conn, session.scope, change.id)
        decision = f"{now.state if now else change.state}"
        fields: dict[str, object] = {"decision": decision, "ended_at": transaction.now}
        if found.item.began_at is None:
            fields["began_at"] = transaction.now
        if notes:
            fields["notes"] = notes
        meetings.write_item(transaction, item_id, fields)
        if meeting.kind == "cab":
            _open(transaction, meeting, [cast.who for cast in results if cast.refused is None])
        transaction.record("meeting.decided", meeting.id, {"change": change.id, "decision": decision, "notes": notes})
    return tuple(results)


def _cast(session: Session, number: str, who: str, decision: str, revision: int, comment: str, evidence: str) -> str:
    said = comment or (f"said at the meeting: {plain(decision)}" if decision in voting.NEEDS_WORDS else None)
    if session.actor.owns_desk and who != session.actor.login:
        actor = people.actor_for_person(session.desk.reader(), who)
        if actor is None:
            raise BadInput(f"nobody on this desk has the login {who}", "import people, or add one")
        acting = replace(session, actor=actor, recorded_by=session.actor.id)
        return voting.vote(acting, number, decision, comment=said, revision=revision, evidence=evidence)
    seat = None if who == session.actor.login else who
    return voting.vote(session, number, decision, comment=said, revision=revision, seat=seat, evidence=evidence)


def close(session: Session, meeting_id: str) -> tuple[str, ...]:
    """End a meeting; gives the numbers of those still undecided. A ballot that is over is escalated, never approved."""
    view = meeting_view(session, meeting_id)
    with _running(session, meeting_id) as (transaction, meeting):
        if refused := replace(view, meeting=meeting).end_refused(session.wall_clock):
            raise RuleRefused(refused)
        for item in meetings.items(transaction.conn, meeting.id):
            if item.runs:
                meetings.write_item(transaction, item.id, {"ended_at": transaction.now})
        if not meetings.write_meeting(transaction, meeting, {"state": "closed", "closed_at": transaction.now}):
            raise Stale("the meeting was changed meanwhile", "look at it again")
        told = [_escalated(transaction, one) for one in view.undecided] if meeting.kind == "vcab" else []
        transaction.record(
            "meeting.closed",
            meeting.id,
            {"undecided": [one.view.change.id for one in view.undecided], "escalated": told},
        )
    return tuple(one.view.change.number for one in view.undecided)


def _escalated(transaction: Transaction, one: AgendaItem) -> dict[str, object]:
    step = one.view.s.waiting_step
    to = step.escalate_to if step else None
    return {
        "change": one.view.change.id,
        "to": {"person": people.reference(transaction.conn, to)} if to else None,
    }


def minutes(session: Session, meeting_id: str) -> str:
    """The minutes of a meeting as Markdown."""
    view = meeting_view(session, meeting_id)
    meeting = view.meeting

    def said(moment: datetime) -> str:
        return day_time(moment, view.zone, view.now)

    facts = [
        ("Client", meeting.client),
        ("Kind", "ballot" if meeting.kind == "vcab" else "meeting"),
        ("Time", f"{said(meeting.at)} to {said(meeting.ends_at)} ({_zone(view)})"),
        ("Chair", meeting.chair or ""),
        ("Present", ", ".join(meeting.attendees)),
        ("State", meeting.standing(view.now)),
    ]
    return minutes_page(meeting.title, facts, [_minutes_item(one, view) for one in view.agenda])


def _minutes_item(one: AgendaItem, view: MeetingView) -> MinutesItem:
    change, item = one.view.change, one.item
    took = f"{round(item.taken(view.now).total_seconds() / 60)} of {item.minutes} minutes" if item.began_at else ""
    votes = []
    for vote in one.view.s.votes:
        if vote.counts:
            by = f", written down by {vote.recorded_by}" if vote.recorded_by else ""
            votes.append(f"{vote.who}: {plain(vote.decision)}{by}{f' ({vote.comment})' if vote.comment else ''}")
    still = "; ".join(one.view.missing)
    result = f"{change.state}{f', missing: {still}' if still and change.state == 'authorizing' else ''}"
    planned = day_time(change.content.planned_start, view.zone, view.now)
    return MinutesItem(change.number, change.title, planned, took, votes, result, item.notes or "")


def _zone(view: MeetingView) -> str:
    return getattr(view.zone, "key", "UTC")


@contextmanager
def _running(session: Session, meeting_id: str) -> Iterator[tuple[Transaction, Meeting]]:
    seen = _known(session, session.desk.reader(), meeting_id)
    authorise(session, "meeting.run", seen.client, seen.id)
    with session.desk.write(session.actor.id) as transaction:
        meeting = _known(session, transaction.conn, meeting_id)
        _refuse_closed(meeting)
        yield transaction, meeting


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.state == "closed":
        raise RuleRefused(f"{meeting.title} is closed; its minutes are what they are")


def _known(session: Session, conn: Connection, meeting_id: str) -> Meeting:
    found = meetings.meeting(conn, session.scope, meeting_id)
    if found is None:
        raise BadInput("no meeting with this id is in view; changedesk cab list names them")
    return found


def _item(conn: Connection, meeting: Meeting, item_id: str) -> Item:
    found = next((one for one in meetings.items(conn, meeting.id) if one.id == item_id), None)
    if found is None:
        raise BadInput("this change is no longer on the agenda")
    return found
