"""Expressions a second beside simpleeval: `bench.formulas` measures, this tells its figure."""

from collections.abc import Iterator

from bench import formulas
from bench.scratch import Offices
from bench.table import Row


def measure(_offices: Offices) -> Iterator[Row]:
    """The rows of this figure."""
    try:
        other, other_right = formulas.pairs_a_second(formulas.compile_simpleeval)
    except ModuleNotFoundError as fault:
        raise RuntimeError("simpleeval is not installed: pip install -r requirements-bench.txt") from fault
    ours, right = formulas.pairs_a_second(formulas.compile_expression)
    yield Row(
        "a condition and a fee formula, pairs/s",
        f"{ours:,.0f}",
        f"simpleeval, parsed once: {other:,.0f}",
        ours / other,
        f"≥ {formulas.WANTED:g}×, right",
        ours / other >= formulas.WANTED and right and other_right,
    )
