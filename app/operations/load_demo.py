"""Fill an empty database with a trial office: people, and about 300 dossiers in all situations."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.definition.catalogue import Catalogue
from app.definition.model.procedure import Procedure
from app.engine.events import Event
from app.engine.fold import fold
from app.engine.moves import Action, move, next_sweep
from app.engine.state import State
from app.engine.world import Actor, Outcome, World
from app.operations.demo.people import (
    DEMO_PASSWORD,
    KNOWN,
    DemoAccount,
    known_accounts,
    known_positions,
    make_accounts,
    username_of,
)
from app.operations.demo.stories import SITUATIONS, Hints, Story, tell
from app.storage.catalogue_store import holder
from app.storage.database import reading, writing
from app.storage.dossier_writing import Change, write_dossier
from app.storage.outcomes import NewPrint, write_payments, write_prints
from app.storage.people import names_of
from app.storage.tables import Account, Dossier

__all__ = ["DEMO_PASSWORD", "demo_accounts", "load_demo"]

DOSSIERS = 300
CLAIMED_EVERY = 3  # of open work that a well-known account could take, so much is taken
# How the engine's scenarios call the people who play in them: the position and a number.
_PLAYER = re.compile(r"(?P<position>[^@\s:]+@[^@\s:]+)-(?P<number>[1-9])")


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The accounts to try the office with; none where no demo data were loaded."""
    organisation = holder.current().organisation
    if organisation is None:
        return ()
    with reading() as session:
        return known_accounts(session, organisation)


def load_demo(now: datetime, count: int = DOSSIERS) -> bool:
    """Whether anything was loaded: only into a database with published procedures, without people or dossiers."""
    catalogue = holder.refresh()
    if catalogue.organisation is None or not catalogue.entries:
        return False
    with writing() as session:
        if _has_any(session, Account.user_id) or _has_any(session, Dossier.id):
            return False
        stories = sorted(_stories(session, catalogue, now, count), key=lambda story: story.events[0].at)
        positions = catalogue.organisation.positions()
        open_work = Counter(place for story in stories for visit in story.state.visits for place in visit.positions)
        known = known_positions(positions, open_work)
        players = {(position, 1) for position in positions}
        renamed = [(story, [_renamed(event, known, players) for event in story.events]) for story in stories]
        wanted = sorted((username_of(position, number, known), position) for position, number in players)
        make_accounts(session, wanted, now)
        people = names_of([username for username, _position in wanted])
        for story, _events in renamed:
            story.prints = [_signed(one, known, people) for one in story.prints]
        for place, (story, events) in enumerate(renamed):
            taken = _taken(story, events, known) if place % CLAIMED_EVERY == 0 else []
            _write(session, story, [*events, *taken], catalogue)
    return True


def _has_any(session: Session, column: Any) -> bool:
    return bool(session.execute(select(func.count(column))).scalar())


def _stories(session: Session, catalogue: Catalogue, now: datetime, count: int) -> Iterator[Story]:
    """Procedures and situations in turn, until there are enough."""
    random = Random(now.date().toordinal())  # noqa: S311 - a trial office, not a secret
    world = holder.world(catalogue, session, now.date())
    procedures = [catalogue.procedure(key) for key in sorted(catalogue.entries)]
    hints: Hints = {}
    made = 0
    for turn in range(count * 3):
        procedure = procedures[turn % len(procedures)]
        situation = SITUATIONS[(turn // len(procedures)) % len(SITUATIONS)]
        with session.begin_nested() as attempt:  # numbers of a story that leads nowhere are given to the next
            story = tell(procedure, world, situation, now, random, hints)
            if story is None:
                attempt.rollback()
        if story is not None:
            made += 1
            yield story
        if made == count:
            return


def _renamed(event: Event, known: Mapping[str, str], players: set[tuple[str, int]]) -> Event:
    """The event with accounts of the office where the scenario had players."""

    def name(text: str) -> str:
        found = _PLAYER.fullmatch(text.removeprefix("user:"))
        if found is None:
            return _first(known) if text.startswith("staff-") else text
        position, number = found["position"], int(found["number"])
        players.add((position, number))
        prefix = "user:" if text.startswith("user:") else ""
        return prefix + username_of(position, number, known)

    return Event(event.type, event.at, name(event.actor), _each_text(event.data, name))


def _signed(paper: NewPrint, known: Mapping[str, str], people: Mapping[str, str]) -> NewPrint:
    """The paper with the full names of people where the scenario had players."""

    def name(text: str) -> str:
        found = _PLAYER.fullmatch(text)
        return people.get(username_of(found["position"], int(found["number"]), known), text) if found else text

    return paper._replace(data=_each_text(paper.data, name))


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same data with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(item, change) for key, item in value.items()}
    return [_each_text(item, change) for item in value] if isinstance(value, list | tuple) else value


def _taken(story: Story, events: list[Event], known: Mapping[str, str]) -> list[Event]:
    """One of the well-known people has taken the open work, if it is theirs to take."""
    state = fold(events)
    for visit in state.visits:
        position = next((place for place in visit.positions if place in known), "")
        if position and not visit.holder:
            actor = Actor(known[position], frozenset((position,)))
            claim = Action("claim", visit=visit.number)
            outcome = move(story.procedure, state, claim, actor, events[-1].at, story.world)
            if isinstance(outcome, Outcome):
                return list(outcome.events)
    return []


def _first(known: Mapping[str, str]) -> str:
    return next(iter(known.values()), next(iter(KNOWN.values()))[0])


def _write(session: Session, story: Story, events: list[Event], catalogue: Catalogue) -> None:
    procedure: Procedure = story.procedure
    world: World = story.world
    state = fold(events)
    change = Change(state, tuple(events), next_sweep(state))
    dossier_id = write_dossier(session, None, change, procedure, world.organisation)
    write_prints(session, dossier_id, story.prints, state.past[0].actor if state.past else "system", events[-1].at)
    write_payments(session, dossier_id, State(), events)
