"""What a benefit is: sought, or borne for the rest; of those that were there before, nobody has said it.

Same conventions as the schemas before it.
"""

from __future__ import annotations

from changedesk.domain.words import BENEFIT_KINDS
from changedesk.store.schema.desk import one_of


def benefit_statements() -> tuple[str, ...]:
    """The statements that let a desk tell benefits from disbenefits, in order."""
    return (f"ALTER TABLE benefit ADD COLUMN kind TEXT CHECK ({one_of('kind', BENEFIT_KINDS)})",)
