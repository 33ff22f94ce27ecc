"""Somebody was quicker: who and when, what stands there now, and what this person wrote, nothing of it lost."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from app.definition.model.form import Field
from app.engine.actions import Move
from app.forms.typed import typed_form
from app.screens.procedures.action_fields import OWN, asked_fields
from app.screens.procedures.action_form import fillable
from app.screens.procedures.action_reading import Sent
from app.screens.procedures.action_words import move_title
from app.screens.procedures.case import Case, with_history
from app.screens.procedures.dossier_content import shown

NOT_SENT_AGAIN = frozenset(("csrf_token", "row_version", "key", "keep", "compared", "add_row", "drop_row"))
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer of which two versions exist."""

    name: str
    label: str
    theirs: str
    mine: str


def conflict_response(case: Case, move: Move | None, kind: str, sent: Sent | None) -> Any:
    """The page with both versions, and everything that was sent in hidden controls."""
    case = with_history(case, ())
    differences = tuple(_differences(case, move, sent)) if move is not None and sent is not None else tuple(_words())
    return (
        render_template(
            "mc/procedures/conflict.html",
            case=case,
            who=case.names.person(case.stored.updated_by),
            at=case.stored.updated_at,
            differences=differences,
            may_send=move is not None,
            what=move_title(case, move) if move is not None else "",
            url=case.url("act", kind=kind),
            hidden=tuple(_hidden(sent)),
            key=secrets.token_urlsafe(16),
        ),
        409,
    )


def _differences(case: Case, move: Move, sent: Sent) -> Iterator[Difference]:
    fields = case.procedure.form.fields
    for key in fillable(case, move):
        if key not in sent.typed:
            continue
        stored = case.state.answers.get(key)
        theirs, mine = _shown(case, fields[key], stored), _written(case, fields[key], sent.typed[key])
        if sent.typed[key] != typed_form(fields[key], stored):
            yield Difference(key, fields[key].label, theirs, mine)
    for field in asked_fields(case, move):
        mine = _written(case, field, sent.typed.get(field.key))
        if mine and field.type != "choice":
            yield Difference(field.key, field.label, "", mine)


def _shown(case: Case, field: Field, stored: Any) -> str:
    if field.type == "table":
        return str(len(stored or ()))
    if field.type == "file":
        return _names(stored)
    return shown(case, field, stored)


def _written(case: Case, field: Field, raw: Any) -> str:
    """What was typed, as it was typed; keys of options by their labels."""
    if field.type == "table":
        return str(len(raw or ()))
    if field.type == "file":
        return _names(raw)
    if isinstance(raw, dict):
        return ", ".join(str(part) for part in raw.values() if part)
    labels = {option.key: option.label for option in field.options}
    several = raw if isinstance(raw, list) else [raw]
    if field.type in ("yes_no", "pledge"):
        return shown(case, field, raw == "true") if raw else ""
    return ", ".join(labels.get(str(one), str(one)) for one in several if one not in (None, ""))


def _names(files: Any) -> str:
    several = files if isinstance(files, list) else [files] if files else []
    return ", ".join(str(one.get("name", "")) for one in several)


def _words() -> Iterator[Difference]:
    """Where the work itself is gone: every text that was typed, to be copied."""
    for name, text in request.form.items(multi=True):
        if name.startswith(("f.", OWN)) and text.strip() and not name.endswith(("._row", "._kept")):
            yield Difference(name, "", "", text[:LONGEST])


def _hidden(sent: Sent | None) -> Iterator[tuple[str, str]]:
    """The form again, with files that have arrived already."""
    for name, text in request.form.items(multi=True):
        if name not in NOT_SENT_AGAIN and not name.endswith("._kept"):
            yield name, text
    if sent is None:
        return
    for name, files in sent.kept.items():
        yield from ((f"{name}._kept", str(one.id)) for one in files)
    for key, value in sent.typed.items():
        entries = value if isinstance(value, list) else [value]
        for entry in entries:
            if isinstance(entry, dict) and entry.get("sha256"):
                yield f"f.{key}._kept", f"{entry['sha256']}|{entry.get('name', '')}"
