"""Collects what is found wrong after reading, at places in whichever file a value came from."""

from __future__ import annotations

from collections.abc import Mapping

from app.definition.messages.rule import Param
from app.definition.problem import Problem, Severity
from app.definition.shape.offsets import place_of_offset
from app.definition.shape.tree import Mark


class Collector:
    """Problems at marks. What has no mark (a default) cannot be wrong in any file and is not told."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def tell(self, rule: str, mark: Mark | None, *, on_key: bool = False, **params: Param) -> None:
        """Note a problem at the value, or with ``on_key`` at its key."""
        self.add(rule, mark, params, on_key=on_key)

    def add(
        self,
        rule: str,
        mark: Mark | None,
        params: Mapping[str, Param],
        *,
        on_key: bool = False,
        offset: int = 0,
        severity: Severity | None = None,
    ) -> None:
        """The same with everything a finding may carry: a character of the text, another severity."""
        if mark is None:
            return
        node = mark.key if on_key and mark.key is not None else mark.node
        line, column = place_of_offset(node, offset)
        self.problems.append(Problem(mark.file, line, column, rule, params, severity))
