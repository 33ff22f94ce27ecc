"""A print as a value: what heads it, who signs it, and its text as a small tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from app.definition.expression import Expression
from app.definition.model.who import Who

Layout = Literal["letter", "receipt", "control_slip"]


@dataclass(frozen=True, slots=True)
class Plain:
    """Words that stand on the paper as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A place that is filled in: a built-in name, `form.<field>`, or a column of the row in view."""

    name: str
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Each:
    """Its parts once for every row of a table; `{n}` is the number of the row."""

    table: str
    parts: tuple[Part, ...]
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class When:
    """Its parts only where the condition is true."""

    condition: Expression
    parts: tuple[Part, ...]


Part = Plain | Filled | Each | When


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: under which words, and which person. ``who`` None: whoever makes the paper. No ``words``: the role."""

    words: str = ""
    who: Who | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """A slip or letter of the office. It is made for dossiers received from ``since`` to ``until`` only.

    ``layout`` letter is drawn from ``text``; the others have a form of their own. ``sign`` stands after a number that
    is left open (``…/HDHS``); ``register`` is the one that numbers it. ``unconfirmed``: what of a standard wording
    nobody could hold against the text of the circular yet.
    """

    key: str
    title: str
    text: tuple[Part, ...] = ()
    form_code: str = ""
    sign: str = ""
    paper: str = "A4"
    landscape: bool = False
    copies: int = 1
    copy_names: tuple[str, ...] = ()
    register: str = ""
    signers: tuple[Signer, ...] = ()
    recipients: tuple[Part, ...] = ()
    advice: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    layout: Layout = "letter"
    unconfirmed: str = ""

    def is_in_force(self, day: date) -> bool:
        """Whether it is for dossiers received on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
