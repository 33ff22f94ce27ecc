"""One dossier as a page needs it: what is stored, its pinned procedure, the clock, and what this person may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import abort, g, url_for

from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.actions import Move
from app.engine.calendar import CalendarUnknown
from app.engine.environment import Environment, environment
from app.engine.events import Event
from app.engine.field_rights import hidden_fields
from app.engine.moves import available_moves, why_not
from app.engine.plan import RoutePlan, plan_of
from app.engine.rights import USER
from app.engine.state import State, Visit
from app.engine.timing import Reading, reading
from app.engine.turn import Turn
from app.engine.world import Refusal, World
from app.screens.deadlines import deadlines
from app.screens.formats import locale_code
from app.screens.names import Names
from app.screens.procedures.dossier_links import ways_to
from app.screens.procedures.view import ProcedureView
from app.storage.catalogue_store import holder
from app.storage.dossiers import StoredDossier, load_dossier
from app.storage.people import Colleague, names_of


@dataclass(frozen=True)
class Case:
    """Worked out when asked for; ``people`` are the names of everybody the page mentions."""

    stored: StoredDossier
    procedure: Procedure
    world: World
    now: datetime
    events: tuple[Event, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    opened: bool = False  # sensitive values are shown in full, which has been logged

    @property
    def id(self) -> int:
        """The dossier's number in addresses."""
        return self.stored.id

    @property
    def state(self) -> State:
        """The dossier as it stands, sensitive values open."""
        return self.stored.state

    @property
    def organisation(self) -> Organisation:
        """Who there is to do the work."""
        return self.world.organisation

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Fields whose values this person must not receive."""
        return hidden_fields(self.procedure, self.state, self.organisation, g.person.actor)

    @cached_property
    def ways(self) -> dict[str, str]:
        """Addresses of the dossiers that this one names and this person may open, by code."""
        return ways_to(self.procedure.form.fields.values(), self.state.answers)

    @cached_property
    def colleagues(self) -> dict[str, tuple[Colleague, ...]]:
        """People to choose from, by what a field says of them; filled as fields ask."""
        return {}

    @cached_property
    def names(self) -> Names:
        """Words for keys."""
        return Names(self.procedure, self.organisation, self.people)

    @cached_property
    def env(self) -> Environment:
        """What expressions see."""
        return environment(self.procedure, self.state, self.world, self.now)

    @cached_property
    def reading(self) -> Reading:
        """What the clock says now."""
        return reading(self.state, self.now, self.world)

    @cached_property
    def turn(self) -> Turn:
        """For the rules of conduct that need one; nothing is ever emitted on it."""
        return Turn(self.procedure, self.state, g.person.actor, self.now, self.world)

    @cached_property
    def route(self) -> RoutePlan:
        """The step table of this dossier."""
        return plan_of(self.procedure).route(self.state.route)

    @cached_property
    def available(self) -> tuple[Move, ...]:
        """What this person can do now."""
        return available_moves(self.procedure, self.state, g.person.actor, self.now, self.world)

    @cached_property
    def refused(self) -> tuple[tuple[Move, Refusal], ...]:
        """What this person cannot do now, and why."""
        return why_not(self.procedure, self.state, g.person.actor, self.now, self.world)

    def may(self, kind: str, visit: int = 0) -> Move | None:
        """The move of this kind that can be done now (at this visit, if one is named)."""
        return next((m for m in self.available if m.kind == kind and visit in (0, m.visit)), None)

    def office_minutes(self, begin: datetime, end: datetime) -> int | None:
        """Office time between two moments; None where the calendar does not reach."""
        try:
            return self.world.calendar.office_minutes(begin, end) if begin <= end else 0
        except CalendarUnknown:
            return None

    def visit(self, number: int) -> Visit | None:
        """An open visit."""
        return self.state.visit(number)

    def url(self, endpoint: str = "show", **arguments: Any) -> str:
        """An address of this dossier."""
        area, _slash, name = self.procedure.key.partition("/")
        return url_for(f"ProcedureFacade.{endpoint}", field=area, name=name, dossier_id=self.id, **arguments)


def find_case(view: ProcedureView, dossier_id: int) -> Case:
    """The dossier under its pinned version; one that this person may not see does not exist."""
    stored = load_dossier(dossier_id, view.procedure.key, g.person.badges)
    if stored is None:
        abort(404)
    state = stored.state
    procedure = g.catalogue.procedure(state.procedure, state.number, locale_code())
    now = max(deadlines().now, state.last_at)
    return Case(stored, procedure, holder.world(g.catalogue), now)


def with_history(case: Case, events: tuple[Event, ...]) -> Case:
    """The same with its journal and the names of everybody in it; one statement."""
    return replace(case, events=events, people=names_of(_mentioned(case, events)))


def _mentioned(case: Case, events: tuple[Event, ...]) -> set[str]:
    found = {event.actor for event in events} | {case.stored.updated_by}
    for visit in (*case.state.visits, *case.state.past):
        found |= {visit.holder, visit.actor, *visit.taken}
        found |= {one.removeprefix(USER) for one in (*visit.positions, visit.party) if one.startswith(USER)}
    for event in events:
        found |= {str(event.data[name]) for name in ("holder", "from") if event.data.get(name)}
    found |= _in_answers(case)
    return found - {"", "system", "applicant"}


def _in_answers(case: Case) -> set[str]:
    """User names in fields that name people; tables too."""
    found: set[str] = set()
    for key, item in case.procedure.form.fields.items():
        value = case.state.answers.get(key)
        if item.type in ("user", "users"):
            found |= {str(one) for one in (value if isinstance(value, list) else [value]) if one}
        for column in item.columns:
            if column.type in ("user", "users") and isinstance(value, list):
                cells = (row.get(column.key) for row in value if isinstance(row, Mapping))
                found |= {str(one) for cell in cells for one in (cell if isinstance(cell, list) else [cell]) if one}
    return found
