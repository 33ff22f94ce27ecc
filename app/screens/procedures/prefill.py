"""What a form takes over by itself (`prefill`): from the applicant, from their last dossier; and the words for it."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import g
from flask_babel import gettext as _

from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.engine.answer_error import AnswerError
from app.engine.answer_values import store_value
from app.forms.names import control
from app.forms.typed import typed_form
from app.storage.dossiers import load_dossier
from app.storage.previous import previous_dossier

APPLICANT, PREVIOUS = "applicant.", "previous"


def origin_of(field: Field) -> str:
    """Where the value comes from, for the hint below the field; "" where it is simply typed."""
    if not field.prefill:
        return ""
    if field.prefill.startswith(APPLICANT):
        return _("Taken over from the applicant.")
    if field.prefill == PREVIOUS:
        return _("Taken over from the applicant's last dossier.")
    source = field.prefill.partition(".")[0]
    return _("To be compared with %(source)s.", source=g.catalogue.organisation.sources.get(source, source))


def taken_over(procedure: Procedure, applicant: Mapping[str, Any]) -> dict[str, str]:
    """Control name → text, for the controls of this form that nobody has typed into yet."""
    found: dict[str, str] = {}
    for field, value in _values(procedure, applicant):
        stored = store_value(field, value)
        if stored is None or isinstance(stored, AnswerError):
            continue
        typed = typed_form(field, stored)
        if isinstance(typed, Mapping):
            found.update({control(field.key, part): str(text) for part, text in typed.items()})
        elif not isinstance(typed, list):
            found[control(field.key)] = str(typed)
    return found


def _values(procedure: Procedure, applicant: Mapping[str, Any]) -> Iterator[tuple[Field, Any]]:
    fields = [field for field in procedure.form.fields.values() if field.prefill and field.value is None]
    for field in fields:
        if field.prefill.startswith(APPLICANT):
            yield field, applicant.get(field.prefill.removeprefix(APPLICANT))
    asked = [one for one in fields if one.prefill == PREVIOUS and not one.sensitive and one.shown_to is None]
    before = _answers_before(procedure.key, str(applicant.get("identity") or "")) if asked else {}
    yield from ((field, before.get(field.key)) for field in asked)


def _answers_before(procedure_key: str, identity: str) -> Mapping[str, Any]:
    """The answers of the applicant's last dossier of this procedure that this person may see."""
    number = previous_dossier(procedure_key, identity, g.person.badges)
    stored = load_dossier(number, procedure_key, g.person.badges) if number else None
    return {} if stored is None else stored.state.answers
