"""The organisation: agency, fields of work, roles, units and registers, all with effective dates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Agency:
    """The office whose name heads the prints."""

    key: str
    title: str
    code: str = ""
    parent_title: str = ""
    place: str = ""
    phone: str = ""
    website: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class WorkField:
    """A field of work (lĩnh vực)."""

    key: str
    title: str
    code: str = ""
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A role; its title may differ by level."""

    key: str
    title: str
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the organisation or, with ``outside``, one that answers by letter; from ``since`` to ``until``.

    ``serves``: the communes whose work it has, among the units of its type.
    """

    key: str
    title: str
    short: str = ""
    sign: str = ""
    parent: str = ""
    type: str = ""
    level: str = ""
    code: str = ""
    phone: str = ""
    outside: bool = False
    roles: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successor: str = ""
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """A run of numbers.

    ``number`` is the format, ``restarts`` year|month|day|never, ``scope`` agency|unit, ``series`` a choice field.
    """

    key: str
    title: str
    number: str
    restarts: str = "year"
    first: int = 1
    scope: str = "agency"
    series: str = ""
    secret: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who there is to do the work. ``sources`` maps look-up sources to their titles."""

    agency: Agency
    levels: Mapping[str, str]
    fields: Mapping[str, WorkField]
    roles: Mapping[str, Role]
    unit_types: Mapping[str, str]
    units: Mapping[str, Unit]
    sources: Mapping[str, str]
    registers: Mapping[str, Register] = field(default_factory=dict)
    digest: str = ""

    def ancestry(self, unit: str) -> Iterator[str]:
        """The unit and the units above it, nearest first. Stops at a circle."""
        seen: set[str] = set()
        while unit and unit not in seen and unit in self.units:
            seen.add(unit)
            yield unit
            unit = self.units[unit].parent

    def below(self, unit: str) -> tuple[str, ...]:
        """The unit and every unit below it, in file order."""
        return tuple(key for key in self.units if unit in self.ancestry(key))

    def of_type(self, kind: str, locality: str = "") -> tuple[str, ...]:
        """The units of a type: those that serve the place, or all of them where none says that it does."""
        units = [unit for unit in self.units.values() if unit.type == kind]
        near = [unit for unit in units if locality and locality in unit.serves]
        return tuple(unit.key for unit in near or units)

    def units_named(self, places: Iterable[str]) -> tuple[str, ...]:
        """The units behind unit keys and ``type.<unit type>``, each once."""
        found: dict[str, None] = {}
        for place in places:
            kind = place.removeprefix("type.")
            found |= dict.fromkeys(self.of_type(kind) if kind != place else (place,) if place in self.units else ())
        return tuple(found)

    def positions(self) -> tuple[str, ...]:
        """Every position "role@unit" that can be held by people of ours."""
        return tuple(f"{role}@{unit.key}" for unit in self.units.values() if not unit.outside for role in unit.roles)

    def position_title(self, position: str) -> str:
        """What a position is called: role title, unit title; the keys where one is unknown."""
        role_key, _, unit_key = position.partition("@")
        unit = self.units.get(unit_key)
        role = self.roles.get(role_key)
        role_title = role_key if role is None else role.titles.get(unit.level if unit else "", role.title)
        return f"{role_title}, {unit.short or unit.title if unit else unit_key}"
