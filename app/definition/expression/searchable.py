"""Which expressions the database can answer (rule X10): those whose every part is a column, a stored answer or a visit.

The reader itself is `app.storage.conditions`; what it relies on is decided here, so that a file is refused when it is
checked and never when a list is opened.
"""

from collections.abc import Iterator

from app.definition.expression.reserved import BUILT_IN_NAMES
from app.definition.expression.tree import Among, Cells, Chain, Compare, Invoke, IsMissing, Node, Over, Read, parts
from app.definition.text_problem import TextProblem, Words, same

MOST_DIVISIONS = 4  # each one makes the statement grow, several inside each other many times over
STEP = "step"
# Built-in names that the row of a dossier has a column for.
SEARCHED_NAMES = frozenset(
    {
        "applicant.kind",
        "applicant.name",
        "channel",
        "variant",
        "agency",
        "authority",
        "unit",
        "period",
        "received",
        "accepted",
        "due",
        "today",
        "now",
        "status",
        STEP,
        "holder",
        "finished",
    }
)
_CALENDAR = Words("cần lịch làm việc", "it needs the working calendar")
_UNITS = Words("cần sơ đồ tổ chức", "it needs the organisation")
_OPINIONS = Words("ý kiến chỉ có trong từng hồ sơ", "opinions are known dossier by dossier only")
_UNSEARCHED = {
    "lookup": Words("cột của danh sách dùng chung không nằm trong hồ sơ", "columns of a list are not in the dossier"),
    "working_days_between": _CALENDAR,
    "add": _CALENDAR,
    "unit_of": _UNITS,
    "within_unit": _UNITS,
    "opinions": _OPINIONS,
    "answered": _OPINIONS,
    "asked": _OPINIONS,
    "paid": Words("số phải nộp được tính riêng cho từng hồ sơ", "what is owed is worked out dossier by dossier"),
}
_ROWS = Words("phải đọc các dòng của bảng", "it reads the rows of a table")
_SEALED = Words("trường nhạy cảm được niêm phong", "the field is sensitive and kept sealed")
_UNKEPT = Words("tên này không có cột trong cơ sở dữ liệu", "this name has no column in the database")
_DURATION = Words("khoảng thời gian không so sánh được ở đó", "durations cannot be compared there")
_DIVISIONS = Words(f"quá {MOST_DIVISIONS} phép chia", f"more than {MOST_DIVISIONS} divisions")
_STEPS = Words(
    'có thể đang mở nhiều bước; viết step == "…" hoặc step in ["…"]',
    'several steps may be open; write step == "…" or step in ["…"]',
)
_CURE = Words(
    "Dùng trường khác của biểu mẫu, hoặc tách phần này thành trường tính sẵn (value)",
    "Ask another field of the form, or make this part a computed field (value)",
)


def search_problems(text: str, tree: Node) -> tuple[TextProblem, ...]:
    """X10 for each part that the database cannot answer; nothing when it can answer the whole."""
    found = [problem for node, above in _with_parent(tree) for problem in _problems(text, node, above)]
    divisions = [node for node, _above in _with_parent(tree) if isinstance(node, Chain) and "/" in node.signs]
    if sum(node.signs.count("/") for node in divisions) > MOST_DIVISIONS:
        found.append(_problem(text, divisions[-1], _DIVISIONS))
    return tuple(sorted(found, key=lambda problem: problem.offset))


def _with_parent(node: Node, above: Node | None = None) -> Iterator[tuple[Node, Node | None]]:
    yield node, above
    for part in parts(node):
        yield from _with_parent(part, node)


def _problems(text: str, node: Node, above: Node | None) -> Iterator[TextProblem]:
    why = _why_not(node, above)
    if why is not None:
        yield _problem(text, node, why)


def _why_not(node: Node, above: Node | None) -> Words | None:
    match node:
        case Read():
            return _why_not_read(node, above)
        case Cells() | Over() if not isinstance(above, Over):
            return _ROWS
        case Invoke(function=function):
            return _UNSEARCHED.get(function)
        case _:
            return None


def _why_not_read(node: Read, above: Node | None) -> Words | None:
    if node.about.sealed:
        return _SEALED
    if node.key.partition(".")[0] in BUILT_IN_NAMES and node.key not in SEARCHED_NAMES:
        return _UNKEPT
    if node.key == STEP and not _asks_of_steps(node, above):
        return _STEPS
    return _DURATION if node.type.kind == "duration" else None


def _asks_of_steps(node: Node, above: Node | None) -> bool:
    match above:
        case Compare(left=left, sign=sign):
            return left is node and sign in ("==", "!=")
        case Among(item=item):
            return item is node
        case _:
            return isinstance(above, IsMissing)


def _problem(text: str, node: Node, why: Words) -> TextProblem:
    part = text[node.start : node.end]
    said = Words(f"{part}: {why.vi}", f"{part}: {why.en}")
    return TextProblem("X10", node.start, node.end - node.start, {"why": said, "name": same(part)}, _CURE)
