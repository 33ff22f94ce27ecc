"""The sum under a column of a table, of what is stored or of what was typed so far."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from app.definition.model.form import Field
from app.engine.answer_error import AnswerError
from app.engine.answer_values import store_value
from app.forms.typed import typed_form


def column_total(column: Field, rows: Iterable[Mapping[str, Any]]) -> str:
    """The sum the way a person would write it; cells that are empty or cannot be read count nothing."""
    found = (store_value(column, row.get(column.key)) for row in rows)
    numbers = [Decimal(str(one)) for one in found if one is not None and not isinstance(one, AnswerError)]
    return str(typed_form(column, str(sum(numbers, Decimal(0)))))
