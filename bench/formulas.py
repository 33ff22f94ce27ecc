"""Conditions and fee formulas a second: ours, read once, beside simpleeval, parsed once, on the same answers.

The module also answers `compile_expression(text)`, so that a run with other peers can take ours in by this module's
name: a name's type follows from its answer, and text in single quotes, which other languages allow, is read too.
"""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

from app.definition.expression import FLAG, NUMBER, TEXT, Expression, Name, Scope, parse_expression

ANSWERS: Mapping[str, Any] = {
    **{f"truong_{number}": number for number in range(14)},
    "doi_tuong": "thuong",
    "so_ban": 5,
    "quan": "Ninh Kiều",
    "tuoi": 41,
    "ngay": 12,
    "le_phi": 50_000,
}
CONDITION = 'tuoi >= 18 and (doi_tuong in ["thuong", "ngheo"] or so_ban > 10) and quan == "Ninh Kiều" and ngay != 0'
FEE = '0 if doi_tuong == "uu_tien" else max(le_phi, le_phi * so_ban - 20000) + min(truong_3, 7) * 1000'
RIGHT = (True, 233_000)
TYPES = {bool: FLAG, int: NUMBER, str: TEXT}
SCOPE = Scope({name: Name(TYPES[type(value)], name) for name, value in ANSWERS.items()})
REPETITIONS, SECONDS = 5, 0.3
WANTED = 12.0

Evaluate = Callable[[Mapping[str, Any]], Any]


def compile_expression(text: str) -> Evaluate:
    """Our reader; a text that is no expression raises ValueError with what is wrong."""
    read = parse_expression(text.replace("'", '"'), SCOPE)
    if not isinstance(read, Expression):
        raise ValueError("; ".join(f"{problem.rule} at {problem.offset}" for problem in read))
    return read.evaluate


def compile_simpleeval(text: str) -> Evaluate:
    """The peer, with the functions that the formula calls; it parses once as well."""
    from simpleeval import EvalWithCompoundTypes

    evaluator = EvalWithCompoundTypes(functions={"min": min, "max": max})
    tree = evaluator.parse(text)

    def evaluate(answers: Mapping[str, Any]) -> Any:
        evaluator.names = answers
        return evaluator.eval(text, previously_parsed=tree)

    return evaluate


def pairs_a_second(compile_text: Callable[[str], Evaluate]) -> tuple[float, bool]:
    """Median pairs of condition and fee a second, and whether both answers are right."""
    condition, fee = compile_text(CONDITION), compile_text(FEE)
    right = (condition(ANSWERS), fee(ANSWERS)) == RIGHT

    def once(rounds: int) -> float:
        begin = time.perf_counter()
        for _ in range(rounds):
            condition(ANSWERS)
            fee(ANSWERS)
        return time.perf_counter() - begin

    rounds = max(1, int(SECONDS / once(100) * 100))
    found = []
    for _ in range(REPETITIONS):
        gc.collect()
        found.append(rounds / once(rounds))
    return statistics.median(found), right
