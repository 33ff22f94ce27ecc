"""Every type of field in a real browser: live conditions and sums, rows and files, mistakes corrected, found again."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.acting import PDF, Desk, sign_in
from tests.journeys.conftest import ROOT, Office
from tests.journeys.test_everybody_can_use_it import findings

ADD = "/p/land/everything/add"
PROCEDURE = """\
schema: 1
key: land/everything
title: Thủ tục có mọi kiểu trường
field: land
agency: land-registry
local_code: "2.999999.H24"
for: [citizen, organisation]
channels: [counter]
effective: {from: 2025-01-01}
legal_basis: [Quy chế thử nghiệm]
results: [{key: paper, title: Giấy xác nhận}]
time_limit: 5 working days
form: {use: everything}
documents: [{key: application, title: Đơn đề nghị, originals: 1}]
route:
  - {step: receive, title: Tiếp nhận, by: reception, within: 4 hours, allow: [supplement]}
  - {step: examine, title: Thẩm định, by: officer@agency, within: 1 working day, fills: [remark], issues: [paper]}
  - {step: return, title: Trả kết quả, by: reception}
tests:
  - name: Trong hạn
    given:
      received: 2026-03-02 09:00
      applicant: {kind: citizen}
      form: {urgent: false, members: 2, height: 3, seller: {name: Lan}, goods: [{name: Gạch, pieces: 2}], price: 5}
    walk: [receive]
    expect: {due: 2026-03-09 17:00}
"""
APPLICANT = {
    "applicant.name": "Nguyễn Thị Đào",
    "applicant.identity": "031188000123",
    "applicant.address.commune": "Phường Hải An",
    "applicant.address.line": "Số 1 Lê Lợi",
    "applicant.phone": "0912345678",
}
TEXTS = {
    "subject": "Nhà xưởng số 1",
    "story": "Dòng một\nDòng hai",
    "serial": "BK 482913",
    "phone": "0912 345 678",
    "mail": "lan@vidu.vn",
    "site": "https://vidu.vn",
    "members": "12",
    "height": "12,5",
    "price": "1.500.000",
    "deposit": "1.250,75",
    "share": "12,5",
    "field_area": "2,5",
    "plot_area": "1.200",
    "signed_on": "1/3/2026",
    "met_at": "8:30 28/02/2026",
    "opens": "7:30",
    "founded": "1998",
    "since_month": "8/2025",
    "of_quarter": "3/2025",
    "lasts": "6 tháng",
    "lapses_on": "31/12/2030",
    "owner_id": "031099000456",
    "tax_code": "0100109106",
    "passport": "C1234567",
    "account": "0123456789",
    "home.commune": "Phường Hải An",
    "home.line": "Số 5 Lê Lợi",
    "plot.sheet": "5",
    "plot.number": "12",
    "corner.x": "2.308.123,4",
    "corner.y": "594.123,45",
    "seller.name": "Công ty Gạch Đỏ",
    "seller.id": "0100109106",
}
CHOICES = {
    "way": "hand",
    "main_crop": "lychee",
    "ward": "an_lao",
    "corner.zone": "105°45′",
    "seller.kind": "enterprise",
    "contact": "chuyenvien",
    "division": "nnmt-land",
}
SHOWN = (
    "Nhà xưởng số 1", "BK 482913", "0912 345 678", "12,5 m", "1.500.000 đồng", "1.250,75 USD", "12,5 %", "2,5 ha",
    "01/03/2026",
    "08:30, 28/02/2026", "07:30", "08/2025", "quý 3/2025", "6 tháng", "Trực tiếp", "Vải", "0••••••••456", "Xã An Lão",
    "Thửa 12", "X 2.308.123,4", "Công ty Gạch Đỏ", "18.000.000 đồng", "hiện trạng.pdf", "gạch.pdf", "Lúa",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def everything(office: Office) -> None:
    """The definition with every type, published while the office runs."""
    shutil.copytree(ROOT / "tests" / "every_type", office.config, dirs_exist_ok=True)
    (office.config / "procedures/land/everything.yaml").write_text(PROCEDURE, encoding="utf-8")
    published = office.flask("procedures", "publish", "land/everything")
    assert published.returncode == 0, published.stdout + published.stderr


def fill_in(desk: Desk, folder: Path) -> None:
    """All of it, as a clerk would, with a mistake here and there."""
    page = desk.page
    for key, text in {**APPLICANT, **TEXTS}.items():
        desk.fill(key, text)
    for key, value in CHOICES.items():
        desk.choose(key, value)
    for key in ("crops", "team", "asked"):
        page.locator(f'[name="f.{key}"][type=checkbox]').nth(1).check()
    page.check('[name="f.agreed"]')
    for key, name in (("evidence", "hiện trạng.pdf"), ("drawings", "bản vẽ.pdf")):
        page.set_input_files(f'input[type=file][name="f.{key}"]', scan(folder, name))
    page.fill('[name="d.application.originals"]', "1")


def scan(folder: Path, name: str) -> str:
    file = folder / name
    file.write_bytes(PDF)
    return str(file)


def conditions_are_live(page: Page, desk: Desk) -> None:
    why, country = page.locator('[data-field="urgent_why"]'), page.locator("#phan-foreign")
    expect(why).to_be_hidden()
    expect(country).to_be_hidden()
    desk.choose("urgent", "true")
    expect(why).to_be_visible()
    expect(country).to_be_visible()
    desk.fill("urgent_why", "Sắp mưa bão")
    expect(page.locator('[data-field="full_price"] output')).to_have_text("18.000.000")


def rows_are_live(page: Page, desk: Desk, folder: Path) -> None:
    table = page.locator('[data-field="goods"]')
    desk.fill("goods.1.name", "Gạch")
    desk.fill("goods.1.pieces", "5")
    desk.fill("goods.1.unit_price", "1.000")
    table.locator("[data-add-row]").click()
    table.locator("[data-add-row]").click()
    desk.fill("goods.2.name", "Sẽ bỏ")
    table.locator('[data-row="2"] [data-drop-row]').click()
    expect(table.locator("tbody [data-row]")).to_have_count(2)
    desk.fill("goods.3.name", "Ngói")
    desk.fill("goods.3.pieces", "6")
    desk.fill("goods.3.unit_price", "2.000")
    expect(table.locator('[data-row="1"] [data-cell="amount"] output')).to_have_text("5.000")
    expect(table.locator('[data-total="amount"]')).to_have_text("17.000")
    expect(table.locator("[data-equals]")).to_have_class(re.compile("is-wrong"))  # 11 pieces, 12 people
    wrapping = table.locator('[data-row="3"] [data-cell="wrapping"] input')
    expect(wrapping).to_be_hidden()
    desk.choose("goods.3.fragile", "true")
    expect(wrapping).to_be_visible()
    page.set_input_files('input[type=file][name="f.goods.3.photo"]', scan(folder, "gạch.pdf"))


def accept(page: Page) -> None:
    page.locator('button[value="accept"]:visible').first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [1366, 360])
def test_a_form_with_every_type_from_typing_to_finding(
    browser: Browser, office: Office, tmp_path: Path, width: int
) -> None:
    desk = sign_in(browser, office.url, "tiepnhan", width=width)
    page = desk.page
    desk.go(ADD)
    fill_in(desk, tmp_path)
    conditions_are_live(page, desk)
    rows_are_live(page, desk, tmp_path)
    desk.fill("serial", "sai khuôn")
    desk.fill("signed_on", "31/02/2026")
    accept(page)
    said = page.locator(".mc-errorsum").inner_text()
    for text in ("Số seri", "Ngày ký", "ngày 31"):
        assert text in said, said
    assert findings(desk) == []
    page.screenshot(path=str(tmp_path / "refused.png"), full_page=True)
    assert page.input_value('[name="f.serial"]') == "sai khuôn"
    desk.fill("serial", "BK 482913")
    desk.fill("signed_on", "1/3/2026")
    accept(page)
    assert "Số lượng" in page.locator(".mc-errorsum").inner_text()  # the total is one piece short
    desk.fill("goods.2.pieces" if page.locator('[name="f.goods.2.pieces"]').count() else "goods.3.pieces", "7")
    accept(page)
    assert page.locator(".mc-errorsum li").all_inner_texts() == []
    page.wait_for_url(re.compile(r"/p/land/everything/\d+$"))
    content = page.locator("#noi-dung").inner_text()
    for text in SHOWN:
        assert text in content, f"{text}: {content}"
    assert findings(desk) == []
    page.screenshot(path=str(tmp_path / "dossier.png"), full_page=True)
    page.get_by_role("button", name="Hiện giá trị nhạy cảm").click()
    expect(page.locator("#noi-dung")).to_contain_text("031099000456")
    desk.go("/p/land/everything/?scope=all&sort=-members&f.goods.name=ngoi&f.price.low=1.500.000&f.contact=chuyenvien")
    expect(page.locator("main")).to_contain_text("Nhà xưởng số 1")
    assert findings(desk) == []
    page.screenshot(path=str(tmp_path / "list.png"), full_page=True)
    print(tmp_path)
