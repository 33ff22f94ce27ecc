"""One act of a scenario: who does it, what is filled in, handed in, paid, answered where the test leaves it open."""

from collections.abc import Mapping
from typing import Any

from app.engine import documents as papers
from app.engine.actions import Action
from app.engine.answer_checks import Test
from app.engine.answer_rows import read_answer
from app.engine.approval import approvers
from app.engine.conduct import positions_for
from app.engine.conduct_rules import rules_of
from app.engine.environment import Environment
from app.engine.fees import balance
from app.engine.filling import Filled, fill
from app.engine.made_up import NAME, complete_rows, make_up
from app.engine.moves import CONDUCT, NO_VISIT, move
from app.engine.plan import StepPlan
from app.engine.preparing import HANDING_OVER
from app.engine.scenario_needs import condition_reads
from app.engine.scenario_people import candidates, deciders, named_person, player
from app.engine.scenario_stage import Stage, moment_of
from app.engine.state import Visit
from app.engine.steps import BEFORE_RESULT, gate
from app.engine.turn import Turn
from app.engine.world import SYSTEM, Actor, Refusal

MOST_ROUNDS = 20
# Conduct of which the test means the decision, not the asking for it.
_DECIDED = frozenset(("extend", "stop"))
# Words that some conduct asks for and few tests are about.
_SAID = ("reason", "question", "ground", "decision", "responsible", "receipt")


class CannotRun(Exception):
    """The test itself is wrong: it must give something, or what it gives cannot be read."""

    def __init__(
        self, path: tuple[Any, ...], kind: str, expected: str, got: str, params: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(kind)
        self.path, self.kind, self.expected, self.got, self.params = path, kind, expected, got, dict(params or {})


def act(stage: Stage, entry: Mapping[str, Any], path: tuple[Any, ...]) -> Refusal | None:
    """Play one act; the refusal if it was refused."""
    if entry.get("at"):
        at = moment_of(entry["at"])
        if at is None:
            raise CannotRun((*path[2:], "at"), "invalid_given", "", str(entry["at"]))
        stage.wait_until(at)
    do = str(entry["do"])
    if do == "clock":
        return None
    _pay_what_blocks(stage, do)
    visit = stage.state.open_step(do)
    if visit is not None or (do in stage.route.steps and do not in _asked_now(stage)):
        return _do_step(stage, do, visit, entry, path)
    if do == "message":
        return _hear(stage, entry)
    if do == "call_ended":
        return _calls_end(stage, entry)
    if do in CONDUCT:
        return _do_conduct(stage, do, entry)
    return Refusal("wrong_status", {"step": do, "open": stage.open_steps()})


def _hear(stage: Stage, entry: Mapping[str, Any]) -> Refusal | None:
    """A message of another system: ``choose`` is its name, ``with`` its values under the sender's names."""
    action = Action("message", choose=str(entry.get("choose", "")), fill=dict(entry.get("with", {})))
    return _play(stage, action, SYSTEM)


def _calls_end(stage: Stage, entry: Mapping[str, Any]) -> Refusal | None:
    """Every called dossier that is still open ends; ``with`` holds what comes back, under their names."""
    for key, call in stage.state.calls.items():
        if not call.get("ended"):
            action = Action("call_ended", fill=dict(entry.get("with", {})), arguments={"call": key})
            refusal = _play(stage, action, SYSTEM)
            if refusal is not None:
                return refusal
    return None if stage.state.calls else Refusal("wrong_status", {"step": "call_ended", "open": stage.open_steps()})


def _asked_now(stage: Stage) -> tuple[str, ...]:
    """Conduct that a step may share its name with, while an approval waits."""
    waiting = any(visit.kind == "approval" for visit in stage.state.visits)
    return ("approve", "reject") if waiting else ()


def _pay_what_blocks(stage: Stage, do: str) -> None:
    """Money that blocks a step counts as paid unless the test pays itself: the step waiting for it is passed."""
    if do not in stage.route.steps or stage.state.open_step(do) is not None:
        return
    for visit in stage.state.visits:
        fees = _blocking(stage.route.steps[visit.step]) if visit.kind == "step" else ()
        if fees:
            owed = _owed(stage, stage.env, frozenset(fees), by_key=True)
            if owed:
                _play(stage, Action("pay", pay=owed), _payer(stage))


def _blocking(at: StepPlan) -> tuple[str, ...]:
    """The fees that a step waits for, or that the applicant pays there."""
    wait = at.step.wait
    if wait is not None and wait.on == "payment":
        return wait.of
    return at.step.pay if at.by_applicant else ()


def _payer(stage: Stage) -> Actor:
    return next(candidates(stage, (), (f"reception@{stage.state.unit}",)))


def _owed(stage: Stage, env: Environment, which: frozenset[str], *, by_key: bool) -> dict[str, Any]:
    """The fees to be paid, all of them but those the test leaves unpaid."""
    unpaid = set(stage.given.get("unpaid", ()))
    return {
        item.fee.key: True
        for item in balance(stage.procedure, stage.state, env)
        if item.rest and item.fee.key not in unpaid and (item.fee.key if by_key else item.fee.collect) in which
    }


def _play(stage: Stage, action: Action, actor: Actor) -> Refusal | None:
    """One move on the stage."""
    outcome = move(stage.procedure, stage.state, action, actor, stage.now, stage.world)
    if isinstance(outcome, Refusal):
        return outcome
    stage.keep(outcome)
    return None


# ---- a step


def _do_step(
    stage: Stage, do: str, visit: Visit | None, entry: Mapping[str, Any], path: tuple[Any, ...]
) -> Refusal | None:
    refusal: Refusal | None = None
    if visit is None or visit.sent is None:
        actor = _step_actor(stage, visit, entry)
        action = step_action(stage, do, visit, actor, entry, path)
        refusal = _play(stage, action, actor)
    if refusal is None and entry.get("answer"):
        refusal = _answer(stage, do, entry["answer"])
    return refusal


def _step_actor(stage: Stage, visit: Visit | None, entry: Mapping[str, Any]) -> Actor:
    visits = (visit,) if visit is not None else ()
    if entry.get("by"):
        return named_person(stage, str(entry["by"]), visits, ())
    found = list(candidates(stage, visits, () if visits else deciders(stage)))
    if visit is None:
        return found[0]
    at = stage.route.steps[visit.step]
    for actor in found:
        judged = gate(stage.turn(actor), at, visit)
        if not isinstance(judged, Refusal) or judged.code not in ("same_person", "not_allowed"):
            return actor
    return found[0]


def step_action(
    stage: Stage, do: str, visit: Visit | None, actor: Actor, entry: Mapping[str, Any], path: tuple[Any, ...]
) -> Action:
    """The action that does a step, everything that the test leaves open made up."""
    arguments = dict(entry.get("with", {}))
    action = Action("step", step=do, choose=str(entry.get("choose", "")), arguments=arguments)
    action = action._replace(comment=str(arguments.get("comment", "") or ("x" if not entry.get("refused") else "")))
    if visit is None:
        return action
    at = stage.route.steps[do]
    turn = stage.turn(actor)
    raw = _raw_answers(stage, at, entry)
    env = _made_up(stage, turn, at, raw, path)
    attach = dict.fromkeys(entry.get("attach", ()), True) | _attachments(stage, at, entry)
    if at.step.does in HANDING_OVER:
        arguments.setdefault("receiver", {"name": stage.state.applicant.get("name") or NAME})
    return action._replace(
        fill=raw,
        documents=_papers(stage, at, env),
        pay=_payments(stage, at, env, entry),
        attach=attach,
        arguments=arguments,
    )


def _raw_answers(stage: Stage, at: StepPlan, entry: Mapping[str, Any]) -> dict[str, Any]:
    raw = {
        key: stage.raw(key, value)
        for key, value in stage.form.items()
        if key in at.fills and (key not in stage.state.answers or stage.state.accepted_at is None)
    }
    raw.update((key, stage.raw(key, value)) for key, value in entry.get("fill", {}).items())
    return raw


def _made_up(stage: Stage, turn: Turn, at: StepPlan, raw: dict[str, Any], path: tuple[Any, ...]) -> Environment:
    """Fill what is demanded and not given, until nothing is missing; ``raw`` grows. The names as they will then be."""
    _complete_tables(turn, at, raw)
    for _ in range(MOST_ROUNDS):
        filled = fill(turn, at, raw, "", leaving=True)
        if isinstance(filled, Filled):
            return turn.env_with(filled.answers)
        if filled.code != "missing_fields":
            break
        for name in filled.params["fields"]:
            _make_one(turn, at, raw, str(name), path)
    saved = fill(turn, at, raw, "", leaving=False)
    return turn.env_with(saved.answers) if isinstance(saved, Filled) else turn.env


def _make_one(turn: Turn, at: StepPlan, raw: dict[str, Any], name: str, path: tuple[Any, ...]) -> None:
    key = name.partition(".")[0]
    field = turn.procedure.form.fields[key]
    if field.type != "table" and key in condition_reads(turn.procedure, at):
        raise CannotRun(path[2:], "must_give", key, "", {"field": key})
    test = _bounds(turn, raw)
    if field.type != "table":
        raw[key] = make_up(field, test)
        return
    rows = raw.get(key) or [dict(row) for row in turn.state.answers.get(key, ())] or [{}]
    raw[key] = complete_rows(field, rows, test)


def _bounds(turn: Turn, raw: Mapping[str, Any]) -> Test:
    """The answers as far as they are known: those given and those made up before may bound the next."""
    answers = dict(turn.state.answers)
    for key, value in raw.items():
        field = turn.procedure.form.fields.get(key)
        stored = read_answer(field, value, answers.get(key))[0] if field is not None else None
        if stored is not None:
            answers[key] = stored
    return Test(turn.env_with(answers), (turn.state.received_at or turn.now).date())


def _complete_tables(turn: Turn, at: StepPlan, raw: dict[str, Any]) -> None:
    test = _bounds(turn, raw)
    for key, value in raw.items():
        field = turn.procedure.form.fields.get(key)
        if field is not None and field.type == "table" and isinstance(value, list) and value and key not in at.columns:
            raw[key] = complete_rows(field, value, test)


def _papers(stage: Stage, at: StepPlan, env: Environment) -> dict[str, Any]:
    """At an intake, and where the result is handed out, every paper that is wanted there.

    What a test names as handed in at the first intake is exactly what comes then; an act may bring others.
    """
    first = stage.state.accepted_at is None
    if at.step.does == "return":
        wanted = papers.needed_at_return(stage.procedure, env)
    elif at.step.does != "intake":
        return {}
    elif first and "documents" in stage.given:
        return {str(key): True for key in stage.given["documents"]}
    else:
        wanted = papers.needed(stage.procedure, env, "" if first else at.step.phase)
    return {want.documents[0].key: True for want in wanted}


def _payments(stage: Stage, at: StepPlan, env: Environment, entry: Mapping[str, Any]) -> dict[str, Any]:
    if entry.get("pay"):
        return {str(key): True for key in entry["pay"]}
    fees = _blocking(at)
    if fees:
        return _owed(stage, env, frozenset(fees), by_key=True)
    if at.step.does == "intake" and stage.state.accepted_at is None:
        return _owed(stage, env, frozenset(("at_intake",)), by_key=False)
    if at.step.does == "return":
        owed = _owed(stage, env, BEFORE_RESULT, by_key=False)
        if owed:
            _play(stage, Action("pay", pay=owed), _payer(stage))
    return {}


def _attachments(stage: Stage, at: StepPlan, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Papers that the step demands, and the proof that ends a wait by hand."""
    made: dict[str, Any] = {paper.key: True for paper in at.step.attach if paper.required}
    return {**made, "proof": True} if at.step.wait is not None else made


def _answer(stage: Stage, step: str, answers: Mapping[str, Any]) -> Refusal | None:
    for visit in stage.state.visits:
        if visit.kind != "opinion" or visit.step != step or stage.state.visit(visit.number) is None:
            continue
        opinion = next((answers[who] for who in (visit.party, *visit.positions, "all") if who in answers), None)
        if opinion is None:
            continue
        actor = next(candidates(stage, (visit,)))
        action = Action("opinion", step=step, visit=visit.number, choose=str(opinion))
        refusal = _play(stage, action, actor)
        if refusal is not None:
            return refusal
    return None


# ---- conduct


def _do_conduct(stage: Stage, do: str, entry: Mapping[str, Any]) -> Refusal | None:
    arguments: dict[str, Any] = {**dict.fromkeys(_SAID, "x"), **dict(entry.get("with", {}))}
    action = Action(
        do,
        choose=str(entry.get("choose", "")),
        fill={key: stage.raw(key, value) for key, value in entry.get("fill", {}).items()},
        pay={str(key): True for key in entry.get("pay", ())},
        comment=str(arguments.get("comment", "x")),
        arguments=arguments,
    )
    if do in ("resubmit", "hand_in"):
        asked = stage.state.requests[-1]["documents"] if stage.state.requests else ()
        brought = (*asked, *arguments.pop("documents", ()))
        action = action._replace(documents={str(key): True for key in brought}, arguments=arguments)
    return _play(stage, action, _conduct_actor(stage, do, entry))


def _conduct_actor(stage: Stage, do: str, entry: Mapping[str, Any]) -> Actor:
    known = CONDUCT[do]
    visits = [visit for visit in stage.state.visits if not known.at or visit.kind == known.at] or list(
        stage.state.visits
    )
    last = [visit for visit in stage.state.past[-1:] if do == "recall"]
    if entry.get("by"):
        return named_person(stage, str(entry["by"]), (*visits, *last), deciders(stage))
    ruling = _ruling(stage, do)
    first = [player(position) for position in ruling] if do in _DECIDED else []
    actors = [*first, *candidates(stage, (*last, *visits), (*deciders(stage), *ruling))]
    if last:
        actors.insert(0, Actor(last[0].actor, frozenset(last[0].positions)))
    best: Actor | None = None
    for actor in actors:
        judged = [_judged(stage, actor, do, visit) for visit in (visits if known.at else (NO_VISIT,))]
        if any(refusal is None for refusal in judged):
            return actor
        if best is None and any(refusal is not None and refusal.code != "not_allowed" for refusal in judged):
            best = actor
    return best or actors[0]


def _judged(stage: Stage, actor: Actor, do: str, visit: Visit) -> Refusal | None:
    position = CONDUCT[do].may(stage.turn(actor), visit)
    return position if isinstance(position, Refusal) else None


def _ruling(stage: Stage, do: str) -> tuple[str, ...]:
    """The positions that the rules of a conduct name: whoever has to agree, then whose it is."""
    turn = stage.turn()
    steps = [turn.route.steps[visit.step].step for visit in stage.state.visits if visit.step in turn.route.steps]
    rules = [rules_of(turn, step, do) for step in (*steps, None)]
    found = [*(approvers(turn, one) for one in rules), *(positions_for(turn, one.get("by")) for one in rules)]
    return tuple(position for positions in found for position in positions)
