"""The ranking over the desk: what is in it, what people do about a gap, what changed since the last visit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import NOW, TODAY, a_client, a_desk, a_person, an_initiative, as_person, at, found, record, staffed
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services.initiative import gates
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.people import triage, triage_acts
from changedesk.services.people.triage import TriageQuery, TriageRow
from changedesk.services.records import records, undoing
from changedesk.services.records.observing import observe
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check

SOON = TODAY + timedelta(days=14)


pytestmark = pytest.mark.usefixtures("own_state")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return open_session(desk)


def made(desk: Desk, code: str = "MFA", client: str = "alder", *, live: bool = False) -> str:
    """An initiative with 300 nurses, hit 4 of 5, going live in a week."""
    builder = an_initiative().named(code).of(client).with_audience("Nurses", 300)
    builder = builder.live(TODAY - timedelta(days=40)) if live else builder.planned_for(TODAY + timedelta(days=7))
    initiative = builder.on(desk)
    record(desk, "impact", audience_id=audience_of(desk, initiative), aspect="tools", degree=4)
    with desk.write("the test") as transaction:
        transaction.touch(initiative)
        transaction.record("test.made", initiative, {})
    return initiative


def audience_of(desk: Desk, initiative: str) -> str:
    return found(desk, "SELECT id FROM audience WHERE initiative_id = ?", initiative)[0][0]


def an_item(desk: Desk, initiative: str, item: str = "Knows why", status: str = "not_ready", **other: object) -> str:
    values = {"audience_id": audience_of(desk, initiative)} | other
    return record(desk, "readiness", initiative_id=initiative, item=item, status=status, **values)


def rows(session: Session, **query: str) -> list[TriageRow]:
    view = triage.triage(session, TriageQuery(**query))
    return list(view.rows(0, view.matched))


# what is in the ranking


def test_a_narrowed_ranking_knows_the_place_of_what_it_shows_and_of_nothing_else(desk: Desk, owner: Session) -> None:
    for code in ("MFA", "ERP", "PSA"):
        an_item(desk, made(desk, code), f"{code} knows why")
    everything = triage.triage(owner)
    for query in (TriageQuery(), TriageQuery("erp"), TriageQuery("knows", owner=""), TriageQuery("nothing has this")):
        view = everything.narrowed(query)
        shown = [(row.gap.initiative_id, row.gap.key) for row in view.rows(0, view.matched)]
        placed = {(row.gap.initiative_id, row.gap.key): row.rank for row in everything.rows(0, everything.matched)}
        assert {one: view.position(*one) for one in placed if view.position(*one) is not None} == {
            one: place for place, one in enumerate(shown)
        }
        assert [placed[one] for one in shown] == sorted(placed[one] for one in shown)


@pytest.mark.requirement("R50")
def test_the_gaps_of_all_initiatives_stand_in_one_list(desk: Desk, owner: Session) -> None:
    first, second = made(desk), made(desk, "PSA", "birch")
    an_item(desk, first, "Trained", "partial")
    an_item(desk, second)
    assert [(row.rank, row.gap.code, row.gap.name, row.gap.status) for row in rows(owner)] == [
        (1, "PSA", "Knows why", "not_ready"),
        (2, "MFA", "Trained", "partial"),
    ]
    assert rows(owner)[0].days == 7


def test_a_planted_gap_is_found_first(desk: Desk, owner: Session) -> None:
    for n in range(12):
        an_item(desk, made(desk, f"I{n}"), f"Item {n}", ("unknown", "not_ready", "partial")[n % 3])
    planted = an_initiative().named("PLANT").planned_for(TODAY + timedelta(days=1)).with_audience("Wards", 4000)
    initiative = planted.on(desk)
    record(desk, "impact", audience_id=audience_of(desk, initiative), aspect="behaviours", degree=5)
    an_item(desk, initiative, "Can sign in")
    assert next((row.gap.code, row.gap.name) for row in rows(owner)) == ("PLANT", "Can sign in")


@pytest.mark.requirement("R108")
def test_nobody_sees_the_gaps_of_another_client(desk: Desk) -> None:
    an_item(desk, made(desk, "PSA", "birch"))
    an_item(desk, made(desk))
    assert {row.gap.code for row in rows(as_person(desk, "max"))} == {"MFA"}


def test_a_query_leaves_the_ranks_as_they_are(desk: Desk, owner: Session) -> None:
    first, second = made(desk), made(desk, "PSA", "birch")
    an_item(desk, first, "Trained", "partial", owner="chris")
    an_item(desk, second)
    assert [(row.rank, row.gap.code) for row in rows(owner, client="alder")] == [(2, "MFA")]
    assert [(row.rank, row.gap.code) for row in rows(owner, text="train alder")] == [(2, "MFA")]
    assert [(row.rank, row.gap.code) for row in rows(owner, owner="chris")] == [(2, "MFA")]
    assert [(row.rank, row.gap.code) for row in rows(owner, owner="")] == [(1, "PSA")]
    assert [row.gap.code for row in rows(owner, initiative_id=second)] == ["PSA"]


@pytest.mark.requirement("R1")
def test_after_go_live_use_is_held_against_its_plan(desk: Desk, owner: Session) -> None:
    initiative = made(desk, live=True)
    record(desk, "target", initiative_id=initiative, metric="utilization", target=80.0, due=TODAY.isoformat())
    (row,) = rows(owner)
    assert (row.gap.name, row.reason.split(";")[0]) == (
        "use behind its plan",
        "nobody has counted who uses it, 80 % were planned by now",
    )
    observe(owner, "MFA", "Nurses", "utilization", "2026-11-20", "240/300")
    assert rows(owner) == []


def test_what_a_desk_brings_from_before_is_ranked_too(desk: Desk, owner: Session) -> None:
    """The summaries that the ranking reads are kept in the transaction that changes what they are made of."""
    initiative = made(desk)
    item = an_item(desk, initiative)
    an_item(desk, initiative, "Trained", "ready")
    assert [row.gap.key for row in rows(owner)] == [f"item/{item}"]
    opened = records.fetch(owner, "readiness_items", item)
    records.save(owner, "readiness_items", opened, opened.values | {"status": "ready"})
    assert rows(owner) == []
    assert check.stale_summaries(desk) == []


# what people do about a gap


def only(session: Session) -> TriageRow:
    (row,) = rows(session)
    return row


def test_an_item_is_assigned_in_its_own_record_and_that_can_be_undone(desk: Desk, owner: Session) -> None:
    initiative = made(desk)
    an_item(desk, initiative)
    triage_acts.assign(owner, initiative, only(owner).gap.key, "chris")
    assert only(owner).gap.owner == "chris"
    undoing.undo(owner, undoing.last_change(owner).seq)
    assert only(owner).gap.owner is None


def test_a_gap_that_is_no_item_is_assigned_too_and_the_audit_names_nobody(desk: Desk, owner: Session) -> None:
    initiative = made(desk)
    triage_acts.assign(owner, initiative, only(owner).gap.key, "Dora Deal")
    assert (only(owner).gap.kind, only(owner).gap.owner) == ("unassessed", "Dora Deal")
    body = found(desk, "SELECT body FROM audit WHERE kind = 'gap.assigned'")[0][0]
    assert "Dora" not in body
    assert json.loads(body)["gap"] == only(owner).gap.key
    triage_acts.assign(owner, initiative, only(owner).gap.key, "")
    assert only(owner).gap.owner is None


def test_done_makes_an_item_ready_with_what_shows_it(desk: Desk, owner: Session) -> None:
    initiative = made(desk)
    item = an_item(desk, initiative)
    key = only(owner).gap.key
    with pytest.raises(RuleRefused, match="say what shows that it is ready"):
        triage_acts.done(owner, initiative, key, "  ")
    triage_acts.done(owner, initiative, key, "24 of 26 named it")
    assert rows(owner) == []
    assert found(desk, "SELECT status, evidence FROM readiness WHERE id = ?", item) == [("ready", "24 of 26 named it")]
    with pytest.raises(BadInput, match="no longer there"):
        triage_acts.done(owner, initiative, key, "again")


def test_what_only_data_can_close_is_not_called_done(desk: Desk, owner: Session) -> None:
    initiative = made(desk, live=True)
    row = only(owner)
    assert row.refused_done
    with pytest.raises(RuleRefused, match="closes when use is counted again"):
        triage_acts.done(owner, initiative, row.gap.key, "they all use it")


def test_a_waiver_takes_a_gap_out_until_its_day_with_name_and_reason(desk: Desk, owner: Session) -> None:
    initiative = made(desk)
    an_item(desk, initiative)
    chris = as_person(desk, "chris")
    triage_acts.waive(chris, initiative, only(owner).gap.key, "on leave", SOON)
    view = triage.triage(owner)
    assert view.total == 0
    (aside,) = view.set_aside
    assert (aside.verb, aside.by, aside.reason, aside.until) == ("waived", "chris", "on leave", SOON)
    desk.clock = at(NOW + timedelta(days=14))
    assert len(rows(open_session(desk))) == 1


def test_what_is_put_off_comes_back_by_itself_or_when_somebody_brings_it_back(desk: Desk, owner: Session) -> None:
    initiative = made(desk)
    an_item(desk, initiative)
    key = only(owner).gap.key
    with pytest.raises(RuleRefused, match="its go-live is on"):
        triage_acts.snooze(owner, initiative, key, SOON)
    triage_acts.snooze(owner, initiative, key, TODAY + timedelta(days=3))
    assert [(one.verb, one.reason) for one in triage.triage(owner).set_aside] == [("put off", None)]
    triage_acts.reopen(owner, initiative, key)
    assert len(rows(owner)) == 1
    with pytest.raises(RuleRefused, match="neither waived nor put off"):
        triage_acts.reopen(owner, initiative, key)


def test_who_may_put_off_may_bring_back_but_not_take_a_waiver_back(desk: Desk, owner: Session) -> None:
    initiative = made(desk)
    an_item(desk, initiative)
    key, pat = only(owner).gap.key, as_person(desk, "pat")
    triage_acts.snooze(pat, initiative, key, TODAY + timedelta(days=2))
    triage_acts.reopen(pat, initiative, key)
    triage_acts.waive(owner, initiative, key, "on leave", SOON)
    with pytest.raises(Denied, match="may not waive a gap"):
        triage_acts.reopen(pat, initiative, key)


@pytest.mark.parametrize(
    ("reason", "days", "said"), [("", 3, "says why"), ("x", 0, "ends in the future"), ("x", 400, "at the latest")]
)
def test_a_waiver_without_reason_or_end_is_refused(
    desk: Desk, owner: Session, reason: str, days: int, said: str
) -> None:
    initiative = made(desk)
    with pytest.raises(RuleRefused, match=said):
        triage_acts.waive(owner, initiative, only(owner).gap.key, reason, TODAY + timedelta(days=days))


@pytest.mark.requirement("R95")
def test_each_decision_about_a_gap_is_one_event_and_the_desk_proves_itself(desk: Desk, owner: Session) -> None:
    initiative = made(desk)
    an_item(desk, initiative)
    key = only(owner).gap.key
    before = found(desk, "SELECT count(*) FROM audit")[0][0]
    triage_acts.assign(owner, initiative, key, "chris")
    triage_acts.waive(owner, initiative, key, "on leave", SOON)
    triage_acts.snooze(owner, initiative, key, TODAY + timedelta(days=2))
    triage_acts.reopen(owner, initiative, key)
    triage_acts.waive(owner, initiative, key, "still on leave", SOON)
    kinds = [kind for (kind,) in found(desk, "SELECT kind FROM audit WHERE seq > ? ORDER BY seq", before)]
    assert kinds == ["record.saved", "gap.waived", "gap.snoozed", "gap.reopened", "gap.waived"]
    assert check.check(desk, None).problems == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE gap_mark SET waiver = 'all is well', rev = rev + 1", "is not what event"),
        ("UPDATE gap_mark SET waived_until = '2030-01-01', rev = rev + 1", "is not what event"),
        ("DELETE FROM gap_mark", "is missing"),
    ],
)
def test_a_waiver_that_was_changed_by_other_means_is_found(desk: Desk, owner: Session, change: str, said: str) -> None:
    initiative = made(desk)
    triage_acts.waive(owner, initiative, only(owner).gap.key, "on leave", SOON)
    with desk.write("a stranger") as transaction:
        transaction.conn.execute(change)
        transaction.record("test.changed", initiative, {})
    assert [problem for problem in check.check(desk, None).problems if said in problem]


def test_a_waiver_that_nobody_gave_is_found(desk: Desk, owner: Session) -> None:
    record(
        desk, "gap_mark", initiative_id=made(desk), gap="training", waiver="x", waived_by="y",
        waived_at="2026-11-26T14:02:00.000Z", waived_until="2026-12-24",
    )  # fmt: skip
    assert check.check(desk, None).problems == ("the waiver of the gap training has no audit event",)


@pytest.mark.requirement("R95")
@pytest.mark.parametrize(
    ("role", "verbs"),
    [
        ("people_manager", {"assign", "done"}),
        ("project_owner", {"assign", "done", "snooze"}),
        ("change_owner", {"assign", "done", "snooze", "waive"}),
        ("sponsor", set()),
    ],
)
def test_each_verb_is_open_to_those_who_may(desk: Desk, role: str, verbs: set[str]) -> None:
    initiative = made(desk)
    an_item(desk, initiative)
    a_person(desk, "somebody", role, client="alder")
    session = as_person(desk, "somebody")
    key = only(session).gap.key
    tries = {
        "assign": lambda: triage_acts.assign(session, initiative, key, "pat"),
        "snooze": lambda: triage_acts.snooze(session, initiative, key, TODAY + timedelta(days=1)),
        "waive": lambda: triage_acts.waive(session, initiative, key, "x", SOON),
        "done": lambda: triage_acts.done(session, initiative, key, "seen"),
    }
    may = set()
    for verb, act in tries.items():
        try:
            act()
        except Denied:
            continue
        may.add(verb)
    assert may == verbs


# signing over a gap


@pytest.mark.requirement("R63")
def test_the_people_side_is_not_signed_over_what_is_not_ready_without_a_waiver_by_name(desk: Desk) -> None:
    initiative = made(desk)
    desk_item = an_item(desk, initiative, "Scripts tried", about="support", audience_id=None, checkpoint="planning")
    an_item(desk, initiative, "Tried at go-live", checkpoint="go_live")
    chris = as_person(desk, "chris")
    for item in desk.lifecycle.checkpoint("planning").items("people"):
        gates.tick(chris, "MFA", "planning", "people", item.key, "seen")
    with pytest.raises(RuleRefused, match="1 item of readiness for planning is not ready: Scripts tried"):
        gates.sign(chris, "MFA", "planning", "people")
    gates.sign(chris, "MFA", "planning", "people", "the desk starts next week")
    body = json.loads(found(desk, "SELECT body FROM audit WHERE kind = 'checkpoint.signed'")[0][0])
    assert (body["waiver"], body["not_ready"]) == ("the desk starts next week", [desk_item])
    assert check.check(desk, None).problems == ()


@pytest.mark.requirement("R63")
def test_a_gap_that_was_waived_by_name_no_longer_stands_before_a_signature(desk: Desk) -> None:
    initiative = made(desk)
    item = an_item(desk, initiative, checkpoint="planning")
    chris = as_person(desk, "chris")
    for one in desk.lifecycle.checkpoint("planning").items("people"):
        gates.tick(chris, "MFA", "planning", "people", one.key, "seen")
    triage_acts.waive(chris, initiative, f"item/{item}", "asked in the next wave", SOON)
    gates.sign(chris, "MFA", "planning", "people")
    assert found(desk, "SELECT waiver FROM signature") == [(None,)]


def test_what_the_delivery_lane_answers_for_stands_before_its_signature(desk: Desk) -> None:
    initiative = made(desk)
    an_item(
        desk, initiative, "Way back timed", about="service", audience_id=None, checkpoint="planning", lane="delivery"
    )
    pat = as_person(desk, "pat")
    for one in desk.lifecycle.checkpoint("planning").items("delivery"):
        gates.tick(pat, "MFA", "planning", "delivery", one.key, "seen")
    with pytest.raises(RuleRefused, match="Way back timed"):
        gates.sign(pat, "MFA", "planning", "delivery")


# what changed meanwhile


def test_the_next_visit_begins_with_what_changed(desk: Desk, owner: Session) -> None:
    initiative = made(desk)
    item = an_item(desk, initiative)
    an_item(desk, initiative, "Trained", "partial")
    first = triage.triage(owner)
    assert (first.changes.since, first.changes.sentence) == (None, "this is your first visit")
    assert triage.end_visit(owner, first)
    assert triage.triage(owner).changes.sentence == "nothing has changed"
    triage_acts.done(owner, initiative, f"item/{item}", "seen")
    an_item(desk, initiative, "Briefed")
    desk.clock = at(NOW + timedelta(days=5))
    again = triage.triage(open_session(desk))
    assert again.changes.sentence == "1 new gap; 1 gap much higher; gone: MFA, Nurses: Knows why"
    assert {row.gap.name: row.change for row in again.rows(0, 9)} == {"Briefed": "new", "Trained": "up"}
    assert again.changes.since == NOW


def test_a_visit_is_everybodys_own_and_writes_nothing_into_the_desk(desk: Desk, owner: Session) -> None:
    made(desk)
    before = found(desk, "SELECT count(*) FROM audit")
    assert triage.end_visit(owner, triage.triage(owner))
    assert triage.triage(as_person(desk, "max")).changes.since is None
    assert found(desk, "SELECT count(*) FROM audit") == before


def test_a_visit_that_cannot_be_read_or_kept_stops_nobody(
    desk: Desk, owner: Session, own_state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(desk)
    assert triage.end_visit(owner, triage.triage(owner))
    (file,) = own_state.rglob("*.json")
    file.write_text('{"at": 1}')
    assert triage.triage(owner).changes.since is None
    (tmp_path / "blocked").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "blocked"))
    assert not triage.end_visit(owner, triage.triage(owner))


def test_a_client_is_known_only_to_those_who_see_it(desk: Desk, owner: Session) -> None:
    a_client(desk, "birch")
    refuse_unknown_client(owner, "birch")
    with pytest.raises(BadInput, match="no client birch in view"):
        refuse_unknown_client(as_person(desk, "max"), "birch")


@pytest.mark.requirement("R10")
def test_training_that_is_for_nobody_in_particular_is_a_gap_of_the_initiative(desk: Desk, owner: Session) -> None:
    initiative = made(desk)
    an_item(desk, initiative, status="ready")
    of_people = {"initiative_id": initiative, "lane": "people", "phase": "training", "planned_end": "2026-12-01"}
    record(desk, "activity", title="Video course", **of_people)
    (row,) = rows(owner)
    assert (row.gap.key, row.gap.audience, row.gap.action) == (
        "training",
        None,
        "Plan a training on their own work for the role that is hit",
    )
    record(desk, "activity", title="Nurses trained", audience_id=audience_of(desk, initiative), **of_people)
    assert rows(owner) == []
