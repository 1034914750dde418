"""The queue of decisions as rows, and the short texts around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import tzinfo
from typing import Final

from changedesk.domain.counted import counted, doing, listed
from changedesk.domain.saying import count, day_month
from changedesk.domain.words import CHANGE_STATES
from changedesk.keymap import Keymap
from changedesk.screens.control.moments import due_level, due_said
from changedesk.services.control.approvals.expiry import Expired
from changedesk.services.control.approvals.queue import Queue, QueueItem
from changedesk.widgets.canvas import Line, Look, Span, wrap
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, ink

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Change", 8, whole=12),
    Column("", 1, tight=True),
    Column("Due", 9),
    Column("Client", 8, from_width=110),
    Column("For", 10, share=1, from_width=140),
    Column("Title", 16, share=6, from_width=110),
)
PEOPLE: Final = (Column("Login", 16, share=1), Column("Name", 16, share=2))
VOTERS: Final = (*PEOPLE, Column("", 14, share=1))
CHOSEN: Final = "✓"
NOTHING_WAITS: Final = "Nothing waits for a decision."
KINDS: Final = {"retro": "votes owed", "vote": ""}


def nothing_waits(queue: Queue, keymap: Keymap) -> tuple[str, ...]:
    """What stands where the card would: why nothing waits, and what there is to do instead."""
    changes, new, vote = map(keymap.shown, ("approvals.changes", "approvals.new", "change.vote"))
    said = [NOTHING_WAITS if queue.whom is None else f"Nothing waits for {_eyes(queue)}."]
    if queue.brought:
        whom = "It waits" if queue.brought == 1 else "They wait"
        said.append(
            f"Files brought {counted(queue.brought, 'undecided change')}. {whom} for nobody until somebody votes here:"
            f" {changes}, enter on one, then {vote}."
        )
    if queue.others:
        said.append(_others(queue))
    return (*said, f"{changes} lists all changes, {new} asks for one.")


def _others(queue: Queue) -> str:
    """In which states the changes are that ask for no vote: ``3 other changes ask no vote of you: 2 draft``."""
    which = "other change" if queue.brought else "change"
    states = ", ".join(f"{count(queue.others[state])} {state}" for state in CHANGE_STATES if state in queue.others)
    return f"{doing(sum(queue.others.values()), which, 'ask')} no vote of {_eyes(queue)}: {states}."


def _eyes(queue: Queue) -> str:
    """With whose eyes the queue is seen, in the middle of a sentence."""
    return "anybody here" if queue.whom is None else "you" if queue.whom == queue.reader else queue.whom


def queue_rows(queue: Queue, chosen: Collection[str], reader: tzinfo) -> ListSource:
    """What waits, by deadline as the clock of the reader shows it: it is the reader's time that runs out."""
    return ListSource(_row(item, queue, item.change_id in chosen, reader) for item in queue.items)


def _row(item: QueueItem, queue: Queue, chosen: bool, reader: tzinfo) -> Row:
    level = due_level(item.due, queue.now)
    token = LEVEL_TOKEN[level] if level != "fine" else "ink"
    return Row(
        item.change_id,
        (
            cell(CHOSEN if chosen else "", "key", bold=True),
            cell(item.number, bold=level == "late"),
            # It says how pressing the deadline is, so it stands there: beside a number it would be a risk.
            cell(GLYPH[level], LEVEL_TOKEN[level]),
            cell(due_said(item.due, reader, queue.now), token),
            cell(item.client, "explain"),
            cell(KINDS[item.kind] or item.step, "explain"),
            cell(item.title, "ink"),
        ),
    )


def queue_title(queue: Queue) -> str:
    """For whom it waits."""
    return "Waits for anybody" if queue.whom is None else f"Waits for {_eyes(queue)}"


def foot_lines(queue: Queue, item: QueueItem | None, chosen: int, width: int) -> tuple[Line, ...]:
    """What there is to say under the queue: what the selected one waits for, for whom one stands in, what is chosen."""
    said: list[tuple[str, str]] = []
    if chosen:
        said.append((f"{counted(chosen, 'change')} chosen", "key"))
    if item is not None:
        waits = "votes owed on what was begun" if item.kind == "retro" else f"waits for {item.step}"
        said.append((f"{item.path}, {waits}", "explain"))
    for one in queue.standing_in:
        role = f" as {one.role}" if one.role else ""
        said.append((f"standing in for {one.of}{role} until {day_month(one.until, queue.now.date())}", "explain"))
    if queue.acts_for_others and queue.whom not in (None, queue.reader):
        said.append((f"as {queue.whom}, recorded by you", "explain"))
    if queue.items:
        said.append(("settled ones leave by themselves", "faint"))
    return tuple((Span(line, Look(token)),) for text, token in said for line in wrap(ink(text).text, width))


def expired_said(expired: Sequence[Expired]) -> str:
    """What passed deadlines have meant: ``CHG-0001 rejected; CHG-0002, mona told``; no deadline approves."""
    rejected = [one.number for one in expired if one.became == "rejected"]
    told = [f"{one.number}, {_told(one.to)}" for one in expired if one.became != "rejected"]
    return "; ".join((*([f"{listed(rejected)} rejected"] if rejected else []), *told))


def _told(to: Sequence[str]) -> str:
    return f"{listed(list(to))} told" if to else "nobody told, because no change manager is named"


def chosen_counts(chosen: Sequence[str], keys: str) -> Line:
    """The last line of the card while changes are chosen: the vote keys mean those, whichever card is shown."""
    if not chosen:
        return ()
    which = f"{chosen[0]}, which is chosen" if len(chosen) == 1 else f"the {count(len(chosen))} changes chosen"
    return (Span(keys, Look("key")), Span(f" vote on {which}", Look("explain")))


def counts_on(item: QueueItem | None, revision: int | None, complete: bool, key: str) -> Line:
    """The last line of the card: on what a vote counts, or that there is more to be read before one can be given."""
    if item is None or revision is None:
        return ()
    if not complete:
        return (
            Span(f"{GLYPH['at_risk']} ", Look("risk")),
            Span(f"{key} shows the rest; then the vote keys work", Look("risk")),
        )
    return (Span(f"Your vote counts on revision {revision}, as shown here.", Look("explain")),)
