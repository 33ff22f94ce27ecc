"""Random walks over random procedures: the journal is the state, offers are kept, refusals meant, nothing is stuck."""

import json
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.definition.model.procedure import Procedure
from app.engine.actions import Action, Move
from app.engine.back import back_targets
from app.engine.by_itself import finish_move
from app.engine.clocking import note_clock
from app.engine.events import Event
from app.engine.fold import fold
from app.engine.moves import available_moves, move, next_sweep, why_not
from app.engine.optional import skipped_before
from app.engine.rights import USER
from app.engine.scenario_acts import step_action
from app.engine.scenario_people import player
from app.engine.scenario_stage import Stage
from app.engine.state import State, state_from_json, state_to_json
from app.engine.statuses import ALLOWED as ALLOWED_CHANGES
from app.engine.steps import do_step
from app.engine.timing import reading
from app.engine.transfer import transfer_targets
from app.engine.turn import Turn
from app.engine.world import Actor, Outcome, Refusal, World
from tests.engine.office import Play, at, hand_back, intake, procedure, step, world

ONWARD = ("step", "opinion", "resubmit", "approve", "pay")
ENDS = ("withdraw", "stop", "refuse")
PEOPLE = ("reception@desk", "officer@land", "head@land", "leader@council", "clerk@dept", "applicant", "head@dept")
FIELDS = {
    "far": {"type": "yes_no", "required": True},
    "note": {},
    "size": {"type": "integer", "required": True, "min": 1},
}
BUDGETS = st.sampled_from([None, "4 hours", "1 working day", "3 days", "1.5 working days"])
ROLES = st.sampled_from(
    ["officer@agency", "head@agency", "leader@authority", "clerk@dept", ["officer@agency", "head@agency"]]
)


def _speciality(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    pausing = {"reason": "chờ", "then": draw(st.sampled_from(["resume", "restart"])), "only": "dossier"}
    consult = {
        "ask": [{"by": "officer@tax"}, {"by": "head@water", "when": "far"}],
        "within": {"default": "2 working days", "cases": []},
        "silence": draw(st.sampled_from(["agree", "wait"])),
        "opinions": {"agree": "Đồng ý", "no": "Không"},
        "fills": [],
    }
    paying = {
        "by": {"default": "applicant", "cases": []},
        "within": {"default": "10 days", "cases": []},
        "on_late": draw(st.sampled_from(["remind", "stop", "refuse"])),
        "wait": {"for": "payment", "of": ["fee"], "by_hand": "reception"},
        "status": "financial_duty",
        "pauses": {**pausing, "then": "resume"},
    }
    kinds: dict[str, dict[str, Any]] = {
        "fills": {"fills": [draw(st.sampled_from(["note", "size"]))]},
        "when": {"when": draw(st.sampled_from(["far", "not far"]))},
        "optional": {"optional": draw(st.sampled_from([True, "far"]))},
        "pause": {"pauses": pausing},
        "wait": {"wait": {"for": "time", "last": "3 days"}, "pauses": {**pausing, "then": "resume"}},
        "consult": {"consult": consult},
        "pay": paying,
        "not_by": {"not_by": ["receive"]},
        "each": {"by": {"default": {"all": ["officer@agency", "leader@authority"]}, "cases": []}},
        "late": {"on_late": draw(st.sampled_from(["overdue", "next", "stop", "refuse", "remind"]))},
        "marks": {"number": {"register": {"default": "permits", "cases": []}}, "print": ["slip"]},
    }
    return kinds.get(kind, {})


ALLOWED = (
    {},
    {"supplement": {}},
    {"supplement": {"then": "resume", "within": "none"}, "refuse": {}},
    {"consult": {}, "extend": {}},
    {"transfer": {}, "refuse": {"approve": "leader@authority"}},
    {"supplement": {"max": 0, "approve": "head@agency", "within": "none"}, "send_back": {"approve": "head@agency"}},
)
KINDS = ("plain", "fills", "when", "optional", "pause", "wait", "consult", "pay", "not_by", "each", "late", "marks")


@st.composite
def middle(draw: st.DrawFn, key: str) -> dict[str, Any]:
    """One ordinary step with a random speciality."""
    made = step(key, draw(ROLES), within=draw(BUDGETS), allow=draw(st.sampled_from(ALLOWED)))
    return {**made, **_speciality(draw, draw(st.sampled_from(KINDS)))}


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    """A service or internal work of a few steps, with a fork, buttons or a conditional way in some."""
    count = draw(st.integers(1, 4))
    steps = [draw(middle(f"m{n}")) for n in range(count)]
    shape = draw(st.sampled_from(["line", "line", "fork", "buttons", "ways"]))
    end = "return"
    if shape == "fork":
        a, b = draw(middle("a")), draw(middle("b"))
        targets = draw(st.sampled_from([["a", "b"], ["a", {"step": "b", "when": "far"}]]))
        fork = step("fork", "head@agency", next=[{"to": targets, "comment": "optional"}])
        steps += [
            fork,
            {**a, "next": [{"to": ["join"], "comment": "optional"}]},
            {**b, "next": [{"to": ["join"], "comment": "optional"}]},
            step("join", "officer@agency", joins=["a", "b"]),
        ]
    elif shape == "buttons":
        steps.append(
            step(
                "choose",
                "head@agency",
                next=[
                    {"choose": "on", "title": "Tiếp", "to": [end], "comment": "optional"},
                    {"choose": "again", "title": "Làm lại", "to": ["m0"], "comment": "required"},
                ],
            )
        )
    elif shape == "ways":
        steps.append(
            step(
                "decide",
                "head@agency",
                next=[
                    {"when": "far", "to": [end], "comment": "optional"},
                    {"to": ["m0"] if draw(st.booleans()) and _manned(steps[0]) else [end], "comment": "optional"},
                ],
            )
        )
    limit = draw(st.sampled_from(["10 working days", "same day", "20 days", "none", "8 hours"]))
    more: dict[str, Any] = (
        {
            "fees": [
                {
                    "key": "fee",
                    "title": "Phí",
                    "kind": "fee",
                    "collect": "before_result",
                    "amount": {"default": 1000, "cases": []},
                }
            ]
        }
        if draw(st.booleans())
        else {}
    )
    return procedure(intake(fills=[]), *steps, hand_back(), form={"fields": FIELDS}, time_limit=limit, **more)


def _manned(item: dict[str, Any]) -> bool:
    """Whether a circle through this step always meets a person."""
    return not {"wait", "when", "optional", "consult"} & item.keys()


def people(play: Play) -> list[Actor]:
    """Everybody who might have something to do."""
    named = {position for visit in play.state.visits for position in visit.positions}
    return [player(position) for position in dict.fromkeys((*PEOPLE, *sorted(named)))]


def ready(play: Play, actor: Actor, offered: Move) -> Action | None:
    """The offered move with everything it needs; None where a walk has nothing to give it."""
    stage = Stage(play.procedure, play.world, play.state, play.now, {"form": {"far": True, "size": 2}})
    visit = play.state.visit(offered.visit)
    if offered.kind == "step" and visit is not None:
        action = step_action(stage, offered.step, visit, actor, {"choose": offered.choose}, ("tests", 0))
        return action._replace(comment="x", arguments={**action.arguments, "comment": "x"})
    arguments: dict[str, Any] = {"reason": "x", "question": "x", "ask": ["head@water"], "to": "somebody"}
    arguments.update(ground="x", decision="x", responsible="x", receipt="x")
    if offered.kind == "add_step" and visit is not None:
        arguments["to"] = skipped_before(stage.turn(actor), stage.route.steps[visit.step])[0]
    if offered.kind == "transfer" and visit is not None:
        arguments["to"] = transfer_targets(stage.turn(actor), visit)[0]
    if offered.kind == "correct":
        arguments["result"] = next(iter(play.state.results))
    if offered.kind == "send_back" and visit is not None:
        arguments["to"] = back_targets(stage.turn(actor), visit)[0]
    if offered.kind == "extend" and play.state.due is not None:
        arguments["to"] = play.world.calendar.next_working_day(play.state.due.date())
    if offered.kind in ("hand_in", "charge") or (offered.kind == "pay" and not play.procedure.fees):
        return None
    pay = {"fee": True} if offered.kind == "pay" else {}
    return Action(offered.kind, offered.step, offered.visit, offered.choose, comment="x", pay=pay, arguments=arguments)


def slow(play: Play, action: Action, actor: Actor, where: World) -> Outcome | Refusal:
    """A step done the long way, whatever it is."""
    turn = Turn(play.procedure, play.state, actor, play.now, where)
    return do_step(turn, action) or finish_move(turn) or turn.outcome()


def check(play: Play) -> list[tuple[Actor, Action]]:
    """Everything that must hold of any state; what can be done from here."""
    assert state_from_json(state_to_json(play.state)) == play.state
    written = json.dumps([[e.type, e.at.isoformat(), e.actor, e.data] for e in play.journal])
    assert fold(Event(kind, at(moment), who, data) for kind, moment, who, data in json.loads(written)) == play.state
    assert_status_graph(play.journal)
    possible = []
    for actor in people(play):
        for offered in available_moves(play.procedure, play.state, actor, play.now, play.world):
            action = ready(play, actor, offered)
            if action is None:
                continue
            found = move(play.procedure, play.state, action, actor, play.now, world())
            assert isinstance(found, Outcome), (offered, found)
            if action.kind == "step":
                assert slow(play, action, actor, world()) == found
            possible.append((actor, action))
        for refused, refusal in why_not(play.procedure, play.state, actor, play.now, play.world):
            action = Action(
                refused.kind, refused.step, refused.visit, refused.choose, comment="x", arguments={"reason": "x"}
            )
            assert move(play.procedure, play.state, action, actor, play.now, world()) == refusal
    return possible


def assert_status_graph(journal: list[Event]) -> None:
    """Every change of status is one that section 8.7 allows, and goes on from the one before."""
    changes = [event.data for event in journal if event.type == "status_changed"]
    for before, after in pairwise(changes):
        assert before["to"] == after["from"] or after["from"] == "received"
    assert all(change["to"] in ALLOWED_CHANGES[change["from"]] for change in changes), changes


def is_stuck(play: Play, possible: list[tuple[Actor, Action]]) -> bool:
    """Nobody can bring it on and no time will."""
    return (
        play.state.ended_at is None
        and next_sweep(play.state) is None
        and not any(a.kind in ONWARD for _, a in possible)
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=procedures(), choices=st.lists(st.tuples(st.integers(0, 999), st.integers(0, 90)), min_size=8, max_size=16))
def test_any_walk_is_the_fold_of_its_journal_and_every_offer_is_kept(
    made: Procedure, choices: list[tuple[int, int]]
) -> None:
    play = Play(made)
    for pick, hours in choices:
        possible = check(play)
        assert not is_stuck(play, possible), play.state.visits
        if not possible or (play.state.ended_at is not None and not any(a.kind == "reopen" for _, a in possible)):
            break
        onward = [pair for pair in possible if pair[1].kind in ONWARD]
        offers = (
            onward if onward and pick % 4 else [pair for pair in possible if pick % 16 == 0 or pair[1].kind not in ENDS]
        )
        actor, action = (offers or possible)[pick % len(offers or possible)]
        play.answer = move(play.procedure, play.state, action, actor, play.now, play.world)
        play._keep()
        if hours > 60:
            play.wait(until=play.now + timedelta(hours=hours - 60))
        _finish_agrees(play)


def _finish_agrees(play: Play) -> None:
    """The short way of finishing a running clock says what a full reading says."""
    if play.state.clock_state != "running":
        return
    turn = Turn(play.procedure, play.state, player("officer@land"), play.now, play.world)
    note_clock(turn, "finished")
    said = reading(turn.state, play.now, play.world)
    assert (turn.state.result_class, turn.state.due, turn.state.first_due) == (
        said.result_class,
        said.due,
        said.first_due,
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    made=procedures(),
    kind=st.sampled_from(
        ["step", "claim", "approve", "opinion", "extend", "nothing", "supplement", "resubmit", "reassign"]
    ),
    target=st.sampled_from(["", "receive", "m0", "nowhere"]),
    choose=st.sampled_from(["", "on", "nothing"]),
    who=st.sampled_from(PEOPLE),
    arguments=st.dictionaries(
        st.sampled_from(["to", "reason", "include", "receiver"]), st.sampled_from(["", "m0", "2025-01-01", "x"])
    ),
    fill=st.dictionaries(
        st.sampled_from(["far", "size", "odd"]),
        st.one_of(st.none(), st.text(max_size=5), st.integers(), st.lists(st.integers())),
    ),
)
def test_whatever_is_asked_is_answered(
    made: Procedure, kind: str, target: str, choose: str, who: str, arguments: dict[str, Any], fill: dict[str, Any]
) -> None:
    play = Play(made)
    action = Action(kind, target, choose=choose, arguments=arguments, fill=fill)
    before = state_to_json(play.state)
    found = move(play.procedure, play.state, action, player(who), play.now, play.world)
    assert isinstance(found, Outcome | Refusal)
    assert state_to_json(play.state) == before
    assert isinstance(State(), State)
    assert USER


def test_a_walk_reaches_the_end() -> None:
    play = Play(procedure(intake(), step("m0"), hand_back(), form={"fields": FIELDS}))
    for _ in range(3):
        actor, action = next(pair for pair in check(play) if pair[1].kind == "step")
        play.answer = move(play.procedure, play.state, action, actor, play.now, play.world)
        play._keep()
    assert play.state.status == "returned"
