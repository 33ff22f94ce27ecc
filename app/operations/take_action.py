"""Do one thing with a dossier: a step, or any conduct the engine knows."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from app.engine.moves import Action, move
from app.engine.state import State
from app.engine.world import Refusal
from app.operations.dossier_change import keep_outcome, refusing_calls, setting_for
from app.storage.catalogue_store import holder
from app.storage.database import writing
from app.storage.dossiers import lock_dossier
from app.storage.files import StoredFile, placed, waiting_files
from app.storage.outcomes import Done, first_done, remember_done
from app.storage.people import Person


@refusing_calls
def take_action(
    dossier_id: int,
    row_version: int | None,
    action: Action,
    by: Person,
    now: datetime,
    *,
    key: str = "",
    files: Collection[int] = (),
) -> Done | Refusal:
    """The outcome, or the engine's refusal, or one of ours: not_found, stale {by, at}.

    ``row_version``: the version the person saw (None: whatever it is now). ``key``: a submission sent twice with the
    same key gets its first answer. ``files``: uploaded with ``attach_file`` for this dossier, now put in their place.
    """
    catalogue = holder.current()
    with writing() as session:
        done = first_done(session, by.user_id, key)
        if done is not None:
            return done
        stored = lock_dossier(session, dossier_id, by.badges)
        if stored is None:
            return Refusal("not_found")
        if row_version is not None and row_version != stored.row_version:
            return Refusal("stale", {"by": stored.updated_by, "at": stored.updated_at})
        setting = setting_for(session, catalogue, stored.state.procedure, stored.state.number, now)
        uploaded = waiting_files(session, files, dossier_id, by.username) if files else ()
        asked = with_files(action, uploaded, stored.state)
        outcome = move(setting.procedure, stored.state, asked, by.actor, now, setting.world)
        if isinstance(outcome, Refusal):
            session.rollback()  # numbers may have been taken on the way
            return outcome
        done = keep_outcome(session, stored, outcome, setting, by, now)
        remember_done(session, by.user_id, key, done, now)
        return done


def with_files(action: Action, files: Collection[StoredFile], state: State) -> Action:
    """The action with the uploaded files in the papers, attachments and fields they were uploaded for."""
    if not files:
        return action
    places = placed(files)
    return action._replace(
        documents=merged(action.documents, places.get("document", {}), state.documents),
        attach=merged(action.attach, places.get("attach", {}), {}),
        fill={**action.fill, **{key: _one_or_all(entries) for key, entries in places.get("field", {}).items()}},
    )


def merged(
    given: Mapping[str, Any], files: Mapping[str, list[dict[str, Any]]], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Files added to what was said of a paper now, or before; ``True`` (all that was asked for) becomes the files."""
    found = dict(given)
    for key, entries in files.items():
        said = found.get(key, known.get(key, {}))
        entry = {name: value for name, value in said.items() if name != "at"} if isinstance(said, Mapping) else {}
        found[key] = {**entry, "files": [*entry.get("files", ()), *entries]}
    return found


def _one_or_all(entries: list[dict[str, Any]]) -> Any:
    return entries[0] if len(entries) == 1 else entries
