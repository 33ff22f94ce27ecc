"""The list of a procedure: what was asked for in the address, read into a query; rows, into cells."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from flask import g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from app.definition.model.procedure import Procedure
from app.screens.deadlines import deadlines
from app.screens.now import office_now
from app.screens.procedures.field_filters import field_named, kind_and_options, wanted_of
from app.screens.procedures.view import ProcedureView, filters_of
from app.screens.statuses import channel_title, status_title
from app.storage.list_filters import Wanted
from app.storage.lists import CAP, ListPage, ListQuery, count_cards, list_dossiers
from app.vietnamese.dates import format_date, parse_date
from app.vietnamese.fault import Fault
from app.vietnamese.numbers import format_number

SPANS = frozenset(("received", "due", "finished"))
STATUSES = (
    "submitted",
    "processing",
    "supplement",
    "financial_duty",
    "stopped",
    "not_accepted",
    "result_ready",
    "returned",
)
LONGEST = 100
SOON = 90  # days in which a paper that lapses is reminded of
SCOPES = {"open": _l("To be done"), "closed": _l("Closed"), "all": _l("All")}


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter as the page draws it: a text box, a list to choose from, or two ends of a span."""

    name: str
    label: str
    kind: str
    value: str = ""
    low: str = ""
    high: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def argument(self) -> str:
        """Its name in the address; a form field may be called like one of ours."""
        return argument(self.name)

    @property
    def is_used(self) -> bool:
        """Whether it narrows the list now."""
        return bool(self.value or self.low or self.high)


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its heading and, where it can be sorted, the address that does so."""

    name: str
    label: str
    url: str = ""
    order: str = ""


def argument(name: str) -> str:
    """The name of a filter in the address."""
    return f"f.{name}"


def query_of(view: ProcedureView, filters: tuple[Filter, ...], arguments: MultiDict[str, str]) -> ListQuery:
    """The query in the address; whatever is not allowed falls back to the usual."""
    wanted = {one.name: _wanted(view.procedure, one) for one in filters if one.is_used}
    sort = arguments.get("sort", "")[:LONGEST]
    sort = sort if sort.removeprefix("-") in view.order_columns else ""
    return ListQuery(
        scope=scope_of(arguments),
        filters=wanted,
        sort=sort,
        after=arguments.get("after", ""),
        before=arguments.get("before", ""),
        size=view.page_size,
        card=card_of(view, arguments),
        now=office_now(),
    )


def card_of(view: ProcedureView, arguments: MultiDict[str, str]) -> int:
    """The counter that was clicked, from 1; 0 for none."""
    number = arguments.get("card", "")
    known = [str(at) for at in range(1, len(view.procedure.screens.cards) + 1)]
    return known.index(number) + 1 if number in known else 0


def scope_of(arguments: MultiDict[str, str]) -> str:
    """open unless something else is asked for: a day's work begins with what is still to be done."""
    scope = arguments.get("scope", "open")
    return scope if scope in SCOPES else "open"


def _wanted(procedure: Procedure, one: Filter) -> Wanted:
    field = field_named(procedure, one.name)
    if field is not None:
        return wanted_of(field, one.kind, one.value, one.low, one.high)
    if one.kind == "span":
        return Wanted(low=_iso(one.low), high=_iso(one.high))
    return Wanted(values=(one.value,))


def _iso(text: str) -> str:
    day = parse_date(text) if text else None
    return "" if day is None or isinstance(day, Fault) else day.isoformat()


def filters_chosen(view: ProcedureView, arguments: MultiDict[str, str]) -> tuple[Filter, ...]:
    """All filters if any of them is used, else none: then nobody needs to know what could be chosen."""
    if not any(name.startswith(argument("")) for name in arguments):
        return ()
    filters = filters_for(view, arguments)
    return filters if any(one.is_used for one in filters) else ()


def filters_for(view: ProcedureView, arguments: MultiDict[str, str]) -> tuple[Filter, ...]:
    """The filters of this list with what was chosen."""
    return tuple(_filter(view, name, arguments) for name in filters_of(view))


def _filter(view: ProcedureView, name: str, arguments: MultiDict[str, str]) -> Filter:
    field = field_named(view.procedure, name)
    kind, options = _built_in_kind(view.procedure, name) if field is None else kind_and_options(field)
    value = arguments.get(argument(name), "")[:LONGEST].strip()
    if kind == "choice" and value not in {key for key, _label in options}:
        value = ""
    low = arguments.get(f"{argument(name)}.low", "")[:LONGEST].strip()
    high = arguments.get(f"{argument(name)}.high", "")[:LONGEST].strip()
    return Filter(name, view.label(name), kind, value, low, high, options)


def _built_in_kind(procedure: Procedure, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    if name in SPANS:
        return "span", ()
    if name == "status":
        return "choice", tuple((status, status_title(status)) for status in STATUSES)
    if name == "step":
        return "choice", tuple(_steps(procedure).items())
    if name == "unit":
        return "choice", _units()
    if name == "channel":
        return "choice", tuple((channel, channel_title(channel)) for channel in procedure.channels)
    return "text", ()


def _steps(procedure: Procedure) -> dict[str, str]:
    return {step.key: step.title for route in procedure.route.values() for step in route.steps}


def _units() -> tuple[tuple[str, str], ...]:
    units = g.catalogue.organisation.units.values()
    return tuple((unit.key, unit.short or unit.title) for unit in units if "reception" in unit.roles)


def headings_of(view: ProcedureView, query: ListQuery) -> tuple[Heading, ...]:
    """The columns in their order, each sortable one with the address of its other direction."""
    now = query.sort or view.procedure.screens.sort
    return tuple(_heading(view, name, now) for name in view.list_columns)


def _heading(view: ProcedureView, name: str, now: str) -> Heading:
    if name not in view.order_columns:
        return Heading(name, view.label(name))
    order = "" if now.removeprefix("-") != name else "descending" if now.startswith("-") else "ascending"
    return Heading(name, view.label(name), address(sort=f"-{name}" if order == "ascending" else name), order)


def address(**changes: str) -> str:
    """This page with other arguments; a change of order or page begins where it must."""
    kept = {name: value for name, value in request.args.items() if value and name not in ("after", "before", *changes)}
    arguments = {**kept, **{name: value for name, value in changes.items() if value}}
    return f"{request.path}?{urlencode(arguments)}" if arguments else request.path


class Shortcut(NamedTuple):
    """A list that somebody looks at again and again: what lapses soon."""

    title: str
    url: str


def lapsing_soon(view: ProcedureView) -> tuple[Shortcut, ...]:
    """For each date on which a paper lapses: the dossiers in which that is near."""
    today = deadlines().now.date()
    span = {"low": format_date(today), "high": format_date(today + timedelta(days=SOON))}
    found = []
    for field in view.procedure.form.fields.values():
        if field.expires and field.key in filters_of(view):
            asked = {f"{argument(field.key)}.{end}": day for end, day in span.items()}
            title = _("%(field)s: in the next %(days)s days", field=field.label, days=SOON)
            found.append(Shortcut(title, f"{request.path}?{urlencode({'scope': 'all', **asked})}"))
    return tuple(found)


class Card(NamedTuple):
    """A counter above the list; its address narrows the list to what it counts, or no longer does."""

    title: str
    counted: str
    url: str
    is_chosen: bool


def cards_of(view: ProcedureView, query: ListQuery) -> tuple[Card, ...]:
    """The counters with what they count in this scope."""
    counts = count_cards(view.procedure, g.person.badges, query.scope, query.now)
    return tuple(
        Card(
            card.title,
            f"{format_number(min(count, CAP))}{'+' * (count > CAP)}",
            address(card="" if at == query.card else str(at)),
            at == query.card,
        )
        for at, (card, count) in enumerate(zip(view.procedure.screens.cards, counts, strict=True), 1)
    )


def page_of(view: ProcedureView, query: ListQuery) -> ListPage:
    """The rows that the person of this request may see."""
    return list_dossiers(view.procedure, g.person.badges, query)
