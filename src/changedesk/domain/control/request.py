"""A change request: what is asked for, which revision of it, and how far it has come (DOMAIN 2.1, 2.2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Final

from changedesk.values import dataclass

FIXED: Final = frozenset({"implementing", "review", "closed", "cancelled"})
"""States in which the content can no longer be edited: what is done is told as it was decided (invariant 13)."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a change request asks for: all that a vote is given on. Times are aware; people are logins or plain names.

    ``risk_answers`` are the answers to the risk questionnaire, question to answer. ``milestone`` is the title of an
    activity of the initiative that the change serves. ``incident`` is the incident or threat behind an emergency.
    """

    path: str
    title: str
    planned_start: datetime
    planned_end: datetime
    services: tuple[str, ...] = ()
    reason: str | None = None
    outage_minutes: int | None = None
    plan: str | None = None
    test_plan: str | None = None
    backout_plan: str | None = None
    backout_minutes: int | None = None
    risk: str | None = None
    risk_answers: tuple[tuple[str, str], ...] = ()
    requester: str | None = None
    implementer: str | None = None
    initiative: str | None = None
    milestone: str | None = None
    template: str | None = None
    template_version: int | None = None
    incident: str | None = None


CONTENT_FIELDS: Final = tuple(field.name for field in fields(Content))
"""The names of everything that a vote is given on."""


def content_document(content: Content) -> dict[str, object]:
    """The content as plain values: times in UTC as ISO text, lists of words as lists."""
    return {name: _plain(getattr(content, name)) for name in CONTENT_FIELDS}


def content_from(document: Mapping[str, object]) -> Content:
    """The content that :func:`content_document` made; fields that it lacks are unknown."""
    values = dict(document)
    for name in ("planned_start", "planned_end"):
        values[name] = datetime.fromisoformat(str(values[name]))
    services, answers = values.get("services"), values.get("risk_answers")
    values["services"] = tuple(str(service) for service in services) if isinstance(services, list | tuple) else ()
    values["risk_answers"] = (
        tuple((str(answer[0]), str(answer[1])) for answer in answers) if isinstance(answers, list | tuple) else ()
    )
    return Content(**{name: values[name] for name in CONTENT_FIELDS if name in values})  # type: ignore[arg-type]  # checked by the writer


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def digest_of(client: str, change_id: str, revision: int, content: Content) -> str:
    """What a vote is bound to: SHA-256 over the client, the change, its revision and every field of its content.

    The revision is part of it: votes on an earlier one never count again, also when the text is edited back (invariant 3).
    """
    text = json.dumps(
        [client, change_id, revision, content_document(content)], sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(b"changedesk change 1\n" + text.encode()).hexdigest()


def changed_fields(before: Content, after: Content) -> tuple[str, ...]:
    """The names of the fields in which two contents differ."""
    return tuple(name for name in CONTENT_FIELDS if getattr(before, name) != getattr(after, name))


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A change request of a client, as it stands.

    ``revision`` counts the contents, ``round`` the times it was submitted: votes count for one revision in one round.
    ``policy`` is the id of the policy version that it was submitted under, ``panel`` who held the seats of a role then.
    ``opened_at`` is when the step that waits now began to wait. ``authorisers`` are those who allowed an emergency by
    word before anybody voted; ``retro_due`` is when their word has to have become votes. ``held_here`` is false for a
    change that this desk knows from a file alone. ``rev`` counts the changes of the record itself.
    """

    id: str
    rev: int
    client: str
    number: str
    content: Content
    state: str
    hold: str | None
    revision: int
    round: int
    policy: str | None
    panel: Mapping[str, tuple[str, ...]]
    submitted_at: datetime | None
    opened_at: datetime | None
    decided_at: datetime | None
    authorisers: tuple[str, ...]
    retro_due: datetime | None
    actual_start: datetime | None
    actual_end: datetime | None
    outcome: str | None
    outcome_reason: str | None
    caused_p1: bool
    imported: bool
    held_here: bool

    @property
    def digest(self) -> str:
        """What votes on the current revision name."""
        return digest_of(self.client, self.id, self.revision, self.content)

    @property
    def by_file(self) -> bool:
        """Its state is a file's word: it has neither been handed in nor voted on here."""
        return self.imported and self.round == 0

    @property
    def acted_first(self) -> bool:
        """An emergency that was begun on somebody's word."""
        return bool(self.authorisers)

    @property
    def people(self) -> frozenset[str]:
        """Who asked for it and who does it: neither votes on it, nor does anybody for them (invariant 1)."""
        return frozenset(who for who in (self.content.requester, self.content.implementer) if who)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.content.title
