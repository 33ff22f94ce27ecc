"""Somebody wants a print of a dossier: it is made, and stands on the page."""

from typing import Any

from flask import abort, flash, g, redirect, request
from flask_babel import gettext as _

from app.engine.world import Refusal
from app.operations.make_print import make_print
from app.screens.procedures.case import find_case
from app.screens.procedures.dossier_page import dossier_response, wanted_move
from app.screens.procedures.view import ProcedureView
from app.screens.refusals import refusal_text


def print_now(view: ProcedureView, dossier_id: int) -> Any:
    """Make the print that was asked for; sent twice it is made once."""
    case = find_case(view, dossier_id)
    wanted = request.form.get("print", "")[:60]
    answer = make_print(case.id, wanted, g.person, case.now, key=request.form.get("key", "")[:64])
    if isinstance(answer, Refusal):
        if answer.code == "not_found":
            abort(404)
        return dossier_response(case, wanted_move(case), refused=refusal_text(answer, case.names))
    flash(_("The print is ready: %(title)s.", title=case.names.print_(wanted)), "done")
    return redirect(f"{case.url()}#ban-in", 303)
