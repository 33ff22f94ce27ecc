"""A Vietnamese page shows Vietnamese messages of every form, Flask-AppBuilder's own included."""

from datetime import date
from pathlib import Path

import flask_appbuilder
import pytest
from flask import Flask, session
from flask_appbuilder.security.forms import LoginForm_db, ResetPasswordForm
from flask_babel import Babel, force_locale
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import Email, InputRequired, Length, NumberRange

from app.cli import catalogues
from app.screens.form_messages import install_form_messages


class ExampleForm(FlaskForm):
    name = StringField(validators=[InputRequired(), Length(min=3)])
    day = DateField(format="%d/%m/%Y")
    count = IntegerField(validators=[NumberRange(min=1, max=5)])
    kind = SelectField(choices=["land", "water"])
    mail = StringField(validators=[Email()])


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    file = catalogues.catalogue_file(folder, "vi")
    catalogues.write(file, catalogues.read(catalogues.catalogue_file(catalogues.FOLDER, "vi"), "vi"))
    catalogues.compile_catalogue(file, "vi")
    return folder


@pytest.fixture
def app(folder):
    """As Flask-AppBuilder sets it up: its own folder first, ours after it, the locale from the session."""
    framework = Path(flask_appbuilder.__file__).parent / "translations"
    app = Flask(__name__)
    app.config.update(SECRET_KEY="test", WTF_CSRF_ENABLED=False, BABEL_TRANSLATION_DIRECTORIES=f"{framework};{folder}")
    Babel(app, default_locale="vi", locale_selector=lambda: session.get("locale", "vi"))
    install_form_messages(app)
    return app


def errors(app: Flask, form_class: type[FlaskForm], typed: dict[str, str], locale: str = "vi") -> dict[str, list[str]]:
    with app.test_request_context(method="POST"):
        app.preprocess_request()
        with force_locale(locale):
            form = form_class(MultiDict(typed))
            assert not form.validate()
            return {name: [str(error) for error in found] for name, found in form.errors.items()}


def test_validators_of_our_forms_speak_vietnamese(app):
    typed = {"name": "ab", "day": "31/02/2026", "count": "9", "kind": "sea", "mail": "x"}
    assert errors(app, ExampleForm, typed) == {
        "name": ["Phải có ít nhất 3 ký tự."],
        "day": ["Đây không phải ngày có thật. Viết ngày/tháng/năm, ví dụ 26/11/2026."],
        "count": ["Số phải trong khoảng từ 1 đến 5."],
        "kind": ["Mục đã chọn không có trong danh sách."],
        "mail": ["Đây không phải địa chỉ thư điện tử. Viết đủ, ví dụ ten@haiphong.gov.vn."],
    }


def test_forms_of_the_framework_speak_vietnamese(app):
    assert errors(app, LoginForm_db, {}) == {"username": ["Cần điền ô này."], "password": ["Cần điền ô này."]}
    found = errors(app, ResetPasswordForm, {"password": "one", "conf_password": "two"})
    assert found["conf_password"] == ["Hai lần gõ mật khẩu phải giống nhau."]


def test_a_language_the_framework_brings_along_still_works(app):
    assert errors(app, ExampleForm, {}, "de")["name"] == ["Dieses Feld ist erforderlich."]


def test_the_locale_may_change_within_a_request(app):
    with app.test_request_context(method="POST"):
        app.preprocess_request()
        with force_locale("en"):
            assert ExampleForm(MultiDict({})).name.gettext("This field is required.") == "This field is required."
        with force_locale("vi"):
            assert ExampleForm(MultiDict({})).name.gettext("This field is required.") == "Cần điền ô này."


def test_a_form_that_is_right_has_no_message(app):
    with app.test_request_context(method="POST"):
        app.preprocess_request()
        typed = {"name": "Trần", "day": "26/11/2026", "count": "2", "kind": "land", "mail": "a@haiphong.gov.vn"}
        form = ExampleForm(MultiDict(typed))
        assert form.validate(), form.errors
        assert form.day.data == date(2026, 11, 26)
