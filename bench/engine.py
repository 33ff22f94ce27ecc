"""Steps a second: a whole move of ours (rights, due moment, events, new state) beside SpiffWorkflow's BPMN engine.

The process is the same for both: 9 work items, a fork into two branches and a join. Ours runs in memory on the real
calendar code; every dossier is received at another minute. SpiffWorkflow comes from `requirements-bench.txt`; without
it only our own figure is printed.

    python -m bench.engine            # prints both figures and the ratio
"""

import gc
import logging
import statistics
import time
import warnings
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.definition.compile import compile_procedure
from app.definition.model.organisation import Agency, Organisation, Role, Unit, WorkField
from app.definition.model.procedure import Procedure
from app.engine.calendar import Calendar
from app.engine.clock import ClockSettings
from app.engine.moves import Action, Intake, move, open_dossier
from app.engine.numbering import MemoryNumbers
from app.engine.state import State, state_from_json, state_to_json
from app.engine.world import Actor, Outcome, World

WORK_ITEMS = 9
WANTED_RATIO = 30
SHORTEST_ROUND = 0.3
ROUNDS = 9

ORGANISATION = Organisation(
    agency=Agency("office", "Cơ quan"),
    levels={"province": "Cấp tỉnh"},
    fields={"land": WorkField("land", "Đất đai")},
    roles={key: Role(key, key) for key in ("reception", "officer", "head", "leader", "clerk")},
    unit_types={},
    units={"office": Unit("office", "Cơ quan", roles=("officer", "head", "leader", "clerk"))},
    sources={},
)
OFFICER = Actor("officer", frozenset(("officer@office",)))


def step(key: str, within: str, to: list[str], **more: object) -> dict[str, object]:
    """One step of the expanded document."""
    return {
        "step": key,
        "title": key,
        "by": {"default": "officer@office", "cases": []},
        "does": "work",
        "within": {"default": within, "cases": []},
        "next": [{"to": to, "comment": "optional"}],
        **more,
    }


def forked() -> Procedure:
    """The process of the comparison, compiled as any procedure is."""
    steps = [
        step("receive", "4 hours", ["check"]),
        step("check", "1 working day", ["assign"]),
        step("assign", "2 hours", ["a", "b"]),
        step("a", "3 working days", ["verify"]),
        step("b", "2 working days", ["verify"]),
        step("verify", "1 working day", ["sign"], joins=["a", "b"]),
        step("sign", "1 working day", ["stamp"]),
        step("stamp", "4 hours", ["return"]),
        step("return", "1 working day", ["end"]),
    ]
    document = {
        "key": "land/forked",
        "kind": "task",
        "title": "Quy trình so sánh",
        "short_title": "So sánh",
        "field": "land",
        "levels": ["province"],
        "channels": ["counter"],
        "agency": {"default": "office", "cases": []},
        "effective": {"from": "2025-01-01"},
        "form": {"sections": [], "fields": {}, "checks": []},
        "time_limit": {"default": "15 working days", "cases": [], "add": [], "starts": "received"},
        "route": {"default": steps, "cases": []},
    }
    return compile_procedure(document, ORGANISATION)


def calendar() -> Calendar:
    """Two years with office hours and a long holiday."""
    weekday = [["07:30", "11:30"], ["13:00", "17:00"]]
    tet = [date(2026, 2, 14) + timedelta(days=n) for n in range(9)]
    return Calendar.from_edition(
        {
            "id": "bench",
            "time_zone": "Asia/Ho_Chi_Minh",
            "known_from": "2025-01-01",
            "known_to": "2026-12-31",
            "projected_from": None,
            "weekly_off": [6, 7],
            "office_hours": [{"from": "01-01", "intervals": weekday}],
            "counter_hours": {},
            "days_off": {day.isoformat(): "Tết" for day in tet},
            "makeup_days": {},
        }
    )


def dossier(procedure: Procedure, world: World, now: datetime) -> State:
    """A dossier that has just come in."""
    opened = open_dossier(procedure, Intake(), OFFICER, now, world)
    if not isinstance(opened, Outcome):
        raise RuntimeError(f"the dossier was refused: {opened}")
    return opened.state


def ours(settings: ClockSettings) -> Callable[[], int]:
    """One run: all moves of one dossier. The dossiers come in beforehand, as the instances of the other engine do."""
    procedure = forked()
    world = World(calendar(), settings, ORGANISATION, MemoryNumbers(ORGANISATION))
    begin = datetime(2025, 3, 3, 8, 0)
    actions = {key: Action("step", key) for key in procedure.route.values()[0].by_key}
    dossiers = [(dossier(procedure, world, at), at) for at in (begin + timedelta(minutes=7 * n) for n in range(997))]
    place = 0

    def run() -> int:
        nonlocal place
        state, now = dossiers[place]
        place = (place + 1) % len(dossiers)
        done = 0
        while state.visits:
            outcome = move(procedure, state, actions[state.visits[0].step], OFFICER, now, world)
            if not isinstance(outcome, Outcome):
                raise RuntimeError(f"refused: {outcome}")
            state = outcome.state
            done += 1
        return done

    return run


def engine() -> dict[str, Callable[..., Any]]:
    """The same as separate functions, for a run of other engines that takes ours in by this module's name."""
    procedure = forked()
    world = World(calendar(), ClockSettings(step_days="days"), ORGANISATION, MemoryNumbers(ORGANISATION))
    now = datetime(2025, 3, 3, 8, 0)
    fresh = dossier(procedure, world, now)
    actions = {key: Action("step", key) for key in procedure.route.values()[0].by_key}

    def complete(state: State, key: str) -> State:
        outcome = move(procedure, state, actions[key], OFFICER, now, world)
        if not isinstance(outcome, Outcome):
            raise RuntimeError(f"refused: {outcome}")
        return outcome.state

    return {
        "new": lambda: fresh,  # a dossier is a value: coming in is no step of the process
        "steps": lambda state: [visit.step for visit in state.visits],
        "complete": complete,
        "dump": lambda state: state_to_json(state).encode(),
        "load": lambda text: state_from_json(text.decode()),
    }


def bpmn() -> bytes:
    """The same process for SpiffWorkflow."""
    tasks = ["receive", "check", "assign", "a", "b", "verify", "sign", "stamp", "return"]
    pairs = "start-receive receive-check check-assign assign-fork fork-a fork-b a-join b-join join-verify verify-sign"
    pairs += " sign-stamp stamp-return return-end"
    flows = [(f"f{n}", *pair.split("-")) for n, pair in enumerate(pairs.split())]

    def element(tag: str, key: str) -> str:
        inward = "".join(f"<bpmn:incoming>{flow}</bpmn:incoming>" for flow, _, to in flows if to == key)
        outward = "".join(f"<bpmn:outgoing>{flow}</bpmn:outgoing>" for flow, source, _ in flows if source == key)
        return f'<bpmn:{tag} id="{key}" name="{key}">{inward}{outward}</bpmn:{tag}>'

    body = element("startEvent", "start") + "".join(element("manualTask", key) for key in tasks)
    body += element("parallelGateway", "fork") + element("parallelGateway", "join") + element("endEvent", "end")
    body += "".join(f'<bpmn:sequenceFlow id="{f}" sourceRef="{a}" targetRef="{b}"/>' for f, a, b in flows)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">'
        f'<bpmn:process id="p" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'
    ).encode()


def spiff() -> Callable[[], int] | None:
    """One run of the other engine; None where it is not installed."""
    try:
        from lxml import etree
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
        from SpiffWorkflow.util.task import TaskState
    except ImportError:
        return None
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(bpmn()), filename="p.bpmn")
    specification = parser.get_spec("p")

    def run() -> int:
        workflow = BpmnWorkflow(specification)
        workflow.do_engine_steps()
        done = 0
        while not workflow.is_completed():
            task = next(iter(workflow.get_tasks(state=TaskState.READY, manual=True)))
            task.run()
            workflow.do_engine_steps()
            done += 1
        return done

    return run


def runs_for(run: Callable[[], int]) -> int:
    """How many runs take about a round; the first one also proves that the process is walked to its end."""
    if run() != WORK_ITEMS:
        raise RuntimeError("the process was not walked to its end")
    runs = 1
    while (taken := seconds(run, runs)) < SHORTEST_ROUND / 3:
        runs *= 4
    return max(1, int(runs * SHORTEST_ROUND / taken))


def seconds(run: Callable[[], int], runs: int) -> float:
    """The time that so many runs take."""
    gc.collect()
    begun = time.perf_counter()
    for _ in range(runs):
        run()
    return time.perf_counter() - begun


def rates(engines: Mapping[str, Callable[[], int]]) -> dict[str, list[float]]:
    """Steps a second of each engine, in rounds that take turns, so that a busy machine slows all of them alike."""
    runs = {name: runs_for(run) for name, run in engines.items()}
    found: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(ROUNDS):
        for name, run in engines.items():
            found[name].append(runs[name] * WORK_ITEMS / seconds(run, runs[name]))
    return found


def main() -> None:
    """Print the figures."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    engines = {
        "ours, budgets to the closing of the day": ours(ClockSettings(step_days="days")),
        "ours, budgets to the minute": ours(ClockSettings(step_days="hours")),
    }
    other = spiff()
    if other is not None:
        engines["SpiffWorkflow BPMN"] = other
    found = rates(engines)
    for name, rounds in found.items():
        print(f"{name:42}{statistics.median(rounds):12,.0f} steps/s")
    if other is None:
        print("SpiffWorkflow is not installed: pip install -r requirements-bench.txt")
        return
    theirs = found.pop("SpiffWorkflow BPMN")
    for name, rounds in found.items():
        ratio = statistics.median(mine / other for mine, other in zip(rounds, theirs, strict=True))
        print(f"{'ratio, ' + name:42}{ratio:12.1f} (wanted: {WANTED_RATIO})")


if __name__ == "__main__":
    main()
