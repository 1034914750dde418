"""The command line as scripts meet it: exit statuses, where which words go, and documents that parse."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from builders import TODAY, a_desk, a_person, an_initiative, at, found, free_hand, staffed
from changedesk import cli
from changedesk.cli import main as boundary
from changedesk.cli.alphabet import NAME, STAND_INS
from changedesk.cli.main import run
from changedesk.services.demo import making
from changedesk.services.opening import default_path
from changedesk.store.desk.database import Desk

OBSERVE = ["observe", "MFA", "--audience", "all", "--metric", "utilization", "--date", "2026-11-20", "--value", "1/2"]
SIGN = ["sign", "MFA", "--checkpoint", "planning", "--lane", "delivery"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed desk with one initiative and its people."""
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().with_audience("all", 40).with_work("delivery", "planning", "Plan", TODAY).with_target(
            80, TODAY + timedelta(days=90)
        ).on(desk)
    return desk.path


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


class Said:
    """Runs commands and tells what came out."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def done(self, *words: object) -> str:
        """Standard output of a command that ends 0 and complains of nothing."""
        status, out, err = self(*words)
        assert (status, err) == (0, "")
        return out

    def refused(self, status: int, *words: object) -> str:
        """The one sentence of a command that ends with this status and gives no data."""
        found, out, err = self(*words)
        assert (found, out) == (status, ""), err
        assert err.startswith("changedesk: ")
        assert err.count("\n") == 1
        return err

    def __call__(self, *words: object) -> tuple[int, str, str]:
        status = run([str(word) for word in words])
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err


def test_what_needs_attention_is_by_the_settings_of_whoever_asks(
    said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANGEDESK_NOW", f"{TODAY}T12:00:00Z")
    with staffed(a_desk(tmp_path, demo=True)) as desk:
        an_initiative().with_work("delivery", "planning", "Plan", TODAY, TODAY).with_work(
            "people", "training", "Train", TODAY - timedelta(days=3)
        ).on(desk)
    config = tmp_path / "config.toml"
    config.write_text("[thresholds]\nrisky_lag = 2\n")
    found = [
        json.loads(said.done("status", "--json", "--db", desk.path, *more))["initiatives"][0]
        for more in ((), ("--config", config))
    ]
    usual, strict = ({finding["sentence"] for finding in one["findings"]} for one in found)
    assert strict - usual == {"people 3 d behind delivery"}


def test_what_day_it_is_is_by_the_clock_that_somebody_chose(
    said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANGEDESK_NOW", f"{TODAY}T12:00:00Z")
    with staffed(a_desk(tmp_path, demo=True)) as desk:
        an_initiative().on(desk)
    config = tmp_path / "config.toml"
    for zone, day in (("Pacific/Auckland", TODAY + timedelta(days=1)), ("Pacific/Honolulu", TODAY)):
        config.write_text(f'timezone = "{zone}"\n')
        for verb in (("status",), ("show", "MFA")):
            found = json.loads(said.done(*verb, "--json", "--db", desk.path, "--config", config))
            assert found["as_of"] == day.isoformat(), zone


def test_every_reading_verb_ends_well_and_prints_data_alone(path: Path, said: Said) -> None:
    for words in (
        ["status"],
        ["status", "--client", "alder"],
        ["show", "MFA"],
        ["verify"],
        ["doctor"],
        ["export", "-", "--kind", "clients"],
    ):
        assert said.done(*words, "--db", path)


@pytest.mark.parametrize(
    "words", [["status"], ["status", "--client", "alder"], ["show", "MFA"], ["verify"], ["doctor"]]
)
def test_every_reading_verb_gives_one_document(path: Path, said: Said, words: list[str]) -> None:
    document = json.loads(said.done(*words, "--json", "--db", path))
    assert isinstance(document, dict)
    assert all(key == key.lower() for key in document)


def test_the_document_of_the_portfolio_says_unknown_as_null(path: Path, said: Said) -> None:
    document = json.loads(said.done("status", "--json", "--db", path))
    (row,) = document["initiatives"]
    assert row["adopted_percent"] is None
    assert row["people_percent"] is None
    assert row["delivery_percent"] == 0.0
    assert row["go_live"] == (TODAY + timedelta(days=60)).isoformat()


def test_a_single_item_of_a_gate_is_counted_as_one(path: Path, said: Said) -> None:
    shown = said.done("show", "MFA", "--db", path)
    assert "0 of 1 item " in shown
    assert "1 items" not in shown


def test_the_document_of_a_proof_says_where_it_breaks(path: Path, said: Said) -> None:
    assert json.loads(said.done("verify", "--json", "--db", path)) == {
        "ok": True, "links": found(Desk(path, at()), "SELECT count(*) FROM audit")[0][0], "broken_at": None, "problems": []
    }  # fmt: skip
    conn = free_hand(path)
    conn.execute("UPDATE audit SET actor = 'x' WHERE seq = 2")
    conn.close()
    status, out, _ = said("verify", "--json", "--db", path)
    document = json.loads(out)
    assert (status, document["ok"], document["broken_at"]) == (1, False, 2)
    status, out, err = said("verify", "--db", path)
    assert (status, out) == (1, "")
    assert "event 2 was changed after it was written" in err


def test_a_desk_is_named_before_or_after_the_verb_or_by_the_environment(
    path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = said.done("status", "--db", path)
    assert said.done("--db", path, "status") == expected
    assert said.done(f"--db={path}", "status") == expected
    monkeypatch.setenv("CHANGEDESK_DB", str(path))
    assert said.done("status") == expected
    assert "there is no desk at" in said.refused(3, "status", "--db", path.with_name("other.db"))


def test_without_a_name_the_desk_is_the_users_own(said: Said) -> None:
    assert str(default_path({})) in said.refused(3, "status")


@pytest.mark.parametrize("option", ["--db", "--as", "--config"])
def test_an_option_without_its_value_is_refused(said: Said, option: str) -> None:
    assert f"{option} needs a value" in said.refused(2, "status", option)
    assert f"{option} needs a value" in said.refused(2, "status", f"{option}=")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["frobnicate"], "frobnicate"),
        (["--frobnicate"], "frobnicate"),
        (["show"], "see: changedesk show --help"),
        (["show", "A", "B"], "see: changedesk show --help"),
        (["sign", "MFA", "--lane", "people"], "--checkpoint"),
        (["sign", "MFA", "--checkpoint", "lunch", "--lane", "people"], "sustain_90"),
        (["sign", "MFA", "--checkpoint", "planning", "--lane", "service"], "delivery"),
        (["observe", "MFA"], "--audience"),
        ([*OBSERVE, "--method", "guessed"], "self_reported"),
        (["import", "x.csv"], "--kind"),
        (["import", "x.csv", "--kind", "cats"], "clients"),
        (["export", "x.csv", "--kind", "clients", "--format", "xml"], "json"),
        (["--"], ""),
    ],
)
def test_wrong_use_is_one_sentence_and_ends_2(path: Path, said: Said, words: list[str], hint: str) -> None:
    assert hint in said.refused(2, "--db", path, *words)


def test_help_and_version_are_data(said: Said) -> None:
    for words in (["--help"], ["-h"], ["sign", "--help"], ["--version"]):
        assert said.done(*words)
    assert "--db FILE" in said.done("--help")


def test_an_observation_is_on_disk_when_the_command_ends(path: Path, said: Said) -> None:
    assert said.done(*OBSERVE, "--db", path) == "added: MFA, all, utilization 1/2 on 2026-11-20\n"
    assert said.done(*OBSERVE, "--db", path).startswith("unchanged: ")
    assert said.done("--db", path, *OBSERVE[:-1], "2/2").startswith("updated: ")
    with Desk(path, at()) as desk:
        assert found(desk, "SELECT numerator, denominator FROM observation") == [(2, 2)]


@pytest.mark.parametrize(
    ("place", "word", "sentence"),
    [
        (1, "NOPE", "there is no initiative NOPE in view"),
        (3, "porters", "MFA has no audience porters; it has all"),
        (7, "2999-01-01", "is in the future"),
        (7, "yesterday", "is no date"),
        (9, "3/2", "counts more than there are"),
        (9, "1/0", "counts out of nothing"),
    ],
)
def test_an_observation_that_cannot_be_is_refused(path: Path, said: Said, place: int, word: str, sentence: str) -> None:
    words = [*OBSERVE]
    words[place] = word
    assert sentence in said.refused(2, *words, "--db", path)


@pytest.mark.requirement("R60")
def test_signing_ends_1_where_a_rule_forbids_it(path: Path, said: Said) -> None:
    assert "may not sign a gate" in said.refused(1, *SIGN, "--db", path, "--as", "max")
    assert "(signing over it takes a waiver)" in said.refused(1, *SIGN, "--db", path, "--as", "pat")
    assert "signed by its project owner pat" in said.refused(1, *SIGN, "--db", path, "--as", "chris")
    assert (
        said.done(*SIGN, "--waiver", "agreed", "--db", path, "--as", "pat")
        == "signed: MFA, planning, delivery, by pat\n"
    )
    assert "signed already" in said.refused(1, *SIGN, "--waiver", "agreed", "--db", path, "--as", "pat")
    assert "signed by pat, 3 items waived" in said.done("show", "MFA", "--db", path)
    assert said.done("verify", "--db", path)


def test_nobody_acts_for_somebody_unknown(path: Path, said: Said) -> None:
    assert "nobody on this desk has the login eve" in said.refused(2, "status", "--as", "eve", "--db", path)


@pytest.mark.requirement("R108")
def test_another_clients_records_are_as_unknown_as_none(path: Path, said: Said) -> None:
    with Desk(path, at()) as desk:
        an_initiative().named("SECRET").of("birch").with_audience("all").on(desk)
    assert "SECRET" in said.done("status", "--db", path)
    assert "SECRET" not in said.done("status", "--db", path, "--as", "max")
    for verb in (["show"], [*OBSERVE[:1]], [*SIGN[:1]]):
        rest = {"show": [], "observe": OBSERVE[2:], "sign": SIGN[2:]}[verb[0]]
        hidden = said.refused(2, *verb, "SECRET", *rest, "--db", path, "--as", "max")
        assert hidden.replace("SECRET", "CODE") == said.refused(
            2, *verb, "ABSENT", *rest, "--db", path, "--as", "max"
        ).replace("ABSENT", "CODE")
    hidden = said.refused(2, "status", "--client", "birch", "--db", path, "--as", "max")
    assert hidden.replace("birch", "X") == said.refused(
        2, "status", "--client", "none", "--db", path, "--as", "max"
    ).replace("none", "X")


def test_init_makes_a_desk_once(tmp_path: Path, said: Said) -> None:
    for kind in ("personal", "shared"):
        path = tmp_path / kind / "desk.db"
        assert said.done("init", f"--{kind}", "--db", path) == f"a new {kind} desk: {path}\n"
        before = path.read_bytes()
        assert "exists already" in said.refused(2, "init", "--db", path)
        assert path.read_bytes() == before
        assert "no initiatives yet" in said.done("status", "--db", path)
        assert json.loads(said.done("status", "--json", "--db", path))["initiatives"] == []


def test_a_desk_is_not_made_as_both_kinds(tmp_path: Path, said: Said) -> None:
    path = tmp_path / "desk.db"
    assert "not both" in said.refused(2, "init", "--personal", "--shared", "--db", path)
    assert not path.exists()


def test_a_shared_desk_knows_no_acting_for_another(tmp_path: Path, said: Said) -> None:
    path = tmp_path / "desk.db"
    said.done("init", "--shared", "--db", path)
    assert "--as works on a personal desk only" in said.refused(1, "status", "--as", "ann", "--db", path)


def test_checkpoint_backup_and_restore_go_together(path: Path, tmp_path: Path, said: Said) -> None:
    end, copy = tmp_path / "end.json", tmp_path / "copy.db"
    assert str(end) in said.done("checkpoint", end, "--db", path)
    assert "exists already" in said.refused(2, "checkpoint", end, "--db", path)
    said.done("backup", copy, "--db", path)
    assert "exists already" in said.refused(2, "backup", copy, "--db", path)
    said.done(*OBSERVE, "--db", path)
    assert said.done("verify", "--checkpoint", end, "--db", path)
    assert "the desk that was there is kept as" in said.done("restore", copy, "--db", path)
    assert said.done("verify", "--checkpoint", end, "--db", path)
    assert said("verify", "--checkpoint", end, "--db", copy)[0] == 0
    said.refused(2, "verify", "--checkpoint", tmp_path / "none.json", "--db", path)
    said.refused(3, "restore", tmp_path / "none.db", "--db", path)


def test_import_and_export_through_the_command_line(path: Path, tmp_path: Path, said: Said) -> None:
    rows = tmp_path / "clients.csv"
    rows.write_text("client,name\ncedar,Cedar Freight\n")
    assert "1 added" in said.done("import", rows, "--kind", "clients", "--db", path)
    assert json.loads(said.done("import", rows, "--kind", "clients", "--json", "--db", path))["unchanged"] == 1
    out = tmp_path / "out.csv"
    assert said.done("export", "--kind", "clients", out, "--db", path) == ""
    assert "cedar,Cedar Freight" in out.read_text()
    said.refused(2, "export", "--kind", "clients", out, "--db", path)
    said.done("export", "--kind", "clients", out, "--force", "--db", path)
    rows.write_text("client,user_maturity\nx,nine\n")
    status, _, err = said("import", rows, "--kind", "clients", "--db", path)
    assert status == 2
    assert "row 2, column user_maturity" in err
    assert said("import", rows, "--kind", "clients", "--dry-run", "--db", path)[0] == 1


def test_standard_input_is_a_file_too(path: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"client\nelm\n")))
    assert "1 added" in said.done("import", "-", "--kind", "clients", "--db", path)


def test_a_made_up_time_is_refused_on_a_real_desk(path: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANGEDESK_NOW", "2020-01-01T00:00:00Z")
    assert "CHANGEDESK_NOW sets the clock of demo desks only" in said.refused(2, *OBSERVE, "--db", path)
    monkeypatch.setenv("CHANGEDESK_NOW", "soon")
    assert "no ISO 8601 time" in said.refused(2, "status", "--db", path)


def test_what_is_opened_for_reading_is_not_written(path: Path, said: Said) -> None:
    before = path.read_bytes()
    assert "nothing was changed" in said.refused(3, "--read-only", *OBSERVE, "--db", path)
    assert said.done("status", "--read-only", "--db", path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [["show", "\udcff"], ["status", "--client", "\udcff"], ["status", "--as", "\udcff"],
     [*OBSERVE[:1], "\udcff", *OBSERVE[2:]]],
)  # fmt: skip
def test_bytes_that_are_no_text_are_refused_as_wrong_use(path: Path, said: Said, words: list[str]) -> None:
    said.refused(2, *words, "--db", path)


def test_bytes_that_are_no_text_in_what_is_stored_become_the_replacement_character(path: Path, said: Said) -> None:
    said.done(*SIGN, "--waiver", "agreed \udcff", "--as", "pat", "--db", path)
    with Desk(path, at()) as desk:
        assert found(desk, "SELECT waiver FROM signature") == [("agreed \N{REPLACEMENT CHARACTER}",)]


def test_a_fault_of_ours_is_one_sentence_that_names_the_file_with_the_details(
    path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise ZeroDivisionError("\x1b]0;x\x07 \udcff")

    monkeypatch.setattr(boundary, "_verb", fail)
    err = said.refused(70, "status", "--db", path)
    log = Path(err.rsplit(" in ", 1)[1].strip())
    assert "ZeroDivisionError" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_ctrl_c_ends_as_shells_expect(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("changedesk.cli.initiative.reading.status", interrupt)
    assert run(["status", "--db", str(path)]) == 130


def test_a_reader_that_has_gone_is_no_fault(path: Path) -> None:
    with Desk(path, at()) as desk, desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE initiative SET title = ?, rev = rev + 1", ("long " * 40_000,))
        transaction.conn.execute("UPDATE standing SET body = replace(body, 'MFA everywhere', ?)", ("long " * 40_000,))
        transaction.record("test.made", "x", {})
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "changedesk", "status", "--db", str(path)],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_terminal_of_another_alphabet_still_shows_everything_else(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="ascii"))
    assert run(["status", "--db", str(path)]) == 0
    (row,) = [line for line in out.getvalue().decode("ascii").splitlines() if "MFA everywhere" in line]
    assert row.split()[0] in STAND_INS.values(), "a ? says that something is unknown"
    assert "?" not in row.split()[0]


def test_what_is_refused_is_said_in_the_signs_of_such_a_terminal_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    err = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="ascii", errors="backslashreplace"))
    assert run(["show", "“X” …", "--db", str(path)]) == 2
    sys.stderr.flush()
    assert 'there is no initiative "X" ... in view' in err.getvalue().decode("ascii")


def test_every_sign_that_the_command_line_writes_has_a_stand_in_of_its_own_alphabet() -> None:
    written = {
        sign for source in Path(cli.__path__[0]).rglob("*.py") for sign in source.read_text("utf-8") if ord(sign) > 127
    }
    assert written <= STAND_INS.keys()
    assert all(stand_in.isascii() and "?" not in stand_in for stand_in in STAND_INS.values())
    assert "Zo\u00eb ▲".encode("ascii", NAME) == b"Zo? !"


HOSTILE = "\x1b]0;pwned\x07\x1b[2J\x9b31m\u202edesrever\r\n\x00x"


def test_nothing_that_steers_a_terminal_leaves_by_the_command_line(tmp_path: Path, said: Said) -> None:
    hostile = HOSTILE.replace("\x00", "")
    with a_desk(tmp_path) as desk:
        a_person(desk, f"pat{hostile}", "project_owner")
        an_initiative().named(f"C{hostile}", f"title{hostile}").of(f"client{hostile}").owned_by(
            f"pat{hostile}", f"chris{hostile}"
        ).with_audience(f"audience{hostile}").with_audience(f"other{hostile}").with_work(
            "delivery", "planning", f"work{hostile}", TODAY - timedelta(days=3)
        ).on(desk)
    path, code = desk.path, f"C{hostile}"
    seen = []
    for words in (
        ["status"], ["status", "--json"], ["status", "--client", f"client{hostile}"], ["status", "--client", hostile],
        ["show", code], ["show", code, "--json"], ["show", hostile], ["verify"], ["doctor"],
        ["observe", code, "--audience", hostile, "--metric", "m", "--date", "2026-11-20", "--value", "1/2"],
        ["observe", code, "--audience", f"audience{hostile}", "--metric", f"m{hostile}", "--date", "2026-11-20", "--value", "1/2"],
        ["observe", code, "--audience", "a", "--metric", "m", "--date", hostile, "--value", hostile],
        ["sign", code, "--checkpoint", "planning", "--lane", "delivery", "--as", f"pat{hostile}", "--waiver", f"w{hostile}"],
        ["sign", code, "--checkpoint", hostile, "--lane", "delivery"], ["show", code], [hostile], ["status", f"--{hostile}"],
        ["status", "--as", hostile], ["checkpoint", str(tmp_path / f"end{hostile}.json")], ["doctor"],
    ):  # fmt: skip
        status, out, err = said(*words, "--db", path)
        assert status in (0, 1, 2), (words, err)
        seen.append(out + err)
    said("status", "--db", f"{tmp_path}/{hostile}")
    steering = {char for char in "".join(seen) if char != "\n" and not char.isprintable()}
    assert steering == set()


def test_commands_can_follow_each_other_in_one_process(path: Path, said: Said) -> None:
    first = said.done("status", "--db", path)
    said.refused(2, "show", "NOPE", "--db", path)
    said.done(*OBSERVE, "--db", path)
    said.refused(3, "status", "--db", path.with_name("none.db"))
    assert said.done("status", "--db", path) != first
    left = sorted(p.name for p in path.parent.iterdir())
    assert left[0] == "desk.db"
    assert [name.endswith(".checkpoint") for name in left[1:]] == [True], (
        "the end of the chain is kept, and nothing else"
    )


def test_the_demo_is_made_once_and_opened_again(tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    # What lies on it takes seconds to tell, and tests/services/test_demo.py looks at it.
    monkeypatch.setattr(making, "_fill", lambda desk, now: None)
    demo = tmp_path / "demo.db"
    assert said.done("demo", "--no-open", "--db", demo) == f"the demo portfolio: {demo}\n"
    assert said.done("demo", "--no-open", "--db", demo) == ""
    with Desk(demo) as desk:
        assert desk.facts.demo


def test_a_demo_that_is_there_is_opened_but_no_other_desk(
    path: Path, tmp_path: Path, demo_template: Path, said: Said
) -> None:
    demo = shutil.copy(demo_template, tmp_path / "demo.db")
    assert said.done("demo", "--no-open", "--db", demo) == ""
    assert said.done("status", "--db", demo).count("\n") > 10
    before = path.read_bytes()
    assert "is a desk of its own, not a demo" in said.refused(2, "demo", "--no-open", "--db", path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", [["init"], ["demo", "--no-open"], ["restore", "copy.db"], ["status"], ["doctor"]])
@pytest.mark.parametrize("name", ["x" * 300, "file/desk.db", "."])
def test_a_place_that_cannot_be_is_one_sentence_for_every_verb(
    tmp_path: Path, said: Said, words: list[str], name: str
) -> None:
    (tmp_path / "file").write_text("")
    status, out, err = said(*words, "--db", f"{tmp_path}/{name}")
    assert (out, err.count("\n")) == ("", 1)
    assert status in (2, 3), err
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_under_the_output_is_one_sentence(path: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "changedesk", "status", "--db", str(path)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, b"changedesk: no space left on device\n")


def test_the_console_command_can_be_called_again_in_one_process(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (command,) = entry_points(group="console_scripts", name="changedesk")
    documents = []
    for _ in range(2):
        monkeypatch.setattr(sys, "argv", ["changedesk", "status", "--json", "--db", str(path)])
        with pytest.raises(SystemExit) as ended:
            command.load()()
        assert not ended.value.code
        documents.append(json.loads(capsys.readouterr().out))
    assert documents[0] == documents[1]
