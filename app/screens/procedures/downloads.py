"""Files and slips of a dossier: through our own address, with the rights of the dossier, never as a page of ours."""

from urllib.parse import quote

from flask import Response, abort, g

from app.operations.render_print import render_print
from app.prints.papers import can_draw, draw
from app.screens.deadlines import deadlines
from app.screens.procedures.case import find_case
from app.screens.procedures.view import ProcedureView
from app.storage.dossiers import load_dossier
from app.storage.file_store import read_bytes
from app.storage.files import StoredFile, load_file
from app.storage.prints import load_print
from app.vietnamese.search import search_key


def send_file(view: ProcedureView, dossier_id: int, file_id: int) -> Response:
    """A file as a download: of the kind told by its content when it came in, and unchanged since then."""
    found = load_file(file_id, dossier_id, view.procedure.key, g.person.badges)
    if found is None or _is_hidden(view, dossier_id, found):
        abort(404)
    return as_download(Response(read_bytes(found.sha256), mimetype=found.media_type), found.name)


def _is_hidden(view: ProcedureView, dossier_id: int, file: StoredFile) -> bool:
    """Whether it lies in a field that is shown to others only."""
    kind, _colon, key = file.place.partition(":")
    return kind == "field" and key.partition(".")[0] in find_case(view, dossier_id).hidden


def send_print(view: ProcedureView, dossier_id: int, print_id: int) -> Response:
    """A slip as PDF, shown in the browser; the same bytes every time."""
    key, badges = view.procedure.key, g.person.badges
    found = load_print(print_id, dossier_id, key, badges)
    if found is None or not can_draw(found.template_version):
        abort(404)
    content = render_print(print_id, dossier_id, key, badges, draw, deadlines().now)
    stored = load_dossier(dossier_id, key, badges)
    if content is None or stored is None:
        abort(404)
    response = Response(content, mimetype="application/pdf")
    name = f"{found.kind}-{stored.code or dossier_id}.pdf"
    return as_download(response, name, inline=True)


def as_download(response: Response, name: str, *, inline: bool = False) -> Response:
    """The name in both spellings (RFC 6266): plain letters for old readers, UTF-8 for the others."""
    kind = "inline" if inline else "attachment"
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._- ") else "_" for char in search_key(name))
    response.headers["Content-Disposition"] = f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
