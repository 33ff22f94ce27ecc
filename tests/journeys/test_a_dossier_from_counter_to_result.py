"""The main job in a real browser: received, routed, finished, returned; then a new procedure without a restart."""

import io
import re
from pathlib import Path

import pypdfium2
import zxingcpp
from playwright.sync_api import Browser, expect

from tests.journeys.acting import Desk, receive_land_change, sign_in
from tests.journeys.conftest import ROOT, Office


def read_slip(desk: Desk) -> tuple[str, set[str]]:
    """The text of the receipt slip and what its codes say."""
    address = desk.page.locator("#ban-in a.mc-file").first.get_attribute("href")
    assert address is not None
    answer = desk.page.request.get(desk.url + address)
    assert answer.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(io.BytesIO(answer.body()))
    page = document[0]
    codes = zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())
    return page.get_textpage().get_text_range(), {code.text for code in codes}


def test_a_land_transfer_goes_from_reception_to_the_result(browser: Browser, office: Office, tmp_path: Path) -> None:
    reception = sign_in(browser, office.url, "tiepnhan")
    address = receive_land_change(reception, tmp_path)
    code = reception.page.locator(".mc-case__code strong").inner_text()
    assert re.fullmatch(r"H24[.\d]*-\d{6}-\d{4}", code)
    text, codes = read_slip(reception)
    assert "GIẤY TIẾP NHẬN HỒ SƠ" in text.replace("\r\n", " ")
    assert "Trần Văn Minh" in text
    assert code in codes
    assert any(one.startswith("http") for one in codes)

    officer = sign_in(browser, office.url, "chuyenvien")
    officer.go(address)
    download = officer.page.locator("#giay-to a.mc-file").first.get_attribute("href")
    assert download is not None
    assert officer.page.request.get(office.url + download).body().startswith(b"%PDF")
    officer.finish_step(appraisal_opinion="Hồ sơ đủ điều kiện.", has_duty="false")

    head = sign_in(browser, office.url, "truongphong")
    head.go(address)
    head.finish_step()
    leader = sign_in(browser, office.url, "lanhdao")
    leader.go(address)
    leader.finish_step()
    officer.go(address)
    officer.finish_step()
    head.go(address)
    head.finish_step()
    leader.go(address)
    leader.finish_step()
    clerk = sign_in(browser, office.url, "vanthu")
    clerk.go(address)
    clerk.finish_step()

    reception.go(address)
    assert "9" in reception.status()
    reception.page.fill('[name="f._.receiver.name"]', "Trần Văn Minh")
    reception.finish_step()
    assert "10" in reception.status()
    assert "dossier" in office.flask("dossiers", "verify").stdout.lower()


def test_somebody_of_another_division_finds_nothing(browser: Browser, office: Office, tmp_path: Path) -> None:
    reception = sign_in(browser, office.url, "tiepnhan")
    address = receive_land_change(reception, tmp_path, name="Nguyễn Thị Kín Đáo")
    file = reception.page.locator("#giay-to a.mc-file").first.get_attribute("href")
    slip = reception.page.locator("#ban-in a.mc-file").first.get_attribute("href")
    stranger = sign_in(browser, office.url, "officer.nnmt-environment")
    for path in (address, file, slip):
        assert path is not None
        assert stranger.page.request.get(office.url + path).status == 404
    stranger.go("/search/?q=Kín+Đáo")
    assert "Nguyễn Thị Kín Đáo" not in stranger.page.locator("main").inner_text()


def test_a_sixth_procedure_is_published_and_used_while_the_office_runs(browser: Browser, office: Office) -> None:
    reception = sign_in(browser, office.url, "tiepnhan")
    missing = reception.page.request.get(office.url + "/p/land/copy-request/add")
    assert missing.status == 404
    example = (ROOT / "docs" / "examples" / "copy-request.yaml").read_text(encoding="utf-8")
    (office.config / "procedures" / "land" / "copy-request.yaml").write_text(example, encoding="utf-8")
    checked = office.flask("procedures", "check", str(office.config))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    published = office.flask("procedures", "publish", "land/copy-request")
    assert published.returncode == 0, published.stdout + published.stderr
    reception.page.wait_for_timeout(2_000)
    reception.go("/p/land/copy-request/add")
    expect(reception.page.locator("h1")).to_contain_text("Cung cấp bản sao")
    for part, text in {
        "name": "Vũ Thị Sáu",
        "identity": "031170004521",
        "address.line": "Xã An Lão",
        "phone": "0912000119",
    }.items():
        reception.fill(f"applicant.{part}", text)
    for box in reception.page.locator('main .mc-panel input.mc-input[name^="f."]:visible').all():
        if box.input_value() == "" and "applicant" not in (box.get_attribute("name") or ""):
            box.fill("12/2019")
    for count in reception.page.locator('[data-paper]:visible input[name$=".originals"]').all():
        count.fill("1")
    for fee in reception.page.locator('#hen input[type=checkbox][name^="p."]').all():
        fee.check()
    reception.page.locator('button[value="accept"]:visible').first.click()
    reception.page.wait_for_url(re.compile(r"/p/land/copy-request/\d+$"))
    expect(reception.page.locator(".mc-case__code strong")).to_contain_text("H24")
