"""The rules as pages for people: what each says, how grave it is, what to do, a bad and a good passage.

The table of messages is the source; the passages stand beside it in messages/examples.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

from app.definition.messages import RULES
from app.definition.messages.rule import Rule, Severity, visible
from app.definition.words import Words

EXAMPLES = Path(__file__).parent / "messages" / "examples.yaml"
LOCALES = ("vi", "en")
_FAMILIES: Mapping[str, Words] = {
    "Y": Words("Cú pháp YAML", "YAML syntax"),
    "S": Words("Chữ viết trong tệp", "Writing in the file"),
    "K": Words("Khóa và giá trị", "Keys and values"),
    "R": Words("Tham chiếu", "References"),
    "F": Words("Biểu mẫu", "Forms"),
    "X": Words("Biểu thức", "Expressions"),
    "T": Words("Thời hạn", "Time"),
    "W": Words("Quy trình", "Routes"),
    "D": Words("Thành phần hồ sơ", "Documents"),
    "M": Words("Phí, lệ phí", "Money"),
    "C": Words("Cách xử lý chuẩn", "Standard conduct"),
    "P": Words("Công bố", "Publication"),
    "V": Words("Phiên bản", "Versions"),
    "Q": Words("Kịch bản kiểm tra", "Tests of procedures"),
    "O": Words("Tổ chức, lịch, sổ", "Organisation, calendar, registers"),
    "N": Words("Mẫu in, thông báo", "Prints and notices"),
}
_SEVERITIES = {
    Severity.ERROR: Words("không nạp được tệp", "the file cannot be loaded"),
    Severity.PUBLISH: Words("không công bố được", "it cannot be published"),
    Severity.WARNING: Words("cảnh báo", "warning"),
}
# Why a rule has no passage: what it looks at is more than a few lines of one file.
_WITHOUT = {
    "later": Words("Khóa mà quy tắc này xét chưa chạy (K13).", "The key it looks at does not run yet (K13)."),
    "database": Words(
        "Chỉ xét khi công bố, so với phiên bản đang có hiệu lực.",
        "Asked when publishing only, against the version in force.",
    ),
    "tests": Words("Xét khi chạy kịch bản kiểm tra của thủ tục.", "Found by playing the tests of the procedure."),
    "files": Words("Cần nhiều tệp mới thấy được.", "It shows in several files together."),
    "bytes": Words("Là lỗi của cả tệp: mã chữ, cỡ, độ sâu.", "A matter of the whole file: encoding, size or depth."),
    "places": Words("Cần sửa nhiều chỗ của tệp mới thấy được.", "It shows in several places of a file together."),
}
_TITLE = Words("Quy tắc kiểm tra định nghĩa thủ tục", "Rules for definitions of procedures")
_NOTE = Words(
    "Trang này do `flask procedures rules --write docs/rules` viết ra từ bảng quy tắc; đừng sửa tay.",
    "Written from the table of rules by `flask procedures rules --write docs/rules`; do not edit by hand.",
)
_DO, _WRONG, _RIGHT = Words("Cách sửa", "What to do"), Words("Sai", "Wrong"), Words("Đúng", "Right")
_ALSO = Words("báo thêm", "also told")


@dataclass(frozen=True, slots=True)
class Example:
    """A bad passage of a file and the good one. ``also``: further rules that the bad one breaks.

    ``without``: there is no passage, and this is why.
    """

    file: str = ""
    bad: str = ""
    good: str = ""
    also: tuple[str, ...] = ()
    without: str = ""


@cache
def examples() -> Mapping[str, Example]:
    """The passages by rule."""
    read: dict[str, dict[str, Any]] = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    return {rule: Example(**{**one, "also": tuple(one.get("also", ()))}) for rule, one in read.items()}


def said(words: Words, locale: str) -> str:
    """Words in one language."""
    return words.en if locale == "en" else words.vi


def _shown(passage: str) -> str:
    """A passage as it can be read: what is hidden in it is spelled out."""
    return "\n".join(map(visible, passage.splitlines()))


def _advice(rule: Rule, locale: str) -> str:
    cure = rule.cure_en if locale == "en" else rule.cure_vi
    return " ".join(map(str.strip, cure.split("|")))


def _message(rule: Rule, locale: str) -> str:
    return rule.en if locale == "en" else rule.vi


def text_entry(rule: Rule, locale: str) -> str:
    """One rule for a terminal."""
    example = examples().get(rule.id, Example(without="places"))
    lines = [
        f"{rule.id} ({said(_SEVERITIES[rule.severity], locale)}): {_message(rule, locale)}",
        f"  {said(_DO, locale)}: {_advice(rule, locale)}",
    ]
    if example.without:
        return "\n".join((*lines, f"  {said(_WITHOUT[example.without], locale)}", ""))
    for words, passage in ((_WRONG, example.bad), (_RIGHT, example.good)):
        lines += [
            f"  {said(words, locale)} ({example.file}):",
            *(f"    {line}" for line in _shown(passage).splitlines()),
        ]
    return "\n".join((*lines, ""))


def markdown_entry(rule: Rule, locale: str) -> str:
    """One rule as a section of a page."""
    example = examples().get(rule.id, Example(without="places"))
    parts = [
        f"### {rule.id}",
        f"*{said(_SEVERITIES[rule.severity], locale)}* — {_message(rule, locale)}",
        f"{said(_DO, locale)}: {_advice(rule, locale)}",
    ]
    if example.without:
        return "\n\n".join((*parts, said(_WITHOUT[example.without], locale)))
    also = f" ({said(_ALSO, locale)}: {', '.join(example.also)})" if example.also else ""
    for title, passage in ((said(_WRONG, locale) + also, example.bad), (said(_RIGHT, locale), example.good)):
        parts.append(f"{title} — `{example.file}`:\n\n```yaml\n{_shown(passage)}\n```")
    return "\n\n".join(parts)


def _html_passage(title: str, file: str, passage: str) -> str:
    return f"<h4>{escape(title)} <code>{escape(file)}</code></h4><pre>{escape(_shown(passage))}</pre>"


def html_entry(rule: Rule, locale: str) -> str:
    """One rule as a section of an HTML page; everything in it is escaped."""
    example = examples().get(rule.id, Example(without="places"))
    passages = ((_WRONG, example.bad), (_RIGHT, example.good))
    if example.without:
        shown = f"<p>{escape(said(_WITHOUT[example.without], locale))}</p>"
    else:
        shown = "".join(_html_passage(said(words, locale), example.file, passage) for words, passage in passages)
    return (
        f'<section id="{rule.id}"><h3>{rule.id}</h3><p><em>{escape(said(_SEVERITIES[rule.severity], locale))}</em> '
        f"{escape(_message(rule, locale))}</p><p>{escape(_advice(rule, locale))}</p>{shown}</section>"
    )


_ENTRIES: Mapping[str, Callable[[Rule, str], str]] = {
    "text": text_entry,
    "markdown": markdown_entry,
    "html": html_entry,
}
FORMATS = tuple(_ENTRIES)


def entry(rule_id: str, form: str, locale: str) -> str:
    """One rule; the id must be one of the table."""
    return _ENTRIES[form](RULES[rule_id], locale)


def page(form: str, locale: str) -> str:
    """All rules, family by family."""
    title = said(_TITLE, locale)
    sections = [_family(letter, form, locale) for letter in _FAMILIES]
    if form == "html":
        head = f'<!doctype html><html lang="{locale}"><meta charset="utf-8"><title>{escape(title)}</title>'
        return f"{head}<h1>{escape(title)}</h1>{''.join(sections)}</html>\n"
    if form == "markdown":
        return "\n\n".join((f"# {title}", said(_NOTE, locale), *sections)) + "\n"
    return "\n".join(sections)


def _family(letter: str, form: str, locale: str) -> str:
    title = said(_FAMILIES[letter], locale)
    entries: Iterable[str] = (entry(rule, form, locale) for rule in sorted(RULES) if rule.startswith(letter))
    if form == "html":
        return f"<h2>{letter} {escape(title)}</h2>{''.join(entries)}"
    return "\n\n".join((f"## {letter}: {title}", *entries)) if form == "markdown" else "\n".join(entries)
