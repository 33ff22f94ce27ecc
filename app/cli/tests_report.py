"""The outcome of tests for people and for machines."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from app.cli.tests_run import Report, TestReport, Told
from app.engine.story import Line

COMPARED = "Q04"  # the rule that says: expected this, got that
_EVENTS = {
    "accepted": "tiếp nhận",
    "supplement_requested": "yêu cầu bổ sung",
    "resubmitted": "nộp bổ sung",
    "refused": "từ chối",
    "stopped": "dừng giải quyết",
    "withdrawn": "rút hồ sơ",
    "extended": "gia hạn, hẹn lại",
    "ended": "kết thúc",
}
_KINDS = {"supplement": "chờ bổ sung", "opinion": "chờ ý kiến", "approval": "chờ duyệt"}


def text_of(reports: Sequence[Report]) -> Iterator[str]:
    """Line by line: every procedure with its coverage, every failure with what led to it, the sum at the end."""
    for report in reports:
        yield from _procedure(report)
    tests = [test for report in reports for test in report.tests]
    failed = sum(1 for test in tests if test.told)
    broken = sum(1 for report in reports if report.problems)
    unplayed = f", {broken} thủ tục không chạy được vì còn lỗi" if broken else ""
    yield f"{len(reports)} thủ tục, {len(tests)} kịch bản, {failed} sai{unplayed}"


def _procedure(report: Report) -> Iterator[str]:
    if report.problems:
        yield f"✗ {report.key or report.file}: còn lỗi, chưa chạy kịch bản"
        yield from (f"    {line}" for problem in report.problems for line in problem.text.splitlines())
        return
    mark = "✓" if report.passed else "✗"
    walked = report.transitions - len(report.missed)
    yield (
        f"{mark} {report.key}: {len(report.tests)} kịch bản, "
        f"đã đi {walked}/{report.transitions} lối ({report.percent}%)"
    )
    for test in report.tests:
        if test.told:
            yield from (f"    {line}" for line in _failed(test))
    for name in report.missed:
        yield f"    chưa kiểm tra: {name}"
    if report.suggestions:
        yield f"    Gợi ý, dán vào cuối {report.file} (dưới tests:); số liệu là máy tính ra, đối chiếu với quy định:"
        yield from (line for suggestion in report.suggestions for line in suggestion.splitlines())


def _failed(test: TestReport) -> Iterator[str]:
    yield f"✗ {test.name}"
    for told in test.told:
        yield from (f"    {line}" for line in _told(told))
    if test.story:
        yield "    đã đi:"
        yield from (f"      {line}" for line in _story(test.story))


def _told(told: Told) -> Iterator[str]:
    yield from told.mistake.text.splitlines()
    if told.mistake.data["rule"] == COMPARED:
        yield f"  mong:  {told.expected or '–'}"
        yield f"  được:  {told.got or '–'}"


def _story(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        said = _line(line)
        if said:
            yield f"{_moment(line.at)}  {said}"


def _line(line: Line) -> str:
    due = f", hạn {_moment(line.due)}" if line.due is not None else ""
    if line.kind == "entered":
        what = f" ({_KINDS.get(line.detail, line.detail)})" if line.detail else ""
        return f"→ {line.step}{what}{': ' + line.title if line.title else ''}{due}"
    if line.kind == "left":
        return f"  xong {line.step}" + (f" ({line.detail})" if line.detail else "")
    if line.kind == "due":
        return f"  hạn trả hồ sơ {_moment(line.due)}" if line.due is not None else "  chưa có hạn trả"
    return f"  {_EVENTS.get(line.kind, line.kind)}" + (f": {line.detail}" if line.detail else "")


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at is not None else ""


def json_of(reports: Iterable[Report]) -> list[dict[str, Any]]:
    """The same as values for ``json.dumps``."""
    return [
        {
            "key": report.key,
            "file": report.file,
            "passed": report.passed,
            "problems": [dict(problem.data) for problem in report.problems],
            "tests": [_test(test) for test in report.tests],
            "coverage": {
                "percent": report.percent,
                "transitions": report.transitions,
                "missed": list(report.missed),
            },
            "suggestions": list(report.suggestions),
        }
        for report in reports
    ]


def _test(test: TestReport) -> dict[str, Any]:
    failures = [{**told.mistake.data, "expected": told.expected, "got": told.got} for told in test.told]
    walk = [
        {
            "at": _moment(line.at),
            "what": line.kind,
            "step": line.step,
            "due": _moment(line.due),
            "detail": line.detail,
        }
        for line in test.story
    ]
    return {"name": test.name, "passed": not test.told, "failures": failures, "walk": walk}
