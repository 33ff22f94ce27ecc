"""Keys of ``tests:`` (section 14): scenarios with a fake clock."""

from __future__ import annotations

from app.definition.shape import rooms
from app.definition.shape.reader import Kind
from app.definition.shape.record import Record, Row
from app.definition.shape.scalars import Integer, Literal, Moment, OneOf, Text
from app.definition.shape.structures import Either, ListOf, MapOf, WordOr
from app.definition.shape.tables.vocabulary import COLUMN_KEY, FILE_KEY, MOMENT, NAME_KEY, PATH_KEY, TITLE, names
from app.definition.shape.tables.wording import CHANNELS, STATUSES
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
_DUE = WordOr(("none",), Moment("due"))
_DUES = MapOf(_DUE)
_AMOUNT = WordOr(("none", "unknown"), Integer(0))
_NAMES = names(COLUMN_KEY)
_ACTS = ListOf(Text(60))
_ALLOWED = Either(
    Words("danh sách việc, hoặc includes: [việc]", "a list of acts, or includes: [acts]"),
    list=_ACTS,
    mapping=Record("allowed", Words("việc được làm", "allowed"), (
        Row("includes", _ACTS, "Trong đó có các việc này.", "These are among them.", required=True),)),
)
_CLOCK = ("not_started", "running", "paused", "waiting", "finished", "stopped", "lapsed")
_EXPECTED: dict[str, tuple[str, Kind]] = {
    "due": ("hạn trả", _DUE), "first_due": ("hạn đầu tiên", _DUE), "legal_due": ("hạn theo pháp luật", _DUE),
    "phase_due": ("hạn giai đoạn", _DUES), "step_due": ("hạn bước", _DUES),
    "fee": ("tổng phí, lệ phí", _AMOUNT), "fees": ("từng khoản", MapOf(_AMOUNT)),
    "obligations": ("tổng nghĩa vụ", _AMOUNT),
    "open": ("các bước đang mở", names()), "status": ("trạng thái", OneOf(tuple(STATUSES), words=STATUSES)),
    "clock": ("đồng hồ", OneOf(_CLOCK)), "class": ("sớm, đúng hay trễ", OneOf(("early", "on_time", "late"))),
    "allowed": ("việc được làm", MapOf(_ALLOWED, None)),
    "required": ("trường bắt buộc", _NAMES), "shown": ("trường hiện", _NAMES), "hidden": ("trường ẩn", _NAMES),
    "fields": ("giá trị trường", _VALUES), "documents": ("giấy tờ phải nộp", names(FILE_KEY)),
    "consulted": ("nơi được hỏi", ListOf(Text(80))), "answers": ("ý kiến", MapOf(NAME_KEY, None)),
    "prints": ("giấy đã in", names(FILE_KEY)), "numbers": ("số đã cấp", MapOf(Text(120), None)),
    "results": ("kết quả", names()), "calls": ("thủ tục được gọi", ListOf(PATH_KEY)),
}
EXPECT = Record("expect", Words("kết quả mong đợi", "expect"), (
    *(Row(key, kind, f"Mong đợi: {text}.", f"Expected {key}.") for key, (text, kind) in _EXPECTED.items()),
    Row("notices", _ANY, "Thông báo.", "Notices.", later=rooms.NOTICES),
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
    Row("batch", _ANY, "Đợt.", "Batch.", later=rooms.BATCHES),
    Row("period", Text(20), "Kỳ, như 2026-Q2 (mặc định: kỳ gần nhất được nộp).",
        "Period; default: the latest that may be filed."),
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
