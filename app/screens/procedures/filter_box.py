"""The filters of a list as they stand on the page; with nothing chosen they are the same for everybody who sees it."""

from flask import g, render_template, request
from markupsafe import Markup

from app.screens.procedures.field_filters import PEOPLE, field_named
from app.screens.procedures.list_page import Filter, filters_for
from app.screens.procedures.view import ProcedureView, filters_of
from app.storage.lists import ListQuery

MOST_DRAWN = 12  # of one list: a scope, an order, a snapshot


def filter_box(view: ProcedureView, chosen: tuple[Filter, ...], query: ListQuery) -> Markup:
    """The box, drawn anew when something is chosen, else once a snapshot: it is a tenth of the work of a page."""
    if chosen or names_people(view):
        return _draw(chosen or filters_for(view, request.args), query)
    key = (g.catalogue.epoch, query.scope, query.sort)
    known = view.filter_boxes.get(key)
    if known is None:
        known = _draw(filters_for(view, request.args), query)
        if len(view.filter_boxes) >= MOST_DRAWN:
            view.filter_boxes.clear()
        view.filter_boxes[key] = known
    return known


def names_people(view: ProcedureView) -> bool:
    """Whether people stand in a filter: they come and go without a new snapshot."""
    fields = (field_named(view.procedure, name) for name in filters_of(view))
    return any(field is not None and field.type in PEOPLE for field in fields)


def _draw(filters: tuple[Filter, ...], query: ListQuery) -> Markup:
    used = sum(one.is_used for one in filters)
    page = render_template(
        "mc/procedures/filters.html", filters=filters, used=used, scope=query.scope, sort=query.sort, path=request.path
    )
    return Markup(page)  # noqa: S704 - drawn by a template of ours, which escapes
