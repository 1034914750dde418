"""The desk that the dashboard has open: its session, which screens give to the use cases, and how it ends."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from changedesk.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds
from changedesk.errors import ChangeDeskError, Damaged
from changedesk.services.opening import open_desk
from changedesk.services.session import Session, chosen, open_session, renewed


def open_door(
    path: Path,
    acting_for: str | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    zone: str | None = None,
    checkpoints: Path | None = None,
    *,
    read_only: bool = False,
) -> Door:
    """Open the desk at ``path`` for its dashboard, ``read_only`` for looking alone.

    ``zone`` is an IANA name, None the computer's own; ``checkpoints`` the folder in which the end of its audit chain is kept
    on each approval, None the one of the desk.
    """
    desk = open_desk(path, read_only=read_only)
    try:
        choices = chosen(zone, thresholds)
        return Door(open_session(desk, acting_for, checkpoints or path.parent, lambda: choices))
    except ChangeDeskError:
        desk.close()
        raise


class Door:
    """An open desk and whoever sits at it; what they may do follows what is written on the desk meanwhile."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._revision = -1
        self._without_forecasts = -1
        self._end: tuple[int, str] | None = None
        self._end_at = -1

    def wall_clock(self) -> datetime:
        """The desk's clock in the reader's time zone."""
        return self.session.wall_clock

    def revision(self) -> int:
        """A number that is another one as soon as any process has written; costs microseconds."""
        revision = self.session.desk.data_version()
        if revision != self._revision:
            self.session, self._revision = renewed(self.session), revision
        return revision

    def revision_without_forecasts(self) -> int:
        """Such a number for what shows no forecasts: it stays as it is where only those of a week were kept.

        Where anything is in doubt, after a restore or a write without an event, it is another one.
        """
        revision = self.revision()
        if revision != self._end_at:
            from changedesk.store.trail import audit

            with self.naming_damage(), self.session.desk.snapshot() as conn:
                if self._end is None or not audit.only_since(conn, self._end, audit.FORECASTS_KEPT):
                    self._without_forecasts = revision
                self._end, self._end_at = audit.end(conn), revision
        return self._without_forecasts

    def naming_damage(self) -> AbstractContextManager[None]:
        """What fails over a value of a damaged desk is said to be that, not an error of the program."""
        return self.session.desk.naming_damage()

    def damage_behind(self, error: Exception) -> Damaged | None:
        """The damage over which the program ended; None on a sound desk."""
        return self.session.desk.damage_behind(error)

    @property
    def read_only(self) -> bool:
        """Whether this account can only read the desk's file."""
        return self.session.desk.read_only

    def close(self, *, still_read: bool = False) -> str | None:
        """Stop what is still being read, keep the end of the audit chain, and close the desk; gives what was odd about it.

        ``still_read``: threads may not have noticed yet, and keep their connections until the program ends.
        """
        from changedesk.services.checkpoints import keep_at_end

        desk = self.session.desk
        desk.interrupt()
        trouble = keep_at_end(desk, lambda: self.session.checkpoints)
        desk.close(still_read=still_read)
        return trouble

    def interrupt(self) -> None:
        """Stop what is still being read, so that leaving never waits for it."""
        self.session.desk.interrupt()
