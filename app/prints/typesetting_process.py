"""A program of its own, run for one paper: reads on standard input what to set, writes the PDF on standard output.

`typesetting.py` starts it. It imports nothing of the application, so that it is there in a moment, and it ends with 1
and the reason on standard error where the template or its data cannot be set.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst


def main(order: dict[str, Any]) -> bytes:
    """The PDF of ``folder``/``template``.typ with ``data`` and the fonts of one folder alone.

    A font taken from the machine would change the paper from one server to the next.
    """
    folder = Path(order["folder"])
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]])
    return typst.compile(
        folder / f"{order['template']}.typ",
        root=folder,
        format="pdf",
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": order["data"]},
    )


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(main(json.load(sys.stdin)))
    except (RuntimeError, OSError) as failure:
        sys.exit(str(failure))
