"""Which changes a name means, and what it costs to find them."""

from __future__ import annotations

from pathlib import Path

from builders import a_client, a_desk
from changedesk.store.control import requests
from changedesk.store.scope import Scope


def test_a_change_that_is_named_with_its_client_is_found_without_reading_the_others(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        a_client(desk)
        conn = desk.reader()
        asked: list[str] = []
        conn.set_trace_callback(asked.append)
        named = requests.by_number(conn, Scope(None), "alder/north/C-1")
        conn.set_trace_callback(None)
        # The last one is for a number that itself reads like a client's; only for that are all of them read.
        *plans, _ = [" ".join(step for *_, step in conn.execute(f"EXPLAIN QUERY PLAN {one}")) for one in asked]
    assert named == []
    assert plans
    assert all("SEARCH r USING INDEX" in plan and "SCAN" not in plan for plan in plans)
