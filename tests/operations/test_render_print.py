"""Papers: fixed when ordered, drawn once, and the same for ever."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from app.engine.moves import Action
from app.operations.render_print import render_print
from app.operations.take_action import take_action
from app.prints.receipt_slip import ReceiptSlip
from app.storage.database import db, writing
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.prints import prints_of
from app.storage.tables import PrintRow
from tests.factories import MONDAY, permit

Office = dict[str, Person]


class Press:
    """Remembers what it was asked to draw."""

    def __init__(self) -> None:
        self.drawn: list[tuple[str, str, Mapping[str, Any]]] = []

    def __call__(self, kind: str, template_version: str, data: Mapping[str, Any]) -> bytes:
        self.drawn.append((kind, template_version, data))
        return f"%PDF {len(self.drawn)} {data['dossier_code']}".encode()


def test_the_slip_says_what_the_form_asks_for(database: Flask, office: Office) -> None:
    done = permit(office["lan"], pay={"appraisal": True}, documents={"application": True, "plan": {"originals": 2}})
    press = Press()
    (line,) = prints_of(done.dossier_id)
    render_print(line.id, done.dossier_id, "land/permit", office["lan"].badges, press, MONDAY)
    ((kind, version, data),) = press.drawn
    slip = ReceiptSlip.from_data(data)
    assert (kind, version) == ("receipt", "receipt-slip/1")
    assert slip.dossier_code == done.code
    assert slip.identity_number == "031188000123"
    assert slip.agency_lines == ("Ủy ban nhân dân tỉnh", "Sở Thử nghiệm", "Bộ phận Một cửa")
    assert slip.due_at is not None
    assert slip.due_at.isoformat() == "2026-03-09T17:00:00"
    assert slip.time_limit_text == "5 ngày làm việc"
    rows = [(row.title, row.kind_text, row.quantity, row.note) for row in slip.documents]
    assert rows == [
        ("Đơn đề nghị cấp giấy phép", "Bản chính", 1, ""),
        ("Phương án", "Bản chính", 2, "trả lại khi nhận kết quả"),
    ]
    assert [(fee.title, fee.amount, fee.note) for fee in slip.fees] == [("Phí thẩm định", 150000, "đã nộp")]
    assert slip.receiver_name == "Trần Thị Lan"


def test_a_paper_is_drawn_once_and_stays(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    press = Press()
    (line,) = prints_of(done.dossier_id)
    arguments = (line.id, done.dossier_id, "land/permit", office["lan"].badges, press)
    first = render_print(*arguments, MONDAY)
    with writing() as session:  # whatever happens to the data afterwards, the paper is what was handed out
        session.execute(update(PrintRow).where(PrintRow.id == line.id).values(data=b""))
    assert render_print(*arguments, MONDAY + timedelta(days=400)) == first
    assert len(press.drawn) == 1


def test_the_data_of_a_paper_cannot_be_read_in_the_table(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    data = db.session.execute(select(PrintRow.data).where(PrintRow.dossier_id == done.dossier_id)).scalar_one()
    assert b"031188000123" not in data


def test_a_stranger_gets_no_paper(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    (line,) = prints_of(done.dossier_id)
    press = Press()
    assert render_print(line.id, done.dossier_id, "land/permit", office["stranger"].badges, press, MONDAY) is None
    assert render_print(line.id, done.dossier_id, "water/notice", office["lan"].badges, press, MONDAY) is None
    assert press.drawn == []


def test_a_request_for_a_supplement_is_printed_with_its_reason(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    asked = Action("supplement", step="appraise", arguments={"reason": "Thiếu phương án", "documents": ["plan"]})
    assert isinstance(take_action(done.dossier_id, None, asked, office["minh"], MONDAY + timedelta(hours=1)), Done)
    press = Press()
    line = prints_of(done.dossier_id)[-1]
    render_print(line.id, done.dossier_id, "land/permit", office["lan"].badges, press, MONDAY)
    assert press.drawn[0][0] == "supplement"
    said = [line["text"] for line in press.drawn[0][2]["lines"]]
    assert "Lý do: Thiếu phương án" in said
    assert [line["text"] for line in press.drawn[0][2]["lines"] if "marker" in line] == ["Phương án (Bản chính: 01)"]
