"""Several owners of one dossier: the table in the applicant block, read and checked like any table of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.definition.model.form import Field
from app.definition.model.procedure import Applicant
from app.engine.answer_checks import Test, check_all, missing_cells
from app.engine.answer_error import AnswerError
from app.engine.answer_rows import store_rows

KEY = "co_owners"
FIELD_KEY = f"applicant.{KEY}"
NAME, IDENTITY = "name", "identity"
LONGEST_NUMBER = 30


def co_owners_field(applicant: Applicant, labels: Mapping[str, str]) -> Field | None:
    """The table of those who own beside the applicant; None where the procedure knows one owner only.

    ``labels``: words for the table (``co_owners``) and its columns (``name``, ``identity``).
    """
    if applicant.co_owners is None:
        return None
    columns = (
        Field(NAME, labels[NAME], required=True),
        Field(IDENTITY, labels[IDENTITY], max_length=LONGEST_NUMBER, sensitive=True),
    )
    least, most = applicant.co_owners
    return Field(
        FIELD_KEY, labels[KEY], type="table", required=least > 0, columns=columns, min_rows=least, max_rows=most
    )


def read_co_owners(field: Field, raw: object, on: date) -> tuple[list[Mapping[str, Any]], tuple[AnswerError, ...]]:
    """The rows as they are kept, and everything wrong with them."""
    read, unread = store_rows(field, [] if raw in (None, "") else raw, None)
    if unread:
        return [], tuple(unread)
    rows: list[Mapping[str, Any]] = [*read]
    if not rows:
        return [], (AnswerError("required", field.key),) if field.required else ()
    return rows, tuple(_wrong(field, rows, on))


def _wrong(field: Field, rows: list[Mapping[str, Any]], on: date) -> Iterator[AnswerError]:
    yield from check_all(field, rows, Test({}, on))
    for place in missing_cells(field, rows, {}, (NAME,)):
        yield AnswerError("required", place)


def co_owners_of(applicant: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Those who own beside the applicant, as they are kept in a dossier."""
    rows = applicant.get(KEY)
    return tuple(row for row in rows if isinstance(row, Mapping)) if isinstance(rows, list | tuple) else ()
