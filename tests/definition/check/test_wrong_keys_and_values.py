"""Bad snippets: the rule, the line and the column that the check must name."""

import pytest

from tests.definition.configs import SMALL, changed, checked, told

AGENCY = "agency: land-registry"
TIERS = """\
fees:
  - {key: a, title: A, kind: fee, amount: {tiers: {of: area, bands: [{up_to: 1, below: 2, is: 3}, {is: 4}]}}}
"""
FEE = "fees: [{key: a, title: A, kind: fee, amount: 1, "
PAPERS = """\
documents:
  - {key: a, title: A}
  - {group: g, title: G, items: [{key: a, title: B}, {key: b, title: C}]}
"""
# name, what is replaced, by what, the words at which the mistake stands, its rule
WRONG = [
    ("an unknown key at the top", "field: land", "field: land\nfeild: land", "feild", "K01"),
    ("an unknown key of a step", "within: 1 working day", "whithin: 1 working day", "whithin", "K01"),
    ("an unknown key of a field", "measure: ha", "mesure: ha", "mesure", "K01"),
    ("an unknown key of a choice", "agency: land-registry", "agency: {default: ppc, case: []}", "case:", "K01"),
    ("an unknown key of a case", AGENCY, "agency: {cases: [{if: a, when: resurvey, is: ppc}]}", "if:", "K01"),
    ("a missing title", "title: Thủ tục thử\n", "", "schema", "K02"),
    ("a missing label", "label: Diện tích, type", "type", "area: {type", "K02"),
    ("a step without a person", "by: officer@agency, ", "", "{step: work", "K02"),
    ("an effect without a day", "effective: {from: 2026-01-01}", "effective: {to: 2026-01-01}", "effective", "K02"),
    ("a case without a value", AGENCY, "agency: {default: ppc, cases: [{when: resurvey}]}", "{when", "K02"),
    ("a button without its text", "issues: [", "next: [{choose: go, to: return}], issues: [", "{choose", "K02"),
    ("a list where text is due", "title: Thủ tục thử", "title: [Thủ tục thử]", "[Thủ", "K03"),
    ("text where a list is due", "for: [citizen]", "for: citizen", "citizen", "K03"),
    ("a number that is none", "type: decimal, measure: ha", "type: text, max_length: many", "many", "K03"),
    ("a day that does not exist", "2026-01-01", "2026-02-30", "2026-02-30", "K03"),
    ("a duration in Vietnamese", "time_limit: 3 working days", "time_limit: 3 ngày", "3 ngày", "K03"),
    ("a person that is none", "by: officer@agency", "by: officer@@agency", "officer@@", "K03"),
    ("a field that is no mapping", "resurvey: {label: Đo đạc lại, type: yes_no}", "resurvey: có", "có", "K03"),
    ("yes for a flag", "type: yes_no}", "type: yes_no, required: yes}", "yes}", "S08"),
    ("a type that does not exist", "type: decimal", "type: decimel", "decimel", "K04"),
    ("a kind of applicant that does not exist", "for: [citizen]", "for: [citizens]", "citizens", "K04"),
    ("a way of submitting that does not exist", "field: land", "field: land\nchannels: [fax]", "fax", "K04"),
    ("a field named in capitals", "resurvey: {", "reSurvey: {", "reSurvey", "K05"),
    ("a field named with a dash", "resurvey: {", "re-survey: {", "re-survey", "K05"),
    ("a step named in Vietnamese", "step: work", "step: giải_quyết", "giải_quyết", "K05"),
    ("a key that differs from the path", "key: land/small", "key: land/large", "land/large", "K06"),
    ("two keys that exclude each other", "results: [", f"{TIERS}results: [", "below", "K07"),
    ("a mask for a number", "measure: ha", "measure: ha, mask: '99'", "mask", "K08"),
    ("a language of the future", "schema: 1", "schema: 2", "2", "K10"),
    ("two steps with one key", "step: return", "step: work", "work, title: Trả", "K11"),
    ("two results with one key", "title: Giấy}]", "title: Giấy}, {key: paper, title: B}]", "paper, title: B", "K11"),
    ("two papers with one key", "results: [", f"{PAPERS}results: [", "a, title: B", "K11"),
    ("a key that comes later", "field: land", "field: land\nhandbook: {}", "handbook", "K13"),
    ("a kind that is none", "title: Thủ tục thử", "kind: paper\ntitle: Thủ tục thử", "paper", "K04"),
    ("a type that is none", "type: yes_no", "type: ghost", "ghost", "K04"),
    ("a conduct that is none", "issues: [paper]", "issues: [paper], allow: [transfers]", "transfers", "K04"),
    ("a conduct nobody can take away", "issues: [paper]", "issues: [paper], deny: [refuse]", "refuse", "K04"),
    ("a place that is none", "issues: [paper]", "issues: [paper], not_from: Phòng", "Phòng", "K03"),
    ("a currency that is none", "results: [", f"{FEE}currency: usd}}]\nresults: [", "usd", "K04"),
    ("a part of days in a limit", "time_limit: 3 working days", "time_limit: 1.5 days", "1.5 days", "T06"),
    ("a shared form that is not there", "form:\n", "form:\n  use: land-chang\n", "land-chang", "R03"),
    ("a shared paper that is not there", "results: [", "documents: [{use: nothing}]\nresults: [", "nothing", "R03"),
    ("a shared list that is not there", "type: yes_no", "type: choice, options: list.none", "list.none", "R03"),
    ("a code that looks like a number", "field: land", "field: land\ncode: 1.004220", "1.004220", "S07"),
    ("an expression with a name nobody knows", "within: 1 working day", "when: resurvei", "resurvei", "X02"),
    ("an expression in quotes", "within: 1 working day", "when: 'resurvey and aria > 1'", "aria", "X02"),
    ("a condition that is no flag", "within: 1 working day", "when: area", "area, issues", "X03"),
    ("a default that is no option", "type: yes_no}", "type: choice, options: {a: A, b: B}, default: c}", "c}", "F12"),
    ("a day nobody names", "time_limit: 3 working days", "time_limit: until deadline", "deadline", "X02"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words", "rule"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_a_mistake_is_told_at_its_place(old: str, new: str, words: str, rule: str) -> None:
    text = changed(old, new)
    before = text[: text.index(words)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert told(checked(text).problems) == [(line, column, rule)]


def test_the_small_procedure_itself_is_right() -> None:
    assert told(checked().problems) == []


def test_every_mistake_of_a_file_is_told_at_once() -> None:
    text = changed("for: [citizen]", "for: citizen")
    text = changed("type: decimal", "type: decimel", text)
    text = changed("by: officer@agency, ", "", text)
    text = changed("key: land/small", "key: land/large", text)
    assert [rule for _, _, rule in told(checked(text).problems)] == ["K06", "K03", "K04", "K02"]


def test_an_unknown_key_is_answered_with_what_may_have_been_meant() -> None:
    problems = checked(changed("within: 1 working day", "whithin: 1 working day")).problems
    problem = next(one for one in problems if one.rule == "K01")
    assert 'bước "work"' in problem.message()
    assert "within" in problem.hint()


def test_what_was_refused_causes_no_second_message() -> None:
    text = SMALL.replace("form:\n  fields:\n", "form: wrong\nx-fields:\n  fields:\n")
    text = text.replace("within: 1 working day", "when: resurvey")
    assert [rule for _, _, rule in told(checked(text).problems)] == ["K03", "X02"]


def test_a_note_of_the_author_may_stand_anywhere() -> None:
    text = changed("measure: ha", "measure: ha, x-source: {any: [thing]}")
    text = changed(
        "agency: land-registry", "agency: {default: ppc, x-a: 1, cases: [{when: resurvey, is: ppc, x-b: 2}]}", text
    )
    text = changed("  fields:\n", "  fields:\n    x-note: các trường\n", text)
    assert told(checked(text + "x-note: ghi chú\n").problems) == []
