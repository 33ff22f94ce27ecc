"""Which file is what: the folder decides, and the path below it is the key (section 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.definition.shape.record import Record
from app.definition.shape.tables.documents import DOCUMENTS_FILE
from app.definition.shape.tables.forms import FORM_FILE, LIST_FILE
from app.definition.shape.tables.organisation import (
    CALENDAR_FILE,
    NOTICES_FILE,
    ORGANISATION,
    OVERLAY_FILE,
    PRINTS_FILE,
    REGISTERS_FILE,
)
from app.definition.shape.tables.procedure import PROCEDURE
from app.definition.shape.tables.route import ROUTE_FILE


class FileKind(StrEnum):
    """What a file of the config folder holds."""

    PROCEDURE = "procedure"
    FORM = "form"
    ROUTE = "route"
    DOCUMENTS = "documents"
    LIST = "list"
    REGISTERS = "registers"
    PRINTS = "prints"
    NOTICES = "notices"
    ORGANISATION = "organisation"
    CALENDAR = "calendar"
    OVERLAY = "overlay"


RECORD_OF: dict[FileKind, Record] = {
    FileKind.PROCEDURE: PROCEDURE,
    FileKind.FORM: FORM_FILE,
    FileKind.ROUTE: ROUTE_FILE,
    FileKind.DOCUMENTS: DOCUMENTS_FILE,
    FileKind.LIST: LIST_FILE,
    FileKind.REGISTERS: REGISTERS_FILE,
    FileKind.PRINTS: PRINTS_FILE,
    FileKind.NOTICES: NOTICES_FILE,
    FileKind.ORGANISATION: ORGANISATION,
    FileKind.CALENDAR: CALENDAR_FILE,
    FileKind.OVERLAY: OVERLAY_FILE,
}
_PLACES: tuple[tuple[re.Pattern[str], FileKind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"procedures/(?P<key>.+)\.yaml", FileKind.PROCEDURE),
        (r"shared/forms/(?P<key>[^/]+)\.yaml", FileKind.FORM),
        (r"shared/routes/(?P<key>[^/]+)\.yaml", FileKind.ROUTE),
        (r"shared/documents(?:/.+)?\.yaml", FileKind.DOCUMENTS),
        (r"shared/lists/(?P<key>[^/]+)\.yaml", FileKind.LIST),
        (r"shared/registers(?:/.+)?\.yaml", FileKind.REGISTERS),
        (r"shared/prints(?:/.+)?\.yaml", FileKind.PRINTS),
        (r"shared/notices(?:/.+)?\.yaml", FileKind.NOTICES),
        (r"organisation(?:/.+)?\.yaml", FileKind.ORGANISATION),
        (r"calendar/(?P<key>[^/]+)\.yaml", FileKind.CALENDAR),
        (r"overlays/.+\.yaml", FileKind.OVERLAY),
    )
)
# Every place a file may stand, as shown to people who put one elsewhere.
PLACES = (
    "procedures/<field>/<key>.yaml",
    "shared/forms/<key>.yaml",
    "shared/routes/<key>.yaml",
    "shared/documents/<any>.yaml",
    "shared/lists/<key>.yaml",
    "shared/registers.yaml",
    "shared/prints.yaml",
    "shared/notices.yaml",
    "organisation.yaml",
    "calendar/<year>.yaml",
    "overlays/<any>.yaml",
)


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """What a path says: the kind, the stem below its folder, and the key it asks for (the stem up to the first dot)."""

    path: str
    kind: FileKind
    stem: str

    @property
    def key(self) -> str:
        """The key that the file must have, "" where the name is free."""
        folder, slash, name = self.stem.rpartition("/")
        return f"{folder}{slash}{name.partition('.')[0]}"


def classify(path: str) -> ConfigFile | None:
    """What the file at a path (relative to the config folder) holds; None when no file may stand there."""
    for pattern, kind in _PLACES:
        match = pattern.fullmatch(path)
        if match:
            return ConfigFile(path, kind, match.groupdict().get("key") or "")
    return None
