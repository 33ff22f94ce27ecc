"""Sensitive answers in a form that is filled in again: they do not travel to the page, and what is left empty stays."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from app.definition.model.form import Field
from app.engine.answer_values import ROW_KEY
from app.engine.form_view import FieldView
from app.forms.shown import shown_value

EMPTY: tuple[Any, ...] = (None, "", [], {})


def without_secrets(view: FieldView) -> FieldView:
    """The field without its stored value, and with the hint that it is there."""
    field, value = view.field, view.value
    if value is None:
        return view
    if field.sensitive:
        hint = _("Already there: %(masked)s. Left empty, it stays as it is.", masked=shown_value(field, value))
        return view._replace(field=replace(field, help=hint, required=False), value=None, required=False)
    secret = {column.key for column in field.columns if column.sensitive}
    if not secret or not isinstance(value, list):
        return view
    hint = _("Sensitive cells are not shown. Left empty, they stay as they are.")
    rows = [{name: cell for name, cell in row.items() if name not in secret} for row in value]
    columns = tuple(replace(one, required=False) if one.key in secret else one for one in field.columns)
    return view._replace(field=replace(field, columns=columns, help=field.help or hint), value=rows)


def with_secrets(fields: Iterable[Field], fill: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in; sensitive answers that were left empty as they stand."""
    result = dict(fill)
    for field in fields:
        before = stored.get(field.key)
        if field.key not in result or before is None:
            continue
        if field.sensitive and result[field.key] in EMPTY:
            del result[field.key]
        elif field.type == "table" and isinstance(result[field.key], list):
            result[field.key] = _rows(field, result[field.key], before)
    return result


def _rows(table: Field, rows: list[Any], before: Any) -> list[Any]:
    secret = [column.key for column in table.columns if column.sensitive]
    old = {str(row.get(ROW_KEY)): row for row in before if isinstance(row, Mapping)}
    kept = []
    for row in rows:
        known = old.get(str(row.get(ROW_KEY)), {})
        again = {key: known[key] for key in secret if key in known and row.get(key) in EMPTY}
        kept.append({**row, **again})
    return kept
