"""Stories of dossiers: the walks that procedures test themselves with, played at past moments up to a situation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from app.definition.model.procedure import Procedure
from app.engine.moves import Intake, open_dossier
from app.engine.scenario_acts import CannotRun, act
from app.engine.scenario_people import reception_unit
from app.engine.scenario_stage import Stage
from app.engine.world import SYSTEM, Outcome, Refusal, World
from app.operations.demo.names import applicant
from app.operations.prints.print_data import print_data
from app.storage.outcomes import NewPrint
from app.storage.people import Person

SITUATIONS = ("new", "in_progress", "waiting", "due_soon", "overdue", "done", "returned", "returned_late")
SOON = timedelta(days=2)
_LONGEST_AGO = 60  # working days
# What people write when they pass work on, and why they ask or end something; a test leaves both open.
_PASSING_ON = ("Đã xong phần việc của bước này.", "Đã kiểm tra đủ giấy tờ.", "Chuyển bước tiếp theo.")
_SAYING_WHY = {"reason": "Cần làm rõ thêm nội dung hồ sơ.", "question": "Đề nghị cho ý kiến bằng văn bản."}


@dataclass
class Story(Stage):
    """A stage that keeps what was printed on the way."""

    situation: str = ""
    prints: list[NewPrint] = field(default_factory=list)

    def keep(self, outcome: Outcome) -> None:
        """Go on, with the papers that were ordered by this move."""
        super().keep(outcome)
        actor = outcome.events[0].actor if outcome.events else ""
        by = Person(0, actor, actor)
        for effect in outcome.effects:
            if effect.kind == "print_ordered":
                kind = str(effect.data["print"])
                self.prints.append(print_data(kind, effect.data, self.state, self.procedure, self.world, by, self.now))


# (procedure, test, situation) → how many days ago the test must begin for it, as found before; None: never.
Hints = dict[tuple[str, int, str], int | None]


def tell(
    procedure: Procedure, world: World, situation: str, now: datetime, random: Random, hints: Hints
) -> Story | None:
    """One dossier in that situation; None where the procedure has no test whose walk leads there."""
    known = [
        number for number in range(len(procedure.tests)) if hints.get((procedure.key, number, situation), 0) is not None
    ]
    if not known:
        return None
    number = random.choice(known)
    hint = (procedure.key, number, situation)
    test = procedure.tests[number]
    acts = list(_acts(test))
    for days in _days_ago(situation, hints.get(hint), random) if acts else ():
        story = _received(procedure, world, test, _moment_ago(world, now, days, random), random)
        if story is None:
            return None
        story.situation = situation
        if _may_lead_there(story, acts[0], now):
            _play(story, acts[1:], now, random)
            if _is_in(story, now):
                hints[hint] = days
                return story
    hints.setdefault(hint, None)
    return None


def _acts(test: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What is done in a test, without its times, its people and its expectations."""
    for item in test.get("walk", ()):
        entry: Mapping[str, Any] = {"do": item} if isinstance(item, str) else item
        if entry.get("refused") or entry["do"] == "clock":
            continue
        yield {name: value for name, value in entry.items() if name not in ("at", "by", "expect")}


def _days_ago(situation: str, hint: int | None, random: Random) -> Iterator[int]:
    """Working days since receipt to try, the likeliest first."""
    if hint is not None and situation in ("due_soon", "overdue"):
        yield from (hint, hint + 1, hint - 1)
    elif situation == "new":
        yield random.randrange(0, 3)
    elif situation in ("in_progress", "waiting"):
        yield from (random.randrange(1, 5), 2, 1)
    elif situation in ("due_soon", "overdue"):
        yield from range(1 + random.randrange(3), _LONGEST_AGO, 1 if situation == "due_soon" else 3)
    else:
        yield from (random.randrange(15, _LONGEST_AGO), _LONGEST_AGO)


def _moment_ago(world: World, now: datetime, days: int, random: Random) -> datetime:
    """A moment of office hours so many working days ago, before now."""
    day: date = now.date()
    for _ in range(days):
        day = world.calendar.working_day_before(day, 1) or day
    day = day if world.calendar.is_working_day(day) else world.calendar.working_day_before(day, 1) or day
    moment = world.calendar.add_office_minutes(world.calendar.opening(day), random.randrange(5, 420))
    while moment > now:
        day = world.calendar.working_day_before(day, 1) or day
        moment = world.calendar.add_office_minutes(world.calendar.opening(day), random.randrange(5, 420))
    return moment.replace(second=0, microsecond=0)


def _received(
    procedure: Procedure, world: World, test: Mapping[str, Any], received: datetime, random: Random
) -> Story | None:
    given = test.get("given", {})
    if received.date() < procedure.since:
        return None
    level = str(given.get("level") or procedure.levels[0])
    kinds = procedure.applicants or ("citizen",)
    wanted = given.get("applicant", {})
    intake = Intake(
        channel=str(given.get("channel") or procedure.channels[0]),
        unit=str(given.get("unit") or reception_unit(procedure, world.organisation, level)),
        level=level,
        variant=str(given.get("variant") or (procedure.variants[0].key if procedure.variants else "")),
        applicant={**applicant(random, str(wanted.get("kind") or kinds[0])), **wanted},
        received=received,
    )
    opened = open_dossier(procedure, intake, SYSTEM, received, world)
    if isinstance(opened, Refusal):
        return None
    return Story(procedure, world, opened.state, received, given, list(opened.events))


def _may_lead_there(story: Story, intake: Mapping[str, Any], now: datetime) -> bool:
    """Play the intake; whether the date then promised fits a situation that is about that date."""
    if not _act(story, intake, story.now):
        return False
    due = story.state.due
    if story.situation == "due_soon":
        return due is not None and timedelta(0) < due - now <= SOON
    return story.situation != "overdue" or (due is not None and due < now)


def _play(story: Story, acts: list[Mapping[str, Any]], now: datetime, random: Random) -> None:
    """As far as the situation wants; what time does by itself happens on the way."""
    for entry in acts[: _how_far(story.situation, len(acts), random)]:
        at = _later(story, random)
        if at > now or not _act(story, entry, at):
            break
    if story.situation == "waiting":
        _act(story, {"do": "supplement", "with": {"reason": "Thành phần hồ sơ chưa rõ, đề nghị bổ sung"}}, story.now)
    story.wait_until(now)


def _how_far(situation: str, count: int, random: Random) -> int:
    """How many acts after the intake."""
    if situation in ("new", "waiting"):
        return 0 if situation == "new" else min(1, count)
    if situation in ("returned", "returned_late"):
        return count
    if situation == "done":
        return count - 1
    return random.randrange(0, max(1, count - 1))


def _later(story: Story, random: Random) -> datetime:
    """When the next act happens: within the time of the open step, or long after it where the story ends late."""
    due = min((visit.due for visit in story.state.visits if visit.due is not None), default=None)
    minutes = random.randrange(10, 300)
    if due is not None and due > story.now:
        whole = max(story.world.calendar.office_minutes(story.now, due), 20)
        minutes = random.randrange(10, whole)
        if story.situation == "returned_late":
            minutes = whole + random.randrange(60, 600)
    try:
        return story.world.calendar.add_office_minutes(story.now, minutes).replace(second=0, microsecond=0)
    except ValueError:
        return story.now


def _act(story: Story, entry: Mapping[str, Any], at: datetime) -> bool:
    story.wait_until(at)
    try:
        return act(story, _worded(story, entry), ("tests", 0, "walk", 0)) is None
    except CannotRun:
        return False


def _worded(story: Story, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The act with words that a reader of the dossier can make sense of."""
    remark = _PASSING_ON[len(story.events) % len(_PASSING_ON)]
    words = {"comment": remark} if entry["do"] in story.route.steps else _SAYING_WHY
    return {**entry, "with": {**words, **entry.get("with", {})}}


def _is_in(story: Story, now: datetime) -> bool:
    """Whether the dossier came to stand where it should."""
    state = story.state
    if not state.code or state.last_at > now:
        return False
    left = None if state.due is None else state.due - now
    wanted = {
        "new": state.ended_at is None,
        "in_progress": state.ended_at is None,
        "waiting": state.status in ("supplement", "financial_duty"),
        "due_soon": state.finished_at is None and left is not None and timedelta(0) < left <= SOON,
        "overdue": state.finished_at is None and left is not None and left < timedelta(0),
        "done": state.finished_at is not None and state.ended_at is None,
        "returned": state.returned_at is not None,
        "returned_late": state.returned_at is not None,
    }
    return wanted[story.situation]
