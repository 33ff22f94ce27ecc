"""A rule about keys that people take for one another (S12)."""

from collections.abc import Iterable, Iterator

from app.definition.rules.subject import Finding, KeyPath, Subject

# What looks the same in many a font, or is left out when a key is said aloud.
_ALIKE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("_", ""))


def keys_alike(subject: Subject) -> Iterator[Finding]:
    """S12: two fields, columns of one table or steps whose keys look alike."""
    fields = subject.procedure.form.fields
    yield from _alike((("form", "fields", key), key) for key in fields)
    for key, field in fields.items():
        yield from _alike((("form", "fields", key, "columns", one.key), one.key) for one in field.columns)
    for table in subject.tables:
        yield from _alike(((*placed.path, "step"), placed.step.key) for placed in table.steps)


def _alike(keys: Iterable[tuple[KeyPath, str]]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for path, key in keys:
        first = seen.setdefault(_looks(key), key)
        if first != key:
            yield Finding(path, "S12", {"a": first, "b": key}, on_key=path[-1] != "step")


def _looks(key: str) -> str:
    for written, taken_for in _ALIKE:
        key = key.replace(written, taken_for)
    return key
