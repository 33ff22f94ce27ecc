"""What stands for a name in the text of a print: a typed value for its conditions, words for its places."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from app.definition.model.print_text import Each
from app.definition.shape.tables.wording import APPLICANT_KINDS, CHANNELS
from app.engine.documents import known_papers
from app.engine.fees import OWN_KINDS, balance
from app.operations.prints.handed_in import asked_for, handed_in
from app.operations.prints.occasion import Occasion
from app.operations.prints.values import value_text
from app.storage.projection import text_of
from app.vietnamese.dates import day_text, moment_text
from app.vietnamese.numbers import format_money_long, format_number

OPEN_PLACE: Final = "……"  # to be filled in by hand
_KINDS: Final = {"fee": "phí", "charge": "lệ phí", "obligation": "nghĩa vụ tài chính", "price": "giá dịch vụ"}
Row = Mapping[str, Any]


class PrintWords(Mapping[str, object]):
    """The names of one print. A field of the form wins over a name of the platform, as in every expression."""

    def __init__(self, occasion: Occasion) -> None:
        self._occasion = occasion
        self._fields = occasion.procedure.form.fields

    def get(self, name: str, default: object = None) -> Any:
        """The typed value of a name, or the default where it is missing."""
        value = self._own(name) if name not in self._fields else None
        if value is None:
            value = self._occasion.env.get(name)
        return default if value is None else value

    def __getitem__(self, name: str) -> object:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        yield from (*VALUES, *TABLES, *self._fields)

    def __len__(self) -> int:
        return len(VALUES) + len(TABLES) + len(self._fields)

    def _own(self, name: str) -> object:
        found = VALUES.get(name)
        if found is not None:
            value = found(self._occasion)
            return None if value == "" else value
        return TABLES[name](self._occasion) if name in TABLES else None

    def text(self, name: str, table: str = "", row: Row | None = None) -> str:
        """What stands at a place; a column of the row in view comes first."""
        if row is not None and self.has_column(table, name):
            return self._cell(table, name, row)
        if name.startswith("form."):
            return self._answer(name.removeprefix("form."))
        if name == "fees":
            return fees_text(self._occasion)
        value = VALUES[name](self._occasion) if name in VALUES else None
        return _written(name, value) or OPEN_PLACE

    def rows(self, block: Each) -> tuple[Row, ...]:
        """The rows of a table: answers as they are stored, or what the platform counts up."""
        if block.table in self._fields:
            stored = self._occasion.state.answers.get(block.table) or ()
            return tuple(row for row in stored if isinstance(row, Mapping))
        return TABLES[block.table](self._occasion) if block.table in TABLES else ()

    def has_column(self, table: str, name: str) -> bool:
        """Whether rows of the table have a column of this name."""
        if table in self._fields:
            return self._fields[table].column(name) is not None
        return name in ("title", "amount", "kind")

    def _cell(self, table: str, name: str, row: Row) -> str:
        column = self._fields[table].column(name) if table in self._fields else None
        if column is None:
            return str(row.get(name) or OPEN_PLACE)
        return value_text(column, row.get(name), self._occasion.titles) or OPEN_PLACE

    def _answer(self, path: str) -> str:
        key, _, name = path.partition(".")
        field, stored = self._fields.get(key), self._occasion.state.answers.get(key)
        column = field.column(name) if field is not None and name else None
        if field is None or (name and column is None):
            return OPEN_PLACE
        if column is None:
            return value_text(field, stored, self._occasion.titles) or OPEN_PLACE
        cells = (value_text(column, row.get(name), self._occasion.titles) for row in stored or ())
        return ", ".join(cell for cell in cells if cell) or OPEN_PLACE


def _written(name: str, value: object) -> str:
    if name == "payment.amount" and isinstance(value, int):
        return format_money_long(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format_number(value)
    return str(value or "")


# ---- what the platform knows by itself


def _applicant(part: str) -> Callable[[Occasion], object]:
    return lambda occasion: text_of(occasion.state.applicant.get(part))


def _agency(part: str) -> Callable[[Occasion], object]:
    return lambda occasion: getattr(occasion.world.organisation.agency, part)


def _fact_moment(name: str) -> Callable[[Occasion], object]:
    def read(occasion: Occasion) -> datetime | None:
        written = occasion.facts.get(name)
        return datetime.fromisoformat(written) if written else None

    return read


def _request(name: str) -> Callable[[Occasion], object]:
    return lambda occasion: (occasion.state.requests[-1] if occasion.state.requests else {}).get(name)


def _request_due(occasion: Occasion) -> datetime | None:
    due = _request("due")(occasion)
    return datetime.fromisoformat(str(due)) if due else None


def _step_due(occasion: Occasion) -> datetime | None:
    step = occasion.facts.get("step")
    visits = (*occasion.state.visits, *reversed(occasion.state.past))
    return next((visit.due for visit in visits if visit.step == step and visit.kind == "step"), None)


def _variant(occasion: Occasion) -> str:
    variants = occasion.procedure.variants
    return next((one.title for one in variants if one.key == occasion.state.variant), "")


def _reason(occasion: Occasion) -> str:
    said = occasion.facts.get("reason") or occasion.state.refusal.get("reason") or _request("reason")(occasion)
    return str(said or "")


def _to_pay(occasion: Occasion) -> int:
    owed = balance(occasion.procedure, occasion.state, occasion.env)
    return sum(entry.rest or 0 for entry in owed if entry.fee.kind != "payout" and entry.fee.currency == "VND")


VALUES: Final[Mapping[str, Callable[[Occasion], object]]] = {
    "today": lambda occasion: occasion.now.date(),
    "now": lambda occasion: occasion.now,
    "dossier.code": lambda occasion: occasion.state.code,
    "dossier.received": lambda occasion: occasion.state.received_at,
    "dossier.due": lambda occasion: occasion.state.due,
    "dossier.limit": lambda occasion: occasion.limit,
    "dossier.reception": lambda occasion: occasion.unit_title(occasion.state.unit or occasion.state.agency),
    "dossier.variant": _variant,
    "dossier.channel": lambda occasion: CHANNELS.get(occasion.state.channel, ""),
    "dossier.sets": lambda occasion: occasion.procedure.sets,
    "procedure.title": lambda occasion: occasion.procedure.title,
    "procedure.code": lambda occasion: occasion.procedure.code or occasion.procedure.local_code,
    "applicant.name": _applicant("name"),
    "applicant.kind": lambda occasion: APPLICANT_KINDS.get(str(occasion.state.applicant.get("kind", "")), ""),
    "applicant.identity": _applicant("identity"),
    "applicant.address": _applicant("address"),
    "applicant.phone": _applicant("phone"),
    "applicant.email": _applicant("email"),
    "applicant.representative": _applicant("representative"),
    "agency.title": _agency("title"),
    "agency.parent_title": _agency("parent_title"),
    "agency.place": _agency("place"),
    "agency.phone": _agency("phone"),
    "agency.website": _agency("website"),
    "authority.title": lambda occasion: occasion.unit_title(occasion.state.authority or occasion.state.agency),
    "unit.title": lambda occasion: occasion.unit_title(occasion.state.unit or occasion.state.agency),
    "unit.phone": lambda occasion: (
        (occasion.reception.phone if occasion.reception else "") or occasion.world.organisation.agency.phone
    ),
    "step.title": lambda occasion: occasion.step.title if occasion.step else "",
    "step.due": _step_due,
    "payment.amount": _to_pay,
    "actor.name": lambda occasion: occasion.maker,
    "decision.reason": _reason,
    "request.number": lambda occasion: occasion.state.supplements,
    "request.due": _request_due,
    "extension.from": _fact_moment("from"),
    "extension.to": _fact_moment("to"),
}


def _fees(occasion: Occasion) -> tuple[Row, ...]:
    owed = balance(occasion.procedure, occasion.state, occasion.env)
    return tuple(
        {
            "title": entry.fee.title,
            "amount": _amount(entry.fee.amount, entry.fee.currency),
            "kind": _KINDS.get(entry.fee.kind, ""),
        }
        for entry in owed
        if entry.fee.kind != "payout"
    )


def _amount(amount: int | None, currency: str) -> str:
    if amount is None:
        return "theo thông báo"
    return format_money_long(amount) if currency == "VND" else f"{format_number(amount)} {currency}"


def fees_text(occasion: Occasion) -> str:
    """The sum of fees, charges and prices as far as it is known; "Không" where there are none."""
    owed = [one.fee for one in balance(occasion.procedure, occasion.state, occasion.env) if one.fee.kind in OWN_KINDS]
    known = [fee.amount for fee in owed if fee.amount is not None and fee.currency == "VND"]
    if not owed:
        return "Không"
    return format_money_long(sum(known)) if len(known) == len(owed) else "theo thông báo"


def _documents(occasion: Occasion) -> tuple[Row, ...]:
    return tuple({"title": one.title, "amount": one.amount} for one in handed_in(occasion))


def _requested(occasion: Occasion) -> tuple[Row, ...]:
    papers = known_papers(occasion.procedure)
    keys = _request("documents")(occasion) or ()
    wanted = (papers[key] for key in keys if key in papers)  # type: ignore[attr-defined]
    return tuple({"title": paper.title, "amount": asked_for(paper)} for paper in wanted)


TABLES: Final[Mapping[str, Callable[[Occasion], tuple[Row, ...]]]] = {
    "fees": _fees,
    "dossier.documents": _documents,
    "request.documents": _requested,
}
