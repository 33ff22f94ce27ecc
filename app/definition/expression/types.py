"""The types of values in expressions (language section 5.2): frozen, comparable, and named in the words of problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from app.definition.duration import Family
from app.definition.text_problem import Words, same

Kind = Literal[
    "flag",
    "text",
    "number",
    "money",
    "percent",
    "date",
    "moment",
    "duration",
    "unit",
    "user",
    "object",
    "option",
    "list",
    "rows",
    "calendar",
]


@dataclass(frozen=True, slots=True)
class Type:
    """One type. The details that a kind does not need stay empty.

    ``detail``: currency of money, form of a calendar text (time, month, quarter), family of a duration ("" = any).
    ``options``: keys and labels of an option, None when the keys are not known here; ``name``: the list they come from.
    """

    kind: Kind
    detail: str = ""
    options: tuple[tuple[str, str], ...] | None = None
    name: str = ""
    item: "Type | None" = None
    columns: "tuple[tuple[str, Name], ...]" = ()

    def labels(self) -> Mapping[str, str]:
        """Option keys and their Vietnamese labels."""
        return dict(self.options or ())

    def column(self, key: str) -> "Name | None":
        """A column of a table."""
        return dict(self.columns).get(key)

    def element(self) -> "Type":
        """What a list holds."""
        return self.item or OBJECT

    def words(self) -> Words:
        """How problems call it."""
        if self.kind == "list":
            item = self.element().words()
            return Words(f"danh sách {item.vi}", f"list of {item.en}")
        if self.kind == "money" and self.detail != "VND":
            return Words(f"tiền ({self.detail})", f"money ({self.detail})")
        if self.kind == "calendar":
            return _CALENDAR_WORDS[self.detail]
        if self.kind == "option" and self.name:
            return Words(f'lựa chọn của "{self.name}"', f'option of "{self.name}"')
        return _WORDS.get(self.kind) or same(self.kind)


@dataclass(frozen=True, slots=True)
class Name:
    """What is known of a name: type, Vietnamese label, the step that first fills it, measure, smallest value.

    ``sealed``: what is stored is a seal, so the database cannot look into it.
    """

    type: Type
    label: str
    known_from: str | None = None
    measure: str = ""
    minimum: int | Decimal | None = field(default=None)
    sealed: bool = False


_WORDS: dict[Kind, Words] = {
    "flag": Words("đúng/sai", "flag"),
    "text": Words("chữ", "text"),
    "number": Words("số", "number"),
    "money": Words("tiền (đồng)", "money (đồng)"),
    "percent": Words("phần trăm", "percent"),
    "date": Words("ngày", "date"),
    "moment": Words("thời điểm", "moment"),
    "duration": Words("khoảng thời gian", "duration"),
    "unit": Words("đơn vị", "unit"),
    "user": Words("người", "user"),
    "object": Words("giá trị nhiều phần", "composite value"),
    "option": Words("lựa chọn", "option"),
    "rows": Words("bảng", "table"),
}
_CALENDAR_WORDS = {
    "time": Words("giờ trong ngày", "time of day"),
    "month": Words("tháng", "month"),
    "quarter": Words("quý", "quarter"),
}

FLAG = Type("flag")
TEXT = Type("text")
NUMBER = Type("number")
MONEY = Type("money", "VND")
PERCENT = Type("percent")
DATE = Type("date")
MOMENT = Type("moment")
DURATION = Type("duration")
UNIT = Type("unit")
USER = Type("user")
OBJECT = Type("object")


def money(currency: str) -> Type:
    """Money of another currency than the đồng."""
    return Type("money", currency)


def option(labels: Mapping[str, str] | None, name: str = "") -> Type:
    """One key of a list; None where the keys are not known (communes)."""
    return Type("option", options=None if labels is None else tuple(labels.items()), name=name)


def listed(item: Type) -> Type:
    """Several values of one type: choices, users, units, files."""
    return Type("list", item=item)


def rows(columns: Mapping[str, Name]) -> Type:
    """A table and its columns."""
    return Type("rows", columns=tuple(columns.items()))


def calendar(form: Literal["time", "month", "quarter"]) -> Type:
    """A part of the calendar kept as ISO text: "09:30", "2026-08", "2026-Q3"."""
    return Type("calendar", form)


def lasting(family: Family) -> Type:
    """A duration whose units are known."""
    return Type("duration", family)
