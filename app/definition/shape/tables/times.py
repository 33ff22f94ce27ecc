"""Keys of time: limits, phases, pauses (sections 4.2–4.6)."""

from __future__ import annotations

from app.definition.shape import rooms
from app.definition.shape.record import Record, Row
from app.definition.shape.scalars import DurationText, OneOf
from app.definition.shape.structures import Either, ListOf, WordOr, Wrapped, under
from app.definition.shape.tables.vocabulary import EXPRESSION, FLAG, NAME_KEY, TIME, TITLE, choice
from app.definition.shape.tree import Branch
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off
_EVERY = DurationText(refused=())
ADDED_TIME = DurationText(refused=("phases", "until", "none", "same_day", "at_once"))
WITHIN = choice(DurationText(steps=True))
ANSWER_TIME = choice(DurationText())

ADDITION = Record(
    "addition",
    Words("khoản cộng thời gian", "addition"),
    (
        Row("when", EXPRESSION, "Cộng khi điều kiện đúng.", "If this is true.", required=True),
        Row("time", ADDED_TIME, "Thời gian cộng thêm.", "Time added.", required=True),
        Row("why", TITLE, "Lý do, in trong giải thích.", "Ground."),
    ),
)
_LIMIT_CHOICE = choice(_EVERY)
TIME_LIMIT_RECORD = Record(
    "time_limit",
    Words("thời hạn", "time limit"),
    (
        Row("default", _EVERY, "Thời hạn cam kết.", "The promised limit."),
        Row("cases", ListOf(_LIMIT_CHOICE.case()), "Thời hạn theo trường hợp, thử từ trên xuống.", "Limits by case.",
            default=()),
        Row("legal", choice(_EVERY), "Thời hạn theo pháp luật khi cơ quan cam kết ngắn hơn.",
            "The central limit where the office promises less."),
        Row("add", ListOf(ADDITION), "Thời gian cộng thêm theo điều kiện.", "Time added by condition.", default=()),
        Row("starts", OneOf(("received", "arrived", "complete"), later={"batch": rooms.BATCHES},
            prefixes=("step.", "field."), words={"received": "khi tiếp nhận", "arrived": "khi cơ quan giải quyết nhận",
                "complete": "khi đủ giấy tờ"}),
            "Bắt đầu tính từ đâu.", "Where counting starts.", default="received"),
        Row("cutoff", WordOr(("none",), TIME),
            "Giờ chốt trong ngày cho hồ sơ trả trong ngày và tính giờ.", "The cut-off of the day."),
    ),
)
TIME_LIMIT = Either(
    Words("thời gian như 5 working days", "a duration such as 5 working days"),
    scalar=Wrapped(_EVERY, under("default")),
    mapping=TIME_LIMIT_RECORD,
)
PHASE = Record(
    "phase",
    Words("giai đoạn", "phase"),
    (
        Row("key", NAME_KEY, "Khóa của giai đoạn.", "Key of the phase.", required=True),
        Row("title", TITLE, "Tên giai đoạn.", "Title.", required=True),
        Row("within", ANSWER_TIME, "Thời hạn của giai đoạn.", "Limit of the phase."),
        Row("when", EXPRESSION, "Chỉ có khi điều kiện đúng.", "Only if this is true."),
    ),
    names="key",
)
PAUSE = Record(
    "pause",
    Words("tạm dừng", "pause"),
    (
        Row("reason", TITLE, "Lý do tạm dừng, in trong giải thích.", "Reason, printed in the explanation."),
        Row("then", OneOf(("resume", "restart"), words={"resume": "tính tiếp", "restart": "tính lại từ đầu"}),
            "Sau khi hết tạm dừng.", "What follows.", default="resume"),
        Row("add", ADDED_TIME, "Cộng thêm sau khi tính tiếp.", "Time added after resuming."),
        Row("fresh", choice(DurationText()), "Thời hạn mới khi tính lại.", "The new limit after a restart."),
        Row("of", OneOf(("phase",)), "phase: chỉ tính lại giai đoạn đang mở, các giai đoạn sau nối tiếp.",
            "Only the open phase restarts; the later ones follow.", only=frozenset({"restart"})),
        Row("only", OneOf(("dossier", "phase", "step"), words={"dossier": "cả hồ sơ", "phase": "giai đoạn",
            "step": "bước"}),
            "Đồng hồ nào đứng.", "What stands still.", default="dossier"),
    ),
    type_key="then",
)
RECURS = Record("recurs", Words("định kỳ", "recurrence"), (
    Row("every", WordOr(("month", "quarter", "half_year", "year", "5 years"), NAME_KEY),
        "Kỳ: month, quarter, half_year, year, 5 years, hoặc trường lựa chọn nêu kỳ (được cả week).",
        "The period, or a choice field whose options are such words (week too).", required=True),
    Row("opens", DurationText(refused=("phases", "until", "none", "same_day")), "Được nộp từ khi nào, tính từ cuối kỳ.",
        "From when on it may be filed, after the period's end.", default="at once"),
    Row("closes", ADDED_TIME, "Hạn nộp, tính từ cuối kỳ; sau đó là nộp muộn.",
        "Until when, after the period's end; then it is late.", required=True, example="closes: 20 days"),
    Row("from", OneOf(("previous",), words={"previous": "ai đã nộp kỳ trước"}), "Ai phải nộp.", "Who is expected.",
        default="previous"),
    Row("open_by", OneOf(("applicant", "system"), words={"applicant": "người nộp", "system": "hệ thống"}),
        "Ai mở hồ sơ kỳ mới (mặc định: người nộp; hồ sơ nội bộ: hệ thống).",
        "Who opens the next one; the system copies the answers of last period."),
    Row("when", EXPRESSION, "Chỉ hồ sơ kỳ trước thỏa điều kiện này; phải tra cứu được trong cơ sở dữ liệu.",
        "Only dossiers of last period of which this is true; the database must be able to answer it."),
))
PAUSES = Either(
    Words("true, false hoặc {reason: …}", "true, false or {reason: …}"),
    scalar=Wrapped(FLAG, lambda flag, _mark: Branch() if flag else False),
    mapping=PAUSE,
)
