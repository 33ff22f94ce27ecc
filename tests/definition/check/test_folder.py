"""A whole folder: files that stand nowhere, keys defined twice, shared pieces that are broken, parts of a folder."""

import pytest

from app.definition.check import Checked, check_config
from tests.definition.configs import SMALL, SMALL_PATH, changed, checked, example_files, small_folder, told

FORM = """\
schema: 1
key: common-form
title: Mẫu chung
fields:
  owner: {label: Chủ sử dụng}
"""
USES_FORM = changed("form:\n", "form:\n  use: common-form\n")


def rules_of(outcome: Checked, file: str) -> list[str]:
    return [rule for _, _, rule in told(outcome.problems, file)]


def test_a_broken_file_never_hides_another() -> None:
    files = small_folder()
    files["procedures/land/broken.yaml"] = b"schema: 1\nkey: [\n"
    files["procedures/land/other.yaml"] = SMALL.replace("land/small", "land/other").encode()
    outcome = check_config(files)
    assert rules_of(outcome, "procedures/land/broken.yaml") == ["Y01"]
    assert set(outcome.procedures) == {"land/small", "land/other"}


def test_a_file_in_no_known_place_is_told() -> None:
    files = small_folder()
    files["shared/forrms/x.yaml"] = b"schema: 1\n"
    assert rules_of(check_config(files), "shared/forrms/x.yaml") == ["Y09"]


def test_a_file_in_no_known_place_is_told_when_it_alone_is_asked_for() -> None:
    files = small_folder()
    files["shared/forrms/x.yaml"] = b"schema: 1\n"
    assert [one.rule for one in check_config(files, {"shared/forrms/x.yaml"}).problems] == ["Y09"]


def test_a_folder_without_organisation_says_so() -> None:
    files = small_folder()
    del files["organisation.yaml"]
    outcome = check_config(files)
    assert rules_of(outcome, "organisation.yaml") == ["K02"]
    assert outcome.organisation is None
    assert not outcome.procedures["land/small"].publishable


def test_a_key_defined_in_two_files_names_both_places() -> None:
    files = small_folder()
    whole = files.pop("organisation.yaml").decode()
    head, units = whole.split("units:\n")
    files["organisation/a.yaml"] = head.encode()
    files["organisation/b.yaml"] = ("schema: 1\nunits:\n" + units).encode()
    assert [one.rule for one in check_config(files).problems if one.rule == "K12"] == []
    files["organisation/c.yaml"] = b"schema: 1\nunits:\n  survey: {title: X}\n"
    outcome = check_config(files)
    assert told(outcome.problems, "organisation/c.yaml") == [(3, 3, "K12")]
    problem = next(one for one in outcome.problems if one.rule == "K12")
    assert "organisation/b.yaml:" in problem.message()


def test_an_organisation_may_be_a_folder() -> None:
    files = small_folder()
    files["organisation/all.yaml"] = files.pop("organisation.yaml")
    organisation = check_config(files).organisation
    assert organisation is not None
    assert "survey" in organisation.units


@pytest.mark.parametrize(
    ("form", "publishable"),
    [
        (FORM, True),
        (FORM.replace("label: Chủ sử dụng", "lable: Chủ"), False),
        (FORM.replace("label: Chủ sử dụng", "help: Chủ"), False),
    ],
    ids=["right", "unknown key", "missing key"],
)
def test_a_broken_shared_form_keeps_its_users_from_being_published(form: str, publishable: bool) -> None:
    outcome = checked(USES_FORM, shared__forms__common_DASH_form=form)
    mistakes = [one for one in outcome.procedures["land/small"].problems if one.file.startswith("shared/")]
    assert (not mistakes) is publishable
    assert outcome.procedures["land/small"].publishable <= publishable


def test_a_broken_shared_form_does_not_touch_those_who_do_not_use_it() -> None:
    outcome = checked(SMALL, shared__forms__common_DASH_form=FORM + "wrong: true\n")
    assert rules_of(outcome, "shared/forms/common-form.yaml") == ["K01"]
    assert all(one.file == SMALL_PATH for one in outcome.procedures["land/small"].problems)


def test_only_the_register_that_is_used_matters() -> None:
    registers = "schema: 1\nregisters:\n  good: {title: A, number: '{n}'}\n  bad: {title: B, number: '{n}', wrong: x}\n"
    with_good = changed("title: Giấy}]", "title: Giấy, register: good}]")
    with_bad = changed("title: Giấy}]", "title: Giấy, register: bad}]")
    for text, touched in ((with_good, False), (with_bad, True)):
        outcome = checked(text, shared__registers=registers)
        assert rules_of(outcome, "shared/registers.yaml") == ["K01"]
        concerned = [
            one.rule for one in outcome.procedures["land/small"].problems if one.file == "shared/registers.yaml"
        ]
        assert ("K01" in concerned) is touched


def test_a_mistake_in_a_shared_form_is_told_there_even_when_found_in_a_procedure() -> None:
    form = FORM.replace("{label: Chủ sử dụng}", "{label: Chủ sử dụng, show_when: resurvei}")
    outcome = checked(USES_FORM, shared__forms__common_DASH_form=form)
    assert told(outcome.problems, "shared/forms/common-form.yaml") == [(5, 42, "X02")]
    assert told(outcome.problems) == []


def test_with_only_nothing_is_said_of_other_files() -> None:
    files = small_folder()
    files["procedures/land/other.yaml"] = SMALL.replace("key: land/small", "keyy: land/other").encode()
    outcome = check_config(files, {SMALL_PATH})
    assert {one.file for one in outcome.problems} <= {SMALL_PATH}
    assert set(outcome.procedures) == {"land/small", "land/other"}
    assert not outcome.procedures["land/other"].publishable
    assert set(check_config(files, {SMALL_PATH}, alone=True).procedures) == {"land/small"}


def test_with_only_the_shared_pieces_of_that_file_are_told_too() -> None:
    files = small_folder(USES_FORM, shared__forms__common_DASH_form=FORM + "wrong: true\n")
    outcome = check_config(files, {SMALL_PATH})
    assert rules_of(outcome, "shared/forms/common-form.yaml") == ["K01"]


def test_a_second_version_has_the_key_of_the_first() -> None:
    files = small_folder(changed("{from: 2026-01-01}", "{from: 2026-01-01, to: 2026-05-31}"))
    files["procedures/land/small.2026-06-01.yaml"] = changed("2026-01-01", "2026-06-01").encode()
    outcome = check_config(files)
    assert set(outcome.procedures) == {"land/small", "land/small.2026-06-01"}
    assert {one.key for one in outcome.procedures.values()} == {"land/small"}
    assert [one.rule for one in outcome.problems if one.rule == "K06"] == []


@pytest.mark.parametrize(
    ("path", "old", "new", "rule"),
    [
        ("calendar/2026.yaml", "year: 2026", "year: 2027", "K06"),
        ("calendar/2026.yaml", "{from: 2026-01-01, title", "{from: 2025-01-01, title", "K03"),
        ("calendar/2026.yaml", "to: 2026-05-01", "to: 2026-04-01", "P04"),
        ("calendar/2026.yaml", "step_days: days", "step_days: weeks", "K04"),
        ("calendar/2026.yaml", "steps: false", "steps: true", "K13"),
        ("organisation.yaml", "outside: true", "outside: yes", "S08"),
    ],
)
def test_a_mistake_in_a_common_file_keeps_every_procedure_from_being_published(
    path: str, old: str, new: str, rule: str
) -> None:
    files = small_folder()
    files[path] = files[path].replace(old.encode(), new.encode(), 1)
    outcome = check_config(files)
    assert rule in [one.rule for one in outcome.problems if one.file == path]
    assert not outcome.procedures["land/small"].publishable


def test_a_year_that_is_missing_between_two_is_told() -> None:
    files = example_files("organisation.yaml", "calendar/2026.yaml")
    files["calendar/2028.yaml"] = files["calendar/2026.yaml"].replace(b"2026", b"2028")
    outcome = check_config(files)
    assert [one.message() for one in outcome.problems if one.rule == "T13" and one.file == "calendar/2028.yaml"] == [
        "Chưa có lịch làm việc năm 2027"
    ]


def test_an_option_may_only_have_the_columns_of_its_list() -> None:
    head = "schema: 1\nkey: kinds\ntitle: Loại\ncolumns: {sign: Viết tắt}\n"
    listed = head + "options:\n  a: {label: A, sign: ''}\n  b: {label: B, sing: X}\n"
    outcome = checked(SMALL, shared__lists__kinds=listed)
    assert told(outcome.problems, "shared/lists/kinds.yaml") == [(7, 17, "K01")]
