"""Rules about limits, step times, warnings and pauses (T03–T05 T07–T09 T11–T14)."""

import re
from collections.abc import Iterator

from app.definition.duration import Duration, family_of
from app.definition.messages.rule import Severity
from app.definition.model.choice import Choice
from app.definition.model.route import Step
from app.definition.rules.amounts_of_time import span_of
from app.definition.rules.conditions_read import PlacedChoice, choices_of
from app.definition.rules.reading_order import fillers_of, known_in_time
from app.definition.rules.references import unknown
from app.definition.rules.subject import Finding, KeyPath, Subject
from app.definition.rules.walks import verdict
from app.definition.rules.worlds import worlds_of
from app.definition.words import Words

_NAMES = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")


def _shown(duration: Duration) -> Words:
    return Words(duration.to_vietnamese(), duration.to_text())


def step_without_time(subject: Subject) -> Iterator[Finding]:
    """T03: a step of a service without time; return, paused, waiting, applicant's and system's steps are excepted."""
    if subject.procedure.kind != "service":
        return
    for table in subject.tables:
        for placed in table.steps:
            if placed.step.within is None and not _needs_no_time(placed.step):
                yield Finding((*placed.path, "step"), "T03", {"step": placed.step.key})


def _needs_no_time(step: Step) -> bool:
    if step.does == "return" or step.pauses is not None or step.wait is not None:
        return True
    if step.consult is not None and step.consult.within is not None:
        return True
    return all(party.kind in ("applicant", "system") for who in step.by.values() for party in who.parties)


def warning_too_early(subject: Subject) -> Iterator[Finding]:
    """T04: a warning before the step has even begun."""
    for table in subject.tables:
        for placed in table.steps:
            budgets = placed.step.within.values() if placed.step.within else ()
            for at, warning in enumerate(placed.step.warn):
                early = span_of(warning)
                for budget in budgets:
                    time = span_of(budget)
                    if early is not None and time is not None and early.longer_than(time):
                        params = {"warn": _shown(warning), "within": _shown(budget)}
                        yield Finding((*placed.path, "warn", at), "T04", params)
                        break


def promised_over_legal(subject: Subject) -> Iterator[Finding]:
    """T05: in some case the office promises more time than the law gives; a warning where a decision announces it."""
    limit = subject.procedure.time_limit
    if limit.legal is None:
        return
    severity = Severity.WARNING if subject.procedure.announced is not None else None
    for promised, legal in _both(limit.promised, limit.legal, subject):
        ours, law = span_of(promised), span_of(legal)
        if ours is not None and law is not None and ours.longer_than(law):
            params = {"a": _shown(promised), "b": _shown(legal)}
            yield Finding(("time_limit", "default"), "T05", params, severity)
            return


def _both(promised: Choice[Duration], legal: Choice[Duration], subject: Subject) -> Iterator[tuple[Duration, Duration]]:
    conditions = [case.when for case in (*promised.cases, *legal.cases)]
    worlds = worlds_of(conditions, subject.procedure) if conditions else None
    if worlds is None:
        if promised.default is not None and legal.default is not None:
            yield promised.default, legal.default
        return
    for case in worlds.cases:
        if any(verdict(condition, case, worlds) is None for condition in conditions):
            return
        one, other = promised.pick(case), legal.pick(case)
        if one is not None and other is not None:
            yield one, other


def until_too_late(subject: Subject) -> Iterator[Finding]:
    """T07: a step ends on a day that only a later step fills in."""
    for placed in choices_of(subject):
        if not placed.step:
            continue
        for path, duration in _durations(placed):
            if duration.kind != "until" or duration.until is None:
                continue
            for name in _NAMES.findall(duration.until):
                if not known_in_time(subject, name, placed.step, placed.moment, placed.table):
                    yield Finding(path, "T07", {"name": name}, offset=duration.until_offset)
                    break
    yield from _waits_too_late(subject)


def _waits_too_late(subject: Subject) -> Iterator[Finding]:
    for table in subject.tables:
        for placed in table.steps:
            wait = placed.step.wait
            for name in sorted(wait.until.reads) if wait is not None and wait.until is not None else ():
                if not known_in_time(subject, name, placed.step.key, "entering", table):
                    yield Finding((*placed.path, "wait", "until"), "T07", {"name": name})
                    break


def _durations(placed: PlacedChoice) -> Iterator[tuple[KeyPath, Duration]]:
    if isinstance(placed.choice.default, Duration):
        yield (*placed.path, "default"), placed.choice.default
    for at, case in enumerate(placed.choice.cases):
        if isinstance(case.value, Duration):
            yield (*placed.path, "cases", at, "is"), case.value


def two_units(subject: Subject) -> Iterator[Finding]:
    """T08: time is added in another unit than the limit's own, so it is counted one after the other."""
    limit = subject.procedure.time_limit
    for at, addition in enumerate(limit.add):
        if not addition.time.segments:
            continue
        added = family_of(addition.time.segments[0].unit)
        for promised in limit.promised.values():
            if promised.segments and family_of(promised.segments[-1].unit) != added:
                params = {"a": _shown(addition.time), "b": _shown(promised)}
                yield Finding(("time_limit", "add", at, "time"), "T08", params)
                break


def start_not_reached(subject: Subject) -> Iterator[Finding]:
    """T09: the clock starts at a step or with a field that some way never comes to."""
    start = subject.procedure.time_limit.starts
    kind, dot, key = start.partition(".")
    if not dot:
        return
    for _, graph in subject.pairs():
        if kind == "step":
            step = graph.route.by_key.get(key)
            missed = step is not None and (graph.avoids((key,)) or step.when is not None or step.optional)
        else:
            fillers = fillers_of(subject, key)
            missed = bool(fillers) and key in subject.procedure.form.fields and graph.avoids(fillers)
        if missed:
            yield Finding(("time_limit", "starts"), "T09", {"what": start})
            return


def pause_without_end(subject: Subject) -> Iterator[Finding]:
    """T11: the clock stands still in a step in which nobody does anything."""
    for table in subject.tables:
        for placed in table.steps:
            step = placed.step
            alone = all(party.kind == "system" for who in step.by.values() for party in who.parties)
            if step.pauses is not None and alone and not (step.wait or step.consult or step.call):
                yield Finding((*placed.path, "pauses"), "T11", {"step": step.key}, on_key=True)


def applicant_never_answers(subject: Subject) -> Iterator[Finding]:
    """T12: a step of the applicant without a deadline, or without anything that follows from it."""
    for table in subject.tables:
        for placed in table.steps:
            step = placed.step
            theirs = all(party.kind == "applicant" for who in step.by.values() for party in who.parties)
            if theirs and (step.within is None or step.on_late == "overdue") and step.by.values():
                yield Finding((*placed.path, "step"), "T12", {"step": step.key})


def no_calendar(subject: Subject) -> Iterator[Finding]:
    """T13: the procedure comes into force in a year after the last calendar."""
    years = subject.library.calendar_years
    year = subject.procedure.since.year
    if year > 1 and (not years or year > max(years)):
        yield Finding(("effective", "from"), "T13", {"year": str(year)})


def phases_complete(subject: Subject) -> Iterator[Finding]:
    """T14: with `time_limit: phases` every phase has its time and every step of the office its phase."""
    procedure = subject.procedure
    if not any(duration.kind == "phases" for duration in procedure.time_limit.promised.values()):
        return
    missing = [f"phases.{phase.key}.within" for phase in procedure.phases if phase.within is None]
    for table in subject.tables:
        for placed in table.steps:
            step = placed.step
            people = [party.kind for who in step.by.values() for party in who.parties]
            if (
                step.phase
                or step.does == "return"
                or step.after_result
                or step.wait is not None
                or set(people) <= {"applicant"}
            ):
                continue
            missing.append(f"{step.key}.phase")
    if missing or not procedure.phases:
        named = tuple(missing) or ("phases",)
        yield Finding(("time_limit",), "T14", {"missing": named}, on_key=True)


def start_field(subject: Subject) -> Iterator[Finding]:
    """R08 for `starts: field.x`: the field must be a date."""
    start = subject.procedure.time_limit.starts
    field = subject.procedure.form.fields.get(start.removeprefix("field."))
    if start.startswith("field.") and field is not None and field.type not in ("date", "datetime"):
        dates = tuple(key for key, one in subject.procedure.form.fields.items() if one.type in ("date", "datetime"))
        yield unknown(
            "R08", ("time_limit", "starts"), start, [f"field.{key}" for key in dates], value=start, field="starts"
        )
