"""Names of other things: R01 R02 R04 R05 R07 R08 R10."""

# ruff: noqa: E501 - one mistake a line reads better than one argument a line

import pytest

from tests.definition.rules.good_folder import (
    FORM,
    GOOD,
    LIST,
    ORGANISATION,
    OTHER,
    PRINTS,
    PROCEDURE,
    REGISTERS,
    check,
    marked,
    places,
    with_change,
)

BAD = [
    ("R01", PROCEDURE, "joins: [ask, check]", "joins: [ask, ▶chekc]"),
    ("R01", PROCEDURE, "not_by: [appraise]", "not_by: [▶apraise]"),
    ("R01", PROCEDURE, "title: Đồng ý, to: pay", "title: Đồng ý, to: ▶paid"),
    ("R01", PROCEDURE, "on_late: remind", "on_late: {to: ▶stop_here}"),
    ("R01", PROCEDURE, "at: receive}", "at: ▶recieve}"),
    ("R01", PROCEDURE, "starts: step.appraise", "starts: ▶step.appraised"),
    ("R01", PROCEDURE, "by: head@agency\n    phase: first\n    joins", "by: ▶actor.nobody\n    phase: first\n    joins"),
    ("R01", PROCEDURE, "      - ask\n", "      - ▶asked\n"),
    ("R01", PROCEDURE, "open: [appraise]", "open: [▶apraise]"),
    ("R01", PROCEDURE, "step_due: {receive:", "step_due: {▶recieve:"),
    ("R01", PROCEDURE, "extend: {max: 1}", "extend: {max: 1}\n  send_back: {to: [▶appraised]}"),
    ("R01", PROCEDURE, "extend: {max: 1}", "extend: {max: 1}\n  withdraw: {until: ▶signed}"),
    ("R01", PROCEDURE, "    fills: [opinion,", "    allow: [{send_back: {to: [▶receved]}}]\n    fills: [opinion,"),
    ("R02", PROCEDURE, "    not_by: [appraise]", "    not_by: [appraise]\n    not_from: ▶field.place"),
    ("R04", PROCEDURE, "extend: {max: 1}", "extend: {max: 1, ask_by: ▶boss@agency}"),
    ("R04", PROCEDURE, "refuse: {result: refusal,", "refuse: {approve: ▶chief@agency, result: refusal,"),
    ("R04", PROCEDURE, "    not_by: [appraise]", "    not_by: [appraise]\n    escalate: ▶boss@agency"),
    ("R05", PROCEDURE, "    not_by: [appraise]", "    not_by: [appraise]\n    not_from: ▶divisions"),
    ("R05", PROCEDURE, "extend: {max: 1}", "extend: {max: 1}\n  transfer: {to: [ppc, ▶ppcs]}"),
    ("R08", PROCEDURE, "    not_by: [appraise]", "    not_by: [appraise]\n    pay: [▶fees]"),
    ("R02", PROCEDURE, "fills: [checked]", "fills: [▶cheked]"),
    ("R02", PROCEDURE, "fills: [answer]", "fills: [▶answers]"),
    ("R02", PROCEDURE, "number: {register: permits}", "number: {register: permits, into: ▶permit_number}"),
    ("R02", PROCEDURE, "columns: [code, kind, due]", "columns: [code, ▶kinds, due]"),
    ("R02", PROCEDURE, "filters: [status, duty]", "filters: [status, ▶duties]"),
    ("R02", PROCEDURE, "sort: -due", "sort: ▶-dues"),
    ("R02", PROCEDURE, "header: [kind]", "header: [▶kinds]"),
    ("R02", PROCEDURE, "form: {kind: a,", "form: {kind: a, ▶colour: red,"),
    ("R02", PROCEDURE, "fill: {duty: false", "fill: {▶duti: false, duty: false"),
    ("R02", PROCEDURE, "by: person.members", "by: ▶person.member"),
    ("R02", PROCEDURE, "  checks:\n", "  sections: [{key: more, title: Thêm, fields: [▶areas]}]\n  checks:\n"),
    ("R04", PROCEDURE, "by: leader@authority", "by: ▶laeder@authority"),
    ("R04", PROCEDURE, "extend: {max: 1}", "extend: {max: 1, by: ▶boss@agency}"),
    ("R04", ORGANISATION, "roles: [head, officer]", "roles: [head, ▶oficer]"),
    ("R04", PRINTS, "    title: Biên bản\n", "    title: Biên bản\n    signed_by: ▶leadr@agency\n"),
    ("R05", PRINTS, "    title: Biên bản\n", "    title: Biên bản\n    signed_by: ▶leader@ofice\n"),
    ("R07", PRINTS, "    title: Biên bản\n", "    title: Biên bản\n    number: ▶permit\n"),
    ("R07", PROCEDURE, "\nfield: land", "\nfield: land\nprints: {add: [▶minute]}"),
    ("R07", PROCEDURE, "\nfield: land", "\nfield: land\nprints: {replace: {stop: ▶minute}}"),
    ("K01", PROCEDURE, "\nfield: land", "\nfield: land\nprints: {replace: {▶reciept: minutes}}"),
    ("R07", FORM, "title: Đơn mẫu\n", "title: Đơn mẫu\nprint: ▶minute\n"),
    ("R05", PROCEDURE, "\nfield: land", "\nfield: ▶lands"),
    ("R05", PROCEDURE, "levels: [province]", "levels: [province, ▶ward]"),
    ("R05", PROCEDURE, "\nagency: division", "\nagency: ▶divison"),
    ("R05", PROCEDURE, "is: office}", "is: ▶ofice}"),
    ("R05", PROCEDURE, "partners: [tax]", "partners: [▶taxes]"),
    ("R05", PROCEDURE, "by: officer@police", "by: ▶officer@polce"),
    ("R05", PROCEDURE, "by_hand: reception", "by_hand: ▶officer@type.one-shop"),
    ("R05", PROCEDURE, "payee: tax", "payee: ▶taxes"),
    ("R05", PROCEDURE, "replaced_by: population-db", "replaced_by: ▶population"),
    ("R05", PROCEDURE, "unit: counter", "unit: ▶countr"),
    ("R04", PROCEDURE, "members: {label: Tổ kiểm tra,", "members: {label: Tổ kiểm tra, of: ▶oficer@division,"),
    ("R04", PROCEDURE, "way: {label: Cách nhận,", "way: {label: Cách nhận, shown_to: [reception, ▶haed@agency],"),
    ("R05", PROCEDURE, "    duty: {", "    where: {label: Nơi, type: unit, of: ▶one-shop}\n    duty: {"),
    ("R05", PROCEDURE, "way: {label: Cách nhận,", "way: {label: Cách nhận, prefill: ▶applicant.hobby,"),
    ("R05", PROCEDURE, "way: {label: Cách nhận,", "way: {label: Cách nhận, prefill: ▶population.identity_paper,"),
    ("R05", PROCEDURE, "way: {label: Cách nhận,", "way: {label: Cách nhận, prefill: ▶population-db.photo,"),
    ("R06", PROCEDURE, "    duty: {", "    older: {label: Hồ sơ cũ, type: dossier, of: ▶land/none}\n    duty: {"),
    ("R05", ORGANISATION, "successor: division", "successor: ▶divisions"),
    ("R05", ORGANISATION, "type: one-stop", "type: ▶one-shop"),
    ("R05", ORGANISATION, "{title: Sở mẫu, level: province", "{title: Sở mẫu, level: ▶provinces"),
    ("R05", ORGANISATION, "titles: {province:", "titles: {▶ward:"),
    ("R07", PROCEDURE, "register: permits, when", "register: ▶permit, when"),
    ("R07", PROCEDURE, "number: {register: permits}", "number: {register: ▶licences}"),
    ("R07", PROCEDURE, "print: [minutes]", "print: [▶minute]"),
    ("R07", PROCEDURE, "print: [refusal]", "print: [▶refusals]"),
    ("R08", PROCEDURE, "issues: [permit, refusal]", "issues: [permit, refusal, ▶permits]"),
    ("R08", PROCEDURE, "refuse: {result: refusal,", "refuse: {result: ▶refused,"),
    ("R08", PROCEDURE, "phase: second}", "phase: ▶third}"),
    ("R08", PROCEDURE, "of: [tax]", "of: [tax, ▶toll]"),
    ("R08", PROCEDURE, "silence: no_opinion", "silence: ▶no_opinions"),
    ("R08", PROCEDURE, "variant: large,", "variant: ▶huge,"),
    ("R08", PROCEDURE, "choose: agree}", "choose: ▶agreed}"),
    ("R08", PROCEDURE, "b: {else: 50000}", "▶c: {else: 50000}"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "file", "old", "new"), BAD)
def test_a_name_that_does_not_exist_is_found_where_it_stands(rule: str, file: str, old: str, new: str) -> None:
    files, (line, column) = with_change(file, old, new)
    assert (file, line, column) in places(check(files).problems, rule)


def test_the_nearest_names_are_offered() -> None:
    files, _ = with_change(PROCEDURE, "fills: [checked]", "fills: [▶cheked]")
    (problem,) = [one for one in check(files).problems if one.rule == "R02"]
    assert '"checked"' in problem.hint("vi")
    assert problem.message("vi") == 'Không có trường "cheked" trong biểu mẫu này'


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("shared/forms/alone.yaml", GOOD[FORM].replace("key: sheet", "key: ▶alone"), "alone"),
        ("shared/lists/alone.yaml", GOOD[LIST].replace("key: kinds", "key: ▶alone"), "alone"),
        (
            "shared/routes/alone.yaml",
            "schema: 1\nkey: ▶alone\ntitle: Quy trình\nroute:\n  - {step: receive, title: Nhận, by: reception}\n",
            "alone",
        ),
        ("shared/documents/alone.yaml", "schema: 1\ndocuments:\n  ▶alone: {title: Giấy, originals: 1}\n", "alone"),
    ],
)
def test_a_shared_piece_that_nobody_uses_is_told(file: str, text: str, place: str) -> None:
    files, (line, column) = marked({**GOOD, file: text}, file)
    problems = check(files).problems
    assert places(problems, "R10") == [(file, line, column)]
    assert [problem.rule for problem in problems] == ["R10"]
    assert place in problems[0].message("en")


def test_a_print_that_no_step_names_is_told() -> None:
    files, (line, column) = with_change(PRINTS, "  minutes:\n", "  unused: {title: Mẫu, body: Nội dung}\n  ▶minutes:\n")
    files[PROCEDURE] = files[PROCEDURE].replace("print: [minutes]", "print: [unused]")
    assert places(check(files).problems, "R10") == [(PRINTS, line, column)]


def test_standard_prints_need_no_declaration() -> None:
    files, _ = with_change(PROCEDURE, "print: [minutes]", "print: [▶minutes, control_slip]")
    assert check(files).problems == ()


def test_one_step_table_does_not_lend_its_steps_to_another() -> None:
    text = GOOD[PROCEDURE].replace("key: land/permit", "key: land/other").replace('"1.000001"', '"1.000002"')
    text = text.replace("title: Cấp giấy phép mẫu", "title: Giấy phép khác")
    files, place = marked({**GOOD, OTHER: text.replace("joins: [ask, check]", "joins: [ask, ▶elsewhere]")}, OTHER)
    assert places(check(files).problems, "R01") == [(OTHER, *place)]


def test_a_register_is_known_from_its_own_file() -> None:
    files, _ = with_change(REGISTERS, "  permits:", "  ▶licences:")
    assert [(one[0]) for one in places(check(files).problems, "R07")] == [PROCEDURE, PROCEDURE]
