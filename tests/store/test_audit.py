"""The chain: one way to write an event down, and any change to any of it is seen at exactly that link."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changedesk.store.trail import audit

FIELDS = ("seq", "at", "actor", "kind", "subject", "body", "prev", "hash")

bodies = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@contextmanager
def a_chain(length: int) -> Iterator[sqlite3.Connection]:
    """A chain without its guards."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.execute(
            "CREATE TABLE audit (seq INTEGER, at TEXT, actor TEXT, kind TEXT, subject TEXT, body TEXT, prev TEXT, hash TEXT)"
        )
        for number in range(length):
            audit.append(
                conn, f"2026-11-26T14:02:0{number}.000Z", "me", "test.made", f"s{number % 2}", {"n": number, "é": 1.5}
            )
        yield conn


@pytest.mark.requirement("R95")
def test_an_event_is_sealed_as_the_documents_say() -> None:
    with a_chain(1) as conn:
        (event,) = audit.events(conn)
    content = (
        '{"actor":"me","at":"2026-11-26T14:02:00.000Z","body":"{\\"n\\":0,\\"\\\\u00e9\\":\\"1.5\\"}",'
        '"kind":"test.made","seq":1,"subject":"s0"}'
    )
    assert event.prev == "0" * 64
    assert event.hash == hashlib.sha256(f"changedesk audit 1\n{'0' * 64}\n{content}".encode()).hexdigest()


@pytest.mark.requirement("R95")
def test_a_chain_that_nobody_touched_holds() -> None:
    with a_chain(5) as conn:
        assert audit.check_chain(conn) == audit.ChainCheck(5, None, "")
        assert [event.seq for event in audit.events(conn, "s1")] == [2, 4]
    with a_chain(0) as conn:
        assert audit.check_chain(conn) == audit.ChainCheck(0, None, "")


@pytest.mark.requirement("R95")
@given(
    st.integers(1, 5),
    st.sampled_from(FIELDS),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=70),
)
def test_any_change_to_any_field_is_seen_at_exactly_that_link(link: int, field: str, text: str) -> None:
    with a_chain(5) as conn:
        before = conn.execute(f"SELECT {field} FROM audit WHERE seq = ?", (link,)).fetchone()[0]
        value: object = 1000 + len(text) if field == "seq" else text
        conn.execute(f"UPDATE audit SET {field} = ? WHERE seq = ?", (value, link))
        found = audit.check_chain(conn)
        # An event that lost its number sorts last, so it is the next one that is out of place; it has the lost number.
        assert found.broken_at == (None if value == before else link)
        assert bool(found.reason) == (value != before)


@pytest.mark.requirement("R95")
@given(st.integers(1, 5), st.integers(1, 5))
def test_two_events_that_change_places_are_seen(one: int, other: int) -> None:
    with a_chain(5) as conn:
        conn.execute(
            "UPDATE audit SET seq = CASE seq WHEN ? THEN ? ELSE ? END WHERE seq IN (?, ?)",
            (one, other, one, one, other),
        )
        found = audit.check_chain(conn)
        assert found.broken_at == (None if one == other else min(one, other))


@pytest.mark.requirement("R95")
@given(st.integers(1, 4))
def test_an_event_that_is_taken_out_is_named(link: int) -> None:
    with a_chain(5) as conn:
        conn.execute("DELETE FROM audit WHERE seq = ?", (link,))
        assert audit.check_chain(conn) == audit.ChainCheck(link, link, f"event {link} is missing")


@given(bodies)
def test_a_body_is_written_in_one_way_and_read_back(body: object) -> None:
    text = audit.canonical(body)
    assert text.isascii()
    assert audit.canonical(json.loads(text)) == text


def test_a_body_holds_days_and_instants_as_text_and_nothing_that_has_no_exact_form() -> None:
    body = {"b": date(2026, 11, 26), "a": datetime(2026, 11, 26, 14, 2, tzinfo=UTC), "c": (1, 0.1)}
    assert audit.canonical(body) == '{"a":"2026-11-26T14:02:00+00:00","b":"2026-11-26","c":[1,"0.1"]}'
    with pytest.raises(TypeError, match="cannot hold bytes"):
        audit.canonical({"raw": b""})


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=5), st.integers(), max_size=6))
def test_the_order_in_which_a_body_was_put_together_does_not_matter(body: dict[str, int]) -> None:
    assert audit.canonical(dict(reversed(body.items()))) == audit.canonical(body)


@pytest.mark.requirement("R95")
@given(st.integers(1, 4))
def test_an_event_that_was_rewritten_and_sealed_anew_breaks_the_one_after_it(link: int) -> None:
    with a_chain(5) as conn:
        event = list(audit.events(conn))[link - 1]
        forged = audit.seal(event.seq, event.at, "somebody", event.kind, event.subject, event.body, event.prev)
        conn.execute("UPDATE audit SET actor = 'somebody', hash = ? WHERE seq = ?", (forged, link))
        found = audit.check_chain(conn)
        assert (found.broken_at, found.reason) == (link + 1, f"event {link + 1} does not follow on the event before it")
