"""The prints of the expanded document as values, each text read once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.definition.compile_context import Context
from app.definition.compile_who import compile_who
from app.definition.expression import Expression, Scope
from app.definition.finding import Finding, KeyPath
from app.definition.model.print_text import Part, Print, Signer
from app.definition.print_names import print_scope
from app.definition.print_text import parse_print_text

_MAKER = "Người lập"


def compile_prints(prints: Mapping[str, Any], scope: Scope, context: Context) -> dict[str, Print]:
    """The prints of an office by key; a standard one without a text of its own has none here."""
    names = print_scope(scope)
    return {key: _print(key, one, names, context) for key, one in prints.items()}


def _print(key: str, one: Mapping[str, Any], scope: Scope, context: Context) -> Print:
    span, signed_by = one.get("effective", {}), one.get("signed_by")
    signer = Signer(_MAKER) if signed_by is None else Signer(who=compile_who(signed_by))
    return Print(
        key=key,
        title=one.get("title", key),
        text=_text(str(one.get("body", "")), ("prints", key, "body"), scope, context),
        form_code=one.get("form_code", ""),
        paper=one.get("paper", ""),
        landscape=one.get("landscape", False),
        copies=one.get("copies", 0),
        register=one.get("number", ""),
        signers=() if signed_by is None and not one.get("body") else (signer,),
        since=_day(span.get("from")),
        until=_day(span.get("to")),
    )


def _text(body: str, path: KeyPath, scope: Scope, context: Context) -> tuple[Part, ...]:
    def condition(text: str, at: int, tables: tuple[str, ...]) -> Expression:
        own = scope
        for table in tables:
            known = scope.names.get(table)
            own = own.in_row(table) if known is not None and known.type.kind == "rows" else own
        found = len(context.findings)
        read = context.expression(text, path, own)
        context.findings[found:] = [_moved(one, at) for one in context.findings[found:]]
        return read

    parsed = parse_print_text(body, condition)
    context.findings.extend(
        Finding(path, "N05", {"block": fault.block}, offset=fault.offset) for fault in parsed.faults
    )
    return parsed.parts


def _moved(finding: Finding, at: int) -> Finding:
    """The finding placed in the whole text, not in the condition alone."""
    return Finding(finding.path, finding.rule, finding.params, finding.severity, finding.offset + at)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
