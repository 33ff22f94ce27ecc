"""The filters of a list: what one person chooses stays on that person's page, in that person's language."""

from collections.abc import Callable

from tests.screens.visitor import Visitor, words_of

SignedIn = Callable[[str], Visitor]
LIST = "/p/land/permit/"


def box_of(text: str) -> str:
    """The box as it is sent."""
    begin = text.index('<details class="mc-filterbox"')
    return text[begin : text.index("</details>", begin)]


def test_what_one_person_chooses_is_not_on_the_next_page(signed_in: SignedIn) -> None:
    plain = box_of(signed_in("minh").get(LIST).text)
    chosen = box_of(signed_in("minh").get(LIST, query_string={"f.place": "Bến <Nghé>"}).text)
    assert 'value="Bến &lt;Nghé&gt;"' in chosen
    assert chosen.startswith('<details class="mc-filterbox" open>')
    assert box_of(signed_in("minh").get(LIST).text) == plain
    assert "Bến" not in plain
    assert not plain.startswith('<details class="mc-filterbox" open>')


def test_the_box_keeps_scope_and_order(signed_in: SignedIn) -> None:
    text = box_of(signed_in("minh").get(LIST, query_string={"scope": "closed", "sort": "-received"}).text)
    assert '<input type="hidden" name="scope" value="closed">' in text
    assert '<input type="hidden" name="sort" value="-received">' in text
    assert 'value="open"' in box_of(signed_in("minh").get(LIST).text)


def test_an_order_that_is_not_offered_is_not_kept(signed_in: SignedIn) -> None:
    text = box_of(signed_in("minh").get(LIST, query_string={"sort": "owner_id<script>"}).text)
    assert "owner_id" not in text


def test_a_filter_that_is_not_offered_opens_no_box(signed_in: SignedIn) -> None:
    plain = box_of(signed_in("minh").get(LIST).text)
    hidden = {"f.owner_id": "031088000123", "f.purpose": "palace"}
    assert box_of(signed_in("minh").get(LIST, query_string=hidden).text) == plain


def test_each_reader_gets_the_box_in_the_language_chosen(signed_in: SignedIn) -> None:
    assert "Bộ lọc" in words_of(signed_in("minh").get(LIST))
    visitor = signed_in("minh")
    visitor.post("/language", {"locale": "en"})
    assert "Filters" in box_of(visitor.get(LIST).text)
    visitor.post("/language", {"locale": "vi"})
    assert "Filters" not in box_of(visitor.get(LIST).text)
