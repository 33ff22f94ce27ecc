"""The route: steps, ways on, waits, consultations (section 8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.definition.duration import Duration
from app.definition.expression import Expression
from app.definition.model.choice import Choice
from app.definition.model.form import Check
from app.definition.model.time import Pause
from app.definition.model.who import Party, Place, Who


@dataclass(frozen=True, slots=True)
class Target:
    """A step to go to ("end" closes the path), only if the condition is true."""

    step: str
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One line of ``next``: automatic (first true one) or a button (``choose``). Several targets open branches.

    ``comment``: required | optional | none.
    """

    targets: tuple[Target, ...]
    when: Expression | None = None
    choose: str = ""
    title: str = ""
    comment: str = "optional"
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper made at a step."""

    key: str
    title: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Nobody works; something must happen. ``on``: payment | message | date | time (fixed wait).

    ``of``: the fees that must all be paid, or the messages of which one is enough. ``take`` maps our fields to the
    names of values in the message.
    """

    on: str
    of: tuple[str, ...] = ()
    until: Expression | None = None
    last: Duration | None = None
    by_hand: Who | None = None
    take: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """One opinion asked for: from whom, under which title, only if, with its own answer time.

    ``for_each``: the table of which every row is asked about, the row in view.
    """

    by: Party
    title: str = ""
    when: Expression | None = None
    within: Choice[Duration] | None = None
    question: str = ""
    for_each: str = ""


@dataclass(frozen=True, slots=True)
class Consult:
    """Opinions of others, one visit each, all at once. ``silence``: wait, or the opinion that silence counts as."""

    ask: tuple[Ask, ...]
    within: Choice[Duration] | None = None
    opinions: Mapping[str, str] = field(default_factory=dict)
    silence: str = "wait"
    quorum: Expression | None = None
    fills: tuple[str, ...] = ()
    may_add: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """Dossiers of another procedure, begun by a step and linked both ways; one for each row with ``for_each``.

    ``give`` maps their fields (or ``variant``, ``channel``) to our values; ``take`` our fields (``table.column``: the
    row it was called for) to their field, ``dossier``, ``due`` or ``result``.
    """

    procedure: Choice[str]
    give: Mapping[str, Expression] = field(default_factory=dict)
    take: Mapping[str, str] = field(default_factory=dict)
    for_each: str = ""
    wait: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the route. ``does``: intake | work | hand_out | return. ``status``: where the dossier stands.

    ``on_late``: overdue | remind | next | stop | refuse | to (the step ``on_late_to``).
    ``ways`` is never empty: the step below, or "end" for the last one, is filled in when expanding.
    ``allow`` maps each conduct offered here to its overriding rules; ``deny`` names built-in conduct taken away.
    ``pay`` are the fees that can be paid here; ``escalate`` is told of lateness; ``signs`` is the one of several in
    turn who signs (None: the last one); ``bulk``: it may be done for many dossiers at once.
    """

    key: str
    title: str
    by: Choice[Who]
    does: str = "work"
    when: Expression | None = None
    optional: bool = False
    optional_when: Expression | None = None
    within: Choice[Duration] | None = None
    warn: tuple[Duration, ...] = ()
    on_late: str = "overdue"
    on_late_to: str = ""
    phase: str = ""
    handover: str = ""
    status: str = "processing"
    fills: tuple[str, ...] = ()
    attach: tuple[Attachment, ...] = ()
    prints: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    sets: Mapping[str, Expression] = field(default_factory=dict)
    pay: tuple[str, ...] = ()
    allow: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    deny: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    not_from: Place | None = None
    escalate: Who | None = None
    signs: Party | None = None
    bulk: bool = False
    ways: tuple[Way, ...] = ()
    joins: tuple[str, ...] = ()
    pauses: Pause | None = None
    wait: Wait | None = None
    consult: Consult | None = None
    call: Call | None = None
    register: Choice[str] | None = None
    register_into: str = ""
    issues: tuple[str, ...] = ()
    guide: str = ""
    after_result: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """A step table in order; the first step is where a dossier begins."""

    steps: tuple[Step, ...]
    by_key: Mapping[str, Step]
