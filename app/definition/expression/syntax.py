"""The tree as it is read, before anything is known about names and types. Places do not count in ==."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from app.definition.duration import Duration

ConstantKind = Literal["number", "percent", "text", "date", "duration", "flag"]
ConstantValue = int | Fraction | str | date | Duration | bool


@dataclass(frozen=True, slots=True)
class Syntax:
    """Every node knows the characters it stands on."""

    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Constant(Syntax):
    """A literal; a percent already as its hundredth."""

    kind: ConstantKind
    value: ConstantValue


@dataclass(frozen=True, slots=True)
class Path(Syntax):
    """`area`, `applicant.kind`, `people.days`."""

    name: str


@dataclass(frozen=True, slots=True)
class Listed(Syntax):
    """`["a", "b"]`."""

    items: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Call(Syntax):
    """`max(a, b)`."""

    function: str
    arguments: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Negative(Syntax):
    """`-a`."""

    item: Syntax


@dataclass(frozen=True, slots=True)
class Inverted(Syntax):
    """`not a`."""

    item: Syntax


@dataclass(frozen=True, slots=True)
class Joined(Syntax):
    """`a and b and c`, `a or b`."""

    word: Literal["and", "or"]
    items: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Compared(Syntax):
    """`a < b`."""

    sign: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True, slots=True)
class Member(Syntax):
    """`a in [..]`, `a not in names`."""

    item: Syntax
    among: Syntax
    negated: bool


@dataclass(frozen=True, slots=True)
class Asked(Syntax):
    """`a is missing`, `a is not missing`."""

    item: Syntax
    negated: bool


@dataclass(frozen=True, slots=True)
class Chain(Syntax):
    """`a + b - c` or `a * b / c`, flat so that a long chain is not a deep tree; the first sign is `+` or `*`."""

    signs: tuple[str, ...]
    items: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Either(Syntax):
    """`then if condition else otherwise`."""

    condition: Syntax
    then: Syntax
    otherwise: Syntax
