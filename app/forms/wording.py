"""What forms say: hints by type, and one sentence for every reason why an answer is refused."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.definition.model.form import Field
from app.forms.faults import SENTENCES

KINDS = {
    "citizen": _l("Citizen"),
    "household": _l("Household"),
    "organisation": _l("Organisation"),
    "enterprise": _l("Enterprise"),
    "cooperative": _l("Cooperative"),
    "community": _l("Residential community"),
    "state_body": _l("State body"),
    "foreigner": _l("Foreigner"),
    "foreign_organisation": _l("Foreign organisation"),
    "overseas_vietnamese": _l("Vietnamese living abroad"),
    "foreign_invested_enterprise": _l("Foreign-invested enterprise"),
    "official": _l("Public official"),
    "party_body": _l("Party body"),
}

WORDS = {
    "yes": _l("Yes"),
    "no": _l("No"),
    "pledged": _l("Pledged"),
    "parcel": _l("Parcel %(number)s, map sheet %(sheet)s"),
}

HINTS = {
    "date": _l("day/month/year"),
    "datetime": _l("hour:minute, day/month/year"),
    "time": _l("hour:minute"),
    "year": _l("four digits"),
    "month": _l("month/year, such as 08/2026"),
    "quarter": _l("quarter/year, such as 3/2026"),
    "duration": _l("such as 5 ngày làm việc, 3 tháng"),
    "coordinate": _l("VN-2000; metres, such as 2.308.123,4"),
    "passport": _l("6 to 12 letters and digits"),
    "bank_account": _l("5 to 20 digits, without the name of the bank"),
    "phone": _l("10 digits, or a foreign number with +"),
    "email": _l("such as ten@vidu.vn"),
    "url": _l("begins with https://"),
    "dossier": _l("code of the dossier"),
    "percent": _l("0 to 100"),
    "person_id": _l("12 digits (or 9 of an old card)"),
    "org_id": _l("10 digits, or 10 and 3 of a branch"),
}

PART_LABELS = {
    "commune": _l("Ward or commune"),
    "line": _l("House number, street"),
    "kind": _l("Kind"),
    "name": _l("Name"),
    "id": _l("Identity number or tax code"),
    "address": _l("Address"),
    "sheet": _l("Map sheet"),
    "number": _l("Parcel number"),
    "zone": _l("Meridian"),
    "x": _l("X"),
    "y": _l("Y"),
}

REQUIRED = _l("%(label)s: not filled in yet.")

REASONS = {
    **SENTENCES,
    "too_short": _l("At least %(least)s characters."),
    "too_long": _l("At most %(most)s characters."),
    "not_option": _l("This is not one of the choices. Choose again from the list."),
    "too_small": _l("Must be %(least)s or more."),
    "too_large": _l("Must be %(most)s or less."),
    "out_of_range": _l("The value lies outside what is allowed."),
    "bad_mask": _l("Must have the shape %(mask)s (A stands for a letter, 9 for a digit)."),
    "bad_identity": _l("This identity number cannot be right. Check every digit."),
    "not_whole": _l("Must be a whole number, without a comma."),
    "number_too_large": _l("The number is too large: at most %(digits)s digits."),
    "not_a_moment": _l("Must be a time and a date, such as 17:00, 26/11/2026."),
    "not_a_year": _l("Must be a year of four digits, from %(least)s to %(most)s."),
    "not_a_month": _l("Must be a month, such as 08/2026."),
    "not_a_quarter": _l("Must be a quarter, such as 3/2026."),
    "not_a_duration": _l("Must be a length of time, such as 5 ngày làm việc or 3 tháng."),
    "not_a_flag": _l("Choose yes or no."),
    "not_a_meridian": _l("Must be a central meridian of VN-2000, such as 105°45′."),
    "not_rows": _l("The table cannot be read. Open the page again."),
    "no_dossier": _l("There is no such dossier, or you may not see it. Check the code."),
    "other_procedure": _l("This dossier belongs to another procedure. Give one of: %(procedure)s."),
    "not_a_number": _l("Must be a number, such as 1.234,5."),
    "not_a_date": _l("Must be a real date, such as 26/11/2026."),
    "not_a_time": _l("Must be a time, such as 17:00."),
    "bad_text": _l("There are characters that cannot be seen or kept. Type the text again."),
    "bad_email": _l("Must be an e-mail address, such as ten@vidu.vn."),
    "bad_url": _l("Must be a web address beginning with https://."),
    "bad_passport": _l("Must be 6 to 12 letters and digits, without spaces."),
    "bad_account": _l("Must be 5 to 20 letters and digits, without spaces."),
    "bad_phone": _l("Must be a Vietnamese telephone number of 10 digits, or one beginning with +."),
    "bad_parts": _l("Fill in every part."),
    "bad_file": _l("This file cannot be taken."),
    "decimals": _l("At most %(most)s digits after the comma."),
    "too_many_rows": _l("At most %(most)s rows."),
    "too_few_rows": _l("At least %(least)s rows."),
    "unknown_field": _l("This field does not belong to the form."),
    "not_fillable": _l("This field is not filled in at this step."),
    "not_a_row": _l("This row cannot be read. Remove it and add it again."),
}

OTHERWISE = _l("This value cannot be taken. Check it and type it again.")
TOTAL = _l("The total of %(column)s is %(total)s but must be %(expected)s.")


def word(key: str, **values: object) -> str:
    """A word of the forms in the reader's language."""
    return str(WORDS[key]) % values if values else str(WORDS[key])


def kind_title(kind: str) -> str:
    """What a kind of person or organisation is called; "" for none."""
    return str(KINDS.get(kind, kind))


def hint(field: Field) -> str:
    """The hint below a control that says how to write, if its type needs one."""
    return str(HINTS.get(field.type, "")) if field.type in HINTS else ""


def required_text(label: str) -> str:
    """The sentence for an answer that is missing."""
    return _("%(label)s: not filled in yet.", label=label)


def reason_text(reason: str, params: Mapping[str, Any]) -> str:
    """The sentence for an answer that is refused; a reason whose numbers are not known is told in general words."""
    sentence = str(REASONS.get(reason, OTHERWISE))
    try:
        return sentence % params
    except KeyError:
        return str(OTHERWISE)
