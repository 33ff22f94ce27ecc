"""Keys of standard conduct (section 8.6): what a step may allow, with the law's defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.definition.shape.reader import REFUSED, Kind, Reader
from app.definition.shape.record import Record, Row
from app.definition.shape.scalars import DurationText, Integer, OneOf
from app.definition.shape.structures import ListOf, WordOr, refuse
from app.definition.shape.tables.vocabulary import FILE_KEY, LINE, NAME_KEY, WHO, choice, names
from app.definition.shape.tree import Branch, Mark
from app.definition.source import MappingNode, Node, ScalarNode, SequenceNode
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off
_ALLOW_EXPECTED = Words("danh sách như [supplement, refuse]", "a list such as [supplement, refuse]")
_TIME = DurationText()
_TIMES = choice(_TIME)
_COUNT = WordOr(("none",), Integer(0, 99))
_ON_LATE = OneOf(("stop", "refuse", "remind", "overdue"), words={
    "stop": "hồ sơ dừng", "refuse": "từ chối", "remind": "nhắc", "overdue": "chỉ đánh dấu quá hạn"})
_THEN = OneOf(("restart", "resume"), words={"restart": "tính lại từ đầu", "resume": "tính tiếp"})

# A constant default stands in expand/conduct.py where it depends on the step; here stand the law's numbers.
SUPPLEMENT = Record(
    "supplement",
    Words("yêu cầu bổ sung", "supplement request"),
    (
        Row("max", _COUNT, "Số lần yêu cầu nhiều nhất; none là không giới hạn.", "How many requests.", default=1),
        Row("by", WHO, "Ai gửi yêu cầu cho người nộp.", "Who sends it.", default="reception"),
        Row("within", _TIMES, "Phải yêu cầu trong thời gian này từ khi tiếp nhận.", "From acceptance.",
            default={"default": "3 working days", "cases": []}),
        Row("then", _THEN, "Sau khi bổ sung đủ thì tính thế nào.", "What the clock does afterwards.",
            default="restart"),
        Row("fresh", _TIMES, "Thời hạn mới khi tính lại (mặc định: thời hạn giải quyết).",
            "The new limit after a restart."),
        Row("add", DurationText(refused=("phases", "until", "none", "same_day", "at_once")), "Cộng thêm khi tính tiếp.",
            "Added when the clock goes on."),
        Row("answer_within", _TIMES, "Người nộp phải bổ sung trong thời gian này.", "The applicant's time to answer.",
            default={"default": "30 days", "cases": []}),
        Row("on_late", _ON_LATE, "Người nộp không bổ sung thì sao.", "If no answer comes.", default="stop"),
        Row("print", names(FILE_KEY), "Giấy in ra.", "Prints.", default=("supplement",)),
        Row("rounds", ListOf(Record("round", Words("lần", "round"), ())), "Quy định riêng từng lần.",
            "Rules per request.",
            later=True),
        Row("approve", WHO, "Ai duyệt lần vượt quá.", "Who approves one beyond max.", later=True),
    ),
)
REFUSE = Record(
    "refuse",
    Words("từ chối", "refusal"),
    (
        Row("by", WHO, "Ai từ chối (mặc định: người của bước).", "Who refuses; default: the step's person."),
        Row("reasons", ListOf(LINE), "Các lý do để chọn.", "Reasons to pick from.", default=()),
        Row("within", _TIMES, "Phải từ chối trong thời gian này (mặc định: thời hạn giải quyết).", "Time to refuse."),
        Row("result", NAME_KEY, "Kết quả từ chối được ban hành.", "The refusal result that is issued."),
        Row("print", names(FILE_KEY), "Giấy in ra.", "Prints.", default=("refusal",)),
        Row("after_supplement", _TIME, "Phải từ chối trong thời gian này sau bổ sung.", "After a supplement.",
            later=True),
        Row("approve", WHO, "Ai duyệt từ chối.", "Who approves it.", later=True),
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
        Row("by", WHO, "Ai quyết định.", "Who decides.", default="leader@authority"),
        Row("reasons", ListOf(LINE), "Các lý do để chọn.", "Reasons to pick from.", default=()),
        Row("print", names(FILE_KEY), "Giấy in ra.", "Prints.", default=("apology",)),
        Row("ask_by", WHO, "Ai đề nghị.", "Who asks for it.", later=True),
        Row("ground", OneOf(("apology", "legal")), "Căn cứ gia hạn.", "Its ground.", later=True),
    ),
)
CONSULT_CONDUCT = Record("consult_conduct", Words("lấy ý kiến", "consultation"), ())
RULES_OF: dict[str, Record] = {
    "supplement": SUPPLEMENT, "refuse": REFUSE, "extend": EXTEND, "consult": CONSULT_CONDUCT,
}
LATER_CONDUCT = ("withdraw", "stop", "recall", "send_back", "reassign", "comment", "transfer", "correct", "resubmit")
CONDUCT = Record(
    "conduct",
    Words("cách xử lý chuẩn", "standard conduct"),
    (
        Row("supplement", SUPPLEMENT, "Yêu cầu bổ sung hồ sơ.", "Supplement request.", default={}),
        Row("refuse", REFUSE, "Từ chối.", "Refusal.", default={}),
        Row("extend", EXTEND, "Xin lỗi và hẹn lại.", "Apology and new date.", default={}),
        *(Row(name, CONSULT_CONDUCT, "Quy định riêng.", "Rules of its own.",
            later=True) for name in LATER_CONDUCT[:-1]),
    ),
)
_NAME = OneOf(tuple(RULES_OF), later=LATER_CONDUCT)


@dataclass(frozen=True, slots=True)
class Allow:
    """``allow``: names of conduct, or ``{name: {overrides}}``; always read as a mapping of names to overrides."""

    expected: Words = _ALLOW_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """Names with their overrides."""
        if not isinstance(node, SequenceNode):
            return refuse(reader, node, name, self.expected, f"{name}: [supplement, refuse]")
        branch = Branch()
        for item in node.items:
            self._item(branch, item, name, reader)
        return branch

    def _item(self, branch: Branch, item: Node, name: str, reader: Reader) -> None:
        if isinstance(item, MappingNode):
            for key, rules in item.entries:
                self._one(branch, key, rules, name, reader)
        else:
            self._one(branch, item, None, name, reader)

    def _one(self, branch: Branch, key: Node, rules: Node | None, name: str, reader: Reader) -> None:
        word = _NAME.read(key, name, reader)
        if word not in RULES_OF:
            return
        if word in branch:
            reader.report("K11", key, key=word, n=branch.marks[word].node.line)
            return
        over = Branch() if rules is None else RULES_OF[word].read(rules, word, reader)
        if over is not REFUSED:
            branch.put(word, over, Mark(reader.file, rules or key, key if isinstance(key, ScalarNode) else None))

    def schema(self) -> dict[str, Any]:
        """A list of names or of names with overrides."""
        overrides = {word: record.schema() for word, record in RULES_OF.items()}
        with_rules = {"type": "object", "properties": overrides, "additionalProperties": False}
        return {"type": "array", "items": {"anyOf": [{"enum": list(RULES_OF)}, with_rules]}}

    def parts(self) -> tuple[Kind, ...]:
        """The records of the overrides."""
        return tuple(RULES_OF.values())
