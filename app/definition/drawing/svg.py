"""A drawing as SVG: with a title and a description for those who do not see it, no scripts, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from app.definition.drawing.chart import CARD_WIDTH, INSIDE, LINE, Card, Line, cards_of
from app.definition.drawing.layout import BAR, Drawing, Placed, laid_out, way_middle
from app.definition.expression.prose import to_vietnamese
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.model.route import Route
from app.definition.spoken import Speaker

# The colours of the pages, for a file that is opened by itself; on a page its style sheet says the same.
STYLE = """\
.mc-flow{font-family:"Segoe UI",system-ui,"Noto Sans",Roboto,Arial,sans-serif;background:#fff}
.mc-flow text{font-size:12.5px;fill:#16202a}.mc-flow .t2{font-size:11.5px;fill:#42505e}.mc-flow .tb{font-weight:650}
.mc-flow .lane{fill:#fff;stroke:#d5dce3}.mc-flow .lane--alt{fill:#f7f9fb;stroke:#d5dce3}
.mc-flow .lanehead{fill:#e7edf3;stroke:#d5dce3}.mc-flow .box{fill:#fff;stroke:#42505e;stroke-width:1.4}
.mc-flow .box--wait{fill:#ecebfa;stroke:#6354b4;stroke-dasharray:5 3}.mc-flow .box--opt{stroke-dasharray:5 3}
.mc-flow .box--end{fill:#e3eefb;stroke:#1b5aa6}.mc-flow .dia{fill:#fff0d3;stroke:#b36b00;stroke-width:1.4}
.mc-flow .edge{fill:none;stroke:#42505e;stroke-width:1.4}.mc-flow .head,.mc-flow .bar{fill:#42505e}
.mc-flow .no{fill:#16202a}.mc-flow .not{fill:#fff;font-weight:700;font-size:11px}
.mc-flow .timet{fill:#1b5aa6;font-weight:650;font-size:11.5px}
.mc-flow .cond{fill:#7a4a00;font-weight:650;font-size:11.5px}
"""
_RADIUS, _BADGE, _MARK = 6, 10, 5
_FIRST_LINE = 18  # from the upper edge of a card to the foot of its first line
_DASHES = "4 3"


def flow_svgs(procedure: Procedure, organisation: Organisation) -> list[tuple[str, str]]:
    """One drawing for each step table, with the case that it is for ("" for the usual one); for use inside a page."""
    say = Speaker(procedure, organisation)
    return [(case, _svg(route, say, case, number)) for number, (case, route) in enumerate(_tables(procedure))]


def flow_file(procedure: Procedure, organisation: Organisation) -> str:
    """All step tables in one file of its own, one below the other."""
    say = Speaker(procedure, organisation)
    drawn = [(case, laid_out(cards_of(route, say)), route) for case, route in _tables(procedure)]
    width = max(drawing.width for _case, drawing, _route in drawn)
    parts: list[str] = []
    top = 0.0
    for number, (case, drawing, route) in enumerate(drawn):
        if case:
            parts.append(_text(Line(case, "tb"), 0, top + LINE, "start"))
            top += 2 * LINE
        inner = "".join(_body(drawing, _named(say, route, case), number))
        parts.append(f'<svg y="{top:g}" width="{drawing.width + 2:g}" height="{drawing.height + 2:g}">{inner}</svg>')
        top += drawing.height + 2 * LINE
    title = escape(f"Sơ đồ: {procedure.title}")
    size = f'width="{width + 2:g}" height="{top:g}" viewBox="-1 -1 {width + 2:g} {top:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="mc-flow" lang="vi" role="img" aria-label="{title}" {size}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<style>{STYLE}</style>{"".join(parts)}</svg>\n'


def _tables(procedure: Procedure) -> Iterator[tuple[str, Route]]:
    if procedure.route.default is not None:
        yield "", procedure.route.default
    for case in procedure.route.cases:
        said = to_vietnamese(case.when)
        yield said[:1].upper() + said[1:], case.value


def _named(say: Speaker, route: Route, case: str) -> tuple[str, str]:
    """Title and description: the steps, each in one sentence."""
    cards = cards_of(route, say)
    title = f"Sơ đồ thủ tục {say.procedure.short_title or say.procedure.title}, {len(cards)} bước"
    return f"{title}. {case}" if case else title, " ".join(card.title for card in cards)


def _svg(route: Route, say: Speaker, case: str, number: int) -> str:
    drawing = laid_out(cards_of(route, say))
    head = (
        f'<svg class="mc-flow mc-flow--own" role="img" aria-labelledby="flow-{number}-title flow-{number}-desc" '
        f'width="{drawing.width + 2:g}" height="{drawing.height + 2:g}" '
        f'viewBox="-1 -1 {drawing.width + 2:g} {drawing.height + 2:g}">'
    )
    return f"{head}{''.join(_body(drawing, _named(say, route, case), number))}</svg>"


def _body(drawing: Drawing, named: tuple[str, str], number: int) -> Iterator[str]:
    title, description = named
    yield f'<title id="flow-{number}-title">{escape(title)}</title>'
    yield f'<desc id="flow-{number}-desc">{escape(description)}</desc>'
    arrow = f"flow-{number}-arrow"
    yield (
        f'<defs><marker id="{arrow}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path class="head" d="M0 0 L8 4 L0 8 z"/></marker></defs>'
    )
    yield from _lanes(drawing)
    for points, back in drawing.lines:
        corners = " L".join(f"{x:g} {y:g}" for x, y in points)
        dashes = f' stroke-dasharray="{_DASHES}"' if back else ""
        yield f'<path class="edge"{dashes} marker-end="url(#{arrow})" d="M{corners}"/>'
    for placed in drawing.cards:
        yield from _card(placed)


def _lanes(drawing: Drawing) -> Iterator[str]:
    for number, lane in enumerate(drawing.lanes):
        style = "lane lane--alt" if number % 2 else "lane"
        place = f'x="{lane.x:g}" y="0" width="{lane.width:g}"'
        yield f'<rect class="{style}" {place} height="{drawing.height:g}"/>'
        yield f'<rect class="lanehead" {place} height="{drawing.head:g}"/>'
        first = drawing.head / 2 - (len(lane.lines) - 1) * LINE / 2 + 4
        for at, text in enumerate(lane.lines):
            yield _text(Line(text, "tb"), lane.x + lane.width / 2, first + at * LINE, "middle")


def _card(placed: Placed) -> Iterator[str]:
    card, x, y = placed.card, placed.x, placed.y
    yield f"<g><title>{escape(card.title)}</title>"
    yield f'<rect class="{card.kind}" x="{x:g}" y="{y:g}" width="{CARD_WIDTH}" height="{card.height}" rx="{_RADIUS}"/>'
    for at, line in enumerate(card.lines):
        yield _text(line, placed.middle, y + _FIRST_LINE + at * LINE, "middle")
    yield from _ways(placed)
    if card.joins:
        yield _bar(x, y - BAR)
    if len(card.onward) > 1:
        yield _bar(x, placed.bottom)
    yield f'<circle class="no" cx="{x + 2:g}" cy="{y + 2:g}" r="{_BADGE}"/>'
    yield f'<text class="not" x="{x + 2:g}" y="{y + 6:g}" text-anchor="middle">{card.number}</text></g>'


def _bar(x: float, y: float) -> str:
    return f'<rect class="bar" x="{x:g}" y="{y:g}" width="{CARD_WIDTH}" height="{BAR}" rx="1"/>'


def _ways(placed: Placed) -> Iterator[str]:
    """Each way with a mark: a diamond for what follows from the answers, a pill for what somebody presses."""
    card: Card = placed.card
    for number, way in enumerate(card.ways):
        middle = placed.y + way_middle(card, number)
        top = middle - way.height / 2
        yield f"<g><title>{escape(way.text)}</title>"
        yield f'<path class="edge" d="M{placed.x:g} {top:g} L{placed.x + CARD_WIDTH:g} {top:g}"/>'
        yield _mark(placed.x + INSIDE, middle, pressed=way.pressed)
        for at, text in enumerate(way.lines):
            first = middle - (len(way.lines) - 1) * LINE / 2 + 4
            yield _text(Line(text, "cond"), placed.x + INSIDE + 2 * _MARK, first + at * LINE, "start")
        yield "</g>"


def _mark(x: float, y: float, *, pressed: bool) -> str:
    if pressed:
        return f'<rect class="dia" x="{x - _MARK:g}" y="{y - 4:g}" width="{2 * _MARK}" height="8" rx="4"/>'
    return f'<path class="dia" d="M{x:g} {y - _MARK:g} l{_MARK} {_MARK} l{-_MARK} {_MARK} l{-_MARK} {-_MARK} z"/>'


def _text(line: Line, x: float, y: float, anchor: str) -> str:
    return f'<text class="{line.style}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(line.text)}</text>'
