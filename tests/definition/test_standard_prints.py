"""The prints the law asks for: the set of the day of receipt, and what an office writes over it."""

from dataclasses import replace
from datetime import date

import pytest

from app.definition.model.print_text import Print
from app.definition.print_names import NAMES, TABLES, places_in
from app.definition.shape.tables.vocabulary import STANDARD_PRINTS
from app.definition.standard_prints import standard_print

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("key", "day", "form_code"),
    [
        ("receipt", date(2017, 1, 1), "Mẫu số 01 ban hành kèm theo Thông tư số 01/2018/TT-VPCP"),
        ("receipt", date(2019, 1, 6), "Mẫu số 01 ban hành kèm theo Thông tư số 01/2018/TT-VPCP"),
        ("receipt", OLD, "Mẫu số 01 ban hành kèm theo Thông tư số 01/2018/TT-VPCP"),
        ("receipt", NEW, "Mẫu số 01 ban hành kèm theo Thông tư số 03/2025/TT-VPCP"),
        ("supplement", NEW, "Mẫu số 02 ban hành kèm theo Thông tư số 03/2025/TT-VPCP"),
        ("refusal", OLD, "Mẫu số 03 ban hành kèm theo Thông tư số 01/2018/TT-VPCP"),
        ("apology", OLD, "Mẫu số 04 ban hành kèm theo Thông tư số 01/2018/TT-VPCP"),
        ("apology", NEW, "Mẫu số 04 ban hành kèm theo Thông tư số 03/2025/TT-VPCP"),
        ("stop", OLD, ""),
        ("stop", NEW, "Mẫu số 05 ban hành kèm theo Thông tư số 03/2025/TT-VPCP"),
        ("control_slip", OLD, "Mẫu số 05 ban hành kèm theo Thông tư số 01/2018/TT-VPCP"),
        ("control_slip", date(2030, 1, 1), "Mẫu số 06 ban hành kèm theo Thông tư số 03/2025/TT-VPCP"),
    ],
)
def test_the_form_of_the_set_in_force_on_the_day_is_taken(key: str, day: date, form_code: str) -> None:
    found = standard_print(key, day)
    assert found is not None
    assert found.form_code == form_code


def test_the_apology_is_called_otherwise_since_july_2025() -> None:
    before, after = standard_print("apology", OLD), standard_print("apology", NEW)
    assert before is not None
    assert after is not None
    assert before.title == "Phiếu xin lỗi và hẹn lại ngày trả kết quả"
    assert after.title == "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"
    assert replace(before, title="", form_code="", unconfirmed="") == replace(
        after, title="", form_code="", unconfirmed=""
    )


@pytest.mark.parametrize("key", STANDARD_PRINTS)
def test_every_standard_print_says_what_is_unconfirmed(key: str) -> None:
    for day in (OLD, NEW):
        found = standard_print(key, day)
        assert found is not None
        assert found.unconfirmed


@pytest.mark.parametrize("key", STANDARD_PRINTS)
def test_standard_texts_name_only_what_the_platform_fills_in(key: str) -> None:
    columns = {name for table in TABLES.values() for name in table}
    for day in (OLD, NEW):
        found = standard_print(key, day)
        assert isinstance(found, Print)
        for place, table in places_in((*found.text, *found.recipients)):
            name = getattr(place, "table", "") or getattr(place, "name", "")
            assert name in NAMES or name in TABLES or (table and name in columns | {"n"})


def test_what_is_no_standard_print_has_none() -> None:
    assert standard_print("minutes", NEW) is None
