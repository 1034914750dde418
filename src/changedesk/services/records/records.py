"""Making and changing single records: checked as a file's rows are, saved with what they were, and taken back.

Values are the texts of canonical cells by column name; empty is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from importlib import import_module
from typing import Final, Protocol, cast

from changedesk.domain.forms.form import Form
from changedesk.domain.forms.registry import FORMS
from changedesk.errors import BadInput, Problem, RefusedFile, RuleRefused, Stale
from changedesk.services.control.calendar import freezes
from changedesk.services.lookup import known_initiative, refuse_unknown
from changedesk.services.records import saving
from changedesk.services.records.administering import writing
from changedesk.services.records.meanwhile import merged
from changedesk.services.records.strangers import strangers
from changedesk.services.records.texts import NOTHING, by_column, parsed, taken, texts_maker, texts_of
from changedesk.services.session import Session, authorise
from changedesk.store import called_by, records
from changedesk.values import dataclass

OWN_WAY: Final = {
    "change": "changedesk.services.control.changes.change_form",
    "ending": "changedesk.services.control.changes.ending_form",
    "observation": "changedesk.services.adoption.count_form",
    "policy_step": "changedesk.services.control.rules.step_form",
    "review": "changedesk.services.control.learning.review_form",
    "review_action": "changedesk.services.control.learning.action_form",
    "template": "changedesk.services.control.rules.template_form",
}
"""Forms whose records have use cases of their own, to the module that knows how they are opened, checked and saved."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as a form shows it; without an id it is yet to be made.

    ``followed`` is what saving it has taken with it, a sentence each; ``coming`` is what a list shows in the place of values
    that are past: the time at which a window that repeats comes next. ``rested_on`` says why it may not change any more;
    empty while it may.
    """

    id: str | None
    rev: int
    values: dict[str, str]
    followed: tuple[str, ...] = field(default=(), compare=False)
    coming: Mapping[str, str] = field(default_factory=dict, compare=False)
    rested_on: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong (refused when saved) and what is odd (taken), by column name, in the rules' own words."""

    problems: dict[str, str]
    warnings: dict[str, str]


class OwnWay(Protocol):
    """The use cases of a form whose records are more than rows, as functions of a module."""

    def blank(self, session: Session, initiative_code: str | None) -> Record:
        """A record yet to be made."""

    def fetch(self, session: Session, record_id: str) -> Record:
        """The record with that id."""

    def check(self, session: Session, values: Mapping[str, str]) -> Checked:
        """What the rules say of the values."""

    def save(self, session: Session, record: Record, values: Mapping[str, str]) -> Record:
        """Save a record."""

    def suggestions(self, session: Session, source: str, values: Mapping[str, str]) -> Iterable[str]:
        """Names that complete a field."""


def form(name: str) -> Form:
    """The form of that name."""
    refuse_unknown("form", name, FORMS)
    return FORMS[name]


def blank(session: Session, form_name: str, initiative_code: str | None = None) -> Record:
    """A record yet to be made."""
    wanted = form(form_name)
    if form_name in OWN_WAY:
        return own_way(form_name).blank(session, initiative_code)
    values = {column.name: column.empty_is or "" for column in wanted.kind.columns}
    if wanted.of_initiative:
        values["initiative"] = known_initiative(session, initiative_code or "").code
    return Record(None, 0, values)


def fetch(session: Session, form_name: str, record_id: str) -> Record:
    """The record with that id, as it is now."""
    wanted = form(form_name)
    if form_name in OWN_WAY:
        return own_way(form_name).fetch(session, record_id)
    found = records.found(session.desk.reader(), wanted.kind, session.scope, record_id=record_id)
    if not found:
        raise BadInput(f"this {wanted.noun} is no longer in view")
    authorise_seeing(session, wanted, found[0].client)
    return _shown(session, wanted, found[0])


def listed(session: Session, form_name: str, initiative_code: str | None = None) -> tuple[Record, ...]:
    """The records of a kind, of one initiative or all in view, by natural key."""
    wanted = form(form_name)
    initiative = known_initiative(session, initiative_code) if initiative_code else None
    authorise_seeing(session, wanted, initiative.client if initiative else None)
    found = records.found(
        session.desk.reader(), wanted.kind, session.scope, initiative_id=initiative.id if initiative else None
    )
    return shown(session, wanted, found)


def shown(session: Session, wanted: Form, found: Sequence[records.StoredRecord]) -> tuple[Record, ...]:
    """Stored records as a list of them shows them."""
    texts = texts_maker(session, wanted.kind)
    read = tuple(
        Record(record.id, record.rev, texts(record.cells), rested_on=_rested_on(wanted, record)) for record in found
    )
    if wanted.kind.name != "windows":
        return read
    from changedesk.services.control.calendar.next_times import next_texts

    coming = next_texts(session, wanted.kind, [one.cells for one in found])
    return tuple(replace(record, coming=texts) for record, texts in zip(read, coming, strict=True))


def check(session: Session, form_name: str, values: Mapping[str, str], opened: Mapping[str, str] = NOTHING) -> Checked:
    """What the rules say of the values of a record that had others when it was ``opened``, field by field; nothing is written."""
    wanted = form(form_name)
    if form_name in OWN_WAY:
        checked = own_way(form_name).check(session, values)
    else:
        _, problems, warnings = parsed(session, wanted.kind, values, opened)
        checked = Checked(by_column(problems), by_column(warnings))
    return replace(checked, warnings={**strangers(session, wanted, values), **checked.warnings})


def save(session: Session, form_name: str, record: Record, values: Mapping[str, str]) -> Record:
    """Save a record that was opened as ``record`` with new values; what others changed in other fields is kept."""
    wanted = form(form_name)
    if form_name in OWN_WAY:
        return own_way(form_name).save(session, record, values)
    cells = taken(session, wanted.kind, values, wanted.noun, record.values)
    initiative = known_initiative(session, values["initiative"]) if wanted.of_initiative else None
    stored = records.found(session.desk.reader(), wanted.kind, session.scope, record_id=record.id) if record.id else []
    client = initiative.client if initiative else (stored[0].client if stored else values.get("client") or None)
    authorise(session, wanted.action, client, record.id or "")
    saving.refuse_foreign(session, wanted, cells)
    with writing(session, wanted.kind.name, wanted.action) as transaction:
        before = None
        if record.id is None:
            saving.refuse_new(transaction, session, wanted, initiative)
        else:
            before = saving.still_there(transaction, session, wanted, record.id)
            if before.rev != record.rev:
                now = _shown(session, wanted, before)
                values = merged(transaction.conn, wanted, record.values, values, now)
                cells = taken(session, wanted.kind, values, wanted.noun, now.values)
        owner_id = initiative.id if initiative else None
        cells = records.as_known(transaction.conn, wanted.kind, cells, record.id)
        unknown = (
            records.unknown_reference(transaction.conn, wanted.kind, cells, owner_id)
            or records.bound_to_another(transaction.conn, wanted.kind, cells, record.id)
            or called_by.keeps_its_code(transaction.conn, wanted.kind, cells, before)
        )
        if unknown:
            raise RefusedFile(f"the {wanted.noun} was not saved", (Problem(0, *unknown),))
        if before is not None and before.cells == {name: cells.get(name) for name in before.cells}:
            return Record(record.id, before.rev, texts_of(session, wanted.kind, cells))
        if before is not None and before.guarded:
            raise RuleRefused(_rested_on(wanted, before))
        try:
            written = records.write(
                transaction.conn,
                wanted.kind,
                cells,
                owner_id,
                record.id,
                before.rev if before else 0,
                saving.extra(transaction, wanted, cells, owner_id),
            )
        except records.KeyTaken as error:
            raise RuleRefused(saving.there_already(wanted, cells)) from error
        if written is None:
            raise Stale(f"this {wanted.noun} was changed meanwhile", "open it again")
        record_id, rev = written
        saving.follow(transaction, wanted, before, cells, record_id, owner_id)
        transaction.record(
            "record.saved", record_id, saving.told(transaction, wanted, before, cells, rev, session.recorded_by)
        )
        followed = freezes.follow_record(session, transaction, wanted.kind, before.cells if before else {}, cells)
    return Record(record_id, rev, texts_of(session, wanted.kind, cells), followed)


def own_way(form_name: str) -> OwnWay:
    """The module of a form whose records are more than rows."""
    return cast(OwnWay, import_module(OWN_WAY[form_name]))


def authorise_seeing(session: Session, wanted: Form, client: str | None) -> None:
    """Single records of some kinds are not for everybody who may look at the desk."""
    if wanted.kind.seen_with:
        authorise(session, wanted.kind.seen_with, client)


# --- how it works


def _shown(session: Session, wanted: Form, stored: records.StoredRecord) -> Record:
    texts = texts_of(session, wanted.kind, stored.cells)
    return Record(stored.id, stored.rev, texts, rested_on=_rested_on(wanted, stored))


def _rested_on(wanted: Form, stored: records.StoredRecord) -> str:
    """Why a record may not change any more; empty while it may."""
    return f"this {wanted.noun} {wanted.kind.guarded_as}" if stored.guarded else ""
