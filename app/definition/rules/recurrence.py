"""Rules about what recurs: the field that says how often (R02 R08 K04)."""

from collections.abc import Iterator

from app.definition.model.recurring import CADENCES
from app.definition.rules.references import unknown
from app.definition.rules.subject import Finding, KeyPath, Subject

_EVERY: KeyPath = ("recurs", "every")


def cadence_field(subject: Subject) -> Iterator[Finding]:
    """R02 for a field that does not exist, K04 for an option of it that is no span of time."""
    recurs = subject.procedure.recurs
    if recurs is None or not recurs.by_field:
        return
    fields = subject.procedure.form.fields
    field = fields.get(recurs.every)
    if field is None:
        yield unknown("R02", _EVERY, recurs.every, (*CADENCES[1:], *fields), field=recurs.every)
        return
    if field.type != "choice":
        yield Finding(_EVERY, "K04", {"value": recurs.every, "key": "every", "allowed": CADENCES[1:], "near": ()})
        return
    for option in field.options:
        if option.key not in CADENCES:
            params = {"value": option.key, "key": recurs.every, "allowed": CADENCES, "near": ()}
            yield Finding(("form", "fields", recurs.every, "options", option.key), "K04", params)
