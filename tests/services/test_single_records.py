"""Single records: checked as a file's rows are, saved with what they were, merged, and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from builders import a_client, a_desk, a_person, an_initiative, as_person, found, record
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.kinds.kind import ToInitiative
from changedesk.errors import BadInput, Denied, RefusedFile, RuleRefused, Stale
from changedesk.services.portfolio.page import portfolio
from changedesk.services.records import completing, drafts, records, undoing
from changedesk.services.records.meanwhile import ChangedMeanwhile
from changedesk.services.records.records import Record
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check

SAMPLES: dict[str, dict[str, str]] = {
    "clients": {"client": "birch", "name": "Birch Legal", "timezone": "Europe/Helsinki", "user_maturity": "2"},
    "people": {"login": "ann", "name": "Ann", "client": "alder", "roles": "change_manager;cab"},
    "holidays": {"client": "alder", "date": "2026-12-24", "title": "Christmas Eve"},
    "initiatives": {"code": "PSA", "title": "=1+1 [/]", "client": "alder", "charter": "docs/charter", "budget": "12.5"},
    "audiences": {"audience": "Nurses", "headcount": "40", "go_live": "2026-12-09"},
    "activities": {"lane": "people", "phase": "training", "title": "Train", "planned_end": "2026-12-01", "weight": "2"},
    "targets": {"metric": "utilization", "target": "80", "by": "2027-01-31"},
    "snapshots": {"date": "2026-11-20", "planned_value": "90", "earned_value": "88", "actual_cost": "86.5"},
    "benefits": {"benefit": "Calls", "unit": "a week", "baseline": "40", "target": "-10", "dependent_share": "0.8"},
    "key_results": {"objective": "Safe", "key_result": "No stolen account", "metric": "utilization"},
    "risks": {"title": "Late vendor", "kind": "delivery", "probability": "3", "impact": "4", "owner": "pat"},
    "decisions": {"title": "Freeze in May", "touches_timing": "yes", "touches_adoption": "no"},
    "resistance": {"title": "'tis slow", "first_seen": "2026-11-01", "severity": "4", "action": "training"},
    "workarounds": {"title": "Paper list", "first_seen": "2026-11-20", "count": "3", "tolerated": "yes"},
    "impacts": {"audience": "all", "aspect": "tools", "degree": "4", "yesterday": "Paper", "tomorrow": "A screen"},
    "readiness_items": {
        "about": "audience",
        "audience": "all",
        "item": "Knows why",
        "status": "partial",
        "owner": "pat",
    },
    "contact_reasons": {"reason": "Lost phone", "expected": "40", "script": "Script 7"},
    "stakeholders": {
        "stakeholder": "Dora Deal",
        "audiences": "all",
        "power": "5",
        "stance_now": "-1",
        "coalition": "yes",
    },
    "surveys": {"audience": "all", "date": "2026-11-20", "respondent": "1", "awareness": "4", "desire": "2"},
    "confidence": {"whose": "sponsor", "date": "2026-11-20", "score": "3", "comment": "=later"},
    "behaviours": {"behaviour": "One queue", "audience": "all", "metric": "compliance"},
    "expected_resistance": {"title": "Not on my phone", "audience": "all", "action": "design"},
    "meetings": {
        "client": "alder",
        "kind": "cab",
        "title": "CAB of the week",
        "at": "2026-12-01T14:00:00",
        "ends_at": "2026-12-01T15:00:00",
        "chair": "pat",
    },
    "windows": {
        "client": "alder",
        "kind": "freeze_hard",
        "title": "Year end",
        "start": "2026-12-18T18:00:00",
        "end": "2027-01-04T06:00:00",
        "rrule": "FREQ=YEARLY",
        "approved_by": "pat",
    },
    "services": {"client": "alder", "service": "Phones", "owner": "pat", "state": "design", "hour_rate": "61.5"},
    "agreements": {"client": "alder", "service": "Mail", "kind": "SLA", "metric": "csat", "target": "80"},
    "service_periods": {
        "client": "alder",
        "service": "Mail",
        "start": "2026-10-01",
        "end": "2026-10-31",
        "met": "3",
        "due": "4",
    },
    "signals": {
        "client": "alder",
        "service": "Mail",
        "limitation": "Slow",
        "kind": "feedback",
        "date": "2026-11-20",
        "detail": "x",
    },
    "improvements": {
        "client": "alder",
        "service": "Mail",
        "limitation": "Slow",
        "kind": "platform",
        "due": "2027-03-01",
    },
    "support_hours": {"date": "2026-11-16", "technical": "4", "behavioural": "6.5"},
    "security_exceptions": {"title": "Shared account", "opened_on": "2026-11-16", "owner": "pat"},
    "duties": {"client": "alder", "who": "pat", "start": "2026-11-26T07:00:00", "end": "2026-11-26T15:00:00"},
    "handovers": {"planned_start": "2026-12-01", "planned_end": "2026-12-10", "planned_hours": "20"},
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        a_person(desk, "pat", "project_owner", client="alder")
        a_person(desk, "chris", "change_owner", client="alder")
        an_initiative().with_audience("all").on(desk)
        record(desk, "service", client_id=a_client(desk), name="Mail")
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return open_session(desk)


def made(session: Session, form: str, **values: str) -> Record:
    blank = records.blank(session, form, "MFA" if FORMS[form].of_initiative else None)
    return records.save(session, form, blank, blank.values | (values or SAMPLES[form]))


def test_there_is_a_sample_of_every_form_here():
    assert set(SAMPLES) | {"benefit_observations"} == set(FORMS) - set(records.OWN_WAY)


def test_what_has_been_lies_not_ahead_of_the_clients_own_day_which_may_be_a_later_one(desk, owner):
    record(desk, "client", code="kiribati", name="Kiribati", timezone="Pacific/Kiritimati")
    values = SAMPLES["initiatives"] | {"go_live_actual": "2026-11-27"}
    with pytest.raises(RefusedFile) as refused:
        made(owner, "initiatives", **values)
    assert [(one.column, one.problem) for one in refused.value.problems] == [
        ("go_live_actual", "27 Nov 2026 is still to come; write a day that has been, or none yet")
    ]
    assert made(owner, "initiatives", **values | {"client": "kiribati"}).values["go_live_actual"] == "2026-11-27"


def test_a_day_that_a_file_has_brought_although_it_is_to_come_is_told_and_hinders_nothing_else(desk, owner):
    initiative = found(desk, "SELECT id FROM initiative")[0][0]
    record(desk, "workaround", initiative_id=initiative, title="Notes", first_seen="2026-12-24")
    opened = records.listed(owner, "workarounds", "MFA")[0]
    checked = records.check(owner, "workarounds", opened.values, opened.values)
    assert (checked.problems, checked.warnings) == ({}, {"first_seen": "2026-12-24 is in the future"})
    assert records.save(owner, "workarounds", opened, opened.values | {"count": "3"}).values["count"] == "3"
    later = records.check(owner, "workarounds", opened.values | {"first_seen": "2026-12-25"}, opened.values)
    assert "is still to come" in later.problems["first_seen"]


@pytest.mark.parametrize("form", SAMPLES)
def test_what_is_saved_is_what_is_found_again(desk, owner, form):
    saved = made(owner, form)
    again = records.fetch(owner, form, saved.id)
    assert again == saved
    assert {name: again.values[name] for name in SAMPLES[form]} == SAMPLES[form]
    assert saved.id in {one.id for one in records.listed(owner, form, "MFA" if FORMS[form].of_initiative else None)}
    assert check.check(desk, None).problems == ()
    assert check.stale_summaries(desk) == []


@pytest.mark.parametrize("form", sorted(set(SAMPLES) - {"people"}))
def test_a_new_record_can_be_taken_back_and_leaves_nothing(desk, owner, form):
    before = len(records.listed(owner, form))
    made(owner, form)
    undoing.undo(owner, undoing.last_change(owner).seq)
    assert len(records.listed(owner, form)) == before
    assert check.check(desk, None).problems == ()


def test_a_measured_benefit_belongs_to_a_benefit_of_the_same_initiative(owner):
    with pytest.raises(RefusedFile) as refused:
        made(owner, "benefit_observations", benefit="Calls", date="2026-11-20", value="39")
    assert [(p.column, p.problem) for p in refused.value.problems] == [
        ("benefit", "this initiative has no benefit Calls")
    ]
    made(owner, "benefits")
    assert made(owner, "benefit_observations", benefit="Calls", date="2026-11-20", value="39").values["value"] == "39"


def test_the_rules_speak_as_one_types_and_nothing_is_written(desk, owner):
    before = found(desk, "SELECT max(seq) FROM audit")
    said = records.check(
        owner, "activities", {"lane": "people", "phase": "execution", "title": "x", "planned_end": "soon"}
    )
    assert "not a day" in said.problems["planned_end"]
    said = records.check(
        owner,
        "activities",
        {"initiative": "MFA", "lane": "people", "phase": "execution", "title": "x", "planned_end": "2026-12-01"},
    )
    assert "not a phase of the people lane" in said.problems["phase"]
    assert found(desk, "SELECT max(seq) FROM audit") == before


def test_an_empty_form_says_what_is_missing(owner):
    blank = records.blank(owner, "risks", "MFA")
    with pytest.raises(RefusedFile) as refused:
        records.save(owner, "risks", blank, blank.values)
    assert {p.column for p in refused.value.problems} == {"title", "kind"}


def test_a_taken_key_is_refused_in_words(owner):
    made(owner, "risks")
    with pytest.raises(RuleRefused, match="the risk Late vendor is there already"):
        made(owner, "risks")


def test_two_people_change_different_fields_and_both_are_kept(desk, owner):
    opened = made(owner, "risks")
    records.save(as_person(desk, "pat"), "risks", opened, opened.values | {"impact": "5"})
    merged = records.save(owner, "risks", opened, opened.values | {"response": "second source"})
    assert (merged.values["impact"], merged.values["response"]) == ("5", "second source")


def test_two_people_change_the_same_field_and_the_second_is_shown_the_difference(desk, owner):
    opened = made(owner, "risks")
    records.save(as_person(desk, "pat"), "risks", opened, opened.values | {"impact": "5"})
    with pytest.raises(ChangedMeanwhile) as changed:
        records.save(owner, "risks", opened, opened.values | {"impact": "1"})
    (difference,) = changed.value.differences
    assert (difference.label, difference.opened, difference.mine, difference.theirs) == ("Impact", "4", "1", "5")
    assert changed.value.who == "pat"
    assert records.save(owner, "risks", changed.value.record, opened.values | {"impact": "1"}).values["impact"] == "1"


def test_saving_what_is_there_already_changes_nothing(desk, owner):
    saved = made(owner, "risks")
    before = found(desk, "SELECT max(seq) FROM audit")
    assert records.save(owner, "risks", saved, saved.values) == saved
    assert found(desk, "SELECT max(seq) FROM audit") == before


@pytest.mark.requirement("R95")
def test_the_audit_keeps_what_it_was_and_names_people_by_id(desk, owner):
    saved = made(owner, "risks")
    records.save(owner, "risks", saved, saved.values | {"owner": "chris"})
    (body,) = found(desk, "SELECT body FROM audit ORDER BY seq DESC LIMIT 1")[0]
    told = json.loads(body)
    assert told["columns"] == ["owner"]
    assert set(told["before"]["owner"]) == set(told["after"]["owner"]) == {"person"}
    assert "chris" not in body
    made(owner, "people")
    (body,) = found(desk, "SELECT body FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert "Ann" not in body


def test_changes_are_taken_back_one_after_the_other(owner):
    first = made(owner, "risks")
    second = records.save(owner, "risks", first, first.values | {"owner": "chris", "impact": "5"})
    records.save(owner, "risks", second, second.values | {"response": "wait"})
    assert undoing.undo(owner, undoing.last_change(owner).seq) == "taken back: response of risk Late vendor changed"
    undoing.undo(owner, undoing.last_change(owner).seq)
    assert records.fetch(owner, "risks", first.id).values == first.values
    undoing.undo(owner, undoing.last_change(owner).seq)
    assert records.listed(owner, "risks", "MFA") == ()
    with pytest.raises(RuleRefused, match="nothing yet that could be taken back"):
        undoing.last_change(owner)


def test_what_somebody_else_touched_since_is_not_taken_back(desk, owner):
    opened = made(owner, "risks")
    records.save(as_person(desk, "pat"), "risks", opened, opened.values | {"impact": "5"})
    with pytest.raises(RuleRefused, match="changed since"):
        undoing.undo(owner, undoing.last_change(owner).seq)


def test_a_record_that_others_hang_on_is_not_taken_back(owner):
    made(owner, "audiences")
    blank = records.blank(owner, "targets", "MFA")
    records.save(owner, "targets", blank, blank.values | SAMPLES["targets"] | {"audience": "Nurses"})
    undone = undoing.last_change(owner)
    undoing.undo(owner, undone.seq)
    assert undoing.last_change(owner).sentence == "audience Nurses made"


@pytest.mark.requirement("R108")
def test_a_record_of_another_client_is_as_unknown_as_one_that_does_not_exist(desk, owner):
    a_client(desk, "birch")
    an_initiative().named("BIR").of("birch").on(desk)
    foreign = records.save(
        owner, "risks", blank := records.blank(owner, "risks", "BIR"), blank.values | SAMPLES["risks"]
    )
    pat = as_person(desk, "pat")
    with pytest.raises(BadInput, match="no longer in view"):
        records.fetch(pat, "risks", foreign.id)
    with pytest.raises(BadInput, match="there is no initiative BIR in view"):
        records.blank(pat, "risks", "BIR")
    with pytest.raises((BadInput, Stale, Denied)):
        records.save(pat, "risks", foreign, foreign.values | {"impact": "1"})


def test_an_initiative_stays_with_the_client_of_its_changes_and_tickets(desk, owner):
    a_client(desk, "birch")
    mfa = records.listed(owner, "initiatives")[0]
    client = found(desk, "SELECT client_id FROM initiative")[0][0]
    record(
        desk, "ticket", client_id=client, initiative_id=mfa.id, number="INC1", opened_at="2026-11-20T08:00:00Z"
    )  # fmt: skip
    with pytest.raises(RefusedFile) as refused:
        records.save(owner, "initiatives", mfa, mfa.values | {"client": "birch"})
    assert [(p.column, p.problem) for p in refused.value.problems] == [
        ("client", "it has tickets of alder, and stays with that client")
    ]
    assert records.save(owner, "initiatives", mfa, mfa.values | {"title": "Other"}).values["title"] == "Other"


def test_an_initiative_is_not_taken_back_to_a_client_after_the_other_one_has_tickets_of_it(desk, owner):
    a_client(desk, "birch")
    mfa = records.listed(owner, "initiatives")[0]
    records.save(owner, "initiatives", mfa, mfa.values | {"client": "birch"})
    last = undoing.last_change(owner)
    client = found(desk, "SELECT client_id FROM initiative")[0][0]
    record(
        desk, "ticket", client_id=client, initiative_id=mfa.id, number="INC1", opened_at="2026-11-20T08:00:00Z"
    )  # fmt: skip
    with pytest.raises(RuleRefused, match="it has tickets of birch, and stays with that client"):
        undoing.undo(owner, last.seq)
    assert records.listed(owner, "initiatives")[0].values["client"] == "birch"


def test_an_activity_is_measured_against_the_plan_it_came_with(desk, owner):
    saved = made(owner, "activities")
    records.save(owner, "activities", saved, saved.values | {"planned_end": "2026-12-20"})
    assert found(desk, "SELECT planned_end, baseline_end FROM activity WHERE title = 'Train'") == [
        ("2026-12-20", "2026-12-01")
    ]


def test_names_complete_what_is_typed(owner):
    assert completing.suggestions(owner, "risks", "owner", "p", "MFA") == ("pat",)
    assert completing.suggestions(owner, "activities", "audience", "", "MFA") == ("all",)
    assert completing.suggestions(owner, "initiatives", "client", "al") == ("alder",)
    assert completing.suggestions(owner, "risks", "title", "x", "MFA") == ()


def test_a_service_is_completed_from_those_of_the_client_that_the_form_names(desk, owner):
    a_client(desk, "birch")
    for client, service in (("alder", "Phones"), ("birch", "Documents")):
        records.save(owner, "services", records.blank(owner, "services"), {"client": client, "service": service})
    for form in ("initiatives", "agreements"):
        assert completing.suggestions(owner, form, "service", "", "MFA", {"client": "birch"}) == ("Documents",)
    assert set(completing.suggestions(owner, "agreements", "service", "")) >= {"Documents", "Phones"}


class Login(str):
    """A login that counts how often it is compared."""

    __slots__ = ()
    compared: ClassVar[list[object]] = []
    __hash__ = str.__hash__

    def __eq__(self, other):
        self.compared.append(other)
        return str(self) == other


def test_very_many_names_are_not_compared_with_each_other(owner, monkeypatch):
    monkeypatch.setattr(completing.records, "names", lambda *_: [Login(f"p{n}") for n in range(300)])
    assert completing.suggestions(owner, "risks", "owner", "", "MFA") == tuple(f"p{n}" for n in range(8))
    assert completing.suggestions(owner, "risks", "owner", "9", "MFA")[0] == "p9"
    assert len(Login.compared) < 300


def test_names_are_read_until_enough_begin_with_what_was_typed(owner, monkeypatch):
    logins = iter([f"p{n:03}" for n in range(300)])
    monkeypatch.setattr(completing.records, "names", lambda *_: logins)
    assert completing.suggestions(owner, "risks", "owner", "P01", "MFA") == tuple(f"p01{n}" for n in range(8))
    assert next(logins) == "p018"


def test_a_draft_is_kept_for_its_writer_until_it_is_thrown_away(desk, owner):
    assert drafts.kept(owner, "risks", "new") is None
    assert drafts.keep(owner, "risks", "new", {"title": "half a thou"})
    assert drafts.kept(owner, "risks", "new") == {"title": "half a thou"}
    assert drafts.kept(as_person(desk, "pat"), "risks", "new") is None
    drafts.drop(owner, "risks", "new")
    assert drafts.kept(owner, "risks", "new") is None


def test_forms_of_an_initiative_have_no_field_for_it():
    for form in (form for name, form in FORMS.items() if name not in records.OWN_WAY):
        assert form.of_initiative == any(isinstance(column.type, ToInitiative) for column in form.kind.columns)
        assert "initiative" not in {field.column.name for field in form.fields}


@pytest.mark.parametrize(
    ("rrule", "coming"),
    [
        ("FREQ=WEEKLY;BYDAY=SU", {"start": "2026-11-29T22:00:00", "end": "2026-11-30T02:00:00"}),
        ("FREQ=WEEKLY;BYDAY=SU;COUNT=3", {}),
        ("", {}),
    ],
)
def test_a_window_that_repeats_is_listed_with_its_next_time_and_kept_as_it_began(desk, owner, rrule, coming):
    record(desk, "client", code="dover", name="Dover", timezone="Europe/Berlin")
    began = {"client": "dover", "start": "2026-07-05T22:00:00", "end": "2026-07-06T02:00:00", "rrule": rrule}
    blank = records.blank(owner, "windows")
    saved = records.save(
        owner, "windows", blank, {**blank.values, "kind": "maintenance", "title": "Sunday night", **began}
    )
    (shown,) = records.listed(owner, "windows")
    assert shown.values == saved.values
    assert dict(shown.coming) == coming


def test_of_what_was_cancelled_nothing_new_is_planned_while_what_came_of_it_is_still_written_down(desk, owner):
    before = made(owner, "activities")
    (initiative,) = records.listed(owner, "initiatives")
    records.save(owner, "initiatives", initiative, {**initiative.values, "state": "cancelled"})
    for form in (
        "audiences", "activities", "targets", "benefits", "impacts", "readiness_items", "contact_reasons", "stakeholders",
        "behaviours", "expected_resistance", "key_results", "handovers",
    ):  # fmt: skip
        with pytest.raises(RuleRefused, match=r"^MFA is cancelled; nothing more is planned of it$"):
            made(owner, form)
    assert made(owner, "decisions").id
    assert made(owner, "workarounds").id
    done = records.save(owner, "activities", before, {**before.values, "actual_end": "2026-11-20"})
    assert done.values["actual_end"] == "2026-11-20", "what had been done by then is still said"
    assert check.check(desk, None).problems == ()


def _a_change(desk: Desk, **of: str) -> None:
    record(
        desk, "change_request", number="C1", title="Change", planned_start="2026-12-01T08:00:00Z",
        planned_end="2026-12-01T09:00:00Z", state="draft", path="normal", imported=0, held_here=1, **of,
    )  # fmt: skip


@pytest.mark.parametrize(("form", "column", "other"), [("clients", "client", "name"), ("initiatives", "code", "title")])
def test_what_changes_are_called_by_keeps_its_code_because_what_was_decided_names_it(desk, owner, form, column, other):
    of = {"client_id": found(desk, "SELECT client_id FROM initiative")[0][0]}
    _a_change(desk, initiative_id=found(desk, "SELECT id FROM initiative")[0][0], **of)
    one = next(one for one in records.listed(owner, form) if one.values[column] in ("MFA", "alder"))
    with pytest.raises(RefusedFile) as refused:
        records.save(owner, form, one, one.values | {column: "other"})
    ((where, problem),) = [(p.column, p.problem) for p in refused.value.problems]
    assert where == column
    assert problem == f"its changes name it {one.values[column]}, so it keeps that; its {other} may change"
    assert records.save(owner, form, one, one.values | {other: "Another"}).values[other] == "Another"


def test_a_client_without_changes_gets_another_code_and_its_initiatives_follow(desk, owner):
    alder = next(one for one in records.listed(owner, "clients") if one.values["client"] == "alder")
    records.save(owner, "clients", alder, alder.values | {"client": "ash"})
    assert {row.client for row in portfolio(owner).rows(0, 9)} == {"ash"}
    assert check.stale_summaries(desk) == []
    undoing.undo(owner, undoing.last_change(owner).seq)
    assert {row.client for row in portfolio(owner).rows(0, 9)} == {"alder"}
    assert check.stale_summaries(desk) == []
    assert check.check(desk, None).problems == ()


def test_a_code_is_not_taken_back_after_changes_are_called_by_it(desk, owner):
    mfa = records.listed(owner, "initiatives")[0]
    records.save(owner, "initiatives", mfa, mfa.values | {"code": "NEW"})
    last = undoing.last_change(owner)
    _a_change(desk, initiative_id=mfa.id, client_id=found(desk, "SELECT client_id FROM initiative")[0][0])
    with pytest.raises(RuleRefused, match="its changes name it NEW, so it keeps that"):
        undoing.undo(owner, last.seq)


def test_a_go_live_that_a_change_serves_keeps_its_title_because_it_is_found_by_that(desk, owner):
    initiative = found(desk, "SELECT id FROM initiative")[0][0]
    values = records.blank(owner, "activities", "MFA").values | {
        "lane": "delivery", "phase": "execution", "kind": "cutover", "title": "Cutover", "planned_end": "2026-12-01",
    }  # fmt: skip
    cutover = records.save(owner, "activities", records.blank(owner, "activities", "MFA"), values)
    made = undoing.last_change(owner)
    client = found(desk, "SELECT client_id FROM initiative")[0][0]
    _a_change(desk, initiative_id=initiative, client_id=client, milestone="Cutover")
    with pytest.raises(RefusedFile) as refused:
        records.save(owner, "activities", cutover, cutover.values | {"title": "Switch"})
    ((where, problem),) = [(p.column, p.problem) for p in refused.value.problems]
    assert where == "title"
    assert problem == "its changes name it Cutover, so it keeps that; its days may change"
    with pytest.raises(RuleRefused, match="other records depend on this activity"):
        undoing.undo(owner, made.seq)
    moved = records.save(owner, "activities", cutover, cutover.values | {"planned_end": "2026-12-02"})
    assert moved.values["planned_end"] == "2026-12-02"
    other = records.save(owner, "activities", records.blank(owner, "activities", "MFA"), values | {"title": "Other"})
    assert records.save(owner, "activities", other, other.values | {"title": "Free"}).values["title"] == "Free"


def test_whoever_has_voted_keeps_the_login_because_the_vote_counts_for_the_seat_of_that_name(desk, owner):
    of = {"client_id": found(desk, "SELECT client_id FROM initiative")[0][0]}
    _a_change(desk, **of)
    record(
        desk, "vote", change_id=found(desk, "SELECT id FROM change_request")[0][0], revision=1, round=1, digest="d", step=1,
        voter=a_person(desk, "ann", "cab"), decision="approve", at="2026-11-26T08:00:00.000Z",
    )  # fmt: skip
    ann = next(one for one in records.listed(owner, "people") if one.values["login"] == "ann")
    with pytest.raises(RefusedFile) as refused:
        records.save(owner, "people", ann, ann.values | {"login": "anna"})
    ((where, problem),) = [(p.column, p.problem) for p in refused.value.problems]
    assert where == "login"
    assert problem == "votes on changes count as those of ann, so the login stays; the name may change"
    assert records.save(owner, "people", ann, ann.values | {"name": "Anna"}).values["name"] == "Anna"
    a_person(desk, "ben")
    ben = next(one for one in records.listed(owner, "people") if one.values["login"] == "ben")
    assert records.save(owner, "people", ben, ben.values | {"login": "benno"}).values["login"] == "benno"
