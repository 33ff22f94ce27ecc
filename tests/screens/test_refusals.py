"""Every refusal has a sentence of its own that names the thing, in the words of the procedure."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.engine.world import Refusal
from app.screens.names import Names
from app.screens.refusals import MANY, OTHERWISE, SENTENCES, SPECIAL, refusal_places, refusal_text
from app.storage.catalogue_store import holder

ROOT = Path(__file__).parents[2] / "app"
# Answers to programs, never to a person at a form of these screens.
SILENT = frozenset(("not_found", "too_large"))


@pytest.fixture
def names(app: Flask) -> Iterator[Names]:
    """The words of land/permit, inside a request."""
    with app.test_request_context():
        catalogue = holder.refresh()
        yield Names(catalogue.procedure("land/permit"), catalogue.organisation, {"minh": "Lê Văn Minh"})


def test_no_code_of_the_engine_is_without_a_sentence() -> None:
    sources = [*ROOT.glob("engine/*.py"), *ROOT.glob("operations/*.py")]
    codes = {code for file in sources for code in re.findall(r'Refusal\(\s*"(\w+)"', file.read_text())}
    assert codes - {*SENTENCES, *SPECIAL} - SILENT == set()


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (Refusal("same_person", {"step": "sign", "before": "appraise", "user": "minh"}), "Thẩm định"),
        (Refusal("not_allowed", {"step": "sign", "positions": ["leader@dept"]}), "Lãnh đạo Sở, Sở"),
        (Refusal("not_allowed", {"kind": "stop", "positions": []}), "vị trí"),
        (Refusal("missing_fields", {"fields": ["opinion", "receiver.name"]}), "Ý kiến thẩm định"),
        (Refusal("missing_documents", {"documents": ["application"]}), "Đơn đề nghị cấp giấy phép"),
        (Refusal("unpaid", {"fees": ["appraisal"]}), "Phí thẩm định"),
        (Refusal("held", {"holder": "minh", "step": "appraise"}), "Lê Văn Minh"),
        (Refusal("too_late", {"kind": "extend", "until": "2026-03-06T17:00:00"}), "17:00, 06/03/2026"),
        (Refusal("too_late", {"kind": "supplement", "until": "2026-03-06T17:00:00"}), "17:00, 06/03/2026"),
        (Refusal("no_result", {"step": "sign", "results": ["permit"]}), "Giấy phép"),
        (Refusal("check_failed", {"say": "Ngày sai", "checks": ["Ngày sai"]}), "Ngày sai"),
        (Refusal("invalid_value", {"field": "starts_on", "reason": "not_a_date"}), "Ngày bắt đầu"),
        (Refusal("stale", {"by": "minh", "at": "2026-03-02T09:30:00"}), "Lê Văn Minh"),
        (Refusal("calendar_unknown", {"year": 2031}), "2031"),
    ],
)
def test_a_sentence_names_the_thing(names: Names, refusal: Refusal, words: str) -> None:
    text = refusal_text(refusal, names)
    assert words in text
    assert "%(" not in text


@pytest.mark.parametrize("params", [{}, {"until": None}, {"step": 1}, {"positions": ["x@nowhere"], "fields": []}])
def test_whatever_the_parameters_a_sentence_comes_out(names: Names, params: dict[str, Any]) -> None:
    for code in (*SENTENCES, *SPECIAL, "never_heard_of"):
        text = refusal_text(Refusal(code, params), names)
        assert text
        assert "%(" not in text


def test_an_unknown_code_is_never_shown(names: Names) -> None:
    assert refusal_text(Refusal("flux_capacitor"), names) == str(OTHERWISE)


def test_many_positions_are_not_all_listed(names: Names) -> None:
    assert names.organisation is not None
    text = refusal_text(Refusal("not_allowed", {"positions": list(names.organisation.positions())}), names)
    assert text.count(";") == 2


@pytest.mark.parametrize("code", MANY)
def test_each_missing_thing_is_a_place_of_its_own(names: Names, code: str) -> None:
    key, prefix, _sentence = MANY[code]
    places = refusal_places(Refusal(code, {key: ["one", "two"]}), names)
    assert [place.path for place in places] == [f"{prefix}one", f"{prefix}two"]


def test_every_wrong_value_is_told_at_its_field(names: Names) -> None:
    errors = [
        {"field": "parcel_count", "code": "invalid_value", "reason": "out_of_range", "least": "1", "most": "9"},
        {"field": "place", "code": "required"},
    ]
    places = refusal_places(Refusal("invalid_value", {**errors[0], "errors": errors}), names)
    assert [place.path for place in places] == ["parcel_count", "place"]
    assert "9" in places[0].text
    assert "Địa điểm" in places[1].text


def test_a_cell_of_a_table_is_named_with_its_column(names: Names) -> None:
    assert names.field("parcel_count") == "Số thửa"
    assert names.field("nowhere.1.column") == "nowhere.1.column"
