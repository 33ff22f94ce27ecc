"""Intake at the counter: the form, its preview, and what happens when it is sent; nothing typed or uploaded is lost."""

import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.definition.duration import Duration, parse_duration
from app.definition.model.procedure import Procedure
from app.engine.answer_error import AnswerError
from app.engine.documents import missing
from app.engine.preview import Preview, preview_intake
from app.engine.world import Refusal
from app.forms.uploads import file_controls
from app.operations.attach_file import attach_file
from app.operations.receive_dossier import Reception, receive_dossier
from app.operations.save_draft import save_draft
from app.screens.deadlines import deadlines
from app.screens.names import Names
from app.screens.procedures.dossier_links import wrong_links
from app.screens.procedures.intake_form import (
    IntakePage,
    Sent,
    all_papers,
    applicant_labels,
    blank_form,
    page_for,
    projection_note,
    read_form,
)
from app.screens.procedures.pick_lists import AtIntake, unknown_picks
from app.screens.procedures.prefill import taken_over
from app.screens.procedures.view import ProcedureView
from app.screens.refusals import Place, refusal_places, refusal_text
from app.storage.catalogue_store import holder
from app.storage.drafts import load_draft
from app.storage.files import StoredFile, draft_files
from app.storage.outcomes import Done

Errors = dict[str, tuple[str, ...]]


def offer_intake(view: ProcedureView) -> Any:
    """The empty form, or a draft of this person's."""
    procedure = view.procedure
    draft_id = request.args.get("draft", 0, type=int)
    sent = blank_form(procedure)
    if 0 < draft_id < 2**31:
        kept = load_draft(draft_id, g.person.user_id)
        if kept is not None:
            sent = Sent.from_draft(procedure, kept, sent, deadlines().now)
            return _page(view, sent.with_files(procedure, draft_files(draft_id)), {}, (), draft_id)
    return _page(view, sent, {}, (), 0)


def show_preview(view: ProcedureView) -> Any:
    """The promise, the fees and the papers of the form as it stands."""
    now = deadlines().now
    sent = read_form(view.procedure, request.form, now)
    taken = json.dumps(taken_over(view.procedure, sent.intake.applicant), ensure_ascii=False)
    page = page_for(view.procedure, sent, now, {})
    return render_template("mc/procedures/intake_summary.html", taken=taken, **_summary(page))


def receive(view: ProcedureView) -> Any:
    """What the pressed button asks for: accept, open without accepting, keep as a draft, or one row more or less."""
    procedure, now = view.procedure, deadlines().now
    sent = read_form(procedure, request.form, now)
    sent, draft_id, problems = _keep_files(procedure, sent)
    if request.form.get("add_row") or request.form.get("drop_row"):
        return _page(view, sent.with_rows(procedure, request.form), {}, (), draft_id)
    if request.form.get("do") == "save":
        return _save(view, sent, draft_id, problems)
    problems = [*problems, *_own_problems(procedure, sent)]
    accept = request.form.get("do") != "open"
    if problems:
        return _refused(view, sent, [*problems, *(gaps(view, sent) if accept else ())], draft_id)
    answer = receive_dossier(
        _reception(procedure, sent, draft_id, accept=accept),
        g.person,
        now,
        key=request.form.get("key", "")[:64],
    )
    if isinstance(answer, Refusal):
        places = refusal_places(answer, Names(procedure, g.catalogue.organisation))
        return _refused(view, sent, [*places, *(gaps(view, sent) if accept else ())], draft_id)
    return _received(view, answer)


def _reception(procedure: Procedure, sent: Sent, draft_id: int, *, accept: bool) -> Reception:
    intake = sent.intake
    return Reception(
        procedure_key=procedure.key,
        applicant=intake.applicant,
        answers=intake.answers,
        documents=sent.papers,
        pay=sent.pay,
        channel=intake.channel,
        unit=intake.unit,
        variant=intake.variant,
        received=intake.received,
        unpaid_reason=sent.unpaid_reason,
        draft_id=draft_id,
        accept=accept,
    )


def _received(view: ProcedureView, done: Done) -> Any:
    field, _slash, name = view.procedure.key.partition("/")
    if done.code:
        flash(_("Received %(code)s. The slip is ready to be printed.", code=done.code), "done")
    else:
        flash(_("The dossier is kept without a code until it is accepted."), "info")
    return redirect(url_for("ProcedureFacade.show", field=field, name=name, dossier_id=done.dossier_id))


def _own_problems(procedure: Procedure, sent: Sent) -> Iterator[Place]:
    """What is wrong with the applicant block and the moment of receipt, before the engine is asked."""
    labels = applicant_labels(procedure)
    for error in sent.errors:
        yield Place(error.field, _error_text(error, labels))
    state = preview_intake(procedure, sent.intake, deadlines().now, holder.world(g.catalogue)).state
    desk = AtIntake(procedure, g.catalogue.organisation, state, deadlines().now)
    fields = procedure.form.fields.values()
    errors = [*unknown_picks(desk, fields, sent.typed, {}), *wrong_links(fields, sent.typed, {})]
    if errors:
        yield from refusal_places(Refusal("invalid_value", {"errors": [one.to_params() for one in errors]}), desk.names)


def gaps(view: ProcedureView, sent: Sent) -> Iterator[Place]:
    """Everything that is still missing, so that one look shows all of it: the engine names one kind at a time."""
    procedure, now = view.procedure, deadlines().now
    world = holder.world(g.catalogue)
    preview = preview_intake(procedure, sent.intake, now, world)
    names = Names(procedure, g.catalogue.organisation)
    for key, field in preview.form.fields.items():
        if field.fillable and field.required and field.value in (None, "", []):
            yield from refusal_places(Refusal("missing_fields", {"fields": [key]}), names)
    papers = missing_papers(procedure, preview, {**_uploaded(_own_draft_id()), **sent.papers})
    if papers:
        yield from refusal_places(Refusal("missing_documents", {"documents": papers}), names)


def missing_papers(procedure: Procedure, preview: Preview, papers: Mapping[str, Any]) -> list[str]:
    """Papers asked for now of which too little has come."""
    state = preview.state.copy()
    state.__dict__.update(documents=papers)
    return list(missing(procedure, state, preview.env))


def _uploaded(draft_id: int) -> dict[str, Any]:
    """Papers of which a file lies in the draft."""
    files = draft_files(draft_id) if draft_id else ()
    return {
        file.place.partition(":")[2]: {"files": [file.entry]} for file in files if file.place.startswith("document:")
    }


def _error_text(error: AnswerError, labels: Mapping[str, str]) -> str:
    """The sentence with the block's own labels."""
    refusal = Refusal(error.code, error.to_params())
    text = refusal_text(refusal, Names())
    return text.replace(error.field, labels.get(error.field, error.field))


def _keep_files(procedure: Procedure, sent: Sent) -> tuple[Sent, int, list[Place]]:
    """Put new uploads into the draft at once, so that a refused form keeps them.

    The form with the files that are really there, the draft's id, and what was wrong.
    """
    draft_id = _own_draft_id()
    uploads = list(_uploads(procedure, sent))
    if not uploads:
        return sent.with_files(procedure, draft_files(draft_id) if draft_id else ()), draft_id, []
    now = deadlines().now
    made = save_draft(procedure.key, _title(sent), sent.to_draft(), g.person, now, draft_id=draft_id)
    if isinstance(made, Refusal):
        return sent.with_files(procedure, ()), draft_id, [Place("", refusal_text(made))]
    problems, fresh = [], set()
    for place, label, upload, limits in uploads:
        kept = attach_file(upload.stream, upload.filename, place, g.person, now, draft_id=made, **limits)
        if isinstance(kept, Refusal):
            problems.append(Place(place, f"{label}, {upload.filename}: {file_problem(kept)}"))
        else:
            fresh.add(kept)
    sent = sent.with_files(procedure, draft_files(made), frozenset(fresh))
    save_draft(procedure.key, _title(sent), sent.to_draft(), g.person, now, draft_id=made)
    return sent, made, problems


def _own_draft_id() -> int:
    """The draft that the form names, if it is this person's; 0 for none."""
    draft_id = request.form.get("draft", 0, type=int)
    mine = 0 < draft_id < 2**31 and load_draft(draft_id, g.person.user_id) is not None
    return draft_id if mine else 0


def _uploads(procedure: Procedure, sent: Sent) -> Iterator[tuple[str, str, Any, dict[str, Any]]]:
    """(place, label, file, limits) of every file sent."""
    for paper, _group in all_papers(procedure.documents):
        for upload in request.files.getlist(f"d.{paper.key}.files"):
            if upload.filename:
                yield f"document:{paper.key}", paper.title, upload, {}
    for control in file_controls(procedure.form.fields.values(), sent.typed):
        field = control.field
        limits = {"accept": field.accept, "max_mb": field.max_mb} if field.accept else {"max_mb": field.max_mb}
        for upload in request.files.getlist(control.name):
            if upload.filename:
                yield f"field:{control.key}", field.label, upload, limits


def file_problem(refusal: Refusal) -> str:
    """Why a file cannot be taken, and what can."""
    params = refusal.params
    if "accept" in params:
        return _("this kind of file is not taken; send %(kinds)s", kinds=", ".join(params["accept"]))
    if "max_mb" in params:
        return _("the file is larger than %(size)s MB", size=params["max_mb"])
    if "content" in params:
        return _("the content is not what the ending .%(ending)s says", ending=params["content"])
    return refusal_text(refusal)


def _save(view: ProcedureView, sent: Sent, draft_id: int, problems: list[Place]) -> Any:
    now = deadlines().now
    made = save_draft(view.procedure.key, _title(sent), sent.to_draft(), g.person, now, draft_id=draft_id)
    if isinstance(made, Refusal):
        return _refused(view, sent, [Place("", refusal_text(made))], draft_id)
    if problems:
        return _refused(view, sent, problems, made)
    flash(_("The draft is kept. You find it under “Receive a dossier”."), "done")
    field, _slash, name = view.procedure.key.partition("/")
    return redirect(url_for("ProcedureFacade.add", field=field, name=name, draft=made))


def _title(sent: Sent) -> str:
    return str(sent.typed.get("applicant.name") or "")[:300]


def _refused(view: ProcedureView, sent: Sent, problems: list[Place], draft_id: int) -> Any:
    """The same form with what was typed, the places to correct named above it and beside each."""
    errors: Errors = {}
    for place in problems:
        kind, colon, key = place.path.partition(":")
        path = f"d.{key}" if kind == "document" else key if colon else place.path
        known = errors.get(path, ())
        if not known or path in ("", "received"):  # one sentence a place: the first one, which is the nearest
            errors[path] = (*known, place.text)
    summary = tuple((control_id(path), text) for path, texts in errors.items() for text in texts)
    return _page(view, sent, errors, summary, draft_id), 422


def control_id(path: str) -> str:
    """The id of the control that a place belongs to; "" for the form as a whole."""
    if path.startswith("d."):
        return f"d-{path[2:]}"
    if path in ("received", ""):
        return path
    return f"f-{path.replace('.', '-')}" if not path.startswith("p.") else "h-phi"


def _page(view: ProcedureView, sent: Sent, errors: Errors, summary: Any, draft_id: int) -> Any:
    kept = _kept_files(draft_id)
    page = page_for(view.procedure, sent, deadlines().now, errors, summary)
    return render_template(
        "mc/procedures/intake.html",
        key=request.form.get("key") or secrets.token_hex(16),
        draft_id=draft_id,
        problems=errors,
        kept_files=kept,
        **_summary(page),
    )


def _kept_files(draft_id: int) -> dict[str, list[StoredFile]]:
    """Files uploaded before, by the key of the paper they are for."""
    kept: dict[str, list[StoredFile]] = {}
    for file in draft_files(draft_id) if draft_id else ():
        kind, _colon, key = file.place.partition(":")
        if kind == "document":
            kept.setdefault(key, []).append(file)
    return kept


def _summary(page: IntakePage) -> dict[str, Any]:
    return {
        "page": page,
        "limit_words": limit_words(page),
        "warning": projection_note(page.preview, deadlines().calendar),
    }


def limit_words(page: IntakePage) -> str:
    """The limit of this case in words, with the grounds that chose it."""
    limit = page.preview.limit
    texts = [entry["time"] for entry in limit.get("phases", ())] + list(limit.get("add", ()))
    words = " + ".join(_duration_words(text) for text in texts)
    why = "; ".join(limit.get("why", ()))
    return f"{words} ({why})" if why else words


def _duration_words(text: str) -> str:
    duration = parse_duration(text)
    return duration.to_vietnamese() if isinstance(duration, Duration) else text
