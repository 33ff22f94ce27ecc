"""Pages of rules: every rule has an entry, every passage is real, and the pages written are those of the table."""

import re
import textwrap
from pathlib import Path

import pytest

from app.definition.messages import RULES
from app.definition.rule_pages import FORMATS, LOCALES, entry, examples, page
from tests.definition.rules.good_folder import GOOD, check

DOCS = Path(__file__).parents[3] / "docs" / "rules"
PASSAGES = sorted(rule for rule, example in examples().items() if not example.without)


def with_passage(text: str, good: str, bad: str) -> str:
    """The file with one passage changed; it stands there once, further in."""
    for indent in range(0, 20, 2):
        old, new = (textwrap.indent(passage.rstrip("\n"), " " * indent) + "\n" for passage in (good, bad))
        if f"\n{text}".count(f"\n{old}") == 1:
            return f"\n{text}".replace(f"\n{old}", f"\n{new}").removeprefix("\n")
    raise AssertionError(f"the good passage does not stand in the file once:\n{good}")


def test_every_rule_has_an_entry() -> None:
    assert set(examples()) == set(RULES)
    assert len(PASSAGES) >= 110


@pytest.mark.parametrize("rule", PASSAGES)
def test_a_bad_passage_breaks_its_rule_and_a_good_one_none(rule: str) -> None:
    example = examples()[rule]
    text = with_passage(GOOD[example.file], example.good, example.bad)
    told = {problem.rule for problem in check({**GOOD, example.file: text}).problems}
    assert told == {rule, *example.also}


def test_the_file_that_the_passages_change_is_good() -> None:
    assert check(GOOD).problems == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_pages_written_are_those_of_the_table(locale: str) -> None:
    assert (DOCS / f"{locale}.md").read_text(encoding="utf-8") == page("markdown", locale), (
        "run: flask procedures rules --write docs/rules"
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_format_names_every_rule_once(form: str, locale: str) -> None:
    text = page(form, locale)
    for rule in RULES:
        assert rule in text
        assert entry(rule, form, locale).strip() in text


def test_html_is_escaped() -> None:
    text = entry("S09", "html", "en")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert not re.search(r"<(?!/?(?:section|h3|h4|p|em|code|pre)\b)", text)
