"""What the verbs of approval policies do and say."""

from __future__ import annotations

from pathlib import Path

from changedesk.cli.output import complain, say, say_json, utc
from changedesk.domain.control.business import RETRO_HOURS, REVIEW_DAYS, hours_said
from changedesk.domain.control.policy import policy_document
from changedesk.domain.control.policy_file import policy_toml
from changedesk.domain.control.policy_said import policy_lines
from changedesk.domain.saying import day_month
from changedesk.services.control.rules import policies, policy_intake, profiles
from changedesk.services.control.rules.profiles import Profile
from changedesk.services.session import Session


def show(session: Session, client: str, as_json: bool, as_toml: bool) -> int:
    """The policy of a client that holds now."""
    found = profiles.profile(session, client)
    if as_json:
        say_json(_document(found))
    elif as_toml:
        for line in policy_toml(found.policy, client, found.version).splitlines():
            say(line)
    else:
        _say(session, found)
    return 0


def set_from(session: Session, client: str, file: Path, read: int | None) -> int:
    """Keep the policy of a file as a client's next version."""
    policy = policy_intake.read_policy(file)
    version = policies.set_policy(session, client, policy, read=read)
    say(f"{client}: policy version {version}; changes that were submitted keep the one that they have")
    for login in policies.strangers(session, policy):
        complain(f"nobody in view has the login {login}, which holds a seat of the policy")
    return 0


def _say(session: Session, found: Profile) -> None:
    client, today = found.client, session.today
    own = f"version {found.version}" if found.version else "the policy of clients that have none of their own"
    made = f", of {day_month(found.made_at.date(), today)} by {found.made_by}" if found.made_at else ""
    say(f"{client.code}  {client.name or client.code}: {own}{made}")
    lines = [
        ("  Time zone", client.timezone or "UTC"),
        ("  Business hours", hours_said(client.business_hours)),
        ("  Maturity", f"{client.user_maturity} of 5" if client.user_maturity else "?"),
        (
            "  Afterwards",
            f"{RETRO_HOURS if client.retro_hours is None else client.retro_hours} h for the votes on an emergency",
        ),
        ("  Review", f"{REVIEW_DAYS if client.pir_days is None else client.pir_days} business days"),
        *((f"{'    ' if line.kind == 'step' else '  '}{line.name}", line.text) for line in policy_lines(found.policy)),
    ]
    # A route is a heading of its steps and has no text beside it.
    width = max(len(name) for name, text in lines if text) + 2
    for name, text in lines:
        say(f"{name:<{width}}{text}".rstrip())


def _document(found: Profile) -> dict[str, object]:
    client = found.client
    return {
        "client": client.code,
        "name": client.name,
        "timezone": client.timezone,
        "business_hours": client.business_hours,
        "user_maturity": client.user_maturity,
        "retro_hours": client.retro_hours,
        "pir_days": client.pir_days,
        "version": found.version,
        "made_at": utc(found.made_at),
        "made_by": found.made_by,
        "overdue": {"retro": found.retro, "review": found.reviews},
        "holders": {role: list(who) for role, who in found.holders.items()},
        **policy_document(found.policy),
    }
