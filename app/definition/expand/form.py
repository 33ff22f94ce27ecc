"""The form of a procedure: the shared form with fields added, changed and dropped, and every field in one section."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.definition.expand.shared import FORM, LIST, Shared, tell_unknown
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark, Twig
from app.definition.source import near

COMMUNES = "communes"  # the shared list that fields of type commune take where they name none
_OPTION_KEYS = ("label", "code", "parent", "from", "to")
_MAIN, _MORE, _OFFICE = "Nội dung hồ sơ", "Thông tin khác", "Phần giải quyết của cơ quan"


def laid_in_form(form: Branch, day: str, shared: Shared, collector: Collector) -> Branch:
    """Sections, fields and checks of a procedure's form with those of the shared form it uses."""
    result = Branch()
    result.refused = form.refused - {"use", "drop"}
    base = _base(form, day, shared, collector)
    coded = form if "form_code" in form or base is None else base
    if "form_code" in coded:
        result.put("form_code", coded["form_code"], coded.marks.get("form_code"))
    if base is not None and "print" in base:
        result.put("print", base["print"], base.marks.get("print"))
    fields = Branch(base.get("fields", {})) if base is not None else Branch()
    dropped = _dropped(form, fields, collector)
    result.put("fields", _laid_over(fields, form.get("fields", Branch())), form.marks.get("fields"))
    result.put("sections", _sections(base, form, dropped), form.marks.get("sections"))
    result.put("checks", _joined(base, form, "checks"), form.marks.get("checks"))
    return result


def _base(form: Branch, day: str, shared: Shared, collector: Collector) -> Branch | None:
    if "use" not in form:
        return None
    base = shared.form_on(form["use"], day)
    if base is None:
        tell_unknown(collector, form.marks.get("use"), FORM, form["use"], shared.forms)
    return base


def _dropped(form: Branch, fields: Branch, collector: Collector) -> set[str]:
    gone = set()
    drop = form.get("drop", Twig())
    for key, mark in zip(drop, drop.marks, strict=True):
        if key in fields:
            fields.drop(key)
            gone.add(key)
        else:
            known = tuple(fields)
            collector.tell("R09", mark, key=key, near=near(key, known), allowed=known[:20])
    return gone


def _laid_over(fields: Branch, own: Branch) -> Branch:
    return fields.merged(own)


def _joined(base: Branch | None, form: Branch, key: str) -> Twig:
    result = Twig()
    for source in (base, form):
        if source is not None and isinstance(source.get(key), Twig):
            result.take(source[key])
    return result


def _sections(base: Branch | None, form: Branch, dropped: set[str]) -> Twig:
    result = Twig()
    for source in (base, form):
        sections = source.get("sections", Twig()) if source is not None else Twig()
        result.lossy = result.lossy or sections.lossy
        for section, mark in zip(sections, sections.marks, strict=True):
            _place_section(result, _without(section, dropped), mark)
    return result


def _without(section: Branch, dropped: set[str]) -> Branch:
    if not dropped.intersection(section.get("fields", ())):
        return section
    kept = Twig()
    for key, mark in zip(section["fields"], section["fields"].marks, strict=True):
        if key not in dropped:
            kept.add(key, mark)
    result = Branch(section)
    result.put("fields", kept, section.marks.get("fields"))
    return result


def _place_section(sections: Twig, section: Branch, mark: Mark | None) -> None:
    keys = [one.get("key") for one in sections]
    before = section.get("before")
    section = Branch(section)
    section.drop("before")
    if section.get("key") in keys:
        at = keys.index(section.get("key"))
        sections[at], sections.marks[at] = section, mark
    elif before in keys:
        sections.insert(keys.index(before), section)
        sections.marks.insert(keys.index(before), mark)
    else:
        sections.add(section, mark)


def finish_form(form: Branch, office: Iterable[str], shared: Shared, collector: Collector) -> None:
    """After completing: shared options laid in, required sections spread, every field in exactly one section."""
    fields: Branch = form["fields"]
    for field in _with_columns(fields):
        _lay_in_options(field, shared, collector)
    for section in form["sections"]:
        if section.drop("required"):
            _require(section, fields)
    _gather_rest(form, fields, set(office))


def _with_columns(fields: Branch) -> Iterable[Branch]:
    for field in fields.values():
        if isinstance(field, Branch):
            yield field
            columns = field.get("columns")
            if isinstance(columns, Branch):
                yield from (column for column in columns.values() if isinstance(column, Branch))


def _lay_in_options(field: Branch, shared: Shared, collector: Collector) -> None:
    options = field.get("options")
    if field.get("type") == "commune" and options is None and COMMUNES in shared.lists:
        options = f"list.{COMMUNES}"
    if not isinstance(options, str):
        return
    key = options.removeprefix("list.")
    mark = field.marks.get("options")
    listed = shared.options(key)
    if listed is None:
        tell_unknown(collector, mark, LIST, key, shared.lists)
        field.drop("options")
        field.refused.add("options")
        return
    field.put("options", options_of(listed), mark)
    field.put("option_list", key, mark)


def options_of(listed: Branch) -> Branch:
    """The options of a list; what the list declares as columns stands under ``columns``."""
    result = Branch()
    for key, option in listed.get("options", {}).items():
        line, columns = Branch(), Branch()
        for name, value in option.items():
            target = line if name in _OPTION_KEYS else columns
            target.put(name, value, option.marks.get(name))
        if columns:
            line.put("columns", columns, None)
        result.put(key, line, listed["options"].marks.get(key))
    return result


def _require(section: Branch, fields: Branch) -> None:
    for key in section.get("fields", ()):
        field = fields.get(key)
        if isinstance(field, Branch) and "required" not in field.marks:
            field.put("required", True, None)


def _gather_rest(form: Branch, fields: Branch, office: set[str]) -> None:
    sections: Twig = form["sections"]
    placed = {key for section in sections for key in section.get("fields", ())}
    rest = [key for key in fields if key not in placed]
    if not sections:
        _add_section(sections, "main", _MAIN, [key for key in rest if key not in office])
    else:
        _add_section(sections, "more", _MORE, [key for key in rest if key not in office])
    _add_section(sections, "office", _OFFICE, [key for key in rest if key in office])


def _add_section(sections: Twig, key: str, title: str, fields: list[str]) -> None:
    if not fields:
        return
    taken = {section.get("key") for section in sections}
    while key in taken:
        key += "_"
    names = Twig()
    for name in fields:
        names.add(name, None)
    section = Branch()
    values: dict[str, Any] = {"key": key, "title": title, "fields": names}
    for name, value in values.items():
        section.put(name, value, None)
    sections.add(section, None)
