import datetime as dt

import pytest

from app.definition.duration import parse_duration
from app.definition.expression import DATE, DURATION, MOMENT, MONEY, NUMBER, TEXT, constant, money, to_vietnamese
from tests.definition.expression.expression_examples import read


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ('area > 100 and channel == "online"', "khi Diện tích lớn hơn 100 ha và Kênh nộp là trực tuyến"),
        ("resurvey", "khi có Đo đạc lại thửa đất"),
        ("not resurvey", "khi không Đo đạc lại thửa đất"),
        ("remote", "khi có thuộc vùng khó khăn"),
        ("not remote", "khi không có thuộc vùng khó khăn"),
        ("not not resurvey", "khi có Đo đạc lại thửa đất"),
        ("resurvey == false", "khi không Đo đạc lại thửa đất"),
        ("resurvey != false", "khi có Đo đạc lại thửa đất"),
        ("resurvey == true", "khi có Đo đạc lại thửa đất"),
        ("resurvey == remote", "khi (có Đo đạc lại thửa đất) giống (có thuộc vùng khó khăn)"),
        ("resurvey != remote", "khi (có Đo đạc lại thửa đất) khác (có thuộc vùng khó khăn)"),
        ('subject != "land"', "khi Đối tượng khác Đất"),
        ('not subject == "land"', "khi Đối tượng khác Đất"),
        ("not area > 1", "khi Diện tích nhỏ hơn hoặc bằng 1 ha"),
        ('subject in ["land", "house"]', "khi Đối tượng là một trong: Đất, Nhà"),
        ('not subject in ["land"]', "khi Đối tượng không là một trong: Đất"),
        ("area in []", "khi Diện tích là một trong: không có gì"),
        ('"marine" in topics', "khi Hải văn có trong Loại bản tin"),
        ('"marine" not in topics', "khi Hải văn không có trong Loại bản tin"),
        ("1.5 in people.days", "khi 1,5 có trong Số ngày của Danh sách"),
        ("owner is missing", "khi chưa có Chủ sử dụng"),
        ("not owner is missing", "khi đã có Chủ sử dụng"),
        ("people.days is not missing", "khi đã có Số ngày"),
        ("(area > 1) is missing", "khi chưa có (Diện tích lớn hơn 1 ha)"),
        (
            "resurvey and (remote or area is missing)",
            "khi có Đo đạc lại thửa đất và (có thuộc vùng khó khăn hoặc chưa có Diện tích)",
        ),
        (
            "resurvey and remote or area == 1",
            "khi (có Đo đạc lại thửa đất và có thuộc vùng khó khăn) hoặc Diện tích bằng 1 ha",
        ),
        (
            "not (resurvey or remote)",
            "khi không phải (có Đo đạc lại thửa đất hoặc có thuộc vùng khó khăn)",
        ),
        ("fee >= 1_000_000", "khi Phí lớn hơn hoặc bằng 1.000.000 đồng"),
        ("abroad > 10", "khi Phí ở nước ngoài lớn hơn 10 USD"),
        ("rate > 12.5%", "khi Tỷ lệ lớn hơn 12,5 %"),
        ("pages == 3", "khi Số trang bằng 3"),
        ("born < 2026-08-05", "khi Ngày sinh trước 05/08/2026"),
        ("born >= received", "khi Ngày sinh không trước ngày của Lúc nhận"),
        ('opens <= "09:30"', "khi Giờ mở cửa không sau “09:30”"),
        ('commune == "00123"', "khi Xã là “00123”"),
        ('agency == "council"', "khi Cơ quan là Ủy ban"),
        ('applicant.kind == "citizen"', "khi Loại người nộp là công dân"),
        ("term == 1.5 working days", "khi Thời hạn là 1,5 ngày làm việc"),
        ("fee * 5% + 1000", "Phí × 5 % + 1.000"),
        ("(area + 1) * -(area - 2) / 3", "(Diện tích + 1) × −(Diện tích − 2) ÷ 3"),
        ("1000 if resurvey else 0", "1.000 nếu có Đo đạc lại thửa đất, ngược lại 0"),
        ("(area if resurvey else 1) + 1", "(Diện tích nếu có Đo đạc lại thửa đất, ngược lại 1) + 1"),
        ("count(people) > 2", "khi số dòng của Danh sách lớn hơn 2"),
        ("sum(people.days)", "tổng Số ngày của Danh sách"),
        ("sum(people.days, head)", "tổng Số ngày của Danh sách mà có Chủ hộ"),
        ("max(people.born)", "Ngày sinh lớn nhất của Danh sách"),
        ("any(people, days > 3)", "khi có dòng của Danh sách mà Số ngày lớn hơn 3"),
        ("all(people, days > 3)", "khi mọi dòng của Danh sách đều thỏa mãn: Số ngày lớn hơn 3"),
        ("max(area - 1, 0)", "số lớn nhất trong (Diện tích − 1; 0)"),
        ("round(area)", "Diện tích làm tròn"),
        ("round(area, 2)", "Diện tích làm tròn đến 2 số lẻ"),
        ('opinions("review", "disagree") > 0', "khi số ý kiến không đồng ý ở bước Lấy ý kiến lớn hơn 0"),
        ('handed_in("survey")', "khi đã nộp Mảnh trích đo"),
        ('lookup("wards", commune, "zone")', "Khu vực của Xã"),
        ("[1, 2]", "1, 2"),
    ],
)
def test_prose(text: str, prose: str) -> None:
    assert to_vietnamese(read(text)) == prose


@pytest.mark.parametrize(
    "text",
    [
        "abs(area)", "floor(area)", "ceil(area)", "min(area, pages)", "length(title)", "starts_with(title, note)",
        "contains(title, note)", 'has(topics, "marine")', "year(born)", "month(born)", "day(born)",
        "days_between(born, issued)", "months_between(born, issued)", "years_between(born, issued)",
        "working_days_between(born, issued)", "add(born, 5 days)", "unit_of(holder)", "within_unit(agency, agency)",
        'done("sign")', 'visits("sign")', 'late("sign")', 'chosen("sign")', 'answered("review")', 'asked("review")',
        'paid("appraisal")', "supplements()",
    ],
)  # fmt: skip
def test_every_function_is_said_without_its_name(text: str) -> None:
    prose = to_vietnamese(read(text))
    assert text.split("(")[0] not in prose
    assert '"' not in prose


def test_the_lead_is_for_conditions_and_can_be_left_out() -> None:
    assert to_vietnamese(read("resurvey"), lead="") == "có Đo đạc lại thửa đất"
    assert to_vietnamese(read("area"), lead="khi ") == "Diện tích"


def test_constants_are_said_in_their_format() -> None:
    assert to_vietnamese(constant(810000, MONEY)) == "810.000 đồng"
    assert to_vietnamese(constant(10, money("USD"))) == "10 USD"
    assert to_vietnamese(constant(dt.datetime(2026, 8, 5, 9, 30), MOMENT)) == "09:30, 05/08/2026"
    assert to_vietnamese(constant(dt.date(2026, 8, 5), DATE)) == "05/08/2026"
    assert to_vietnamese(constant("a", TEXT)) == "“a”"
    assert to_vietnamese(constant(parse_duration("1 month"), DURATION)) == "1 tháng"
    assert to_vietnamese(constant(10**40, NUMBER)) == "0"
