"""Random histories of changes on a real desk: whatever people try, the invariants of DOMAIN 2.3 hold after every step."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from builders import NOW, a_client, a_desk, a_person, found
from changedesk.domain.control.approval import valid_votes
from changedesk.domain.control.policy import Policy, Route, StepRule
from changedesk.domain.words import VOTES
from changedesk.errors import ChangeDeskError
from changedesk.services.control import reading
from changedesk.services.control.approvals import delegating, voting
from changedesk.services.control.changes import asking, running
from changedesk.services.control.learning import reviewing
from changedesk.services.control.rules import policies, templates
from changedesk.services.session import Session, open_session
from changedesk.store.proving.check import check

HOUR = timedelta(hours=1)
ROLES = {"req": ("requester",), "impl": ("implementer",), "cm": ("change_manager",)}
CAST = ("req", "impl", "cm", "cab1", "cab2", "cab3")
BODY = {"title": "Patch", "backout_plan": "restore", "risk": "low", "services": ("mail",)}
EDGES = {
    ("draft", "assessing"), ("draft", "scheduled"), ("draft", "authorizing"), ("draft", "implementing"),
    ("assessing", "authorizing"), ("assessing", "draft"), ("assessing", "rejected"),
    ("authorizing", "scheduled"), ("authorizing", "draft"), ("authorizing", "rejected"), ("authorizing", "assessing"),
    ("scheduled", "implementing"), ("scheduled", "assessing"), ("scheduled", "authorizing"), ("scheduled", "draft"),
    ("rejected", "draft"), ("implementing", "review"), ("review", "closed"),
    *((state, "cancelled") for state in ("draft", "assessing", "authorizing", "scheduled", "rejected")),
}  # fmt: skip
"""The edges of the machine in DOMAIN 2.2."""

POLICY = Policy(
    (
        Route(
            "normal",
            (
                StepRule("Assessment", "assess", "any", ("cm",)),
                StepRule("CAB", "authorize", "at_least", ("cab1", "cab2", "cab3"), number=2),
            ),
        ),
        Route("emergency", (StepRule("ECAB", "authorize", "at_least", ("cab1", "cab2"), number=1, freeze_number=2),)),
    ),
    records_votes=True,
)
STRICTER = Policy(
    (
        Route("normal", (POLICY.routes[0].steps[0], StepRule("All", "authorize", "all", ("cab1", "cab2", "cab3")))),
        Route("emergency", (StepRule("All", "authorize", "all", ("cab1", "cab2", "cab3")),)),
    )
)


seldom = st.sampled_from((False, False, True))
"""What ends a history is not tried at every turn, or few would come far."""


class Histories(RuleBasedStateMachine):
    """People at one desk, each trying what comes to mind."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.now = NOW
        self.closed: tuple[object, ...] | None = None
        self.steps: dict[int, tuple[str, ...]] = {}

    @initialize(path=st.sampled_from(["normal", "emergency", "standard"]), frozen=st.booleans())
    def begin(self, path: str, frozen: bool) -> None:
        self.desk = a_desk(Path(self._folder.name))
        self.desk.clock = lambda: self.now
        client = a_client(self.desk)
        for login in CAST:
            a_person(self.desk, login, *ROLES.get(login, ("cab", "ecab")), client="alder")
        a_person(self.desk, "sub", client="alder")
        policies.set_policy(open_session(self.desk), "alder", POLICY)
        templates.propose(self.as_("cm"), "alder", "patch", BODY)
        templates.approve(self.as_("cab1"), "alder", "patch", NOW + timedelta(days=90))
        self.path = path
        self.start = NOW + 2 * HOUR
        self.number = asking.new(self.as_("req"), self.texts())
        if frozen:
            with self.desk.write("the test") as transaction:
                transaction.conn.execute(
                    "INSERT INTO time_window (id, client_id, kind, title, starts_at, ends_at)"
                    " VALUES (new_id(), ?, 'freeze_hard', 'Year end', ?, ?)",
                    (client, "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z"),
                )
                transaction.record("test.frozen", client, {})
        self.frozen = frozen

    def texts(self) -> dict[str, str]:
        return {
            "client": "alder",
            "title": "Patch",
            "path": self.path,
            "services": "mail",
            "planned_start": self.start.isoformat(),
            "planned_end": (self.start + HOUR).isoformat(),
            "backout_plan": "restore",
            "implementer": "impl",
            "risk": "low",
            **({"template": "patch"} if self.path == "standard" else {}),
        }

    def as_(self, login: str) -> Session:
        return open_session(self.desk, login)

    def tries(self, do: Callable[[], object]) -> None:
        """What is refused is refused in words, and changes nothing."""
        before = self.view()
        try:
            do()
        except ChangeDeskError:
            assert self.view() == before
        else:
            state, _ = self.view()
            assert before[0] == state or (before[0], state) in EDGES, (before[0], state)

    def view(self) -> tuple[str, int]:
        view = reading.change_view(open_session(self.desk), self.number)
        return view.change.state, view.change.revision

    @rule(who=st.sampled_from(CAST), title=st.sampled_from(["Patch", "Patch it", "Patch them"]))
    def edit(self, who: str, title: str) -> None:
        self.tries(lambda: asking.edit(self.as_(who), self.number, {"title": title}))

    @rule(who=st.sampled_from(CAST), hours=st.integers(-30, 30))
    def move(self, who: str, hours: int) -> None:
        start = self.now + hours * HOUR
        texts = {"planned_start": start.isoformat(), "planned_end": (start + HOUR).isoformat()}
        self.tries(lambda: asking.edit(self.as_(who), self.number, texts))

    @rule(incident=st.sampled_from([None, "INC-1"]))
    def submit(self, incident: str | None) -> None:
        self.tries(lambda: asking.submit(self.as_("req"), self.number, incident))

    @rule(who=st.sampled_from(CAST), decision=st.sampled_from((*VOTES, "approve", "approve", "approve")))
    def vote(self, who: str, decision: str) -> None:
        self.tries(lambda: voting.vote(self.as_(who), self.number, decision, comment="because"))

    @rule(place=st.integers(0, 3), decision=st.sampled_from(VOTES))
    def a_seat_votes(self, place: int, decision: str) -> None:
        """Whoever is asked says something, not only yes."""
        step = reading.change_view(open_session(self.desk), self.number).s.waiting_step
        if step is not None and step.seats:
            who = step.seats[place % len(step.seats)]
            self.tries(lambda: voting.vote(self.as_(who), self.number, decision, comment="because"))

    @rule(of=st.sampled_from(CAST), to=st.sampled_from(("sub", "req", "cab2")))
    def stand_in(self, of: str, to: str) -> None:
        today = self.now.date()
        self.tries(lambda: delegating.give_delegation(self.as_(of), to, today, today + timedelta(days=2)))

    @rule(
        who=st.sampled_from(("sub", "req", "cm", "cab2")),
        seat=st.sampled_from(CAST),
        shown=st.sampled_from((None, "mail")),
    )
    def vote_for_somebody(self, who: str, seat: str, shown: str | None) -> None:
        self.tries(lambda: voting.vote(self.as_(who), self.number, "approve", seat=seat, evidence=shown))

    @rule(policy=st.sampled_from((POLICY, STRICTER)))
    def the_policy_changes(self, policy: Policy) -> None:
        self.tries(lambda: policies.set_policy(self.as_("cm"), "alder", policy))

    @rule(really=seldom)
    def the_template_is_retired(self, really: bool) -> None:
        if really:
            self.tries(lambda: templates.retire(self.as_("cm"), "alder", "patch", "no longer used"))

    @rule(decision=st.sampled_from(("reject", "request_changes")), really=seldom)
    def everybody_of_the_step_is_against_it(self, decision: str, really: bool) -> None:
        """What nobody wants comes to its end as well, wherever it waits."""
        step = reading.change_view(open_session(self.desk), self.number).s.waiting_step
        if step is None or not really:
            return
        for who in step.seats:
            self.tries(
                lambda who=who: voting.vote(self.as_(who), self.number, decision, comment="not so")  # type: ignore[misc]
            )

    @rule()
    def everybody_approves(self) -> None:
        for who in ("cm", "cab1", "cab2"):
            self.tries(lambda who=who: voting.vote(self.as_(who), self.number, "approve"))  # type: ignore[misc]

    @rule(who=st.sampled_from(CAST))
    def starts(self, who: str) -> None:
        self.tries(lambda: running.start(self.as_(who), self.number))

    @rule(words=st.sampled_from([("cab1",), ("impl",), ("cab1", "cab2"), ("cab1", "cab1")]))
    def acts_first(self, words: tuple[str, ...]) -> None:
        self.tries(lambda: running.act_first(self.as_("impl"), self.number, words, "INC-2"))

    @rule(outcome=st.sampled_from(["successful", "with_issues", "failed"]))
    def finish(self, outcome: str) -> None:
        self.tries(lambda: running.finish(self.as_("impl"), self.number, outcome, [running.Proof("done")]))

    @rule()
    def back_out(self) -> None:
        self.tries(lambda: running.back_out(self.as_("impl"), self.number, "it failed"))

    @rule(who=st.sampled_from(["cm", "impl"]))
    def review(self, who: str) -> None:
        self.tries(lambda: reviewing.review(self.as_(who), self.number, "it went"))

    @rule(who=st.sampled_from(["cm", "impl"]))
    def close(self, who: str) -> None:
        self.tries(lambda: reviewing.close(self.as_(who), self.number))

    @rule(verb=st.sampled_from([asking.hold, asking.release]))
    def hold(self, verb: Callable[[Session, str, str], None]) -> None:
        self.tries(lambda: verb(self.as_("req"), self.number, "wait"))

    @rule(really=seldom)
    def cancel(self, really: bool) -> None:
        if really:
            self.tries(lambda: asking.cancel(self.as_("req"), self.number, "not needed"))

    @rule(minutes=st.integers(1, 180))
    def time_passes(self, minutes: int) -> None:
        state, _ = self.view()
        self.now += timedelta(minutes=minutes)
        assert self.view()[0] == state

    @rule()
    def it_goes_on(self) -> None:
        """Whoever may takes the next step, so that histories come to their end, too."""
        view = reading.change_view(open_session(self.desk), self.number)
        match view.change.state:
            case "draft" | "rejected":
                self.submit("INC-3")
            case "assessing" | "authorizing":
                self.everybody_approves()
            case "scheduled":
                self.now = max(self.now, view.change.content.planned_start)
                self.starts("impl")
            case "implementing":
                self.finish("successful")
            case "review":
                self.everybody_approves()
                self.review("cm")
                self.close("cm")

    @invariant()
    def no_person_of_the_change_has_a_vote_that_counts(self) -> None:
        for view in self.views():
            for step in view.s.steps:
                cast = valid_votes(step, view.s.votes)
                assert not {vote.voter for vote in cast} & view.change.people
                assert len({vote.voter for vote in cast}) == len(cast)

    @invariant()
    def votes_that_count_name_what_stands_there(self) -> None:
        for view in self.views():
            change = view.change
            for vote in view.s.votes:
                same = (vote.revision, vote.round, vote.digest) == (change.revision, change.round, change.digest)
                assert vote.counts == same

    @invariant()
    def what_runs_was_allowed_and_meets_no_freeze(self) -> None:
        for view in self.views():
            change = view.change
            if change.state in ("scheduled", "implementing") and change.content.path != "emergency":
                assert view.s.approval == "approved" or view.s.withdrawn
                assert not view.s.freezes
            if change.state == "implementing" and change.content.path == "emergency":
                assert view.s.approval == "approved" or change.acted_first
            if change.acted_first:
                assert change.retro_due is not None
            if change.state == "closed":
                assert change.outcome is not None
                assert view.evidence
                assert not (view.s.review is None and view.review_wanted)
                if change.acted_first:
                    assert view.s.approval != "pending"
                    assert view.s.authorised is not None

    @invariant()
    def each_state_has_its_one_event(self) -> None:
        for view in self.views():
            rows = found(self.desk, "SELECT body FROM audit WHERE subject = ? ORDER BY seq", view.change.id)
            told = [json.loads(row[0]) for row in rows if "to" in row[0]]
            told = [body for body in told if "to" in body]
            assert told[-1]["to"] == view.change.state
            for before, after in pairwise(told):
                assert after["from"] == before["to"]

    @invariant()
    def a_change_keeps_the_policy_that_it_was_submitted_under(self) -> None:
        for view in self.views():
            if view.change.policy is not None and view.change.state != "draft":
                steps = tuple(step.step.name for step in view.steps)
                assert self.steps.setdefault(view.change.round, steps) == steps

    @invariant()
    def what_is_closed_stays_as_it_is(self) -> None:
        for view in self.views():
            if view.change.state == "closed":
                (row,) = found(self.desk, "SELECT * FROM change_request WHERE id = ?", view.change.id)
                self.closed = self.closed or row
                assert row == self.closed

    @invariant()
    def nobody_votes_for_those_of_the_change_and_what_is_written_down_has_its_evidence(self) -> None:
        for view in self.views():
            for vote in view.s.votes:
                if vote.counts:
                    assert vote.on_behalf_of not in view.change.people
                    assert vote.recorded_by is None or vote.evidence or vote.recorded_by == "desk.owner"

    def views(self) -> list[reading.ChangeView]:
        return [reading.change_view(open_session(self.desk), self.number)] if hasattr(self, "number") else []

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            assert check(self.desk, None).problems == ()
            self.desk.close()
        self._folder.cleanup()


@pytest.mark.requirement("R87", "R89", "R95", "R106")
class TestHistories(Histories.TestCase):  # type: ignore[misc,name-defined]
    settings = settings(max_examples=7, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck))
