"""The records of the people side, as frozen values."""

from __future__ import annotations

import sqlite3

from changedesk.domain.people.people_side import (
    Behaviour,
    Confidence,
    ContactReason,
    Expectation,
    GapMark,
    Impact,
    ReadinessItem,
    Stakeholder,
    SurveyAnswer,
)
from changedesk.store.times import day, stored_day, stored_instant


def impacts(conn: sqlite3.Connection, initiative_id: str) -> tuple[Impact, ...]:
    """The impacts of an initiative, by audience and aspect."""
    rows = conn.execute(
        "SELECT t.id, t.rev, g.name, t.aspect, t.degree, t.yesterday, t.tomorrow FROM audience g"
        " JOIN impact t ON t.audience_id = g.id WHERE g.initiative_id = ? ORDER BY g.name, t.aspect",
        (initiative_id,),
    )
    return tuple(Impact(*row) for row in rows)


def readiness(conn: sqlite3.Connection, initiative_id: str) -> tuple[ReadinessItem, ...]:
    """What has to be ready for an initiative, by audience (what is about none first) and item."""
    rows = conn.execute(
        "SELECT t.id, t.rev, t.about, g.name, t.item, t.status, t.kind, t.weight, t.due, t.checkpoint, t.lane, t.owner,"
        " t.evidence, t.action FROM readiness t LEFT JOIN audience g ON g.id = t.audience_id WHERE t.initiative_id = ?"
        " ORDER BY g.name, t.item",
        (initiative_id,),
    )
    return tuple(ReadinessItem(*(*row[:8], day(row[8]), *row[9:])) for row in rows)


def contact_reasons(conn: sqlite3.Connection, initiative_id: str) -> tuple[ContactReason, ...]:
    """Why people are expected to call, the most frequent first."""
    rows = conn.execute(
        "SELECT id, rev, reason, expected, script, article, escalation FROM contact_reason WHERE initiative_id = ?"
        " ORDER BY expected IS NULL, expected DESC, reason",
        (initiative_id,),
    )
    return tuple(ContactReason(*row) for row in rows)


def stakeholders(conn: sqlite3.Connection, initiative_id: str) -> tuple[Stakeholder, ...]:
    """The stakeholders of an initiative, the most powerful first."""
    names = dict(conn.execute("SELECT id, name FROM audience WHERE initiative_id = ?", (initiative_id,)))
    rows = conn.execute(
        "SELECT id, rev, name, role, audience_ids, power, interest, stance_now, stance_wanted, coalition, last_act,"
        " last_act_on, owner FROM stakeholder WHERE initiative_id = ?"
        " ORDER BY power IS NULL, power DESC, interest IS NULL, interest DESC, name",
        (initiative_id,),
    )
    return tuple(
        Stakeholder(
            id=row[0],
            rev=row[1],
            name=row[2],
            role=row[3],
            audiences=tuple(sorted(names[one] for one in (row[4] or "").split(";") if one in names)),
            power=row[5],
            interest=row[6],
            stance_now=row[7],
            stance_wanted=row[8],
            coalition=None if row[9] is None else bool(row[9]),
            last_act=row[10],
            last_act_on=day(row[11]),
            owner=row[12],
        )
        for row in rows
    )


def survey_answers(conn: sqlite3.Connection, initiative_id: str) -> tuple[SurveyAnswer, ...]:
    """What was answered in the surveys of an initiative, by audience and round; the answers themselves are nameless."""
    rows = conn.execute(
        "SELECT g.name, t.day, t.awareness, t.desire, t.knowledge, t.ability, t.reinforcement, ifnull(t.answers, 1)"
        " FROM audience g JOIN survey_answer t ON t.audience_id = g.id WHERE g.initiative_id = ?"
        " ORDER BY g.name, t.day, t.respondent",
        (initiative_id,),
    )
    return tuple(SurveyAnswer(row[0], stored_day(row[1]), tuple(row[2:7]), row[7]) for row in rows)


def confidence(conn: sqlite3.Connection, initiative_id: str) -> tuple[Confidence, ...]:
    """The confidence of sponsor and client over time, oldest first."""
    rows = conn.execute(
        "SELECT id, rev, whose, day, score, comment FROM confidence WHERE initiative_id = ? ORDER BY day, whose",
        (initiative_id,),
    )
    return tuple(Confidence(row[0], row[1], row[2], stored_day(row[3]), row[4], row[5]) for row in rows)


def behaviours(conn: sqlite3.Connection, initiative_id: str) -> tuple[Behaviour, ...]:
    """The behaviours that have to shift, those of everybody first."""
    rows = conn.execute(
        "SELECT t.id, t.rev, g.name, t.title, t.standard, t.metric FROM behaviour t"
        " LEFT JOIN audience g ON g.id = t.audience_id WHERE t.initiative_id = ? ORDER BY g.name, t.title",
        (initiative_id,),
    )
    return tuple(Behaviour(*row) for row in rows)


def expectations(conn: sqlite3.Connection, initiative_id: str) -> tuple[Expectation, ...]:
    """The resistance to expect, that of everybody first."""
    rows = conn.execute(
        "SELECT t.id, t.rev, g.name, t.title, t.cause, t.action, t.answer FROM expected_resistance t"
        " LEFT JOIN audience g ON g.id = t.audience_id WHERE t.initiative_id = ? ORDER BY g.name, t.title",
        (initiative_id,),
    )
    return tuple(Expectation(*row) for row in rows)


def gap_marks(conn: sqlite3.Connection, initiative_id: str) -> tuple[GapMark, ...]:
    """What was decided about the gaps of an initiative, by the key of the gap."""
    rows = conn.execute(
        "SELECT gap, owner, waiver, waived_by, waived_at, waived_until, snoozed_by, snoozed_until FROM gap_mark"
        " WHERE initiative_id = ? ORDER BY gap",
        (initiative_id,),
    )
    return tuple(
        GapMark(
            row[0], row[1], row[2], row[3], stored_instant(row[4]) if row[4] else None, day(row[5]), row[6], day(row[7])
        )
        for row in rows
    )
