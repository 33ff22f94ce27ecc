"""Nothing that a clerk ticks or types at intake is lost while the page works out the promise."""

import re

from playwright.sync_api import Browser, Route, expect

from tests.journeys.acting import sign_in
from tests.journeys.conftest import Office


def test_a_tick_made_while_the_preview_is_on_its_way_stays(browser: Browser, office: Office) -> None:
    desk = sign_in(browser, office.url, "tiepnhan")
    desk.go("/p/land/certificate-exchange/add")
    desk.choose("subject", "land")
    expect(desk.page.locator("#hen")).to_contain_text("810.000 đ")

    def late(route: Route) -> None:
        answer = route.fetch()  # made of the form as it was before the tick
        desk.page.check('[name="p.charge"]')
        desk.page.fill("#unpaid", "Thu sau khi in biên lai")
        route.fulfill(response=answer)

    desk.page.route(re.compile(r"/preview$"), late)
    desk.choose("resurvey", "true")
    expect(desk.page.locator("#hen")).to_contain_text("10 ngày làm việc")
    expect(desk.page.locator('[name="p.charge"]')).to_be_checked()
    expect(desk.page.locator("#unpaid")).to_have_value("Thu sau khi in biên lai")


def test_a_refused_intake_comes_back_as_it_was_sent(browser: Browser, office: Office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    desk = sign_in(browser, office.url, "tiepnhan")
    desk.go("/p/land/certificate-exchange/add")
    desk.fill("applicant.name", "Lê Thị Chưa Xong")
    desk.fill("serial", "sai khuôn")
    scan = tmp_path / "giấy chứng nhận.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    desk.page.set_input_files('[name="d.land-certificate.files"]', str(scan))
    desk.page.locator('button[value="accept"]:visible').first.click()
    expect(desk.page.locator(".mc-errorsum")).to_be_visible()
    assert desk.page.input_value('[name="f.applicant.name"]') == "Lê Thị Chưa Xong"
    assert desk.page.input_value('[name="f.serial"]') == "sai khuôn"
    expect(desk.page.locator("#d-land-certificate")).to_contain_text("giấy chứng nhận.pdf")
    expect(desk.page.locator(".mc-errorsum li a").first).to_have_attribute("href", re.compile("#.+"))
