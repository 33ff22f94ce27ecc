"""The short way of everyday steps gives the same answer as the long way, event for event."""

from dataclasses import replace

import pytest

from app.engine.actions import Action
from app.engine.by_itself import finish_move
from app.engine.clock import ClockSettings
from app.engine.plan import MOST_PLANS, plan_of
from app.engine.quick import quick_step
from app.engine.state import State
from app.engine.steps import do_step
from app.engine.turn import Turn
from app.engine.world import Actor, Outcome, World
from tests.engine.office import Play, person, procedure, step, world

FORKED = procedure(
    step("begin", within="4 hours", to=["a", "b"]),
    step("a", "head@agency", within="1 working day", to="join"),
    step("b", ["officer@agency", "clerk@dept"], within="2 working days", to="join"),
    step("join", joins=["a", "b"], to="sign"),
    step("sign", "leader@authority", within="3 hours"),
    step("close"),
    kind="task",
    time_limit="15 working days",
)
DOERS = {"a": "head@land", "sign": "leader@council"}


def slow(state: State, action: Action, actor: Actor, play: Play, where: World) -> Outcome:
    """The long way, whatever the step is."""
    turn = Turn(play.procedure, state, actor, play.now, where)
    assert (do_step(turn, action) or finish_move(turn)) is None
    return turn.outcome()


@pytest.mark.parametrize("settings", [ClockSettings(step_days="days"), ClockSettings(step_days="hours")])
def test_both_ways_give_the_same_state_and_the_same_journal(settings: ClockSettings) -> None:
    went_short = set()
    for order in (("begin", "a", "b"), ("begin", "b", "a")):
        play = Play(FORKED, world(settings))
        for key in (*order, "join", "sign", "close"):
            play.later(minutes=17)
            action, actor = Action("step", key), person(DOERS.get(key, "officer@land"))
            expected = slow(play.state, action, actor, play, play.world)  # also looks the people up
            found = quick_step(plan_of(FORKED), play.state, action, actor, play.now, play.world)
            if found is not None:
                went_short.add(key)
                assert found == expected
            play.do(key, actor)
            assert play.answer == expected
        assert play.state.ended_at == play.now
    assert went_short == {"begin", "a", "b", "join", "sign", "close"}


def test_whatever_is_unusual_goes_the_long_way() -> None:
    play = Play(FORKED)
    officer, plan = person("officer@land"), plan_of(FORKED)
    slow(play.state, Action("step", "begin"), officer, play, play.world)
    refused = (
        (Action("step", "begin", comment="x"), officer),
        (Action("step", "begin", visit=1), officer),
        (Action("step", "sign"), officer),
        (Action("step", "begin"), person("clerk@dept")),
    )
    for action, actor in refused:
        assert quick_step(plan, play.state, action, actor, play.now, play.world) is None
    other = world()
    fresh = World(other.calendar, other.settings, replace(other.organisation), other.numbers)
    assert quick_step(plan, play.state, Action("step", "begin"), officer, play.now, fresh) is None


def test_plans_are_kept_for_as_many_procedures_as_are_worked_on() -> None:
    first = procedure(step("only"), kind="task")
    kept = plan_of(first)
    assert plan_of(first) is kept
    for _ in range(MOST_PLANS):
        plan_of(replace(first))
    assert plan_of(first) is not kept
