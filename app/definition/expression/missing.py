"""The one value for "not known": a missing answer, and the third truth value of section 5.4."""

from enum import Enum
from typing import Final, Literal


class Missing(Enum):
    """An enum of one member, so that type checkers can tell it from every other value."""

    MISSING = "missing"

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing.MISSING
Unknown = Literal[Missing.MISSING]
