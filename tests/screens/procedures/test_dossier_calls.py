"""Linked dossiers on the page: who called, what was called, where it stands, and nothing of what one may not see."""

import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.engine.actions import Action
from app.engine.world import Refusal
from app.operations.create_account import NewAccount, create_account
from app.operations.publish import Published, publish_config
from app.operations.receive_dossier import Reception, receive_dossier
from app.operations.set_posting import set_posting
from app.operations.take_action import take_action
from app.storage.dossiers import load_dossier
from app.storage.outcomes import Done
from app.storage.people import Person, system_person
from tests.factories import MONDAY, OFFICE
from tests.operations.test_called_dossiers import AUDIT, SHEET
from tests.screens.visitor import PASSWORD, Visitor, words_of

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def family(app: Flask, office: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, int]:
    """An audit that has called one sheet: the number of each."""
    folder = tmp_path_factory.mktemp("calls") / "config"
    shutil.copytree(OFFICE, folder)
    (folder / "procedures/land/audit.yaml").write_text(AUDIT, encoding="utf-8")
    (folder / "procedures/water/sheet.yaml").write_text(SHEET, encoding="utf-8")
    with app.app_context():
        published = publish_config(folder, (), system_person(), MONDAY)
        assert isinstance(published, Published), published
        made = receive_dossier(Reception("land/audit", {}), office["minh"], MONDAY)
        assert isinstance(made, Done), made
        report = Action("step", step="report", fill={"findings": [{"what": "Thiếu dấu"}]})
        assert isinstance(
            take_action(made.dossier_id, None, report, office["minh"], MONDAY + timedelta(minutes=5)), Done
        )
        audit = load_dossier(made.dossier_id, "land/audit", office["head"].badges)
        assert audit is not None
        return made.dossier_id, int(audit.state.calls["1"]["dossier"])


def test_what_may_not_be_seen_is_named_by_its_procedure_only(family: tuple[int, int], signed_in: SignedIn) -> None:
    audit, sheet = family
    page = signed_in("head").get(f"/p/land/audit/{audit}")
    assert "Gọi từ hồ sơ này Phiếu Bạn không được xem hồ sơ này." in words_of(page)
    assert f"/p/water/sheet/{sheet}" not in page.text
    called = signed_in("stranger").get(f"/p/water/sheet/{sheet}")
    assert "Hồ sơ đã gọi hồ sơ này Đánh giá Bạn không được xem hồ sơ này." in words_of(called)
    assert f"/p/land/audit/{audit}" not in called.text


def test_whoever_may_see_both_goes_from_one_to_the_other(
    app: Flask, family: tuple[int, int], signed_in: SignedIn
) -> None:
    audit, sheet = family
    with app.app_context():
        made = create_account("both", "Đỗ Hai Nơi", "", system_person(), MONDAY, password=PASSWORD)
        assert isinstance(made, NewAccount), made
        for position in ("head@land", "officer@water"):
            assert not isinstance(set_posting(made.user_id, position, system_person(), MONDAY), Refusal)
    page = signed_in("both").get(f"/p/land/audit/{audit}")
    assert f'href="/p/water/sheet/{sheet}"' in page.text
    assert "Gọi từ hồ sơ này chưa có mã Phiếu 4 Đang xử lý Không có thời hạn" in words_of(page)
    assert f'href="/p/land/audit/{audit}"' in signed_in("both").get(f"/p/water/sheet/{sheet}").text
