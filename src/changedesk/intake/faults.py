"""What pydantic finds in a file that somebody wrote, said in our words: the key, and why it cannot stay as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from changedesk.domain.plaintext import clean
from changedesk.errors import BadInput

Fault = tuple[str, str]
"""A key and what is wrong with it; entries of a list count from 1."""
_SAID: Final = 5


def refused(file: str, faults: Sequence[Fault]) -> BadInput:
    """The refusal of a file: the first fault as the sentence, the next ones behind it."""
    said = [f"{key}: {reason}" for key, reason in faults]
    more = said[1:_SAID]
    left = len(said) - 1 - len(more)
    return BadInput(f"{file}, {said[0]}", "; ".join((*more, f"and {left} more")) if left else "; ".join(more))


def fault(details: Mapping[str, Any]) -> Fault:
    """One finding of pydantic in our words."""
    key = ""
    for part in details["loc"]:
        key += f"[{part + 1}]" if isinstance(part, int) else f".{clean(part)}" if key else clean(part)
    limits: dict[str, Any] = details.get("ctx", {})
    match details["type"]:
        case "missing":
            return key, "it is missing"
        case "extra_forbidden":
            return key, "there is no such key"
        case "string_type":
            return key, "a text in quotes is wanted"
        case "int_type" | "int_from_float":
            return key, "a whole number is wanted"
        case "float_type" | "finite_number":
            return key, "a number is wanted"
        case "bool_type":
            return key, "true or false is wanted"
        case "list_type":
            return key, "a list is wanted"
        case "dict_type" | "model_type":
            return key, "a table is wanted"
        case "greater_than_equal":
            return key, f"it must be at least {limits['ge']:g}"
        case "less_than_equal":
            return key, f"it must be at most {limits['le']:g}"
        case "string_too_short":
            return key, f"at least {limits['min_length']} characters are wanted"
        case "string_too_long":
            return key, f"at most {limits['max_length']} characters are allowed"
        case "too_short":
            return key, f"at least {limits['min_length']} wanted"
        case "too_long":
            return key, f"at most {limits['max_length']} allowed"
        case "value_error":
            return key, str(limits["error"])
        case _:
            return key, details["msg"]
