"""What an action asks for beside the fields of the form, as fields of its own: reason, new date, receiver, papers made.

Their keys begin with ``_.`` so that they never meet a field of a definition.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.definition.expression import MISSING, TEXT, constant
from app.definition.model.form import Field, Option
from app.definition.model.route import Step
from app.engine.actions import Move
from app.engine.asking import askable
from app.engine.back import back_targets
from app.engine.conduct_rules import rules_of
from app.engine.consult import to_be_asked
from app.engine.documents import listed
from app.engine.fees import Balance
from app.engine.optional import skipped_before
from app.engine.preparing import HANDING_OVER
from app.engine.supplement import is_beyond, request_rules
from app.engine.transfer import transfer_targets
from app.engine.variant_change import other_variants
from app.engine.waiting import MANNERS, is_over
from app.operations.attach_file import ACCEPTED
from app.screens.procedures.case import Case
from app.screens.procedures.dossier_content import money
from app.screens.procedures.dossier_progress import includable
from app.screens.procedures.opinion_words import opinions_at
from app.storage.people import people_in

OWN = "_."
LONG = 5_000
MANNER_WORDS: Mapping[str, Any] = {
    "cash": _l("in cash"),
    "transfer": _l("by bank transfer"),
    "card": _l("by card"),
    "online": _l("paid online"),
    "post": _l("through the post"),
    "treasury": _l("at the treasury"),
}
HANDED_OVER: Mapping[str, Any] = {
    "counter": _l("at the counter"),
    "post": _l("by post"),
    "online": _l("online"),
}


def manners() -> tuple[tuple[str, str], ...]:
    """How money may come in."""
    return tuple((key, str(MANNER_WORDS.get(key, key))) for key in MANNERS)


def asked_fields(case: Case, move: Move) -> tuple[Field, ...]:
    """The fields of an action's own."""
    maker = MAKERS.get(move.kind)
    return tuple(maker(case, move)) if maker is not None else ()


def first_values(case: Case, move: Move) -> dict[str, Any]:
    """What stands in them before anything was typed, in stored form."""
    if move.kind != "step":
        return {}
    step = case.route.steps[move.step].step
    found: dict[str, Any] = {}
    if step.does in HANDING_OVER:
        found = {"_.receiver.name": case.state.applicant.get("name", ""), "_.receiver.manner": "counter"}
    if _may_choose(case, move):
        found["_.ask"] = [key for key, _title in _askable(case, move)]
    return found


def _text(key: str, label: str, *, required: bool = True, long: bool = True, help: str = "") -> Field:
    kind, most = ("long_text", LONG) if long else ("text", 300)
    return Field(f"{OWN}{key}", label, type=kind, required=required, max_length=most, help=help)


def _choice(
    key: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    many: bool = False,
    required: bool = True,
    help: str = "",
) -> Field:
    found = tuple(Option(option, text) for option, text in options)
    return Field(
        f"{OWN}{key}", label, type="choices" if many else "choice", required=required, options=found, help=help
    )


# ---- a step


def _step(case: Case, move: Move) -> Iterator[Field]:
    step = case.route.steps[move.step].step
    yield from _attachments(case, move, step)
    if step.does in HANDING_OVER:
        yield _text("receiver.name", _("Who takes the result"), long=False)
        yield _text("receiver.identity", _("Identity number of the receiver"), required=False, long=False)
        yield _choice("receiver.manner", _("How it is handed over"), ((k, str(v)) for k, v in HANDED_OVER.items()))
    if takes_applicant(case, move) and payable(case, move):
        yield _text("unpaid_reason", _("Why money is still to be paid"), required=False, long=False)
    if _may_choose(case, move):
        yield from _recipients(case, move)
    include = includable(case, move.step)
    if include:
        yield _choice("include", _("Steps that are needed this time"), include, many=True, required=False)
    yield from _comment(case, move)


def _attachments(case: Case, move: Move, step: Step) -> Iterator[Field]:
    for paper in step.attach:
        there = f"{step.key}.{paper.key}" in case.state.attachments
        yield _file(paper.key, paper.title, paper.required and not there)
    visit = case.visit(move.visit)
    if step.wait is not None and visit is not None and not is_over(case.turn, step.wait, visit):
        yield _file("proof", _("Proof that it has happened"), True)


def _file(key: str, label: str, required: bool) -> Field:
    return Field(f"{OWN}attach.{key}", label, type="file", required=required, accept=ACCEPTED, many=True)


def _recipients(case: Case, move: Move) -> Iterator[Field]:
    """Who is asked as the definition says; to leave somebody out or ask others needs a reason."""
    named = _askable(case, move)
    visit, known = case.visit(move.visit), dict(named)
    others = askable(case.turn, visit) if visit is not None else ()
    yield _choice("ask", _("Who is asked"), named, many=True)
    more = [(one, case.names.position(one)) for one in others if one not in known and one not in g.person.positions]
    yield _choice("add", _("Who is asked besides"), more, many=True, required=False)
    yield _text("reason", _("Why others are asked"), required=False, long=False)


def _may_choose(case: Case, move: Move) -> bool:
    """Whether the sender says who is asked: before the questions are out, where the definition lets him."""
    consult, visit = case.route.steps[move.step].step.consult, case.visit(move.visit)
    return consult is not None and consult.may_add and visit is not None and visit.sent is None


def _askable(case: Case, move: Move) -> tuple[tuple[str, str], ...]:
    visit = case.visit(move.visit)
    if visit is None:
        return ()
    asked = to_be_asked(case.turn, case.route.steps[move.step], visit)
    return tuple((one.key, one.title or case.names.position(one.party)) for one in asked)


def _comment(case: Case, move: Move) -> Iterator[Field]:
    ways = [one for one in case.available if one.kind == "step" and one.visit == move.visit]
    demanding = [one.title for one in ways if one.comment == "required"]
    if all(one.comment == "none" for one in ways):
        return
    always = len(demanding) == len(ways) and bool(demanding)
    help = _("Needed for: %(buttons)s.", buttons=", ".join(demanding)) if demanding and not always else ""
    yield _text("comment", _("Note on this step"), required=always, help=help)


# ---- conduct


def _supplement(case: Case, move: Move) -> Iterator[Field]:
    visit = case.visit(move.visit)
    yield from _grounds(case, move, _("What must be supplemented, and why"))
    if visit is not None and is_beyond(case.turn, request_rules(case.turn, visit)):
        yield _text("ground", _("Ground in law for one more request"), long=False)
    papers = [(paper.key, paper.title) for paper in listed(case.procedure, case.env)]
    if papers:
        yield _choice("documents", _("Documents to be handed in again"), papers, many=True, required=False)


def _grounds(case: Case, move: Move, label: str, *, required: bool = True) -> Iterator[Field]:
    """The ground in words; where the procedure names grounds, they are ticked and words are added where needed."""
    step = case.route.steps[move.step].step if move.step else _first_step(case)
    reasons = rules_of(case.turn, step, move.kind).get("reasons", ())
    if reasons:
        yield _choice(
            "grounds", _("Grounds of the procedure"), ((one, one) for one in reasons), many=True, required=False
        )
    yield _text(
        "reason", _("Another ground, or more about it") if reasons else label, required=required and not reasons
    )


def _first_step(case: Case) -> Step | None:
    return next((case.route.steps[one.step].step for one in case.state.visits if one.kind == "step"), None)


def _reason(case: Case, move: Move) -> Iterator[Field]:
    yield from _grounds(case, move, _("Ground, as it will stand in the letter"))


def _withdraw(case: Case, move: Move) -> Iterator[Field]:
    yield from _grounds(case, move, _("What the applicant asked for"), required=False)


def _extend(case: Case, move: Move) -> Iterator[Field]:
    yield Field(f"{OWN}to", _("New date"), type="date", required=True)
    yield from _grounds(case, move, _("Why it cannot be done in time"))


def _transfer(case: Case, move: Move) -> Iterator[Field]:
    visit = case.visit(move.visit)
    targets = transfer_targets(case.turn, visit) if visit is not None else ()
    yield _choice("to", _("To which office"), ((key, case.names.unit(key)) for key in targets))
    yield from _grounds(case, move, _("Why it belongs there"))


def _variant(case: Case, move: Move) -> Iterator[Field]:
    yield _choice("variant", _("Which case it is"), ((one.key, one.title) for one in other_variants(case.turn)))
    yield _text("reason", _("Why the case is changed"))


def _correct(case: Case, move: Move) -> Iterator[Field]:
    yield _choice("result", _("Which result"), ((key, case.names.result(key)) for key in case.state.results))
    yield from _grounds(case, move, _("What is wrong, and what it should say"))
    yield _text("responsible", _("Who is responsible for the mistake"), long=False)


def _reopen(case: Case, move: Move) -> Iterator[Field]:
    yield _text("decision", _("Number and date of the decision"), long=False)
    yield _text("reason", _("Why it is taken up again"))


def _refund(case: Case, move: Move) -> Iterator[Field]:
    yield _text("receipt", _("Number of the voucher"), long=False)
    yield _choice("manner", _("How it is paid back"), manners())


def _send_back(case: Case, move: Move) -> Iterator[Field]:
    visit = case.visit(move.visit)
    targets = back_targets(case.turn, visit) if visit is not None else ()
    yield _choice("to", _("Back to"), ((key, case.names.step(key)) for key in targets))
    yield _text("comment", _("What is to be done there"))


def _reassign(case: Case, move: Move) -> Iterator[Field]:
    visit = case.visit(move.visit)
    people = people_in(visit.positions) if visit is not None else ()
    options = [(one.username, one.full_name) for one in people if visit is None or one.username != visit.holder]
    yield _choice("to", _("To whom"), options)
    yield _text("comment", _("Note for them"), required=False)


def _consult(case: Case, move: Move) -> Iterator[Field]:
    mine, visit = g.person.positions, case.visit(move.visit)
    possible = askable(case.turn, visit) if visit is not None else ()
    options = [(one, case.names.position(one)) for one in possible if one not in mine]
    yield _choice("ask", _("Who is asked"), options, many=True)
    yield _text("question", _("Question"))
    yield Field(f"{OWN}days", _("Working days to answer"), type="integer", help=_("Leave empty for no limit."))


def _add_step(case: Case, move: Move) -> Iterator[Field]:
    skipped = skipped_before(case.turn, case.route.steps[move.step])
    yield _choice("to", _("Step to be done first"), ((key, case.names.step(key)) for key in skipped))
    yield _text("comment", _("Note on this step"), required=False)


def _opinion(case: Case, move: Move) -> Iterator[Field]:
    yield _choice("choose", _("Opinion"), opinions_at(case.names, move.step).items())
    yield _text("comment", _("Words to go with it"), required=False)


def _decision(case: Case, move: Move) -> Iterator[Field]:
    yield _text("comment", _("Remark"), required=False, help=_("Needed if you do not agree."))


def _charge(case: Case, move: Move) -> Iterator[Field]:
    fees = [(line.fee.key, line.fee.title) for line in money(case).lines]
    yield _choice("fee", _("Which fee"), fees)
    yield Field(f"{OWN}amount", _("Amount"), type="money", required=True)
    yield _text("decision", _("Number and date of the decision"), long=False)


def _remark(case: Case, move: Move) -> Iterator[Field]:
    yield _text("comment", _("Remark"))


MAKERS = {
    "comment": _remark,
    "step": _step,
    "supplement": _supplement,
    "refuse": _reason,
    "stop": _reason,
    "withdraw": _withdraw,
    "extend": _extend,
    "send_back": _send_back,
    "reassign": _reassign,
    "transfer": _transfer,
    "variant": _variant,
    "correct": _correct,
    "reopen": _reopen,
    "refund": _refund,
    "consult": _consult,
    "add_step": _add_step,
    "opinion": _opinion,
    "approve": _decision,
    "reject": _decision,
    "charge": _charge,
}


# ---- what else an action takes


def takes_applicant(case: Case, move: Move) -> bool:
    """Whether it is the acceptance: the applicant may still be corrected, papers and money come in."""
    does = case.route.steps[move.step].step.does if move.kind == "step" else ""
    return does == "intake" and case.state.accepted_at is None


def payable(case: Case, move: Move) -> tuple[Balance, ...]:
    """The fees that can be paid with this action."""
    owed = tuple(line for line in money(case).lines if line.fee.kind != "payout" and line.rest)
    if move.kind == "pay":
        return owed
    if move.kind != "step":
        return ()
    step = case.route.steps[move.step].step
    if takes_applicant(case, move):
        return tuple(line for line in owed if line.fee.collect == "at_intake")
    return tuple(line for line in owed if line.fee.key in step.pay or step.does == "return")


def with_columns(field: Field, columns: tuple[str, ...]) -> Field:
    """A table of which only these columns are open: the others are shown like computed ones. Empty: as it is."""
    if not columns:
        return field
    closed = constant(MISSING, TEXT)
    return replace(
        field,
        columns=tuple(one if one.key in columns else replace(one, value=closed) for one in field.columns),
    )
