"""Counters above the list of a procedure, as people see and use them."""

import re
from collections.abc import Callable

from tests.screens.visitor import Visitor

SignedIn = Callable[[str], Visitor]
LIST = "/p/land/permit/"


def counters(text: str) -> list[tuple[str, str]]:
    """Title and address of each counter."""
    bar = text[text.index('aria-label="Ô đếm"') : text.index('<details class="mc-filterbox"')]
    return re.findall(r'href="([^"]+)"[^>]*>([^<]+) <span', bar)


def test_a_counter_leads_to_what_it_counts_and_back(signed_in: SignedIn) -> None:
    page = signed_in("minh").get(LIST).text
    (address, title), *_ = counters(page)
    assert title == "Nhiều thửa đất"
    assert address == f"{LIST}?card=1"
    narrowed = signed_in("minh").get(address).text
    assert counters(narrowed)[0] == (LIST, title)
    assert 'aria-current="true">Nhiều thửa đất' in narrowed


def test_a_counter_that_does_not_exist_is_not_asked_for(signed_in: SignedIn) -> None:
    for number in ("0", "99", "-1", "x", "²", "1.0"):
        page = signed_in("minh").get(LIST, query_string={"card": number})
        assert page.status_code == 200
        assert 'aria-current="true"' not in page.text
