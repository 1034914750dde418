"""Write public adoption curves as canonical CSVs, to look at them in a desk of their own.

    python bench/public_series.py SERIES.json FOLDER
    changedesk --db curves.db init
    for kind in initiatives audiences observations; do changedesk --db curves.db import FOLDER/$kind.csv --kind $kind; done

SERIES.json is a list of {"id", "family", "group", "unit", "t", "y"} with t in units since the start and y in percent. A family
becomes an initiative and a curve an audience; what was published are percentages, so a numerator is a decimal out of 100.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "quarter": 91.3125, "year": 365.25}
LAST = date(2026, 1, 1)
"""Every curve is laid so that it ends here: what counts is its shape."""


def main() -> int:
    """Write the three files."""
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    series = json.loads(source.read_text(encoding="utf-8"))
    families = sorted({curve["family"] for curve in series})
    _write(
        folder / "initiatives.csv", ("code", "title", "client"), [(f, f.replace("_", " "), "public") for f in families]
    )
    _write(
        folder / "audiences.csv",
        ("initiative", "audience", "headcount"),
        sorted({(curve["family"], curve["id"], 100) for curve in series}),
    )
    _write(
        folder / "observations.csv",
        ("initiative", "audience", "metric", "date", "numerator", "denominator"),
        [
            (curve["family"], curve["id"], "utilization", day, f"{value:.4f}".rstrip("0").rstrip("."), 100)
            for curve in series
            for day, value in _dated(curve)
        ],
    )
    return 0


def _dated(curve: dict[str, object]) -> Iterable[tuple[date, float]]:
    times, values = curve["t"], curve["y"]
    assert isinstance(times, list)
    assert isinstance(values, list)
    step = DAYS[str(curve["unit"])]
    start = LAST - timedelta(days=step * (times[-1] - times[0]))
    for t, y in zip(times, values, strict=True):
        yield start + timedelta(days=round(step * (t - times[0]))), min(100.0, max(0.0, y))


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
