"""One predicate everywhere: a stranger finds nothing on any way, a dossier of another procedure does not exist."""

from datetime import timedelta

from flask import Flask

from app.engine.moves import Action
from app.operations.create_account import NewAccount, create_account
from app.operations.end_posting import end_posting
from app.operations.set_posting import set_posting
from app.operations.take_action import take_action
from app.storage.catalogue_store import holder
from app.storage.dossiers import load_dossier, procedure_of
from app.storage.inbox import WorkFilter, open_work_by_field, work_page
from app.storage.lists import ListQuery, list_dossiers
from app.storage.outcomes import Done
from app.storage.people import Person, load_person
from app.storage.search import find_dossiers
from tests.factories import MONDAY, permit

Office = dict[str, Person]
NOBODY = Person(0, "nobody", "Nobody")


def test_a_stranger_finds_the_dossier_on_no_way(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    procedure = holder.current().procedure("land/permit")
    for person in (office["stranger"], office["admin"], NOBODY):
        assert load_dossier(done.dossier_id, "land/permit", person.badges) is None
        assert procedure_of(done.dossier_id, person.badges) is None
        page = list_dossiers(procedure, person.badges, ListQuery())
        assert (page.rows, page.count) == ((), 0)
        assert find_dossiers(person, done.code) == []
        assert find_dossiers(person, "031188000123") == []
        assert work_page(person, WorkFilter(), MONDAY, MONDAY).rows == ()
        assert open_work_by_field(person) == {}


def test_those_who_take_part_and_those_above_them_see_it(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    for who in ("lan", "minh", "head", "leader"):
        assert load_dossier(done.dossier_id, "land/permit", office[who].badges) is not None
    assert load_dossier(done.dossier_id, "land/permit", office["other"].badges) is None  # another counter


def test_a_dossier_of_another_procedure_does_not_exist(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    assert load_dossier(done.dossier_id, "water/notice", office["lan"].badges) is None
    assert procedure_of(done.dossier_id, office["lan"].badges) == "land/permit"


def test_whoever_worked_on_it_sees_it_after_moving_elsewhere(database: Flask, office: Office) -> None:
    worked_on, untouched = permit(office["lan"]), permit(office["lan"])
    action = Action("step", step="appraise", fill={"opinion": "x"})
    made = create_account("sap.chuyen", "Sắp Chuyển", "", office["admin"], MONDAY, password="quen-thuoc-7391")
    assert isinstance(made, NewAccount)
    posting = set_posting(made.user_id, "officer@land", office["admin"], MONDAY)
    assert isinstance(posting, int)
    officer = load_person(made.user_id)
    assert officer is not None
    assert isinstance(take_action(worked_on.dossier_id, None, action, officer, MONDAY + timedelta(hours=1)), Done)
    assert end_posting(posting, office["admin"], MONDAY + timedelta(days=1)) is None
    set_posting(made.user_id, "officer@water", office["admin"], MONDAY + timedelta(days=1))
    moved = load_person(made.user_id)
    assert moved is not None
    assert load_dossier(worked_on.dossier_id, "land/permit", moved.badges) is not None
    assert load_dossier(untouched.dossier_id, "land/permit", moved.badges) is None
    page = list_dossiers(holder.current().procedure("land/permit"), moved.badges, ListQuery())
    assert [row.id for row in page.rows] == [worked_on.dossier_id]
    comment = Action("comment", comment="Đã chuyển phòng")
    assert isinstance(take_action(worked_on.dossier_id, None, comment, moved, MONDAY + timedelta(days=2)), Done)
    assert load_dossier(worked_on.dossier_id, "land/permit", moved.badges) is not None


def test_no_badge_sees_nothing(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    assert load_dossier(done.dossier_id, "land/permit", ()) is None
