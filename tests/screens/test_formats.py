from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel, force_locale

from app.cli import catalogues
from app.screens.formats import FILTERS, format_time_left, install_formats

MOMENT = datetime(2026, 11, 26, 17, 0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    for locale in catalogues.LOCALES:
        catalog = catalogues.read(catalogues.catalogue_file(catalogues.FOLDER, locale), locale)
        file = catalogues.catalogue_file(folder, locale)
        catalogues.write(file, catalog)
        catalogues.compile_catalogue(file, locale)
    return folder


@pytest.fixture
def app(folder):
    app = Flask(__name__)
    Babel(app, default_locale="vi", default_translation_directories=str(folder))
    install_formats(app)
    return app


def shown(app: Flask, expression: str, locale: str = "vi", **values: object) -> str:
    with app.test_request_context(), force_locale(locale):
        return render_template_string("{{ " + expression + " }}", **values)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("moment|date", "26/11/2026"),
        ("moment|time", "17:00"),
        ("moment|moment", "17:00, 26/11/2026"),
        ("moment|moment_long", "17:00 thứ Năm, 26/11/2026"),
        ("moment|weekday", "thứ Năm"),
        ("number|number", "1.234,5"),
        ("number|number(2)", "1.234,50"),
        ("'1234.50'|number", "1.234,5"),
        ("810000|money", "810.000 đ"),
        ("810000|money_long", "810.000 đồng"),
        ("share|percent", "98,50 %"),
        ("share|percent(1)", "98,5 %"),
        ("1258291|file_size", "1,2 MB"),
        ("900|file_size", "900 B"),
        ("'031088000123'|identity", "0••••••••123"),
        ("'0912345678'|phone", "0912 345 678"),
        ("locale_code()", "vi"),
    ],
)
def test_a_vietnamese_page_writes_as_offices_do(app, expression, text):
    assert shown(app, expression, moment=MOMENT, number=Decimal("1234.5"), share=Decimal("0.985")) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("moment|date", "Nov 26, 2026"),
        ("moment|moment_long", "17:00 Thursday, Nov 26, 2026"),
        ("number|number", "1,234.5"),
        ("number|number(2)", "1,234.50"),
        ("number|number(0)", "1,235"),
        ("exact|number", "0.123456789"),
        ("810000|money", "810,000 VND"),
        ("share|percent", "98.50 %"),
        ("1623|time_left", "3 days 3 hours left"),
        ("-61|time_left", "1 hour 1 minute late"),
        ("0|time_left", "Due now"),
        ("locale_code()", "en"),
    ],
)
def test_an_english_page_writes_as_english_readers_expect(app, expression, text):
    values = {"moment": MOMENT, "number": Decimal("1234.5"), "share": Decimal("0.985"), "exact": "0.123456789"}
    assert shown(app, expression, "en", **values) == text


@pytest.mark.parametrize("name", FILTERS)
def test_nothing_is_shown_for_nothing(app, name):
    assert shown(app, f"value|{name}", value=None) == ""
    assert shown(app, f"value|{name}", "en", value=None) == ""


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (2 * 480 + 3 * 60 + 20, "Còn 2 ngày 3 giờ"),
        (3 * 60 + 20, "Còn 3 giờ 20 phút"),
        (480, "Còn 1 ngày"),
        (20, "Còn 20 phút"),
        (0, "Đến hạn"),
        (480 + 59, "Còn 1 ngày"),
        (-(480 + 6 * 60), "Quá 1 ngày 6 giờ"),
        (-1, "Quá 1 phút"),
    ],
)
def test_time_left_is_told_in_its_two_largest_units(app, minutes, text):
    assert shown(app, "minutes|time_left", minutes=minutes) == text


def test_a_shorter_office_day_changes_the_days(app):
    with app.test_request_context():
        assert format_time_left(420, day=420) == "Còn 1 ngày"


def test_a_moment_with_a_zone_becomes_office_time(app):
    moment = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
    assert shown(app, "moment|moment", moment=moment) == "00:30, 27/11/2026"
    assert shown(app, "moment|date", moment=moment) == "27/11/2026"


def test_days_and_times_of_day_need_no_moment(app):
    assert shown(app, "day|date", day=date(2026, 3, 5)) == "05/03/2026"
    assert shown(app, "clock|time", clock=time(7, 5)) == "07:05"
