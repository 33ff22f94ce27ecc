"""Problems of types and names, collected while an expression is checked, and the sentences that belong to them."""

from collections.abc import Iterable, Mapping

from app.definition.expression.types import Type
from app.definition.text_problem import TextProblem, Words, same
from app.vietnamese.spelling import nearest

_ENOUGH = 20  # a longer list helps nobody, and each one costs a search for similar names
_SHOWN_KEYS = 12
_SUGGESTED = 5  # comparing a word with all names costs time; who has more unknown names has another problem


class Findings:
    """The problems of one expression, in the order they were found."""

    def __init__(self) -> None:
        self._problems: list[TextProblem] = []

    def __bool__(self) -> bool:
        return bool(self._problems)

    def in_order(self) -> tuple[TextProblem, ...]:
        """By place."""
        return tuple(sorted(self._problems, key=lambda problem: (problem.offset, problem.rule)))

    def add(self, problem: TextProblem) -> None:
        """Keep one more, up to a reasonable number."""
        if len(self._problems) < _ENOUGH:
            self._problems.append(problem)

    def unknown(
        self, rule: str, place: tuple[int, int], params: Mapping[str, Words], word: str, known: Iterable[str]
    ) -> None:
        """A name or key that does not exist; the nearest three are offered, else all there are."""
        if len(self._problems) >= _ENOUGH:
            return
        keys = list(known)
        close = tuple(nearest(word, keys)) if len(self._problems) < _SUGGESTED else ()
        self.add(
            TextProblem(rule, place[0], place[1] - place[0], params, _offer(close, keys, listed=rule == "R08"), close)
        )

    def unlike(self, place: tuple[int, int], left: Type, right: Type, hint: Words | None = None) -> None:
        """X03: two types that do not go together."""
        left_words, right_words = left.words(), right.words()
        cure = hint or Words(
            f"Bên trái là {left_words.vi}, bên phải là {right_words.vi}; hai bên phải cùng kiểu",
            f"The left side is {left_words.en}, the right side is {right_words.en}; both must be of one type",
        )
        params = {"left": left_words, "right": right_words}
        self.add(TextProblem("X03", place[0], place[1] - place[0], params, cure))


def _offer(close: tuple[str, ...], keys: list[str], *, listed: bool) -> Words:
    """The nearest ones; option keys are few enough to be listed as well."""
    if not keys:
        return Words("Ở đây không có lựa chọn nào", "There is nothing to choose from here")
    shown = ", ".join(keys[:_SHOWN_KEYS]) + ("…" if len(keys) > _SHOWN_KEYS else "")
    if not close:
        return Words(f"Dùng một trong: {shown}", f"Use one of: {shown}")
    quoted = ", ".join(f'"{key}"' for key in close)
    vi, en = f"Có phải là {quoted}?", f"Did you mean {quoted}?"
    return Words(f"{vi} Dùng một trong: {shown}", f"{en} Use one of: {shown}") if listed else Words(vi, en)


def choice_problem(findings: Findings, place: tuple[int, int], key: str, kind: Type) -> None:
    """R08: a key that the option list does not have. The cure always shows keys."""
    name = kind.name or "option"
    findings.unknown("R08", place, {"value": same(key), "field": same(name)}, key, kind.labels())
