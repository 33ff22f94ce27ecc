"""Rules about keys and values of the language: K."""

from __future__ import annotations

from app.definition.messages.rule import Rule, Severity

E, P, W = Severity.ERROR, Severity.PUBLISH, Severity.WARNING

RULES = (
    Rule(
        "K01",
        E,
        'Unknown key "{key}" in {place}',
        'Không có khóa "{key}" trong {place}',
        "Did you mean {near}? | Allowed here: {allowed}. | Correct or remove it; a note to yourself begins with x-.",
        "Ý bạn là {near}? | Ở đây dùng được: {allowed}. | Sửa hoặc bỏ; ghi chú riêng thì đặt tên bắt đầu bằng x-.",
    ),
    Rule(
        "K02",
        P,
        'Required key "{key}" is missing in {place}',
        'Thiếu khóa bắt buộc "{key}" trong {place}',
        "Add it, for instance: {example} | Add the key with its value.",
        "Thêm vào, ví dụ: {example} | Thêm khóa này cùng giá trị.",
    ),
    Rule(
        "K03",
        E,
        '"{key}" must be {expected}, found {found}',
        '"{key}" phải là {expected}, đang là {found}',
        "Write for instance: {example} | Correct the value.",
        "Viết ví dụ: {example} | Sửa lại giá trị.",
    ),
    Rule(
        "K04",
        P,
        '"{value}" is not allowed for "{key}"',
        '"{value}" không dùng được cho "{key}"',
        "Did you mean {near}? | Allowed: {allowed}. | Choose one of the allowed values.",
        "Ý bạn là {near}? | Dùng được: {allowed}. | Chọn một trong các giá trị cho phép.",
    ),
    Rule(
        "K05",
        P,
        'Key "{key}" must be lower-case letters, digits, - or _',
        'Khóa "{key}" chỉ gồm chữ thường không dấu, số, - hoặc _',
        "Write for instance {suggestion}. | Begin with a letter, at most {max} characters. | Write it without marks.",
        "Viết ví dụ {suggestion}. | Bắt đầu bằng chữ cái, tối đa {max} ký tự. | Viết thường, không dấu.",
    ),
    Rule(
        "K06",
        P,
        'Key "{key}" differs from the file\'s path',
        'Khóa "{key}" khác đường dẫn tệp',
        "The path asks for {expected}. | Rename the file or the key.",
        "Theo đường dẫn phải là {expected}. | Đổi tên tệp hoặc đổi khóa.",
    ),
    Rule(
        "K07",
        P,
        '"{a}" and "{b}" exclude each other',
        '"{a}" và "{b}" không dùng cùng lúc',
        "Keep one of the two.",
        "Giữ một trong hai.",
    ),
    Rule(
        "K08",
        W,
        '"{key}" has no effect here because {why}',
        '"{key}" không có tác dụng vì {why}',
        "Remove it.",
        "Bỏ khóa này.",
    ),
    Rule(
        "K10",
        E,
        "Language version {n} is unknown",
        "Không biết phiên bản ngôn ngữ {n}",
        "Write schema: 1; older files are turned into it by convert.",
        "Viết schema: 1; tệp cũ thì chạy convert.",
    ),
    Rule(
        "K11",
        P,
        'Two things have the key "{key}", the first in line {n}',
        'Hai mục có cùng khóa "{key}", mục đầu ở dòng {n}',
        "Give one of them another key.",
        "Đặt khóa khác cho một trong hai.",
    ),
    Rule(
        "K12",
        P,
        'Key "{key}" is also defined in {other}',
        'Khóa "{key}" đã có trong {other}',
        "Keep one of the two, or give one of them another key.",
        "Giữ một trong hai, hoặc đặt khóa khác cho một mục.",
    ),
    Rule(
        "K13",
        E,
        '"{key}" is not supported yet',
        '"{key}" chưa được hỗ trợ',
        "Supported here: {allowed}. | Leave it out for now: nothing reads it yet ({room} is still missing). | "
        "Leave it out for now; it belongs to the language but has no effect yet.",
        "Ở đây đã hỗ trợ: {allowed}. | Tạm bỏ phần này: chưa có phần nào của hệ thống đọc nó (còn thiếu: {room}). | "
        "Tạm bỏ phần này; ngôn ngữ có nhưng hệ thống chưa làm.",
    ),
)
