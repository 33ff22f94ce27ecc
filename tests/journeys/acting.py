"""What a person does in the browser, told in the words of the office."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

PASSWORD = "mot-cua-dung-thu"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(slots=True)
class Desk:
    """One person at a desk: a browser of their own, signed in."""

    page: Page
    url: str

    def go(self, path: str) -> None:
        """Open a page of the office."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status < 400, f"{path} answered {answer.status}"

    def fill(self, key: str, text: str) -> None:
        """Type into a field of a generated form."""
        self.page.fill(f'[name="f.{key}"]', text)

    def choose(self, key: str, value: str) -> None:
        """Tick a choice, or pick it from a list."""
        radio = self.page.locator(f'input[type=radio][name="f.{key}"][value="{value}"]')
        if radio.count():
            radio.check()
        else:
            self.page.select_option(f'select[name="f.{key}"]', value)

    def finish_step(self, **answers: str) -> None:
        """Fill in what the open step asks for and finish it."""
        for key, text in answers.items():
            if text in ("true", "false"):
                self.choose(key, text)
            else:
                self.fill(key, text)
        before = self.page.locator("#nhat-ky li").count()
        self.page.locator("#lam .mc-act__buttons button.mc-btn--primary").click()
        expect(self.page.locator(".mc-errorsum")).to_have_count(0)
        expect(self.page.locator("#nhat-ky li")).not_to_have_count(before)

    def status(self) -> str:
        """The national status of the dossier on the page."""
        return self.page.locator(".mc-case .mc-status").first.inner_text()


def sign_in(browser: Browser, url: str, username: str, password: str = PASSWORD, width: int = 1366) -> Desk:
    """A person comes in."""
    context = browser.new_context(
        viewport={"width": width, "height": 768}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("pageerror", lambda error: (_ for _ in ()).throw(AssertionError(f"script failed: {error}")))
    page.goto(url + "/login/")
    page.fill("#username", username)
    page.fill("#password", password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile(r"^(?!.*login).*$"))
    return Desk(page, url)


def receive_land_change(desk: Desk, folder: Path, *, name: str = "Trần Văn Minh") -> str:
    """Reception takes in a transfer of land with its papers, one of them scanned; returns the dossier's address."""
    page = desk.page
    desk.go("/p/land/change-registration/add")
    applicant = {
        "name": name,
        "identity": "031068004521",
        "address.commune": "Phường Hải An",
        "address.line": "Số 5 Lê Lợi",
        "phone": "0912000118",
    }
    for part, text in applicant.items():
        desk.fill(f"applicant.{part}", text)
    choices = {
        "subject": "land",
        "locality_kind": "ward",
        "remote_area": "false",
        "resurvey": "false",
        "splits_parcel": "false",
        "mortgaged": "false",
        "owner_without_land": "false",
        "new_certificate": "true",
        "shared_ownership": "false",
    }
    for key, value in choices.items():
        desk.choose(key, value)
    expect(page.locator('[data-field="certificates"]')).to_be_visible()
    expect(page.locator('[data-field="co_owners"]')).to_be_hidden()
    texts = {
        "certificates": "1",
        "book_number": "CS 01457",
        "serial": "BK 48291300",
        "issued_on": "20/06/2011",
        "change_content": "Chuyển nhượng toàn bộ thửa đất",
        "written_on": "20/11/2026",
    }
    for key, text in texts.items():
        desk.fill(key, text)
    expect(page.locator("#hen")).to_contain_text("8 ngày làm việc")
    expect(page.locator("#hen")).to_contain_text("530.000 đ")
    for paper in ("land-certificate", "land-application", "contract"):
        page.fill(f'[name="d.{paper}.originals"]', "1")
    scan = folder / "đơn đăng ký.pdf"
    scan.write_bytes(PDF)
    page.set_input_files('[name="d.land-application.files"]', str(scan))
    for fee in page.locator('#hen input[type=checkbox][name^="p."]').all():
        fee.check()
    page.locator('button[value="accept"]:visible').first.click()
    page.wait_for_load_state()
    assert page.locator(".mc-errorsum li").all_inner_texts() == []
    page.wait_for_url(re.compile(r"/p/land/change-registration/\d+$"))
    return page.url.removeprefix(desk.url)
