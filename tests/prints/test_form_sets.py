"""The form sets by day of receipt."""

from datetime import date

import pytest

from app.prints.form_sets import FORM_SETS, form_set_on


@pytest.mark.parametrize(
    ("day", "circular"),
    [
        (date(2017, 1, 1), "Thông tư số 01/2018/TT-VPCP"),
        (date(2019, 1, 6), "Thông tư số 01/2018/TT-VPCP"),
        (date(2025, 6, 30), "Thông tư số 01/2018/TT-VPCP"),
        (date(2025, 7, 1), "Thông tư số 03/2025/TT-VPCP"),
        (date(2030, 1, 1), "Thông tư số 03/2025/TT-VPCP"),
    ],
)
def test_the_set_in_force_on_the_day_is_taken(day, circular):
    assert form_set_on(day).circular == circular


def test_the_sets_stand_in_the_order_of_their_days():
    assert [forms.since for forms in FORM_SETS] == sorted(forms.since for forms in FORM_SETS)
