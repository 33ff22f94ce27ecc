"""Keys of dossier components (section 9)."""

from __future__ import annotations

from app.definition.shape import rooms
from app.definition.shape.record import Deferred, Record, Row, Switch
from app.definition.shape.scalars import Integer, OneOf, Text
from app.definition.shape.structures import ListOf, MapOf
from app.definition.shape.tables.vocabulary import (
    CODE,
    COUNT,
    EXPRESSION,
    FILE_KEY,
    FLAG,
    HELP,
    LINE,
    NAME_KEY,
    SCHEMA_VERSION,
    TITLE,
)
from app.definition.shape.tree import Branch
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off
_COUNTS = ("originals", "certified_copies", "copies", "scans")
ACCEPTED_FORMS = {
    "original": "bản chính", "certified_copy": "bản sao có chứng thực", "compared_copy": "bản sao đã đối chiếu",
    "copy": "bản sao", "scan": "bản điện tử",
}


def _one_copy(document: Branch) -> int:
    """A paper without any count is one copy; one that is only shown is none."""
    counted = any(document.get(key) for key in (*_COUNTS, "accepts"))
    return 0 if document.get("presented") or counted else 1


_ATTRIBUTES = (
    Row("title", LINE, "Tên giấy tờ như trong quy định.", "Title as in the regulation.", required=True),
    Row("form", FILE_KEY, "Giấy này chính là biểu mẫu; điền trực tuyến coi như đã nộp.", "The paper is this form."),
    Row("form_code", TITLE, "Ký hiệu mẫu.", "Code of the printed form."),
    Row("template", Text(120), "Tệp mẫu trống.", "Blank file to download.", later=rooms.BLANKS),
    Row("originals", COUNT, "Số bản chính.", "Originals.", default=0),
    Row("certified_copies", COUNT, "Số bản sao có chứng thực.", "Certified copies.", default=0),
    Row("copies", COUNT, "Số bản sao.", "Copies.", default=_one_copy),
    Row("scans", COUNT, "Số bản điện tử.", "Electronic copies.", default=0),
    Row("accepts", ListOf(OneOf(tuple(ACCEPTED_FORMS), words=ACCEPTED_FORMS)), "Nhận dạng nào trong số này cũng được.",
        "Any of these forms will do.", default=()),
    Row("count", COUNT, "Số bản khi có accepts.", "How many, in any of the forms of accepts.",
        default=lambda document: 1 if document.get("accepts") else None),
    Row("required", FLAG, "false: nếu có thì nộp.", "false: only if there is one.", default=True),
    Row("required_when", EXPRESSION, "Chỉ bắt buộc khi điều kiện đúng.", "Needed only if this is true."),
    Row("when", EXPRESSION, "Chỉ có trong danh mục khi điều kiện đúng.", "In the list only if this is true."),
    Row("presented", FLAG, "Xuất trình để đối chiếu, không giữ lại.", "Shown for comparison, not kept.", default=False),
    Row("returned", FLAG, "Trả lại cùng kết quả.", "Given back with the result.",
        default=lambda document: bool(document.get("presented", False))),
    Row("digitise", FLAG, "Số hóa khi tiếp nhận.", "Scanned at intake.", default=True),
    Row("replaced_by", FILE_KEY, "Nguồn tra cứu thay cho giấy này.", "Source looked up instead."),
    Row("phase", NAME_KEY, "Giai đoạn nộp giấy này.", "Asked for at that phase's intake."),
    Row("due_at", OneOf(("intake", "return"), words={"intake": "khi nộp hồ sơ", "return": "khi nhận kết quả"}),
        "Lúc phải nộp.", "When it is due.", default="intake"),
    Row("code", CODE, "Mã thành phần hồ sơ.", "Code of the component.", later=rooms.CONNECTORS),
    Row("expires", FLAG, "Có ngày hết hạn.", "Lapses on a date.", later=rooms.NOTICES),
    Row("help", HELP, "Hướng dẫn cho người nộp.", "Help for the applicant."),
)
DOCUMENT = Record(
    "document",
    Words("giấy tờ", "document"),
    (
        Row("key", FILE_KEY, "Khóa của giấy tờ.", "Key of the document.", required=True),
        Row("use", FILE_KEY, "Giấy tờ dùng chung (config/shared/documents).", "Shared document."),
        *_ATTRIBUTES,
    ),
    names="key",
    exclusive=(("key", "use"),),
    laid_over=True,
)
GROUP = Record(
    "document_group",
    Words("nhóm giấy tờ", "group of documents"),
    (
        Row("group", FILE_KEY, "Khóa của nhóm.", "Key of the group.", required=True),
        Row("title", LINE, "Tên trường hợp như trong quy định.", "Title of the case.", required=True),
        Row("when", EXPRESSION, "Chỉ có khi điều kiện đúng.", "Only if this is true."),
        Row("of", OneOf(("all", "one", "any"), words={"all": "nộp đủ", "one": "đúng một loại",
            "any": "ít nhất một loại"}),
            "Cần bao nhiêu loại trong nhóm.", "How many kinds are needed.", default="all"),
        Row("phase", NAME_KEY, "Giai đoạn nộp nhóm này.", "Asked for at that phase's intake."),
        Row("items", ListOf(Deferred(lambda: DOCUMENT_ENTRY)), "Các giấy tờ của nhóm.", "Its documents.",
            required=True),
    ),
    names="group",
)
DOCUMENT_ENTRY: Switch = Switch((("group", GROUP),), DOCUMENT)
DOCUMENTS = ListOf(DOCUMENT_ENTRY)
SHARED_DOCUMENT = Record("shared_document", Words("giấy tờ dùng chung", "shared document"), _ATTRIBUTES)
DOCUMENTS_FILE = Record(
    "documents_file",
    Words("tệp giấy tờ dùng chung", "shared documents file"),
    (
        Row("schema", SCHEMA_VERSION, "Phiên bản ngôn ngữ: 1.", "Language version.", required=True,
            example="schema: 1"),
        Row("documents", MapOf(SHARED_DOCUMENT, FILE_KEY.flavour), "Các giấy tờ.", "The documents.", required=True),
    ),
)
SETS = Integer(1, 99)
