"""Texts of prints are read once: words, places, rows and conditions; every block that is not in order is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.definition.expression import FLAG, Expression, constant
from app.definition.model.print_text import Each, Filled, Part, Plain, When
from app.definition.print_names import places_in
from app.definition.print_text import parse_print_text

TRUE = constant(True, FLAG)


def read(body: str) -> tuple[Part, ...]:
    parsed = parse_print_text(body, lambda _text, _at, _tables: TRUE)
    assert parsed.faults == ()
    return parsed.parts


def test_words_and_places_stand_in_their_order() -> None:
    assert read("Hồ sơ {dossier.code} của { applicant.name }.") == (
        Plain("Hồ sơ "),
        Filled("dossier.code"),
        Plain(" của "),
        Filled("applicant.name"),
        Plain("."),
    )


def test_blocks_hold_their_parts_and_leave_no_empty_lines() -> None:
    assert read("Các khoản:\n{#each fees}\n- {title}\n  {#when due}\n(hạn)\n  {/when}\n{/each}\nHết\n") == (
        Plain("Các khoản:\n"),
        Each("fees", (Plain("- "), Filled("title"), Plain("\n"), When(TRUE, (Plain("(hạn)\n"),)))),
        Plain("Hết\n"),
    )


def test_a_block_inside_a_line_leaves_the_line_whole() -> None:
    assert read("Số: {a}{#when b}; thư: {c}{/when}\nHết") == (
        Plain("Số: "),
        Filled("a"),
        When(TRUE, (Plain("; thư: "), Filled("c"))),
        Plain("\nHết"),
    )


LONG = "Hôm nay, {today}, đoàn kiểm tra gồm đại diện {agency.title} đã kiểm tra thực địa đối với hồ sơ"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"{LONG}\n{{dossier.code}} của {{applicant.name}}.", 1),
        (f"{LONG}.\nKết quả: tốt", 2),
        (f"{LONG} {{dossier.code}}\nKết quả: tốt", 2),  # a form line that ends with its value
        (f"{LONG}\n- một mục", 2),
        (f"{LONG}\n\nKết quả: tốt", 3),
        ("Bên A\nBên B", 2),
    ],
)
def test_a_long_line_that_ends_no_sentence_goes_on(body: str, lines: int) -> None:
    words = "".join(part.text for part in read(body) if isinstance(part, Plain))
    assert words.count("\n") == lines - 1


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("{#each fees}x", [("{#each fees}", 0)]),
        ("x{/each}", [("{/each}", 1)]),
        ("{#each}x{/each}", [("{#each}", 0)]),
        ("{#when }x{/when}", [("{#when }", 0)]),
        ("{#each a}{#each b}x{/each}{/each}", [("{#each b}", 9)]),
        ("{#each a}{#when b}x{/each}{/when}", [("{/each}", 19), ("{#each a}", 0)]),
        ("{#if a}", [("{#if a}", 0)]),
        ("{/when now}", [("{/when now}", 0)]),
    ],
)
def test_a_block_out_of_order_is_told_at_its_place(body: str, faults: list[tuple[str, int]]) -> None:
    parsed = parse_print_text(body, lambda _text, _at, _tables: TRUE)
    assert [tuple(fault) for fault in parsed.faults] == sorted(faults, key=lambda fault: fault[1])


def test_a_condition_is_read_at_its_place_with_the_tables_in_view() -> None:
    asked: list[tuple[str, int, tuple[str, ...]]] = []

    def note(text: str, at: int, tables: tuple[str, ...]) -> Expression:
        asked.append((text, at, tables))
        return TRUE

    body = "a {#when  x > 1}b{/when}{#each rows}{#when y}c{/when}{/each}"
    parse_print_text(body, note)
    assert asked == [("x > 1", body.index("x >"), ()), ("y", body.index("y}"), ("rows",))]


_PIECES = ["{", "}", "{a}", "{#each t}", "{/each}", "{#when a}", "{/when}", "\n", " ", "chữ", "#", "/", "- ", "1. "]


@given(st.lists(st.sampled_from(_PIECES)).map("".join))
def test_any_text_can_be_read_and_places_are_where_they_stand(body: str) -> None:
    parsed = parse_print_text(body, lambda _text, _at, _tables: TRUE)
    for place, _table in places_in(parsed.parts):
        assert body[place.offset] == "{"
    assert all(body[fault.offset] == "{" for fault in parsed.faults)
