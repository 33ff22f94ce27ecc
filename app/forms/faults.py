"""The sentence for each Fault of `app.vietnamese`, by its code: what is wrong, what is there, what is allowed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "date_empty": _l("Enter a date."),
    "date_shape": _l("“%(found)s” is not a date. Write day/month/year, for example 26/11/2026."),
    "date_short_year": _l("“%(found)s” lacks the full year. Write four digits, for example 2026."),
    "date_year": _l("The year %(year)s is too early. The first year possible is %(first)s."),
    "date_month": _l("There is no month %(month)s. Write the day first, then the month from 1 to 12."),
    "date_day": _l("There is no day %(day)s in month %(month)s/%(year)s. The last day is %(last)s."),
    "month_shape": _l("“%(found)s” is not a month. Write month/year, for example 08/2026."),
    "quarter_shape": _l("“%(found)s” is not a quarter. Write quarter/year, for example 3/2026."),
    "time_empty": _l("Enter a time."),
    "time_shape": _l("“%(found)s” is not a time. Write hour:minute, for example 07:30."),
    "time_range": _l("There is no time %(found)s. Hours run from 0 to 23, minutes from 0 to 59."),
    "moment_shape": _l("“%(found)s” lacks the time or the date. Write for example 17:00, 26/11/2026."),
    "number_empty": _l("Enter a number."),
    "number_too_long": _l("The number is too long. At most %(most)s characters are possible."),
    "number_grouping": _l("“%(found)s” can be read in several ways. Write for example 1.234,5."),
    "number_shape": _l("“%(found)s” is not a number. Write digits only, for example 1.234,5."),
    "money_whole": _l("“%(found)s” has a part of a đồng. Write whole đồng, for example 810.000."),
    "id_empty": _l("Enter the identity number, %(expected)s digits."),
    "id_not_digits": _l("Only digits are possible, %(expected)s of them."),
    "id_length": _l("It must be %(expected)s digits, there are %(found)s."),
    "id_province": _l("The first three digits, %(found)s, are not the code of a province."),
    "id_year": _l("By its fourth to sixth digit the holder is born in %(year)s, which is yet to come."),
    "id_born": _l("By the number the year of birth is %(year)s, but the date of birth says %(born)s."),
    "tax_empty": _l("Enter the tax code, 10 or 13 digits."),
    "tax_not_digits": _l("A tax code has digits only, for a branch with a hyphen: 0123456789-001."),
    "tax_length": _l("A tax code has 10 digits, for a branch 13; there are %(found)s."),
    "tax_branch": _l("Branches are numbered from 001; %(found)s is not possible."),
    "tax_check_digit": _l("The tenth digit, %(found)s, does not fit the nine before it. Compare with the certificate."),
    "phone_empty": _l("Enter a telephone number."),
    "phone_not_digits": _l("A telephone number has digits only, and a + in front when it is foreign."),
    "phone_length": _l("It must be %(expected)s digits, there are %(found)s."),
    "phone_prefix": _l("No telephone number in Viet Nam begins with %(found)s."),
}
