"""Cases of a dossier: enough values of the names that conditions read, to try the conditions on. Pure, bounded.

A case found is a real one (every value is allowed by the form); that none was found proves something only when ``exact``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import Any

from app.definition.expression import MISSING, Expression, Name
from app.definition.expression.tree import Among, Compare, IsMissing, Items, Literal, Node, Over, Read, walk
from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.definition.words import Words

MOST_CASES = 4096
Case = Mapping[str, Any]
# Facts the engine answers; they vary from moment to moment and are not tried.
_FACTS = frozenset(
    {
        "done",
        "visits",
        "late",
        "chosen",
        "opinions",
        "answered",
        "asked",
        "handed_in",
        "paid",
        "supplements",
        "lookup",
        "unit_of",
        "within_unit",
        "working_days_between",
        "add",
    }
)
_NUMBERS = frozenset({"number", "money", "percent"})


@dataclass(frozen=True, slots=True)
class Worlds:
    """Cases to try. ``exact``: together they stand for every case there is. ``known``: the names that have values in them."""

    cases: tuple[Case, ...]
    exact: bool
    known: frozenset[str]
    about: Mapping[str, Name]

    def decides(self, expression: Expression) -> bool:
        """Whether these cases can be asked this expression."""
        return is_readable(expression) and expression.reads <= self.known and not _asks_facts(expression)


def is_readable(expression: Expression) -> bool:
    """Whether the text could be read; one that could not is told of elsewhere and stands for anything."""
    tree = expression.tree
    return not (isinstance(tree, Literal) and tree.value is MISSING)


def worlds_of(expressions: Iterable[Expression], procedure: Procedure, *, missing: bool = False) -> Worlds | None:
    """Cases for the names that these conditions read; None when there are none to try or too many.

    ``missing``: a field that nobody must answer may also be unanswered.
    """
    readable = [one for one in expressions if is_readable(one)]
    nodes = [node for one in readable for node in walk(one.tree)]
    about = {node.key: node.about for node in nodes if isinstance(node, Read) and not node.table}
    domains: dict[str, tuple[Any, ...]] = {}
    exact = not any(_asks_facts(one) for one in readable)
    for key, name in about.items():
        domain, complete = _domain(key, name, nodes, procedure)
        exact = exact and complete
        if domain:
            domains[key] = domain + ((MISSING,) if missing and may_be_missing(key, procedure) else ())
    if not domains or prod(len(domain) for domain in domains.values()) > MOST_CASES:
        return None
    cases = tuple(islice(_possible(domains, procedure), MOST_CASES))
    return Worlds(cases, exact and len(domains) == len(about), frozenset(domains), about)


def may_be_missing(key: str, procedure: Procedure) -> bool:
    """Whether a form field is plainly optional: nobody must answer it and nothing fills it in."""
    field = procedure.form.fields.get(key)
    if field is None or field.required or field.type == "table":
        return False
    return all(one is None for one in (field.required_when, field.default, field.value, field.show_when))


def _asks_facts(expression: Expression) -> bool:
    return not _FACTS.isdisjoint(expression.functions)


def _possible(domains: Mapping[str, tuple[Any, ...]], procedure: Procedure) -> Iterator[Case]:
    """Every combination that the form and the variants allow."""
    keys = tuple(domains)
    known = frozenset(keys)
    checks = [check.that for check in procedure.form.checks if _can_ask(check.that, known)]
    variants = {one.key: one.when for one in procedure.variants if one.when is not None and _can_ask(one.when, known)}
    hidden = {
        key: field.show_when
        for key in keys
        if (field := procedure.form.fields.get(key)) and field.show_when is not None and _can_ask(field.show_when, known)
    }
    for values in product(*domains.values()):
        case = dict(zip(keys, values, strict=True))
        if any(check.evaluate(case) is False for check in checks):
            continue
        chosen = variants.get(str(case.get("variant")))
        if chosen is not None and chosen.evaluate(case) is not True:
            continue
        for key, shown in hidden.items():
            if shown.evaluate(case) is not True:
                case[key] = MISSING
        yield case


def _can_ask(expression: Expression, known: frozenset[str]) -> bool:
    return is_readable(expression) and expression.reads <= known and not _asks_facts(expression)


# ---- the values of one name


def _domain(key: str, name: Name, nodes: Sequence[Node], procedure: Procedure) -> tuple[tuple[Any, ...], bool]:
    """The values to try, and whether they stand for all."""
    kind = name.type.kind
    if kind == "flag":
        return (True, False), True
    if kind == "option":
        return _options(key, name, procedure)
    if kind in _NUMBERS or kind in ("date", "moment"):
        return _points(key, name, nodes, procedure)
    if kind == "text":
        return _texts(key, nodes)
    if kind == "unit":
        return _units(key, procedure)
    if kind == "rows":
        return _row_counts(key, nodes)
    return (), False


def _options(key: str, name: Name, procedure: Procedure) -> tuple[tuple[Any, ...], bool]:
    narrowed = {
        "variant": tuple(variant.key for variant in procedure.variants),
        "channel": procedure.channels,
        "level": procedure.levels,
        "applicant.kind": procedure.applicants,
    }.get(key)
    keys = tuple(name.type.labels()) if narrowed is None else narrowed
    return keys, bool(keys)


def _units(key: str, procedure: Procedure) -> tuple[tuple[Any, ...], bool]:
    choice = {"agency": procedure.agency, "authority": procedure.authority}.get(key)
    return ((), False) if choice is None else (tuple(dict.fromkeys(choice.values())), True)


def _texts(key: str, nodes: Sequence[Node]) -> tuple[tuple[Any, ...], bool]:
    constants = [value for value in _constants(key, nodes) if isinstance(value, str)]
    return (*dict.fromkeys(constants), "…"), _only_compared(key, nodes)


def _row_counts(key: str, nodes: Sequence[Node]) -> tuple[tuple[Any, ...], bool]:
    """Tables are tried by their number of rows only."""
    for node in nodes:
        if isinstance(node, Over) and _is_read(node.source, key) and (node.condition or node.function != "count"):
            return (), False
    wanted = {int(value) for node in nodes for value in _against(node, key) if isinstance(value, int | Fraction)}
    counts = {0, 1} | {count + step for count in wanted for step in (-1, 0, 1)}
    return tuple(({},) * count for count in sorted(counts) if 0 <= count <= 50), _only_compared(key, nodes)


def _points(key: str, name: Name, nodes: Sequence[Node], procedure: Procedure) -> tuple[tuple[Any, ...], bool]:
    """Each constant compared with, and a value on either side of it."""
    field = procedure.form.fields.get(key)
    constants = [value for value in _constants(key, nodes) if not isinstance(value, str | bool)]
    if not constants:
        constants = _bounds(field)
    if name.type.kind in ("date", "moment"):
        return _days(constants, name.type.kind), _only_compared(key, nodes)
    scale = 100 if name.type.kind == "percent" else 1
    step = Fraction(1) if field is None or field.type in ("integer", "money", "year") else Fraction(1, 100)
    least, most = (_literal(bound) for bound in (field.minimum, field.maximum)) if field else (None, None)
    if least is None and field is not None:
        least = Fraction(0)
    numbers = {Fraction(value) * scale for value in constants if isinstance(value, int | Fraction)}
    tried = {number + offset for number in numbers for offset in (-step, Fraction(0), step)} or {Fraction(0), Fraction(1)}
    kept = sorted(one for one in tried if (least is None or one >= least) and (most is None or one <= most))
    if least is not None and least not in kept:
        kept.insert(0, least)
    return tuple(int(one) if one.denominator == 1 else _decimal(one) for one in kept), _only_compared(key, nodes)


def _bounds(field: Field | None) -> list[Any]:
    bounds = (_literal(field.minimum), _literal(field.maximum)) if field else ()
    return [bound for bound in bounds if bound is not None]


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _days(constants: Sequence[Any], kind: str) -> tuple[Any, ...]:
    days = sorted({value for value in constants if type(value) is date})
    tried = {day + timedelta(days=offset) for day in days for offset in (-1, 0, 1)}
    if kind == "date":
        return tuple(sorted(tried))
    return tuple(datetime(day.year, day.month, day.day, 9) for day in sorted(tried))


def literal_number(expression: Expression | None) -> Fraction | None:
    """The number that a bound is, when it is written as one."""
    return _literal(expression)


def _literal(expression: Expression | None) -> Fraction | None:
    if expression is None or expression.reads:
        return None
    value = expression.evaluate({})
    return Fraction(value) if isinstance(value, int) or hasattr(value, "as_integer_ratio") else None


def _constants(key: str, nodes: Sequence[Node]) -> list[Any]:
    return [value for node in nodes for value in _against(node, key)]


def _against(node: Node, key: str) -> Iterator[Any]:
    """The constants that this comparison holds against a name."""
    if isinstance(node, Compare):
        for mine, other in ((node.left, node.right), (node.right, node.left)):
            if _reads(mine, key) and isinstance(other, Literal):
                yield other.value
    if isinstance(node, Among) and _reads(node.item, key) and isinstance(node.among, Items):
        yield from (item.value for item in node.among.items if isinstance(item, Literal))


def _reads(node: Node, key: str) -> bool:
    return any(_is_read(one, key) for one in walk(node))


def _is_read(node: Node, key: str) -> bool:
    return isinstance(node, Read) and node.key == key and not node.table


def _only_compared(key: str, nodes: Sequence[Node]) -> bool:
    """Whether the name stands alone on one side of comparisons with constants, so that few values stand for all."""
    plain = 0
    for node in nodes:
        if isinstance(node, Compare):
            for mine, other in ((node.left, node.right), (node.right, node.left)):
                counted = isinstance(mine, Over) and mine.function == "count" and _is_read(mine.source, key)
                plain += (_is_read(mine, key) or counted) and isinstance(other, Literal)
        elif isinstance(node, Among) and isinstance(node.among, Items):
            plain += _is_read(node.item, key) and all(isinstance(one, Literal) for one in node.among.items)
        elif isinstance(node, IsMissing):
            plain += _is_read(node.item, key)
    return plain == sum(_is_read(node, key) for node in nodes)


# ---- a case in words


def words_of(case: Case, worlds: Worlds) -> Words:
    """`Kết luận là “Từ chối”` / `conclusion == "refuse"`."""
    vi = [_vietnamese(worlds.about[key], value) for key, value in case.items() if key in worlds.about]
    en = [_english(key, value) for key, value in case.items() if key in worlds.about]
    return Words(" và ".join(vi), " and ".join(en))


def _vietnamese(name: Name, value: Any) -> str:
    if value is MISSING:
        return f"chưa có {name.label}"
    if isinstance(value, bool):
        return f"{'có' if value else 'không'} “{name.label}”"
    if name.type.kind == "option":
        return f"{name.label} là “{name.type.labels().get(str(value), value)}”"
    return f"{name.label} {len(value)} dòng" if isinstance(value, tuple) else f"{name.label} là {value}"


def _english(key: str, value: Any) -> str:
    if value is MISSING:
        return f"{key} is missing"
    if isinstance(value, bool):
        return key if value else f"not {key}"
    if isinstance(value, tuple):
        return f"count({key}) == {len(value)}"
    return f'{key} == "{value}"' if isinstance(value, str) else f"{key} == {value}"
