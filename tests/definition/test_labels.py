import copy
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from app.definition.labels import label_paths, load_catalogue, translated

PROCEDURE = {
    "schema": 1,
    "key": "land/exchange",
    "title": "Cấp đổi Giấy chứng nhận",
    "legal_basis": ["Luật 31/2024/QH15", {"title": "Nghị định 151/2025/NĐ-CP", "from": "2025-07-01"}],
    "requirements": [{"text": "Có từ 30% lao động là người khuyết tật", "check": "a > b", "say": "Tỷ lệ chưa đạt 30%"}],
    "variants": [{"key": "issue", "title": "Cấp"}, {"key": "reissue", "title": "Cấp lại"}],
    "applicant": {"labels": {"name": "Tên cơ sở"}},
    "form": {
        "sections": [{"key": "main", "title": "Chính", "fields": ["title", "subject"], "help": "Ghi theo bảng lương"}],
        "fields": {
            "title": {"label": "Tiêu đề", "type": "text", "default": "Việt Nam"},
            "subject": {"label": "Nội dung", "type": "choice", "options": {"land": "Đất", "title": "Tài sản"}},
            "people": {"label": "Danh sách", "type": "table", "columns": {"help": {"label": "Họ tên"}}},
            "kind": {"label": "Loại", "options": {"decision": {"label": "Quyết định", "sign": "QĐ"}}},
        },
    },
    "time_limit": {
        "default": "5 working days",
        "cases": [{"when": "remote", "is": "15 working days", "why": "Vùng khó khăn"}],
    },
    "route": {
        "default": [
            {
                "step": "appraise",
                "title": "Thẩm tra",
                "by": "officer@agency",
                "guide": "Đối chiếu quy hoạch",
                "set": {"title": '"x"'},
                "attach": [{"key": "note", "title": "Phiếu thẩm định"}],
                "next": [{"choose": "agree", "title": "Đủ điều kiện", "to": "sign", "confirm": "Chuyển ký?"}],
            },
            {"step": "sign", "title": "Ký"},
        ]
    },
    "public": {"show": ["subject"], "steps": {"appraise": "Đang thẩm định"}},
    "screens": {"list": {"columns": ["title"]}},
    "conduct": {"refuse": {"reasons": ["Không đủ điều kiện"]}},
    "tests": [{"name": "Kịch bản", "given": {"form": {"title": "x"}}}],
    "x-note": {"title": "ghi chú"},
}


def test_every_text_people_see_has_the_path_of_its_place():
    labels = dict(label_paths(PROCEDURE))
    assert labels["land/exchange:title"] == "Cấp đổi Giấy chứng nhận"
    assert labels["land/exchange:form.fields.subject.options.land"] == "Đất"
    assert labels["land/exchange:form.fields.people.columns.help.label"] == "Họ tên"
    assert labels["land/exchange:form.fields.kind.options.decision.label"] == "Quyết định"
    assert labels["land/exchange:form.sections[main].help"] == "Ghi theo bảng lương"
    assert labels["land/exchange:route.default[appraise].title"] == "Thẩm tra"
    assert labels["land/exchange:route.default[appraise].next[agree].confirm"] == "Chuyển ký?"
    assert labels["land/exchange:route.default[appraise].attach[note].title"] == "Phiếu thẩm định"
    assert labels["land/exchange:public.steps.appraise"] == "Đang thẩm định"
    assert labels["land/exchange:applicant.labels.name"] == "Tên cơ sở"
    expected = {"Luật 31/2024/QH15", "Nghị định 151/2025/NĐ-CP", "Có từ 30% lao động là người khuyết tật"}
    expected |= {"Tỷ lệ chưa đạt 30%", "Vùng khó khăn", "Không đủ điều kiện"}
    assert expected <= set(labels.values())


def test_nothing_for_the_machine_becomes_a_label():
    texts = set(dict(label_paths(PROCEDURE)).values())
    assert not texts & {
        '"x"',
        "x",
        "ghi chú",
        "Kịch bản",
        "a > b",
        "officer@agency",
        "sign",
        "subject",
        "QĐ",
        "Việt Nam",
    }


def test_ids_stay_when_lists_are_put_in_another_order():
    turned = copy.deepcopy(PROCEDURE)
    for items in (turned["legal_basis"], turned["variants"], turned["route"]["default"]):
        items.reverse()
    assert dict(label_paths(turned)) == dict(label_paths(PROCEDURE))


def test_two_members_of_one_name_keep_apart():
    fees = {"key": "a/b", "fees": [{"key": "copy", "title": "Một"}, {"key": "copy", "title": "Hai"}]}
    assert dict(label_paths(fees)) == {"a/b:fees[copy].title": "Một", "a/b:fees[copy#2].title": "Hai"}


def test_a_known_translation_replaces_the_text_and_the_original_stays_untouched():
    before = copy.deepcopy(PROCEDURE)
    english = translated(
        PROCEDURE,
        {
            "land/exchange:title": "Exchange of a land certificate",
            "land/exchange:route.default[sign].title": "Signature",
            "land/exchange:form.fields.subject.options.land": "Land",
        },
    )
    assert english["title"] == "Exchange of a land certificate"
    assert english["route"]["default"][1]["title"] == "Signature"
    assert english["form"]["fields"]["subject"]["options"] == {"land": "Land", "title": "Tài sản"}
    assert before == PROCEDURE


def test_an_empty_or_missing_translation_shows_vietnamese_and_never_the_key():
    english = translated(PROCEDURE, {"land/exchange:title": ""})
    assert english == PROCEDURE


def test_the_organisation_has_its_texts_under_its_own_name():
    organisation = {
        "agency": {"key": "nnmt", "title": "Sở Nông nghiệp và Môi trường", "place": "Hải Phòng", "code": "H24"},
        "levels": {"province": "Cấp tỉnh"},
        "fields": {"land": {"title": "Đất đai"}},
        "roles": {"head": {"title": "Trưởng phòng", "titles": {"commune": "Trưởng phòng cấp xã"}}},
        "units": {"water": {"title": "Phòng Tài nguyên nước", "short": "Phòng TNN", "sign": "TNN", "roles": ["head"]}},
    }
    labels = dict(label_paths(organisation, "organisation"))
    assert labels["organisation:levels.province"] == "Cấp tỉnh"
    assert labels["organisation:roles.head.titles.commune"] == "Trưởng phòng cấp xã"
    assert labels["organisation:units.water.short"] == "Phòng TNN"
    assert not {"TNN", "H24", "head"} & set(labels.values())
    english = translated(organisation, {"organisation:fields.land.title": "Land"}, "organisation")
    assert english["fields"]["land"]["title"] == "Land"


def write_catalogue(folder: Path, locale: str, messages: dict[str, str]) -> None:
    catalog = Catalog(locale=locale, domain="procedures")
    for key, text in messages.items():
        catalog.add(key, text)
    file = folder / locale / "LC_MESSAGES" / "procedures.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as stream:
        write_mo(stream, catalog)


def test_a_catalogue_is_read_from_its_compiled_file(tmp_path):
    write_catalogue(tmp_path, "en", {"land/exchange:title": "Exchange", "land/exchange:help": ""})
    assert dict(load_catalogue(tmp_path, "en")) == {"land/exchange:title": "Exchange"}
    assert translated(PROCEDURE, load_catalogue(str(tmp_path), "en"))["title"] == "Exchange"


def test_a_locale_without_a_file_has_an_empty_catalogue(tmp_path):
    assert load_catalogue(tmp_path, "en") == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["title", "options", "fields", "key", "step", "cases", "when", "text", "tests"]), inner
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["title", "route", "fields", "fees", "requirements", "legal_basis"]), JSON))
def test_translating_replaces_exactly_what_was_listed(document):
    labels = dict(label_paths(document, "x"))
    marked = translated(document, {path: f"«{path}»" for path in labels}, "x")
    assert set(dict(label_paths(marked, "x")).values()) >= {f"«{path}»" for path in labels} or not labels
    assert translated(document, {}, "x") == document


@pytest.mark.parametrize("catalogue", [{}, {"land/exchange:title": "T"}])
def test_a_translated_document_is_a_copy(catalogue):
    english = translated(PROCEDURE, catalogue)
    english["form"]["fields"]["title"]["label"] = "changed"
    assert PROCEDURE["form"]["fields"]["title"]["label"] == "Tiêu đề"
