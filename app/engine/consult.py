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
from app.engine.answer_values import ROW_KEY
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
Cells = Mapping[str, object]
DEFAULT_OPINIONS: Mapping[str, str] = {
    "agree": "Đồng ý",
    "agree_with_changes": "Đồng ý nếu chỉnh sửa, bổ sung",
    "disagree": "Không đồng ý",
    "no_opinion": "Không có ý kiến",
}


class Asked(NamedTuple):
    """One opinion to be asked for: of whom as written, who answers, until when, about which row (``table.key``)."""

    party: str
    title: str
    positions: tuple[str, ...]
    due: datetime | None
    question: str = ""
    row: str = ""

    @property
    def key(self) -> str:
        """What tells it from the others: the same party may be asked about several rows."""
        return f"{self.party}#{self.row}" if self.row else self.party


def opinions_of(consult: Consult | None) -> Mapping[str, str]:
    """The answers that may be given."""
    return (consult.opinions if consult is not None else {}) or DEFAULT_OPINIONS


def to_be_asked(turn: Turn, at: StepPlan, sender: Visit) -> tuple[Asked, ...]:
    """Everybody this case asks; a field or column that names several gives one each."""
    consult = at.step.consult
    if consult is None:
        return ()
    return tuple(asked for ask in consult.ask for asked in _each(turn, consult, ask, sender))


def _each(turn: Turn, consult: Consult, ask: Ask, sender: Visit) -> Iterator[Asked]:
    table = ask.for_each or _table(ask.by)
    for row in _rows(turn, table):
        cells = row_cells(turn.procedure.form.fields[table], row) if row is not None else None
        if ask.when is not None and ask.when.evaluate(turn.env, cells) is not True:
            continue
        within = ask.within or consult.within
        duration = within.pick(turn.env, cells) if within is not None else None
        due = _due(turn, duration, table, cells)
        about = f"{table}.{row[ROW_KEY]}" if row is not None and ask.for_each else ""
        for positions, party in _parties(turn, ask.by, row, sender):
            asked = positions or (f"head@{turn.state.agency}",)
            yield Asked(party, ask.title, asked, due, ask.question, about)


def _rows(turn: Turn, table: str) -> list[Row | None]:
    """The rows of a table; one of nothing where nobody is asked by rows."""
    if not table or table not in turn.procedure.form.fields:
        return [None]
    return list(turn.state.answers.get(table) or ())


def _path(party: Party) -> str:
    """The field or column in which the people or units stand, if the party names one."""
    if party.kind == "person":
        return party.key
    return party.place.key if party.place is not None and party.place.kind == "field" else ""


def _table(party: Party) -> str:
    table, dot, _column = _path(party).partition(".")
    return table if dot else ""


def _parties(turn: Turn, party: Party, row: Row | None, sender: Visit) -> Iterator[tuple[tuple[str, ...], str]]:
    path = _path(party)
    if not path:
        place = party.place.key if party.place is not None and party.place.kind == "unit" else ""
        if _is_outside(turn, place):
            yield sender.positions, party.text
        else:
            organisation, on = turn.world.organisation, turn.now.date()
            yield tuple(party_positions(party, turn.state, organisation, on)), party.text
        return
    for name in dict.fromkeys(named(turn.state.answers, path, row)):
        if party.kind == "person":
            yield (f"{USER}{name}",), name
        else:
            own = sender.positions if _is_outside(turn, name) else (f"{party.role}@{name}",)
            yield own, f"{party.role}@{name}"


def _is_outside(turn: Turn, unit: str) -> bool:
    """A unit without people here: whoever asks it enters its answer, with the letter (ruling 12)."""
    known = turn.world.organisation.units.get(unit)
    return known is not None and known.outside


def _due(turn: Turn, duration: Duration | None, table: str, cells: Cells | None) -> datetime | None:
    if duration is None or duration.kind in ("none", "phases"):
        return None
    world = turn.world
    if duration.kind != "until":
        return due_of(duration, turn.now, world)
    until = turn.plan.until(duration.until or "", table if cells is not None else "")
    return until_moment(until, turn.env, world.calendar, world.settings, cells)


# ---- asking


def send(turn: Turn, visit: Visit, at: StepPlan, arguments: Mapping[str, Any]) -> None:
    """Open one visit for each who is asked; the step itself stays open until it closes by itself."""
    asked = _chosen(turn, visit, at, arguments)
    dues = [entry.due for entry in asked]
    latest = None if None in dues else max((due for due in dues if due is not None), default=None)
    data: dict[str, Any] = {"visit": visit.number, "due": latest.isoformat() if latest else None}
    if arguments.get("reason"):
        data["reason"] = str(arguments["reason"])
    turn.emit("opinion_asked", data)
    for entry in asked:
        open_opinion(turn, visit, at.key, entry)


def _chosen(turn: Turn, visit: Visit, at: StepPlan, arguments: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Those to be asked, without whom the sender leaves out and with whom he adds."""
    dropped = set(arguments.get("leave_out", ()))
    asked = to_be_asked(turn, at, visit)
    kept = tuple(entry for entry in asked if entry.key not in dropped and entry.party not in dropped)
    due = kept[0].due if kept else None
    added = (str(party).strip() for party in arguments.get("add", ()))
    return (*kept, *(Asked(party, "", answering(turn, party, visit), due) for party in added))


def check_recipients(turn: Turn, at: StepPlan, visit: Visit, action: Action) -> Refusal | None:
    """Others than the definition says may be asked only where it lets the sender choose, and with a reason."""
    consult = at.step.consult
    added = [str(party).strip() for party in action.arguments.get("add", ())]
    changed = bool(added or action.arguments.get("leave_out"))
    if consult is None or not changed:
        return None
    if not consult.may_add:
        return Refusal("not_allowed", {"kind": "recipients", "positions": list(visit.positions)})
    if not reason_of(action):
        return Refusal("required", {"field": "reason"})
    organisation = turn.world.organisation
    for party in added:
        role, _, unit = party.partition("@")
        known = organisation.units.get(unit)
        if known is None or role not in organisation.roles or not (known.outside or role in known.roles):
            return invalid_answers([invalid("add", "not_option", value=party)])
    return None if _chosen(turn, visit, at, action.arguments) else Refusal("required", {"field": "ask"})


def reason_of(action: Action) -> str:
    """Why others are asked: said for itself, or in the comment."""
    return str(action.arguments.get("reason") or action.comment).strip()


def answering(turn: Turn, party: str, sender: Visit) -> tuple[str, ...]:
    """Who enters the answer of a party: it itself, or for a unit outside whoever asks it (ruling 12)."""
    return sender.positions if _is_outside(turn, party.partition("@")[2]) else (party,)


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
    data.update((name, getattr(asked, name)) for name in ("title", "question", "row") if getattr(asked, name))
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
