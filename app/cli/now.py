"""The present moment in office time; the only place of the commands that reads the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo


def office_now() -> datetime:
    """Now, as naive local time of Asia/Ho_Chi_Minh."""
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).replace(tzinfo=None, microsecond=0)
