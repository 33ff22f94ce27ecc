"""Fields and forms (F), and texts with placeholders (N)."""

# ruff: noqa: E501 - one mistake a line reads better than one argument a line

import pytest

from tests.definition.rules.good_folder import GOOD, LIST, PRINTS, PROCEDURE, check, places, with_change

BAD = [
    ("F01", PROCEDURE, 'required_when: kind == "b"}', "required: ▶true}"),
    ("F02", PROCEDURE, "    checked: {label: Kết quả kiểm tra, type: choice, options: {good: Đạt, bad: Không đạt}, filter: true}",
     "    ▶checked: {label: Kết quả kiểm tra, type: choice, options: {good: Đạt, bad: Không đạt}}"),
    ("F03", PROCEDURE, "    serial: {label", "    ▶status: {label"),
    ("F03", PROCEDURE, "    serial: {label", "    ▶in: {label"),
    ("S12", PROCEDURE, "    serial: {label", "    seria1: {label: Số máy, list: true}\n    ▶serial: {label"),
    ("S12", PROCEDURE, "    serial: {label", "    se_rial: {label: Số máy, list: true}\n    ▶serial: {label"),
    ("S12", PROCEDURE, "        half: {label: Nửa", "        ▶narne: {label: Tên khác}\n        half: {label: Nửa"),
    ("F04", PROCEDURE, "    way: {label: Cách nhận, type: choice, required: true, options: {post: Bưu chính, hand: Trực tiếp}, default: post}",
     "    ▶way: {label: Cách nhận, type: choice, required: true}"),
    ("F05", PROCEDURE, "min: 1, max: 10, default: 1", "min: ▶11, max: 10"),
    ("F05", PROCEDURE, "min_length: 2, max_length: 7", "min_length: ▶8, max_length: 7"),
    ("F05", PROCEDURE, "min_rows: 1\n      max_rows: 9", "min_rows: ▶10\n      max_rows: 9"),
    ("F05", PROCEDURE, "deadline: {label: Hạn, type: date", "deadline: {label: Hạn, type: date, min: ▶2026-02-01, max: 2026-01-01"),
    ("F05", PROCEDURE, "min: 0, max: 9000", "min: ▶9001, max: 9000"),
    ("F06", PROCEDURE, "totals: [days]", "totals: [▶day]"),
    ("F06", PROCEDURE, "must_equal: {days: copies}", "must_equal: {▶day: copies}"),
    ("F06", PROCEDURE, "    serial: {label: Số seri, mask: \"AA 9999?\", min_length: 2, max_length: 7}", "    ▶serial: {label: Bảng, type: table}"),
    ("F07", PROCEDURE, "type: integer, value: sum(people.days)", "type: integer, value: ▶twice + 1"),
    ("F07", PROCEDURE, "type: decimal, value: days / 2", "type: decimal, value: ▶quarter * 2"),
    ("F08", PROCEDURE, "    title: Lấy ý kiến\n", "    title: Lấy ý kiến\n    fills: [checked]\n"),
    ("F09", PROCEDURE, "fills: [opinion, duty, members,", "fills: [opinion, duty,"),
    ("F09", PROCEDURE, "warn: [2 working days]", "warn: [2 working days]\n    checks: [{that: ▶checked is not missing, say: Thiếu}]"),
    ("F09", PROCEDURE, "warn: [2 working days]", "warn: [2 working days]\n    set: {opinion: ▶answer}"),
    ("F10", PROCEDURE, "members: {label: Tổ kiểm tra", "x: {label: Tệp, type: file, list: ▶true}\n    members: {label: Tổ kiểm tra"),
    ("F10", PROCEDURE, "columns: [code, kind, due]", "columns: [code, ▶people, due]"),
    ("F11", PROCEDURE, "type: person_id}", "type: person_id, list: ▶true}"),
    ("F11", PROCEDURE, "header: [kind]", "header: [kind, ▶identity]"),
    ("F11", PROCEDURE, "type: long_text}\n  checks", "type: long_text, shown_to: [head@agency], list: ▶true}\n  checks"),
    ("F11", PROCEDURE, "type: long_text}\n  checks", "type: long_text, shown_to: [head@agency], search: ▶true}\n  checks"),
    ("F11", PROCEDURE, "required: true, filter: true}", "required: true, shown_to: [head@agency], filter: ▶true}"),
    ("F12", PROCEDURE, "max: 10, default: 1", "max: 10, default: ▶11"),
    ("F12", PROCEDURE, "min_length: 2, max_length: 7", "min_length: 2, max_length: 7, default: ▶A"),
    ("F13", PROCEDURE, 'mask: "AA 9999?"', 'mask: ▶"?AA"'),
    ("F13", PROCEDURE, 'mask: "AA 9999?"', 'mask: ▶"GCN-"'),
    ("F14", PROCEDURE, 'required_when: kind == "b"}', 'required_when: ▶kind != "b"}'),
    ("F15", PROCEDURE, "hand: Trực tiếp}", "hand: ▶Bưu chính}"),
    ("F15", LIST, "b: {label: Loại B,", "b: ▶{label: Loại a,"),
    ("F15", LIST, 'code: "02"', 'code: "01"'),
    ("N01", PRINTS, "{form.opinion}", "▶{form.opinon}"),
    ("N01", PRINTS, "{name}", "▶{names}"),
    ("N01", PRINTS, "{dossier.code}", "▶{dossier.number}"),
    ("N01", PRINTS, "{#each people}", "▶{#each persons}"),
    ("N01", PRINTS, "{dossier.code}", "▶{n}"),
    ("N05", PRINTS, "{name} {/each}", "{name} {/each}▶{/each}"),
    ("N05", PRINTS, "{#each people}{name} {/each}", "▶{#each people}{name}"),
    ("N05", PRINTS, "{#each people}{name}", "{#each people}▶{#each people}{name}{/each}"),
    ("N05", PRINTS, "{dossier.code}", "▶{#if today}"),
    ("X02", PRINTS, "{dossier.code}", "{#when ▶dossier.cod is not missing}x{/when}"),
    ("K02", PRINTS, "  minutes:\n    title: Biên bản\n    body:", "  ▶minutes:\n    title: Biên bản\n    x-body:"),
]  # fmt: skip
# The mark of some stands elsewhere than the change.
MOVED = {
    ("F08", "    title: Lấy ý kiến\n    fills: [checked]\n"): ("fills: [checked], next", "fills: [▶checked], next"),
    ("F09", "fills: [opinion, duty,"): ("by: person.members", "by: ▶person.members"),
    ("F15", 'code: "01"'): ("b: {label: Loại B", "b: ▶{label: Loại B"),
}


@pytest.mark.parametrize(("rule", "file", "old", "new"), BAD)
def test_a_mistake_in_the_form_is_found_where_it_stands(rule: str, file: str, old: str, new: str) -> None:
    if (rule, new) in MOVED:
        moved_from, moved_to = MOVED[rule, new]
        text = GOOD[file].replace(old, new)
        if rule == "F09":
            text = text.replace(
                "- {choose: redo, title: Làm lại, to: appraise, comment: required}",
                "- {choose: redo, title: Làm lại, to: pay}",
            )
            text = text.replace("fills: [checked]", "fills: [checked, members]").replace(
                "next: [{to: [ask, check]}]", "next: ask"
            )
            text = text.replace("    next: meet\n  - {step: check", "    next: check\n  - {step: check").replace(
                "    joins: [ask, check]\n", ""
            )
        before, _, _ = text.replace(moved_from, moved_to).partition("▶")
        files = {**GOOD, file: text}
        place = (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    else:
        files, place = with_change(file, old, new)
    if (rule == "F09" and "checks" in new) or (rule == "F09" and "set:" in new):
        files[file] = files[file].replace(
            "      - {choose: redo, title: Làm lại, to: appraise, comment: required}\n", ""
        )
    assert (file, *place) in places(check(files).problems, rule)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (PROCEDURE, 'required_when: kind == "b"}', "required: false}"),
        (PROCEDURE, "min: 1, max: 10, default: 1", "min: 1, max: 10, default: 10"),
        (PROCEDURE, "type: integer, value: sum(people.days)", "type: integer, value: sum(people.days) + copies"),
        (PROCEDURE, "type: person_id}", "type: person_id, filter: true}"),
        (PROCEDURE, 'mask: "AA 9999?"', 'mask: "X-99"'),
        (PROCEDURE, "hand: Trực tiếp}", "hand: Nhận tại quầy}"),
        (PRINTS, "{form.opinion}", "{form.people} {applicant.name} {#when duty}{fees}{/when} {today}"),
        (PRINTS, "{form.opinion}", "{#when count(people) > 0 and applicant.email is not missing}{actor.name}{/when}"),
        (PRINTS, "{name} {/each}", "{n}. {name} {#when days > 1}{days}{/when} {/each}"),
        (PRINTS, "{#each people}{name} {/each}", "{#each fees}{title}: {amount} {dossier.code}{/each}"),
    ],
)
def test_a_form_in_order_is_left_alone(file: str, old: str, new: str) -> None:
    files, _ = with_change(file, old, f"▶{new}")
    assert [problem.rule for problem in check(files).problems] == []


def test_f07_shows_the_circle() -> None:
    files, _ = with_change(PROCEDURE, "type: integer, value: sum(people.days)", "type: integer, value: ▶twice + 1")
    (problem,) = [one for one in check(files).problems if one.rule == "F07"]
    assert problem.message("vi") == "Các trường tính toán phụ thuộc vòng: total → twice → total"


def test_a_field_of_one_branch_may_be_filled_again_after_they_meet() -> None:
    files, _ = with_change(
        PROCEDURE, "    checks: [{that: opinion", "▶    fills: [answer]\n    checks: [{that: opinion"
    )
    assert "F08" not in [problem.rule for problem in check(files).problems]
