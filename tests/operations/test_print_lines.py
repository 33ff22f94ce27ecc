"""From the tree of a text to lines: what stands for a place is a value, whatever it looks like."""

from collections.abc import Mapping
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from app.definition.expression import FLAG, constant
from app.definition.model.print_text import Each
from app.definition.print_names import NAMES
from app.definition.print_names import TABLES as KNOWN_TABLES
from app.definition.print_text import parse_print_text
from app.operations.prints.lines import lines_of
from app.operations.prints.words import TABLES, VALUES, PrintWords

TRUE = constant(True, FLAG)


class Answers(dict[str, Any]):
    """Names with their words, and one table."""

    def text(self, name: str, table: str = "", row: Mapping[str, Any] | None = None) -> str:
        return str((row or {}).get(name) or self[name])

    def rows(self, block: Each) -> tuple[Mapping[str, Any], ...]:
        return tuple(self[block.table])

    def has_column(self, table: str, name: str) -> bool:
        return name == "cell"


def lines(body: str, **answers: Any) -> list[dict[str, Any]]:
    parsed = parse_print_text(body, lambda _text, _at, _tables: TRUE)
    assert parsed.faults == ()
    return lines_of(parsed.parts, cast(PrintWords, Answers(answers)))


def test_a_line_is_a_paragraph_and_its_author_marks_the_items() -> None:
    body = "Gồm:\n- {a}\n{#each rows}\n{n}. {cell}\n{/each}\n\nHết"
    assert lines(body, a="một", rows=[{"cell": "x"}, {"cell": "y"}]) == [
        {"text": "Gồm:"},
        {"marker": "-", "text": "một"},
        {"marker": "1.", "text": "x"},
        {"marker": "2.", "text": "y"},
        {"text": "Hết"},
    ]


_HARD = st.text(alphabet=st.sampled_from("{}#/-1. \nabđ<>$*_@\\"), min_size=1)


@given(_HARD, _HARD)
def test_values_are_taken_as_they_are(value: str, cell: str) -> None:
    found = lines("Ý kiến: {a}.\n{#each rows}Dòng: {cell}.\n{/each}", a=value, rows=[{"cell": cell}])
    assert [line["text"] for line in found] == [f"Ý kiến: {value}.", f"Dòng: {cell}."]
    assert all("marker" not in line for line in found)


@given(_HARD)
def test_a_value_never_makes_an_item(value: str) -> None:
    found = lines("{a}", a=value)
    assert found == ([{"text": value.strip()}] if value.strip() else [])


def test_every_name_that_may_be_written_is_filled_in() -> None:
    assert set(VALUES) == set(NAMES)
    assert set(TABLES) == set(KNOWN_TABLES)
