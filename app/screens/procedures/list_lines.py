"""The rows of a list. What is the same in every row is drawn once for a list; then only the values are put in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, render_template, url_for
from markupsafe import Markup, escape

from app.definition.model.form import Field
from app.forms.shown import shown_value
from app.screens.deadlines import Deadlines, deadlines
from app.screens.formats import format_moment
from app.screens.page_texts import template_text
from app.screens.procedures.field_filters import MEASURED, PEOPLE
from app.screens.procedures.view import ProcedureView
from app.screens.statuses import status_title
from app.storage.lists import ListPage, ListRow
from app.storage.people import names_of

HOLE = "\x00"  # no text of an office has one: a request that brings one is refused


@dataclass(frozen=True, slots=True)
class Lines:
    """What the rows of one page share: names of holders, the moment of the page, the macros of the staff screens."""

    names: Mapping[str, str]
    when: Deadlines
    macros: Any


def draw_lines(view: ProcedureView, page: ListPage) -> Markup:
    """The rows of the page."""
    if not view.line_parts:
        view.line_parts = _draw_parts(view)
    lines = Lines(
        names_of(_people(view, page)),
        deadlines(),
        current_app.jinja_env.get_template("mc/macros.html").module,
    )
    columns, linked = _columns(view), _linked(view)
    key_field, _slash, key_name = view.procedure.key.partition("/")
    url = url_for("ProcedureFacade.list", field=key_field, name=key_name)
    pieces: list[str] = []
    for row in page.rows:
        values: list[str] = []
        for name, field in columns:
            value = BUILT_IN_CELLS[name](lines, row) if field is None else _answer(lines, field, row.answers.get(name))
            values += (f"{url}{row.id}", value or template_text("no code yet")) if name == linked else (value,)
        pieces.append(view.line_parts[0])
        for value, part in zip(values, view.line_parts[1:], strict=True):
            pieces += (escape(value), part)
    return Markup("".join(pieces))  # noqa: S704 - parts are drawn by a template of ours, values are escaped


def _people(view: ProcedureView, page: ListPage) -> set[str]:
    """Who holds the dossiers, and who is named in columns."""
    found = {row.holder for row in page.rows if row.holder}
    for name, field in _columns(view):
        if field is not None and field.type in PEOPLE:
            for row in page.rows:
                found.update(_several(row.answers.get(name)))
    return found


def _several(answer: Any) -> list[str]:
    return [str(one) for one in (answer if isinstance(answer, list) else [answer]) if one]


def _answer(lines: Lines, field: Field, answer: Any) -> str:
    """An answer in words; people and units by their names."""
    if field.type in PEOPLE:
        return ", ".join(lines.names.get(one, one) for one in _several(answer))
    if field.type in ("unit", "units"):
        return ", ".join(_unit_title(one) for one in _several(answer))
    return shown_value(field, answer)


def _columns(view: ProcedureView) -> tuple[tuple[str, Field | None], ...]:
    fields = view.procedure.form.fields
    return tuple((name, None if name in BUILT_IN_CELLS else fields[name]) for name in view.list_columns)


def _linked(view: ProcedureView) -> str:
    """The column that leads to the dossier."""
    return "code" if "code" in view.list_columns else next(iter(view.list_columns), "")


def _draw_parts(view: ProcedureView) -> tuple[str, ...]:
    """A row without its values: what stands before, between and behind them."""
    linked = _linked(view)
    columns = [(view.label(name), _kind(name, field), name == linked) for name, field in _columns(view)]
    return tuple(render_template("mc/procedures/line.html", columns=columns, hole=HOLE).split(HOLE))


def _kind(name: str, field: Field | None) -> str:
    if field is None:
        return name
    return "number" if field.type in MEASURED else ""


def _due(lines: Lines, row: ListRow) -> str:
    due = lines.when.due(row.due_at, row.clock_state, result_class=row.result_class, finished_at=row.finished_at)
    pill: Markup = lines.macros.due(*due)
    return pill


def _unit(_lines: Lines, row: ListRow) -> str:
    return _unit_title(row.unit)


def _unit_title(key: str) -> str:
    unit = g.catalogue.organisation.units.get(key)
    return key if unit is None else unit.short or unit.title


BUILT_IN_CELLS: Mapping[str, Callable[[Lines, ListRow], str]] = {
    "code": lambda _lines, row: row.code,
    "applicant": lambda _lines, row: row.applicant_name,
    "received": lambda _lines, row: format_moment(row.received_at),
    "finished": lambda _lines, row: format_moment(row.finished_at),
    "status": lambda lines, row: lines.macros.status(row.status),
    "holder": lambda lines, row: lines.names.get(row.holder, row.holder),
    "step": lambda _lines, row: row.step_titles or status_title(row.status),
    "unit": _unit,
    "due": _due,
}
