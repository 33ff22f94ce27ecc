"""A slip as a counter makes it every day, and the eyes that read the paper back."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL.Image import Image

from app.prints.receipt_slip import ReceiptSlip, SlipDocument, SlipFee

EVERYDAY = ReceiptSlip(
    agency_lines=("UBND thành phố Hải Phòng", "Sở Nông nghiệp và Môi trường", "Bộ phận Tiếp nhận và Trả kết quả"),
    number="152",
    place="Hải Phòng",
    issued_on=date(2026, 11, 18),
    lookup_url="https://motcua.example.vn/tra-cuu/H24.17-261118-0152?k=9F3K-77QP",
    dossier_code="H24.17-261118-0152",
    reception_unit="Bộ phận Tiếp nhận và Trả kết quả số 2",
    applicant_name="Nguyễn Thị Hường",
    representative="Trần Văn Khải (giấy ủy quyền số 12/2026)",
    identity_number="031085001234",
    address="Số 12 đường Lạch Tray, phường Gia Viên",
    phone="0912 345 678",
    email="huong.nguyen@example.vn",
    request="Cấp đổi Giấy chứng nhận quyền sử dụng đất",
    request_details=("Thửa đất số 125, tờ bản đồ số 14, diện tích 86,5 m²",),
    documents=(
        SlipDocument(title="Đơn đăng ký biến động (Mẫu số 18)", kind_text="Bản chính", quantity=1),
        SlipDocument(title="Mảnh trích đo", kind_text="Bản sao", quantity=2, note="trả lại khi nhận kết quả"),
    ),
    dossier_sets=1,
    time_limit_text="10 ngày làm việc",
    received_at=datetime(2026, 11, 18, 9, 12),
    due_at=datetime(2026, 12, 2, 17, 0),
    result_place="Dịch vụ bưu chính công ích",
    fees=(
        SlipFee(title="Phí thẩm định", amount=810_000),
        SlipFee(title="Lệ phí cấp giấy", amount=25_000, note="nộp khi nhận kết quả"),
    ),
    register_volume="03",
    register_number="1152",
    contact_phone="0225.3747.665",
    submitter_name="Trần Văn Khải",
    receiver_name="Phạm Minh Tuấn",
    extra_notes=("Giờ trả kết quả: từ 14 giờ đến 17 giờ.",),
)

MakeSlip = Callable[..., ReceiptSlip]


@pytest.fixture
def make_slip() -> MakeSlip:
    """The everyday slip with some fields changed."""
    return lambda **changes: replace(EVERYDAY, **changes)


@pytest.fixture
def text_of() -> Callable[[bytes], str]:
    """All words of a PDF in reading order, single spaces between them, break opportunities taken out."""

    def read(pdf: bytes, page: int | None = None) -> str:
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        chosen = pages if page is None else [pages[page]]
        return " ".join(" ".join(one.extract_text() for one in chosen).replace("\u200b", "").split())

    return read


@pytest.fixture
def scan() -> Callable[[bytes, int], dict[str, list[str]]]:
    """What a scanner of 300 dots an inch reads from one page: texts by kind of code."""

    def read(pdf: bytes, page: int) -> dict[str, list[str]]:
        document = pypdfium2.PdfDocument(pdf)
        image: Image = document[page].render(scale=300 / 72).to_pil()
        document.close()
        found = zxingcpp.read_barcodes(image)
        return {
            "bars": [one.text for one in found if one.format == zxingcpp.BarcodeFormat.Code128],
            "qr": [one.text for one in found if one.format == zxingcpp.BarcodeFormat.QRCode],
        }

    return read
