"""The journal told in sentences, newest first: one entry for each move, with everything that followed from it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.engine.events import Event
from app.engine.state import State, Visit
from app.screens.formats import format_date, format_moment, format_money
from app.screens.names import Names
from app.screens.procedures.opinion_words import opinion_title
from app.screens.procedures.timeline_conduct import TOLD
from app.screens.statuses import channel_title

NOBODY = ("", "system")
MONEY = ("fee_paid", "fee_refunded")


@dataclass(frozen=True, slots=True)
class Entry:
    """One move: what it was, what followed, what was said, who and when."""

    title: str
    at: datetime
    who: str
    lines: tuple[str, ...] = ()
    note: str = ""
    is_now: bool = False


class Said(NamedTuple):
    """One event in words. The heaviest of a move is its title, the others stand below."""

    weight: int
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a sentence needs beside its event."""

    names: Names
    visits: Mapping[int, Visit]
    paid: Mapping[str, int]

    def visit(self, event: Event) -> Visit:
        """The visit an event speaks of."""
        return self.visits.get(int(event.data.get("visit", 0)), Visit(0, ""))

    def step(self, event: Event) -> str:
        """The title of the step an event speaks of."""
        visit = self.visit(event)
        return visit.title if visit.title and visit.kind == "step" else self.names.step(visit.step)


def timeline(events: Iterable[Event], state: State, names: Names) -> tuple[Entry, ...]:
    """The entries of a journal, the newest first."""
    visits = {visit.number: visit for visit in (*state.past, *state.visits)}
    entries: list[Entry] = []
    paid: dict[str, int] = {}
    for move in _moves(events):
        telling = Telling(names, visits, dict(paid))
        entry = _entry(move, telling)
        paid.update({str(one.data["fee"]): int(one.data["paid"]) for one in move if one.type in MONEY})
        if entry is not None:
            entries.append(entry)
    if entries and state.ended_at is None:
        entries[-1] = replace(entries[-1], is_now=True)
    return tuple(reversed(entries))


def _moves(events: Iterable[Event]) -> Iterator[list[Event]]:
    """Events of one move: the same moment, and no second person."""
    move: list[Event] = []
    for event in events:
        if move and (event.at != move[0].at or not _is_same_person(move, event)):
            yield move
            move = []
        move.append(event)
    if move:
        yield move


def _is_same_person(move: list[Event], event: Event) -> bool:
    acted = next((one.actor for one in move if one.actor not in NOBODY), "")
    return event.actor in NOBODY or not acted or event.actor == acted


def _entry(move: list[Event], telling: Telling) -> Entry | None:
    told = [said for event in _worth_telling(move) if (said := _told(event, telling)) is not None and said.text]
    if not told:
        return None
    head = max(told, key=lambda said: said.weight)
    lines = tuple(dict.fromkeys(said.text for said in told if said is not head))
    note = "\n".join(dict.fromkeys(said.note for said in told if said.note))
    actor = next((event.actor for event in move if event.actor not in NOBODY), move[0].actor)
    return Entry(head.text, move[0].at, telling.names.person(actor) if actor else "", lines, note)


def _worth_telling(move: list[Event]) -> Iterator[Event]:
    """Steps passed in one move are not told; of an acceptance only what it brought."""
    passed = {event.data.get("visit") for event in move if event.type == "step_left"}
    brief = SAID_BY_ACCEPTANCE if any(event.type == "accepted" for event in move) else frozenset()
    for event in move:
        if event.type not in brief and not (event.type == "step_entered" and event.data["visit"] in passed):
            yield event


SAID_BY_ACCEPTANCE = frozenset(("opened", "answers_set", "step_left"))


def _told(event: Event, telling: Telling) -> Said | None:
    teller = TELLERS.get(event.type)
    return None if teller is None else teller(event, telling)


# ---- beginning and end


def _opened(event: Event, _telling: Telling) -> Said:
    channel = str(event.data.get("channel", ""))
    text = _("Dossier handed in %(channel)s", channel=channel_title(channel)) if channel else _("Work begun")
    return Said(50, text)


def _accepted(event: Event, _telling: Telling) -> Said:
    return Said(90, _("Dossier accepted"))


def _number_given(event: Event, telling: Telling) -> Said:
    number = str(event.data["number"])
    if event.data.get("code"):
        return Said(40, _("Code %(number)s given", number=number))
    register = telling.names.register(str(event.data["register"]))
    return Said(40, _("Number %(number)s given, %(register)s", number=number, register=register))


def _result_issued(event: Event, telling: Telling) -> Said:
    title, number = str(event.data.get("title", "")), str(event.data.get("number", ""))
    text = _("Result: %(title)s, number %(number)s", title=title, number=number) if number else ""
    return Said(70, text or _("Result: %(title)s", title=title))


def _returned(event: Event, telling: Telling) -> Said:
    return Said(95, _("Result handed to %(name)s", name=event.data["receiver"].get("name", "")))


ENDS: Mapping[str, Any] = {
    "refused": _l("Dossier refused"),
    "stopped": _l("Dossier stopped"),
    "withdrawn": _l("Dossier withdrawn by the applicant"),
}


def _ended(event: Event, _telling: Telling) -> Said:
    return Said(95, str(ENDS[event.type]), str(event.data.get("reason", "")))


# ---- steps


def _step_entered(event: Event, telling: Telling) -> Said | None:
    visit, who = telling.visit(event), telling.names.positions(event.data["positions"])
    kind = event.data.get("kind", "step")
    if kind == "opinion":
        party = str(event.data.get("party", ""))
        who = telling.names.position(party) if party else who
        return Said(30, _("Opinion asked of %(who)s", who=who))
    if kind == "approval":
        return Said(80, _("Waits for agreement: %(who)s", who=who))
    if kind == "refund":
        return Said(20, _("Money is to be paid back by: %(who)s", who=who))
    if kind == "supplement":
        due = visit.due
        return Said(20, _("To be supplemented by %(date)s", date=format_date(due))) if due is not None else None
    holder = str(event.data.get("holder", ""))
    who = telling.names.person(holder) if holder else who
    return Said(30, _("On to “%(step)s”: %(who)s", step=telling.step(event), who=who)) if visit.step else None


OUTCOMES: Mapping[str, Any] = {
    "sent_back": _l("“%(step)s” sent back"),
    "recalled": _l("“%(step)s” taken back"),
    "put_off": _l("“%(step)s” put off for an optional step"),
    "transferred": _l("“%(step)s” handed over to another office"),
    "late": _l("“%(step)s” ended because its time was over"),
    "silence": _l("“%(step)s”: no answer in time"),
}


def _step_left(event: Event, telling: Telling) -> Said | None:
    outcome = str(event.data.get("outcome", "done"))
    visit, note = telling.visit(event), str(event.data.get("comment", ""))
    if visit.kind != "step":
        return Said(0, "", note)
    if outcome == "done":
        return Said(80, _done(event, telling), note)
    sentence = OUTCOMES.get(outcome)
    return Said(85, str(sentence) % {"step": telling.step(event)}, note) if sentence is not None else None


def _done(event: Event, telling: Telling) -> str:
    chosen, visit = str(event.data.get("chosen", "")), telling.visit(event)
    step = next((one for one in telling.names.steps() if one.key == visit.step), None)
    way = next((way for way in step.ways if way.choose == chosen), None) if step is not None and chosen else None
    if way is not None:
        return _("“%(step)s” done: %(choice)s", step=telling.step(event), choice=way.title)
    return _("“%(step)s” done", step=telling.step(event))


def _held(event: Event, telling: Telling) -> Said:
    holder = telling.names.person(str(event.data.get("holder", "")))
    note = str(event.data.get("comment", ""))
    if event.type == "claimed":
        return Said(60, _("Work taken: %(step)s", step=telling.step(event)))
    if event.type == "released":
        return Said(60, _("Work given back: %(step)s", step=telling.step(event)))
    return Said(60, _("“%(step)s” given to %(who)s", step=telling.step(event), who=holder), note)


# ---- what came in


def _answers_set(event: Event, telling: Telling) -> Said:
    keys = [*event.data.get("values", {}), *event.data.get("cleared", ())]
    labels = [telling.names.field(str(key)) for key in keys]
    shown = ", ".join(labels[:MOST_LABELS])
    if len(labels) > MOST_LABELS:
        return Said(10, _("Written: %(labels)s and %(more)s more", labels=shown, more=len(labels) - MOST_LABELS))
    return Said(10, _("Written: %(labels)s", labels=shown))


MOST_LABELS = 3


def _papers(event: Event, telling: Telling) -> Said:
    titles = [telling.names.document(str(key)) for key in event.data["documents"]]
    if len(titles) > MOST_LABELS - 1:
        return Said(20, _("%(count)s documents received", count=len(titles)))
    return Said(20, _("Documents received: %(papers)s", papers="; ".join(titles)))


def _attached(event: Event, telling: Telling) -> Said:
    titles = [telling.names.document(str(key).partition(".")[2]) for key in event.data["attachments"]]
    return Said(20, _("Documents made: %(papers)s", papers="; ".join(titles)))


def _paid(event: Event, telling: Telling) -> Said:
    fee = str(event.data["fee"])
    amount, title = format_money(int(event.data["paid"]) - telling.paid.get(fee, 0)), _fee(fee, telling)
    number = str(event.data.get("receipt", ""))
    if not number:
        return Said(25, _("%(amount)s received for %(fee)s", amount=amount, fee=title))
    return Said(25, _("%(amount)s received for %(fee)s, receipt %(number)s", amount=amount, fee=title, number=number))


def _fee(key: str, telling: Telling) -> str:
    title = telling.names.fee(key)
    return title[:1].lower() + title[1:]


def _charged(event: Event, telling: Telling) -> Said:
    amount, decision = format_money(int(event.data["charged"])), str(event.data.get("decision", ""))
    fee = telling.names.fee(str(event.data["fee"]))
    return Said(60, _("%(fee)s set at %(amount)s, decision %(decision)s", fee=fee, amount=amount, decision=decision))


# ---- asking and answering


def _supplement(event: Event, telling: Telling) -> Said:
    titles = [telling.names.document(str(key)) for key in event.data.get("documents", ())]
    papers = _("Documents: %(papers)s.", papers="; ".join(titles)) if titles else ""
    return Said(90, _("Supplement asked for"), "\n".join(filter(None, (str(event.data["reason"]), papers))))


def _opinion(event: Event, telling: Telling) -> Said:
    visit = telling.visit(event)
    opinion = opinion_title(telling.names, visit.step, str(event.data["opinion"]))
    who = telling.names.position(visit.party) if visit.party else telling.names.positions(visit.positions)
    return Said(80, _("Opinion of %(who)s: %(opinion)s", who=who, opinion=opinion), str(event.data.get("comment", "")))


def _conduct(event: Event, telling: Telling) -> Said:
    return Said(*TOLD[event.type](event, telling.names))


# ---- the clock


CLOCK: Mapping[str, Any] = {
    "paused": _l("Clock stopped"),
    "waiting": _l("Clock stopped"),
    "resumed": _l("Clock runs on"),
    "restarted": _l("Clock starts anew"),
    "limit": _l("Time limit worked out anew"),
    "reopened": _l("Clock runs on"),
}


def _clock(event: Event, _telling: Telling) -> Said | None:
    entry = event.data.get("entry") or {}
    due = event.data.get("due")
    when = format_moment(datetime.fromisoformat(due)) if due else ""
    if entry.get("type") == "received" and when:
        return Said(35, _("Promised for %(at)s", at=when))
    text = CLOCK.get(str(entry.get("type", "")))
    if text is None:
        return None
    return Said(35, _("%(what)s, due %(at)s", what=text, at=when) if when else str(text))


def _print(event: Event, telling: Telling) -> Said:
    return Said(5, _("Slip made: %(title)s", title=telling.names.print_(str(event.data["print"]))))


def _message(event: Event, telling: Telling) -> Said:
    return Said(80, _("Message of another system received: %(step)s", step=telling.step(event)))


def _plain(weight: int, text: Any, note: str = "") -> Callable[[Event, Telling], Said]:
    """A sentence that is always the same; ``note`` names what was said with it."""
    return lambda event, _telling: Said(weight, str(text), str(event.data.get(note, "")) if note else "")


TELLERS: Mapping[str, Callable[[Event, Telling], Said | None]] = {
    "opened": _opened,
    "called": _plain(75, _l("Another procedure called")),
    "call_opened": _plain(70, _l("The called dossier has begun"), "dossier"),
    "call_ended": _plain(80, _l("A called dossier has ended")),
    "period_fixed": _plain(6, _l("Period fixed"), "period"),
    "message_received": _message,
    "handed_out": _returned,
    "accepted": _accepted,
    "applicant_set": _plain(15, _l("Applicant corrected")),
    "arrived": _plain(8, _l("Taken over by the agency")),
    "number_given": _number_given,
    "result_issued": _result_issued,
    "returned": _returned,
    "refused": _ended,
    "stopped": _ended,
    "withdrawn": _ended,
    "step_entered": _step_entered,
    "step_left": _step_left,
    "turn_taken": _plain(70, _l("Turn taken, on to the next")),
    "claimed": _held,
    "released": _held,
    "reassigned": _held,
    "answers_set": _answers_set,
    "document_handed_in": _papers,
    "document_attached": _attached,
    "fee_paid": _paid,
    "fee_charged": _charged,
    "unpaid_accepted": _plain(12, _l("Accepted although not everything was paid"), "reason"),
    "opinion_asked": _plain(75, _l("Opinions asked for")),
    "opinion_given": _opinion,
    "supplement_requested": _supplement,
    "resubmitted": _plain(90, _l("Supplement handed in")),
    "clock": _clock,
    "reminded": _plain(60, _l("Reminder: the step is late")),
    "due_moved": _plain(60, _l("The step follows another day")),
    "comment_added": _plain(60, _l("Remark"), "comment"),
    "print_ordered": _print,
    **dict.fromkeys(TOLD, _conduct),
}
