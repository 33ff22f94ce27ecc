"""A submitted form of an action read into what the engine is asked; files are kept at once, so that none is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import g
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from app.definition.model.form import Field
from app.engine.actions import Action, Move
from app.engine.answer_error import AnswerError
from app.engine.answer_values import store_value
from app.engine.world import Refusal
from app.forms.applicant import applicant_fields, read_applicant
from app.forms.reading import read_answers
from app.forms.typed import typed_form
from app.forms.uploads import FileControl, as_answers, file_controls, with_files
from app.forms.wording import required_text
from app.operations.attach_file import ACCEPTED, attach_file
from app.screens.procedures.action_fields import OWN, asked_fields, first_values, takes_applicant
from app.screens.procedures.action_form import fillable
from app.screens.procedures.action_papers import papers_of, read_papers, read_payments
from app.screens.procedures.case import Case
from app.screens.procedures.dossier_links import wrong_links
from app.screens.procedures.intake import file_problem
from app.screens.procedures.pick_lists import unknown_picks
from app.screens.procedures.secrets import with_secrets
from app.screens.refusals import Place, refusal_places, value_text
from app.storage.files import StoredFile, files_of

ATTACH = f"{OWN}attach."
MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form says: the action, what was typed, what is wrong with it, and files kept by control."""

    action: Action
    typed: Mapping[str, Any]
    problems: tuple[Place, ...]
    kept: Mapping[str, tuple[StoredFile, ...]]
    files: tuple[StoredFile, ...]


def read_action(
    case: Case, move: Move, kind: str, form: MultiDict[str, str], uploads: MultiDict[str, FileStorage]
) -> Sent:
    """``kind`` is that of the move, or ``save`` for the form of a step that is only kept."""
    fields, own = form_fields(case, move), asked_fields(case, move)
    known = {**read_answers((*fields, *own), form, uploads), **_applicant_typed(case, move, form)}
    fresh, problems = _keep_uploads(case, move, list(file_controls((*fields, *own), known)), uploads)
    files = files_of(case.id)
    typed = _without_dropped(_with_files((*fields, *own), known, fresh, files), form)
    kept = dict(_kept_papers(case, move, form, fresh, files))
    values, wrong = _own_values(own, typed, kind)
    pay, unread = read_payments(case, move, form)
    applicant, unfit = _applicant(case, move, typed)
    errors = (
        *unread,
        *unfit,
        *unknown_picks(case, fields, typed, case.state.answers),
        *wrong_links(fields, typed, case.state.answers),
    )
    refused = Refusal("invalid_value", {"errors": [error.to_params() for error in errors]})
    named = refusal_places(refused, case.names) if errors else ()
    said = with_secrets(fields, as_answers(fields, typed), case.state.answers)
    fill = {field.key: said[field.key] for field in fields if field.key in said}
    if kind == "save":
        return Sent(Action("save", move.step, move.visit, fill=fill), typed, tuple(problems), kept, files)
    action = _action(case, move, values, form)._replace(
        fill=_changed(case, fill) if kind == "resubmit" else fill,
        documents=read_papers(case, move, form, kept),
        attach=_attached(own, typed),
        pay=pay,
    )
    if applicant:
        action = action._replace(arguments={**action.arguments, "applicant": applicant})
    return Sent(action, typed, (*problems, *wrong, *named), kept, files)


def form_fields(case: Case, move: Move) -> tuple[Field, ...]:
    """The fields of the form that this action fills; tables with the columns that may be written."""
    known = case.procedure.form.fields
    return tuple(_writable(known[key], columns) for key, columns in fillable(case, move).items() if key in known)


def _writable(field: Field, columns: tuple[str, ...]) -> Field:
    return replace(field, columns=tuple(one for one in field.columns if not columns or one.key in columns))


def _without_dropped(typed: dict[str, Any], form: MultiDict[str, str]) -> dict[str, Any]:
    """After a conflict only what the person chose to keep is sent again."""
    dropped = set(form.getlist("compared")) - set(form.getlist("keep"))
    return {key: value for key, value in typed.items() if key not in dropped}


# ---- files


def _keep_uploads(
    case: Case, move: Move, controls: list[FileControl], uploads: MultiDict[str, FileStorage]
) -> tuple[dict[str, list[int]], list[Place]]:
    """Every file sent is kept under the dossier before anything else is asked: ids by control, and what was wrong."""
    fresh: dict[str, list[int]] = {}
    problems: list[Place] = []
    sent = list(_uploads(case, move, controls, uploads))
    if len(sent) > MOST_FILES:
        problems.append(Place("", _("At most %(most)s files at once; the others were left out.", most=MOST_FILES)))
    for name, place, upload, limits in sent[:MOST_FILES]:
        label = upload.filename or ""
        kept = attach_file(upload.stream, label, place, g.person, case.now, dossier_id=case.id, **limits)
        if isinstance(kept, Refusal):
            problems.append(Place(name, f"{label}: {file_problem(kept)}"))
        else:
            fresh.setdefault(name, []).append(kept)
    return fresh, problems


def _uploads(
    case: Case, move: Move, controls: list[FileControl], uploads: MultiDict[str, FileStorage]
) -> Iterator[tuple[str, str, FileStorage, dict[str, Any]]]:
    for one in controls:
        place = f"attach:{one.key.removeprefix(ATTACH)}" if one.key.startswith(ATTACH) else f"field:{one.key}"
        limits = {"accept": one.field.accept or ACCEPTED, "max_mb": one.field.max_mb}
        for upload in uploads.getlist(one.name):
            if upload.filename:
                yield one.key, place, upload, limits
    for paper in papers_of(case, move):
        for upload in uploads.getlist(f"d.{paper.key}.files"):
            if upload.filename:
                yield f"d.{paper.key}", f"document:{paper.key}", upload, {}


def _with_files(
    fields: tuple[Field, ...], typed: dict[str, Any], fresh: Mapping[str, list[int]], files: tuple[StoredFile, ...]
) -> dict[str, Any]:
    """File fields hold what was kept and what is new; only files of this dossier are believed."""

    def found(one: FileControl, kept: frozenset[str]) -> list[dict[str, Any]]:
        new = fresh.get(one.key, ())
        return list({file.sha256: file.entry for file in files if file.sha256 in kept or file.id in new}.values())

    return with_files(fields, typed, found)


def _kept_papers(
    case: Case, move: Move, form: MultiDict[str, str], fresh: Mapping[str, list[int]], files: tuple[StoredFile, ...]
) -> Iterator[tuple[str, tuple[StoredFile, ...]]]:
    """New files of papers by control: those of this sending and those of refused ones before."""
    for paper in papers_of(case, move):
        name = f"d.{paper.key}"
        ids = {int(text) for text in form.getlist(f"{name}._kept") if text.isascii() and text.isdecimal()}
        ids |= set(fresh.get(name, ()))
        mine = (one for one in files if one.id in ids and one.uploaded_by == g.person.username)
        found = tuple(one for one in mine if one.place == f"document:{paper.key}")
        if found:
            yield name, found


def _attached(own: tuple[Field, ...], typed: Mapping[str, Any]) -> dict[str, Any]:
    keys = [field.key for field in own if field.key.startswith(ATTACH) and typed.get(field.key)]
    return {key.removeprefix(ATTACH): {"files": list(typed[key])} for key in keys}


# ---- the applicant, corrected at intake


def _applicant_typed(case: Case, move: Move, form: MultiDict[str, str]) -> dict[str, Any]:
    return read_answers(applicant_fields(case.procedure), form) if takes_applicant(case, move) else {}


def _applicant(case: Case, move: Move, typed: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[AnswerError, ...]]:
    """The block as it is now; nothing where the form does not carry it."""
    if not takes_applicant(case, move) or "applicant.kind" not in typed:
        return {}, ()
    return read_applicant(case.procedure, typed, case.now.date())


# ---- what the action asks for itself


def _own_values(
    own: tuple[Field, ...], typed: Mapping[str, Any], kind: str
) -> tuple[dict[str, Any], tuple[Place, ...]]:
    values: dict[str, Any] = {}
    problems: list[Place] = []
    for field in own:
        if field.type == "file":
            continue
        stored = store_value(field, typed.get(field.key))
        if isinstance(stored, AnswerError):
            problems.append(Place(field.key, f"{field.label}: {_own_text(stored)}"))
        elif stored is None and field.required:
            problems.append(Place(field.key, required_text(field.label)))
        elif stored is not None:
            values[field.key.removeprefix(OWN)] = stored
    return values, tuple(problems)


def _own_text(error: AnswerError) -> str:
    return value_text(error.params)


def _action(case: Case, move: Move, values: dict[str, Any], form: MultiDict[str, str]) -> Action:
    """Comment and choice in their places, parts of the receiver together, everything else as arguments."""
    arguments: dict[str, Any] = {}
    for key, value in values.items():
        whole, dot, part = key.partition(".")
        if dot:
            arguments.setdefault(whole, {})[part] = value
        elif key not in ("comment", "choose"):
            arguments[key] = value
    if move.kind == "step":
        arguments.update(_left_out(case, move, arguments))
    if "grounds" in arguments:
        arguments["reason"] = "; ".join((*arguments.pop("grounds"), *filter(None, (arguments.get("reason"),))))
    if move.kind == "consult" and "days" in arguments:
        arguments["within"] = f"{arguments.pop('days')} working days"
    choose = values.get("choose") or form.get("choose", "")
    comment = str(values.get("comment", ""))
    return Action(move.kind, move.step, move.visit, choose=str(choose)[:60], comment=comment, arguments=arguments)


def _left_out(case: Case, move: Move, arguments: dict[str, Any]) -> dict[str, Any]:
    """Whom of those to be asked the sender does not ask."""
    if "_.ask" not in first_values(case, move):
        return {}
    chosen = arguments.pop("ask", [])
    return {"leave_out": [party for party in first_values(case, move)["_.ask"] if party not in chosen]}


def _changed(case: Case, fill: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that differ from what stands there: a supplement need not touch the rest."""
    fields, stored = case.procedure.form.fields, case.state.answers
    return {key: raw for key, raw in fill.items() if raw != typed_form(fields[key], stored.get(key))}
