"""X12: warns of a divisor that may be zero, unless a condition around it or the smallest value excludes that."""

from fractions import Fraction

from app.definition.expression.tree import And, Chain, Choose, Compare, Invoke, Literal, Node, Read, parts
from app.definition.text_problem import TextProblem, Words, same

_CURE = Words(
    "Đặt min: 1 cho trường, hoặc viết điều kiện: a / b if b > 0 else 0",
    "Give the field min: 1, or write a condition: a / b if b > 0 else 0",
)


def division_warnings(text: str, tree: Node) -> tuple[TextProblem, ...]:
    """One warning for each divisor that may be zero."""
    return tuple(_warn(text, tree, frozenset()))


def _warn(text: str, node: Node, nonzero: frozenset[Node]) -> list[TextProblem]:
    """``nonzero``: what the conditions around this place say is not zero."""
    found: list[TextProblem] = []
    if isinstance(node, And):
        for item in node.items:
            found += _warn(text, item, nonzero)
            nonzero |= _excluded_by(item)
        return found
    if isinstance(node, Choose):
        inside = nonzero | _excluded_by(node.condition)
        return (
            _warn(text, node.condition, nonzero) + _warn(text, node.then, inside) + _warn(text, node.otherwise, nonzero)
        )
    if isinstance(node, Chain):
        divisors = [item for sign, item in zip(node.signs, node.items, strict=True) if sign == "/"]
        found += [_problem(text, divisor) for divisor in divisors if not _never_zero(divisor, nonzero)]
    for part in parts(node):
        found += _warn(text, part, nonzero)
    return found


def _problem(text: str, divisor: Node) -> TextProblem:
    name = same(text[divisor.start : divisor.end])
    return TextProblem("X12", divisor.start, divisor.end - divisor.start, {"name": name}, _CURE)


def _excluded_by(condition: Node) -> frozenset[Node]:
    """What is not zero when the condition holds: `b > 0`, `b >= 1`, `b != 0`, and each part of an `and`."""
    if isinstance(condition, And):
        return frozenset().union(*(_excluded_by(item) for item in condition.items))
    if not isinstance(condition, Compare) or not isinstance(condition.right, Literal):
        return frozenset()
    value, sign = condition.right.value, condition.sign
    if not isinstance(value, int | Fraction):
        return frozenset()
    excluded = (sign in (">", "!=") and value == 0) or (sign in (">", ">=", "==") and value > 0)
    return frozenset({condition.left}) if excluded else frozenset()


def _never_zero(node: Node, nonzero: frozenset[Node]) -> bool:
    if node in nonzero:
        return True
    match node:
        case Literal(value=value):
            return value != 0
        case Read(about=about):
            return about.minimum is not None and about.minimum > 0
        case Invoke(function="max", arguments=arguments):
            return any(
                isinstance(argument, Literal) and _never_zero(argument, nonzero) and not _negative(argument)
                for argument in arguments
            )
        case Chain(signs=signs, items=items) if signs[0] == "*":
            return all(_never_zero(item, nonzero) for item in items)
        case _:
            return False


def _negative(node: Literal) -> bool:
    return isinstance(node.value, int) and node.value < 0
