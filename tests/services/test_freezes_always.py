"""Whatever windows come, move and go, and whatever changes do: no scheduled change lies in a hard freeze (invariant 11)."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from calendar_desks import START, a_control_desk, a_window, ask_for, scheduled, state_of
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import as_person
from changedesk.domain.control.windows import hard_freezes
from changedesk.errors import ChangeDeskError
from changedesk.services.control.approvals import voting
from changedesk.services.control.calendar import windows
from changedesk.services.control.changes import asking
from changedesk.services.control.situation import spans
from changedesk.services.records import records, undoing
from changedesk.services.session import open_session
from changedesk.store.control import calendar
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from changedesk.store.scope import Scope

days = st.integers(0, 6)
steps = st.one_of(
    st.tuples(st.just("ask"), days, st.sampled_from(("network", "mail", ""))),
    st.tuples(st.just("vote"), st.integers(0, 3), st.sampled_from(("manager", "cab1", "cab2"))),
    st.tuples(st.just("freeze"), days, st.sampled_from(("", "service:network", "FREQ=WEEKLY", "everybody"))),
    st.tuples(st.just("move"), st.integers(0, 3), days),
    st.tuples(st.just("soften"), st.integers(0, 3), st.sampled_from(("freeze_hard", "freeze_soft", "maintenance"))),
    st.tuples(st.just("remove"), st.integers(0, 3), st.none()),
    st.tuples(st.just("undo"), st.none(), st.none()),
    st.tuples(st.just("zone"), st.sampled_from(("Pacific/Kiritimati", "America/Los_Angeles", "Europe/Dublin")), st.none()),
    st.tuples(st.just("edit"), st.integers(0, 3), days),
)  # fmt: skip


def do(desk: Desk, numbers: list[str], step: tuple) -> None:
    """One step of a history; what the rules refuse changes nothing."""
    what, one, other = step
    owner = open_session(desk)
    kept = records.listed(owner, "windows")
    window = kept[one % len(kept)] if kept and what in ("move", "soften", "remove") else None
    match what:
        case "ask":
            number = ask_for(desk, start=START + timedelta(days=one), services=other)
            asking.submit(as_person(desk, "alder.asks"), number)
            numbers.append(number)
        case "vote" if numbers:
            voting.vote(as_person(desk, f"alder.{other}"), numbers[one % len(numbers)], "approve")
        case "edit" if numbers:
            at = START + timedelta(days=other)
            texts = {"planned_start": at.isoformat(), "planned_end": (at + timedelta(hours=1)).isoformat()}
            asking.edit(as_person(desk, "alder.asks"), numbers[one % len(numbers)], texts)
        case "freeze":
            at = (START + timedelta(days=one)).replace(tzinfo=None)
            where = (
                {"client": ""}
                if other == "everybody"
                else {"scope": other}
                if other.startswith("s")
                else {"rrule": other}
            )
            a_window(
                owner, title=f"F{len(kept)}", start=at.isoformat(), end=(at + timedelta(hours=2)).isoformat(), **where
            )
        case "move" if window:
            at = (START + timedelta(days=other)).replace(tzinfo=None)
            moved = {"start": at.isoformat(), "end": (at + timedelta(hours=3)).isoformat()}
            records.save(owner, "windows", window, window.values | moved)
        case "soften" if window:
            records.save(owner, "windows", window, window.values | {"kind": other})
        case "remove" if window:
            windows.remove(owner, window.id or "")
        case "undo":
            undoing.undo(owner, undoing.last_change(owner).seq)
        case "zone":
            client = records.listed(owner, "clients")[0]
            records.save(owner, "clients", client, client.values | {"timezone": one})
        case _:
            pass


@settings(max_examples=12)
@given(st.lists(steps, min_size=4, max_size=14))
def test_no_history_leads_a_scheduled_change_into_a_hard_freeze(history):
    with tempfile.TemporaryDirectory() as folder, a_control_desk(Path(folder)) as desk:
        # Votes drawn one by one hardly ever schedule anything that a freeze could hit.
        numbers = [scheduled(desk, start=START + timedelta(days=day)) for day in (1, 3)]
        assert {state_of(desk, number) for number in numbers} == {"scheduled"}
        for step in history:
            try:
                do(desk, numbers, step)
            except ChangeDeskError:
                continue
            conn = desk.reader()
            for change in calendar.scheduled(conn, Scope(None)):
                laid = spans(conn, Scope(None), change.start, change.end, ("freeze_hard",))
                assert hard_freezes(laid, change.client, change.services, change.start, change.end) == []
        assert check.check(desk, None).problems == ()
