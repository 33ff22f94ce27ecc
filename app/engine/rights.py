"""Who may act and who may read: parties of a procedure resolved to positions (``role@unit``) when asked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.model.who import Party, Place, Who
from app.engine.plan import plan_of
from app.engine.state import State, Visit
from app.engine.world import Actor

APPLICANT, SYSTEM_POSITION, ANYONE = "applicant", "system", "anyone"
USER = "user:"
NOBODY = ("", APPLICANT, SYSTEM_POSITION)
_NOT_STAFF = frozenset((APPLICANT, SYSTEM_POSITION))


def may_act(actor: Actor, positions: Iterable[str]) -> str:
    """The position as which the actor may act; empty if none of his are among them."""
    held = actor.positions
    for position in positions:
        if position in held or position == USER + actor.user:
            return position
        if position == ANYONE and is_staff(held):
            return ANYONE
    return ""


def is_staff(positions: frozenset[str]) -> bool:
    """Whether they are those of a person of the house."""
    return bool(positions - _NOT_STAFF)


def unit_of(position: str) -> str:
    """The unit of a position."""
    return position.partition("@")[2]


def previous_person(state: State) -> Visit | None:
    """The last step done by a person of ours."""
    for visit in reversed(state.past):
        if visit.kind == "step" and visit.actor not in NOBODY:
            return visit
    return None


def positions_of(
    who: Who,
    procedure: Procedure,
    state: State,
    organisation: Organisation,
    *,
    turn: int = 0,
    on: date | None = None,
) -> tuple[str, ...]:
    """The positions that may act now: those of any party, with ``each`` those of the party whose turn it is.

    Where nobody is found the head of the agency is asked, so that no work falls into a hole.
    """
    parties = (who.parties[turn],) if who.each and turn < len(who.parties) else who.parties
    found = dict.fromkeys(position for party in parties for position in party_positions(party, state, organisation, on))
    return tuple(found) or (f"head@{state.agency}",)


def party_positions(
    party: Party, state: State, organisation: Organisation, on: date | None = None, row: Mapping[str, Any] | None = None
) -> Iterator[str]:
    """The positions of one party; ``row`` is the row of a table that the party's field belongs to."""
    if party.kind in (APPLICANT, SYSTEM_POSITION, ANYONE):
        yield party.kind
    elif party.kind == "person":
        yield from (USER + user for user in named(state.answers, party.key, row))
    elif party.kind == "actor":
        yield from _doer(state, party.key)
    else:
        for unit in _units(party, state, organisation, row):
            yield from _at_unit(party.role, unit, state, organisation, on)


def _doer(state: State, step: str) -> Iterator[str]:
    done = state.done(step)
    if done:
        actor = done[-1].actor
        yield actor if actor in NOBODY else USER + actor


def _at_unit(role: str, key: str, state: State, organisation: Organisation, on: date | None) -> Iterator[str]:
    """The position itself; for a unit outside the house whoever did the step before answers for it (ruling 12)."""
    unit = organisation.units.get(key)
    if unit is not None and unit.outside:
        before = previous_person(state)
        if before is not None:
            yield from before.positions
        return
    if unit is not None and on is not None and unit.until is not None and unit.until < on and unit.successor:
        key = unit.successor
    yield f"{role}@{key}"


def _units(
    party: Party, state: State, organisation: Organisation, row: Mapping[str, Any] | None
) -> tuple[str, ...] | list[str]:
    if party.place is None:
        return (
            (state.unit or state.agency,) if party.role == "reception" else _anywhere(party.role, state, organisation)
        )
    return units_at(party.place, state, organisation, row)


def units_at(
    place: Place, state: State, organisation: Organisation, row: Mapping[str, Any] | None = None
) -> tuple[str, ...] | list[str]:
    """The units that a place means for this dossier."""
    if place.kind == "unit":
        return (place.key,)
    if place.kind == "agency":
        return (state.agency,)
    if place.kind == "authority":
        return (state.authority,)
    if place.kind == "reception":
        return (state.unit or state.agency,)
    return _relative_units(place.kind, place.key, state, organisation, row)


def _relative_units(
    kind: str, key: str, state: State, organisation: Organisation, row: Mapping[str, Any] | None
) -> tuple[str, ...] | list[str]:
    if kind == "type":
        return organisation.of_type(key, state.locality)
    if kind == "field":
        return named(state.answers, key, row)
    before = previous_person(state)
    unit = unit_of(before.position) if before is not None else ""
    if kind == "parent" and unit in organisation.units:
        unit = organisation.units[unit].parent or unit
    return (unit or state.agency,)


def _anywhere(role: str, state: State, organisation: Organisation) -> tuple[str, ...]:
    """A role without a place: at any unit of the agency that has it."""
    units = (organisation.units[key] for key in organisation.below(state.agency))
    return tuple(unit.key for unit in units if role in unit.roles) or (state.agency,)


def named(answers: Mapping[str, Any], path: str, row: Mapping[str, Any] | None = None) -> list[str]:
    """The people or units named in a field, or in a column of a table (one row of it, if that is given)."""
    field, _, column = path.partition(".")
    value = answers.get(field)
    if column:
        rows = (row,) if row is not None else value if isinstance(value, list) else ()
        values = [item.get(column) for item in rows if isinstance(item, Mapping)]
    else:
        values = value if isinstance(value, list) else [value]
    return [str(item) for item in values if item]


# ---- reading


def readers(procedure: Procedure, state: State, organisation: Organisation) -> frozenset[str]:
    """Who may open the dossier: whoever takes part in a step, their heads, the authority's leader, its reception.

    A secret one only whom `access.view` names, and whoever has the work.
    """
    found = {p for who in procedure.access.view for p in _all_positions(who, state, organisation)}
    if is_secret(procedure, state):
        found.update(position for visit in state.visits for position in visit.positions)
        found.update(USER + visit.holder for visit in state.visits if visit.holder)
        return frozenset(found - {"", ANYONE})
    plan = plan_of(procedure).route(state.route)
    for step in plan.steps.values():
        for who in step.step.by.values():
            parties = who.parties
            found.update(p for party in parties for p in party_positions(party, state, organisation))
    found.discard(ANYONE)  # whoever may begin a dossier may not therefore read all of them
    for visit in (*state.visits, *state.past):
        found.update(visit.positions if not visit.outcome else ())
        if visit.actor not in NOBODY:
            found.add(USER + visit.actor)
    units = {unit_of(position) for position in found if "@" in position and not position.startswith(USER)}
    found.update(head for unit in units for head in heads(unit, organisation))
    found.update((f"leader@{state.authority}", f"reception@{state.unit or state.agency}"))
    return frozenset(found - {""})


def _all_positions(who: Who, state: State, organisation: Organisation) -> Iterator[str]:
    return (position for party in who.parties for position in party_positions(party, state, organisation))


def is_secret(procedure: Procedure, state: State) -> bool:
    """Whether the dossier is secret: its field of secrecy holds another option than the first."""
    field = procedure.form.fields.get(procedure.access.secrecy)
    level = state.answers.get(procedure.access.secrecy) if field is not None else None
    return field is not None and level is not None and bool(field.options) and level != field.options[0].key


def may_open(badges: frozenset[str], procedure: Procedure, state: State, organisation: Organisation) -> bool:
    """Whether these badges may see sensitive values: who works on the dossier may, who was only asked does not."""
    works = replace(
        state,
        visits=tuple(visit for visit in state.visits if visit.kind != "opinion"),
        past=tuple(visit for visit in state.past if visit.kind != "opinion"),
    )
    return may_read(badges, readers(procedure, works, organisation))


def heads(unit: str, organisation: Organisation) -> tuple[str, ...]:
    """Who stands above a unit's people: its head and leader, or those of the nearest unit above that has one."""
    for key in organisation.ancestry(unit):
        found = tuple(f"{role}@{key}" for role in ("head", "leader") if role in organisation.units[key].roles)
        if found:
            return found
    return ()


def may_read(positions: frozenset[str], allowed: frozenset[str]) -> bool:
    """Whether somebody holding these positions (his own ``user:`` among them) may open the dossier."""
    return not positions.isdisjoint(allowed) or (ANYONE in allowed and is_staff(positions))
