"""The names of a dossier as expressions see them: looked up when asked for, never all at once (section 5.2)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from app.definition.duration import Duration
from app.definition.expression import MISSING
from app.definition.model.procedure import Procedure
from app.engine.answer_values import load_value
from app.engine.calendar import ClockError
from app.engine.fees import is_settled
from app.engine.state import State, Visit
from app.engine.timing import span_end
from app.engine.world import World

_DIRECT = frozenset(("channel", "level", "variant", "agency", "authority", "unit", "status", "period"))
_MOMENTS = {"received": "received_at", "accepted": "accepted_at", "due": "due", "finished": "finished_at"}

# Stands for the dossier itself in what it hands over; whoever begins the other one puts its reference there.
DOSSIER = "dossier:self"


class Environment(Mapping[str, object]):
    """One dossier at one moment. ``extra`` lies over everything else (answers not yet saved)."""

    __slots__ = ("_found", "extra", "now", "procedure", "state", "world")

    def __init__(
        self, procedure: Procedure, state: State, world: World, now: datetime, extra: Mapping[str, Any] | None = None
    ) -> None:
        self.procedure = procedure
        self.state = state
        self.world = world
        self.now = now
        self.extra = extra
        self._found: dict[str, object] = {}

    def get(self, name: str, default: object = None) -> Any:
        """The value of a name, or the default where it is missing."""
        if name in self._found:
            return self._found[name]
        value = self._look_up(name)
        self._found[name] = value
        return default if value is None else value

    def __getitem__(self, name: str) -> object:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        yield from self.procedure.form.fields

    def __len__(self) -> int:
        return len(self.procedure.form.fields)

    def _look_up(self, name: str) -> object:
        field = self.procedure.form.fields.get(name)
        if field is not None:
            answers = self.state.answers if self.extra is None else self.extra
            return load_value(field, answers.get(name))
        if name.endswith("()"):
            return self._fact(name)
        if name in _DIRECT:
            return getattr(self.state, name) or None
        if name in _MOMENTS:
            return getattr(self.state, _MOMENTS[name])
        return self._built_in(name)

    def _built_in(self, name: str) -> object:
        if name.startswith("applicant."):
            return applicant_part(self.state, name.removeprefix("applicant."), self.now)
        if name == "representative":
            return bool(self.state.applicant.get("representative"))
        if name == "dossier":
            return DOSSIER
        if name == "today":
            return self.now.date()
        if name == "now":
            return self.now
        if name == "holder":
            return next((visit.holder for visit in self.state.visits if visit.holder), None)
        return None

    def _fact(self, name: str) -> object:
        own = _FACTS.get(name)
        if own is None:
            return self.world.facts.get(name)

        def asked(*values: Any) -> object:
            return own(self, *values)

        return asked


def environment(procedure: Procedure, state: State, world: World, now: datetime) -> Environment:
    """What expressions see of a dossier at this moment."""
    return Environment(procedure, state, world, now)


def applicant_part(state: State, part: str, now: datetime) -> object:
    """A part of the applicant block; the age is that on the day of receipt."""
    applicant = state.applicant
    if part == "age":
        born = applicant.get("birth_date")
        return None if not born else _age(date.fromisoformat(born), (state.received_at or now).date())
    if part == "place":
        address = applicant.get("address")
        commune = address.get("commune") if isinstance(address, Mapping) else None
        return applicant.get("place") or commune
    return applicant.get(part)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


# ---- what expressions may ask of the course of the dossier


def _visits(env: Environment, step: str) -> Iterator[Visit]:
    return (v for v in (*env.state.past, *env.state.visits) if v.step == step and v.kind == "step")


def _done(env: Environment, step: str) -> bool:
    return bool(env.state.done(step))


def _times(env: Environment, step: str) -> int:
    return sum(1 for _ in _visits(env, step))


def _late(env: Environment, step: str) -> bool:
    return any(v.due is not None and (v.left or env.now) > v.due for v in _visits(env, step))


def _chosen(env: Environment, step: str) -> str | None:
    return next((v.chosen for v in reversed(env.state.past) if v.step == step and v.chosen), None)


def consulted(state: State, step: str) -> tuple[Visit, ...]:
    """The opinions asked for at the latest stay at a consulting step, answered or not, in the order of asking."""
    stays = [v.number for v in (*state.past, *state.visits) if v.step == step and v.kind == "step" and v.sent]
    latest = max(stays, default=0)
    asked = (v for v in (*state.past, *state.visits) if v.kind == "opinion" and v.parent == latest)
    return tuple(sorted(asked, key=lambda visit: visit.number)) if latest else ()


def _opinions(env: Environment, step: str, opinion: str) -> int:
    return sum(1 for visit in consulted(env.state, step) if visit.opinion == opinion)


def _answered(env: Environment, step: str) -> int:
    return sum(1 for visit in consulted(env.state, step) if visit.opinion)


def _asked(env: Environment, step: str) -> int:
    return len(consulted(env.state, step))


def _handed_in(env: Environment, document: str) -> bool:
    return document in env.state.documents


def _supplements(env: Environment) -> int:
    return env.state.supplements


def _paid(env: Environment, fee: str) -> object:
    return is_settled(env.procedure, env.state, env, fee)


def _lookup(env: Environment, option_list: str, key: str, column: str) -> object:
    for field in env.procedure.form.fields.values():
        for asked in (field, *field.columns):
            if asked.option_list == option_list:
                option = next((entry for entry in asked.options if entry.key == key), None)
                return MISSING if option is None else option.columns.get(column, MISSING)
    return MISSING


def _within_unit(env: Environment, unit: str, above: str) -> bool:
    return above in env.world.organisation.ancestry(unit)


def _working_days_between(env: Environment, first: date, last: date) -> object:
    try:
        return env.world.calendar.working_days_between(first, last)
    except ClockError:
        return MISSING


def _add(env: Environment, start: date, duration: Duration) -> object:
    moment = start if isinstance(start, datetime) else datetime.combine(start, datetime.min.time())
    try:
        due = span_end(duration, moment, env.world)
    except ClockError:
        return MISSING
    if due is None:
        return MISSING
    return due if isinstance(start, datetime) else due.date()


_FACTS: dict[str, Callable[..., object]] = {
    "done()": _done,
    "visits()": _times,
    "late()": _late,
    "chosen()": _chosen,
    "opinions()": _opinions,
    "answered()": _answered,
    "asked()": _asked,
    "handed_in()": _handed_in,
    "paid()": _paid,
    "supplements()": _supplements,
    "lookup()": _lookup,
    "within_unit()": _within_unit,
    "working_days_between()": _working_days_between,
    "add()": _add,
}
