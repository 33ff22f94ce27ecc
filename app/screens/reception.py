"""Choose the procedure of the dossier that lies on the counter."""

from typing import Any

from flask import g
from flask_appbuilder import BaseView, expose

from app.screens.arguments import text_argument
from app.screens.deadlines import deadlines
from app.screens.permissions import fields_with
from app.screens.procedure_groups import by_field, found, visible
from app.storage.grants import procedures_with

MOST = 100


class ReceptionView(BaseView):
    """The first step of intake."""

    route_base = "/tiep-nhan"
    default_view = "index"

    @expose("/")
    def index(self) -> Any:
        """What this person's unit takes in today, by field."""
        text, today = text_argument("q"), deadlines().now.date()
        mine = procedures_with("can_receive", g.person.positions)
        entries = [
            entry for entry in visible(fields_with("can_receive")) if entry.key in mine and entry.holds_on(today)
        ]
        rows = found(entries, text)
        return self.render_template(
            "mc/reception.html", text=text, groups=by_field(rows[:MOST]), total=len(rows), shown=min(len(rows), MOST)
        )
