"""What the signs and the words on the screens mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Sign(NamedTuple):
    """A sign, its colour by meaning, its word, and what it says."""

    glyph: str
    token: str
    word: str
    meaning: str


SIGNS: Final = (
    Sign("▲", "late", "late", "needs somebody today: something is past its date or will not be ready"),
    Sign("◆", "risk", "at risk", "will be late unless somebody acts"),
    Sign("●", "fine", "fine", "on plan"),
    Sign("○", "unknown", "unknown", "nobody has said or counted it yet; never the same as zero"),
    Sign("×", "explain", "cancelled", "an initiative of which nothing is asked any more"),
)

MARKS: Final = (
    Sign("★", "key", "go-live", "of the initiative; \N{WHITE STAR} of one audience in a wave of its own"),
    Sign("◇", "ink", "gate", "a checkpoint; filled when both lanes have signed"),
    Sign("□", "ink", "milestone", "one that is not reached yet; \N{BULLSEYE} the day of a target"),
    Sign(
        "■",
        "ink",
        "change",
        "a change in its window; § a meeting of a board, ╳ a hard freeze, ! an approval or a review that is owed",
    ),
    Sign("✓", "fine", "done", "signed, or an item that is done; \N{BALLOT X} open, and due"),
    Sign("✗", "late", "rejected", "a vote against; ↺ asks for changes, – abstains, ○ has not voted"),
    Sign("‹", "faint", "more", "the picture goes on beyond this edge"),
    Sign("▎", "explain", "selected", "in a list that the keys do not move in now; they do in the one with ▌ and a bar"),
)

QUESTIONS: Final[Mapping[str, str]] = {
    "value": "What was it to bring, and what of that has come?",
    "gate": "What does each side have to show, and whose signatures count?",
    "decisions": "Who knows of what was decided, and does it hold?",
    "records": "What is written down, and what of it is to be changed?",
    "cab": "What is decided in this meeting, and what has everybody present to know of it?",
    "changes": "Which changes are there, how far is each, and how risky?",
    "change": "What does this change need before its next step?",
    "policies": "What does each client require before a change may run?",
    "policy": "Who votes on what, by when, and what if nobody does?",
    "reviews": "What is owed after changes, and what did they teach?",
    "change_kpis": "Is change control healthy?",
    "catalogue": "What may be done without asking?",
    "trail": "Who decided what and when, and does the chain hold?",
    "ready": "Are the people of this initiative ready, and what do they lean on?",
    "hit": "Who is hit and how hard, who stands behind it, and who resists?",
    "change_plan": "Who hears, learns and does what, when, and what does the plan leave out?",
    "saturation": "How much change does each group bear, week by week, and where does it meet?",
    "handover": "Can operations run what was built, and who has taken it over?",
    "services": "Which service needs somebody first, and why?",
    "service": "Is it still good, where is it going, and what is to be better?",
    "client": "What did go-lives leave behind at this client, and what is there to say to it?",
    "imports": "What came in from files, and what of it can be taken back?",
}
"""What the places beside the main screens answer."""

_ELEMENTS: Final = (
    Sign("◆", "risk", "barrier", "among the five elements: the one that most people stand before"),
    Sign("▂▇", "people", "answers", "how many scored an element 1, 2, 3, 4, 5; 3 or less holds people up"),
)

_LEVELS: Final = (
    Sign("▲", "late", "risk high", "before a change, as it was assessed; ◆ medium, ● low, ○ not assessed"),
)

OF_SCREEN: Final[Mapping[str, tuple[Sign, ...]]] = {
    "initiative": (
        Sign(
            "▔",
            "delivery",
            "done",
            "a line under the part of a phase that is done; ╌ under one of which something is late",
        ),
    ),
    "approvals": (
        Sign("▲", "late", "in the queue", "its deadline has passed; ◆ it passes within a day, ● later"),
        Sign("◆", "risk", "on the card", "beside Risk: ▲ high, ◆ medium, ● low, ○ not assessed"),
    ),
    "changes": _LEVELS,
    "change": (
        Sign("✗", "late", "missing", "has to be there before the next step; ✓ is there"),
        Sign("▸", "key", "state", "how far it is; to the right of it what is to come"),
    ),
    "cab": (
        Sign("▸", "key", "now", "is talked about; its minutes, so many of those it may take, run"),
        Sign("✓", "fine", "decided", "its votes stand in the minutes; · is still to come"),
    ),
    "calendar": (
        Sign("█", "delivery", "scheduled", "a change that is decided on; its number stands in it where there is room"),
        Sign("▒", "delivery", "not decided", "a change whose votes are still open"),
        Sign("▪", "explain", "done", "a change that is over"),
        Sign("2", "delivery", "several", "so many changes that do not collide, too close to be drawn one by one"),
        Sign("╳", "late", "hard freeze", "nothing may run then but an emergency that two people allow"),
        Sign("╱", "risk", "soft freeze", "what runs then has to be accepted by name"),
        Sign("▁", "service", "maintenance", "a window that changes belong into, where there are any"),
        Sign("~", "explain", "holiday", "the client does not work; no business hours pass"),
        Sign("▲", "late", "collision", "what cannot both be, or may not; ◆ what is to be looked at"),
        Sign("│", "ink", "now", "the present moment"),
        Sign(
            "▅",
            "people",
            "load",
            "how much a group bears in a week, as a share of what it can; from 80 % on ◆, from 100 % on ▲",
        ),
    ),
    "golive": (
        Sign(
            "█",
            "service",
            "came",
            "tickets that were opened in that hour, or on that day; ▲ at its upper end: too many",
        ),
        Sign(
            "░",
            "faint",
            "the band",
            "where eight of ten hours and days lie that are as expected; hatched behind the bars",
        ),
        Sign("▲", "late", "too many", "today above its band, or for days more than was to be expected"),
        Sign("○", "unknown", "not known", "an exit criterion that nobody has confirmed, or whose data are missing"),
        Sign("✗", "late", "not met", "an exit criterion that is not met; \N{CHECK MARK} one that is"),
    ),
    "handover": (
        Sign("✓", "fine", "there", "with what shows it"),
        Sign("✗", "late", "sent back", "by the service owner, for the reason that stands beside it"),
        Sign("○", "unknown", "open", "nobody has shown it yet"),
    ),
    "services": (
        Sign(
            "▁▅█",
            "service",
            "12 periods",
            "availability by period, newest on the right; full is all of the time, half a column what was agreed, if anything was",
        ),
        Sign("▲", "late", "missed", "an agreement is missed beyond its tolerance"),
        Sign(
            "◆",
            "risk",
            "watch it",
            "within a tolerance, without an owner, or something systemic that nobody has decided",
        ),
    ),
    "service": (
        Sign("●", "service", "measured", "a rolling window of up to three periods, at its last day"),
        Sign("┄", "ink", "agreed", "the level that was agreed"),
        Sign("✗", "late", "missed", "an agreement that is missed; ◆ within its tolerance, \N{CHECK MARK} kept"),
        Sign(
            "▲",
            "late",
            "systemic",
            "three signals or more within half a year, on more than one day; or an improvement past its day",
        ),
    ),
    "adoption": (
        Sign(
            "●", "people", "counted", "observed or tested, as so many of so many; always a count behind the percentage"
        ),
        Sign("○", "explain", "said", "what people say of themselves: shown apart, never mixed in, never forecast"),
        Sign(
            "▒",
            "people",
            "forecast",
            "half of the possible futures lie here, 8 of 10 within the lighter ░; ━━ the middle one",
        ),
        Sign("┄", "ink", "target", "◎ on its day; ·· the way to it as it was planned"),
        Sign("▼", "late", "relapse", "where going back to the old way was seen first; its forecast is suspended"),
        Sign("║", "ink", "go-live", "┊ the go-live of a wave, │ today"),
        Sign("◆", "ink", "compared", "what is held beside the series shown, both from their own go-live"),
        Sign(
            "△", "ink", "not adopted", "not at 80 % of its target for two counts yet; ● when it is, ▲ when it went back"
        ),
        Sign("there", "fine", "likely", "the target is reached; past: its day has gone by"),
    ),
    "value": (
        Sign("●", "service", "realised", "what a benefit was measured at"),
        Sign("·", "ink", "expected", "from its baseline at go-live to its target on its day"),
        Sign("◎", "ink", "target", "on its day"),
        Sign(
            "x",
            "explain",
            "three bars",
            "speed x use x proficiency: the share to be expected of what depends on people",
        ),
    ),
    "change_kpis": (
        Sign(
            "▁▅█",
            "explain",
            "12 months",
            "one column a month, the newest on the right: a share from none to all, or hours",
        ),
        Sign("·", "explain", "no figure", "a month in which there was nothing to count"),
        Sign(
            "95 %",
            "explain",
            "sure",
            "where the true share lies for so many changes (Wilson); few changes make it wide",
        ),
    ),
    "reviews": (
        Sign("▲", "late", "overdue", "a review or an action past its date, or a standard change that suspended itself"),
        Sign("◆", "risk", "due", "a review that is due by tomorrow, or a proposal that waits for a yes or a no"),
        Sign("●", "fine", "in time", "a review that has more time than that"),
        Sign(
            "✓",
            "fine",
            "to be closed",
            "nothing is missing any more; \N{BALLOT X} something is, before it can be closed",
        ),
        Sign("·", "explain", "action", "something that a review found to be done, still in time"),
    ),
    "catalogue": (
        Sign(
            "▲",
            "late",
            "stopped",
            "suspended, or its approval has run out: it takes the normal path until it is approved again",
        ),
        Sign("◆", "risk", "proposed", "somebody else than its proposer approves it"),
        Sign("●", "fine", "approved", "may be done without asking"),
        Sign("15-85 %", "explain", "sure", "where the true share lies for so few uses, 95 times in 100 (Wilson)"),
    ),
    "readiness": (
        Sign(
            "▁▅█",
            "people",
            "factors",
            "six columns: how hard, people, missing, unknown, days left, locked; · raises nothing",
        ),
        Sign("+", "risk", "new", "new since your last visit; ↑ presses much more than then, ↓ much less"),
        Sign("(3)", "key", "beside its title", "so many gaps wait for you, on every screen"),
        Sign("✓", "explain", "waived", "until a day, for a reason that stands with a name; ‖ put off for some days"),
        *_ELEMENTS,
    ),
    "ready": (
        Sign("✗", "late", "not ready", "◐ partly ready, ○ nobody knows, ✓ ready"),
        *_ELEMENTS,
    ),
    "people": (Sign("█5", "late", "hit", "the hardest impact on any group, from ·0 to █5; ? nobody has rated one"),),
    "hit": (
        Sign(
            "█5",
            "late",
            "impact",
            "how hard, from ·0 to █5; - not rated in this aspect, ? in none; a mean is ? while a group has no headcount",
        ),
        Sign("▸", "key", "chosen", "the aspect that the arrows chose, and that enter opens"),
        Sign(
            "Pro",
            "explain",
            "aspects",
            "processes, systems, tools, job roles, behaviours, mindset, reporting lines, performance reviews, pay, location",
        ),
        Sign("Load", "explain", "of a group", "the sum of the degrees times the group's share of all people"),
        Sign(
            "3",
            "risk",
            "on the grid",
            "the number in the list; ▲ far from the wanted stance, ◆ near it, ● there",
        ),
        Sign("·", "faint", "expected", "resistance that such a change usually meets, and that nobody has met yet"),
    ),
    "change_plan": (
        Sign("1+2", "ink", "planned", "one for the group itself and two for everybody; ✓ all of them are done"),
        Sign("▲", "late", "late", "past its end and not done; ◐ running, ○ to come, ✓ done, × cancelled"),
    ),
    "saturation": (
        Sign(
            "125",
            "late",
            "load",
            "percent of what the group can bear in the week: from 80 on nearly full, 100 full, more is overloaded",
        ),
        Sign("▸", "key", "chosen", "the week that the arrows chose"),
    ),
}
"""Signs that only one screen has."""

COLOURS: Final = (
    Sign("━━", "delivery", "delivery", "what is built and handed over"),
    Sign("━━", "people", "people", "who is prepared for it, and who uses it"),
    Sign("━━", "service", "service", "how it is run and supported afterwards"),
)

WORDS: Final = (
    (
        "lag",
        "days that people work is behind, less those of delivery; +9\N{NO-BREAK SPACE}d: people trail by nine days",
    ),
    ("people", "the share of planned people work that is done; work done on people is not people using it"),
    (
        "in use",
        "the share of people who were observed to work the new way; finished trainings do not count",
    ),
    ("adopted", "in use by 80 % of the target in two counts running, in every group that is counted"),
    ("likely", "in how many of 100 possible futures the target of use is reached by its day"),
    (
        "ready",
        "how much of what has to be true before go-live is true, weighted; what nobody knows counts as not ready",
    ),
    ("gap", "what stands between people and a change that works for them; the ranking multiplies its six factors"),
    ("pocket", "a group at its site that is less ready than it should be before its go-live"),
    ("gate", "a checkpoint that both lanes sign; one signature is not enough"),
    ("late start", "the people work began only after the plan was signed"),
    ("SPI(t)", "time earned over time gone: below 1 the project is slower than planned"),
    ("CPI", "value earned over money spent: below 1 it costs more than planned"),
    ("authorised", "the change has the votes that its client's policy asks for, on its present revision"),
    (
        "business ready",
        "both lanes have signed the go-live gate; authorised says nothing about it, nor it of that",
    ),
    ("revision", "every edit of a change makes one; votes count on the one that they were given on"),
    (
        "votes owed",
        "an emergency was begun on somebody's word; its votes follow until a set hour, or it stays unauthorised",
    ),
    ("lens", "whose question the screen answers: the project's, the change side's, the desk's, the business's"),
    ("in the window of", "a change, or within a day after: when a ticket came, never why; only a person names a cause"),
    ("MTRS", "mean time from a failure until the service works fully again; MTTR ends with the repair"),
    ("MTBF", "mean time that a service works between two failures"),
    ("systemic", "it comes again and again: at least three signals within half a year, on more than one day"),
    ("hypercare", "early-life support after a go-live, until its exit criteria are met"),
    ("?", "unknown: no plan, no count, or nobody named"),
)
