"""The intake form: what was sent, read; what is shown, gathered. Nothing is written here."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.definition.model.documents import Document, Group
from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.engine.actions import Intake
from app.engine.answer_error import AnswerError
from app.engine.answer_values import store_value
from app.engine.clock import Calendar
from app.engine.documents import COUNTS, counts
from app.engine.fees import FeeDue
from app.engine.form_view import FieldView
from app.engine.plan import plan_of
from app.engine.preview import Preview, preview_intake
from app.forms.applicant import applicant_fields, read_applicant, views
from app.forms.inputs import Input, inputs_for
from app.forms.live import ON_THE_PAGE, known_values, live_only
from app.forms.reading import next_row_key, read_answers
from app.forms.uploads import FileControl, as_answers, with_files
from app.screens.day_strip import Cell, day_strip
from app.screens.procedures.pick_lists import AtIntake, pickable
from app.screens.procedures.prefill import origin_of
from app.storage.catalogue_store import holder
from app.storage.files import StoredFile
from app.vietnamese.dates import parse_moment
from app.vietnamese.fault import Fault

MOST_COPIES = 999


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: the intake for the engine, what was typed, papers ticked, money taken."""

    intake: Intake
    typed: Mapping[str, Any]
    papers: Mapping[str, Mapping[str, Any]]
    pay: Mapping[str, Mapping[str, Any]]
    unpaid_reason: str = ""
    received_text: str = ""
    errors: tuple[AnswerError, ...] = ()

    def to_draft(self) -> dict[str, Any]:
        """Everything typed, as JSON."""
        return {
            "channel": self.intake.channel,
            "unit": self.intake.unit,
            "variant": self.intake.variant,
            "received": self.received_text,
            "typed": self.typed,
            "papers": self.papers,
            "pay": self.pay,
            "unpaid_reason": self.unpaid_reason,
        }

    @staticmethod
    def from_draft(procedure: Procedure, kept: Mapping[str, Any], blank: "Sent", now: datetime) -> "Sent":
        """A draft as it was typed; what the procedure no longer knows is left out."""
        typed = {**blank.typed, **kept.get("typed", {})}
        applicant, _problems = read_applicant(procedure, typed, now.date())
        received, _problem = _received(str(kept.get("received", "")), now)
        intake = Intake(
            channel=_one_of(str(kept.get("channel", "")), procedure.channels),
            unit=str(kept.get("unit", "")) or blank.intake.unit,
            variant=_one_of(str(kept.get("variant", "")), tuple(variant.key for variant in procedure.variants)),
            applicant=applicant,
            answers={key: typed[key] for key in procedure.form.fields if key in typed},
            received=received,
        )
        reason = str(kept.get("unpaid_reason", ""))
        return Sent(intake, typed, kept.get("papers", {}), kept.get("pay", {}), reason, str(kept.get("received", "")))

    def with_files(
        self, procedure: Procedure, files: tuple[StoredFile, ...], fresh: frozenset[int] = frozenset()
    ) -> "Sent":
        """With those files of the draft that the form kept, and those that came with it, in their fields and cells."""

        def found(control: FileControl, kept: frozenset[str]) -> list[dict[str, Any]]:
            here = (one for one in files if one.place == f"field:{control.key}")
            return list({one.sha256: one.entry for one in here if one.sha256 in kept or one.id in fresh}.values())

        fields = tuple(procedure.form.fields.values())
        typed = with_files(fields, self.typed, found)
        said = as_answers(fields, typed)
        answers = {key: said[key] for key in procedure.form.fields if key in said}
        return replace(self, typed=typed, intake=self.intake._replace(answers=answers))

    def with_rows(self, procedure: Procedure, form: MultiDict[str, str]) -> "Sent":
        """One row more or less in a table, for browsers without script."""
        typed = dict(self.typed)
        added = form.get("add_row", "")
        table, _dot, dropped = form.get("drop_row", "").rpartition(".")
        tables = {
            one.key for one in (*applicant_fields(procedure), *procedure.form.fields.values()) if one.type == "table"
        }
        if added in tables:
            rows = [row for row in typed.get(added, ()) if isinstance(row, dict)]
            typed[added] = [*rows, {"_key": next_row_key(rows)}]
        elif table in tables:
            typed[table] = [row for row in typed.get(table, ()) if row.get("_key") != dropped]
        return replace(self, typed=typed)


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of the checklist: the paper, what is asked for, what has come."""

    document: Document
    group: str
    shown: bool
    required: bool
    asked: Mapping[str, int]
    come: Mapping[str, Any]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One titled group of inputs."""

    key: str
    title: str
    help: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class IntakePage:
    """Everything the page draws."""

    procedure: Procedure
    preview: Preview
    applicant: tuple[Input, ...]
    parts: tuple[Part, ...]
    papers: tuple[Paper, ...]
    fees: tuple[FeeDue, ...]
    units: tuple[tuple[str, str], ...]
    sent: Sent
    known: str = "{}"  # values that conditions read and no control has, as JSON
    strip: list[Cell] = field(default_factory=list)
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def total(self) -> int | None:
        """What is to be collected for the office, without obligations and payouts; None while something is unknown."""
        own = [fee.amount for fee in self.fees if fee.kind not in ("obligation", "payout") and fee.currency == "VND"]
        return None if any(amount is None for amount in own) else sum(amount or 0 for amount in own)


def reception_units(procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """The units at whose reception this person sits and where this procedure may be taken in."""
    organisation = g.catalogue.organisation
    mine = sorted(position.partition("@")[2] for position in g.person.positions if position.startswith("reception@"))
    places = organisation.units_named(procedure.intake_places())
    found = []
    for key in mine:
        unit = organisation.units.get(key)
        if unit is not None and key in places:
            found.append((key, unit.short or unit.title))
    return tuple(found)


def read_form(procedure: Procedure, form: MultiDict[str, str], now: datetime) -> Sent:
    """The intake in a submitted form; what cannot be read is named and kept as it was typed."""
    fields = (*applicant_fields(procedure), *procedure.form.fields.values())
    typed = read_answers(fields, form, request.files)
    applicant, problems = read_applicant(procedure, typed, now.date())
    received, moment_problem = _received(form.get("received", ""), now)
    intake = Intake(
        channel=_one_of(form.get("channel", ""), procedure.channels),
        unit=_one_of(form.get("unit", ""), tuple(key for key, _title in reception_units(procedure))),
        variant=form.get("variant", "")[:60],
        applicant=applicant,
        answers={key: typed[key] for key in procedure.form.fields if key in typed},
        received=received,
    )
    errors = (*problems, *((moment_problem,) if moment_problem else ()))
    return Sent(
        intake,
        typed,
        dict(_papers(procedure, form)),
        dict(_payments(procedure, form)),
        form.get("unpaid_reason", "")[:500].strip(),
        form.get("received", "")[:40],
        errors,
    )


def blank_form(procedure: Procedure) -> Sent:
    """What stands in the form before anything was typed."""
    units = reception_units(procedure)
    variant = procedure.variants[0].key if procedure.variants else ""
    kind = procedure.applicants[0] if procedure.applicants else ""
    intake = Intake(
        channel=procedure.channels[0], unit=units[0][0] if units else "", variant=variant, applicant={"kind": kind}
    )
    return Sent(intake, {"applicant.kind": kind}, {}, {})


def _one_of(chosen: str, allowed: tuple[str, ...]) -> str:
    return chosen if chosen in allowed else allowed[0] if allowed else ""


def _received(text: str, now: datetime) -> tuple[datetime | None, AnswerError | None]:
    """Nothing means now; a moment to come is refused."""
    if not text.strip():
        return None, None
    moment = parse_moment(text)
    if isinstance(moment, Fault):
        return None, AnswerError("invalid_value", "received", {"reason": "not_a_date"})
    if moment > now:
        return None, AnswerError("invalid_value", "received", {"reason": "out_of_range"})
    return moment, None


def _papers(procedure: Procedure, form: MultiDict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for document, _group in all_papers(procedure.documents):
        name = f"d.{document.key}"
        entry: dict[str, Any] = {}
        for count in COUNTS:
            number = form.get(f"{name}.{count}", "").strip()
            if number.isdigit() and 0 < int(number[:4]) <= MOST_COPIES:
                entry[count] = int(number[:4])
        if form.get(f"{name}.presented"):
            entry["presented"] = True
        if form.get(f"{name}.source") and document.replaced_by:
            entry["source"] = document.replaced_by
        if entry:
            yield document.key, entry


def _payments(procedure: Procedure, form: MultiDict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for fee in procedure.fees:
        if form.get(f"p.{fee.key}"):
            receipt = form.get(f"p.{fee.key}.receipt", "")[:60].strip()
            yield fee.key, {"receipt": receipt, "manner": "counter"}


def all_papers(items: tuple[Document | Group, ...], group: str = "") -> Iterator[tuple[Document, str]]:
    """Every paper with the title of the group it stands in, in file order."""
    for item in items:
        if isinstance(item, Document):
            yield item, group
        else:
            yield from all_papers(item.items, item.title)


def page_for(
    procedure: Procedure,
    sent: Sent,
    now: datetime,
    errors: Mapping[str, tuple[str, ...]],
    summary: tuple[tuple[str, str], ...] = (),
) -> IntakePage:
    """The page of an intake as it stands; ``errors`` by field key, ``summary`` for the box above the form."""
    applicant = {**sent.intake.applicant, "kind": _kind(procedure, sent)}
    intake = sent.intake._replace(applicant=applicant)
    preview = preview_intake(procedure, intake, now, holder.world(g.catalogue), person=g.person.username)
    on = (intake.received or now).date()
    raw = {"applicant.kind": applicant["kind"], **sent.typed}
    desk = AtIntake(procedure, g.catalogue.organisation, preview.state, now)
    parts = tuple(_parts(desk, preview, sent, errors, on))
    block = inputs_for(views(procedure, raw), raw, errors, on)
    inputs = [*block, *(one for part in parts for one in part.inputs)]
    known = known_values(inputs, preview.env, procedure.form.fields, frozenset(), ON_THE_PAGE)
    names = frozenset((*known, *ON_THE_PAGE, *(one.field.key for one in inputs)))
    return IntakePage(
        procedure,
        preview,
        block,
        tuple(replace(part, inputs=tuple(live_only(part.inputs, names))) for part in parts),
        tuple(_lines(procedure, preview, sent, errors)),
        preview.fees,
        reception_units(procedure),
        sent,
        json.dumps(known, ensure_ascii=False),
        _strip(preview, now),
        summary,
    )


def _kind(procedure: Procedure, sent: Sent) -> str:
    chosen = store_value(applicant_fields(procedure)[0], sent.typed.get("applicant.kind"))
    return chosen if chosen in procedure.applicants else procedure.applicants[0] if procedure.applicants else ""


def _parts(
    desk: AtIntake, preview: Preview, sent: Sent, errors: Mapping[str, tuple[str, ...]], on: date
) -> Iterator[Part]:
    conditions = plan_of(desk.procedure).section_conditions
    filled = frozenset(key for key, view in preview.form.fields.items() if view.fillable)
    for section in desk.procedure.form.sections:
        shown = [preview.form.fields[key] for key in section.fields if key in preview.form.fields]
        fillable = [view for view in shown if _belongs_here(view, filled)]
        if fillable:
            fillable = [view for view in shown if view in fillable or view.field.type == "note"]
            offered = [view._replace(field=_offered(desk, view.field, sent)) for view in fillable]
            inputs = inputs_for(offered, sent.typed, errors, on, conditions)
            yield Part(section.key, section.title, section.help, inputs)


def _offered(desk: AtIntake, definition: Field, sent: Sent) -> Field:
    """With what can be picked, and a word on where the value comes from."""
    origin = origin_of(definition)
    known = replace(definition, help=f"{definition.help} {origin}".strip()) if origin else definition
    return pickable(desk, known, sent.typed.get(definition.key))


def _belongs_here(view: FieldView, filled: frozenset[str]) -> bool:
    """What intake fills, and what is computed from it."""
    computed = view.field.value
    reads = () if computed is None else (name.partition(".")[0] for name in computed.reads)
    return view.fillable or not filled.isdisjoint(reads)


def _lines(
    procedure: Procedure, preview: Preview, sent: Sent, errors: Mapping[str, tuple[str, ...]]
) -> Iterator[Paper]:
    shown = {paper.key for paper in preview.papers}
    alone = {want.documents[0].key for want in preview.needed if want.of == "all"}
    for document, group in all_papers(procedure.documents):
        yield Paper(
            document,
            group,
            document.key in shown,
            document.key in alone,
            counts(document),
            sent.papers.get(document.key, {}),
            "; ".join(errors.get(f"d.{document.key}", ())),
        )


def _strip(preview: Preview, now: datetime) -> list[Cell]:
    if preview.reading is None or preview.reading.due is None:
        return []
    entries = preview.reading.clock.explain()
    return day_strip(entries, due=preview.reading.due.date(), today=now.date(), pauses={})


def projection_note(preview: Preview, calendar: Calendar) -> str:
    """A promise that rests on days off not decided yet says so."""
    if preview.reading is None or preview.reading.due is None:
        return ""
    if calendar.is_projected(preview.reading.due.date()):
        return _("The days off of %(year)s are not decided yet.", year=preview.reading.due.year)
    return ""


def applicant_labels(procedure: Procedure) -> dict[str, str]:
    """What the parts of the applicant block are called."""
    return {one.key: one.label for one in applicant_fields(procedure)}
