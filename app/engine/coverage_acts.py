"""What a test may do next where a dossier stands: steps with each button, answers, conduct, waiting."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from app.engine.plan import StepPlan
from app.engine.scenario_stage import Stage
from app.engine.state import Visit
from app.engine.sweeping import next_sweep

Entry = Mapping[str, Any]
_REASON = "Lý do mẫu"
_EXTENSION = 14  # days after the due date that a longer time is asked for


def acts_now(stage: Stage, conduct: frozenset[tuple[str, str]]) -> Iterator[Entry]:
    """Everything worth trying now. ``conduct``: what is tried beside the steps, as (step, name)."""
    for visit in stage.state.visits:
        if visit.kind == "step":
            yield from _step(stage, visit)
            yield from _conduct(stage, visit.step, conduct)
        elif visit.kind == "supplement":
            yield {"do": "resubmit"}
        elif visit.kind == "approval":
            yield {"do": "approve"}
            yield {"do": "reject"}
    if _waits(stage):
        following = next_sweep(stage.state)
        if following is not None:
            yield {"do": "clock", "at": _text(following)}


def _waits(stage: Stage) -> bool:
    """Whether some step ends by itself when its time has come, or goes somewhere when it is late."""
    for visit in stage.state.visits:
        step = stage.route.steps[visit.step].step
        if visit.kind == "step" and (step.wait is not None or step.on_late not in ("overdue", "remind")):
            return True
    return False


def _step(stage: Stage, visit: Visit) -> Iterator[Entry]:
    at = stage.route.steps[visit.step]
    entries: list[Entry]
    if at.step.consult is not None:
        opinions = at.step.consult.opinions
        entries = [{"do": at.key, "answer": {"all": opinion}} for opinion in opinions]
    else:
        entries = list(_buttons(at))
    yield from entries
    for entry in entries:
        for key in _optional(stage, at):
            yield {**entry, "with": {**entry.get("with", {}), "include": [key]}}


def _buttons(at: StepPlan) -> Iterator[Entry]:
    if not at.buttons:
        yield {"do": at.key}
        return
    for way in at.step.ways:
        entry: dict[str, Any] = {"do": at.key}
        if way.choose:
            entry["choose"] = way.choose
        if way.comment == "required":
            entry["with"] = {"comment": _REASON}
        yield entry


def _optional(stage: Stage, at: StepPlan) -> Iterator[str]:
    """Optional steps that may be ticked when this one is left."""
    following = {target.step for way in at.step.ways for target in way.targets}
    for key in following:
        plan = stage.route.steps.get(key)
        if plan is not None and (plan.step.optional or plan.step.optional_when is not None):
            yield key


def _conduct(stage: Stage, step: str, wanted: frozenset[tuple[str, str]]) -> Iterator[Entry]:
    for name in stage.route.steps[step].step.allow:
        if (step, name) in wanted:
            yield {"do": name, "with": _arguments(stage, name)}


def _arguments(stage: Stage, name: str) -> dict[str, Any]:
    arguments: dict[str, Any] = {"reason": _REASON}
    if name == "extend" and stage.state.due is not None:
        arguments["to"] = _text(_working_day(stage, stage.state.due + timedelta(days=1)))
    elif name == "consult":
        arguments = {"ask": [f"head@{stage.state.agency}"], "question": _REASON}
    return arguments


def _working_day(stage: Stage, moment: datetime) -> datetime:
    for offset in range(_EXTENSION):
        later = moment + timedelta(days=offset)
        if stage.world.calendar.is_working_day(later.date()):
            return later
    return moment


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
