"""The peer of our generated lists: a Flask-AppBuilder view written by hand for the same columns of the same rows.

Flask-AppBuilder as it comes: its templates, its menu, its permissions, an ordinary user with a role of its own.
`gunicorn "bench.peer:create_app()"` serves the database of BENCH_PEER; `fill_peer` makes it out of an office.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from flask import Flask
from flask_appbuilder import AppBuilder, Model, ModelView
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.utils.legacy import get_sqla_class
from sqlalchemy import Column, DateTime, Index, Integer, String

DATABASE = "BENCH_PEER"
USER, PASSWORD = "clerk", "bench"
LIST = "/dossierview/list/"
PAGE = 25
COLUMNS = ["code", "applicant", "received", "due", "holder", "deletion_reason", "subject", "decision"]


class Dossier(Model):
    """One row: what the list shows, and the number."""

    __tablename__ = "peer_dossier"
    __table_args__ = (Index("ix_peer_due", "due", "id"),)

    id = Column(Integer, primary_key=True)
    code = Column(String(80))
    applicant = Column(String(300))
    received = Column(DateTime)
    due = Column(DateTime)
    holder = Column(String(128))
    deletion_reason = Column(String(200))
    subject = Column(String(200))
    decision = Column(String(200))


class DossierView(ModelView):
    """What a programmer would write."""

    datamodel = SQLAInterface(Dossier)
    list_columns = COLUMNS
    add_columns = edit_columns = show_columns = COLUMNS
    search_columns = ["code", "applicant", "received", "due", "deletion_reason", "subject", "decision"]
    page_size = PAGE
    base_order = ("due", "asc")


def create_app() -> Flask:
    """The peer's application, its tables and its user."""
    app = Flask("bench.peer")
    app.config.update(
        SECRET_KEY="only for the benchmark",
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{os.environ[DATABASE]}",
        WTF_CSRF_ENABLED=False,
        RATELIMIT_ENABLED=False,
        AUTH_RATE_LIMITED=False,
        BABEL_DEFAULT_LOCALE="en",
        LANGUAGES={"en": {"flag": "gb", "name": "English"}},
    )
    db = get_sqla_class()(app)
    with app.app_context():
        builder = AppBuilder(app, db.session)
        builder.add_view(DossierView, "Dossiers", category="Work")
        _hire(builder.sm)
        db.engine.dispose()
    return app


def _hire(sm: Any) -> None:
    """A user who is no administrator, with a role that may see and edit dossiers."""
    if sm.find_user(USER):
        return
    role = sm.add_role("Clerk")
    for permission in ("can_list", "can_show", "can_add", "can_edit", "menu_access"):
        for view in ("DossierView", "Dossiers", "Work"):
            found = sm.find_permission_view_menu(permission, view)
            if found:
                sm.add_permission_role(role, found)
    sm.add_user(USER, "C", "D", "clerk@example.com", role, PASSWORD)


def fill_peer(database: Path, office: Path, procedure: str) -> int:
    """The rows of an office's list as the peer's table; how many there are."""
    columns = ", ".join(COLUMNS)
    with sqlite3.connect(database) as connection:
        connection.execute("attach ? as office", (str(office),))
        connection.execute(
            f"insert into peer_dossier (id, {columns}) select id, code, applicant_name, received_at, due_at, holder, "
            "answers ->> '$.deletion_reason', answers ->> '$.subject', answers ->> '$.decision' "
            "from office.dossier where procedure_key = ?",
            (procedure,),
        )
        return int(connection.execute("select count(*) from peer_dossier").fetchone()[0])
