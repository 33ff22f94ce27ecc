"""The language as JSON Schema, described in Vietnamese, so that editors complete and explain while one writes."""

from __future__ import annotations

import json
from typing import Any

from app.definition.config_tree.places import RECORD_OF, FileKind
from app.definition.shape.reader import Kind
from app.definition.shape.record import Record

DIALECT = "http://json-schema.org/draft-07/schema#"
_TITLES: dict[FileKind, str] = {
    FileKind.PROCEDURE: "Thủ tục",
    FileKind.FORM: "Biểu mẫu dùng chung",
    FileKind.ROUTE: "Quy trình dùng chung",
    FileKind.DOCUMENTS: "Giấy tờ dùng chung",
    FileKind.LIST: "Danh sách lựa chọn",
    FileKind.REGISTERS: "Sổ và mẫu số",
    FileKind.PRINTS: "Mẫu in",
    FileKind.ORGANISATION: "Tổ chức",
    FileKind.CALENDAR: "Lịch làm việc",
}
# Files of the other kinds are refused as a whole, so there is nothing to complete in them.
DESCRIBED = tuple(_TITLES)


def json_schema(kind: FileKind) -> dict[str, Any]:
    """The JSON Schema of one kind of file."""
    record = RECORD_OF[kind]
    found: dict[str, Record] = {}
    _collect(record, found)
    top = found.pop(record.name).definition()
    return {
        "$schema": DIALECT,
        "title": _TITLES[kind],
        **top,
        "$defs": {name: found[name].definition() for name in sorted(found)},
    }


def schema_text(kind: FileKind) -> str:
    """One schema as it stands in its file."""
    return json.dumps(json_schema(kind), ensure_ascii=False, indent=1) + "\n"


def _collect(kind: Kind, found: dict[str, Record]) -> None:
    if isinstance(kind, Record):
        known = found.get(kind.name)
        if known is not None:
            if known is not kind:
                raise ValueError(f"two records are called {kind.name}")
            return
        found[kind.name] = kind
    for part in kind.parts() if hasattr(kind, "parts") else ():
        _collect(part, found)
