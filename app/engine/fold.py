"""The one place where events become state: ``state == fold(events)``, always.

A handler gets the fields of a copy that nobody has seen yet and replaces values in it; it looks at nothing but the
event, so that a journal read back from storage gives the same state byte for byte.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from app.engine.events import Event
from app.engine.state import State, Visit

Fields = dict[str, Any]
_new = tuple.__new__

# After these the person who left a step last may still take it back: they are consequences of the leaving itself.
_CONSEQUENCES = frozenset(
    (
        "step_entered",
        "status_changed",
        "clock",
        "join_reached",
        "join_passed",
        "comment_added",
        "step_left",
        "print_ordered",
    )
)


def moment(value: str | None) -> datetime | None:
    """A moment as it stands in an event."""
    return None if value is None else datetime.fromisoformat(value)


def apply_to(fields: Fields, event: Event) -> None:
    """Write one event into the fields of a state that nobody has seen yet."""
    kind = event.type
    if kind not in _CONSEQUENCES and fields["last_left"]:
        fields["last_left"] = 0
    _HANDLERS[kind](fields, event, event.data)
    fields["sequence"] += 1
    fields["last_at"] = event.at


def apply(state: State, event: Event) -> State:
    """The state after one more event."""
    twin = state.copy()
    apply_to(twin.__dict__, event)
    return twin


def fold(events: Iterable[Event], state: State | None = None) -> State:
    """The state after all events, from the beginning or from a state already folded."""
    twin = (state or State()).copy()
    for event in events:
        apply_to(twin.__dict__, event)
    return twin


_NOT_PLAIN = frozenset(("sent_at", "received_at", "accepted"))


def _opened(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields.update((name, value) for name, value in data.items() if name not in _NOT_PLAIN)
    fields["sent_at"] = moment(data.get("sent_at"))
    fields["received_at"] = moment(data.get("received_at"))
    if data.get("accepted"):  # internal work needs no acceptance
        fields["accepted_at"] = event.at


def _accepted(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["accepted_at"] = event.at
    fields["received_at"] = moment(data["received_at"])
    fields["status"] = "received"


def _fixed(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields.update(data)


def _period_fixed(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["period"] = data["period"]
    fields["period_closes_at"] = moment(data["closes"])


def _arrived(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["arrived_at"] = event.at


def _step_entered(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    get = data.get
    step = data["step"]
    due = get("due")
    values = (
        data["visit"],
        step,
        get("kind", "step"),
        tuple(data["positions"]),
        get("holder", ""),
        event.at,
        None if due is None else datetime.fromisoformat(due),
        None,
        "",
        "",
        "",
        "",
        get("parent", 0),
        get("after", 0),
        get("title", ""),
        get("party", ""),
        None,
        "",
        get("budget", ""),
        0,
        (),
        get("note", ""),
        get("row", ""),
        get("question", ""),
    )
    fields["visits"] += (_new(Visit, values),)
    if fields["arrived"]:
        fields["arrived"] = tuple(key for key in fields["arrived"] if key != step)
    if "included" in data:
        fields["included"] = tuple(data["included"])


def _step_left(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    number, get = data["visit"], data.get
    visits = fields["visits"]
    visit = next(visit for visit in visits if visit.number == number) if len(visits) > 1 else visits[0]
    left = (event.at, event.actor, get("position", ""), get("chosen", ""), get("outcome", "done"))
    fields["past"] += (_new(Visit, visit[:7] + left + visit[12:]),)
    fields["visits"] = tuple(v for v in visits if v.number != number) if len(visits) > 1 else ()
    if "include" in data:
        fields["included"] = tuple(data["include"])
    if "recallable" in data:
        fields["last_left"] = number if data["recallable"] else 0


def _join_reached(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    if data["step"] not in fields["arrived"]:
        fields["arrived"] += (data["step"],)


def _join_passed(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["arrived"] = tuple(key for key in fields["arrived"] if key != data["step"])


def _change_visit(fields: Fields, number: int, **changes: Any) -> None:
    fields["visits"] = tuple(v._replace(**changes) if v.number == number else v for v in fields["visits"])


def _turn_taken(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["visits"] = tuple(
        v._replace(turn=v.turn + 1, taken=(*v.taken, event.actor), positions=tuple(data["positions"]), holder="")
        if v.number == data["visit"]
        else v
        for v in fields["visits"]
    )


def _answers_set(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    answers = {**fields["answers"], **data["values"]}
    for key in data.get("cleared", ()):
        answers.pop(key, None)
    fields["answers"] = answers


def _merge(name: str) -> Callable[[Fields, Event, Mapping[str, Any]], None]:
    """A handler that lays the entries of the event over those of one mapping of the state."""

    def handler(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
        fields[name] = {**fields[name], **data[name]}

    return handler


def _fee(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    facts = {name: value for name, value in data.items() if name != "fee"}
    known = fields["fees"].get(data["fee"], {})
    fields["fees"] = {**fields["fees"], data["fee"]: {**known, **facts, "at": event.at.isoformat()}}


def _clock(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    entry = data.get("entry")
    if entry is not None:
        fields["clock"] += (entry,)
        if entry["type"] == "finished":
            fields["finished_at"] = event.at
        elif entry["type"] == "extended":
            fields["extensions"] += 1
    fields["due"] = moment(data["due"])
    fields["first_due"] = moment(data["first_due"])
    fields["legal_due"] = moment(data["legal_due"])
    fields["clock_state"] = data["state"]
    fields["result_class"] = data.get("class") or ""
    fields["phase_due"] = data["phase_due"]
    if "limit" in data:
        fields["limit"] = data["limit"]
    if "visits" in data:
        for number, due in data["visits"].items():
            _change_visit(fields, int(number), due=moment(due))


def _opinion_asked(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    _change_visit(fields, data["visit"], sent=event.at, due=moment(data.get("due")))


def _opinion_given(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    number = data["visit"]
    visit = next(v for v in fields["visits"] if v.number == number)
    past = visit._replace(
        left=event.at,
        actor=event.actor,
        position=data.get("position", ""),
        opinion=data["opinion"],
        outcome=data.get("outcome", "done"),
        note=data.get("comment", ""),
    )
    fields["past"] += (past,)
    fields["visits"] = tuple(v for v in fields["visits"] if v.number != number)
    if "values" in data:
        fields["member_answers"] = {**fields["member_answers"], str(number): data["values"]}


def _supplement_requested(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["requests"] += ({**data, "at": event.at.isoformat(), "by": event.actor},)


def _resubmitted(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    last = {**fields["requests"][-1], "answered": event.at.isoformat()}
    fields["requests"] = (*fields["requests"][:-1], last)


def _reminded(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    _change_visit(fields, data["visit"], note="late")


def _refused(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["refusal"] = {**data, "kind": event.type, "at": event.at.isoformat(), "by": event.actor}


def _applicant_set(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["applicant"] = data["applicant"]


def _number_given(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    register, number = data["register"], data["number"]
    given = fields["numbers"].get(register, [])
    fields["numbers"] = {**fields["numbers"], register: [*given, number]}
    if data.get("code"):
        fields["code"] = number


def _result_issued(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    facts = {name: value for name, value in data.items() if name != "result"}
    entry = {**facts, "at": event.at.isoformat(), "by": event.actor}
    fields["results"] = {**fields["results"], data["result"]: entry}


def _held(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    _change_visit(fields, data["visit"], holder=data.get("holder", ""))


def _comment_added(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["comments"] += 1


def _status_changed(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["status"] = data["to"]


def _ended(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["ended_at"] = event.at


def _returned(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["returned_at"] = event.at
    fields["receiver"] = data["receiver"]


def _print_ordered(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["prints"] += (data["print"],)


def _called(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    facts = {name: value for name, value in data.items() if name != "call"}
    known = fields["calls"].get(data["call"], {})
    ended = {"ended": event.at.isoformat()} if event.type == "call_ended" else {}
    fields["calls"] = {**fields["calls"], data["call"]: {**known, **facts, **ended}}
    if event.type == "called":
        _change_visit(fields, data["visit"], sent=event.at)


def _message_received(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    if data.get("reference"):
        fields["messages"] += (data["reference"],)


def _due_moved(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    _change_visit(fields, data["visit"], due=moment(data["due"]), note="")  # a new day may be late again


def _approval_asked(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["approvals"] = {**fields["approvals"], str(data["visit"]): {**data, "by": event.actor}}


def _transferred(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["transfers"] += ({**data, "at": event.at.isoformat(), "by": event.actor},)
    fields.update(data["fields"])


def _corrected(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["corrections"] += ({**data, "at": event.at.isoformat(), "by": event.actor},)


def _reopened(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["ended_at"] = None
    fields["refusal"] = {}
    # what said no is not in force any more; its number stays given
    fields["results"] = {key: facts for key, facts in fields["results"].items() if not facts.get("refusal")}
    fields["fees"] = {
        key: {**facts, "refund": 0} if "refund" in facts else facts for key, facts in fields["fees"].items()
    }


def _variant_changed(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    fields["variant"] = data["to"]


def _refund_asked(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    owed = {key: {**fields["fees"].get(key, {}), "refund": amount} for key, amount in data["fees"].items()}
    fields["fees"] = {**fields["fees"], **owed}


def _nothing_more(fields: Fields, event: Event, data: Mapping[str, Any]) -> None:
    """What the journal tells and no field of the state repeats."""


_HANDLERS: dict[str, Callable[[Fields, Event, Mapping[str, Any]], None]] = {
    "opened": _opened,
    "accepted": _accepted,
    "agency_fixed": _fixed,
    "variant_changed": _variant_changed,
    "transferred": _transferred,
    "corrected": _corrected,
    "reopened": _reopened,
    "refund_asked": _refund_asked,
    "fee_refunded": _fee,
    "arrived": _arrived,
    "step_entered": _step_entered,
    "step_left": _step_left,
    "join_reached": _join_reached,
    "join_passed": _join_passed,
    "turn_taken": _turn_taken,
    "answers_set": _answers_set,
    "document_handed_in": _merge("documents"),
    "document_attached": _merge("attachments"),
    "fee_paid": _fee,
    "fee_charged": _fee,
    "clock": _clock,
    "opinion_asked": _opinion_asked,
    "opinion_given": _opinion_given,
    "supplement_requested": _supplement_requested,
    "resubmitted": _resubmitted,
    "refused": _refused,
    "stopped": _refused,
    "withdrawn": _refused,
    "extended": _nothing_more,
    "reminded": _reminded,
    "applicant_set": _applicant_set,
    "number_given": _number_given,
    "result_issued": _result_issued,
    "claimed": _held,
    "released": _held,
    "reassigned": _held,
    "comment_added": _comment_added,
    "status_changed": _status_changed,
    "ended": _ended,
    "returned": _returned,
    "handed_out": _nothing_more,
    "print_ordered": _print_ordered,
    "approval_asked": _approval_asked,
    "approval_decided": _nothing_more,
    "unpaid_accepted": _nothing_more,
    "called": _called,
    "call_opened": _called,
    "period_fixed": _period_fixed,
    "call_ended": _called,
    "message_received": _message_received,
    "due_moved": _due_moved,
}

TYPES = frozenset(_HANDLERS)
