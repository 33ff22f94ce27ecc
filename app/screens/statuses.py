"""The national statuses 1–10 of a dossier and the channels it came through, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.engine.statuses import CODES
from app.screens.page_texts import in_each_language

TITLES: Mapping[str, Any] = {
    "submitted": _l("Newly registered"),
    "received": lazy_pgettext("status", "Received"),
    "not_accepted": _l("Not accepted"),
    "processing": _l("In progress"),
    "supplement": _l("Supplement requested"),
    "financial_duty": _l("Financial duty to be fulfilled"),
    "withdrawal": _l("Withdrawal requested"),
    "stopped": _l("Stopped"),
    "result_ready": _l("Result ready"),
    "returned": _l("Result returned"),
}

CHANNELS: Mapping[str, Any] = {
    "counter": _l("at the counter"),
    "post": _l("by post"),
    "online": _l("online"),
}


_titles, _channels = in_each_language(TITLES), in_each_language(CHANNELS)


def status_title(status: str) -> str:
    """`Đang xử lý`."""
    return _titles().get(status, status)


def status_code(status: str) -> str:
    """`4`, the national number."""
    return str(CODES.get(status, ""))


def channel_title(channel: str) -> str:
    """`trực tiếp`."""
    return _channels().get(channel, channel)
