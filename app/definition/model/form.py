"""The form of a procedure: sections, fields, option lists and cross-field checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.definition.expression import Expression
from app.definition.model.who import Who


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of an option list. ``key`` is stored and never shown; ``since``/``until`` date it (both inclusive)."""

    key: str
    label: str
    code: str = ""
    parent: str = ""
    since: date | None = None
    until: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form, or one column of a table (section 6.2 of the language reference, all defaults filled).

    ``minimum``/``maximum`` are expressions (a literal too). ``columns`` is filled for tables only, in order.
    ``shown_to``: nobody else receives the value (None: everybody who may open the dossier).
    """

    key: str
    label: str
    type: str = "text"
    help: str = ""
    required: bool = False
    required_when: Expression | None = None
    show_when: Expression | None = None
    default: Expression | None = None
    value: Expression | None = None
    options: tuple[Option, ...] = ()
    option_list: str = ""
    measure: str = ""
    decimals: int = 2
    minimum: Expression | None = None
    maximum: Expression | None = None
    min_length: int = 0
    max_length: int = 300
    mask: str = ""
    columns: tuple["Field", ...] = ()
    min_rows: int = 0
    max_rows: int = 200
    totals: tuple[str, ...] = ()
    must_equal: Mapping[str, Expression] = field(default_factory=dict)
    of: str = ""
    accept: tuple[str, ...] = ()
    max_mb: int = 20
    many: bool = False
    in_list: bool = False
    in_filter: bool = False
    in_search: bool = False
    sensitive: bool = False
    public: bool = False
    expires: bool = False
    shown_to: Who | None = None
    prefill: str = ""

    def column(self, key: str) -> "Field | None":
        """The column of a table with this key."""
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of fields, in reading order."""

    key: str
    title: str
    fields: tuple[str, ...]
    show_when: Expression | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule over several fields; ``say`` is shown when it is not true. ``at``: only when that step is left."""

    that: Expression
    say: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """All questions of a procedure. Fields named in no ``fills`` of a step belong to intake."""

    sections: tuple[Section, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    form_code: str = ""
