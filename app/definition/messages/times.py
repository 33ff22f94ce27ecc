"""Rules about time limits, budgets and pauses: T."""

from __future__ import annotations

from app.definition.messages.rule import Rule, Severity

P, W = Severity.PUBLISH, Severity.WARNING

RULES = (
    Rule(
        "T01",
        W,
        "Path {path}: steps take {sum}, limit is {limit}",
        "Đường đi {path}: các bước cộng {sum}, thời hạn {limit}",
        "Shorten the steps named, or explain it with x-note.",
        "Rút ngắn các bước đã nêu, hoặc giải thích bằng x-note.",
    ),
    Rule(
        "T02",
        W,
        "Phases take {sum}, limit is {limit}",
        "Các giai đoạn cộng {sum}, thời hạn {limit}",
        "Shorten a phase, or explain it with x-note.",
        "Rút ngắn một giai đoạn, hoặc giải thích bằng x-note.",
    ),
    Rule(
        "T03",
        W,
        'Step "{step}" has no time',
        'Bước "{step}" chưa có thời gian',
        "Add within, or write within: none.",
        "Thêm within, hoặc ghi within: none.",
    ),
    Rule(
        "T04",
        P,
        "Warning {warn} is longer than the step's time {within}",
        "Nhắc trước {warn} dài hơn thời gian bước {within}",
        "Write a smaller value.",
        "Ghi giá trị nhỏ hơn.",
    ),
    Rule(
        "T05",
        P,
        "Promised limit {a} is longer than the legal limit {b}",
        "Thời hạn cam kết {a} dài hơn thời hạn pháp luật {b}",
        "Shorten the promised one.",
        "Rút ngắn thời hạn cam kết.",
    ),
    Rule(
        "T06",
        P,
        "A fraction is possible for working days of steps only",
        "Chỉ thời gian bước theo ngày làm việc mới được lẻ",
        "Write hours instead; 8 hours are one working day.",
        "Viết theo giờ; 8 giờ là một ngày làm việc.",
    ),
    Rule(
        "T07",
        P,
        '"until {name}" is not a date, or is filled too late',
        '"until {name}" không phải ngày, hoặc nhập quá muộn',
        "Name a field of type date that an earlier step fills.",
        "Dùng trường kiểu date được nhập ở bước trước.",
    ),
    Rule(
        "T08",
        W,
        "{a} is added to {b}: two units, counted one after the other",
        "Cộng {a} vào {b}: hai đơn vị, tính nối tiếp",
        "Check that the law means this.",
        "Xem lại quy định có đúng như vậy không.",
    ),
    Rule(
        "T09",
        P,
        "The clock starts at {what}, which not every path reaches",
        "Thời hạn bắt đầu từ {what} nhưng có đường đi không qua",
        "Add it to that path, or let the clock start elsewhere.",
        "Thêm vào đường đi đó, hoặc chọn mốc bắt đầu khác.",
    ),
    Rule(
        "T10",
        W,
        "Same-day procedure, but steps take {sum}",
        "Trả trong ngày nhưng các bước cộng {sum}",
        "Shorten the steps.",
        "Rút ngắn các bước.",
    ),
    Rule(
        "T11",
        P,
        'Pause in "{step}" has no end',
        'Tạm dừng ở bước "{step}" không có điểm kết thúc',
        "Add wait, consult or a person.",
        "Thêm wait, consult hoặc một người làm.",
    ),
    Rule(
        "T12",
        W,
        'Nothing happens if the applicant never answers in "{step}"',
        'Người nộp không trả lời ở bước "{step}" thì hồ sơ treo',
        "Add within and on_late.",
        "Thêm within và on_late.",
    ),
    Rule(
        "T13",
        P,
        "There is no calendar for {year}",
        "Chưa có lịch làm việc năm {year}",
        "Create config/calendar/{year}.yaml from the list of holidays.",
        "Tạo config/calendar/{year}.yaml từ danh sách ngày nghỉ.",
    ),
    Rule(
        "T14",
        P,
        "phases needs within on each phase and phase on each step; missing: {missing}",
        "phases cần within ở từng giai đoạn và phase ở từng bước; còn thiếu: {missing}",
        "Add them, or write the limit as one duration.",
        "Thêm vào, hoặc ghi thời hạn bằng một khoảng thời gian.",
    ),
)
