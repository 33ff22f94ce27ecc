from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vietnamese.fault import Fault
from app.vietnamese.identity import (
    birth_year,
    check_citizen_id,
    check_old_id,
    check_person_id,
    check_phone,
    check_tax_code,
    compact,
    format_phone,
    format_tax_code,
    is_female,
    mask,
    national_phone,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("number", ["031088000123", "031 088 000 123", "001203004567", "096300000001", "245090000001"])
def test_a_possible_citizen_number_passes(number):
    assert check_citizen_id(number, today=TODAY) is None


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", Fault("id_empty", {"expected": 12})),
        ("03108800012", Fault("id_length", {"expected": 12, "found": 11})),
        ("0310880001234", Fault("id_length", {"expected": 12, "found": 13})),
        ("03108800012A", Fault("id_not_digits", {"expected": 12})),
        ("٠٣١٠٨٨٠٠٠١٢٣", Fault("id_not_digits", {"expected": 12})),
        ("003088000123", Fault("id_province", {"found": "003"})),
        ("000088000123", Fault("id_province", {"found": "000"})),
        ("031227000123", Fault("id_year", {"year": 2027})),
        ("031499000123", Fault("id_year", {"year": 2199})),
    ],
)
def test_an_impossible_citizen_number_says_why(number, fault):
    assert check_citizen_id(number, today=TODAY) == fault


def test_the_number_must_agree_with_the_birth_date():
    assert check_citizen_id("031088000123", born=date(1988, 5, 1), today=TODAY) is None
    assert check_citizen_id("031088000123", born=date(1989, 5, 1), today=TODAY) == Fault(
        "id_born", {"year": 1988, "born": 1989}
    )


def test_year_and_sex_are_read_from_the_number():
    assert (birth_year("031088000123"), is_female("031088000123")) == (1988, False)
    assert (birth_year("031303000123"), is_female("031303000123")) == (2003, True)


def test_an_old_number_has_nine_digits_and_is_told_by_its_length():
    assert check_old_id("031234567") is None
    assert check_person_id("031234567", today=TODAY) is None
    assert check_person_id("031088000123", today=TODAY) is None
    assert check_person_id("0312345678", today=TODAY) == Fault("id_length", {"expected": 12, "found": 10})
    assert check_old_id("03123456x") == Fault("id_not_digits", {"expected": 9})


@pytest.mark.parametrize(
    "code", ["0100109106", "0101243150", "0300588569", "0100109106-001", "0100109106001", "0100 109 106"]
)
def test_real_tax_codes_pass(code):
    assert check_tax_code(code) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "tax_empty"),
        ("010010910", "tax_length"),
        ("0100109106-01", "tax_length"),
        ("0100109107", "tax_check_digit"),
        ("0100109106-000", "tax_branch"),
        ("01001O9106", "tax_not_digits"),
    ],
)
def test_an_impossible_tax_code_says_why(code, fault):
    found = check_tax_code(code)
    assert found is not None
    assert found.code == fault


@given(st.sampled_from(["0100109106", "0101243150", "0300588569"]), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_of_a_tax_code_is_always_found(code, place, shift):
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert check_tax_code(wrong) == Fault("tax_check_digit", {"found": wrong[9]})


def test_a_branch_code_is_written_with_its_hyphen():
    assert format_tax_code("0100109106001") == "0100109106-001"
    assert format_tax_code("0100109106") == "0100109106"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0912345678", "0912 345 678"),
        ("+84 912 345 678", "0912 345 678"),
        ("+84 (0)912 345 678", "0912 345 678"),
        ("0912.345.678", "0912 345 678"),
        ("02253842642", "0225 3842 642"),
        ("024 38251234", "024 3825 1234"),
        ("1900 1234", "1900 1234"),
        ("+81 3 1234 5678", "+81 3 1234 5678"),
    ],
)
def test_telephone_numbers_are_taken_as_typed_and_shown_in_groups(typed, shown):
    assert check_phone(typed) is None
    assert format_phone(typed) == shown


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "phone_empty"),
        ("không có", "phone_not_digits"),
        ("091234567", "phone_length"),
        ("09123456789", "phone_length"),
        ("0612345678", "phone_prefix"),
        ("0123456789", "phone_prefix"),
        ("+0123", "phone_length"),
    ],
)
def test_an_impossible_telephone_number_says_why(typed, fault):
    found = check_phone(typed)
    assert found is not None
    assert found.code == fault


def test_a_landline_of_wrong_length_names_eleven_digits():
    assert check_phone("0225384264") == Fault("phone_length", {"expected": 11, "found": 10})


def test_masks_leave_the_first_and_the_last_three():
    assert mask("031088000123") == "0••••••••123"
    assert mask("031 088 000 123") == "0••••••••123"
    assert mask("031234567") == "0•••••567"
    assert mask("1234567") == "•••••••"
    assert mask("") == ""


@given(st.text())
def test_no_text_makes_a_check_raise(text):
    check_citizen_id(text, today=TODAY)
    check_person_id(text, today=TODAY)
    for check in (check_old_id, check_tax_code, check_phone):
        check(text)
    for shape in (mask, format_phone, format_tax_code, national_phone, compact):
        shape(text)


@given(st.text(min_size=8, max_size=20))
def test_a_mask_never_shows_more_than_four_characters(text):
    assert len(mask(text).replace("•", "")) <= 4
