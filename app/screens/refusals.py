"""What a person reads when the answer is no: who may, what is missing, and what to do about it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.definition.model.documents import Document, Group
from app.definition.model.form import Field
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.world import Refusal
from app.forms.wording import reason_text
from app.screens.formats import format_date, format_moment


@dataclass(frozen=True, slots=True)
class Names:
    """Where the words for keys come from; a key without a word is shown as it is."""

    procedure: Procedure | None = None
    organisation: Organisation | None = None
    people: Mapping[str, str] = field(default_factory=dict)

    def step(self, key: str) -> str:
        """The title of a step."""
        routes = self.procedure.route.values() if self.procedure else ()
        return next((step.title for route in routes for step in route.steps if step.key == key), key)

    def field(self, path: str) -> str:
        """The label of a field, or of a column of a table ("table.row.column")."""
        parts = path.split(".")
        found: Field | None = self.procedure.form.fields.get(parts[0]) if self.procedure else None
        if found is None:
            return str(APPLICANT_PARTS.get(path, path))
        column = next((one for one in found.columns if one.key == parts[-1]), None) if len(parts) > 1 else None
        return f"{found.label}: {column.label}" if column else found.label

    def document(self, key: str) -> str:
        """The name of a paper."""
        return _paper_title(self.procedure.documents if self.procedure else (), key) or key

    def fee(self, key: str) -> str:
        """The name of a fee."""
        return next((fee.title for fee in self.procedure.fees if fee.key == key), key) if self.procedure else key

    def position(self, position: str) -> str:
        """`Trưởng phòng, Phòng Quản lý đất đai`, or the name of a person."""
        if position.startswith("user:"):
            return self.person(position.removeprefix("user:"))
        if position in PARTIES:
            return str(PARTIES[position])
        return self.organisation.position_title(position) if self.organisation else position

    def person(self, username: str) -> str:
        """A full name."""
        return self.people.get(username, username)


def _paper_title(papers: Iterable[Document | Group], key: str) -> str:
    for paper in papers:
        if paper.key == key:
            return paper.title
        inside = _paper_title(paper.items, key) if isinstance(paper, Group) else ""
        if inside:
            return inside
    return ""


PARTIES: Mapping[str, Any] = {
    "applicant": _l("the applicant"),
    "system": _l("the system"),
    "anyone": _l("anyone of the office"),
}

APPLICANT_PARTS: Mapping[str, Any] = {
    "applicant.name": _l("Name of the applicant"),
    "applicant.kind": _l("Kind of applicant"),
    "applicant.identity": _l("Identity number of the applicant"),
    "receiver.name": _l("Name of the receiver"),
    "comment": _l("Reason or remark"),
    "reason": _l("Reason"),
    "choose": _l("What to do"),
    "to": _l("To whom or to what"),
    "ask": _l("Whom to ask"),
    "amount": _l("Amount"),
}

SENTENCES: Mapping[str, Any] = {
    "same_person": _l("You did “%(before)s” of this dossier. Somebody else has to do this."),
    "wrong_status": _l("The dossier is not at this step any more. Open it again to see where it is."),
    "missing_fields": _l("Still to fill in: %(fields)s."),
    "total_mismatch": _l("The total of %(field)s is %(total)s but must be %(expected)s."),
    "missing_documents": _l("Still to be handed in: %(documents)s."),
    "unpaid": _l("Not paid yet: %(fees)s."),
    "too_many_supplements": _l("A supplement may be asked for at most %(max)s times, and it has been."),
    "already_extended": _l("The due date may be put off at most %(max)s times, and it has been."),
    "too_late": _l("This was possible only until %(until)s."),
    "no_result": _l("The result has no number yet. Give it a number first."),
    "no_way": _l("No way on from here fits what was filled in. Check the answers, or tell the administrator."),
    "held": _l("%(holder)s is working on this. Ask them to give it back, or have the head hand it over."),
    "out_of_order": _l("Something later has already happened to this dossier. Open it again."),
    "calendar_unknown": _l("The working calendar of %(year)s is not published yet. Tell the administrator."),
    "required": _l("Still to fill in: %(field)s."),
    "stale": _l("%(user)s changed this dossier at %(at)s. Open it again and repeat your change."),
    "not_found": _l("This is not there any more."),
    "unknown_position": _l("There is no such position in the organisation any more: %(position)s."),
    "already_posted": _l("They hold this position already: %(position)s."),
    "own_account": _l("You cannot do this to your own account. Ask another administrator."),
    "wrong_password": _l("The present password is not right."),
    "same_password": _l("The new password must differ from the present one."),
}

OTHERWISE = _l("This is not possible now. Open the page again; if it stays so, tell the administrator.")

WEAK: Mapping[str, Any] = {
    "too_short": _l("The password needs at least %(shortest)s characters."),
    "too_long": _l("The password may have at most %(longest)s characters."),
    "few_letters": _l("Use more different characters: this one is guessed quickly."),
    "common": _l("This password stands on the lists that attackers try first."),
    "contains_name": _l("The password must not contain your user name."),
}

TAKEN: Mapping[str, Any] = {
    "username": _l("This user name is taken. Choose another one."),
    "email": _l("This e-mail address belongs to another account."),
}

WRONG: Mapping[str, Any] = {
    "username": _l("3 to 64 characters: small letters a–z, digits, dot, dash; begins with a letter."),
    "full_name": _l("Enter the full name, at most 100 characters."),
    "email": _l("Must be an e-mail address, such as ten@vidu.vn."),
}


def refusal_text(refusal: Refusal, names: Names | None = None) -> str:
    """The sentence for a refusal; an unknown one is told in general words, never by its code."""
    names = names or Names()
    special = SPECIAL.get(refusal.code)
    if special is not None:
        return special(refusal.params, names)
    sentence = SENTENCES.get(refusal.code)
    if sentence is None:
        return str(OTHERWISE)
    try:
        return str(sentence) % {key: _word(key, value, names) for key, value in refusal.params.items()}
    except KeyError:
        return str(OTHERWISE)


def _word(key: str, value: Any, names: Names) -> str:
    """A parameter in words: keys by their titles, lists joined, moments as offices write them."""
    if isinstance(value, list | tuple):
        return ", ".join(_word(key, one, names) for one in value)
    worded = WORDED.get(key)
    if worded is not None:
        return worded(names, str(value))
    return moment_text(value)


WORDED: Mapping[str, Callable[[Names, str], str]] = {
    "step": Names.step,
    "before": Names.step,
    "open": Names.step,
    "fields": Names.field,
    "field": Names.field,
    "column": Names.field,
    "documents": Names.document,
    "fees": Names.fee,
    "positions": Names.position,
    "position": Names.position,
    "holder": Names.person,
    "user": Names.person,
}


def moment_text(value: Any) -> str:
    """A moment or a day (also as ISO text) as offices write it; everything else as it is."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and "-" in value else value
    except ValueError:
        return str(value)
    if isinstance(found, datetime) and (not isinstance(value, str) or "T" in value or " " in value):
        return format_moment(found)
    return format_date(found) if isinstance(found, date) else str(value)


def _not_allowed(params: Mapping[str, Any], names: Names) -> str:
    positions = params.get("positions")
    if not positions:
        return _("You hold no position that may do this.")
    if "step" in params:
        who = _word("positions", positions, names)
        return _("“%(step)s” is done by: %(who)s.", step=names.step(str(params["step"])), who=who)
    return _("This is done by: %(who)s.", who=_word("positions", positions, names))


def _invalid_value(params: Mapping[str, Any], names: Names) -> str:
    key = str(params.get("field", ""))
    if key in WRONG:
        return str(WRONG[key])
    rest = {name: moment_text(value) for name, value in params.items() if name != "errors"}
    return f"{names.field(key)}: {reason_text(str(params.get('reason', '')), rest)}"


def _check_failed(params: Mapping[str, Any], _names: Names) -> str:
    """The definition's own words."""
    return str(params.get("say") or OTHERWISE)


def _weak_password(params: Mapping[str, Any], _names: Names) -> str:
    return str(WEAK.get(str(params.get("reason")), WEAK["common"])) % params


def _taken(params: Mapping[str, Any], _names: Names) -> str:
    return str(TAKEN.get(str(params.get("field")), TAKEN["username"]))


SPECIAL: Mapping[str, Callable[[Mapping[str, Any], Names], str]] = {
    "not_allowed": _not_allowed,
    "invalid_value": _invalid_value,
    "check_failed": _check_failed,
    "weak_password": _weak_password,
    "taken": _taken,
}
