"""Every type of field through the doors: typed, refused with reasons, kept, shown, listed, filtered and sorted."""

# ruff: noqa: E501 - the tables of what is typed read better in few lines

import html
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app.engine.state import State
from app.operations.publish import Published, publish_config
from app.storage.dossiers import load_dossier
from app.storage.people import Person, system_person
from tests.factories import MONDAY, OFFICE
from tests.screens.visitor import Visitor, words_of

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HIDDEN = r'<input type="hidden" name="([^"]+)" value="([^"]*)">'
ADD = "/p/land/everything/add"
EVERY_TYPE = Path(__file__).parents[2] / "every_type"

APPLICANT = {
    "applicant.kind": "citizen",
    "applicant.name": "Nguyễn Thị Đào",
    "applicant.identity": "031188000123",
    "applicant.address.line": "Số 1 Lê Lợi",
    "applicant.phone": "0912345678",
}
# What a clerk types, and how the page of the dossier shows it.
TYPED: dict[str, tuple[str, str]] = {
    "subject": ("Nhà xưởng số 1", "Nhà xưởng số 1"),
    "story": ("Dòng một\nDòng hai", "Dòng một"),
    "serial": ("BK 482913", "BK 482913"),
    "phone": ("0912 345 678", "0912 345 678"),
    "mail": ("lan@vidu.vn", "lan@vidu.vn"),
    "site": ("https://vidu.vn/a", "https://vidu.vn/a"),
    "members": ("12", "12"),
    "height": ("12,5", "12,5 m"),
    "price": ("1.500.000 đồng", "1.500.000 đồng"),
    "deposit": ("1.250,75", "1.250,75 USD"),
    "share": ("12,5 %", "12,5 %"),
    "field_area": ("2,5", "2,5 ha"),
    "plot_area": ("1.200,25", "1.200,25 m²"),
    "signed_on": ("1/3/2026", "01/03/2026"),
    "met_at": ("8:30 28/02/2026", "08:30, 28/02/2026"),
    "opens": ("7:30", "07:30"),
    "founded": ("1998", "1998"),
    "since_month": ("8/2025", "08/2025"),
    "of_quarter": ("quý III/2025", "quý 3/2025"),
    "lasts": ("1 năm 6 tháng", "1 năm cộng 6 tháng"),
    "lapses_on": ("31/12/2030", "31/12/2030"),
    "urgent": ("true", "Có"),
    "urgent_why": ("Sắp mưa bão", "Sắp mưa bão"),
    "way": ("hand", "Trực tiếp"),
    "main_crop": ("lychee", "Vải"),
    "agreed": ("true", "Đã cam kết"),
    "owner_id": ("031099000456", "0••••••••456"),
    "tax_code": ("0100109106-001", "0100109106-001"),
    "passport": ("c1234567", "C••••567"),
    "account": ("0123 456 789", "0••••••789"),
    "home.commune": ("Phường An Biên", "Phường An Biên"),
    "home.line": ("Số 5 Lê Lợi", "Số 5 Lê Lợi"),
    "ward": ("an_lao", "Xã An Lão"),
    "plot.sheet": ("5", "tờ bản đồ 5"),
    "plot.number": ("12", "Thửa 12"),
    "corner.zone": ("105°45′", "105°45′"),
    "corner.x": ("2.308.123,4", "2.308.123,4"),
    "corner.y": ("594123.45", "594.123,45"),
    "seller.kind": ("enterprise", "Doanh nghiệp"),
    "seller.name": ("Công ty Gạch Đỏ", "Công ty Gạch Đỏ"),
    "seller.id": ("0100109106", "0••••••106"),
    "contact": ("minh", "Lê Văn Minh"),
    "division": ("land", "Phòng Đất đai"),
    "country": ("Nhật Bản", "Nhật Bản"),
    "goods.1.name": ("Gạch", "Gạch"),
    "goods.1.pieces": ("5", "5"),
    "goods.1.unit_price": ("1.000", "1.000 đồng"),
    "goods.1.made_on": ("2/2/2026", "02/02/2026"),
    "goods.1.fragile": ("true", "Có"),
    "goods.1.wrapping": ("Hộp gỗ", "Hộp gỗ"),
    "goods.1.kind": ("used", "Đã dùng"),
    "goods.1.place.sheet": ("7", "tờ bản đồ 7"),
    "goods.1.place.number": ("70", "Thửa 70"),
    "goods.1.keeper": ("head", "Phạm Thị Hạnh"),
    "goods.3.name": ("Ngói", "Ngói"),
    "goods.3.pieces": ("7", "7"),
    "goods.3.unit_price": ("2.000", "2.000 đồng"),
}
SEVERAL = {
    "crops": (["rice", "lychee"], "Lúa, Vải"),
    "team": (["minh", "lan"], "Lê Văn Minh"),
    "asked": (["water", "dept"], "Phòng Nước"),
}


@pytest.fixture(scope="module")
def every(app: Flask, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with the procedure of every type published beside the others."""
    folder = tmp_path_factory.mktemp("every") / "config"
    shutil.copytree(OFFICE, folder)
    for more in (EVERY_TYPE, Path(__file__).parent / "every_office"):
        shutil.copytree(more, folder, dirs_exist_ok=True)
    with app.app_context():
        published = publish_config(folder, ("land/everything",), system_person(), MONDAY)
        assert isinstance(published, Published), published
    return app


@pytest.fixture
def desk(every: Flask, signed_in: SignedIn) -> Visitor:
    """The reception."""
    return signed_in("lan")


def form_of(changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """A complete form, in the names of its controls; a change to None leaves a control out."""
    given: dict[str, Any] = {key: text for key, (text, _shown) in TYPED.items()}
    given |= {key: keys for key, (keys, _shown) in SEVERAL.items()} | APPLICANT | (changes or {})
    fields: dict[str, Any] = {f"f.{key}": text for key, text in given.items() if text is not None}
    fields |= {"f.evidence._kept": "", "f.drawings._kept": "", "f.goods._row": ["1", "3"]}
    fields |= {"channel": "counter", "unit": "one-stop", "d.application.originals": "1", "do": "accept"}
    return fields


def with_files(fields: dict[str, Any]) -> dict[str, Any]:
    def pdf(name: str) -> tuple[io.BytesIO, str]:
        return io.BytesIO(PDF + name.encode()), name

    return {
        **fields,
        "f.evidence": pdf("ảnh nhà.pdf"),
        "f.drawings": [pdf("bản vẽ 1.pdf"), pdf("bản vẽ 2.pdf")],
        "f.goods.1.photo": pdf("ảnh gạch.pdf"),
        "f.goods.3.photo": pdf("ảnh ngói.pdf"),
    }


def send(desk: Visitor, fields: dict[str, Any]) -> TestResponse:
    return desk.post(ADD, fields, content_type="multipart/form-data")


def received(answer: TestResponse) -> int:
    assert answer.status_code == 302, errors_of(answer)
    return int(answer.location.rsplit("/", 1)[1])


def errors_of(answer: TestResponse) -> list[str]:
    found = re.findall(r'class="mc-field__error"[^>]*>.*?<span>(.*?)</span>', answer.text, re.DOTALL)
    return [html.unescape(one) for one in found]


def state_of(app: Flask, office: Office, dossier: int) -> State:
    with app.app_context():
        stored = load_dossier(dossier, "land/everything", office["lan"].badges)
        assert stored is not None
        return stored.state


@pytest.fixture(scope="module")
def dossier(every: Flask, signed_in: SignedIn) -> Iterator[int]:
    """One that has everything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.screens.deadlines.office_now", lambda: MONDAY + timedelta(hours=1))
        yield received(send(signed_in("lan"), with_files(form_of())))


def test_the_empty_form_has_a_control_for_every_field(desk: Visitor) -> None:
    page = desk.get(ADD).text
    controls = set(re.findall(r'name="f\.([^"]+)"', page))
    for key in [*TYPED, *SEVERAL, "evidence", "drawings", "older"]:
        assert key.replace("goods.3.", "goods.1.") in controls, key
    assert "Ghi bằng chữ in hoa có dấu." in page
    assert "f.remark" not in page


def test_a_full_form_is_taken_and_the_page_shows_all_of_it(desk: Visitor, dossier: int) -> None:
    page = words_of(desk.get(f"/p/land/everything/{dossier}"))
    for key, (_typed, shown) in (TYPED | SEVERAL).items():
        assert shown in page, f"{key}: {shown}"
    for name in ("ảnh nhà.pdf", "bản vẽ 1.pdf", "bản vẽ 2.pdf", "ảnh gạch.pdf", "ảnh ngói.pdf"):
        assert name in page
    assert "18.000.000 đồng" in page  # computed: 1.500.000 × 12
    assert "19.000 đồng" in page  # total of the rows


def test_what_is_stored_has_one_spelling(every: Flask, office: Office, dossier: int) -> None:
    answers = state_of(every, office, dossier).answers
    assert {
        key: answers[key]
        for key in ("share", "field_area", "since_month", "of_quarter", "lasts", "met_at", "crops", "tax_code")
    } == {
        "share": "12.5",
        "field_area": "25000",
        "since_month": "2025-08",
        "of_quarter": "2025-Q3",
        "lasts": "1 year + 6 months",
        "met_at": "2026-02-28T08:30",
        "crops": ["rice", "lychee"],
        "tax_code": "0100109106-001",
    }
    assert answers["corner"] == {"zone": "105°45′", "x": "2308123.4", "y": "594123.45"}
    assert [row["amount"] for row in answers["goods"]] == [5000, 14000]
    assert answers["goods"][1]["photo"]["name"] == "ảnh ngói.pdf"


def test_the_list_shows_every_column_and_filters_by_every_filter(desk: Visitor, dossier: int, every: Flask) -> None:
    page = words_of(desk.get("/p/land/everything/?scope=all"))
    for text in ("Nhà xưởng số 1", "12,5 %", "2,5 ha", "07:30", "08/2025", "quý 3/2025", "Lúa, Vải", "Xã An Lão"):
        assert text in page
    assert "Lê Văn Minh" in page
    assert "Phòng Đất đai" in page
    hits = {
        "subject": "xuong so", "phone": "0912 345 678", "mail": "LAN@vidu.vn", "tax_code": "0100109106-001",
        "urgent": "true", "way": "hand", "crops": "lychee", "ward": "an_lao", "contact": "minh", "division": "land",
        "home": "le loi", "plot": "12", "seller": "gach do", "opens": "7:30",
        "of_quarter": "3/2025", "goods.name": "ngoi",
    }  # fmt: skip
    for name, value in hits.items():
        found = desk.get("/p/land/everything/", query_string={"scope": "all", f"f.{name}": value}).text
        assert "Nhà xưởng số 1" in found, name
    misses = {**dict.fromkeys(hits, "khong-co"), "urgent": "false", "way": "post", "crops": "rice2"}
    misses |= {"contact": "lan", "division": "water", "ward": "an_bien", "crops": "maize"}
    for name, value in misses.items():
        found = desk.get("/p/land/everything/", query_string={"scope": "all", f"f.{name}": value}).text
        assert "Nhà xưởng số 1" not in found, name


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("members", "12", "12"),
        ("price", "1.500.000", "1.500.000"),
        ("share", "12,5", "12,5"),
        ("field_area", "2,5", "2,5"),
        ("founded", "1998", "1998"),
        ("signed_on", "01/03/2026", "01/03/2026"),
        ("met_at", "28/02/2026", "28/02/2026"),
        ("since_month", "08/2025", "08/2025"),
    ],
)
def test_spans_hold_their_ends(desk: Visitor, dossier: int, name: str, low: str, high: str) -> None:
    query = {"scope": "all", f"f.{name}.low": low, f"f.{name}.high": high}
    assert "Nhà xưởng số 1" in desk.get("/p/land/everything/", query_string=query).text
    beyond = "12/2999" if name == "since_month" else "31/12/2999" if "/" in low else "999.999.999"
    query = {"scope": "all", f"f.{name}.low": beyond}
    assert "Nhà xưởng số 1" not in desk.get("/p/land/everything/", query_string=query).text


def test_every_column_with_an_order_sorts(desk: Visitor, dossier: int) -> None:
    page = desk.get("/p/land/everything/?scope=all").text
    orders = set(re.findall(r"sort=([a-z_-]+)", page))
    assert {"subject", "members", "price", "since_month", "of_quarter", "ward", "contact", "opens", "crops"} <= orders
    for name in orders:
        for sort in (name, f"-{name}"):
            assert "Nhà xưởng số 1" in desk.get(f"/p/land/everything/?scope=all&sort={sort}").text


def test_a_sensitive_value_is_covered_until_it_is_opened_and_every_look_is_noted(
    every: Flask, desk: Visitor, signed_in: SignedIn, dossier: int
) -> None:
    path = f"/p/land/everything/{dossier}"
    for number in ("031188000123", "031099000456", "C1234567", "0123456789", "0100109106"):
        assert number not in words_of(desk.get(path)).replace("0100109106-001", "")
    opened = words_of(desk.post(f"{path}/sensitive"))
    for number in ("031188000123", "031099000456", "C1234567", "0123456789", "0100109106"):
        assert number in opened.replace("0100109106-001", "")
    assert "Trần Thị Lan 10:00, 02/03/2026" in words_of(signed_in("minh").get(path))
    assert signed_in("stranger").post(f"{path}/sensitive").status_code == 404


def test_another_dossier_is_named_by_its_code_and_leads_there(
    desk: Visitor, dossier: int, every: Flask, office: Office
) -> None:
    code = state_of(every, office, dossier).code
    later = received(send(desk, form_of({"older": f" {code} ", "subject": "Nhà xưởng số 2"})))
    assert f'href="/p/land/everything/{dossier}">{code}' in desk.get(f"/p/land/everything/{later}").text
    refused = send(desk, form_of({"older": "H00-000"}))
    assert any("Không có hồ sơ" in one for one in errors_of(refused)), errors_of(refused)


def test_what_is_known_is_taken_over_with_a_word_on_where_it_comes_from(desk: Visitor) -> None:
    first = received(send(desk, form_of({"foreman": "Ông Cả", "applicant.identity": "031188000999"})))
    assert "Ông Cả" in desk.get(f"/p/land/everything/{first}").text
    page = words_of(desk.get(ADD))
    for origin in ("thông tin người nộp", "hồ sơ trước của người nộp", "Cơ sở dữ liệu dân cư"):
        assert origin in page
    asked = form_of({"applicant.identity": "031188000999"})
    preview = desk.post("/p/land/everything/preview", asked).text
    taken = json.loads(html.unescape(re.findall(r'data-taken="([^"]*)"', preview)[0]))
    assert taken == {"f.reach": "0912345678", "f.foreman": "Ông Cả"}
    stranger = desk.post("/p/land/everything/preview", form_of({"applicant.identity": "031188000777"})).text
    assert "Ông Cả" not in html.unescape(stranger)


def test_a_cell_that_its_row_hides_is_cleared(desk: Visitor, every: Flask, office: Office) -> None:
    made = received(send(desk, form_of({"goods.1.fragile": "false"})))
    row = state_of(every, office, made).answers["goods"][0]
    assert (row["fragile"], "wrapping" in row) == (False, False)


def test_the_person_and_their_unit_stand_there_before_anything_is_typed(desk: Visitor) -> None:
    page = desk.get(ADD).text
    assert '<option value="lan" selected>Trần Thị Lan</option>' in page
    assert '<option value="one-stop" selected>Bộ phận Một cửa</option>' in page


NASTY = st.sampled_from([
    "1e30", "9" * 60, "NaN", "-5", "=cmd|' /C calc'!A0", "\u202e123", "a\u0000b", "😀", "<b>x</b>", "{{7*7}}",
    "%(x)s %", "'; drop table dossier;--", "é" * 400, "x" * 20_000, "31/02/2026", "24:60", "true", "[]", " ", "٣", "1.2.3,4",
])  # fmt: skip
CONTROLS = st.sampled_from([
    *(key for key in TYPED if key.count(".") < 2), *SEVERAL, "older", "goods._row", "goods.1.pieces", "goods.9.name", "goods..x",
    "evidence._kept", "drawings._kept", "goods.1.photo._kept", "goods.1.place.sheet", "nonsense", "applicant.identity",
    "applicant.address", "representative", "subject.x", "goods", "full_price", "remark",
])  # fmt: skip


@given(
    st.dictionaries(CONTROLS, NASTY | st.lists(NASTY, max_size=3), max_size=6),
    st.sampled_from(["accept", "save", "open"]),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_hostile_form_is_answered_and_nothing_wrong_is_kept(
    desk: Visitor, every: Flask, office: Office, nasty: dict[str, Any], do: str
) -> None:
    fields = {**form_of(), **{f"f.{key}": text for key, text in nasty.items()}, "do": do}
    answer = send(desk, fields)
    assert answer.status_code in (302, 400, 422), answer.status_code
    if answer.status_code == 302 and do != "save":
        made = state_of(every, office, int(answer.location.rsplit("/", 1)[1]))
        assert "remark" not in made.answers
        assert "evidence" not in made.answers  # a file that never came
        assert "<b>x</b>" not in desk.get(answer.location).text
    preview = desk.post("/p/land/everything/preview", fields)
    assert preview.status_code in (200, 400)


def test_what_lapses_soon_is_one_click_away(desk: Visitor, dossier: int) -> None:
    near = received(send(desk, form_of({"subject": "Sắp hết hạn", "lapses_on": "1/5/2026"})))
    past = received(send(desk, form_of({"subject": "Đã qua hạn", "lapses_on": "1/2/2026"})))
    page = desk.get("/p/land/everything/").text
    url = html.unescape(re.findall(r'href="(/p/land/everything/[?][^"]*lapses_on[^"]*)"', page)[0])
    found = desk.get(url).text
    assert f"/p/land/everything/{near}" in found
    assert f'/p/land/everything/{past}"' not in found
    assert f'/p/land/everything/{dossier}"' not in found
    assert "01/02/2026, đã hết hạn" in words_of(desk.get(f"/p/land/everything/{past}"))


def test_a_field_shown_to_few_reaches_nobody_else(every: Flask, signed_in: SignedIn, dossier: int) -> None:
    path = f"/p/land/everything/{dossier}"
    officer, head = signed_in("minh"), signed_in("head")
    page = officer.get(path).text
    begin = page.index("/actions/step")
    sent_along = re.findall(HIDDEN, page[begin : page.index("</form>", begin)])
    keep = {name: html.unescape(value) for name, value in sent_along if "._" not in name}
    answer = officer.send(f"{path}/actions/step", {**keep, "f.remark": "Chuyện kín 4711", "f.owner_id": ""})
    assert answer.status_code == 303, words_of(answer)
    assert "Chuyện kín 4711" in head.get(path).text
    for other in (officer, signed_in("lan")):
        assert "4711" not in other.get(path).text
        assert "Nhà xưởng" not in other.get("/search/?q=4711").text
    assert "0••••••••456" in words_of(head.get(path))  # left empty, the sensitive answer stayed as it was
