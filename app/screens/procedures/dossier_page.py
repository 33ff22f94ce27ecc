"""The dossier page: where it is, when it is due, what may be done now, why not the rest, and everything it contains."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from flask import abort, g, render_template, request
from flask_babel import gettext as _

from app.engine.actions import Move
from app.engine.periods import is_filed_late
from app.engine.rights import may_open
from app.operations.open_sensitive import open_sensitive
from app.screens.deadlines import Due, deadlines
from app.screens.formats import format_date, format_moment, format_moment_long
from app.screens.procedures.action_bar import ActionBar, NotNow, bar_of, not_now
from app.screens.procedures.action_fields import manners
from app.screens.procedures.action_form import ActionForm, action_form, step_moves
from app.screens.procedures.action_papers import Draft
from app.screens.procedures.action_words import AT_ONCE, ELSEWHERE
from app.screens.procedures.case import Case, find_case, with_history
from app.screens.procedures.dossier_calls import Relation, relations
from app.screens.procedures.dossier_content import (
    Item,
    Money,
    OpinionLine,
    PaperLine,
    Section,
    has_files,
    has_secrets,
    header_items,
    money,
    opinions,
    papers,
    sections,
)
from app.screens.procedures.dossier_progress import Mark, progress
from app.screens.procedures.dossier_slips import Slips, slips_of
from app.screens.procedures.dossier_timeline import Entry, timeline
from app.screens.procedures.dossier_why import Why, why_due
from app.screens.procedures.view import ProcedureView
from app.screens.refusals import refusal_text
from app.storage.files import files_of
from app.storage.openings import openings_of
from app.storage.people import names_of
from app.storage.timeline import read_timeline


class Remark(NamedTuple):
    """An internal remark."""

    who: str
    position: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """The first three seconds: due pill, promise, and how much of the time is used (0–100, or None)."""

    due: Due
    promise: str
    used: int | None
    tags: tuple[str, ...]
    applicant: str
    where: str
    facts: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class DossierPage:
    """Everything the template draws."""

    case: Case
    head: Head
    marks: tuple[Mark, ...]
    bar: ActionBar
    not_now: tuple[NotNow, ...]
    form: ActionForm | None
    remark_form: ActionForm | None
    notes: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    papers: tuple[PaperLine, ...]
    money: Money
    opinions: tuple[OpinionLine, ...]
    remarks: tuple[Remark, ...]
    relations: tuple[Relation, ...]  # the dossiers linked with this one by calls
    slips: Slips
    entries: tuple[Entry, ...]
    why: Why | None
    may_open: bool  # there are sensitive values, and this person may have them shown
    openings: tuple[Remark, ...]
    key: str

    @property
    def received(self) -> tuple[int, int]:
        """How many papers have come, of how many."""
        return sum(1 for paper in self.papers if paper.mark == "come"), len(self.papers)


def show_dossier(view: ProcedureView, dossier_id: int) -> Any:
    """The page; ``?action=…&visit=…`` opens the form of that action."""
    case = find_case(view, dossier_id)
    return dossier_response(case, wanted_move(case))


def show_sensitive(view: ProcedureView, dossier_id: int) -> Any:
    """The same page with sensitive values in full, once that is noted."""
    case = find_case(view, dossier_id)
    refusal = open_sensitive(case.id, g.person, case.now)
    if refusal is None:
        return dossier_response(replace(case, opened=True), wanted_move(case))
    if refusal.code == "not_found":
        abort(404)
    return dossier_response(case, wanted_move(case), refused=refusal_text(refusal, case.names))


def wanted_move(case: Case) -> Move | None:
    """The action named in the address if it can be done, else the person's own step."""
    kind = request.args.get("action", "")
    visit = request.args.get("visit", 0, type=int)
    asked = case.may(kind, visit) if kind and kind not in AT_ONCE | ELSEWHERE else None
    return asked or next(iter(step_moves(case)), None)


def dossier_response(
    case: Case, move: Move | None, draft: Draft | None = None, *, remark: Draft | None = None, refused: str = ""
) -> Any:
    """The page with one form open, blank or as it was sent; 422 when it was refused. ``refused``: what was not done."""
    case = with_history(case, read_timeline(case.id))
    page = make_page(case, move, draft, remark)
    body = render_template(
        "mc/procedures/dossier.html", page=page, case=case, state=case.state, manners=manners(), refused=refused
    )
    wrong = bool(refused) or any(one is not None and one.summary for one in (draft, remark))
    return (body, 422) if wrong else body


def make_page(case: Case, move: Move | None, draft: Draft | None = None, remark: Draft | None = None) -> DossierPage:
    """The page as a value."""
    files = files_of(case.id) if draft is not None or has_files(case) else ()
    form = action_form(case, move, files, draft) if move is not None else None
    comment = case.may("comment")
    openable = has_secrets(case) and may_open(g.person.badges, case.procedure, case.state, case.organisation)
    return DossierPage(
        case=case,
        head=_head(case),
        marks=progress(case),
        bar=bar_of(case, form),
        not_now=not_now(case),
        form=form,
        remark_form=action_form(case, comment, files, remark) if comment is not None else None,
        notes=tuple(_notes(case)),
        sections=sections(case, files),
        papers=papers(case, files),
        money=money(case),
        opinions=opinions(case),
        remarks=_remarks(case),
        relations=relations(case),
        slips=slips_of(case),
        entries=timeline(case.events, case.state, case.names),
        why=why_due(case),
        may_open=openable,
        openings=_openings(case) if openable else (),
        key=secrets.token_urlsafe(16),
    )


def _openings(case: Case) -> tuple[Remark, ...]:
    """Who looked at sensitive values, the newest first."""
    opened = openings_of(case.id)
    people = names_of({one.username for one in opened})
    return tuple(Remark(people.get(one.username, one.username), "", one.at, "") for one in opened)


# ---- head


def _head(case: Case) -> Head:
    state = case.state
    paused = next((entry["at"] for entry in reversed(state.clock) if entry["type"] in ("paused", "waiting")), None)
    due = deadlines().due(
        state.due,
        case.reading.state,
        result_class=state.result_class,
        finished_at=state.finished_at,
        paused_since=datetime.fromisoformat(paused) if paused else None,
    )
    promised = state.due or state.first_due
    promise = _("Promised for %(at)s", at=format_moment_long(promised)) if promised is not None else ""
    return Head(
        due,
        promise,
        _used(case),
        tuple(_tags(case)),
        str(state.applicant.get("name", "")),
        _where(case),
        header_items(case),
    )


def _used(case: Case) -> int | None:
    """The share of the time between receipt and due moment that is over, in whole percent."""
    begin, due = case.state.received_at, case.state.due
    if begin is None or due is None or case.reading.state != "running":
        return None
    whole, over = case.office_minutes(begin, due), case.office_minutes(begin, case.now)
    return min(100, over * 100 // whole) if whole and over is not None else None


def _tags(case: Case) -> list[str]:
    procedure, variant = case.procedure, case.state.variant
    code = procedure.code or procedure.local_code
    version = _("%(code)s, version %(number)s", code=code, number=procedure.number) if code else ""
    title = next((one.title for one in procedure.variants if one.key == variant), "")
    return [tag for tag in (version, title, _period(case)) if tag]


def _period(case: Case) -> str:
    """The period, and until when it is filed in time."""
    state = case.state
    if state.period_closes_at is None:
        return ""
    closes = format_date(state.period_closes_at)
    if is_filed_late(state, case.now):
        return _("Period %(period)s, due by %(closes)s: filed late", period=state.period, closes=closes)
    return _("Period %(period)s, due by %(closes)s", period=state.period, closes=closes)


def _where(case: Case) -> str:
    received, unit = case.state.received_at, case.names.unit(case.state.unit) if case.state.unit else ""
    at = _("received %(at)s", at=format_moment(received)) if received is not None else ""
    return " · ".join(filter(None, (unit, at)))


def _notes(case: Case) -> list[tuple[str, str]]:
    """What must not be overlooked: (kind, sentence)."""
    notes: list[tuple[str, str]] = []
    waiting = next((visit for visit in case.state.visits if visit.kind == "supplement"), None)
    if waiting is not None:
        what, due = waiting.note, format_date(waiting.due)
        told = _("The applicant is to supplement by %(due)s: %(what)s", due=due, what=what) if due else ""
        notes.append(("info", told or _("The applicant is to supplement: %(what)s", what=what)))
    refusal = case.state.refusal
    if refusal:
        notes.append(("late", _("Closed: %(reason)s", reason=refusal.get("reason", ""))))
    owed = money(case)
    if case.state.accepted_at is not None and owed.rest and case.state.finished_at is not None and not refusal:
        notes.append(("soon", _("Money is still to be paid before the result is handed out.")))
    return notes


# ---- remarks


def _remarks(case: Case) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            case.names.person(event.actor),
            case.names.position(str(event.data.get("position", ""))),
            event.at,
            str(event.data["comment"]),
        )
        for event in case.events
        if event.type == "comment_added"
    )
