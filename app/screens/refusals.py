"""What a person reads when the answer is no: who may, what is missing, and what to do about it."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.engine.world import Refusal
from app.forms.wording import reason_text, required_text
from app.screens.formats import format_date, format_moment, format_number
from app.screens.names import Names
from app.screens.statuses import status_title

__all__ = ["Names", "Place", "refusal_places", "refusal_text"]

SENTENCES: Mapping[str, Any] = {
    "same_person": _l("You did “%(before)s” of this dossier. Somebody else has to do this."),
    "missing_fields": _l("Still to fill in: %(fields)s."),
    "total_mismatch": _l("%(field)s: the total is %(total)s but must be %(expected)s."),
    "missing_documents": _l("Still to be handed in: %(documents)s."),
    "unpaid": _l("Not paid yet: %(fees)s."),
    "too_many_supplements": _l("A supplement may be asked for at most %(max)s times, and it has been."),
    "already_extended": _l("The due date may be put off at most %(max)s times, and it has been."),
    "no_way": _l("No way on from here fits what was filled in. Check the answers, or tell the administrator."),
    "held": _l("%(holder)s is working on this. Ask them to give it back, or have the head hand it over."),
    "out_of_order": _l("Something later has already happened to this dossier. Open it again."),
    "calendar_unknown": _l("The working calendar of %(year)s is not published yet. Tell the administrator."),
    "required": _l("Still to fill in: %(field)s."),
    "stale": _l("%(by)s changed this dossier at %(at)s. Open it again and repeat your change."),
    "not_found": _l("This is not there any more."),
    "unknown_position": _l("There is no such position in the organisation any more: %(position)s."),
    "already_posted": _l("They hold this position already: %(position)s."),
    "own_account": _l("You cannot do this to your own account. Ask another administrator."),
    "wrong_password": _l("The present password is not right."),
    "same_password": _l("The new password must differ from the present one."),
}

OTHERWISE = _l("This is not possible now. Open the page again; if it stays so, tell the administrator.")

# Why a conduct does not belong to the dossier as it stands.
NOT_NOW: Mapping[str, Any] = {
    "claim": _l("There is no open work to take."),
    "release": _l("Nobody has taken this work yet."),
    "supplement": _l("At this step no supplement can be asked for."),
    "resubmit": _l("No supplement is being waited for."),
    "refuse": _l("At this step the dossier cannot be refused, or the refusal already waits for agreement."),
    "stop": _l("Only an accepted dossier without a result can be stopped, and only once."),
    "withdraw": _l("The result is there already, so it is too late to withdraw."),
    "extend": _l("The time limit is not running now, or this procedure has no new date."),
    "send_back": _l("There is no earlier step to which it could go back."),
    "recall": _l("There is nothing of yours to take back: somebody has gone on with it."),
    "transfer": _l("At this step the dossier cannot be transferred, or others are still asked."),
    "variant": _l("There is no other case it could be, or the result is there already."),
    "correct": _l("Only the result of a finished dossier can be corrected."),
    "reopen": _l("Only a stopped dossier can be taken up again."),
    "refund": _l("Nothing is to be paid back."),
    "pay": _l("This money is not asked for yet."),
    "consult": _l("At this step nobody else can be consulted."),
    "opinion": _l("No opinion is being waited for."),
    "charge": _l("No fee of this procedure is set by decision."),
    "approve": _l("Nothing waits for agreement."),
    "reject": _l("Nothing waits for agreement."),
}

BOUNDS: Mapping[tuple[str, frozenset[str]], Any] = {
    ("out_of_range", frozenset(("least", "most"))): _l("Must be from %(least)s to %(most)s."),
    ("out_of_range", frozenset(("least",))): _l("Must be %(least)s or more."),
    ("out_of_range", frozenset(("most",))): _l("Must be %(most)s or less."),
    ("out_of_range", frozenset(("above",))): _l("Must be more than %(above)s."),
    ("out_of_range", frozenset(("after",))): _l("Must be later than %(after)s."),
    ("too_short", frozenset(("least",))): _l("At least %(least)s characters."),
    ("too_long", frozenset(("most",))): _l("At most %(most)s characters."),
}

MEASURED = frozenset(("least", "most", "above"))
_PLAIN = re.compile(r"-?[0-9]{1,40}([.][0-9]{1,20})?")
OVER = frozenset(("returned", "stopped", "not_accepted"))

LATE: Mapping[str, Any] = {
    "supplement": _l("A supplement could be asked for until %(until)s only."),
    "extend": _l("A new date could be given until %(until)s only."),
    "send_back": _l("It has been sent back %(max)s times already; more often is not possible."),
    "refuse": _l("It could be refused until %(until)s only."),
    "withdraw": _l("“%(step)s” has been reached, so it is too late to withdraw."),
}

NO_RESULT = _l("There is no result yet: %(results)s. Check the answers on which it depends.")

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


class Place(NamedTuple):
    """One thing to correct: what it belongs to ("" = the dossier as a whole) and the sentence."""

    path: str
    text: str


def refusal_text(refusal: Refusal, names: Names | None = None) -> str:
    """The sentence for a refusal; an unknown one is told in general words, never by its code."""
    names = names or Names()
    special = SPECIAL.get(refusal.code)
    if special is not None:
        return special(refusal.params, names)
    return _filled(SENTENCES.get(refusal.code), refusal.params, names)


def _filled(sentence: Any, params: Mapping[str, Any], names: Names) -> str:
    """A sentence with its parameters in words; the general one where something is not known."""
    if sentence is None:
        return str(OTHERWISE)
    try:
        return str(sentence) % {key: _word(key, value, names) for key, value in params.items()}
    except KeyError:
        return str(OTHERWISE)


def _word(key: str, value: Any, names: Names) -> str:
    """A parameter in words: keys by their titles, lists joined, moments as offices write them."""
    if key == "positions":
        return names.positions(value)
    if isinstance(value, list | tuple):
        return "; ".join(_word(key, one, names) for one in value)
    worded = WORDED.get(key)
    return worded(names, str(value)) if worded is not None else moment_text(value)


WORDED: Mapping[str, Callable[[Names, str], str]] = {
    "step": Names.step,
    "before": Names.step,
    "open": Names.step,
    "fields": Names.field,
    "field": Names.field,
    "column": Names.field,
    "documents": Names.document,
    "fees": Names.fee,
    "results": Names.result,
    "position": Names.position,
    "holder": Names.person,
    "user": Names.person,
    "by": Names.person,
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


# ---- sentences that depend on more than the code


def _not_allowed(params: Mapping[str, Any], names: Names) -> str:
    positions = params.get("positions")
    if params.get("kind") == "bulk":
        return _("“%(step)s” is done for one dossier at a time.", step=names.step(str(params.get("step", ""))))
    if "not_from" in params:
        unit = names.unit(str(params["not_from"]))
        return _("People of %(unit)s may not do “%(step)s”.", unit=unit, step=names.step(str(params.get("step", ""))))
    if not positions:
        return _("You hold no position that may do this.")
    who = names.positions(positions)
    if "step" in params:
        return _("“%(step)s” is done by: %(who)s.", step=names.step(str(params["step"])), who=who)
    return _("This is done by: %(who)s.", who=who)


def _wrong_status(params: Mapping[str, Any], names: Names) -> str:
    status = str(params.get("status", ""))
    if status == "approval":
        return _("Somebody is asked to agree first: the dossier stands still until then.")
    if status == "waiting":
        return _("It has been sent; the answers are being waited for.")
    if status in OVER:
        return _("The dossier is closed: %(status)s.", status=status_title(status))
    if "open" in params:
        if not params["open"]:
            return _("No step of the dossier is open now.")
        return _("The dossier is at another step now: %(open)s.", open=_word("open", params["open"], names))
    return str(NOT_NOW.get(str(params.get("kind", "")), OTHERWISE))


def _too_late(params: Mapping[str, Any], names: Names) -> str:
    known = {key: value for key, value in params.items() if value is not None}
    return _filled(LATE.get(str(params.get("kind", ""))), known, names)


def _invalid_value(params: Mapping[str, Any], names: Names) -> str:
    key = str(params.get("field", ""))
    if key in WRONG:
        return str(WRONG[key])
    return f"{names.field(key)}: {value_text(params)}"


def value_text(params: Mapping[str, Any]) -> str:
    """What is wrong with a value, without the name of its field. ``why`` is the closer reason, where there is one."""
    rest = {
        name: number_text(moment_text(value)) if name in MEASURED else moment_text(value)
        for name, value in params.items()
        if name != "errors"
    }
    reason = str(params.get("reason", ""))
    if reason in ("out_of_range", "too_short", "too_long"):
        return _bounds_text(reason, rest)
    if params.get("why"):
        closer = reason_text(str(params["why"]), rest)
        return reason_text(reason, rest) if closer == reason_text("", rest) else closer
    return reason_text(reason, rest)


def _bounds_text(reason: str, rest: Mapping[str, str]) -> str:
    """A value beyond its bounds: the bounds that are known."""
    known = frozenset(name for name in ("least", "most", "above", "after") if name in rest)
    sentence = BOUNDS.get((reason, known))
    return str(sentence) % rest if sentence is not None else reason_text(reason, rest)


def _total_mismatch(params: Mapping[str, Any], names: Names) -> str:
    """The table with the column whose sum it is."""
    place = f"{params.get('field', '')}..{params.get('column', '')}"
    numbers = {name: number_text(params.get(name, "")) for name in ("total", "expected")}
    return str(SENTENCES["total_mismatch"]) % {"field": names.field(place), **numbers}


def number_text(value: Any) -> str:
    """A number (also as plain text) as people write it; everything else, years too, as it is."""
    text = str(value)
    return format_number(Decimal(text)) if _PLAIN.fullmatch(text) and len(text) > len("2026") else text


def _check_failed(params: Mapping[str, Any], _names: Names) -> str:
    """The definition's own words."""
    return str(params.get("say") or OTHERWISE)


def _weak_password(params: Mapping[str, Any], _names: Names) -> str:
    return str(WEAK.get(str(params.get("reason")), WEAK["common"])) % params


def _taken(params: Mapping[str, Any], _names: Names) -> str:
    return str(TAKEN.get(str(params.get("field")), TAKEN["username"]))


def _no_result(params: Mapping[str, Any], names: Names) -> str:
    return _filled(NO_RESULT, {"results": [], **params}, names)


SPECIAL: Mapping[str, Callable[[Mapping[str, Any], Names], str]] = {
    "not_allowed": _not_allowed,
    "wrong_status": _wrong_status,
    "too_late": _too_late,
    "invalid_value": _invalid_value,
    "check_failed": _check_failed,
    "total_mismatch": _total_mismatch,
    "no_result": _no_result,
    "weak_password": _weak_password,
    "taken": _taken,
}


# ---- one sentence for each place to correct


def refusal_places(refusal: Refusal, names: Names) -> tuple[Place, ...]:
    """Everything to be corrected, one by one, for the summary above the form and the marks at its fields."""
    return tuple(_places(refusal, names)) or (Place("", refusal_text(refusal, names)),)


def _places(refusal: Refusal, names: Names) -> Iterator[Place]:
    params = refusal.params
    if "errors" in params:
        for error in params["errors"]:
            yield Place(str(error["field"]), refusal_text(Refusal(str(error["code"]), error), names))
    elif refusal.code in MANY:
        key, prefix, sentence = MANY[refusal.code]
        for one in params[key]:
            yield Place(f"{prefix}{one}", str(sentence) % {"thing": _word(key, str(one), names)})
    elif refusal.code == "check_failed":
        yield from (Place("", str(say)) for say in params.get("checks", ()))
    elif refusal.code == "calendar_unknown":
        yield Place("to", refusal_text(refusal, names))  # a new date is what mostly lies beyond the calendar
    elif refusal.code == "required":
        yield Place(str(params["field"]), required_text(names.field(str(params["field"]))))


# Codes that name several things: the parameter, how their places are called in forms, the sentence for each.
MANY: Mapping[str, tuple[str, str, Any]] = {
    "missing_fields": ("fields", "", _l("%(thing)s: not filled in yet.")),
    "missing_documents": ("documents", "d.", _l("%(thing)s: not handed in yet.")),
    "unpaid": ("fees", "p.", _l("%(thing)s: not paid yet.")),
}
