"""What a scanner reads: the dossier code as Code-128 and the look-up link as QR, as vector drawings."""

import io
from dataclasses import dataclass

import segno
from barcode.codex import Code128

_QUIET_BARS = 10  # ISO/IEC 15417: ten modules of white on either side
_QUIET_DOTS = 4  # ISO/IEC 18004: four modules of white all around
_BAR_HEIGHT = 40


@dataclass(frozen=True, slots=True)
class MachineCode:
    """An SVG drawing and how many modules wide it is, quiet zone included."""

    svg: str
    modules: int


class _Bars(Code128):  # type: ignore[misc]
    """The library takes a leading pair "99" for its sign that changes the set, and drops it."""

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        pair = self.code[:2]
        begins_with_a_pair = len(pair) == 2 and pair.isdigit()
        return encoded if begins_with_a_pair else super()._try_to_optimize(encoded)


def code_128(text: str) -> MachineCode:
    """Bars of a text of printable ASCII; the template decides how wide a module is drawn."""
    bars = _Bars(text).build()[0]
    modules = len(bars) + 2 * _QUIET_BARS
    path = "".join(f"M{_QUIET_BARS + at} 0h{length}v{_BAR_HEIGHT}h-{length}z" for at, length in _black_runs(bars))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{modules}" height="{_BAR_HEIGHT}" '
        f'viewBox="0 0 {modules} {_BAR_HEIGHT}"><path fill="#000" d="{path}"/></svg>'
    )
    return MachineCode(svg, modules)


def qr_code(link: str) -> MachineCode:
    """QR of a link with error correction M, which survives a fold or a stamp's edge."""
    code = segno.make_qr(link, error="m")
    buffer = io.BytesIO()
    code.save(buffer, kind="svg", border=_QUIET_DOTS, xmldecl=False, nl=False)
    return MachineCode(buffer.getvalue().decode("utf-8"), int(code.symbol_size(border=_QUIET_DOTS)[0]))


def _black_runs(bars: str) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, module in enumerate(bars):
        if module != "1":
            continue
        if runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs
