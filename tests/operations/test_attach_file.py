"""Uploads: told by their content, harmless in name and place, and only within one's rights."""

import io
import stat
import zipfile

import pytest
from flask import Flask

from app.engine.moves import Action
from app.engine.world import Refusal
from app.operations.attach_file import attach_file, safe_name
from app.operations.receive_dossier import receive_dossier
from app.operations.save_draft import save_draft
from app.operations.take_action import take_action
from app.storage.dossiers import load_dossier
from app.storage.file_store import folder, path_of, read_bytes
from app.storage.files import files_of, load_file
from app.storage.outcomes import Done
from app.storage.people import Person
from tests.factories import MONDAY, permit, permit_reception

Office = dict[str, Person]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 40


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def put(content: bytes, name: str, by: Person, place: str = "document:plan", **where: object) -> int | Refusal:
    return attach_file(io.BytesIO(content), name, place, by, MONDAY, **where)  # type: ignore[arg-type]


def test_files_of_a_draft_come_along_with_the_dossier(database: Flask, office: Office) -> None:
    lan = office["lan"]
    draft = save_draft("land/permit", "", {}, lan, MONDAY)
    assert isinstance(draft, int)
    assert isinstance(put(PDF, "phương án.pdf", lan, draft_id=draft), int)
    assert isinstance(put(PNG, "vẽ.png", lan, "field:drawing", draft_id=draft), int)
    done = receive_dossier(permit_reception(draft_id=draft), lan, MONDAY)
    assert isinstance(done, Done)
    stored = load_dossier(done.dossier_id, "land/permit", lan.badges)
    assert stored is not None
    assert [file["name"] for file in stored.state.documents["plan"]["files"]] == ["phương án.pdf"]
    assert stored.state.answers["drawing"]["name"] == "vẽ.png"
    files = files_of(done.dossier_id)
    assert [file.name for file in files] == ["phương án.pdf", "vẽ.png"]
    assert read_bytes(files[0].sha256) == PDF


def test_a_file_handed_in_later_stands_in_the_checklist(database: Flask, office: Office) -> None:
    lan, done = office["lan"], permit(office["lan"])
    file = put(PDF, "plan.pdf", lan, dossier_id=done.dossier_id)
    assert isinstance(file, int)
    acted = take_action(done.dossier_id, None, Action("hand_in"), lan, MONDAY, files=[file])
    assert isinstance(acted, Done), acted
    stored = load_dossier(done.dossier_id, "land/permit", lan.badges)
    assert stored is not None
    assert stored.state.documents["plan"]["files"][0]["name"] == "plan.pdf"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\0" + b"\0" * 60, "giay.pdf"),
        (b"<html><script>alert(1)</script>", "giay.pdf"),
        (PDF, "giay.exe"),
        (PDF, "giay.png"),
        (PDF, "giay"),
        (b"", "giay.pdf"),
        (PDF, ".pdf"),
        (b"#!/bin/sh\n", "giay.pdf.sh"),
        (PNG, "giay.svg"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(database: Flask, office: Office, content: bytes, name: str) -> None:
    done = permit(office["lan"])
    refused = put(content, name, office["lan"], dossier_id=done.dossier_id)
    assert isinstance(refused, Refusal)
    assert refused.params["reason"] == "bad_file"
    assert files_of(done.dossier_id) == ()


def test_office_files_are_known_by_their_content(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    assert isinstance(put(zipped("word/document.xml"), "đơn.docx", office["lan"], dossier_id=done.dossier_id), int)
    for content in (PDF, zipped("anything.txt"), zipped("xl/workbook.xml"), b"PK\x03\x04broken"):
        assert isinstance(put(content, "đơn.docx", office["lan"], dossier_id=done.dossier_id), Refusal)


def test_drawings_are_known_by_their_beginning(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    options = {"dossier_id": done.dossier_id, "accept": ("dwg", "dgn")}
    assert isinstance(put(b"AC1032" + b"\0" * 100, "bản vẽ.dwg", office["lan"], **options), int)
    assert isinstance(put(b"\x08\x09\xfe\x02" + b"\0" * 100, "bản vẽ.dgn", office["lan"], **options), int)
    for name in ("bản vẽ.dwg", "bản vẽ.dgn"):
        assert isinstance(put(PDF, name, office["lan"], **options), Refusal)


def test_a_document_with_macros_is_refused(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    content = zipped("word/document.xml", "word/vbaProject.bin")
    assert isinstance(put(content, "đơn.docx", office["lan"], dossier_id=done.dossier_id), Refusal)


def test_a_file_larger_than_allowed_leaves_nothing_on_disk(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    before = sorted(path for path in folder().rglob("*") if path.is_file())
    refused = put(PDF + b"0" * 1024 * 1024, "to.pdf", office["lan"], dossier_id=done.dossier_id, max_mb=1)
    assert isinstance(refused, Refusal)
    assert refused.params["max_mb"] == 1
    assert isinstance(put(b"MZ new bytes", "to.pdf", office["lan"], dossier_id=done.dossier_id), Refusal)
    assert sorted(path for path in folder().rglob("*") if path.is_file()) == before


def test_kept_files_cannot_be_run_or_changed(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    put(PDF, "a.pdf", office["lan"], dossier_id=done.dossier_id)
    mode = path_of(files_of(done.dossier_id)[0].sha256).stat().st_mode
    assert not mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH | stat.S_IWUSR | stat.S_IRWXO)


def test_a_file_is_seen_by_those_who_see_its_dossier(database: Flask, office: Office) -> None:
    done, other = permit(office["lan"]), permit(office["lan"])
    file = put(PDF, "a.pdf", office["lan"], dossier_id=done.dossier_id)
    assert isinstance(file, int)
    assert load_file(file, done.dossier_id, "land/permit", office["minh"].badges) is not None
    assert load_file(file, done.dossier_id, "land/permit", office["stranger"].badges) is None
    assert load_file(file, other.dossier_id, "land/permit", office["lan"].badges) is None
    assert load_file(file, done.dossier_id, "water/notice", office["lan"].badges) is None


def test_nobody_adds_files_to_what_they_may_not_see(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    draft = save_draft("land/permit", "", {}, office["lan"], MONDAY)
    assert put(PDF, "a.pdf", office["stranger"], dossier_id=done.dossier_id) == Refusal("not_found")
    assert put(PDF, "a.pdf", office["minh"], draft_id=draft) == Refusal("not_found")
    assert put(PDF, "a.pdf", office["lan"], "elsewhere", dossier_id=done.dossier_id) == Refusal("not_found")
    assert put(PDF, "a.pdf", office["lan"]) == Refusal("not_found")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\đơn xin.PDF", "đơn xin.pdf"),
        ('a"b;c%0d|d.pdf', "a b c 0d d.pdf"),
        ("gia\u202efdp.exe", "giafdp.exe"),
        ("  .hidden.pdf", "hidden.pdf"),
        ("a\nb.pdf", "ab.pdf"),
        ("", "khong-ten"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_made_harmless(name: str, expected: str) -> None:
    assert safe_name(name) == expected
