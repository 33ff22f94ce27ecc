"""Rules about what a field names outside the form: whom it is shown to, what it picks from, what fills it (R04 R05)."""

from collections.abc import Iterator, Mapping

from app.definition.compile_who import parse_party
from app.definition.model.form import Field
from app.definition.rules.references import listed, who_leaves
from app.definition.rules.subject import KeyPath, Subject
from app.definition.shape.tables.wording import STANDARD_PARTS
from app.definition.words import Words

Named = tuple[KeyPath, Words, str, Mapping[str, object]]

PREVIOUS = "previous"
_TYPE, _SOURCE = Words("loại đơn vị", "Unit type"), Words("nguồn tra cứu", "Source")
_ITEM, _PART = Words("mục của nguồn", "Item of the source"), Words("phần của người nộp", "Part of the applicant")
_WHO = Words("người hoặc vị trí", "Position")
_FORM: KeyPath = ("form", "fields")


def fields_and_columns(subject: Subject) -> Iterator[tuple[KeyPath, Field]]:
    """Every field and every column, with its place."""
    for key, field in subject.procedure.form.fields.items():
        yield (*_FORM, key), field
        for column in field.columns:
            yield (*_FORM, key, "columns", column.key), column


def who_of_fields(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    """Every party that a field is shown to, or from whom one is picked, as written."""
    written = subject.expanded["form"]["fields"]
    for path, field in fields_and_columns(subject):
        if field.shown_to is not None:
            yield from who_leaves(written[field.key].get("shown_to"), (*path, "shown_to"))
        if field.of and field.type in ("user", "users"):
            yield (*path, "of"), field.of


def named_by_fields(subject: Subject) -> Iterator[Named]:
    """Unit types, positions, sources and parts of the applicant that fields name."""
    for path, field in fields_and_columns(subject):
        if field.of and field.type in ("unit", "units"):
            yield (*path, "of"), _TYPE, field.of, subject.organisation.unit_types
        elif field.of and field.type in ("user", "users") and parse_party(field.of) is None:
            yield (*path, "of"), _WHO, field.of, dict.fromkeys(subject.organisation.positions(), "")
        if field.prefill and field.prefill != PREVIOUS:
            yield from _origin((*path, "prefill"), field.prefill, subject)


def _origin(path: KeyPath, prefill: str, subject: Subject) -> Iterator[Named]:
    source, _dot, item = prefill.partition(".")
    if source == "applicant":
        yield path, _PART, item, dict.fromkeys((*STANDARD_PARTS, *subject.procedure.applicant.ask))
    elif source not in subject.organisation.sources:
        yield path, _SOURCE, source, {PREVIOUS: "", **dict.fromkeys(subject.organisation.sources)}
    else:
        declared = subject.library.organisation_document.get("sources")
        entry = declared.get(source) if isinstance(declared, Mapping) else None
        gives = listed(entry.get("gives") if isinstance(entry, Mapping) else None)
        if gives:  # a source that says nothing is told of by O11
            yield path, _ITEM, item, dict.fromkeys(gives)
