"""The shared pieces of a config folder, by key, and which of them are used."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark
from app.definition.source import near
from app.definition.words import Words

FORM = Words("biểu mẫu", "form")
ROUTE = Words("quy trình", "route")
DOCUMENT = Words("giấy tờ", "document")
LIST = Words("danh sách", "list")


@dataclass
class Shared:
    """Pieces as read from their files (not completed: they are completed where they are laid in)."""

    forms: dict[str, list[Branch]] = field(default_factory=dict)  # several when they follow each other in time
    routes: dict[str, Branch] = field(default_factory=dict)
    documents: Branch = field(default_factory=Branch)
    lists: dict[str, Branch] = field(default_factory=dict)
    registers: Branch = field(default_factory=Branch)
    prints: Branch = field(default_factory=Branch)
    used: set[tuple[str, str]] = field(default_factory=set)

    def form_on(self, key: str, day: str) -> Branch | None:
        """The form with this key in force on a day (ISO text); the nearest one when none is."""
        forms = sorted(self.forms.get(key, ()), key=_since)
        if not forms:
            return None
        self.used.add(("forms", key))
        begun = [form for form in forms if _since(form) <= day]
        return begun[-1] if begun else forms[0]

    def route(self, key: str) -> Branch | None:
        """The shared route with this key."""
        self.used.add(("routes", key))
        return self.routes.get(key)

    def document(self, key: str) -> Branch | None:
        """The shared document with this key."""
        self.used.add(("documents", key))
        return self.documents.get(key)

    def options(self, key: str) -> Branch | None:
        """The option list with this key."""
        self.used.add(("lists", key))
        return self.lists.get(key)


def _since(form: Branch) -> str:
    return str(form.get("effective", {}).get("from", ""))


def tell_unknown(collector: Collector, mark: Mark | None, what: Words, key: str, known: object) -> None:
    """R03: there is no such shared piece."""
    keys = tuple(str(one) for one in known) if hasattr(known, "__iter__") else ()
    collector.tell("R03", mark, what=what, key=key, near=near(key, keys), allowed=keys[:20])
