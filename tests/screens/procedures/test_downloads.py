"""Files and slips of a dossier: for those who may see it, as what they are, under names that harm nobody."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask, Response

from app.operations.attach_file import attach_file
from app.screens.procedures.downloads import as_download
from app.storage.outcomes import Done
from app.storage.people import Person
from tests.factories import MONDAY, permit
from tests.screens.visitor import Visitor

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def dossier(app: Flask, office: Office) -> Done:
    """A received dossier."""
    with app.app_context():
        return permit(office["lan"])


def attached(app: Flask, office: Office, dossier: Done, name: str = "bản vẽ.pdf") -> str:
    """The address of a file of a dossier."""
    with app.app_context():
        kept = attach_file(io.BytesIO(PDF), name, "document:plan", office["lan"], MONDAY, dossier_id=dossier.dossier_id)
        assert isinstance(kept, int)
        return f"/p/land/permit/{dossier.dossier_id}/files/{kept}"


def slip(visitor: Visitor, dossier: Done) -> str:
    """The address of the receipt slip on the page."""
    page = visitor.get(f"/p/land/permit/{dossier.dossier_id}").text
    found = re.search(r'href="([^"]+/prints/\d+)"', page)
    assert found is not None
    return found.group(1)


def test_a_file_comes_as_a_download_of_its_kind(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    answer = signed_in("minh").get(attached(app, office, dossier))
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"ban ve.pdf\"; filename*=UTF-8''b%E1%BA%A3n%20v%E1%BA%BD.pdf"
    )
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_stranger_finds_no_file_and_no_slip(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    file, paper = attached(app, office, dossier), slip(signed_in("lan"), dossier)
    for who in ("stranger", "other"):
        assert signed_in(who).get(file).status_code == 404
        assert signed_in(who).get(paper).status_code == 404


def test_a_file_is_not_there_under_another_dossier(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    address = attached(app, office, dossier)
    with app.app_context():
        second = permit(office["lan"])
    elsewhere = address.replace(f"/{dossier.dossier_id}/", f"/{second.dossier_id}/")
    visitor = signed_in("lan")
    assert visitor.get(elsewhere).status_code == 404
    assert visitor.get(address.replace("/land/permit/", "/water/notice/")).status_code == 404
    assert (
        visitor.get(slip(visitor, dossier).replace(f"/{dossier.dossier_id}/", f"/{second.dossier_id}/")).status_code
        == 404
    )


def test_nobody_who_is_not_signed_in_gets_a_file(app: Flask, office: Office, visitor: Visitor, dossier: Done) -> None:
    answer = visitor.get(attached(app, office, dossier))
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]


def test_the_receipt_slip_is_the_same_pdf_every_time(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    visitor = signed_in("lan")
    address = slip(visitor, dossier)
    first, second = visitor.get(address), visitor.get(address)
    assert first.mimetype == "application/pdf"
    assert first.data.startswith(b"%PDF-")
    assert first.data == second.data
    assert first.headers["Content-Disposition"].startswith("inline;")
    assert dossier.code in first.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ('a"; x=".pdf', "a__ x__.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a set-cookie_ x.pdf"),
        ("Đơn đề nghị.docx", "Don de nghi.docx"),
        ("文件.pdf", "__.pdf"),
    ],
)
def test_a_name_cannot_break_out_of_its_header(name: str, plain: str) -> None:
    header = as_download(Response(b""), name).headers["Content-Disposition"]
    assert "\r" not in header
    assert "\n" not in header
    found = re.fullmatch(r"attachment; filename=\"([^\"]*)\"; filename\*=UTF-8''([A-Za-z0-9%._~-]*)", header)
    assert found is not None
    assert found.group(1).lower() == plain.lower()
