"""The rows of the control slip: from whom to whom the dossier went, when, and whether each was in time (NĐ 61 Đ.19)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from app.engine.plan import plan_of
from app.engine.rights import NOBODY, USER, unit_of
from app.engine.state import Visit
from app.operations.prints.occasion import Occasion
from app.vietnamese.dates import moment_text


@dataclass
class _Stay:
    """The dossier with one unit: the steps that follow each other there."""

    unit: str
    title: str
    visits: list[Visit] = field(default_factory=list)

    @property
    def received(self) -> datetime:
        return self.visits[0].entered

    @property
    def left(self) -> datetime | None:
        moments = [visit.left for visit in self.visits]
        return None if None in moments else max(moment for moment in moments if moment is not None)

    @property
    def person(self) -> str:
        return next((visit.actor for visit in self.visits if visit.actor not in NOBODY), "")


def hand_overs(occasion: Occasion) -> list[dict[str, str]]:
    """One entry for each time the dossier changed hands, the oldest first."""
    stays = _with_agency(list(_stays(occasion)), occasion)
    rows = []
    for giver, receiver in pairwise(stays):
        rows.append(
            {
                "giver": giver.title,
                "giver_name": occasion.person_name(giver.person) if giver.person else "",
                "receiver": receiver.title,
                "receiver_name": occasion.person_name(receiver.person) if receiver.person else "",
                "at": moment_text(receiver.received),
                "result": _result(receiver, occasion.now),
                "note": _note(receiver),
            }
        )
    return rows


def _with_agency(stays: list[_Stay], occasion: Occasion) -> list[_Stay]:
    """Taken in away from its agency, a dossier is first handed over to the agency itself: a row of its own (T09)."""
    agency, organisation = occasion.state.agency, occasion.world.organisation
    first = next((at for at, stay in enumerate(stays) if agency in organisation.ancestry(stay.unit)), 0)
    title = occasion.unit_title(agency)
    if not occasion.procedure.non_territorial or first == 0 or stays[first].title == title:
        return stays
    handed_over = stays[first].visits[0]._replace(actor="", due=None)
    return [*stays[:first], _Stay(agency, title, [handed_over]), *stays[first:]]


def _stays(occasion: Occasion) -> Iterator[_Stay]:
    """Visits of steps in order, those at one unit or under one title of the slip together."""
    state = occasion.state
    visits = sorted((v for v in (*state.past, *state.visits) if v.kind == "step"), key=lambda visit: visit.number)
    current: _Stay | None = None
    for visit in visits:
        unit, title = _place(visit, occasion)
        if not title:
            continue
        if current is None or current.title != title:
            if current is not None:
                yield current
            current = _Stay(unit, title)
        current.visits.append(visit)
    if current is not None:
        yield current


def _place(visit: Visit, occasion: Occasion) -> tuple[str, str]:
    """The unit of a visit, and what its row is called; nothing for what the system does by itself."""
    step = plan_of(occasion.procedure).route(occasion.state.route).steps.get(visit.step)
    positions = (visit.position, *visit.positions)
    unit = next((unit_of(place) for place in positions if "@" in place and not place.startswith(USER)), "")
    if step is not None and step.step.handover:
        return unit, step.step.handover
    if unit:
        return unit, occasion.unit_title(unit)
    return "", "Người nộp hồ sơ" if "applicant" in positions else ""


def _result(stay: _Stay, now: datetime) -> str:
    """Trước hạn, đúng hạn or quá hạn, against the time of its last step that has one."""
    due = next((visit.due for visit in reversed(stay.visits) if visit.due is not None), None)
    if due is None:
        return ""
    left = stay.left
    if left is None:
        return "Quá hạn" if now > due else ""
    if left > due:
        return "Quá hạn"
    return "Trước hạn" if left.date() < due.date() else "Đúng hạn"


_OUTCOMES = {"supplement": "Yêu cầu bổ sung", "refused": "Từ chối", "send_back": "Trả lại", "sent_back": "Trả lại",
             "transferred": "Chuyển cơ quan khác", "withdrawn": "Rút hồ sơ", "stopped": "Dừng giải quyết"}  # fmt: skip


def _note(stay: _Stay) -> str:
    found = dict.fromkeys(_OUTCOMES[visit.outcome] for visit in stay.visits if visit.outcome in _OUTCOMES)
    return "; ".join(found)
