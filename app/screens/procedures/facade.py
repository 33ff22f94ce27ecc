"""The one registered view of all procedures: it takes the procedure from the catalogue and hands over to its pages."""

from typing import Any

from flask import abort, g, render_template, request
from flask_appbuilder.baseviews import BaseView, expose

from app.screens.formats import locale_code
from app.screens.procedures.dossier_actions import act_on_dossier
from app.screens.procedures.dossier_page import show_dossier, show_sensitive
from app.screens.procedures.dossier_print import print_now
from app.screens.procedures.downloads import send_file, send_print
from app.screens.procedures.expected import still_expected_of
from app.screens.procedures.filter_box import filter_box
from app.screens.procedures.flow import flows_of
from app.screens.procedures.intake import offer_intake, receive, show_preview
from app.screens.procedures.list_lines import draw_lines
from app.screens.procedures.list_page import (
    SCOPES,
    address,
    cards_of,
    filters_chosen,
    headings_of,
    lapsing_soon,
    page_of,
    query_of,
)
from app.screens.procedures.many import many, steps_for_many
from app.screens.procedures.view import ProcedureView, view_of

ONE = "/<string:field>/<string:name>/"
DOSSIER = f"{ONE}<int(max=2147483647):dossier_id>"


class ProcedureFacade(BaseView):
    """/p/<field>/<name>/…: lists, intake and dossiers of whatever is published, without a route per procedure."""

    route_base = "/p"
    default_view = "list"

    @expose(ONE)
    def list(self, field: str, name: str) -> Any:
        """The dossiers of a procedure that this person may see."""
        view = self.view(field, name, "can_list")
        filters = filters_chosen(view, request.args)
        query = query_of(view, filters, request.args)
        page = page_of(view, query)
        return render_template(
            "mc/procedures/list.html",
            view=view,
            procedure=view.procedure,
            filters=filters,
            shortcuts=lapsing_soon(view),
            filter_box=filter_box(view, filters, query),
            cards=cards_of(view, query),
            expected=still_expected_of(view),
            headings=headings_of(view, query),
            lines=draw_lines(view, page),
            page=page,
            page_url=address,
            scopes=SCOPES,
            scope=query.scope,
            for_many=view.may("can_act") and bool(steps_for_many(view)),
        )

    @expose(f"{ONE}add", methods=["GET", "POST"])
    def add(self, field: str, name: str) -> Any:
        """Intake: the form, or what was sent with it."""
        view = self.view(field, name, "can_receive")
        return receive(view) if request.method == "POST" else offer_intake(view)

    @expose(f"{ONE}many", methods=["GET", "POST"])
    def many(self, field: str, name: str) -> Any:
        """One step for many dossiers at once."""
        return many(self.view(field, name, "can_act"))

    @expose(f"{ONE}preview", methods=["POST"])
    def preview(self, field: str, name: str) -> Any:
        """What the intake form would promise and collect as it stands; writes nothing."""
        return show_preview(self.view(field, name, "can_receive"))

    @expose(f"{ONE}flow")
    def flow(self, field: str, name: str) -> Any:
        """The route as a picture."""
        view = self.view(field, name, "can_list")
        return render_template("mc/procedures/flow.html", procedure=view.procedure, flows=flows_of(view.procedure))

    @expose(DOSSIER)
    def show(self, field: str, name: str, dossier_id: int) -> Any:
        """One dossier."""
        return show_dossier(self.view(field, name, "can_show"), dossier_id)

    @expose(f"{DOSSIER}/sensitive", methods=["POST"])
    def sensitive(self, field: str, name: str, dossier_id: int) -> Any:
        """The page of a dossier with its sensitive values in full; who looks is noted."""
        return show_sensitive(self.view(field, name, "can_show"), dossier_id)

    @expose(f"{DOSSIER}/actions/<string:kind>", methods=["POST"])
    def act(self, field: str, name: str, dossier_id: int, kind: str) -> Any:
        """Something is done to a dossier."""
        return act_on_dossier(self.view(field, name, "can_act"), dossier_id, kind)

    @expose(f"{DOSSIER}/files/<int(max=2147483647):file_id>")
    def file(self, field: str, name: str, dossier_id: int, file_id: int) -> Any:
        """A file of a dossier."""
        return send_file(self.view(field, name, "can_show"), dossier_id, file_id)

    @expose(f"{DOSSIER}/prints/<int(max=2147483647):print_id>")
    def print_(self, field: str, name: str, dossier_id: int, print_id: int) -> Any:
        """A slip of a dossier."""
        return send_print(self.view(field, name, "can_show"), dossier_id, print_id)

    @expose(f"{DOSSIER}/prints", methods=["POST"])
    def print_now(self, field: str, name: str, dossier_id: int) -> Any:
        """A slip is made because somebody wants it."""
        return print_now(self.view(field, name, "can_show"), dossier_id)

    def view(self, field: str, name: str, permission: str) -> ProcedureView:
        """The view of this procedure, if it is published and this person may use it so; else it does not exist."""
        key = f"{field}/{name}"
        if key not in g.catalogue.entries:
            abort(404)
        g.here = f"field:{field}"
        view = view_of(g.catalogue.procedure(key, locale=locale_code()))
        if not view.may(permission):
            abort(404)
        return view
