"""The parts of a procedure in Vietnamese words: who, how long, how much, where next. Read by summaries and drawings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from app.definition.duration import Duration
from app.definition.expression.prose import to_vietnamese
from app.definition.model.choice import Choice
from app.definition.model.documents import Document
from app.definition.model.money import Amount, AmountTable, ComputedAmount, Fee, FixedAmount, Tiers
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.model.route import Step, Way
from app.definition.model.who import Party, Place, Who
from app.definition.shape.tables.wording import COLLECT, STATUSES
from app.vietnamese.numbers import format_money_long

T = TypeVar("T")
END = "end"
_PARTIES = {"applicant": "Người nộp hồ sơ", "system": "Hệ thống", "anyone": "Mọi người"}
_PLACES = {
    "agency": "cơ quan giải quyết",
    "authority": "cơ quan có thẩm quyền",
    "reception": "nơi nhận hồ sơ",
    "same": "cùng đơn vị",
    "parent": "đơn vị cấp trên",
}
_COUNTS = (
    ("originals", "bản chính"),
    ("certified_copies", "bản sao chứng thực"),
    ("copies", "bản sao"),
    ("scans", "bản quét"),
)

_SET_BY = {"province": "HĐND cấp tỉnh quy định", "ministry": "Bộ quy định"}


class Speaker:
    """Says the parts of one procedure, with the titles of its organisation."""

    def __init__(self, procedure: Procedure, organisation: Organisation) -> None:
        self.procedure, self.organisation = procedure, organisation

    # ---- people and places

    def who(self, who: Who) -> str:
        """`Chuyên viên, Văn phòng Đăng ký đất đai`; one of several with "hoặc", each in turn with "rồi"."""
        return (" rồi " if who.each else " hoặc ").join(self.party(party) for party in who.parties)

    def party(self, party: Party) -> str:
        """One party."""
        if party.kind == "person":
            return f"người nêu ở “{self.label(party.key)}”"
        if party.kind == "actor":
            return f"người đã làm bước “{self.step_title(party.key)}”"
        if party.kind != "role":
            return _PARTIES[party.kind]
        role = self.organisation.roles.get(party.role)
        title = role.title if role is not None else party.role
        place = self.place(party.place) if party.place is not None else ""
        return f"{title}, {place}" if place else title

    def place(self, place: Place) -> str:
        """Where a role is held."""
        if place.kind == "unit":
            return self.unit(place.key)
        if place.kind == "type":
            return self.organisation.unit_types.get(place.key, place.key)
        if place.kind == "field":
            return f"đơn vị nêu ở “{self.label(place.key)}”"
        chosen = {"agency": self.procedure.agency, "authority": self.procedure.authority}.get(place.kind)
        fixed = chosen is not None and not chosen.cases and chosen.default
        return self.unit(str(fixed)) if fixed else _PLACES[place.kind]

    def agency(self) -> str:
        """The agency that owns the dossiers, where it is always the same."""
        agency = self.procedure.agency
        return "Cơ quan giải quyết" if agency.cases or not agency.default else self.unit(agency.default)

    def unit(self, key: str) -> str:
        """The short title of a unit."""
        unit = self.organisation.units.get(key)
        return key if unit is None else unit.short or unit.title

    def unit_title(self, key: str) -> str:
        """The full title of a unit."""
        unit = self.organisation.units.get(key)
        return key if unit is None else unit.title

    def label(self, field: str) -> str:
        """The label of a field, or of a column ``table.column``."""
        key, _dot, column = field.partition(".")
        known = self.procedure.form.fields.get(key)
        inner = known.column(column) if known is not None and column else known
        return inner.label if inner is not None else field

    def step_title(self, key: str) -> str:
        """The title of a step of any of the step tables."""
        steps = (route.by_key[key] for route in self.procedure.route.values() if key in route.by_key)
        first = next(steps, None)
        return first.title if first is not None else key

    # ---- values that depend on the case

    def choice(self, choice: Choice[T] | None, say: Callable[[T], str]) -> tuple[str, ...]:
        """The ordinary value first, then each other one with its condition."""
        if choice is None:
            return ()
        lines = () if choice.default is None else (say(choice.default),)
        return (*lines, *(f"{say(case.value)} {to_vietnamese(case.when)}" for case in choice.cases))

    def times(self, choice: Choice[Duration] | None) -> tuple[str, ...]:
        """`3 ngày làm việc`, `10 ngày làm việc khi có Đo đạc lại`."""
        return self.choice(choice, said_duration)

    # ---- steps

    def time_of(self, step: Step) -> tuple[str, ...]:
        """The time of a step: its budget, or what it waits for."""
        if step.wait is not None and step.wait.last is not None:
            return (f"chờ {said_duration(step.wait.last)}",)
        if step.wait is not None and step.wait.on == "payment":
            return (*self.times(step.within), "chờ nộp tiền")
        if step.consult is not None and step.consult.within is not None and step.within is None:
            return self.times(step.consult.within)
        return self.times(step.within)

    def ways(self, step: Step) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each way out of a step: what leads there ("" for the ordinary one), and the keys of the steps it opens."""
        for way in step.ways:
            yield self.lead(way), tuple(dict.fromkeys(target.step for target in way.targets))

    def lead(self, way: Way) -> str:
        """`“Yêu cầu làm lại”`, `khi có Đo đạc lại`."""
        parts = [f"“{way.title or way.choose}”"] if way.choose else []
        if way.when is not None:
            parts.append(to_vietnamese(way.when))
        return " ".join(parts)

    def status(self, step: Step) -> str:
        """`4 – đang xử lý`."""
        return STATUSES.get(step.status, step.status)

    # ---- papers and money

    def paper(self, document: Document) -> str:
        """Title, counts, condition."""
        counts = [f"{n} {word}" for name, word in _COUNTS if (n := int(getattr(document, name)))]
        when = to_vietnamese(document.when) if document.when is not None else ""
        needed = to_vietnamese(document.required_when, "bắt buộc khi ") if document.required_when is not None else ""
        optional = "" if document.required or document.required_when is not None else "nếu có"
        shown = "xuất trình" if document.presented else ""
        rest = [", ".join(counts), shown, "" if document.digitise else "không số hóa", optional, when, needed]
        return "; ".join(part for part in (document.title, *rest) if part)

    def fee(self, fee: Fee) -> Iterator[str]:
        """Title and when it is due, then the amounts."""
        when = f", {to_vietnamese(fee.when)}" if fee.when is not None else ""
        yield f"{fee.title} ({COLLECT.get(fee.collect, fee.collect)}){when}"
        for line in self.choice(fee.amount, self.amount):
            yield f"  {line}"
        if fee.decision or fee.set_by:
            setter = _SET_BY.get(fee.set_by, "")
            yield f"  theo {', '.join(filter(None, (fee.decision, setter)))}"
        for reduction in fee.reductions:
            yield f"  giảm {reduction.percent}% {to_vietnamese(reduction.when)}"
        for exemption in fee.exemptions:
            yield f"  miễn {to_vietnamese(exemption.when)}"

    def amount(self, amount: Amount) -> str:
        """`120.000 đồng`, or how it is found."""
        if isinstance(amount, FixedAmount):
            return format_money_long(amount.amount)
        if isinstance(amount, ComputedAmount):
            return to_vietnamese(amount.expression, "")
        if isinstance(amount, AmountTable):
            return f"theo bảng: {', '.join(self.label(name) for name in amount.names)}"
        return f"lũy tiến theo {to_vietnamese(amount.of, '')}" if isinstance(amount, Tiers) else "chưa ấn định"


def said_duration(duration: Duration) -> str:
    """`3 ngày làm việc`."""
    return duration.to_vietnamese()
