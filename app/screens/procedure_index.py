"""All published procedures that the person may see: searchable, by field; never a menu entry per procedure."""

from typing import Any

from flask import g
from flask_appbuilder import BaseView, expose

from app.screens.arguments import address, choice_argument, page_argument, text_argument
from app.screens.deadlines import deadlines
from app.screens.permissions import fields_with
from app.screens.procedure_groups import by_field, found, visible
from app.screens.titles import field_title

PAGE = 50


class ProceduresView(BaseView):
    """The way to the lists of dossiers."""

    route_base = "/procedures"
    default_view = "index"

    @expose("/")
    def index(self) -> Any:
        """One page of procedures, of one field or of all."""
        seen = fields_with("can_list")
        field = choice_argument("field", seen)
        text, page = text_argument("q"), page_argument()
        g.here = f"field:{field}" if field else "procedures"
        rows = found(visible((field,) if field else seen), text)
        last = max(1, -(-len(rows) // PAGE))
        page = min(page, last)
        organisation = g.catalogue.organisation
        known = organisation.fields.get(field) if organisation else None
        return self.render_template(
            "mc/procedure_index.html",
            field=field,
            field_title=field_title(known) if known else "",
            text=text,
            groups=by_field(rows[(page - 1) * PAGE : page * PAGE]),
            total=len(rows),
            today=deadlines().now.date(),
            may_receive=fields_with("can_receive"),
            previous=_link(field, text, page - 1) if page > 1 else "",
            next=_link(field, text, page + 1) if page < last else "",
        )


def _link(field: str, text: str, page: int) -> str:
    return address("ProceduresView.index", field=field, q=text, page=page if page > 1 else "")
