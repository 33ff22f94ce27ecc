"""Checks calls of functions: how many values, of which types, and that named steps, papers and fees exist."""

from collections.abc import Callable
from typing import Literal

from app.definition.expression import syntax
from app.definition.expression.checking import Checking
from app.definition.expression.functions import FUNCTIONS, Function
from app.definition.expression.over_rows import check_over
from app.definition.expression.tree import Invoke, Node
from app.definition.expression.tree import Literal as Constant
from app.definition.expression.types import DATE, DURATION, FLAG, MOMENT, NUMBER, TEXT, UNIT, USER, Type, option
from app.definition.text_problem import TextProblem, Words, same

# Functions whose values have fixed types.
_FIXED: dict[str, tuple[tuple[Type, ...], Type]] = {
    "length": ((TEXT,), NUMBER),
    "starts_with": ((TEXT, TEXT), FLAG),
    "contains": ((TEXT, TEXT), FLAG),
    "year": ((DATE,), NUMBER),
    "month": ((DATE,), NUMBER),
    "day": ((DATE,), NUMBER),
    "days_between": ((DATE, DATE), NUMBER),
    "months_between": ((DATE, DATE), NUMBER),
    "years_between": ((DATE, DATE), NUMBER),
    "working_days_between": ((DATE, DATE), NUMBER),
    "unit_of": ((USER,), UNIT),
    "within_unit": ((UNIT, UNIT), FLAG),
    "supplements": ((), NUMBER),
}
_STEP_FACTS: dict[str, Type] = {"done": FLAG, "visits": NUMBER, "late": FLAG, "answered": NUMBER, "asked": NUMBER}
_AMOUNTS = frozenset({"number", "money"})
_ORDERED = frozenset({"number", "money", "percent", "date", "moment"})
_ROUNDING_LIMIT = 12


def check_call(checker: Checking, tree: syntax.Call) -> Node | None:
    """The typed call, or None when a problem was reported."""
    function = FUNCTIONS.get(tree.function)
    allowed = checker.scope.functions
    if function is None or (allowed is not None and function.name not in allowed):
        known = FUNCTIONS if allowed is None else sorted(allowed)
        params = {"name": same(tree.function), "n": Words("–", "–")}
        place = (tree.start, tree.start + len(tree.function))
        checker.findings.unknown("X04", place, params, tree.function, known)
        return None
    if not function.takes(len(tree.arguments)):
        _wrong_count(checker, tree, function)
        return None
    if function.name in ("any", "all", "count", "sum") or (
        function.name in ("min", "max") and len(tree.arguments) == 1
    ):
        return check_over(checker, tree)
    if function.name == "has":
        return _has(checker, tree)
    arguments = checker.nodes(tree.arguments)
    return arguments if arguments is None else _checked(checker, tree, arguments)


def _wrong_count(checker: Checking, tree: syntax.Call, function: Function) -> None:
    params = {"name": same(function.name), "n": same(function.how_many())}
    cure = Words(f"Viết: {function.signature}", f"Write: {function.signature}")
    checker.findings.add(TextProblem("X04", tree.start, tree.end - tree.start, params, cure))


def _checked(checker: Checking, tree: syntax.Call, arguments: tuple[Node, ...]) -> Node | None:
    name = tree.function
    if name in _FIXED:
        return _fixed(checker, tree, arguments)
    if name in _STEP_FACTS:
        step = _step(checker, arguments[0])
        return step and Invoke(_STEP_FACTS[name], tree.start, tree.end, name, (step,))
    return _SPECIAL[name](checker, tree, arguments)


def _fixed(checker: Checking, tree: syntax.Call, arguments: tuple[Node, ...]) -> Node | None:
    wanted, result = _FIXED[tree.function]
    fitted = [checker.matcher.fit(argument, (kind,)) for argument, kind in zip(arguments, wanted, strict=True)]
    kept = tuple(pair[0] for pair in fitted if pair is not None)
    return Invoke(result, tree.start, tree.end, tree.function, kept) if len(kept) == len(fitted) else None


def _step(checker: Checking, node: Node) -> Node | None:
    known = checker.scope.steps
    return checker.matcher.key_of(node, None if known is None else dict(known), "R01", {"step": _key(node)})


def _key(node: Node) -> Words:
    return same(node.value if isinstance(node, Constant) else "")


def _extreme(checker: Checking, tree: syntax.Call, arguments: tuple[Node, ...]) -> Node | None:
    """`min` and `max` of values that meet in one ordered type."""
    settled = arguments[0]
    for other in arguments[1:]:
        met = checker.matcher.meet(settled, other)
        if met is None:
            return None
        # What meets is of the shared type from now on, whichever side brought it in.
        settled = met.left if met.left.type == met.type else met.right
    if settled.type.kind not in _ORDERED:
        checker.findings.unlike((tree.start, tree.end), settled.type, NUMBER)
        return None
    converted = (checker.matcher.meet(argument, settled) for argument in arguments)
    return Invoke(settled.type, tree.start, tree.end, tree.function, tuple(met.left for met in converted if met))


def _amount(checker: Checking, tree: syntax.Call, arguments: tuple[Node, ...]) -> Node | None:
    """`abs`, `floor`, `ceil`, `round`: of numbers and money, and keep their type."""
    item = arguments[0]
    if item.type.kind not in _AMOUNTS:
        checker.findings.unlike((item.start, item.end), item.type, NUMBER)
        return None
    if len(arguments) == 2 and _places(arguments[1]) is None:
        hint = Words(
            f"Số lẻ là số nguyên từ 0 đến {_ROUNDING_LIMIT}: round(area, 2)",
            f"Decimals are a whole number from 0 to {_ROUNDING_LIMIT}: round(area, 2)",
        )
        checker.findings.unlike((arguments[1].start, arguments[1].end), arguments[1].type, NUMBER, hint)
        return None
    return Invoke(item.type, tree.start, tree.end, tree.function, arguments)


def _places(node: Node) -> int | None:
    value = node.value if isinstance(node, Constant) and node.type == NUMBER else None
    return value if isinstance(value, int) and value <= _ROUNDING_LIMIT else None


def _has(checker: Checking, tree: syntax.Call) -> Node | None:
    choices, wanted = checker.values(tree.arguments[0]), checker.node(tree.arguments[1])
    if choices is None or wanted is None:
        return None
    if choices.type.kind != "list":
        hint = Words(
            'has(choices_field, "option"): ô đầu là trường chọn nhiều',
            'has(choices_field, "option"): the first is a field of several choices',
        )
        checker.findings.unlike((choices.start, choices.end), choices.type, wanted.type, hint)
        return None
    fitted = checker.matcher.fit(wanted, (choices.type.element(),))
    return fitted and Invoke(FLAG, tree.start, tree.end, "has", (choices, fitted[0]))


def _add(checker: Checking, tree: syntax.Call, arguments: tuple[Node, ...]) -> Node | None:
    start, duration = checker.matcher.fit(arguments[0], (DATE, MOMENT)), checker.matcher.fit(arguments[1], (DURATION,))
    if start is None or duration is None:
        return None
    return Invoke(DATE, tree.start, tree.end, "add", (arguments[0], duration[0]))


def _chosen(checker: Checking, tree: syntax.Call, arguments: tuple[Node, ...]) -> Node | None:
    step = _step(checker, arguments[0])
    if step is None:
        return None
    key = str(_key(step).en)
    buttons = checker.scope.buttons
    kind = option(None if buttons is None else buttons.get(key, {}), key)
    return Invoke(kind, tree.start, tree.end, "chosen", (step,))


def _opinions(checker: Checking, tree: syntax.Call, arguments: tuple[Node, ...]) -> Node | None:
    step = _step(checker, arguments[0])
    if step is None:
        return None
    key, known = _key(step), checker.scope.opinions
    labels = None if known is None else dict(known.get(str(key.en), {}))
    opinion = checker.matcher.key_of(arguments[1], labels, "R08", {"value": _key(arguments[1]), "field": key})
    return opinion and Invoke(NUMBER, tree.start, tree.end, "opinions", (step, opinion))


def _keyed(
    what: Words, source: Literal["documents", "fees"]
) -> Callable[[Checking, syntax.Call, tuple[Node, ...]], Node | None]:
    """`handed_in("document")` and `paid("fee")`: a flag about one thing of the procedure."""

    def check(checker: Checking, tree: syntax.Call, arguments: tuple[Node, ...]) -> Node | None:
        known = checker.scope.documents if source == "documents" else checker.scope.fees
        titles = None if known is None else dict(known)
        node = checker.matcher.key_of(arguments[0], titles, "R02", {"field": _key(arguments[0]), "what": what})
        return node and Invoke(FLAG, tree.start, tree.end, tree.function, (node,))

    return check


def _lookup(checker: Checking, tree: syntax.Call, arguments: tuple[Node, ...]) -> Node | None:
    lists = checker.scope.lists
    titles = None if lists is None else {key: key for key in lists}
    listed = checker.matcher.key_of(arguments[0], titles, "R03", {"what": Words("danh sách", "list")})
    if listed is None:
        return None
    columns = None if lists is None else lists[str(_key(listed).en)]
    labels = None if columns is None else {key: name.label for key, name in columns.items()}
    column = checker.matcher.key_of(
        arguments[2], labels, "R03", {"what": Words("cột của danh sách", "column of the list")}
    )
    if column is None or arguments[1].type.kind not in ("option", "text"):
        if column is not None:
            checker.findings.unlike((arguments[1].start, arguments[1].end), arguments[1].type, option(None))
        return None
    result = TEXT if columns is None else columns[str(_key(column).en)].type
    return Invoke(result, tree.start, tree.end, "lookup", (listed, arguments[1], column))


_SPECIAL: dict[str, Callable[[Checking, syntax.Call, tuple[Node, ...]], Node | None]] = {
    "min": _extreme,
    "max": _extreme,
    "abs": _amount,
    "floor": _amount,
    "ceil": _amount,
    "round": _amount,
    "add": _add,
    "chosen": _chosen,
    "opinions": _opinions,
    "lookup": _lookup,
    "handed_in": _keyed(Words("giấy tờ", "document"), "documents"),
    "paid": _keyed(Words("phí", "fee"), "fees"),
}
