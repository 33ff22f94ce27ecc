"""Asking others: one visit for each who is asked, answers, silence, quorum, the end by itself (section 8.5)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from app.definition.duration import Duration
from app.definition.model.route import Ask, Consult
from app.definition.model.who import Party
from app.engine.actions import Action
from app.engine.answer_checks import Test, check_all, row_cells
from app.engine.answer_error import AnswerError, invalid
from app.engine.answer_rows import read_answer
from app.engine.environment import consulted
from app.engine.filling import invalid_answers
from app.engine.plan import StepPlan
from app.engine.rights import USER, named, party_positions
from app.engine.state import Visit
from app.engine.timing import due_of
from app.engine.turn import Turn
from app.engine.until import until_moment
from app.engine.world import Refusal

Row = Mapping[str, Any]
DEFAULT_OPINIONS: Mapping[str, str] = {
    "agree": "Đồng ý",
    "agree_with_changes": "Đồng ý nếu chỉnh sửa, bổ sung",
    "disagree": "Không đồng ý",
    "no_opinion": "Không có ý kiến",
}


class Asked(NamedTuple):
    """One opinion to be asked for: of whom as written, who answers, until when."""

    party: str
    title: str
    positions: tuple[str, ...]
    due: datetime | None


def opinions_of(consult: Consult | None) -> Mapping[str, str]:
    """The answers that may be given."""
    return (consult.opinions if consult is not None else {}) or DEFAULT_OPINIONS


def to_be_asked(turn: Turn, at: StepPlan, sender: Visit) -> tuple[Asked, ...]:
    """Everybody this case asks; a field or column that names several gives one each."""
    consult = at.step.consult
    if consult is None:
        return ()
    asks = (ask for ask in consult.ask if ask.when is None or ask.when.evaluate(turn.env) is True)
    return tuple(asked for ask in asks for asked in _each(turn, consult, ask, sender))


def _each(turn: Turn, consult: Consult, ask: Ask, sender: Visit) -> Iterator[Asked]:
    within = ask.within or consult.within
    duration = within.pick(turn.env) if within is not None else None
    path = _path(ask.by)
    for row, positions, party in _parties(turn, ask.by, path, sender):
        due = _due(turn, duration, path, row)
        yield Asked(party, ask.title, positions or (f"head@{turn.state.agency}",), due)


def _path(party: Party) -> str:
    """The field or column in which the people or units stand, if the party names one."""
    if party.kind == "person":
        return party.key
    return party.place.key if party.place is not None and party.place.kind == "field" else ""


def _parties(turn: Turn, party: Party, path: str, sender: Visit) -> Iterator[tuple[Row | None, tuple[str, ...], str]]:
    if not path:
        place = party.place.key if party.place is not None and party.place.kind == "unit" else ""
        if _is_outside(turn, place):
            yield None, sender.positions, party.text
        else:
            organisation, on = turn.world.organisation, turn.now.date()
            yield None, tuple(party_positions(party, turn.state, organisation, on)), party.text
        return
    answers = turn.state.answers
    table, _, column = path.partition(".")
    rows: list[Row | None] = list(answers.get(table) or ()) if column else [None]
    for row in rows:
        for name in dict.fromkeys(named(answers, path, row)):
            if party.kind == "person":
                yield row, (f"{USER}{name}",), name
            else:
                own = sender.positions if _is_outside(turn, name) else (f"{party.role}@{name}",)
                yield row, own, f"{party.role}@{name}"


def _is_outside(turn: Turn, unit: str) -> bool:
    """A unit without people here: whoever asks it enters its answer, with the letter (ruling 12)."""
    known = turn.world.organisation.units.get(unit)
    return known is not None and known.outside


def _due(turn: Turn, duration: Duration | None, path: str, row: Row | None) -> datetime | None:
    if duration is None or duration.kind in ("none", "phases"):
        return None
    world = turn.world
    if duration.kind != "until":
        return due_of(duration, turn.now, world)
    table = path.partition(".")[0] if row is not None else ""
    cells = row_cells(turn.procedure.form.fields[table], row) if table and row is not None else None
    return until_moment(turn.plan.until(duration.until or "", table), turn.env, world.calendar, world.settings, cells)


# ---- asking


def send(turn: Turn, visit: Visit, at: StepPlan, arguments: Mapping[str, Any]) -> None:
    """Open one visit for each who is asked; the step itself stays open until it closes by itself."""
    asked = _chosen(turn, to_be_asked(turn, at, visit), arguments)
    dues = [entry.due for entry in asked]
    latest = None if None in dues else max((due for due in dues if due is not None), default=None)
    data: dict[str, Any] = {"visit": visit.number, "due": latest.isoformat() if latest else None}
    if arguments.get("reason"):
        data["reason"] = str(arguments["reason"])
    turn.emit("opinion_asked", data)
    for entry in asked:
        open_opinion(turn, visit, at.key, entry)


def _chosen(turn: Turn, asked: tuple[Asked, ...], arguments: Mapping[str, Any]) -> tuple[Asked, ...]:
    """The sender may leave out or add recipients (``may_add``)."""
    dropped = set(arguments.get("leave_out", ()))
    kept = tuple(entry for entry in asked if entry.party not in dropped)
    more = (Asked(str(party), "", (str(party),), kept[0].due if kept else None) for party in arguments.get("add", ()))
    return (*kept, *more)


def open_opinion(turn: Turn, parent: Visit, step: str, asked: Asked) -> None:
    """One visit for one answer."""
    state = turn.state
    data: dict[str, Any] = {
        "visit": len(state.past) + len(state.visits) + 1,
        "step": step,
        "kind": "opinion",
        "positions": list(asked.positions),
        "parent": parent.number,
        "party": asked.party,
    }
    if asked.title:
        data["title"] = asked.title
    if asked.due is not None:
        data["due"] = asked.due.isoformat()
    turn.emit("step_entered", data)
    turn.notice("consulted", visit=data["visit"])


# ---- answering


def give_opinion(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """One answer, with the fields that members fill; it may be late, it is recorded all the same."""
    at = turn.route.steps[visit.step]
    consult = at.step.consult
    if not action.choose:
        return Refusal("required", {"field": "choose"})
    if action.choose not in opinions_of(consult):
        return invalid_answers([invalid("choose", "not_option", value=action.choose)])
    values = _values(turn, consult.fills if consult is not None else (), action.fill)
    if isinstance(values, Refusal):
        return values
    data: dict[str, Any] = {"visit": visit.number, "opinion": action.choose, "position": position}
    if action.comment:
        data["comment"] = action.comment
    if values:
        data["values"] = values
    if visit.due is not None and turn.now > visit.due:
        turn.notice("answer_late", visit=visit.number)
    turn.emit("opinion_given", data)
    return None


def _values(turn: Turn, allowed: tuple[str, ...], raw: Mapping[str, Any]) -> dict[str, Any] | Refusal:
    """The fields a member fills: one value per member, kept with the opinion."""
    values: dict[str, Any] = {}
    errors: list[AnswerError] = []
    test = Test(turn.env, (turn.state.received_at or turn.now).date())
    for key, value in raw.items():
        field = turn.procedure.form.fields.get(key)
        if field is None or key not in allowed:
            errors.append(invalid(key, "not_fillable"))
            continue
        stored, wrong = read_answer(field, value, None)
        errors.extend(wrong or check_all(field, stored, test))
        if stored is not None:
            values[key] = stored
    return invalid_answers(errors) if errors else values


def silence(turn: Turn, visit: Visit, opinion: str) -> None:
    """No answer in time counts as this one."""
    turn.emit("opinion_given", {"visit": visit.number, "opinion": opinion, "outcome": "silence"}, by_system=True)


def is_complete(turn: Turn, visit: Visit, consult: Consult) -> bool:
    """Whether a consulting step that was sent may close: all have answered, or enough of them."""
    asked = consulted(turn.state, visit.step)
    if all(opinion.opinion for opinion in asked):
        return True
    wanted = consult.quorum.evaluate(turn.env) if consult.quorum is not None else None
    real = sum(1 for opinion in asked if opinion.opinion and opinion.outcome != "silence")
    return isinstance(wanted, int | Decimal) and real >= wanted
