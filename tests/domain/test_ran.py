"""What may be said afterwards of when a change ran, moment by moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from control_builders import CONTENT, a_request

from builders import NOW
from changedesk.domain.control.ran import Ran, ran_of, refuse_ran
from changedesk.domain.control.situation import GoLiveLight, Situation
from changedesk.domain.control.windows import Span

HOUR = timedelta(hours=1)
FROZEN = Span("w", "freeze_hard", "alder", None, "Year end", NOW - 9 * HOUR, NOW + HOUR)


def _running(**fields: object) -> Situation:
    """A change whose window is open since two hours, which was decided a day before and started an hour ago."""
    usual = {
        "content": replace(CONTENT, planned_start=NOW - 2 * HOUR, planned_end=NOW + HOUR),
        "state": "implementing",
        "actual_start": NOW - HOUR,
        "decided_at": NOW - 24 * HOUR,
    }
    return Situation(a_request(**{**usual, **fields}), NOW)


def _said(
    s: Situation,
    began: timedelta | None,
    ended: timedelta | None = None,
    *,
    frozen: tuple[Span, ...] = (),
    held: bool = False,
) -> str | None:
    """Why it cannot be; both moments are so long from now."""
    ran = Ran(None if began is None else NOW + began, None if ended is None else NOW + ended)
    refused = refuse_ran(s, ran, frozen, held=held)
    return refused[1] if refused else None


def test_it_may_have_begun_before_it_was_started_here_and_ended_before_that_is_said() -> None:
    assert _said(_running(), -1.5 * HOUR, -0.5 * HOUR) is None


def test_what_nobody_says_is_when_the_desk_was_told() -> None:
    assert Ran().times(_running().change, NOW) == (NOW - HOUR, NOW)
    assert Ran().said == []
    assert Ran(ended=NOW).said == ["ended"]


def test_nothing_of_it_is_still_to_come() -> None:
    late = timedelta(minutes=1)
    assert _said(_running(), late) == "CHG-1 cannot have begun Thu 26 Nov 14:03: that is still to come"
    assert _said(_running(), None, late) == "CHG-1 cannot have ended Thu 26 Nov 14:03: that is still to come"
    assert _said(_running(), -HOUR, timedelta(0)) is None


def test_it_does_not_end_before_it_began() -> None:
    assert "before it began" in str(_said(_running(), None, -1.5 * HOUR))
    assert "before it began" in str(_said(_running(), -1.2 * HOUR, -1.5 * HOUR))


def test_an_end_in_the_minute_of_the_begin_is_not_before_it() -> None:
    s = _running(actual_start=NOW - HOUR + timedelta(seconds=40))
    assert _said(s, None, -HOUR) is None
    assert Ran(ended=NOW - HOUR).times(s.change, NOW) == (s.change.actual_start, s.change.actual_start)


@pytest.mark.parametrize(
    ("fields", "began", "why"),
    [
        ({"decided_at": NOW - HOUR}, -1.5 * HOUR, "it was decided"),
        ({}, -2.5 * HOUR, "its window began"),
        ({}, -2.25 * HOUR, None),
        ({"decided_at": NOW.replace(second=0) - HOUR + timedelta(seconds=40)}, -HOUR, None),
        ({"decided_at": None}, -HOUR, None),
    ],
)
def test_a_change_that_was_voted_on_began_with_leave_and_in_its_window(
    fields: dict[str, object], began: timedelta, why: str | None
) -> None:
    said = _said(_running(**fields), began)
    assert said is None if why is None else why in str(said)


def test_a_change_that_ran_over_did_not_begin_after_its_window() -> None:
    content = replace(_running().change.content, planned_end=NOW - 1.5 * HOUR)
    assert "its window ended" in str(_said(_running(content=content), -1.4 * HOUR))
    assert _said(_running(content=content), -1.6 * HOUR, timedelta(0)) is None
    assert _said(_running(content=content), -1.5 * HOUR, timedelta(0)) is None, "its last moment is one of its window"


def test_a_moment_that_cannot_be_is_told_at_the_one_of_both_that_was_said() -> None:
    def at_fault(began: timedelta | None, ended: timedelta | None) -> str | None:
        ran = Ran(None if began is None else NOW + began, None if ended is None else NOW + ended)
        refused = refuse_ran(_running(), ran, (), held=False)
        return refused and refused[0]

    assert at_fault(HOUR, None) == at_fault(HOUR, HOUR) == at_fault(-3 * HOUR, None) == "began"
    assert at_fault(None, HOUR) == at_fault(-0.5 * HOUR, -0.75 * HOUR) == at_fault(None, -2 * HOUR) == "ended"


def test_neither_in_a_freeze_nor_on_hold() -> None:
    assert str(_said(_running(), -HOUR, frozen=(FROZEN,))).endswith(": the hard freeze Year end was in force")
    assert str(_said(_running(), -HOUR, held=True)).endswith(": it was on hold then")


def test_a_go_live_begins_when_it_is_started_here() -> None:
    s = replace(_running(), light=GoLiveLight("MFA", delivery=True, people=True))
    assert "both sides have signed" in str(_said(s, -1.1 * HOUR))
    assert _said(s, -HOUR, -0.5 * HOUR) is None


def test_an_emergency_on_somebodys_word_may_have_run_before_anybody_wrote_of_it() -> None:
    s = _running(authorisers=("nora",), decided_at=None)
    assert _said(s, -40 * HOUR, -38 * HOUR) is None
    assert "two different people" in str(_said(s, -3 * HOUR, frozen=(FROZEN,)))
    assert _said(_running(authorisers=("nora", "sam"), decided_at=None), -3 * HOUR, frozen=(FROZEN,)) is None


def test_when_it_ran_is_said_by_the_clock_of_the_client() -> None:
    s = _running()
    assert ran_of(replace(s.change, actual_start=None), s.zone, NOW) == ""
    assert ran_of(s.change, s.zone, NOW).startswith("since Thu 26 Nov ")
    ended = replace(s.change, actual_end=NOW)
    assert " to " in ran_of(ended, s.zone, NOW)
