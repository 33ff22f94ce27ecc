"""Every main screen on a desktop and on a phone: nothing that axe-core finds, nothing wider than the screen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.journeys.acting import Desk, sign_in
from tests.journeys.conftest import Office

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
STAFF = (
    "/?scope=unit",
    "/search/?q=nguyen",
    "/procedures/",
    "/account/",
    "/p/land/certificate-exchange/?scope=all",
    "/p/land/change-registration/flow",
    "/p/security/mortgage-deletion/many",
)
RECEPTION = ("/tiep-nhan/", "/p/land/change-registration/add", "/p/security/mortgage-deletion/add")
ADMINISTRATOR = ("/accounts/", "/accounts/add")
PAGES = [("chuyenvien", STAFF), ("tiepnhan", RECEPTION), ("quantri", ADMINISTRATOR)]
WIDTHS = (1366, 360)


def findings(desk: Desk) -> list[str]:
    """What is wrong with the page as it stands."""
    found = Axe().run(desk.page, options=RULES).response["violations"]
    wrong = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
    wide = desk.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*wrong, *([f"{wide} px too wide"] if wide > 0 else [])]


def acting_on_the_dossier(desk: Desk) -> dict[str, list[str]]:
    """What is wrong with the forms of what can be done to the dossier, and with its sensitive values in full."""
    dossier = desk.page.url.removeprefix(desk.url)
    links = desk.page.locator("a[href*='action=']").all()
    forms = dict.fromkeys(str(link.get_attribute("href")).partition("#")[0] for link in links)
    assert len(forms) > 1
    wrong = {}
    for form in forms:
        desk.go(form)
        wrong[form] = findings(desk)
    desk.go(dossier)
    desk.page.get_by_role("button", name="Hiện giá trị nhạy cảm").click()
    expect(desk.page.get_by_text("lần xem này đã được ghi")).to_be_visible()
    wrong["sensitive values"] = findings(desk)
    return wrong


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("who", "paths"), PAGES, ids=[who for who, _paths in PAGES])
def test_no_screen_shuts_anybody_out(
    browser: Browser, office: Office, who: str, paths: tuple[str, ...], width: int
) -> None:
    desk = sign_in(browser, office.url, who, width=width)
    wrong = {}
    for path in paths:
        desk.go(path)
        wrong[path] = findings(desk)
    if who == "chuyenvien":
        desk.go("/?scope=unit")
        desk.page.locator("a[href^='/p/']").filter(has_text=re.compile("H24")).first.click()
        wrong["dossier"] = findings(desk)
        wrong |= acting_on_the_dossier(desk)
    assert {path: found for path, found in wrong.items() if found} == {}


def test_signing_in_is_open_to_everybody(browser: Browser, office: Office) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 780}).new_page()
    page.goto(office.url + "/login/")
    assert findings(Desk(page, office.url)) == []
