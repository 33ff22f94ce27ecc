"""Rules about what a whole list is asked: counters above the list must be something the database can answer (X)."""

from collections.abc import Iterator

from app.definition.expression import Expression
from app.definition.expression.searchable import search_problems
from app.definition.rules.subject import Finding, KeyPath, Subject
from app.definition.words import Words

MOST_CARDS = 8  # each one is counted whenever the list is opened
_TOO_MANY = Words(f"quá {MOST_CARDS} ô đếm", f"more than {MOST_CARDS} counters")


def cards_countable(subject: Subject) -> Iterator[Finding]:
    """X10: a counter whose condition the database cannot answer."""
    for at, card in enumerate(subject.procedure.screens.cards):
        path = ("screens", "cards", at, "when")
        if at >= MOST_CARDS:
            yield Finding(path, "X10", {"why": _TOO_MANY})
            return
        yield from _unsearched(path, card.when)


def recurrence_searchable(subject: Subject) -> Iterator[Finding]:
    """X10: who is expected again is looked up among all dossiers of last period."""
    recurs = subject.procedure.recurs
    if recurs is not None and recurs.when is not None:
        yield from _unsearched(("recurs", "when"), recurs.when)


def _unsearched(path: KeyPath, condition: Expression) -> Iterator[Finding]:
    for problem in search_problems(condition.text, condition.tree):
        params = {"why": problem.params["why"], "cure": problem.cure}
        yield Finding(path, "X10", params, offset=problem.offset)
