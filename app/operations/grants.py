"""What the steps of a procedure let each position do: can_list can_show can_receive can_act."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.model.route import Step
from app.definition.model.who import Party, Place
from app.engine.rights import heads, unit_of

SEE = frozenset(("can_list", "can_show"))
ACT = SEE | {"can_act"}
RECEIVE = ACT | {"can_receive"}

Grants = dict[str, frozenset[str]]


def grants_of(procedure: Procedure, organisation: Organisation) -> Grants:
    """Every position that could ever take part, whatever the case. Which dossiers it sees is decided per dossier."""
    found: Grants = {}
    for route in procedure.route.values():
        for place, step in enumerate(route.steps):
            allowed = RECEIVE if place == 0 or step.does == "intake" else ACT
            for party in _parties(step):
                for position in _positions(party, procedure, organisation):
                    found[position] = found.get(position, frozenset()) | allowed
    known = frozenset(organisation.positions())
    above = {head for position in found for head in heads(unit_of(position), organisation)}
    above |= {f"leader@{unit}" for unit in procedure.authority.values()}
    for position in above:
        found[position] = found.get(position, frozenset()) | ACT
    return {position: allowed for position, allowed in found.items() if position in known}


def _parties(step: Step) -> Iterator[Party]:
    for who in step.by.values():
        yield from who.parties
    if step.consult is not None:
        for ask in step.consult.ask:
            yield ask.by


def _positions(party: Party, procedure: Procedure, organisation: Organisation) -> Iterator[str]:
    """All positions a party may resolve to."""
    if party.kind in ("anyone", "person", "actor"):
        yield from organisation.positions()  # somebody named in a dossier may sit anywhere
    elif party.kind == "role":
        for unit in _units(party, procedure, organisation):
            yield f"{party.role}@{unit}"


def _units(party: Party, procedure: Procedure, organisation: Organisation) -> Iterator[str]:
    place = party.place
    if place is None and party.role == "reception":
        yield from organisation.units_named(procedure.intake_places())
    elif place is None:
        for agency in procedure.agency.values():
            yield from organisation.below(agency)
    else:
        yield from _at(place, procedure, organisation)


def _at(place: Place, procedure: Procedure, organisation: Organisation) -> Iterator[str]:
    fixed: Mapping[str, Any] = {"agency": procedure.agency.values(), "authority": procedure.authority.values()}
    if place.kind == "unit":
        yield place.key
    elif place.kind in fixed:
        yield from fixed[place.kind]
    elif place.kind == "reception":
        yield from organisation.units_named(procedure.intake_places())
    elif place.kind == "type":
        yield from organisation.of_type(place.key)
    else:  # same, parent, field: known only from a dossier
        yield from organisation.units
