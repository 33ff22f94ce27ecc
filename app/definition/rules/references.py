"""Rules about names of steps, fields, results, phases and fees (R01 R02 R08)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.definition.expand.screens import BUILT_INS
from app.definition.rules.graph import END
from app.definition.rules.subject import Finding, KeyPath, Subject
from app.definition.rules.tables import PlacedStep
from app.definition.source import near
from app.definition.words import Words

MOST_NAMES = 20
MOST_COMPARED = 500  # looking for the nearest among more would take too long for a hint
# Acts of a test that are no step: standard conduct, and letting time pass.
# fmt: off
CONDUCT_ACTS = frozenset({
    "supplement", "resubmit", "refuse", "extend", "withdraw", "stop", "recall", "send_back", "reassign", "comment",
    "transfer", "correct", "consult", "approve", "reject", "claim", "release", "save", "opinion", "pay", "charge",
    "hand_in", "message", "add_step", "call_ended", "clock", "variant", "reopen", "refund",
})
# fmt: on


def unknown(rule: str, path: KeyPath, word: str, known: Iterable[str], **params: Any) -> Finding:
    """A finding about a name that does not exist, with the nearest ones and what there is."""
    names = tuple(dict.fromkeys(known))
    suggested = near(word, names) if len(names) <= MOST_COMPARED else ()
    return Finding(path, rule, {**params, "near": suggested, "allowed": names[:MOST_NAMES]})


def steps_named(subject: Subject) -> Iterator[Finding]:
    """R01: a step is named that its step table does not have."""
    for table in subject.tables:
        keys = tuple(table.route.by_key)
        for placed in table.steps:
            for path, key in _step_names(placed):
                if key not in table.route.by_key:
                    yield unknown("R01", path, key, keys, step=key)
    every = tuple(dict.fromkeys(key for table in subject.tables for key in table.route.by_key))
    yield from _steps_anywhere(subject, every)
    yield from _steps_of_tests(subject, every)


def _steps_anywhere(subject: Subject, every: tuple[str, ...]) -> Iterator[Finding]:
    """Steps named outside the step tables: any table may have them."""
    for at, check in enumerate(subject.procedure.form.checks):
        if check.at and check.at not in every:
            yield unknown("R01", ("form", "checks", at, "at"), check.at, every, step=check.at)
    for path, key in _steps_of_conduct(subject.expanded.get("conduct"), ("conduct",)):
        if key not in every:
            yield unknown("R01", path, key, every, step=key)
    start = subject.procedure.time_limit.starts
    if start.startswith("step.") and start[5:] not in every:
        yield unknown("R01", ("time_limit", "starts"), start[5:], every, step=start[5:])


def _step_names(placed: PlacedStep) -> Iterator[tuple[KeyPath, str]]:
    path, written = placed.path, placed.written
    yield from _targets(placed)
    for key in ("not_by", "joins"):
        for at, named in enumerate(listed(written.get(key))):
            if isinstance(named, str):
                yield (*path, key, at), named
    yield from _steps_of_conduct(written.get("allow"), (*path, "allow"))
    late = written.get("on_late")
    if isinstance(late, Mapping) and isinstance(late.get("to"), str):
        yield (*path, "on_late", "to"), late["to"]
    by = written.get("by")
    for where, text in _who_texts(by, (*path, "by")):
        if text.startswith("actor."):
            yield where, text[6:]


def _steps_of_conduct(conduct: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Where a dossier may be sent back to, and until when it may be withdrawn."""
    rules = conduct if isinstance(conduct, Mapping) else {}
    back, withdraw = rules.get("send_back"), rules.get("withdraw")
    for at, key in enumerate(listed(back.get("to") if isinstance(back, Mapping) else None)):
        yield (*path, "send_back", "to", at), str(key)
    until = withdraw.get("until") if isinstance(withdraw, Mapping) else None
    if isinstance(until, str):
        yield (*path, "withdraw", "until"), until


def _targets(placed: PlacedStep) -> Iterator[tuple[KeyPath, str]]:
    for at, way in enumerate(listed(placed.written.get("next"))):
        for place, target in enumerate(listed(way.get("to") if isinstance(way, Mapping) else None)):
            named = target.get("step") if isinstance(target, Mapping) else target
            where: KeyPath = (*placed.path, "next", at, "to", place)
            if isinstance(named, str) and named != END:
                yield ((*where, "step") if isinstance(target, Mapping) else where), named


def _steps_of_tests(subject: Subject, every: tuple[str, ...]) -> Iterator[Finding]:
    for at, test in enumerate(subject.procedure.tests):
        for place, act in enumerate(listed(test.get("walk"))):
            path: KeyPath = ("tests", at, "walk", place)
            done = act.get("do") if isinstance(act, Mapping) else None
            if isinstance(done, str) and done not in every and done not in CONDUCT_ACTS:
                yield unknown("R01", (*path, "do"), done, every, step=done)
            yield from _steps_expected((*path, "expect"), act, every)
        yield from _steps_expected(("tests", at, "expect"), test, every)


def _steps_expected(path: KeyPath, holder: Any, every: tuple[str, ...]) -> Iterator[Finding]:
    expected = holder.get("expect") if isinstance(holder, Mapping) else None
    if not isinstance(expected, Mapping):
        return
    for key in keys_of(expected.get("step_due")):
        if key not in every:
            yield Finding(
                (*path, "step_due", key),
                "R01",
                {"step": key, "near": near(key, every), "allowed": every[:MOST_NAMES]},
                on_key=True,
            )
    for at, key in enumerate(listed(expected.get("open"))):
        if isinstance(key, str) and key not in every:
            yield unknown("R01", (*path, "open", at), key, every, step=key)


def fields_named(subject: Subject) -> Iterator[Finding]:
    """R02: a field is named that the form does not have."""
    fields = subject.procedure.form.fields
    known = (*fields, *(f"{key}.{column.key}" for key, field in fields.items() for column in field.columns))
    for path, key, on_key in _field_names(subject):
        if key not in known:
            found = unknown("R02", path, key, known, field=key)
            yield Finding(found.path, "R02", found.params, on_key=on_key)


def _field_names(subject: Subject) -> Iterator[tuple[KeyPath, str, bool]]:
    form = subject.expanded.get("form")
    for at, section in enumerate(listed(form.get("sections") if isinstance(form, Mapping) else None)):
        for place, key in enumerate(listed(section.get("fields"))):
            yield ("form", "sections", at, "fields", place), str(key), False
    for table in subject.tables:
        for placed in table.steps:
            yield from _fields_of_step(placed)
            kept_away = placed.step.not_from
            if kept_away is not None and kept_away.kind == "field":
                yield (*placed.path, "not_from"), kept_away.key, False
    start = subject.procedure.time_limit.starts
    if start.startswith("field."):
        yield ("time_limit", "starts"), start[6:], False
    if subject.procedure.access.secrecy:
        yield ("access", "secrecy"), subject.procedure.access.secrecy, False
    yield from _fields_of_screens(subject)
    yield from _fields_of_tests(subject)


def _fields_of_step(placed: PlacedStep) -> Iterator[tuple[KeyPath, str, bool]]:
    path, written = placed.path, placed.written
    for at, key in enumerate(listed(written.get("fills"))):
        yield (*path, "fills", at), str(key), False
    for key in keys_of(written.get("set")):
        yield (*path, "set", key), key, True
    yield from _written_by_itself(path, written)
    yield from _fields_consulted((*path, "consult"), written.get("consult"))
    for where, text in who_of_step(placed):
        field = text.removeprefix("person.") if text.startswith("person.") else text.partition("@field.")[2]
        if field:
            yield where, field, False


def _fields_consulted(path: KeyPath, consult: Any) -> Iterator[tuple[KeyPath, str, bool]]:
    if not isinstance(consult, Mapping):
        return
    for at, key in enumerate(listed(consult.get("fills"))):
        yield (*path, "fills", at), str(key), False
    for at, ask in enumerate(listed(consult.get("ask"))):
        if isinstance(ask.get("for_each"), str):
            yield (*path, "ask", at, "for_each"), ask["for_each"], False


def _written_by_itself(path: KeyPath, written: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str, bool]]:
    """Fields that a number goes into, or that a message or a called dossier fills."""
    number, wait = written.get("number"), written.get("wait")
    if isinstance(number, Mapping) and isinstance(number.get("into"), str):
        yield (*path, "number", "into"), number["into"], False
    for key in keys_of(wait.get("take") if isinstance(wait, Mapping) else None):
        yield (*path, "wait", "take", key), key, True
    call = written.get("call")
    for key in keys_of(call.get("take") if isinstance(call, Mapping) else None):
        yield (*path, "call", "take", key), key, True
    if isinstance(call, Mapping) and isinstance(call.get("for_each"), str):
        yield (*path, "call", "for_each"), call["for_each"], False


def _fields_of_screens(subject: Subject) -> Iterator[tuple[KeyPath, str, bool]]:
    screens = subject.expanded.get("screens")
    if not isinstance(screens, Mapping):
        return
    page = screens.get("list")
    page = page if isinstance(page, Mapping) else {}
    for name in ("columns", "filters"):
        for at, key in enumerate(listed(page.get(name))):
            if key not in BUILT_INS:
                yield ("screens", "list", name, at), str(key), False
    sort = page.get("sort")
    if isinstance(sort, str) and sort.removeprefix("-") not in BUILT_INS:
        yield ("screens", "list", "sort"), sort.removeprefix("-"), False
    for at, key in enumerate(listed(screens.get("header"))):
        yield ("screens", "header", at), str(key), False


def _fields_of_tests(subject: Subject) -> Iterator[tuple[KeyPath, str, bool]]:
    for at, test in enumerate(subject.procedure.tests):
        given = test.get("given")
        for key in keys_of(given.get("form") if isinstance(given, Mapping) else None):
            yield ("tests", at, "given", "form", key), key, True
        for place, act in enumerate(listed(test.get("walk"))):
            for key in keys_of(act.get("fill") if isinstance(act, Mapping) else None):
                yield ("tests", at, "walk", place, "fill", key), key, True


def parts_named(subject: Subject) -> Iterator[Finding]:
    """R08: a result, phase, fee, opinion, button or variant is named that the procedure does not have."""
    for path, key, known, field in _part_names(subject):
        if key not in known:
            yield unknown("R08", path, key, known, value=key, field=field)


_Part = tuple[KeyPath, str, tuple[str, ...], Any]
_RESULTS, _PHASES = Words("kết quả (results)", "results"), Words("giai đoạn (phases)", "phases")
_FEES, _OPINIONS = Words("khoản thu (fees)", "fees"), Words("ý kiến (opinions)", "opinions")
_VARIANTS, _BUTTONS = Words("trường hợp (variants)", "variants"), Words("nút bấm (choose)", "buttons")


def _part_names(subject: Subject) -> Iterator[_Part]:
    procedure = subject.procedure
    results = tuple(result.key for result in procedure.results)
    refuse = subject.expanded.get("conduct", {}).get("refuse", {})
    if isinstance(refuse, Mapping) and isinstance(refuse.get("result"), str):
        yield ("conduct", "refuse", "result"), refuse["result"], results, _RESULTS
    for table in subject.tables:
        for placed in table.steps:
            yield from _parts_of_step(subject, placed, results)
    yield from _phases_of_documents(("documents",), subject.expanded.get("documents"), subject)
    yield from _parts_of_tests(subject)


def _phases_of_documents(path: KeyPath, entries: Any, subject: Subject) -> Iterator[_Part]:
    for at, entry in enumerate(listed(entries)):
        if isinstance(entry.get("phase"), str):
            phases = tuple(phase.key for phase in subject.procedure.phases)
            yield (*path, at, "phase"), entry["phase"], phases, _PHASES
        yield from _phases_of_documents((*path, at, "items"), entry.get("items"), subject)


def _parts_of_step(subject: Subject, placed: PlacedStep, results: tuple[str, ...]) -> Iterator[_Part]:
    step, path, written = placed.step, placed.path, placed.written
    fees = tuple(fee.key for fee in subject.procedure.fees)
    for at, key in enumerate(step.issues):
        yield (*path, "issues", at), key, results, _RESULTS
    if step.phase:
        yield (*path, "phase"), step.phase, tuple(phase.key for phase in subject.procedure.phases), _PHASES
    for at, key in enumerate(step.pay):
        yield (*path, "pay", at), key, fees, _FEES
    for at, key in enumerate(step.wait.of if step.wait is not None and step.wait.on == "payment" else ()):
        yield (*path, "wait", "of", at), key, fees, _FEES
    if step.consult is not None and step.consult.silence != "wait":
        yield (*path, "consult", "silence"), step.consult.silence, tuple(step.consult.opinions), _OPINIONS
    allow = written.get("allow")
    refuse = allow.get("refuse") if isinstance(allow, Mapping) else None
    if isinstance(refuse, Mapping) and isinstance(refuse.get("result"), str):
        yield (*path, "allow", "refuse", "result"), refuse["result"], results, _RESULTS


def _parts_of_tests(subject: Subject) -> Iterator[_Part]:
    procedure = subject.procedure
    variants = tuple(variant.key for variant in procedure.variants)
    fees = tuple(fee.key for fee in procedure.fees)
    for at, test in enumerate(procedure.tests):
        given = test.get("given")
        chosen = given.get("variant") if isinstance(given, Mapping) else None
        if isinstance(chosen, str):
            yield ("tests", at, "given", "variant"), chosen, variants, _VARIANTS
        for place, act in enumerate(listed(test.get("walk"))):
            if not isinstance(act, Mapping):
                continue
            path: KeyPath = ("tests", at, "walk", place)
            buttons = _buttons(subject, str(act.get("do", "")))
            if isinstance(act.get("choose"), str) and buttons:
                yield (*path, "choose"), act["choose"], buttons, _BUTTONS
            for position, key in enumerate(listed(act.get("pay"))):
                yield (*path, "pay", position), str(key), fees, _FEES


def _buttons(subject: Subject, step: str) -> tuple[str, ...]:
    steps = [table.route.by_key[step] for table in subject.tables if step in table.route.by_key]
    return tuple(way.choose for one in steps for way in one.ways if way.choose)


# ---- reading the document


def who_of_step(placed: PlacedStep) -> Iterator[tuple[KeyPath, str]]:
    """Every party named in a step, as written, with its place."""
    yield from _who_texts(placed.written.get("by"), (*placed.path, "by"))
    consult = placed.written.get("consult")
    for at, ask in enumerate(listed(consult.get("ask") if isinstance(consult, Mapping) else None)):
        yield from who_leaves(ask.get("by"), (*placed.path, "consult", "ask", at, "by"))
    wait = placed.written.get("wait")
    if isinstance(wait, Mapping):
        yield from who_leaves(wait.get("by_hand"), (*placed.path, "wait", "by_hand"))
    for key in ("escalate", "signs"):
        yield from who_leaves(placed.written.get(key), (*placed.path, key))


def _who_texts(choice: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if not isinstance(choice, Mapping):
        return
    yield from who_leaves(choice.get("default"), (*path, "default"))
    for at, case in enumerate(listed(choice.get("cases"))):
        yield from who_leaves(case.get("is"), (*path, "cases", at, "is"))


def who_leaves(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The parties of one *who*: a text, a list of texts, or {all: [texts]}."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        yield from who_leaves(value.get("all"), (*path, "all"))
    else:
        for at, text in enumerate(listed(value)):
            yield from who_leaves(text, (*path, at))


def listed(value: Any) -> list[Any]:
    """A list of the document, empty where there is none."""
    return value if isinstance(value, list) else list(value) if isinstance(value, tuple) else []


def keys_of(value: Any) -> tuple[str, ...]:
    """The keys of a mapping of the document, none where there is none."""
    return tuple(value) if isinstance(value, Mapping) else ()
