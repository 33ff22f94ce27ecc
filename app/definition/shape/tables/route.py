"""Keys of routes, steps, ways on, waits and consultations (sections 8.1–8.5)."""

from __future__ import annotations

from app.definition.shape import rooms
from app.definition.shape.record import Record, Row
from app.definition.shape.scalars import Literal, OneOf, Text
from app.definition.shape.structures import Choice, Either, ListOf, MapOf, Wrapped, under
from app.definition.shape.tables.allow import Allow
from app.definition.shape.tables.conduct import DENIABLE
from app.definition.shape.tables.forms import CHECK
from app.definition.shape.tables.times import ADDED_TIME, ANSWER_TIME, PAUSES, WITHIN
from app.definition.shape.tables.vocabulary import (
    COLUMN_KEY,
    EXPRESSION,
    FILE_KEY,
    FLAG,
    HELP,
    LABEL,
    NAME_KEY,
    PATH_KEY,
    SCHEMA_VERSION,
    TITLE,
    WHO,
    choice,
    names,
)
from app.definition.shape.tables.wording import OPINIONS, STATUSES
from app.definition.shape.tree import Branch, Mark, Twig
from app.definition.shape.who import PartyKind, PlaceKind
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off


def _one_way(key: str, mark: Mark) -> Twig:
    """`next: sign` in its long form."""
    targets, way, ways = Twig(), Branch(), Twig()
    targets.add(key, mark)
    way.put("to", targets, mark)
    ways.add(way, mark)
    return ways


TARGET = Either(
    Words("khóa bước hoặc {step: …, when: …}", "a step key or {step: …, when: …}"),
    scalar=NAME_KEY,
    mapping=Record("target", Words("đích", "target"), (
        Row("step", NAME_KEY, "Bước mở ra.", "Step to open.", required=True),
        Row("when", EXPRESSION, "Chỉ mở khi điều kiện đúng.", "Only if this is true."),
    )),
)
WAY = Record(
    "way",
    Words("lối đi tiếp", "way on"),
    (
        Row("when", EXPRESSION, "Chỉ đi lối này khi điều kiện đúng.", "This way only if true."),
        Row("choose", NAME_KEY, "Khóa của nút bấm.", "Key of the button."),
        Row("title", LABEL, "Chữ trên nút.", "Text of the button."),
        Row("to", ListOf(TARGET, one=True), "Bước tiếp theo, end, hoặc nhiều bước song song.",
            "Next step, end, or parallel steps.", required=True, example="to: sign"),
        Row("comment", OneOf(("optional", "required", "none"), words={
            "optional": "tùy ý", "required": "bắt buộc", "none": "không có"}), "Ý kiến kèm theo.", "Comment.",
            default="optional"),
        Row("confirm", HELP, "Câu hỏi trước khi thực hiện.", "Question before it happens."),
    ),
    names="choose",
)
NEXT = Either(
    Words("khóa bước, hoặc danh sách {when: …, to: …}", "a step key, or a list of {when: …, to: …}"),
    scalar=Wrapped(NAME_KEY, _one_way),
    list=ListOf(WAY),
)
WAIT_RECORD = Record(
    "wait",
    Words("chờ", "wait"),
    (
        Row("for", OneOf(("payment", "message", "date", "time"), words={
            "payment": "chờ nộp tiền", "message": "chờ tin từ hệ thống khác", "date": "chờ đến một ngày",
            "time": "chờ một khoảng thời gian cố định"}), "Chờ điều gì.", "What ends it.",
            required=True),
        Row("of", names(), "Các khoản thu phải nộp; các tin chờ nhận (một tin là đủ).",
            "Fees to be paid; messages of which one is enough.", required=("for", "message"), default=(),
            only=frozenset({"payment", "message"})),
        Row("last", ADDED_TIME, "Thời gian chờ cố định.", "The fixed time.", required=("for", "time"),
            only=frozenset({"time"})),
        Row("by_hand", WHO, "Ai được xác nhận bằng giấy.", "Who may end it with a paper proof."),
        Row("until", EXPRESSION, "Chờ đến ngày này.", "The day or moment at which it ends.", required=("for", "date"),
            example="until: exam_on", only=frozenset({"date"})),
        Row("take", MapOf(NAME_KEY), "Giá trị lấy từ tin: {trường: tên trong tin}.",
            "Values taken from the message: {field: name in the message}.", default={}, only=frozenset({"message"})),
    ),
    type_key="for",
)
WAIT = Either(
    Words("thời gian như 15 days, hoặc {for: payment, of: [...]}", "a duration, or {for: payment, of: [...]}"),
    scalar=Wrapped(ADDED_TIME, under("last", **{"for": "time"})),
    mapping=WAIT_RECORD,
)
ASK = Record(
    "ask",
    Words("nơi được hỏi", "one asked"),
    (
        Row("by", PartyKind(), "Hỏi ai.", "Who is asked.", required=True, example="by: officer@tax-office"),
        Row("title", TITLE, "Nội dung hỏi.", "Title of the question."),
        Row("when", EXPRESSION, "Chỉ hỏi khi điều kiện đúng.", "Only if this is true."),
        Row("within", ANSWER_TIME, "Thời gian trả lời riêng.", "Its own time to answer."),
        Row("question", Text(1000, lines=True), "Câu hỏi.", "The question."),
        Row("for_each", NAME_KEY, "Mỗi dòng của bảng này một lượt hỏi.", "One visit for each row of this table."),
    ),
)
CONSULT = Record(
    "consult",
    Words("lấy ý kiến", "consultation"),
    (
        Row("ask", ListOf(ASK), "Những nơi được hỏi, hỏi cùng lúc.", "Those asked, all at once.", required=True),
        Row("within", ANSWER_TIME, "Thời gian trả lời từ khi gửi.", "Answer time from sending."),
        Row("opinions", MapOf(LABEL), "Các ý kiến có thể trả lời {khóa: tên}.", "Possible answers.", default=OPINIONS),
        Row("silence", NAME_KEY, "Không trả lời đúng hạn thì coi là gì; wait là chờ tiếp.",
            "What no answer in time counts as; wait keeps waiting.", default="wait"),
        Row("quorum", EXPRESSION, "Đủ bao nhiêu ý kiến thì đi tiếp.", "Enough answers to go on."),
        Row("fills", names(COLUMN_KEY), "Trường mỗi người được hỏi nhập.", "Fields each one fills.", default=()),
        Row("sees", names(COLUMN_KEY), "Trường người được hỏi thấy.", "Fields they see.", later=rooms.RIGHTS),
        Row("may_add", FLAG, "Người gửi được thêm, bớt nơi hỏi khi gửi, có lý do.",
            "The sender may add or leave out recipients when sending, with a reason.", default=True),
    ),
)
CALL = Record(
    "call",
    Words("gọi thủ tục", "call"),
    (
        Row("procedure", choice(PATH_KEY), "Thủ tục được gọi.", "The procedure called.", required=True,
            example="procedure: iso/nonconformity"),
        Row("give", MapOf(EXPRESSION), "Giá trị đưa sang {trường bên kia: biểu thức}; cả variant, channel.",
            "Values handed over {their field: our expression}; variant and channel too.", default={}),
        Row("take", MapOf(NAME_KEY, dotted=True), "Lấy về {trường của ta: trường bên kia, dossier, due, result}.",
            "Values brought back {our field: their field, dossier, due or result}.", default={}),
        Row("for_each", NAME_KEY, "Mỗi dòng của bảng này một hồ sơ.", "One for each row of this table."),
        Row("wait", FLAG, "Chờ đến khi các hồ sơ được gọi kết thúc.", "Waits until those called have ended.",
            default=True),
    ),
)
NUMBER = Record(
    "number",
    Words("lấy số", "number"),
    (
        Row("register", choice(FILE_KEY), "Sổ lấy số.", "The register.", required=True),
        Row("into", NAME_KEY, "Trường nhận số.", "The field that takes it."),
    ),
)
ATTACHMENT = Record(
    "attachment",
    Words("giấy lập ở bước", "paper made at the step"),
    (
        Row("key", NAME_KEY, "Khóa.", "Key.", required=True),
        Row("title", TITLE, "Tên giấy.", "Title.", required=True),
        Row("required", FLAG, "Bắt buộc có khi rời bước.", "Must be there when the step is left.", default=False),
    ),
    names="key",
)
ON_LATE_WORDS = {
    "overdue": "đánh dấu quá hạn", "remind": "nhắc", "next": "đi tiếp như đã xong", "stop": "hồ sơ dừng",
    "refuse": "từ chối",
}
ON_LATE = Either(
    Words("overdue, remind, next, stop, refuse hoặc {to: bước}", "overdue, remind, next, stop, refuse or {to: step}"),
    scalar=OneOf(tuple(ON_LATE_WORDS), words=ON_LATE_WORDS),
    mapping=Record("on_late", Words("khi quá hạn", "on_late"), (
        Row("to", NAME_KEY, "Chuyển tới bước này.", "Goes to this step.", required=True),
    )),
)
STEP = Record(
    "step",
    Words("bước", "step"),
    (
        Row("step", NAME_KEY, "Khóa của bước.", "Key of the step.", required=True, example="step: appraise"),
        Row("title", LABEL, "Tên bước.", "Title.", required=True, example="title: Thẩm định"),
        Row("by", choice(WHO), "Ai làm: vai trò@đơn vị, reception, applicant, system.", "Who may do it.", required=True,
            example="by: officer@agency"),
        Row("does", OneOf(("work", "intake", "hand_out", "return"), words={
            "work": "xử lý", "intake": "tiếp nhận", "hand_out": "trả một phần kết quả",
            "return": "trả kết quả"}), "Loại việc của bước.", "What it does."),
        Row("when", EXPRESSION, "Không đúng thì bỏ qua bước.", "Passed over if not true."),
        Row("optional", Either(Words("true, false hoặc biểu thức", "true, false or an expression"), scalar=Literal()),
            "Bước “nếu cần”: người ở bước trước chọn.", "Opens only if ticked.", default=False),
        Row("within", WITHIN, "Thời gian của bước.", "Budget of the step.", example="within: 4 hours"),
        Row("warn", ListOf(ADDED_TIME), "Nhắc trước hạn.", "Warnings before due."),
        Row("on_late", ON_LATE, "Quá hạn thì hệ thống làm gì.", "What the system does when late.", default="overdue"),
        Row("phase", NAME_KEY, "Thuộc giai đoạn.", "Its phase."),
        Row("handover", TITLE, "Dòng trên phiếu kiểm soát; các bước cùng chữ chung một dòng.",
            "Row of the control slip."),
        Row("status", OneOf(tuple(STATUSES), words=STATUSES), "Trạng thái khi hồ sơ ở bước này.", "Status while here."),
        Row("fills", names(COLUMN_KEY), "Trường, phần hoặc bảng.cột được nhập ở bước.", "Fields filled here.",
            default=()),
        Row("attach", ListOf(ATTACHMENT, unique="key"), "Giấy lập ở bước.", "Papers made here.", default=()),
        Row("print", names(FILE_KEY), "Giấy in khi rời bước.", "Prints when it is left.", default=()),
        Row("checks", ListOf(CHECK), "Phải đúng thì mới rời bước được.", "Must hold to leave the step.", default=()),
        Row("set", MapOf(EXPRESSION), "Giá trị bước tự ghi {trường: biểu thức}.", "Values written by the step.",
            default={}),
        Row("allow", Allow(), "Cách xử lý chuẩn có ở bước.", "Standard conduct offered here.", default={}),
        Row("not_by", names(), "Ai đã làm các bước này thì không làm bước này.", "Not by who did these.", default=()),
        Row("joins", names(), "Chờ các bước song song này xong.", "Waits for these.", default=()),
        Row("pauses", PAUSES, "Đồng hồ đứng trong khi ở bước.", "The clock stands still."),
        Row("wait", WAIT, "Không ai làm, chờ điều gì xảy ra.", "Nobody works; something must happen."),
        Row("consult", CONSULT, "Lấy ý kiến nơi khác.", "Opinions of others."),
        Row("number", NUMBER, "Lấy số khi rời bước.", "Takes a number when left."),
        Row("issues", names(), "Kết quả được ban hành ở bước.", "Results issued here.", default=()),
        Row("guide", Text(2000, lines=True), "Hướng dẫn công việc.", "Working instruction."),
        Row("next", NEXT, "Đi tiếp đâu (mặc định: bước dưới).", "Where it goes; default: the step below."),
        Row("escalate", WHO, "Báo thêm cho ai khi quá hạn.", "Who is told as well when it is late."),
        Row("pay", names(), "Các khoản người nộp trả được ở bước này.", "Fees payable here.", default=()),
        Row("deny", names(OneOf(DENIABLE)), "Bỏ cách xử lý có sẵn.", "Built-in conduct taken away.", default=()),
        Row("not_from", PlaceKind(), "Không ai của đơn vị này hoặc đơn vị dưới nó được làm.",
            "Nobody of that unit or below may do it.", example="not_from: field.unit"),
        Row("call", CALL, "Mở hồ sơ của thủ tục khác.", "Calls another procedure."),
        Row("bulk", FLAG, "Làm được cho nhiều hồ sơ cùng lúc (mặc định: bước xử lý không nhập gì).",
            "For many dossiers at once; default: work that fills nothing."),
        Row("after_result", FLAG, "Việc sau khi trả kết quả; không tính vào thời hạn và trạng thái hồ sơ.",
            "Work after the result: the clock and the status of the dossier stay as they are.", default=False),
        Row("signs", PartyKind(), "Ai ký khi bước có nhiều người lần lượt (mặc định: người cuối).",
            "Who signs where several do the step in turn; default: the last one."),
    ),
    names="step",
    laid_over=True,
)
STEPS = ListOf(STEP, unique="step")
INSERT = Record(
    "insert",
    Words("chèn bước", "insertion"),
    (
        Row("after", NAME_KEY, "Chèn sau bước này.", "After this step."),
        Row("before", NAME_KEY, "Chèn trước bước này.", "Before this step."),
        Row("steps", STEPS, "Các bước chèn vào.", "The steps.", required=True),
    ),
    exclusive=(("after", "before"),),
)
ROUTE_USE = Record(
    "route_use",
    Words("quy trình dùng chung", "shared route"),
    (
        Row("use", FILE_KEY, "Quy trình dùng chung (config/shared/routes).", "Shared route.", required=True),
        Row("change", MapOf(STEP), "Sửa các khóa của bước {bước: {khóa: giá trị}}.", "Changed keys of steps."),
        Row("insert", ListOf(INSERT), "Chèn bước.", "Inserted steps."),
        Row("drop", names(), "Bỏ bước.", "Dropped steps."),
    ),
)
_TABLE = Either(
    Words("danh sách các bước, hoặc {use: …}", "a list of steps, or {use: …}"), list=STEPS, mapping=ROUTE_USE
)
ROUTE: Choice = choice(_TABLE)
ROUTE_FILE = Record(
    "route_file",
    Words("tệp quy trình dùng chung", "shared route file"),
    (
        Row("schema", SCHEMA_VERSION, "Phiên bản ngôn ngữ: 1.", "Language version.", required=True,
            example="schema: 1"),
        Row("key", FILE_KEY, "Khóa, trùng tên tệp.", "Key, equal to the file name.", required=True),
        Row("title", TITLE, "Tên quy trình.", "Title.", required=True),
        Row("route", _TABLE, "Các bước.", "The steps.", required=True),
    ),
)
