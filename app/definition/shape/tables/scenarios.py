"""Keys of ``tests:`` (section 14): scenarios with a fake clock."""

from __future__ import annotations

from app.definition.shape.record import Record, Row
from app.definition.shape.scalars import Literal, OneOf, Text
from app.definition.shape.structures import ListOf, MapOf
from app.definition.shape.tables.vocabulary import FILE_KEY, MOMENT, NAME_KEY, TITLE, names
from app.definition.shape.tables.wording import CHANNELS
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off
_ANY = Literal()
_VALUES = MapOf(_ANY, None)
REFUSALS = (
    "same_person", "not_allowed", "check_failed", "missing_fields", "missing_documents", "unpaid",
        "too_many_supplements",
    "already_extended", "too_late", "wrong_status", "no_result", "stale", "required", "invalid_value", "total_mismatch",
    "out_of_order",
)
_EXPECTED = {
    "due": "hạn trả", "first_due": "hạn đầu tiên", "legal_due": "hạn theo pháp luật", "phase_due": "hạn giai đoạn",
    "step_due": "hạn bước", "fee": "tổng phí, lệ phí", "fees": "từng khoản", "obligations": "tổng nghĩa vụ",
    "open": "các bước đang mở", "status": "trạng thái", "clock": "đồng hồ", "class": "sớm, đúng hay trễ",
    "allowed": "việc được làm", "required": "trường bắt buộc", "shown": "trường hiện", "hidden": "trường ẩn",
    "fields": "giá trị trường", "documents": "giấy tờ phải nộp", "consulted": "nơi được hỏi", "answers": "ý kiến",
    "prints": "giấy đã in", "numbers": "số đã cấp", "results": "kết quả",
}
EXPECT = Record("expect", Words("kết quả mong đợi", "expect"), (
    *(Row(key, _ANY, f"Mong đợi: {text}.", f"Expected {key}.") for key, text in _EXPECTED.items()),
    Row("notices", _ANY, "Thông báo.", "Notices.", later=True),
    Row("calls", _ANY, "Thủ tục được gọi.", "Called procedures.", later=True),
))
GIVEN = Record("given", Words("dữ kiện", "given"), (
    Row("received", MOMENT, "Thời điểm nhận hồ sơ.", "When it is received; sets the clock.", required=True,
        example="received: 2026-03-02 09:00"),
    Row("channel", OneOf(tuple(CHANNELS), words=CHANNELS), "Cách nộp.", "Way of submitting."),
    Row("level", FILE_KEY, "Cấp.", "Level."),
    Row("variant", NAME_KEY, "Trường hợp.", "Variant."),
    Row("unit", FILE_KEY, "Nơi nộp.", "Where it is submitted."),
    Row("applicant", _VALUES, "Người nộp.", "The applicant.", default={}),
    Row("documents", names(FILE_KEY), "Giấy tờ đã nộp (mặc định: đủ).", "Papers handed in; default: all."),
    Row("form", _VALUES, "Giá trị các trường.", "Values for any step.", default={}),
    Row("unpaid", names(), "Khoản chưa nộp.", "Fees that are not paid."),
    Row("batch", _ANY, "Đợt.", "Batch.", later=True),
    Row("period", _ANY, "Kỳ.", "Period.", later=True),
))
ACT = Record("act", Words("việc", "act"), (
    Row("do", Text(60), "Bước, cách xử lý, resubmit, withdraw hoặc clock.", "Step, conduct, resubmit or clock.",
        required=True),
    Row("at", MOMENT, "Đặt đồng hồ.", "Sets the clock."),
    Row("by", Text(80), "Ai làm.", "Fixes the person."),
    Row("choose", NAME_KEY, "Bấm nút nào.", "Button."),
    Row("fill", _VALUES, "Nhập gì.", "Fields."),
    Row("pay", names(), "Nộp khoản nào.", "Fees."),
    Row("attach", names(), "Giấy nào.", "Papers."),
    Row("answer", _VALUES, "Trả lời ý kiến.", "Opinions."),
    Row("with", _VALUES, "Đối số của cách xử lý.", "Arguments of a conduct."),
    Row("expect", EXPECT, "Mong đợi sau việc này.", "Compared after this act."),
    Row("refused", OneOf(REFUSALS), "Phải bị từ chối với mã này.", "Must be refused."),
), names="do", short="do")
SCENARIO = Record("scenario", Words("kịch bản", "test"), (
    Row("name", TITLE, "Câu nói điều phải đúng.", "Sentence saying what must be true.", required=True),
    Row("given", GIVEN, "Dữ kiện.", "What is given.", required=True),
    Row("walk", ListOf(ACT), "Các việc lần lượt (mặc định: chỉ tiếp nhận).", "Acts; default: intake only."),
    Row("expect", EXPECT, "Mong đợi ở cuối.", "Compared at the end."),
), names="name")
