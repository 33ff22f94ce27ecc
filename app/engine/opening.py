"""A dossier begins: its first step is open, nothing is promised yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.definition.model.procedure import Procedure
from app.engine.acceptance import fix, hand_in
from app.engine.actions import Intake
from app.engine.answer_checks import Test, check_all
from app.engine.answer_error import AnswerError, invalid
from app.engine.answer_rows import read_answer
from app.engine.clocking import begin_phase, start_clock
from app.engine.filling import Filled, fill, invalid_answers, save
from app.engine.form_view import fitted, settled
from app.engine.periods import fix_period, may_be_filed
from app.engine.rights import APPLICANT, may_act, unit_of
from app.engine.routing import enter, people
from app.engine.state import State
from app.engine.turn import Turn
from app.engine.world import Actor, Refusal, World


def open_turn(procedure: Procedure, intake: Intake, actor: Actor, now: datetime, world: World) -> Turn | Refusal:
    """The turn in which a dossier is opened, not yet settled."""
    errors = [*_wrong(procedure, intake, now), *_wrong_period(procedure, intake, now, world)]
    if errors:
        return invalid_answers(errors)
    turn = Turn(procedure, State(), actor, now, world)
    service = procedure.kind == "service"
    turn.emit("opened", _opening(procedure, intake, now, service))
    fix_period(turn)
    fix(turn)
    first = turn.route.first
    refusal = _not_here(turn)
    if refusal is not None:
        return refusal
    if intake.documents:
        refusal = hand_in(turn, intake.documents)
        if refusal is not None:
            return refusal
    filled = fill(turn, first, intake.answers, "", leaving=False)
    if isinstance(filled, Refusal):
        return filled
    save(turn, filled)
    refusal = _take_over(turn, intake.given)
    if refusal is not None:
        return refusal
    fix_period(turn)
    if not service:
        turn.emit("arrived", {})
        start_clock(turn, turn.state.received_at or now)
        begin_phase(turn, first.step.phase)
    enter(turn, first, 0)
    turn.notice("submitted")
    return turn


def _take_over(turn: Turn, given: Mapping[str, Any]) -> Refusal | None:
    """Write what the calling dossier hands over, whichever step would fill it in."""
    values: dict[str, Any] = {}
    errors: list[AnswerError] = []
    test = Test(turn.env, (turn.state.received_at or turn.now).date())
    for key, value in given.items():
        field = turn.procedure.form.fields.get(key)
        if field is None:
            errors.append(invalid(key, "unknown_field"))
            continue
        stored, wrong = read_answer(field, fitted(field, value), None)
        checked = check_all(field, stored, test)  # what is only missing is asked for by the steps
        errors.extend(wrong or (error for error in checked if error.code == "invalid_value"))
        if stored is not None:
            values[key] = stored
    if errors:
        return invalid_answers(errors)
    answers = settled(turn.plan, {**turn.state.answers, **values}, turn.env_with)
    save(turn, Filled(answers, frozenset(key for key in answers if answers[key] != turn.state.answers.get(key))))
    return None


def _not_here(turn: Turn) -> Refusal | None:
    """Nobody who may begin it, or a reception that does not take this procedure in (ruling 13).

    A called dossier comes in wherever the calling one did.
    """
    position, state = may_begin(turn), turn.state
    if position == "":
        return Refusal(
            "not_allowed", {"step": turn.route.first.key, "positions": list(people(turn, turn.route.first)[0])}
        )
    unit = state.unit or (unit_of(position) if position.startswith("reception@") else "")
    if turn.procedure.kind != "service" or not unit or state.called_by:
        return None
    places = turn.world.organisation.units_named(turn.procedure.intake_places(turn.env))
    if unit in places:
        return None
    return invalid_answers([invalid("unit", "not_option", value=unit, options=list(places))])


def may_begin(turn: Turn) -> str:
    """As whom the actor may open a dossier: whoever does the first step, or the applicant himself."""
    positions, _ = people(turn, turn.route.first)
    return may_act(turn.actor, (*positions, APPLICANT, "system"))


def _wrong(procedure: Procedure, intake: Intake, now: datetime) -> list[AnswerError]:
    errors = []
    if intake.channel not in procedure.channels:
        errors.append(invalid("channel", "not_option", value=intake.channel))
    if intake.level and intake.level not in procedure.levels:
        errors.append(invalid("level", "not_option", value=intake.level))
    if intake.variant and intake.variant not in {variant.key for variant in procedure.variants}:
        errors.append(invalid("variant", "not_option", value=intake.variant))
    if procedure.variants and not intake.variant:
        errors.append(AnswerError("required", "variant"))
    kind = intake.applicant.get("kind")
    if kind and procedure.applicants and kind not in procedure.applicants:
        errors.append(invalid("applicant.kind", "not_option", value=str(kind)))
    for name in ("received", "sent"):
        moment = getattr(intake, name)
        if moment is not None and moment > now:
            errors.append(invalid(name, "out_of_range", most=now.isoformat()))
    return errors


def _wrong_period(procedure: Procedure, intake: Intake, now: datetime, world: World) -> list[AnswerError]:
    """A period can only be filed where there are periods, and when it is over."""
    recurs = procedure.recurs
    if not intake.period:
        return []
    if recurs is not None and may_be_filed(recurs, intake.period, intake.received or now, world):
        return []
    return [invalid("period", "not_option", value=intake.period)]


def _opening(procedure: Procedure, intake: Intake, now: datetime, service: bool) -> dict[str, Any]:
    received = intake.received or (None if intake.channel == "online" and service else now)
    data: dict[str, Any] = {
        "procedure": procedure.key,
        "number": procedure.number,
        "kind": procedure.kind,
        "status": "submitted" if service else "processing",
        "channel": intake.channel,
        "level": intake.level or procedure.levels[0],
        "unit": intake.unit,
        "applicant": dict(intake.applicant),
        "sent_at": (intake.sent or now).isoformat(),
    }
    if intake.called_by:
        data["called_by"] = dict(intake.called_by)
    for name in ("period", "follows"):
        if getattr(intake, name):
            data[name] = getattr(intake, name)
    if intake.variant:
        data["variant"] = intake.variant
    if received is not None:
        data["received_at"] = received.isoformat()
    if not service:
        data["accepted"] = True
    return data
