"""Dossier components (D)."""

# ruff: noqa: E501 - one mistake a line reads better than one argument a line

import pytest

from tests.definition.rules.good_folder import GOOD, OTHER, PROCEDURE, check, marked, places, with_change

BAD = [
    ("D01", "\ndocuments:\n  - {key: request, title: Đơn đề nghị, form: sheet, originals: 1}",
     "\n▶documents:\n  - {key: request, title: Bản thuyết minh, originals: 1}"),
    ("D02", "{key: drawing, title: Bản vẽ, copies: 2,", "{key: ▶drawing, title: Bản vẽ,"),
    ("D03", "    of: one\n    items:\n      - {key: deed, title: Hợp đồng, originals: 1}\n", "    ▶of: one\n    items:\n"),
    ("D04", 'copies: 2, when: kind == "a"', 'copies: 2, when: ▶channel == "post"'),
    ("D05", "replaced_by: population-db", "replaced_by: population-db, required: ▶false"),
    ("D07", "{key: will, title: Di chúc", "{key: will, title: ▶Hợp đồng"),
    ("D07", "{key: small, title: Quy mô nhỏ}", "{key: small, title: ▶Quy mô lớn}"),
    ("D07", "title: Lệ phí,", "title: ▶Phí sao,"),
    ("D07", "title: Họp\n", "title: ▶Thẩm định\n"),
    ("D08", "{key: identity_paper, title: Giấy tờ tùy thân, copies: 1, replaced_by: population-db}",
     "{key: ▶identity_paper, title: Giấy tờ tùy thân, copies: 1}"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "old", "new"), BAD)
def test_a_mistake_among_the_documents_is_found_where_it_stands(rule: str, old: str, new: str) -> None:
    files, place = with_change(PROCEDURE, old, new)
    assert (PROCEDURE, *place) in places(check(files).problems, rule)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Đơn đề nghị, form: sheet", "title: Tờ khai"),
        ("title: Đơn đề nghị, form: sheet", "title: Giấy yêu cầu, form_code: Mẫu số 1"),
        ("title: Bản vẽ, copies: 2,", "title: Bản vẽ, presented: true,"),
        ("title: Bản vẽ, copies: 2,", "title: Bản vẽ, scans: 1,"),
        ("copies: 1, replaced_by: population-db", "replaced_by: population-db"),
        ("replaced_by: population-db", "replaced_by: population-db, required: false, required_when: kind == \"a\""),
        ('title: Bản vẽ, copies: 2, when: kind == "a"}',
         'title: Bản vẽ, copies: 2, when: kind == "a"}\n  - {key: sketch, title: Bản vẽ, copies: 1, when: kind == "b"}'),
    ],
)  # fmt: skip
def test_documents_in_order_are_left_alone(old: str, new: str) -> None:
    files, _ = with_change(PROCEDURE, old, f"▶{new}")
    assert [problem.rule for problem in check(files).problems] == []


def test_d07_compares_procedures_too() -> None:
    text = GOOD[PROCEDURE].replace("key: land/permit", "key: land/zother").replace('"1.000001"', '"1.000002"')
    second = OTHER.replace("other", "zother")
    files, place = marked({**GOOD, second: text.replace("\ntitle: ", "\ntitle: ▶")}, second)
    assert places(check(files).problems, "D07") == [(second, *place)]
