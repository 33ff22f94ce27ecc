"""The printed slip: what stands on it, that it looks the same every time, and that scanners read it."""

import io
import re
from datetime import date, datetime

import pypdf
import pypdfium2
import pytest

from app.prints.receipt_slip import PAPERS, ReceiptSlip, SlipDocument, SlipFee, render_receipt_slip

A_PANGRAM = (
    "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ"
)
HOSTILE = [
    '#panic("đổ")',
    '#import "@preview/x:0.1.0": *',
    "$x^2$ $",
    r"\ \u{41} \\",
    "@nobody <b>đậm</b> <label>",
    "*sao* _gạch_ `mã` = đầu",
    "// ghi chú /* khối */ [#x] {y}",
    "- một + hai / ba: bốn --- ... ~",
    "\"ngoặc\" 'kép' {{ 7*7 }} %(x)s",
]


def pages_of(pdf: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_every_field_of_the_form_stands_on_both_copies(make_slip, text_of):
    pdf = render_receipt_slip(make_slip(), "A4")

    assert len(pages_of(pdf)) == 2
    for page in (0, 1):
        text = text_of(pdf, page)
        for words in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "UBND THÀNH PHỐ HẢI PHÒNG SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
            "Số: 152/TNHS",
            "Hải Phòng, ngày 18 tháng 11 năm 2026",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "Mẫu số 01 ban hành kèm theo Thông tư số 03/2025/TT-VPCP",
            "Mã hồ sơ: H24.17-261118-0152",
            "Bộ phận tiếp nhận và trả kết quả: Bộ phận Tiếp nhận và Trả kết quả số 2",
            "Tiếp nhận hồ sơ của: Nguyễn Thị Hường",
            "ủy quyền: Trần Văn Khải (giấy ủy quyền số 12/2026)",
            "CCCD/MST: 031085001234",
            "Địa chỉ: Số 12 đường Lạch Tray, phường Gia Viên",
            "Số điện thoại: 0912 345 678",
            "Email: huong.nguyen@example.vn",
            "Nội dung yêu cầu giải quyết: Cấp đổi Giấy chứng nhận quyền sử dụng đất",
            "Thửa đất số 125, tờ bản đồ số 14, diện tích 86,5 m²",
            "STT Tên giấy tờ Loại Số lượng",
            "1 Đơn đăng ký biến động (Mẫu số 18) Bản chính 01",
            "2 Mảnh trích đo (trả lại khi nhận kết quả) Bản sao 02",
            "Số lượng hồ sơ: 01 (bộ)",
            "Thời gian giải quyết hồ sơ theo quy định là: 10 ngày làm việc",
            "Thời gian nhận hồ sơ: 09 giờ 12 phút, ngày 18 tháng 11 năm 2026",
            "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 02 tháng 12 năm 2026",
            "Đăng ký nhận kết quả tại: Dịch vụ bưu chính công ích",
            "Phí thẩm định: 810.000 đồng",
            "Lệ phí cấp giấy: 25.000 đồng (nộp khi nhận kết quả)",
            "Tổng cộng: 835.000 đồng",
            "Quyển số: 03",
            "Số thứ tự: 1152",
            "Số điện thoại liên hệ: 0225.3747.665",
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
            "(Ký và ghi rõ họ tên)",
            "Phạm Minh Tuấn",
            "Chú ý:",
            "giấy ủy quyền hoặc văn bản ủy quyền",
            "Giờ trả kết quả: từ 14 giờ đến 17 giờ.",
        ]:
            assert words in text, words
    assert "(Liên 1: Lưu)" in text_of(pdf, 0)
    assert "(Liên 2: Giao người nộp)" in text_of(pdf, 1)


def test_the_form_set_follows_the_day_of_receipt(make_slip, text_of):
    last_day = make_slip(received_at=datetime(2025, 6, 30, 16, 59))
    first_day = make_slip(received_at=datetime(2025, 7, 1, 7, 30))

    assert "Thông tư số 01/2018" in text_of(render_receipt_slip(last_day))
    assert "Thông tư số 03/2025" in text_of(render_receipt_slip(first_day))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_scanner_reads_code_and_link_on_both_copies(make_slip, scan, paper):
    slip = make_slip()
    pdf = render_receipt_slip(slip, paper)

    firsts = [at for at, page in enumerate(pages_of(pdf)) if "Liên " in page.extract_text()]
    assert len(firsts) == 2
    for page in firsts:
        assert scan(pdf, page) == {"bars": [slip.dossier_code], "qr": [slip.lookup_url]}


@pytest.mark.parametrize(
    "code",
    [
        "000.00.17.H24-190115-0023",
        "H24-250701-10000",
        "H24.17.AAA.BBBB.CCC.DDDDD.EE.FF.GG9-261118-0152",
        "H1A2B3C4D5E6F7G8H9I0J1K2L3M4N5O6P7Q8R9S0T1U2V3W4X5",
        "7",
        'a <b>&"x" ~',
    ],
)
def test_codes_of_every_length_are_read_from_the_small_paper(make_slip, scan, code):
    link = "https://motcua.example.vn/tra-cuu?" + "k=0123456789abcdef&" * 12

    assert scan(render_receipt_slip(make_slip(dossier_code=code, lookup_url=link)), 0) == {"bars": [code], "qr": [link]}


def test_without_a_link_there_is_no_qr_and_no_word_of_it(make_slip, scan, text_of):
    pdf = render_receipt_slip(make_slip(lookup_url=""))

    assert scan(pdf, 0)["qr"] == []
    assert "Quét" not in text_of(pdf)


@pytest.mark.parametrize("paper", PAPERS)
def test_rendering_twice_gives_equal_bytes(make_slip, paper):
    kept = make_slip().to_data()

    first, second = (render_receipt_slip(ReceiptSlip.from_data(kept), paper) for _ in range(2))

    assert first == second


@pytest.mark.parametrize(("paper", "millimetres"), [("A5", (148, 210)), ("A4", (210, 297))])
def test_the_paper_has_its_size(make_slip, paper, millimetres):
    for page in pages_of(render_receipt_slip(make_slip(), paper)):
        size = tuple(round(float(points) / 72 * 25.4) for points in page.mediabox[2:])
        assert size == millimetres


def test_an_unknown_paper_is_refused_with_the_known_ones(make_slip):
    with pytest.raises(ValueError, match=r"A3.*A5, A4"):
        render_receipt_slip(make_slip(), "A3")


def test_only_our_own_font_is_embedded(make_slip):
    pdf = render_receipt_slip(make_slip(applicant_name="Иван Ωμέγα 漢字 😀 עברית"))

    fonts = {
        str(font.get_object()["/BaseFont"]) for page in pages_of(pdf) for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+Tinos(-\w+)?", name) for name in fonts), fonts


def test_every_vietnamese_letter_is_printed_in_every_style(make_slip, text_of):
    spaced = " ".join(A_PANGRAM)
    slip = make_slip(address=spaced, applicant_name=spaced, extra_notes=(spaced,))

    assert text_of(render_receipt_slip(slip, "A4")).count(spaced) == 6


def test_decomposed_letters_are_composed(make_slip, text_of):
    assert "Địa chỉ: Nguyễn" in text_of(render_receipt_slip(make_slip(address="Nguye\u0302\u0303n")))


@pytest.mark.parametrize("words", HOSTILE)
def test_words_that_look_like_code_are_printed_as_they_are(make_slip, text_of, words):
    slip = make_slip(
        agency_lines=(words,),
        number=words,
        sign=words,
        place=words,
        applicant_name=words,
        request=words,
        request_details=(words,),
        documents=(SlipDocument(title=words, kind_text=words, quantity=1, note=words),),
        fees=(SlipFee(title=words, amount=1, note=words),),
        submitter_name=words,
        extra_notes=(words,),
    )

    text = text_of(render_receipt_slip(slip, "A4"))

    for label in ("Tiếp nhận hồ sơ của: ", "Nội dung yêu cầu giải quyết: ", "– "):
        assert label + words in text
    # agency and number, place, name, request, detail, title, kind, note, fee, fee note, signature, advice; twice
    assert text.count(words) + text.count(words.upper()) >= 22


def test_hidden_signs_do_not_turn_or_cut_a_name(make_slip, text_of):
    slip = make_slip(applicant_name="Trần\u202e Văn\u0000A\nB\u2028C", address="\ufeffPhố\u200b Huế")

    text = text_of(render_receipt_slip(slip))

    assert "Tiếp nhận hồ sơ của: Trần Văn A B C" in text
    assert "Địa chỉ: Phố Huế" in text


def test_sixty_documents_flow_over_pages_under_a_repeated_head(make_slip, text_of):
    rows = tuple(
        SlipDocument(title=f"Giấy tờ thứ {n} về nguồn gốc sử dụng đất", kind_text="Bản sao", quantity=n)
        for n in range(1, 61)
    )
    pdf = render_receipt_slip(make_slip(documents=rows))

    pages = len(pages_of(pdf)) // 2
    assert pages >= 3
    whole = text_of(pdf)
    for n in range(1, 61):
        assert f"{n} Giấy tờ thứ {n} về nguồn gốc sử dụng đất Bản sao {n:02}" in whole
    for page in range(2 * pages):
        text = text_of(pdf, page)
        assert f"Trang {page % pages + 1}/{pages}" in text
        assert "Mã hồ sơ: H24.17-261118-0152" in text
        assert ("STT Tên giấy tờ Loại Số lượng" in text) == ("Giấy tờ thứ" in text)


def test_one_document_fits_one_page_a_copy(make_slip, text_of):
    pdf = render_receipt_slip(make_slip(documents=make_slip().documents[:1], fees=(), extra_notes=()))

    assert len(pages_of(pdf)) == 2
    assert "Trang" not in text_of(pdf)


def test_nobody_signs_an_otherwise_empty_page(make_slip, text_of):
    for rows in range(1, 12):
        pdf = render_receipt_slip(make_slip(documents=make_slip().documents[:1] * rows))
        for page in range(len(pages_of(pdf))):
            text = text_of(pdf, page)
            assert "NGƯỜI NỘP HỒ SƠ" not in text or "Số điện thoại liên hệ" in text


def test_a_very_long_title_wraps_and_stays_on_the_page(make_slip, text_of):
    long = "Cấp giấy phép hoạt động của tổ chức, cá nhân trong khu vực " * 15
    slip = make_slip(request=long, documents=(SlipDocument(title=long, kind_text="Bản chính", quantity=1),))

    text = text_of(render_receipt_slip(slip))

    # counted by phrase: a row may continue on the next page
    assert text.count("Cấp giấy phép hoạt động của tổ chức") == 4 * 15


@pytest.mark.parametrize("paper", PAPERS)
def test_no_word_runs_out_of_the_page(make_slip, paper):
    wide = "WM" * 150
    slip = make_slip(
        agency_lines=(wide, wide),
        number=wide,
        place=wide,
        applicant_name=wide,
        email=wide,
        documents=(SlipDocument(title=wide, kind_text=wide, quantity=99_999, note=wide),),
        fees=(SlipFee(title=wide, amount=10**15), SlipFee(title=wide, amount=1)),
        submitter_name=wide,
        receiver_name=wide,
        extra_notes=(wide,),
    )

    document = pypdfium2.PdfDocument(render_receipt_slip(slip, paper))
    for page in document:
        image = page.render(scale=1).to_pil().convert("L")
        free = round(9.5 / 25.4 * 72)
        for margin in ((0, 0, free, image.height), (image.width - free, 0, image.width, image.height)):
            assert image.crop(margin).getextrema() == (255, 255)
    document.close()


def test_empty_fields_leave_no_label_behind(make_slip, text_of):
    empty = dict.fromkeys(
        ("number", "representative", "identity_number", "address", "phone", "email", "time_limit_text", "result_place",
         "register_volume", "register_number", "contact_phone", "submitter_name", "receiver_name", "lookup_url"), "",
    )  # fmt: skip
    text = text_of(render_receipt_slip(make_slip(**empty, documents=(), fees=(), extra_notes=(), request_details=())))

    for label in ("ủy quyền:", "CCCD/MST", "Địa chỉ", "điện thoại", "Email", "theo quy định là", "Đăng ký", "Vào Sổ"):
        assert label not in text
    assert "Số: ……/TNHS" in text
    assert "Thành phần hồ sơ nộp gồm: Không có giấy tờ kèm theo" in text
    assert "Phí, lệ phí (nếu có): Không" in text
    assert not re.search(r": (?=\w+:)", text.split("Chú ý:")[0].split("Mã hồ sơ:")[1].replace("nộp gồm: ", ""))


def test_one_of_two_values_on_a_line_stands_alone(make_slip, text_of):
    text = text_of(render_receipt_slip(make_slip(phone="", register_volume="")))

    assert "Email: huong.nguyen@example.vn" in text
    assert "Vào Sổ theo dõi hồ sơ: Số thứ tự: 1152" in text


def test_a_number_given_whole_takes_no_sign(make_slip, text_of):
    assert "Số: 0152/GTN-SNNMT CỘNG" in text_of(render_receipt_slip(make_slip(number="0152/GTN-SNNMT", sign="")))


def test_due_dates_are_promised_expected_or_left_to_a_notice(make_slip, text_of):
    expected = text_of(render_receipt_slip(make_slip(due_is_expected=True)))
    none = text_of(render_receipt_slip(make_slip(due_at=None)))

    assert "Thời gian trả kết quả giải quyết hồ sơ (dự kiến): 17 giờ 00 phút, ngày 02 tháng 12 năm 2026" in expected
    assert "Thời gian trả kết quả giải quyết hồ sơ: theo thông báo của cơ quan giải quyết" in none


def test_fees_not_known_yet_are_not_counted_as_nothing(make_slip, text_of):
    later = SlipFee(title="Tiền sử dụng đất", amount=None)

    alone = text_of(render_receipt_slip(make_slip(fees=(later,))))
    among = text_of(render_receipt_slip(make_slip(fees=(later, SlipFee(title="Lệ phí", amount=1_234_500)))))

    assert "Phí, lệ phí (nếu có): Tiền sử dụng đất: theo thông báo" in alone
    assert "Tổng cộng: 1.234.500 đồng và khoản theo thông báo" in among


def test_the_file_names_its_form_and_carries_no_date_of_printing(make_slip):
    information = pypdf.PdfReader(io.BytesIO(render_receipt_slip(make_slip(issued_on=date(2026, 2, 3))))).metadata

    assert information.title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả – H24.17-261118-0152"
    assert information.creation_date is None
