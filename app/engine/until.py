"""Limits that end on a day the dossier itself names: ``until deadline``, ``until max(actions.deadline)``."""

from collections.abc import Mapping
from datetime import date, datetime, time

from app.definition.expression import DATE, MOMENT, Expression, Name, Scope, field_type, parse_expression
from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.engine.calendar import Calendar, ClockError
from app.engine.clock.settings import ClockSettings


def name_of(field: Field) -> Name | None:
    """What expressions know of a field; None for one that holds no value."""
    columns = {column.key: known for column in field.columns if (known := name_of(column)) is not None}
    options = {option.key: option.label for option in field.options}
    found = field_type(field.type, options=options, measure=field.measure or None, columns=columns, many=field.many)
    return None if found is None else Name(found, field.label)


def until_expression(procedure: Procedure, text: str, table: str = "") -> Expression | None:
    """The date expression of a limit, read against the form; inside ``table`` the row's own columns come first.

    None if it is no date of this form: the check of definitions has told so already.
    """
    names = {field.key: known for field in procedure.form.fields.values() if (known := name_of(field)) is not None}
    scope = Scope(names=names)
    if table:
        scope = scope.in_row(table)
    parsed = parse_expression(text, scope, (MOMENT, DATE))
    return parsed if isinstance(parsed, Expression) else None


def until_moment(
    expression: Expression | None,
    env: Mapping[str, object],
    calendar: Calendar,
    settings: ClockSettings,
    row: Mapping[str, object] | None = None,
) -> datetime | None:
    """A moment keeps its minute; a date means the end of that day (ruling 6). None while the day is not known."""
    value = None if expression is None else expression.evaluate(env, row)
    if isinstance(value, datetime):
        return value
    return end_of(value, calendar, settings) if isinstance(value, date) else None


def end_of(day: date, calendar: Calendar, settings: ClockSettings) -> datetime:
    """The end moment of a day: closing of the office, or 23:59 where the setting says so or the office is closed."""
    midnight = datetime.combine(day, time(23, 59))
    if settings.end_of_day == "midnight":
        return midnight
    try:
        return calendar.closing(day) if calendar.is_working_day(day) else midnight
    except ClockError:
        return midnight
