"""Every print of a dossier from the intake to the end: ordered, numbered, signed, drawn, and never changed."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from flask import Flask

from app.engine.moves import Action
from app.engine.world import Refusal
from app.operations.make_print import make_print
from app.operations.publish import Published, publish_config
from app.operations.render_print import render_print
from app.operations.take_action import take_action
from app.prints.papers import draw
from app.storage.dossiers import load_dossier
from app.storage.outcomes import Done
from app.storage.people import Person, system_person
from app.storage.prints import prints_of
from tests.factories import MONDAY, permit
from tests.printing_office import PRINTS, open_printing_office, write_printing_office

Office = dict[str, Person]
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(scope="module")
def office(database_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The people of the printing office."""
    with database_app.app_context():
        return open_printing_office(tmp_path_factory.mktemp("office") / "config")


def received(office: Office, **answers: Any) -> Done:
    usual = {"parcel_count": "3", "purpose": "homes", "place": "Phường Hồng Bàng", "owner_id": "031099000456"}
    return permit(office["lan"], answers={**usual, **answers})


def act(done: Done, who: Person, kind: str, step: str = "", **more: Any) -> Done:
    answer = take_action(done.dossier_id, None, Action(kind, step=step, **more), who, LATER)
    assert isinstance(answer, Done), answer
    return answer


def appraised(done: Done, office: Office, opinion: str = "Đủ điều kiện") -> Done:
    return act(done, office["minh"], "step", "appraise", fill={"opinion": opinion, "secret": "chỉ trưởng phòng biết"})


def kinds(done: Done) -> list[str]:
    return [line.kind for line in prints_of(done.dossier_id)]


def pdf(done: Done, kind: str, reader: Person) -> bytes:
    line = next(line for line in reversed(prints_of(done.dossier_id)) if line.kind == kind)
    drawn = render_print(line.id, done.dossier_id, "land/permit", reader.badges, draw, LATER)
    assert drawn is not None
    return drawn


def text(done: Done, kind: str, reader: Person) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf(done, kind, reader))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def test_a_whole_course_leaves_its_prints(database: Flask, office: Office) -> None:
    done = received(office)
    appraised(done, office)
    act(done, office["leader"], "step", "sign")
    assert kinds(done) == ["receipt", "minutes", "decision"]
    for line in prints_of(done.dossier_id):
        assert pdf(done, line.kind, office["lan"]).startswith(b"%PDF-")


def test_minutes_say_what_their_text_asks_for(database: Flask, office: Office) -> None:
    plots = [{"_key": "1", "sheet": "Số 5", "size": "120"}, {"_key": "2", "sheet": "Số 6", "size": "80"}]
    done = received(office, plots=plots)
    appraised(done, office, "Dòng một\nDòng hai")
    said = text(done, "minutes", office["lan"])
    for words in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BIÊN BẢN THẨM ĐỊNH",
        "Thử nghiệm, ngày 02 tháng 3 năm 2026",
        f"đã thẩm định hồ sơ {done.code} của Nguyễn Thị Đào, số định danh",
        "tại bước Thẩm định.",
        "Ý kiến: Dòng một Dòng hai",
        "1. Thửa Số 5, thửa lớn: 120 m²",
        "2. Thửa Số 6: 80 m²",
        "NGƯỜI LẬP",
        "Lê Văn Minh",
    ]:
        assert words in said, (words, said)
    assert "Không có thửa nào" not in said
    assert "031099000456" not in said  # sensitive: masked
    assert "trưởng phòng biết" not in said  # shown to few: not on a paper


def test_rows_that_are_not_there_leave_their_condition(database: Flask, office: Office) -> None:
    done = received(office)
    appraised(done, office)
    said = text(done, "minutes", office["lan"])
    assert "Không có thửa nào." in said
    assert "Thửa Số" not in said


def test_a_numbered_print_takes_its_number_with_the_move(database: Flask, office: Office) -> None:
    numbers = []
    for _ in range(2):
        done = received(office)
        appraised(done, office)
        act(done, office["leader"], "step", "sign")
        stored = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
        assert stored is not None
        (number,) = stored.state.numbers["decisions"]
        assert f"Số: {number}" in text(done, "decision", office["lan"])
        numbers.append(int(number.split("/")[0]))
    assert numbers[1] == numbers[0] + 1


def test_a_refused_move_takes_no_number(database: Flask, office: Office) -> None:
    def signed() -> int:
        done = received(office)
        appraised(done, office)
        act(done, office["leader"], "step", "sign")
        stored = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
        assert stored is not None
        return int(stored.state.numbers["decisions"][0].split("/")[0])

    before = signed()
    done = received(office)
    assert isinstance(take_action(done.dossier_id, None, Action("step", step="sign"), office["leader"], LATER), Refusal)
    assert signed() == before + 1


def test_the_signatory_stands_with_title_and_name(database: Flask, office: Office) -> None:
    done = received(office)
    appraised(done, office)
    act(done, office["leader"], "step", "sign")
    said = text(done, "decision", office["lan"])
    assert "LÃNH ĐẠO SỞ Nguyễn Văn Sơn" in said
    assert "Cấp phép cho Nguyễn Thị Đào, 0912345678. Phí: 150.000 đồng." in said
    assert said.count("QUYẾT ĐỊNH CẤP PHÉP") == 2  # two copies
    assert "(Liên 1)" in said
    assert "(Liên 2)" in said


def test_a_supplement_names_papers_reason_and_last_day(database: Flask, office: Office) -> None:
    done = received(office)
    asked = {"reason": "Thiếu phương án", "documents": ["plan"]}
    act(done, office["minh"], "supplement", "appraise", arguments=asked)
    said = text(done, "supplement", office["lan"])
    for words in [
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Mẫu số 02 ban hành kèm theo Thông tư số 03/2025/TT-VPCP",
        "Số: ……/HDHS",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Đào",
        "Số điện thoại: 0912345678",
        "Nội dung yêu cầu giải quyết: Cấp giấy phép thử nghiệm",
        f"Mã hồ sơ: {done.code}",
        "1. Phương án (Bản chính: 01)",
        "Lý do: Thiếu phương án",
        "Thời hạn bổ sung, hoàn thiện hồ sơ: trước",
        "liên hệ với Lê Văn Minh, số điện thoại 0225.1000000",
        "NGƯỜI HƯỚNG DẪN",
        "(Ký và ghi rõ họ tên)",
    ]:
        assert words in said, (words, said)


def test_a_standard_print_may_be_replaced(database: Flask, office: Office) -> None:
    done = received(office)
    act(done, office["minh"], "refuse", "appraise", arguments={"reason": "Đất tranh chấp"})
    act(done, office["leader"], "approve")
    assert kinds(done)[-1] == "own-refusal"
    assert "Trả hồ sơ vì: Đất tranh chấp" in text(done, "own-refusal", office["lan"])


def test_an_apology_keeps_the_text_of_the_law_under_the_title_of_the_office(database: Flask, office: Office) -> None:
    done = received(office)
    arguments = {"to": "2026-03-11", "reason": "Chờ ý kiến xã"}
    act(done, office["leader"], "extend", arguments=arguments)
    said = text(done, "apology", office["lan"])
    for words in [
        "THƯ XIN LỖI CỦA SỞ",
        "Kính gửi: Nguyễn Thị Đào",
        "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 09 tháng 3 năm 2026.",
        "Lý do: Chờ ý kiến xã",
        "Thời gian hẹn trả kết quả lại: 17 giờ 00 phút, ngày 11 tháng 3 năm 2026.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, hồ sơ.",
        "LÃNH ĐẠO SỞ",
        "Nguyễn Văn Sơn",
    ]:
        assert words in said, (words, said)


def test_a_print_out_of_force_on_the_day_of_receipt_is_not_made(database: Flask, office: Office) -> None:
    done = received(office)
    appraised(done, office)
    assert "old-note" not in kinds(done)
    assert isinstance(make_print(done.dossier_id, "old-note", office["minh"], LATER), Refusal)


def test_the_control_slip_lists_who_had_the_dossier(database: Flask, office: Office) -> None:
    done = received(office)
    appraised(done, office)
    assert isinstance(make_print(done.dossier_id, "control_slip", office["lan"], LATER, key="k"), Done)
    assert isinstance(make_print(done.dossier_id, "control_slip", office["lan"], LATER, key="k"), Done)
    assert kinds(done).count("control_slip") == 1
    said = text(done, "control_slip", office["lan"])
    for words in [
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Mẫu số 06 ban hành kèm theo Thông tư số 03/2025/TT-VPCP",
        "Cơ quan (bộ phận) giải quyết hồ sơ: Sở Thử nghiệm",
        "Giao: Bộ phận Một cửa Trần Thị Lan Nhận: Phòng Đất đai Lê Văn Minh",
        "Giao: Phòng Đất đai Lê Văn Minh Nhận: Sở Thử nghiệm",
        "10 giờ 00 phút, ngày 02 tháng 3 năm 2026",
        "Trước hạn",
    ]:
        assert words in said, (words, said)


def test_a_print_by_hand_is_for_those_who_may_see_the_dossier(database: Flask, office: Office) -> None:
    done = received(office)
    assert make_print(done.dossier_id, "note", office["stranger"], LATER) == Refusal("not_found")
    unknown = make_print(done.dossier_id, "decision", office["lan"], LATER)
    assert isinstance(unknown, Refusal)
    assert unknown.code == "invalid_value"
    assert isinstance(make_print(done.dossier_id, "note", office["lan"], LATER), Done)
    assert "Báo cho Nguyễn Thị Đào." in text(done, "note", office["lan"])


def test_a_step_can_still_be_taken_back_after_a_print_by_hand(database: Flask, office: Office) -> None:
    done = received(office)
    before = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
    make_print(done.dossier_id, "control_slip", office["lan"], LATER)
    after = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
    assert before is not None
    assert after is not None
    assert after.state.last_left == before.state.last_left


HOSTILE = [
    '#panic("đổ") $x$ @a *b* _c_ `d`',
    "{dossier.code} {#each plots}{/each} {form.opinion}",
    "<b>đậm</b> {{ 7*7 }} %(x)s ${y}",
    "- không phải mục\n1. cũng không",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_wrote_is_never_read_as_text_of_the_print(
    database: Flask, office: Office, hostile: str, squeezed: Callable[[str], str]
) -> None:
    done = received(office)
    appraised(done, office, hostile)
    assert squeezed(f"Ý kiến: {hostile}") in squeezed(text(done, "minutes", office["lan"]))


@pytest.fixture
def squeezed() -> Callable[[str], str]:
    """The signs without the spaces, which the line breaks of a page move."""
    return lambda words: "".join(words.split())


def test_a_print_made_is_not_touched_by_a_later_publication(database: Flask, office: Office, tmp_path: Path) -> None:
    done, other = received(office), received(office)
    appraised(done, office)
    folder = write_printing_office(tmp_path / "config")
    changed = PRINTS.replace("Biên bản thẩm định", "Biên bản đổi tên").replace("Ý kiến:", "Nhận xét:")
    (folder / "shared/prints.yaml").write_text(changed, encoding="utf-8")
    published = publish_config(folder, (), system_person(), LATER)
    assert isinstance(published, Published), published
    assert "BIÊN BẢN THẨM ĐỊNH" in text(done, "minutes", office["lan"])
    appraised(other, office)  # received under the old version: it prints what was in force then
    assert "BIÊN BẢN THẨM ĐỊNH" in text(other, "minutes", office["lan"])
    new = received(office)
    appraised(new, office)
    assert "BIÊN BẢN ĐỔI TÊN" in text(new, "minutes", office["lan"])


def test_a_paper_is_headed_by_whoever_writes_it(database: Flask, office: Office) -> None:
    done = received(office)
    appraised(done, office)
    act(done, office["leader"], "step", "sign")
    assert "SỞ THỬ NGHIỆM BỘ PHẬN MỘT CỬA Số: ……/TNHS" in text(done, "receipt", office["lan"])
    for kind in ("minutes", "decision"):  # of the agency: its own people, its leader
        said = text(done, kind, office["lan"])
        assert "ỦY BAN NHÂN DÂN TỈNH SỞ THỬ NGHIỆM Số: " in said, said
        assert "MỘT CỬA" not in said
