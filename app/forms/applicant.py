"""The built-in applicant block as fields of its own: who asks, and who hands in for them (section 3.1)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from app.definition.expression import FLAG, Expression, Name, Scope, parse_expression
from app.definition.model.form import Field, Option
from app.definition.model.procedure import Procedure
from app.engine.answer_checks import check_answer
from app.engine.answer_error import AnswerError, invalid
from app.engine.answer_values import store_value
from app.engine.co_owners import FIELD_KEY, LONGEST_NUMBER, co_owners_field, read_co_owners
from app.forms.wording import kind_title

# People of the country have a number with a shape of its own; others show a passport or a registration.
PEOPLE_WITH_NUMBER = frozenset(("citizen", "household", "official"))

LABELS = {
    "kind": _l("Who applies"),
    "name": _l("Full name, or name of the organisation"),
    "identity": _l("Identity number or tax code"),
    "address": _l("Address"),
    "phone": _l("Telephone"),
    "email": _l("E-mail"),
    "birth_date": _l("Date of birth"),
    "sex": _l("Sex"),
    "nationality": _l("Nationality"),
    "occupation": _l("Occupation"),
    "fax": _l("Fax"),
    "bank_account": _l("Bank account"),
    "relation": _l("Relation"),
    "position": _l("Position held"),
    "tax_code": _l("Tax code"),
}
TYPES = {
    "address": "address",
    "phone": "phone",
    "email": "email",
    "birth_date": "date",
    "tax_code": "org_id",
    "bank_account": "bank_account",
}
ALWAYS = ("kind", "name", "identity", "address", "phone", "email")
OPTIONAL = frozenset(("email", "fax"))
REPRESENTATIVE = {
    "name": _l("Name of the authorised person"),
    "identity": _l("Identity number of the authorised person"),
    "document": _l("Number and date of the authorisation"),
}
CO_OWNERS = {
    "co_owners": _l("Owners besides the applicant"),
    "name": _l("Name of the co-owner"),
    "identity": _l("Identity number or tax code"),
}
REPRESENTATIVE_FLAG = _l("Somebody else hands the dossier in")


class FieldNow(NamedTuple):
    """One field of the block at this moment; the same shape as the engine's view of a form field."""

    field: Field
    visible: bool
    required: bool
    value: Any


def applicant_fields(procedure: Procedure) -> tuple[Field, ...]:
    """The fields of the block, labelled in the reader's language and the procedure's own words."""
    own = procedure.applicant.labels
    parts = (*ALWAYS, *procedure.applicant.ask)
    fields = [_part(procedure, part, str(own.get(part) or LABELS.get(part, part))) for part in parts]
    owners = co_owners_field(procedure.applicant, {part: str(label) for part, label in CO_OWNERS.items()})
    return (*fields, *((owners,) if owners is not None else ()), *_representative(procedure))


def _part(procedure: Procedure, part: str, label: str) -> Field:
    field = Field(f"applicant.{part}", label, type=TYPES.get(part, "text"), required=part not in OPTIONAL)
    if part != "kind":
        return replace(field, required=field.required and part in ALWAYS)
    options = tuple(Option(kind, kind_title(kind)) for kind in procedure.applicants)
    return replace(field, type="choice", options=options)


def _representative(procedure: Procedure) -> Iterator[Field]:
    rule = procedure.applicant.representative
    if rule == "none":
        return
    if rule == "allowed":
        yield Field("representative", str(REPRESENTATIVE_FLAG), type="yes_no")
    for part, label in REPRESENTATIVE.items():
        shown = represented() if rule == "allowed" else None
        yield Field(f"representative.{part}", str(label), required=True, show_when=shown)


@lru_cache(maxsize=1)
def represented() -> Expression:
    """True when somebody else hands the dossier in."""
    parsed = parse_expression("representative", Scope({"representative": Name(FLAG, "representative")}))
    if not isinstance(parsed, Expression):
        raise TypeError("the condition of the representative cannot be read")
    return parsed


def read_applicant(
    procedure: Procedure, raw: Mapping[str, Any], on: date
) -> tuple[dict[str, Any], tuple[AnswerError, ...]]:
    """The block as the engine keeps it, and what is wrong with it. ``raw`` is keyed like the fields."""
    stored: dict[str, Any] = {}
    errors: list[AnswerError] = []
    for now in views(procedure, raw):
        if now.field.key == FIELD_KEY:
            owners, wrong = read_co_owners(now.field, raw.get(FIELD_KEY), on)
            errors += wrong
            stored |= {FIELD_KEY: owners} if owners else {}
            continue
        value = store_value(now.field, raw.get(now.field.key))
        problem = _problem(now, value, stored, on)
        if problem is not None:
            errors.append(problem)
        elif value is not None and now.visible:
            stored[now.field.key] = value
    return _nested(stored), tuple(errors)


def views(procedure: Procedure, raw: Mapping[str, Any]) -> Iterator[FieldNow]:
    """The fields of the block as they are shown for what was chosen so far."""
    represents = raw.get("representative") in ("true", True)
    organisation = raw.get("applicant.kind") not in PEOPLE_WITH_NUMBER
    for field in applicant_fields(procedure):
        visible = field.show_when is None or represents
        required = field.required and visible and not (field.key == "applicant.identity" and organisation)
        yield FieldNow(field, visible, required, raw.get(field.key))


def _problem(now: FieldNow, value: Any, stored: Mapping[str, Any], on: date) -> AnswerError | None:
    if not now.visible:
        return None
    if isinstance(value, AnswerError):
        return value
    if value is None:
        return AnswerError("required", now.field.key) if now.required else None
    if now.field.key == "applicant.identity":
        return _identity_problem(str(value), stored, on)
    return check_answer(now.field, value, {}, on)


def _identity_problem(number: str, stored: Mapping[str, Any], on: date) -> AnswerError | None:
    """People of the country have 12 digits (9 before); whoever else applies shows a number of their own kind."""
    if stored.get("applicant.kind") not in PEOPLE_WITH_NUMBER:
        return None if len(number) <= LONGEST_NUMBER else invalid("applicant.identity", "bad_identity")
    person = Field("applicant.identity", "", type="person_id")
    return check_answer(person, store_value(person, number), {}, on)


def _nested(stored: Mapping[str, Any]) -> dict[str, Any]:
    """{"applicant.name": …} as {"name": …}; the representative inside."""
    block = {key.removeprefix("applicant."): value for key, value in stored.items() if key.startswith("applicant.")}
    person = {key.removeprefix("representative."): v for key, v in stored.items() if key.startswith("representative.")}
    return {**block, "representative": person} if person else block


def flat(applicant: Mapping[str, Any]) -> dict[str, Any]:
    """The block as the fields are keyed, to fill a form from what is stored."""
    person = applicant.get("representative") or {}
    block = {f"applicant.{key}": value for key, value in applicant.items() if key != "representative"}
    inside = {f"representative.{key}": value for key, value in person.items()}
    return {**block, **inside, **({"representative": "true"} if person else {})}
