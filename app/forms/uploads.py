"""File controls of a form, cells of tables too: where each file belongs, and the answers with the files that came."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.definition.model.form import Field
from app.forms.names import control

Entries = list[dict[str, Any]]


class FileControl(NamedTuple):
    """One control that takes files. ``path``: the field, or table, row and column."""

    field: Field
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name in the form."""
        return control(*self.path)

    @property
    def key(self) -> str:
        """How problems and places of files name it: `field`, `table.row.column`."""
        return ".".join(self.path)


def file_controls(fields: Iterable[Field], typed: Mapping[str, Any]) -> Iterator[FileControl]:
    """The controls of these fields in a form with these rows."""
    for field in fields:
        if field.type == "file":
            yield FileControl(field, (field.key,))
        columns = [column for column in field.columns if column.type == "file"]
        for row in (typed.get(field.key) or ()) if columns else ():
            if isinstance(row, Mapping):
                yield from (FileControl(column, (field.key, str(row.get("_key")), column.key)) for column in columns)


def files_at(control: FileControl, typed: Mapping[str, Any]) -> Any:
    """What the answers say of a control."""
    value = typed.get(control.path[0])
    if len(control.path) == 1:
        return value
    rows = value if isinstance(value, list) else ()
    row = next((one for one in rows if isinstance(one, Mapping) and str(one.get("_key")) == control.path[1]), {})
    return row.get(control.path[2])


def with_files(
    fields: Iterable[Field], typed: Mapping[str, Any], found: Callable[[FileControl, frozenset[str]], Entries]
) -> dict[str, Any]:
    """The answers in which every file is one that really came. ``found``: those of a control, told what the form kept.

    Files of which the form says nothing stay as they are: the control was not there.
    """
    result = {key: [dict(row) for row in rows] if _is_rows(rows) else rows for key, rows in typed.items()}
    for one in file_controls(fields, typed):
        said = files_at(one, typed)
        entries = found(one, frozenset(digests(said)))
        if said is None and not entries:
            continue
        _put(result, one, entries if one.field.many else entries[-1:])
    return result


def digests(said: Any) -> Iterator[str]:
    """The contents named by an answer."""
    for entry in said if isinstance(said, list) else [said]:
        if isinstance(entry, Mapping) and entry.get("sha256"):
            yield str(entry["sha256"])


def as_answers(fields: Iterable[Field], typed: Mapping[str, Any]) -> dict[str, Any]:
    """For the engine: one file stands alone where the field takes one, none is nothing."""
    result = {key: [dict(row) for row in rows] if _is_rows(rows) else rows for key, rows in typed.items()}
    for one in file_controls(fields, typed):
        said = files_at(one, typed)
        if isinstance(said, list) and not one.field.many:
            _put(result, one, said[-1] if said else None)
    return result


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _put(typed: dict[str, Any], one: FileControl, value: Any) -> None:
    if len(one.path) == 1:
        typed[one.path[0]] = value
        return
    for row in typed.get(one.path[0]) or ():
        if str(row.get("_key")) == one.path[1]:
            row[one.path[2]] = value
