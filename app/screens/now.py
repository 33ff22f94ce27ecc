"""The present moment in office time; the only place of the screens that reads the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def office_now() -> datetime:
    """Now, as naive local time of Asia/Ho_Chi_Minh with seconds (rule 1 of the clock drops them where it counts)."""
    return datetime.now(OFFICE_ZONE).replace(tzinfo=None, microsecond=0)
