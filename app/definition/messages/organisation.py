"""Rules about the organisation, its calendar and its registers: O."""

from __future__ import annotations

from app.definition.messages.rule import Rule, Severity

P, W = Severity.PUBLISH, Severity.WARNING

RULES = (
    Rule(
        "O01",
        P,
        'Unit "{unit}" has a parent circle or an unknown parent',
        'Đơn vị "{unit}" có cấp trên vòng hoặc không tồn tại',
        "Did you mean {near}? | Correct parent.",
        "Ý bạn là {near}? | Sửa parent.",
    ),
    Rule(
        "O03",
        P,
        'Unit "{unit}" {fault}',
        'Đơn vị "{unit}" {fault}',
        "Add successor.",
        "Thêm successor.",
    ),
    Rule(
        "O05",
        P,
        "{day} is both a day off and a make-up day",
        "{day} vừa nghỉ vừa làm bù",
        "Keep one of the two.",
        "Giữ một trong hai.",
    ),
    Rule(
        "O06",
        W,
        "Make-up day {day} is an ordinary working day",
        "Ngày làm bù {day} vốn là ngày làm việc",
        "Check the date against the decision.",
        "Đối chiếu ngày với quyết định.",
    ),
    Rule(
        "O07",
        P,
        "Number format has unknown part {part}",
        "Mẫu số có phần lạ {part}",
        "Did you mean {near}? | Parts: {allowed}. | Use one of the known parts.",
        "Ý bạn là {near}? | Các phần: {allowed}. | Dùng một phần có sẵn.",
    ),
    Rule(
        "O08",
        W,
        'Register "{register}" is used nowhere',
        'Sổ "{register}" không được dùng',
        "Delete it, or use it for a result.",
        "Xóa đi, hoặc dùng cho một kết quả.",
    ),
    Rule(
        "O09",
        P,
        "Secret documents need a register with secret: true",
        "Văn bản mật cần sổ riêng có secret: true",
        "Add such a register.",
        "Thêm sổ như vậy.",
    ),
    Rule(
        "O10",
        P,
        "Office hours are reversed, overlapping or empty: {hours}",
        "Giờ làm việc bị ngược, chồng nhau hoặc trống: {hours}",
        'Write spans that follow each other, for instance ["07:30-11:30", "13:00-17:00"].',
        'Ghi các khoảng nối tiếp nhau, ví dụ ["07:30-11:30", "13:00-17:00"].',
    ),
    Rule(
        "O11",
        P,
        'Source "{source}" does not say what it gives',
        'Nguồn "{source}" chưa ghi cung cấp dữ liệu gì',
        "Add gives: with the items, for instance gives: [identity, birth].",
        "Thêm gives: với các mục, ví dụ gives: [identity, birth].",
    ),
    Rule(
        "O12",
        P,
        'Dossier code "{code}" must be printable ASCII, at most {max} characters: it stands in bar codes and names',
        'Mã hồ sơ "{code}" phải là chữ và số không dấu, tối đa {max} ký tự, vì được in mã vạch và đặt tên tệp',
        "Write the format with unit.code, yymmdd and n:04 in braces, and give units codes without marks.",
        "Viết mẫu số bằng unit.code, yymmdd và n:04 trong ngoặc nhọn, và đặt mã đơn vị không dấu.",
    ),
)
