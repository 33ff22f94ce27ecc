"""A small office for the tests of the engine: organisation, calendar, short ways to write a procedure and play it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.definition.compile import compile_procedure
from app.definition.compile_organisation import compile_organisation
from app.definition.model.choice import Choice
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.model.route import Route
from app.engine.calendar import Calendar
from app.engine.clock import ClockSettings
from app.engine.events import Event
from app.engine.fold import fold
from app.engine.moves import Action, Intake, available_moves, move, open_dossier, sweep, why_not
from app.engine.numbering import MemoryNumbers
from app.engine.state import State
from app.engine.world import SYSTEM, Actor, Outcome, Refusal, World

# A Monday; the calendar knows 2025 and 2026, Saturdays and Sundays are off, and so is Thursday 1 May 2025.
MONDAY = datetime(2025, 3, 3, 9, 0)
APPLICANT = Actor("applicant", frozenset(("applicant",)))


def organisation(**registers: Mapping[str, Any]) -> Organisation:
    """A department with two divisions, a one-stop unit, an authority, and an office outside the house."""
    units = {
        "dept": {"title": "Sở", "sign": "SNNMT", "code": "H24.10", "level": "province", "roles": ["leader", "clerk"]},
        "land": {"title": "Phòng Đất đai", "parent": "dept", "roles": ["head", "officer"]},
        "water": {"title": "Phòng Nước", "parent": "dept", "roles": ["head", "officer"]},
        "desk": {"title": "Một cửa", "type": "one-stop", "code": "H24.17", "roles": ["reception", "head"]},
        "council": {"title": "Ủy ban", "level": "province", "roles": ["leader"]},
        "tax": {"title": "Cơ quan thuế", "outside": True, "roles": ["officer"]},
        "police": {"title": "Công an", "outside": True, "roles": ["officer"]},
    }
    books = {
        "dossier-code": {"title": "Mã", "number": "{unit.code}-{yymmdd}-{n:04}", "restarts": "day", "scope": "unit"},
        "permits": {"title": "Giấy phép", "number": "{n:02}/GP-{unit.sign}", "restarts": "year"},
        "letters": {"title": "Công văn", "number": "{n:02}/{kind.sign}-{unit.sign}", "series": "kind"},
        **registers,
    }
    roles = ("reception", "officer", "head", "leader", "clerk")
    return compile_organisation(
        {
            "agency": {"key": "dept", "title": "Sở", "sign": "SNNMT", "code": "H24.10"},
            "levels": {"province": "Cấp tỉnh", "commune": "Cấp xã"},
            "fields": {"land": {"title": "Đất đai"}},
            "roles": {key: {"title": key} for key in roles},
            "unit_types": {"one-stop": "Một cửa"},
            "units": units,
            "registers": books,
        }
    )


def calendar() -> Calendar:
    """2025 and 2026 with ordinary office hours."""
    return Calendar.from_edition(
        {
            "id": "test",
            "known_from": "2025-01-01",
            "known_to": "2026-12-31",
            "projected_from": None,
            "weekly_off": [6, 7],
            "office_hours": [{"from": "01-01", "intervals": [["07:30", "11:30"], ["13:00", "17:00"]]}],
            "days_off": {"2025-05-01": "Quốc tế Lao động"},
            "makeup_days": {},
        }
    )


ORGANISATION = organisation()
CALENDAR = calendar()
DAYS = ClockSettings(step_days="days")


def world(settings: ClockSettings = DAYS, **facts: Any) -> World:
    """The world with counters that start at one."""
    named = {f"{name}()": fact for name, fact in facts.items()}
    return World(CALENDAR, settings, ORGANISATION, MemoryNumbers(ORGANISATION), named)


def step(key: str, by: Any = "officer@agency", **more: Any) -> dict[str, Any]:
    """One step as the expanded document writes it; ``to`` is short for ``next``."""
    to = more.pop("to", None)
    within = more.pop("within", None)
    written: dict[str, Any] = {"step": key, "title": f"Bước {key}", "by": {"default": by, "cases": []}, "does": "work"}
    if within is not None:
        written["within"] = within if isinstance(within, dict) else {"default": within, "cases": []}
    if to is not None:
        written["next"] = [{"to": to if isinstance(to, list) else [to], "comment": "optional"}]
    return {**written, **more}


def intake(**more: Any) -> dict[str, Any]:
    """The first step of a service."""
    return step("receive", "reception", does="intake", status="submitted", **more)


def hand_back(**more: Any) -> dict[str, Any]:
    """The last step of a service."""
    return step("return", "reception", does="return", status="result_ready", **more)


def chained(*steps: dict[str, Any]) -> list[dict[str, Any]]:
    """A step table: what says nothing else goes to the step below."""
    table = [dict(item) for item in steps]
    for place, item in enumerate(table):
        following = table[place + 1]["step"] if place + 1 < len(table) else "end"
        item.setdefault("next", [{"to": [following], "comment": "optional"}])
    return table


def procedure(*steps: dict[str, Any], **more: Any) -> Procedure:
    """A procedure of these steps; what is not named is as plain as can be."""
    table = chained(*steps)
    form = dict(more.pop("form", {}))
    fields = {key: {"label": key, "type": "text", **field} for key, field in form.pop("fields", {}).items()}
    limit = more.pop("time_limit", "10 working days")
    document = {
        "key": "land/example",
        "kind": "service",
        "title": "Thủ tục mẫu",
        "short_title": "Mẫu",
        "field": "land",
        "levels": ["province"],
        "channels": ["counter", "post", "online"],
        "for": ["citizen", "organisation"],
        "agency": {"default": "land", "cases": []},
        "authority": {"default": "council", "cases": []},
        "intake_at": ["type.one-stop"],
        "effective": {"from": "2025-01-01"},
        "form": {"sections": [], "checks": [], **form, "fields": fields},
        "time_limit": limit if isinstance(limit, dict) else {"default": limit, "cases": [], "starts": "received"},
        "route": more.pop("route", {"default": table, "cases": []}),
        **more,
    }
    return compile_procedure(document, ORGANISATION)


def changed(made: Procedure, key: str, **keys: Any) -> Procedure:
    """The procedure with other values of one step: for keys of the model that files cannot say yet."""
    route = made.route.default
    assert route is not None
    steps = tuple(replace(item, **keys) if item.key == key else item for item in route.steps)
    return replace(made, route=Choice(Route(steps, {item.key: item for item in steps})))


def person(position: str, user: str = "") -> Actor:
    """Somebody who holds one position."""
    return Actor(user or position.replace("@", "-"), frozenset((position,)))


class Play:
    """A dossier and its journal; every move is checked to be the fold of its events."""

    def __init__(self, made: Procedure, where: World | None = None, now: datetime = MONDAY, **given: Any) -> None:
        self.procedure = made
        self.world = where or world()
        self.now = now
        self.journal: list[Event] = []
        self.effects: list[Any] = []
        self.state = State()
        given.setdefault("unit", "desk")
        given.setdefault("applicant", {"kind": "citizen", "name": "Nguyễn Văn An"})
        by = given.pop("by", person("reception@desk") if made.kind == "service" else SYSTEM)
        self.answer: Outcome | Refusal = open_dossier(made, Intake(**given), by, now, self.world)
        self._keep()

    def _keep(self) -> Refusal | None:
        if isinstance(self.answer, Refusal):
            return self.answer
        self.journal.extend(self.answer.events)
        self.effects = list(self.answer.effects)
        assert fold(self.journal) == self.answer.state
        self.state = self.answer.state
        return None

    def do(self, key: str, by: str | Actor = "officer@land", *, kind: str = "step", **more: Any) -> Refusal | None:
        """Do a step (or a conduct, by its kind)."""
        actor = person(by) if isinstance(by, str) else by
        action = Action(kind, step=key, **more)
        self.answer = move(self.procedure, self.state, action, actor, self.now, self.world)
        return self._keep()

    def conduct(self, kind: str, by: str | Actor = "officer@land", **more: Any) -> Refusal | None:
        """A conduct; ``visit``, ``step``, ``comment`` and the like as in an action, the rest are its arguments."""
        known = {"step", "visit", "choose", "fill", "attach", "pay", "comment"}
        if kind != "supplement":  # there the papers are what is asked for
            known.add("documents")
        own = {name: more.pop(name) for name in known & more.keys()}
        return self.do(own.pop("step", ""), by, kind=kind, arguments=more, **own)

    def receive(self, **more: Any) -> Refusal | None:
        """Accept the dossier at the counter."""
        return self.do("receive", "reception@desk", **more)

    def wait(self, *, until: datetime) -> bool:
        """Let time pass and sweep; whether anything happened."""
        self.now = until
        outcome = sweep(self.procedure, self.state, until, self.world)
        if outcome is None:
            return False
        self.answer = outcome
        self._keep()
        return True

    def later(self, **delta: int) -> None:
        """Move the clock."""
        self.now += timedelta(**delta)

    @property
    def open(self) -> list[str]:
        """The open steps."""
        return [visit.step for visit in self.state.visits if visit.kind == "step"]

    def moves(self, by: str | Actor) -> set[tuple[str, str]]:
        """What somebody can do, as (kind, step)."""
        actor = person(by) if isinstance(by, str) else by
        found = available_moves(self.procedure, self.state, actor, self.now, self.world)
        return {(item.kind, item.step) for item in found}

    def why(self, by: str | Actor) -> dict[tuple[str, str], str]:
        """Why somebody cannot do the rest."""
        actor = person(by) if isinstance(by, str) else by
        found = why_not(self.procedure, self.state, actor, self.now, self.world)
        return {(item.kind, item.step): refusal.code for item, refusal in found}


FLAG = {"fields": {"far": {"type": "yes_no"}, "deadline": {"type": "date"}}}
PAUSE = {"reason": "chờ", "then": "resume", "only": "dossier"}
PAPERS = [{"key": "request", "title": "Đơn", "originals": 1}, {"key": "plan", "title": "Bản vẽ", "required": False}]


def accepted(*steps: dict[str, Any], fill: dict[str, Any] | None = None, now: datetime = MONDAY, **more: Any) -> Play:
    """A dossier accepted on a Monday at nine."""
    play = Play(procedure(intake(), *steps, hand_back(), form=FLAG, **more), now=now)
    assert play.receive(fill=fill or {}) is None
    return play


def service(**more: object) -> Play:
    """Accepted, the officer's step open; a head's step follows."""
    allow = {"supplement": {}, "refuse": {}, "consult": {}}
    given = {"conduct": more.pop("conduct", {}), "documents": PAPERS, **more}
    made = procedure(
        intake(allow={"supplement": {}, "refuse": {}}),
        step("work", within="3 working days", allow=allow),
        step("approve", "head@agency", within="1 working day"),
        step("issue", "clerk@dept", issues=["permit"]),
        hand_back(),
        results=[
            {"key": "permit", "title": "Giấy phép"},
            {"key": "denial", "title": "Từ chối", "refusal": True, "register": "permits"},
        ],
        **given,
    )
    play = Play(made)
    assert play.receive(documents={"request": True}) is None
    return play


def code(refusal: Refusal | None) -> str:
    """The code of a refusal; empty if it was none."""
    return "" if refusal is None else refusal.code


def at(text: str) -> datetime:
    """A moment, shortly."""
    return datetime.fromisoformat(text)


def day(text: str) -> date:
    """A date, shortly."""
    return date.fromisoformat(text)
