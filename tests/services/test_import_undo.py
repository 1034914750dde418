"""Taking an import back: every kind is as it was, unless somebody has built on what came in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from import_desks import NOW, PORTFOLIO, a_desk, everything, fill, given, take

from builders import found, free_hand, record
from changedesk.domain.kinds.registry import KINDS
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services import desks
from changedesk.services.imports import undo as import_undo
from changedesk.services.imports.undo import ImportEntry
from changedesk.services.initiative import gates
from changedesk.services.opening import open_desk
from changedesk.services.records import observing, records, undoing
from changedesk.services.session import Session, open_session
from changedesk.store.trail import sealing

MORE: dict[str, str] = {
    "windows": "client,kind,title,start,end\nalder,maintenance,Sunday,2026-11-29T00:00Z,2026-11-29T06:00Z\n",
    "changes": "number,client,title,path,planned_start,planned_end\nC1,alder,Switch,normal,2026-11-20T00:00Z,2026-11-20T02:00Z\n",
    "services": "client,service,owner,currency\nalder,Mail,ben,EUR\nbirch,Files,,\n",
    "agreements": "client,service,kind,metric,target\nalder,Mail,SLA,availability,99.5\n",
    "service_periods": "client,service,start,end,agreed_min,down_min\nalder,Mail,2026-10-01,2026-10-31,40000,12.5\n",
    "signals": "client,service,limitation,kind,date,detail\nalder,Mail,Slow,feedback,2026-11-01,Complaints\n",
    "improvements": "client,service,limitation,owner\nalder,Mail,Slow,ben\n",
    "support_hours": "initiative,date,technical,behavioural\nMFA,2026-11-02,4,1.5\n",
    "security_exceptions": "initiative,title,opened_on\nMFA,Shared account,2026-11-02\n",
    "duties": "client,who,start,end\nalder,ben,2026-11-26T07:00Z,2026-11-26T15:00Z\n",
    "handovers": "initiative,planned_hours\nMFA,20\n",
    "key_results": "initiative,objective,key_result,metric\nMFA,Safe,No stolen account,utilization\n",
}
"""What the desk has besides the portfolio that every test of imports has."""

CHANGED: dict[str, str] = {
    "impacts": "initiative,audience,aspect,degree\nMFA,nurses,tools,5\nMFA,nurses,location,0\n",
    "readiness": "initiative,audience,item,status\nMFA,nurses,Knows why,ready\nMFA,nurses,Knows how,unknown\n",
    "readiness_items": (
        "initiative,about,audience,item,status,owner\nMFA,support,,Scripts tried,ready,ben\nMFA,sponsor,,Says so,unknown,\n"
    ),
    "contact_reasons": "initiative,reason,expected\nMFA,Lost phone,41\nMFA,New phone,\n",
    "stakeholders": "initiative,stakeholder,audiences,power\nMFA,Dora Deal,nurses,4\nMFA,Eva,,\n",
    "surveys": "initiative,audience,date,respondent,desire\nMFA,nurses,2026-11-13,1,5\nMFA,nurses,2026-11-20,2,1\n",
    "confidence": "initiative,whose,date,score\nMFA,sponsor,2026-11-20,5\nMFA,client,2026-11-21,3\n",
    "behaviours": "initiative,behaviour,audience\nMFA,Reports a strange prompt,executives\nMFA,No paper,\n",
    "expected_resistance": "initiative,title,answer\nMFA,Not on my phone,A card\nMFA,No time,\n",
    "resistance": "initiative,title,first_seen\nMFA,Queue at the helpdesk,2026-11-03\nMFA,Late,2026-11-02\n",
    "workarounds": "initiative,title,first_seen,count\nMFA,Shared account,2026-11-02,3\nMFA,Board,2026-11-01,\n",
    "services": "client,service,owner,currency\nalder,Mail,eva,USD\nlarch,Phones,,\n",
    "agreements": "client,service,kind,metric,target\nalder,Mail,SLA,availability,99.9\nalder,Mail,UC,mtrs,4\n",
    "service_periods": (
        "client,service,start,end,agreed_min,down_min\n"
        "alder,Mail,2026-10-01,2026-10-31,40000,13.7\nalder,Mail,2026-11-01,2026-11-30,,\n"
    ),
    "signals": (
        "client,service,limitation,kind,date,detail,reference\n"
        "alder,Mail,Slow,feedback,2026-11-01,Complaints,PRB1\nbirch,Files,Full,monitoring,2026-11-01,Disk,\n"
    ),
    "improvements": "client,service,limitation,owner\nalder,Mail,Slow,eva\nbirch,Files,Full,\n",
    "support_hours": "initiative,date,technical,behavioural\nMFA,2026-11-02,5,1.5\nMFA,2026-11-09,1,\n",
    "security_exceptions": (
        "initiative,title,opened_on,closed_on\nMFA,Shared account,2026-11-02,2026-11-20\nMFA,Other,2026-11-03,\n"
    ),
    "duties": (
        "client,who,start,end,contact\nalder,ben,2026-11-26T07:00Z,2026-11-26T15:00Z,55\n"
        "larch,eva,2026-11-26T07:00Z,2026-11-26T15:00Z,\n"
    ),
    "handovers": "initiative,planned_hours\nMFA,21\nFILES,3\n",
    "key_results": (
        "initiative,objective,key_result,metric,owner\nMFA,Safe,No stolen account,utilization,ben\nMFA,Safe,Known,,\n"
    ),
    "windows": (
        "client,kind,title,start,end\nalder,maintenance,Sunday,2026-11-29T00:00Z,2026-11-29T07:00Z\n"
        "larch,holiday,Day off,2026-12-24T00:00Z,2026-12-25T00:00Z\n"
    ),
    "changes": (
        "number,client,title,path,planned_start,planned_end,risk\n"
        "C1,alder,Switch,normal,2026-11-20T00:00Z,2026-11-20T03:00Z,high\n"
        "C2,larch,Other,normal,2026-11-20T00:00Z,2026-11-20T02:00Z,\n"
    ),
    "clients": "client,name,user_maturity\nalder,Other,5\nlarch,Larch,1\n",
    "people": "login,name,client,roles\nann,Anne,larch,cab\nnew,New,,\n",
    "initiatives": "code,title,client,budget,state\nMFA,Renamed,alder,0.1,live\nNEW,New,larch,,\n",
    "audiences": "initiative,audience,headcount,go_live\nMFA,nurses,9,2027-01-01\nMFA,cooks,3,\n",
    "activities": (
        "initiative,lane,phase,title,planned_end,weight,audience\n"
        "MFA,people,training,Train,2027-01-01,0.30000000000000004,\nFILES,people,training,New,2027-01-01,,\n"
    ),
    "targets": "initiative,audience,metric,target,by\nMFA,,utilization,70,2027-02-01\nMFA,executives,use,1,2027-02-01\n",
    "snapshots": "initiative,date,planned_value\nMFA,2026-11-20,91.7\nMFA,2026-11-21,\n",
    "benefits": "initiative,benefit,baseline,target\nMFA,phished accounts,12.5,-1\nMFA,calls,1,2\n",
    "benefit_observations": "initiative,benefit,date,value\nMFA,phished accounts,2026-11-20,3\nMFA,phished accounts,2026-11-21,3\n",
    "tickets": "id,opened_at,client,state\nINC1,2026-11-20T08:00Z,alder,open\nINC1,2026-11-20T08:00Z,larch,open\n",
    "observations": (
        "initiative,audience,metric,date,numerator,denominator\n"
        "MFA,nurses,utilization,2026-11-20,13,1208\nMFA,nurses,utilization,2026-11-21,14,1208\n"
    ),
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path / "desk.db", PORTFOLIO, MORE) as session:
        yield session


def last(session: Session) -> ImportEntry:
    return import_undo.imports(session)[0]


@pytest.mark.parametrize("kind", CHANGED)
def test_what_an_import_added_goes_and_what_it_changed_is_as_it_was(session: Session, kind: str) -> None:
    before, standings = everything(session), session.desk.reader().execute("SELECT * FROM standing").fetchall()
    report = take(session, kind, CHANGED[kind])
    assert (report.added, report.updated, report.problems) == (1, 1, ())
    assert everything(session) != before
    assert import_undo.undo_import(session, last(session).number).endswith(", 1 removed, 1 as before")
    assert everything(session) == before
    assert session.desk.reader().execute("SELECT * FROM standing").fetchall() == standings
    assert (last(session).undone, last(session).refused) == (True, "it was taken back already")
    assert [finding for finding in desks.doctor(session) if not finding.well] == []


def test_every_kind_is_tried_here() -> None:
    assert {*CHANGED} == {*KINDS}


def test_imports_are_taken_back_one_after_the_other(session: Session) -> None:
    # Each of them changes rows that others before it have made along the way, the client larch first of all.
    states = []
    for kind in ("people", "clients", "initiatives", "tickets", "audiences", "clients", "activities"):
        states.append(everything(session))
        text = CHANGED[kind].replace("Other", f"Other {len(states)}")
        assert take(session, kind, text).problems == ()
    for state in reversed(states):
        entry = next(entry for entry in import_undo.imports(session) if not entry.undone)
        import_undo.undo_import(session, entry.number)
        assert everything(session) == state
    assert session.desk.reader().execute("SELECT count(*) FROM import_before").fetchone() == (0,)


def test_a_first_import_is_taken_back_to_an_empty_desk(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        empty = everything(session)
        fill(session)
        for _ in PORTFOLIO:
            entry = next(entry for entry in import_undo.imports(session) if not entry.undone)
            import_undo.undo_import(session, entry.number)
        assert everything(session) == empty
        for table in ("lane", "standing", "change_log"):
            assert session.desk.reader().execute(f"SELECT count(*) > 0 FROM {table}").fetchone() == (
                table == "change_log",
            )


def test_a_client_that_somebody_needs_by_now_stays(session: Session) -> None:
    take(session, "tickets", "id,opened_at,client\nTICK1,2026-11-20T08:00Z,larch\n")
    number = last(session).number
    take(session, "people", "login,name,client\nlen,Len,larch\n")
    import_undo.undo_import(session, number)
    assert b"larch" in given(session, "clients")
    assert b"TICK1" not in given(session, "tickets")


def _changed(session: Session) -> None:
    record = next(r for r in records.listed(session, "audiences", "MFA") if r.values["audience"] == "nurses")
    records.save(session, "audiences", record, record.values | {"headcount": "7"})


def _observed(session: Session) -> None:
    take(
        session, "observations", "initiative,audience,metric,date,numerator,denominator\nMFA,cooks,use,2026-11-20,1,3\n"
    )


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (_changed, "the import cannot be taken back: 1 row changed since"),
        (_observed, "the import cannot be taken back: 1 observation depends on it"),
    ],
)
def test_what_somebody_has_built_on_is_not_taken_back(session: Session, touch: object, said: str) -> None:
    take(session, "audiences", CHANGED["audiences"])
    number = last(session).number
    touch(session)  # type: ignore[operator]
    before = everything(session)
    with pytest.raises(RuleRefused) as refused:
        import_undo.undo_import(session, number)
    assert refused.value.message == said
    assert everything(session) == before


def test_an_initiative_that_was_worked_on_is_not_taken_back(session: Session) -> None:
    take(session, "initiatives", CHANGED["initiatives"])
    number = last(session).number
    gates.tick(session, "NEW", "initiation", "delivery", "charter", "docs/charter")
    with pytest.raises(RuleRefused, match="1 checklist depends on it"):
        import_undo.undo_import(session, number)


def test_a_person_under_whose_name_something_was_done_stays(session: Session) -> None:
    take(session, "people", "login,name,roles\nzoe,Zoe,trainer\n")
    number = last(session).number
    assert last(session).refused is None
    zoe = open_session(session.desk, "zoe")
    observing.observe(zoe, "MFA", "nurses", "utilization", "2026-11-24", "77/1208")
    said = "1 of its people has signed or done something since"
    assert last(session).refused == said
    with pytest.raises(RuleRefused, match=said):
        import_undo.undo_import(session, number)


def test_values_are_kept_for_a_while_and_then_let_go(session: Session) -> None:
    take(session, "audiences", CHANGED["audiences"])
    number = last(session).number
    session.desk.clock = lambda: NOW + timedelta(days=31)
    take(session, "clients", "client,name\nalder,Newer\n")
    with pytest.raises(RuleRefused, match="the values from before are kept for 30 days"):
        import_undo.undo_import(session, number)


def test_kept_values_that_somebody_changed_in_the_file_are_not_used(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        take(session, "audiences", CHANGED["audiences"])
        number = last(session).number
    conn = free_hand(tmp_path / "desk.db")
    conn.execute("UPDATE import_before SET value = 1 WHERE field = 'headcount'")
    conn.close()
    with open_desk(tmp_path / "desk.db") as desk:
        session = open_session(desk)
        with pytest.raises(RuleRefused, match="are not the ones that it kept"):
            import_undo.undo_import(session, number)
        said = desks.verify(session, None).problems
        assert f"the values from before the import of event {number} are not the ones that it kept" in said


def test_an_import_is_taken_back_like_any_last_change(session: Session) -> None:
    before = everything(session)
    take(session, "tickets", CHANGED["tickets"])
    change = undoing.last_change(session)
    assert change.sentence == "import of tickets: 1 added, 1 updated"
    assert undoing.undo(session, change.seq) == "taken back: import of tickets, 1 removed, 1 as before"
    assert everything(session) == before


def test_the_last_change_says_why_an_import_stays(session: Session) -> None:
    take(session, "audiences", CHANGED["audiences"])
    limited = open_session(session.desk, "limited")
    take(
        limited, "observations", "initiative,audience,metric,date,numerator,denominator\nMFA,cooks,use,2026-11-20,1,3\n"
    )
    with pytest.raises(RuleRefused, match="your last import cannot be taken back: 1 observation depends"):
        undoing.last_change(session)


def test_who_may_import_takes_back_and_whoever_is_limited_only_the_own(session: Session) -> None:
    take(session, "people", "login,name,roles\nreader,Reader,auditor\n")
    limited, reader = open_session(session.desk, "limited"), open_session(session.desk, "reader")
    take(session, "audiences", CHANGED["audiences"])
    number = last(session).number
    assert import_undo.imports(limited) == ()
    with pytest.raises(RuleRefused, match="somebody else's"):
        import_undo.undo_import(limited, number)
    with pytest.raises(Denied, match="may not import"):
        import_undo.undo_import(reader, number)
    take(limited, "audiences", "initiative,audience,headcount\nMFA,porters,2\n")
    assert (
        import_undo.undo_import(limited, last(limited).number)
        == "taken back: import of audiences, 1 removed, 0 as before"
    )
    with pytest.raises(BadInput, match="no import with the number 9999"):
        import_undo.undo_import(session, 9999)


def test_the_audit_tells_what_was_taken_back(session: Session) -> None:
    take(session, "audiences", CHANGED["audiences"])
    number = last(session).number
    import_undo.undo_import(session, number)
    ((body,),) = session.desk.reader().execute("SELECT body FROM audit WHERE kind = 'import.undone'").fetchall()
    told = {name: value for name, value in json.loads(body).items() if name not in sealing.KEYS}
    assert told == {"undoes": number, "kind": "audiences", "removed": 1, "restored": 1, "recorded_by": None}


def test_an_import_of_the_go_live_that_a_change_serves_stays(session: Session) -> None:
    take(session, "activities", CHANGED["activities"])
    record(
        session.desk, "change_request", number="C1", title="Change", planned_start="2026-12-01T08:00:00Z",
        planned_end="2026-12-01T09:00:00Z", state="draft", path="normal", imported=0, held_here=1, milestone="New",
        initiative_id=found(session.desk, "SELECT id FROM initiative WHERE code = 'FILES'")[0][0],
        client_id=found(session.desk, "SELECT client_id FROM initiative WHERE code = 'FILES'")[0][0],
    )  # fmt: skip
    assert last(session).refused == "1 change request depends on it"
    with pytest.raises(RuleRefused, match="1 change request depends on it"):
        import_undo.undo_import(session, last(session).number)
