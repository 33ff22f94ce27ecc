"""The place that decides which unit of a type has the work: of the applicant, of a field or of a column (ruling 13)."""

from collections.abc import Mapping
from datetime import datetime

from app.definition.model.procedure import Procedure
from app.engine.environment import applicant_part
from app.engine.state import State


def locality_of(procedure: Procedure, state: State, now: datetime) -> str:
    """The commune as it is kept, "" while it is unknown. Of a table the first row that names one decides."""
    holder, _dot, part = procedure.locality.partition(".")
    if holder == "applicant":
        return _commune(applicant_part(state, part or "place", now))
    value = state.answers.get(holder)
    if isinstance(value, list):
        return next((found for row in value if (found := _commune(_cell(row, part)))), "")
    return _commune(_cell(value, part) if part else value)


def _cell(row: object, column: str) -> object:
    return row.get(column) if isinstance(row, Mapping) else None


def _commune(value: object) -> str:
    """An address lies in its commune; everything else names the place itself."""
    if isinstance(value, Mapping):
        value = value.get("commune")
    return value if isinstance(value, str) else ""
