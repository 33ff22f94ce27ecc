"""From a submitted HTML form to raw answers: text, lists, parts and rows, exactly as typed; nothing is checked here."""

from collections.abc import Iterable

from werkzeug.datastructures import FileStorage, MultiDict

from app.definition.model.form import Field
from app.forms.names import KEPT_FILE, PARTS, ROW_LIST, control

Raw = str | list[object] | dict[str, object]
LONGEST_ROW_KEY = 20


def read_answers(fields: Iterable[Field], form: MultiDict[str, str]) -> dict[str, object]:
    """Raw answers of these fields; a field of which the form carries no control is left out (it was not shown)."""
    answers: dict[str, object] = {}
    for field in fields:
        raw = _read(field, (field.key,), form)
        if raw is not None:
            answers[field.key] = raw
    return answers


def read_uploads(fields: Iterable[Field], files: MultiDict[str, FileStorage]) -> dict[str, list[FileStorage]]:
    """New files by field key; empty file controls are left out."""
    uploads = {field.key: _chosen(files, control(field.key)) for field in fields if field.type == "file"}
    return {key: chosen for key, chosen in uploads.items() if chosen}


def _chosen(files: MultiDict[str, FileStorage], name: str) -> list[FileStorage]:
    return [file for file in files.getlist(name) if file.filename]


def _read(field: Field, path: tuple[str, ...], form: MultiDict[str, str]) -> Raw | None:
    name = control(*path)
    if field.type in PARTS:
        return _read_parts(field, name, form)
    if field.type == "table":
        return _read_rows(field, path, form)
    if field.type == "file":
        return [dict(name_of_file) for name_of_file in _kept(form, name)] if f"{name}.{KEPT_FILE}" in form else None
    if field.type in ("choices", "users", "units"):
        return [text for text in form.getlist(name) if text] if name in form else None
    return form.get(name)


def _read_parts(field: Field, name: str, form: MultiDict[str, str]) -> Raw | None:
    parts: dict[str, object] = {part: form.get(f"{name}.{part}", "") for part in PARTS[field.type]}
    return parts if any(f"{name}.{part}" in form for part in PARTS[field.type]) else None


def _read_rows(field: Field, path: tuple[str, ...], form: MultiDict[str, str]) -> Raw | None:
    list_name = control(*path, ROW_LIST)
    if list_name not in form:
        return None
    rows: list[object] = []
    for key in [key for key in form.getlist(list_name) if key][: field.max_rows + 1]:
        row = {column.key: _read(column, (*path, key, column.key), form) for column in field.columns}
        cells = {column: raw for column, raw in row.items() if raw is not None}
        if any(_filled(raw) for raw in cells.values()):
            rows.append({"_key": key[:LONGEST_ROW_KEY], **cells})
    return rows


def _filled(raw: object) -> bool:
    if isinstance(raw, dict):
        return any(raw.values())
    return bool(raw)


def _kept(form: MultiDict[str, str], name: str) -> list[dict[str, str]]:
    """Files handed in before: their content hash and name, as hidden controls "hash|name"."""
    kept = [text.partition("|") for text in form.getlist(f"{name}.{KEPT_FILE}") if text]
    return [{"sha256": digest, "name": name_of_file} for digest, _bar, name_of_file in kept]
