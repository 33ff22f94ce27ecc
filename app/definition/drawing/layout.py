"""Places for cards and lines: lanes side by side, layers one below the other, lines in the gaps and gutters between.

Lines run level only between two layers and upright only between two columns, so that none ever crosses a card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.definition.drawing.chart import CARD_WIDTH, LINE, Card
from app.definition.drawing.layers import layers_of, returns_of
from app.definition.drawing.letters import broken

TRACK = 9  # between two lines that run beside each other
GUTTER, GAP = 26, 34  # beside a column, above a layer, before any line runs there
HEAD = 14
BAR = 5  # thickness of the bar at which branches part and meet
MOST_HEAD = 2
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A card with its upper left corner."""

    card: Card
    x: float
    y: float

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.x + CARD_WIDTH / 2

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.card.height


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane with its heading."""

    lines: tuple[str, ...]
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything with its place, in pixels."""

    width: float
    height: float
    head: float
    lanes: tuple[Lane, ...]
    cards: tuple[Placed, ...]
    lines: tuple[tuple[tuple[Point, ...], bool], ...]  # its corners; whether it leads back


@dataclass(frozen=True, slots=True)
class _Link:
    """One line to draw: from a way on a card (or its lower edge: None) to another card."""

    source: str
    way: int | None
    target: str
    back: bool


@dataclass
class _Grid:
    """What stands where before there are pixels: layer, column and the lines beside and between them."""

    cards: Mapping[str, Card]
    layer: Mapping[str, int]
    column: dict[str, int]
    lanes: list[tuple[str, int, int]]  # title, first column, how many
    links: list[_Link]
    levels: dict[int, list[tuple[str, str]]] = field(default_factory=dict)  # gap above a layer → its level lines
    uprights: dict[int, list[list[tuple[float, float]]]] = field(default_factory=dict)  # column → tracks → spans
    track: dict[_Link, int] = field(default_factory=dict)

    def is_straight(self, link: _Link) -> bool:
        """Whether it runs straight down to the card below."""
        below = self.layer[link.target] == self.layer[link.source] + 1
        return link.way is None and not link.back and below and self.column[link.source] == self.column[link.target]

    def is_near(self, link: _Link) -> bool:
        """Whether it needs no upright: from the lower edge to a card of the next layer."""
        return link.way is None and self.layer[link.target] == self.layer[link.source] + 1


def laid_out(cards: Sequence[Card]) -> Drawing:
    """A place for everything."""
    grid = _grid(cards)
    _route(grid)
    return _Pixels(grid).drawing()


def _grid(cards: Sequence[Card]) -> _Grid:
    by_key = {card.key: card for card in cards}
    graph = {card.key: card.targets for card in cards}
    returns = returns_of(graph)
    layer = layers_of(graph, returns)
    lanes, column = _columns(cards, layer)
    links = []
    for card in cards:
        ways: list[tuple[int | None, tuple[str, ...]]] = [(None, card.onward)]
        ways += [(at, way.targets) for at, way in enumerate(card.ways)]
        for at, targets in ways:
            links += [_Link(card.key, at, to, (card.key, to) in returns) for to in targets if to in by_key]
    return _Grid(by_key, layer, column, lanes, list(dict.fromkeys(links)))


def _columns(cards: Sequence[Card], layer: Mapping[str, int]) -> tuple[list[tuple[str, int, int]], dict[str, int]]:
    """Lanes in the order in which the steps come to them; as many columns as stand beside each other in one layer."""
    inside: dict[str, dict[int, list[str]]] = {}
    for card in cards:
        inside.setdefault(card.lane, {}).setdefault(layer[card.key], []).append(card.key)
    lanes: list[tuple[str, int, int]] = []
    column: dict[str, int] = {}
    first = 0
    for lane, layers in inside.items():
        count = max(len(keys) for keys in layers.values())
        for keys in layers.values():
            column.update((key, first + at) for at, key in enumerate(keys))
        lanes.append((lane, first, count))
        first += count
    return lanes, column


def _route(grid: _Grid) -> None:
    """Give every line its tracks. All lines to one card come in by one level line: there they meet."""
    for link in grid.links:
        if grid.is_straight(link):
            continue
        arriving = grid.levels.setdefault(grid.layer[link.target], [])
        if ("in", link.target) not in arriving:
            arriving.append(("in", link.target))
        if grid.is_near(link):
            continue
        if link.way is None:
            leaving = grid.levels.setdefault(grid.layer[link.source] + 1, [])
            if ("out", link.source) not in leaving:
                leaving.insert(0, ("out", link.source))
        _upright(grid, link)


def _upright(grid: _Grid, link: _Link) -> None:
    """The first track right of the source's column that is free where the line runs."""
    start = grid.layer[link.source] + (0.9 if link.way is None else 0.1 + 0.8 * link.way / 100)
    end = grid.layer[link.target] - 0.1
    span = (min(start, end), max(start, end))
    tracks = grid.uprights.setdefault(grid.column[link.source], [])
    for number, spans in enumerate(tracks):
        if all(span[1] < low or high < span[0] for low, high in spans):
            spans.append(span)
            grid.track[link] = number
            return
    tracks.append([span])
    grid.track[link] = len(tracks) - 1


class _Pixels:
    """From the grid to pixels."""

    def __init__(self, grid: _Grid) -> None:
        self._grid = grid
        columns = sum(count for _title, _first, count in grid.lanes)
        self._column_x: list[float] = []
        x = float(HEAD)
        for column in range(columns):
            self._column_x.append(x)
            x += CARD_WIDTH + GUTTER + TRACK * len(grid.uprights.get(column, ()))
        self._width = x
        self._heads = [
            broken(title, 12.5, self._lane_width(first, count) - 12, MOST_HEAD) for title, first, count in grid.lanes
        ]
        self._head = max((len(lines) for lines in self._heads), default=1) * LINE + 16
        self._layer_y: list[float] = []
        y = float(self._head)
        for layer in range(max(grid.layer.values(), default=0) + 1):
            y += GAP + TRACK * len(grid.levels.get(layer, ()))
            self._layer_y.append(y)
            y += max(grid.cards[key].height for key, at in grid.layer.items() if at == layer)
        self._height = y + GAP
        self._placed = {key: self._place(key) for key in grid.cards}

    def _lane_width(self, first: int, count: int) -> float:
        last = first + count
        end = self._column_x[last] if last < len(self._column_x) else self._width
        return end - self._column_x[first]

    def _place(self, key: str) -> Placed:
        grid = self._grid
        return Placed(grid.cards[key], self._column_x[grid.column[key]], self._layer_y[grid.layer[key]])

    def drawing(self) -> Drawing:
        """Everything with its place."""
        lanes = tuple(
            Lane(lines, self._column_x[first] - HEAD, self._lane_width(first, count))
            for lines, (_title, first, count) in zip(self._heads, self._grid.lanes, strict=True)
        )
        lines = tuple((tuple(_without_stops(self._corners(link))), link.back) for link in self._grid.links)
        return Drawing(self._width, self._height, self._head, lanes, tuple(self._placed.values()), lines)

    def _level(self, layer: int, which: tuple[str, str]) -> float:
        """The y of a level line in the gap above a layer."""
        tracks = self._grid.levels[layer]
        top = self._layer_y[layer] - GAP - TRACK * len(tracks) if layer < len(self._layer_y) else self._height - GAP
        return top + GAP / 2 + TRACK * tracks.index(which)

    def _corners(self, link: _Link) -> Iterator[Point]:
        grid, source, target = self._grid, self._placed[link.source], self._placed[link.target]
        end = target.y - (BAR if target.card.joins else 0)
        if link.way is None:
            yield source.middle, source.bottom + (BAR if len(source.card.onward) > 1 else 0)
        else:
            yield source.x + CARD_WIDTH, source.y + way_middle(source.card, link.way)
        if not grid.is_straight(link):
            level = self._level(grid.layer[link.target], ("in", link.target))
            if grid.is_near(link):
                yield source.middle, level
            else:
                x = source.x + CARD_WIDTH + GUTTER / 2 + TRACK * grid.track[link]
                y = source.y + way_middle(source.card, link.way) if link.way is not None else self._out(link)
                yield from ((source.middle, y),) if link.way is None else ()
                yield x, y
                yield x, level
            yield target.middle, level
        yield target.middle, end

    def _out(self, link: _Link) -> float:
        return self._level(self._grid.layer[link.source] + 1, ("out", link.source))


def way_middle(card: Card, way: int) -> float:
    """How far below the upper edge of a card one of its ways leaves it."""
    return card.text_height + sum(one.height for one in card.ways[:way]) + card.ways[way].height / 2


def _without_stops(points: Iterable[Point]) -> Iterator[Point]:
    last: Point | None = None
    for point in points:
        if point != last:
            yield point
        last = point
