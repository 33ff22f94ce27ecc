"""Placeholders of print texts: `{dossier.code}`, `{form.area}`, `{#each fees} … {/each}` (N01)."""

import re
from collections.abc import Iterator, Mapping

from app.definition.rules.references import MOST_NAMES
from app.definition.rules.subject import Finding, Subject
from app.definition.source import near

_PLACE = re.compile(r"\{(?P<inside>[^{}\n]*)\}")
_EACH = re.compile(r"#each\s+(?P<table>\S+)")
# What the platform fills in by itself.
# fmt: off
BUILT_IN = (
    "today", "now", "fees", "dossier.code", "dossier.received", "dossier.due", "dossier.reception", "dossier.variant",
    "dossier.channel", "procedure.title", "procedure.code", "applicant.name", "applicant.kind", "applicant.identity",
    "applicant.address", "applicant.phone", "applicant.email", "agency.title", "agency.parent_title", "agency.place",
    "agency.phone", "authority.title", "unit.title", "step.title", "step.due", "payment.amount", "actor.name",
)
# fmt: on
_FEE_COLUMNS = ("title", "amount", "kind")


def placeholders_of(body: str) -> Iterator[tuple[str, int]]:
    """The names in a text, with their place; a name inside a block over rows stands with the table before it."""
    table = ""
    for match in _PLACE.finditer(body):
        inside = match["inside"].strip()
        each = _EACH.fullmatch(inside)
        if each is not None:
            table = each["table"]
            yield table, match.start()
        elif inside == "/each":
            table = ""
        elif inside.startswith(("#", "/")):
            continue
        else:
            yield (f"{table}[{inside}]" if table else inside), match.start()


def placeholders(subject: Subject) -> Iterator[Finding]:
    """N01: a placeholder that nothing fills in."""
    known = _known(subject)
    for key, text in subject.procedure.prints.items():
        for name, offset in placeholders_of(text.body):
            if name in known:
                continue
            shown = name.partition("[")[2].removesuffix("]") or name
            here = _short(known, name)
            params = {"name": f"{{{shown}}}", "near": near(shown, here), "allowed": here[:MOST_NAMES]}
            yield Finding(("prints", key, "body"), "N01", params, offset=offset)


def _known(subject: Subject) -> tuple[str, ...]:
    fields = subject.procedure.form.fields
    tables: Mapping[str, tuple[str, ...]] = {
        "fees": _FEE_COLUMNS,
        **{key: tuple(column.key for column in field.columns) for key, field in fields.items() if field.columns},
    }
    rows = [f"{table}[{column}]" for table, columns in tables.items() for column in columns]
    # Inside a block over rows everything else is still known.
    around = [f"{table}[{name}]" for table in tables for name in (*BUILT_IN, *(f"form.{key}" for key in fields))]
    parts = [f"form.{key}.{column.key}" for key, field in fields.items() for column in field.columns]
    return (*BUILT_IN, *(f"form.{key}" for key in fields), *parts, *tables, *rows, *around)


def _short(known: tuple[str, ...], name: str) -> tuple[str, ...]:
    """What may stand at this place, without the names of other places."""
    table = name.partition("[")[0] if "[" in name else ""
    if not table:
        return tuple(one for one in known if "[" not in one)
    return tuple(one[len(table) + 1 : -1] for one in known if one.startswith(f"{table}["))
