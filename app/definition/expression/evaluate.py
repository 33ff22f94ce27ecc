"""The Python reader: writes a typed tree, when first asked, as one Python function of the environment and the row.

Truth has three values (section 5.4): True, False and MISSING. No function raises for an environment of declared types.
Nothing of the expression's text gets into the Python source: names and constants come in as arguments `k0`, `k1` … of
a factory. So expressions of one shape share one source, which is read by Python only once.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from app.definition.expression.functions import FUNCTIONS
from app.definition.expression.missing import MISSING
from app.definition.expression.reading import Environment, Function, Row, cell_reader, is_plain
from app.definition.expression.rows import RowLoop, all_cells, gather, known
from app.definition.expression.tree import (
    Among,
    And,
    Cells,
    Chain,
    Choose,
    Compare,
    DateOf,
    Invoke,
    IsMissing,
    Items,
    Literal,
    Negative,
    Node,
    Not,
    Or,
    Over,
    Read,
    row_table,
)
from app.definition.expression.types import Type
from app.definition.expression.values import day_of, writer_for
from app.definition.expression.working_out import ADDING, BETWEEN, PURE, ask, fold, is_among

_MOST_SHAPES = 2048
_WHOLE = frozenset({"number", "money"})
_INLINE = frozenset({"+", "-", "*"})
_EXTREMES = {"min": "<=", "max": ">="}
_USUAL = 2**62  # below this Python compares whole numbers fastest


class Evaluation:
    """The function of one expression; ``run`` is replaced by the real one when it is first called."""

    __slots__ = ("_result", "_tree", "run")

    def __init__(self, tree: Node, result: Type) -> None:
        self._tree = tree
        self._result = result
        self.run: Function = self._first

    def _first(self, env: Environment, row: Row) -> Any:
        self.run = function_of(self._tree, self._result)
        return self.run(env, row)


def function_of(tree: Node, result: Type) -> Function:
    """The function of a whole expression; its outcome leaves as the type asked for."""
    writer = _Writer()
    return writer.function(writer.leaving(tree, result))


@lru_cache(maxsize=_MOST_SHAPES)
def _factory(count: int, source: str) -> Callable[..., Function]:
    arguments = ", ".join(("M", *(f"k{number}" for number in range(count))))
    # The source is written by _Writer, of nothing but its own names.
    found: Callable[..., Function] = eval(f"lambda {arguments}: lambda env, row: {source}", {})  # noqa: S307
    return found


class _Writer:
    """Writes one function. ``table`` is set inside a condition over its rows: what does not depend on the row is
    worked out once, before the first row (``lifted``).
    """

    def __init__(self, table: str = "") -> None:
        self._table = table
        self._constants: list[Any] = []
        self._names = 0
        self.lifted: list[Function] = []

    def function(self, source: str) -> Function:
        """What was written, as a function."""
        return _factory(len(self._constants), source)(MISSING, *self._constants)

    def constant(self, value: Any) -> str:
        """The name under which a value comes in."""
        self._constants.append(value)
        return f"k{len(self._constants) - 1}"

    def name(self) -> str:
        """A fresh local name."""
        self._names += 1
        return f"v{self._names}"

    def write(self, node: Node) -> str:
        """The source of one node."""
        write: Callable[[_Writer, Any], str] = _WRITERS[type(node)]
        return write(self, node)

    def leaving(self, tree: Node, result: Type) -> str:
        """The source of the whole; a whole number of usual size leaves as it is."""
        write = writer_for(result)
        if write is None:
            return self.write(tree)
        value, change = self.name(), self.constant(write)
        if result.kind not in _WHOLE:
            return f"(M if ({value} := {self.write(tree)}) is M else {change}({value}))"
        usual = f"type({value} := {self.write(tree)}) is int and -{_USUAL} < {value} < {_USUAL}"
        return f"({value} if {usual} else M if {value} is M else {change}({value}))"

    def of_known(self, nodes: tuple[Node, ...], result: Callable[..., str]) -> str:
        """A function of known values; unknown as soon as one is missing."""
        names, asked, whole = [], [], []
        for node in nodes:
            if isinstance(node, Literal) and node.value is not MISSING:
                names.append(self.constant(node.value))
                continue
            names.append(self.name())
            asked.append(f"({names[-1]} := {self.write(node)}) is M")
            if isinstance(node, Read) and not node.table and node.type.kind in _WHOLE:
                whole.append(f"type({names[-1]} := env.get({self.constant(node.key)})) is int")
        if not asked:
            return f"({result(*names)})"
        # Names that hold whole numbers, by far the most common, need neither conversion nor a look at the unknown.
        quick = f"{result(*names)} if {' and '.join(whole)} else " if len(whole) == len(asked) else ""
        return f"({quick}M if {' or '.join(asked)} else {result(*names)})"

    def lift(self, outside: Function) -> str:
        """A value from outside of the condition."""
        self.lifted.append(outside)
        return f"row.constants[{len(self.lifted) - 1}]"

    def called(self, function: Function) -> str:
        """A function of environment and row of its own."""
        return self.lift(function) if self._table else f"{self.constant(function)}(env, row)"

    def read(self, node: Read) -> str:
        if node.table and self._table not in ("", node.table):
            # Inside a condition, the cell of a row further out is the same for all rows of the loop.
            outside = _Writer()
            return self.lift(outside.function(outside.read(node)))
        value = f"{'row.cells' if node.table else 'env'}.get({self.constant(node.key)})"
        name = self.name()
        if node.type.kind in _WHOLE:
            return f"({name} if type({name} := {value}) is int else {self.constant(cell_reader(node.type))}({name}))"
        if is_plain(node.type):
            return f'(M if ({name} := {value}) is None or {name} == "" else {name})'
        return f"{self.constant(cell_reader(node.type))}({value})"

    def over(self, node: Over) -> str:
        if node.condition is None:
            outside = _Writer()
            return self.called(gather(node.function, outside.function(outside.write(node.source))))
        source, table = node.source, row_table(node)
        inside = _Writer(table)
        loop = RowLoop(table, inside.function(inside.write(node.condition)), inside.lifted)
        if isinstance(source, Cells):
            return self.called(loop.sum_of(source.column, source.about.type))
        return self.called(loop.count() if node.function == "count" else loop.first(node.function == "any"))

    def compare(self, node: Compare) -> str:
        measure = ".measure()" if node.left.type.kind == "duration" else ""
        return self.of_known((node.left, node.right), lambda a, b: f"{a}{measure} {node.sign} {b}{measure}")

    def joined(self, node: And | Or) -> str:
        """`and`: one false makes it false, else one unknown makes it unknown; `or` likewise."""
        decisive, other = ("False", "True") if isinstance(node, And) else ("True", "False")
        names = [self.name() for _ in node.items]
        decided = "".join(
            f"{decisive} if ({name} := {self.write(item)}) is {decisive} else "
            for name, item in zip(names, node.items, strict=True)
        )
        return f"({decided}M if {' or '.join(f'{name} is M' for name in names)} else {other})"

    def among(self, node: Among) -> str:
        word = "not in" if node.negated else "in"
        if not isinstance(node.among, Items):
            return self.of_known((node.item, node.among), lambda a, b: f"{a} {word} {b}")
        options = node.among.items
        if options and all(isinstance(option, Literal) for option in options):
            values = self.constant(tuple(option.value for option in options if isinstance(option, Literal)))
            return self.of_known((node.item,), lambda a: f"{a} {word} {values}")
        listed = "".join(f"{self.write(option)}, " for option in options)
        return f"{self.constant(is_among)}({self.write(node.item)}, ({listed}), {node.negated})"

    def items(self, node: Items) -> str:
        listed = "".join(f"{self.write(item)}, " for item in node.items)
        return f"{self.constant(known)}(({listed}))"

    def missing(self, node: IsMissing) -> str:
        """Never unknown itself; an empty list or table is missing too."""
        value = self.name()
        return f"((({value} := {self.write(node.item)}) is M or {value} == ()) is not {node.negated})"

    def choose(self, node: Choose) -> str:
        """Without knowing the condition nothing is chosen."""
        truth = self.name()
        chosen = f"{self.write(node.then)} if {truth} else {self.write(node.otherwise)}"
        return f"(M if ({truth} := {self.write(node.condition)}) is M else {chosen})"

    def chain(self, node: Chain) -> str:
        if node.type.kind == "duration" or not _INLINE.issuperset(node.signs):
            between = ADDING if node.type.kind == "duration" else BETWEEN
            folded = self.constant(fold(tuple(between[sign] for sign in node.signs[1:])))
            return self.of_known(node.items, lambda *names: f"{folded}({', '.join(names)})")
        signs = ("", *(f" {sign} " for sign in node.signs[1:]))
        return self.of_known(
            node.items, lambda *names: "".join(f"{sign}{name}" for sign, name in zip(signs, names, strict=True))
        )

    def invoke(self, node: Invoke) -> str:
        if FUNCTIONS[node.function].fact:
            asked = self.constant(ask(f"{node.function}()", cell_reader(node.type)))
            return self.of_known(node.arguments, lambda *names: f"{asked}({', '.join(('env', *names))})")
        if node.function in _EXTREMES and len(node.arguments) == 2:
            return self.of_known(node.arguments, lambda a, b: f"({a} if {a} {_EXTREMES[node.function]} {b} else {b})")
        work_out = self.constant(PURE[node.function])
        return self.of_known(node.arguments, lambda *names: f"{work_out}({', '.join(names)})")


_WRITERS: dict[type[Node], Any] = {
    Literal: lambda writer, node: writer.constant(node.value),
    Read: _Writer.read,
    Cells: lambda writer, node: writer.called(all_cells(node.table, node.column, node.about.type)),
    Items: _Writer.items,
    Over: _Writer.over,
    Compare: _Writer.compare,
    Among: _Writer.among,
    And: _Writer.joined,
    Or: _Writer.joined,
    Not: lambda writer, node: writer.of_known((node.item,), lambda a: f"not {a}"),
    Negative: lambda writer, node: writer.of_known((node.item,), lambda a: f"-{a}"),
    DateOf: lambda writer, node: writer.of_known((node.item,), lambda a: f"{writer.constant(day_of)}({a})"),
    IsMissing: _Writer.missing,
    Choose: _Writer.choose,
    Chain: _Writer.chain,
    Invoke: _Writer.invoke,
}
