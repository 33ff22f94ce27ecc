"""Reads tokens into a syntax tree: recursive descent over the grammar of 5.1, never deeper than twelve levels."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from app.definition.duration import LARGEST_AMOUNT, UNIT_SPELLINGS, Duration, Segment, fraction_problem
from app.definition.expression.reserved import GRAMMAR_WORDS
from app.definition.expression.syntax import (
    Asked,
    Call,
    Chain,
    Compared,
    Constant,
    Either,
    Inverted,
    Joined,
    Listed,
    Member,
    Negative,
    Path,
    Syntax,
)
from app.definition.expression.tokens import Token, tokenize, unreadable
from app.definition.text_problem import TextProblem, Words

LONGEST_TEXT = 500
DEEPEST = 12
MOST_REMEMBERED = 1024  # texts read once: a file is compiled when it is checked and when it is served, versions repeat
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_UNIT_WORDS = frozenset(word for spelling in UNIT_SPELLINGS for word in spelling.split())

_VALUE = Words("một giá trị (tên, số, chữ trong nháy kép, ngày)", "a value (name, number, quoted text, date)")
_VALUE_CURE = Words('Ví dụ: subject == "land" and area > 100', 'Example: subject == "land" and area > 100')
_END = Words("phép so sánh, phép tính hoặc hết biểu thức", "a comparison, an operator or the end")
_END_CURE = Words(
    "Nối hai điều kiện bằng and hoặc or: a > 1 and a < 5", "Join two conditions by and or or: a > 1 and a < 5"
)


class _Stopped(Exception):
    """Carries the first syntax problem out of the descent; never leaves this module."""

    def __init__(self, problem: TextProblem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


@lru_cache(maxsize=MOST_REMEMBERED)
def read_syntax(text: str) -> Syntax | TextProblem:
    """The syntax tree of a whole expression, or its first problem (X01, X13)."""
    if len(text) > LONGEST_TEXT:
        too_long = Words(f"dài quá {LONGEST_TEXT} ký tự", f"longer than {LONGEST_TEXT} characters")
        return TextProblem("X13", LONGEST_TEXT, len(text) - LONGEST_TEXT, {"what": too_long}, _SPLIT)
    tokens = tokenize(text)
    if isinstance(tokens, TextProblem):
        return tokens
    try:
        return _Parser(tokens).whole()
    except _Stopped as stopped:
        return stopped.problem


_SPLIT = Words(
    "Tách một phần thành trường tính sẵn (value) rồi dùng tên trường",
    "Move a part into a computed field (value) and use its name",
)


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._level = 0

    # -- tokens ---------------------------------------------------------------------------------------------------

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _advance(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _sees(self, text: str) -> bool:
        return self._next.text == text and self._next.kind in ("word", "sign")

    def _takes(self, text: str) -> bool:
        if not self._sees(text):
            return False
        self._at += 1
        return True

    def _demand(self, text: str, example: str) -> Token:
        if not self._sees(text):
            raise self._stop(Words(f'"{text}"', f'"{text}"'), Words(f"Ví dụ: {example}", f"Example: {example}"))
        return self._advance()

    def _stop(self, what: Words, cure: Words) -> _Stopped:
        token = self._next
        return _Stopped(unreadable(token.text, token.offset, len(token.text), what, cure))

    def _behind(self) -> int:
        """Where the token before ended."""
        return self._tokens[self._at - 1].end

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._level += 1
        if self._level > DEEPEST:
            token = self._next
            what = Words(f"lồng sâu quá {DEEPEST} mức", f"nested deeper than {DEEPEST} levels")
            raise _Stopped(TextProblem("X13", token.offset, max(len(token.text), 1), {"what": what}, _SPLIT))
        yield
        self._level -= 1

    # -- grammar, from the top ------------------------------------------------------------------------------------

    def whole(self) -> Syntax:
        tree = self._choice()
        if self._next.kind != "end":
            raise self._stop(_END, _END_CURE)
        return tree

    def _choice(self) -> Syntax:
        then = self._or()
        if not self._takes("if"):
            return then
        condition = self._or()
        self._demand("else", "1000 if resurvey else 0")
        with self._deeper():
            otherwise = self._choice()
        return Either(then.start, otherwise.end, condition, then, otherwise)

    def _or(self) -> Syntax:
        return self._joined("or", self._and)

    def _and(self) -> Syntax:
        return self._joined("and", self._not)

    def _joined(self, word: Literal["and", "or"], part: Callable[[], Syntax]) -> Syntax:
        items = [part()]
        while self._takes(word):
            items.append(part())
        return items[0] if len(items) == 1 else Joined(items[0].start, items[-1].end, word, tuple(items))

    def _not(self) -> Syntax:
        start = self._next.offset
        if not self._takes("not"):
            return self._test()
        with self._deeper():
            item = self._not()
        return Inverted(start, item.end, item)

    def _test(self) -> Syntax:
        left = self._sum()
        if self._next.kind == "sign" and self._next.text in _COMPARISONS:
            sign = self._advance().text
            right = self._sum()
            return Compared(left.start, right.end, sign, left, right)
        if self._takes("is"):
            negated = self._takes("not")
            end = self._demand("missing", "contractor is not missing").end
            return Asked(left.start, end, left, negated)
        negated = self._takes("not")
        if negated or self._sees("in"):
            self._demand("in", 'variant not in ["a", "b"]')
            among = self._list_or_name()
            return Member(left.start, among.end, left, among, negated)
        return left

    def _list_or_name(self) -> Syntax:
        if self._sees("[") or (self._next.kind == "word" and self._next.text not in GRAMMAR_WORDS):
            among = self._atom()
            if isinstance(among, Listed | Path):
                return among
        example = 'variant in ["a", "b"]'
        cure = Words(f"Ví dụ: {example}", f"Example: {example}")
        raise self._stop(Words("danh sách [..] hoặc tên", "a list [..] or a name"), cure)

    def _sum(self) -> Syntax:
        return self._chain("+", ("+", "-"), self._product)

    def _product(self) -> Syntax:
        return self._chain("*", ("*", "/"), self._unary)

    def _chain(self, first: str, signs: tuple[str, str], part: Callable[[], Syntax]) -> Syntax:
        used, items = [first], [part()]
        while self._next.kind == "sign" and self._next.text in signs:
            used.append(self._advance().text)
            items.append(part())
        return items[0] if len(items) == 1 else Chain(items[0].start, items[-1].end, tuple(used), tuple(items))

    def _unary(self) -> Syntax:
        start = self._next.offset
        if not self._takes("-"):
            return self._atom()
        with self._deeper():
            item = self._unary()
        return Negative(start, item.end, item)

    # -- atoms ----------------------------------------------------------------------------------------------------

    def _atom(self) -> Syntax:
        token = self._next
        if token.kind == "number":
            return self._number()
        if token.kind == "string":
            self._advance()
            return Constant(token.offset, token.end, "text", token.text[1:-1])
        if token.kind == "date":
            return self._date()
        if token.kind == "word":
            return self._word()
        if self._takes("["):
            return self._list(token)
        if self._takes("("):
            return self._inside()
        raise self._stop(_VALUE, _VALUE_CURE)

    def _inside(self) -> Syntax:
        with self._deeper():
            item = self._choice()
        self._demand(")", "(a + b) * 2")
        return item

    def _number(self) -> Syntax:
        token = self._advance()
        value = _whole_if_possible(Fraction(token.text.replace("_", "")))
        if self._takes("%"):
            return Constant(token.offset, self._behind(), "percent", _whole_if_possible(Fraction(value, 100)))
        if self._next.kind == "word" and self._next.text in _UNIT_WORDS:
            return self._duration(token, Fraction(value))
        return Constant(token.offset, token.end, "number", value)

    def _duration(self, number: Token, amount: Fraction) -> Syntax:
        spelling = self._advance().text
        if spelling == "working":
            spelling = f"working {self._next.text}"
            if spelling not in UNIT_SPELLINGS:
                raise self._stop(Words('"days"', '"days"'), Words("Ví dụ: 5 working days", "Example: 5 working days"))
            self._advance()
        unit, end = UNIT_SPELLINGS[spelling], self._behind()
        if amount > LARGEST_AMOUNT:
            cure = Words(f"Nhiều nhất {LARGEST_AMOUNT}: 5 working days", f"At most {LARGEST_AMOUNT}: 5 working days")
            what = Words("khoảng thời gian", "a duration")
            raise _Stopped(unreadable(number.text, number.offset, end - number.offset, what, cure))
        problem = fraction_problem(amount, unit, number.offset, end - number.offset, steps=False)
        if problem:
            raise _Stopped(problem)
        return Constant(number.offset, end, "duration", Duration((Segment(amount, unit),)))

    def _date(self) -> Syntax:
        token = self._advance()
        try:
            value = date.fromisoformat(token.text)
        except ValueError:
            cure = Words(
                "Viết ngày có thật dạng 2026-08-05; phép trừ viết có dấu cách: 2026 - 8",
                "Write a real date like 2026-08-05; a subtraction has spaces: 2026 - 8",
            )
            raise _Stopped(
                unreadable(token.text, token.offset, len(token.text), Words("một ngày", "a date"), cure)
            ) from None
        return Constant(token.offset, token.end, "date", value)

    def _word(self) -> Syntax:
        token = self._next
        if token.text in ("true", "false"):
            self._advance()
            return Constant(token.offset, token.end, "flag", token.text == "true")
        if token.text in GRAMMAR_WORDS:
            raise self._stop(_VALUE, _VALUE_CURE)
        self._advance()
        if self._takes("("):
            return self._call(token)
        parts = [token.text]
        while self._takes("."):
            if self._next.kind != "word":
                raise self._stop(
                    Words("tên sau dấu chấm", "a name after the dot"),
                    Words("Ví dụ: applicant.kind", "Example: applicant.kind"),
                )
            parts.append(self._advance().text)
        return Path(token.offset, self._behind(), ".".join(parts))

    def _call(self, name: Token) -> Syntax:
        arguments: list[Syntax] = []
        with self._deeper():
            while not self._takes(")"):
                if arguments:
                    self._demand(",", "max(pages - 2, 0)")
                arguments.append(self._choice())
        return Call(name.offset, self._behind(), name.text, tuple(arguments))

    def _list(self, opening: Token) -> Syntax:
        items: list[Syntax] = []
        with self._deeper():
            while not self._takes("]"):
                if items:
                    self._demand(",", 'variant in ["a", "b"]')
                items.append(self._atom())
        return Listed(opening.offset, self._behind(), tuple(items))


def _whole_if_possible(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value
