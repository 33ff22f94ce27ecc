"""The first file of a procedure, made from a few answers: short, complete, ready to be checked and changed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.definition.duration import Duration, parse_duration
from app.definition.model.organisation import Organisation
from app.vietnamese.search import search_key

LONGEST_NAME = 40
SCHEMA_LINE = "# yaml-language-server: $schema=../../schema/procedure.json\n"
SHAREABLE = 2  # working days; less cannot be shared among three steps
_WORKERS = ("officer", "clerk", "head", "leader")
_SIGNERS = ("leader", "head")


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked. ``limit`` as the language writes it; ``fee`` in đồng, 0 for none; ``documents`` are titles."""

    key: str
    title: str
    field: str
    agency: str
    limit: str
    since: date
    code: str = ""
    fee: int = 0
    documents: Sequence[str] = ()
    applicants: Sequence[str] = ("citizen", "organisation")
    legal_basis: Sequence[str] = ()
    result: str = ""


def starting_document(answers: Answers, organisation: Organisation, test: Mapping[str, Any]) -> dict[str, Any]:
    """The document of the file; ``test`` holds what its one test gives and expects beside the walk."""
    steps = _steps(answers, organisation)
    walk = [step["step"] for step in steps]
    document: dict[str, Any] = {
        "schema": 1,
        "key": answers.key,
        "title": answers.title,
        "code": answers.code,
        "field": answers.field,
        "agency": answers.agency,
        "for": list(answers.applicants),
        "effective": {"from": answers.since.isoformat()},
        "legal_basis": list(answers.legal_basis),
        "results": [{"key": "result", "title": answers.result or f"Kết quả: {answers.title}"[:300]}],
        "time_limit": answers.limit,
        "documents": [_paper(number, title) for number, title in enumerate(answers.documents, start=1)],
        "fees": _fees(answers.fee),
        "route": steps,
        "tests": [_test(test, walk)],
    }
    return {key: value for key, value in document.items() if value not in ("", [])}


def _test(test: Mapping[str, Any], walk: Sequence[str]) -> dict[str, Any]:
    """In the order of the language: given, walk, expect."""
    head = {"name": "Hồ sơ thường, làm từ đầu đến cuối", "given": test["given"], "walk": list(walk)}
    return {**head, **({"expect": test["expect"]} if "expect" in test else {})}


def _paper(number: int, title: str) -> dict[str, Any]:
    return {"key": f"paper{number}", "title": title, "originals": 1}


def _fees(amount: int) -> list[dict[str, Any]]:
    if not amount:
        return []
    return [{"key": "fee", "title": "Phí", "kind": "fee", "amount": amount, "collect": "at_intake"}]


def _steps(answers: Answers, organisation: Organisation) -> list[dict[str, Any]]:
    """Reception, work, signature by somebody else where the agency has somebody, hand-over."""
    unit = organisation.units.get(answers.agency)
    roles = unit.roles if unit is not None else ()
    worker = next((role for role in _WORKERS if role in roles), next(iter(roles), "officer"))
    signer = next((role for role in _SIGNERS if role in roles and role != worker), "")
    receive = {"step": "receive", "title": "Tiếp nhận và kiểm tra hồ sơ", "by": "reception"}
    work: dict[str, Any] = {"step": "work", "title": "Giải quyết hồ sơ", "by": f"{worker}@agency"}
    sign: dict[str, Any] = {"step": "sign", "title": "Ký kết quả", "by": f"{signer}@agency", "not_by": ["work"]}
    hand_over = {"step": "return", "title": "Trả kết quả", "by": "reception"}
    _share_time(answers.limit, receive, work, sign if signer else None)
    (sign if signer else work)["issues"] = ["result"]
    return [receive, work, *([sign] if signer else []), hand_over]


def _share_time(limit: str, receive: dict[str, Any], work: dict[str, Any], sign: dict[str, Any] | None) -> None:
    """Half a day to receive, half a day to sign, the rest to work; only limits of working days can be shared so."""
    duration = parse_duration(limit)
    days = _working_days(duration) if isinstance(duration, Duration) else 0
    if days < SHAREABLE:
        return
    receive["within"] = "4 hours"
    work["within"] = f"{days - 1} working days" if days > SHAREABLE else "1 working day"
    if sign is not None:
        sign["within"] = "4 hours"


def _working_days(duration: Duration) -> int:
    segments = duration.segments
    if len(segments) != 1 or segments[0].unit != "working_day" or segments[0].amount.denominator != 1:
        return 0
    return int(segments[0].amount)


def name_from(title: str) -> str:
    """`Cấp bản sao trích lục` → `cap-ban-sao-trich-luc`: a key that a person may keep."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in search_key(title)).split()
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word
        if len(longer) > LONGEST_NAME:
            break
        name = longer
    return name if name[:1].isalpha() else f"thu-tuc-{name}".rstrip("-")
