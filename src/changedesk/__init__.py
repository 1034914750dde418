"""ChangeDesk shows delivery and adoption of every initiative side by side, in a terminal."""

__version__ = "0.1.0"
