"""Gives every part of an expression its type, collecting all problems: from the syntax tree to the typed tree."""

from typing import cast

from app.definition.duration import Duration, family_of
from app.definition.expression import syntax
from app.definition.expression.calls import check_call
from app.definition.expression.chains import check_chain, check_negative
from app.definition.expression.findings import Findings
from app.definition.expression.matching import Matcher
from app.definition.expression.scope import Scope
from app.definition.expression.tree import (
    Among,
    And,
    Cells,
    Choose,
    Compare,
    IsMissing,
    Items,
    Literal,
    Node,
    Not,
    Or,
    Read,
)
from app.definition.expression.types import DATE, FLAG, NUMBER, OBJECT, PERCENT, TEXT, Type, lasting, listed
from app.definition.text_problem import Words, same
from app.vietnamese.text import normal

_ORDERED = frozenset({"number", "money", "percent", "date", "moment", "calendar", "duration"})
_ORDER_HINT = Words(
    "Chỉ số, tiền, phần trăm, ngày và giờ so được lớn hơn, nhỏ hơn; kiểu khác dùng == hoặc !=",
    "Only numbers, money, percentages, dates and times have an order; use == or != for others",
)
_DURATION_ORDER_HINT = Words(
    "Chỉ so được khoảng thời gian cùng đơn vị đã biết; dùng == hoặc !=",
    "Only durations of known, equal units have an order; use == or !=",
)
_COLUMN_HINT = Words(
    "Tên này là mọi ô của cột: dùng any(bảng, điều kiện), trong đó chỉ viết tên cột: "
    'any(findings, severity == "major")',
    "This names all cells of the column: use any(table, condition) with the bare column name: "
    'any(findings, severity == "major")',
)
_CONSTANT_TYPES = {"percent": PERCENT, "text": TEXT, "date": DATE, "flag": FLAG, "number": NUMBER}


class Checker:
    """Checks one expression in one scope; conditions over rows get a checker of their own that shares the findings."""

    def __init__(self, scope: Scope, findings: Findings, *, in_condition: bool = False) -> None:
        self.scope = scope
        self.findings = findings
        self.matcher = Matcher(scope, findings)
        self.in_condition = in_condition

    def inside(self, table: str) -> "Checker":
        """A checker for a condition about one row of that table."""
        return Checker(self.scope.in_row(table), self.findings, in_condition=True)

    def node(self, tree: syntax.Syntax) -> Node | None:
        """The typed node, or None when a problem was reported somewhere in it."""
        match tree:
            case syntax.Constant():
                return self._constant(tree)
            case syntax.Path():
                return self._path(tree)
            case syntax.Listed():
                return self._items(tree)
            case syntax.Call():
                return check_call(self, tree)
            case syntax.Negative() | syntax.Chain():
                return self._arithmetic(tree)
            case _:
                return self._logic(tree)

    def _arithmetic(self, tree: syntax.Negative | syntax.Chain) -> Node | None:
        items = self.nodes(tree.items if isinstance(tree, syntax.Chain) else (tree.item,))
        if items is None:
            return None
        return (
            check_chain(self, tree, items) if isinstance(tree, syntax.Chain) else check_negative(self, tree, items[0])
        )

    def _logic(self, tree: syntax.Syntax) -> Node | None:
        match tree:
            case syntax.Inverted():
                item = self.flag(tree.item)
                return item and Not(FLAG, tree.start, tree.end, item)
            case syntax.Joined():
                return self._joined(tree)
            case syntax.Compared():
                return self._compared(tree)
            case syntax.Member():
                return self._member(tree)
            case syntax.Asked():
                item = self.node(tree.item)
                return item and IsMissing(FLAG, tree.start, tree.end, item, tree.negated)
            case _:
                return self._either(cast(syntax.Either, tree))

    def nodes(self, trees: tuple[syntax.Syntax, ...]) -> tuple[Node, ...] | None:
        """All of them, or None; every one is looked at, so that all problems are found."""
        checked = [self.node(tree) for tree in trees]
        kept = tuple(node for node in checked if node is not None)
        return kept if len(kept) == len(checked) else None

    def flag(self, tree: syntax.Syntax) -> Node | None:
        """A condition."""
        node = self.node(tree)
        if node is None or node.type.kind == "flag":
            return node
        found = node.type.words()
        hint = Words(f"Cần một điều kiện đúng/sai, đang là {found.vi}", f"A condition is needed, this is {found.en}")
        self.findings.unlike((node.start, node.end), node.type, FLAG, hint)
        return None

    def _constant(self, tree: syntax.Constant) -> Node:
        if isinstance(tree.value, Duration):
            return Literal(lasting(family_of(tree.value.segments[0].unit)), tree.start, tree.end, tree.value)
        value = normal(tree.value) if isinstance(tree.value, str) else tree.value
        return Literal(_CONSTANT_TYPES[tree.kind], tree.start, tree.end, value)

    def values(self, tree: syntax.Syntax) -> Node | None:
        """Where a list is wanted, `table.column` is all cells even while a row of that table is in view."""
        return self._path(tree, all_cells=True) if isinstance(tree, syntax.Path) else self.node(tree)

    def _path(self, tree: syntax.Path, *, all_cells: bool = False) -> Node | None:
        found = self.scope.find(tree.name)
        if found is None:
            self.findings.unknown(
                "X02", (tree.start, tree.end), {"name": same(tree.name)}, tree.name, self.scope.known_names()
            )
            return None
        if not found.table:
            return Read(found.name.type, tree.start, tree.end, found.key, found.name)
        if found.own and not (all_cells and found.dotted):
            return Read(found.name.type, tree.start, tree.end, found.key, found.name, found.table)
        table = self.scope.names[found.table]
        return Cells(listed(found.name.type), tree.start, tree.end, found.table, found.key, found.name, table)

    def _items(self, tree: syntax.Listed) -> Node | None:
        items = self.nodes(tree.items)
        if items is None:
            return None
        item_type: Type = items[0].type if items else OBJECT
        return Items(listed(item_type), tree.start, tree.end, items)

    def _joined(self, tree: syntax.Joined) -> Node | None:
        checked = [self.flag(item) for item in tree.items]
        items = tuple(item for item in checked if item is not None)
        if len(items) < len(checked):
            return None
        return And(FLAG, tree.start, tree.end, items) if tree.word == "and" else Or(FLAG, tree.start, tree.end, items)

    def _compared(self, tree: syntax.Compared) -> Node | None:
        sides = self.nodes((tree.left, tree.right))
        if sides is None:
            return None
        left, right = sides
        cells = isinstance(left, Cells) or isinstance(right, Cells)
        if cells:
            self.findings.unlike((tree.start, tree.end), left.type, right.type, _COLUMN_HINT)
            return None
        met = self.matcher.meet(left, right)
        if met is None:
            return None
        if tree.sign not in ("==", "!="):
            known = met.left.type.detail and met.right.type.detail
            hint = _DURATION_ORDER_HINT if met.type.kind == "duration" and not known else None
            if hint or met.type.kind not in _ORDERED:
                self.findings.unlike((tree.start, tree.end), left.type, right.type, hint or _ORDER_HINT)
                return None
        return Compare(FLAG, tree.start, tree.end, tree.sign, met.left, met.right)

    def _member(self, tree: syntax.Member) -> Node | None:
        item, among = self.node(tree.item), self.values(tree.among)
        return None if item is None or among is None else self._among(item, among, tree)

    def _among(self, item: Node, options: Node, tree: syntax.Member) -> Node | None:
        """`item in options`, where options is a list written out, all cells of a column, or a name holding a list."""
        place = (tree.start, tree.end)
        if isinstance(options, Items):
            return self._among_items(item, options, tree)
        if options.type.kind != "list":
            hint = Words('Sau in là danh sách: variant in ["a", "b"]', 'After in comes a list: variant in ["a", "b"]')
            self.findings.unlike(place, item.type, options.type, hint)
            return None
        fitted = self.matcher.fit(item, (options.type.element(),))
        return fitted and Among(FLAG, *place, fitted[0], options, tree.negated)

    def _among_items(self, item: Node, options: Items, tree: syntax.Member) -> Node | None:
        # Twice: first what the item becomes (a moment among dates is a date), then what each option becomes beside it.
        settled = item
        for option in options.items:
            met = self.matcher.meet(settled, option)
            if met is None:
                return None
            settled = met.left
        met_again = [self.matcher.meet(settled, option) for option in options.items]
        converted = tuple(met.right for met in met_again if met is not None)
        among = Items(listed(settled.type), options.start, options.end, converted)
        return Among(FLAG, tree.start, tree.end, settled, among, tree.negated)

    def _either(self, tree: syntax.Either) -> Node | None:
        condition = self.flag(tree.condition)
        branches = self.nodes((tree.then, tree.otherwise))
        if condition is None or branches is None:
            return None
        met = self.matcher.meet(*branches)
        return met and Choose(met.type, tree.start, tree.end, condition, met.left, met.right)
