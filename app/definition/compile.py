"""The expanded document → the Procedure that every layer above works with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.definition.canonical import digest_of
from app.definition.compile_conduct import compile_rules
from app.definition.compile_context import NO_TIME, Context
from app.definition.compile_form import compile_form, compile_options
from app.definition.compile_money import compile_fees
from app.definition.compile_organisation import compile_organisation
from app.definition.compile_print import compile_prints
from app.definition.compile_route import compile_route
from app.definition.compile_scope import Scopes, scopes_of, type_of
from app.definition.compile_who import compile_who
from app.definition.expand.steps import filled_by
from app.definition.expression import DATE, Scope, Type
from app.definition.finding import Finding, KeyPath
from app.definition.model.choice import Choice
from app.definition.model.documents import Document, Group
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import (
    APPLICANT_PLACE,
    Access,
    Announcement,
    Applicant,
    Card,
    Keep,
    LegalBasis,
    ListScreen,
    OptionList,
    Procedure,
    Requirement,
    Result,
    Variant,
)
from app.definition.model.recurring import Recurs
from app.definition.model.time import Addition, Phase, TimeLimit

__all__ = ["compile_organisation", "compile_procedure", "compile_with_findings"]

_UNDATED = date(1, 1, 1)  # a file without a readable date of effect; it cannot be published


def compile_procedure(expanded: Mapping[str, Any], organisation: Organisation, *, number: int = 0) -> Procedure:
    """The procedure of a document that was checked before (a stored version)."""
    return compile_with_findings(expanded, organisation, number=number)[0]


def compile_with_findings(
    expanded: Mapping[str, Any], organisation: Organisation, *, number: int = 0
) -> tuple[Procedure, tuple[Finding, ...]]:
    """The procedure, and what could not be read in its expressions and times."""
    context = Context()
    scopes = scopes_of(expanded, organisation, filled_by(expanded.get("route", {})))
    work = scopes.at_work
    agency = _units(expanded, "agency", scopes, context)
    effective = expanded.get("effective", {})
    procedure = Procedure(
        **_heads(expanded),
        number=number,
        digest=digest_of(expanded),
        agency=agency,
        authority=_units(expanded, "authority", scopes, context) if "authority" in expanded else agency,
        intake_at=context.choice(
            expanded.get("intake_at", ()), ("intake_at",), scopes.fixed, lambda places, _path: tuple(places)
        ),
        since=_day(effective.get("from")) or _UNDATED,
        until=_day(effective.get("to")),
        announced=_announcement(expanded.get("announced")),
        legal_basis=_legal_basis(expanded.get("legal_basis", ())),
        requirements=_requirements(expanded.get("requirements", ()), work, context),
        variants=_variants(expanded.get("variants", ()), work, context),
        applicant=_applicant(expanded.get("applicant", {})),
        form=compile_form(expanded["form"], work, context),
        documents=_documents(expanded.get("documents", ()), ("documents",), work, context),
        time_limit=_time_limit(expanded.get("time_limit", {}), scopes, context),
        phases=_phases(expanded.get("phases", ()), work, context),
        fees=compile_fees(expanded.get("fees", ()), work, context),
        results=_results(expanded.get("results", ()), work, context),
        route=compile_route(expanded.get("route"), scopes, _types(expanded["form"]["fields"]), context),
        conduct={
            name: compile_rules(name, rules, ("conduct", name), work, context)
            for name, rules in expanded.get("conduct", {}).items()
            if isinstance(rules, Mapping)
        },
        screens=_screens(expanded.get("screens", {}), scopes, context),
        keep=_keep(expanded.get("keep", {})),
        recurs=_recurs(expanded.get("recurs"), scopes, context),
        access=_access(expanded.get("access", {})),
        tests=tuple(expanded.get("tests", ())),
        prints=compile_prints(expanded.get("prints", {}), work, context),
        extra_prints=_extra_prints(expanded),
        replaced_prints=dict(expanded.get("print_set", {}).get("replace", {})),
        lists={key: _list(key, one) for key, one in expanded.get("lists", {}).items()},
    )
    return procedure, tuple(context.findings)


def _heads(expanded: Mapping[str, Any]) -> dict[str, Any]:
    """What is taken over as it is."""
    return {
        "key": expanded.get("key", ""),
        "title": expanded.get("title", ""),
        "short_title": expanded.get("short_title", ""),
        "field": expanded.get("field", ""),
        "kind": expanded.get("kind", "service"),
        "code": expanded.get("code", ""),
        "local_code": expanded.get("local_code", ""),
        "formerly": tuple(expanded.get("formerly", ())),
        "levels": tuple(expanded.get("levels", ())),
        "partners": tuple(expanded.get("partners", ())),
        "applicants": tuple(expanded.get("for", ())),
        "channels": tuple(expanded.get("channels", ())),
        "online": expanded.get("online", "info"),
        "non_territorial": expanded.get("non_territorial", False),
        "locality": expanded.get("locality", APPLICANT_PLACE),
        "sets": expanded.get("sets", 1),
    }


def _types(fields: Mapping[str, Any]) -> dict[str, Type]:
    return {key: kind for key, field in fields.items() if (kind := type_of(field, key)) is not None}


def _legal_basis(lines: Any) -> tuple[LegalBasis, ...]:
    return tuple(LegalBasis(one.get("title", ""), _day(one.get("from")), _day(one.get("to"))) for one in lines)


def _requirements(lines: Any, scope: Scope, context: Context) -> tuple[Requirement, ...]:
    return tuple(
        Requirement(
            one.get("text", ""), context.optional(one, "check", ("requirements", at), scope), one.get("say", "")
        )
        for at, one in enumerate(lines)
    )


def _variants(lines: Any, scope: Scope, context: Context) -> tuple[Variant, ...]:
    return tuple(
        Variant(one["key"], one.get("title", ""), context.optional(one, "when", ("variants", at), scope))
        for at, one in enumerate(lines)
        if "key" in one
    )


def _access(access: Mapping[str, Any]) -> Access:
    return Access(tuple(compile_who(who) for who in access.get("view", ())), access.get("secrecy", ""))


def _keep(keep: Mapping[str, Any]) -> Keep:
    return Keep(keep.get("time", "70 years"), keep.get("then", "archive"), keep.get("basis", ""))


def _recurs(recurs: Mapping[str, Any] | None, scopes: Scopes, context: Context) -> Recurs | None:
    if not recurs or "every" not in recurs or "closes" not in recurs:
        return None
    path: KeyPath = ("recurs",)
    return Recurs(
        recurs["every"],
        context.duration(recurs.get("opens", "at once"), (*path, "opens"), None),
        context.duration(recurs["closes"], (*path, "closes"), None),
        recurs.get("open_by", "applicant"),
        context.optional(recurs, "when", path, scopes.in_lists),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _units(expanded: Mapping[str, Any], key: str, scopes: Scopes, context: Context) -> Choice[str]:
    if key not in expanded:
        return Choice("")
    return context.choice(expanded[key], (key,), scopes.fixed, lambda value, _path: str(value))


def _time_limit(limit: Mapping[str, Any], scopes: Scopes, context: Context) -> TimeLimit:
    path: KeyPath = ("time_limit",)
    promised = context.choice(
        {"cases": [], **{key: limit[key] for key in ("default", "cases") if key in limit}},
        path,
        scopes.fixed,
        lambda text, at: context.duration(text, at, scopes.at_work),
    )
    additions = tuple(
        Addition(
            context.expression(one["when"], (*path, "add", at, "when"), scopes.fixed),
            context.duration(one["time"], (*path, "add", at, "time"), None),
            one.get("why", ""),
        )
        for at, one in enumerate(limit.get("add", ()))
        if "when" in one and "time" in one
    )
    return TimeLimit(
        promised if promised.values() else Choice(NO_TIME),
        context.times(limit, "legal", path, scopes.fixed),
        additions,
        limit.get("starts", "received"),
        limit.get("cutoff", ""),
    )


def _phases(phases: Any, scope: Scope, context: Context) -> tuple[Phase, ...]:
    return tuple(
        Phase(
            phase["key"],
            phase.get("title", ""),
            context.times(phase, "within", ("phases", at), scope),
            context.optional(phase, "when", ("phases", at), scope),
        )
        for at, phase in enumerate(phases)
        if "key" in phase
    )


def _results(results: Any, scope: Scope, context: Context) -> tuple[Result, ...]:
    return tuple(
        Result(
            one["key"],
            one.get("title", ""),
            context.optional(one, "when", ("results", at), scope),
            one.get("refusal", False),
            one.get("register", ""),
            tuple(one.get("given_as", ())),
            _validity(one, ("results", at, "valid_for"), scope, context),
        )
        for at, one in enumerate(results)
        if "key" in one
    )


def _validity(result: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context) -> str:
    """A duration from the day of issue, or an expression naming the last day."""
    text = str(result.get("valid_for", ""))
    if text[:1].isdigit():
        context.duration(text, path, None)
    elif text:
        context.expression(text, path, scope, DATE)
    return text


def _announcement(announced: Mapping[str, Any] | None) -> Announcement | None:
    return Announcement(announced.get("number", ""), _day(announced.get("date"))) if announced else None


def _applicant(block: Mapping[str, Any]) -> Applicant:
    shared = block.get("co_owners")
    return Applicant(
        tuple(block.get("ask", ())),
        dict(block.get("labels", {})),
        block.get("representative", "allowed"),
        None if shared is None else (shared.get("min", 0), shared.get("max", 20)),
    )


def _documents(
    entries: Any, path: KeyPath, scope: Scope, context: Context, phase: str = ""
) -> tuple[Document | Group, ...]:
    return tuple(_entry(entry, (*path, at), scope, context, phase) for at, entry in enumerate(entries))


def _entry(entry: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context, phase: str) -> Document | Group:
    """``phase``: that of the group it stands in, where it names none itself."""
    when = context.optional(entry, "when", path, scope)
    phase = entry.get("phase", phase)
    if "group" in entry:
        items = _documents(entry.get("items", ()), (*path, "items"), scope, context, phase)
        return Group(entry["group"], entry.get("title", ""), items, entry.get("of", "all"), when, phase)
    return Document(
        key=entry.get("key", ""),
        title=entry.get("title", ""),
        form=entry.get("form", ""),
        form_code=entry.get("form_code", ""),
        originals=entry.get("originals", 0),
        certified_copies=entry.get("certified_copies", 0),
        copies=entry.get("copies", 0),
        scans=entry.get("scans", 0),
        required=entry.get("required", True),
        required_when=context.optional(entry, "required_when", path, scope),
        when=when,
        presented=entry.get("presented", False),
        returned=entry.get("returned", False),
        digitise=entry.get("digitise", True),
        replaced_by=entry.get("replaced_by", ""),
        accepts=tuple(entry.get("accepts", ())),
        count=entry.get("count", 1),
        phase=phase,
        due_at=entry.get("due_at", "intake"),
        code=entry.get("code", ""),
        help=entry.get("help", ""),
    )


def _screens(screens: Mapping[str, Any], scopes: Scopes, context: Context) -> ListScreen:
    page = screens.get("list", {})
    cards = enumerate(screens.get("cards", ()))
    return ListScreen(
        tuple(page.get("columns", ())),
        tuple(page.get("filters", ())),
        page.get("sort", "due"),
        tuple(screens.get("header", ())),
        tuple(
            Card(one["title"], context.expression(one["when"], ("screens", "cards", at, "when"), scopes.in_lists))
            for at, one in cards
            if "title" in one and "when" in one
        ),
    )


def _extra_prints(expanded: Mapping[str, Any]) -> tuple[str, ...]:
    """The prints made when somebody wants one: what the procedure adds, and that of the form it uses."""
    of_form = expanded["form"].get("print")
    return tuple(dict.fromkeys((*expanded.get("print_set", {}).get("add", ()), *((of_form,) if of_form else ()))))


def _list(key: str, one: Mapping[str, Any]) -> OptionList:
    columns = {name: str(column.get("label", name)) for name, column in one.get("columns", {}).items()}
    return OptionList(key, one.get("title", key), columns, compile_options(one.get("options", {})))
