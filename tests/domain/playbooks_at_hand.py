"""The shipped playbooks and the standard lifecycle, for the tests that plan with them."""

from __future__ import annotations

from changedesk.domain.lifecycle import parse_lifecycle
from changedesk.domain.planning.playbook import Playbook
from changedesk.intake.playbook import read_playbook
from changedesk.resources import data_text

NAMES = ("cloud-migration", "firewall-standard", "line-of-business", "mfa", "psa-rmm", "server-upgrade")
LIFECYCLE = parse_lifecycle(data_text("lifecycles", "standard.toml"))


def shipped(name: str) -> Playbook:
    """A shipped playbook."""
    return read_playbook(name, data_text("playbooks", f"{name}.toml"), f"{name}.toml")


SHIPPED = {name: shipped(name) for name in NAMES}
