"""What stands between people and a change that works for them, gap by gap, on a day (DOMAIN 2.4).

Before a group's own go-live a gap is something that is not ready; afterwards it is use that is behind its plan, and going
back to the old way is a gap of its own. What nobody knows is a gap like what is known to be missing, and a little more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from sys import intern
from typing import Final, Literal

from changedesk.domain.people.impacts import HARDEST
from changedesk.domain.people.next_action import (
    adoption_action,
    item_action,
    relapse_action,
    training_action,
    unassessed_action,
)
from changedesk.domain.people.people_side import GapMark
from changedesk.domain.people.readiness import AFTER_GO_LIVE, VALUE
from changedesk.domain.people.standing import GroupStanding, OpenItem, PeopleStanding
from changedesk.domain.words import LEANING
from changedesk.values import dataclass

GapKind = Literal["readiness", "unassessed", "training", "adoption", "relapse"]

NAMES: Final[dict[str, str]] = {
    "unassessed": "readiness not looked at",
    "training": "training is for nobody in particular",
    "adoption": "use behind its plan",
    "relapse": "back to the old way",
}
"""What a gap is called that is no single item of readiness."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap on a day.

    ``key`` identifies it through time. ``degree`` (0 to 5; of several groups the mean by people), ``headcount`` and ``by``
    are None when unknown; ``by`` is the day that presses: the group's go-live, or for what is asked for only later its own
    day. ``wave`` says that it is a day of the group alone, not that of its initiative. ``shortfall`` is 0 to 1.
    ``percent`` and ``planned`` are use as it is and as it was planned to be by now, after go-live. ``due`` is when it has
    to be closed, its own day or else ``by``, and orders equal scores. ``owner`` and ``mark`` are what was decided about it.
    """

    key: str
    kind: GapKind
    initiative_id: str
    client: str
    code: str
    title: str
    audience: str | None
    name: str
    status: str | None
    degree: float | None
    headcount: int | None
    shortfall: float
    unknown: bool
    by: date | None
    live: bool
    wave: bool
    locked: bool
    due: date | None
    owner: str | None
    action: str
    percent: float | None = None
    planned: float | None = None
    best: float | None = None
    item_id: str | None = None
    mark: GapMark | None = None

    @property
    def at_once(self) -> bool:
        """Whether it presses now: use that is short of its plan has no day to come."""
        return self.kind in ("adoption", "relapse")


def planned_use(group: GroupStanding, today: date) -> float | None:
    """How many percent of a group that is live were to use it by now; None without a target.

    Its plan is straight lines from its go-live through the targets.
    """
    if not group.plan or group.go_live is None:
        return None
    before, level = group.go_live, 0.0
    for by, target in group.plan:
        if today >= by:
            before, level = max(by, before), max(level, target)
            continue
        part = (today - before).days / (by - before).days
        return level + max(0.0, target - level) * part
    return level


def is_live(standing: PeopleStanding, group: GroupStanding, today: date) -> bool:
    """Whether a group has gone live: its initiative has, and its own day has come."""
    return standing.went_live and (group.go_live is None or group.go_live <= today)


def gaps_of(standing: PeopleStanding, today: date) -> Iterator[Gap]:
    """Every gap of an initiative on a day, in no order, also those that were waived or put off.

    Of a closed initiative only going back counts, of a cancelled one nothing.
    """
    if standing.state == "cancelled":
        return
    marks = {mark.gap: mark for mark in standing.marks}
    live = {group.name for group in standing.groups if is_live(standing, group, today)}
    for group in standing.groups:
        if group.name in live:
            gap = _use(standing, group, today, marks)
        elif standing.state != "closed" and not group.asked:
            gap = _unassessed(standing, group, marks)
        else:
            gap = None
        if gap is not None:
            yield gap
    if standing.state == "closed":
        return
    groups = {group.name: group for group in standing.groups}
    for item in standing.items:
        group_of_item = groups.get(item.audience or "")
        over = group_of_item.name in live if group_of_item else standing.went_live
        if over == (item.checkpoint in AFTER_GO_LIVE):
            yield _item(standing, group_of_item, item, marks)
    if standing.roles_hit and not standing.roles_trained and not standing.went_live:
        yield _training(standing, marks)


def _item(standing: PeopleStanding, group: GroupStanding | None, item: OpenItem, marks: dict[str, GapMark]) -> Gap:
    key = f"item/{item.id}"
    mark = marks.get(key)
    by = group.go_live if group else standing.go_live
    later = item.checkpoint in AFTER_GO_LIVE
    return Gap(
        key=key,
        kind="readiness",
        initiative_id=standing.initiative_id,
        client=standing.client,
        code=standing.code,
        title=standing.title,
        audience=item.audience,
        name=item.item if item.about == "audience" else f"{LEANING[item.about]}: {item.item}",
        status=item.status,
        degree=group.degree if group else _mean_degree(standing.groups),
        headcount=(group.headcount or None) if group else _everybody(standing),
        shortfall=1 - VALUE[item.status],
        unknown=item.status == "unknown",
        by=(item.due or by) if later else by,
        live=later,
        wave=not later and group is not None and group.go_live != standing.go_live,
        locked=standing.locked,
        due=item.due or by,
        owner=item.owner or (mark.owner if mark else None),
        action=intern(item_action(item, group.next_work if group else None)),
        item_id=item.id,
        mark=mark,
    )


def _unassessed(standing: PeopleStanding, group: GroupStanding, marks: dict[str, GapMark]) -> Gap:
    return _of_group("unassessed", standing, group, marks, 1.0, True, unassessed_action(group.name))


def _use(standing: PeopleStanding, group: GroupStanding, today: date, marks: dict[str, GapMark]) -> Gap | None:
    """What is short of the plan after go-live; None when nothing is, or when there is no plan to hold it against."""
    planned = planned_use(group, today)
    if group.state == "relapsed" and group.percent is not None:
        fallen = max((group.best or 0.0) - group.percent, (planned or 0.0) - group.percent, 0.0) / 100
        action = relapse_action(group)
        return _of_group("relapse", standing, group, marks, fallen, False, action, planned)
    if standing.state == "closed":
        return None
    if group.percent is None:
        short = 1.0 if planned is None else planned / 100
        return _of_group("adoption", standing, group, marks, short, True, adoption_action(group), planned)
    if planned is None or group.percent >= planned:
        return None
    short = (planned - group.percent) / 100
    return _of_group("adoption", standing, group, marks, short, False, adoption_action(group), planned)


def _of_group(
    kind: GapKind,
    standing: PeopleStanding,
    group: GroupStanding,
    marks: dict[str, GapMark],
    shortfall: float,
    unknown: bool,
    action: str,
    planned: float | None = None,
) -> Gap:
    key = f"{kind}/{group.id}"
    mark = marks.get(key)
    return Gap(
        key=key,
        kind=kind,
        initiative_id=standing.initiative_id,
        client=standing.client,
        code=standing.code,
        title=standing.title,
        audience=group.name,
        name=NAMES[kind],
        status=None,
        degree=group.degree,
        headcount=group.headcount or None,
        shortfall=min(1.0, shortfall),
        unknown=unknown,
        by=group.go_live,
        live=kind in ("adoption", "relapse"),
        wave=group.go_live != standing.go_live,
        locked=standing.locked,
        due=group.go_live,
        owner=mark.owner if mark else None,
        action=action,
        percent=group.percent,
        planned=planned,
        best=group.best,
        mark=mark,
    )


def _training(standing: PeopleStanding, marks: dict[str, GapMark]) -> Gap:
    mark = marks.get("training")
    hit = [group for group in standing.groups if group.degree]
    return Gap(
        key="training",
        kind="training",
        initiative_id=standing.initiative_id,
        client=standing.client,
        code=standing.code,
        title=standing.title,
        audience=None,
        name=NAMES["training"],
        status=None,
        degree=_mean_degree(hit),
        headcount=sum(group.headcount for group in hit) or None,
        shortfall=1.0,
        unknown=False,
        by=standing.go_live,
        live=False,
        wave=False,
        locked=standing.locked,
        due=standing.go_live,
        owner=mark.owner if mark else None,
        action=training_action(standing.roles_hit),
        mark=mark,
    )


def _mean_degree(groups: Sequence[GroupStanding]) -> float | None:
    """How hard several groups are hit together: the mean by people, so that severity x people is the sum over the groups.

    A group that nobody rated counts as hit hardest, as it does alone; None when nobody rated any.
    """
    if all(group.degree is None for group in groups):
        return None
    sized = [(max(1, group.headcount), HARDEST if group.degree is None else group.degree) for group in groups]
    return sum(people * degree for people, degree in sized) / sum(people for people, _ in sized)


def _everybody(standing: PeopleStanding) -> int | None:
    return sum(group.headcount for group in standing.groups) or None
