"""Every action, every role: allowed exactly where the table says so, and every refusal is in the audit."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from control_tries import CHANGE_REACHES, CHANGE_TRIES

from builders import TODAY, a_client, an_initiative, as_person, at, found
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.roles import ALLOWED, EVERYONE, Actor, refusal
from changedesk.domain.words import ROLES
from changedesk.errors import BadInput, ChangeDeskError, Denied
from changedesk.services import checkpoints, desks
from changedesk.services.control.changes import asking
from changedesk.services.control.rules import policies
from changedesk.services.golive import acts as golive_acts
from changedesk.services.imports.exports import export
from changedesk.services.imports.importing import import_file
from changedesk.services.initiative import gates, plans
from changedesk.services.initiative import lists as initiative_lists
from changedesk.services.initiative import page as initiative
from changedesk.services.initiative.closing import close_lane
from changedesk.services.initiative.playbooks import new_from_playbook
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.people import triage_acts
from changedesk.services.portfolio import page as portfolio
from changedesk.services.records import records
from changedesk.services.records.observing import observe
from changedesk.services.service import handing_over, improving
from changedesk.services.session import Session, authorise, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from control_desks import POLICY, texts
from role_desks import ANYBODY

Try = Callable[[Session, Path], object]


def _save(session: Session, form: str, **values: str) -> object:
    blank = records.blank(session, form, "MFA" if FORMS[form].of_initiative else None)
    return records.save(session, form, blank, blank.values | values)


def _id(session: Session) -> str:
    return str(found(session.desk, "SELECT id FROM initiative WHERE code = 'MFA'")[0][0])


def _gap(session: Session) -> str:
    return f"unassessed/{found(session.desk, 'SELECT id FROM audience')[0][0]}"


TRIES: dict[str, Try] = {
    "desk.read": lambda session, folder: (portfolio.portfolio(session), initiative.initiative(session, "MFA")),
    "desk.export": lambda session, folder: export(session, "initiatives", "csv", folder / "out.csv"),
    "desk.verify": lambda session, folder: (
        desks.verify(session),
        checkpoints.write_checkpoint(session, folder / "end.json"),
    ),
    "desk.backup": lambda session, folder: desks.back_up(session, folder / "copy.db"),
    "desk.restore": lambda session, folder: authorise(session, "desk.restore"),
    "initiative.create": lambda session, folder: new_from_playbook(session, "server-upgrade", "alder", TODAY),
    "desk.import": lambda session, folder: import_file(session, folder / "in.csv", "clients"),
    "observation.record": lambda session, folder: observe(session, "MFA", "all", "utilization", "2026-11-20", "1/2"),
    "checklist.tick": lambda session, folder: gates.tick(session, "MFA", "planning", "delivery", "plan", "seen"),
    "checkpoint.sign": lambda session, folder: gates.sign(session, "MFA", "planning", "delivery", "waived"),
    "desk.arrange": lambda session, folder: _save(
        session, "people", login=f"{session.actor.login}.new", name="New", client="alder"
    ),
    "initiative.edit": lambda session, folder: _save(session, "risks", title="Late vendor", kind="delivery"),
    "habit.record": lambda session, folder: _save(session, "workarounds", title="Paper", first_seen="2026-11-20"),
    "impact.record": lambda session, folder: _save(session, "impacts", audience="all", aspect="tools", degree="3"),
    "stakeholder.record": lambda session, folder: _save(session, "stakeholders", stakeholder="Dora"),
    "readiness.record": lambda session, folder: _save(
        session, "readiness_items", about="sponsor", item="Has said so", status="unknown"
    ),
    "survey.record": lambda session, folder: _save(
        session, "surveys", audience="all", date="2026-11-20", respondent="1", desire="2"
    ),
    "survey.see": lambda session, folder: (
        records.listed(session, "surveys", "MFA"),
        export(session, "surveys", "csv", folder / "answers.csv", force=True),
    ),
    "gap.assign": lambda session, folder: triage_acts.assign(session, _id(session), _gap(session), "pat"),
    "gap.snooze": lambda session, folder: triage_acts.snooze(
        session, _id(session), _gap(session), TODAY + timedelta(days=1)
    ),
    "gap.waive": lambda session, folder: triage_acts.waive(
        session, _id(session), _gap(session), "on leave", TODAY + timedelta(days=1)
    ),
    "plan.move": lambda session, folder: plans.move(session, "MFA", "nothing", TODAY + timedelta(days=1)),
    "plan.rebaseline": lambda session, folder: plans.rebaseline(session, "MFA", "the vendor is late"),
    "service.edit": lambda session, folder: _save(
        session, "services", client="alder", service=f"Phones {session.actor.login}"
    ),
    "service.propose": lambda session, folder: _save(
        session, "improvements", client="alder", service="Mail", limitation=f"Slow {session.actor.login}"
    ),
    "service.decide": lambda session, folder: improving.approve(
        session, improving.improvement_id(session, "alder", "Mail", "Slow")
    ),
    "support.record": lambda session, folder: _save(
        session, "duties", client="alder", who=session.actor.login, start="2026-11-26T07:00", end="2026-11-26T15:00"
    ),
    "handover.tick": lambda session, folder: handing_over.tick(session, "MFA", "runbooks", "wiki/1"),
    "handover.accept": lambda session, folder: handing_over.accept(session, "MFA"),
    "hypercare.confirm": lambda session, folder: golive_acts.confirm(session, "MFA", "activity", "seen"),
    "ticket.link": lambda session, folder: golive_acts.link_cause(
        session, golive_acts.ticket_id(session, "T1"), "C1", "the switch"
    ),
    "lane.close": lambda session, folder: close_lane(session, "MFA", "delivery", "waived"),
}
"""Each action of the table as somebody would try it."""


@pytest.fixture
def desk(role_desk: Path, tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "in.csv").write_text("client\nbirch\n")
    with Desk(shutil.copy(role_desk, tmp_path / "desk.db"), at()) as desk:
        yield desk


def _events(desk: Desk) -> list[tuple[str, str, str]]:
    return found(desk, "SELECT kind, actor, body FROM audit ORDER BY seq")


EVERY_TRY = [(action, 0, do) for action, do in TRIES.items()] + [
    (action, place, do) for action, tries in CHANGE_TRIES.items() for place, do in enumerate(tries)
]


def test_every_action_of_the_table_is_tried() -> None:
    assert {action for action, _, _ in EVERY_TRY} == set(ALLOWED)
    assert not set(TRIES) & set(CHANGE_TRIES)


def test_the_table_names_only_roles_that_exist() -> None:
    assert set().union(*ALLOWED.values()) <= {*ROLES, EVERYONE}


def _refused(action: Try, session: Session) -> ChangeDeskError | None:
    """What an action is refused with; one that the table lets in may be stopped by another rule."""
    try:
        action(session, session.desk.path.parent)
    except ChangeDeskError as refused:
        return refused
    return None


@pytest.mark.requirement("R95")
@pytest.mark.parametrize(("action", "place", "do"), EVERY_TRY, ids=lambda part: "" if callable(part) else str(part))
@pytest.mark.fault("F22")
def test_an_action_is_open_to_exactly_the_roles_of_the_table(desk: Desk, action: str, place: int, do: Try) -> None:
    for role in ANYBODY:
        session = as_person(desk, role)
        before = _events(desk)
        refused = _refused(do, session)
        allowed = bool({EVERYONE, role} & ALLOWED[action])
        assert isinstance(refused, Denied) == (not allowed), role
        if isinstance(refused, Denied):
            assert f"{role} may not" in refused.message
            assert _events(desk)[len(before) :] == [("denied", session.actor.id, f'{{"action":"{action}"}}')]
    assert check.check(desk, None).problems == ()


def test_the_owner_of_a_personal_desk_may_do_everything(desk: Desk) -> None:
    actor = open_session(desk).actor
    assert [refusal(actor, action, "alder") for action in ALLOWED] == [None] * len(ALLOWED)


@pytest.mark.requirement("R108")
@pytest.mark.fault("F22")
def test_no_role_reaches_into_another_client() -> None:
    for role, action in product(ROLES, ALLOWED):
        actor = Actor("x", "ann", "Ann", frozenset({role}), frozenset({"alder"}))
        assert refusal(actor, action, "birch") == "ann has no access to client birch", (role, action)


def test_a_refusal_names_every_role_that_may_and_whoever_may_without_one() -> None:
    nobody = Actor("x", "ann", "Ann", frozenset(), frozenset({"alder"}))
    assert refusal(nobody, "template.propose") == (
        "ann may not propose a standard change: "
        "that takes the role administrator or change manager or implementer or service owner"
    )
    assert refusal(nobody, "change.stop", "alder") == (
        "ann may not cancel, hold or release this change: that takes the role change manager, or its requester"
    )
    everywhere = replace(nobody, clients=None)
    assert refusal(everywhere, "change.stop", "birch", own=True) is None


def test_an_action_that_is_not_in_the_table_is_a_fault_and_never_allowed(desk: Desk) -> None:
    with pytest.raises(KeyError):
        authorise(open_session(desk), "desk.burn")


def test_a_refusal_counts_on_a_desk_that_cannot_be_written(desk: Desk) -> None:
    session = as_person(desk, "trainer")
    desk.read_only = True
    before = _events(desk)
    with pytest.raises(Denied):
        authorise(session, "desk.backup")
    assert _events(desk) == before


REACHES: dict[str, Try] = {
    "look at": lambda session, folder: initiative.initiative(session, "B"),
    "list its activities": lambda session, folder: initiative_lists.activity_rows(session, "B"),
    "list its audiences": lambda session, folder: initiative_lists.audience_rows(session, "B"),
    "list its observations": lambda session, folder: initiative_lists.observation_source(session, "B"),
    "observe": lambda session, folder: observe(session, "B", "all", "utilization", "2026-11-20", "1/2"),
    "tick": lambda session, folder: gates.tick(session, "B", "planning", "delivery", "plan"),
    "sign": lambda session, folder: gates.sign(session, "B", "planning", "delivery"),
    "close": lambda session, folder: close_lane(session, "B", "delivery"),
}


@pytest.mark.requirement("R108")
@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.fault("F22")
def test_another_clients_initiative_is_as_unknown_as_one_that_does_not_exist(desk: Desk, reach: str) -> None:
    session = as_person(desk, "change_manager")
    said = []
    for exists in (False, True):
        if exists:
            an_initiative().named("B").of("birch").owned_by("change_manager", "change_manager").with_audience("all").on(
                desk
            )
        with pytest.raises(BadInput) as refused:
            REACHES[reach](session, desk.path.parent)
        said.append(refused.value.sentence)
    assert said[0] == said[1]
    assert "birch" not in said[0]


@pytest.mark.requirement("R108")
@pytest.mark.parametrize("reach", CHANGE_REACHES)
def test_another_clients_change_is_as_unknown_as_one_that_does_not_exist(desk: Desk, reach: str) -> None:
    session = as_person(desk, "change_manager")
    said = []
    for exists in (False, True):
        if exists:
            a_client(desk, "birch")
            policies.set_policy(open_session(desk), "birch", POLICY)
            asking.new(open_session(desk), texts(client="birch", requester="bob", title="Birch secret"), "CHG-9")
        with pytest.raises(BadInput) as refused:
            CHANGE_REACHES[reach](session, "CHG-9")
        said.append(refused.value.sentence)
    assert said[0] == said[1]
    assert "birch" not in said[0]


@pytest.mark.requirement("R108")
def test_lists_and_exports_show_nothing_of_another_client(desk: Desk) -> None:
    an_initiative().named("B", "Birch secret").of("birch").with_audience("birch people").on(desk)
    session = as_person(desk, "change_manager")
    view = portfolio.portfolio(session)
    assert [row.code for row in view.rows(0, view.matched)] == ["MFA"]
    assert (view.total, set(view.client_names)) == (1, {"alder"})
    assert portfolio.portfolio(session, client="birch").total == 0
    with pytest.raises(BadInput):
        refuse_unknown_client(session, "birch")
    for kind in ("clients", "people", "initiatives", "audiences", "activities", "targets", "observations"):
        for form in ("csv", "json"):
            target = desk.path.with_name(f"{kind}.{form}")
            export(session, kind, form, target)
            assert "birch" not in target.read_text().casefold()
    said = []
    for client in ("birch", "nowhere"):
        with pytest.raises(ChangeDeskError) as refused:
            export(session, "initiatives", "csv", desk.path.with_name("x.csv"), client)
        said.append(refused.value.sentence.replace(client, "CLIENT"))
    assert said[0] == said[1]
