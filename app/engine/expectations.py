"""What a scenario expects against what came out: every difference as data, readable at the place in the file."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.definition.model.documents import Document, Group
from app.engine.answer_values import store_value
from app.engine.consult import to_be_asked
from app.engine.documents import needed
from app.engine.environment import consulted
from app.engine.fees import fees_due, total
from app.engine.form_view import form_view
from app.engine.moves import available_moves
from app.engine.rights import USER
from app.engine.scenario_people import named_person
from app.engine.scenario_stage import Stage, literal, moment_of

NONE = "none"
# Offered almost everywhere: a test that lists what somebody may do need not name them.
EVERYDAY = frozenset(
    (
        "comment",
        "claim",
        "release",
        "reassign",
        "recall",
        "send_back",
        "add_step",
        "save",
        "hand_in",
        "pay",
        "charge",
        "extend",
        "stop",
        "withdraw",
        "variant",
        "correct",
        "reopen",
        "refund",
    )
)
OBLIGATIONS = frozenset(("obligation",))


class Failure(NamedTuple):
    """One thing that came out otherwise. ``kind``: expected (Q04), must_give (Q03), not_possible (Q05), no_calendar
    (Q06) or invalid_given; ``path`` leads to the place in the expanded document."""

    path: tuple[Any, ...]
    kind: str
    expected: str
    got: str
    params: Mapping[str, Any] = {}


Compare = Callable[[Stage, Any, bool], Iterator[tuple[tuple[Any, ...], str, str]]]


def compare(stage: Stage, expect: Mapping[str, Any], path: tuple[Any, ...], *, final: bool) -> Iterator[Failure]:
    """Every key of an ``expect`` that does not hold."""
    for key, wanted in expect.items():
        for place, expected, got in _COMPARE[key](stage, wanted, final):
            yield Failure((*path, key, *place), "expected", expected, got, {"key": key})


def shown(value: object) -> str:
    """A value as tests write it."""
    if value is None:
        return NONE
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(str(item) for item in value) + "]"
    return str(value)


def _moment_differs(wanted: object, got: datetime | None) -> bool:
    if wanted in (None, NONE):
        return got is not None
    moment = moment_of(wanted)
    if moment is None or got is None:
        return True
    is_date = len(str(wanted)) == 10
    return moment.date() != got.date() if is_date else moment != got.replace(second=0, microsecond=0)


def _moment(find: Callable[[Stage], datetime | None]) -> Compare:
    def check(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
        got = find(stage)
        if _moment_differs(wanted, got):
            yield (), shown(wanted), shown(got)

    return check


def _moments(find: Callable[[Stage, str], datetime | None]) -> Compare:
    def check(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
        for key, moment in wanted.items():
            got = find(stage, key)
            if _moment_differs(moment, got):
                yield (key,), shown(moment), shown(got)

    return check


def _phase_due(stage: Stage, key: str) -> datetime | None:
    text = stage.state.phase_due.get(key)
    return moment_of(text) if text else None


def _step_due(stage: Stage, key: str) -> datetime | None:
    visit = stage.state.open_step(key)
    if visit is None:
        visit = next((v for v in reversed(stage.state.past) if v.step == key and v.kind == "step"), None)
    return visit.due if visit is not None else None


def _value(find: Callable[[Stage], object]) -> Compare:
    def check(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
        got = find(stage)
        if shown(wanted) != shown(got):
            yield (), shown(wanted), shown(got)

    return check


def _class(stage: Stage) -> str | None:
    return {"overdue": "late", "": None}.get(stage.state.result_class, stage.state.result_class)


def _clock(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    got = stage.state.clock_state
    if got == "stopped" and stage.state.refusal.get("reason") == "answer_late" and wanted == "lapsed":
        return
    if wanted != got:
        yield (), shown(wanted), got


def _fees(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    due = {fee.key: fee for fee in fees_due(stage.procedure, stage.env, stage.state.fees)}
    for key, amount in wanted.items():
        got = due[key].amount if key in due else None
        expected = None if amount in (None, NONE, "unknown") else amount
        if shown(expected) != shown(got):
            yield (key,), shown(amount), shown(got)


def _set(find: Callable[[Stage], list[str]]) -> Compare:
    """The sets must be the same."""

    def check(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
        got = find(stage)
        if {str(item) for item in wanted} != set(got):
            yield (), shown(wanted), shown(got)

    return check


def _part(find: Callable[[Stage], tuple[str, ...]]) -> Compare:
    """Everything named must be there."""

    def check(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
        got = find(stage)
        for number, item in enumerate(wanted):
            if item not in got:
                yield (number,), str(item), shown(got)

    return check


def _open(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    steps = stage.open_steps()
    others = [visit.kind for visit in stage.state.visits if visit.kind in ("supplement", "approval")]
    expected = {str(item) for item in wanted}
    if expected not in (set(steps), {*steps, *others}):
        yield (), shown(wanted), shown(steps or others)


def _allowed(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    for who, acts in wanted.items():
        actor = named_person(stage, str(who), (), ())
        moves = available_moves(stage.procedure, stage.state, actor, stage.now, stage.world)
        got = list(dict.fromkeys(item.step if item.kind == "step" else item.kind for item in moves))
        part = isinstance(acts, Mapping)
        names = {str(item) for item in (acts.get("includes", ()) if isinstance(acts, Mapping) else acts)}
        more = set(got) - names - EVERYDAY
        if names - set(got) or (more and not part):
            yield (who,), shown(sorted(names)), shown([name for name in got if name in names or name not in EVERYDAY])


def _view(stage: Stage) -> Any:
    return form_view(stage.procedure, stage.state, "", stage.env)


def _fields(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    for key, value in wanted.items():
        field = stage.procedure.form.fields.get(key)
        expected = store_value(field, literal(field, value)) if field is not None and value != NONE else None
        got = stage.state.answers.get(key)
        if expected != got:
            yield (key,), shown(value), shown(got)


def _documents(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    """Keys, the group's key for one-of (a paper of such a group stands for it); not what a look-up has found."""
    groups = dict(_grouped(stage.procedure.documents))
    found = {key for key, entry in stage.state.documents.items() if entry.get("source")}
    wanted_now = needed(stage.procedure, stage.env, _phase_of_intake(stage))
    got = [want.key for want in wanted_now if not found & {paper.key for paper in want.documents}]
    if {groups.get(str(key), str(key)) for key in wanted} != set(got):
        yield (), shown(wanted), shown(got)


def _phase_of_intake(stage: Stage) -> str:
    """The phase whose papers are asked for now: that of the later intake at which the dossier stands, or the first."""
    steps = (stage.route.steps[key].step for key in stage.open_steps())
    return next((step.phase for step in steps if step.does == "intake"), "")


def _grouped(items: tuple[Document | Group, ...], group: str = "") -> Iterator[tuple[str, str]]:
    for item in items:
        if isinstance(item, Group):
            yield from _grouped(item.items, group or (item.key if item.of != "all" else ""))
        elif group:
            yield item.key, group


def _consulted(stage: Stage) -> list[str]:
    turn = stage.turn()
    for visit in stage.state.visits:
        at = turn.route.steps.get(visit.step)
        if visit.kind == "step" and at is not None and at.step.consult is not None and visit.sent is None:
            return [asked.party for asked in to_be_asked(turn, at, visit)]
    return [visit.party.removeprefix(USER) for visit in _latest_opinions(stage)]


def _latest_opinions(stage: Stage) -> tuple[Any, ...]:
    for visit in sorted((*stage.state.past, *stage.state.visits), key=lambda v: -v.number):
        if visit.kind == "step" and visit.sent is not None:
            return consulted(stage.state, visit.step)
    return ()


def _answers(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    given = {visit.party: visit.opinion for visit in _latest_opinions(stage)}
    for who, opinion in wanted.items():
        if given.get(who) != opinion:
            yield (who,), shown(opinion), shown(given.get(who) or None)


def _prints(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    """After an act the prints of that act; at the end those named must be among all."""
    events = stage.events if final else stage.act_events
    got = [event.data["print"] for event in events if event.type == "print_ordered"]
    missing = {str(item) for item in wanted} - set(got)
    if missing or (not final and set(got) - {str(item) for item in wanted}):
        yield (), shown(wanted), shown(got)


def _numbers(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    for register, number in wanted.items():
        given = stage.state.numbers.get(register, [])
        got = given[-1] if given else None
        if shown(number) != shown(got):
            yield (register,), shown(number), shown(got)


def _calls(stage: Stage, wanted: Any, final: bool) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    """After an act the procedures it called, one entry for each dossier; at the end all of them."""
    events = stage.events if final else stage.act_events
    got = [str(event.data["procedure"]) for event in events if event.type == "called"]
    if sorted(map(str, wanted)) != sorted(got):
        yield (), shown(wanted), shown(got)


_COMPARE: dict[str, Compare] = {
    "calls": _calls,
    "due": _moment(lambda stage: stage.state.due),
    "first_due": _moment(lambda stage: stage.state.first_due),
    "legal_due": _moment(lambda stage: stage.state.legal_due),
    "phase_due": _moments(_phase_due),
    "step_due": _moments(_step_due),
    "fee": _value(lambda stage: total(fees_due(stage.procedure, stage.env, stage.state.fees))),
    "obligations": _value(lambda stage: total(fees_due(stage.procedure, stage.env, stage.state.fees), OBLIGATIONS)),
    "fees": _fees,
    "open": _open,
    "status": _value(lambda stage: stage.state.status),
    "clock": _clock,
    "class": _value(_class),
    "allowed": _allowed,
    "required": _part(lambda stage: _view(stage).required),
    "shown": _part(lambda stage: _view(stage).visible),
    "hidden": _part(lambda stage: _view(stage).hidden),
    "fields": _fields,
    "documents": _documents,
    "consulted": _set(_consulted),
    "answers": _answers,
    "prints": _prints,
    "numbers": _numbers,
    "results": _set(lambda stage: list(stage.state.results)),
}
KNOWN = frozenset(_COMPARE)
