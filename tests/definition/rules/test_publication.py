"""What is published, versions side by side (P), and the procedure's own tests (Q)."""

# ruff: noqa: E501 - one mistake a line reads better than one argument a line

import pytest

from tests.definition.rules.good_folder import GOOD, PROCEDURE, check, marked, places, with_change

BAD = [
    ("P01", "\nlegal_basis: [{title: Nghị định mẫu, from: 2025-01-01, to: 2030-01-01}]", "\n▶legal_basis: []"),
    ("P04", "to: 2027-12-31}", "to: ▶2025-12-31}"),
    ("P05", "date: 2025-12-01", "date: ▶2026-01-02"),
    ("P06", "to: 2030-01-01}", "to: ▶2025-06-30}"),
    ("P09", "\nfor: [citizen, organisation]", "\n▶for: []"),
    ("P10", "\nkey: land/permit\ntitle: Cấp giấy phép mẫu\ncode: \"1.000001\"", "\n▶key: land/permit\ntitle: Cấp giấy phép mẫu"),
    ("P11", 'code: "1.000001"', 'code: ▶"1.0001"'),
    ("Q03", "variant: large, unit: counter,", "unit: counter,"),
    ("Q03", "kind: a, area: 20, remote: false", "kind: a, area: 20"),
    ("Q03", "fill: {duty: false, conclusion: grant}", "fill: {conclusion: grant}"),
    ("Q06", "received: 2026-03-02 09:00, variant", "received: ▶2024-03-04 09:00, variant"),
]  # fmt: skip
Q03_AT = {"variant": ("    given:", "    ▶given:"), "form": ("form: {kind", "▶form: {kind")}


@pytest.mark.parametrize(("rule", "old", "new"), BAD)
def test_a_mistake_before_publication_is_found_where_it_stands(rule: str, old: str, new: str) -> None:
    if rule == "Q03":
        text = GOOD[PROCEDURE].replace(old, new)
        moved = Q03_AT["variant" if "unit" in new else "form"]
        files, place = marked({**GOOD, PROCEDURE: text.replace(*moved)}, PROCEDURE)
    else:
        files, place = with_change(PROCEDURE, old, new)
    assert (PROCEDURE, *place) in places(check(files).problems, rule)


def test_q01_asks_for_a_test() -> None:
    text = GOOD[PROCEDURE].partition("tests:")[0]
    (problem,) = check({**GOOD, PROCEDURE: text}).problems
    assert problem.rule == "Q01"
    assert "given:" in problem.hint("vi")


def test_q03_asks_nothing_for_steps_that_are_not_walked() -> None:
    text = GOOD[PROCEDURE]
    head, _, _ = text.partition("      - {do: appraise")
    assert [one.rule for one in check({**GOOD, PROCEDURE: head}).problems] == []


def other(text: str) -> str:
    """The procedure under another key and title."""
    return text.replace("key: land/permit", "key: land/second").replace(
        "title: Cấp giấy phép mẫu", "title: Giấy phép khác"
    )


def test_p02_finds_a_code_used_twice() -> None:
    second = "procedures/land/second.yaml"
    files, place = marked({**GOOD, second: other(GOOD[PROCEDURE]).replace('"1.000001"', '▶"1.000001"')}, second)
    assert places(check(files).problems, "P02") == [(second, *place)]


def test_p02_knows_earlier_codes() -> None:
    second = "procedures/land/second.yaml"
    text = other(GOOD[PROCEDURE]).replace('code: "1.000001"', 'code: "1.000002"\nformerly: [▶"1.000001"]')
    files, place = marked({**GOOD, second: text}, second)
    assert places(check(files).problems, "P02") == [(second, *place)]


def test_p03_finds_two_versions_in_force_on_one_day() -> None:
    second = "procedures/land/permit.2027-01-01.yaml"
    text = GOOD[PROCEDURE].replace("from: 2026-01-01, to: 2027-12-31", "from: 2027-01-01")
    problems = check({**GOOD, second: text}).problems
    assert "P03" in [problem.rule for problem in problems]
    assert "P02" not in [problem.rule for problem in problems]


def test_p03_accepts_versions_one_after_the_other() -> None:
    second = "procedures/land/permit.2028-01-01.yaml"
    text = GOOD[PROCEDURE].replace("from: 2026-01-01, to: 2027-12-31", "from: 2028-01-01")
    assert [one.rule for one in check({**GOOD, second: text}).problems] == ["T13"]


def test_codes_as_portals_write_them_are_accepted() -> None:
    text = GOOD[PROCEDURE].replace('"1.000001"', '"1.000001.000.00.00.H24"')
    assert check({**GOOD, PROCEDURE: text}).problems == ()
