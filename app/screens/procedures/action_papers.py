"""Papers and money in the form of an action: what can come in with it, drawn and read; and what a form starts from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from app.definition.model.documents import Document
from app.definition.model.form import Field
from app.engine.actions import Move
from app.engine.answer_error import AnswerError
from app.engine.answer_values import store_value
from app.engine.documents import COUNTS, MOST_COPIES, counts, known_papers, listed, needed_at_return
from app.engine.fees import Balance
from app.forms.inputs import Errors
from app.forms.typed import typed_form
from app.screens.procedures.action_fields import manners, payable
from app.screens.procedures.case import Case
from app.screens.procedures.dossier_content import Link, link_to
from app.storage.files import StoredFile

AMOUNT = Field("amount", "", type="money")
LONGEST_RECEIPT = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form starts from: nothing, or what was sent and could not be done."""

    typed: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    errors: Errors | None = None
    summary: tuple[tuple[str, str], ...] = ()
    kept: Mapping[str, tuple[StoredFile, ...]] | None = None
    key: str = ""
    row_version: int = 0
    question: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class PaperInput:
    """One line of the checklist to be filled in: (kind, asked, typed) of every count, and files that are there."""

    document: Document
    counts: tuple[tuple[str, int, str], ...]
    presented: bool
    found: bool
    source: str
    files: tuple[Link, ...]
    kept: tuple[StoredFile, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayInput:
    """One fee that can be paid: what is left, and what was typed."""

    line: Balance
    chosen: bool
    amount: str
    receipt: str
    manner: str
    errors: tuple[str, ...]


# ---- drawn


def papers_of(case: Case, move: Move) -> tuple[Document, ...]:
    """The checklist that stands in the form of an action; papers asked for in a supplement first."""
    if move.kind not in ("hand_in", "resubmit") and not _takes_papers(case, move):
        return ()
    asked = asked_again(case, move)
    papers = {paper.key: paper for paper in listed(case.procedure, case.env)}
    known = known_papers(case.procedure)
    also = {key: known[key] for key in asked if key in known}  # asked for even where this case does not list it
    return tuple(sorted({**papers, **also}.values(), key=lambda paper: paper.key not in asked))


def _takes_papers(case: Case, move: Move) -> bool:
    """At every intake; when the result is handed out, only if something is due then."""
    if move.kind != "step":
        return False
    does = case.route.steps[move.step].step.does
    return does == "intake" or (does == "return" and bool(needed_at_return(case.procedure, case.env)))


def asked_again(case: Case, move: Move) -> tuple[str, ...]:
    """The papers that the supplement must bring."""
    return tuple(case.state.requests[-1]["documents"]) if move.kind == "resubmit" and case.state.requests else ()


def paper_inputs(case: Case, move: Move, files: tuple[StoredFile, ...], draft: Draft) -> Iterator[PaperInput]:
    """The lines of the checklist."""
    for paper in papers_of(case, move):
        entry, typed = case.state.documents.get(paper.key, {}), draft.form
        asked, name = counts(paper), f"d.{paper.key}"
        numbers = tuple(
            (kind, asked.get(kind, 0), str(entry.get(kind, 0)) if typed is None else typed.get(f"{name}.{kind}", ""))
            for kind in COUNTS
            if kind in asked or entry.get(kind)
        )
        ticked = entry if typed is None else {flag: typed.get(f"{name}.{flag}") for flag in ("presented", "source")}
        yield PaperInput(
            paper,
            numbers,
            bool(ticked.get("presented")),
            bool(ticked.get("source")),
            case.organisation.sources.get(paper.replaced_by, paper.replaced_by),
            tuple(link_to(case, one, files) for one in entry.get("files", ())),
            (draft.kept or {}).get(name, ()),
            tuple((draft.errors or {}).get(name, ())),
        )


def pay_inputs(case: Case, move: Move, draft: Draft) -> Iterator[PayInput]:
    """One line for each fee that can be paid."""
    lines = payable(case, move)
    for line in lines:
        name, typed = f"p.{line.fee.key}", draft.form or {}
        alone = draft.form is None and move.kind == "pay" and len(lines) == 1
        yield PayInput(
            line,
            alone or bool(typed.get(name)),
            typed.get(f"{name}.amount", typed_form(AMOUNT, line.rest)),
            typed.get(f"{name}.receipt", ""),
            typed.get(f"{name}.manner", "cash"),
            tuple((draft.errors or {}).get(name, ())),
        )


# ---- read


def read_papers(
    case: Case, move: Move, form: MultiDict[str, str], kept: Mapping[str, tuple[StoredFile, ...]]
) -> dict[str, dict[str, Any]]:
    """What came in, laid over what is known of each paper; papers that did not change are left out."""
    found: dict[str, dict[str, Any]] = {}
    asked = asked_again(case, move)
    for paper in papers_of(case, move):
        before = {name: value for name, value in case.state.documents.get(paper.key, {}).items() if name != "at"}
        entry = {**before, **_said(paper, form)}
        entry = {name: value for name, value in entry.items() if value}
        new = [one.entry for one in kept.get(f"d.{paper.key}", ())]
        if new:
            entry["files"] = [*before.get("files", ()), *new]
        if entry and (entry != before or paper.key in asked):
            found[paper.key] = entry
    return found


def _said(paper: Document, form: MultiDict[str, str]) -> dict[str, Any]:
    """Counts and ticks of one paper, as far as the form has controls for them."""
    name = f"d.{paper.key}"
    said: dict[str, Any] = {}
    for kind in COUNTS:
        text = form.get(f"{name}.{kind}", "").strip()
        if text.isascii() and text.isdecimal() and len(text) <= 3:
            said[kind] = min(int(text), MOST_COPIES)
    if paper.presented:
        said["presented"] = bool(form.get(f"{name}.presented"))
    if paper.replaced_by:
        said["source"] = paper.replaced_by if form.get(f"{name}.source") else ""
    return said


def read_payments(
    case: Case, move: Move, form: MultiDict[str, str]
) -> tuple[dict[str, dict[str, Any]], tuple[AnswerError, ...]]:
    """The money that came in, and amounts that cannot be read."""
    found: dict[str, dict[str, Any]] = {}
    errors: list[AnswerError] = []
    known = {key for key, _words in manners()}
    for line in payable(case, move):
        name = f"p.{line.fee.key}"
        if not form.get(name):
            continue
        amount = store_value(AMOUNT, form.get(f"{name}.amount", ""))
        if isinstance(amount, AnswerError):
            errors.append(amount._replace(field=name))
            continue
        manner = form.get(f"{name}.manner", "")
        entry = {"receipt": form.get(f"{name}.receipt", "").strip()[:LONGEST_RECEIPT]}
        found[line.fee.key] = {**entry, "manner": manner if manner in known else "cash", "amount": amount}
    return found, tuple(errors)
