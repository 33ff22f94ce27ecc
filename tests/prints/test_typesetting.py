"""Typesetting: failures carry the template's name, and everything needed lies beside the code."""

import pytest

from app.prints.typesetting import FONTS, TypesettingError, typeset


def test_a_template_that_fails_is_named(tmp_path):
    (tmp_path / "broken-1.typ").write_text('#panic("no such field")', encoding="utf-8")

    with pytest.raises(TypesettingError, match=r"broken-1 .*no such field") as caught:
        typeset("broken-1", {}, folder=tmp_path)

    assert caught.value.template == "broken-1"


def test_a_template_that_is_not_there_is_named(tmp_path):
    with pytest.raises(TypesettingError, match="absent-1"):
        typeset("absent-1", {}, folder=tmp_path)


def test_data_lacking_what_the_template_prints_fail_with_its_name():
    with pytest.raises(TypesettingError, match="receipt-slip-1"):
        typeset("receipt-slip-1", {"paper": "A5"})


def test_a_template_cannot_read_outside_its_folder(tmp_path):
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    inner = tmp_path / "templates"
    inner.mkdir()
    (inner / "spy-1.typ").write_text('#read("../secret.txt")', encoding="utf-8")

    with pytest.raises(TypesettingError, match="spy-1"):
        typeset("spy-1", {}, folder=inner)


def test_the_fonts_come_with_their_licence():
    assert {font.name for font in FONTS.glob("*.ttf")} == {"Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf"}
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
