"""Whatever stands in an address: a page, or 404, never a failure (F6, F11); too much is refused in plain words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.storage.database import db
from tests.screens.conftest import settings
from tests.screens.visitor import Visitor, words_of

ODD = [
    "",
    "abc",
    "-1",
    "0",
    "1e9",
    "9" * 40,
    "1'--",
    "<script>",
    "%00",
    "%F0%9F%98%80",
    "{{7*7}}",
    "100%25",
    "../../etc",
    "٣",
]
PAGES = [
    "/?scope={}&queue={}&q={}&procedure={}&step={}&after={}&before={}",
    "/search/?q={}",
    "/procedures/?field={}&q={}&page={}",
    "/tiep-nhan/?q={}",
    "/accounts/?q={}&page={}",
    "/p/land/permit/?sort={}&after={}&before={}&q={}&purpose={}&parcel_count={}&starts_on={}&page={}",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("value", ODD)
def test_odd_arguments_are_clamped(signed_in: Callable[[str], Visitor], page: str, value: str) -> None:
    answer = signed_in("admin").get(page.replace("{}", value))
    assert answer.status_code == (400 if value == "%00" else 200)
    assert "<script>" not in answer.text.replace('<script type="module"', "")


@pytest.mark.parametrize(
    "path",
    [
        "/p/land/permit/{}",
        "/p/land/permit/{}/files/1",
        "/p/land/permit/1/files/{}",
        "/p/land/permit/{}/prints/1",
        "/accounts/{}",
        "/p/{}/permit/",
        "/p/land/{}/",
        "/p/{}/{}/add",
        "/static/{}",
        "/{}",
    ],
)
@pytest.mark.parametrize("value", [value for value in ODD if value not in ("", "٣")])
def test_what_does_not_exist_is_not_there(signed_in: Callable[[str], Visitor], path: str, value: str) -> None:
    answer = signed_in("admin").get(path.replace("{}", value))
    assert answer.status_code in (404, 308), answer.status_code
    if answer.status_code == 404:
        assert "Mã 404" in words_of(answer)


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("value", ["W10", "W251bGwsLTFd", "WzEsMl0", "bnVsbA", "e30", "WyJ4IiwxXQ", "a" * 3000])
def test_a_made_up_place_in_a_list_means_its_beginning(
    signed_in: Callable[[str], Visitor], name: str, value: str
) -> None:
    visitor = signed_in("minh")
    for page in ("/", "/p/land/permit/"):
        assert visitor.get(page, query_string={name: value}).status_code == 200


def test_a_form_with_odd_ticks_takes_nothing(signed_in: Callable[[str], Visitor]) -> None:
    visitor = signed_in("minh")
    for value in ("", "1", "1.2.3", "a.b", "-1.1", "9" * 30 + ".1", "1.", "999999.1"):
        assert visitor.post("/inbox/claim", {"work": value}).status_code == 302


def test_too_much_at_once_is_refused_in_plain_words(database_url: str, data_folder: Path, office: object) -> None:
    app = create_app(settings(database_url, data_folder, UPLOAD_MB="1"))
    visitor = Visitor(app)
    assert visitor.sign_in("lan").status_code == 302
    head = b'--b\r\nContent-Disposition: form-data; name="f.drawing"; filename="large.pdf"\r\n\r\n'
    answer = visitor.client.post(
        "/p/land/permit/add", data=head + b"x" * 2_000_000, content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code == 413
    assert "Mã 413" in words_of(answer)
    assert "Request Entity" not in answer.text
    with app.app_context():
        db.engine.dispose()


def test_a_form_with_thousands_of_fields_is_refused(signed_in: Callable[[str], Visitor]) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="f.x"\r\n\r\n1\r\n'
    answer = signed_in("lan").client.post(
        "/p/land/permit/add", data=part * 6_000 + b"--b--\r\n", content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_verbs_are_refused(app: Flask, signed_in: Callable[[str], Visitor], method: str) -> None:
    visitor = signed_in("admin")
    for path in ("/", "/accounts/", "/search/", "/p/land/permit/"):
        answer = visitor.client.open(path, method=method, data={"csrf_token": visitor.token()})
        assert answer.status_code in (400, 405), f"{method} {path}"


def test_a_form_with_a_zero_byte_is_refused_before_any_database_sees_it(
    signed_in: Callable[[str], Visitor],
) -> None:
    visitor = signed_in("admin")
    for path, field in (("/accounts/add", "full_name"), ("/accounts/1/postings", "position"), ("/inbox/claim", "work")):
        answer = visitor.post(path, {field: "a\x00b"})
        assert answer.status_code == 400, path
        assert "Mã 400" in words_of(answer)
