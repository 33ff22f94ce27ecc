"""`flask dossiers verify` as an administrator runs it."""

import json

from flask import Flask
from sqlalchemy import update

from app.cli.dossiers import dossiers
from app.storage.database import writing
from app.storage.people import Person
from app.storage.tables import EventRow
from tests.factories import permit


def test_verify_proves_whole_dossiers_and_names_a_tampered_event(database: Flask, office: dict[str, Person]) -> None:
    done = permit(office["lan"])
    run = database.test_cli_runner().invoke
    whole = run(dossiers, ["verify"])
    assert (whole.exit_code, whole.output) == (0, "1 dossiers, 0 at fault\n")
    with writing() as session:
        session.execute(update(EventRow).where(EventRow.sequence == 2).values(actor="x"))
    tampered = run(dossiers, ["verify"])
    assert tampered.exit_code == 1
    assert f"dossier {done.dossier_id} ({done.code}): changed at event 2" in tampered.output
    as_json = run(dossiers, ["verify", "--format", "json"])
    assert json.loads(as_json.stdout.splitlines()[0])["kind"] == "changed"


def test_rebuild_says_how_many(database: Flask, office: dict[str, Person]) -> None:
    assert "1 dossiers rebuilt" in database.test_cli_runner().invoke(dossiers, ["rebuild"]).output
