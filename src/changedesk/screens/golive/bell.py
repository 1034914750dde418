"""The bell of the Go-live screen: it rings when today leaves what is usual, for whoever wants to hear it."""

from __future__ import annotations

from changedesk.services.golive.page import GoLiveView


class Bell:
    """Compares what is seen now with what was seen before of the same go-live."""

    def __init__(self) -> None:
        self.is_on = False
        self._heard: tuple[str, str, int, bool] | None = None

    def forget(self) -> None:
        """Another go-live is looked at: it is no worse than the one before."""
        self._heard = None

    def rings(self, view: GoLiveView, level: str) -> bool:
        """Whether it rings: the go-live is late now, more urgent tickets are open, or there are more than is usual."""
        excess = view.load.excess is not None and view.load.excess.now
        now = (view.initiative_id, level, view.urgent, excess)
        before, self._heard = self._heard, now
        if not self.is_on or before is None or before[0] != now[0]:
            return False
        return (level == "late" and before[1] != "late") or view.urgent > before[2] or (excess and not before[3])
