"""Walks a random way through a procedure to its end, with the people, papers and answers that scenarios make up."""

from collections.abc import Iterator
from random import Random
from typing import Any

from app.definition.model.procedure import Procedure
from app.engine.scenario import open_stage
from app.engine.scenario_acts import act
from app.engine.scenario_stage import Stage
from app.engine.state import Visit
from app.engine.sweeping import next_sweep
from app.engine.world import World

MOST_ACTS = 80
ENDINGS = ("refuse", "stop", "withdraw")


class Stuck(AssertionError):
    """Nobody can bring the dossier on, and no time will."""


def walk_to_the_end(procedure: Procedure, world: World, chance: Random) -> Stage:
    """The dossier of the procedure's first test, brought to its end; whatever is offered must be possible."""
    stage = open_stage(procedure, world, procedure.tests[0])
    for _ in range(MOST_ACTS):
        if stage.state.ended_at is not None:
            return stage
        entries = list(_possible(stage, chance))
        if not entries:
            raise Stuck(stage.state.visits)
        entry = chance.choice(entries)
        refusal = act(stage, entry, ("tests", 0))
        if refusal is not None and not entry.get("may_be_refused"):
            raise AssertionError((entry, refusal, stage.state.visits))
    raise Stuck(f"not at its end after {MOST_ACTS} acts: {stage.state.visits}")


def _possible(stage: Stage, chance: Random) -> Iterator[dict[str, Any]]:
    """Acts that bring the dossier on, now and then one that somebody might ask for besides."""
    for visit in stage.state.visits:
        yield from _of_visit(stage, visit, chance)
    following = next_sweep(stage.state)
    if following is not None:
        yield {"do": "clock", "at": following.isoformat(" ")}
    if stage.state.accepted_at is not None and chance.random() < 0.1:
        conduct = chance.choice(
            ("comment", "send_back", "recall", "extend", "supplement", "consult", "reassign", *ENDINGS)
        )
        yield {"do": conduct, "may_be_refused": True, "with": {"to": _earlier(stage)}}


def _of_visit(stage: Stage, visit: Visit, chance: Random) -> Iterator[dict[str, Any]]:
    if visit.kind == "opinion":
        opinions = _opinions(stage, visit)
        yield {"do": visit.step, "answer": {"all": chance.choice(opinions)}}
    elif visit.kind == "supplement":
        yield {"do": "resubmit"}
    elif visit.kind == "approval":
        yield {"do": chance.choice(("approve", "reject")), "with": {"reason": "x"}}
    elif visit.sent is None:
        step = stage.route.steps[visit.step].step
        if step.wait is not None and step.wait.on != "payment":
            return  # it ends by itself
        buttons = [way.choose for way in step.ways if way.choose]
        yield {"do": visit.step, **({"choose": chance.choice(buttons)} if buttons else {})}


def _opinions(stage: Stage, visit: Visit) -> list[str]:
    consult = stage.route.steps[visit.step].step.consult
    return list(consult.opinions) if consult is not None else ["agree", "disagree"]


def _earlier(stage: Stage) -> str:
    return stage.state.past[-1].step if stage.state.past else ""
