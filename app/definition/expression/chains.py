"""Types of sums, products and signs: which kinds add up, what money times a percentage is (5.2, ruling 17)."""

from app.definition.expression import syntax
from app.definition.expression.checking import Checking
from app.definition.expression.tree import Chain, Literal, Negative, Node
from app.definition.expression.types import DURATION, NUMBER, Type
from app.definition.text_problem import TextProblem, Words

_AMOUNTS = frozenset({"number", "money", "percent"})
_HINTS: dict[str, Words] = {
    "date": Words(
        "Ngày cộng trừ bằng hàm: add(received, 5 working days), days_between(a, b)",
        "Dates are added by functions: add(received, 5 working days), days_between(a, b)",
    ),
    "text": Words("Chữ không cộng trừ được", "Text cannot be calculated with"),
    "percent": Words("Nhân tiền với phần trăm: fee * 5%", "Multiply money by a percentage: fee * 5%"),
    "list": Words(
        "Gộp các ô bằng sum, min, max hoặc count: sum(people.days)",
        "Gather cells by sum, min, max or count: sum(people.days)",
    ),
    "duration": Words("Khoảng thời gian chỉ cộng với nhau", "Durations can only be added to each other"),
}
_HINTS["moment"] = _HINTS["date"]
_ZERO_CURE = Words("Chia cho số khác không", "Divide by something other than zero")
_UNITS_CURE = Words("Chỉ dùng một loại: working days hoặc days", "Use one kind: working days or days")


def check_negative(checker: Checking, tree: syntax.Negative, item: Node) -> Node | None:
    """`-a`."""
    if item.type.kind not in _AMOUNTS:
        checker.findings.unlike((tree.start, tree.end), item.type, NUMBER, _HINTS.get(item.type.kind))
        return None
    return Negative(item.type, tree.start, tree.end, item)


def check_chain(checker: Checking, tree: syntax.Chain, items: tuple[Node, ...]) -> Node | None:
    """A sum or a product, typed from left to right."""
    result = items[0].type
    for sign, item in zip(tree.signs[1:], items[1:], strict=True):
        place = (tree.start, item.end)
        combined = _combined(sign, result, item.type)
        if combined is None:
            _report(checker, place, result, item.type)
            return None
        if sign == "/" and isinstance(item, Literal) and item.value == 0:
            words = Words("0", "0")
            checker.findings.add(TextProblem("X12", item.start, item.end - item.start, {"name": words}, _ZERO_CURE))
            return None
        result = combined
    return Chain(result, tree.start, tree.end, tree.signs, items)


def _report(checker: Checking, place: tuple[int, int], left: Type, right: Type) -> None:
    if left.kind == right.kind == "duration" and "working" in (left.detail, right.detail):
        checker.findings.add(TextProblem("X11", place[0], place[1] - place[0], {}, _UNITS_CURE))
        return
    hint = next(
        (_HINTS[kind] for kind in ("date", "moment", "list", "text", "duration") if kind in (left.kind, right.kind)),
        None,
    )
    if {left.kind, right.kind} == {"money", "percent"}:
        hint = _HINTS["percent"]
    checker.findings.unlike(place, left, right, hint)


def _combined(sign: str, left: Type, right: Type) -> Type | None:
    if left.kind not in _AMOUNTS or right.kind not in _AMOUNTS:
        return _durations(sign, left, right)
    if sign == "*":
        return _product(left, right)
    return _quotient(left, right) if sign == "/" else _sum(left, right)


def _durations(sign: str, left: Type, right: Type) -> Type | None:
    """Only `+`, and never working days with days; a duration field of unknown units may be added."""
    if sign != "+" or left.kind != "duration" or right.kind != "duration":
        return None
    if left.detail == right.detail:
        return left
    return DURATION if "" in (left.detail, right.detail) else None


def _sum(left: Type, right: Type) -> Type | None:
    if left.kind == right.kind:
        return left if left.detail == right.detail else None
    if "money" in (left.kind, right.kind):
        amount, other = (left, right) if left.kind == "money" else (right, left)
        return amount if other.kind == "number" else None
    return NUMBER


def _product(left: Type, right: Type) -> Type | None:
    if left.kind == "money":
        return None if right.kind == "money" else left
    return right if right.kind == "money" else NUMBER


def _quotient(left: Type, right: Type) -> Type | None:
    if right.kind == "money":
        return NUMBER if left == right else None
    return left if left.kind == "money" else NUMBER
