"""Publishing: what is checked, what is written, and what it costs."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import Role
from sqlalchemy import func, select

from app.definition.compile import compile_procedure
from app.definition.problem import Problem
from app.engine.world import Refusal
from app.operations.publish import Published, publish_config
from app.operations.receive_dossier import receive_dossier
from app.storage.catalogue_store import holder, load_expanded
from app.storage.database import db, writing
from app.storage.dossiers import load_dossier
from app.storage.outcomes import Done
from app.storage.people import Person, permissions_of, system_person
from app.storage.roles import drop_unused_role
from app.storage.tables import ProcedureVersion, SourceText, VersionSource
from tests.factories import MONDAY, OFFICE, permit, permit_reception

Office = dict[str, Person]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small office that a test may change."""
    return Path(shutil.copytree(OFFICE, tmp_path / "office"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def publish(folder: Path, *keys: str) -> Published:
    done = publish_config(folder, keys, system_person(), MONDAY)
    assert isinstance(done, Published), done
    return done


def test_publishing_the_same_text_again_changes_nothing(database: Flask, office: Office) -> None:
    epoch = holder.current().epoch
    done = publish(OFFICE)
    assert (done.epoch, done.versions) == (epoch, ())
    assert set(done.unchanged) == {"land/permit", "water/notice"}


def test_a_changed_text_is_a_new_version_and_old_dossiers_keep_theirs(
    database: Flask, office: Office, folder: Path
) -> None:
    old = permit(office["lan"])
    change(folder, "procedures/land/permit.yaml", "time_limit: 5 working days", "time_limit: 6 working days")
    change(folder, "procedures/land/permit.yaml", "due: 2026-03-09", "due: 2026-03-10")
    before = holder.current().entries["land/permit"].number
    assert publish(folder, "land/permit").versions == (("land/permit", before + 1),)
    new = permit(office["lan"])
    due = {}
    for dossier in (old, new):
        stored = load_dossier(dossier.dossier_id, "land/permit", office["lan"].badges)
        assert stored is not None
        due[stored.state.number] = stored.state.due.date() if stored.state.due else None
    assert due == {before: date(2026, 3, 9), before + 1: date(2026, 3, 10)}
    assert publish(OFFICE, "land/permit").versions == (("land/permit", before + 2),)  # the old text, published again


def test_a_failing_test_forbids_publishing(database: Flask, office: Office, folder: Path) -> None:
    change(folder, "procedures/land/permit.yaml", "due: 2026-03-09", "due: 2026-03-11")
    epoch = holder.refresh().epoch
    problems = publish_config(folder, ("land/permit",), system_person(), MONDAY)
    assert isinstance(problems, tuple)
    (problem,) = problems
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.file) == ("Q04", "procedures/land/permit.yaml")
    line = (folder / problem.file).read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert "due: 2026-03-11" in line
    assert holder.refresh().epoch == epoch


def test_a_broken_file_forbids_publishing_it_and_nothing_else(database: Flask, office: Office, folder: Path) -> None:
    change(folder, "procedures/water/notice.yaml", "field: water", "field: fire")
    assert not isinstance(publish_config(folder, (), system_person(), MONDAY), Published)
    assert isinstance(publish_config(folder, ("land/permit",), system_person(), MONDAY), Published)


def test_unknown_keys_and_strangers_are_refused(database: Flask, office: Office) -> None:
    assert publish_config(OFFICE, ("land/none",), system_person(), MONDAY) == Refusal(
        "not_found", {"keys": ["land/none"]}
    )
    assert publish_config(OFFICE, ("../secret",), system_person(), MONDAY) == Refusal(
        "not_found", {"keys": ["../secret"]}
    )
    assert publish_config(OFFICE, (), office["lan"], MONDAY) == Refusal("not_allowed")


def test_every_source_text_is_kept_once(database: Flask, office: Office) -> None:
    one = ProcedureVersion
    rows = db.session.execute(
        select(VersionSource.path, SourceText.text)
        .join(SourceText, SourceText.sha256 == VersionSource.sha256)
        .join(one, one.id == VersionSource.version_id)
        .where(one.key == "water/notice", one.number == 1)
    )
    texts = {row.path: row.text for row in rows}
    assert texts["procedures/water/notice.yaml"] == (OFFICE / "procedures/water/notice.yaml").read_text(
        encoding="utf-8"
    )


def test_roles_get_what_the_steps_say(database: Flask, office: Office) -> None:
    rights = {who: permissions_of(person.user_id) for who, person in office.items()}
    assert ("can_receive", "field:land") in rights["lan"]
    assert ("can_act", "field:land") in rights["minh"]
    assert ("can_receive", "field:land") not in rights["minh"]
    assert not any(menu == "field:land" for _, menu in rights["stranger"])
    assert ("can_act", "field:land") in rights["head"]  # the head of an officer's unit
    assert ("can_manage", "Accounts") in rights["admin"]
    assert ("can_act", "field:land") not in rights["admin"]


def test_a_step_given_to_somebody_else_moves_the_rights_there_and_back(
    database: Flask, office: Office, folder: Path
) -> None:
    held = {who: permissions_of(person.user_id) for who, person in office.items()}
    assert ("can_act", "field:land") not in held["stranger"]
    change(folder, "procedures/land/permit.yaml", "by: officer@land", "by: officer@water")
    assert publish(folder, "land/permit").versions
    assert ("can_act", "field:land") in permissions_of(office["stranger"].user_id)
    assert ("can_act", "field:land") not in permissions_of(office["minh"].user_id)
    change(folder, "procedures/land/permit.yaml", "title: Ký giấy phép", "title: Ký phép")  # rights stay as they are
    assert publish(folder, "land/permit").versions
    assert ("can_act", "field:land") in permissions_of(office["stranger"].user_id)
    publish(OFFICE)
    assert {who: permissions_of(person.user_id) for who, person in office.items()} == held


def test_a_changed_organisation_moves_rights_without_new_versions(
    database: Flask, office: Office, folder: Path
) -> None:
    change(
        folder,
        "organisation.yaml",
        "land: {title: Phòng Đất đai, parent: dept,",
        "land: {title: Phòng Đất, parent: dept,",
    )
    change(
        folder,
        "organisation.yaml",
        "roles: [head, officer]}\nsources",
        "roles: [head, officer]}\n  more: {title: Phòng Thêm, parent: dept, roles: [officer]}\nsources",
    )
    done = publish(folder)
    assert done.organisation
    assert done.versions == ()
    organisation = holder.current().organisation
    assert organisation is not None
    assert organisation.units["land"].title == "Phòng Đất"
    roles = set(db.session.scalars(select(Role.name)))
    assert "officer@more" in roles
    publish(OFFICE)


def test_the_role_of_a_lost_position_stays_while_somebody_holds_it(database: Flask, office: Office) -> None:
    with writing() as session:
        drop_unused_role(session, "officer@land")
    assert "officer@land" in set(db.session.scalars(select(Role.name)))


def test_a_procedure_not_yet_in_effect_is_not_received(database: Flask, office: Office, folder: Path) -> None:
    change(folder, "procedures/land/permit.yaml", "effective: {from: 2025-01-01}", "effective: {from: 2026-06-01}")
    change(folder, "procedures/land/permit.yaml", "received: 2026-03-02 09:00", "received: 2026-07-06 09:00")
    change(folder, "procedures/land/permit.yaml", "due: 2026-03-09", "due: 2026-07-13")
    publish(folder, "land/permit")
    refused = receive_dossier(permit_reception(), office["lan"], MONDAY)
    assert isinstance(refused, Refusal)
    assert refused.code == "not_found"
    assert isinstance(receive_dossier(permit_reception(), office["lan"], MONDAY + timedelta(days=120)), Done)
    publish(OFFICE, "land/permit")


def test_a_second_dated_version_rules_from_its_day(database: Flask, office: Office, folder: Path) -> None:
    first = folder / "procedures/land/permit.yaml"
    text = first.read_text(encoding="utf-8")
    later = text.replace("{from: 2025-01-01}", "{from: 2026-06-01}").replace("2026-03-02", "2026-07-06")
    later = later.replace("due: 2026-03-09", "due: 2026-07-13").replace("thử nghiệm\nshort", "thử nghiệm mới\nshort")
    first.write_text(text.replace("{from: 2025-01-01}", "{from: 2025-01-01, to: 2026-05-31}"), encoding="utf-8")
    (first.parent / "permit.2026-06-01.yaml").write_text(later, encoding="utf-8")
    assert len(publish(folder, "land/permit").versions) == 2
    catalogue = holder.current()
    old, new = (catalogue.entry_on("land/permit", day) for day in (date(2026, 3, 2), date(2026, 6, 1)))
    assert old is not None
    assert new is not None
    assert (old.title, new.title) == ("Cấp giấy phép thử nghiệm", "Cấp giấy phép thử nghiệm mới")
    publish(OFFICE, "land/permit")


def test_publishing_costs_the_same_however_much_is_published(
    database: Flask, office: Office, folder: Path, statements: list[str]
) -> None:
    def edit(n: int) -> None:
        change(folder, "procedures/water/notice.yaml", f"title: Thông báo {n}", f"title: Thông báo {n + 1}")

    change(folder, "procedures/water/notice.yaml", "title: Thông báo khai thác nước", "title: Thông báo 1")
    publish(folder, "water/notice")
    statements.clear()
    edit(1)
    publish(folder, "water/notice")
    few = list(statements)
    many_versions(2_000)
    statements.clear()
    edit(2)
    publish(folder, "water/notice")
    assert len(statements) <= len(few)
    publish(OFFICE, "water/notice")


def many_versions(count: int) -> None:
    """Copies of a published version under other keys."""
    with writing() as session:
        one = session.execute(select(ProcedureVersion.__table__).where(ProcedureVersion.key == "water/notice")).first()
        assert one is not None
        row = dict(one._mapping)
        del row["id"]
        copies = [{**row, "key": f"water/copy{n}", "number": 1, "current": True} for n in range(count)]
        session.execute(ProcedureVersion.__table__.insert(), copies)  # type: ignore[attr-defined]
    assert db.session.execute(select(func.count(ProcedureVersion.id))).scalar_one() > count


def test_the_process_that_published_serves_what_any_other_would_compile(
    database: Flask, office: Office, folder: Path
) -> None:
    change(folder, "procedures/land/permit.yaml", "time_limit: 5 working days", "time_limit: 7 working days")
    change(folder, "procedures/land/permit.yaml", "due: 2026-03-09", "due: 2026-03-11")
    ((key, number),) = publish(folder, "land/permit").versions
    catalogue = holder.current()
    assert catalogue.organisation is not None
    other = compile_procedure(load_expanded(key, number), catalogue.organisation, number=number)
    assert catalogue.procedure(key) == other
    publish(OFFICE, "land/permit")
