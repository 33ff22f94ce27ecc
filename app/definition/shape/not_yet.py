"""What of the language is refused for now, by the room that will read it: the page ``docs/not-yet.md``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.definition.config_tree.places import RECORD_OF
from app.definition.shape.reader import Kind
from app.definition.shape.record import Record, Row
from app.definition.shape.scalars import OneOf
from app.definition.words import Words

_HEAD = """# Những khóa chưa dùng được

Trang này do máy viết ra từ các bảng của ngôn ngữ (`flask procedures not-yet --write docs/not-yet.md`); đừng sửa tay.

Mỗi khóa của ngôn ngữ đều phải có nơi đọc nó. Khóa nào chưa có nơi đọc thì **bị từ chối** khi kiểm tra (quy tắc K13),
không bị lặng lẽ bỏ qua: viết vào tệp rồi mà không có tác dụng thì tệ hơn là không viết được. Dưới đây là những khóa và
giá trị đang bị từ chối, xếp theo phần của hệ thống sẽ đọc chúng. Khóa nào không có ở đây thì dùng được; xem
[cách viết một thủ tục](how-to-write-a-procedure.md).
"""


class Refused(NamedTuple):
    """One key that is refused, or one word of a key (``starts: batch``), with the room that is missing."""

    room: Words
    record: Record
    key: str
    meaning: str


def records_of_the_language() -> tuple[Record, ...]:
    """Every mapping of the language once, in the order in which files lead to them."""
    found: dict[str, Record] = {}
    for top in RECORD_OF.values():
        _collect(top, found)
    return tuple(found.values())


def _collect(kind: Kind, found: dict[str, Record]) -> None:
    if isinstance(kind, Record):
        if kind.name in found:
            return
        found[kind.name] = kind
    for part in _parts(kind):
        _collect(part, found)


def _parts(kind: Kind) -> tuple[Kind, ...]:
    return kind.parts() if hasattr(kind, "parts") else ()


def refused_now() -> tuple[Refused, ...]:
    """Every key and word that rule K13 tells."""
    return tuple(one for record in records_of_the_language() for row in record.rows for one in _of_row(record, row))


def _of_row(record: Record, row: Row) -> Iterator[Refused]:
    if row.later is not None:
        yield Refused(row.later, record, row.key, row.vi)
        return
    for words in _closed_lists(row.kind):
        for word, room in words.later.items():
            yield Refused(room, record, f"{row.key}: {word}", row.vi)


def _closed_lists(kind: Kind) -> Iterator[OneOf]:
    if isinstance(kind, OneOf):
        yield kind
    elif not isinstance(kind, Record):
        for part in _parts(kind):
            yield from _closed_lists(part)


def not_yet_page() -> str:
    """The page as it stands in its file, in Vietnamese."""
    by_room: dict[Words, list[Refused]] = {}
    for one in refused_now():
        by_room.setdefault(one.room, []).append(one)
    return _HEAD + "".join(_section(room, by_room[room]) for room in sorted(by_room))


def _section(room: Words, refused: list[Refused]) -> str:
    lines = [f"| `{one.key}` | {one.record.words.vi} | {one.meaning} |\n" for one in refused]
    return f"\n## Chờ {room.vi}\n\n| Khóa | Ở | Nghĩa |\n|---|---|---|\n{''.join(lines)}"
