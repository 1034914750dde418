"""People and accounts, and the ids by which the audit names them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from changedesk.domain.roles import Actor
from changedesk.store.ids import new_id
from changedesk.store.scope import Scope

if TYPE_CHECKING:
    from changedesk.domain.records import Person

_SPLIT = ";"


def owner(conn: sqlite3.Connection) -> Actor:
    """The owner of a personal desk: an account, not a row of people."""
    row = conn.execute("SELECT id, os_login, roles FROM account ORDER BY id LIMIT 1").fetchone()
    return Actor(row[0], row[1], row[1], frozenset(row[2].split(_SPLIT)), None, owns_desk=True)


def actor_for_account(conn: sqlite3.Connection, login: str) -> Actor | None:
    """The account of that name at the operating system, with the roles that it was given as a person of the desk as well."""
    row = conn.execute(
        "SELECT a.id, a.os_login, coalesce(p.name, a.os_login), a.roles, p.roles FROM account a"
        " LEFT JOIN person p ON p.login = a.os_login WHERE a.os_login = ?",
        (login,),
    ).fetchone()
    return Actor(row[0], row[1], row[2], _roles(row[3]) | _roles(row[4]), None) if row else None


def actor_for_person(conn: sqlite3.Connection, login: str) -> Actor | None:
    """The person with that login, limited to the own client when there is one."""
    row = conn.execute(
        "SELECT p.id, p.login, p.name, p.roles, c.code FROM person p LEFT JOIN client c ON c.id = p.client_id WHERE p.login = ?",
        (login,),
    ).fetchone()
    if row is None:
        return None
    return Actor(row[0], row[1], row[2], _roles(row[3]), frozenset({row[4]}) if row[4] else None)


def as_of_now(conn: sqlite3.Connection, actor: Actor) -> Actor:
    """The same actor with what the desk says of them now; whoever is not known to it any more has no role and sees nothing."""
    if actor.owns_desk:
        return owner(conn)
    now = actor_for_person(conn, actor.login)
    if now is None or now.id != actor.id:
        now = actor_for_account(conn, actor.login)
    return now or Actor(actor.id, actor.login, actor.name, frozenset(), frozenset())


def _roles(text: str | None) -> frozenset[str]:
    return frozenset(text.split(_SPLIT)) if text else frozenset()


def people(conn: sqlite3.Connection, scope: Scope) -> tuple[Person, ...]:
    """The people in view, by login; those without a client are seen by everybody."""
    condition, values = scope.where("c.code")
    return _people(conn, f"p.client_id IS NULL OR {condition}", values)


def choices(conn: sqlite3.Connection, scope: Scope) -> tuple[tuple[str, str], ...]:
    """The same people as login and name: of very many nothing else is read to choose one."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT p.login, p.name FROM person p LEFT JOIN client c ON c.id = p.client_id"
        f" WHERE p.client_id IS NULL OR {condition} ORDER BY p.login",
        values,
    )
    return tuple(rows.fetchall())


def with_roles(conn: sqlite3.Connection, scope: Scope, client: str) -> tuple[Person, ...]:
    """Who in view has any role at a client or in the desk's own organisation, by login: few of very many people."""
    condition, values = scope.where("c.code")
    return _people(conn, f"p.roles <> '' AND (p.client_id IS NULL OR c.code = ? AND {condition})", (client, *values))


def _people(conn: sqlite3.Connection, condition: str, values: Sequence[str]) -> tuple[Person, ...]:
    from changedesk.domain.records import Person

    rows = conn.execute(
        "SELECT p.id, p.rev, p.login, p.name, c.code, p.roles FROM person p"
        f" LEFT JOIN client c ON c.id = p.client_id WHERE {condition} ORDER BY p.login",
        values,
    )
    return tuple(
        Person(row[0], row[1], row[2], row[3], row[4], tuple(row[5].split(_SPLIT)) if row[5] else ()) for row in rows
    )


def logins(conn: sqlite3.Connection, scope: Scope) -> frozenset[str]:
    """The logins of the people in view: of a desk with very many people much sooner there than the people are."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT p.login FROM person p LEFT JOIN client c ON c.id = p.client_id"
        f" WHERE p.client_id IS NULL OR {condition}",
        values,
    )
    return frozenset(login for (login,) in rows)


def unknown(conn: sqlite3.Connection, scope: Scope, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that nobody in view has as login and no account either; none where no person is in view at all."""
    condition, values = scope.where("c.code")
    seen = f"FROM person p LEFT JOIN client c ON c.id = p.client_id WHERE (p.client_id IS NULL OR {condition})"
    if conn.execute(f"SELECT 1 {seen} LIMIT 1", values).fetchone() is None:
        return frozenset()
    known = f"SELECT 1 {seen} AND p.login = ? UNION ALL SELECT 1 FROM account WHERE os_login = ?"
    return frozenset(name for name in names if conn.execute(known, (*values, name, name)).fetchone() is None)


def is_administrator(roles: str) -> str:
    """The condition in SQL that these roles, a column of it, hold that of administrator; of nobody's roles it does not hold."""
    return f"';' || ifnull({roles}, '') || ';' LIKE '%;administrator;%'"


def administrators(conn: sqlite3.Connection) -> frozenset[str]:
    """The logins of the people who administer this desk."""
    rows = conn.execute(f"SELECT login FROM person WHERE {is_administrator('roles')}")
    return frozenset(login for (login,) in rows)


def acted(conn: sqlite3.Connection, people: str) -> int:
    """How many of these people, a query for their ids, have done anything on this desk: their names stand under it.

    Whoever wrote a vote down is who acted; the vote is another's.
    """
    named = "SELECT actor AS id FROM audit UNION SELECT voter FROM vote UNION SELECT on_behalf_of FROM vote"
    return int(conn.execute(f"SELECT count(*) FROM ({named}) WHERE id IN ({people})").fetchone()[0])


def names(conn: sqlite3.Connection, wanted: Iterable[str]) -> dict[str, str]:
    """What the people with these logins are called; who is not on the desk is left out."""
    several = sorted(set(wanted))
    marks = ", ".join("?" * len(several))
    return dict(conn.execute(f"SELECT login, name FROM person WHERE login IN ({marks})", several))


def reference(conn: sqlite3.Connection, name: str) -> str:
    """The id by which the audit names somebody: of the person with that login, else of the name's first mention."""
    row = conn.execute("SELECT id FROM person WHERE login = ?", (name,)).fetchone()
    row = row or conn.execute("SELECT id FROM account WHERE os_login = ?", (name,)).fetchone()
    row = row or conn.execute("SELECT id FROM mention WHERE name = ?", (name,)).fetchone()
    if row:
        return str(row[0])
    mention = new_id()
    conn.execute("INSERT INTO mention (id, name) VALUES (?, ?)", (mention, name))
    return mention


def name_of(conn: sqlite3.Connection, reference_id: str) -> str:
    """The login or name behind an id; an erased one is said to be erased."""
    for query in (
        "SELECT login FROM person WHERE id = ?",
        "SELECT os_login FROM account WHERE id = ?",
        "SELECT name FROM mention WHERE id = ?",
    ):
        if row := conn.execute(query, (reference_id,)).fetchone():
            return str(row[0])
    return "somebody erased"
