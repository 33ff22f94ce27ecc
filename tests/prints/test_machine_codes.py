"""Bars and squares as drawings, read back by a decoder."""

import io
from xml.etree import ElementTree

import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from app.prints.machine_codes import code_128, qr_code


def drawn(svg: str, modules: int, dots: int = 3) -> Image.Image:
    """The bars of the SVG path painted at a few dots a module."""
    path = ElementTree.fromstring(svg)[0].attrib["d"]
    image = Image.new("L", (modules * dots, 60), 255)
    pen = ImageDraw.Draw(image)
    for bar in path.split("M")[1:]:
        at = int(bar.split(" ")[0])
        width = int(bar.split("h")[1].split("v")[0])
        pen.rectangle((at * dots, 0, (at + width) * dots - 1, 60), fill=0)
    return image


@settings(max_examples=60, deadline=None)
# Readers take no notice of a few bars alone; no dossier code is that short.
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=50))
@example("990000")
@example("99.10-990101-0001")
@example("1A99000")
def test_every_code_of_printable_signs_is_read_back(code):
    bars = code_128(code)

    found = zxingcpp.read_barcodes(drawn(bars.svg, bars.modules), formats=zxingcpp.BarcodeFormat.Code128)

    assert [one.text for one in found] == [code]


def test_bars_have_their_quiet_zone():
    bars = code_128("H24.17-261118-0152")
    image = drawn(bars.svg, bars.modules, dots=1)

    row = [image.getpixel((at, 5)) for at in range(image.width)]
    assert set(row[:10]) == set(row[-10:]) == {255}
    assert row[10] == row[-11] == 0


def test_the_qr_drawing_is_well_formed_and_square():
    code = qr_code("https://motcua.example.vn/?a=1&b=2")
    size = ElementTree.parse(io.StringIO(code.svg)).getroot().attrib

    assert size["width"] == size["height"] == str(code.modules)
