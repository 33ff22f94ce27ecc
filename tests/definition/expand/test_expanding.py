"""What is written becomes the whole document: shared pieces laid in, defaults filled, short spellings long."""

from typing import Any

import pytest

from tests.definition.configs import SMALL, changed, checked, expanded, told

FORM = """\
schema: 1
key: shared-form
title: Mẫu chung
form_code: Mẫu số 1
sections:
  - {key: one, title: Một, fields: [owner, address]}
  - {key: two, title: Hai, fields: [note]}
fields:
  owner: {label: Chủ, required: true}
  address: {label: Địa chỉ, type: address}
  note: {label: Ghi chú, max_length: 50}
checks:
  - {that: owner is not missing, say: Thiếu chủ}
"""
ROUTE = """\
schema: 1
key: shared-route
title: Bốn bước
route:
  - {step: receive, title: Nhận, by: reception}
  - {step: check, title: Kiểm tra, by: officer@agency, within: 1 working day}
  - {step: sign, title: Ký, by: leader@agency, within: 4 hours, issues: [paper]}
  - {step: return, title: Trả, by: reception}
"""


def with_form(lines: str) -> dict[str, Any]:
    text = SMALL[: SMALL.index("form:\n")] + "form:\n  use: shared-form\n" + lines + SMALL[SMALL.index("route:\n") :]
    document: Any = expanded(text, shared__forms__shared_DASH_form=FORM)["form"]
    return document


def with_route(lines: str) -> list[dict[str, Any]]:
    text = SMALL[: SMALL.index("route:\n")] + "route:\n  use: shared-route\n" + lines
    document: Any = expanded(text, shared__routes__shared_DASH_route=ROUTE)["route"]
    return list(document["default"])


def keys(items: list[dict[str, Any]]) -> list[str]:
    return [item.get("step") or item["key"] for item in items]


def test_a_shared_form_is_laid_in_with_own_fields_after_it() -> None:
    form = with_form("  fields:\n    extra: {label: Thêm}\n")
    assert list(form["fields"]) == ["owner", "address", "note", "extra"]
    assert form["form_code"] == "Mẫu số 1"
    assert [(section["key"], section["fields"]) for section in form["sections"]] == [
        ("one", ["owner", "address"]),
        ("two", ["note"]),
        ("more", ["extra"]),
    ]
    assert form["checks"] == [{"that": "owner is not missing", "say": "Thiếu chủ"}]


def test_an_existing_field_is_overridden_attribute_by_attribute() -> None:
    note = with_form("  fields:\n    note: {max_length: 80, list: true}\n")["fields"]["note"]
    assert (note["label"], note["max_length"], note["list"]) == ("Ghi chú", 80, True)


def test_a_dropped_field_leaves_its_section_too() -> None:
    form = with_form("  drop: [address]\n")
    assert "address" not in form["fields"]
    assert form["sections"][0]["fields"] == ["owner"]


def test_a_section_replaces_the_shared_one_of_its_key_or_stands_before_another() -> None:
    form = with_form(
        "  sections:\n"
        "    - {key: two, title: Mới, fields: [note]}\n"
        "    - {key: zero, title: Không, fields: [owner], before: one}\n"
    )
    assert [(section["key"], section["title"]) for section in form["sections"]] == [
        ("zero", "Không"),
        ("one", "Một"),
        ("two", "Mới"),
    ]


def test_what_steps_fill_stands_in_a_section_of_the_office() -> None:
    text = changed("issues: [paper]", "issues: [paper], fills: [resurvey]")
    form: Any = expanded(text)["form"]
    assert [(one["key"], one["fields"]) for one in form["sections"]] == [("main", ["area"]), ("office", ["resurvey"])]


def test_a_required_section_makes_its_fields_required_unless_they_say_no() -> None:
    text = changed(
        "form:\n", "form:\n  sections: [{key: main, title: Chính, fields: [area, resurvey], required: true}]\n"
    )
    text = changed("type: yes_no}", "type: yes_no, required: false}", text)
    fields: Any = expanded(text)["form"]
    assert [field["required"] for field in fields["fields"].values()] == [True, False]


def test_defaults_follow_the_type_of_a_field() -> None:
    text = changed(
        "type: yes_no}",
        "type: yes_no}\n    a: {label: A, type: long_text}\n    b: {label: B, type: person_id}\n"
        "    c: {label: C, type: file}\n    d: {label: D, type: area}",
    )
    fields: Any = expanded(text)["form"]
    a, b, c, d = (fields["fields"][key] for key in "abcd")
    assert (a["max_length"], "decimals" in a) == (10_000, False)
    assert b["sensitive"] is True
    assert (c["max_mb"], c["accept"]) == (20, ["pdf", "jpg", "png", "docx", "xlsx"])
    assert (d["measure"], d["decimals"]) == ("m²", 2)


def test_steps_are_inserted_changed_and_dropped_by_name() -> None:
    steps = with_route(
        "  change: {check: {within: 2 working days}}\n"
        "  drop: [sign]\n"
        "  insert:\n"
        "    - {after: check, steps: [{step: a, title: A, by: officer@agency}, {step: b, title: B, by: reception}]}\n"
        "    - {after: check, steps: [{step: c, title: C, by: officer@agency}]}\n"
        "    - {before: return, steps: [{step: d, title: D, by: officer@agency}]}\n"
    )
    assert keys(steps) == ["receive", "check", "a", "b", "c", "d", "return"]
    assert steps[1]["within"] == {"default": "2 working days", "cases": []}
    assert steps[1]["title"] == "Kiểm tra"
    assert [step["next"][0]["to"] for step in steps] == [["check"], ["a"], ["b"], ["c"], ["d"], ["return"], ["end"]]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ("  change: {chek: {within: 1 hour}}\n", "R09"),
        ("  drop: [nothing]\n", "R09"),
        ("  insert: [{after: nothing, steps: [{step: a, title: A, by: reception}]}]\n", "R09"),
        ("  insert: [{steps: [{step: a, title: A, by: reception}]}]\n", "K02"),
        ("  insert: [{after: check, steps: [{step: sign, title: A, by: reception}]}]\n", "K11"),
        ("  insert: [{after: check, before: sign, steps: [{step: a, title: A, by: reception}]}]\n", "K07"),
    ],
)
def test_what_a_shared_route_does_not_have_cannot_be_named(lines: str, rule: str) -> None:
    text = SMALL[: SMALL.index("route:\n")] + "route:\n  use: shared-route\n" + lines
    outcome = checked(text, shared__routes__shared_DASH_route=ROUTE)
    assert rule in [found for _, _, found in told(outcome.problems)]


def test_shared_routes_that_use_each_other_are_a_circle() -> None:
    one = "schema: 1\nkey: one\ntitle: Một\nroute: {use: two}\n"
    two = "schema: 1\nkey: two\ntitle: Hai\nroute: {use: one}\n"
    outcome = checked(SMALL, shared__routes__one=one, shared__routes__two=two)
    assert {problem.rule for problem in outcome.problems if problem.file.startswith("shared/")} >= {"R11"}


def test_kind_of_work_and_status_follow_from_the_place_in_the_table() -> None:
    route: Any = expanded()["route"]
    assert [(step["does"], step["status"]) for step in route["default"]] == [
        ("intake", "submitted"),
        ("work", "processing"),
        ("return", "result_ready"),
    ]


def test_nothing_to_hand_over_needs_no_return() -> None:
    route: Any = expanded(changed("title: Giấy}]", "title: Giấy, given_as: none}]"))["route"]
    assert route["default"][-1]["does"] == "work"


def test_a_step_by_the_applicant_that_waits_for_money_is_a_financial_duty() -> None:
    text = changed("by: officer@agency, within: 1 working day", "by: applicant, wait: {for: payment, of: [fee]}")
    route: Any = expanded(text)["route"]
    assert route["default"][1]["status"] == "financial_duty"


@pytest.mark.parametrize(
    ("within", "warn"),
    [("3 working days", []), ("4 working days", ["2 working days"]), ("40 hours", []), ("2 weeks", ["2 working days"])],
)
def test_long_budgets_are_warned_about(within: str, warn: list[str]) -> None:
    route: Any = expanded(changed("within: 1 working day", f"within: {within}"))["route"]
    assert route["default"][1]["warn"] == warn


def test_short_spellings_become_long() -> None:
    text = changed(
        "issues: [paper]",
        "issues: [paper], wait: 15 days, pauses: true, allow: [refuse, {supplement: {max: 2}}], next: return",
    )
    document: Any = expanded(text)
    step = document["route"]["default"][1]
    assert step["wait"] == {"for": "time", "last": "15 days"}
    assert step["pauses"] == {"then": "resume", "only": "dossier"}
    assert step["allow"] == {"refuse": {}, "supplement": {"max": {"default": 2, "cases": []}}}
    assert step["next"] == [{"to": ["return"], "comment": "optional"}]
    assert document["agency"] == {"default": "land-registry", "cases": []}
    assert document["authority"] == document["agency"]
    assert document["time_limit"] == {"default": "3 working days", "cases": [], "add": [], "starts": "received"}
    assert document["legal_basis"] == [{"title": "Nghị định mẫu"}]
    assert document["keep"] == {"time": "70 years", "from": "end", "then": "archive"}


def test_sections_named_in_fills_become_their_fields() -> None:
    text = changed("form:\n", "form:\n  sections: [{key: part, title: Phần, fields: [area, resurvey]}]\n")
    route: Any = expanded(changed("issues: [paper]", "issues: [paper], fills: [part]", text))["route"]
    assert route["default"][1]["fills"] == ["area", "resurvey"]


def test_options_of_a_list_are_laid_in_with_their_columns() -> None:
    listed = (
        "schema: 1\nkey: kinds\ntitle: Loại\ncolumns: {sign: Viết tắt}\noptions:\n  a: {label: A, sign: X}\n  b: Bê\n"
    )
    fields: Any = expanded(changed("type: yes_no", "type: choice, options: list.kinds"), shared__lists__kinds=listed)[
        "form"
    ]
    assert fields["fields"]["resurvey"]["options"] == {
        "a": {"label": "A", "columns": {"sign": "X"}},
        "b": {"label": "Bê"},
    }
    assert fields["fields"]["resurvey"]["option_list"] == "kinds"


def test_a_paper_without_a_count_is_one_copy_and_one_that_is_only_shown_is_none() -> None:
    text = changed(
        "results: [",
        "documents: [{key: a, title: A}, {key: b, title: B, originals: 1}, {key: c, title: C, presented: true}]\n"
        "results: [",
    )
    documents: Any = expanded(text)["documents"]
    assert [(one["copies"], one["originals"], one["returned"]) for one in documents] == [
        (1, 0, False),
        (0, 1, False),
        (0, 0, True),
    ]


def test_answers_in_tests_keep_what_was_written() -> None:
    text = changed("type: yes_no}", "type: yes_no}\n    number: {label: Số}")
    text = changed(
        "given: {received: 2026-03-02 09:00}",
        "given: {received: 2026-03-02 09:00, form: {number: 12, area: 99.50, resurvey: true}}",
        text,
    )
    tests: Any = expanded(text)["tests"]
    assert tests[0]["given"]["form"] == {"number": "12", "area": "99.50", "resurvey": True}
    assert tests[0]["walk"] == [{"do": "receive"}]


def test_prints_that_steps_name_are_pinned_in_the_document() -> None:
    prints = (
        "schema: 1\nprints:\n  note: {title: Phiếu, body: 'Hồ sơ {dossier.code}'}\n  other: {title: Khác, body: X}\n"
    )
    document: Any = expanded(changed("issues: [paper]", "issues: [paper], print: [note]"), shared__prints=prints)
    assert list(document["prints"]) == ["note"]
    assert document["prints"]["note"]["paper"] == "A4"


def test_prints_of_conduct_of_the_set_and_of_the_form_are_pinned_too() -> None:
    keys = ("of_form", "added", "instead", "refused", "stop", "unnamed")
    prints = "schema: 1\nprints:\n" + "".join(f"  {key}: {{title: Phiếu, body: X}}\n" for key in keys)
    text = SMALL[: SMALL.index("form:\n")] + "form: {use: shared-form}\n" + SMALL[SMALL.index("route:\n") :]
    text += "prints: {add: [added], replace: {receipt: instead}}\nconduct: {refuse: {print: [refused]}}\n"
    form = FORM.replace("form_code: Mẫu số 1", "form_code: Mẫu số 1\nprint: of_form")
    document: Any = expanded(text, shared__forms__shared_DASH_form=form, shared__prints=prints)
    assert set(document["prints"]) == {"of_form", "added", "instead", "refused", "stop"}
    assert document["print_set"] == {"add": ["added"], "replace": {"receipt": "instead"}}
    assert document["form"]["print"] == "of_form"


def test_the_form_of_the_year_is_taken() -> None:
    older = FORM.replace("form_code: Mẫu số 1", "form_code: Mẫu cũ\neffective: {from: 2020-01-01, to: 2025-12-31}")
    newer = FORM.replace("form_code: Mẫu số 1", "form_code: Mẫu mới\neffective: {from: 2026-01-01}")
    text = SMALL[: SMALL.index("form:\n")] + "form: {use: shared-form}\n" + SMALL[SMALL.index("route:\n") :]
    others = {"shared__forms__shared_DASH_form": older, "shared__forms__shared_DASH_form.2026-01-01": newer}
    form: Any = expanded(text, **others)["form"]
    assert form["form_code"] == "Mẫu mới"


def test_a_long_title_is_shortened_at_a_word() -> None:
    short: Any = expanded(changed("title: Thủ tục thử", "title: " + "Đăng ký biến động đất đai " * 4))["short_title"]
    assert len(short) <= 60
    assert short == "Đăng ký biến động đất đai Đăng ký biến động đất đai Đăng…"


def test_comments_and_spelling_change_nothing_but_order_does() -> None:
    digest = checked().procedures["land/small"].digest
    assert (
        checked("# ghi chú\n" + SMALL.replace("[citizen]", "\n  - citizen")).procedures["land/small"].digest == digest
    )
    lines = SMALL.split("\n")
    swapped = "\n".join([*lines[:12], lines[13], lines[12], *lines[14:]])
    assert checked(swapped).procedures["land/small"].digest != digest
