"""`make bench`: start, keys, bytes, idle, switch, open, memory, quit and import, beside an empty Textual program.

    python bench/run.py [--rounds 12] [--big BIG.db | --demo]

Makes the big desk first, through the public import, which is measured. Then the empty program, the demo and the big desk
take turns within each round, so that a busy machine hits all of them alike; the table shows medians.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

import big_desk
from importing import BUDGETS as RATES
from importing import Imported
from session import Session

HERE = Path(__file__).resolve().parent
DOWN, UP, QUIT, ENTER, ADOPTION, HOME = b"\x1b[B", b"\x1b[A", b"\x11", b"\r", b"7", b"1"
SELECTED = "▌"
"""Stands before the selected row of a list, as soon as there is one."""
SCREENS = (b"2", b"3", b"4", b"5", b"6", b"7", b"8", HOME)
LISTS = {
    b"1": "Portfolio",
    b"3": "Approvals",
    b"4": "Calendar",
    b"5": "Readiness",
    b"6": "People",
    b"7": "Adoption",
    b"8": "Go-live",
}
"""The main screens with a list, for the bytes that a step in it costs."""
_BOTH = {
    "key ms": 8,
    "bytes a key": 1500,
    "idle B/s": 0,
    "switch ms": 60,
    "open ms": 120,
    "chart ms": 200,
}
BUDGETS = {
    "demo": {"ready": 1.35, "memory": 1.6, "quit": 1.1, **_BOTH},
    "big": {"ready": 1.45, "memory": 1.8, "quit": 1.2, **_BOTH},
}
"""As ratios to the floor, else in the unit of the name. ``memory`` is the peak after start, keys and nothing else."""
FLOOR = 0.295
"""Seconds that the floor needs to be ready on the machine that budgets in milliseconds and rows a second were set on."""
RATIOS = ("ready", "memory", "quit", "processor", "memory of all", "quit of all")
FLAT = 1.1
"""The peak memory of importing four times as many rows is at most this times as high."""
QUARTER = ("clients", "initiatives", "audiences", "observations")
BESIDE = ("processor", "memory of all", "quit of all")
"""Measured beside the budgets: processor time until ready, memory after every screen was visited twice, and leaving then."""


def measure(command: list[str], found: dict[str, list[float]], *, floor: bool) -> None:
    """One run of one program: start, keys, quit; of the dashboard another one that sees all of it."""
    with Session(command) as session:
        found["ready"].append(session.until(b"Portfolio"))
        found["processor"].append(session.processor())
        if not floor:
            session.wait(SELECTED)
            found["facts ms"].append(1000 * (session.last - session.begun))
            presses = [session.press(key) for key in (DOWN, UP) * 6]
            found["key ms"].append(1000 * median(press.frame for press in presses))
            found["bytes a key"].append(median(press.size for press in presses))
        session.settle()
        found["idle B/s"].append(session.idle(2.0))
        found["memory"].append(session.peak_memory())
        found["quit"].append(session.quit(QUIT))
        if floor:
            for beside in ("memory", "quit"):
                found[f"{beside} of all"].append(found[beside][-1])
            return
    with Session(command) as session:
        session.wait(SELECTED)
        session.settle(1.0)
        found["open ms"].append(1000 * session.press(ENTER, until="delivered correctly").facts)
        session.settle()
        found["chart ms"].append(1000 * session.press(ADOPTION, until="Who takes it up").facts)
        session.settle()
        for visit in ("first", "switch"):
            for key in SCREENS:
                answer = session.press(key)
                found[f"{visit} {key.decode()} ms"].append(1000 * answer.frame)
                found[f"{visit} facts {key.decode()} ms"].append(1000 * answer.facts)
                if visit == "switch" and key in LISTS:
                    sizes = [session.press(step).size for step in (DOWN, DOWN, UP, UP)]
                    found[f"bytes {key.decode()}"].append(median(sizes))
        found["switch ms"].append(median(found[f"switch {key.decode()} ms"][-1] for key in SCREENS))
        found["memory of all"].append(session.peak_memory())
        found["quit of all"].append(session.quit(QUIT))


def main() -> int:
    """Measure and print the table; exit 1 when a budget is not kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=12)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--big", type=Path, help="a desk that bench/big_desk.py made today, and no imports")
    what.add_argument("--demo", action="store_true", help="only the demo portfolio, and no imports")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder, "demo.db")
        subprocess.run([sys.executable, "-m", "changedesk", "--db", str(demo), "demo", "--no-open"], check=True)
        programs = {"floor": [sys.executable, str(HERE / "floor.py")], "demo": _changedesk(demo)}
        imports: list[Imported] = []
        if arguments.big:
            programs["big"] = _changedesk(arguments.big)
        elif not arguments.demo:
            for part in (
                big_desk.build(Path(folder, "quarter"), count=500, kinds=QUARTER),
                big_desk.build(Path(folder)),
            ):
                for one in part:
                    print(one.line, flush=True)
                    imports.append(one)
            programs["big"] = _changedesk(Path(folder, "big.db"))
        found: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in programs}
        for number in range(arguments.rounds + 1):
            for name in sorted(programs, reverse=bool(number % 2)):
                kept = found[name] if number else defaultdict(list)  # the first round warms up
                measure(programs[name], kept, floor=name == "floor")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors, {arguments.rounds} rounds")
    slower = _slower(found["floor"])
    missed = _table(found, slower) + _rates(imports, slower)
    return 1 if missed else 0


def _slower(floor: dict[str, list[float]]) -> float:
    """How many times slower this machine is now than the one of the budgets; 1 when it is faster."""
    ready = median(floor["ready"])
    slower = max(1.0, ready / FLOOR)
    print(
        f"floor: ready {1000 * ready:.0f} ms ({1000 * median(floor['processor']):.0f} ms of processor time),"
        f" memory {median(floor['memory']) / 1024:.0f} MiB, quit {1000 * median(floor['quit']):.0f} ms"
    )
    if slower > 1:
        print(f"this machine is {slower:.2f} x slower than that of the budgets: times are held against that much more")
    return slower


def _rates(imports: list[Imported], slower: float) -> int:
    """Print what importing a million observations came to, beside a quarter of them; how many budgets are missed."""
    missed = 0
    for how, budget in RATES.items():
        runs = [one for one in imports if (one.kind, one.how) == ("observations", how)]
        if not runs:
            continue
        quarter, whole = runs
        growth = whole.memory / quarter.memory
        kept = whole.rate * slower >= budget, growth <= FLAT
        missed += kept.count(False)
        print(
            f"import {how:10}{whole.rate:>8,.0f} rows/s, budget {budget:,} {'' if kept[0] else 'MISSED'}; memory"
            f" {growth:.2f} x for {whole.rows / quarter.rows:.0f} x as many rows {'' if kept[1] else 'MISSED'}"
        )
    return missed


def _changedesk(desk: Path) -> list[str]:
    return [sys.executable, "-m", "changedesk", "--db", str(desk)]


def _table(found: dict[str, dict[str, list[float]]], slower: float) -> int:
    missed = 0
    for desk, figures in found.items():
        if desk not in BUDGETS:
            continue
        for what in (*BUDGETS[desk], *BESIDE):
            budget = BUDGETS[desk].get(what)
            if what in RATIOS:
                ratios = [a / b for a, b in zip(figures[what], found["floor"][what], strict=True)]
                value, unit = median(ratios), " x"
            else:
                value, unit = median(figures[what]), ""
            kept = budget is None or value <= budget * (slower if what.endswith(" ms") else 1)
            missed += not kept
            said = "" if budget is None else f"budget {budget:>8}{unit:3} {'' if kept else 'MISSED'}"
            print(f"{desk:6}{what:14}{value:10.2f}{unit:3} {said}")
        print(f"{desk:6}list filled   {median(figures['facts ms']):8.0f} ms after the start")
        for title, name in (
            ("first visit, frame", "first {} ms"),
            ("first visit, facts", "first facts {} ms"),
            ("later, frame", "switch {} ms"),
            ("later, facts", "switch facts {} ms"),
        ):
            each = [f"{key.decode()}: {median(figures[name.format(key.decode())]):4.0f}" for key in sorted(SCREENS)]
            print(f"{desk:6}{title:20}{'  '.join(each)} ms")
        each = [f"{name} {median(figures[f'bytes {key.decode()}']):,.0f}" for key, name in LISTS.items()]
        print(f"{desk:6}bytes a step in     {', '.join(each)}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
