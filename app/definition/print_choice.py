"""Which print is made under a key for a dossier received on a day: the office's own, else the law's standard one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.definition.model.print_text import Print
from app.definition.model.procedure import Procedure
from app.definition.standard_prints import standard_print


def print_for(procedure: Procedure, key: str, day: date) -> Print | None:
    """The print in force, with `prints.replace` looked at; None where there is none for that day."""
    return print_named(procedure, procedure.replaced_prints.get(key, key), day) or print_named(procedure, key, day)


def print_named(procedure: Procedure, key: str, day: date) -> Print | None:
    """The print of exactly this key; what an office leaves out of a standard one stays as the law has it."""
    own, standard = procedure.prints.get(key), standard_print(key, day)
    if own is None or not own.is_in_force(day):
        return standard
    return own if standard is None else _laid_over(own, standard)


def _laid_over(own: Print, standard: Print) -> Print:
    return replace(
        own,
        text=own.text or standard.text,
        layout="letter" if own.text else standard.layout,
        form_code=own.form_code or standard.form_code,
        sign=standard.sign,
        paper=own.paper or standard.paper,
        copies=own.copies or standard.copies,
        copy_names=standard.copy_names if own.copies in (0, len(standard.copy_names)) else (),
        signers=own.signers or standard.signers,
        recipients=standard.recipients,
        advice=standard.advice,
    )
