"""The real dashboard on a desk where changes have been lived through."""

from __future__ import annotations

from dashboards import dashboard_on

from change_desks import ChangeDesk
from changedesk.app import DeskApp
from changedesk.services.door import Door

SIZES = [(80, 24), (120, 36), (160, 48)]


def board_app(board: ChangeDesk, by: str = "") -> DeskApp:
    """The dashboard of somebody, or of the desk's owner."""
    return dashboard_on(Door(board.be(by) if by else board.owner))
