"""Keys of standard conduct (section 8.6): what may be done beside the steps, with the law's defaults."""

from __future__ import annotations

from app.definition.shape.record import Record, Row
from app.definition.shape.scalars import DurationText, Integer, OneOf
from app.definition.shape.structures import ListOf, WordOr
from app.definition.shape.tables.vocabulary import FILE_KEY, FLAG, LINE, NAME_KEY, WHO, choice, names
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off
_TIME = DurationText()
_TIMES = choice(_TIME)
_COUNT = WordOr(("none",), Integer(0, 99))
_COUNTS = choice(_COUNT)
_ADDED = choice(DurationText(refused=("phases", "until", "none", "same_day", "at_once")))
_ON_LATE = choice(OneOf(("stop", "refuse", "remind", "overdue"), words={
    "stop": "hồ sơ dừng", "refuse": "từ chối", "remind": "nhắc", "overdue": "chỉ đánh dấu quá hạn"}))
_THEN = choice(OneOf(("restart", "resume"), words={"restart": "tính lại từ đầu", "resume": "tính tiếp"}))
_REASONS = Row("reasons", ListOf(LINE), "Các lý do để chọn.", "Reasons to pick from.", default=())


def _plain(value: object) -> dict[str, object]:
    """A default of a choice that is the same in every case."""
    return {"default": value, "cases": []}


def _by(vi: str, en: str, default: str | None = None) -> Row:
    return Row("by", WHO, vi, en, default=default)


def _approve(default: str | None = None) -> Row:
    return Row("approve", WHO, "Ai duyệt trước khi thực hiện.", "Who has to agree first.", default=default)


def _print(*keys: str) -> Row:
    return Row("print", names(FILE_KEY), "Giấy in ra.", "Prints.", default=keys)


ROUND = Record(
    "round",
    Words("lần yêu cầu", "round"),
    (
        Row("within", _TIMES, "Phải yêu cầu trong thời gian này (lần đầu từ khi tiếp nhận, lần sau từ khi bổ sung).",
            "Time to ask: from acceptance, later from the last supplement."),
        Row("then", _THEN, "Sau khi bổ sung đủ thì tính thế nào.", "What the clock does afterwards."),
        Row("fresh", _TIMES, "Thời hạn mới khi tính lại.", "The new limit after a restart."),
        Row("add", _ADDED, "Cộng thêm khi tính tiếp.", "Added when the clock goes on."),
        Row("answer_within", _TIMES, "Người nộp phải bổ sung trong thời gian này.", "The applicant's time to answer."),
        Row("on_late", _ON_LATE, "Người nộp không bổ sung thì sao.", "If no answer comes."),
    ),
)
# What holds for one request may be said for the whole procedure too, and then has the law's numbers as default.
SUPPLEMENT = Record(
    "supplement",
    Words("yêu cầu bổ sung", "supplement request"),
    (
        Row("max", _COUNTS, "Số lần yêu cầu nhiều nhất; none là không giới hạn.", "How many requests.",
            default=_plain(1)),
        _by("Ai gửi yêu cầu cho người nộp.", "Who sends it.", "reception"),
        Row("within", _TIMES, "Phải yêu cầu trong thời gian này từ khi tiếp nhận.", "From acceptance.",
            default=_plain("3 working days")),
        Row("then", _THEN, "Sau khi bổ sung đủ thì tính thế nào.", "What the clock does afterwards.",
            default=_plain("restart")),
        Row("fresh", _TIMES, "Thời hạn mới khi tính lại (mặc định: thời hạn giải quyết).",
            "The new limit after a restart."),
        Row("add", _ADDED, "Cộng thêm khi tính tiếp.", "Added when the clock goes on."),
        Row("answer_within", _TIMES, "Người nộp phải bổ sung trong thời gian này.", "The applicant's time to answer.",
            default=_plain("30 days")),
        Row("on_late", _ON_LATE, "Người nộp không bổ sung thì sao.", "If no answer comes.", default=_plain("stop")),
        _print("supplement"),
        Row("rounds", ListOf(ROUND), "Quy định riêng từng lần, theo thứ tự.", "Rules for each request in turn."),
        Row("approve", WHO, "Ai duyệt lần yêu cầu vượt quá max (phải nêu căn cứ).",
            "Who approves a request beyond max, with its ground."),
        _REASONS,
    ),
)
REFUSE = Record(
    "refuse",
    Words("từ chối", "refusal"),
    (
        _by("Ai từ chối (mặc định: người của bước).", "Who refuses; default: the step's person."),
        _REASONS,
        Row("within", _TIMES, "Chỉ được từ chối trong thời gian này từ khi tiếp nhận.",
            "Time to refuse, from acceptance."),
        Row("result", NAME_KEY, "Kết quả từ chối được ban hành.", "The refusal result that is issued."),
        _print("refusal"),
        Row("after_supplement", _TIMES, "Sau khi bổ sung: chỉ được từ chối trong thời gian này.",
            "Once a supplement has come in: the time to refuse."),
        Row("approve", WHO, "Ai duyệt từ chối sau tiếp nhận.", "Who approves it after intake.",
            default="leader@authority"),
    ),
)
EXTEND = Record(
    "extend",
    Words("gia hạn, hẹn lại", "extension"),
    (
        Row("max", _COUNT, "Số lần nhiều nhất; none là không giới hạn.", "How many times.", default=1),
        Row("before", _TIME, "Phải làm trước hạn ít nhất chừng này.", "At least this long before the due date.",
            default="1 working day"),
        Row("most", _TIMES, "Gia hạn nhiều nhất (mặc định: thêm một lần thời hạn).", "At most this much."),
        Row("most_from", OneOf(("due", "start"), words={"due": "tính từ hạn", "start": "tính từ lúc bắt đầu"}),
            "most tính từ đâu.", "Where most counts from.", default="due"),
        _by("Ai quyết định.", "Who decides.", "leader@authority"),
        _REASONS,
        _print("apology"),
        Row("ask_by", WHO, "Ai đề nghị (mặc định: người của bước).", "Who asks for it; default: the step's person."),
        Row("ground", OneOf(("apology", "legal"), words={
            "apology": "xin lỗi, hẹn lại: hạn đầu vẫn để xét trễ hạn", "legal": "theo luật: xét trễ hạn theo hạn mới"}),
            "Căn cứ gia hạn.", "Its ground: legal also moves the date that lateness is judged by.", default="apology"),
    ),
)
WITHDRAW = Record(
    "withdraw",
    Words("rút hồ sơ", "withdrawal"),
    (
        Row("until", NAME_KEY, "Được rút cho tới bước này (mặc định: bước đầu tiên ban hành kết quả).",
            "Possible until this step; default: the first one that issues a result."),
        Row("refund", FLAG, "Hoàn lại mọi khoản đã nộp.", "Everything paid is paid back.", default=False),
        _by("Ai rút (mặc định: người nộp, hoặc bộ phận tiếp nhận thay).", "Who; default: the applicant or reception."),
        _REASONS,
        _approve(),
        _print("stop"),
    ),
)
STOP = Record(
    "stop",
    Words("dừng giải quyết", "stop"),
    (
        _by("Ai đề nghị dừng.", "Who stops it.", "head@agency"),
        _REASONS,
        _approve("leader@authority"),
        _print("stop"),
    ),
)
RECALL = Record(
    "recall",
    Words("thu hồi bước vừa làm", "recall"),
    (Row("until", OneOf(("next_acted",), words={"next_acted": "tới khi người sau đã làm gì đó"}),
         "Được thu hồi tới khi nào.", "Until when.", default="next_acted"),),
)
SEND_BACK = Record(
    "send_back",
    Words("trả lại bước trước", "sending back"),
    (
        Row("to", names(), "Chỉ trả lại các bước này (mặc định: mọi bước trước đã có người làm).",
            "To these steps only; default: every earlier step done by a person."),
        Row("comment", OneOf(("required", "optional"), words={"required": "bắt buộc", "optional": "tùy ý"}),
            "Ý kiến kèm theo.", "Comment.", default="required"),
        Row("max", _COUNT, "Số lần nhiều nhất; none là không giới hạn.", "How many times.", default="none"),
        _REASONS,
        _approve(),
    ),
)
REASSIGN = Record(
    "reassign",
    Words("giao lại việc", "reassignment"),
    (_by("Ai giao lại (mặc định: lãnh đạo đơn vị hoặc người giữ việc).", "Who; default: the head or the holder."),),
)
COMMENT = Record(
    "comment",
    Words("ý kiến trao đổi", "comment"),
    (_by("Ai ghi (mặc định: mọi người xem được hồ sơ).", "Who; default: everybody who may open the dossier."),),
)
TRANSFER = Record(
    "transfer",
    Words("chuyển cơ quan khác", "transfer"),
    (
        Row("to", names(FILE_KEY), "Chuyển tới các đơn vị này (mặc định: mọi đơn vị của cơ quan).",
            "To these units; default: every unit of the house."),
        Row("within", _TIMES, "Phải chuyển trong thời gian này từ khi hồ sơ tới bước.",
            "Time to hand it over, from when it came to the step.", default=_plain("1 working day")),
        _by("Ai chuyển (mặc định: người của bước).", "Who; default: the step's person."),
        _REASONS,
        _approve(),
        _print(),
    ),
)
CORRECT = Record(
    "correct",
    Words("đính chính kết quả", "correction"),
    (
        _by("Ai lập đính chính.", "Who makes it.", "clerk@agency"),
        _REASONS,
        _approve(),
        _print(),
    ),
)
RESUBMIT = Record(
    "resubmit",
    Words("nộp bổ sung", "resubmission"),
    (_by("Ai nộp (mặc định: người nộp, hoặc bộ phận tiếp nhận thay).", "Who; default: the applicant or reception."),),
)
CONSULT_CONDUCT = Record(
    "consult_conduct",
    Words("lấy ý kiến ngoài quy trình", "unplanned consultation"),
    (
        _by("Ai gửi (mặc định: người của bước).", "Who sends it; default: the step's person."),
        Row("to", ListOf(WHO), "Chỉ hỏi những người này (mặc định: mọi chức danh).",
            "Only these may be asked; default: every position."),
        Row("within", _TIMES, "Thời gian trả lời nhiều nhất.", "Time to answer, unless a shorter one is named."),
        _approve(),
        _print(),
    ),
)
RULES_OF: dict[str, Record] = {
    "supplement": SUPPLEMENT, "refuse": REFUSE, "extend": EXTEND, "withdraw": WITHDRAW, "stop": STOP,
    "recall": RECALL, "send_back": SEND_BACK, "reassign": REASSIGN, "comment": COMMENT, "transfer": TRANSFER,
    "correct": CORRECT, "resubmit": RESUBMIT, "consult": CONSULT_CONDUCT,
}
_MEANING: dict[str, tuple[str, str]] = {
    "supplement": ("Yêu cầu bổ sung hồ sơ.", "Supplement request."),
    "refuse": ("Từ chối.", "Refusal."),
    "extend": ("Xin lỗi và hẹn lại.", "Apology and new date."),
    "withdraw": ("Rút hồ sơ.", "Withdrawal by the applicant."),
    "stop": ("Dừng giải quyết.", "Stop."),
    "recall": ("Thu hồi bước vừa làm.", "Taking back the step just done."),
    "send_back": ("Trả lại bước trước.", "Sending back to an earlier step."),
    "reassign": ("Giao lại cho người khác.", "Handing the work to somebody else."),
    "comment": ("Ghi ý kiến trao đổi.", "Comments."),
    "transfer": ("Chuyển cơ quan có thẩm quyền khác.", "Transfer to another competent office."),
    "correct": ("Đính chính kết quả đã trả.", "Correction of a wrong result."),
    "resubmit": ("Nộp bổ sung.", "Handing in a supplement."),
    "consult": ("Lấy ý kiến ngoài quy trình.", "Unplanned consultation."),
}
CONDUCT = Record(
    "conduct",
    Words("cách xử lý chuẩn", "standard conduct"),
    tuple(Row(name, record, *_MEANING[name], default={}) for name, record in RULES_OF.items()),
)
# Built in wherever a person works; a step may take them away with ``deny``.
DENIABLE = ("comment", "reassign", "recall", "send_back", "extend", "stop", "withdraw")
