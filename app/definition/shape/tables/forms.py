"""Keys of forms: sections, fields, option lists (sections 6.1–6.4)."""

from __future__ import annotations

from app.definition.shape import rooms
from app.definition.shape.record import Record, Row
from app.definition.shape.scalars import Integer, Literal, OneOf, Text
from app.definition.shape.structures import Either, ListOf, MapOf
from app.definition.shape.tables.vocabulary import (
    CODE,
    DATE,
    EXPRESSION,
    FILE_KEY,
    FLAG,
    HELP,
    LABEL,
    NAME_KEY,
    SCHEMA_VERSION,
    TITLE,
    WHO,
    names,
)
from app.definition.shape.tables.wording import FIELD_TYPES
from app.definition.shape.tree import Branch
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off
_NUMBERS = frozenset({"integer", "decimal", "money", "percent", "area", "year"})
_DATES = frozenset({"date", "datetime"})
_WORDS = frozenset({"text", "long_text"})
_FILE = frozenset({"file"})
_TABLE = frozenset({"table"})
_CHOICES = frozenset({"choice", "choices", "commune"})
_PICKED = frozenset({"user", "users", "unit", "units", "dossier"})
_PROJECTED = frozenset(FIELD_TYPES) - {"table", "note", "coordinate", "file", "pledge"}
SENSITIVE_TYPES = frozenset({"person_id", "passport", "bank_account"})
_LONGEST = {"long_text": 10_000}

EFFECTIVE = Record(
    "effective",
    Words("khoảng hiệu lực", "span of validity"),
    (
        Row("from", DATE, "Ngày bắt đầu có hiệu lực.", "First day in force.", required=True,
            example="from: 2025-07-01"),
        Row("to", DATE, "Ngày cuối cùng còn hiệu lực (kể cả ngày đó).", "Last day in force, inclusive."),
    ),
)
OPTION = Record(
    "option",
    Words("lựa chọn", "option"),
    (
        Row("label", LABEL, "Tên hiện cho người dùng.", "What people see.", required=True),
        Row("code", CODE, "Mã dùng khi trao đổi với hệ thống khác.", "The connector's value."),
        Row("parent", NAME_KEY, "Lựa chọn cấp trên, tạo thành cây.", "The option above, making a tree."),
        Row("from", DATE, "Ngày bắt đầu dùng.", "First day in use."),
        Row("to", DATE, "Ngày cuối cùng còn dùng.", "Last day in use."),
    ),
    short="label",
)
OPTIONS = Either(
    Words("các lựa chọn {khóa: tên} hoặc list.<tên danh sách>", "options {key: label} or list.<list key>"),
    scalar=OneOf((), prefixes=("list.",)),
    mapping=MapOf(OPTION),
)


def _sensitive(field: Branch) -> bool:
    return field.get("type") in SENSITIVE_TYPES


def _longest(field: Branch) -> int:
    return _LONGEST.get(str(field.get("type", "text")), 300)


def _measure(field: Branch) -> str | None:
    return "m²" if field.get("type") == "area" else None


def _field_rows(types: tuple[str, ...]) -> tuple[Row, ...]:
    described = {key: text for key, text in FIELD_TYPES.items() if key in types}
    return (
        Row("label", LABEL, "Nhãn của trường, cũng là tên trong câu giải thích.", "Label, also the name in prose.",
            required=True, example="label: Diện tích"),
        Row("type", OneOf(types, words=described), "Kiểu dữ liệu.", "Type of the value.",
            default="text"),
        Row("help", HELP, "Gợi ý hiện dưới ô nhập.", "Hint below the field."),
        Row("required", FLAG, "Bắt buộc nhập trước khi rời bước.", "Demanded when its step is left.", default=False),
        Row("required_when", EXPRESSION, "Chỉ bắt buộc khi điều kiện đúng.", "Required only if this is true."),
        Row("show_when", EXPRESSION, "Chỉ hiện khi điều kiện đúng; ẩn thì xóa giá trị.",
            "Shown only if this is true; a hidden field is cleared."),
        Row("default", Literal(), "Giá trị điền sẵn, sửa được: giá trị, today hoặc biểu thức.",
            "Prefilled, editable: a literal, today or an expression."),
        Row("value", EXPRESSION, "Trường tính toán, chỉ đọc.", "Computed, read-only."),
        Row("options", OPTIONS, "Các lựa chọn {khóa: tên}, hoặc list.<danh sách dùng chung>.",
            "Options {key: label}, or list.<shared list>.", only=_CHOICES),
        Row("measure", Text(30), "Đơn vị in sau số (ha, m³/ngày đêm).", "Unit printed after the number.",
            default=_measure, only=_NUMBERS),
        Row("decimals", Integer(0, 6), "Số chữ số thập phân.", "Digits after the decimal sign.", default=2,
            only=frozenset({"decimal", "percent", "area"})),
        Row("min", EXPRESSION, "Giá trị nhỏ nhất: số, ngày, today hoặc trường khác.", "Smallest value.",
            only=_NUMBERS | _DATES),
        Row("max", EXPRESSION, "Giá trị lớn nhất: số, ngày, today hoặc trường khác.", "Largest value.",
            only=_NUMBERS | _DATES),
        Row("min_length", Integer(0, 10_000), "Số ký tự ít nhất.", "Fewest characters.", default=0, only=_WORDS),
        Row("max_length", Integer(1, 10_000), "Số ký tự nhiều nhất.", "Most characters.", default=_longest,
            only=_WORDS),
        Row("mask", Text(60), "Khuôn: A chữ, 9 số, X chữ hoặc số, ? sau phần tùy chọn.",
            "Mask: A letter, 9 digit, X either, ? after an optional part.", only=_WORDS, example='mask: "AA 99999999"'),
        Row("accept", names(OneOf(("pdf", "jpg", "jpeg", "png", "docx", "xlsx", "zip", "dwg", "dgn"))),
            "Loại tệp nhận.", "Extensions taken.", default=("pdf", "jpg", "png", "docx", "xlsx"), only=_FILE),
        Row("max_mb", Integer(1, 100), "Dung lượng lớn nhất (MB).", "Largest size in MB.", default=20, only=_FILE),
        Row("many", FLAG, "Cho nhiều tệp.", "Several files.", default=False, only=_FILE),
        Row("sensitive", FLAG, "Che trong danh sách và tệp xuất; mở xem được ghi lại.",
            "Masked in lists and exports; opening is logged.", default=_sensitive),
        Row("of", Text(80), "Thu hẹp danh sách chọn: vị trí (user), loại đơn vị (unit), khóa thủ tục (dossier).",
            "Narrows the pick list: a position (user), a unit type (unit), a procedure key (dossier).", only=_PICKED,
            example="of: officer@agency"),
        Row("public", FLAG, "Có thể hiện trên trang tra cứu.", "May appear on the public page.", default=None,
            later=rooms.PORTAL),
    )


_CARRIED = tuple(FIELD_TYPES)
COLUMN = Record(
    "column",
    Words("cột", "column"),
    (
        *_field_rows(tuple(kind for kind in _CARRIED if kind not in ("table", "note"))),
        Row("filter", FLAG, "Là bộ lọc của danh sách hồ sơ: hồ sơ có một dòng như vậy.",
            "Filter of the list: dossiers with such a row.", default=False),
    ),
)
FIELD = Record(
    "field",
    Words("trường", "field"),
    (
        *_field_rows(_CARRIED),
        Row("columns", MapOf(COLUMN), "Các cột của bảng.", "Columns of the table.", only=_TABLE),
        Row("min_rows", Integer(0, 1000), "Số dòng ít nhất.", "Fewest rows.", default=0, only=_TABLE),
        Row("max_rows", Integer(1, 1000), "Số dòng nhiều nhất.", "Most rows.", default=200, only=_TABLE),
        Row("totals", names(), "Các cột có dòng tổng.", "Columns with a total.", default=(), only=_TABLE),
        Row(
            "must_equal",
            MapOf(EXPRESSION),
            "Tổng của cột phải bằng biểu thức.",
            "The total of a column must equal this.",
            default={},
            only=_TABLE,
        ),
        Row("shown_to", WHO, "Chỉ những người này thấy; người khác không nhận được giá trị.",
            "Others do not receive the value.", example="shown_to: [head@agency]"),
        Row("prefill", Text(80), "Điền sẵn: applicant.<phần>, previous (hồ sơ trước của người nộp) hoặc <nguồn>.<mục>.",
            "Taken over from applicant.<part>, previous (their last dossier) or <source>.<item>."),
        Row("expires", FLAG, "Ngày mà giấy phép, giấy tờ hết hạn; có trong danh sách nhắc.",
            "A date after which a paper or permit lapses; on the reminder list.", default=False,
            only=frozenset({"date"})),
        Row("list", FLAG, "Là cột của danh sách hồ sơ.", "Column of the list.", default=False),
        Row("filter", FLAG, "Là bộ lọc của danh sách hồ sơ.", "Filter of the list.", default=False),
        Row("search", FLAG, "Có trong tìm kiếm toàn văn.", "In the full-text search.", default=False),
    ),
    laid_over=True,
)
SECTION = Record(
    "section",
    Words("phần", "section"),
    (
        Row("key", NAME_KEY, "Khóa của phần.", "Key of the section.", required=True),
        Row("title", TITLE, "Tiêu đề của phần.", "Heading.", required=True),
        Row("fields", names(), "Các trường theo thứ tự.", "Its fields in order.", required=True),
        Row("show_when", EXPRESSION, "Chỉ hiện khi điều kiện đúng.", "Shown only if this is true."),
        Row("required", FLAG, "Mặc định bắt buộc cho các trường của phần.", "Default for its fields.", default=False),
        Row("help", HELP, "Gợi ý dưới tiêu đề.", "Hint below the heading."),
        Row("before", NAME_KEY, "Đặt trước phần này của biểu mẫu dùng chung.", "Stands before this shared section."),
    ),
    names="key",
)
CHECK = Record(
    "check",
    Words("kiểm tra", "check"),
    (
        Row("that", EXPRESSION, "Điều kiện phải đúng.", "What must be true.", required=True),
        Row("say", HELP, "Câu báo khi không đúng.", "Said when it is not.", required=True),
    ),
)
FORM_CHECK = Record(
    "form_check",
    Words("kiểm tra", "check"),
    (*CHECK.rows, Row("at", NAME_KEY, "Chỉ kiểm tra khi rời bước này.", "Only when this step is left.")),
)
_FORM_ROWS = (
    Row("sections", ListOf(SECTION, unique="key"), "Các phần của biểu mẫu.", "Headings and order."),
    Row("fields", MapOf(FIELD), "Các trường.", "The fields.", default={}),
    Row("checks", ListOf(FORM_CHECK), "Kiểm tra giữa các trường.", "Cross-field rules.", default=()),
)
FORM = Record(
    "form",
    Words("biểu mẫu", "form"),
    (
        Row("use", FILE_KEY, "Biểu mẫu dùng chung (config/shared/forms).", "Shared form."),
        *_FORM_ROWS,
        Row("form_code", TITLE, "Ký hiệu mẫu, được in ra (mặc định: của biểu mẫu dùng chung).",
            "Code of the form, printed; default: that of the shared form."),
        Row("drop", names(), "Bỏ các trường này của biểu mẫu dùng chung.", "Removes fields of the shared form."),
    ),
)
FORM_FILE = Record(
    "form_file",
    Words("tệp biểu mẫu dùng chung", "shared form file"),
    (
        Row("schema", SCHEMA_VERSION, "Phiên bản ngôn ngữ: 1.", "Language version.", required=True,
            example="schema: 1"),
        Row("key", FILE_KEY, "Khóa, trùng tên tệp.", "Key, equal to the file name.", required=True),
        Row("title", TITLE, "Tên biểu mẫu.", "Title of the form.", required=True),
        Row("form_code", TITLE, "Ký hiệu mẫu, được in ra.", "Code of the form, printed."),
        Row("effective", EFFECTIVE, "Khoảng hiệu lực của mẫu.", "When it is in force."),
        Row("print", FILE_KEY, "Mẫu in của biểu mẫu: in ở trang hồ sơ khi cần.", "Its print, made when wanted."),
        *_FORM_ROWS,
    ),
)
LIST_OPTION = Record("list_option", Words("lựa chọn", "option"), OPTION.rows, short="label", extra=Text(120,
    empty=True))
COLUMN_OF_LIST = Record(
    "list_column",
    Words("cột của danh sách", "column of the list"),
    (
        Row("label", LABEL, "Tên cột.", "Label.", required=True),
        Row("type", OneOf(("text",), later=dict.fromkeys(("integer", "decimal", "money", "date"), rooms.LISTS)),
            "Kiểu của cột.", "Type.",
            default="text"),
    ),
    short="label",
)
LIST_FILE = Record(
    "list_file",
    Words("tệp danh sách lựa chọn", "option list file"),
    (
        Row("schema", SCHEMA_VERSION, "Phiên bản ngôn ngữ: 1.", "Language version.", required=True,
            example="schema: 1"),
        Row("key", FILE_KEY, "Khóa, trùng tên tệp.", "Key, equal to the file name.", required=True),
        Row("title", TITLE, "Tên danh sách.", "Title.", required=True),
        Row("columns", MapOf(COLUMN_OF_LIST), "Các cột thêm, đọc bằng lookup().", "Further columns.", default={}),
        Row("options", MapOf(LIST_OPTION), "Các lựa chọn.", "The options.", required=True),
    ),
)
