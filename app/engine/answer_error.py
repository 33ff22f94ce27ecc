"""What is wrong with one answer: a value with a stable code; the sentence is made at the door."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class AnswerError(NamedTuple):
    """``code``: required, invalid_value or total_mismatch; ``params["reason"]`` says why a value is invalid.

    ``field`` is the field's key, for a cell ``table.row.column``.
    """

    code: str
    field: str
    params: Mapping[str, Any] = {}

    def inside(self, table: str, row: str) -> "AnswerError":
        """The same mistake, in a cell of a table."""
        return self._replace(field=f"{table}.{row}.{self.field}")

    def to_params(self) -> dict[str, Any]:
        """As it travels inside a refusal."""
        return {"field": self.field, "code": self.code, **self.params}


def invalid(field: str, reason: str, **params: Any) -> AnswerError:
    """A value that cannot be taken, and why."""
    return AnswerError("invalid_value", field, {"reason": reason, **params})
