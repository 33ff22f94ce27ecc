"""Steps "nếu cần": which of them the person leaving a step may tick (ruling 11)."""

from collections.abc import Iterable

from app.engine.answer_error import invalid
from app.engine.filling import invalid_answers
from app.engine.plan import StepPlan
from app.engine.routing import is_optional, is_passed_over
from app.engine.turn import Turn
from app.engine.world import Refusal


def offered(turn: Turn, at: StepPlan) -> tuple[str, ...]:
    """The optional steps that the person leaving this step may tick: all up to the next ordinary one (ruling 11)."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [target.step for way in at.step.ways for target in way.targets]
    while waiting:
        key = waiting.pop(0)
        following = turn.route.steps.get(key)
        if following is None or key in seen:
            continue
        seen.add(key)
        passed = following.by_system
        if is_optional(following.step):
            passed = True
            if following.step.when is None or following.step.when.evaluate(turn.env) is not False:
                found[key] = None
        if passed or is_passed_over(turn, following):
            waiting.extend(target.step for way in following.step.ways for target in way.targets)
    return tuple(found)


def skipped_before(turn: Turn, at: StepPlan) -> tuple[str, ...]:
    """The optional steps just before this one that nobody ticked: whoever stands here may still add them."""
    return tuple(
        key
        for key, other in turn.route.steps.items()
        if is_optional(other.step)
        and any(target.step == at.key for way in other.step.ways for target in way.targets)
        and (other.step.when is None or other.step.when.evaluate(turn.env) is not False)
        and turn.state.open_step(key) is None
    )


def check_included(turn: Turn, at: StepPlan, included: Iterable[object]) -> Refusal | None:
    may = offered(turn, at)
    wrong = [str(key) for key in included if key not in may]
    return invalid_answers([invalid("include", "not_option", value=wrong[0])]) if wrong else None
