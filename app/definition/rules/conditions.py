"""Rules about conditions: read too early, always the same, covered by another, no case left, perhaps missing (X)."""

from collections.abc import Iterator

from app.definition.expression import MISSING, Expression
from app.definition.expression.tree import Among, Compare, Not, Read, walk
from app.definition.model.procedure import Procedure
from app.definition.rules.conditions_read import Condition, PlacedChoice, choices_of, conditions_of
from app.definition.rules.reading_order import first_filling, known_in_time
from app.definition.rules.subject import Finding, KeyPath, Subject
from app.definition.rules.worlds import is_readable, may_be_missing, words_of, worlds_of
from app.definition.words import Words

_TRUE, _FALSE = Words("đúng", "true"), Words("sai", "false")
_MOST_COMPARED = 40  # cases of one choice
# A hidden field or a paper that is never asked for is told of by its own rule.
_OWN_RULE = frozenset({"document"})


def read_too_early(subject: Subject) -> Iterator[Finding]:
    """X05: a condition reads a field that only a later step fills."""
    for condition in conditions_of(subject):
        yield from _too_early(subject, condition.path, condition.expression, condition)
    for placed in choices_of(subject):
        for at, case in enumerate(placed.choice.cases):
            yield from _too_early(subject, (*placed.path, "cases", at, "when"), case.when, placed)


def _too_early(
    subject: Subject, path: KeyPath, expression: Expression, asked: Condition | PlacedChoice
) -> Iterator[Finding]:
    if not asked.moment:
        return
    for name in sorted(expression.reads):
        if not known_in_time(subject, name, asked.step, asked.moment, asked.table):
            step = first_filling(subject, name)
            yield Finding(path, "X05", {"field": name, "step": step}, offset=max(expression.text.find(name), 0))


def always_the_same(subject: Subject) -> Iterator[Finding]:
    """X06: a condition that every case answers alike."""
    answer = _Answers(subject.procedure).of
    for condition in conditions_of(subject):
        if condition.kind in _OWN_RULE:
            continue
        value = answer(condition.expression)
        if value is not None:
            yield Finding(condition.path, "X06", {"value": _TRUE if value else _FALSE})
    for placed in choices_of(subject):
        for at, case in enumerate(placed.choice.cases):
            value = answer(case.when)
            if value is not None:
                path = (*placed.path, "cases", at, "when")
                yield Finding(path, "X06", {"value": _TRUE if value else _FALSE})


class _Answers:
    """Of one procedure: every second condition is written once more at another step, and has the same answer there."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._known: dict[tuple[str, frozenset[str]], bool | None] = {}  # by the text and the names it means

    def of(self, expression: Expression) -> bool | None:
        """The one answer that a condition has in every case."""
        asked = (expression.text, expression.reads)
        if asked not in self._known:
            self._known[asked] = constant_answer(expression, self._procedure)
        return self._known[asked]


def constant_answer(expression: Expression, procedure: Procedure) -> bool | None:
    """The one answer that a condition has in every case; None when it varies or nothing can be proved."""
    if not is_readable(expression):
        return None
    if not expression.reads and not expression.functions:
        return expression.evaluate({}) is True
    tree = expression.tree
    if isinstance(tree, Compare) and tree.left == tree.right:
        return tree.sign in ("==", "<=", ">=")
    worlds = worlds_of((expression,), procedure, missing=True)
    if worlds is None or not worlds.exact or not worlds.cases:
        return None
    answers = {expression.evaluate(case) is True for case in worlds.cases}
    return answers.pop() if len(answers) == 1 else None


def covered_cases(subject: Subject) -> Iterator[Finding]:
    """X07: a case that can never apply because an earlier one holds whenever it does."""
    for placed in choices_of(subject):
        conditions = [case.when for case in placed.choice.cases]
        for later, earlier in _covered(conditions, subject.procedure):
            path = (*placed.path, "cases", later, "when")
            yield Finding(path, "X07", {"n": later + 1, "m": earlier + 1})


def _covered(conditions: list[Expression], procedure: Procedure) -> Iterator[tuple[int, int]]:
    for later in range(1, min(len(conditions), _MOST_COMPARED)):
        if not is_readable(conditions[later]):
            continue
        earlier = _covering(conditions[: later + 1], procedure)
        if earlier is not None:
            yield later, earlier


def _covering(conditions: list[Expression], procedure: Procedure) -> int | None:
    """The earlier condition that holds whenever the last one does; the first of several that do together."""
    *earlier, last = conditions
    for at, one in enumerate(earlier):
        if one == last:
            return at
    worlds = worlds_of(conditions, procedure)
    if worlds is None or not worlds.exact:
        return None
    holding = [case for case in worlds.cases if last.evaluate(case) is True]
    first = [next((at for at, one in enumerate(earlier) if one.evaluate(case) is True), None) for case in holding]
    found = [at for at in first if at is not None]
    return found[0] if found and len(found) == len(holding) else None


def no_case_left(subject: Subject) -> Iterator[Finding]:
    """X08: a choice without a default whose cases leave something out."""
    for placed in choices_of(subject):
        choice = placed.choice
        if choice.default is not None or not choice.cases or (*placed.path, "default") in subject.broken:
            continue
        worlds = worlds_of((case.when for case in choice.cases), subject.procedure)
        if worlds is None:
            continue
        for case in worlds.cases:
            if not any(line.when.evaluate(case) is True for line in choice.cases):
                yield Finding(placed.path, "X08", {"example": words_of(case, worlds)}, on_key=True)
                break


def perhaps_missing(subject: Subject) -> Iterator[Finding]:
    """X09: an optional field whose absence makes the condition fail where the opposite answer would not."""
    for condition in conditions_of(subject):
        yield from _perhaps_missing(subject, condition.path, condition.expression)
    for placed in choices_of(subject):
        for at, case in enumerate(placed.choice.cases):
            yield from _perhaps_missing(subject, (*placed.path, "cases", at, "when"), case.when)


def _perhaps_missing(subject: Subject, path: KeyPath, expression: Expression) -> Iterator[Finding]:
    if not is_readable(expression):
        return
    names = [
        name
        for name in sorted(expression.reads - expression.asks_missing)
        if may_be_missing(name, subject.procedure) and _asks_for_others(expression, name)
    ]
    worlds = worlds_of((expression,), subject.procedure) if names else None
    if worlds is None:
        return
    for name in names:
        if any(_turns_unknown(expression, dict(case), name) for case in worlds.cases):
            yield Finding(path, "X09", {"name": name}, offset=max(expression.text.find(name), 0))


def _asks_for_others(expression: Expression, name: str) -> bool:
    """Whether it holds for "anything but": `not x`, `x != …`, `x < …`. That `x == …` fails without x is no surprise."""
    for node in walk(expression.tree):
        open_ended = (
            isinstance(node, Not)
            or (isinstance(node, Compare) and node.sign != "==")
            or (isinstance(node, Among) and node.negated)
        )
        if open_ended and any(isinstance(one, Read) and one.key == name for one in walk(node)):
            return True
    return False


def _turns_unknown(expression: Expression, case: dict[str, object], name: str) -> bool:
    """Whether a condition that holds becomes unknown when the field is left unanswered."""
    return expression.evaluate(case) is True and expression.evaluate({**case, name: MISSING}) is MISSING
