"""The slip's data: kept as JSON when decided, read back the same, refused by field when wrong."""

import json
from datetime import UTC, date, datetime

import pytest

from app.prints.receipt_slip import TEMPLATE_VERSION, ReceiptSlip, SlipDocument


def test_a_slip_comes_back_from_json_as_it_was(make_slip):
    slip = make_slip(due_at=None, sign="")

    kept = json.dumps(slip.to_data(), ensure_ascii=False)

    assert ReceiptSlip.from_data(json.loads(kept)) == slip


def test_the_kept_data_names_the_template_version(make_slip):
    assert make_slip().to_data()["template_version"] == TEMPLATE_VERSION


@pytest.mark.parametrize(
    "field", ["dossier_code", "applicant_name", "documents", "received_at", "due_at", "agency_lines", "issued_on"]
)
def test_a_missing_field_is_named(make_slip, field):
    data = make_slip().to_data()
    del data[field]

    with pytest.raises(ValueError, match=f"{field}: Field required"):
        ReceiptSlip.from_data(data)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("applicant_name", None),
        ("applicant_name", "   "),
        ("applicant_name", 12),
        ("agency_lines", []),
        ("agency_lines", "UBND"),
        ("received_at", "hôm qua"),
        ("received_at", "2026-11-18T09:12:00+07:00"),
        ("dossier_sets", "1"),
        ("dossier_sets", True),
        ("dossier_sets", 0),
        ("dossier_code", "H24-Đ-1"),
        ("dossier_code", ""),
        ("dossier_code", "A" * 51),
        ("lookup_url", "javascript:alert(1)"),
        ("template_version", "receipt-slip/99"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_field(make_slip, field, wrong):
    with pytest.raises(ValueError, match=rf"\b{field}\b"):
        ReceiptSlip.from_data(make_slip().to_data() | {field: wrong})


def test_a_mistake_in_a_row_is_found_by_row_and_field(make_slip):
    data = make_slip().to_data()
    data["documents"] = [{"title": "Đơn", "kind_text": "Bản chính", "quantity": 1}, {"title": "Đơn", "quantity": "1"}]

    with pytest.raises(ValueError, match=r"documents\.1\.kind_text: .*documents\.1\.quantity: "):
        ReceiptSlip.from_data(data)


def test_a_field_of_another_form_is_refused(make_slip):
    with pytest.raises(ValueError, match="apology_reason"):
        ReceiptSlip.from_data(make_slip().to_data() | {"apology_reason": "x"})


def test_data_that_are_not_json_are_refused(make_slip):
    with pytest.raises(ValueError, match="JSON"):
        ReceiptSlip.from_data(make_slip().to_data() | {"issued_on": date(2026, 1, 1)})


def test_personal_data_stay_out_of_the_message(make_slip):
    with pytest.raises(ValueError, match="phone") as caught:
        ReceiptSlip.from_data(make_slip().to_data() | {"phone": ["0912 345 678"]})

    assert "345" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_slip_with_a_wrong_value_cannot_even_be_made(make_slip):
    with pytest.raises(ValueError, match="received_at"):
        make_slip(received_at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="quantity"):
        SlipDocument(title="Đơn", kind_text="Bản chính", quantity=0)
