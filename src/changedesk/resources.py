"""The files that ChangeDesk ships: lifecycles, the demo portfolio, profiles."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def data_folder() -> Traversable:
    """The shipped data: inside the package when installed, beside ``src`` in a checkout."""
    packaged = files("changedesk").joinpath("data")
    if packaged.is_dir():
        return packaged
    return Path(__file__).resolve().parents[2] / "data"


def data_text(*parts: str) -> str:
    """The text of one shipped file, such as ``data_text("lifecycles", "delivery.toml")``."""
    return data_folder().joinpath(*parts).read_text(encoding="utf-8")
