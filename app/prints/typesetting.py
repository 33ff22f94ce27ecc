"""Turns a template and data into a PDF; the data travels as JSON and is never part of the template's code."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

_HERE = Path(__file__).resolve().parent
TEMPLATES = _HERE / "templates"
FONTS = _HERE / "fonts"


class TypesettingError(Exception):
    """A template could not be set: a bug in the template or a broken installation, never a person's mistake."""

    def __init__(self, template: str, reason: str) -> None:
        super().__init__(f"template {template} could not be typeset: {reason}")
        self.template = template
        self.reason = reason


def typeset(template: str, data: Mapping[str, object], *, folder: Path = TEMPLATES) -> bytes:
    """The PDF of `<folder>/<template>.typ` with `data`; the same data gives the same bytes."""
    try:
        return typst.compile(
            folder / f"{template}.typ",
            root=folder,
            format="pdf",
            font_paths=_own_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        )
    except (RuntimeError, OSError) as failure:
        raise TypesettingError(template, str(failure)) from failure


@cache
def _own_fonts() -> typst.Fonts:
    """Our fonts alone: a font taken from the machine would change the paper from one server to the next."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
