"""Improvements of services: nothing is approved without a signal, nothing incidental becomes a project without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import TODAY, a_client, a_desk, a_person, as_person, found, record
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services.initiative.page import initiative
from changedesk.services.service import improving
from changedesk.services.service.page import service_view
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from running_desk import a_service, an_improvement, of_service, people, tickets


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        people(desk)
        yield desk


def event(desk: Desk) -> tuple[str, str]:
    return found(desk, "SELECT kind, body FROM audit ORDER BY seq DESC LIMIT 1")[0]  # type: ignore[return-value]


def _origin(session: Session, code: str) -> list[tuple[str, str]]:
    """Where an initiative says that it came from: the service, and what speaks for the improvement."""
    delivery, _ = initiative(session, code).columns
    return [(fact.value, fact.note) for fact in delivery.facts if fact.name == "Came from"]


@pytest.mark.requirement("R168")
def test_an_improvement_that_nothing_speaks_for_is_not_approved(desk: Desk) -> None:
    improvement = an_improvement(desk, a_service(desk), signals=0)
    with pytest.raises(RuleRefused, match="nothing speaks for Slow yet"):
        improving.approve(open_session(desk), improvement)


def test_approving_deciding_and_implementing_are_told_by_the_audit(desk: Desk) -> None:
    improvement = an_improvement(desk, a_service(desk))
    session = as_person(desk, "sam")
    improving.approve(session, improvement)
    assert event(desk)[0] == "improvement.approved"
    with pytest.raises(RuleRefused, match="say what shows"):
        improving.implement(session, improvement, " ")
    with pytest.raises(BadInput, match="in the future"):
        improving.implement(session, improvement, "patched", TODAY + timedelta(days=1))
    improving.implement(session, improvement, "patched", TODAY - timedelta(days=2))
    row = found(desk, "SELECT state, evidence, implemented_on FROM improvement")
    assert row == [("implemented", "patched", "2026-11-24")]
    assert check.check(desk, None).problems == ()
    with pytest.raises(RuleRefused, match="is implemented already"):
        improving.reject(session, improvement, "too late")


def test_a_rejection_says_why(desk: Desk) -> None:
    improvement = an_improvement(desk, a_service(desk))
    with pytest.raises(RuleRefused, match="say why"):
        improving.reject(as_person(desk, "sam"), improvement, "")
    improving.reject(as_person(desk, "sam"), improvement, "the vendor ends it")
    assert found(desk, "SELECT state, reason FROM improvement") == [("rejected", "the vendor ends it")]


@pytest.mark.requirement("R157")
@pytest.mark.requirement("R169")
def test_a_systemic_one_becomes_an_initiative_that_carries_its_evidence(desk: Desk) -> None:
    service = a_service(desk)
    improvement = an_improvement(desk, service)
    session = open_session(desk)
    improving.approve(session, improvement)
    began = improving.initiate(session, improvement)
    assert _origin(session, began.code) == [("Mail", "Slow; 3 signals")]
    assert found(desk, "SELECT service_id, title, state FROM initiative") == [(service, "Slow", None)]
    view = service_view(session, service)
    assert [(one.code, one.went_live) for one in view.initiatives] == [(began.code, False)]
    assert view.row.loop.station == "project"
    assert check.check(desk, None).problems == ()
    assert check.stale_summaries(desk) == []


@pytest.mark.requirement("R169")
def test_an_incidental_one_takes_a_reason(desk: Desk) -> None:
    improvement = an_improvement(desk, a_service(desk), signals=1)
    session = open_session(desk)
    improving.approve(session, improvement)
    with pytest.raises(RuleRefused, match=r"incidental: 1 signal on 1 day .* takes a reason"):
        improving.initiate(session, improvement)
    assert improving.initiate(session, improvement, reason="the contract ends").code


def test_an_improvement_begins_with_the_plan_of_a_playbook(desk: Desk) -> None:
    improvement = an_improvement(desk, a_service(desk))
    session = open_session(desk)
    improving.approve(session, improvement)
    began = improving.initiate(
        session, improvement, playbook="server-upgrade", go_live=TODAY + timedelta(days=90), code="SRV"
    )
    assert began.code == "SRV"
    assert found(desk, "SELECT count(*) > 5 FROM activity") == [(1,)]
    assert _origin(session, "SRV") == [("Mail", "Slow; 3 signals")]
    with pytest.raises(BadInput, match="a playbook needs a day"):
        improving.initiate(session, improvement, playbook="server-upgrade")


def test_an_initiative_that_is_there_can_answer_one(desk: Desk) -> None:
    service = a_service(desk)
    improvement = an_improvement(desk, service)
    of_service(service).on(desk)
    of_service(a_service(desk, client="birch")).named("B").of("birch").on(desk)
    session = open_session(desk)
    improving.approve(session, improvement)
    with pytest.raises(RuleRefused, match="another client"):
        improving.answer_with(session, improvement, "B")
    improving.answer_with(session, improvement, "MFA")
    assert _origin(session, "MFA") == [("Mail", "Slow; 3 signals")]
    assert _origin(session, "B") == []


@pytest.mark.requirement("R151")
@pytest.mark.requirement("R152")
@pytest.mark.requirement("R110")
@pytest.mark.parametrize("hanging", ["agreement", "service_period", "improvement", "initiative", "ticket"])
def test_a_service_cannot_be_removed_while_something_is_linked_to_it(desk: Desk, hanging: str) -> None:
    service = a_service(desk)
    session = open_session(desk)
    match hanging:
        case "agreement":
            record(desk, "agreement", service_id=service, kind="SLA", metric="csat", target=80.0)
        case "service_period":
            record(desk, "service_period", service_id=service, start_on="2026-10-01", end_on="2026-10-31")
        case "improvement":
            an_improvement(desk, service, signals=0)
        case "initiative":
            of_service(service).on(desk)
        case _:
            tickets(desk, of_service(a_service(desk, "Other")).on(desk), TODAY, TODAY, 3)
    article = "an" if hanging[0] in "aeiou" else "a"
    with pytest.raises(
        RuleRefused, match=f"Mail cannot be removed: there is {article} {hanging.replace('_', ' ')} of it"
    ):
        improving.remove_service(session, service)
    assert found(desk, "SELECT count(*) FROM service WHERE name = 'Mail'") == [(1,)]


@pytest.mark.requirement("R110")
def test_a_service_that_nothing_hangs_on_can_be_removed(desk: Desk) -> None:
    service = a_service(desk)
    with pytest.raises(Denied):
        improving.remove_service(as_person(desk, "chris"), service)
    improving.remove_service(open_session(desk), service)
    assert event(desk)[0] == "service.removed"
    assert found(desk, "SELECT count(*) FROM service") == [(0,)]


def test_improvements_of_another_client_are_unknown(desk: Desk) -> None:
    improvement = an_improvement(desk, a_service(desk, "Files", "birch"))
    a_client(desk, "alder")
    a_person(desk, "other", "administrator", client="alder")
    session = as_person(desk, "other")
    with pytest.raises(BadInput, match="no longer in view"):
        improving.approve(session, improvement)
    with pytest.raises(BadInput, match="there is no service Files of birch in view"):
        improving.improvement_id(session, "birch", "Files", "Slow")
