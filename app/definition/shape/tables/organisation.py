"""Keys of the organisation, registers, prints, calendar, and of files that nothing runs yet (sections 11–16)."""

from __future__ import annotations

from dataclasses import replace

from app.definition.shape import rooms
from app.definition.shape.record import Derived, Record, Row
from app.definition.shape.scalars import Integer, Literal, OneOf, Text
from app.definition.shape.structures import ListOf, MapOf, WordOr
from app.definition.shape.tables.vocabulary import (
    CODE,
    DATE,
    FILE_KEY,
    FLAG,
    NAME_KEY,
    SCHEMA_VERSION,
    TIME,
    TITLE,
    WHO,
    names,
)
from app.definition.source import KeyFlavour
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off
FILE = KeyFlavour.FILE
_SCHEMA = Row("schema", SCHEMA_VERSION, "Phiên bản ngôn ngữ: 1.", "Language version.", required=True,
    example="schema: 1")
_SPAN = (
    Row("from", DATE, "Ngày bắt đầu.", "First day."),
    Row("to", DATE, "Ngày cuối cùng (kể cả ngày đó).", "Last day, inclusive."),
)
AGENCY = Record("agency", Words("cơ quan", "agency"), (
    Row("key", FILE_KEY, "Khóa đơn vị của cơ quan.", "Its unit key.", required=True),
    Row("title", TITLE, "Tên cơ quan.", "Name.", required=True),
    Row("code", CODE, "Mã định danh.", "Code."),
    Row("parent_title", TITLE, "Cơ quan chủ quản.", "The body above."),
    Row("place", TITLE, "Địa danh trên giấy tờ.", "Place written on papers."),
    Row("phone", Text(60), "Điện thoại.", "Phone."),
    Row("website", Text(200), "Trang thông tin.", "Website."),
    Row("sign", Text(30), "Ký hiệu trong số văn bản.", "Sign in document numbers."),
))
WORK_FIELD = Record("work_field", Words("lĩnh vực", "field of work"), (
    Row("title", TITLE, "Tên lĩnh vực.", "Title.", required=True),
    Row("code", CODE, "Mã lĩnh vực.", "Code."),
    Row("internal", FLAG, "Việc nội bộ, không công khai.", "Internal work.", default=False),
))
ROLE = Record("role", Words("vai trò", "role"), (
    Row("title", TITLE, "Tên vai trò.", "Title.", required=True),
    Row("titles", MapOf(TITLE, FILE), "Tên theo cấp {cấp: tên}.", "Titles by level.", default={}),
    *(replace(row, later=rooms.RIGHTS) for row in _SPAN),
))
UNIT = Record("unit", Words("đơn vị", "unit"), (
    Row("title", TITLE, "Tên đơn vị.", "Title.", required=True),
    Row("short", Text(120), "Tên ngắn.", "Short title."),
    Row("sign", Text(30), "Ký hiệu trong số văn bản.", "Sign in document numbers."),
    Row("parent", FILE_KEY, "Đơn vị cấp trên.", "The unit above."),
    Row("type", FILE_KEY, "Loại đơn vị (unit_types).", "Type of unit."),
    Row("level", FILE_KEY, "Cấp (levels).", "Level."),
    Row("code", CODE, "Mã định danh.", "Code."),
    Row("phone", Text(60), "Điện thoại.", "Phone."),
    Row("outside", FLAG, "Đơn vị ngoài, trả lời bằng văn bản.", "Answers by letter.", default=False),
    Row("roles", names(FILE_KEY), "Các vai trò có ở đơn vị.", "Roles that exist there.", default=()),
    *_SPAN,
    Row("successor", FILE_KEY, "Đơn vị kế thừa.", "Work goes to this one."),
    Row("serves", names(Text(120)), "Địa bàn phục vụ.", "Communes served.", default=()),
))
SOURCE = Record("data_source", Words("nguồn tra cứu", "data source"), (
    Row("title", TITLE, "Tên nguồn.", "Title.", required=True),
    Row("gives", names(NAME_KEY), "Nguồn cho những gì.", "What it gives.", default=()),
))
ORGANISATION = Record("organisation", Words("tệp tổ chức", "organisation file"), (
    _SCHEMA,
    Row("agency", AGENCY, "Cơ quan.", "The agency.", required=True),
    Row("levels", MapOf(TITLE, FILE), "Các cấp {khóa: tên}.", "Levels.", default={}),
    Row("fields", MapOf(WORK_FIELD, FILE), "Các lĩnh vực.", "Fields of work.", default={}),
    Row("roles", MapOf(ROLE, FILE), "Các vai trò.", "Roles.", default={}),
    Row("unit_types", MapOf(TITLE, FILE), "Các loại đơn vị.", "Types of units.", default={}),
    Row("units", MapOf(UNIT, FILE), "Các đơn vị.", "Units.", default={}),
    Row("sources", MapOf(SOURCE, FILE), "Nguồn tra cứu thay cho giấy tờ.", "Look-up sources.", default={}),
))
REGISTER = Record("register", Words("sổ", "register"), (
    Row("title", TITLE, "Tên sổ.", "Title.", required=True),
    Row("number", Text(120, interpreted=True), "Mẫu số: {n:02}/GP-UBND.", "Number format.", required=True,
        example='number: "{n:02}/GP"'),
    Row("restarts", OneOf(("year", "month", "day", "never"), words={
        "year": "theo năm", "month": "theo tháng", "day": "theo ngày", "never": "không quay lại"}),
            "Đánh số lại khi nào.",
        "When it restarts.", default="year"),
    Row("scope", OneOf(("agency", "unit"), words={"agency": "cả cơ quan", "unit": "từng đơn vị"}),
        "Chung hay riêng đơn vị.",
        "One run, or one per unit.", default="agency"),
    Row("first", Integer(0), "Số bắt đầu.", "First number.", default=1),
    Row("series", NAME_KEY, "Trường chọn chia dãy số.", "A run per option of this field."),
    Row("secret", FLAG, "Sổ mật, giữ riêng.", "A separate secret book.", default=False),
    Row("columns", names(), "Các cột của sổ.", "Columns of the book.", default=()),
))
REGISTERS_FILE = Record("registers_file", Words("tệp sổ", "registers file"), (
    _SCHEMA, Row("registers", MapOf(REGISTER, FILE), "Các sổ.", "The registers.", required=True)))
_STANDARD = "Bắt buộc, trừ mẫu in chuẩn: bỏ trống thì giữ nội dung chuẩn."


def _unless_standard(value: str | int) -> Derived:
    """The default of a print with a text of its own; a standard print without one keeps the law's form."""
    return lambda written: value if "body" in written else None


PRINT = Record("print", Words("mẫu in", "print"), (
    Row("title", TITLE, "Tên giấy.", "Title.", required=True),
    Row("of", OneOf(("dossier",), later=dict.fromkeys(("register", "batch"), rooms.BOOKS)),
        "In cho gì.", "What it prints.", default="dossier"),
    Row("form_code", TITLE, "Ký hiệu mẫu, in ở góc trên.", "Code of the form, printed in the corner."),
    Row("paper", OneOf(("A4", "A5")), "Khổ giấy.", "Paper.", default=_unless_standard("A4")),
    Row("landscape", FLAG, "Nằm ngang.", "Landscape.", default=False),
    Row("body", Text(20_000, lines=True, interpreted=True), f"Nội dung với chỗ điền {{dossier.code}}. {_STANDARD}",
        "Text with placeholders; a standard print keeps its own without it."),
    Row("copies", Integer(1, 20), "Số bản.", "Copies.", default=_unless_standard(1)),
    Row("number", FILE_KEY, "Sổ lấy số.", "Register that numbers it."),
    Row("signed_by", WHO, "Ai ký.", "Who signs."),
    Row("effective", Record("print_span", Words("khoảng hiệu lực", "span"), _SPAN),
        "Chỉ in cho hồ sơ nhận trong khoảng này.", "Only for dossiers received in this span."),
))
PRINTS_FILE = Record("prints_file", Words("tệp mẫu in", "prints file"), (
    _SCHEMA, Row("prints", MapOf(PRINT, FILE), "Các mẫu in.", "The prints.", required=True)))
NOTICES_FILE = Record("notices_file", Words("tệp thông báo", "notices file"), (
    _SCHEMA, Row("notices", Literal(), "Các thông báo.", "The notices.", later=rooms.NOTICES)))
OVERLAY_FILE = Record("overlay_file", Words("lớp phủ", "overlay"), (
    _SCHEMA, Row("over", Text(121), "Thủ tục được phủ.", "The procedure.", later=rooms.OVERLAYS)), extra=Literal())

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_WORDS = dict(zip(_DAYS, ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"), strict=True))
_WEEKDAYS = names(OneOf(_DAYS, words=_DAY_WORDS))
OFFICE_HOURS = Record("office_hours", Words("giờ làm việc", "office hours"), (
    Row("days", _WEEKDAYS, "Các thứ trong tuần.", "Days of the week.", default=_DAYS[:5]),
    Row("open", names(Text(11)), "Các khoảng giờ.", "Intervals.", required=True,
        example='open: ["07:30-11:30", "13:00-17:00"]'),
    *_SPAN,
))
CUTOFF = Record("cutoff", Words("giờ chốt", "cut-off"), (
    Row("time", TIME, "Giờ chốt.", "The time.", required=True),
    Row("same_day", FLAG, "Áp dụng cho trả trong ngày.", "Moves same-day limits.", default=True),
    Row("hours", FLAG, "Áp dụng cho thời hạn tính giờ.", "Moves hour limits.", default=True),
    Row("days", FLAG, "Áp dụng cho thời hạn tính ngày.", "Moves day limits.", default=False),
    Row("steps", OneOf(("false",), later={"true": rooms.CLOCK}), "Bước không theo giờ chốt.", "Steps know no cut-off."),
))
_SETTINGS: dict[str, tuple[str, ...]] = {
    "cutoff_exact": ("before", "after"), "receipt_outside_hours": ("as_recorded", "next_opening"),
    "end_of_day": ("office", "midnight"), "fraction": ("hours", "day_then_hours"), "step_days": ("hours", "days"),
    "zero_step": ("unmeasured", "at_once"), "early_by": ("date", "moment"), "class_against": ("original", "extended"),
    "late_apology": ("flag", "refuse"), "citizen_end": ("midnight", "office"),
}
CLOCK_SETTINGS = Record("clock_settings", Words("cài đặt đồng hồ", "clock settings"), (
    Row("cutoff", WordOr(("none",), TIME), "Giờ chốt.", "The cut-off."),
    Row("cutoff_moves", names(OneOf(("hand_over", "same_day", "hours", "days"))), "Giờ chốt dời gì.", "What it moves."),
    *(Row(key, OneOf(words), f"Mặc định: {words[0]}.", f"Default: {words[0]}.") for key, words in _SETTINGS.items()),
    Row("hours_per_day", Integer(1, 24), "Số giờ của một ngày làm việc.", "Hours of a working day."),
    Row("apology_days", Integer(0, 30), "Xin lỗi trước hạn bao nhiêu ngày làm việc.", "Apology before due."),
    Row("warn_days", ListOf(Integer(0, 60)), "Nhắc trước hạn.", "Warnings."),
    Row("hand_over_grace", Integer(0, 480), "Số phút chuyển hồ sơ.", "Minutes to hand over."),
    Row("wait_counts", FLAG, "Thời gian chờ cố định có tính.", "Whether fixed waits count."),
))
DAY_OFF = Record("day_off", Words("ngày nghỉ", "day off"), (
    Row("from", DATE, "Ngày đầu.", "First day.", required=True),
    Row("to", DATE, "Ngày cuối (kể cả ngày đó).", "Last day, inclusive."),
    Row("title", TITLE, "Tên ngày nghỉ.", "Title.", required=True),
    Row("decision", TITLE, "Văn bản quyết định.", "The decision."),
    Row("swapped_with", DATE, "Hoán đổi với ngày làm bù.", "The make-up day."),
))
MAKEUP_DAY = Record("makeup_day", Words("ngày làm bù", "make-up day"), (
    Row("date", DATE, "Ngày làm bù.", "The day.", required=True),
    Row("for", DATE, "Bù cho ngày nghỉ.", "The day off it makes up for."),
    Row("decision", TITLE, "Văn bản quyết định.", "The decision."),
))
CALENDAR_FILE = Record("calendar_file", Words("lịch năm", "calendar"), (
    _SCHEMA,
    Row("year", Integer(1990, 2100), "Năm, trùng tên tệp.", "The year, equal to the file name.", required=True),
    Row("decision", TITLE, "Văn bản về lịch nghỉ.", "The decision."),
    Row("projection", FLAG, "Dự kiến, chưa được quyết định.", "Not yet decided.", default=False),
    Row("office_hours", ListOf(OFFICE_HOURS), "Giờ làm việc.", "Office hours.", required=True),
    Row("weekly_off", _WEEKDAYS, "Ngày nghỉ hằng tuần.", "Weekly days off.", default=_DAYS[5:]),
    Row("counter_hours", ListOf(OFFICE_HOURS), "Giờ tiếp nhận thêm ngoài ngày làm việc.",
        "Receipt outside working days.", default=()),
    Row("cutoff", CUTOFF, "Giờ chốt trong ngày.", "The cut-off of the day."),
    Row("settings", CLOCK_SETTINGS, "Cài đặt đồng hồ.", "Clock settings.", default={}),
    Row("days_off", ListOf(DAY_OFF), "Các ngày nghỉ.", "Days off.", default=()),
    Row("makeup_days", ListOf(MAKEUP_DAY), "Các ngày làm bù.", "Make-up days.", default=()),
))
