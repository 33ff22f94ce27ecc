"""Whole procedure files at random, valid by construction: what the language allows, an administrator may combine."""

from typing import Any

import yaml
from hypothesis import strategies as st

from tests.language.random_fields import Fields, flags, forms
from tests.language.random_routes import steps

LIMITS = ("5 working days", "20 days", "8 hours", "2 months", "3 working days + 10 days", "none", "same day")


@st.composite
def procedure_files(draw: st.DrawFn) -> str:
    """The text of a file that the checker must accept."""
    form, fields = draw(forms())
    fees = draw(fee_lists(fields))
    route, later = draw(steps(fields, tuple(fee["key"] for fee in fees)))
    known = {key: made for key, made in fields.items() if key not in later}
    document: dict[str, Any] = {
        "schema": 1,
        "key": "land/small",
        "title": draw(st.sampled_from(["Thủ tục thử", 'Cấp "giấy": lần đầu', "Đăng ký # 1", "Xác nhận 100%"])),
        "field": "land",
        "agency": "land-registry",
        "authority": "nnmt",
        "for": draw(st.sampled_from([["citizen"], ["citizen", "organisation"]])),
        "channels": draw(st.sampled_from([["counter"], ["counter", "post"]])),
        "effective": {"from": "2025-01-01"},
        "legal_basis": ["Luật Đất đai"],
        "form": form,
        "documents": draw(document_lists(known)),
        "time_limit": draw(time_limits(known)),
        "fees": fees,
        "results": [{"key": "paper", "title": "Giấy xác nhận"}],
        "route": route,
        **draw(besides(known)),
        "tests": [test_of(fields)],
    }
    return yaml.dump(document, Dumper=_Plain, allow_unicode=True, sort_keys=False)


class _Plain(yaml.SafeDumper):
    """The language knows no anchors: what occurs twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


CONDUCT = (
    {"supplement": {"max": 1, "answer_within": "10 days", "on_late": "stop"}},
    {"refuse": {"reasons": ["Không đủ điều kiện"]}, "send_back": {"max": 2, "comment": "optional"}},
    {"extend": {"max": 2, "reasons": ["Hồ sơ phức tạp"]}, "withdraw": {"until": "sign"}},
    {"stop": {"reasons": ["Có quyết định của tòa án"]}},
)


@st.composite
def besides(draw: st.DrawFn, fields: Fields) -> dict[str, Any]:
    """Keys that a procedure may have or not, each of them now and then."""
    possible: dict[str, Any] = {
        "variants": [{"key": "issue", "title": "Cấp mới"}, {"key": "reissue", "title": "Cấp lại"}],
        "requirements": ["Có đất", {"text": "Không quá lớn", "check": "size < 20000", "say": "Quá lớn"}],
        "conduct": draw(st.sampled_from(CONDUCT)),
        "screens": {"list": {"columns": ["code", "applicant", "size", "due"], "sort": "-received"}, "header": ["far"]},
        "applicant": {"ask": ["birth_date", "occupation"], "labels": {"name": "Họ tên"}, "representative": "none"},
        "keep": {"time": "20 years", "from": "end", "then": "archive"},
        "formerly": ["1.004220"],
        "announced": {"number": "12/QĐ-UBND", "date": "2024-12-01"},
        "partners": ["nnmt-water"],
        "access": {"view": ["officer@nnmt-office"]},
    }
    return {key: value for key, value in possible.items() if draw(st.integers(0, 3)) == 0}


@st.composite
def time_limits(draw: st.DrawFn, fields: Fields) -> Any:
    """A duration, or one by case, with additions, with a legal limit beside."""
    limit = draw(st.sampled_from(LIMITS))
    if draw(st.booleans()):
        return limit
    made: dict[str, Any] = {
        "default": limit,
        "cases": [{"when": draw(flags(fields)), "is": "30 days", "why": "Vụ việc khó"}],
    }
    if limit.endswith("working days") and "+" not in limit and draw(st.booleans()):
        made["add"] = [{"when": "far", "time": "10 working days", "why": "Vùng xa"}]
    if draw(st.booleans()):
        made["legal"] = "3 months"
    return made


@st.composite
def document_lists(draw: st.DrawFn, fields: Fields) -> list[dict[str, Any]]:
    """Papers, some conditional, and perhaps a group of which one will do."""
    made: list[dict[str, Any]] = [{"key": "request", "title": "Đơn đề nghị", "originals": 1}]
    if draw(st.booleans()):
        made.append({"key": "map", "title": "Bản vẽ", "copies": 2, "required": False, "returned": True})
    if draw(st.booleans()):
        made.append({"key": "proof", "title": "Giấy tờ chứng minh", "required_when": draw(flags(fields))})
    if draw(st.booleans()):
        items = [{"key": "old", "title": "Giấy chứng nhận cũ"}, {"key": "loss", "title": "Đơn báo mất"}]
        made.append({"group": "either", "title": "Một trong các giấy tờ", "of": "one", "items": items})
    return made


@st.composite
def fee_lists(draw: st.DrawFn, fields: Fields) -> list[dict[str, Any]]:
    """No fee, or one that depends on what was filled in."""
    amount = draw(
        st.sampled_from(
            [
                50_000,
                "size * 1000",
                {"default": 100_000, "cases": [{"when": "far", "is": 50_000}]},
                {"tiers": {"of": "size", "bands": [{"up_to": 100, "is": 10_000}, {"is": 20_000, "plus": "1%"}]}},
            ]
        )
    )
    fee: dict[str, Any] = {"key": "fee", "title": "Phí thẩm định", "kind": "fee", "amount": amount}
    fee["collect"] = draw(st.sampled_from(["before_result", "after_notice", "at_return"]))
    if draw(st.booleans()):
        fee["reductions"] = [{"when": "far", "percent": 50, "why": "Vùng xa"}]
    return draw(st.sampled_from([[], [fee]]))


def test_of(fields: Fields) -> dict[str, Any]:
    """A scenario that only receives; what conditions may read is given."""
    given: dict[str, Any] = {}
    for key, made in fields.items():
        value = _VALUES.get(made["type"])
        if value is not None and "value" not in made and "show_when" not in made and "mask" not in made:
            given[key] = value
    return {"name": "Tiếp nhận", "given": {"received": "2026-03-02 09:00", "form": given}, "walk": ["receive"]}


_VALUES: dict[str, Any] = {
    "yes_no": True,
    "integer": 12,
    "decimal": 3,
    "money": 6_000_000,
    "choice": "homes",
    "choices": ["farm"],
    "date": "2020-05-06",
    "text": "Đất rừng",
    "long_text": "Đất rừng",
    "table": [{"amount": 4}],
}
