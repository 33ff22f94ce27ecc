"""Rules about dossier components: D; about fees and obligations: M."""

from __future__ import annotations

from app.definition.messages.rule import Rule, Severity

P, W = Severity.PUBLISH, Severity.WARNING

RULES = (
    Rule(
        "D01",
        W,
        "No application form among the documents",
        "Thành phần hồ sơ không có đơn",
        "Add it, or write kind: record.",
        "Thêm đơn, hoặc ghi kind: record.",
    ),
    Rule(
        "D02",
        W,
        '"{document}": no count given, one copy assumed',
        '"{document}": chưa ghi số lượng, coi là một bản sao',
        "Write the count, for instance originals: 1.",
        "Ghi số lượng, ví dụ originals: 1.",
    ),
    Rule(
        "D03",
        P,
        '"One of" group "{group}" has fewer than two items',
        'Nhóm "một trong" "{group}" có ít hơn hai giấy tờ',
        "Write a plain document instead.",
        "Ghi thành một giấy tờ thường.",
    ),
    Rule(
        "D04",
        W,
        '"{document}" is never asked for',
        '"{document}" không bao giờ được yêu cầu',
        "Check the condition.",
        "Xem lại điều kiện.",
    ),
    Rule(
        "D05",
        W,
        'If the look-up fails nobody may ask for "{document}"',
        'Tra cứu không được thì không ai được yêu cầu "{document}"',
        "Do not write required: false here.",
        "Không ghi required: false ở đây.",
    ),
    Rule(
        "D06",
        P,
        '"{document}" belongs to phase "{phase}", which has no intake',
        '"{document}" thuộc giai đoạn "{phase}" không có bước tiếp nhận',
        "Add a step with does: intake to that phase.",
        "Thêm bước có does: intake vào giai đoạn đó.",
    ),
    Rule(
        "D07",
        W,
        "Two {what} have the same title",
        "Hai {what} trùng tên",
        "Make the titles differ.",
        "Đặt tên khác nhau.",
    ),
    Rule(
        "D08",
        W,
        '"{document}" can be looked up in {source}; the law forbids asking for it',
        '"{document}" đã có trong {source}; không được yêu cầu nộp',
        "Write replaced_by: {source}.",
        "Ghi replaced_by: {source}.",
    ),
    Rule("M01", P, 'Fee "{fee}" can become negative', 'Khoản "{fee}" có thể âm', "Write max(…, 0).", "Viết max(…, 0)."),
    Rule(
        "M02",
        P,
        'Fee table "{fee}" has no cell for {case}',
        'Bảng phí "{fee}" thiếu ô cho {case}',
        "Add the cell, or else.",
        "Thêm ô đó, hoặc else.",
    ),
    Rule(
        "M03",
        P,
        'Bands of "{fee}" do not rise, or leave a gap at {value}',
        'Các bậc của "{fee}" không tăng dần hoặc hở tại {value}',
        "Order the bands; the last one has no limit.",
        "Xếp các bậc tăng dần; bậc cuối không có mức trên.",
    ),
    Rule(
        "M04",
        P,
        '"to_be_set" needs set_by',
        '"to_be_set" cần set_by',
        "Write who sets the amount.",
        "Ghi ai xác định số tiền.",
    ),
    Rule(
        "M05",
        W,
        "An obligation is not a fee: it cannot be taken at intake",
        "Nghĩa vụ tài chính không thu khi nộp hồ sơ",
        "Write collect: after_notice.",
        "Ghi collect: after_notice.",
    ),
    Rule(
        "M06",
        W,
        '"{fee}" is payable after notice, but no step gives notice, offers payment or waits',
        '"{fee}" nộp sau thông báo nhưng không bước nào thông báo, thu hoặc chờ',
        "Add a step with print, pay or wait.",
        "Thêm bước có print, pay hoặc wait.",
    ),
    Rule(
        "M07",
        P,
        '"{step}" waits for payment of a fee that may not be due',
        '"{step}" chờ nộp khoản có thể không phải nộp',
        "Put when on the step.",
        "Đặt when cho bước này.",
    ),
    Rule(
        "M08",
        P,
        "Amounts in {a} and {b} cannot be added",
        "Không cộng được số tiền {a} và {b}",
        "Write separate fees.",
        "Tách thành các khoản riêng.",
    ),
    Rule(
        "M09", P, "Reductions reach {n} %", "Tổng giảm tới {n} %", "At most 100 % together.", "Tổng cộng tối đa 100 %."
    ),
)
