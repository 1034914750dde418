"""Links that can be followed one after the other: what a start reaches, in an order, without links in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Link = tuple[str, str]
"""From one, to another."""


def without_circles(
    start: str, links: Iterable[Link]
) -> tuple[tuple[str, ...], frozenset[Link], tuple[tuple[str, ...], ...]]:
    """What ``start`` reaches, itself first, each after all that it follows; the links among them; and the circles.

    A circle is a largest group whose members reach each other; all links within it are left out, whatever the order in
    which the links came (strongly connected components: R. Tarjan, SIAM Journal on Computing 1, 1972).
    """
    following: dict[str, list[str]] = {}
    for before, after in sorted(set(links)):
        following.setdefault(before, []).append(after)
    groups = list(_groups(start, following))
    group_of = {member: number for number, group in enumerate(groups) for member in group}
    kept = frozenset(
        (before, after)
        for before, others in following.items()
        for after in others
        if before in group_of and group_of[before] != group_of[after]
    )
    circles = tuple(
        tuple(sorted(group)) for group in groups if len(group) > 1 or group[0] in following.get(group[0], ())
    )
    order = [member for group in reversed(groups) for member in sorted(group)]
    # In a circle the start need not come first by name; it moves by itself, so nothing has to come before it.
    order.remove(start)
    return (start, *order), kept, circles


def _groups(start: str, following: dict[str, list[str]]) -> Iterator[list[str]]:
    """The groups that reach each other, each before those that lead to it; without recursion, for long chains."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    work: list[tuple[str, Iterator[str]]] = []

    def enter(one: str) -> None:
        index[one] = low[one] = len(index)
        stack.append(one)
        waiting.add(one)
        work.append((one, iter(following.get(one, ()))))

    enter(start)
    while work:
        one, others = work[-1]
        for other in others:
            if other not in index:
                enter(other)
                break
            if other in waiting:
                low[one] = min(low[one], index[other])
        else:
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[one])
            if low[one] == index[one]:
                group = []
                while True:
                    member = stack.pop()
                    waiting.discard(member)
                    group.append(member)
                    if member == one:
                        break
                yield group
