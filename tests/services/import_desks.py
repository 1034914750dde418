"""Desks and files for the tests of imports and exports."""

from __future__ import annotations

import csv
import functools
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from changedesk.domain.kinds.registry import KINDS
from changedesk.services.imports.exports import export
from changedesk.services.imports.importing import ImportReport, import_file
from changedesk.services.session import Session, open_session
from changedesk.store.desk import files
from changedesk.store.desk.creating import create_desk
from changedesk.store.desk.database import Desk

NOW = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)

PORTFOLIO: Mapping[str, str] = {
    "clients": "client,name,timezone,user_maturity\nalder,Alder Clinic,Europe/Helsinki,2\nbirch,Birch Legal,,\n",
    "people": "login,name,email,client,roles\nlimited,Lim,,alder,change_manager\nann,Ann,a@x.example,,change_manager;cab\n",
    "initiatives": "code,title,client,go_live_planned,budget\nMFA,MFA everywhere,alder,2026-12-02,1200.5\nFILES,Files,birch,,\n",
    "audiences": "initiative,audience,headcount,go_live\nMFA,executives,32,\nMFA,nurses,1208,2026-12-09\nFILES,all,40,\n",
    "activities": (
        "initiative,lane,phase,title,kind,audience,planned_start,planned_end,weight,milestone\n"
        "MFA,delivery,execution,Enrol,build,,2026-09-01,2026-10-01,3,no\n"
        "MFA,people,training,Train,training,executives,,2026-11-01,,\n"
        "FILES,service,transition,Hand over,handover,all,,2026-12-24,0.5,yes\n"
    ),
    "targets": "initiative,audience,metric,target,by\nMFA,,utilization,80,2027-01-31\nMFA,nurses,utilization,95.5,2027-01-31\n",
    "snapshots": "initiative,date,planned_value,earned_value,actual_cost,scope_done,scope_total\nMFA,2026-11-20,90,88,86.5,44,50\n",
    "benefits": "initiative,benefit,unit,baseline,target,due,dependent_share\nMFA,phished accounts,a year,12,-1,2027-06-30,0.8\n",
    "benefit_observations": "initiative,benefit,date,value\nMFA,phished accounts,2026-11-20,11.5\n",
    "key_results": (
        "initiative,objective,key_result,metric,benefit,owner\n"
        "MFA,Nobody is phished,All enrolled,utilization,,\nMFA,Nobody is phished,One a year,,phished accounts,ann\n"
    ),
    "impacts": "initiative,audience,aspect,degree\nMFA,executives,tools,4\nMFA,nurses,behaviours,5\nMFA,nurses,tools,0\n",
    "readiness": (
        "initiative,audience,item,status,weight,due,owner,evidence\n"
        "MFA,executives,Two methods registered,partial,2,2026-11-30,ann,12 of 32\nMFA,nurses,Knows why,unknown,,,,\n"
    ),
    "readiness_items": (
        "initiative,about,audience,item,status,kind,checkpoint,lane,action\n"
        "MFA,support,,Scripts tried,not_ready,script,go_live,,Rehearse ten calls\n"
        "MFA,manager,nurses,Briefed,ready,briefing,execution,people,\n"
    ),
    "contact_reasons": "initiative,reason,expected,script,article,escalation\nMFA,Lost phone,40,Script 7,,Second line\n",
    "stakeholders": (
        "initiative,stakeholder,role,audiences,power,interest,stance_now,stance_wanted,coalition,last_act,last_act_on\n"
        "MFA,Dora Deal,Director,nurses;executives,5,3,-1,2,yes,Spoke at the all-hands,2026-11-20\nMFA,ann,,,2,,,,no,,\n"
    ),
    "surveys": (
        "initiative,audience,date,respondent,awareness,desire,knowledge,ability,reinforcement,answers\n"
        "MFA,nurses,2026-11-13,1,4,2,3,3,3,7\nMFA,nurses,2026-11-13,2,5,5,5,4,,\n"
    ),
    "confidence": "initiative,whose,date,score,comment\nMFA,sponsor,2026-11-20,4,\nMFA,client,2026-11-20,2,=too late\n",
    "behaviours": "initiative,behaviour,audience,standard,metric\nMFA,Reports a strange prompt,nurses,Within a day,compliance\n",
    "expected_resistance": "initiative,title,audience,cause,action,answer\nMFA,Not on my phone,nurses,Privacy,design,A key\n",
    "resistance": (
        "initiative,title,audience,first_seen,severity,cause,owner,action,issue,milestone,outcome,closed_on\n"
        "MFA,Queue at the helpdesk,executives,2026-11-02,3,Travel,ann,training,,Enrol,,2026-11-20\n"
    ),
    "workarounds": (
        "initiative,title,audience,kind,first_seen,count,tolerated,owner,retire_by,closed_on\n"
        "MFA,Shared account,nurses,shadow_process,2026-11-02,12,yes,ann,2026-12-24,\n"
    ),
    "tickets": (
        "id,opened_at,resolved_at,priority,category,service,client,initiative,audience,state,title,related_change\n"
        "INC1,2026-11-20T08:00:00Z,2026-11-20T09:30:00Z,2,sign-in,mail,alder,MFA,nurses,closed,Locked out,C7\n"
        "INC1,2026-11-20T08:00,,P3,,,birch,,,open,Same number elsewhere,\n"
        "INC2,2026-11-21T10:00:00+02:00,,,,,,MFA,,,,\nINC3,2026-11-21T10:00:00Z,,,,,,,,,Whose?,\n"
    ),
    "observations": (
        "initiative,audience,metric,date,numerator,denominator,method\n"
        "MFA,nurses,utilization,2026-11-20,12,1208,\nMFA,nurses,utilization,2026-11-20,9,1208,self_reported\n"
        "FILES,all,utilization,2026-11-13,37.5,100,observed\n"
    ),
}


@contextmanager
def a_desk(path: Path, *filled: Mapping[str, str]) -> Iterator[Session]:
    """A new personal desk at ``path`` with what these files bring, and its owner at it.

    Desks filled alike are copies of the first that a process has made.
    """
    files.make_folder(path.parent, shared=False)
    files.new_file(path, 0o600)
    path.write_bytes(_made(tuple(tuple(one.items()) for one in filled)))
    with Desk(path, lambda: NOW) as desk:
        yield open_session(desk)


@functools.cache
def _made(filled: tuple[tuple[tuple[str, str], ...], ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        create_desk(path, kind="personal", demo=False, owner="owner", clock=lambda: NOW)
        with Desk(path, lambda: NOW) as desk:
            for one in filled:
                fill(open_session(desk), dict(one))
        assert not path.with_name("desk.db-wal").exists(), "all of it is in the file"
        return path.read_bytes()


def take(session: Session, kind: str, text: str | bytes, **options: object) -> ImportReport:
    """Import a file with this content."""
    file = session.desk.path.with_name(f"{kind}-in.csv")
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_file(session, file, kind, **options)  # type: ignore[arg-type]


def fill(session: Session, files: Mapping[str, str | bytes] = PORTFOLIO) -> None:
    """Import all files; every row must be taken."""
    for kind, text in files.items():
        report = take(session, kind, text)
        assert report.problems == (), (kind, report.problems)


def given(session: Session, kind: str, form: str = "csv", client: str | None = None) -> bytes:
    """The export of a kind."""
    out = io.BytesIO()
    export(session, kind, form, out, client)
    return out.getvalue()


def everything(session: Session) -> dict[str, bytes]:
    """The exports of all kinds."""
    return {kind: given(session, kind) for kind in KINDS}


def csv_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A CSV with every cell in quotes, so that any text survives."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return out.getvalue()


def leftovers(session: Session) -> list[str]:
    """Files of stages beside the desk."""
    return sorted(path.name for path in session.desk.path.parent.glob("*.stage-*"))
