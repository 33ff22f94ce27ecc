"""What people ask for: an intake, an action; and what they may ask for: moves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple


class Intake(NamedTuple):
    """A dossier as it comes in. ``received``: the moment of receipt, if it is not now (ruling 1).

    ``given``: values handed over by the dossier that called it, for any step; ``called_by`` says which one that is.
    ``period``: the one it is filed for, if not the latest; ``follows``: the dossier of last period it goes on from.
    """

    channel: str = "counter"
    unit: str = ""
    level: str = ""
    variant: str = ""
    applicant: Mapping[str, Any] = {}
    answers: Mapping[str, Any] = {}
    documents: Mapping[str, Any] = {}
    received: datetime | None = None
    sent: datetime | None = None
    given: Mapping[str, Any] = {}
    called_by: Mapping[str, Any] = {}
    period: str = ""
    follows: str = ""


class Action(NamedTuple):
    """One thing to do. ``kind`` is ``step`` for the open step, else the name of a conduct."""

    kind: str
    step: str = ""
    visit: int = 0
    choose: str = ""
    fill: Mapping[str, Any] = {}
    documents: Mapping[str, Any] = {}
    attach: Mapping[str, Any] = {}
    pay: Mapping[str, Any] = {}
    comment: str = ""
    arguments: Mapping[str, Any] = {}


class Move(NamedTuple):
    """One thing that can be done (or could, were it not for a refusal). A step with buttons is one move per button."""

    kind: str
    step: str = ""
    visit: int = 0
    choose: str = ""
    title: str = ""
    comment: str = "optional"
    confirm: str = ""
