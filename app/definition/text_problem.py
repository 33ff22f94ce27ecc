"""A mistake inside one short text of a definition (an expression, a duration): a value, placed by characters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.definition.words import Words

__all__ = ["NOTHING_TO_SAY", "TextProblem", "Words", "same"]


def same(text: object) -> Words:
    """A key, a name or a number: it reads the same in every language."""
    return Words(str(text), str(text))


NOTHING_TO_SAY = Words("", "")


@dataclass(frozen=True, slots=True)
class TextProblem:
    """The rule broken, the place (``offset``, ``length`` in characters, from 0), the words of the message, the cure."""

    rule: str
    offset: int
    length: int
    params: Mapping[str, Words] = field(default_factory=dict)
    cure: Words = NOTHING_TO_SAY
    nearest: tuple[str, ...] = ()
