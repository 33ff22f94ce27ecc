import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

import app.vietnamese as vietnamese
from app.forms.faults import SENTENCES
from app.forms.wording import reason_text
from app.vietnamese.dates import parse_date
from app.vietnamese.fault import Fault
from app.vietnamese.identity import check_phone


@pytest.fixture
def english():
    app = Flask(__name__)
    Babel(app, default_locale="en")
    with app.test_request_context():
        yield


def told(fault: Fault) -> str:
    return reason_text(fault.code, fault.params)


def test_every_fault_has_its_sentence():
    source = "".join(file.read_text("utf-8") for file in Path(vietnamese.__file__).parent.glob("*.py"))
    codes = set(re.findall(r'Fault\(\s*"(\w+)"', source)) | {"number_grouping", "number_shape"}
    assert codes == set(SENTENCES)


def test_a_sentence_names_what_was_found_and_what_is_allowed(english):
    assert told(parse_date("31/02/2026")) == "There is no day 31 in month 2/2026. The last day is 28."
    assert told(check_phone("091234567")) == "It must be 10 digits, there are 9."


def test_a_percent_sign_in_what_was_typed_does_no_harm(english):
    assert told(Fault("number_shape", {"found": "5%(x)s"})).startswith("“5%(x)s” is not a number")
