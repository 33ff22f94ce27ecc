"""Fields that name another dossier by its code: is it there and may this person see it; and the way to it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import g, url_for

from app.definition.model.form import Field
from app.engine.answer_error import AnswerError, invalid
from app.engine.answer_values import ROW_KEY, store_value
from app.screens.formats import locale_code
from app.storage.dossier_links import Linked, linked_dossiers

Place = tuple[Field, str, str]  # the field or column, where problems name it, the code


def wrong_links(fields: Iterable[Field], typed: Mapping[str, Any], stored: Mapping[str, Any]) -> Iterator[AnswerError]:
    """Codes of dossiers that are not there for this person, or belong to another procedure than the field says.

    A code that stands there already stays: somebody who could see it has written it.
    """
    kept = {code for _field, _place, code in _named(fields, stored)}
    named = [one for one in _named(fields, typed) if one[2] not in kept]
    known = linked_dossiers({code for _field, _place, code in named}, g.person.badges)
    for field, place, code in named:
        found = known.get(code)
        if found is None:
            yield invalid(place, "no_dossier", found=code)
        elif field.of and found.procedure_key != field.of:
            yield invalid(place, "other_procedure", procedure=_title(field.of))


def _named(fields: Iterable[Field], answers: Mapping[str, Any]) -> Iterator[Place]:
    for field in fields:
        value = answers.get(field.key)
        if field.type == "dossier":
            yield from _read(field, field.key, value)
        for row in value if field.columns and isinstance(value, list) else ():
            for column in field.columns:
                if column.type == "dossier" and isinstance(row, Mapping):
                    yield from _read(column, f"{field.key}.{row.get(ROW_KEY, '')}.{column.key}", row.get(column.key))


def _read(field: Field, place: str, value: Any) -> Iterator[Place]:
    code = store_value(field, value)
    if isinstance(code, str):
        yield field, place, code


def _title(key: str) -> str:
    known = key in g.catalogue.entries
    return g.catalogue.procedure(key, locale=locale_code()).title if known else key


def ways_to(fields: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, str]:
    """Code → address, of the dossiers named in these answers that this person may open."""
    codes = {code for _field, _place, code in _named(fields, answers)}
    return {code: _address(one) for code, one in linked_dossiers(codes, g.person.badges).items()}


def _address(one: Linked) -> str:
    field, _slash, name = one.procedure_key.partition("/")
    return url_for("ProcedureFacade.show", field=field, name=name, dossier_id=one.id)
