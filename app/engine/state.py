"""What did happen to one dossier: the value that folding its journal gives. Frozen, comparable, cheap to copy."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, NamedTuple

LONG_AGO = datetime(1, 1, 1)  # before every event


class Visit(NamedTuple):
    """One stay at a step (or an opinion, a supplement, an approval asked for).

    ``outcome`` is empty while it is open. ``positions`` may act; ``holder`` has taken it. ``party`` is of whom an
    opinion is asked, as written, ``row`` the row it is asked about (``table.key``); ``budget`` the time allowed, in
    words; ``taken`` who did their turn before.
    """

    number: int
    step: str
    kind: str = "step"
    positions: tuple[str, ...] = ()
    holder: str = ""
    entered: datetime = LONG_AGO
    due: datetime | None = None
    left: datetime | None = None
    actor: str = ""
    position: str = ""
    chosen: str = ""
    outcome: str = ""
    parent: int = 0
    after: int = 0
    title: str = ""
    party: str = ""
    sent: datetime | None = None
    opinion: str = ""
    budget: str = ""
    turn: int = 0
    taken: tuple[str, ...] = ()
    note: str = ""
    row: str = ""
    question: str = ""


@dataclass(frozen=True)
class State:
    """Everything known of a dossier. Mappings and what is in them are never changed, only replaced."""

    procedure: str = ""
    number: int = 0
    kind: str = "service"
    status: str = ""
    code: str = ""
    variant: str = ""
    channel: str = ""
    level: str = ""
    unit: str = ""
    agency: str = ""
    authority: str = ""
    locality: str = ""
    route: int = -1
    sent_at: datetime | None = None
    received_at: datetime | None = None
    arrived_at: datetime | None = None
    accepted_at: datetime | None = None
    applicant: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, Any] = field(default_factory=dict)
    attachments: Mapping[str, Any] = field(default_factory=dict)
    fees: Mapping[str, Any] = field(default_factory=dict)
    visits: tuple[Visit, ...] = ()
    past: tuple[Visit, ...] = ()
    included: tuple[str, ...] = ()
    arrived: tuple[str, ...] = ()
    clock: tuple[Mapping[str, Any], ...] = ()
    limit: Mapping[str, Any] = field(default_factory=dict)
    due: datetime | None = None
    first_due: datetime | None = None
    legal_due: datetime | None = None
    phase_due: Mapping[str, str | None] = field(default_factory=dict)
    clock_state: str = "not_started"
    result_class: str = ""
    finished_at: datetime | None = None
    ended_at: datetime | None = None
    returned_at: datetime | None = None
    requests: tuple[Mapping[str, Any], ...] = ()
    extensions: int = 0
    transfers: tuple[Mapping[str, Any], ...] = ()
    corrections: tuple[Mapping[str, Any], ...] = ()
    approvals: Mapping[str, Any] = field(default_factory=dict)
    member_answers: Mapping[str, Any] = field(default_factory=dict)
    numbers: Mapping[str, Any] = field(default_factory=dict)
    results: Mapping[str, Any] = field(default_factory=dict)
    prints: tuple[str, ...] = ()
    receiver: Mapping[str, Any] = field(default_factory=dict)
    refusal: Mapping[str, Any] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    calls: Mapping[str, Any] = field(default_factory=dict)
    called_by: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""
    period_closes_at: datetime | None = None
    follows: str = ""
    comments: int = 0
    last_left: int = 0
    last_at: datetime = LONG_AGO
    sequence: int = 0

    @property
    def supplements(self) -> int:
        """How often a supplement was asked for."""
        return len(self.requests)

    def copy(self) -> "State":
        """A second value with the same fields; only the fold writes into it, before anybody sees it."""
        twin = object.__new__(State)
        twin.__dict__.update(self.__dict__)
        return twin

    def visit(self, number: int) -> Visit | None:
        """The open visit with this number."""
        return next((visit for visit in self.visits if visit.number == number), None)

    def open_step(self, step: str) -> Visit | None:
        """The open visit of this step."""
        for visit in self.visits:
            if visit.step == step and visit.kind == "step":
                return visit
        return None

    def done(self, step: str) -> tuple[Visit, ...]:
        """The past visits in which the step was really done, the oldest first."""
        return tuple(v for v in self.past if v.step == step and v.kind == "step" and v.outcome == "done")


_VISIT_MOMENTS = frozenset(("entered", "due", "left", "sent"))
_VISIT_TUPLES = frozenset(("positions", "taken"))
_MOMENTS = frozenset(
    name.name for name in fields(State) if name.name.endswith("_at") or name.name in ("due", "first_due", "legal_due")
)
_TUPLES = frozenset(("included", "arrived", "clock", "requests", "transfers", "corrections", "prints", "messages"))


def visit_to_json(visit: Visit) -> dict[str, Any]:
    """Only what is not empty, so that a stored visit stays short."""
    document: dict[str, Any] = {}
    for name, value in visit._asdict().items():
        if isinstance(value, datetime):
            document[name] = value.isoformat()
        elif value not in ("", None, 0, ()):
            document[name] = list(value) if isinstance(value, tuple) else value
    return document


def visit_from_json(document: Mapping[str, Any]) -> Visit:
    """What `visit_to_json` wrote."""
    values = dict(document)
    for name in _VISIT_MOMENTS & values.keys():
        values[name] = datetime.fromisoformat(values[name])
    for name in _VISIT_TUPLES & values.keys():
        values[name] = tuple(values[name])
    return Visit(**values)


def state_to_json(state: State) -> str:
    """Canonical text: keys in order, no floats, so that equal states are equal byte by byte."""
    document: dict[str, Any] = {}
    for name, value in state.__dict__.items():
        if name in ("visits", "past"):
            document[name] = [visit_to_json(visit) for visit in value]
        elif isinstance(value, datetime):
            document[name] = value.isoformat()
        else:
            document[name] = value
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def state_from_json(text: str) -> State:
    """The state that `state_to_json` wrote."""
    values = json.loads(text)
    for name in _MOMENTS & values.keys():
        values[name] = None if values[name] is None else datetime.fromisoformat(values[name])
    for name in _TUPLES & values.keys():
        values[name] = tuple(values[name])
    for name in ("visits", "past"):
        values[name] = tuple(visit_from_json(item) for item in values.get(name, ()))
    return State(**values)
