"""Somebody writes to the file by other means: it is seen, at the link where it happened, and never ends in a traceback."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from builders import FULL, TODAY, a_desk, an_initiative, as_person, at, found, free_hand, staffed, tampered, tick_all
from changedesk.domain.plaintext import clean
from changedesk.errors import ChangeDeskError, Damaged
from changedesk.services import desks
from changedesk.services.initiative import gates
from changedesk.services.records.observing import observe
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from changedesk.store.trail import audit


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, check.ChainEnd]:
    """A desk with a history of every kind, closed, and the end of its chain, kept elsewhere."""
    with staffed(a_desk(tmp_path_factory.mktemp("made"))) as desk:
        an_initiative().with_audience("all").with_work("delivery", "planning", "Plan", TODAY).on(desk)
        pat, chris = as_person(desk, "pat"), as_person(desk, "chris")
        tick_all(pat, "MFA", "planning", "delivery")
        gates.sign(pat, "MFA", "planning", "delivery")
        gates.sign(chris, "MFA", "planning", "people", "agreed by telephone")
        observe(open_session(desk), "MFA", "all", "utilization", "2026-11-20", "10/100")
        end = check.chain_end(desk)
    return tmp_path_factory.getbasetemp() / desk.path, end


@pytest.fixture
def path(made: tuple[Path, check.ChainEnd], tmp_path: Path) -> Path:
    """A copy of it to tamper with."""
    return Path(shutil.copy(made[0], tmp_path / "desk.db"))


def _check(path: Path, kept: check.ChainEnd | None = None) -> check.Found:
    with Desk(path, at()) as desk:
        return check.check(desk, kept)


def _signing(path: Path, lane: str) -> int:
    with Desk(path, at()) as desk:
        return int(
            found(
                desk,
                "SELECT seq FROM audit WHERE kind = 'checkpoint.signed' AND json_extract(body, '$.lane') = ?",
                lane,
            )[0][0]
        )


def test_a_desk_that_nobody_touched_proves_itself(path: Path, made: tuple[Path, check.ChainEnd]) -> None:
    assert _check(path, made[1]) == check.Found(made[1].seq, None, ())


@pytest.mark.requirement("R95")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("body", "{}"), ("body", "no json"), ("body", '{"signature":[]}'), ("body", "[]"), ("actor", "somebody else"),
        ("at", "2026-01-01T00:00:00.000Z"), ("kind", "observation.recorded"), ("subject", "other"),
    ],
)  # fmt: skip
@pytest.mark.fault("F23")
def test_an_edited_event_is_named(path: Path, column: str, value: str) -> None:
    seq = _signing(path, "people")
    tampered(path, f"UPDATE audit SET {column} = ? WHERE seq = ?", value, seq)
    verdict = _check(path)
    assert verdict.broken_at == seq
    assert verdict.problems[0] == f"event {seq} was changed after it was written"


@pytest.mark.requirement("R95")
def test_bytes_that_are_no_text_are_a_finding_at_their_place(path: Path) -> None:
    for column in ("body", "actor", "prev", "hash"):
        victim = Path(shutil.copy(path, path.with_name(f"{column}.db")))
        tampered(victim, f"UPDATE audit SET {column} = CAST(x'ff1b5d' AS TEXT) WHERE seq = 3")
        verdict = _check(victim)
        assert verdict.broken_at == 3
        assert all(clean(problem) == problem for problem in verdict.problems)


@pytest.mark.requirement("R95")
@pytest.mark.fault("F23")
def test_an_event_taken_out_of_the_middle_is_named(path: Path) -> None:
    tampered(path, "DELETE FROM audit WHERE seq = 4")
    assert _check(path).broken_at == 4


@pytest.mark.requirement("R95")
@pytest.mark.fault("F23")
def test_events_in_another_order_are_seen(path: Path) -> None:
    tampered(path, "UPDATE audit SET seq = 1000 - seq WHERE seq IN (3, 4)")
    tampered(path, "UPDATE audit SET seq = seq - 993 WHERE seq > 900")
    assert _check(path).broken_at == 3


@pytest.mark.requirement("R95")
@pytest.mark.fault("F23")
def test_a_cut_end_is_seen_only_against_a_checkpoint_kept_elsewhere(
    path: Path, made: tuple[Path, check.ChainEnd]
) -> None:
    end = made[1]
    tampered(path, "DELETE FROM observation")
    tampered(path, "DELETE FROM audit WHERE seq = ?", end.seq)
    tampered(path, "DELETE FROM change_log WHERE event = ?", end.seq)
    assert _check(path) == check.Found(end.seq - 1, None, ())
    verdict = _check(path, end)
    assert verdict.broken_at == end.seq
    assert verdict.problems == (f"event {end.seq} of the checkpoint is missing: the end of the chain was cut off",)


@pytest.mark.requirement("R95")
@pytest.mark.fault("F23")
def test_a_rewritten_end_is_seen_only_against_a_checkpoint_kept_elsewhere(
    path: Path, made: tuple[Path, check.ChainEnd]
) -> None:
    end = made[1]
    conn = free_hand(path)
    conn.execute("DELETE FROM audit WHERE seq = ?", (end.seq,))
    body = {"audience": "x", "value": [99.0, 100.0]}
    audit.append(conn, end.at, "somebody", "observation.recorded", "x", body)
    conn.close()
    assert _check(path).broken_at is None
    verdict = _check(path, end)
    assert verdict.broken_at == end.seq
    assert verdict.problems[0] == f"event {end.seq} is not the one of the checkpoint: the chain was rewritten"


@pytest.mark.requirement("R95")
def test_another_desk_in_its_place_is_seen_against_a_checkpoint(
    tmp_path: Path, made: tuple[Path, check.ChainEnd]
) -> None:
    with a_desk(tmp_path, owner="somebody.else") as desk:
        assert check.check(desk, None).problems == ()
        assert check.check(desk, made[1]).problems == ("the checkpoint is of another desk",)


@pytest.mark.requirement("R95")
@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        ("DELETE FROM signature WHERE lane = 'people'", "the signature of event {people} is missing"),
        ("UPDATE signature SET waiver = 'all is well' WHERE lane = 'people'", "is not what event {people} says"),
        ("UPDATE signature SET waiver = NULL WHERE lane = 'people'", "is not what event {people} says"),
        ("UPDATE signature SET signer = 'x' WHERE lane = 'delivery'", "is not what event {delivery} says"),
        ("UPDATE signature SET signed_at = '2026-01-01T00:00:00.000Z' WHERE lane = 'delivery'", "is not what event {delivery}"),
        ("UPDATE signature SET recorded_by = NULL WHERE lane = 'delivery'", "is not what event {delivery} says"),
        ("UPDATE signature SET digest = 'x' WHERE lane = 'delivery'", "is not what event {delivery} says"),
        ("UPDATE signature SET checkpoint = 'go_live' WHERE lane = 'delivery'", "is not what event {delivery} says"),
        (
            "INSERT INTO signature SELECT substr('0' || id, 1, 26), 1, initiative_id, 'go_live', lane, signer, signed_at,"
            " waiver, digest, recorded_by FROM signature WHERE lane = 'delivery'",
            "under go_live has no audit event",
        ),
        ("UPDATE checklist SET evidence = 'forged' WHERE item = 'plan'", "the ticked item plan under planning is not what event"),
        ("UPDATE checklist SET done_by = 'x' WHERE item = 'plan'", "the ticked item plan under planning is not what event"),
        ("DELETE FROM checklist WHERE item = 'plan'", "the ticked item of event"),
        (
            "UPDATE checklist SET lane = 'people', item = 'training_plan' WHERE item = 'plan'",
            "the ticked item training_plan under planning has no audit event",
        ),
        (
            "UPDATE lane SET closed_at = '2026-11-20T00:00:00.000Z' WHERE kind = 'people'",
            "the closing of the people lane has no audit event",
        ),
    ],
)  # fmt: skip
@pytest.mark.fault("F23")
def test_a_decision_that_is_not_what_its_event_says_is_seen(path: Path, tamper: str, said: str) -> None:
    numbers = {lane: _signing(path, lane) for lane in ("delivery", "people")}
    tampered(path, tamper)
    verdict = _check(path)
    assert verdict.broken_at is None
    assert any(said.format(**numbers) in problem for problem in verdict.problems), verdict.problems


@pytest.mark.requirement("R95")
@pytest.mark.fault("F23")
def test_guards_that_are_not_put_back_are_seen(path: Path) -> None:
    tampered(path, "UPDATE initiative SET title = 'Another'", guards=False)
    assert "the rule audit_refuses_delete was taken away or changed" in _check(path).problems


def test_a_guard_that_does_nothing_is_seen(path: Path) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("DROP TRIGGER audit_refuses_update")
    conn.execute("CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit BEGIN SELECT 1; END")
    conn.close()
    assert _check(path).problems == ("the rule audit_refuses_update was taken away or changed",)


def test_a_reference_to_nothing_is_seen(path: Path) -> None:
    tampered(path, "UPDATE audience SET initiative_id = 'gone'")
    assert any("audience refers to a initiative that does not exist" in said for said in _check(path).problems)


def test_a_kept_summary_that_was_edited_is_found_by_the_doctor(path: Path) -> None:
    tampered(path, "UPDATE standing SET body = replace(body, 'MFA everywhere', 'MFA nowhere')")
    with Desk(path, at()) as desk:
        findings = {finding.what: finding for finding in desks.doctor(open_session(desk))}
    assert not findings["summaries"].well
    assert (
        findings["summaries"].said
        == "1 disagree with the records: MFA; the next change to an initiative works its summary out anew"
    )


@pytest.mark.parametrize("body", ["", "[]", "{}", "[1", "null", '["' + "x" * 10 + '"]'])
def test_a_kept_summary_that_cannot_be_read_is_one_sentence(path: Path, body: str) -> None:
    from changedesk.services.portfolio import page as portfolio

    tampered(path, "UPDATE standing SET body = ?", body)
    with Desk(path, at()) as desk:
        with pytest.raises(ChangeDeskError, match="the summary of an initiative cannot be read"):
            portfolio.portfolio(open_session(desk))
        assert check.stale_summaries(desk) == ["MFA"]


def _flips(whole: bytes, count: int) -> Iterator[tuple[int, int]]:
    """Places in use and a bit at each: what is empty is flipped for nothing."""
    random = Random(2026)
    used = [place for place in range(100, len(whole)) if whole[place]]
    for _ in range(count):
        yield random.choice(used), 1 << random.randrange(8)


@pytest.mark.requirement("R95")
@pytest.mark.fault("F9")
def test_a_flipped_bit_anywhere_is_seen_or_harmless_and_never_a_traceback(
    path: Path, record_property: Callable[[str, object], None]
) -> None:
    from changedesk.cli.main import run

    flips = 1000 if FULL else 40
    record_property("runs", flips)
    whole = path.read_bytes()
    victim = path.with_name("flipped.db")
    for place, bit in _flips(whole, flips):
        damaged = bytearray(whole)
        damaged[place] ^= bit
        victim.write_bytes(damaged)
        for verb in (["verify"], ["status"], ["show", "MFA"]):
            assert run([*verb, "--db", str(victim)]) in (0, 1, 2, 3), (place, bit, verb)
        for beside in ("-wal", "-shm"):
            victim.with_name(victim.name + beside).unlink(missing_ok=True)


@pytest.mark.fault("F9")
def test_a_value_that_makes_no_sense_is_called_damage_where_the_desk_does_not_prove_itself(path: Path) -> None:
    with pytest.raises(ValueError, match="no sense"), Desk(path, at()):
        raise ValueError("no sense")
    tampered(path, "UPDATE audit SET body = '{}' WHERE seq = 3")
    with pytest.raises(Damaged, match=r"is damaged \(event 3 was changed"), Desk(path, at()):
        raise ValueError("no sense")


@pytest.mark.fault("F10")
def test_a_file_that_was_cut_short_is_one_sentence(path: Path) -> None:
    from changedesk.cli.main import run

    whole = path.read_bytes()
    for length in (0, 50, 100, 512, 4096, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert run(["verify", "--db", str(path)]) in (1, 3), length
        assert run(["status", "--db", str(path)]) in (0, 3), length


@pytest.mark.fault("F10")
def test_of_a_log_that_was_cut_short_only_whole_transactions_count(path: Path, tmp_path: Path) -> None:
    from changedesk.cli.main import run

    with Desk(path, at()) as desk:
        session = open_session(desk)
        for day in range(1, 5):
            observe(session, "MFA", "all", "utilization", f"2026-11-{day:02}", f"{day}/100")
        log = path.with_name("desk.db-wal").read_bytes()
        whole, events = path.read_bytes(), found(desk, "SELECT count(*) FROM audit")[0][0]
    assert log, "what was written lies in the log"
    random = Random(7173)
    for number, length in enumerate(
        (len(log), 0, 31, *(random.randrange(len(log)) for _ in range(200 if FULL else 12)))
    ):
        victim = tmp_path / f"{number}" / "desk.db"
        victim.parent.mkdir()
        victim.write_bytes(whole)
        victim.with_name("desk.db-wal").write_bytes(log[:length])
        assert run(["verify", "--db", str(victim)]) == 0, length
        with Desk(victim, at()) as desk:
            assert found(desk, "SELECT count(*) FROM audit")[0][0] <= events
