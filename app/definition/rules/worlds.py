"""Cases of a dossier: enough values of the names that conditions read, to try the conditions on. Pure, bounded.

A case found is a real one: every value is allowed by the form. That none was found proves something only when exact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import Any

from app.definition.expression import MISSING, Expression, Name
from app.definition.expression.tree import Literal, Read, walk
from app.definition.model.procedure import Procedure
from app.definition.rules.domains import domain_of
from app.definition.words import Words

MOST_CASES = 1024
Case = Mapping[str, Any]
# Facts the engine answers; they vary from moment to moment and are not tried.
# fmt: off
_FACTS = frozenset({
    "done", "visits", "late", "chosen", "opinions", "answered", "asked", "handed_in", "paid", "supplements", "lookup",
    "unit_of", "within_unit", "working_days_between", "add",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Worlds:
    """Cases to try. ``exact``: together they stand for every case. ``known``: the names that have values in them."""

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
        domain, complete = domain_of(key, name, nodes, procedure)
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
        if (field := procedure.form.fields.get(key))
        and field.show_when is not None
        and _can_ask(field.show_when, known)
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
