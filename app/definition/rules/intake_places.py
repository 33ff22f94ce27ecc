"""Rules about where a dossier may be taken in, and which place decides who has the work (R02 R05 O03, ruling 13)."""

from collections.abc import Iterator, Mapping

from app.definition.model.procedure import APPLICANT_PLACE
from app.definition.rules.references import listed, unknown
from app.definition.rules.subject import Finding, KeyPath, Subject
from app.definition.words import Words

_UNIT, _TYPE = Words("đơn vị", "Unit"), Words("loại đơn vị", "Unit type")
_NO_RECEPTION = Words(
    "được ghi ở intake_at nhưng không có vai trò reception", "is named in intake_at and has no role reception"
)
_CURE = Words(
    "Thêm reception vào roles của đơn vị, hoặc bỏ khỏi intake_at.",
    "Add reception to the roles of the unit, or take it out of intake_at.",
)


def places_of_intake(subject: Subject) -> Iterator[Finding]:
    """R05 O03: a place of intake that does not exist, or where nobody receives. What was filled in is not judged.

    The agency needs no counter of its own: what its people begin is taken in there.
    """
    organisation, agencies = subject.organisation, set(subject.procedure.agency.values())
    for path, place in _written(subject):
        kind = place.removeprefix("type.")
        units = organisation.units_named((place,))
        if kind != place and kind not in organisation.unit_types:
            yield unknown("R05", path, kind, organisation.unit_types, what=_TYPE, key=kind)
        elif kind == place and place not in organisation.units:
            yield unknown("R05", path, place, organisation.units, what=_UNIT, key=place)
        elif place not in agencies and not any("reception" in organisation.units[unit].roles for unit in units):
            yield Finding(path, "O03", {"unit": place, "fault": _NO_RECEPTION, "cure": _CURE})


def _written(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    """The places that the file itself names; the default names what the organisation has."""
    chosen = subject.expanded.get("intake_at")
    if not isinstance(chosen, Mapping) or not subject.is_written(("intake_at",)):
        return
    yield from _each(("intake_at", "default"), chosen.get("default"))
    for at, case in enumerate(listed(chosen.get("cases"))):
        yield from _each(("intake_at", "cases", at, "is"), case.get("is"))


def _each(path: KeyPath, places: object) -> Iterator[tuple[KeyPath, str]]:
    for at, place in enumerate(listed(places)):
        yield (*path, at), str(place)


def locality_named(subject: Subject) -> Iterator[Finding]:
    """R02: the place that decides is neither the applicant's nor a field or column of the form."""
    fields = subject.procedure.form.fields
    columns = (f"{key}.{column.key}" for key, field in fields.items() for column in field.columns)
    known = (APPLICANT_PLACE, *fields, *columns)
    if subject.procedure.locality not in known:
        yield unknown("R02", ("locality",), subject.procedure.locality, known, field=subject.procedure.locality)
