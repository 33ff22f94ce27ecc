"""Fees and obligations (M)."""

# ruff: noqa: E501 - one mistake a line reads better than one argument a line

import pytest

from tests.definition.rules.good_folder import PROCEDURE, check, places, with_change

BAD = [
    ("M01", '"1000 * max(copies - 2, 0)", times: copies, min: 0', '▶"1000 * (copies - 2)", times: copies'),
    ("M01", "times: copies,", "times: ▶copies - 2,"),
    ("M02", "a: {counter: 100000, online: 90000}", "a: {counter: 100000}"),
    ("M02", "          b: {else: 50000}\n", ""),
    ("M03", "{below: 10, is: 1000}\n          - {up_to: 100, is: 5000}", "{below: 10, is: 1000}\n          - ▶{up_to: 10, is: 5000}"),
    ("M03", "          - {is: 9000}\n", "          - ▶{up_to: 1000, is: 9000}\n"),
    ("M03", "- {below: 10, is: 1000}", "- ▶{is: 1000}"),
    ("M04", "amount: to_be_set, set_by: province", "amount: ▶to_be_set"),
    ("M05", "when: duty, collect: after_notice", "when: duty, collect: ▶at_intake"),
    ("M06", "collect: after_notice, payee: tax}", "collect: ▶after_notice, payee: tax}"),
    ("M07", "    when: duty\n    pauses: {reason: Chờ nộp tiền}\n    wait:", "    pauses: {reason: Chờ nộp tiền}\n    ▶wait:"),
    ("M09", "    reductions:\n      - {when: channel == \"online\", percent: 40", "    ▶reductions:\n      - {when: channel == \"online\", percent: 60"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "old", "new"), BAD)
def test_a_mistake_about_money_is_found_where_it_stands(rule: str, old: str, new: str) -> None:
    if rule == "M02":
        files, place = with_change(PROCEDURE, old, f"▶{new}")
        before = files[PROCEDURE].partition("        cells:")[0]
        place = (before.count("\n") + 1, 9)
    else:
        files, place = with_change(PROCEDURE, old, new)
    if rule == "M06":
        files[PROCEDURE] = files[PROCEDURE].replace("    wait: {for: payment, of: [tax], by_hand: reception}\n", "")
        files[PROCEDURE] = files[PROCEDURE].replace("    print: [minutes]\n", "")
    assert (PROCEDURE, *place) in places(check(files).problems, rule)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"1000 * max(copies - 2, 0)", times: copies, min: 0', '"1000 * (copies - 1)", times: copies'),
        ("a: {counter: 100000, online: 90000}", "a: 100000"),
        ("b: {else: 50000}", "else: {counter: 1, online: 2}"),
        ("percent: 40", "percent: 50"),
        ("when: duty, collect: after_notice", "when: duty, collect: elsewhere"),
    ],
)
def test_money_in_order_is_left_alone(old: str, new: str) -> None:
    files, _ = with_change(PROCEDURE, old, f"▶{new}")
    assert [problem.rule for problem in check(files).problems] == []


def test_m02_names_the_case_in_words() -> None:
    files, _ = with_change(PROCEDURE, "a: {counter: 100000, online: 90000}", "a: {▶counter: 100000}")
    (problem,) = [one for one in check(files).problems if one.rule == "M02"]
    assert problem.message("vi") == 'Bảng phí "fee" thiếu ô cho kind là “Loại A” và channel là “online”'


def test_m02_knows_which_cases_an_earlier_line_has_taken() -> None:
    old = "      table:\n        down: kind\n        across: channel\n        cells:\n          a: {counter: 100000, online: 90000}\n          b: {else: 50000}\n"
    new = (
        "      default:\n        table: {down: kind, cells: {b: 50000}}\n"
        '      cases: [{when: kind == "a", is: 7000}]▶\n'
    )
    files, _ = with_change(PROCEDURE, old, new)
    assert [problem.rule for problem in check(files).problems] == []
