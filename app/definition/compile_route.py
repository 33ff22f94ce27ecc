"""The step tables of the expanded document as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.definition.compile_conduct import compile_rules
from app.definition.compile_context import Context
from app.definition.compile_form import compile_checks
from app.definition.compile_scope import Scopes
from app.definition.compile_who import compile_who, parse_party, parse_place
from app.definition.expression import DATE, MOMENT, NUMBER, Scope, Type
from app.definition.finding import KeyPath
from app.definition.model.choice import Choice
from app.definition.model.route import Ask, Attachment, Call, Consult, Route, Step, Target, Wait, Way
from app.definition.model.time import Pause
from app.definition.model.who import Party, Who
from app.definition.words import Words

Types = Mapping[str, Type]


def compile_route(route: Any, scopes: Scopes, types: Types, context: Context) -> Choice[Route]:
    """The route by case. A file without a readable route has one without steps."""
    if not isinstance(route, Mapping):
        return Choice(Route((), {}))

    def table(steps: Any, path: KeyPath) -> Route:
        return _table(steps, path, scopes.at_work, types, context)

    compiled = context.choice(route, ("route",), scopes.fixed, table)
    return compiled if compiled.values() else Choice(Route((), {}))


def _table(steps: Any, path: KeyPath, scope: Scope, types: Types, context: Context) -> Route:
    compiled = tuple(_step(step, (*path, at), scope, types, context) for at, step in enumerate(steps) if "step" in step)
    by_key: dict[str, Step] = {}
    for step in compiled:
        by_key.setdefault(step.key, step)
    return Route(compiled, by_key)


def _step(step: Mapping[str, Any], path: KeyPath, scope: Scope, types: Types, context: Context) -> Step:
    on_late = step.get("on_late", "overdue")
    late_to = on_late.get("to", "") if isinstance(on_late, Mapping) else ""
    optional = step.get("optional", False)
    number = step.get("number", {})
    return Step(
        key=step["step"],
        title=step.get("title", step["step"]),
        by=context.choice(step.get("by", "anyone"), (*path, "by"), scope, _who),
        does=step.get("does", "work"),
        when=context.optional(step, "when", path, scope),
        optional=optional is True,
        optional_when=context.expression(optional, (*path, "optional"), scope) if isinstance(optional, str) else None,
        within=context.times(step, "within", path, scope, steps=True),
        warn=tuple(context.duration(text, (*path, "warn", at), None) for at, text in enumerate(step.get("warn", ()))),
        on_late="to" if late_to else str(on_late),
        on_late_to=late_to,
        phase=step.get("phase", ""),
        handover=step.get("handover", ""),
        status=step.get("status", "processing"),
        fills=tuple(step.get("fills", ())),
        attach=tuple(
            Attachment(one.get("key", ""), one.get("title", ""), one.get("required", False))
            for one in step.get("attach", ())
        ),
        prints=tuple(step.get("print", ())),
        checks=compile_checks(step.get("checks", ()), (*path, "checks"), scope, context),
        sets={
            key: context.expression(text, (*path, "set", key), scope, types.get(key))
            for key, text in step.get("set", {}).items()
        },
        allow={
            name: compile_rules(name, rules, (*path, "allow", name), scope, context)
            for name, rules in step.get("allow", {}).items()
        },
        deny=tuple(step.get("deny", ())),
        pay=tuple(step.get("pay", ())),
        not_by=tuple(step.get("not_by", ())),
        not_from=parse_place(step["not_from"]) if "not_from" in step else None,
        escalate=compile_who(step["escalate"]) if "escalate" in step else None,
        signs=parse_party(step["signs"]) if "signs" in step else None,
        bulk=step.get("bulk", False),
        ways=_ways(step.get("next", ()), (*path, "next"), scope, context),
        joins=tuple(step.get("joins", ())),
        pauses=_pause(step.get("pauses"), (*path, "pauses"), scope, context),
        wait=_wait(step.get("wait"), (*path, "wait"), scope, context),
        consult=_consult(step.get("consult"), (*path, "consult"), scope, context),
        call=_call(step.get("call"), (*path, "call"), scope, context),
        register=context.choice(number["register"], (*path, "number", "register"), scope, _text)
        if "register" in number
        else None,
        register_into=number.get("into", ""),
        issues=tuple(step.get("issues", ())),
        guide=step.get("guide", ""),
        after_result=step.get("after_result", False),
    )


def _text(value: Any, _path: KeyPath) -> str:
    return str(value)


def _who(value: Any, _path: KeyPath) -> Who:
    return compile_who(value)


def _ways(ways: Any, path: KeyPath, scope: Scope, context: Context) -> tuple[Way, ...]:
    return tuple(_way(way, (*path, at), scope, context) for at, way in enumerate(ways) if way.get("to"))


def _way(way: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context) -> Way:
    if "choose" in way and "title" not in way:
        place = Words(f'nút "{way["choose"]}"', f'button "{way["choose"]}"')
        context.find(path, "K02", key="title", place=place)
    targets = tuple(
        Target(target)
        if isinstance(target, str)
        else Target(target.get("step", ""), context.optional(target, "when", (*path, "to", at), scope))
        for at, target in enumerate(way["to"])
    )
    return Way(
        targets,
        context.optional(way, "when", path, scope),
        way.get("choose", ""),
        way.get("title", ""),
        way.get("comment", "optional"),
        way.get("confirm", ""),
    )


def _pause(pause: Any, path: KeyPath, scope: Scope, context: Context) -> Pause | None:
    if not isinstance(pause, Mapping):
        return None
    return Pause(
        pause.get("reason", ""),
        pause.get("then", "resume"),
        context.duration(pause["add"], (*path, "add"), None) if "add" in pause else None,
        context.times(pause, "fresh", path, scope),
        pause.get("only", "dossier"),
        pause.get("of", ""),
    )


def _wait(wait: Any, path: KeyPath, scope: Scope, context: Context) -> Wait | None:
    if not isinstance(wait, Mapping):
        return None
    return Wait(
        on=wait.get("for", "time"),
        of=tuple(wait.get("of", ())),
        last=context.duration(wait["last"], (*path, "last"), None) if "last" in wait else None,
        until=context.optional(wait, "until", path, scope, (MOMENT, DATE)),
        by_hand=compile_who(wait["by_hand"]) if "by_hand" in wait else None,
        take=dict(wait.get("take", {})),
    )


def _consult(consult: Any, path: KeyPath, scope: Scope, context: Context) -> Consult | None:
    if not isinstance(consult, Mapping):
        return None
    asks = tuple(
        _ask(ask, (*path, "ask", at), scope, context) for at, ask in enumerate(consult.get("ask", ())) if "by" in ask
    )
    return Consult(
        asks,
        context.times(consult, "within", path, scope),
        dict(consult.get("opinions", {})),
        consult.get("silence", "wait"),
        context.optional(consult, "quorum", path, scope, NUMBER),
        tuple(consult.get("fills", ())),
        consult.get("may_add", True),
    )


def _ask(ask: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context) -> Ask:
    inner = _row_scope(ask["by"], ask.get("for_each", ""), scope)
    return Ask(
        parse_party(ask["by"]) or Party("anyone", text=ask["by"]),
        ask.get("title", ""),
        context.optional(ask, "when", path, inner),
        context.times(ask, "within", path, inner),
        ask.get("question", ""),
        ask.get("for_each", ""),
    )


def _call(call: Any, path: KeyPath, scope: Scope, context: Context) -> Call | None:
    if not isinstance(call, Mapping) or "procedure" not in call:
        return None
    table = call.get("for_each", "")
    inner = scope.in_row(table) if table in scope.names else scope
    return Call(
        context.choice(call["procedure"], (*path, "procedure"), scope, _text),
        {
            key: context.expression(text, (*path, "give", key), inner, None)
            for key, text in call.get("give", {}).items()
        },
        dict(call.get("take", {})),
        table,
        call.get("wait", True),
    )


def _row_scope(by: str, for_each: str, scope: Scope) -> Scope:
    """Whoever is named in a column (`head@field.partners.unit`) is asked once per row; its columns come first."""
    if for_each in scope.names:
        return scope.in_row(for_each)
    party = parse_party(by)
    named = party.key if party and party.kind == "person" else party.place.key if party and party.place else ""
    table, dot, _ = named.partition(".")
    return scope.in_row(table) if dot and table in scope.names else scope
