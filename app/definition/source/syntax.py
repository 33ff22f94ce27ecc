"""What the YAML parser complains of, said so that an administrator understands it and knows what to write."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.definition.problem import Words
from app.definition.source.characters import place_of
from app.definition.source.findings import Findings

# They look like a space and are none to YAML; word processors put them in.
_WIDE_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_KEY_BEFORE = re.compile(r":\s")


class _Saying(NamedTuple):
    reason: Words
    advice: Words


_QUOTE = Words('Đặt cả câu trong ngoặc kép: "…".', 'Put the whole text in quotes: "…".')
_COLON_IN_TEXT = _Saying(
    Words("trong câu có dấu hai chấm", "there is a colon inside the text"),
    _QUOTE,
)
_NO_COLON = _Saying(
    Words(
        "dòng trên thiếu dấu hai chấm, hoặc dòng này thụt vào sai",
        "the line above has no colon, or this line is indented",
    ),
    Words(
        'Viết "khóa: giá trị", sau dấu hai chấm có một dấu cách; các khóa cùng cấp thụt vào bằng nhau.',
        'Write "key: value" with a space after the colon; keys of one level have the same indentation.',
    ),
)
_AFTER_END = _Saying(
    Words("sau dấu đóng ngoặc còn chữ thừa", "more text follows after the closing quote or bracket"),
    Words(
        "Đặt cả câu trong một cặp ngoặc kép; dấu ' bên trong ngoặc đơn viết hai lần.",
        "Put the whole text in one pair of quotes; inside single quotes write ' twice.",
    ),
)
_INDENT = _Saying(
    Words("thụt dòng không khớp với các dòng trên", "the indentation does not fit the lines above"),
    Words("Các khóa cùng cấp phải thụt vào bằng nhau.", "Give keys of one level the same indentation."),
)
_OTHER = _Saying(Words("không đọc tiếp được ở đây", "it cannot be read on from here"), _QUOTE)

# Words of the C parser and of the pure one; the first that is found counts.
_SAYINGS: tuple[tuple[str, _Saying], ...] = (
    ("could not find expected ':'", _NO_COLON),
    (
        "expected ',' or|node content",
        _Saying(
            Words(
                "trong { } hoặc [ ] thiếu giá trị, dấu phẩy hoặc dấu đóng",
                "inside { } or [ ] a value, comma or end is missing",
            ),
            Words(
                "Đóng ngoặc đã mở; câu có dấu , : [ ] { } phải đặt trong ngoặc kép.",
                "Close what was opened; a text with , : [ ] { } stands in quotes.",
            ),
        ),
    ),
    (
        "unexpected end of stream|unexpected document",
        _Saying(
            Words("ngoặc kép mở mà không đóng", "a quotation mark is opened and never closed"),
            Words("Thêm dấu đóng cùng loại ở cuối câu.", "Add the same mark at the end of the text."),
        ),
    ),
    (
        "escape",
        _Saying(
            Words("sau dấu \\ trong ngoặc kép là mã không có", "an unknown escape follows \\ inside quotes"),
            Words("Dùng ngoặc đơn '…' để giữ nguyên dấu \\.", "Use single quotes '…' to keep \\ as it is."),
        ),
    ),
    (
        "sequence entries",
        _Saying(
            Words("danh sách bắt đầu ngay trên dòng của khóa", "a list begins on the line of its key"),
            Words(
                'Xuống dòng trước dấu "- ", hoặc viết [một, hai].', 'Begin a new line before "- ", or write [one, two].'
            ),
        ),
    ),
    (
        "cannot start any token",
        _Saying(Words("câu bắt đầu bằng ký tự dành riêng", "a text begins with a reserved sign"), _QUOTE),
    ),
    (
        "block scalar",
        _Saying(
            Words("phần nhiều dòng sau | hoặc > viết sai", "the text after | or > is written wrongly"),
            Words(
                "Sau | hoặc > xuống dòng ngay; các dòng sau thụt vào bằng nhau.",
                "Begin a new line after | or > and indent all its lines equally.",
            ),
        ),
    ),
    ("expected key|<block end>|'-' indicator", _INDENT),
    (
        "unexpected ':'",
        _Saying(
            Words("dấu hai chấm trong { } dính liền dấu sau nó", "a colon inside { } touches what follows"),
            Words("Thêm dấu cách và giá trị sau dấu hai chấm.", "Put a space and a value after the colon."),
        ),
    ),
)
DEEPEST = 50
DEPTH = Words("số cấp lồng nhau", "the depth")
_PARSERS_OWN_LIMIT = 1000  # brackets it looks ahead over before it tells us of the first

_DEPTH = re.compile("maximum nesting depth")
_DIRECTIVE = re.compile("directive|incompatible YAML")
_SECOND_DOCUMENT = re.compile("<document start>")
_ALIAS = re.compile("an alias")
_PROPERTY = re.compile("an anchor|a tag|tag handle")


def explain(error: Exception, text: str, findings: Findings) -> None:
    """Adds the finding for the first place where the parser gave up; it cannot go on after it."""
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    (line, column), opened = _places(error, text)
    if wide := _wide_space(text, line):
        findings.add("S04", wide[0], wide[1], code=wide[2])
    elif _DEPTH.search(said):
        findings.add("Y05", line, column, what=DEPTH, n=_PARSERS_OWN_LIMIT, max=DEEPEST)
    elif _DIRECTIVE.search(said):
        findings.add("Y04", *opened)
    elif _SECOND_DOCUMENT.search(said):
        findings.add("Y03", line, column)
    elif _ALIAS.search(said):
        findings.add("Y06", *opened, name="")
    elif _PROPERTY.search(said):
        findings.add("S03", *opened, found=_line(text, opened[0])[opened[1] - 1 : opened[1]])
    else:
        saying = _saying(said, _line(text, line)[: column - 1])
        began = opened[0] if opened[0] not in (1, line) else ""
        findings.add("Y01", line, column, reason=saying.reason, advice=saying.advice, opened=began)


def _saying(said: str, before: str) -> _Saying:
    if "mapping values" in said:
        return _COLON_IN_TEXT if _KEY_BEFORE.search(before) else _NO_COLON
    found = next((saying for pattern, saying in _SAYINGS if re.search(pattern, said)), _OTHER)
    return _AFTER_END if found is _INDENT and before.strip(" -") else found


def _places(error: Exception, text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where it went wrong and where the thing began; an end that never came is shown at the beginning."""
    found, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    index = found.index if found else 0
    opened = began.index if began else index
    if index >= len(text.rstrip()):
        index = opened
    return place_of(text, min(index, len(text))), place_of(text, min(opened, len(text)))


def _wide_space(text: str, line: int) -> tuple[int, int, str] | None:
    for number in (line, max(line - 1, 1)):  # `key:<wide space>value` is noticed by the parser a line later only
        if found := _WIDE_SPACE.search(_line(text, number)):
            return number, found.start() + 1, f"{ord(found[0]):04X}"
    return None


def _line(text: str, line: int) -> str:
    return text.split("\n")[line - 1]
