"""Whether a field can have been filled when it is read."""

from app.definition.rules.graph import Graph
from app.definition.rules.subject import Subject
from app.definition.rules.tables import StepTable


def known_in_time(subject: Subject, name: str, step: str, moment: str, table: StepTable | None) -> bool:
    """Whether somebody can have filled a name before it is read: on accepting, on entering or on leaving a step.

    Names that are no fields are known from the beginning; computed fields follow what they are computed from.
    """
    fields = subject.procedure.form.fields
    field = fields.get(name.partition(".")[0])
    if field is None:
        return True
    if field.value is not None:
        return all(known_in_time(subject, one, step, moment, table) for one in field.value.reads if one != name)
    fillers = fillers_of(subject, name)
    if not fillers or field.default is not None:
        return True
    pairs = [(one, graph) for one, graph in subject.pairs() if table is None or one is table]
    return any(_in_time(graph, fillers, step, moment) for _, graph in pairs)


def fillers_of(subject: Subject, name: str) -> tuple[str, ...]:
    """The steps that fill a field (or a column, or the table of a column); none: intake."""
    table = name.partition(".")[0]
    steps = subject.known_from.get(name) or subject.known_from.get(table) or ()
    columns = [found for key, found in subject.known_from.items() if name == table and key.startswith(f"{table}.")]
    return tuple(dict.fromkeys([*steps, *(step for found in columns if not steps for step in found)]))


def first_filling(subject: Subject, name: str) -> str:
    """The first step, in reading order, that fills a field."""
    fillers = fillers_of(subject, name)
    order = [placed.step.key for table in subject.tables for placed in table.steps if placed.step.key in fillers]
    return order[0] if order else fillers[0]


def _in_time(graph: Graph, fillers: tuple[str, ...], step: str, moment: str) -> bool:
    intake = graph.first
    if moment == "accepting":
        return intake in fillers
    if moment == "leaving" and step in fillers:
        return True
    return any(graph.can_precede(filler, step) for filler in fillers)
