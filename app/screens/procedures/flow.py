"""The page "Sơ đồ" of a procedure: its route as a picture and, for those who do not see it, as a table."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import g
from markupsafe import Markup

from app.definition.drawing.svg import flow_svgs
from app.definition.model.procedure import Procedure
from app.definition.model.route import Step
from app.definition.spoken import Speaker


class FlowLine(NamedTuple):
    """One step as the table below the picture tells it."""

    number: int
    title: str
    who: str
    time: str
    status: str


class Flow(NamedTuple):
    """One step table: the case that it is for ("" for the usual one), its picture, its steps."""

    case: str
    picture: Markup
    lines: tuple[FlowLine, ...]


def flows_of(procedure: Procedure) -> tuple[Flow, ...]:
    """Every step table of this version."""
    say = Speaker(procedure, g.catalogue.organisation)
    routes = [one for one in (procedure.route.default, *(case.value for case in procedure.route.cases)) if one]
    drawn = flow_svgs(procedure, g.catalogue.organisation)
    return tuple(
        # Every text in the picture is escaped where it is drawn.
        Flow(case, Markup(picture), tuple(_lines(route.steps, say)))  # noqa: S704
        for (case, picture), route in zip(drawn, routes, strict=True)
    )


def _lines(steps: tuple[Step, ...], say: Speaker) -> Iterator[FlowLine]:
    for number, step in enumerate(steps, start=1):
        who = "; ".join(say.choice(step.by, say.who))
        yield FlowLine(number, step.title, who, "; ".join(say.time_of(step)), say.status(step))
