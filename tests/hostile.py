"""A desk whose every free text attacks, written past every door: whoever shows it cannot count on what was cleaned before."""

from __future__ import annotations

import shutil
import sqlite3
import unicodedata
from pathlib import Path

from builders import at
from changedesk.store.desk.database import Desk

ATTACKS = (
    "[/][red]x \x1b]0!x\x07\x1b[2J\x9b31m\u202e\u200b<b>&{0}%s\U0001f469\u200d\U0001f467" + "e" + "\u0301" * 20 + " ",
    "=1+1\t\r\n[/]\x1b[31m\x85\u2028\u2066 ",
)
"""Markup, escapes, C1 codes, a title, directions, what takes no column or two, and a formula of a spreadsheet."""

_NAMED = {("service", "name"), ("ticket", "service"), ("change_request", "services"), ("ticket", "category")}
"""What is found again by its text gets the same attack everywhere."""

_OF_A_FORM = {"business_hours", "body", "risk_answers", "panel", "content", "ceiling", "applied_at", "code", "id"}
"""What is no text of a person but of the program."""


def attacked(source: Path, path: Path) -> Path:
    """A copy of the desk with an attack before every free text of every record, and two texts of megabytes; summaries made anew."""
    shutil.copyfile(source, path)
    path.chmod(0o600)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA ignore_check_constraints = ON")
    rules = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in rules:
        conn.execute(f"DROP TRIGGER {name}")
    tables = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall()
    for (table,) in tables:
        for _, column, kind, *_rest in conn.execute(f"PRAGMA table_info({table})").fetchall():
            if kind == "TEXT" and column not in _OF_A_FORM and not column.endswith(("_id", "_at")):
                _attack(conn, table, column)
    conn.execute("UPDATE initiative SET charter = ? WHERE code = 'MFA'", ("x" * 10_000_000,))
    conn.execute(
        "UPDATE initiative SET title = title || ? WHERE code = 'ARCH'", ("a" + "\u0301" * 10_000 + "y" * 1_000_000,)
    )
    for _, sql in rules:
        conn.execute(sql)
    conn.close()
    with Desk(path, at()) as desk, desk.write("the test") as transaction:
        for (initiative,) in transaction.conn.execute("SELECT id FROM initiative").fetchall():
            transaction.touch(initiative)
        transaction.record("test.made", "x", {})
    return path


def _attack(conn: sqlite3.Connection, table: str, column: str) -> None:
    """A column in which anything has two words holds free text."""
    if not conn.execute(f"SELECT sum(instr({column}, ' ')) FROM {table}").fetchone()[0]:
        return
    for number, attack in enumerate(ATTACKS):
        mine = f"{column} IS NOT NULL AND rowid % {len(ATTACKS)} = {number}"
        if (table, column) in _NAMED:
            attack, mine = ATTACKS[0], f"{column} IS NOT NULL AND {number} = 0"
        conn.execute(f"UPDATE {table} SET {column} = ? || {column} WHERE {mine}", (attack,))


def acting(text: str) -> set[str]:
    """The characters of it that could act, hide or turn a line around; line feeds apart."""
    return {
        char for char in set(text) if char != "\n" and not char.isprintable() and unicodedata.category(char) != "Zs"
    }
