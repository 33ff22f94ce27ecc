"""Back from stopped to processing, by decision only (section 8.7: 8→4)."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.engine.actions import Action
from app.engine.approval import approvers
from app.engine.clocking import note_clock
from app.engine.conduct import not_allowed, positions_for, wrong_status
from app.engine.conduct_rules import rules_of
from app.engine.rights import may_act
from app.engine.routing import close_all, enter
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal


def may_reopen(turn: Turn, visit: Visit | None) -> str | Refusal:
    """Whoever decides on a stop, after acceptance, while the status is stopped."""
    state = turn.state
    if state.status != "stopped" or state.accepted_at is None or not list(_broken_off(turn)):
        return wrong_status(turn, "reopen")
    rules = rules_of(turn, None, "stop")
    deciding = approvers(turn, rules) or positions_for(turn, rules.get("by"))
    return may_act(turn.actor, deciding) or not_allowed("reopen", deciding)


def reopen(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The steps that were broken off are open again; the clock stood still meanwhile."""
    given = {name: str(action.arguments.get(name, "")).strip() for name in ("decision", "reason")}
    for name, text in given.items():
        if not text:
            return Refusal("required", {"field": name})
    steps = list(dict.fromkeys(_broken_off(turn)))
    close_all(turn, "no_longer")
    turn.emit("reopened", {**given, "position": position})
    if turn.state.clock_state == "stopped":
        note_clock(turn, "reopened", reason=given["decision"])
        for key in _standing_still(turn.state.clock):
            note_clock(turn, "resumed", key=key)
    for key in steps:
        enter(turn, turn.route.steps[key], 0)
    turn.notice("reopened")
    return None


def _broken_off(turn: Turn) -> Iterator[str]:
    """The steps at which the dossier stood when it was ended, those waiting for a supplement too."""
    ended = turn.state.ended_at
    for past in turn.state.past:
        if (
            past.left == ended
            and past.outcome == turn.state.refusal.get("kind")
            and past.kind in ("step", "supplement")
        ):
            yield past.step


def _standing_still(entries: tuple[Mapping[str, Any], ...]) -> tuple[str, ...]:
    """The keys of the pauses that nobody has ended."""
    found: list[str] = []
    for entry in entries:
        if entry["type"] == "paused":
            found.append(str(entry.get("key", "")))
        elif entry["type"] == "resumed" and entry.get("key") in found:
            found.remove(str(entry["key"]))
        elif entry["type"] == "restarted":
            found.clear()
    return tuple(found)
