"""Letters as PDF: their parts, their paper, the codes on them, and texts that look like markup."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from app.prints.control_slip import ControlSlip, HandOver, render_control_slip
from app.prints.letter import Letter, LetterLine, Signature, render_letter

TextOf = Callable[..., str]
LETTER = Letter(
    agency_lines=("UBND thành phố Hải Phòng", "Sở Nông nghiệp và Môi trường", "Bộ phận Tiếp nhận và Trả kết quả"),
    sign="HDHS",
    place="Hải Phòng",
    issued_on=date(2026, 2, 5),
    lookup_url="https://motcua.example.vn/tra-cuu?code=H24.17-260205-0152",
    title="Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    form_code="Mẫu số 02 ban hành kèm theo Thông tư số 03/2025/TT-VPCP",
    dossier_code="H24.17-260205-0152",
    lines=(LetterLine(text="Lý do: thiếu mảnh trích đo."), LetterLine(marker="1.", text="Mảnh trích đo")),
    signatures=(Signature(role="Người hướng dẫn", name="Phạm Minh Tuấn", note="(Ký và ghi rõ họ tên)"),),
)
SLIP = ControlSlip(
    agency_lines=LETTER.agency_lines,
    place="Hải Phòng",
    issued_on=date(2026, 2, 5),
    title="Phiếu kiểm soát quá trình giải quyết hồ sơ",
    dossier_code="H24.17-260205-0152",
    agency="Văn phòng Đăng ký đất đai",
    request="Cấp đổi Giấy chứng nhận",
)
A4, A5 = (595, 842), (420, 595)


def size_of(pdf: bytes, page: int = 0) -> tuple[int, int]:
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[page].mediabox
    return round(box.width), round(box.height)


def pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_every_part_of_a_letter_is_on_it(text_of: TextOf) -> None:
    said = text_of(render_letter(LETTER))
    for words in [
        "UBND THÀNH PHỐ HẢI PHÒNG SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: ……/HDHS",
        "Hải Phòng, ngày 05 tháng 02 năm 2026",
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Mẫu số 02 ban hành kèm theo Thông tư số 03/2025/TT-VPCP",
        "Lý do: thiếu mảnh trích đo.",
        "1. Mảnh trích đo",
        "NGƯỜI HƯỚNG DẪN",
        "(Ký và ghi rõ họ tên)",
        "Phạm Minh Tuấn",
        "Mã hồ sơ: H24.17-260205-0152",
    ]:
        assert words in said, words


def test_scanners_read_the_code_and_the_link(scan: Callable[[bytes, int], dict[str, list[str]]]) -> None:
    assert scan(render_letter(LETTER), 0) == {"bars": [LETTER.dossier_code], "qr": [LETTER.lookup_url]}


def test_a_dossier_without_code_has_a_letter_without_codes(
    scan: Callable[[bytes, int], dict[str, list[str]]], text_of: TextOf
) -> None:
    pdf = render_letter(replace(LETTER, dossier_code="", lookup_url=""))
    assert scan(pdf, 0) == {"bars": [], "qr": []}
    assert "Mã hồ sơ" not in text_of(pdf)


@pytest.mark.parametrize(
    ("paper", "landscape", "size"),
    [("A4", False, A4), ("A4", True, A4[::-1]), ("A5", False, A5), ("A5", True, A5[::-1])],
)
def test_a_letter_has_the_paper_it_asks_for(paper: str, landscape: bool, size: tuple[int, int]) -> None:
    assert size_of(render_letter(replace(LETTER, paper=paper, landscape=landscape))) == size


def test_copies_follow_each_other(text_of: TextOf) -> None:
    pdf = render_letter(replace(LETTER, copies=3))
    assert pages(pdf) == 3
    assert [f"(Liên {number})" in text_of(pdf, number - 1) for number in (1, 2, 3)] == [True] * 3


def test_the_recipients_stand_opposite_the_signature(text_of: TextOf) -> None:
    signed = (Signature(role="Giám đốc", name="Nguyễn Văn Sơn"),)
    said = text_of(render_letter(replace(LETTER, signatures=signed, recipients=("Như trên", "Lưu: VT"))))
    assert "Nơi nhận: - Như trên; - Lưu: VT." in said
    assert "GIÁM ĐỐC Nguyễn Văn Sơn" in said
    assert "Ký và ghi rõ" not in said


def test_a_letter_nobody_signs_still_names_its_recipients(text_of: TextOf) -> None:
    assert "- Như trên." in text_of(render_letter(replace(LETTER, signatures=(), recipients=("Như trên",))))


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("đổ") #import "@preview/x:0.1.0": *',
        "$x^2$ \\ \\u{41} @nobody <b>đậm</b>",
        "*sao* _gạch_ `mã` = đầu // ghi chú /* khối */",
        "- một + hai / ba: {{ 7*7 }} %(x)s ${y} {dossier.code}",
        "Ngôn ngữ: ẾỄỆ ữựừ đĐ ơƠ ưƯ",
    ],
)
def test_texts_that_look_like_markup_come_out_as_they_are(hostile: str, text_of: TextOf) -> None:
    def signs(words: str) -> str:
        return "".join(words.split())

    lines = (LetterLine(text=hostile), LetterLine(marker="-", text=hostile))
    signature = (Signature(role="Người lập", name=hostile),)
    said = text_of(render_letter(replace(LETTER, title="Giấy", lines=lines, signatures=signature)))
    assert signs(said).count(signs(hostile)) == 3


def test_a_long_letter_goes_on_and_counts_its_pages(text_of: TextOf) -> None:
    lines = tuple(LetterLine(text=f"Nội dung số {number}: " + "chữ " * 60) for number in range(40))
    pdf = render_letter(replace(LETTER, lines=lines))
    assert pages(pdf) > 1
    assert f"Trang 1/{pages(pdf)}" in text_of(pdf, 0)


def test_a_letter_is_kept_and_read_back() -> None:
    assert Letter.from_data(LETTER.to_data()) == LETTER
    with pytest.raises(ValueError, match="letter data cannot be read: lines"):
        Letter.from_data({name: value for name, value in LETTER.to_data().items() if name != "lines"})


def test_the_same_letter_is_the_same_bytes() -> None:
    assert render_letter(LETTER) == render_letter(LETTER)


def test_the_control_slip_has_a_row_for_every_hand_over(text_of: TextOf) -> None:
    row = HandOver(giver="Bộ phận Một cửa", receiver="Phòng Đất đai", at="10 giờ 02 phút", giver_name="Trần Thị Lan",
                   receiver_name="Lê Văn Minh", result="Quá hạn", note="Yêu cầu bổ sung")  # fmt: skip
    pdf = render_control_slip(replace(SLIP, rows=(row,) * 30))
    said = text_of(pdf)
    assert said.count("Giao: Bộ phận Một cửa Trần Thị Lan Nhận: Phòng Đất đai Lê Văn Minh") == 30
    assert said.count("Quá hạn") == 30
    assert pages(pdf) > 1
    assert all("Ghi chú" in text_of(pdf, page) for page in range(pages(pdf)))


def test_a_dossier_that_was_passed_to_nobody_says_so(text_of: TextOf) -> None:
    assert "Hồ sơ chưa được chuyển giao." in text_of(render_control_slip(SLIP))
    assert ControlSlip.from_data(SLIP.to_data()) == SLIP
