"""Publishing while the office works: no request fails, every process follows within two seconds, old dossiers stay."""

import threading
import time
import urllib.request

from playwright.sync_api import Browser

from tests.journeys.acting import Desk, sign_in
from tests.journeys.conftest import Office

PROCEDURE = "procedures/land/certificate-exchange.yaml"
LIST = "/p/land/certificate-exchange/?scope=all"
WITHIN = 2.0


class Visitor(threading.Thread):
    """Somebody who opens the list again and again, in a session of their own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.cookie = "; ".join(f"{one['name']}={one['value']}" for one in desk.page.context.cookies())
        self.url = desk.url + LIST
        self.ended = threading.Event()
        self.failures: list[str] = []
        self.answers = 0

    def run(self) -> None:
        while not self.ended.is_set():
            request = urllib.request.Request(self.url, headers={"Cookie": self.cookie})
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    self.answers += 1
                    if "/login/" in answer.url:
                        self.failures.append("signed out")
            except OSError as fault:
                self.failures.append(str(fault))


def shows_everywhere(desk: Desk, text: str) -> bool:
    """Whether the text stands on the list, whichever process answers."""
    return all(text in desk.page.request.get(desk.url + LIST).text() for _turn in range(12))


def edit(office: Office, file: str, old: str, new: str) -> None:
    path = office.config / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def publish(office: Office, *keys: str) -> None:
    published = office.flask("procedures", "publish", *keys)
    assert published.returncode == 0, published.stdout + published.stderr
    time.sleep(WITHIN)


def test_a_change_reaches_every_process_and_disturbs_nobody(browser: Browser, office: Office) -> None:
    desk = sign_in(browser, office.url, "chuyenvien")
    visitor = Visitor(desk)
    visitor.start()
    try:
        edit(office, PROCEDURE, "title: 'Cấp đổi Giấy chứng nhận", "title: 'Cấp đổi nhanh Giấy chứng nhận")
        publish(office, "land/certificate-exchange")
        assert shows_everywhere(desk, "Cấp đổi nhanh Giấy chứng nhận")
        edit(office, "organisation.yaml", "title: Đất đai", "title: Đất đai và nhà ở")
        publish(office)
        assert shows_everywhere(desk, "Đất đai và nhà ở")
        edit(office, "shared/forms/land-change.yaml", "label: Số vào sổ cấp Giấy chứng nhận", "label: Số vào sổ")
        publish(office)
    finally:
        visitor.ended.set()
        visitor.join()
    assert visitor.failures == []
    assert visitor.answers > 20


def test_a_dossier_in_progress_keeps_the_version_it_was_received_under(browser: Browser, office: Office) -> None:
    desk = sign_in(browser, office.url, "chuyenvien")
    desk.go("/p/land/certificate-exchange/?scope=open")
    desk.page.locator("a.mc-code").first.click()
    assert "bản 1" in desk.page.locator(".mc-case__code").inner_text()
    assert "Số vào sổ cấp Giấy chứng nhận" in desk.page.locator("#noi-dung").inner_text()


def test_a_mistake_publishes_nothing_and_names_its_place(browser: Browser, office: Office) -> None:
    desk = sign_in(browser, office.url, "chuyenvien")
    path = office.config / PROCEDURE
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("field: land", "field: lnad", 1), encoding="utf-8")
    try:
        refused = office.flask("procedures", "publish", "land/certificate-exchange")
    finally:
        path.write_text(good, encoding="utf-8")
    assert refused.returncode == 1
    assert "certificate-exchange.yaml:" in refused.stdout
    assert "R05" in refused.stdout
    desk.go(LIST)
