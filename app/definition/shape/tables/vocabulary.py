"""Kinds and words that many tables use."""

from __future__ import annotations

from app.definition.shape.reader import Kind
from app.definition.shape.scalars import Code, DurationText, Expression, Flag, Integer, Key, Moment, Text
from app.definition.shape.structures import Choice, Either, ListOf
from app.definition.shape.who import WhoKind
from app.definition.source import KeyFlavour
from app.definition.words import Words

TITLE = Text(300)
LABEL = Text(120)
HELP = Text(500)
LINE = Text(1000)
CODE = Code()
FLAG = Flag()
EXPRESSION = Expression()
NAME_KEY = Key()
COLUMN_KEY = Key(dotted=True)
FILE_KEY = Key(KeyFlavour.FILE)
PATH_KEY = Key(KeyFlavour.PATH)
DATE = Moment("date")
MOMENT = Moment("moment")
TIME = Moment("time")
COUNT = Integer(0, 99)
SCHEMA_VERSION = Integer(0)
DURATION = DurationText(refused=("phases", "until"))
BUDGET = DurationText(steps=True)
WHO = WhoKind()
# Prints that the platform brings along; a procedure may name them without declaring them.
STANDARD_PRINTS = ("receipt", "supplement", "refusal", "apology", "stop", "control_slip")


def choice(inner: Kind) -> Choice:
    """A value that may depend on the case."""
    return Choice(inner, EXPRESSION, TITLE)


def names(item: Kind = NAME_KEY) -> ListOf:
    """A list of keys."""
    return ListOf(item)


def flag_or(expected: Words, other: Kind) -> Either:
    """A flag, or a mapping."""
    return Either(expected, scalar=FLAG, mapping=other)
