"""What the things that can be done to a dossier are called: on buttons, above their forms, and once they are done."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import pgettext

from app.engine.actions import Move
from app.engine.preparing import HANDING_OVER
from app.screens.procedures.case import Case


class Words(NamedTuple):
    """Icon, words on the button, and the sentence after it was done."""

    icon: str
    button: Any
    done: Any


CONDUCT: Mapping[str, Words] = {
    "save": Words("check", _l("Keep what is written"), _l("Kept. The step is still yours.")),
    "claim": Words("user", _l("Take this work"), _l("The work is yours.")),
    "release": Words("users", _l("Give the work back"), _l("Given back: everybody in charge sees it again.")),
    "reassign": Words("user", _l("Hand over to somebody"), _l("Handed over.")),
    "comment": Words("comment", _l("Send the remark"), _l("The remark stands in the dossier.")),
    "supplement": Words("undo", _l("Ask for a supplement"), _l("The applicant is asked for a supplement.")),
    "resubmit": Words("download", _l("Take in the supplement"), _l("The supplement is in; the work goes on.")),
    "refuse": Words("x", _l("Refuse the dossier"), _l("The refusal is noted.")),
    "stop": Words("x", _l("Stop the dossier"), _l("The stop is noted.")),
    "withdraw": Words("x", _l("Withdraw for the applicant"), _l("The dossier is withdrawn.")),
    "extend": Words("calendar", _l("Apologise and name a new date"), _l("The new date is noted.")),
    "send_back": Words("left", _l("Send back to an earlier step"), _l("Sent back.")),
    "add_step": Words("left", _l("Do an optional step first"), _l("The optional step is open.")),
    "recall": Words("undo", _l("Take back the step just done"), _l("Taken back: the step is yours again.")),
    "transfer": Words("send", _l("Transfer to another office"), _l("Transferred to the other office.")),
    "variant": Words("pen", _l("Change the case"), _l("The case is changed; limit, fees and papers follow.")),
    "consult": Words("comment", _l("Consult others"), _l("They have been asked.")),
    "opinion": Words("comment", _l("Give an opinion"), _l("The opinion is noted.")),
    "approve": Words("check", _l("Agree"), _l("Agreed; it has been carried out.")),
    "reject": Words("x", _l("Do not agree"), _l("Not agreed; nothing has changed.")),
    "pay": Words("coin", _l("Take in money"), _l("The money is booked.")),
    "charge": Words("coin", _l("Set the amount of a fee"), _l("The amount is set.")),
    "call_opened": Words("download", _l("Note that a called dossier has begun"), _l("It is noted.")),
    "call_ended": Words("download", _l("Note that a called dossier has ended"), _l("It is noted.")),
    "message": Words("download", _l("Take in a message of another system"), _l("The message is in.")),
    "correct": Words("pen", _l("Correct a result"), _l("The correction is noted.")),
    "reopen": Words("undo", _l("Take up again by decision"), _l("The dossier is in processing again.")),
    "refund": Words("coin", _l("Pay back"), _l("The money paid back is booked.")),
    "hand_in": Words("clip", _l("Take in documents"), _l("The documents are noted.")),
}

# Those that people look for first; the others stand behind "more".
EVERYDAY = (
    "opinion",
    "approve",
    "reject",
    "resubmit",
    "supplement",
    "consult",
    "send_back",
    "refuse",
    "recall",
    "refund",
)
# Done by one press, without a form.
AT_ONCE = frozenset(("claim", "release"))
# They stand in forms of their own on the page.
ELSEWHERE = frozenset(("save", "comment"))
DANGER = frozenset(("refuse", "stop", "withdraw", "reject"))


def button_words(case: Case, move: Move) -> str:
    """The words on a button: verb and object."""
    if move.kind != "step":
        return str(CONDUCT[move.kind].button)
    if move.choose:
        return move.title
    step = case.route.steps[move.step].step
    does = step.does
    if step.consult is not None:
        return _("Send out for opinions")
    if does == "intake":
        return _("Accept the dossier")
    if does in HANDING_OVER:
        return pgettext("button", "Hand out the result")
    alone = sum(1 for other in case.available if other.kind == "step") == 1
    return _("Finish this step") if alone else _("Finish “%(step)s”", step=move.title)


def icon_of(case: Case, move: Move) -> str:
    """The icon of a button."""
    if move.kind != "step":
        return CONDUCT[move.kind].icon
    return "check" if case.route.steps[move.step].step.does != "work" else "send"


def move_title(case: Case, move: Move) -> str:
    """What a move is called in the list of what is not possible."""
    if move.kind == "step":
        return move.title or case.names.step(move.step)
    if move.kind == "opinion":
        return str(CONDUCT["opinion"].button)
    return str(CONDUCT[move.kind].button)


def done_words(case: Case, kind: str, step: str) -> str:
    """The sentence after something was done."""
    if kind != "step":
        return str(CONDUCT[kind].done)
    return _("Done: %(step)s.", step=case.names.step(step))
