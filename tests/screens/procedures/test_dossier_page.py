"""The page of a dossier: who sees it, what it says, what it offers and what it explains."""

import re
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import event

from app.engine.moves import Action
from app.operations.take_action import take_action
from app.storage.database import db
from app.storage.outcomes import Done
from app.storage.people import Person
from tests.factories import MONDAY, permit
from tests.screens.visitor import Visitor, words_of

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]
LATER = MONDAY + timedelta(minutes=30)


def received(app: Flask, office: Office, **changes: object) -> Done:
    with app.app_context():
        return permit(office["lan"], **changes)


def acted(app: Flask, office: Office, dossier: Done, who: str, action: Action) -> None:
    with app.app_context():
        assert isinstance(take_action(dossier.dossier_id, None, action, office[who], LATER), Done)


def page(signed_in: SignedIn, who: str, dossier: Done, query: str = "") -> str:
    answer = signed_in(who).get(f"/p/land/permit/{dossier.dossier_id}{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_it_tells_code_status_applicant_and_promise(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    words = words_of(signed_in("minh").get(f"/p/land/permit/{dossier.dossier_id}"))
    for text in (dossier.code, "Nguyễn Thị Đào", "Cấp giấy phép thử nghiệm", "17:00 thứ Hai, 09/03/2026"):
        assert text in words


def test_the_answers_of_the_header_stand_under_the_title(app: Flask, office: Office, signed_in: SignedIn) -> None:
    """Without ``screens.header`` the first three answers of the list."""
    page = signed_in("minh").get(f"/p/land/permit/{received(app, office).dossier_id}").text
    head = page[page.index("<h1>") : page.index("mc-case__due")]
    assert "Số thửa: <b>3</b>" in head
    assert "Mục đích: <b>Làm nhà ở</b>" in head
    assert "Địa điểm" not in head


def test_a_stranger_finds_nothing(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    assert signed_in("stranger").get(f"/p/land/permit/{dossier.dossier_id}").status_code == 404
    assert signed_in("other").get(f"/p/land/permit/{dossier.dossier_id}").status_code == 404


def test_it_is_not_there_under_another_procedure(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    assert signed_in("lan").get(f"/p/water/notice/{dossier.dossier_id}").status_code == 404
    assert signed_in("lan").get("/p/land/permit/9223372036854775807").status_code == 404


def test_sensitive_values_are_covered(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    text = page(signed_in, "head", dossier)
    assert "031188000123" not in text
    assert "••••" in text


def test_the_step_of_a_person_stands_open_on_the_page(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    text = page(signed_in, "minh", dossier)
    assert 'name="f.opinion"' in text
    assert "Thẩm định" in text


def test_others_see_no_form_but_the_reason_why(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    answer = signed_in("leader").get(f"/p/land/permit/{dossier.dossier_id}")
    assert 'name="f.opinion"' not in answer.text
    assert "Chuyên viên, Phòng Đất đai" in words_of(answer)


def test_a_step_to_come_says_where_the_dossier_still_is(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    words = words_of(signed_in("minh").get(f"/p/land/permit/{dossier.dossier_id}"))
    assert re.search(r"Ký giấy phép, Trả kết quả .{0,60}Thẩm định", words)


def test_whoever_appraised_reads_why_somebody_else_signs(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    acted(app, office, dossier, "minh", Action("step", step="appraise", fill={"opinion": "Đủ điều kiện"}))
    words = words_of(signed_in("minh").get(f"/p/land/permit/{dossier.dossier_id}"))
    assert "Lãnh đạo Sở, Sở" in words
    assert "Đủ điều kiện" in words


def test_the_due_date_is_explained_day_by_day(app: Flask, office: Office, signed_in: SignedIn) -> None:
    text = page(signed_in, "minh", received(app, office))
    section = text[text.index('id="vi-sao"') :]
    assert "5 ngày làm việc" in section
    assert section.count('class="mc-day ') == 8
    assert "mc-day--due" in section


def test_a_pause_is_named_with_its_reason(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    asked = Action("supplement", step="appraise", arguments={"reason": "Thiếu sơ đồ", "documents": ["plan"]})
    acted(app, office, dossier, "minh", asked)
    words = words_of(signed_in("lan").get(f"/p/land/permit/{dossier.dossier_id}"))
    assert "Đang tạm dừng từ 09:30, 02/03/2026: Thiếu sơ đồ" in words
    assert "Nhận hồ sơ bổ sung" in words


def test_the_journal_tells_who_did_what(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    acted(app, office, dossier, "minh", Action("comment", comment="Đối chiếu bản đồ"))
    text = page(signed_in, "minh", dossier)
    journal = text[text.index('id="nhat-ky"') :]
    assert journal.index("Đối chiếu bản đồ") < journal.index(dossier.code)
    assert "Lê Văn Minh" in journal
    assert "Trần Thị Lan" in journal


def test_papers_and_fees_show_what_has_come(app: Flask, office: Office, signed_in: SignedIn) -> None:
    words = words_of(signed_in("minh").get(f"/p/land/permit/{received(app, office).dossier_id}"))
    assert "Đơn đề nghị cấp giấy phép" in words
    assert "1/1" in words
    assert "150.000 đ" in words
    assert "Đã thu đủ" in words


def test_text_from_people_is_text_and_no_page(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office, answers={"parcel_count": "1", "purpose": "homes", "place": "<b>x</b>{{7*7}}"})
    text = page(signed_in, "minh", dossier)
    assert "&lt;b&gt;x&lt;/b&gt;{{7*7}}" in text


def test_the_form_of_another_action_opens_by_its_address(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    text = page(signed_in, "minh", dossier, "?action=supplement")
    assert 'name="f._.reason"' in text
    assert 'name="f.opinion"' not in text


def test_an_action_that_is_not_possible_opens_the_usual_page(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    for query in ("?action=stop", "?action=x", "?action=supplement&visit=99", "?visit=abc", "?action=claim"):
        assert 'name="f.opinion"' in page(signed_in, "minh", dossier, query)


def test_a_page_costs_at_most_twelve_statements(app: Flask, office: Office, signed_in: SignedIn) -> None:
    dossier = received(app, office)
    for number in range(12):
        acted(app, office, dossier, "minh", Action("comment", comment=f"Ghi chú {number}"))
    visitor = signed_in("minh")
    visitor.get(f"/p/land/permit/{dossier.dossier_id}")
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        visitor.get(f"/p/land/permit/{dossier.dossier_id}")
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(statements) <= 12, "\n".join(statements)
