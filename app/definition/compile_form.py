"""The form of the expanded document as a value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.definition.compile_context import UNREADABLE, Context
from app.definition.compile_scope import type_of
from app.definition.compile_who import compile_who
from app.definition.expression import (
    DATE,
    FLAG,
    MOMENT,
    USER,
    Expression,
    Name,
    Scope,
    Type,
    constant,
    parse_expression,
)
from app.definition.finding import KeyPath
from app.definition.model.form import Check, Field, Form, Option, Section

_TEXT_LIKE = frozenset({"text", "long_text", "phone", "email", "url", "person_id", "org_id"})
_FILLER = {"user": Name(USER, "Người nhập")}  # in defaults only: whoever has the form before them
_CENTS = 2  # of money in other currencies; the đồng has no parts
_DATES = (MOMENT, DATE)  # in this order: a moment that fits a date would lose its minutes


def compile_form(form: Mapping[str, Any], scope: Scope, context: Context) -> Form:
    """Sections, fields and checks."""
    path: KeyPath = ("form",)
    fields = {
        key: compile_field(key, field, (*path, "fields", key), scope, context) for key, field in form["fields"].items()
    }
    sections = tuple(
        Section(
            section.get("key", ""),
            section.get("title", ""),
            tuple(section.get("fields", ())),
            context.optional(section, "show_when", (*path, "sections", at), scope),
            section.get("help", ""),
        )
        for at, section in enumerate(form.get("sections", ()))
    )
    checks = compile_checks(form.get("checks", ()), (*path, "checks"), scope, context)
    return Form(sections, fields, checks, form.get("form_code", ""))


def compile_checks(checks: Any, path: KeyPath, scope: Scope, context: Context) -> tuple[Check, ...]:
    """Lines of ``checks``."""
    return tuple(
        Check(
            context.expression(check["that"], (*path, at, "that"), scope),
            check.get("say", ""),
            check.get("at", ""),
        )
        for at, check in enumerate(checks)
        if "that" in check
    )


def compile_field(
    key: str, field: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context, table: str = ""
) -> Field:
    """A field, or with ``table`` a column of it."""
    own = scope.in_row(table) if table else scope
    kind = type_of(field, key)
    columns = field.get("columns", {})
    return Field(
        key=key,
        label=field.get("label", key),
        type=field.get("type", "text"),
        help=field.get("help", ""),
        required=field.get("required", False),
        required_when=context.optional(field, "required_when", path, own),
        show_when=context.optional(field, "show_when", path, own),
        default=_default(field, path, own, kind, context),
        value=context.optional(field, "value", path, own, kind),
        options=compile_options(field.get("options", {})),
        option_list=field.get("option_list", ""),
        measure=field.get("measure", ""),
        decimals=field.get("decimals", _CENTS if field.get("type") == "money" else 0),
        minimum=_bound(field, "min", path, own, kind, context),
        maximum=_bound(field, "max", path, own, kind, context),
        min_length=field.get("min_length", 0),
        max_length=field.get("max_length", 300),
        mask=field.get("mask", ""),
        columns=tuple(
            compile_field(name, column, (*path, "columns", name), scope, context, key)
            for name, column in columns.items()
        ),
        min_rows=field.get("min_rows", 0),
        max_rows=field.get("max_rows", 200),
        totals=tuple(field.get("totals", ())),
        must_equal={
            name: context.expression(text, (*path, "must_equal", name), scope, None)
            for name, text in field.get("must_equal", {}).items()
        },
        accept=tuple(field.get("accept", ())),
        max_mb=field.get("max_mb", 20),
        many=field.get("many", False),
        in_list=field.get("list", False),
        in_filter=field.get("filter", False),
        in_search=field.get("search", False),
        sensitive=field.get("sensitive", False),
        of=field.get("of", ""),
        expires=field.get("expires", False),
        shown_to=compile_who(field["shown_to"]) if "shown_to" in field else None,
        prefill=field.get("prefill", ""),
    )


def compile_options(options: Any) -> tuple[Option, ...]:
    """Options in their order; what names another list that is missing has none."""
    if not isinstance(options, Mapping):
        return ()
    return tuple(
        Option(
            key,
            one.get("label", key),
            one.get("code", ""),
            one.get("parent", ""),
            _day(one.get("from")),
            _day(one.get("to")),
            dict(one.get("columns", {})),
        )
        for key, one in options.items()
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).replace("_", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _bound(
    field: Mapping[str, Any], key: str, path: KeyPath, scope: Scope, kind: Type | None, context: Context
) -> Expression | None:
    if key not in field or kind is None:
        return None
    number = _number(field[key])
    if number is not None and kind.kind in ("number", "money", "percent"):
        return constant(number, kind)
    expected = _DATES if kind in _DATES else kind
    return context.expression(field[key], (*path, key), scope, expected)


def _default(
    field: Mapping[str, Any], path: KeyPath, scope: Scope, kind: Type | None, context: Context
) -> Expression | None:
    if "default" not in field or kind is None:
        return None
    value, place = field["default"], (*path, "default")
    literal = _literal(field, value, kind)
    if literal is not None:
        return literal
    if isinstance(value, (list, Mapping)) or value is None:
        context.find(place, "F12", field=field.get("label", path[-1]))
        return UNREADABLE
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if text == "user":
        scope = Scope.with_names(scope, _FILLER)
    read = parse_expression(text, scope, _DATES if kind in _DATES else kind)
    if isinstance(read, Expression):
        return read
    if field.get("type") in _TEXT_LIKE:
        return constant(text, kind)  # `default: Việt Nam` is no expression and so it is the text itself
    if kind.kind in ("option", "list"):
        options = tuple(field["options"])[:20] if isinstance(field.get("options"), Mapping) else ()
        context.find(place, "F12", field=field.get("label", path[-1]), **({"allowed": options} if options else {}))
        return UNREADABLE
    return context.expression(text, place, scope, _DATES if kind in _DATES else kind)


def _literal(field: Mapping[str, Any], value: object, kind: Type) -> Expression | None:
    """A default that is simply a value: a flag, a number, an option key or a list of them."""
    options = field.get("options")
    if kind == FLAG:
        return constant(value, FLAG) if isinstance(value, bool) else None
    number = _number(value)
    if kind.kind in ("number", "money", "percent") and number is not None:
        return constant(number, kind)
    if isinstance(options, Mapping):
        if isinstance(value, str) and value in options:
            return constant(value, kind) if kind.kind == "option" else constant((value,), kind)
        if isinstance(value, list) and kind.kind == "list" and value and all(one in options for one in value):
            return constant(tuple(value), kind)
    return None
