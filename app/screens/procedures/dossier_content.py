"""What a dossier contains, ready to be read: answers by sections, papers handed in, fees paid, opinions given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app.definition.model.documents import Document
from app.definition.model.form import Field
from app.engine.co_owners import IDENTITY, co_owners_of
from app.engine.documents import COUNTS, counts, has_come, listed, missing, needed
from app.engine.fees import OWN_KINDS, Balance, balance
from app.engine.form_view import form_view
from app.engine.state import Visit
from app.forms.applicant import applicant_fields, flat
from app.forms.names import PARTS
from app.forms.shown import shown_value
from app.screens.procedures.case import Case
from app.screens.procedures.opinion_words import opinion_title
from app.storage.files import StoredFile
from app.vietnamese.identity import mask

NUMERIC = frozenset(("integer", "decimal", "percent", "area", "money", "year"))
WIDE = frozenset(("long_text", "address", "choices", "table", "file", "party", "coordinate"))
# Parts of the applicant that are shown with most of their digits covered.
COVERED = frozenset(("applicant.identity", "applicant.bank_account", "applicant.tax_code", "representative.identity"))


@dataclass(frozen=True, slots=True)
class Link:
    """A file that can be downloaded; no address where the file is not kept here."""

    name: str
    url: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    is_number: bool = False
    is_total: bool = False
    files: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One answer. ``kind``: text | table | files | link."""

    label: str
    kind: str
    text: str = ""
    wide: bool = False
    url: str = ""
    files: tuple[Link, ...] = ()
    headings: tuple[Cell, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of answers."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the checklist: ``mark`` is come | missing | optional; counts are (kind, come, asked)."""

    key: str
    title: str
    mark: str
    note: str
    counts: tuple[tuple[str, int, int], ...]
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """What is owed and what was paid."""

    lines: tuple[Balance, ...]
    receipts: tuple[Mapping[str, Any], ...]
    total: int
    rest: int
    is_known: bool
    has_own: bool


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """One opinion asked for: of whom, what they said, until when."""

    who: str
    opinion: str
    comment: str
    due: datetime | None
    at: datetime | None
    items: tuple[Item, ...] = ()


# ---- answers


def sections(case: Case, files: tuple[StoredFile, ...]) -> tuple[Section, ...]:
    """The applicant, then the form; only what there is to read."""
    found = [Section(_("Applicant"), tuple(_applicant(case))), *_form(case, files)]
    return tuple(section for section in found if section.items)


def _applicant(case: Case) -> Iterator[Item]:
    values = flat(case.state.applicant)
    for field in applicant_fields(case.procedure):
        value = values.get(field.key)
        if value in (None, "", {}):
            continue
        if field.type == "table":
            yield item_of(case, field, value)
            continue
        covered = field.key in COVERED and not case.opened
        text = mask(str(value)) if covered else shown(case, replace(field, sensitive=False), value)
        yield Item(field.label, "text", text, field.type in WIDE)


def has_secrets(case: Case) -> bool:
    """Whether anything of this dossier is shown covered."""
    owners = co_owners_of(case.state.applicant)
    if not COVERED.isdisjoint(flat(case.state.applicant)) or any(IDENTITY in owner for owner in owners):
        return True
    fields, answers = case.procedure.form.fields, case.state.answers
    return any(_is_covered(fields[key], value) for key, value in answers.items() if key in fields)


def _is_covered(field: Field, value: Any) -> bool:
    if field.sensitive or (field.type == "party" and isinstance(value, Mapping) and "id" in value):
        return True
    rows = value if field.type == "table" and isinstance(value, list) else ()
    return any(_is_covered(column, row[column.key]) for row in rows for column in field.columns if column.key in row)


def _form(case: Case, files: tuple[StoredFile, ...]) -> Iterator[Section]:
    view = form_view(case.procedure, case.state, "", case.env)
    for section in case.procedure.form.sections:
        shown = (view.fields[key] for key in section.fields if key in view.fields)
        open_ones = (one for one in shown if one.visible and one.value is not None and one.field.key not in case.hidden)
        items = [item_of(case, one.field, one.value, files) for one in open_ones]
        yield Section(section.title, tuple(items))


def header_items(case: Case) -> tuple[Item, ...]:
    """The few answers under the title by which people know a dossier (``screens.header``)."""
    view = form_view(case.procedure, case.state, "", case.env)
    named = (view.fields[key] for key in case.procedure.screens.header if key in view.fields)
    open_ones = (one for one in named if one.visible and one.value is not None and one.field.key not in case.hidden)
    return tuple(item_of(case, one.field, one.value) for one in open_ones)


def item_of(case: Case, field: Field, value: Any, files: tuple[StoredFile, ...] = ()) -> Item:
    """One answer with its label."""
    if field.type == "table" and (case.opened or not field.sensitive):
        return _table(case, field, value, files)
    if field.type == "file" and (case.opened or not field.sensitive):
        entries = value if isinstance(value, list) else [value]
        return Item(field.label, "files", wide=True, files=tuple(link_to(case, one, files) for one in entries))
    if field.type == "dossier":
        return Item(field.label, "link", str(value), url=case.ways.get(str(value), ""))
    text = shown(case, field, value)
    if field.expires and value < case.now.date().isoformat():
        text = _("%(date)s, lapsed", date=text)
    return Item(field.label, "text", text, field.type in WIDE or len(text) > LONG)


LONG = 60


def shown(case: Case, field: Field, value: Any) -> str:
    """One value in words; units and people by their names."""
    if value is None or (field.sensitive and not case.opened):
        return shown_value(field, value)
    if field.type in PARTS and isinstance(value, str):  # an address that came in one piece
        return value
    several = value if isinstance(value, list) else [value]
    if field.type in ("unit", "units"):
        return ", ".join(case.names.unit(str(one)) for one in several)
    if field.type in ("user", "users"):
        return ", ".join(case.names.person(str(one)) for one in several)
    return shown_value(field, value, open_sensitive=case.opened)


def _table(case: Case, field: Field, rows: Any, files: tuple[StoredFile, ...]) -> Item:
    headings = tuple(Cell(_heading(column), column.type in NUMERIC) for column in field.columns)
    lines = [row for row in rows if isinstance(row, Mapping)]
    body = [tuple(_cell(case, column, row.get(column.key), files) for column in field.columns) for row in lines]
    if field.totals:
        body.append(tuple(_foot(case, field, column, lines, place == 0) for place, column in enumerate(field.columns)))
    return Item(field.label, "table", wide=True, headings=headings, rows=tuple(body))


def _cell(case: Case, column: Field, value: Any, files: tuple[StoredFile, ...]) -> Cell:
    if column.type == "file" and value is not None and (case.opened or not column.sensitive):
        entries = value if isinstance(value, list) else [value]
        return Cell("", files=tuple(link_to(case, one, files) for one in entries))
    return Cell(shown(case, column, value), column.type in NUMERIC)


def _foot(case: Case, table: Field, column: Field, rows: list[Mapping[str, Any]], first: bool) -> Cell:
    """The last line: sums under the columns that have one."""
    if column.key not in table.totals:
        return Cell(_("Total") if first else "", is_total=True)
    values = [Decimal(str(row[column.key])) for row in rows if row.get(column.key) is not None]
    return Cell(shown(case, column, str(sum(values, Decimal(0)))), True, is_total=True)


def _heading(column: Field) -> str:
    return f"{column.label} ({column.measure})" if column.measure else column.label


def link_to(case: Case, entry: Mapping[str, Any], files: tuple[StoredFile, ...]) -> Link:
    """The file an answer or a paper names: by its content, and it must be of this dossier."""
    name, digest = str(entry.get("name", "")), entry.get("sha256")
    kept = next((one for one in reversed(files) if digest and one.sha256 == digest), None)
    return Link(name, "") if kept is None else Link(name or kept.name, case.url("file", file_id=kept.id), kept.size)


def has_files(case: Case) -> bool:
    """Whether any paper, attachment or answer of the dossier names a file."""
    held = (*case.state.documents.values(), *case.state.attachments.values())
    fields = case.procedure.form.fields
    return any(entry.get("files") for entry in held) or any(
        key in fields and fields[key].type == "file" for key in case.state.answers
    )


# ---- papers


def papers(case: Case, files: tuple[StoredFile, ...]) -> tuple[PaperLine, ...]:
    """The checklist of this case, and papers that steps made."""
    wanted = {want.key: want for want in needed(case.procedure, case.env)}
    still = missing(case.procedure, case.state, case.env)
    lacking = {paper.key for key in still for paper in wanted[key].documents}
    found = [_paper(case, paper, lacking, files) for paper in listed(case.procedure, case.env)]
    return (*found, *_made(case, files))


def _paper(case: Case, paper: Document, lacking: set[str], files: tuple[StoredFile, ...]) -> PaperLine:
    entry = case.state.documents.get(paper.key)
    come = has_come(paper, entry, case.state.channel == "online")
    asked, entry = counts(paper), entry or {}
    names = [name for name in COUNTS if name in asked or entry.get(name)]
    numbers = tuple((name, int(entry.get(name, 0)), asked.get(name, 0)) for name in names)
    links = tuple(link_to(case, one, files) for one in entry.get("files", ()))
    mark = "come" if come else "missing" if paper.key in lacking else "optional"
    return PaperLine(paper.key, paper.title, mark, _paper_note(case, entry, mark), numbers, links)


def _paper_note(case: Case, entry: Mapping[str, Any], mark: str) -> str:
    if entry.get("source"):
        source = str(entry["source"])
        return _("Found in %(source)s", source=case.organisation.sources.get(source, source))
    if mark == "come":
        return _("Shown and compared") if entry.get("presented") else _("Paper received")
    return _("Still missing") if mark == "missing" else _("If any")


def _made(case: Case, files: tuple[StoredFile, ...]) -> Iterator[PaperLine]:
    for place, entry in case.state.attachments.items():
        step, _dot, key = place.partition(".")
        links = tuple(link_to(case, one, files) for one in entry.get("files", ()) if isinstance(one, Mapping))
        note = _("Made at “%(step)s”", step=case.names.step(step))
        yield PaperLine(key, case.names.document(key), "come", note, (), links)


# ---- money


def money(case: Case) -> Money:
    """Fees with what was paid; the total of what the office itself collects."""
    lines = balance(case.procedure, case.state, case.env)
    own = [line for line in lines if line.fee.kind in OWN_KINDS and line.fee.currency == "VND"]
    known = [line for line in own if line.fee.amount is not None]
    keys = {line.fee.key for line in lines}
    receipts = [{**facts, "key": key} for key, facts in case.state.fees.items() if facts.get("paid") and key in keys]
    return Money(
        lines,
        tuple(receipts),
        sum(line.fee.amount or 0 for line in known),
        sum(line.rest or 0 for line in known),
        len(known) == len(own),
        bool(own),
    )


# ---- opinions


def opinions(case: Case) -> tuple[OpinionLine, ...]:
    """Every opinion asked for, in the order of asking."""
    visits = sorted((*case.state.past, *case.state.visits), key=lambda visit: visit.number)
    return tuple(_opinion(case, visit) for visit in visits if visit.kind == "opinion")


def _opinion(case: Case, visit: Visit) -> OpinionLine:
    who = case.names.position(visit.party) if visit.party else case.names.positions(visit.positions)
    who = f"{visit.title}: {who}" if visit.title else who
    said = opinion_title(case.names, visit.step, visit.opinion) if visit.opinion else ""
    fields = case.procedure.form.fields
    values = case.state.member_answers.get(str(visit.number), {})
    open_ones = {key: value for key, value in values.items() if key in fields and key not in case.hidden}
    items = tuple(item_of(case, fields[key], value) for key, value in open_ones.items())
    return OpinionLine(who, said, visit.note if visit.opinion else "", visit.due, visit.left, items)
