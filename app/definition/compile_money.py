"""Fees of the expanded document as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.definition.compile_context import Context
from app.definition.expression import MONEY, NUMBER, Scope
from app.definition.finding import KeyPath
from app.definition.model.money import (
    Amount,
    AmountTable,
    Band,
    ComputedAmount,
    Exemption,
    Fee,
    FixedAmount,
    Reduction,
    Tiers,
    ToBeSet,
)


def compile_fees(fees: Any, scope: Scope, context: Context) -> tuple[Fee, ...]:
    """Every fee that has a key and an amount."""
    return tuple(
        _fee(fee, ("fees", at), scope, context) for at, fee in enumerate(fees) if "key" in fee and "amount" in fee
    )


def _fee(fee: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context) -> Fee:
    return Fee(
        key=fee["key"],
        title=fee.get("title", fee["key"]),
        kind=fee.get("kind", "fee"),
        amount=context.choice(
            fee["amount"], (*path, "amount"), scope, lambda one, at: _amount(one, at, scope, context)
        ),
        when=context.optional(fee, "when", path, scope),
        times=context.optional(fee, "times", path, scope, NUMBER),
        maximum=fee.get("max"),
        minimum=fee.get("min"),
        reductions=tuple(
            Reduction(
                context.expression(one["when"], (*path, "reductions", at, "when"), scope),
                one.get("percent", "0"),
                one.get("why", ""),
            )
            for at, one in enumerate(fee.get("reductions", ()))
            if "when" in one
        ),
        exemptions=tuple(
            Exemption(context.expression(one["when"], (*path, "exemptions", at, "when"), scope), one.get("why", ""))
            for at, one in enumerate(fee.get("exemptions", ()))
            if "when" in one
        ),
        collect=fee.get("collect", "before_result"),
        refund=tuple(when for when in fee.get("refund", ()) if when != "never"),
        set_by=fee.get("set_by", ""),
        decision=fee.get("decision", ""),
        currency=fee.get("currency", "VND"),
        payee=fee.get("payee", ""),
        code=fee.get("code", ""),
    )


def _amount(value: Any, path: KeyPath, scope: Scope, context: Context) -> Amount:
    if isinstance(value, int):
        return FixedAmount(value)
    if value == "to_be_set":
        return ToBeSet()
    if isinstance(value, str):
        return ComputedAmount(context.expression(value, path, scope, MONEY))
    if "table" in value:
        return _table(value["table"], (*path, "table"), scope, context)
    return _tiers(value.get("tiers", {}), (*path, "tiers"), scope, context)


def _table(table: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context) -> AmountTable:
    names = [*table.get("down", ())]
    for at, name in enumerate(names):
        context.expression(name, (*path, "down", at), scope, None)
    if "across" in table:
        context.expression(table["across"], (*path, "across"), scope, None)
        names.append(table["across"])
    return AmountTable(tuple(names), _cells(table.get("cells", {})))


def _cells(cells: Mapping[str, Any]) -> Mapping[str, object]:
    return {key: _cells(value) if isinstance(value, Mapping) else value for key, value in cells.items()}


def _tiers(tiers: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context) -> Tiers:
    bands = tuple(
        Band(band.get("is", 0), band.get("up_to"), band.get("below"), band.get("plus", ""))
        for band in tiers.get("bands", ())
    )
    return Tiers(context.expression(tiers.get("of", "0"), (*path, "of"), scope, (NUMBER, MONEY)), bands)
