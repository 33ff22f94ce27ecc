"""The form of one action as a value: what it asks for, with what was typed kept, and the buttons that send it."""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import g
from flask_babel import gettext as _

from app.engine.actions import Move
from app.engine.answer_rows import read_answer
from app.engine.answer_values import ROW_KEY
from app.engine.form_view import FieldView, form_view
from app.engine.plan import plan_of
from app.engine.state import Visit
from app.forms.applicant import FieldNow, flat, views
from app.forms.inputs import Input, inputs_for
from app.forms.live import known_values, live_only
from app.screens.procedures.action_fields import asked_fields, first_values, takes_applicant, with_columns
from app.screens.procedures.action_papers import Draft, PaperInput, PayInput, paper_inputs, pay_inputs
from app.screens.procedures.action_words import CONDUCT, DANGER, button_words, icon_of
from app.screens.procedures.case import Case
from app.screens.procedures.dossier_content import shown
from app.screens.procedures.dossier_progress import step_after
from app.screens.procedures.pick_lists import pickable
from app.screens.procedures.secrets import without_secrets
from app.storage.files import StoredFile

Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """One button that sends the form; ``url`` where it goes elsewhere than the form itself."""

    text: str
    icon: str
    choose: str = ""
    url: str = ""
    is_primary: bool = False
    is_danger: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A titled group of inputs."""

    title: str
    inputs: tuple[Input, ...]
    folded: bool = False
    fixed: frozenset[str] = frozenset()  # tables whose rows are there already: only some of their columns are written


@dataclass(frozen=True, slots=True)
class ActionForm:
    """Everything the template draws. ``question`` is what has to be confirmed before it is really done."""

    kind: str
    step: str
    visit: int
    title: str
    url: str
    key: str
    row_version: int
    intro: tuple[str, ...]
    groups: tuple[Group, ...]
    papers: tuple[PaperInput, ...]
    payments: tuple[PayInput, ...]
    buttons: tuple[Button, ...]
    errors: tuple[tuple[str, str], ...] = ()
    question: str = ""
    chosen: str = ""
    known: str = "{}"  # values that conditions read and no control has, as JSON

    @property
    def id(self) -> str:
        """The id of the form; buttons elsewhere on the page send it too."""
        return f"lam-{self.kind}-{self.visit}"

    @property
    def needs_input(self) -> bool:
        """Whether anything must be filled in before it can be sent."""
        boxes = [box for group in self.groups for box in group.inputs if box.visible and not group.folded]
        return any(box.required and not box.control.value for box in boxes) or bool(self.papers or self.payments)


def action_form(case: Case, move: Move, files: tuple[StoredFile, ...], draft: Draft | None = None) -> ActionForm:
    """The form of a move; of a step with buttons the one form for all of them."""
    draft = draft or Draft()
    groups = tuple(group for group in _groups(case, move, draft) if group.inputs)
    inputs = [one for group in groups for one in group.inputs]
    known = known_values(inputs, case.env, case.procedure.form.fields, case.hidden)
    names = frozenset((*known, *(one.field.key for one in inputs)))
    groups = tuple(replace(group, inputs=tuple(live_only(group.inputs, names))) for group in groups)
    return ActionForm(
        kind=move.kind,
        step=move.step,
        visit=move.visit,
        title=_title(case, move),
        url=case.url("act", kind=move.kind),
        key=draft.key or secrets.token_urlsafe(16),
        row_version=draft.row_version or case.stored.row_version,
        intro=tuple(_intro(case, move)),
        groups=groups,
        known=json.dumps(known, ensure_ascii=False),
        papers=tuple(paper_inputs(case, move, files, draft)),
        payments=tuple(pay_inputs(case, move, draft)),
        buttons=tuple(_buttons(case, move)),
        errors=draft.summary,
        question=draft.question,
        chosen=draft.chosen,
    )


def _title(case: Case, move: Move) -> str:
    if move.kind == "step":
        return _("Your step: %(step)s", step=case.names.step(move.step))
    return str(CONDUCT[move.kind].button)


# ---- introduction


def _intro(case: Case, move: Move) -> Iterator[str]:
    visit = case.visit(move.visit)
    if move.kind == "step" and case.route.steps[move.step].step.guide:
        yield case.route.steps[move.step].step.guide
    if move.kind in ("approve", "reject"):
        yield from _asked_for(case, move.visit)
    if move.kind == "opinion" and visit is not None:
        yield from _asked_about(case, visit)
    if move.kind == "resubmit" and case.state.requests:
        yield _("Asked for: %(question)s", question=case.state.requests[-1]["reason"])
    if move.kind == "recall":
        yield _("The step that you finished last is opened again with the time it had.")
    if move.kind == "extend" and case.state.due is not None:
        yield _("One letter of apology with the new date goes to the applicant.")


def _asked_about(case: Case, visit: Visit) -> Iterator[str]:
    """The question, and the row it is about, read out."""
    if visit.title:
        yield _("Asked for: %(question)s", question=visit.title)
    if visit.question:
        yield visit.question
    table, _dot, key = visit.row.partition(".")
    field = case.procedure.form.fields.get(table)
    rows = case.state.answers.get(table) or ()
    row = next((one for one in rows if str(one[ROW_KEY]) == key), None)
    if field is not None and row is not None:
        cells = (f"{column.label}: {shown(case, column, row.get(column.key))}" for column in field.columns)
        yield "; ".join(cells)


def _asked_for(case: Case, visit: int) -> Iterator[str]:
    asked = case.state.approvals.get(str(visit), {})
    words = CONDUCT.get(str(asked.get("conduct")))
    if words is not None:
        who = case.names.person(str(asked.get("by", "")))
        yield _("%(who)s asks you to agree: %(what)s.", who=who, what=str(words.button))
    arguments = asked.get("arguments", {})
    if arguments.get("to"):
        yield _("New date: %(date)s.", date=arguments["to"].replace("T", " "))
    if arguments.get("reason"):
        yield _("Reason: %(reason)s", reason=arguments["reason"])


# ---- inputs


def _groups(case: Case, move: Move, draft: Draft) -> Iterator[Group]:
    errors = draft.errors or {}
    on = (case.state.received_at or case.now).date()
    if takes_applicant(case, move):
        raw = {**flat(case.state.applicant), **(draft.typed or {})}
        yield Group(_("Applicant"), inputs_for(views(case.procedure, raw), raw, errors, on), folded=not draft.errors)
    shown_fields = tuple(fields_now(case, move, draft.typed))
    if shown_fields:
        title = "" if move.kind == "step" else _("Answers")
        folded = move.kind == "resubmit" and not draft.errors
        sections = plan_of(case.procedure).section_conditions
        fixed = frozenset(key for key, columns in fillable(case, move).items() if columns)
        yield Group(title, inputs_for(shown_fields, draft.typed, errors, on, sections), folded, fixed)
    start = first_values(case, move)
    own = [FieldNow(field, True, field.required, start.get(field.key)) for field in asked_fields(case, move)]
    yield Group("", inputs_for(own, draft.typed, errors, on))


def fillable(case: Case, move: Move) -> dict[str, tuple[str, ...]]:
    """The form fields that a move fills, each with the columns it may write (empty: all of them)."""
    if move.kind == "step":
        at = case.route.steps[move.step]
    elif move.kind == "resubmit":
        at = case.route.first
    elif move.kind == "opinion":
        consult = case.route.steps[move.step].step.consult
        return dict.fromkeys(consult.fills if consult is not None else (), ())
    else:
        return {}
    return {key: at.columns.get(key, ()) for key in at.fills}


def fields_now(case: Case, move: Move, typed: Typed | None) -> Iterator[FieldView]:
    """The fields a move fills, and those computed from them, as they are shown for what was typed so far."""
    fills = fillable(case, move)
    if not fills:
        return
    answers = _answers_now(case, fills, typed or {})
    env = case.turn.env_with(answers)
    view = form_view(case.procedure, case.state, move.step, env, answers)
    for key, one in view.fields.items():
        if key in fills:
            field = pickable(case, with_columns(one.field, fills[key]), one.value)
            covered = one._replace(field=field, value=_covered(case, one, fills[key]))
            yield covered if typed and key in typed else without_secrets(covered)
        elif one.field.value is not None and key not in case.hidden:
            reads = {name.partition(".")[0] for name in one.field.value.reads}
            if not fills.keys().isdisjoint(reads):
                yield one


def _answers_now(case: Case, fills: Mapping[str, tuple[str, ...]], typed: Typed) -> dict[str, Any]:
    """The stored answers with those that were typed and can be read."""
    answers = dict(case.state.answers)
    for key, columns in fills.items():
        if key not in typed or key not in case.procedure.form.fields:
            continue
        stored, errors = read_answer(case.procedure.form.fields[key], typed[key], answers.get(key), columns)
        if stored is None:
            answers.pop(key, None)
        elif not errors:
            answers[key] = stored
    return answers


def _covered(case: Case, view: FieldView, columns: tuple[str, ...]) -> Any:
    """Cells that this step only reads stand there in words."""
    if not columns or not isinstance(view.value, list):
        return view.value
    locked = [column for column in view.field.columns if column.key not in columns]
    return [
        {**row, **{column.key: shown(case, column, row.get(column.key)) for column in locked}} for row in view.value
    ]


# ---- buttons


def _buttons(case: Case, move: Move) -> Iterator[Button]:
    if move.kind == "step":
        yield from _step_buttons(case, move)
    elif move.kind in ("approve", "reject"):
        yield Button(str(CONDUCT["approve"].button), "check", url=case.url("act", kind="approve"), is_primary=True)
        yield Button(str(CONDUCT["reject"].button), "x", url=case.url("act", kind="reject"), is_danger=True)
    elif move.kind == "opinion":
        yield Button(str(CONDUCT["opinion"].button), "comment", is_primary=True)
    else:
        words = CONDUCT[move.kind]
        yield Button(str(words.button), words.icon, is_primary=move.kind not in DANGER, is_danger=move.kind in DANGER)


def _step_buttons(case: Case, move: Move) -> Iterator[Button]:
    here = [one for one in case.available if one.kind == "step" and one.visit == move.visit]
    for place, one in enumerate(here):
        yield Button(
            button_words(case, one),
            icon_of(case, one),
            choose=one.choose,
            is_primary=place == 0,
            note=_leads_to(case, one),
        )
    if case.may("save", move.visit) is not None and fillable(case, move):
        yield Button(str(CONDUCT["save"].button), "", url=case.url("act", kind="save"))


def _leads_to(case: Case, move: Move) -> str:
    """Where the dossier goes from here, if no button decides it."""
    following = "" if move.choose else step_after(case, move.step)
    return _("Goes on to: %(step)s.", step=following) if following else ""


def step_moves(case: Case) -> tuple[Move, ...]:
    """The open steps this person may do: what they hold first, then what nobody holds; one move for each visit."""
    mine: dict[int, Move] = {}
    for move in case.available:
        if move.kind == "step":
            mine.setdefault(move.visit, move)
    rank = {g.person.username: 0, "": 1}
    holders = {visit.number: visit.holder for visit in case.state.visits}
    return tuple(sorted(mine.values(), key=lambda move: rank.get(holders.get(move.visit, ""), 2)))
