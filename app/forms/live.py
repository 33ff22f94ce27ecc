"""What a page needs to decide conditions while somebody types: values that it has no control for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.definition.expression import Expression
from app.definition.model.form import Field
from app.forms.inputs import Input, Row

# Names that controls of the page answer though they are no fields of the form.
ON_THE_PAGE = frozenset(("applicant.kind", "representative", "channel", "variant"))


def known_values(
    inputs: Iterable[Input],
    env: Mapping[str, object],
    fields: Mapping[str, Field],
    hidden: frozenset[str],
    here: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Values that conditions of these inputs read and the page has no control for, as JSON.

    ``hidden``: fields that this person must not receive; sensitive ones stay away too.
    ``here``: names of other controls.
    """
    drawn = {one.field.key for one in inputs}
    names = {name for one in inputs for name in _reads(one)} - drawn - here
    # Parts of the applicant that are not on the page (age, place) follow from those that are being typed.
    names = {name for name in names if not name.startswith("applicant.")}
    open_names = (name for name in names if name not in hidden and not _is_secret(fields.get(name)))
    found = {name: as_json(env.get(name)) for name in sorted(open_names)}
    return {name: value for name, value in found.items() if value is not None}


def _is_secret(field: Field | None) -> bool:
    return field is not None and (field.sensitive or any(column.sensitive for column in field.columns))


def as_json(value: object) -> Any:
    """A value of an expression as the browser reads it; None for what it cannot."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): as_json(one) for name, one in value.items()}
    return None


def live_only(inputs: Iterable[Input], known: frozenset[str]) -> Iterator[Input]:
    """Conditions that read anything else are left to the server: the browser would take it for missing."""
    for one in inputs:
        yield _live(one, known)


def _live(one: Input, known: frozenset[str]) -> Input:
    field = one.field
    changes: dict[str, Any] = {
        name: ""
        for name, expression in (("asks", field.required_when), ("computes", field.value))
        if not _is_known(expression, known)
    }
    if not all(_is_known(condition, known) for condition in one.shown_when):
        changes["shows"] = ""
    if one.totals:
        equals = field.must_equal
        changes["totals"] = tuple(
            total if _is_known(equals.get(total.column), known) else replace(total, equals="") for total in one.totals
        )
    if one.rows or one.blank is not None:
        changes["rows"] = tuple(_live_row(row, known) for row in one.rows)
        changes["blank"] = None if one.blank is None else _live_row(one.blank, known)
    return replace(one, **changes) if changes else one


def _live_row(row: Row, known: frozenset[str]) -> Row:
    return replace(row, cells=tuple(_live(cell, known) for cell in row.cells))


def _is_known(expression: Expression | None, known: frozenset[str]) -> bool:
    return expression is None or all(name in known or name.partition(".")[0] in known for name in expression.reads)


def _reads(one: Input) -> Iterator[str]:
    expressions: list[Expression | None] = [*one.shown_when]
    for field in (one.field, *one.field.columns):
        expressions += [field.show_when, field.required_when, field.value, *field.must_equal.values()]
    for expression in expressions:
        if expression is not None:
            yield from (name if "applicant." in name else name.partition(".")[0] for name in expression.reads)
