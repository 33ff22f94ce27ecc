"""Texts of prints: every place is filled in by something, and only a standard print may do without a text (N01 K02)."""

from collections.abc import Iterator, Mapping

from app.definition.model.print_text import Each
from app.definition.print_names import NAMES, ROW_NUMBER, TABLES, places_in
from app.definition.rules.references import MOST_NAMES
from app.definition.rules.subject import Finding, Subject
from app.definition.shape.tables.vocabulary import STANDARD_PRINTS
from app.definition.source import near
from app.definition.words import Words


def placeholders(subject: Subject) -> Iterator[Finding]:
    """N01: a placeholder that nothing fills in, or rows of something that has none."""
    known = _Known(subject)
    for key, one in subject.procedure.prints.items():
        for place, table in places_in(one.text):
            name = place.table if isinstance(place, Each) else place.name
            allowed = tuple(known.tables) if isinstance(place, Each) else known.names_in(table)
            if name not in allowed:
                params = {"name": f"{{{name}}}", "near": near(name, allowed), "allowed": allowed[:MOST_NAMES]}
                yield Finding(("prints", key, "body"), "N01", params, offset=place.offset)


def without_text(subject: Subject) -> Iterator[Finding]:
    """K02: a print that is none of the standard ones and says nothing."""
    for key, one in subject.expanded.get("prints", {}).items():
        if "body" not in one and key not in STANDARD_PRINTS:
            place = Words(f"mẫu in “{key}”", f'print "{key}"')
            yield Finding(("prints", key), "K02", {"key": "body", "place": place}, on_key=True)


class _Known:
    """What may stand in braces: built-in names, fields, and in a block over rows its columns first."""

    def __init__(self, subject: Subject) -> None:
        fields = subject.procedure.form.fields
        of_form: Mapping[str, tuple[str, ...]] = {
            key: tuple(column.key for column in field.columns) for key, field in fields.items() if field.columns
        }
        self.tables = {**{key: tuple(columns) for key, columns in TABLES.items()}, **of_form}
        parts = (f"form.{key}.{column}" for key, columns in of_form.items() for column in columns)
        self._everywhere = (*NAMES, "fees", *(f"form.{key}" for key in fields), *parts)

    def names_in(self, table: str) -> tuple[str, ...]:
        """The names known in a row of the table ("" = outside of all)."""
        return (*self.tables.get(table, ()), ROW_NUMBER, *self._everywhere) if table else self._everywhere
