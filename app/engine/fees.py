"""What is owed for a dossier: amounts from tables, tiers and expressions, reductions, exemptions (section 10)."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from app.definition.model.money import (
    Amount,
    AmountTable,
    Band,
    ComputedAmount,
    Fee,
    FixedAmount,
    Tiers,
)
from app.definition.model.procedure import Procedure
from app.engine.state import State

Env = Mapping[str, object]
OWN_KINDS = frozenset(("fee", "charge", "price"))
HOME = "VND"


class FeeDue(NamedTuple):
    """One fee of this case. ``amount`` None: not known yet ("chưa xác định"). ``state``: due, exempt or unknown.

    ``why`` are the grounds of reductions or of the exemption, as printed on the receipt.
    """

    key: str
    title: str
    kind: str
    amount: int | None
    state: str
    why: tuple[str, ...]
    currency: str
    collect: str
    payee: str


class Balance(NamedTuple):
    """A fee with what has been paid of it."""

    fee: FeeDue
    paid: int

    @property
    def rest(self) -> int | None:
        """What is still to be paid; None while the amount is not known."""
        return None if self.fee.amount is None else max(0, self.fee.amount - self.paid)

    @property
    def is_settled(self) -> bool:
        """Paid in full, or nothing to pay."""
        return self.rest == 0


def fees_due(procedure: Procedure, env: Env, charged: Mapping[str, Any] | None = None) -> tuple[FeeDue, ...]:
    """The fees whose condition is true, in the order of the file. ``charged``: amounts entered by decision."""
    return tuple(
        fee_due(fee, env, (charged or {}).get(fee.key))
        for fee in procedure.fees
        if fee.when is None or fee.when.evaluate(env) is True
    )


def fee_due(fee: Fee, env: Env, charged: Mapping[str, Any] | None = None) -> FeeDue:
    """One fee that is due, with its amount if that can be said already."""
    for exemption in fee.exemptions:
        if exemption.when.evaluate(env) is True:
            return _due(fee, 0, "exempt", (exemption.why,))
    reductions = [reduction for reduction in fee.reductions if reduction.when.evaluate(env) is True]
    unit = _unit_amount(fee, env, charged)
    times = fee.times.evaluate(env) if fee.times is not None else 1
    if unit is None or isinstance(times, bool) or not isinstance(times, int | Decimal):
        return _due(fee, None, "unknown", tuple(reduction.why for reduction in reductions))
    total = _within(fee, unit) * Decimal(times)
    for reduction in reductions:
        total -= total * _percent(reduction.percent)
    return _due(fee, whole(total), "due", tuple(reduction.why for reduction in reductions))


def _due(fee: Fee, amount: int | None, state: str, why: tuple[str, ...]) -> FeeDue:
    grounds = tuple(text for text in why if text)
    return FeeDue(fee.key, fee.title, fee.kind, amount, state, grounds, fee.currency, fee.collect, fee.payee)


def whole(amount: Decimal) -> int:
    """Rounded half up to the đồng, once, at the end."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _percent(text: str) -> Decimal:
    return Decimal(text.strip().removesuffix("%").strip()) / 100


def _within(fee: Fee, amount: Decimal) -> Decimal:
    if fee.maximum is not None:
        amount = min(amount, Decimal(fee.maximum))
    return amount if fee.minimum is None else max(amount, Decimal(fee.minimum))


def _unit_amount(fee: Fee, env: Env, charged: Mapping[str, Any] | None) -> Decimal | None:
    """The amount of one unit: entered by decision, else as the definition says."""
    if charged is not None and charged.get("charged") is not None:
        return Decimal(charged["charged"])
    amount = fee.amount.pick(env)
    return None if amount is None else amount_of(amount, env)


def amount_of(amount: Amount, env: Env) -> Decimal | None:
    """An amount of any of the five forms; None while it cannot be said."""
    if isinstance(amount, FixedAmount):
        return Decimal(amount.amount)
    if isinstance(amount, ComputedAmount):
        return _number(amount.expression.evaluate(env))
    if isinstance(amount, AmountTable):
        return _cell(amount, env)
    return _tier(amount, env) if isinstance(amount, Tiers) else None


def _number(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _cell(table: AmountTable, env: Env) -> Decimal | None:
    """Walk down the names; ``else`` stands for every other key, an answer not given yet for none."""
    cells: object = table.cells
    for name in table.names:
        value = env.get(name)
        if value is None or not isinstance(cells, Mapping):
            return None
        key = str(value).lower() if isinstance(value, bool) else str(value)
        cells = cells.get(key, cells.get(value, cells.get("else")))
    return _number(cells)


def _tier(tiers: Tiers, env: Env) -> Decimal | None:
    value = _number(tiers.of.evaluate(env))
    if value is None:
        return None
    floor = Decimal(0)
    for band in tiers.bands:
        if _fits(band, value):
            part = value - floor
            return Decimal(band.amount) + (part * _percent(band.plus) if band.plus else 0)
        floor = Decimal(band.up_to if band.up_to is not None else band.below or 0)
    return None


def _fits(band: Band, value: Decimal) -> bool:
    if band.up_to is not None:
        return value <= band.up_to
    return band.below is None or value < band.below


# ---- with what has been paid


def balance(procedure: Procedure, state: State, env: Env) -> tuple[Balance, ...]:
    """Every fee of the case with what has been paid of it."""
    fees = fees_due(procedure, env, state.fees)
    return tuple(Balance(fee, int(state.fees.get(fee.key, {}).get("paid", 0))) for fee in fees)


def total(fees: tuple[FeeDue, ...], kinds: frozenset[str] = OWN_KINDS) -> int:
    """The sum of fees and charges in đồng, without obligations and payouts; what is not known is not summed."""
    return sum(fee.amount or 0 for fee in fees if fee.kind in kinds and fee.currency == HOME)


def unpaid(procedure: Procedure, state: State, env: Env, collect: frozenset[str]) -> tuple[str, ...]:
    """The fees of these moments of collection that block because their amount is known and not paid."""
    return tuple(
        entry.fee.key
        for entry in balance(procedure, state, env)
        if entry.fee.collect in collect and entry.fee.kind != "payout" and entry.rest
    )


def unsettled(procedure: Procedure, state: State, env: Env, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these fees that are not settled."""
    return tuple(key for key in keys if not is_settled(procedure, state, env, key))


def is_settled(procedure: Procedure, state: State, env: Env, key: str) -> bool:
    """Paid in full, exempt, or not due at all; not while the amount is unknown."""
    entries = [entry for entry in balance(procedure, state, env) if entry.fee.key == key]
    return all(entry.is_settled for entry in entries)
