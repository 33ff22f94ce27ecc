"""The rules of standard conduct: the legal defaults of section 8.6, what the procedure says, what the step says."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from app.definition.compile_who import compile_who
from app.definition.duration import Duration
from app.definition.model.choice import Choice
from app.definition.model.route import Step
from app.definition.model.who import Who
from app.engine.timing import duration_of
from app.engine.turn import Turn

Rules = Mapping[str, Any]

# Offered at every step of a person without being asked for; services may always extend and stop.
BUILT_IN = frozenset(("comment", "reassign", "recall", "send_back"))
# Where the law gives the conduct to whoever accepts, before acceptance.
AT_INTAKE = frozenset(("refuse", "supplement"))
SERVICE_BUILT_IN = frozenset(("extend", "stop", "withdraw", "resubmit"))
LEGAL: dict[str, Rules] = {
    "supplement": {
        "max": 1,
        "by": "reception",
        "within": "3 working days",
        "then": "restart",
        "answer_within": "30 days",
        "on_late": "stop",
        "print": ("supplement",),
    },
    "refuse": {"approve": "leader@authority", "print": ("refusal",)},
    "withdraw": {"print": ("stop",)},
    "stop": {"by": "head@agency", "approve": "leader@authority", "print": ("stop",)},
    "extend": {"max": 1, "before": "1 working day", "by": "leader@authority", "print": ("apology",)},
    "send_back": {"comment": "required"},
    "transfer": {"within": "1 working day"},
    "correct": {"by": "clerk@agency"},
}


def is_offered(turn: Turn, step: Step, name: str) -> bool:
    """Whether a conduct belongs to this step at all."""
    if name in step.deny:
        return False
    if name in step.allow or name in BUILT_IN:
        return True
    if name in AT_INTAKE:
        return step.does == "intake" and turn.state.accepted_at is None
    return name in SERVICE_BUILT_IN and turn.state.kind == "service"


def rules_of(turn: Turn, step: Step | None, name: str) -> Rules:
    """The rules that hold: the law's, then the procedure's, then the step's own."""
    own = step.allow.get(name, {}) if step is not None else {}
    return {**LEGAL.get(name, {}), **turn.procedure.conduct.get(name, {}), **own}


def number_of(turn: Turn, value: object) -> int | None:
    """A limit on how often in this case; None for none."""
    picked = str(_picked(turn, value))
    return int(picked) if picked.isdecimal() else None


def word_of(turn: Turn, value: object, otherwise: str) -> str:
    """A word of a closed list in this case."""
    picked = _picked(turn, value)
    return picked if isinstance(picked, str) and picked else otherwise


def time_of(turn: Turn, value: object) -> Duration | None:
    """A span of time of this case; None where there is no limit."""
    picked = _picked(turn, value)
    duration = duration_of(picked) if isinstance(picked, str) and picked else picked
    return duration if isinstance(duration, Duration) and duration.kind != "none" else None


def text_of_time(turn: Turn, value: object) -> str:
    """The same in words; empty where there is none."""
    duration = time_of(turn, value)
    return duration.to_text() if duration is not None else ""


def _picked(turn: Turn, value: object) -> object:
    return value.pick(turn.env) if isinstance(value, Choice) else value


@lru_cache(maxsize=256)
def _who(text: str | tuple[str, ...]) -> Who:
    return compile_who(text)


def who_of(value: object) -> Who | None:
    """Who may do it; None where the rules do not say."""
    if isinstance(value, Who):
        return value
    if isinstance(value, str) and value:
        return _who(value)
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
        return _who(tuple(str(item) for item in value))
    return None
