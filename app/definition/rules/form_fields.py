"""Rules about single fields and option lists (F03–F06 F10–F13 F15)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.definition.expression import MISSING, Expression, is_reserved
from app.definition.model.form import Field
from app.definition.rules.domains import literal_number
from app.definition.rules.references import keys_of, listed, unknown
from app.definition.rules.subject import Finding, KeyPath, Library, Subject
from app.definition.words import Words

_CHOICES = ("choice", "choices", "commune")
# Types that a list or a filter cannot hold (section 6.3).
_NOT_LISTED = frozenset({"table", "note", "coordinate", "file", "pledge"})
_FORM: KeyPath = ("form", "fields")
_PLACES = {
    "list": Words("danh sách", "the list"),
    "filter": Words("bộ lọc", "the filters"),
    "search": Words("tìm kiếm", "the search"),
}
_NO_COLUMN = Words("(chưa có cột nào)", "(no columns)")


def _with_columns(subject: Subject) -> Iterator[tuple[KeyPath, Field]]:
    """Every field and every column, with its place."""
    for key, field in subject.procedure.form.fields.items():
        yield (*_FORM, key), field
        for column in field.columns:
            yield (*_FORM, key, "columns", column.key), column


def reserved_names(subject: Subject) -> Iterator[Finding]:
    """F03: a field is called like a built-in name or a word of the grammar."""
    for key in subject.procedure.form.fields:
        if is_reserved(key):
            yield Finding((*_FORM, key), "F03", {"field": key, "suggestion": f"{key}_value"}, on_key=True)


def choice_without_options(subject: Subject) -> Iterator[Finding]:
    """F04: a choice with nothing to choose from."""
    for path, field in _with_columns(subject):
        if field.type in _CHOICES and not field.options and (*path, "options") not in subject.broken:
            yield Finding(path, "F04", {"field": field.key}, on_key=True)


def least_above_most(subject: Subject) -> Iterator[Finding]:
    """F05: the smallest value is above the largest."""
    for path, field in _with_columns(subject):
        pairs: tuple[tuple[str, Any, Any], ...] = (
            ("min", _bound(field.minimum), _bound(field.maximum)),
            ("min_length", field.min_length, field.max_length),
            ("min_rows", field.min_rows, field.max_rows),
        )
        for key, least, most in pairs:
            if _above(least, most):
                yield Finding((*path, key), "F05", {"min": _shown(least), "max": _shown(most)})
    owners = subject.procedure.applicant.co_owners
    if owners is not None and _above(*owners):
        yield Finding(("applicant", "co_owners", "min"), "F05", {"min": owners[0], "max": owners[1]})
    for at, fee in enumerate(subject.procedure.fees):
        if fee.minimum is not None and fee.maximum is not None and fee.minimum > fee.maximum:
            yield Finding(("fees", at, "min"), "F05", {"min": fee.minimum, "max": fee.maximum})


def _bound(expression: Expression | None) -> Any:
    number = literal_number(expression)
    if number is not None or expression is None or expression.reads:
        return number
    value = expression.evaluate({})
    return None if value is MISSING else value


def _above(least: Any, most: Any) -> bool:
    if least is None or most is None or isinstance(least, date) != isinstance(most, date):
        return False
    return bool(least > most) if type(least) is not str and type(most) is not str else False


def _shown(value: Any) -> Any:
    return value if isinstance(value, int | date) else str(value)


def table_columns(subject: Subject) -> Iterator[Finding]:
    """F06: a table without columns, or totals of a column that it does not have."""
    for key, field in subject.procedure.form.fields.items():
        path = (*_FORM, key)
        if field.type != "table" or (*path, "columns") in subject.broken:
            continue
        columns = tuple(column.key for column in field.columns)
        if not columns:
            yield Finding(path, "F06", {"field": key, "column": _NO_COLUMN}, on_key=True)
            continue
        for at, name in enumerate(field.totals):
            if name not in columns:
                yield unknown("F06", (*path, "totals", at), name, columns, field=key, column=name)
        for name in field.must_equal:
            if name not in columns:
                found = unknown("F06", (*path, "must_equal", name), name, columns, field=key, column=name)
                yield Finding(found.path, "F06", found.params, on_key=True)


def not_listed(subject: Subject) -> Iterator[Finding]:
    """F10: a field whose type can be neither a list column nor a filter."""
    for key, field in subject.procedure.form.fields.items():
        if field.type in _NOT_LISTED:
            for name, flagged in (("list", field.in_list), ("filter", field.in_filter)):
                if flagged:
                    yield Finding((*_FORM, key, name), "F10", {"type": field.type})
    for path, named in _on_screens(subject):
        shown = subject.procedure.form.fields.get(named)
        if shown is not None and shown.type in _NOT_LISTED and not (shown.in_list or shown.in_filter):
            yield Finding(path, "F10", {"type": shown.type})


def _on_screens(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    screens = subject.expanded.get("screens")
    page = screens.get("list") if isinstance(screens, Mapping) else None
    if isinstance(page, Mapping):
        for name in ("columns", "filters"):
            for at, key in enumerate(listed(page.get(name))):
                yield ("screens", "list", name, at), str(key)
        if isinstance(page.get("sort"), str):
            yield ("screens", "list", "sort"), page["sort"].removeprefix("-")
    for at, key in enumerate(listed(screens.get("header") if isinstance(screens, Mapping) else None)):
        yield ("screens", "header", at), str(key)


def sensitive_shown(subject: Subject) -> Iterator[Finding]:
    """F11: a sensitive field, or one shown to few, as a column, in the order or in the header of the dossier page.

    What only few may see is no filter and not searched either: who finds by a value knows it.
    """
    fields = subject.procedure.form.fields
    for key, field in fields.items():
        few = field.shown_to is not None
        flags = (("list", field.in_list), ("filter", field.in_filter and few), ("search", field.in_search and few))
        for name, flagged in flags:
            if flagged and (field.sensitive or few):
                yield Finding((*_FORM, key, name), "F11", {"field": key, "place": _PLACES[name]})
    for path, key in _on_screens(subject):
        shown = fields.get(key)
        hidden = shown is not None and (shown.shown_to is not None or (shown.sensitive and "filters" not in path))
        if shown is not None and hidden and not shown.in_list:
            place = "screens.header" if path[1] == "header" else "screens.list"
            yield Finding(path, "F11", {"field": key, "place": place})


def default_in_bounds(subject: Subject) -> Iterator[Finding]:
    """F12: a default that a person could not enter; defaults of a wrong type are told of when they are read."""
    for path, field in _with_columns(subject):
        default = field.default
        if default is None or default.reads:
            continue
        value = default.evaluate({})
        if value is MISSING:
            continue
        if _out_of_bounds(field, value):
            yield Finding((*path, "default"), "F12", {"field": field.key, "allowed": _allowed(field)})


def _out_of_bounds(field: Field, value: Any) -> bool:
    if isinstance(value, str) and field.type in ("text", "long_text"):
        return not field.min_length <= len(value) <= field.max_length
    if field.type == "pledge":
        return value is True  # nobody may pledge in the applicant's place
    number, least, most = value, _bound(field.minimum), _bound(field.maximum)
    return _above(least, number) or _above(number, most)


def _allowed(field: Field) -> str:
    least, most = _bound(field.minimum), _bound(field.maximum)
    if field.type in ("text", "long_text"):
        least, most = field.min_length, field.max_length
    return f"{'' if least is None else _shown(least)} … {'' if most is None else _shown(most)}".strip()


def masks(subject: Subject) -> Iterator[Finding]:
    """F13: a mask with nothing to type in it, or with a question mark after nothing."""
    for path, field in _with_columns(subject):
        mask = field.mask
        if mask and (mask.startswith("?") or "??" in mask or not set(mask) & set("A9X")):
            yield Finding((*path, "mask"), "F13", {"mask": mask})


def same_options(subject: Subject) -> Iterator[Finding]:
    """F15, options written at a field: two with one label or one code."""
    for path, field in _with_columns(subject):
        if not field.option_list and field.type in _CHOICES:
            options = [(option.key, option.label, option.code) for option in field.options]
            yield from _doubles(options, (*path, "options"), field.key)


def same_list_options(library: Library) -> Iterator[Finding]:
    """F15, shared lists."""
    for key, body in library.lists.items():
        options = body.get("options")
        lines = [
            (option, str(line.get("label", "")), str(line.get("code", "")))
            for option in keys_of(options)
            if isinstance(options, Mapping) and isinstance(line := options[option], Mapping)
        ]
        yield from _doubles(lines, ("options",), key, f"lists/{key}")


def _doubles(options: list[tuple[str, str, str]], path: KeyPath, name: str, document: str = "") -> Iterator[Finding]:
    labels: set[str] = set()
    codes: set[str] = set()
    for key, label, code in options:
        text = label if label.casefold() in labels else code if code and code in codes else ""
        labels.add(label.casefold())
        codes.add(code)
        if text:
            yield Finding((*path, key), "F15", {"list": name, "text": text}, document=document)
