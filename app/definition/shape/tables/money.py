"""Keys of fees (section 10)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.definition.shape.reader import REFUSED, Reader
from app.definition.shape.record import Record, Row, Switch
from app.definition.shape.scalars import Expression, Integer, OneOf, Percent
from app.definition.shape.structures import Either, ListOf, refuse
from app.definition.shape.tables.vocabulary import (
    CODE,
    EXPRESSION,
    FILE_KEY,
    NAME_KEY,
    TITLE,
    choice,
)
from app.definition.shape.tables.wording import COLLECT, FEE_KINDS
from app.definition.shape.tree import Branch, Mark
from app.definition.source import MappingNode, Node, ScalarNode
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off
_CELLS_EXPECTED = Words("các ô dạng {khóa: số tiền}", "cells such as {key: amount}")
MONEY = Integer(0)
_DIGITS = re.compile(r"[0-9][0-9_]*")
_AMOUNT = Words('số tiền, biểu thức, to_be_set, table hoặc tiers', "an amount, expression, to_be_set, table or tiers")


@dataclass(frozen=True, slots=True)
class PlainAmount:
    """A whole number, ``to_be_set``, or an expression."""

    expected: Words = _AMOUNT

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """A number as int, everything else as text."""
        if isinstance(node, ScalarNode) and not node.quoted and _DIGITS.fullmatch(node.text):
            return MONEY.read(node, name, reader)
        return Expression(self.expected).read(node, name, reader)

    def schema(self) -> dict[str, Any]:
        """A number or text."""
        return {"anyOf": [{"type": "integer", "minimum": 0}, {"const": "to_be_set"}, {"type": "string"}]}


@dataclass(frozen=True, slots=True)
class Cells:
    """Amounts by option keys, nested: ``{land: {online: 9, else: 10}}``."""

    expected: Words = _CELLS_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """Nested mappings with amounts at the bottom."""
        if not isinstance(node, MappingNode):
            return refuse(reader, node, name, self.expected)
        branch = Branch()
        for key, inner in node.entries:
            kind = self if isinstance(inner, MappingNode) else MONEY
            value = kind.read(inner, key.text, reader)
            if value is REFUSED:
                branch.refused.add(key.text)
            else:
                branch.put(key.text, value, Mark(reader.file, inner, key))
        return branch

    def schema(self) -> dict[str, Any]:
        """An object of objects or amounts."""
        return {"type": "object"}


BAND = Record(
    "band",
    Words("bậc", "band"),
    (
        Row("up_to", MONEY, "Đến hết giá trị này.", "Up to and including this."),
        Row("below", MONEY, "Dưới giá trị này.", "Below this."),
        Row("is", MONEY, "Số tiền của bậc.", "Amount of the band.", required=True),
        Row("plus", Percent(), "Cộng phần trăm của phần vượt bậc trước.", "Percent of the part above the band before."),
    ),
    exclusive=(("up_to", "below"),),
)
TIERS = Record(
    "tiers",
    Words("biểu lũy tiến", "tiers"),
    (
        Row("of", EXPRESSION, "Giá trị để chọn bậc.", "The value that picks the band.", required=True),
        Row("bands", ListOf(BAND), "Các bậc từ thấp đến cao, bậc cuối không giới hạn.",
            "Bands, the last without limit.",
            required=True),
    ),
)
AMOUNT_TABLE = Record(
    "amount_table",
    Words("bảng mức phí", "table of amounts"),
    (
        Row("down", ListOf(EXPRESSION, one=True), "Tên (các tên) chọn dòng.", "Name or names picking the row.",
            required=True),
        Row("across", EXPRESSION, "Tên chọn cột.", "Name picking the column."),
        Row("cells", Cells(), "Các ô theo thứ tự down rồi across; else thay mọi khóa khác.",
            "Cells nested by down, then across; else stands for every other key.", required=True),
    ),
)
_TABLE = Record("amount_by_table", Words("mức theo bảng", "amount by table"),
                (Row("table", AMOUNT_TABLE, "Mức theo bảng.", "Amounts by keys.", required=True),))
_TIERS = Record("amount_by_tiers", Words("mức lũy tiến", "amount by tiers"),
                (Row("tiers", TIERS, "Mức lũy tiến.", "Progressive amounts.", required=True),))
AMOUNT = Either(_AMOUNT, scalar=PlainAmount(), mapping=Switch((("table", _TABLE),), _TIERS))

REDUCTION = Record(
    "reduction",
    Words("khoản giảm", "reduction"),
    (
        Row("when", EXPRESSION, "Được giảm khi điều kiện đúng.", "If this is true.", required=True),
        Row("percent", Percent(), "Giảm bao nhiêu phần trăm.", "Percent off.", required=True),
        Row("why", TITLE, "Căn cứ, in trên biên lai.", "Ground, printed on the receipt."),
    ),
)
EXEMPTION = Record(
    "exemption",
    Words("trường hợp miễn", "exemption"),
    (
        Row("when", EXPRESSION, "Được miễn khi điều kiện đúng.", "If this is true.", required=True),
        Row("why", TITLE, "Căn cứ.", "Ground."),
    ),
)
# ISO 4217: the đồng, what our offices abroad take, and the neighbours' money.
CURRENCIES = (
    "VND", "USD", "EUR", "GBP", "JPY", "CNY", "KRW", "TWD", "HKD", "SGD", "THB", "LAK", "KHR", "MYR", "IDR", "PHP",
    "INR", "AUD", "NZD", "CAD", "CHF", "SEK", "NOK", "DKK", "CZK", "PLN", "HUF", "RUB",
)
FEE = Record(
    "fee",
    Words("khoản thu", "fee"),
    (
        Row("key", NAME_KEY, "Khóa của khoản thu.", "Key of the fee.", required=True),
        Row("title", TITLE, "Tên khoản thu.", "Title.", required=True),
        Row("kind", OneOf(tuple(FEE_KINDS), words=FEE_KINDS), "Loại khoản thu.", "Kind of money.", required=True,
            example="kind: fee"),
        Row("amount", choice(AMOUNT), "Mức thu: số, biểu thức, to_be_set, table hoặc tiers.", "The amount.",
            required=True, example="amount: 50000"),
        Row("when", EXPRESSION, "Chỉ thu khi điều kiện đúng.", "Due only if this is true."),
        Row("times", EXPRESSION, "Nhân với số lượng này.", "Multiplied by this."),
        Row("max", MONEY, "Mức trần.", "Cap."),
        Row("min", MONEY, "Mức sàn.", "Floor."),
        Row("reductions", ListOf(REDUCTION), "Các khoản giảm, nhân lần lượt.", "Reductions, one after the other.",
            default=()),
        Row("exemptions", ListOf(EXEMPTION), "Các trường hợp miễn.", "Exemptions.", default=()),
        Row("collect", OneOf(tuple(COLLECT), words=COLLECT), "Thu khi nào.", "When it is collected.",
            default="before_result"),
        Row("refund", ListOf(OneOf(("never", "if_refused", "if_withdrawn"), words={
            "never": "không hoàn", "if_refused": "hồ sơ bị từ chối, bị dừng", "if_withdrawn": "người nộp rút hồ sơ"}),
            one=True), "Khi nào hoàn lại.", "When it is paid back.", default=("never",)),
        Row("set_by", OneOf(("province", "ministry"), words={"province": "HĐND cấp tỉnh", "ministry": "Bộ"}),
            "Cấp quyết định mức thu (với to_be_set).", "Who sets it (with to_be_set)."),
        Row("decision", TITLE, "Văn bản quyết định mức thu.", "The decision that sets it."),
        Row("currency", OneOf(CURRENCIES), "Loại tiền (mã ISO).", "Currency, as its ISO code.", default="VND"),
        Row("payee", FILE_KEY, "Đơn vị nhận tiền.", "Who receives it."),
        Row("code", CODE, "Mã phí, lệ phí.", "Code of the fee, for connectors."),
    ),
    names="key",
)
