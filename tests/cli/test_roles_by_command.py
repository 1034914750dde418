"""Every role, every verb that writes or takes something away: the command line refuses what the table refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builders import FULL, at, found
from changedesk.domain.roles import ALLOWED, EVERYONE
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from command_line import Shell
from control_desks import START
from role_desks import ANYBODY, BODY

NEW = (
    f"change new --client alder --title Relay --path normal --start {START:%Y-%m-%dT%H:%M} "
    "--end 2026-12-02T16:30 --service mail"
)
VERBS = {
    "status": "desk.read",
    "export --kind clients --format csv -": "desk.export",
    "checkpoint {place}/end-{role}.json": "desk.verify",
    "backup {place}/copy-{role}.db": "desk.backup",
    "restore {place}/kept.db": "desk.restore",
    "import {place}/in.csv --kind clients": "desk.import",
    "new --playbook server-upgrade --client alder --go-live 2099-03-01": "initiative.create",
    "observe MFA --audience all --metric utilization --date 2026-11-20 --value 1/2": "observation.record",
    "sign MFA --checkpoint planning --lane delivery --waiver tried": "checkpoint.sign",
    "handover MFA --tick runbooks --evidence wiki/1": "handover.tick",
    "handover MFA --accept": "handover.accept",
    "cause T1 --change C1 --reason switch": "ticket.link",
    NEW: "change.create",
    "change edit CHG-0001 --title Another": "change.edit",
    "change assess CHG-0001 --risk high": "change.assess",
    "change vote CHG-0001 --abstain": "change.vote",
    "change vote CHG-0001 --abstain --for nora --evidence mail": "change.record_vote",
    "change submit CHG-0001": "change.edit",
    "change acknowledge CHG-0001 --reason known": "change.assess",
    "change action CHG-0001 --text More": "change.review",
    "change start CHG-0001": "change.run",
    "change finish CHG-0001 --outcome successful --evidence seen": "change.run",
    "change back-out CHG-0001 --reason failed": "change.run",
    "change hold CHG-0001 --reason wait": "change.stop",
    "change cancel CHG-0001 --reason over": "change.stop",
    "change review CHG-0001 --findings seen": "change.review",
    "change close CHG-0001": "change.close",
    "delegate --to nora --from-date 2026-11-26 --until 2026-11-28": "delegation.give",
    "policy set alder {place}/policy.toml": "policy.edit",
    "template propose {place}/standard.toml": "template.propose",
    "template approve restart --client alder": "template.approve",
    "template retire restart --client alder --reason over": "template.approve",
    "improvement reject Slow --client alder --service Mail --reason no": "service.decide",
    "imports --undo 1": "desk.import",
}
"""Each verb as somebody would give it, and the action that it is."""
STANDARD = 'client = "alder"\nname = "reset"\n[body]\n' + "".join(f'{key} = "{said}"\n' for key, said in BODY.items())


@pytest.mark.requirement("R95")
@pytest.mark.fault("F22")
@pytest.mark.parametrize(("words", "action"), VERBS.items(), ids=lambda part: part.split(" -")[0])
def test_a_verb_is_open_to_exactly_the_roles_of_the_table(
    role_desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, action: str
) -> None:
    (tmp_path / "in.csv").write_text("client\nbirch\n")
    shell = Shell(Path(shutil.copy(role_desk, tmp_path / "desk.db")), capsys)
    shutil.copy(role_desk, tmp_path / "kept.db")
    (tmp_path / "standard.toml").write_text(STANDARD)
    (tmp_path / "policy.toml").write_text(shell("policy", "show", "alder", "--toml"))
    few = ("auditor", "requester", "change_manager", "no.role")
    for role in ANYBODY if FULL else few:
        given = words.replace("{place}", str(tmp_path)).replace("{role}", role).split()
        shell.give(*given, by=role)
        assert "--help" not in shell.said
        allowed = bool({EVERYONE, role} & ALLOWED[action])
        assert (f"{role} may not" in shell.said) == (not allowed), (role, shell.said)
        if not allowed:
            with Desk(shell.path, at()) as desk:
                (last,) = found(desk, "SELECT kind, body FROM audit ORDER BY seq DESC LIMIT 1")
            assert last == ("denied", f'{{"action":"{action}"}}'), role
    with Desk(shell.path, at()) as desk:
        assert check.check(desk, None).problems == ()
