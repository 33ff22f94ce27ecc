"""A procedure on one page, in Vietnamese: what it is, limits, steps, papers, money, results."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.cli import procedure_particulars as particulars
from app.cli.text_table import table
from app.definition.expression.prose import to_vietnamese
from app.definition.model.documents import Document, Group
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.model.route import Route, Step
from app.definition.shape.tables.wording import APPLICANT_KINDS, CHANNELS
from app.definition.spoken import END, Speaker, said_duration
from app.vietnamese.dates import format_date

_GROUPS = {"all": "tất cả", "one": "một trong các giấy tờ", "any": "ít nhất một giấy tờ"}
_WIDTHS = (0, 34, 30, 24, 16, 34)
_HEADS = ("TT", "Bước", "Ai làm", "Thời gian", "Trạng thái", "Tiếp theo")


def summary(procedure: Procedure, organisation: Organisation) -> dict[str, Any]:
    """The parts under their Vietnamese headings; empty ones are left out."""
    say = Speaker(procedure, organisation)
    field = organisation.fields.get(procedure.field)
    until = f" đến {format_date(procedure.until)}" if procedure.until is not None else ""
    parts = {
        "Tên": procedure.title,
        "Khóa": procedure.key,
        "Mã": procedure.code or procedure.local_code,
        "Mã trước đây": ", ".join(procedure.formerly),
        "Quyết định công bố": particulars.announced(procedure),
        "Lĩnh vực": field.title if field is not None else procedure.field,
        "Áp dụng": f"từ {format_date(procedure.since)}{until}",
        "Cơ quan giải quyết": list(say.choice(procedure.agency, say.unit_title)),
        "Cơ quan có thẩm quyền": list(say.choice(procedure.authority, say.unit_title)),
        "Cơ quan phối hợp": [say.unit_title(key) for key in procedure.partners],
        "Đối tượng": [APPLICANT_KINDS.get(kind, kind) for kind in procedure.applicants],
        "Cách nộp": [CHANNELS.get(channel, channel) for channel in procedure.channels],
        "Dịch vụ trực tuyến": particulars.online(procedure),
        "Trường hợp": [variant.title for variant in procedure.variants],
        "Thời hạn": list(_limits(say)),
        "Quy trình": {_table_name(when): _steps(route, say) for when, route in _routes(procedure)},
        "Thành phần hồ sơ": list(_papers(procedure.documents, say)),
        "Phí, lệ phí": [line for fee in procedure.fees for line in say.fee(fee)] or ["Không"],
        "Yêu cầu, điều kiện": [particulars.requirement(one) for one in procedure.requirements],
        "Kết quả": ["; ".join(particulars.result(one)) for one in procedure.results],
        "Căn cứ pháp lý": [particulars.basis(one) for one in procedure.legal_basis],
        "Bảo quản": particulars.keep(procedure.keep),
        "Kịch bản kiểm tra": [str(test.get("name", "")) for test in procedure.tests],
    }
    return {heading: part for heading, part in parts.items() if part not in ("", [], {})}


def _limits(say: Speaker) -> Iterator[str]:
    limit = say.procedure.time_limit
    yield from say.times(limit.promised)
    for extra in limit.add:
        yield f"cộng {said_duration(extra.time)} {to_vietnamese(extra.when)}"
    for line in say.times(limit.legal):
        yield f"theo luật: {line}"
    for phase in say.procedure.phases:
        times = "; ".join(say.times(phase.within))
        yield f"giai đoạn “{phase.title}”{': ' + times if times else ''}"


def _routes(procedure: Procedure) -> Iterator[tuple[Any, Route]]:
    if procedure.route.default is not None:
        yield None, procedure.route.default
    yield from ((case.when, case.value) for case in procedure.route.cases)


def _table_name(when: Any) -> str:
    return to_vietnamese(when) if when is not None else "thường"


def _steps(route: Route, say: Speaker) -> list[dict[str, Any]]:
    numbers = {step.key: str(at) for at, step in enumerate(route.steps, start=1)}
    return [
        {
            "TT": numbers[step.key],
            "Bước": f"{step.title} ({step.key})",
            "Ai làm": "; ".join(say.choice(step.by, say.who)),
            "Thời gian": "; ".join(say.time_of(step)),
            "Trạng thái": say.status(step),
            "Tiếp theo": "; ".join(_onward(step, say, numbers)),
        }
        for step in route.steps
    ]


def _onward(step: Step, say: Speaker, numbers: Mapping[str, str]) -> Iterator[str]:
    for lead, keys in say.ways(step):
        to = " và ".join("kết thúc" if key == END else f"bước {numbers.get(key, key)}" for key in keys)
        yield f"{lead}: {to}" if lead else to


def _papers(items: Iterable[Document | Group], say: Speaker, depth: int = 0) -> Iterator[str]:
    for item in items:
        if isinstance(item, Group):
            yield "  " * depth + _with(f"{item.title} ({_GROUPS.get(item.of, item.of)})", item.when)
            yield from _papers(item.items, say, depth + 1)
        else:
            yield "  " * depth + say.paper(item)


def _with(text: str, when: Any) -> str:
    return f"{text}; {to_vietnamese(when)}" if when is not None else text


def summary_text(parts: Mapping[str, Any]) -> Iterator[str]:
    """The summary as lines for a terminal."""
    for heading, part in parts.items():
        if isinstance(part, str):
            yield f"{heading}: {part}"
        elif isinstance(part, Mapping):
            yield from _tables(heading, part)
        elif len(part) == 1:
            yield f"{heading}: {part[0]}"
        else:
            yield f"{heading}:"
            yield from (f"  {line}" for line in part)


def _tables(heading: str, tables: Mapping[str, list[dict[str, str]]]) -> Iterator[str]:
    for name, steps in tables.items():
        yield f"{heading}{'' if len(tables) == 1 else ' ' + name}:"
        rows = [_HEADS, *(tuple(step[head] for head in _HEADS) for step in steps)]
        yield from (f"  {line}" for line in table(rows, _WIDTHS))
