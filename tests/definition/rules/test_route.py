"""Routes: reached, ended, joined, done by somebody, with a way on and a result in every case (W)."""

# ruff: noqa: E501 - one mistake a line reads better than one argument a line

import pytest

from app.definition.messages.rule import Severity
from tests.definition.rules.good_folder import GOOD, ORGANISATION, PROCEDURE, check, marked, places, with_change

SIGN = "    not_by: [appraise]\n"
LAST = "  - {step: return, title: Trả kết quả"

BAD = [
    ("W01", LAST, "  - {step: ▶forgotten, title: Bỏ quên, by: head@agency, within: 1 day}\n" + LAST),
    ("W02", "[{to: [ask, check]}]", "[{when: not duty, to: [ask, check]}]"),
    ("W02", "- {choose: redo, title: Làm lại", "- {choose: redo, when: duty, title: Làm lại"),
    ("W03", "by: leader@authority\n", "by: leader@authority\n    next: stuck\n"),
    ("W04", "by: leader@authority\n", "by: leader@authority\n    next: send\n"),
    ("W05", "joins: [ask, check]", "x-joins: [ask, check]"),
    ("W06", "joins: [ask, check]", "joins: [ask, check, ▶pay]"),
    ("W07", "by: leader@authority", "by: ▶officer@authority"),
    ("W07", "by: officer@police", "by: ▶head@office"),
    ("W09", "    not_by: [appraise]", "    not_by: [appraise, ▶pay]"),
    ("W10", "by: reception, within: 4 hours", "by: reception, does: ▶work, within: 4 hours"),
    ("W11", "issues: [permit, refusal]", "issues: [refusal]"),
    ("W12", 'when: conclusion == "refuse"', 'when: conclusion == "refuse" and duty'),
    ("W13", 'tổ kiểm tra, when: kind == "b"', 'tổ kiểm tra, when: kind == "b" and duty'),
    ("W16", "    within: 30 days\n    on_late: remind", "    ▶on_late: remind"),
    ("W17", "- {choose: redo", "- ▶{to: sign}\n      - {choose: redo"),
    ("W18", "    consult:\n", "    wait: 5 days\n    ▶consult:\n"),
    ("W19", "    wait: {for: payment", "    status: ▶returned\n    wait: {for: payment"),
    ("W20", "by: reception, within: 4 hours", "by: reception, ▶optional: true, within: 4 hours"),
    ("W20", "by: reception, phase: second}", 'by: reception, phase: second, ▶optional: kind == "a"}'),
    ("W21", "      within: 5 working days\n      ask:", "      ask:"),
]  # fmt: skip
STUCK = "  - {step: ▶stuck, title: Kẹt, by: head@agency, within: 1 day, next: stuck}\n"
SEND = "  - {step: ▶send, title: Gửi, by: system, next: resend}\n  - {step: resend, title: Gửi lại, by: system, next: send}\n"
# Some mistakes show at a place other than the change.
MOVED = {
    "W02": ("    next: [{when", "    ▶next: [{when"),
    "W05": ("[{to: [ask, check]}]", "[{to: ▶[ask, check]}]"),
    "W11": ("{key: permit, title: Giấy phép,", "{key: ▶permit, title: Giấy phép,"),
    "W12": ("    issues:", "    ▶issues:"),
    "W13": ("      ask:\n", "      ▶ask:\n"),
    "W21": ("      silence:", "      ▶silence:"),
}


@pytest.mark.parametrize(("rule", "old", "new"), BAD)
def test_a_mistake_in_the_route_is_found_where_it_stands(rule: str, old: str, new: str) -> None:
    text = GOOD[PROCEDURE]
    assert text.count(old) == 1
    text = text.replace(old, new)
    if rule == "W01":
        text = text.replace("by: leader@authority\n", "by: leader@authority\n    next: return\n")
    for step, added in (("W03", STUCK), ("W04", SEND)):
        text = text.replace(LAST, added + LAST) if rule == step else text
    if rule == "W02" and "choose: redo" in new:
        text = text.replace("- {choose: agree, title", "- {choose: agree, when: duty, title")
        text = text.replace("    next:\n      - {choose", "    ▶next:\n      - {choose")
    elif rule in MOVED:
        moved_from, moved_to = MOVED[rule]
        assert text.count(moved_from) == 1
        text = text.replace(moved_from, moved_to)
    files, place = marked({**GOOD, PROCEDURE: text}, PROCEDURE)
    assert (PROCEDURE, *place) in places(check(files).problems, rule)


def problems_after(old: str, new: str) -> list[str]:
    """The rules that find something after a change."""
    text = GOOD[PROCEDURE]
    assert text.count(old) == 1, old
    return [problem.rule for problem in check({**GOOD, PROCEDURE: text.replace(old, new)}).problems]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[{to: [ask, check]}]", "[{when: duty, to: [ask, check]}, {when: not duty, to: [ask, check]}]"),
        ("- {choose: redo, title: Làm lại", "- {choose: redo, when: duty, title: Làm lại"),
        ('when: conclusion == "refuse"', 'when: conclusion != "grant"'),
        ("by: officer@police", "by: leader@ppc"),
        ("quorum: 1", "quorum: 2"),
        (
            "by: head@agency\n    phase: first\n    joins",
            "by: [head@agency, officer@agency]\n    phase: first\n    joins",
        ),
        ("title: Làm lại, to: appraise, comment: required}", "title: Làm lại, to: appraise}\n      - {to: sign}"),
    ],
)
def test_what_is_complete_is_left_alone(old: str, new: str) -> None:
    assert problems_after(old, new) == []


def test_a_way_on_is_complete_when_checks_and_ways_before_leave_no_other_case() -> None:
    text = GOOD[PROCEDURE].replace("    when: duty\n    pauses", "    pauses")
    text = text.replace("title: Đồng ý, to: pay}", "title: Đồng ý, to: route_on}")
    text = text.replace(
        "  - step: pay\n",
        "  - step: route_on\n    title: Chuyển\n    by: head@agency\n    within: 1 hour\n"
        "    next: [{when: duty, to: pay}, {when: not duty, to: sign}]\n  - step: pay\n",
    )
    assert [one.rule for one in check({**GOOD, PROCEDURE: text}).problems] == []


def test_a_result_that_only_one_branch_issues_is_no_gap() -> None:
    text = GOOD[PROCEDURE].replace(
        "      - {choose: agree, title: Đồng ý, to: pay}", "      - {choose: agree, title: Đồng ý, to: decide}"
    )
    text = text.replace(
        "  - step: pay\n",
        "  - step: decide\n    title: Quyết\n    by: leader@office\n    within: 1 hour\n"
        '    next: [{when: conclusion == "refuse", to: refuse_it}, {to: pay}]\n'
        "  - {step: refuse_it, title: Từ chối, by: clerk@office, within: 1 hour, issues: [refusal], next: return}\n  - step: pay\n",
    )
    text = text.replace("issues: [permit, refusal]", "issues: [permit]")
    assert [one.rule for one in check({**GOOD, PROCEDURE: text}).problems] == []


def test_w08_warns_when_one_position_proposes_and_issues() -> None:
    text = GOOD[PROCEDURE].replace("by: leader@authority", "▶by: head@agency")
    files, place = marked({**GOOD, PROCEDURE: text}, PROCEDURE)
    (problem,) = [one for one in check(files).problems if one.rule == "W08"]
    assert (problem.line, problem.column) == place
    assert problem.severity is Severity.WARNING
    assert "meet" in problem.message("en")


def test_w08_is_content_with_not_by() -> None:
    text = (
        GOOD[PROCEDURE]
        .replace("by: leader@authority", "by: head@agency")
        .replace(SIGN, "    not_by: [appraise, meet]\n")
    )
    assert [one.rule for one in check({**GOOD, PROCEDURE: text}).problems] == []


def test_w14_counts_the_units_asked() -> None:
    text = (
        GOOD[PROCEDURE]
        .replace("by: person.members, title", "by: officer@tax, title")
        .replace("quorum: 1", "quorum: ▶3")
    )
    files, place = marked({**GOOD, PROCEDURE: text}, PROCEDURE)
    assert places(check(files).problems, "W14") == [(PROCEDURE, *place)]


def test_w10_names_the_way_that_ends_without_handing_over() -> None:
    files, place = with_change(PROCEDURE, "by: leader@authority\n", "by: leader@authority\n    ▶next: end\n")
    assert (PROCEDURE, *place) in places(check(files).problems, "W10")


def test_w10_asks_for_no_return_when_nothing_is_handed_over() -> None:
    text = (
        GOOD[PROCEDURE]
        .replace("refusal: true,", "refusal: true, given_as: none,")
        .replace("register: permits, when: conclusion", "given_as: none, register: permits, when: conclusion")
    )
    text = text.replace("by: leader@authority\n", "by: leader@authority\n    next: end\n")
    text = text.replace(LAST, "  - {step: x_return, title: Trả kết quả")
    assert "W10" not in [one.rule for one in check({**GOOD, PROCEDURE: text}).problems]


def test_an_outside_unit_needs_no_people() -> None:
    text = GOOD[ORGANISATION].replace(
        "{title: Công an, outside: true, roles: [officer]}", "{title: Công an, outside: true}"
    )
    assert [one.rule for one in check({**GOOD, ORGANISATION: text}).problems] == []


def test_an_outside_unit_that_is_none_needs_its_role() -> None:
    text = GOOD[ORGANISATION].replace(
        "{title: Công an, outside: true, roles: [officer]}", "{title: Công an, roles: [head]}"
    )
    assert [one.rule for one in check({**GOOD, ORGANISATION: text}).problems] == ["W07"]


def test_a_circle_with_a_person_in_it_is_no_circle_of_the_system() -> None:
    text = GOOD[PROCEDURE].replace(
        LAST,
        SEND.replace("▶", "").replace(
            "resend, title: Gửi lại, by: system", "resend, title: Gửi lại, by: head@agency, within: 1 hour"
        )
        + LAST,
    )
    assert "W04" not in [one.rule for one in check({**GOOD, PROCEDURE: text}).problems]


TWO_TABLES = """\
route:
  default:
    - {step: receive, title: Tiếp nhận, by: reception, within: 4 hours}
    - step: appraise
      title: Thẩm định
      by: officer@agency
      within: 5 working days
      fills: [opinion, duty, members, deadline, conclusion]
      print: [minutes]
    - {step: sign, title: Ký, by: leader@authority, within: 1 working day, issues: [permit, refusal]}
    - {step: return, title: Trả kết quả, by: reception}
  cases:
    - when: variant == "small"
      is:
        - {step: receive, title: Tiếp nhận, by: reception, within: 4 hours}
        - {step: appraise, title: Xem xét, by: officer@agency, within: 1 working day, fills: [conclusion], issues: [short]}
        - {step: return, title: Trả kết quả, by: reception}
"""


def test_each_step_table_is_judged_by_the_cases_that_choose_it() -> None:
    head, _, rest = GOOD[PROCEDURE].partition("route:\n")
    _, _, tail = rest.partition("screens:\n")
    text = head + TWO_TABLES + "screens:\n" + tail.partition("tests:")[0]
    text = text.replace(
        "  - {key: refusal, title",
        '  - {key: short, title: Bản xác nhận, when: variant == "small"}\n  - {key: refusal, title',
    )
    text = text.replace('when: conclusion == "grant"', 'when: conclusion == "grant" and variant == "large"')
    text = text.replace('when: conclusion == "refuse"', 'when: conclusion == "refuse" and variant == "large"')
    found = {one.rule for one in check({**GOOD, PROCEDURE: text}).problems}
    assert found.isdisjoint({"W02", "W12", "T01", "M07"})
    wrong = text.replace(
        'when: conclusion == "refuse" and variant == "large"', 'when: conclusion == "refuse" and variant == "small"'
    )
    assert "W12" in {one.rule for one in check({**GOOD, PROCEDURE: wrong}).problems}
