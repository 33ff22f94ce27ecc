"""Something is done to a dossier: read, asked of the operation, and answered with what to correct or what was done."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import abort, flash, g, redirect, request, url_for

from app.engine.actions import Action, Move
from app.engine.world import Refusal
from app.forms.applicant import applicant_fields
from app.forms.inputs import Errors
from app.forms.reading import next_row_key
from app.operations.take_action import take_action
from app.screens.procedures.action_fields import OWN, asked_fields, takes_applicant
from app.screens.procedures.action_papers import Draft
from app.screens.procedures.action_reading import Sent, form_fields, read_action
from app.screens.procedures.action_words import CONDUCT, done_words
from app.screens.procedures.case import Case, find_case
from app.screens.procedures.conflict import conflict_response
from app.screens.procedures.dossier_page import dossier_response, wanted_move
from app.screens.procedures.view import ProcedureView
from app.screens.refusals import Place, refusal_places, refusal_text
from app.storage.dossiers import procedure_of
from app.storage.outcomes import Done

# They add to the dossier without contradicting what somebody else wrote meanwhile.
WHATEVER_VERSION = frozenset(("comment",))
LARGEST = 2**31 - 1
REMARK_ID = "ghi-chu-moi"  # two forms of the page have a remark, so one has an id of its own


def act_on_dossier(view: ProcedureView, dossier_id: int, kind: str) -> Any:
    """One submitted form. What was typed is never lost: it comes back with a refusal, and beside a conflict."""
    if kind != "step" and kind not in CONDUCT:
        abort(404)
    case = find_case(view, dossier_id)
    move = _move(case, kind)
    if move is None:
        return _ask_anyway(case, kind)
    sent = read_action(case, move, kind, request.form, request.files)
    if request.form.get("add_row") or request.form.get("drop_row"):
        return _again(case, move, sent, (), typed=_with_rows(case, move, sent.typed))
    if sent.problems:
        return _again(case, move, sent, sent.problems)
    question = _question(case, move, kind, sent.action)
    if question:
        return _again(case, move, sent, (), question=question)
    answer = take_action(case.id, _version(kind), sent.action, g.person, case.now, key=_key())
    return _answered(view, case, move, kind, sent, answer)


def _move(case: Case, kind: str) -> Move | None:
    """The move that this form belongs to, if it can be done now; a form that is kept belongs to its step."""
    visit = _number("visit")
    if kind == "save":
        return case.may("step", visit) if case.may("save", visit) is not None else None
    return case.may(kind, visit)


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return min(int(text), LARGEST) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _version(kind: str) -> int | None:
    return None if kind in WHATEVER_VERSION else _number("row_version")


def _key() -> str:
    return request.form.get("key", "")[:64]


# ---- answers


def _answered(view: ProcedureView, case: Case, move: Move, kind: str, sent: Sent, answer: Done | Refusal) -> Any:
    if isinstance(answer, Done):
        return _done(case, kind, move.step)
    if answer.code == "not_found":
        abort(404)
    if answer.code == "stale":
        fresh = find_case(view, case.id)
        return conflict_response(fresh, _move(fresh, kind), kind, sent)
    return _again(case, move, sent, refusal_places(answer, case.names))


def _done(case: Case, kind: str, step: str) -> Any:
    flash(done_words(case, kind, step), "done")
    if procedure_of(case.id, g.person.badges) is None:  # it has left this person's hands and eyes
        return redirect(url_for("InboxView.index"), 303)
    return redirect(case.url(), 303)


def _ask_anyway(case: Case, kind: str) -> Any:
    """It cannot be done (any more): perhaps this very form was carried out already, perhaps somebody was quicker."""
    visit, step = _number("visit"), request.form.get("step", "")[:60]
    action = Action(kind, step, visit)
    answer = take_action(case.id, _version(kind), action, g.person, case.now, key=_key())
    if isinstance(answer, Done):
        return _done(case, kind, step)
    if answer.code == "not_found":
        abort(404)
    if answer.code == "stale":
        return conflict_response(case, None, kind, None)
    return dossier_response(case, wanted_move(case), refused=refusal_text(answer, case.names))


def _again(
    case: Case,
    move: Move,
    sent: Sent,
    problems: tuple[Place, ...],
    *,
    typed: Mapping[str, Any] | None = None,
    question: str = "",
) -> Any:
    """The page with the form as it was sent, the places to correct named above it and beside each."""
    known = {field.key for field in (*form_fields(case, move), *asked_fields(case, move))} | sent.typed.keys()
    paths = [_path(place.path, known) for place in problems]
    errors: Errors = {}
    for path, place in zip(paths, problems, strict=True):
        errors = {**errors, path: (*errors.get(path, ()), place.text)}
    draft = Draft(
        typed=sent.typed if typed is None else typed,
        form=request.form,
        errors=errors,
        summary=tuple((control_id(path), place.text) for path, place in zip(paths, problems, strict=True)),
        kept=sent.kept,
        key=_key(),
        row_version=_number("row_version"),
        question=question,
        chosen=request.form.get("choose", "")[:60],
    )
    if move.kind == "comment":
        texts = tuple((REMARK_ID, text) for _id, text in draft.summary)
        return dossier_response(case, wanted_move(case), remark=replace(draft, summary=texts))
    return dossier_response(case, move, draft)


def _path(path: str, known: set[str]) -> str:
    """Where on the form a place is: the engine names an argument, the form has a field of its own for it."""
    attached = f"{OWN}attach.{path.removeprefix('d.')}"
    if path.startswith("d.") and attached in known:
        return attached
    if f"{OWN}{path}" in known:
        return f"{OWN}{path}"
    return path if path.startswith(("d.", "p.")) or path in known or path.partition(".")[0] in known else ""


def control_id(path: str) -> str:
    """The id of the control that a place belongs to; "" for the dossier as a whole."""
    if not path or path.startswith(("d.", "p.")):
        return path.replace(".", "-")
    return f"f-{path.replace('.', '-')}"


# ---- before it is done


def _question(case: Case, move: Move, kind: str, action: Action) -> str:
    """What a button wants confirmed, unless it has been."""
    if kind != "step" or request.form.get("confirmed"):
        return ""
    asked = (one.confirm for one in case.available if one.visit == move.visit and one.choose == action.choose)
    return next((text for text in asked if text), "")


def _with_rows(case: Case, move: Move, typed: Mapping[str, Any]) -> dict[str, Any]:
    """One row more or less in a table, for browsers without script."""
    changed = dict(typed)
    fields = (*form_fields(case, move), *(applicant_fields(case.procedure) if takes_applicant(case, move) else ()))
    tables = {field.key for field in fields if field.type == "table"}
    added = request.form.get("add_row", "")
    table, _dot, dropped = request.form.get("drop_row", "").rpartition(".")
    if added in tables:
        rows = [row for row in typed.get(added) or () if isinstance(row, dict)]
        changed[added] = [*rows, {"_key": next_row_key(rows)}]
    elif table in tables:
        changed[table] = [row for row in typed.get(table) or () if row.get("_key") != dropped]
    return changed
