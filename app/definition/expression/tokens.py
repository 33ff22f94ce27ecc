"""Cuts the text of an expression into tokens with their places: one pass, no backtracking."""

import re
from typing import Literal, NamedTuple, cast

from app.definition.text_problem import TextProblem, Words, same

TokenKind = Literal["number", "word", "string", "date", "sign", "end"]


class Token(NamedTuple):
    """A piece of the text and where it begins, in characters."""

    kind: TokenKind
    text: str
    offset: int

    @property
    def end(self) -> int:
        """Where the next piece may begin."""
        return self.offset + len(self.text)


_SPACE = re.compile(r"[ \t\n]*")
_TOKEN = re.compile(
    r"""(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?!\w))
      | (?P<number>[0-9][\w.]*)
      | (?P<word>[^\W\d]\w*)
      | (?P<string>"[^"\n]*")
      | (?P<sign>==|!=|<=|>=|[-<>+*/()\[\],.%])""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*(?:_[0-9]+)*)(?:\.[0-9]+)?")
_WHOLE_DIGITS = 18
_DECIMALS = 12

# What people write from other languages and from habit, and what it is called here.
_HABITS: dict[str, Words] = {
    "'": Words('Đặt chữ trong dấu nháy kép: subject == "land"', 'Put text in double quotes: subject == "land"'),
    "=": Words('So sánh bằng viết ==: subject == "land"', 'Equality is written ==: subject == "land"'),
    "&": Words("Viết and: resurvey and area > 100", "Write and: resurvey and area > 100"),
    "|": Words("Viết or: resurvey or remote_area", "Write or: resurvey or remote_area"),
    "!": Words("Viết not hoặc !=: not resurvey", "Write not or !=: not resurvey"),
    "≥": Words("Viết >=: area >= 100", "Write >=: area >= 100"),
    "≤": Words("Viết <=: area <= 100", "Write <=: area <= 100"),
    "≠": Words('Viết !=: subject != "land"', 'Write !=: subject != "land"'),
    "×": Words("Viết *: 2000 * pages", "Write *: 2000 * pages"),
    "^": Words("Không có lũy thừa; viết phép nhân: side * side", "There are no powers; multiply: side * side"),
    '"': Words('Đóng dấu nháy kép: "land"', 'Close the double quotes: "land"'),
    "“": Words('Dùng dấu nháy thẳng: "land"', 'Use straight quotes: "land"'),
    "”": Words('Dùng dấu nháy thẳng: "land"', 'Use straight quotes: "land"'),
}
_NUMBER_CURE = Words(
    f"Viết số như 1_000_000 hoặc 0.5 (đến {_WHOLE_DIGITS} chữ số, {_DECIMALS} số lẻ); "
    "mã là chữ, đặt trong nháy kép; ngày viết 2026-08-05",
    f"Write numbers like 1_000_000 or 0.5 (up to {_WHOLE_DIGITS} digits, {_DECIMALS} decimals); "
    "a code is text, in double quotes; dates are 2026-08-05",
)
_ANY_CURE = Words('Ví dụ: subject == "land" and area > 100', 'Example: subject == "land" and area > 100')


def unreadable(text: str, offset: int, length: int, what: Words, cure: Words) -> TextProblem:
    """X01: the text at this place is not what the grammar wants."""
    return TextProblem("X01", offset, length, {"text": same(text[:40] or "…"), "what": what}, cure)


def tokenize(text: str) -> list[Token] | TextProblem:
    """All tokens with an "end" token behind them, or the first place that is none."""
    tokens: list[Token] = []
    at = _skip_space(text, 0)
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            what = Words("tên, số, chữ trong nháy kép hoặc phép tính", "a name, number, quoted text or operator")
            return unreadable(text[at], at, 1, what, _HABITS.get(text[at], _ANY_CURE))
        token = Token(cast("TokenKind", match.lastgroup), match[0], at)
        if token.kind == "number" and not _fits(token.text):
            return unreadable(token.text, at, len(token.text), Words("một số", "a number"), _NUMBER_CURE)
        tokens.append(token)
        at = _skip_space(text, token.end)
    tokens.append(Token("end", "", len(text)))
    return tokens


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _fits(number: str) -> bool:
    whole, _, decimals = number.replace("_", "").partition(".")
    return bool(_NUMBER.fullmatch(number)) and len(whole) <= _WHOLE_DIGITS and len(decimals) <= _DECIMALS
