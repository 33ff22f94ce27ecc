"""What every change of a dossier shares: it is written with all that follows from it, in one transaction."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple, ParamSpec

from sqlalchemy.orm import Session

from app.definition.catalogue import Catalogue
from app.definition.model.procedure import Procedure
from app.definition.model.route import Step
from app.engine.environment import DOSSIER
from app.engine.moves import Action, Intake, move, next_sweep, open_dossier
from app.engine.plan import plan_of
from app.engine.state import State
from app.engine.world import Effect, Outcome, Refusal, World
from app.operations.prints.print_data import print_data
from app.storage.catalogue_store import holder
from app.storage.dossier_writing import Change, write_dossier
from app.storage.dossiers import StoredDossier, lock_dossier
from app.storage.outcomes import Done, NewPrint, write_messages, write_payments, write_prints
from app.storage.people import Person, system_person

P = ParamSpec("P")


class Setting(NamedTuple):
    """What the engine is asked with: the pinned procedure and the world of this transaction."""

    procedure: Procedure
    world: World


def setting_for(session: Session, catalogue: Catalogue, key: str, number: int | None, now: datetime) -> Setting:
    """The procedure in its version, and a world whose numbers are taken in this transaction."""
    return Setting(catalogue.procedure(key, number), holder.world(catalogue, session, now.date()))


def keep_outcome(
    session: Session, stored: StoredDossier | None, outcome: Outcome, setting: Setting, by: Person, now: datetime
) -> Done:
    """Write what a move did, and what it asks for."""
    procedure, world = setting
    before = stored.state if stored is not None else State()
    if not outcome.events:
        return done_of(stored.id if stored is not None else 0, before)
    wake = next_sweep(outcome.state)
    change = Change(outcome.state, outcome.events, wake)
    dossier_id = write_dossier(session, stored, change, procedure, world.organisation)
    prints = list(_prints(outcome, setting, by, now))
    if prints:
        write_prints(session, dossier_id, prints, by.username, now)
    own = ("print_ordered", "call")
    messages = [(_event_of(effect), effect.data) for effect in outcome.effects if effect.kind not in own]
    write_messages(session, dossier_id, outcome.state.sequence, messages, now)
    write_payments(session, dossier_id, before, outcome.events)
    follow_calls(session, dossier_id, before, outcome, by, now)
    return done_of(dossier_id, outcome.state)


# ---- dossiers that call each other (section 8.5)


class CallRefused(Exception):
    """A dossier that a step calls cannot be begun, so the step cannot be done: ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refusing_calls(operation: Callable[P, Done | Refusal]) -> Callable[P, Done | Refusal]:
    """An operation whose transaction is given up, and refused, where a dossier that it calls cannot be begun."""

    @wraps(operation)
    def guarded(*args: P.args, **named: P.kwargs) -> Done | Refusal:
        try:
            return operation(*args, **named)
        except CallRefused as refused:
            return refused.refusal

    return guarded


def follow_calls(session: Session, dossier_id: int, before: State, outcome: Outcome, by: Person, now: datetime) -> None:
    """Begin the dossiers that were called for; tell the caller that this one has ended. All in this transaction."""
    for effect in outcome.effects:
        if effect.kind == "call":
            _begin(session, dossier_id, outcome.state, effect, by, now)
    caller = outcome.state.called_by
    if caller and before.ended_at is None and outcome.state.ended_at is not None:
        _tell(session, int(caller["dossier"]), "call_ended", str(caller["call"]), dossier_id, outcome.state, now)


def _begin(session: Session, caller: int, state: State, effect: Effect, by: Person, now: datetime) -> None:
    catalogue, key = holder.current(), str(effect.data["procedure"])
    entry = catalogue.entry_on(key, now.date())
    if entry is None:
        raise CallRefused(Refusal("not_found", {"procedure": key}))
    setting = setting_for(session, catalogue, entry.key, entry.number, now)
    link = {"dossier": str(caller), "call": str(effect.data["call"]), "procedure": state.procedure}
    reference = state.code or str(caller)
    intake = called_intake(setting.procedure, state, effect.data["give"], reference)._replace(called_by=link)
    house = system_person()
    opened = open_dossier(setting.procedure, intake, house.actor, now, setting.world)
    if isinstance(opened, Refusal):
        raise CallRefused(Refusal(opened.code, {**opened.params, "procedure": key}))
    done = keep_outcome(session, None, opened, setting, house, now)
    _tell(session, caller, "call_opened", link["call"], done.dossier_id, opened.state, now)


def called_intake(procedure: Procedure, caller: State, give: Mapping[str, Any], reference: str) -> Intake:
    """How a called dossier comes in: as the calling one did, with what that hands over; ``dossier`` refers to it."""
    given = {key: reference if value == DOSSIER else value for key, value in give.items()}
    variant, channel = str(given.pop("variant", "")), str(given.pop("channel", caller.channel))
    return Intake(
        channel=channel if channel in procedure.channels else procedure.channels[0],
        unit=caller.unit,
        level=caller.level if caller.level in procedure.levels else "",
        variant=variant or (procedure.variants[0].key if procedure.variants else ""),
        applicant=caller.applicant if procedure.kind == "service" else {},
        given=given,
    )


def _tell(session: Session, caller: int, kind: str, call: str, called: int, state: State, now: datetime) -> None:
    """Note in the calling dossier what became of a called one, with what it takes from it."""
    stored = lock_dossier(session, caller)
    if stored is None or stored.state.ended_at is not None or call not in stored.state.calls:
        return
    setting = setting_for(session, holder.current(), stored.state.procedure, stored.state.number, now)
    step = _step_of(setting.procedure, stored.state, call)
    values = taken(step.call.take if step.call is not None else {}, state, called)
    facts = {"call": call, "dossier": str(called), "status": state.status}
    house = system_person()
    told = move(
        setting.procedure, stored.state, Action(kind, fill=values, arguments=facts), house.actor, now, setting.world
    )
    if isinstance(told, Refusal):
        raise CallRefused(told)
    keep_outcome(session, stored, told, setting, house, now)


def _step_of(procedure: Procedure, state: State, call: str) -> Step:
    return plan_of(procedure).route(state.route).steps[state.calls[call]["step"]].step


def taken(take: Mapping[str, str], called: State, reference: int) -> dict[str, Any]:
    """What comes back of a called dossier, as far as it is known: its answers, itself, its due date, its result."""
    results = [str(one.get("number") or one.get("title", "")) for one in called.results.values()]
    known = {"dossier": called.code or str(reference), "due": called.due, "result": ", ".join(results) or None}
    values = {name: known.get(name, called.answers.get(name)) for name in take.values()}
    return {name: value for name, value in values.items() if value is not None}


def done_of(dossier_id: int, state: State) -> Done:
    """The answer to whoever asked."""
    return Done(dossier_id, state.procedure, state.sequence, state.code)


def _prints(outcome: Outcome, setting: Setting, by: Person, now: datetime) -> Iterator[NewPrint]:
    for effect in outcome.effects:
        if effect.kind == "print_ordered":
            yield print_data(
                str(effect.data["print"]), effect.data, outcome.state, setting.procedure, setting.world, by, now
            )


def _event_of(effect: Effect) -> str:
    return str(effect.data.get("event", effect.kind))
