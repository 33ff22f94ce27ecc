"""The buttons of a dossier page: what can be done now, the next lawful step first; and why the rest cannot."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from app.engine.actions import Move
from app.screens.procedures.action_fields import payable
from app.screens.procedures.action_form import ActionForm, step_moves
from app.screens.procedures.action_papers import papers_of
from app.screens.procedures.action_words import (
    AT_ONCE,
    CONDUCT,
    DANGER,
    ELSEWHERE,
    EVERYDAY,
    button_words,
    icon_of,
    move_title,
)
from app.screens.procedures.case import Case
from app.screens.procedures.dossier_progress import to_come
from app.screens.refusals import refusal_text

MOST_BUTTONS = 4


@dataclass(frozen=True, slots=True)
class BarButton:
    """One button: it sends the form of the page (``form``), is done at once (``at_once``) or opens a form (``url``)."""

    text: str
    icon: str
    url: str
    form: str = ""
    choose: str = ""
    at_once: bool = False
    visit: int = 0
    is_danger: bool = False


@dataclass(frozen=True, slots=True)
class ActionBar:
    """``first``: the next lawful step, or nothing; ``next``: what is wanted often; ``more``: everything else."""

    first: BarButton | None
    next: tuple[BarButton, ...]
    more: tuple[BarButton, ...]

    @property
    def others(self) -> tuple[BarButton, ...]:
        """Everything but the first."""
        return (*self.next, *self.more)


@dataclass(frozen=True, slots=True)
class NotNow:
    """Things that cannot be done now, for one reason."""

    titles: tuple[str, ...]
    reason: str


def bar_of(case: Case, form: ActionForm | None) -> ActionBar:
    """The buttons for this person."""
    steps = [_step_button(case, move, form) for move in _steps_in_order(case)]
    conduct = sorted(_conduct(case), key=lambda move: _rank(move.kind))
    rest = [_button(case, move) for move in conduct]
    if not steps:
        wanted = [one for one in conduct if one.kind == "pay" and _waits_for_money(case)]
        wanted += [one for one in conduct if one.kind in EVERYDAY and one.kind not in DANGER]
        first = _button(case, wanted[0]) if wanted else None
        rest = [button for button in rest if button != first]
        return ActionBar(first, tuple(rest[:MOST_BUTTONS]), tuple(rest[MOST_BUTTONS:]))
    buttons = [*steps[1:], *rest]
    often = len(steps) - 1 + sum(1 for move in conduct if move.kind in EVERYDAY)
    shown = min(max(often, 1), MOST_BUTTONS)
    return ActionBar(steps[0], tuple(buttons[:shown]), tuple(buttons[shown:]))


def _waits_for_money(case: Case) -> bool:
    """Whether nothing but money stands between this person and a step."""
    return any(move.kind == "step" and refusal.code == "unpaid" for move, refusal in case.refused)


def _steps_in_order(case: Case) -> Iterator[Move]:
    for first in step_moves(case):
        yield from (move for move in case.available if move.kind == "step" and move.visit == first.visit)


def _conduct(case: Case) -> Iterator[Move]:
    """One move for each kind and visit; agreeing and not agreeing share a form, so do the opinions."""
    seen: set[tuple[str, int]] = set()
    for move in case.available:
        if move.kind == "step" or move.kind in ELSEWHERE or move.kind == "reject" or (move.kind, move.visit) in seen:
            continue
        if move.kind in ("pay", "charge", "hand_in") and not _is_useful(case, move):
            continue
        seen.add((move.kind, move.visit))
        yield move


def _is_useful(case: Case, move: Move) -> bool:
    """Money and papers: only where there is something to take in."""
    if move.kind == "charge":
        return True
    return bool(payable(case, move) if move.kind == "pay" else papers_of(case, move))


def _rank(kind: str) -> int:
    return EVERYDAY.index(kind) if kind in EVERYDAY else len(EVERYDAY) + list(CONDUCT).index(kind)


def _step_button(case: Case, move: Move, form: ActionForm | None) -> BarButton:
    """Sends the form if it stands on the page and nothing is missing in it; else leads to it."""
    text, icon = button_words(case, move), icon_of(case, move)
    is_open = form is not None and form.kind == "step" and form.visit == move.visit
    if form is not None and is_open and not form.needs_input:
        return BarButton(text, icon, "", form=form.id, choose=move.choose)
    url = "#lam" if is_open else f"{case.url(action='step', visit=move.visit)}#lam"
    return BarButton(text, icon, url)


def _button(case: Case, move: Move) -> BarButton:
    text, icon, danger = button_words(case, move), icon_of(case, move), move.kind in DANGER
    if move.kind == "approve":
        text = _("Agree or not")
    visit = case.visit(move.visit)
    if visit is not None and len({one.visit for one in case.available if one.kind == move.kind}) > 1:
        what = visit.title or case.names.step(visit.step)
        text = _("%(action)s: %(what)s", action=text, what=what)
    if move.kind in AT_ONCE:
        url = case.url("act", kind=move.kind)
        return BarButton(text, icon, url, at_once=True, visit=move.visit, is_danger=danger)
    url = case.url(action=move.kind, visit=move.visit or None)
    return BarButton(text, icon, f"{url}#lam", visit=move.visit, is_danger=danger)


# ---- why not


def not_now(case: Case) -> tuple[NotNow, ...]:
    """Every absent button under its reason; things with one reason stand together."""
    found: dict[str, dict[str, None]] = {}
    for _place, title, reason in sorted((*_refused(case), *_later(case)), key=lambda one: one[0]):
        found.setdefault(reason, {})[title] = None
    return tuple(NotNow(tuple(titles), reason) for reason, titles in found.items())


# What people ask about first stands first: the steps, then what the law limits; what is merely not the case comes last.
WONDERED = ("step", "later", "supplement", "extend", "refuse", "stop", "withdraw")
OBVIOUS = ("release", "recall", "charge", "variant", "correct", "reopen", "refund", "transfer")


def _wondered(kind: str) -> int:
    if kind in OBVIOUS:
        return len(WONDERED) + 1
    return WONDERED.index(kind) if kind in WONDERED else len(WONDERED)


def _refused(case: Case) -> Iterator[tuple[int, str, str]]:
    possible = {(move.kind, move.visit) for move in case.available}
    for move, refusal in case.refused:
        if (
            move.kind in ELSEWHERE
            or move.kind == "reject"
            or (move.kind != "step" and (move.kind, move.visit) in possible)
        ):
            continue
        yield _wondered(move.kind), move_title(case, move), refusal_text(refusal, case.names)


def _later(case: Case) -> Iterator[tuple[int, str, str]]:
    """The steps to come wait for those that are open."""
    open_steps = [visit.title or case.names.step(visit.step) for visit in case.state.visits if visit.kind == "step"]
    if not open_steps:
        return
    reason = _("The dossier is still at: %(steps)s.", steps="; ".join(dict.fromkeys(open_steps)))
    for mark in to_come(case):
        yield _wondered("later"), mark.title, reason
