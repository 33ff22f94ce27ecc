"""The page with the picture of a procedure's route: for whoever may see its list, readable without the picture."""

import re
from collections.abc import Callable

from flask import Flask

from app.storage.people import Person
from tests.screens.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def test_the_picture_and_the_table_say_the_same(app: Flask, office: dict[str, Person], signed_in: SignedIn) -> None:
    page = signed_in("lan").get("/p/land/permit/flow")
    assert page.status_code == 200
    picture = page.text[page.text.index('<svg class="mc-flow') : page.text.rindex("</svg>")]
    rows = re.findall(r"<td role=\"cell\"[^>]*><strong>([^<]+)</strong>", page.text)
    assert len(rows) == picture.count('class="no"') > 2
    assert all(row in picture for row in rows)
    assert "<script" not in picture
    assert "style=" not in picture
    assert 'role="img" aria-labelledby="flow-0-title flow-0-desc"' in picture


def test_the_list_leads_there(app: Flask, office: dict[str, Person], signed_in: SignedIn) -> None:
    assert 'href="/p/land/permit/flow"' in signed_in("lan").get("/p/land/permit/").text


def test_what_one_may_not_see_is_not_there(app: Flask, office: dict[str, Person], signed_in: SignedIn) -> None:
    assert signed_in("lan").get("/p/land/nothing/flow").status_code == 404
    assert app.test_client().get("/p/land/permit/flow").status_code in (302, 401, 404)
