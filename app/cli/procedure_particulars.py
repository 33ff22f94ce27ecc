"""What a procedure rests on and what comes of it, in Vietnamese: decisions, legal bases, results, keeping."""

from collections.abc import Iterator

from app.definition.duration import Duration, parse_duration
from app.definition.expression.prose import to_vietnamese
from app.definition.model.procedure import Keep, LegalBasis, Procedure, Requirement, Result
from app.definition.spoken import said_duration
from app.vietnamese.dates import format_date

_ONLINE = {"full": "toàn trình", "part": "một phần", "info": "cung cấp thông tin"}
_GIVEN_AS = {"paper": "bản giấy", "electronic": "bản điện tử"}
_THEN = {"archive": "nộp lưu trữ", "destroy": "tiêu hủy"}


def announced(procedure: Procedure) -> str:
    """The announcing decision with its date; empty without one."""
    one = procedure.announced
    if one is None:
        return ""
    return f"{one.number} ngày {format_date(one.day)}" if one.day is not None else one.number


def online(procedure: Procedure) -> str:
    """The level of the online service."""
    return _ONLINE[procedure.online]


def basis(one: LegalBasis) -> str:
    """A legal basis with the span in which it is in force."""
    since = f", từ {format_date(one.since)}" if one.since is not None else ""
    until = f", đến {format_date(one.until)}" if one.until is not None else ""
    return f"{one.title}{since}{until}"


def requirement(one: Requirement) -> str:
    """What is required, and what is tested at intake."""
    return f"{one.text}; kiểm tra: {to_vietnamese(one.check)}" if one.check is not None else one.text


def result(one: Result) -> Iterator[str]:
    """A result: when it comes, how it is handed over, how long it holds."""
    yield f"{one.title}; {to_vietnamese(one.when)}" if one.when is not None else one.title
    yield "trả " + ", ".join(_GIVEN_AS[way] for way in one.given_as) if one.given_as else "chỉ cập nhật dữ liệu"
    if one.valid_for:
        yield f"hiệu lực {_time(one.valid_for)}"


def keep(one: Keep) -> str:
    """How long the dossier is kept, and what follows."""
    time = "vĩnh viễn" if one.time == "permanent" else f"{_time(one.time)}, rồi {_THEN[one.then]}"
    return f"{time} ({one.basis})" if one.basis else time


def _time(text: str) -> str:
    """A duration in words; an expression that names the last day as it is written."""
    duration = parse_duration(text)
    return said_duration(duration) if isinstance(duration, Duration) else f"đến {text}"
