"""From a submitted HTML form to raw answers: text, lists, parts and rows, exactly as typed; nothing is checked here."""

import re
from collections.abc import Iterable

from werkzeug.datastructures import FileStorage, MultiDict

from app.definition.model.form import Field
from app.forms.names import KEPT_FILE, PARTS, ROW_LIST, control

Raw = str | list[object] | dict[str, object]
Form = MultiDict[str, str]
Files = MultiDict[str, FileStorage]
_ROW_KEY = re.compile(r"[A-Za-z0-9_-]{1,20}")


def read_answers(fields: Iterable[Field], form: Form, files: Files | None = None) -> dict[str, object]:
    """Raw answers of these fields; a field of which the form carries no control is left out (it was not shown).

    ``files``: what was uploaded with the form; a row in which nothing but a file was chosen is a row too.
    """
    answers: dict[str, object] = {}
    for field in fields:
        raw = _read_rows(field, form, files) if field.type == "table" else _read(field, (field.key,), form)
        if raw is not None:
            answers[field.key] = raw
    return answers


def _read(field: Field, path: tuple[str, ...], form: Form) -> Raw | None:
    name = control(*path)
    if field.type in PARTS:
        return _read_parts(field, name, form)
    if field.type == "file":
        return [dict(name_of_file) for name_of_file in _kept(form, name)] if f"{name}.{KEPT_FILE}" in form else None
    if field.type in ("choices", "users", "units"):
        return [text for text in form.getlist(name) if text] if name in form else None
    return form.get(name)


def next_row_key(rows: Iterable[object]) -> str:
    """The key of a row that is added: above every other, so that no row ever gets the key of one that is gone."""
    keys = (str(row.get("_key")) for row in rows if isinstance(row, dict))
    return str(1 + max((int(key) for key in keys if key.isdecimal()), default=0))


def _read_parts(field: Field, name: str, form: Form) -> Raw | None:
    parts: dict[str, object] = {part: form.get(f"{name}.{part}", "") for part in PARTS[field.type]}
    return parts if any(f"{name}.{part}" in form for part in PARTS[field.type]) else None


def _read_rows(table: Field, form: Form, files: Files | None) -> Raw | None:
    list_name = control(table.key, ROW_LIST)
    if list_name not in form:
        return None
    rows: list[object] = []
    keys = (key for key in dict.fromkeys(form.getlist(list_name)) if _ROW_KEY.fullmatch(key))
    for key in keys:
        row = {column.key: _read(column, (table.key, key, column.key), form) for column in table.columns}
        cells = {column: raw for column, raw in row.items() if raw is not None}
        if any(_filled(raw) for raw in cells.values()) or _has_upload(table, key, files):
            rows.append({"_key": key, **cells})
        if len(rows) > table.max_rows:  # one too many is enough for the engine to refuse them
            break
    return rows


def _has_upload(table: Field, key: str, files: Files | None) -> bool:
    names = (control(table.key, key, column.key) for column in table.columns if column.type == "file")
    return files is not None and any(one.filename for name in names for one in files.getlist(name))


def _filled(raw: object) -> bool:
    if isinstance(raw, dict):
        return any(raw.values())
    return bool(raw)


def _kept(form: Form, name: str) -> list[dict[str, str]]:
    """Files handed in before: their content hash and name, as hidden controls "hash|name"."""
    kept = [text.partition("|") for text in form.getlist(f"{name}.{KEPT_FILE}") if text]
    return [{"sha256": digest, "name": name_of_file} for digest, _bar, name_of_file in kept]
