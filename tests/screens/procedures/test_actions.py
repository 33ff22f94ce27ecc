"""Acting on a dossier through its page: nothing typed is lost, nothing happens twice, nobody overwrites unseen."""

import html
import io
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.engine.moves import Action
from app.engine.state import State
from app.operations.take_action import take_action
from app.storage.dossiers import load_dossier
from app.storage.outcomes import Done
from app.storage.people import Person
from tests.factories import MONDAY, permit
from tests.screens.visitor import Visitor, words_of

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LATER = MONDAY + timedelta(minutes=30)
_INPUT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def dossier(app: Flask, office: Office) -> Done:
    """A dossier that waits for its appraisal."""
    with app.app_context():
        return permit(office["lan"])


def path(dossier: Done, action: str = "") -> str:
    return f"/p/land/permit/{dossier.dossier_id}{f'/actions/{action}' if action else ''}"


def form_of(text: str, action: str) -> dict[str, str]:
    """The hidden controls of one form of the page."""
    begin = text.index(f'action="/p/land/permit/{action}"') if action.isdigit() else text.index(f'/actions/{action}"')
    body = text[begin : text.index("</form>", begin)]
    return {html.unescape(name): html.unescape(value) for name, value in _INPUT.findall(body)}


def send(visitor: Visitor, dossier: Done, kind: str, fields: Mapping[str, Any], query: str = "") -> TestResponse:
    """Open the form of an action, fill it in, send it."""
    hidden = form_of(visitor.get(path(dossier) + query).text, kind)
    return visitor.send(path(dossier, kind), {**hidden, **fields})


def state(app: Flask, office: Office, dossier: Done, who: str = "lan") -> State:
    with app.app_context():
        stored = load_dossier(dossier.dossier_id, "land/permit", office[who].badges)
        assert stored is not None
        return stored.state


def act(app: Flask, office: Office, dossier: Done, who: str, action: Action) -> None:
    with app.app_context():
        done = take_action(dossier.dossier_id, None, action, office[who], LATER)
        assert isinstance(done, Done), done


# ---- the ordinary way


def test_a_step_is_done_and_the_dossier_goes_on(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    answer = send(signed_in("minh"), dossier, "step", {"f.opinion": "Đủ điều kiện"})
    assert answer.status_code == 303
    assert state(app, office, dossier).open_step("sign") is not None


def test_a_result_is_handed_out_to_whoever_comes(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    act(app, office, dossier, "minh", Action("step", step="appraise", fill={"opinion": "Đủ"}))
    act(app, office, dossier, "leader", Action("step", step="sign"))
    fields = {"f._.receiver.name": "Trần Văn Con", "f._.receiver.manner": "post"}
    assert send(signed_in("lan"), dossier, "step", fields).status_code == 303
    now = state(app, office, dossier)
    assert now.status == "returned"
    assert now.receiver["name"] == "Trần Văn Con"
    assert now.receiver["manner"] == "post"


def test_work_is_taken_and_given_back_by_one_press(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    visitor = signed_in("minh")
    for kind, holder in (("claim", "minh"), ("release", "")):
        text = visitor.get(path(dossier)).text
        begin = text.index('id="ngay"')
        hidden = dict(_INPUT.findall(text[begin : text.index("</form>", begin)]))
        visit = re.search(rf'actions/{kind}" name="visit" value="(\d+)"', text)
        assert visit is not None
        assert visitor.send(path(dossier, kind), {**hidden, "visit": visit.group(1)}).status_code == 303
        assert state(app, office, dossier).visits[0].holder == holder


def test_a_supplement_is_asked_for_and_comes_in(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    asked = {"f._.reason": "Thiếu phương án", "f._.documents": ["plan"]}
    assert send(signed_in("minh"), dossier, "supplement", asked, "?action=supplement").status_code == 303
    assert state(app, office, dossier).status == "supplement"
    refused = send(signed_in("lan"), dossier, "resubmit", {}, "?action=resubmit")
    assert refused.status_code == 422
    assert "Phương án" in words_of(refused)
    taken = send(signed_in("lan"), dossier, "resubmit", {"d.plan.originals": "1"}, "?action=resubmit")
    assert taken.status_code == 303
    now = state(app, office, dossier)
    assert now.status == "processing"
    assert now.documents["plan"]["originals"] == 1


def test_a_refusal_needs_its_ground_and_the_leader_who_agrees(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    visitor = signed_in("minh")
    assert send(visitor, dossier, "refuse", {}, "?action=refuse").status_code == 422
    assert (
        send(visitor, dossier, "refuse", {"f._.reason": "Không thuộc thẩm quyền"}, "?action=refuse").status_code == 303
    )
    assert state(app, office, dossier).status == "processing"
    assert "#lam" in signed_in("leader").get(f"/p/{dossier.procedure_key}/{dossier.dossier_id}").text
    assert send(signed_in("leader"), dossier, "approve", {}, "?action=approve").status_code == 303
    assert state(app, office, dossier).refusal["reason"] == "Không thuộc thẩm quyền"


def test_a_new_date_is_typed_as_people_write_it(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    fields = {"f._.to": "12/03/2026", "f._.reason": "Chờ đo đạc"}
    assert send(signed_in("leader"), dossier, "extend", fields, "?action=extend").status_code == 303
    assert state(app, office, dossier).due.date().isoformat() == "2026-03-12"  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["31/02/2026", "hôm nào đó", "08/03/2026", "01/01/2020"])
def test_a_new_date_that_cannot_be_is_refused_at_its_field(signed_in: SignedIn, dossier: Done, text: str) -> None:
    fields = {"f._.to": text, "f._.reason": "Chờ đo đạc"}
    answer = send(signed_in("leader"), dossier, "extend", fields, "?action=extend")
    assert answer.status_code == 422
    assert 'href="#f-_-to"' in answer.text
    assert f'value="{text}"' in answer.text
    assert "Chờ đo đạc" in answer.text


def test_a_remark_is_added_whatever_happened_meanwhile(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    visitor = signed_in("head")
    hidden = form_of(visitor.get(path(dossier)).text, "comment")
    act(app, office, dossier, "minh", Action("comment", comment="Trước"))
    assert visitor.send(path(dossier, "comment"), {**hidden, "f._.comment": "Sau"}).status_code == 303
    assert state(app, office, dossier).comments == 2


def test_an_empty_remark_is_refused_beside_its_box(signed_in: SignedIn, dossier: Done) -> None:
    answer = send(signed_in("head"), dossier, "comment", {"f._.comment": "  "})
    assert answer.status_code == 422
    assert 'href="#ghi-chu-moi"' in answer.text


def test_what_is_written_is_kept_without_leaving_the_step(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    visitor = signed_in("minh")
    hidden = form_of(visitor.get(path(dossier)).text, "step")
    assert visitor.send(path(dossier, "save"), {**hidden, "f.opinion": "Đang xem"}).status_code == 303
    now = state(app, office, dossier)
    assert now.answers["opinion"] == "Đang xem"
    assert now.open_step("appraise") is not None
    assert "Đang xem</textarea>" in visitor.get(path(dossier)).text


# ---- refused


def test_a_refused_form_comes_back_as_it_was_sent(signed_in: SignedIn, dossier: Done) -> None:
    answer = send(signed_in("minh"), dossier, "step", {"f.opinion": "", "f._.comment": "Giữ <lại>"})
    assert answer.status_code == 422
    assert 'href="#f-opinion"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "Giữ &lt;lại&gt;</textarea>" in answer.text


def test_somebody_who_may_not_reads_why(signed_in: SignedIn, dossier: Done) -> None:
    visitor = signed_in("lan")
    answer = visitor.post(path(dossier, "step"), {"step": "appraise", "row_version": str(dossier.row_version)})
    assert answer.status_code == 422
    assert "Chuyên viên, Phòng Đất đai" in words_of(answer)


def test_a_stranger_changes_nothing(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    assert signed_in("stranger").post(path(dossier, "comment"), {"f._.comment": "x"}).status_code == 404
    assert state(app, office, dossier).comments == 0


def test_an_unknown_action_does_not_exist(signed_in: SignedIn, dossier: Done) -> None:
    assert signed_in("minh").post(path(dossier, "explode")).status_code == 404
    assert signed_in("minh").get(path(dossier, "step")).status_code == 405


def test_a_form_without_its_token_is_refused(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    visitor = signed_in("minh")
    hidden = form_of(visitor.get(path(dossier)).text, "step")
    hidden.pop("csrf_token")
    assert visitor.send(path(dossier, "step"), {**hidden, "f.opinion": "Đủ"}).status_code == 400
    assert state(app, office, dossier).open_step("appraise") is not None


@pytest.mark.parametrize("hostile", ["9" * 40, "-1", "abc", "", "١٢"])
def test_hostile_versions_and_visits_are_only_refused(signed_in: SignedIn, dossier: Done, hostile: str) -> None:
    visitor = signed_in("minh")
    hidden = form_of(visitor.get(path(dossier)).text, "step")
    for name in ("row_version", "visit"):
        answer = visitor.send(path(dossier, "step"), {**hidden, name: hostile, "f.opinion": "Đủ"})
        assert answer.status_code in (303, 409, 422)


# ---- twice, and at the same time


def test_a_form_sent_twice_is_done_once(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    visitor = signed_in("minh")
    fields = {**form_of(visitor.get(path(dossier)).text, "step"), "f.opinion": "Đủ"}
    first, second = (visitor.send(path(dossier, "step"), fields) for _time in range(2))
    assert first.status_code == second.status_code == 303
    assert len(state(app, office, dossier).done("appraise")) == 1


def test_an_outdated_form_names_who_and_keeps_what_was_typed(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    visitor = signed_in("minh")
    hidden = form_of(visitor.get(path(dossier)).text, "step")
    act(app, office, dossier, "head", Action("comment", comment="Xem lại"))
    answer = visitor.send(path(dossier, "step"), {**hidden, "f.opinion": "Ý kiến của tôi"})
    assert answer.status_code == 409
    words = words_of(answer)
    assert "Phạm Thị Hạnh" in words
    assert "09:30" in words
    assert "Ý kiến của tôi" in words
    assert state(app, office, dossier).open_step("appraise") is not None


def test_after_a_conflict_what_was_chosen_is_sent_again(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    visitor = signed_in("minh")
    hidden = form_of(visitor.get(path(dossier)).text, "step")
    act(app, office, dossier, "minh", Action("save", step="appraise", fill={"opinion": "Bản của người khác"}))
    conflict = visitor.send(path(dossier, "step"), {**hidden, "f.opinion": "Bản của tôi"})
    assert "Bản của người khác" in words_of(conflict)
    again = form_of(conflict.text, "step")
    assert again["f.opinion"] == "Bản của tôi"
    assert visitor.send(path(dossier, "step"), {**again, "compared": "opinion"}).status_code == 303
    assert state(app, office, dossier).answers["opinion"] == "Bản của người khác"


def test_after_a_conflict_my_own_words_can_win(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    visitor = signed_in("minh")
    hidden = form_of(visitor.get(path(dossier)).text, "step")
    act(app, office, dossier, "minh", Action("save", step="appraise", fill={"opinion": "Bản của người khác"}))
    again = form_of(visitor.send(path(dossier, "step"), {**hidden, "f.opinion": "Bản của tôi"}).text, "step")
    chosen = {**again, "compared": "opinion", "keep": "opinion"}
    assert visitor.send(path(dossier, "step"), chosen).status_code == 303
    assert state(app, office, dossier).answers["opinion"] == "Bản của tôi"


def test_work_done_by_somebody_else_leaves_my_words_to_be_copied(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    visitor = signed_in("minh")
    hidden = form_of(visitor.get(path(dossier)).text, "step")
    act(app, office, dossier, "minh", Action("step", step="appraise", fill={"opinion": "Đã xong"}))
    answer = visitor.send(path(dossier, "step"), {**hidden, "key": "another", "f.opinion": "Công của tôi"})
    assert answer.status_code == 409
    assert "Công của tôi" in words_of(answer)
    assert 'name="keep"' not in answer.text


# ---- files


def test_a_file_survives_a_refused_form(app: Flask, office: Office, signed_in: SignedIn, dossier: Done) -> None:
    visitor = signed_in("lan")
    query = "?action=hand_in"
    hidden = form_of(visitor.get(path(dossier) + query).text, "hand_in")
    files = {
        **hidden,
        "d.plan.files": (io.BytesIO(PDF), "phương án.pdf"),
        "d.application.files": (io.BytesIO(b"x"), "a.exe"),
    }
    refused = visitor.send(path(dossier, "hand_in"), files)
    assert refused.status_code == 422
    assert "a.exe" in words_of(refused)
    kept = re.search(r'name="d\.plan\._kept" value="(\d+)" checked', refused.text)
    assert kept is not None
    again = {**form_of(refused.text, "hand_in"), "d.plan._kept": kept.group(1), "d.plan.originals": "1"}
    assert visitor.send(path(dossier, "hand_in"), again).status_code == 303
    now = state(app, office, dossier).documents["plan"]
    assert [file["name"] for file in now["files"]] == ["phương án.pdf"]
    assert now["originals"] == 1


def test_files_of_other_dossiers_cannot_be_claimed(
    app: Flask, office: Office, signed_in: SignedIn, dossier: Done
) -> None:
    visitor = signed_in("lan")
    with app.app_context():
        elsewhere = permit(office["lan"])
    hidden = form_of(visitor.get(path(elsewhere) + "?action=hand_in").text, "hand_in")
    first = {**hidden, "d.plan.files": (io.BytesIO(PDF), "a.pdf")}
    assert visitor.send(path(elsewhere, "hand_in"), first).status_code == 303
    link = re.search(r"/files/(\d+)", visitor.get(path(elsewhere)).text)
    assert link is not None
    answer = send(visitor, dossier, "hand_in", {"d.plan._kept": link.group(1)}, "?action=hand_in")
    assert answer.status_code == 422
    assert "plan" not in state(app, office, dossier).documents
