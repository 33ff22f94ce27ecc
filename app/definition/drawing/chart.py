"""A step table as cards and edges, before anybody knows where they go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.definition.drawing.letters import broken
from app.definition.expression.prose import to_vietnamese
from app.definition.model.route import Route, Step, Target, Way
from app.definition.model.who import Party
from app.definition.spoken import END, Speaker

CARD_WIDTH = 192
INSIDE = 18  # between the edge of a card and its text
TITLE, SMALL = 12.5, 11.5  # sizes of letters
LINE = 16
PADDING = 12
MOST_TITLE, MOST_SMALL, MOST_WAY = 4, 2, 3
_USUAL_STATUS = "processing"
_OTHERWISE, _ENDS = "còn lại", "kết thúc"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its style."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class WayOut:
    """One way out that is written on the card: its lines, the whole text, whether it is a button, where it goes."""

    lines: tuple[str, ...]
    text: str
    pressed: bool
    targets: tuple[str, ...]

    @property
    def height(self) -> int:
        """In pixels."""
        return len(self.lines) * LINE + 6


@dataclass(frozen=True, slots=True)
class Card:
    """One step. ``onward`` are the steps it goes to without a word; ``kind`` is the style of its box."""

    key: str
    number: int
    lane: str
    kind: str
    title: str
    lines: tuple[Line, ...]
    ways: tuple[WayOut, ...] = ()
    onward: tuple[str, ...] = ()
    joins: bool = False

    @property
    def text_height(self) -> int:
        """Of the lines above the ways."""
        return len(self.lines) * LINE + PADDING

    @property
    def height(self) -> int:
        """In pixels."""
        return self.text_height + sum(way.height for way in self.ways) + (4 if self.ways else 0)

    @property
    def targets(self) -> tuple[str, ...]:
        """Every step it leads to."""
        return (*self.onward, *(target for way in self.ways for target in way.targets))


def cards_of(route: Route, say: Speaker) -> tuple[Card, ...]:
    """A card for every step, in the order of the table."""
    return tuple(_card(number, step, say) for number, step in enumerate(route.steps, start=1))


def _card(number: int, step: Step, say: Speaker) -> Card:
    ways, onward = _onward(step)
    lines = [Line(text, "tb") for text in broken(step.title, TITLE, CARD_WIDTH - 2 * INSIDE, MOST_TITLE)]
    for text, style in _notes(step, say):
        lines += [Line(part, style) for part in broken(text, SMALL, CARD_WIDTH - 2 * INSIDE, MOST_SMALL)]
    ends = not ways and not onward
    return Card(
        step.key,
        number,
        _lane(step, say),
        _kind(step, ends),
        said(number, step, say),
        tuple(lines),
        ways,
        onward,
        bool(step.joins),
    )


def _kind(step: Step, ends: bool) -> str:
    if step.does == "return" or ends:
        return "box box--end"
    if step.wait is not None or step.pauses is not None:
        return "box box--wait"
    return "box box--opt" if step.when is not None or step.optional or step.optional_when is not None else "box"


def _notes(step: Step, say: Speaker) -> Iterator[tuple[str, str]]:
    """What stands below the title: who, how long, only when, where the dossier stands meanwhile."""
    who = "; ".join(_role(party, say) for party in _parties(step))
    if who:
        yield who, "t2"
    for time in say.time_of(step):
        yield time, "timet"
    if step.when is not None:
        yield to_vietnamese(step.when, "chỉ khi "), "cond"
    elif step.optional or step.optional_when is not None:
        yield "khi cần", "cond"
    if step.pauses is not None:
        yield f"đồng hồ tạm dừng{': ' + step.pauses.reason if step.pauses.reason else ''}", "t2"
    if step.consult is not None:
        yield f"hỏi ý kiến: {', '.join(ask.title or say.party(ask.by) for ask in step.consult.ask)}", "t2"
    if step.status != _USUAL_STATUS:
        yield say.status(step), "t2"


def _parties(step: Step) -> Sequence[Party]:
    who = step.by.default or next(iter(step.by.values()), None)
    return who.parties if who is not None else ()


def _role(party: Party, say: Speaker) -> str:
    role = say.organisation.roles.get(party.role) if party.kind == "role" else None
    return (
        role.title if role is not None else "" if party.kind in ("applicant", "system", "anyone") else say.party(party)
    )


def _lane(step: Step, say: Speaker) -> str:
    """Whose lane: the unit of the first one who may do it."""
    party = next(iter(_parties(step)), None)
    if party is None:
        return ""
    if party.kind != "role":
        return say.party(party) if party.kind in ("applicant", "system", "anyone") else "Người được giao"
    if party.place is not None:
        place = say.place(party.place)
        return place[:1].upper() + place[1:]
    return say.agency()


def _onward(step: Step) -> tuple[tuple[WayOut, ...], tuple[str, ...]]:
    """The ways written on the card, or, where there is but one and nothing to say about it, its targets."""
    written = [found for way in step.ways for found in _leads(way)]
    if len(written) == 1 and not written[0][0]:
        return (), _steps(written[0][1])
    pressed = any(way.choose for way in step.ways)  # then the line without a button of its own is one too
    return tuple(_way(lead or _OTHERWISE, pressed, targets) for lead, targets in written), ()


def _leads(way: Way) -> Iterator[tuple[str, tuple[Target, ...]]]:
    """Branches that open only sometimes are ways of their own."""
    lead = " ".join(part for part in (f"“{way.title or way.choose}”" if way.choose else "", _when(way)) if part)
    always = tuple(target for target in way.targets if target.when is None)
    if always:
        yield lead, always
    for target in way.targets:
        if target.when is not None:
            yield f"{lead} {to_vietnamese(target.when, 'và khi ' if lead else 'khi ')}".strip(), (target,)


def _when(way: Way) -> str:
    return to_vietnamese(way.when) if way.when is not None else ""


def _way(lead: str, pressed: bool, targets: tuple[Target, ...]) -> WayOut:
    steps = _steps(targets)
    text = lead if steps else f"{lead}: {_ENDS}"
    lines = broken(text, SMALL, CARD_WIDTH - 2 * INSIDE - 10, MOST_WAY)
    return WayOut(lines, text, pressed, steps)


def _steps(targets: tuple[Target, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(target.step for target in targets if target.step != END))


def said(number: int, step: Step, say: Speaker) -> str:
    """The step in one sentence, for those who do not see the drawing."""
    who = "; ".join(say.choice(step.by, say.who))
    time = "; ".join(say.time_of(step))
    onward = "; ".join(
        f"{lead + ': ' if lead else ''}{' và '.join(_ENDS if key == END else say.step_title(key) for key in keys)}"
        for lead, keys in say.ways(step)
    )
    return f"{number}. {step.title} ({who}{'; ' + time if time else ''}). Tiếp theo: {onward}."
