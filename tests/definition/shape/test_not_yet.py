"""What is refused for now: the page says exactly that, and the message names the room that is missing."""

from pathlib import Path

import pytest

from app.definition.check import check_config
from app.definition.shape.not_yet import Refused, not_yet_page, records_of_the_language, refused_now
from tests.definition.configs import example_files

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_is_the_one_of_the_tables() -> None:
    written = (DOCS / "not-yet.md").read_text(encoding="utf-8")
    assert written == not_yet_page(), "flask procedures not-yet --write docs/not-yet.md"


@pytest.mark.parametrize("one", refused_now(), ids=lambda one: f"{one.record.name}.{one.key}")
def test_the_page_names_what_is_refused_under_its_room(one: Refused) -> None:
    section = not_yet_page().partition(f"\n## Chờ {one.room.vi}\n")[2].partition("\n## ")[0]
    assert f"| `{one.key}` | {one.record.words.vi} |" in section


def test_a_key_that_is_read_is_not_on_the_page() -> None:
    refused = {(one.record.name, one.key) for one in refused_now()}
    read = {(record.name, row.key) for record in records_of_the_language() for row in record.rows if row.later is None}
    assert ("procedure", "title") in read
    assert refused.isdisjoint(read)


def test_the_page_is_found_from_the_guide() -> None:
    assert "(not-yet.md)" in (DOCS / "how-to-write-a-procedure.md").read_text(encoding="utf-8")


def test_the_refusal_says_which_room_is_missing() -> None:
    told = [one for one in check_config(example_files()).problems if one.rule == "K13"]
    rooms = {one.room for one in refused_now()}
    assert told
    assert all(one.params["room"] in rooms and f"còn thiếu: {one.params['room'].vi}" in one.hint("vi") for one in told)
    assert all(f"{one.params['room'].en} is still missing" in one.hint("en") for one in told)
