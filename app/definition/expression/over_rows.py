"""Checks the functions over rows: any, all, count, sum, min and max of tables, columns and lists."""

from typing import cast

from app.definition.expression import syntax
from app.definition.expression.checking import Checking
from app.definition.expression.tree import Cells, Node, Over, OverFunction, Read
from app.definition.expression.types import FLAG, NUMBER, Type
from app.definition.text_problem import TextProblem, Words

_NUMBERS = frozenset({"number", "money", "percent"})
_ORDERED = _NUMBERS | {"date", "moment"}
_TABLE = Type("rows")
_TABLE_HINT = Words(
    "Ô đầu là tên bảng: any(people, days > 3), count(people)",
    "The first is the name of a table: any(people, days > 3), count(people)",
)
_COLUMN_HINT = Words("Ô đầu là cột số của bảng: sum(people.days)", "The first is a column of numbers: sum(people.days)")
_NESTED = Words(
    "điều kiện trên dòng lồng trong điều kiện trên dòng", "a condition over rows inside a condition over rows"
)
_NESTED_CURE = Words(
    "Đặt phần bên trong thành cột tính sẵn (value) của bảng",
    "Move the inner part into a computed column (value) of the table",
)


def check_over(checker: Checking, tree: syntax.Call) -> Node | None:
    """The typed call, or None when a problem was reported."""
    source = checker.values(tree.arguments[0])
    if source is None:
        return None
    conditional = len(tree.arguments) == 2
    if tree.function in ("sum", "min", "max"):
        return _of_column(checker, tree, source, conditional=conditional)
    if tree.function == "count" and not conditional and source.type.kind == "list":
        return Over(NUMBER, tree.start, tree.end, "count", source)
    if not isinstance(source, Read) or source.type.kind != "rows":
        checker.findings.unlike((source.start, source.end), source.type, _TABLE, _TABLE_HINT)
        return None
    function = cast(OverFunction, tree.function)
    if not conditional:
        return Over(NUMBER, tree.start, tree.end, function, source)
    condition = _condition(checker, tree.arguments[1], source.key)
    result = NUMBER if function == "count" else FLAG
    return condition and Over(result, tree.start, tree.end, function, source, condition)


def _of_column(checker: Checking, tree: syntax.Call, source: Node, *, conditional: bool) -> Node | None:
    allowed = _NUMBERS if tree.function == "sum" else _ORDERED
    if source.type.kind != "list" or source.type.element().kind not in allowed:
        checker.findings.unlike((source.start, source.end), source.type, NUMBER, _COLUMN_HINT)
        return None
    function, result = cast(OverFunction, tree.function), source.type.element()
    if not conditional:
        return Over(result, tree.start, tree.end, function, source)
    if not isinstance(source, Cells):
        checker.findings.unlike((source.start, source.end), source.type, NUMBER, _COLUMN_HINT)
        return None
    condition = _condition(checker, tree.arguments[1], source.table)
    return condition and Over(result, tree.start, tree.end, function, source, condition)


def _condition(checker: Checking, tree: syntax.Syntax, table: str) -> Node | None:
    """A condition about one row. They do not nest: rows times rows would no longer end in reasonable time."""
    if checker.in_condition:
        problem = TextProblem("X13", tree.start, tree.end - tree.start, {"what": _NESTED}, _NESTED_CURE)
        checker.findings.add(problem)
        return None
    return checker.inside(table).flag(tree)
