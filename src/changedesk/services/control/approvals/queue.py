"""The queue of decisions that wait for the reader, for whom the reader stands in, or on a personal desk for its people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, datetime

from changedesk.domain.control.approval import valid_votes
from changedesk.domain.control.delegation import Delegation, covers
from changedesk.services.control.approvals.deputy import Seat, acts_for_others, voters_here
from changedesk.services.control.approvals.waiting import Docket, OpenVote
from changedesk.services.session import Session, authorise
from changedesk.store import people
from changedesk.store.control import decisions
from changedesk.store.desk.database import Connection
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A decision that waits. ``seats`` are the votes that can be given on it here; ``due`` is None without a deadline.

    ``kind`` is vote, or retro for the votes that something begun on somebody's word is owed.
    """

    change_id: str
    number: str
    name: str
    client: str
    title: str
    path: str
    kind: str
    step: str
    seats: tuple[Seat, ...]
    due: datetime | None
    overdue: bool
    begins: datetime


@dataclass(frozen=True, slots=True)
class StandIn:
    """For whom somebody stands in, up to and without a day; ``role`` limits it to the seats of that role."""

    of: str
    until: date
    role: str | None


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, by deadline. ``whom`` is whose eyes it is seen with: a login, or None for all whom the reader decides for.

    ``people`` are those who have a vote waiting, each with how many, on a desk whose owner decides for others; ``names`` is
    what those are called who can vote here, by login. ``brought`` counts the undecided changes of files, which wait for
    nobody until somebody votes on one here. Where nothing waits, ``others`` are all other changes in view by their states.
    """

    now: datetime
    reader: str
    whom: str | None
    items: tuple[QueueItem, ...]
    standing_in: tuple[StandIn, ...]
    people: tuple[tuple[str, int], ...]
    acts_for_others: bool
    names: Mapping[str, str]
    brought: int = 0
    others: Mapping[str, int] = field(default_factory=dict)

    def item(self, change_id: str) -> QueueItem | None:
        """What waits on a change."""
        return next((item for item in self.items if item.change_id == change_id), None)


def queue(session: Session, whom: str | None = None, asked_for: str = "") -> Queue:
    """What waits for the reader; on a personal desk for everybody there, or as ``whom``.

    ``asked_for`` is the id of a change that is to be voted on even where only a file has brought it.
    """
    authorise(session, "desk.read")
    if not acts_for_others(session):
        whom = session.actor.login
    with session.desk.snapshot() as conn:
        running = decisions.delegations_in_force(conn, session.now)
        every = list(_seats(session, conn, running, asked_for=asked_for))
        docket = Docket(session, conn)
        brought = docket.brought_undecided()
        mine = [(vote, seats_as(seats, whom)) for vote, seats in every]
        items = sorted((_item(vote, seats) for vote, seats in mine if seats), key=_by_deadline)
        others = {} if items else docket.others()
        names = people.names(conn, (seat.voter for _, seats in every for seat in seats))
    waiting = Counter(voter for _, seats in every for voter in {seat.voter for seat in seats})
    return Queue(
        session.now,
        session.actor.login,
        whom,
        tuple(items),
        tuple(StandIn(one.of, one.end.astimezone(session.zone).date(), one.role) for one in running if one.to == whom),
        tuple(sorted(waiting.items())),
        acts_for_others(session),
        names,
        brought,
        others,
    )


def waits_here(
    session: Session, conn: Connection, client: str | None = None
) -> Iterator[tuple[OpenVote, tuple[Seat, ...]]]:
    """Each open vote that the reader can decide, with the votes that the reader can give on it."""
    running = decisions.delegations_in_force(conn, session.now)
    whom = None if acts_for_others(session) else session.actor.login
    for vote, seats in _seats(session, conn, running, client):
        mine = seats_as(seats, whom)
        if mine:
            yield vote, mine


def count_for(session: Session, conn: Connection) -> int:
    """How many changes wait for a decision that can be given at this keyboard."""
    return sum(1 for _ in waits_here(session, conn))


def seats_as(seats: tuple[Seat, ...], whom: str | None) -> tuple[Seat, ...]:
    """The votes that one person can give; for None the own ones of everybody, without standing in."""
    if whom is None:
        return tuple(seat for seat in seats if seat.on_behalf_of is None)
    own = tuple(seat for seat in seats if seat.voter == whom)
    return tuple(sorted(own, key=lambda seat: seat.on_behalf_of is not None))[:1]


def _seats(
    session: Session,
    conn: Connection,
    running: tuple[Delegation, ...],
    client: str | None = None,
    asked_for: str = "",
) -> Iterator[tuple[OpenVote, tuple[Seat, ...]]]:
    """Each open vote with all the votes that can be given on it at this keyboard."""
    here = voters_here(session, conn)
    for vote in Docket(session, conn).votes(client, asked_for):
        yield vote, seats_on(vote, here, running)


def seats_on(vote: OpenVote, here: frozenset[str], running: tuple[Delegation, ...]) -> tuple[Seat, ...]:
    """The votes that can be given: by those who hold a seat, and by those who stand in for one, each person once a step."""
    voters = {cast.voter for cast in valid_votes(vote.step, vote.s.votes)}
    barred = voters | vote.change.people
    own = tuple(Seat(who) for who in vote.who if who in here and who not in barred)
    standing = tuple(
        Seat(one.to, one.of)
        for one in running
        if one.of in vote.who and one.to in here and one.to not in barred and covers(one, vote.step, vote.panel)
    )
    return (*own, *standing)


def _item(vote: OpenVote, seats: tuple[Seat, ...]) -> QueueItem:
    change = vote.change
    return QueueItem(
        change.id,
        change.number,
        f"{change.client}/{change.number}",
        change.client,
        change.title,
        change.content.path,
        vote.kind,
        vote.step.name,
        seats,
        vote.due,
        vote.due is not None and vote.s.now > vote.due,
        change.content.planned_start,
    )


def _by_deadline(item: QueueItem) -> tuple[bool, datetime, datetime, str]:
    return (item.due is None, item.due or item.begins, item.begins, item.number)
