"""Controls as values: what a template needs to draw one field of any type, with what was typed kept as it was."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, Protocol

from app.definition.expression import Expression, to_json, to_vietnamese
from app.definition.model.form import Field, Option
from app.engine.answer_checks import in_force
from app.engine.answer_parts import MERIDIANS
from app.forms.names import NEW_ROW, PARTS, control
from app.forms.totals import column_total
from app.forms.typed import typed_form
from app.forms.wording import KINDS, PART_LABELS, hint, kind_title, word

NUMERIC = ("integer", "decimal", "percent", "area", "money", "year")
RADIO_AT_MOST = 4
INDENT = "– "
OWN_MACRO = ("date", "datetime", "time", "long_text", "yes_no", "pledge", "choices", "table", "file", "note")
NARROW = ("date", "integer", "year", "time", "month", "quarter")
WIDE = ("long_text", "table", "choices", "parts", "file", "note", "pledge")


class Viewed(Protocol):
    """What the engine says of one field now: its definition, whether it is shown, asked for and open for writing."""

    @property
    def field(self) -> Field: ...
    @property
    def visible(self) -> bool: ...
    @property
    def required(self) -> bool: ...
    @property
    def value(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Control:
    """One simple control inside an input: a text box, a part of an address, a cell of a row."""

    name: str
    label: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The id in the page; dots would need escaping in selectors."""
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Total:
    """The foot of one column: its sum, and what that has to be."""

    column: str
    text: str = ""
    equals: str = ""
    must_be: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its stable key and one input per column."""

    key: str
    cells: tuple["Input", ...]


@dataclass(frozen=True, slots=True)
class Input:
    """One field ready to be drawn. ``kind`` picks the macro; ``shows``/``asks`` are conditions for the browser."""

    field: Field
    kind: str
    control: Control
    required: bool = False
    visible: bool = True
    hint: str = ""
    errors: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    parts: tuple[Control, ...] = ()
    rows: tuple[Row, ...] = ()
    blank: Row | None = None
    totals: tuple[Total, ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    shown_when: tuple[Expression, ...] = ()
    shows: str = ""
    asks: str = ""
    computes: str = ""

    @property
    def is_tree(self) -> bool:
        """Whether its options stand below each other."""
        return any(option.parent for option in self.field.options)

    @property
    def width(self) -> str:
        """How much of the six columns it takes."""
        return "full" if self.kind in WIDE else "2" if self.field.type in NARROW else ""


Errors = Mapping[str, tuple[str, ...]]
_NO_SECTIONS: Mapping[str, Expression] = {}


def inputs_for(
    views: Iterable[Viewed],
    typed: Mapping[str, Any] | None,
    errors: Errors,
    on: date,
    sections: Mapping[str, Expression] = _NO_SECTIONS,
) -> tuple[Input, ...]:
    """Inputs of these fields; ``typed`` wins over stored values, so that a refused form comes back as it was sent.

    ``sections``: conditions of the sections that fields stand in, by field key.
    """
    return tuple(_input(view, typed, errors, on, sections.get(view.field.key)) for view in views)


def _input(
    view: Viewed, typed: Mapping[str, Any] | None, errors: Errors, on: date, section: Expression | None
) -> Input:
    definition = view.field
    kept = typed is not None and definition.key in typed
    raw = typed[definition.key] if typed is not None and kept else typed_form(definition, view.value)
    made = make_input(definition, (definition.key,), raw, errors, on)
    shown_when = tuple(one for one in (section, definition.show_when) if one is not None)
    return _with(
        made, required=view.required, visible=view.visible, shown_when=shown_when, shows=all_conditions(shown_when)
    )


def make_input(definition: Field, path: tuple[str, ...], raw: Any, errors: Errors, on: date) -> Input:
    """The input of one field or cell with this typed value."""
    name = control(*path)
    made = Input(
        field=definition,
        kind=_kind(definition),
        control=Control(name, definition.label, _text(raw)),
        required=definition.required,
        hint=definition.help or hint(definition),
        errors=tuple(errors.get(".".join(path), ())),
        shown_when=() if definition.show_when is None else (definition.show_when,),
        shows=condition(definition.show_when),
        asks=condition(definition.required_when),
        computes=condition(definition.value),
    )
    filler = FILLERS.get(definition.type)
    return made if filler is None else filler(made, path, raw, errors, on)


def _with(made: Input, **changes: Any) -> Input:
    values = {slot: getattr(made, slot) for slot in Input.__slots__}
    return Input(**{**values, **changes})


def condition(expression: Expression | None) -> str:
    """A condition for the browser as JSON text; empty when there is none or only the server can decide it."""
    tree = None if expression is None else to_json(expression)
    return "" if tree is None else json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def all_conditions(expressions: tuple[Expression, ...]) -> str:
    """All of these at once; empty when there is none or only the server can decide one of them."""
    trees = [to_json(one) for one in expressions]
    if not trees or any(tree is None for tree in trees):
        return ""
    return json.dumps(["v", ["and", *(tree[1] for tree in trees if tree)]], ensure_ascii=False, separators=(",", ":"))


def _kind(definition: Field) -> str:
    if definition.value is not None:
        return "computed"
    if definition.type in NUMERIC:
        return "number"
    if definition.type in ("choice", "commune"):
        few = len(definition.options) <= RADIO_AT_MOST and not any(option.parent for option in definition.options)
        return "radio" if few and definition.type == "choice" else "select"
    if definition.type in OWN_MACRO:
        return definition.type
    return "parts" if definition.type in PARTS else "text"


def _text(raw: Any) -> str:
    """What stands in a text box."""
    return "" if raw is None or isinstance(raw, list | dict | tuple) else str(raw)


def _fill_options(made: Input, _path: tuple[str, ...], raw: Any, _errors: Errors, on: date) -> Input:
    """Options in force on the day, and those chosen."""
    given = raw if isinstance(raw, list | tuple) else (raw,) if raw not in (None, "") else ()
    chosen = tuple(str(key) for key in given)
    offered = [option for option in made.field.options if in_force(option, on) or option.key in chosen]
    return _with(made, options=tuple(as_tree(offered)), chosen=chosen)


def as_tree(options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    """Options with those below each other indented; one whose parent is not offered stands at the top."""
    known = {option.key for option in options}
    below: dict[str, list[Option]] = {}
    for option in options:
        below.setdefault(option.parent if option.parent in known else "", []).append(option)
    seen: set[str] = set()
    waiting = [(option, 0) for option in reversed(below.get("", ()))]
    while waiting:
        option, depth = waiting.pop()
        if option.key not in seen:  # a circle of parents is drawn once
            seen.add(option.key)
            yield option.key, f"{INDENT * depth}{option.label}"
            waiting.extend((child, depth + 1) for child in reversed(below.get(option.key, ())))
    yield from ((option.key, option.label) for option in options if option.key not in seen)


def _fill_flag(made: Input, _path: tuple[str, ...], raw: Any, _errors: Errors, _on: date) -> Input:
    text = made.control.value
    options = (("true", word("yes")), ("false", word("no")))
    return _with(made, options=options, chosen=(text,) if text else ())


def _fill_parts(made: Input, path: tuple[str, ...], raw: Any, _errors: Errors, _on: date) -> Input:
    values = raw if isinstance(raw, Mapping) else {}
    parts = tuple(
        Control(
            f"{control(*path)}.{part}", str(PART_LABELS[part]), str(values.get(part) or ""), _part_options(made, part)
        )
        for part in PARTS[made.field.type]
    )
    return _with(made, parts=parts)


def _part_options(made: Input, part: str) -> tuple[tuple[str, str], ...]:
    """The choices of a part that has a closed list."""
    if part == "zone":
        return tuple((zone, zone) for zone in MERIDIANS)
    return tuple((kind, kind_title(kind)) for kind in KINDS) if (made.field.type, part) == ("party", "kind") else ()


def _fill_rows(made: Input, path: tuple[str, ...], raw: Any, errors: Errors, on: date) -> Input:
    """The rows there are, at least the fewest asked for, and a blank one that the browser copies."""
    stored = [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list | tuple) else []
    rows = [
        _row(made.field, path, str(row.get("_key", place + 1)), row, errors, on) for place, row in enumerate(stored)
    ]
    taken = {row.key for row in rows}
    spare = map(str, count(1 + max((int(key) for key in taken if key.isdecimal()), default=0)))
    for _missing in range(len(rows), max(made.field.min_rows, 1)):
        rows.append(_row(made.field, path, next(spare), {}, errors, on))
    totals = tuple(
        _total(made.field, key, stored) for key in dict.fromkeys((*made.field.totals, *made.field.must_equal))
    )
    return _with(made, rows=tuple(rows), blank=_row(made.field, path, NEW_ROW, {}, {}, on), totals=totals)


def _total(table: Field, key: str, rows: Sequence[Mapping[str, Any]]) -> Total:
    """The sum of what can be read in a column, as it would be typed; what it must equal is told and held against it."""
    column = table.column(key)
    equals = table.must_equal.get(key)
    words = "" if equals is None else to_vietnamese(equals, lead="")
    return Total(key, column_total(column, rows) if column is not None else "", condition(equals), words)


def _row(table: Field, path: tuple[str, ...], key: str, row: Mapping[str, Any], errors: Errors, on: date) -> Row:
    cells = (make_input(column, (*path, key, column.key), row.get(column.key), errors, on) for column in table.columns)
    return Row(key, tuple(cells))


def _fill_files(made: Input, _path: tuple[str, ...], raw: Any, _errors: Errors, _on: date) -> Input:
    files = raw if isinstance(raw, list | tuple) else [raw] if isinstance(raw, Mapping) else []
    return _with(made, files=tuple(file for file in files if isinstance(file, Mapping)))


FILLERS = {
    "commune": _fill_options,
    "choice": _fill_options,
    "choices": _fill_options,
    "yes_no": _fill_flag,
    "pledge": _fill_flag,
    "address": _fill_parts,
    "party": _fill_parts,
    "parcel": _fill_parts,
    "coordinate": _fill_parts,
    "table": _fill_rows,
    "file": _fill_files,
}
