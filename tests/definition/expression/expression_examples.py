"""One made-up form that all tests of expressions speak about, and generators of expressions and answers for it."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from app.definition.expression import (
    DATE,
    DURATION,
    FLAG,
    MISSING,
    MOMENT,
    MONEY,
    NUMBER,
    OBJECT,
    PERCENT,
    TEXT,
    UNIT,
    USER,
    Expression,
    ExpressionProblem,
    Name,
    Scope,
    calendar,
    listed,
    money,
    option,
    parse_expression,
    rows,
)

SUBJECT = option({"land": "Đất", "house": "Nhà", "both": "Nhà và đất"}, "subject")
TOPICS = option({"weather": "Thời tiết", "marine": "Hải văn"}, "topics")

PEOPLE = rows(
    {
        "days": Name(NUMBER, "Số ngày"),
        "share": Name(PERCENT, "Tỷ lệ hưởng"),
        "paid": Name(MONEY, "Đã trả"),
        "born": Name(DATE, "Ngày sinh"),
        "head": Name(FLAG, "Chủ hộ"),
        "kind": Name(SUBJECT, "Loại"),
        "name": Name(TEXT, "Họ tên"),
        "unit": Name(UNIT, "Đơn vị"),
        "auditor": Name(USER, "Đánh giá viên"),
        "in": Name(NUMBER, "Vào"),
    }
)
SCOPE = Scope(
    names={
        "area": Name(NUMBER, "Diện tích", measure="ha"),
        "pages": Name(NUMBER, "Số trang", minimum=1),
        "resurvey": Name(FLAG, "Đo đạc lại thửa đất"),
        "remote": Name(FLAG, "Có thuộc vùng khó khăn"),
        "subject": Name(SUBJECT, "Đối tượng"),
        "channel": Name(option({"counter": "trực tiếp", "online": "trực tuyến"}, "channel"), "Kênh nộp"),
        "commune": Name(option(None, "commune"), "Xã"),
        "fee": Name(MONEY, "Phí"),
        "abroad": Name(money("USD"), "Phí ở nước ngoài"),
        "rate": Name(PERCENT, "Tỷ lệ"),
        "born": Name(DATE, "Ngày sinh"),
        "issued": Name(DATE, "Ngày cấp"),
        "received": Name(MOMENT, "Lúc nhận"),
        "opens": Name(calendar("time"), "Giờ mở cửa"),
        "closes": Name(calendar("time"), "Giờ đóng cửa"),
        "month": Name(calendar("month"), "Tháng"),
        "quarter": Name(calendar("quarter"), "Quý"),
        "term": Name(DURATION, "Thời hạn"),
        "title": Name(TEXT, "Tên gọi"),
        "note": Name(TEXT, "Ghi chú"),
        "owner": Name(OBJECT, "Chủ sử dụng"),
        "holder": Name(USER, "Người giữ"),
        "agency": Name(UNIT, "Cơ quan"),
        "topics": Name(listed(TOPICS), "Loại bản tin"),
        "members": Name(listed(USER), "Thành viên"),
        "people": Name(PEOPLE, "Danh sách"),
        "plots": Name(rows({"size": Name(NUMBER, "Cỡ")}), "Thửa"),
        "applicant.kind": Name(option({"citizen": "công dân"}, "applicant.kind"), "Loại người nộp"),
    },
    steps={"receive": "Tiếp nhận", "review": "Lấy ý kiến", "sign": "Ký duyệt"},
    documents={"survey": "Mảnh trích đo"},
    fees={"appraisal": "Phí thẩm định"},
    opinions={"review": {"agree": "đồng ý", "disagree": "không đồng ý"}},
    buttons={"sign": {"grant": "Cấp", "refuse": "Từ chối"}},
    lists={"wards": {"zone": Name(TEXT, "Khu vực"), "charge": Name(NUMBER, "Mức thu")}},
    units={"land-office": "Văn phòng đất đai", "council": "Ủy ban"},
)


def read(text: str, scope: Scope = SCOPE, expected: Any = None) -> Expression:
    """The expression; the test fails with its problems when there are any."""
    expression = parse_expression(text, scope, expected)
    assert isinstance(expression, Expression), expression
    return expression


def problems(text: str, scope: Scope = SCOPE, expected: Any = None) -> tuple[ExpressionProblem, ...]:
    """The problems; the test fails when there are none."""
    found = parse_expression(text, scope, expected)
    assert isinstance(found, tuple), found
    return found


def places(text: str, scope: Scope = SCOPE, expected: Any = None) -> list[tuple[str, str]]:
    """Rule and the characters it points at."""
    return [(p.rule, text[p.offset : p.offset + p.length]) for p in problems(text, scope, expected)]


def value(text: str, expected: Any = None, /, **env: Any) -> Any:
    """What the expression is worth with these answers."""
    return read(text, SCOPE, expected).evaluate(env)


# -- generators ------------------------------------------------------------------------------------------------------

_NUMBER = st.one_of(
    st.integers(-1000, 1000), st.decimals(-1000, 1000, places=3), st.sampled_from([0, 1, 10**15, Decimal("0.1")])
)
_DATE = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))
_TEXT = st.text("aAăÂđĐếỰ 1.z", max_size=6)
_KEY = st.sampled_from(["land", "house", "both"])


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, st.sampled_from([None, MISSING, ""]))


_ROW = st.fixed_dictionaries(
    {},
    optional={
        "days": _maybe(_NUMBER),
        "share": _maybe(st.integers(0, 100)),
        "paid": _maybe(st.integers(0, 10**9)),
        "born": _maybe(_DATE),
        "head": _maybe(st.booleans()),
        "kind": _maybe(_KEY),
        "name": _maybe(_TEXT),
    },
)
ENVIRONMENTS: st.SearchStrategy[Mapping[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "area": _maybe(_NUMBER),
        "pages": _maybe(st.integers(1, 50)),
        "resurvey": _maybe(st.booleans()),
        "remote": _maybe(st.booleans()),
        "subject": _maybe(_KEY),
        "fee": _maybe(st.integers(0, 10**10)),
        "abroad": _maybe(st.decimals(0, 1000, places=2)),
        "rate": _maybe(st.decimals(0, 100, places=2)),
        "born": _maybe(_DATE),
        "issued": _maybe(_DATE),
        "received": _maybe(
            st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 12, 31)).map(
                lambda moment: moment.replace(second=0, microsecond=0)
            )
        ),
        "opens": _maybe(st.sampled_from(["07:30", "08:00", "13:00"])),
        "closes": _maybe(st.sampled_from(["07:30", "17:00"])),
        "title": _maybe(_TEXT),
        "note": _maybe(_TEXT),
        "topics": _maybe(st.lists(st.sampled_from(["weather", "marine"]), unique=True).map(tuple)),
        "people": _maybe(st.lists(_ROW, max_size=4).map(tuple)),
        "plots": _maybe(st.lists(st.fixed_dictionaries({"size": _maybe(_NUMBER)}), max_size=3).map(tuple)),
    },
)

# Texts of each type, built from smaller ones; names of a row are used inside conditions only.
_NAMES = {
    "flag": (["resurvey", "remote", "true", "false"], ["head"]),
    "number": (
        ["area", "pages", "0", "1", "2.5", "1_000", "count(people)", "sum(people.days)", "count(topics)"],
        ["days"],
    ),
    "money": (["fee", "sum(people.paid)"], ["paid"]),
    "percent": (["rate", "5%", "12.5%", "max(people.share)"], ["share"]),
    "date": (["born", "issued", "2020-02-29", "min(people.born)"], ["born"]),
    "moment": (["received"], ["received"]),
    "text": (["title", "note", '"đ"', '"Ấ b"'], ["name"]),
    "option": (["subject"], ["kind"]),
    "calendar": (["opens", "closes"], ["opens"]),
}
_RULES: dict[str, list[tuple[str, ...]]] = {
    "flag": [
        ("({} and {})", "flag", "flag"),
        ("({} or {} or {})", "flag", "flag", "flag"),
        ("(not {})", "flag"),
        ("({} if {} else {})", "flag", "flag", "flag"),
        ("({} == {})", "flag", "flag"),
        ("({} < {})", "number", "number"),
        ("({} >= {})", "money", "number"),
        ("({} != {})", "number", "number"),
        ("({} > {})", "percent", "percent"),
        ("({} <= {})", "date", "date"),
        ("({} == {})", "date", "moment"),
        ("({} > {})", "moment", "moment"),
        ("({} < {})", "calendar", "calendar"),
        ("({} == {})", "text", "text"),
        ('({} == "land")', "option"),
        ('({} in ["land", "both"])', "option"),
        ("({} not in [{}, 0, {}])", "number", "number", "number"),
        ("({} in [{}, {}])", "moment", "date", "moment"),
        ("({} in people.days)", "number"),
        ("({} not in people.born)", "date"),
        ('("weather" in topics)',),
        ('has(topics, "marine")',),
        ("({} is missing)", "number"),
        ("({} is not missing)", "text"),
        ("(people is missing)",),
        ("(topics is not missing)",),
        ("starts_with({}, {})", "text", "text"),
        ("contains({}, {})", "text", "text"),
        ("any(people, {})", "flag*"),
        ("all(people, {})", "flag*"),
    ],
    "number": [
        ("({} + {} - {})", "number", "number", "number"),
        ("({} * {} * {})", "number", "number", "number"),
        ("({} / ({} + 0))", "number", "number"),
        ("({} / ({} + 0))", "money", "money"),
        ("({} * {})", "number", "percent"),
        ("({} / ({} + 0%))", "percent", "percent"),
        ("(-{})", "number"),
        ("min({}, {}, {})", "number", "number", "number"),
        ("max({}, {})", "number", "number"),
        ("abs({})", "number"),
        ("round({}, 2)", "number"),
        ("round({})", "number"),
        ("floor({})", "number"),
        ("ceil({})", "number"),
        ("({} if {} else {})", "number", "flag", "number"),
        ("length({})", "text"),
        ("year({})", "date"),
        ("(month({}) * 100 + day({}))", "moment", "date"),
        ("days_between({}, {})", "date", "moment"),
        ("months_between({}, {})", "date", "date"),
        ("years_between({}, {})", "date", "date"),
        ("count(people, {})", "flag*"),
        ("sum(people.days, {})", "flag*"),
        ("max(people.days)",),
        ("min(plots.size)",),
    ],
    "money": [
        ("({} + {})", "money", "money"),
        ("({} * {})", "money", "number"),
        ("({} * {})", "percent", "money"),
        ("({} / ({} + 0))", "money", "number"),
        ("(fee - {})", "number"),
        ("max({}, {})", "money", "money"),
        ("({} if {} else 0)", "money", "flag"),
        ("sum(people.paid, {})", "flag*"),
    ],
    "percent": [("({} + {})", "percent", "percent"), ("min({}, {})", "percent", "percent"), ("(-{})", "percent")],
    "date": [
        ("max({}, {})", "date", "date"),
        ("min({}, {})", "date", "moment"),
        ("({} if {} else {})", "date", "flag", "moment"),
    ],
    "moment": [("max({}, {})", "moment", "moment")],
    "text": [("({} if {} else {})", "text", "flag", "text")],
    "option": [('({} if {} else "house")', "option", "flag")],
    "calendar": [('({} if {} else "09:30")', "calendar", "flag")],
}


_OVER_ROWS = re.compile(r"people[.]|plots[.]|[(]people, |count[(]")


@st.composite
def texts(draw: st.DrawFn, kind: str | None = None, *, over_rows: bool = True) -> str:
    """An expression that reads without problems; without ``over_rows`` one that the database can answer."""
    wanted = kind or draw(st.sampled_from(sorted(_RULES)))
    return _grow(draw, wanted, draw(st.integers(0, 3)), in_row=False, over_rows=over_rows)


def _grow(draw: st.DrawFn, kind: str, depth: int, *, in_row: bool, over_rows: bool) -> str:
    if kind.endswith("*"):
        return _grow(draw, kind[:-1], depth, in_row=True, over_rows=over_rows)
    outside, own = _NAMES[kind]
    if depth <= 0:
        names = outside + own * 2 if in_row else outside
        return draw(st.sampled_from([name for name in names if over_rows or not _OVER_ROWS.search(name)]))
    usable = [rule for rule in _RULES[kind] if not (in_row and any(part.endswith("*") for part in rule[1:]))]
    usable = [rule for rule in usable if over_rows or not _OVER_ROWS.search(rule[0])]
    pattern, *parts = draw(st.sampled_from(usable))
    return pattern.format(*(_grow(draw, part, depth - 1, in_row=in_row, over_rows=over_rows) for part in parts))
