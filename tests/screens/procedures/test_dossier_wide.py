"""A procedure with all there is: opinions, buttons that ask back, columns filled later, papers made, optional steps."""

import html
import io
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.engine.moves import Action
from app.engine.state import State
from app.operations.publish import Published, publish_config
from app.operations.receive_dossier import Reception, receive_dossier
from app.operations.take_action import take_action
from app.storage.dossiers import load_dossier
from app.storage.outcomes import Done
from app.storage.people import Person, system_person
from tests.factories import MONDAY, OFFICE
from tests.screens.visitor import Visitor, words_of

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LATER = MONDAY + timedelta(minutes=30)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture(scope="module")
def wide(app: Flask, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with the wide procedure published beside the others."""
    folder = tmp_path_factory.mktemp("wide") / "config"
    shutil.copytree(OFFICE, folder)
    shutil.copytree(Path(__file__).parent / "wide_office", folder, dirs_exist_ok=True)
    with app.app_context():
        published = publish_config(folder, ("land/inspection",), system_person(), MONDAY)
        assert isinstance(published, Published), published
    return app


@pytest.fixture
def dossier(wide: Flask, office: Office) -> int:
    """A dossier that is to be sent around for opinions."""
    rows = [{"name": "Hàng rào"}, {"name": "Cổng"}]
    reception = Reception(
        "land/inspection",
        {"kind": "citizen", "name": "Trần Văn Chủ", "identity": "031188000123"},
        answers={"urgent": "false", "items": rows},
        documents={"application": True},
    )
    with wide.app_context():
        made = receive_dossier(reception, office["lan"], MONDAY)
        assert isinstance(made, Done), made
        return made.dossier_id


def path(dossier: int, action: str = "") -> str:
    return f"/p/land/inspection/{dossier}{f'/actions/{action}' if action else ''}"


def hidden(text: str, action: str) -> dict[str, str]:
    begin = text.index(f'/actions/{action}"')
    found = HIDDEN.findall(text[begin : text.index("</form>", begin)])
    return {html.unescape(name): html.unescape(value) for name, value in found if "._" not in name}


def send(visitor: Visitor, dossier: int, kind: str, fields: Mapping[str, Any], query: str = "") -> TestResponse:
    page = visitor.get(path(dossier) + query).text
    return visitor.send(path(dossier, kind), {**hidden(page, kind), **fields})


def state(app: Flask, office: Office, dossier: int) -> State:
    with app.app_context():
        stored = load_dossier(dossier, "land/inspection", office["lan"].badges)
        assert stored is not None
        return stored.state


def act(app: Flask, office: Office, dossier: int, who: str, action: Action) -> None:
    with app.app_context():
        done = take_action(dossier, None, action, office[who], LATER)
        assert isinstance(done, Done), done


def to_examination(app: Flask, office: Office, dossier: int) -> None:
    """Send it around and let everybody answer."""
    act(app, office, dossier, "minh", Action("step", step="ask"))
    act(app, office, dossier, "stranger", Action("opinion", step="ask", choose="agree"))
    act(app, office, dossier, "leader", Action("opinion", step="ask", choose="agree"))


def examined(page: str, **changes: Any) -> dict[str, Any]:
    """The examination filled in, in the rows that the page shows."""
    first, second = re.findall(r'name="f\.items\._row" value="(\d+)"', page)
    fields = {
        "f.items._row": [first, second],
        f"f.items.{first}.found": "Đúng",
        f"f.items.{second}.found": "Thiếu khóa",
        "f._.attach.sheet": (io.BytesIO(PDF), "phieu.pdf"),
    }
    return {**fields, **changes}


def test_whoever_sends_it_around_may_leave_somebody_out(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    page = signed_in("minh").get(path(dossier)).text
    assert re.search(r'name="f\._\.ask" value="officer@water" checked', page)
    refused = send(signed_in("minh"), dossier, "step", {"f._.ask": ["officer@water"]})
    assert refused.status_code == 422, "nobody is left out without a word"
    assert "Vì sao hỏi khác" in refused.text
    fields = {"f._.ask": ["officer@water"], "f._.add": ["head@water"], "f._.reason": "Đã trao đổi trước"}
    assert send(signed_in("minh"), dossier, "step", fields).status_code == 303
    asked = [v.party for v in state(wide, office, dossier).visits if v.kind == "opinion"]
    assert asked == ["officer@water", "head@water"]


def test_an_opinion_is_given_in_the_words_of_the_procedure(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    act(wide, office, dossier, "minh", Action("step", step="ask"))
    visitor = signed_in("stranger")
    page = visitor.get(path(dossier) + "?action=opinion")
    assert "Nhất trí" in words_of(page)
    assert send(visitor, dossier, "opinion", {}, "?action=opinion").status_code == 422
    given = {"f._.choose": "against", "f._.comment": "Thiếu nước"}
    assert send(visitor, dossier, "opinion", given, "?action=opinion").status_code == 303
    words = words_of(signed_in("minh").get(path(dossier)))
    assert "Không nhất trí" in words
    assert "Thiếu nước" in words


def examine(visitor: Visitor, dossier: int, leave_out: str = "", **changes: Any) -> TestResponse:
    """Open the page, fill in the examination and send it."""
    page = visitor.get(path(dossier)).text
    fields = examined(page, **changes)
    fields.pop(leave_out, None)
    return visitor.send(path(dossier, "step"), {**hidden(page, "step"), **fields})


def test_columns_of_a_later_step_are_filled_in_the_rows_that_exist(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    to_examination(wide, office, dossier)
    page = signed_in("minh").get(path(dossier)).text
    assert re.search(r'name="f\.items\.\d+\.found"', page)
    assert not re.search(r'name="f\.items\.\d+\.name"', page)
    assert "Hàng rào" in page
    assert examine(signed_in("minh"), dossier, choose="pass", confirmed="1").status_code == 303
    rows = state(wide, office, dossier).answers["items"]
    assert [(row["name"], row["found"]) for row in rows] == [("Hàng rào", "Đúng"), ("Cổng", "Thiếu khóa")]


def test_a_button_asks_back_and_keeps_what_was_typed(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    to_examination(wide, office, dossier)
    visitor = signed_in("minh")
    asked = examine(visitor, dossier, choose="pass")
    assert asked.status_code == 200
    assert "Chuyển sang lập biên bản?" in words_of(asked)
    assert "Thiếu khóa" in asked.text
    kept = re.search(r'name="f\._\.attach\.sheet\._kept" value="([^"|]+\|[^"]+)" checked', asked.text)
    assert kept is not None
    again = examined(asked.text, confirmed="1") | {"f._.attach.sheet._kept": html.unescape(kept.group(1))}
    again.pop("f._.attach.sheet")
    assert visitor.send(path(dossier, "step"), {**hidden(asked.text, "step"), **again}).status_code == 303
    now = state(wide, office, dossier)
    assert now.open_step("issue") is not None
    assert now.attachments["examine.sheet"]["files"][0]["name"] == "phieu.pdf"


def test_a_button_that_needs_a_note_says_so_at_the_note(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    to_examination(wide, office, dossier)
    answer = examine(signed_in("minh"), dossier, choose="again")
    assert answer.status_code == 422
    assert 'href="#f-_-comment"' in answer.text


def test_a_paper_that_the_step_makes_is_demanded_at_its_control(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    to_examination(wide, office, dossier)
    answer = examine(signed_in("minh"), dossier, "f._.attach.sheet", choose="pass", confirmed="1")
    assert answer.status_code == 422
    assert 'href="#f-_-attach-sheet"' in answer.text
    assert "Phiếu kiểm tra" in words_of(answer)


def test_a_step_if_needed_is_ticked_by_whoever_leaves_the_one_before(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    to_examination(wide, office, dossier)
    ticked = {"f._.include": ["visit"]}
    assert examine(signed_in("minh"), dossier, choose="pass", confirmed="1", **ticked).status_code == 303
    assert state(wide, office, dossier).open_step("visit") is not None


def test_papers_made_can_be_downloaded(wide: Flask, office: Office, signed_in: SignedIn, dossier: int) -> None:
    to_examination(wide, office, dossier)
    visitor = signed_in("minh")
    assert examine(visitor, dossier, choose="pass", confirmed="1").status_code == 303
    page = visitor.get(path(dossier)).text
    link = re.search(r'class="mc-file" href="([^"]+/files/\d+)"', page)
    assert link is not None
    assert visitor.get(link.group(1)).data == PDF


def test_a_title_with_a_percent_sign_is_only_a_title(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    assert "Kiểm tra thử nghiệm 100% hồ sơ" in words_of(signed_in("minh").get(path(dossier)))


def test_tables_read_as_tables(wide: Flask, office: Office, signed_in: SignedIn, dossier: int) -> None:
    page = signed_in("lan").get(path(dossier)).text
    table = page[page.index("<caption") :]
    assert "Hàng rào" in table[: table.index("</table>")]


def test_the_usual_limit_says_which_other_case_does_not_apply(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    words = words_of(signed_in("lan").get(path(dossier)))
    assert "20 ngày làm việc" in words
    assert "9 ngày làm việc khi có Khẩn" in words


def test_people_are_chosen_by_their_names(wide: Flask, office: Office, signed_in: SignedIn, dossier: int) -> None:
    to_examination(wide, office, dossier)
    visitor = signed_in("minh")
    page = visitor.get(path(dossier)).text
    assert re.search(r'name="f\.inspectors" value="stranger">Vũ Thị Lạ', page)
    picked = {"f.inspectors": ["stranger", "minh"]}
    assert examine(visitor, dossier, choose="pass", confirmed="1", **picked).status_code == 303
    assert state(wide, office, dossier).answers["inspectors"] == ["stranger", "minh"]
    assert "Vũ Thị Lạ, Lê Văn Minh" in words_of(visitor.get(path(dossier)))


def test_somebody_who_is_not_in_the_list_cannot_be_chosen(
    wide: Flask, office: Office, signed_in: SignedIn, dossier: int
) -> None:
    to_examination(wide, office, dossier)
    answer = examine(signed_in("minh"), dossier, choose="pass", confirmed="1", **{"f.inspectors": ["nobody"]})
    assert answer.status_code == 422
    assert 'href="#f-inspectors"' in answer.text


def test_a_dossier_not_accepted_yet_is_accepted_on_its_page(wide: Flask, office: Office, signed_in: SignedIn) -> None:
    reception = Reception(
        "land/inspection",
        {"kind": "citizen", "name": "Trần Văn Chủ", "identity": "031188000123"},
        answers={"urgent": "false", "items": [{"name": "Hàng rào"}]},
        accept=False,
    )
    with wide.app_context():
        made = receive_dossier(reception, office["lan"], MONDAY)
        assert isinstance(made, Done), made
    visitor = signed_in("lan")
    refused = send(visitor, made.dossier_id, "step", {})
    assert refused.status_code == 422
    assert 'href="#d-application"' in refused.text
    page = visitor.get(path(made.dossier_id)).text
    assert 'name="f.applicant.name"' in page
    taken = {**hidden(page, "step"), "d.application.originals": "1"}
    assert visitor.send(path(made.dossier_id, "step"), taken).status_code == 303
    now = state(wide, office, made.dossier_id)
    assert now.code
    assert now.applicant["name"] == "Trần Văn Chủ"
