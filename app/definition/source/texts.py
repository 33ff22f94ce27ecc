"""Texts, codes and keys: what may be written where people read, and how things are named."""

from __future__ import annotations

import re
from enum import Enum

from app.definition.problem import Param, Severity, Words
from app.definition.source.nodes import Node, ScalarNode
from app.definition.source.reading import Note, Reading, clipped, scalar, wrong_type
from app.vietnamese.search import search_key
from app.vietnamese.text import (
    MOST_MARKS,
    has_line_break,
    looks_like_formula,
    looks_like_html,
    looks_like_placeholder,
    looks_like_template,
    stacked_marks,
)

TEXT = Words("chữ", "text")
_LINES = Words("nhiều dòng", "several lines")
_MARKS = Words(f"chữ cái mang hơn {MOST_MARKS} dấu", f"a letter with more than {MOST_MARKS} marks")

_HTML = Words("mã HTML", "HTML")
_TEMPLATE = Words("mẫu có chỗ điền", "a template")
_FORMULA = Words("công thức bảng tính", "a spreadsheet formula")

# Words, and signs that begin nothing: neither HTML nor template, formula, line break or stacked mark can be in it.
_ORDINARY = re.compile(r"""[\w("'“][\w ,.;()/"'“”–-]*""")

_NUMBER_LIKE = (
    (
        re.compile(r"[-+]?(?:0x[0-9A-Fa-f_]+|0o[0-7_]+|[0-9][0-9_,]*)(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"),
        Words("số", "number"),
    ),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[ T].*)?"), Words("ngày", "date")),
    (re.compile(r"[0-9]+(?::[0-9]{2})+"), Words("giờ", "time")),
    (re.compile(r"(?i:yes|no|on|off|true|false|y|n)"), Words("giá trị đúng/sai", "truth value")),
)

# Older YAML tools turn these into something else when the file passes through them.
_UNSTEADY = frozenset({"yes", "no", "on", "off", "true", "false", "null"})


class KeyFlavour(Enum):
    """How a thing may be named: its shape, the longest name, what joins words."""

    NAME = (r"[a-z][a-z0-9_]*", 40, "_")  # fields, steps, columns, options, fees: conditions name them
    FILE = (r"[a-z][a-z0-9_-]*", 60, "-")  # files, documents, units, registers, lists
    PATH = (r"[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)+", 121, "-")  # procedures: field of work, then name

    def __init__(self, shape: str, longest: int, joint: str) -> None:
        self.shape = re.compile(shape)
        self.longest = longest
        self.joint = joint

    def accepts(self, text: str) -> bool:
        """Whether the text is such a key."""
        if len(text) > self.longest or not self.shape.fullmatch(text):
            return False
        return self is not KeyFlavour.PATH or all(len(part) <= KeyFlavour.FILE.longest for part in text.split("/"))

    def proposal(self, text: str) -> str:
        """A key made of the text: no marks, lower case, joined words; empty if nothing is left."""
        kept = "/" if self is KeyFlavour.PATH else ""
        plain = re.sub(rf"[^a-z0-9_{kept}-]+", self.joint, search_key(text[: 2 * self.longest]))
        if self is KeyFlavour.NAME:
            plain = plain.replace("-", "_")
        proposed = re.sub(r"^[^a-z]+", "", plain)[: self.longest].strip("_-/")
        return proposed if self.accepts(proposed) else ""


def read_text(
    node: Node, name: str, *, limit: int = 300, many_lines: bool = False, interpreted: bool = False
) -> Reading[str]:
    """A text for people. `interpreted`: placeholders are filled in there (notices, prints), so look-alikes block."""
    word = scalar(node)
    if word is None or not word.text.strip():
        return Reading(None, (wrong_type(node, name, TEXT),))
    text = word.text.rstrip("\n")  # a block ends with one
    if len(text) <= limit and _ORDINARY.fullmatch(text):
        return Reading(text)
    notes = [
        *_shape_notes(word, name, text, many_lines),
        *_length_notes(word, name, text, limit),
        *_look_alike_notes(word, text, interpreted),
    ]
    refused = any(note.rule == "Y08" for note in notes)
    return Reading(None if refused else text, tuple(notes))


def read_code(node: Node, name: str, *, limit: int = 60) -> Reading[str]:
    """A code: always text, but to be quoted where another tool would make a number or a date of it."""
    reading = read_text(node, name, limit=limit)
    word = scalar(node)
    if word is None or word.quoted:
        return reading
    like = next((kind for shape, kind in _NUMBER_LIKE if shape.fullmatch(word.text)), None)
    if like is None:
        return reading
    note = Note("S07", word.span, {"text": clipped(word.text), "type": like})
    return Reading(reading.value, (*reading.notes, note))


def read_key(node: Node, name: str, flavour: KeyFlavour = KeyFlavour.NAME) -> Reading[str]:
    """The name of a thing. One of the wrong shape is given all the same, so that what refers to it is still found."""
    word = scalar(node)
    if word is None or not word.text:
        return Reading(None, (wrong_type(node, name, Words("một khóa", "a key"), "khoa"),))
    if not flavour.accepts(word.text):
        params: dict[str, Param] = {"key": clipped(word.text), "max": flavour.longest}
        if proposed := flavour.proposal(word.text):
            params["suggestion"] = proposed
        return Reading(word.text, (Note("K05", word.span, params),))
    if word.text in _UNSTEADY:
        return Reading(word.text, (Note("F03", word.span, {"field": word.text, "suggestion": f"is_{word.text}"}),))
    return Reading(word.text)


def _shape_notes(word: ScalarNode, name: str, text: str, many_lines: bool) -> list[Note]:
    found = []
    if not many_lines and has_line_break(text):
        found.append(_LINES)
    if stacked_marks(text) is not None:
        found.append(_MARKS)
    return [Note("Y08", word.span, {"what": name, "found": one}) for one in found]


def _length_notes(word: ScalarNode, name: str, text: str, limit: int) -> list[Note]:
    return [Note("S10", word.span, {"what": name, "n": len(text), "max": limit})] if len(text) > limit else []


def _look_alike_notes(word: ScalarNode, text: str, interpreted: bool) -> list[Note]:
    level = Severity.PUBLISH if interpreted else Severity.WARNING
    template = looks_like_template(text) or (not interpreted and looks_like_placeholder(text))
    seen = ((looks_like_html(text), _HTML), (template, _TEMPLATE), (looks_like_formula(text), _FORMULA))
    return [Note("S09", word.span, {"type": kind}, level) for looks, kind in seen if looks]
