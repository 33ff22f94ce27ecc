"""The Flask-AppBuilder view of one procedure version: made from the definition, kept, never registered with Flask."""

from collections import OrderedDict
from functools import cached_property
from threading import Lock
from typing import Any

from flask import current_app, g
from flask_appbuilder import ModelView
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import Form

from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.screens.formats import locale_code
from app.screens.page_texts import in_each_language
from app.screens.permissions import may
from app.storage.grants import procedures_with
from app.storage.list_columns import sortable
from app.storage.list_filters import filterable
from app.storage.tables import Dossier

MOST_VIEWS = 16  # each takes a quarter of a megabyte, and a millisecond to make

BUILT_IN_LABELS = {
    "code": _l("Dossier code"),
    "applicant": _l("Applicant"),
    "received": _l("Received"),
    "due": _l("Time left"),
    "status": _l("Status"),
    "step": _l("Step"),
    "unit": _l("Reception unit"),
    "holder": _l("Held by"),
    "finished": _l("Finished"),
    "channel": _l("Channel"),
}


_built_in_labels = in_each_language(BUILT_IN_LABELS)


class DossierTable(SQLAInterface):
    """The table of all procedures. Our lists bring their own filters; the framework's are made once for all views."""

    @cached_property
    def all_filters(self) -> Any:
        """What the framework would offer for every column; 80 KB, and no page of ours asks for it."""
        return super().get_filters()

    def get_filters(self, search_columns: Any = None, search_filters: Any = None) -> Any:
        """The same for every view."""
        return self.all_filters


class ProcedureView(ModelView):
    """What every view of a procedure has in common. Its own routes are never registered: no /download, no /action."""

    datamodel = DossierTable(Dossier)
    base_permissions = ["can_list", "can_show", "can_receive", "can_act"]
    add_form = edit_form = search_form = Form
    add_columns: list[str] = []
    edit_columns: list[str] = []
    show_columns = ["code"]
    search_columns = ["code"]
    page_size = 25
    procedure: Procedure
    filter_boxes: dict[tuple[int, str, str], Markup]  # drawn already, see filter_box.py
    line_parts: tuple[str, ...] = ()  # of a row, drawn already, see list_lines.py

    def may(self, permission: str) -> bool:
        """Whether the person of this request has a permission on this field of work; to receive, on this procedure."""
        if not may(permission, self.class_permission_name):
            return False
        return permission != "can_receive" or self.procedure.key in procedures_with(permission, g.person.positions)

    def label(self, column: str) -> str:
        """The heading of a column in the reader's language."""
        return self.label_columns.get(column, column)


_views: OrderedDict[tuple[str, int, str, str], ProcedureView] = OrderedDict()
_making = Lock()


def view_of(procedure: Procedure) -> ProcedureView:
    """The view of this version in the reader's language; made once and kept while it is used."""
    key = (procedure.key, procedure.number, procedure.digest, locale_code())
    with _making:
        view = _views.get(key)
        if view is None:
            view = _views[key] = make_view(procedure)
            if len(_views) > MOST_VIEWS:
                _views.popitem(last=False)
        else:
            _views.move_to_end(key)
    return view


def make_view(procedure: Procedure) -> ProcedureView:
    """A view whose attributes come from the definition, all of them declared (F1, F6)."""
    attributes: dict[str, Any] = {
        "procedure": procedure,
        "filter_boxes": {},
        "class_permission_name": f"field:{procedure.field}",
        "list_columns": list(shown_columns(procedure)),
        "order_columns": list(sortable(procedure)),
        "label_columns": labels(procedure),
        "list_title": procedure.title,
        "add_title": procedure.title,
        "show_title": procedure.title,
        "edit_title": procedure.title,
        "route_base": f"/p/{procedure.key}",
    }
    view: ProcedureView = type("ProcedureView", (ProcedureView,), attributes)()
    view.appbuilder = current_app.extensions["appbuilder"]
    return view


def shown_columns(procedure: Procedure) -> tuple[str, ...]:
    """The columns of the list: those named, of which sensitive fields never show."""
    fields = procedure.form.fields
    return tuple(
        name for name in procedure.screens.columns if name in BUILT_IN_LABELS or _may_stand_in_a_list(fields.get(name))
    )


def _may_stand_in_a_list(field: Field | None) -> bool:
    return field is not None and not field.sensitive and field.shown_to is None


def labels(procedure: Procedure) -> dict[str, str]:
    """Column key → heading in the reader's language, for built-in columns and form fields."""
    fields = procedure.form.fields.values()
    own = {field.key: field.label for field in fields}
    columns = {f"{one.key}.{column.key}": f"{one.label}: {column.label}" for one in fields for column in one.columns}
    return {**_built_in_labels(), **own, **columns}


def filters_of(view: ProcedureView) -> tuple[str, ...]:
    """The filters of the list."""
    return filterable(view.procedure)
