"""What go-lives left behind at one client, and what there is to say about it: the customer's experience first (R4, R167)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from changedesk.domain.counted import counted, listed
from changedesk.domain.saying import day_month, in_days, percent, whole
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class SecurityException:
    """An exception that an initiative left behind; open until it is closed."""

    initiative: str
    title: str
    opened_on: date
    owner: str | None
    expires_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class ConfidenceView:
    """The newest confidence of the sponsor or the client in an initiative, 1 to 5, and how it moved since the one before."""

    code: str
    whose: str
    score: int
    moved: int | None
    day: date
    comment: str | None


@dataclass(frozen=True, slots=True)
class ClientInitiative:
    """One initiative of the client. Loads are tickets per 100 people and week, hours those of support since go-live.

    ``target_of`` names the group whose target it is (None: everybody's), ``aimed_use`` is the use of those whose it is.
    ``margin`` is what the hours spent on behaviour cost, None when hours or their rate are unknown; ``disruption_min`` are
    the minutes that changes took its service down since go-live.
    """

    initiative_id: str
    code: str
    title: str
    state: str
    go_live: date | None
    went_live: bool
    people: int
    use: float | None
    target: float | None
    target_of: str | None
    aimed_use: float | None
    by: date | None
    adoption_state: str
    load_now: float | None
    load_before: float | None
    excess_since: date | None
    technical: float | None
    behavioural: float | None
    margin: float | None
    currency: str | None
    disruption_min: float | None
    open_exceptions: int


@dataclass(frozen=True, slots=True)
class ServiceSide:
    """A service as it is spoken of: its name, what it missed of what was agreed (None: nothing), open improvements."""

    name: str
    missed: str | None
    improvements: int


def total(values: Iterable[float | None]) -> float | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def load_of_all(rows: Sequence[ClientInitiative], rate: Callable[[ClientInitiative], float | None]) -> float | None:
    """A load over all initiatives whose load before and after is known, by their people."""
    both = [row for row in rows if row.load_now is not None and row.load_before is not None]
    people = sum(row.people for row in both)
    return sum((rate(row) or 0.0) * row.people for row in both) / people if people else None


def margins(rows: Iterable[ClientInitiative]) -> tuple[tuple[str, float], ...]:
    """What the hours spent on behaviour cost, by currency: sums of two currencies are no sum."""
    sums: dict[str, float] = {}
    for row in rows:
        if row.margin is not None:
            sums[row.currency or ""] = sums.get(row.currency or "", 0.0) + row.margin
    return tuple(sorted(sums.items()))


def talking_points(
    today: date,
    initiatives: Sequence[ClientInitiative],
    confidence: Sequence[ConfidenceView],
    exceptions: Sequence[SecurityException],
    services: Sequence[ServiceSide],
) -> tuple[str, ...]:
    """What to say to the client, one sentence a point: how it is for its people, what it costs in help, what is next."""
    live = [row for row in initiatives if row.went_live and row.state != "closed"]
    points = [*_confidence(confidence, today)]
    for row in live:
        points += _use(row, today)
        points += _load(row, today)
        points += _hours(row)
        points += _disruption(row)
    points += [f"{one.name} did not do what was agreed: {one.missed}." for one in services if one.missed]
    points += _exceptions(exceptions, today)
    better = [f"{one.name} ({one.improvements})" for one in services if one.improvements]
    if better:
        points.append(f"Improvements under way or to be decided: {listed(better)}.")
    coming = sorted(
        (row.go_live, row.title) for row in initiatives if row.go_live and not row.went_live and row.go_live >= today
    )
    if coming:
        day, title = coming[0]
        points.append(f"Next to go live: {title}, {day_month(day, today)} ({in_days(day, today)}).")
    return tuple(points)


def _confidence(scores: Sequence[ConfidenceView], today: date) -> Iterator[str]:
    for one in scores:
        moved = ""
        if one.moved:
            moved = f", {'up' if one.moved > 0 else 'down'} {abs(one.moved)}"
        whose = "The sponsor's confidence" if one.whose == "sponsor" else "Your own confidence"
        yield f"{whose} in {one.code} is {one.score} of 5{moved} ({day_month(one.day, today)})."


def _use(row: ClientInitiative, today: date) -> Iterator[str]:
    if row.use is None:
        yield f"{row.title}: nobody has observed yet how many use it."
        return
    said = f"{row.title}: {percent(row.use)} use it"
    whose = f" of {row.target_of}" if row.target_of else ""
    goal = f"{percent(row.target)}{whose}"
    if row.target is not None and row.aimed_use is not None and row.aimed_use >= row.target:
        said += f", the goal of {goal} is reached"
    elif row.target is not None:
        by = f" by {day_month(row.by, today)}" if row.by else ""
        missed = row.by is not None and row.by < today
        said += f"; the goal {'was' if missed else 'is'} {goal}{by}"
    if row.adoption_state == "relapsed":
        said += "; people are going back to the old way"
    yield f"{said}."


def _load(row: ClientInitiative, today: date) -> Iterator[str]:
    if row.load_now is None:
        return
    said = f"{row.code} brings {row.load_now:.1f} tickets a week for every 100 people"
    if row.load_before is not None:
        said += f"; before go-live it was {row.load_before:.1f}"
    if row.excess_since is not None:
        said += f"; it has been above what was to be expected since {day_month(row.excess_since, today)}"
    yield f"{said}."


def _hours(row: ClientInitiative) -> Iterator[str]:
    if row.technical is None and row.behavioural is None:
        return
    parts = [
        f"{hours:,.0f} h on {what}"
        for hours, what in ((row.technical, "technology"), (row.behavioural, "helping people with the new way"))
        if hours is not None
    ]
    yield f"Since {row.code} went live, support has spent {' and '.join(parts)}."


def _disruption(row: ClientInitiative) -> Iterator[str]:
    if row.disruption_min:
        yield f"Since {row.code} went live, changes have kept its service down for {whole(row.disruption_min, 'min')}."


def _exceptions(exceptions: Sequence[SecurityException], today: date) -> Iterator[str]:
    if not exceptions:
        return
    expired = [one for one in exceptions if one.expires_on is not None and one.expires_on < today]
    said = f"{counted(len(exceptions), 'security exception')} still open: "
    said += listed([f"{one.title} ({one.initiative})" for one in exceptions])
    if expired:
        said += f"; expired: {listed([one.title for one in expired])}"
    yield f"{said}."
