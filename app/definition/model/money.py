"""Fees, charges and obligations (section 10)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.definition.expression import Expression
from app.definition.model.choice import Choice


@dataclass(frozen=True, slots=True)
class FixedAmount:
    """A whole number of đồng (or of the fee's currency)."""

    amount: int


@dataclass(frozen=True, slots=True)
class ComputedAmount:
    """An expression of type money or number."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class ToBeSet:
    """Entered as data with its decision number, by date; unknown until then."""


@dataclass(frozen=True, slots=True)
class AmountTable:
    """Amounts by option keys: ``cells`` nests by ``down``, then ``across``; "else" stands for every other key."""

    names: tuple[str, ...]
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Band:
    """One band: up to (inclusive) or below (exclusive) a bound, or without one.

    ``plus``: percent of the part above the band before.
    """

    amount: int
    up_to: int | None = None
    below: int | None = None
    plus: str = ""


@dataclass(frozen=True, slots=True)
class Tiers:
    """Progressive amount over the value of an expression; the first band that fits."""

    of: Expression
    bands: tuple[Band, ...]


Amount = FixedAmount | ComputedAmount | ToBeSet | AmountTable | Tiers


@dataclass(frozen=True, slots=True)
class Reduction:
    """Percent off, with its ground; several are multiplied one after the other."""

    when: Expression
    percent: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """The first true one makes the amount 0, state exempt."""

    when: Expression
    why: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """Money that is due.

    ``kind``: fee | charge | obligation | price | payout.
    ``collect``: at_intake | after_notice | before_result | at_return | elsewhere.
    """

    key: str
    title: str
    kind: str
    amount: Choice[Amount]
    when: Expression | None = None
    times: Expression | None = None
    maximum: int | None = None
    minimum: int | None = None
    reductions: tuple[Reduction, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    collect: str = "before_result"
    refund: tuple[str, ...] = ()
    set_by: str = ""
    decision: str = ""
    currency: str = "VND"
    payee: str = ""
    code: str = ""
