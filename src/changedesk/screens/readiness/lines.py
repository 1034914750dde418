"""What stands under the ranking: why a gap ranks where it does, how its group stands, what is new and what is set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import counted, people_said
from changedesk.domain.people.readiness import Score
from changedesk.domain.people.survey import Profile
from changedesk.domain.people.triage import Factor
from changedesk.domain.saying import as_sentence, capital, count, day_month, go_live_word, in_days, percent
from changedesk.domain.words import ELEMENTS, LEANING
from changedesk.screens.labelled import headed, said
from changedesk.screens.people.ready_figure import ready_bar, ready_span
from changedesk.screens.readiness.rows import gap_said, whose
from changedesk.services.people.readiness import GroupView, PocketRow, ReadinessPage
from changedesk.services.people.triage import SetAside, TriageRow, TriageView
from changedesk.widgets.canvas import LEFT_OUT, Line, Look, Span, first_that_fits, wrap
from changedesk.widgets.figures.elements import Element, draw_elements
from changedesk.widgets.paint import bar, ink

NAMES: Final = {
    "severity": "How hard",
    "people": "People",
    "shortfall": "Missing",
    "unknown": "Unknown",
    "urgency": "Days left",
    "irreversibility": "Locked",
}
"""What each factor is called here, in the order in which the small columns stand."""
NAME: Final = 10
BAR: Final = 10
COUNTS: Final = 7
ROOMY: Final = 100
TOP: Final = 3
"""Lines above the factors."""
NOTHING_SELECTED: Final = "Nothing is selected."


def why_lines(row: TriageRow | None, total: int, width: int, height: int) -> tuple[Line, ...]:
    """The gap, every factor as a bar and a sentence, and what to do next; the first of them are never left out."""
    if row is None:
        return ((ink(NOTHING_SELECTED, "explain"),),)
    head = [(ink(line, bold=True),) for line in wrap(ink(gap_said(row)).text, width)[:2]]
    place, told_of = f"{count(row.rank)} of {count(total)}", f"{whose(row)} · {row.gap.client}"
    where = f"{place} · {row.gap.title} ({row.gap.code}) · {told_of}"
    factors = [line for factor in row.factors for line in _factor(factor, width)]
    after = [
        *said("Next", row.gap.action, width, room=NAME),
        *said("Owner", _owner(row), width, _owner_token(row), room=NAME),
    ]
    room = height - len(head) - len(factors) - len(after)
    lines = wrap(ink(where).text, width)
    if len(lines) > room:
        # Where the title of the initiative has no room, its short name says enough.
        lines = wrap(ink(f"{place} · {row.gap.code} · {told_of}").text, width)
    told: list[Line] = [(ink(line, "explain"),) for line in lines[: max(0, room)]]
    # The factors of every gap stand at the same place where there is room, so that the eye need not look for them.
    told += [()] * max(0, min(TOP - len(head) - len(told), room - len(told) - 1))
    blank: list[Line] = [()] if room - len(told) > 2 else []
    together: list[Line] = []
    if room - len(told) - 2 * len(blank) > 0:
        size = BAR if width >= ROOMY else BAR - 2
        together = [(ink(f"{'Together':<{NAME + size + 1}}", "explain"), ink(f"= {row.score:,.1f}", bold=True))]
    return (*head, *told, *blank, *factors, *together, *blank, *after)[:height]


def _factor(factor: Factor, width: int) -> Iterator[Line]:
    raises = factor.name in ("unknown", "irreversibility")
    size = BAR if width >= ROOMY else BAR - 2
    figure = ink(f" {f'× {_figure(factor.counted)}':<{COUNTS}} ", "explain")
    token = "explain" if raises and not factor.bar else "ink"
    for number, text in enumerate(wrap(factor.sentence, max(10, width - NAME - size - COUNTS - 2))):
        if number == 0:
            name = ink(f"{NAMES[factor.name]:<{NAME}}", "explain")
            yield (name, *bar(factor.bar, size, "risk" if raises else "people"), figure, ink(text, token))
        else:
            yield (Span(" " * (NAME + size + COUNTS + 2), Look()), ink(text, token))


def _figure(value: float) -> str:
    return count(int(value)) if value == int(value) else f"{value:.2f}"


def _owner(row: TriageRow) -> str:
    return row.gap.owner or "nobody takes care of it yet"


def _owner_token(row: TriageRow) -> str:
    return "ink" if row.gap.owner else "risk"


def profile_lines(profile: Profile | None, width: int, limit: int, keys: str) -> tuple[Line, ...]:
    """The five elements of a group with its barrier, or why they are not shown and which ``keys`` enter an answer."""
    if profile is None:
        how = wrap(f"A survey is imported, or its answers are entered: {keys}", width)
        return (ink("Nobody has asked this group yet.", "unknown"),), *((ink(line, "explain"),) for line in how)
    if profile.hidden:
        hidden = f"Asked, but {profile.sentence}, so that nobody can be told by what they answered."
        return tuple((ink(line, "explain"),) for line in wrap(hidden, width))
    elements = [
        Element(name, counts, name == profile.barrier)
        for name, counts in zip(ELEMENTS, profile.distribution, strict=True)
    ]
    drawn = draw_elements(elements, width, limit)
    said = [(ink(line, "ink"),) for line in wrap(profile.sentence, width)]
    return (*drawn, *said)


def _that_fit(lines: Sequence[Line], width: int, height: int, open_key: str) -> tuple[Line, ...]:
    """The lines that have room; a blank one gives way first, and what has none is counted with the key that shows it."""
    if len(lines) > height:
        lines = [line for line in lines if line]
    if len(lines) <= height or height < 1:
        return tuple(lines[: max(0, height)])
    left = counted(len(lines) - height + 1, "more line")
    return (*lines[: height - 1], (Span(first_that_fits((f"{open_key} shows {left}", left), width), LEFT_OUT),))


def group_lines(
    group: GroupView | None, today: date, width: int, height: int, limit: int, open_key: str
) -> tuple[Line, ...]:
    """How the group of the selected gap stands: its checklist as a bar, its five elements, the rounds before."""
    if group is None:
        return ()
    score = group.score
    left = counted(score.left, "item") + " left" if score.items else "nothing recorded"
    unknown = f", {score.unknown} unknown" if score.unknown else ""
    lines: list[Line] = [
        *headed(group.audience.name, f"{people_said(group.audience.headcount)}  {group.audience.site or ''}",
               width, "people"),
        (ink("Ready  ", "explain"), ready_span(score.seen, group.level, 5, bold=True), ink(" "),
         *ready_bar(score.seen, BAR), ink(f"  {left}{unknown}", "explain")),
        (),
    ]  # fmt: skip
    lines += profile_lines(group.survey, width, limit, "enter, then s")
    if group.survey is not None and not group.survey.hidden:
        lines.append((ink(f"asked {day_month(group.survey.day, today)}", "explain"),))
    for profile in group.earlier:
        lines += [
            (ink(line, "explain"),) for line in wrap(f"{day_month(profile.day, today)}: {profile.sentence}", width)
        ]
    return _that_fit(lines, width, height, open_key)


def leaning_lines(page: ReadinessPage, width: int, height: int, open_key: str) -> tuple[Line, ...]:
    """Of a gap that is no single group's: how ready everybody is, group by group, and what they lean on."""
    lines: list[Line] = [(ink(line),) for line in wrap(as_sentence(page.sentence), width)]
    lines.append(())
    name = min(22, max(10, width // 3))
    for group in page.groups:
        told = ink(f"{'live':>5}", "explain") if group.live else ready_span(group.score.seen, group.level, 5)
        lines.append(_line(group.audience.name, "people", name, told, group.score))
    for part in page.parts:
        said = ready_span(part.score.seen, part.level, 5)
        lines.append(_line(capital(LEANING.get(part.about, part.about)), "explain", name, said, part.score))
    return _that_fit(lines, width, height, open_key)


def _line(name: str, token: str, room: int, told: Span, score: Score) -> Line:
    shown = wrap(ink(name).text, room)[0] if name else ""
    return ink(f"{shown:<{room}} ", token), told, ink(" "), *ready_bar(score.seen, BAR)


def news_lines(view: TriageView, aside_key: str, width: int, height: int) -> tuple[Line, ...]:
    """What changed since the last visit, and what is set aside until when."""
    changes = view.changes
    since = "" if changes.since is None else f"since {day_month(changes.since.date(), view.today)}: "
    said = f"{since}{changes.sentence}"
    lines: list[Line] = [(ink(line),) for line in wrap(as_sentence(said), width)]
    lines.append(())
    if not view.set_aside:
        lines.append((ink("Nothing is set aside.", "explain"),))
    else:
        lines.append(
            (ink(f"Set aside: {count(len(view.set_aside))}", bold=True), ink(f"  {aside_key} lists them", "explain"))
        )
    for one in view.set_aside:
        reason = f": {one.reason}" if one.reason else ""
        text = (
            f"{one.gap.code} {whose(one)}: {gap_said(one)}; {one.verb} until {day_month(one.until, view.today)}{reason}"
        )
        wrapped = wrap(ink(text).text, width - 2)
        lines += [
            (Span("· " if n == 0 else "  ", Look("faint")), Span(t, Look("explain"))) for n, t in enumerate(wrapped)
        ]
    return tuple(lines[:height])


def aside_lines(one: SetAside | None, today: date, width: int) -> tuple[Line, ...]:
    """Everything about what is set aside."""
    if one is None:
        return ()
    text = f"{one.gap.code} · {whose(one)} · {gap_said(one)}"
    why = f" because {one.reason}" if one.reason else ""
    on = f" on {day_month(one.on, today)}" if one.on else ""
    said = f"{one.verb} by {one.by}{on} until {day_month(one.until, today)}, {in_days(one.until, today)}{why}."
    stands = (
        "A waiver also holds before a signature." if one.verb == "waived" else "It still stands before a signature."
    )
    return tuple(
        (Span(line, Look(token)),)
        for part, token in ((text, "ink"), (said, "ink"), (stands, "explain"))
        for line in wrap(ink(part).text, width)
    )


def pocket_lines(one: PocketRow | None, today: date, width: int) -> tuple[Line, ...]:
    """Everything about a pocket of low readiness."""
    if one is None:
        return ()
    pocket = one.pocket
    unknown = 100 * (1 - pocket.coverage)
    ready = f"{percent(pocket.percent)} ready" if one.asked else "nobody has said what they need to be ready"
    known = f"; {percent(unknown)} of it is unknown and counts as not ready" if one.asked and unknown >= 0.5 else ""
    if one.asked and pocket.seen is None:
        ready, known = "nobody knows yet how ready they are", "; what is unknown counts as not ready"
    day = pocket.go_live
    when = "no go-live date" if day is None else f"their {go_live_word(day, today)} {in_days(day, today)}"
    text = f"{pocket.audience} at {pocket.site or 'a site nobody has named'}, {one.title} ({one.code}) of {one.client}."
    said = f"{capital(ready)}{known}; {people_said(pocket.headcount)}, {when}."
    lines: Sequence[tuple[str, str]] = ((text, "ink"), (said, "explain"))
    return tuple((Span(line, Look(token)),) for part, token in lines for line in wrap(ink(part).text, width))
