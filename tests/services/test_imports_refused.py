"""Bad files: refused with the row and the reason, and nothing of them is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_desks import PORTFOLIO, a_desk, everything, given, leftovers, take

from changedesk.errors import RefusedFile
from changedesk.services.imports import importing

OBSERVATIONS = "initiative,audience,metric,date,numerator,denominator,method\n"
GOOD = "MFA,executives,use,2026-11-01,1,32,\n"
ACTIVITIES = "initiative,lane,phase,title,kind,planned_end\n"

BAD_ROWS = [
    ("observations", OBSERVATIONS + GOOD + "NO,executives,use,2026-11-02,1,32,\n", 3, "initiative", "no initiative NO"),
    ("observations", OBSERVATIONS + GOOD + "MFA,staff,use,2026-11-02,1,32,\n", 3, "audience", "no audience staff"),
    ("observations", OBSERVATIONS + GOOD + "MFA,executives,use,2026-02-30,1,32,\n", 3, "date", "no day 2026-02-30"),
    (
        "observations",
        OBSERVATIONS + GOOD + "MFA,executives,use,03/04/2026,1,32,\n",
        3,
        "date",
        "2026-04-03 or as 2026-03-04",
    ),
    ("observations", OBSERVATIONS + GOOD + "MFA,executives,use,13/04/2026,1,32,\n", 3, "date", "write 2026-04-13"),
    (
        "observations",
        OBSERVATIONS + GOOD + "MFA,executives,use,2026-11-02,33,32,\n",
        3,
        "numerator",
        "more than the denominator",
    ),
    ("observations", OBSERVATIONS + GOOD + "MFA,executives,use,2026-11-02,0,0,\n", 3, "denominator", "must be above 0"),
    (
        "observations",
        OBSERVATIONS + GOOD + "MFA,executives,use,2026-11-02,-1,32,\n",
        3,
        "numerator",
        "not between 0 and",
    ),
    (
        "observations",
        OBSERVATIONS + GOOD + 'MFA,executives,use,2026-11-02,1,"1,032",\n',
        3,
        "denominator",
        "separators",
    ),
    ("observations", OBSERVATIONS + GOOD + "MFA,executives,use,2026-11-02,nan,32,\n", 3, "numerator", "not a number"),
    ("observations", OBSERVATIONS + GOOD + "MFA,executives,use,2026-11-02,1_0,32,\n", 3, "numerator", "not a number"),
    ("observations", OBSERVATIONS + GOOD + "MFA,executives,use,2026-11-02,١,32,\n", 3, "numerator", "not a number"),
    (
        "observations",
        OBSERVATIONS + GOOD + "MFA,executives,use,2026-11-02,1,32,guessed\n",
        3,
        "method",
        "observed, tested",
    ),
    ("observations", OBSERVATIONS + GOOD + "MFA,,use,2026-11-02,1,32,\n", 3, "audience", "missing"),
    (
        "observations",
        OBSERVATIONS + '"MFA","executives","use\n",2026-11-01,1,32,\n' + "MFA,executives\n",
        3,
        "",
        "2 cells",
    ),
    ("observations", OBSERVATIONS + "\n\n" + "NO,executives,use,2026-11-02,1,32,\n", 4, "initiative", "no initiative"),
    ("observations", OBSERVATIONS + GOOD + "MFA,\0,use,2026-11-02,1,32,\n", 3, "", "NUL"),
    ("clients", "client,timezone\nlarch,Europe/Nowhere\n", 2, "timezone", "not a time zone"),
    ("clients", "client,timezone\nlarch,../../etc/passwd\n", 2, "timezone", "not a time zone"),
    ("clients", "client,business_hours\nlarch,8-16\n", 2, "business_hours", "are no business hours"),
    ("clients", "client,user_maturity\nlarch,6\n", 2, "user_maturity", "not between 1 and 5"),
    ("clients", "client,user_maturity\nlarch,2.5\n", 2, "user_maturity", "not a whole number"),
    ("clients", "client,name\n" + "x" * 101 + ",y\n", 2, "client", "101 characters; at most 100"),
    ("clients", "client,name\nlarch," + "x" * 100_000 + "\n", 2, "name", "100,000 characters"),
    ("people", "login,name,roles\nann,Ann,cab;king\n", 2, "roles", '"king" is not one of'),
    ("activities", ACTIVITIES + "MFA,people,execution,T,,2026-11-01\n", 2, "phase", "not a phase of the people lane"),
    ("activities", ACTIVITIES + "MFA,people,training,T,build,2026-11-01\n", 2, "kind", "not a kind of the people lane"),
    ("targets", "initiative,metric,target,by\nMFA,use,101,2027-01-01\n", 2, "target", "not between 0 and 100"),
]


@pytest.mark.parametrize(("kind", "text", "row", "column", "sentence"), BAD_ROWS)
@pytest.mark.fault("F16")
def test_a_bad_row_is_named_and_nothing_is_taken(
    tmp_path: Path, kind: str, text: str, row: int, column: str, sentence: str
) -> None:
    with a_desk(tmp_path / "desk.db", PORTFOLIO) as session:
        before = everything(session)
        report = take(session, kind, text)
        (problem,) = report.problems
        assert (problem.row, problem.column) == (row, column)
        assert sentence in problem.problem
        assert (report.refused, report.added, report.updated, report.unchanged) == (1, 0, 0, 0)
        assert everything(session) == before
        assert leftovers(session) == []


BAD_FILES = [
    ("", 1, "", "first row must name"),
    ("client,colour\nlarch,red\n", 1, "colour", "no such column"),
    ("name\nLarch\n", 1, "client", "the column is missing"),
    ("client,client\na,b\n", 1, "client", "there twice"),
    ("client;name\nlarch;Larch\n", 1, "", "separated by semicolons"),
    ("client\tname\nlarch\tLarch\n", 1, "", "separated by tabs"),
    ('client,name\nlarch,"open\nb,c\n', 2, "", "never closed"),
    ('client,name\nlarch,"a"b\n', 2, "", "closing quote"),
    ("client,name\nlarch," + "x" * 200_000 + "\n", 2, "", "too long"),
    ("client,name\nlarch," + "x" * 1_100_000 + "\n", 2, "", "1,000,000 characters"),
    (",".join(f"c{n}" for n in range(65)) + "\n", 1, "", "65 columns"),
    (b"client,n\xe4me\n", 1, "", "not UTF-8"),
]


@pytest.mark.parametrize(("text", "row", "column", "sentence"), BAD_FILES)
@pytest.mark.fault("F16")
def test_a_file_whose_rows_cannot_be_told_apart_is_refused_whole(
    tmp_path: Path, text: str | bytes, row: int, column: str, sentence: str
) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        before = everything(session)
        with pytest.raises(RefusedFile) as refused:
            take(session, "clients", text, skip_refused=True)
        assert any((p.row, p.column) == (row, column) and sentence in p.problem for p in refused.value.problems)
        assert everything(session) == before
        assert leftovers(session) == []


def test_bytes_that_are_not_utf_8_are_named_by_row(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        report = take(session, "clients", b"client,name\nlarch,Larch\nelm,\xdcelm\n")
        assert [(p.row, p.problem) for p in report.problems] == [
            (3, "the row holds bytes that are not UTF-8; save the file as UTF-8, or name its encoding in a map")
        ]


def test_all_problems_of_a_row_are_told_and_the_row_is_counted_once(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        report = take(session, "clients", "client,user_maturity,retro_hours\n,9,x\n")
        assert [p.column for p in report.problems] == ["client", "user_maturity", "retro_hours"]
        assert (report.read, report.refused) == (1, 1)


def test_the_rest_is_taken_when_refused_rows_are_skipped(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        report = take(session, "clients", "client,user_maturity\nlarch,1\nelm,9\n,,\nash,\n", skip_refused=True)
        assert (report.read, report.added, report.refused) == (4, 2, 2)
        assert len(report.problems) == 2
        assert given(session, "clients").splitlines()[1:] == [b"ash,,,,,,", b"larch,,,1,,,"]


def test_rows_of_empty_cells_at_the_end_are_no_rows(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        report = take(session, "clients", "client,name\nlarch,Larch\n,\n\n,\n")
        assert (report.read, report.added, report.refused) == (1, 1, 0)


def test_only_so_many_problems_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    with a_desk(tmp_path / "desk.db") as session:
        report = take(session, "clients", "client,user_maturity\n" + "larch,9\n" * 10_500)
        assert (report.refused, report.problem_count, len(report.problems)) == (10_500, 10_500, importing.LISTED)
