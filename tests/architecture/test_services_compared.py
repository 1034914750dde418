"""How names of services are compared is said in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from sources import Module, offending

HOME = "domain/service/names.py"
IN_SQL = {
    "store/service/spellings.py": "where the spellings of a service are found and asked for",
    "store/imports/stage_sql.py": "staged rows are written as the desk writes its services before they are joined to them",
}
"""The modules of the store whose SQL may compare services, each with why."""

_EQUALS = r"(?:=|<>|!=|\b(?:IN|LIKE|GLOB|COLLATE)\b)"
_SERVICE_TABLE = re.compile(r"\b(?:FROM|JOIN|UPDATE) service (?:AS )?(\w+)")


def _compared(module: Module) -> list[str]:
    """Where services are compared as sets, searched, or folded by hand."""
    if module.place == HOME:
        return []
    return [
        f"{node.lineno}: {text}"
        for node in module.nodes
        if isinstance(node, ast.Call | ast.BinOp | ast.Compare) and _by_hand(node)
        for text in [ast.unparse(node)]
        if "service" in text
    ]


def _by_hand(node: ast.Call | ast.BinOp | ast.Compare) -> bool:
    match node:
        case ast.BinOp(op=ast.BitAnd()):
            return True
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Attribute(attr="services")]):
            return True
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr="casefold" | "lower")
        ):
            return "service" in name
    return False


def test_nothing_compares_services_but_the_module_for_it() -> None:
    """Compared by the letter, a name in capitals is a way around a freeze, a risk rule and a route."""
    assert offending(_compared) == {}


def _in_sql(module: Module) -> list[str]:
    """Where the store's SQL compares services, or counts by them: by its columns, or by the name of the service's own table."""
    if module.room != "store" or module.place in IN_SQL:
        return []
    texts = [*_texts(module.tree)]
    names = [r"(?:\w+\.)?\"?services?\b\"?"]
    names += [rf"{alias}\.name\b" for _, text in texts for alias in _SERVICE_TABLE.findall(text)]
    name = "|".join(names)
    compared = re.compile(
        rf"(?<![\w.])(?:{name})\s*{_EQUALS}|{_EQUALS}\s*(?:{name})(?!\s*\()|\bGROUP BY [^()]*(?:{name})"
    )
    return [f"{line}: {found[0]}" for line, text in texts if (found := compared.search(text))]


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text with its line; what is filled in is a gap."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def test_no_sql_compares_services_but_where_their_spellings_are_found() -> None:
    """SQL folds no letter beyond ASCII: by the letter, tickets in capitals would be nobody's."""
    assert offending(_in_sql) == {}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM ticket t WHERE t.service = ?",
        "SELECT 1 FROM ticket WHERE client_id = ? AND service IN (?, ?)",
        "SELECT 1 FROM ticket t JOIN service v ON v.client_id = t.client_id AND v.name = t.service",
        "SELECT v.id FROM service v WHERE v.name = ?",
        "SELECT v.id FROM service v WHERE ? = v.name",
        "SELECT service, count(*) FROM ticket GROUP BY service",
        "SELECT 1 FROM change_request r WHERE r.services LIKE ?",
    ],
)
def test_sql_that_compares_services_is_seen(sql: str) -> None:
    """What the rule is for; split over f-strings and lines, too."""
    for source in (repr(sql), f"f{sql + ' AND {more}'!r}"):
        assert _in_sql(Module("store/made_up.py", ast.parse(source)))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM initiative WHERE service_id = ? AND client_id IN (?)",
        "SELECT DISTINCT service FROM ticket WHERE client_id = ? AND service IS NOT NULL",
        "UPDATE service SET rev = rev + 1, state = 'operation' WHERE id = ?",
        "SELECT v.name FROM service v JOIN audience a ON a.name = ? ORDER BY v.name",
        "The tickets of a service in view",
    ],
)
def test_sql_that_compares_something_else_is_let_be(sql: str) -> None:
    """Ids are compared by the letter, and so are other names."""
    assert _in_sql(Module("store/made_up.py", ast.parse(repr(sql)))) == []
