"""What the platform itself fills into prints: names and tables, typed, so that conditions may ask for them too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.definition.expression import DATE, MOMENT, MONEY, NUMBER, TEXT, Name, Scope, rows
from app.definition.model.print_text import Each, Filled, Part, When

NAMES: Final[Mapping[str, Name]] = {
    "today": Name(DATE, "Hôm nay"),
    "now": Name(MOMENT, "Bây giờ"),
    "dossier.code": Name(TEXT, "Mã hồ sơ"),
    "dossier.received": Name(MOMENT, "Thời điểm nhận hồ sơ"),
    "dossier.due": Name(MOMENT, "Ngày hẹn trả"),
    "dossier.limit": Name(TEXT, "Thời hạn giải quyết"),
    "dossier.reception": Name(TEXT, "Nơi tiếp nhận"),
    "dossier.variant": Name(TEXT, "Trường hợp"),
    "dossier.channel": Name(TEXT, "Kênh nộp"),
    "dossier.sets": Name(NUMBER, "Số bộ hồ sơ"),
    "procedure.title": Name(TEXT, "Tên thủ tục"),
    "procedure.code": Name(TEXT, "Mã thủ tục"),
    "applicant.name": Name(TEXT, "Tên người nộp"),
    "applicant.kind": Name(TEXT, "Đối tượng nộp"),
    "applicant.identity": Name(TEXT, "Số giấy tờ của người nộp"),
    "applicant.address": Name(TEXT, "Địa chỉ người nộp"),
    "applicant.phone": Name(TEXT, "Điện thoại người nộp"),
    "applicant.email": Name(TEXT, "Thư điện tử người nộp"),
    "applicant.representative": Name(TEXT, "Người đại diện"),
    "agency.title": Name(TEXT, "Tên cơ quan"),
    "agency.parent_title": Name(TEXT, "Cơ quan chủ quản"),
    "agency.place": Name(TEXT, "Địa danh"),
    "agency.phone": Name(TEXT, "Điện thoại cơ quan"),
    "agency.website": Name(TEXT, "Trang thông tin"),
    "authority.title": Name(TEXT, "Cơ quan có thẩm quyền"),
    "unit.title": Name(TEXT, "Đơn vị tiếp nhận"),
    "unit.phone": Name(TEXT, "Điện thoại nơi tiếp nhận"),
    "step.title": Name(TEXT, "Tên bước"),
    "step.due": Name(MOMENT, "Hạn của bước"),
    "payment.amount": Name(MONEY, "Số tiền còn phải nộp"),
    "actor.name": Name(TEXT, "Người lập"),
    "decision.reason": Name(TEXT, "Lý do"),
    "request.number": Name(NUMBER, "Lần yêu cầu bổ sung"),
    "request.due": Name(MOMENT, "Hạn bổ sung"),
    "extension.from": Name(MOMENT, "Ngày hẹn cũ"),
    "extension.to": Name(MOMENT, "Ngày hẹn mới"),
}
ROW_NUMBER: Final = "n"
TABLES: Final[Mapping[str, Mapping[str, Name]]] = {
    "fees": {"title": Name(TEXT, "Khoản"), "amount": Name(TEXT, "Số tiền"), "kind": Name(TEXT, "Loại")},
    "dossier.documents": {"title": Name(TEXT, "Giấy tờ"), "amount": Name(TEXT, "Số lượng")},
    "request.documents": {"title": Name(TEXT, "Giấy tờ"), "amount": Name(TEXT, "Số lượng")},
}


def print_scope(scope: Scope) -> Scope:
    """What a condition in a print may name: everything of the procedure, and what prints fill in."""
    tables = {key: Name(rows(columns), key) for key, columns in TABLES.items()}
    return scope.with_names({**tables, **NAMES, **scope.names})


def places_in(parts: tuple[Part, ...], table: str = "") -> Iterator[tuple[Filled | Each, str]]:
    """Every place and every table of a text, with the table whose row is in view."""
    for part in parts:
        if isinstance(part, Filled):
            yield part, table
        elif isinstance(part, Each):
            yield part, table
            yield from places_in(part.parts, part.table)
        elif isinstance(part, When):
            yield from places_in(part.parts, table)


def fields_read(parts: tuple[Part, ...]) -> frozenset[str]:
    """The fields of the form that a text prints or asks for."""
    found: set[str] = set()
    for place, _table in places_in(parts):
        found.add(place.table if isinstance(place, Each) else place.name.removeprefix("form.").partition(".")[0])
    return frozenset(found) | _asked(parts)


def _asked(parts: tuple[Part, ...]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for part in parts:
        if isinstance(part, When):
            found |= part.condition.reads
        if isinstance(part, When | Each):
            found |= _asked(part.parts)
    return found
