"""The entries of one mapping: every key a text, once, never merged, never made by a comma that cut a sentence."""

from __future__ import annotations

import re

from app.definition.problem import Words
from app.definition.source.findings import Findings
from app.definition.source.nodes import Node, ScalarNode, Span

Entry = tuple[ScalarNode, Node]

_COLON = re.compile(r" *:")
_LONGEST_LINE = 200  # a longer corrected line hides what was corrected
_NO_WORD = Words("khóa không phải là một từ", "a key that is not one word")
_ONE_WORD = Words('Viết "khóa: giá trị", khóa là một từ.', 'Write "key: value" where the key is one word.')


def entries_of(children: list[Node], flow: bool, lines: list[str], findings: Findings) -> tuple[Entry, ...]:
    """Keys and values alternate in `children`; what is refused is left out, so that it is reported once."""
    entries: list[Entry] = []
    for key, value in zip(children[::2], children[1::2], strict=True):
        if isinstance(key, ScalarNode) and (key.quoted or key.text not in ("", "<<")):
            entries.append((key, value))
        else:
            _refuse_key(key, findings)
    if flow:
        entries = _mended(entries, lines, findings)
    if len({key.text for key, _ in entries}) < len(entries):
        entries = _unique(entries, findings)
    return tuple(entries)


def _refuse_key(key: Node, findings: Findings) -> None:
    if isinstance(key, ScalarNode) and key.text:
        findings.add("S03", key.line, key.column, found=key.text)
    else:
        findings.add("Y01", key.line, key.column, reason=_NO_WORD, advice=_ONE_WORD)


def _unique(entries: list[Entry], findings: Findings) -> list[Entry]:
    first: dict[str, Entry] = {}
    for key, value in entries:
        if key.text in first:
            findings.add("S02", key.line, key.column, key=key.text, n=first[key.text][0].line)
        else:
            first[key.text] = (key, value)
    return list(first.values())


def _mended(entries: list[Entry], lines: list[str], findings: Findings) -> list[Entry]:
    """`{title: Đo đạc, kiểm tra}` is read by YAML as two keys; it is one text without its quotes."""
    kept: list[Entry] = []
    cut: dict[int, list[ScalarNode]] = {}
    for key, value in entries:
        if kept and _is_rest(key, value, lines) and _plain_text(kept[-1][1]):
            cut.setdefault(len(kept) - 1, []).append(key)
        else:
            kept.append((key, value))
    for place, rest in cut.items():
        kept[place] = _joined(kept[place], rest, lines, findings)
    return kept


def _is_rest(key: ScalarNode, value: Node, lines: list[str]) -> bool:
    if key.quoted or not isinstance(value, ScalarNode) or value.quoted or value.text:
        return False
    return not _COLON.match(lines[key.span.end_line - 1], key.span.end_column - 1)


def _plain_text(value: Node) -> str:
    return value.text if isinstance(value, ScalarNode) and not value.quoted else ""


def _joined(entry: Entry, rest: list[ScalarNode], lines: list[str], findings: Findings) -> Entry:
    key, value = entry
    begin, end = value.span, rest[-1].span
    if begin.line == end.end_line:
        line = lines[begin.line - 1]
        text = line[begin.column - 1 : end.end_column - 1]
        corrected = f"{line[: begin.column - 1]}{_quoted(text)}{line[end.end_column - 1 :]}".strip()
    else:
        text = ", ".join([_plain_text(value), *(key.text for key in rest)])
        corrected = f"{key.text}: {_quoted(text)}"
    if len(corrected) > _LONGEST_LINE:
        corrected = f"{key.text}: {_quoted(text)}"
    findings.add("S11", rest[0].line, rest[0].column, key=rest[0].text, corrected=corrected)
    return key, ScalarNode(text, False, Span(begin.line, begin.column, end.end_line, end.end_column))


def _quoted(text: str) -> str:
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
