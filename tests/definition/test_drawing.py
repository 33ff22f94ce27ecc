"""The drawing of a route: every step a card, no line across a card, text that fits and is escaped."""

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.definition.check import check_config
from app.definition.drawing.chart import CARD_WIDTH, cards_of
from app.definition.drawing.layers import layers_of, returns_of
from app.definition.drawing.layout import Drawing, laid_out
from app.definition.drawing.letters import broken, width_of
from app.definition.drawing.svg import flow_file, flow_svgs
from app.definition.spoken import Speaker
from tests.definition.configs import SMALL, changed, checked, example_files

SVG = "{http://www.w3.org/2000/svg}"
CHECKED = check_config(example_files())


def drawn(route: str) -> tuple[Drawing, str]:
    """The drawing of the small procedure with these steps, and its file."""
    before = "route:\n"
    text = changed(before, f"route:\n{route}", _without_steps())
    outcome = checked(text)
    procedure = outcome.procedures["land/small"].procedure
    assert outcome.organisation is not None
    assert procedure.route.default is not None
    cards = cards_of(procedure.route.default, Speaker(procedure, outcome.organisation))
    return laid_out(cards), flow_file(procedure, outcome.organisation)


def _without_steps() -> str:
    start, end = SMALL.index("route:\n") + len("route:\n"), SMALL.index("tests:")
    return SMALL[:start] + SMALL[end:]


def steps(count: int, back: int = 0) -> str:
    """A long route; every so many steps a button leads back, and some open two branches that meet again."""
    units = ("officer@agency", "leader@agency", "reception", "applicant")
    lines = []
    for number in range(count):
        following = f"s{number + 1}" if number + 1 < count else "end"
        ways = f"to: {following}"
        if back and number and number % back == 0:
            ways = f"choose: again, title: Làm lại, to: s{number - back}}}, {{to: {following}"
        by = units[number % len(units)] if 0 < number < count - 1 else "reception"
        lines.append(f"  - {{step: s{number}, title: Bước số {number}, by: {by}, next: [{{{ways}}}]}}")
    return "\n".join(lines) + "\n"


PARALLEL = """\
  - {step: receive, title: Tiếp nhận, by: reception, next: [{to: [a, b, c]}]}
  - {step: a, title: Việc a, by: officer@agency, next: meet}
  - {step: b, title: Việc b, by: officer@agency, next: meet}
  - {step: c, title: Việc c, by: leader@agency, next: meet}
  - {step: meet, title: Tổng hợp, by: officer@agency, joins: [a, b, c], issues: [paper],
     next: [{choose: redo, title: Làm lại, to: a}, {to: return}]}
  - {step: return, title: Trả kết quả, by: reception}
"""


def assert_clear(drawing: Drawing) -> None:
    """Lines are level or upright, never run across a card, and stay inside; cards do not overlap."""
    boxes = [(one.x, one.y, one.x + CARD_WIDTH, one.bottom) for one in drawing.cards]
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left < right <= drawing.width
        assert drawing.head <= top < bottom <= drawing.height
        for other in boxes[at + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    for points, _back in drawing.lines:
        for (x1, y1), (x2, y2) in pairwise(points):
            assert x1 == x2 or y1 == y2
            assert 0 <= min(x1, x2) <= max(x1, x2) <= drawing.width
            assert 0 <= min(y1, y2) <= max(y1, y2) <= drawing.height
            for left, top, right, bottom in boxes:
                inside = max(x1, x2) > left and min(x1, x2) < right and max(y1, y2) > top and min(y1, y2) < bottom
                assert not inside


@pytest.mark.parametrize("route", [steps(3), steps(40), steps(40, back=3), steps(40, back=7), PARALLEL])
def test_nothing_is_in_the_way(route: str) -> None:
    drawing, text = drawn(route)
    assert_clear(drawing)
    count = route.count("step:")
    assert len(drawing.cards) == count
    assert len(ET.fromstring(text).findall(f".//{SVG}circle")) == count


@pytest.mark.parametrize("key", sorted(CHECKED.procedures))
def test_the_examples_are_drawn(key: str) -> None:
    procedure = CHECKED.procedures[key].procedure
    assert CHECKED.organisation is not None
    for route in procedure.route.values():
        cards = cards_of(route, Speaker(procedure, CHECKED.organisation))
        assert_clear(laid_out(cards))
        assert [card.key for card in cards] == [step.key for step in route.steps]
    root = ET.fromstring(flow_file(procedure, CHECKED.organisation))
    assert len(root.findall(f".//{SVG}desc")) == len(procedure.route.values())


def test_ways_back_are_dashed_and_branches_have_bars() -> None:
    drawing, text = drawn(PARALLEL)
    assert [back for _points, back in drawing.lines].count(True) == 1
    assert text.count('stroke-dasharray="4 3" marker-end') == 1
    assert text.count('<rect class="bar"') == 2
    assert "“Làm lại”" in text


def test_several_step_tables_are_drawn_one_below_the_other() -> None:
    procedure = CHECKED.procedures["civil/birth-registration"].procedure
    assert CHECKED.organisation is not None
    parts = flow_svgs(procedure, CHECKED.organisation)
    assert len(parts) == len(procedure.route.values())
    ids = [ids for _case, svg in parts for ids in ET.fromstring(svg).findall(".//*[@id]")]
    assert len({one.get("id") for one in ids}) == len(ids)


def test_titles_are_escaped_and_there_is_no_script() -> None:
    hostile = steps(3).replace("title: Bước số 1", "title: 'A & B “x” < y'")
    _drawing, text = drawn(hostile)
    assert "A &amp; B" in text
    assert "< y" not in text
    root = ET.fromstring(text)
    assert {one.tag for one in root.iter() if one.tag.endswith(("script", "foreignObject", "a", "image"))} == set()
    assert not any(name.lower().startswith("on") for one in root.iter() for name in one.attrib)


def test_the_description_tells_every_step() -> None:
    _drawing, text = drawn(PARALLEL)
    description = ET.fromstring(text).find(f".//{SVG}desc")
    assert description is not None
    assert "1. Tiếp nhận (" in str(description.text)
    assert "Tiếp theo: Việc a và Việc b và Việc c." in str(description.text)


@given(st.text(alphabet="abcđêốWMil ", max_size=80), st.integers(1, 4))
def test_lines_fit(text: str, most: int) -> None:
    lines = broken(text, 12.5, 100, most)
    assert len(lines) <= most
    assert all(width_of(line, 12.5) <= 100 for line in lines)
    if len(lines) < most:
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_marks_take_no_width() -> None:
    assert width_of("ế", 10) == width_of("e", 10)


@settings(max_examples=60)
@given(st.data())
def test_layers_go_down_whatever_the_graph(data: Any) -> None:
    keys = [f"k{number}" for number in range(data.draw(st.integers(1, 12)))]
    graph = {key: tuple(data.draw(st.lists(st.sampled_from(keys), max_size=3))) for key in keys}
    returns = returns_of(graph)
    layer = layers_of(graph, returns)
    for key, targets in graph.items():
        for to in targets:
            assert (key, to) in returns or layer[to] > layer[key]
