"""Who may do a step: parties written as role@place, resolved to positions when read, never stored as users."""

from dataclasses import dataclass
from typing import Literal

PlaceKind = Literal["unit", "agency", "authority", "reception", "same", "parent", "type", "field"]
PartyKind = Literal["role", "applicant", "system", "anyone", "person", "actor"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role is held: a unit key, a word with a meaning per dossier, a unit type, or a field naming units."""

    kind: PlaceKind
    key: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """One party: a role at a place (no place: at any unit of the agency), the applicant, the system, anyone,
    the person in a field (``person``, key = field), or whoever did a step (``actor``, key = step)."""

    kind: PartyKind
    role: str = ""
    place: Place | None = None
    key: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Any one of the parties, or with ``each`` all of them in turn inside one budget."""

    parties: tuple[Party, ...]
    each: bool = False
    text: str = ""
