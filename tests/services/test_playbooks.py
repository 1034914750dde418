"""Beginning an initiative from a playbook, and the same change for several clients."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from calendar_desks import a_window

from builders import TODAY, a_client, a_desk, a_person, an_initiative, as_person, found, record, staffed
from changedesk.domain.records import Initiative
from changedesk.domain.standing import Standing
from changedesk.domain.words import CHECKPOINTS
from changedesk.errors import BadInput, ChangeDeskError, Denied
from changedesk.resources import data_text
from changedesk.services.imports.exports import export
from changedesk.services.imports.importing import import_file
from changedesk.services.initiative import gates
from changedesk.services.initiative.cloning import clone, compare_clients
from changedesk.services.initiative.page import initiative
from changedesk.services.initiative.playbooks import new_from_playbook, playbooks, preview, show_playbook
from changedesk.services.portfolio import page as portfolio
from changedesk.services.records.observing import observe
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.initiative import initiatives, making, people_side, working
from changedesk.store.proving import check
from changedesk.store.scope import Scope
from changedesk.store.summaries import initiative_summaries

GO_LIVE = TODAY + timedelta(days=125)
NAMES = ("cloud-migration", "firewall-standard", "line-of-business", "mfa", "psa-rmm", "server-upgrade")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        a_client(desk, "birch")
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    """The owner of the desk."""
    return open_session(desk)


def _own(desk: Desk, name: str, text: str) -> Path:
    folder = desk.path.parent / "playbooks"
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def _standing(desk: Desk, initiative_id: str) -> Standing:
    standing = initiative_summaries.standing(desk.reader(), initiative_id)
    assert standing is not None
    return standing


def _record_of(desk: Desk, code: str) -> Initiative:
    found_one = initiatives.initiative_by_code(desk.reader(), Scope(None), code)
    assert found_one is not None
    return found_one


# which there are


def test_the_shipped_playbooks_are_listed_with_what_they_take(owner: Session) -> None:
    listed = {summary.name: summary for summary in playbooks(owner)}
    assert tuple(listed) == NAMES
    assert not [summary for summary in listed.values() if summary.problem or summary.own]
    assert (listed["mfa"].days_before, listed["mfa"].days_after) == (84, 94)
    assert "internal" in listed["psa-rmm"].tags


def test_a_playbook_of_ones_own_beside_the_desk_wins_over_the_shipped_one(desk: Desk, owner: Session) -> None:
    _own(desk, "mfa", data_text("playbooks", "server-upgrade.toml"))
    assert show_playbook(owner, "mfa").title == "Server upgrade"
    listed = {summary.name: summary for summary in playbooks(owner)}
    assert listed["mfa"].own
    assert tuple(listed) == NAMES
    assert new_from_playbook(owner, "mfa", "alder", GO_LIVE).code == "SERVER"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("mine", 'title = "Mine"', "mine.toml, code: it is missing"),
        ("mine", "title =", "mine.toml is not a TOML file"),
        ("My own", "", "has a name of small letters, digits, - and _"),
        ("mine", "#" * 1_000_001, "mine.toml is larger than 1,000,000 bytes"),
    ],
)
def test_a_bad_playbook_is_refused_by_name_and_hides_no_other(
    desk: Desk, owner: Session, name: str, text: str, said: str
) -> None:
    file = _own(desk, name, text)
    listed = {summary.name: summary for summary in playbooks(owner)}
    assert said in (listed[name].problem or "")
    assert len(listed) == len(NAMES) + 1
    with pytest.raises(BadInput) as refused:
        new_from_playbook(owner, name, "alder", GO_LIVE)
    assert said in refused.value.sentence
    assert str(file) in refused.value.sentence
    assert found(desk, "SELECT count(*) FROM initiative") == [(0,)]


def test_a_file_that_is_no_text_and_a_folder_with_the_name_of_one_are_refused(desk: Desk, owner: Session) -> None:
    _own(desk, "mine", "").write_bytes(b"\xff\xfe")
    (desk.path.parent / "playbooks" / "folder.toml").mkdir()
    problems = {summary.name: summary.problem or "" for summary in playbooks(owner)}
    assert "it is not UTF-8" in problems["mine"]
    assert "is no file" in problems["folder"]


@pytest.mark.parametrize("name", ["nothing", "../mfa", "MFA", ""])
def test_an_unknown_playbook_is_refused_with_the_list(owner: Session, name: str) -> None:
    with pytest.raises(BadInput, match=r"there is no playbook .*; it is one of cloud-migration, firewall-standard"):
        new_from_playbook(owner, name, "alder", GO_LIVE)


# making one


@pytest.mark.requirement("R175")
@pytest.mark.parametrize("name", NAMES)
def test_an_initiative_from_a_playbook_is_on_the_desk_as_it_was_planned(desk: Desk, owner: Session, name: str) -> None:
    plan = preview(owner, name, "alder", GO_LIVE)
    made = new_from_playbook(owner, name, "alder", GO_LIVE)
    made_record = _record_of(desk, made.code)
    assert made_record.id == made.initiative_id
    assert not made_record.imported
    assert made_record.go_live_planned == GO_LIVE
    activities = {(a.lane, a.title): a for a in initiatives.activities(desk.reader(), made.initiative_id)}
    assert len(activities) == len(plan.activities)
    for wanted in plan.activities:
        real = activities[wanted.lane, wanted.title]
        assert (real.planned_start, real.planned_end) == (wanted.start, wanted.end)
        assert (real.baseline_start, real.baseline_end) == (wanted.start, wanted.end)
        assert (real.phase, real.kind, real.audience) == (wanted.phase, wanted.kind, wanted.audience)
        assert (real.weight, real.milestone) == (wanted.weight, wanted.milestone)
    assert len(initiatives.audiences(desk.reader(), made.initiative_id)) == len(plan.audiences)
    targets = initiatives.targets(desk.reader(), made.initiative_id)
    assert {(t.audience, t.metric, t.target, t.by) for t in targets} == {
        (t.audience, t.metric, t.percent, t.by) for t in plan.targets
    }
    links = working.dependencies(desk.reader(), made.initiative_id)
    assert len(links) == len([a for a in plan.activities if a.anchor])
    assert {r.title: r.owner for r in working.risks(desk.reader(), made.initiative_id)} == {
        r.title: {"delivery": "pat", "adoption": "chris"}[r.kind] for r in plan.risks
    }
    assert check.check(desk, None).problems == ()
    assert check.stale_summaries(desk) == []


@pytest.mark.requirement("R73")
@pytest.mark.requirement("R74")
@pytest.mark.parametrize("name", NAMES)
def test_an_initiative_from_a_playbook_begins_with_its_people_side(desk: Desk, owner: Session, name: str) -> None:
    playbook, plan = show_playbook(owner, name), preview(owner, name, "alder", GO_LIVE)
    made = new_from_playbook(owner, name, "alder", GO_LIVE)
    conn, initiative_id = desk.reader(), made.initiative_id
    impacts = {(i.audience, i.aspect): i.degree for i in people_side.impacts(conn, initiative_id)}
    assert impacts == {(a.name, aspect): degree for a in playbook.audiences for aspect, degree in a.impacts}
    items = {(i.audience, i.item): i for i in people_side.readiness(conn, initiative_id)}
    assert set(items) == {(r.audience, r.item) for r in playbook.readiness}
    for wanted in plan.readiness:
        real = items[wanted.audience, wanted.item]
        assert (real.status, real.due, real.checkpoint, real.lane) == (
            "unknown",
            wanted.due,
            wanted.checkpoint,
            wanted.lane,
        )
        assert real.owner == {"delivery": "pat", "people": "chris"}[wanted.lane]
        assert real.action
    expected = {(e.audience, e.title, e.answer) for e in people_side.expectations(conn, initiative_id)}
    assert expected == {(r.audience, r.what, r.answer) for r in playbook.resistance}
    behaviours = {(b.title, b.standard, b.metric) for b in people_side.behaviours(conn, initiative_id)}
    assert behaviours == {(check.what, check.standard, "proficiency") for check in playbook.proficiency}


@pytest.mark.requirement("R79")
@pytest.mark.parametrize(("client", "kept"), [("alder", True), ("birch", False)])
def test_a_clone_takes_the_people_side_along_and_nothing_of_how_it_stood(
    desk: Desk, owner: Session, client: str, kept: bool
) -> None:
    source = new_from_playbook(owner, "mfa", "alder", GO_LIVE).initiative_id
    nurses = found(desk, "SELECT id FROM audience WHERE initiative_id = ? ORDER BY name", source)[0][0]
    record(desk, "contact_reason", initiative_id=source, reason="Lost phone", script="Script 7")
    with desk.write("the test") as transaction:
        conn = transaction.conn
        conn.execute("UPDATE readiness SET status = 'ready', evidence = 'seen', rev = rev + 1")
        conn.execute("UPDATE impact SET yesterday = 'Paper', rev = rev + 1 WHERE audience_id = ?", (nurses,))
        transaction.touch(source)
        transaction.record("test.changed", source, {})
    (copy,) = clone(owner, "MFA", [client], GO_LIVE + timedelta(days=28))
    conn = desk.reader()
    was, now = (people_side.readiness(conn, one) for one in (source, copy.initiative_id))
    assert [(i.audience, i.item, i.weight, i.checkpoint) for i in now] == [
        (i.audience, i.item, i.weight, i.checkpoint) for i in was
    ]
    assert {(i.status, i.evidence) for i in now} == {("unknown", None)}
    assert {(a.due - b.due).days for a, b in zip(now, was, strict=True) if a.due and b.due} <= {28, 27, 29, 30, 26}
    degrees = [
        [(i.audience, i.aspect, i.degree) for i in people_side.impacts(conn, one)]
        for one in (source, copy.initiative_id)
    ]
    assert degrees[0] == degrees[1]
    assert any(i.yesterday for i in people_side.impacts(conn, copy.initiative_id)) is kept
    (reason,) = people_side.contact_reasons(conn, copy.initiative_id)
    assert (reason.reason, reason.script) == ("Lost phone", "Script 7" if kept else None)
    assert check.stale_summaries(desk) == []


@pytest.mark.parametrize("told", ["by its day", "by a window"])
def test_nobody_is_planned_to_work_on_a_holiday_of_the_client(desk: Desk, owner: Session, told: str) -> None:
    usual = new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    free = min(a.planned_end for a in initiatives.activities(desk.reader(), usual.initiative_id))
    if told == "by its day":
        record(desk, "holiday", client_id=a_client(desk), day=free.isoformat(), title="Founders' day")
    else:
        # Files bring holidays as windows of the calendar alone.
        begins, ends = f"{free}T00:00:00", f"{free + timedelta(days=1)}T00:00:00"
        a_window(owner, kind="holiday", title="Founders' day", start=begins, end=ends)
    elsewhere = new_from_playbook(owner, "mfa", "birch", GO_LIVE)
    here = new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    assert free in {a.planned_end for a in initiatives.activities(desk.reader(), elsewhere.initiative_id)}
    assert free not in {a.planned_end for a in initiatives.activities(desk.reader(), here.initiative_id)}
    (copy,) = clone(owner, "MFA", ["alder"])
    assert free not in {a.planned_end for a in initiatives.activities(desk.reader(), copy.initiative_id)}


@pytest.mark.requirement("R6")
@pytest.mark.requirement("R48")
@pytest.mark.requirement("R65")
@pytest.mark.parametrize("name", NAMES)
def test_no_flag_is_raised_over_a_people_lane_from_a_playbook(desk: Desk, owner: Session, name: str) -> None:
    for weekday in range(7):
        made = new_from_playbook(owner, name, "alder", GO_LIVE + timedelta(days=weekday))
        standing = _standing(desk, made.initiative_id)
        assert (standing.late_start, standing.ends_at_go_live, standing.only_comms_and_training) == (False,) * 3
        assert standing.service is not None
        assert [gate.name for gate in standing.gates if gate.due is not None and gate.in_use] == [*CHECKPOINTS]


@pytest.mark.requirement("R95")
def test_it_leaves_one_event_without_the_name_of_anybody(desk: Desk, owner: Session) -> None:
    before = found(desk, "SELECT count(*) FROM audit")[0][0]
    made = new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    events = found(desk, "SELECT kind, subject, body FROM audit WHERE seq > ?", before)
    assert [(kind, subject) for kind, subject, _ in events] == [("initiative.created", made.initiative_id)]
    body = json.loads(events[0][2])
    assert (body["playbook"], body["code"], body["activities"], body["targets"]) == ("mfa", "MFA", 43, 6)
    assert len(body["digest"]) == len(body["playbook_digest"]) == 64
    assert not [name for name in ("pat", "chris") if name in events[0][2]]
    people = dict(found(desk, "SELECT id, login FROM person"))
    assert [people.get(body[role]) for role in ("project_owner", "change_owner", "sponsor")] == ["pat", "chris", None]


@pytest.mark.requirement("R39")
def test_the_only_person_with_a_role_takes_it_and_what_is_unknown_is_said(desk: Desk, owner: Session) -> None:
    a_person(desk, "own.trainer", "trainer")
    a_person(desk, "kim", "service_desk_lead", client="birch")
    made = new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    assert (_record_of(desk, "MFA").project_owner, _record_of(desk, "MFA").change_owner) == ("pat", "chris")
    owners = {a.owner for a in initiatives.activities(desk.reader(), made.initiative_id)}
    assert owners == {"pat", "chris", "own.trainer", None}
    assert made.warnings == (
        "nobody is named in MFA as sponsor, implementer, service desk lead, people manager, service owner",
        "how many people they are is not known yet: Executives, Field teams, Shared-device users,"
        " Office staff, Service desk",
    )


def test_two_who_could_be_meant_are_not_guessed_between(desk: Desk, owner: Session) -> None:
    a_person(desk, "pam", "project_owner", client="alder")
    made = new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    assert _record_of(desk, "MFA").project_owner is None
    assert "nobody is named in MFA as project owner" in made.warnings[0]


@pytest.mark.requirement("R55")
def test_nobody_owns_both_lanes(desk: Desk, owner: Session) -> None:
    a_person(desk, "both", "project_owner", "change_owner", client="birch")
    new_from_playbook(owner, "mfa", "birch", GO_LIVE)
    assert (_record_of(desk, "MFA").project_owner, _record_of(desk, "MFA").change_owner) == ("both", None)


def test_the_code_comes_from_the_playbook_and_is_counted_up_over_all_clients(owner: Session) -> None:
    codes = [new_from_playbook(owner, "mfa", client, GO_LIVE).code for client in ("alder", "birch", "alder")]
    assert codes == ["MFA", "MFA-2", "MFA-3"]
    assert new_from_playbook(owner, "mfa", "alder", GO_LIVE, code=" KEYS\n", title="Keys ").code == "KEYS"
    assert initiative(owner, "KEYS").title == "Keys"
    with pytest.raises(BadInput) as refused:
        new_from_playbook(owner, "mfa", "alder", GO_LIVE, code="KEYS")
    assert refused.value.sentence == "the code KEYS is taken (KEYS-2 is free)"
    for code, title in (("\x1b", None), ("x" * 101, None), (None, " "), (None, "x" * 501)):
        with pytest.raises(BadInput, match=r"the (code|title) (is empty|has .* characters)"):
            new_from_playbook(owner, "mfa", "alder", GO_LIVE, code=code, title=title)


def test_a_long_code_is_shortened_to_make_room_for_its_number(desk: Desk, owner: Session) -> None:
    new_from_playbook(owner, "mfa", "alder", GO_LIVE, code="x" * 100)
    assert making.free_code(desk.reader(), "x" * 100, 100) == "x" * 98 + "-2"


def test_its_dates_set_its_state_and_a_go_live_in_the_past_is_said(desk: Desk, owner: Session) -> None:
    assert new_from_playbook(owner, "mfa", "alder", GO_LIVE).warnings[0].startswith("nobody is named")
    made = _record_of(desk, "MFA")
    assert (made.state, made.effective_state) == (None, "active"), "nothing would take a stated draft back"
    late = new_from_playbook(owner, "mfa", "alder", TODAY + timedelta(days=30))
    assert late.warnings[0].endswith(" activities should have begun already")
    past = new_from_playbook(owner, "mfa", "alder", date(2026, 11, 20))
    assert past.warnings[0] == "the go-live Fri 20 Nov lies in the past"


@pytest.mark.parametrize(
    ("stated", "said"),
    [("draft", "live"), ("active", "live"), (None, "live"), ("closed", "closed"), ("cancelled", "cancelled")],
)
def test_what_went_live_is_no_draft_any_more_whatever_it_was_made_as(desk: Desk, stated: str | None, said: str) -> None:
    an_initiative().live(TODAY - timedelta(days=3)).with_fields(state=stated).on(desk)
    assert _record_of(desk, "MFA").effective_state == said


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_go_live_at_the_end_of_the_calendar_is_refused_in_words(owner: Session, day: date) -> None:
    with pytest.raises(BadInput, match="there is no room in the calendar"):
        new_from_playbook(owner, "mfa", "alder", day)


def test_an_unknown_client_is_refused_with_the_list_and_never_made(desk: Desk, owner: Session) -> None:
    for act in (new_from_playbook, preview):
        with pytest.raises(BadInput, match="there is no client cedar in view; there is alder, birch"):
            act(owner, "mfa", "cedar", GO_LIVE)
    assert found(desk, "SELECT count(*) FROM client") == [(2,)]


@pytest.mark.parametrize("client", ["birch", "cedar"])
def test_nobody_makes_an_initiative_for_a_client_out_of_sight(desk: Desk, client: str) -> None:
    with pytest.raises(Denied, match=f"pat has no access to client {client}"):
        new_from_playbook(as_person(desk, "pat"), "mfa", client, GO_LIVE)
    assert found(desk, "SELECT kind FROM audit ORDER BY seq DESC LIMIT 1") == [("denied",)]
    assert found(desk, "SELECT count(*) FROM initiative") == [(0,)]


@pytest.mark.requirement("R36")
def test_from_playbook_to_the_first_signed_checkpoints(desk: Desk, owner: Session) -> None:
    made = new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    for who, lane in (("pat", "delivery"), ("chris", "people")):
        session = as_person(desk, who)
        for checkpoint in ("initiation", "planning"):
            gates.sign(session, "MFA", checkpoint, lane, "waived for the test")
    assert [gate.signed for gate in _standing(desk, made.initiative_id).gates] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert check.check(desk, None).problems == ()


def test_what_was_made_goes_out_and_into_another_desk_as_it_is(desk: Desk, owner: Session, tmp_path: Path) -> None:
    new_from_playbook(owner, "psa-rmm", "alder", GO_LIVE)
    other = tmp_path / "other"
    other.mkdir()
    with a_desk(other) as second:
        for kind in ("clients", "people", "initiatives", "audiences", "activities", "targets"):
            export(owner, kind, "csv", tmp_path / f"{kind}.csv")
            import_file(open_session(second), tmp_path / f"{kind}.csv", kind)
            export(open_session(second), kind, "csv", other / f"{kind}.csv")
            assert (other / f"{kind}.csv").read_bytes() == (tmp_path / f"{kind}.csv").read_bytes()


# the same for several clients


@pytest.mark.requirement("R79")
def test_an_initiative_is_cloned_for_several_clients_with_its_days_moved(desk: Desk, owner: Session) -> None:
    a_person(desk, "own.trainer", "trainer")
    a_person(desk, "bo", "project_owner", client="birch")
    a_person(desk, "mary", "people_manager", client="alder")
    made = new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    observe_audience(desk, owner, made.initiative_id)
    gates.sign(as_person(desk, "pat"), "MFA", "initiation", "delivery", "waived")
    later = GO_LIVE + timedelta(weeks=4)
    copies = clone(owner, "MFA", ["birch", "alder"], later)
    assert [copy.code for copy in copies] == ["MFA-2", "MFA-3"]
    original = initiatives.activities(desk.reader(), made.initiative_id)
    for copy in copies:
        activities = initiatives.activities(desk.reader(), copy.initiative_id)
        assert [(a.lane, a.title, a.planned_end - timedelta(weeks=4)) for a in activities] == [
            (a.lane, a.title, a.planned_end) for a in original
        ]
        assert not [a for a in activities if a.actual_start or a.actual_end]
        assert initiatives.observation_count(desk.reader(), copy.initiative_id) == 0
        assert found(desk, "SELECT count(*) FROM signature WHERE initiative_id = ?", copy.initiative_id) == [(0,)]
        assert _record_of(desk, copy.code).go_live_planned == later
        assert not _record_of(desk, copy.code).imported
        assert len(working.dependencies(desk.reader(), copy.initiative_id)) == 16
    birch, alder = copies
    assert (_record_of(desk, "MFA-2").project_owner, _record_of(desk, "MFA-2").change_owner) == ("bo", None)
    assert (_record_of(desk, "MFA-3").project_owner, _record_of(desk, "MFA-3").change_owner) == ("pat", "chris")
    assert {a.owner for a in initiatives.activities(desk.reader(), birch.initiative_id)} == {"bo", "own.trainer", None}
    assert "mary" in {a.owner for a in initiatives.activities(desk.reader(), alder.initiative_id)}
    assert {a.headcount for a in initiatives.audiences(desk.reader(), birch.initiative_id)} == {0}
    assert 40 in {a.headcount for a in initiatives.audiences(desk.reader(), alder.initiative_id)}
    assert "nobody is named in MFA-2 as change owner, sponsor" in birch.warnings
    events = found(desk, "SELECT subject, body FROM audit WHERE kind = 'initiative.created' ORDER BY seq")
    assert [subject for subject, _ in events] == [made.initiative_id, birch.initiative_id, alder.initiative_id]
    assert all(json.loads(body)["cloned_from"] == made.initiative_id for _, body in events[1:])
    assert check.check(desk, None).problems == ()
    assert check.stale_summaries(desk) == []


def observe_audience(desk: Desk, owner: Session, initiative_id: str) -> None:
    """One group counted and observed, so that there is something that a clone must not take along."""
    record(desk, "audience", initiative_id=initiative_id, name="Pilot", headcount=40)
    observe(owner, "MFA", "Pilot", "utilization", "2026-11-20", "3/40")


def test_a_clone_without_a_go_live_keeps_its_days(desk: Desk, owner: Session) -> None:
    an_initiative().planned_for(date(2026, 12, 6)).with_work("delivery", "hypercare", "Cutover", date(2026, 12, 6)).on(
        desk
    )
    an_initiative().named("BARE").planned_for(None).with_work("people", "training", "Train", TODAY).on(desk)  # type: ignore[arg-type]
    copies = [*clone(owner, "MFA", ["birch"]), *clone(owner, "BARE", ["birch"])]
    days = [initiatives.activities(desk.reader(), copy.initiative_id)[0].planned_end for copy in copies]
    assert days == [date(2026, 12, 6), TODAY]
    with pytest.raises(BadInput, match="BARE has no go-live to count from"):
        clone(owner, "BARE", ["birch"], GO_LIVE)


@pytest.mark.parametrize(
    ("code", "clients", "go_live", "said"),
    [
        ("NONE", ["birch"], GO_LIVE, "there is no initiative NONE in view"),
        ("MFA", ["birch", "cedar"], GO_LIVE, "there is no client cedar in view"),
        ("MFA", ["birch", "birch"], GO_LIVE, "the client birch is named twice"),
        ("MFA", [], GO_LIVE, "no client is named for a clone of MFA"),
        ("MFA", ["birch"], date.max, "no room in the calendar"),
    ],
)
def test_a_senseless_clone_is_refused_as_a_whole(
    desk: Desk, owner: Session, code: str, clients: list[str], go_live: date, said: str
) -> None:
    an_initiative().on(desk)
    with pytest.raises(ChangeDeskError, match=said):
        clone(owner, code, clients, go_live)
    assert found(desk, "SELECT count(*) FROM initiative") == [(1,)]


def test_nobody_clones_to_a_client_out_of_sight(desk: Desk) -> None:
    an_initiative().on(desk)
    with pytest.raises(Denied, match="pat has no access to client birch"):
        clone(as_person(desk, "pat"), "MFA", ["alder", "birch"], GO_LIVE)
    assert found(desk, "SELECT count(*) FROM initiative") == [(1,)]


@pytest.mark.requirement("R79")
def test_what_clients_demand_is_compared_side_by_side(desk: Desk, owner: Session) -> None:
    record(desk, "client", code="cedar", timezone="Europe/Riga", user_maturity=2, retro_hours=24, pir_days=5)
    record(desk, "client", code="dover", timezone="Europe/Riga", user_maturity=4, business_hours="8-16")
    rows = {row.demand: row for row in compare_clients(owner, ["dover", "cedar"])}
    assert rows["user maturity, 1 to 5"].values == ("4", "2")
    assert rows["user maturity, 1 to 5"].differs
    assert not rows["time zone"].differs
    assert rows["business hours"].values == ("8-16", None)
    assert not rows["business hours"].differs
    assert rows["hours for a retrospective approval"].values == (None, "24")
    assert rows["business days for a review"].values == (None, "5")
    with pytest.raises(BadInput, match="there is no client cedar in view"):
        compare_clients(as_person(desk, "pat"), ["cedar"])


def test_a_new_initiative_stands_in_the_portfolio(owner: Session) -> None:
    new_from_playbook(owner, "mfa", "alder", GO_LIVE)
    view = portfolio.portfolio(owner)
    assert [row.code for row in view.rows(0, view.total)] == ["MFA"]
