"""`make bench`: start, keys, bytes, idle, memory and quit of the dashboard, as ratios to an empty Textual program.

    python bench/run.py [--rounds 12] [--big BIG.db]

The programs take turns within each round, so that a busy machine hits all of them alike; the table shows medians.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from session import Session

HERE = Path(__file__).resolve().parent
DOWN, UP, QUIT, ENTER, ADOPTION, HOME = b"\x1b[B", b"\x1b[A", b"\x11", b"\r", b"7", b"1"
SCREENS = (b"2", b"3", b"4", b"5", b"6", b"7", b"8", HOME)
BUDGETS = {
    "demo": {
        "ready": 1.35,
        "memory": 1.6,
        "quit": 1.1,
        "key ms": 8,
        "bytes a key": 1500,
        "idle B/s": 0,
        "switch ms": 60,
        "open ms": 120,
        "chart ms": 200,
    },
    "big": {
        "ready": 1.45,
        "memory": 1.8,
        "quit": 1.2,
        "key ms": 8,
        "bytes a key": 1500,
        "idle B/s": 0,
        "switch ms": 60,
        "open ms": 120,
        "chart ms": 200,
    },
}
RATIOS = ("ready", "memory", "quit")


def measure(command: list[str], found: dict[str, list[float]], *, floor: bool) -> None:
    """One run of one program."""
    with Session(command) as session:
        found["ready"].append(session.until(b"Portfolio"))
        session.settle()
        if not floor:
            presses = [session.press(key) for key in (DOWN, UP) * 6]
            found["key ms"].append(1000 * median(seconds for seconds, _ in presses))
            found["bytes a key"].append(median(size for _, size in presses))
            found["open ms"].append(1000 * session.press(ENTER, until=b"delivered correctly")[0])
            session.settle()
            found["chart ms"].append(1000 * session.press(ADOPTION, until=b"Who takes it up")[0])
            session.settle()
            for visit in range(2):
                for key in SCREENS:
                    seconds = session.press(key)[0]
                    session.settle()
                    if visit:
                        found[f"switch {key.decode()} ms"].append(1000 * seconds)
            found["switch ms"].append(median(found[f"switch {key.decode()} ms"][-1] for key in SCREENS))
        session.settle()
        found["idle B/s"].append(session.idle(2.0))
        found["memory"].append(session.peak_memory())
        found["quit"].append(session.quit(QUIT))


def main() -> int:
    """Measure and print the table; exit 1 when a budget is not kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--big", type=Path, help="a desk made by bench/big_desk.py")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder, "demo.db")
        subprocess.run([sys.executable, "-m", "changedesk", "--db", str(demo), "demo", "--no-open"], check=True)
        programs = {"floor": [sys.executable, str(HERE / "floor.py")], "demo": _changedesk(demo)}
        if arguments.big:
            programs["big"] = _changedesk(arguments.big)
        found: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in programs}
        for number in range(arguments.rounds + 1):
            for name in sorted(programs, reverse=bool(number % 2)):
                kept = found[name] if number else defaultdict(list)  # the first round warms up
                measure(programs[name], kept, floor=name == "floor")
    return _table(found)


def _changedesk(desk: Path) -> list[str]:
    return [sys.executable, "-m", "changedesk", "--db", str(desk)]


def _table(found: dict[str, dict[str, list[float]]]) -> int:
    missed = 0
    floor = {name: median(values) for name, values in found["floor"].items()}
    print(
        f"floor: ready {1000 * floor['ready']:.0f} ms, memory {floor['memory'] / 1024:.0f} MiB, quit {1000 * floor['quit']:.0f} ms"
    )
    for desk, figures in found.items():
        for what, budget in BUDGETS.get(desk, {}).items():
            if what in RATIOS:
                ratios = [a / b for a, b in zip(figures[what], found["floor"][what], strict=True)]
                value, unit = median(ratios), " x"
            else:
                value, unit = median(figures[what]), ""
            kept = value <= budget
            missed += not kept
            print(f"{desk:6}{what:14}{value:10.2f}{unit:3} budget {budget:>8}{unit:3} {'' if kept else 'MISSED'}")
        if desk not in BUDGETS:
            continue
        each = [f"{key.decode()}: {median(figures[f'switch {key.decode()} ms']):.0f}" for key in sorted(SCREENS)]
        print(f"{desk:6}switch to each  {'  '.join(each)} ms")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
