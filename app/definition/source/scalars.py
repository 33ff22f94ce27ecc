"""Flags, numbers, dates and times: the key says which, and only one spelling of each is allowed."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

from app.definition.problem import Words
from app.definition.source.nodes import Node
from app.definition.source.reading import Note, Reading, scalar, wrong_type
from app.vietnamese.dates import parse_date, parse_moment, parse_time

_TRUTHS = {"true": True, "false": False}
_TRUTH_LIKE = {
    **dict.fromkeys(("yes", "y", "on", "true", "có", "đúng", "x"), "true"),
    **dict.fromkeys(("no", "n", "off", "false", "không", "sai"), "false"),
}
_MOST_DIGITS = 18
_WHOLE = r"-?(?:0|[1-9][0-9]{0,2}(?:_[0-9]{3})+|[1-9][0-9]*)"
_INTEGER = re.compile(_WHOLE)
_DECIMAL = re.compile(rf"{_WHOLE}(?:\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(rf"{_DATE.pattern} [0-9]{{2}}:[0-9]{{2}}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")

FLAG = Words("true hoặc false", "true or false")
INTEGER = Words("số nguyên", "a whole number")
DECIMAL = Words("số", "a number")
DATE = Words("ngày có thật, viết năm-tháng-ngày", "a real date, written year-month-day")
MOMENT = Words("ngày giờ có thật, viết năm-tháng-ngày giờ:phút", "a real moment, written year-month-day hour:minute")
TIME = Words("giờ trong ngày, viết giờ:phút", "a time of day, written hour:minute")

Number = int | Decimal
N = TypeVar("N", int, Decimal)


def read_flag(node: Node, name: str) -> Reading[bool]:
    """`true` or `false` without quotes; what other YAML tools also take for a truth value is named with its cure."""
    word = scalar(node)
    if word is None:
        return Reading(None, (wrong_type(node, name, FLAG, "true"),))
    if not word.quoted and word.text in _TRUTHS:
        return Reading(_TRUTHS[word.text])
    meant = _TRUTH_LIKE.get(word.text.lower())
    if meant is None:
        return Reading(None, (wrong_type(node, name, FLAG, "true"),))
    return Reading(None, (Note("S08", word.span, {"text": word.text, "suggestion": f"{name}: {meant}"}),))


def read_integer(node: Node, name: str, *, least: int | None = None, most: int | None = None) -> Reading[int]:
    """`1000` or `1_000`; no leading zero, sign `+`, hexadecimal, exponent or quotes."""
    text = _number(node, _INTEGER)
    if text is None:
        return Reading(None, (wrong_type(node, name, INTEGER, "12"),))
    return _within(node, name, int(text), least, most)


def read_decimal(node: Node, name: str, *, least: Number | None = None, most: Number | None = None) -> Reading[Decimal]:
    """`12`, `1_000.5`; the decimal sign is a dot."""
    text = _number(node, _DECIMAL)
    if text is None:
        return Reading(None, (wrong_type(node, name, DECIMAL, "12.5"),))
    return _within(node, name, Decimal(text), least, most)


def read_date(node: Node, name: str) -> Reading[date]:
    """`2025-07-01`."""
    word = scalar(node)
    if word and _DATE.fullmatch(word.text) and (day := _iso(word.text)):
        return Reading(day.date())
    typed = parse_date(word.text) if word else None
    return Reading(
        None, (wrong_type(node, name, DATE, typed.isoformat() if isinstance(typed, date) else "2026-07-01"),)
    )


def read_moment(node: Node, name: str) -> Reading[datetime]:
    """`2025-07-01 09:00`, office time."""
    word = scalar(node)
    if word and _MOMENT.fullmatch(word.text) and (moment := _iso(word.text)):
        return Reading(moment)
    typed = parse_moment(word.text) if word else None
    example = f"{typed:%Y-%m-%d %H:%M}" if isinstance(typed, datetime) else "2026-07-01 09:00"
    return Reading(None, (wrong_type(node, name, MOMENT, example),))


def read_time(node: Node, name: str) -> Reading[time]:
    """`15:00`."""
    word = scalar(node)
    if word and _TIME.fullmatch(word.text) and (moment := _iso(f"2000-01-01 {word.text}")):
        return Reading(moment.time())
    typed = parse_time(word.text) if word else None
    example = f"{typed:%H:%M}" if isinstance(typed, time) else "15:00"
    return Reading(None, (wrong_type(node, name, TIME, f'"{example}"'),))


def _number(node: Node, shape: re.Pattern[str]) -> str | None:
    """The digits; a long row of them is no number of this world and would cost time to convert."""
    word = scalar(node)
    if word is None or word.quoted or not shape.fullmatch(word.text):
        return None
    digits = word.text.replace("_", "")
    return digits if len(digits.lstrip("-")) <= _MOST_DIGITS else None


def _within(node: Node, name: str, value: N, least: Number | None, most: Number | None) -> Reading[N]:
    if (least is None or value >= least) and (most is None or value <= most):
        return Reading(value)
    vi = " ".join(f"{word} {end}" for word, end in (("từ", least), ("đến", most)) if end is not None)
    en = " ".join(f"{word} {end}" for word, end in (("from", least), ("to", most)) if end is not None)
    return Reading(None, (Note("K04", node.span, {"value": str(value), "key": name, "allowed": Words(vi, en)}),))


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
