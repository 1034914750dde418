"""How changes like this one have ended: the nearest ones that are enough in number, and what was given up to find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from changedesk.domain.counted import counted, listed
from changedesk.domain.proportion import Proportion, said_interval, said_share
from changedesk.domain.words import OUTCOMES, plain
from changedesk.values import dataclass

ENOUGH: Final = 10
"""With fewer than so many of them it is looked further."""
GIVEN_UP: Final = ("client", "risk", "service")
"""What is given up, one after the other; the path never is."""
CLEAN: Final = "successful"
"""The end that needs no word: whatever else counts as a success is said."""
_ORDER: Final = ("client", "path", "service", "risk")


@dataclass(frozen=True, slots=True)
class Ended:
    """So many past changes that ended the same way.

    ``authorised`` is false for those that were begun without leave: such a change never counts as a success.
    """

    outcome: str
    count: int
    authorised: bool = True


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How ``n`` changes like this one have ended.

    ``same`` is what all of them share with it, ``given_up`` what they no longer do; ``exactly`` is how many share
    everything. ``counts`` are outcome and number, all outcomes in their order. ``median_minutes`` is how long they took,
    None where no time is known. ``also`` are the outcomes that its client counts as a success beside the clean one.
    """

    same: tuple[str, ...]
    given_up: tuple[str, ...]
    exactly: int
    counts: tuple[tuple[str, int], ...]
    success: Proportion
    unauthorised: int = 0
    median_minutes: float | None = None
    also: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """How many there are."""
        return self.success.whole


def ladder(known: Iterable[str], *, over_clients: bool) -> tuple[frozenset[str], ...]:
    """What has to be the same, from everything that is ``known`` of the change down to its path alone.

    Only whoever sees every client ever looks beyond the change's own: ``over_clients``.
    """
    kept = frozenset(known) | {"path", "client"}
    steps = [kept]
    for name in GIVEN_UP:
        if name in kept and (name != "client" or over_clients):
            kept -= {name}
            steps.append(kept)
    return tuple(steps)


def base_rate(
    steps: Sequence[frozenset[str]],
    past: Callable[[frozenset[str]], Sequence[Ended]],
    success: Iterable[str],
) -> BaseRate:
    """The first step with enough changes, else the last.

    ``past`` counts the changes that share what it is asked for; ``success`` are the outcomes that the client counts as one.
    """
    chosen = first = tuple(past(steps[0]))
    same = steps[0]
    for step in steps[1:]:
        if _total(chosen) >= ENOUGH:
            break
        chosen, same = tuple(past(step)), step
    good = frozenset(success)
    return BaseRate(
        same=tuple(name for name in _ORDER if name in same),
        given_up=tuple(name for name in GIVEN_UP if name in steps[0] - same),
        exactly=_total(first),
        counts=tuple((word, _total(one for one in chosen if one.outcome == word)) for word in OUTCOMES),
        success=Proportion(_total(one for one in chosen if one.outcome in good and one.authorised), _total(chosen)),
        unauthorised=_total(one for one in chosen if not one.authorised),
        also=tuple(word for word in OUTCOMES if word in good and word != CLEAN),
    )


def _total(ended: Iterable[Ended]) -> int:
    return sum(one.count for one in ended)


def said_counts(rate: BaseRate) -> str:
    """How they ended: ``31 successful, 2 with issues, 1 backed out``."""
    parts = [f"{count} {plain(word)}" for word, count in rate.counts if count]
    if rate.unauthorised:
        parts.append(f"{rate.unauthorised} of them without leave")
    return ", ".join(parts)


def said_base_rate(rate: BaseRate) -> str:
    """The base rate in one line: ``34 like it: 31 successful, 2 with issues, 1 backed out``."""
    if not rate.n:
        return "none like it has been done yet"
    return f"{rate.n:,} like it: {said_counts(rate)}"


def said_success(rate: BaseRate) -> str:
    """How many went well, with the interval: ``91 % went well (77-97 %)``, and what counts as well; of none nothing."""
    if not rate.n:
        return ""
    also = f"; {said_also(rate)}" if rate.also else ""
    return f"{said_share(rate.success)} went well ({said_interval(rate.success)}){also}"


def said_also(rate: BaseRate) -> str:
    """What its client counts as a success beside the clean ones: ``“with issues” counts as a success here``."""
    if not rate.also:
        return ""
    verb = "counts" if len(rate.also) == 1 else "count"
    return f"{listed([f'“{plain(word)}”' for word in rate.also])} {verb} as a success here"


def said_briefly(rate: BaseRate) -> str:
    """The base rate where there is little room: ``91 % of 34 like it went well (77-97 %): 2 with issues, 1 backed out``.

    What counts as a success is not told apart further; with none like it that is what it says.
    """
    if not rate.n:
        return said_base_rate(rate)
    words = [f"{count} {plain(word)}" for word, count in rate.counts if count and word != CLEAN]
    rest = f": {', '.join(words)}" if words else ""
    return f"{said_share(rate.success)} of {rate.n:,} like it went well ({said_interval(rate.success)}){rest}"


def said_shared(rate: BaseRate) -> str:
    """What they have in common with it, and what was given up: ``same path and service, any client and risk``."""
    same = f"same {listed(rate.same, len(rate.same))}"
    return f"{same}, any {listed(rate.given_up, len(rate.given_up))}" if rate.given_up else same


def said_likeness(rate: BaseRate) -> str:
    """The same, and how few were the same in everything where something had to be given up."""
    few = f"only {counted(rate.exactly, 'is', 'are')}" if rate.exactly else "none is"
    return f"{said_shared(rate)}: {few} the same in everything" if rate.given_up else said_shared(rate)
