"""The peer's models of a procedure file: what a careful team would write with pydantic, unknown keys forbidden.

They know types, closed words and required keys. They know no positions, expressions, shared pieces or other files.
"""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic import Field as Limits

Key = str | int | bool | date  # YAML 1.1 makes true, 2026-03-02 and 12 of keys and values
Text = str | int | float | date
When = str | bool
# fmt: off
FieldType = Literal[
    "text", "long_text", "integer", "decimal", "money", "percent", "area", "date", "datetime", "time", "year", "month",
    "quarter", "duration", "yes_no", "pledge", "choice", "choices", "phone", "email", "url", "person_id", "org_id",
    "passport", "bank_account", "address", "commune", "file", "table", "party", "parcel", "coordinate", "user", "users",
    "unit", "units", "dossier", "note",
]
# fmt: on
Name = Limits(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)


class Part(BaseModel):
    """Every part of a file."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Case(Part):
    """One line of a choice."""

    when: When
    value: Any = Limits(alias="is")
    why: str = ""


class Choice(Part):
    """A value that depends on the case, and what limits of time add to it."""

    default: Any = None
    cases: list[Case] = []
    add: list[dict[str, Text]] = []
    starts: str = ""
    cutoff: str | int = ""
    legal: Any = None


class Days(Part):
    """From when until when."""

    since: date = Limits(alias="from")
    to: date | None = None


class Titled(Part):
    """A variant or a result."""

    key: str = Name
    title: str
    when: When | None = None
    register_: str = Limits("", alias="register")
    refusal: bool = False
    given_as: list[str] | str | bool = ""
    valid: Text | None = None


class Field(Part):
    """One field of the form."""

    label: str = ""
    type: FieldType = "text"
    help: str = ""
    required: bool = False
    required_when: When | None = None
    show_when: When | None = None
    default: Text | list[str] | None = None
    value: Text | None = None
    options: dict[Key, Any] | list[Any] | str | None = None
    measure: str = ""
    decimals: int = 0
    min: Text | None = None
    max: Text | None = None
    min_length: int | None = None
    max_length: int | None = None
    mask: str = ""
    accept: list[str] | str = ""
    max_mb: int | None = None
    many: bool = False
    sensitive: bool = False
    of: str = ""
    public: bool = False
    columns: dict[str, Any] | None = None
    min_rows: int | None = None
    max_rows: int | None = None
    totals: list[str] = []
    must_equal: str = ""
    shown_to: str | list[str] = ""
    prefill: str = ""
    expires: Any = None
    list_: bool = Limits(False, alias="list")
    filter: bool = False
    search: bool | str = False


class Form(Part):
    """The form."""

    use: str = ""
    sections: list[dict[str, Any]] = []
    fields: dict[str, Field] = {}
    checks: list[dict[str, Any]] = []
    hide: list[str] = []


class Paper(Part):
    """A document, or a group of them."""

    use: str = ""
    key: str = ""
    group: str = ""
    title: str = ""
    form: str = ""
    form_code: str = ""
    of: Literal["one", "all", "any", ""] | int = ""
    when: When | None = None
    required: bool = True
    required_when: When | None = None
    originals: int | str = 0
    copies: int | str = 0
    certified_copies: int | str = 0
    returned: bool = False
    replaced_by: str = ""
    note: str = ""
    help: str = ""
    items: list["Paper"] = []


class Fee(Part):
    """A fee."""

    key: str = Name
    title: str
    kind: Literal["fee", "charge", "obligation", "service", "deposit"]
    collect: str
    amount: int | str | Choice | dict[str, Any]
    when: When | None = None
    decision: str = ""
    set_by: str = ""
    times: str | int = ""
    reductions: list[dict[str, Any]] = []
    exemptions: list[dict[str, Any]] = []
    payee: str = ""
    unit: str = ""


class Step(BaseModel):
    """A step; the rest of its many keys is free."""

    model_config = ConfigDict(extra="allow")
    step: str = Name
    title: str
    by: str | Choice | list[str] = ""
    within: str | Choice = ""
    phase: str = ""
    when: When | None = None
    fills: list[str] = []
    allow: list[str | dict[str, Any]] = []


class Procedure(Part):
    """The file."""

    schema_: Literal[1] = Limits(alias="schema")
    key: str = Limits(pattern=r"^[a-z][a-z0-9_-]*/[a-z][a-z0-9_-]*$", max_length=121)
    title: str = Limits(min_length=1, max_length=500)
    short_title: str = Limits("", max_length=60)
    code: str = ""
    field: str = Name
    agency: str | Choice
    authority: str | Choice = ""
    partners: list[str] = []
    applicants: list[str] = Limits([], alias="for")
    channels: list[Literal["counter", "post", "online"]] = []
    effective: Days
    announced: dict[str, Text] = {}
    legal_basis: list[str | dict[str, Text]] = []
    requirements: list[str | dict[str, Any]] = []
    variants: list[Titled] = []
    results: list[Titled]
    conduct: dict[str, Any] = {}
    time_limit: str | Choice
    phases: list[dict[str, Any]] = []
    form: Form
    documents: list[Paper]
    fees: list[Fee] = []
    route: list[Step] | dict[str, Any]
    screens: dict[str, Any] = {}
    tests: list[dict[str, Any]] = []
    source: str = Limits("", alias="x-source")


PROCEDURE: TypeAdapter[Procedure] = TypeAdapter(Procedure)
