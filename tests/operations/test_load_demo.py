"""Demo data of the shipped procedures: people, and dossiers in all situations, every one of them whole."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.operations.load_demo import DEMO_PASSWORD, demo_accounts, load_demo
from app.operations.password_rule import password_fault
from app.operations.publish import Published, publish_config
from app.operations.verify_journals import verify_journals
from app.storage.database import db
from app.storage.people import system_person
from app.storage.tables import Dossier, EventRow

SHIPPED = Path(__file__).resolve().parents[2] / "config"
NOW = datetime(2026, 11, 26, 9, 0)
MANY = 80


@pytest.fixture(scope="module")
def demo(database_app: Flask) -> None:
    """The shipped procedures published, and demo data for them."""
    with database_app.app_context():
        assert isinstance(publish_config(SHIPPED, (), system_person(), NOW), Published)
        assert load_demo(NOW, MANY)


def count(*where: object) -> int:
    return int(db.session.execute(select(func.count(Dossier.id)).where(*where)).scalar_one())  # type: ignore[arg-type]


def test_every_dossier_is_the_fold_of_its_journal(database: Flask, demo: None) -> None:
    verified = verify_journals()
    assert (verified.count, verified.faults) == (MANY, ())


def test_what_people_wrote_makes_sense(database: Flask, demo: None) -> None:
    """Nothing that scenarios make up where a test says nothing."""
    said = list(map(json.loads, db.session.scalars(select(EventRow.data))))
    assert any(data.get("comment") for data in said)
    assert not [data for data in said if "x" in (data.get("comment"), data.get("reason"), data.get("question"))]


def test_dossiers_stand_in_all_situations(database: Flask, demo: None) -> None:
    assert count(Dossier.finished_at.is_(None), Dossier.due_at < NOW) >= 5
    assert count(Dossier.finished_at.is_(None), Dossier.due_at > NOW) >= 5
    assert count(Dossier.status.in_(("supplement", "financial_duty"))) >= 3
    assert count(Dossier.status == "result_ready") >= 3
    assert count(Dossier.returned_at.is_not(None)) >= 3
    assert count(Dossier.accepted_at > datetime(2026, 11, 23)) >= 3


def test_every_published_procedure_has_some(database: Flask, demo: None) -> None:
    files = {f"{path.parent.name}/{path.stem}" for path in SHIPPED.glob("procedures/*/*.yaml")}
    assert set(db.session.scalars(select(Dossier.procedure_key).distinct())) == files


def test_the_accounts_to_try_it_with_are_told(database: Flask, demo: None) -> None:
    accounts = demo_accounts()
    assert len(accounts) == 7
    assert all(account.title for account in accounts)
    assert password_fault(DEMO_PASSWORD, accounts[0].username, 10) is None


def test_demo_data_are_loaded_once(database: Flask, demo: None) -> None:
    assert not load_demo(NOW)
