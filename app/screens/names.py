"""Words for keys: what steps, fields, papers, fees, positions and people are called where a sentence names them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.definition.model.documents import Document, Group
from app.definition.model.form import Field
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.model.route import Step
from app.engine.rights import USER

PARTIES: Mapping[str, Any] = {
    "applicant": _l("the applicant"),
    "system": _l("the system"),
    "anyone": _l("anyone of the office"),
}

# Things a form asks for that are no fields of the definition.
PARTS: Mapping[str, Any] = {
    "applicant.name": _l("Name of the applicant"),
    "applicant.kind": _l("Kind of applicant"),
    "applicant.identity": _l("Identity number of the applicant"),
    "receiver.name": _l("Name of the receiver"),
    "received": _l("Moment of receipt"),
    "comment": _l("Reason or remark"),
    "reason": _l("Reason"),
    "question": _l("What is asked"),
    "choose": _l("What to do"),
    "to": _l("To whom or to what"),
    "ask": _l("Whom to ask"),
    "amount": _l("Amount"),
    "fee": _l("Which fee"),
    "decision": _l("Number of the decision"),
    "pay": _l("What was paid"),
    "documents": _l("Documents"),
    "include": _l("Steps to be taken too"),
}

# Slips that the law or the platform asks for, whatever the procedure.
PRINTS: Mapping[str, Any] = {
    "receipt": _l("Receipt slip with the promised date"),
    "supplement": _l("Request for a supplement"),
    "refusal": _l("Notice of refusal"),
    "apology": _l("Letter of apology with a new date"),
    "stop": _l("Notice that the dossier is stopped"),
    "control_slip": _l("Control slip"),
}

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Names:
    """Where the words for keys come from; a key without a word is shown as it is."""

    procedure: Procedure | None = None
    organisation: Organisation | None = None
    people: Mapping[str, str] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """Every step of every step table."""
        for route in self.procedure.route.values() if self.procedure else ():
            yield from route.steps

    def step(self, key: str) -> str:
        """The title of a step."""
        return next((step.title for step in self.steps() if step.key == key), key)

    def field(self, path: str) -> str:
        """The label of a field, or of a column of a table ("table.row.column")."""
        parts = path.split(".")
        found: Field | None = self.procedure.form.fields.get(parts[0]) if self.procedure else None
        if found is None:
            return str(PARTS.get(path, path))
        column = found.column(parts[-1]) if len(parts) > 1 else None
        return f"{found.label}: {column.label}" if column else found.label

    def document(self, key: str) -> str:
        """The name of a paper: of the checklist, or one that a step makes."""
        if key == "proof":
            return _("Proof of what was waited for")
        made = (paper for step in self.steps() for paper in step.attach if paper.key == key)
        listed = paper_title(self.procedure.documents if self.procedure else (), key)
        return listed or next((paper.title for paper in made), key)

    def fee(self, key: str) -> str:
        """The name of a fee."""
        fees = self.procedure.fees if self.procedure else ()
        return next((fee.title for fee in fees if fee.key == key), key)

    def result(self, key: str) -> str:
        """The name of a result."""
        results = self.procedure.results if self.procedure else ()
        return next((result.title for result in results if result.key == key), key)

    def variant(self, key: str) -> str:
        """A case of the procedure."""
        found = next((one for one in self.procedure.variants if one.key == key), None) if self.procedure else None
        return found.title if found is not None else key

    def print_(self, key: str) -> str:
        """The name of a slip."""
        own = self.procedure.prints.get(key) if self.procedure else None
        return own.title if own is not None else str(PRINTS.get(key, key))

    def register(self, key: str) -> str:
        """The name of a register."""
        found = self.organisation.registers.get(key) if self.organisation else None
        return found.title if found is not None else key

    def unit(self, key: str) -> str:
        """The short name of a unit."""
        found = self.organisation.units.get(key) if self.organisation else None
        return key if found is None else found.short or found.title

    def position(self, position: str) -> str:
        """`Trưởng phòng, Phòng Quản lý đất đai`, or the name of a person."""
        if position.startswith(USER):
            return self.person(position.removeprefix(USER))
        if position in PARTIES:
            return str(PARTIES[position])
        return self.organisation.position_title(position) if self.organisation else position

    def positions(self, positions: Iterable[str]) -> str:
        """Several, each title once; of many only the first."""
        titles = list(dict.fromkeys(self.position(str(one)) for one in positions))
        if len(titles) <= MOST_NAMED + 1:
            return "; ".join(titles)
        rest = len(titles) - MOST_NAMED
        return _("%(some)s and %(rest)s more", some="; ".join(titles[:MOST_NAMED]), rest=rest)

    def person(self, username: str) -> str:
        """A full name."""
        return str(PARTIES[username]) if username in PARTIES else self.people.get(username, username)


def paper_title(papers: Iterable[Document | Group], key: str) -> str:
    """The title of a paper or group, however deep it stands; empty where there is none."""
    for paper in papers:
        if paper.key == key:
            return paper.title
        inside = paper_title(paper.items, key) if isinstance(paper, Group) else ""
        if inside:
            return inside
    return ""
