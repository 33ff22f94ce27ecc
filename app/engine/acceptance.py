"""From a submission to an accepted dossier: papers, money, agency and route fixed, code, clock, receipt slip."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.engine.actions import Action
from app.engine.answer_error import AnswerError, invalid
from app.engine.clocking import begin_phase, start_clock
from app.engine.documents import known_papers, missing, read_entry
from app.engine.fees import unpaid
from app.engine.filling import invalid_answers
from app.engine.locality import locality_of
from app.engine.numbering import DOSSIER_CODE
from app.engine.plan import StepPlan
from app.engine.printing import order_print
from app.engine.turn import Turn
from app.engine.world import Refusal

AT_INTAKE = frozenset(("at_intake",))


def moment_of(value: object) -> datetime | None:
    """A moment or date given as an argument, typed or as text; None where it is neither."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, datetime.min.time())
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def hand_in(turn: Turn, documents: Mapping[str, Any]) -> Refusal | None:
    """Note the papers that came in, with the moment of each."""
    if not documents:
        return None
    known = known_papers(turn.procedure)
    entries: dict[str, Any] = {}
    errors: list[AnswerError] = []
    for key, raw in documents.items():
        if key not in known:
            errors.append(invalid(key, "unknown_field"))
            continue
        entry = read_entry(known[key], raw)
        if isinstance(entry, AnswerError):
            errors.append(entry)
        else:
            entries[key] = {**entry, "at": turn.now.isoformat()}
    if errors:
        return invalid_answers(errors)
    turn.emit("document_handed_in", {"documents": entries})
    return None


def accept(turn: Turn, at: StepPlan, action: Action) -> Refusal | None:
    """Papers and money are looked at; if nothing stands in the way, the dossier is accepted."""
    received = _received(turn, action)
    if isinstance(received, Refusal):
        return received
    refusal = _check(turn, action)
    if refusal is None:
        _accept(turn, at, received)
    return refusal


def _check(turn: Turn, action: Action) -> Refusal | None:
    papers = missing(turn.procedure, turn.state, turn.env)
    if papers:
        return Refusal("missing_documents", {"documents": list(papers)})
    owed = unpaid(turn.procedure, turn.state, turn.env, AT_INTAKE)
    reason = str(action.arguments.get("unpaid_reason", "")).strip()
    if owed and not reason:
        return Refusal("unpaid", {"fees": list(owed)})
    if owed:
        turn.emit("unpaid_accepted", {"fees": list(owed), "reason": reason})
    return None


def _received(turn: Turn, action: Action) -> datetime | Refusal:
    """The moment of receipt never lies after the acceptance, nor before the dossier was sent."""
    given = action.arguments.get("received")
    received = moment_of(given) if given is not None else turn.state.received_at or turn.now
    if received is None:
        return invalid_answers([invalid("received", "not_a_date")])
    if received > turn.now:
        return invalid_answers([invalid("received", "out_of_range", most=turn.now.isoformat())])
    return received


def _accept(turn: Turn, at: StepPlan, received: datetime) -> None:
    """Fix what is fixed at acceptance, give the code, start the clock."""
    fix(turn)
    turn.emit("accepted", {"received_at": received.isoformat()})
    number = turn.world.numbers.take(
        DOSSIER_CODE, unit=turn.state.unit, at=turn.now, series="", values={"period": turn.state.period}
    )
    turn.emit("number_given", {"register": DOSSIER_CODE, "number": number, "code": True})
    start_clock(turn, received)
    begin_phase(turn, at.step.phase, received)
    order_print(turn, "receipt", turn.state.unit, step=at.key)
    turn.notice("accepted")


def fix(turn: Turn) -> None:
    """Agency, authority, locality and step table follow from level, variant and answers; from now on they stay."""
    env, procedure, state = turn.env, turn.procedure, turn.state
    agency = procedure.agency.pick(env) or state.agency
    found: dict[str, Any] = {
        "agency": agency,
        "authority": procedure.authority.pick(env) or agency,
        "locality": locality_of(procedure, state, turn.now),
        "route": route_index(turn),
    }
    for moved in state.transfers:  # where it was sent on to before acceptance it stays
        found.update(moved["fields"])
    changed = {name: value for name, value in found.items() if getattr(state, name) != value}
    if changed:
        turn.emit("agency_fixed", changed)
        turn.choose_route()


def route_index(turn: Turn) -> int:
    """The number of the step table whose condition is true, -1 for the default."""
    for index, case in enumerate(turn.procedure.route.cases):
        if case.when.evaluate(turn.env) is True:
            return index
    return -1
