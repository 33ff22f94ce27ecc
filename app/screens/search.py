"""Find a dossier by code, name or identity number, within what the person may see."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from flask import g, redirect
from flask_appbuilder import BaseView, expose

from app.screens.arguments import text_argument
from app.screens.deadlines import Deadlines, Due, deadlines
from app.screens.titles import procedure_title
from app.storage.search import MOST, find_dossiers


class Hit(NamedTuple):
    """One dossier found."""

    row: Any
    title: str
    due: Due
    url: str


class SearchView(BaseView):
    """The search box of every page leads here."""

    route_base = "/search"
    default_view = "index"

    @expose("/")
    def index(self) -> Any:
        """The hits; a whole code (a scanned slip) opens its dossier at once."""
        text = text_argument("q")
        hits = list(_hits(find_dossiers(g.person, text), deadlines())) if text else []
        if len(hits) == 1 and _plain(hits[0].row.code or "") == _plain(text):
            return redirect(hits[0].url)
        return self.render_template("mc/search.html", text=text, hits=hits, is_cut=len(hits) >= MOST)


def _hits(rows: Iterable[Any], when: Deadlines) -> Iterator[Hit]:
    for row in rows:
        due = when.due(row.due_at, row.clock_state, result_class=row.result_class, finished_at=row.finished_at)
        yield Hit(row, procedure_title(row.procedure_key), due, f"/p/{row.procedure_key}/{row.id}")


def _plain(code: str) -> str:
    """A code as scanners and hands write it: letters and digits only."""
    return "".join(letter for letter in code.upper() if letter.isalnum())
