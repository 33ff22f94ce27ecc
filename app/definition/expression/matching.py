"""Brings values to a common type: what may meet in a comparison or a list, what fits where a type is expected."""

import re
from dataclasses import replace
from typing import NamedTuple

from app.definition.expression.findings import Findings, choice_problem
from app.definition.expression.scope import Scope
from app.definition.expression.tree import Choose, DateOf, Items, Literal, Node
from app.definition.expression.types import DATE, MOMENT, NUMBER, Type, option
from app.definition.text_problem import TextProblem, Words, same

_CALENDAR_TEXT = {
    "time": re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"),
    "month": re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])"),
    "quarter": re.compile(r"[0-9]{4}-Q[1-4]"),
}
_CALENDAR_EXAMPLE = {"time": '"09:30"', "month": '"2026-08"', "quarter": '"2026-Q3"'}
_PERCENT_HINT = Words("Viết phần trăm có dấu %: rate > 5%", "Write a percentage with %: rate > 5%")
_UNITS_CURE = Words(
    "Chỉ dùng một loại: working days (và hours) hoặc days (và weeks)",
    "Use one kind: working days (and hours) or days (and weeks)",
)
_COMPARABLE = frozenset({"flag", "text", "number", "percent", "date", "moment", "unit", "user"})


class Met(NamedTuple):
    """Both sides after conversion, and the type they share."""

    left: Node
    right: Node
    type: Type


def shared_type(left: Type, right: Type) -> Type | None:
    """The type in which two values meet, without looking at the values."""
    if left.kind == right.kind:
        return _same_kind(left, right)
    kinds = {left.kind, right.kind}
    if kinds == {"number", "money"}:
        return left if left.kind == "money" else right
    if kinds == {"number", "percent"}:
        return NUMBER
    return DATE if kinds == {"date", "moment"} else None


def _same_kind(left: Type, right: Type) -> Type | None:
    if left.kind in _COMPARABLE:
        return left
    if left.kind == "option":
        known = left.options is not None and right.options is not None
        return None if known and set(left.labels()) != set(right.labels()) else left
    if left.kind in ("money", "calendar"):
        return left if left.detail == right.detail else None
    if left.kind == "duration":
        return left if left.detail == right.detail or "" in (left.detail, right.detail) else None
    return None


class Matcher:
    """Knows the scope (unit keys) and where to report."""

    def __init__(self, scope: Scope, findings: Findings) -> None:
        self._scope = scope
        self._findings = findings

    def meet(self, left: Node, right: Node) -> Met | None:
        """Convert two values so that they can be compared or chosen between; report what cannot meet."""
        adapted_left, adapted_right = self.adapt(left, right.type), self.adapt(right, left.type)
        if adapted_left is None or adapted_right is None:
            return None
        left, right = adapted_left, adapted_right
        met = shared_type(left.type, right.type)
        place = (left.start, right.end)
        if met is None:
            self._report_unlike(place, left.type, right.type)
            return None
        if {left.type.kind, right.type.kind} == {"number", "percent"} and (_bare(left) or _bare(right)):
            self._findings.unlike(place, left.type, right.type, _PERCENT_HINT)
            return None
        return Met(as_type(left, met), as_type(right, met), met)

    def _report_unlike(self, place: tuple[int, int], left: Type, right: Type) -> None:
        if left.kind == right.kind == "duration" and "working" in (left.detail, right.detail):
            self._findings.add(TextProblem("X11", place[0], place[1] - place[0], {}, _UNITS_CURE))
        else:
            self._findings.unlike(place, left, right)

    def adapt(self, node: Node, target: Type) -> Node | None:
        """Text written out becomes the key, unit or calendar text the other side asks for; everything else stays."""
        if node.type.kind != "text" or target.kind not in ("option", "unit", "calendar"):
            return node
        if isinstance(node, Choose):
            then, otherwise = self.adapt(node.then, target), self.adapt(node.otherwise, target)
            if then is None or otherwise is None:
                return None
            return replace(node, type=target, then=then, otherwise=otherwise)
        if not isinstance(node, Literal):
            return node
        return self._adapt_literal(node, target)

    def _adapt_literal(self, node: Literal, target: Type) -> Node | None:
        key, place = str(node.value), (node.start, node.end)
        if target.kind == "calendar":
            return self._adapt_calendar(node, key, target)
        if target.kind == "unit":
            units = self._scope.units
            if units is not None and key not in units:
                self._findings.unknown("R05", place, {"what": Words("đơn vị", "unit"), "key": same(key)}, key, units)
                return None
            # The prose needs the unit's title: the literal carries it as an option of one.
            return Literal(replace(target, options=((key, (units or {}).get(key, key)),)), *place, key)
        if target.options is not None and key not in target.labels():
            choice_problem(self._findings, place, key, target)
            return None
        return Literal(target, *place, key)

    def _adapt_calendar(self, node: Literal, key: str, target: Type) -> Node | None:
        if _CALENDAR_TEXT[target.detail].fullmatch(key):
            return replace(node, type=target)
        example = _CALENDAR_EXAMPLE[target.detail]
        hint = Words(f"Viết như {example}", f"Write it like {example}")
        self._findings.unlike((node.start, node.end), node.type, target, hint)
        return None

    def key_of(self, node: Node, known: dict[str, str] | None, rule: str, what: dict[str, Words]) -> Node | None:
        """A key written out as text, checked against the known ones and carrying their titles."""
        place = (node.start, node.end)
        if not isinstance(node, Literal) or node.type.kind != "text":
            hint = Words(
                'Viết khóa trong nháy kép, ví dụ "appraise"', 'Write the key in double quotes, for example "appraise"'
            )
            self._findings.unlike(place, node.type, option(None), hint)
            return None
        key = str(node.value)
        if known is not None and key not in known:
            self._findings.unknown(rule, place, {**what, "key": same(key)}, key, known)
            return None
        return Literal(option(known), *place, key)

    def fit(self, node: Node, expected: tuple[Type, ...]) -> tuple[Node, Type] | None:
        """The value as the first expected type that takes it, reporting when none does."""
        refused = Findings()
        for target in expected:
            refused = Findings()
            fitted = Matcher(self._scope, refused)._fit_one(node, target)
            if fitted is not None:
                return fitted, target if target.kind in ("money", "percent", "option") else fitted.type
        if len(expected) == 1 and refused:
            for problem in refused.in_order():
                self._findings.add(problem)
            return None
        wanted = Words(" / ".join(t.words().vi for t in expected), " / ".join(t.words().en for t in expected))
        found = node.type.words()
        cure = Words(
            f"Kết quả phải là {wanted.vi}, đang là {found.vi}", f"The result must be {wanted.en}, it is {found.en}"
        )
        params = {"left": found, "right": wanted}
        self._findings.add(TextProblem("X03", node.start, node.end - node.start, params, cure))
        return None

    def _fit_one(self, node: Node, target: Type) -> Node | None:
        if target.kind == "list" and isinstance(node, Items):
            items = [self._fit_one(item, target.element()) for item in node.items]
            kept = tuple(item for item in items if item is not None)
            return replace(node, type=target, items=kept) if len(kept) == len(items) else None
        adapted = self.adapt(node, target)
        if adapted is None:
            return None
        found = adapted.type
        if found.kind == target.kind and (found.kind in ("object", "rows") or shared_type(found, target)):
            return adapted
        if found.kind == target.kind == "list":
            return adapted if _fits_element(found.element(), target.element()) else None
        if found.kind == "number" and (target.kind == "money" or (target.kind == "percent" and not _bare(adapted))):
            return adapted
        return as_type(adapted, target) if (found.kind, target.kind) == ("moment", "date") else None


def _fits_element(found: Type, target: Type) -> bool:
    return found == target or (found.kind == target.kind and shared_type(found, target) is not None)


def as_type(node: Node, target: Type) -> Node:
    """A moment becomes its day where days are wanted; other values meet as they are."""
    if target == DATE and node.type == MOMENT:
        return DateOf(DATE, node.start, node.end, node)
    return node


def _bare(node: Node) -> bool:
    """A number written out: beside a percentage nearly always a forgotten % (0 and 1 mean the same either way)."""
    return isinstance(node, Literal) and node.type.kind == "number" and node.value not in (0, 1)
