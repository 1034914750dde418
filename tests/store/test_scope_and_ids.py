"""Client isolation in every query, and ids that are unique everywhere."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_desk, a_person, an_initiative, record
from changedesk.store import clients, people, times, upcoming
from changedesk.store.ids import IdMaker
from changedesk.store.initiative import initiatives
from changedesk.store.scope import Scope
from changedesk.store.summaries import initiative_summaries

codes = st.sets(st.sampled_from("abcdef"))


@pytest.mark.requirement("R108")
@given(st.none() | codes, st.none() | st.sampled_from("abcdefg"))
def test_narrowing_never_widens_a_scope(seen: set[str] | None, client: str | None) -> None:
    scope = Scope(None if seen is None else frozenset(seen))
    narrowed = scope.narrowed(client)
    if client is None:
        assert narrowed == scope
    else:
        assert narrowed.clients == (frozenset({client}) if seen is None or client in seen else frozenset())


@pytest.mark.requirement("R108")
def test_every_list_holds_only_what_is_in_scope(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        ours, theirs = an_initiative().on(desk), an_initiative().named("THEIRS").of("birch").on(desk)
        record(desk, "audience", initiative_id=theirs, name="wave", headcount=1, go_live="2026-11-27")
        a_person(desk, "ann", client="alder")
        a_person(desk, "bob", client="birch")
        a_person(desk, "kim")
        conn, alder, nobody = desk.reader(), Scope(frozenset({"alder"})), Scope(frozenset())
        day = times.day("2026-11-27")
        assert day is not None
        assert [client.code for client in initiatives.clients(conn, alder)] == ["alder"]
        assert set(clients.client_names(conn, alder)) == {"alder"}
        assert initiatives.initiative_by_code(conn, alder, "THEIRS") is None
        assert initiatives.initiative_by_id(conn, alder, theirs) is None
        assert [s.initiative_id for s in initiative_summaries.standings(conn, alder)] == [ours]
        assert upcoming.upcoming(conn, alder, day, day) == []
        assert len(upcoming.upcoming(conn, Scope(None), day, day)) == 1
        assert [person.login for person in people.people(conn, alder)] == ["ann", "kim"]
        assert [login for login, _ in people.choices(conn, alder)] == ["ann", "kim"]
        assert initiative_summaries.standings(conn, nobody) == []
        assert initiatives.clients(conn, nobody) == ()


@pytest.mark.fault("F13")
def test_ids_only_grow_however_many_make_them_at_once_and_even_when_the_clock_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make, made = IdMaker(), []
    moments = [5_000_000_000, 4_000_000_000, 5_000_000_000, 6_000_000_000]
    monkeypatch.setattr(time, "time_ns", lambda: moments[len(made) % 4])
    for _ in range(400):
        made.append(make())
    assert made == sorted(set(made))
    assert {len(one) for one in made} == {26}
    monkeypatch.undo()
    many: list[str] = []
    threads = [threading.Thread(target=lambda: many.extend(make() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(many)) == 2000
