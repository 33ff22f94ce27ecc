"""What the answers to a consultation are called: by the definition, or by the usual four."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.engine.consult import opinions_of
from app.screens.names import Names

USUAL: Mapping[str, Any] = {
    "agree": _l("Agrees"),
    "agree_with_changes": _l("Agrees if amended"),
    "disagree": _l("Does not agree"),
    "no_opinion": _l("Has no opinion"),
}


def opinions_at(names: Names, step: str) -> Mapping[str, str]:
    """Key → label of the answers possible at a step."""
    consult = next((one.consult for one in names.steps() if one.key == step), None)
    if consult is not None and consult.opinions:
        return consult.opinions
    return {key: str(USUAL.get(key, label)) for key, label in opinions_of(None).items()}


def opinion_title(names: Names, step: str, opinion: str) -> str:
    """One answer in words."""
    return opinions_at(names, step).get(opinion, opinion)
