"""Bytes to text: UTF-8 only, one kind of line break, nothing that cannot be seen. Columns stay what an editor shows."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from itertools import islice

from app.definition.problem import Severity, Words
from app.definition.source.findings import MOST_FINDINGS, Findings
from app.vietnamese.text import hidden_characters

MOST_BYTES = 1_000_000

# Letters, marks and signs that certainly can be seen, so that whole files pass at the speed of one search.
_DOUBTFUL = re.compile(
    r"[^\n -~\u00a0-\u00ac\u00ae-\u02ff\u0300-\u034e\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]"
)
_INDENTED_BY_TAB = re.compile(r"^ *\t[ \t]*", re.MULTILINE)
_BOM = Words("có dấu BOM ở đầu tệp (đã bỏ qua)", "there is a BOM at the start of the file (dropped)")
_WIDE = Words("tệp UTF-16", "the file is UTF-16")
_BINARY = Words("có byte 00, đây là tệp nhị phân hoặc UTF-16", "there is a byte 00: a binary or UTF-16 file")


def read_characters(data: bytes, findings: Findings) -> str | None:
    """The text with hidden characters replaced by spaces, or None where reading on would make no sense."""
    if len(data) > MOST_BYTES:
        findings.add("S06", 1, 1)
        return None
    text = _decoded(data, findings)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in text and _refuse_tabs(text, findings):
        return None
    return _without_hidden(text, findings)


def first_hidden(text: str) -> str | None:
    """The code of the first character of the text that cannot be seen (line feeds are welcome)."""
    for doubtful in _DOUBTFUL.finditer(text):
        for hidden in hidden_characters(doubtful[0]):
            return hidden.name.removeprefix("U+")
    return None


def place_of(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a character of the text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _decoded(data: bytes, findings: Findings) -> str | None:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        findings.add("Y02", 1, 1, found=_WIDE)
        return None
    if data.startswith(BOM_UTF8):
        data = data.removeprefix(BOM_UTF8)
        findings.add("Y02", 1, 1, level=Severity.WARNING, found=_BOM)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode().replace("\r\n", "\n").replace("\r", "\n")
        byte = f"byte {data[error.start]:02X}"
        findings.add("Y02", *place_of(before, len(before)), found=Words(f"không hiểu {byte}", f"cannot read {byte}"))
        return None
    if "\0" in text:
        findings.add("Y02", *place_of(text, text.index("\0")), found=_BINARY)
        return None
    return text


def _refuse_tabs(text: str, findings: Findings) -> bool:
    indented = list(islice(_INDENTED_BY_TAB.finditer(text), MOST_FINDINGS))
    for tab in indented:
        findings.add("S01", *place_of(text, text.index("\t", tab.start())))
    return bool(indented)


def _without_hidden(text: str, findings: Findings) -> str:
    hidden = [doubtful.start() for doubtful in _DOUBTFUL.finditer(text) if hidden_characters(doubtful[0])]
    for place in hidden[:MOST_FINDINGS]:
        findings.add("S04", *place_of(text, place), code=f"{ord(text[place]):04X}")
    if not hidden:
        return text
    seen = list(text)
    for place in hidden:
        seen[place] = " "
    return "".join(seen)
